//! Parquet with zstd: the columns as they are, decimals included, the Arrow schema beside them.

use super::{Failure, Sink, TableWriter};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::io::Write;

struct ParquetTable<'w> {
    writer: ArrowWriter<Sink<'w>>,
}

/// A Parquet table, begun.
pub(super) fn table<'w>(sink: Sink<'w>, schema: &SchemaRef) -> Result<Box<dyn TableWriter + 'w>, Failure> {
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let writer = ArrowWriter::try_new(sink, schema.clone(), Some(properties))?;
    Ok(Box::new(ParquetTable { writer }))
}

impl TableWriter for ParquetTable<'_> {
    fn write(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        Ok(self.writer.write(batch)?)
    }

    fn finish(self: Box<Self>) -> Result<(), Failure> {
        let mut sink = self.writer.into_inner()?;
        Ok(sink.flush()?)
    }
}

impl From<ParquetError> for Failure {
    fn from(error: ParquetError) -> Failure {
        Failure::of(&error)
    }
}
