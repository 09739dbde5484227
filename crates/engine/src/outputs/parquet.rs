//! Parquet with zstd: the columns as they are, decimals included, each row group's columns encoded
//! side by side.
//!
//! The Arrow schema is left out: without it every reader takes the decimals for what Parquet says
//! they are, while with it some meet a 64-bit decimal that they cannot add up.

use super::{Failure, Sink, TableWriter};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, SchemaRef};
use model::parallel;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

struct ParquetTable<'w> {
    writer: SerializedFileWriter<Sink<'w>>,
    groups: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
}

/// A Parquet table, begun.
pub(super) fn table<'w>(sink: Sink<'w>, schema: &SchemaRef) -> Result<Box<dyn TableWriter + 'w>, Failure> {
    let mut properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
    for field in schema.fields() {
        // Nearly every value differs: a dictionary would only cost time and room.
        if matches!(field.data_type(), DataType::Utf8 | DataType::Decimal64(..) | DataType::Float64) {
            let column = ColumnPath::new(vec![field.name().clone()]);
            properties = properties.set_column_dictionary_enabled(column, false);
        }
    }
    let options =
        ArrowWriterOptions::new().with_properties(properties.build()).with_skip_arrow_metadata(true);
    let writer = ArrowWriter::try_new_with_options(sink, schema.clone(), options)?;
    let (writer, groups) = writer.into_serialized_writer()?;
    Ok(Box::new(ParquetTable { writer, groups, schema: schema.clone() }))
}

impl TableWriter for ParquetTable<'_> {
    /// A batch is a row group.
    fn write(&mut self, batch: &RecordBatch, threads: usize) -> Result<(), Failure> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        let writers = self.groups.create_column_writers(self.writer.flushed_row_groups().len())?;
        let writers: Vec<_> = writers.into_iter().map(|writer| Mutex::new(Some(writer))).collect();
        let chunks = parallel::in_order(writers.len(), threads, |column| {
            let writer = writers[column].lock().unwrap_or_else(PoisonError::into_inner).take();
            writer.map(|writer| encode(writer, self.schema.field(column), batch.column(column)))
        });
        let mut group = self.writer.next_row_group()?;
        for chunk in chunks.into_iter().flatten() {
            chunk?.append_to_row_group(&mut group)?;
        }
        group.close()?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), Failure> {
        let mut sink = self.writer.into_inner()?;
        Ok(sink.flush()?)
    }
}

fn encode(
    mut writer: ArrowColumnWriter,
    field: &Field,
    array: &ArrayRef,
) -> Result<ArrowColumnChunk, ParquetError> {
    for leaf in compute_leaves(field, array)? {
        writer.write(&leaf)?;
    }
    writer.close()
}

impl From<ParquetError> for Failure {
    fn from(error: ParquetError) -> Failure {
        Failure::of(&error)
    }
}
