//! Writing fact files so that a crash never leaves half of one in the base.
//!
//! A file is written under a temporary name, synced, renamed, and its folder synced; only then may
//! a transaction list it. What is not listed is swept when the base is next opened.

use super::bucket::ANONYMOUS;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use model::base::{FactFile, FactKind};
use model::calendar::Day;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Key of the file metadata that says which bucket each row group holds.
pub const BUCKETS_KEY: &str = "dolka.buckets";
/// Key of the file metadata that is there if some lines have no money and a negative quantity.
pub const FREE_RETURNS_KEY: &str = "dolka.free_returns";
/// Bytes of distinct values of a column that a row group keeps in a dictionary.
const DICTIONARY_BYTES_MAX: usize = 16 << 20;
/// Bytes gathered before they go to the disk.
const BUFFER_BYTES: usize = 1 << 20;
/// Rows that a file holds, about; larger imports and bases are spread over several files.
pub const FILE_ROWS: u64 = 2_000_000;
/// Files of one kind that one writing makes at most.
pub const FILES_MAX: u64 = 16;
/// Rows after which a row group ends, at the next customer.
pub const GROUP_ROWS: usize = 1 << 18;

/// Columns that nearly every pass over the lines reads. Their keys hardly get smaller by compression,
/// and would take longer to decompress than to read.
const PLAIN_COLUMNS: [&str; 6] = ["customer_id", "day", "line", "category", "amount", "cost"];

/// Whether what is written must survive a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// For a base: synced before it is acknowledged.
    Durable,
    /// For a base that lives only while a report is made.
    Ephemeral,
}

/// A fact file being written, one row group after another.
pub struct FactWriter {
    writer: ArrowWriter<Hashing>,
    temporary: PathBuf,
    target: PathBuf,
    path: String,
    kind: FactKind,
    durability: Durability,
    /// The bucket of each row group.
    buckets: Vec<usize>,
    rows: u64,
    /// Rows of the row group that has begun.
    group_rows: usize,
}

/// What a finished file holds, besides what the file itself tells.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    pub days: Option<(Day, Day)>,
    pub currencies: BTreeSet<String>,
    pub replaces: bool,
    /// Whether some lines have no money and a negative quantity.
    pub free_returns: bool,
}

impl FactWriter {
    /// Begins the file `facts/<kind>/<name>.parquet` of a base's folder.
    ///
    /// # Errors
    /// The folder or file cannot be made.
    pub fn create(
        base: &Path,
        kind: FactKind,
        name: &str,
        schema: SchemaRef,
        durability: Durability,
    ) -> Result<FactWriter, ParquetError> {
        let folder = base.join("facts").join(kind.name());
        std::fs::create_dir_all(&folder)?;
        let target = folder.join(format!("{name}.parquet"));
        let temporary = folder.join(format!("{name}.part"));
        let file = Hashing {
            file: BufWriter::with_capacity(BUFFER_BYTES, File::create(&temporary)?),
            // Nobody holds the files of a base that goes away against what they were.
            hash: (durability == Durability::Durable).then(Sha256::new),
            bytes: 0,
        };
        let options =
            ArrowWriterOptions::new().with_properties(properties(durability)).with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(file, schema, options)?;
        let path = format!("facts/{}/{name}.parquet", kind.name());
        Ok(FactWriter {
            writer,
            temporary,
            target,
            path,
            kind,
            durability,
            buckets: Vec::new(),
            rows: 0,
            group_rows: 0,
        })
    }

