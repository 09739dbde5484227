//! Several sorted runs of a bucket as one: customers in order, and of every order only the newest
//! version.

use super::texts::Distinct;
use crate::facts::columns::TAKEN_BACK;
use crate::facts::set::Run;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type, TimestampMicrosecondType};
use arrow_array::{ArrayRef, BooleanArray, DictionaryArray, Int32Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use arrow_select::filter::filter_record_batch;
use arrow_select::interleave::interleave_record_batch;
use hashbrown::HashMap;
use std::sync::Arc;

/// Merges runs of whole customers. With `versions`, runs carry the columns `order_id` and `source`
/// and older versions of orders are left out. Where they carry `ordered_at` and these, lines stand in
/// the order of moments; else in that of days, so that within a day the order of imports shows.
///
/// # Errors
/// None that can happen: the runs have one schema.
pub fn merge(runs: &[Run], versions: bool) -> Result<RecordBatch, ArrowError> {
    let views: Vec<View<'_>> = runs.iter().map(View::new).collect();
    let mut at = vec![0; runs.len()];
    let mut rows: Vec<(usize, usize)> = Vec::with_capacity(runs.iter().map(|run| run.batch.num_rows()).sum());
    loop {
        let next = (0..views.len())
            .filter(|&run| at[run] < views[run].len())
            .map(|run| views[run].customer(at[run]));
        let Some(customer) = next.min() else { break };
        let first = rows.len();
        let mut taken = 0;
        for (run, view) in views.iter().enumerate() {
            let start = at[run];
            while at[run] < view.len() && view.customer(at[run]) == customer {
                at[run] += 1;
            }
            taken += usize::from(at[run] > start);
            rows.extend((start..at[run]).map(|row| (run, row)));
        }
        if taken > 1 {
            if versions {
                keep_newest(runs, &views, &mut rows, first);
            }
            // Stable: lines of an order stay together.
            if views[0].moments.is_some() {
                rows[first..].sort_by_key(|&(run, row)| views[run].moment(row));
            } else {
                rows[first..].sort_by_key(|&(run, row)| views[run].days[row]);
            }
        }
    }
    let batches: Vec<&RecordBatch> = runs.iter().map(|run| &run.batch).collect();
    with_distinct_keys(&interleave_record_batch(&batches, &rows)?)
}

/// The lines of a batch but for those that take an order back: by now they have done so.
pub(crate) fn without_taken_back(batch: RecordBatch) -> Result<RecordBatch, ArrowError> {
    let Some(numbers) = batch.column_by_name("line").map(|column| column.as_primitive::<Int32Type>()) else {
        return Ok(batch);
    };
    // The least number, not a search: that is worked out many rows at a time.
    if numbers.values().iter().min().is_none_or(|&least| least > TAKEN_BACK) {
        return Ok(batch);
    }
    let kept: BooleanArray = numbers.values().iter().map(|&number| Some(number != TAKEN_BACK)).collect();
    filter_record_batch(&batch, &kept)
}

/// Gives every text of a dictionary column one key: interleaving may have given it several.
pub(crate) fn with_distinct_keys(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let distinct = |column: &ArrayRef| -> Result<ArrayRef, ArrowError> {
        let Some(array) = column.as_dictionary_opt::<Int32Type>() else { return Ok(column.clone()) };
        let values = array.values().as_string::<i32>();
        let mut distinct = Distinct::default();
        let new_keys: Vec<i32> =
            values.iter().map(|value| distinct.place(value.unwrap_or_default())).collect();
        let keys: Int32Array = array.keys().unary_opt(|key| new_keys.get(key as usize).copied());
        Ok(Arc::new(DictionaryArray::try_new(keys, Arc::new(distinct.values()))?))
    };
    let columns = batch.columns().iter().map(distinct).collect::<Result<_, _>>()?;
    RecordBatch::try_new(batch.schema(), columns)
}

/// The columns of a run that merging looks at.
struct View<'a> {
    customers: &'a DictionaryArray<Int32Type>,
    days: &'a [i32],
    moments: Option<&'a [i64]>,
    order_ids: Option<&'a StringArray>,
    sources: Option<&'a DictionaryArray<Int32Type>>,
}

impl<'a> View<'a> {
    fn new(run: &'a Run) -> View<'a> {
        let column = |name: &str| run.batch.column_by_name(name);
        View {
            customers: run.batch.column(0).as_dictionary::<Int32Type>(),
            days: column("day").map_or(&[], |days| days.as_primitive::<Date32Type>().values()),
            moments: column("ordered_at")
                .map(|moments| &moments.as_primitive::<TimestampMicrosecondType>().values()[..]),
            order_ids: column("order_id").map(|ids| ids.as_string::<i32>()),
            sources: column("source").map(|sources| sources.as_dictionary::<Int32Type>()),
        }
    }

    fn len(&self) -> usize {
        self.customers.len()
    }

    fn customer(&self, row: usize) -> &'a str {
        text(self.customers, row)
    }

    /// Where an order stands among the others of its customer, as it does in a file: orders of one
    /// moment in the order of their ids.
    fn moment(&self, row: usize) -> (i64, &'a str, &'a str) {
        let (source, id) = self.order(row);
        (self.moments.map_or(0, |moments| moments[row]), id, source)
    }

    fn order(&self, row: usize) -> (&'a str, &'a str) {
        let source = self.sources.map_or("", |sources| text(sources, row));
        (source, self.order_ids.map_or("", |ids| ids.value(row)))
    }
}

fn text(array: &DictionaryArray<Int32Type>, row: usize) -> &str {
    array.key(row).map_or("", |key| array.values().as_string::<i32>().value(key))
}

/// Of the rows from `first` on, keeps those of the newest import that has their order, and settled ones.
fn keep_newest(runs: &[Run], views: &[View<'_>], rows: &mut Vec<(usize, usize)>, first: usize) {
    let mut newest: HashMap<(&str, &str), i64> = HashMap::new();
    for &(run, row) in rows[first..].iter().filter(|(run, _)| !runs[*run].settled) {
        let import = newest.entry(views[run].order(row)).or_insert(runs[run].import);
        *import = (*import).max(runs[run].import);
    }
    let mut kept = first;
    for index in first..rows.len() {
        let (run, row) = rows[index];
        if runs[run].settled || newest.get(&views[run].order(row)) == Some(&runs[run].import) {
            rows[kept] = rows[index];
            kept += 1;
        }
    }
    rows.truncate(kept);
}
