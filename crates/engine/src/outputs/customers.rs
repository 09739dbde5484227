//! Customers with their labels and features as one table, in order of customer id.

use super::{CsvOptions, Format, Output, OutputError};
use crate::features::Features;
use crate::segmentations::{LabelColumn, Labels};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Decimal64Array, DictionaryArray, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::interleave::interleave;
use model::parallel;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Rows of one batch of the table, which is a row group of Parquet.
const BATCH_ROWS: usize = 1 << 18;

/// All customers of a base, one row each, sorted by the id that is shown.
pub struct CustomerTable {
    schema: SchemaRef,
    /// Bucket and row of each customer, in order.
    order: Vec<(usize, usize)>,
    /// Per column, one array per bucket.
    columns: Vec<Vec<ArrayRef>>,
    threads: usize,
}

impl CustomerTable {
    /// The table of what buckets gave: `id_name`, then all label columns, then the features named.
    /// `originals` are shown in place of ids that are digests.
    ///
    /// # Errors
    /// None that can happen: buckets have the same columns.
    pub fn new(
        id_name: &str,
        features: &[Features],
        labels: &[Vec<LabelColumn>],
        feature_names: &[&str],
        originals: &BTreeMap<String, String>,
    ) -> Result<CustomerTable, ArrowError> {
        let ids: Vec<StringArray> = features.iter().map(|bucket| shown_ids(bucket, originals)).collect();
        let order = sorted(&ids);
        let mut fields = vec![Field::new(id_name, DataType::Utf8, false)];
        let mut columns: Vec<Vec<ArrayRef>> =
            vec![ids.into_iter().map(|ids| Arc::new(ids) as ArrayRef).collect()];
        let mut add = |name: &str, arrays: Vec<ArrayRef>| {
            if let Some(first) = arrays.first() {
                fields.push(Field::new(name, first.data_type().clone(), true));
                columns.push(arrays);
            }
        };
        for place in 0..labels.first().map_or(0, Vec::len) {
            let arrays =
                labels.iter().map(|bucket| array(&bucket[place].labels)).collect::<Result<_, _>>()?;
            add(labels[0][place].name, arrays);
        }
        for name in feature_names {
            add(name, features.iter().filter_map(|bucket| bucket.column(name).cloned()).collect());
        }
        Ok(CustomerTable { schema: Arc::new(Schema::new(fields)), order, columns, threads: 1 })
    }

    /// Puts rows together and writes them on so many threads.
    #[must_use]
    pub fn on_threads(self, threads: usize) -> CustomerTable {
        CustomerTable { threads, ..self }
    }

    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Writes the table to a file; gives the number of rows.
    ///
    /// # Errors
    /// See [`OutputError`]; what stood under the name before is then still there.
    pub fn to_file(&self, path: &Path, format: Format, options: &CsvOptions) -> Result<u64, OutputError> {
        self.write(Output::to_file(path, format, self.schema(), options)?)
    }

    /// Writes the table to a stream that errors call `target`; gives the number of rows.
    ///
    /// # Errors
    /// See [`OutputError`].
    pub fn to_stream(
        &self,
        stream: impl Write + Send,
        target: &str,
        format: Format,
        options: &CsvOptions,
    ) -> Result<u64, OutputError> {
        self.write(Output::to_stream(stream, target, format, self.schema(), options)?)
    }

    fn write(&self, output: Output<'_>) -> Result<u64, OutputError> {
        let mut output = output.on_threads(self.threads);
        for batch in self.batches() {
            let batch = batch.map_err(|error| OutputError::Column {
                column: "table".to_owned(),
                reason: error.to_string(),
            })?;
            output.write(&batch)?;
        }
        output.finish()
    }

    /// Number of customers.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The rows in order, some at a time.
    pub fn batches(&self) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> + '_ {
        self.order.chunks(BATCH_ROWS).map(|rows| {
            let columns = parallel::in_order(self.columns.len(), self.threads, |column| {
                let arrays: Vec<&dyn Array> = self.columns[column].iter().map(AsRef::as_ref).collect();
                interleave(&arrays, rows)
            });
            RecordBatch::try_new(self.schema.clone(), columns.into_iter().collect::<Result<_, _>>()?)
        })
    }
}

/// Bucket and row of every id, sorted by id.
fn sorted(ids: &[StringArray]) -> Vec<(usize, usize)> {
    let mut order: Vec<(u128, u32, u32)> = Vec::with_capacity(ids.iter().map(Array::len).sum());
    for (bucket, ids) in (0..).zip(ids) {
        order.extend((0..).zip(ids.iter().flatten()).map(|(row, id)| (first_bytes(id), bucket, row)));
    }
    let id = |&(_, bucket, row): &(u128, u32, u32)| ids[bucket as usize].value(row as usize);
    order.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| id(a).cmp(id(b))).then_with(|| (a.1, a.2).cmp(&(b.1, b.2)))
    });
    order.into_iter().map(|(_, bucket, row)| (bucket as usize, row as usize)).collect()
}

/// The first bytes of a text: they settle most comparisons without a look at it.
fn first_bytes(text: &str) -> u128 {
    let mut first = [0; size_of::<u128>()];
    let length = text.len().min(first.len());
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    u128::from_be_bytes(first)
}

fn shown_ids(bucket: &Features, originals: &BTreeMap<String, String>) -> StringArray {
    if originals.is_empty() {
        return bucket.customer_ids().clone();
    }
    let ids = bucket.customer_ids().iter().flatten();
    ids.map(|id| Some(originals.get(id).map_or(id, String::as_str))).collect()
}

/// A label column as an array.
fn array(labels: &Labels) -> Result<ArrayRef, ArrowError> {
    Ok(match labels {
        Labels::Names { names, codes } => {
            let keys: Int32Array = codes.iter().map(|code| Some(i32::from(code))).collect();
            let names: StringArray = names.iter().map(Some).collect();
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::new(names))?)
        }
        Labels::Flags(flags) => Arc::new(flags.iter().copied().collect::<BooleanArray>()),
        Labels::Money(money) => {
            let money: Decimal64Array = money.iter().copied().collect();
            Arc::new(money.with_data_type(crate::facts::schema::exact()))
        }
        Labels::Counts(counts) => Arc::new(counts.iter().copied().collect::<Int64Array>()),
        Labels::Numbers(numbers) => Arc::new(numbers.iter().copied().collect::<Float64Array>()),
    })
}