    /// Writes a batch as one row group of a bucket. Buckets must come in ascending order; a
    /// customer's rows must not be spread over row groups.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn write(&mut self, bucket: usize, batch: &RecordBatch) -> Result<(), ParquetError> {
        self.add(batch)?;
        self.end_group(bucket)
    }

    /// Adds a batch to the row group that [`FactWriter::end_group`] will end.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn add(&mut self, batch: &RecordBatch) -> Result<(), ParquetError> {
        self.group_rows += batch.num_rows();
        self.writer.write(batch)
    }

    /// Rows of the row group that has begun.
    pub fn group_rows(&self) -> usize {
        self.group_rows
    }

    /// Ends a row group of a bucket; does nothing if it has no rows.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn end_group(&mut self, bucket: usize) -> Result<(), ParquetError> {
        debug_assert!(bucket <= ANONYMOUS && self.buckets.last().is_none_or(|&last| last <= bucket));
        if self.group_rows > 0 {
            self.writer.flush()?;
            self.buckets.push(bucket);
            self.rows += std::mem::take(&mut self.group_rows) as u64;
        }
        Ok(())
    }

    /// Ends the file and makes it durable. `None` if nothing was written: then there is no file.
    ///
    /// # Errors
    /// The disk refuses; the file is then not in place.
    pub fn finish(mut self, contents: Contents) -> Result<Option<FactFile>, ParquetError> {
        if self.rows == 0 {
            drop(self.writer);
            std::fs::remove_file(&self.temporary)?;
            return Ok(None);
        }
        let buckets =
            serde_json::to_string(&self.buckets).map_err(|e| ParquetError::External(Box::new(e)))?;
        self.writer.append_key_value_metadata(KeyValue::new(BUCKETS_KEY.to_owned(), buckets));
        if contents.free_returns {
            self.writer
                .append_key_value_metadata(KeyValue::new(FREE_RETURNS_KEY.to_owned(), "true".to_owned()));
        }
        let mut written = self.writer.into_inner()?;
        written.flush()?;
        if self.durability == Durability::Durable {
            written.file.get_ref().sync_all()?;
        }
        let sha256 = written.hash.map(|hash| hexadecimal(&hash.finalize())).unwrap_or_default();
        let bytes = written.bytes;
        std::fs::rename(&self.temporary, &self.target)?;
        if self.durability == Durability::Durable {
            sync_folder(&self.target)?;
        }
        Ok(Some(FactFile {
            kind: self.kind,
            path: self.path,
            rows: self.rows,
            bytes,
            sha256,
            days: contents.days,
            currencies: contents.currencies.into_iter().collect(),
            replaces: contents.replaces,
        }))
    }
}

/// Makes the name of a file durable: syncs the folder it lies in, and that one's parents up to
/// the base, which may be new too.
fn sync_folder(file: &Path) -> io::Result<()> {
    for folder in file.ancestors().skip(1).take(3) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn properties(durability: Durability) -> WriterProperties {
    let compression = match durability {
        Durability::Durable => Compression::ZSTD(ZstdLevel::default()),
        Durability::Ephemeral => Compression::UNCOMPRESSED,
    };
    let mut properties = WriterProperties::builder()
        .set_compression(compression)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES_MAX)
        .set_max_row_group_row_count(None)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true);
    for plain in PLAIN_COLUMNS {
        properties = properties.set_column_compression(ColumnPath::from(plain), Compression::UNCOMPRESSED);
    }
    // Least and greatest values help other readers where rows are sorted; elsewhere finding them costs
    // two comparisons a value.
    for sorted in ["customer_id", "day"] {
        properties =
            properties.set_column_statistics_enabled(ColumnPath::from(sorted), EnabledStatistics::Chunk);
    }
    // Nearly every value differs: a dictionary would only cost time and room.
    for distinct in ["order_id", "ordered_at", "updated_at"] {
        let column = ColumnPath::from(distinct);
        properties = properties.set_column_dictionary_enabled(column.clone(), false);
        if distinct != "order_id" {
            properties = properties.set_column_encoding(column, Encoding::PLAIN);
        }
    }
    properties.build()
}

/// A file that knows the length of what went into it, and the hash where that is asked for.
struct Hashing {
    file: BufWriter<File>,
    hash: Option<Sha256>,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        if let Some(hash) = &mut self.hash {
            hash.update(bytes);
        }
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Bytes as lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::columns::OrderColumns;
    use super::super::{OrderLine, schema};
    use super::*;
    use arrow_schema::DataType;

    #[test]
    fn only_files_that_stay_are_digested() {
        let folder = tempfile::tempdir().unwrap();
        for (durability, name) in [(Durability::Durable, "stays"), (Durability::Ephemeral, "goes")] {
            let schema = schema::orders(&DataType::Utf8);
            let mut writer =
                FactWriter::create(folder.path(), FactKind::Orders, name, schema, durability).unwrap();
            let mut columns = OrderColumns::with_capacity(1);
            columns.push(&OrderLine::default(), "1", "shop", 0);
            writer.write(0, &columns.finish().unwrap()).unwrap();
            let file = writer.finish(Contents::default()).unwrap().unwrap();
            let bytes = std::fs::read(folder.path().join(&file.path)).unwrap();
            assert_eq!(file.bytes, bytes.len() as u64);
            let digest = hexadecimal(&Sha256::digest(&bytes));
            assert_eq!(file.sha256, if durability == Durability::Durable { digest } else { String::new() });
        }
    }
}
