//! The fact files of a base, opened for reading.

use super::bucket::{ANONYMOUS, BUCKETS, bucket_of};
use super::columns::AttributeRow;
use super::events::{self, Events};
use super::products::Products;
use super::schema;
use super::write::{BUCKETS_KEY, FREE_RETURNS_KEY};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use model::base::{FactKind, ListedFile};
use model::calendar::Day;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use std::collections::BTreeSet;
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
}

/// The facts of a base at one version of its manifest.
pub struct FactSet {
    orders: Vec<FactFileReader>,
    customers: Vec<FactFileReader>,
    /// In the order of [`FactKind::EVENTS`].
    events: [Vec<FactFileReader>; 4],
    pub products: Products,
    /// What the state says of customers, by bucket: it stands above what files say.
    handed: Vec<Vec<AttributeRow>>,
    newest_day: Option<Day>,
    first_day: Option<Day>,
}

/// One fact file, its footer read.
struct FactFileReader {
    path: PathBuf,
    name: String,
    import: i64,
    replaces: bool,
    free_returns: bool,
    metadata: ArrowReaderMetadata,
    /// The bucket of each row group.
    buckets: Vec<usize>,
}

/// A row group of a bucket: one sorted run of whole customers.
pub struct Run {
    /// Number of the import that brought it; of two versions of an order the higher one counts.
    pub import: i64,
    /// Whether it may hold newer versions of orders that other runs hold.
    pub replaces: bool,
    pub batch: RecordBatch,
}

impl FactSet {
    /// Opens the listed files of a base's folder. `currency` is the base's own.
    ///
    /// # Errors
    /// A file cannot be read, or money is in several currencies.
    pub fn open(base: &Path, files: &[ListedFile], currency: Option<&str>) -> Result<FactSet, FactError> {
        one_currency(files, currency)?;
        let of_kind = |kind: FactKind| files.iter().filter(move |listed| listed.file.kind == kind);
        let repeated = schema::repeated_text();
        let open = |kind: FactKind, schema: &SchemaRef| -> Result<Vec<FactFileReader>, FactError> {
            of_kind(kind).map(|listed| FactFileReader::open(base, listed, schema)).collect()
        };
        let mut products = open(FactKind::Products, &schema::products())?;
        products.sort_by_key(|file| file.import);
        let mut known = Products::default();
        for file in &products {
            for group in 0..file.buckets.len() {
                let schema = schema::products();
                let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
                known.add(&file.read(group, &columns)?);
            }
        }
        let days_of = |kind: FactKind| of_kind(kind).filter_map(|listed| listed.file.days);
        let orders_days = || days_of(FactKind::Orders);
        // A person who became known is nothing that happened to a customer: no question is of that day.
        let happened = |kind: &FactKind| *kind != FactKind::Contacts;
        let event_days = || FactKind::EVENTS.into_iter().filter(happened).flat_map(days_of);
        let [deals, leads, touches, contacts] =
            FactKind::EVENTS.map(|kind| open(kind, &events::schema(kind)));
        Ok(FactSet {
            orders: open(FactKind::Orders, &schema::orders(&repeated))?,
            customers: open(FactKind::Customers, &schema::customers(&repeated))?,
            events: [deals?, leads?, touches?, contacts?],
            products: known,
            handed: Vec::new(),
            newest_day: orders_days()
                .map(|(_, last)| last)
                .max()
                .or(event_days().map(|(_, last)| last).max()),
            first_day: orders_days()
                .map(|(first, _)| first)
                .min()
                .or(event_days().map(|(first, _)| first).min()),
        })
    }

    /// Hands on what the state knows of customers and files do not hold, such as consents and days of
    /// birth: customer, attribute, value. It can be asked for like any attribute, and stands above what
    /// files say under the same name.
    pub fn hand(&mut self, values: impl IntoIterator<Item = (String, String, String)>) {
        self.handed = vec![Vec::new(); BUCKETS];
        for (customer_id, attribute, value) in values {
            let bucket = bucket_of(&customer_id);
            let row = AttributeRow { customer_id, attribute, value: Some(value), created: None };
            self.handed[bucket].push(row);
        }
    }

