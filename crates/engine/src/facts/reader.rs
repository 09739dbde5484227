//! One fact file of a base, opened for reading.

use super::straight::{Chunk, Room, Stored, Values};
use super::write::{BUCKETS_KEY, FREE_RETURNS_KEY};
use arrow_array::{RecordBatch, StringArray};
use arrow_schema::SchemaRef;
use model::base::ListedFile;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A base that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FactError {
    /// A listed file is missing, damaged or not ours.
    #[error("`{path}`: {reason}; restore it from a backup, or undo its import")]
    File { path: String, reason: String },
    /// Money in several currencies.
    #[error("money in {0}: different currencies are never added up; use a base for each, or convert first")]
    Currencies(String),
    /// Conditions on facts that nobody can be asked.
    #[error("a rule cannot be asked of the facts: {0}")]
    Conditions(String),
    /// Links whose rows do not fit into memory.
    #[error(
        "links move more than {0} order lines to other ids, and no more are held at a time; make ids with \
         many orders main ones: `dolka identity unlink MAIN`, then `dolka identity link ID MAIN`"
    )]
    Links(usize),
}

/// One fact file, its footer read.
pub(super) struct FactFileReader {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) import: i64,
    pub(super) replaces: bool,
    pub(super) free_returns: bool,
    pub(super) metadata: ArrowReaderMetadata,
    /// The bucket of each row group.
    pub(super) buckets: Vec<usize>,
}

impl FactFileReader {
    pub(super) fn open(
        base: &Path,
        listed: &ListedFile,
        schema: &SchemaRef,
    ) -> Result<FactFileReader, FactError> {
        let path = base.join(&listed.file.path);
        let wrong = |reason: String| FactError::File { path: listed.file.path.clone(), reason };
        let file = File::open(&path).map_err(|error| wrong(error.to_string()))?;
        let length = file.metadata().map_err(|error| wrong(error.to_string()))?.len();
        if length != listed.file.bytes {
            return Err(wrong(format!("has {length} bytes and should have {}", listed.file.bytes)));
        }
        let options = ArrowReaderOptions::new().with_schema(schema.clone());
        let metadata = ArrowReaderMetadata::load(&file, options).map_err(|error| wrong(error.to_string()))?;
        let buckets = metadata
            .metadata()
            .file_metadata()
            .key_value_metadata()
            .and_then(|pairs| pairs.iter().find(|pair| pair.key == BUCKETS_KEY))
            .and_then(|pair| serde_json::from_str::<Vec<usize>>(pair.value.as_deref()?).ok())
            .filter(|buckets| buckets.len() == metadata.metadata().num_row_groups())
            .ok_or_else(|| wrong("does not say which buckets it holds".to_owned()))?;
        let pairs = metadata.metadata().file_metadata().key_value_metadata();
        let free_returns = pairs.is_some_and(|pairs| pairs.iter().any(|pair| pair.key == FREE_RETURNS_KEY));
        let name = listed.file.path.clone();
        Ok(FactFileReader {
            path,
            name,
            import: listed.import,
            replaces: listed.file.replaces,
            free_returns,
            metadata,
            buckets,
        })
    }

    pub(super) fn groups_of(&self, bucket: usize) -> impl Iterator<Item = usize> {
        (0..self.buckets.len()).filter(move |&group| self.buckets[group] == bucket)
    }

    /// Reads one row group whole, in the order of the file's columns.
    pub(super) fn read(&self, group: usize, columns: &[&str]) -> Result<RecordBatch, FactError> {
        let wrong = |reason: String| FactError::File { path: self.name.clone(), reason };
        let file = File::open(&self.path).map_err(|error| wrong(error.to_string()))?;
        let metadata = self.metadata.metadata();
        let rows = usize::try_from(metadata.row_group(group).num_rows()).unwrap_or(0);
        let mask = ProjectionMask::columns(metadata.file_metadata().schema_descr(), columns.iter().copied());
        let mut reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
            .with_row_groups(vec![group])
            .with_projection(mask)
            .with_batch_size(rows)
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        match reader.next() {
            Some(batch) => batch.map_err(|error| wrong(error.to_string())),
            None => Err(wrong(format!("row group {group} is empty"))),
        }
    }
}

/// A row group of which columns are read one by one, straight to vectors.
pub struct OpenGroup<'a> {
    reader: &'a FactFileReader,
    file: File,
    group: usize,
    room: &'a Room,
}

impl<'a> OpenGroup<'a> {
    pub(super) fn new(
        reader: &'a FactFileReader,
        group: usize,
        room: &'a Room,
    ) -> Result<OpenGroup<'a>, FactError> {
        let wrong =
            |error: std::io::Error| FactError::File { path: reader.name.clone(), reason: error.to_string() };
        Ok(OpenGroup { reader, file: File::open(&reader.path).map_err(wrong)?, group, room })
    }

    /// The numbers of a column; `None` if they are not there in a form that can be read straight.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn numbers<T: Stored>(&self, column: &str) -> Result<Option<Values<T>>, FactError> {
        self.read(column, Chunk::numbers)
    }

    /// The same of a column of texts that repeat: keys, and the texts they stand for.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn texts(&self, column: &str) -> Result<Option<(Values<i32>, StringArray)>, FactError> {
        self.read(column, Chunk::texts)
    }

    fn read<'b, R>(
        &'b self,
        column: &str,
        read: impl FnOnce(Chunk<'b>) -> Result<Option<R>, ParquetError>,
    ) -> Result<Option<R>, FactError> {
        let group = self.reader.metadata.metadata().row_group(self.group);
        let about = group.columns().iter().find(|about| about.column_path().string() == column);
        let Some(about) = about else { return Ok(None) };
        let rows = usize::try_from(group.num_rows()).unwrap_or(0);
        let chunk = Chunk { file: &self.file, about, rows, room: self.room };
        read(chunk)
            .map_err(|error| FactError::File { path: self.reader.name.clone(), reason: error.to_string() })
    }
}

/// Reads files of small tables whole, the oldest import first.
pub(super) fn read_whole(
    mut files: Vec<FactFileReader>,
    schema: &SchemaRef,
    add: &mut dyn FnMut(&RecordBatch),
) -> Result<(), FactError> {
    files.sort_by_key(|file| file.import);
    let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    for file in &files {
        for group in 0..file.buckets.len() {
            add(&file.read(group, &columns)?);
        }
    }
    Ok(())
}