    /// The names of all attributes of customers, sorted.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn attribute_names(&self) -> Result<Vec<String>, FactError> {
        let mut names = BTreeSet::new();
        for bucket in 0..BUCKETS {
            names.extend(self.attributes(bucket)?.into_iter().map(|row| row.attribute));
        }
        names.remove("");
        Ok(names.into_iter().collect())
    }

    /// Day of the newest order line; of the newest event where there are no orders.
    pub fn newest_day(&self) -> Option<Day> {
        self.newest_day
    }

    /// Day of the oldest order line; of the oldest event where there are no orders.
    pub fn first_day(&self) -> Option<Day> {
        self.first_day
    }

    /// Whether any order line is kept.
    pub fn has_orders(&self) -> bool {
        !self.orders.is_empty()
    }

    /// Whether a bucket has lines that newer versions may replace.
    pub fn has_replacements(&self, bucket: usize) -> bool {
        self.orders.iter().any(|file| file.replaces && file.buckets.contains(&bucket))
    }

    /// Whether goods in a bucket came back for nothing, so that only the quantity tells a return.
    pub fn has_free_returns(&self, bucket: usize) -> bool {
        self.orders.iter().any(|file| file.free_returns && file.buckets.contains(&bucket))
    }

    /// How many runs of order lines a bucket has.
    pub fn run_count(&self, bucket: usize) -> usize {
        self.orders.iter().map(|file| file.groups_of(bucket).count()).sum()
    }

    /// How many imports wrote to a bucket's lines.
    pub fn imports_of(&self, bucket: usize) -> usize {
        let mut imports: Vec<i64> = self
            .orders
            .iter()
            .filter(|file| file.buckets.contains(&bucket))
            .map(|file| file.import)
            .collect();
        imports.sort_unstable();
        imports.dedup();
        imports.len()
    }

    /// Reads some columns of one run (from 0, below [`FactSet::run_count`]) of a bucket's lines.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn orders_run(&self, bucket: usize, run: usize, columns: &[&str]) -> Result<Option<Run>, FactError> {
        let mut places =
            self.orders.iter().flat_map(|file| file.groups_of(bucket).map(move |group| (file, group)));
        let Some((file, group)) = places.nth(run) else {
            return Ok(None);
        };
        let batch = file.read(group, columns)?;
        Ok(Some(Run { import: file.import, replaces: file.replaces, batch }))
    }

    /// The attributes of a bucket's customers, the newest word on each, sorted by customer and
    /// attribute; the row with an empty attribute says since when a customer is known.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn attributes(&self, bucket: usize) -> Result<Vec<AttributeRow>, FactError> {
        debug_assert!(bucket < ANONYMOUS);
        let mut rows: Vec<(i64, AttributeRow)> = Vec::new();
        rows.extend(self.handed.get(bucket).into_iter().flatten().map(|row| (i64::MAX, row.clone())));
        for file in &self.customers {
            for group in file.groups_of(bucket) {
                let batch = file.read(group, &["customer_id", "attribute", "value", "created"])?;
                rows.extend(attribute_rows(&batch).map(|row| (file.import, row)));
            }
        }
        // Every file is sorted, so this merges; of one attribute the newest comes first.
        rows.sort_by(|(import, row), (other_import, other)| {
            let place = |row: &AttributeRow, other: &AttributeRow| {
                row.customer_id.cmp(&other.customer_id).then_with(|| row.attribute.cmp(&other.attribute))
            };
            place(row, other).then_with(|| other_import.cmp(import))
        });
        rows.dedup_by(|(_, later), (_, first)| {
            later.customer_id == first.customer_id && later.attribute == first.attribute
        });
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    /// Whether there are events of a kind.
    pub fn has_events(&self, kind: FactKind) -> bool {
        !self.events_of(kind).is_empty()
    }

    /// The events of a bucket, or with [`ANONYMOUS`] those of nobody. A bucket's are held whole.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn events(&self, kind: FactKind, bucket: usize) -> Result<Events, FactError> {
        let schema = events::schema(kind);
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let mut batches = Vec::new();
        for file in self.events_of(kind) {
            for group in file.groups_of(bucket) {
                batches.push((file.import, file.read(group, &names)?));
            }
        }
        Events::newest(kind, &batches).map_err(|error| FactError::File {
            path: format!("facts/{}, bucket {bucket}", kind.name()),
            reason: error.to_string(),
        })
    }

    fn events_of(&self, kind: FactKind) -> &[FactFileReader] {
        let place = FactKind::EVENTS.into_iter().position(|event| event == kind);
        place.map_or(&[], |place| &self.events[place][..])
    }

    /// Whether customers are known from files of their own, or the state says something of them.
    pub fn has_attributes(&self) -> bool {
        !self.customers.is_empty() || !self.handed.is_empty()
    }
}

impl FactFileReader {
    fn open(base: &Path, listed: &ListedFile, schema: &SchemaRef) -> Result<FactFileReader, FactError> {
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

    fn groups_of(&self, bucket: usize) -> impl Iterator<Item = usize> {
        (0..self.buckets.len()).filter(move |&group| self.buckets[group] == bucket)
    }

    /// Reads one row group whole, in the order of the file's columns.
    fn read(&self, group: usize, columns: &[&str]) -> Result<RecordBatch, FactError> {
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

fn attribute_rows(batch: &RecordBatch) -> impl Iterator<Item = AttributeRow> + '_ {
    let text = |column: usize, row: usize| {
        let array = batch.column(column).as_dictionary::<Int32Type>();
        array.key(row).map(|key| array.values().as_string::<i32>().value(key).to_owned())
    };
    let created = batch.column(3).as_primitive::<Date32Type>();
    (0..batch.num_rows()).map(move |row| AttributeRow {
        customer_id: text(0, row).unwrap_or_default(),
        attribute: text(1, row).unwrap_or_default(),
        value: text(2, row),
        created: created.is_valid(row).then(|| Day(created.value(row))),
    })
}

/// Money is added up only in one currency.
fn one_currency(files: &[ListedFile], currency: Option<&str>) -> Result<(), FactError> {
    let mut currencies: Vec<&str> = files
        .iter()
        .flat_map(|listed| listed.file.currencies.iter().map(String::as_str))
        .chain(currency)
        .collect();
    currencies.sort_unstable();
    currencies.dedup();
    if currencies.len() > 1 { Err(FactError::Currencies(currencies.join(", "))) } else { Ok(()) }
}

/// Types that fact columns are read as, for those who build batches by hand.
pub fn read_schema() -> SchemaRef {
    let text: DataType = schema::repeated_text();
    schema::orders(&text)
}
