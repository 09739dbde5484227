//! The events of one bucket, the newest word on each, sorted by customer and moment.

use super::{EventRow, FIRST_OWN, Value, columns_of, id_column, moment_column, schema};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, UInt32Array,
};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use arrow_select::concat::concat_batches;
use arrow_select::take::take_record_batch;
use hashbrown::HashMap;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use std::ops::Range;
use std::sync::Arc;

/// Events of one kind, whole customers, sorted by customer, moment, source and id. Those without a
/// moment come first. What was not read of them (their moments and ids, what they say) is empty, or
/// cannot be asked for.
#[derive(Clone, Debug)]
pub struct Events {
    kind: FactKind,
    customers: StringArray,
    at: TimestampMicrosecondArray,
    days: Date32Array,
    ids: StringArray,
    sources: StringArray,
    updated: TimestampMicrosecondArray,
    more: StringArray,
    batch: RecordBatch,
    /// All columns of the kind were read.
    is_whole: bool,
}

impl Events {
    /// The newest version of every event out of the batches of several imports, each with its
    /// import's number. An event is known by source and id; what was taken back is none.
    ///
    /// # Errors
    /// None that can happen: the batches have the kind's schema, or all the same columns of it.
    pub fn newest(kind: FactKind, batches: &[(i64, RecordBatch)]) -> Result<Events, ArrowError> {
        let columns = batches.first().map_or_else(|| schema(kind), |(_, batch)| batch.schema());
        let all = concat_batches(&columns, batches.iter().map(|(_, batch)| batch))?;
        let imports: Vec<i64> =
            batches.iter().flat_map(|(import, batch)| vec![*import; batch.num_rows()]).collect();
        let table = Events::of(kind, all);
        let taken_back: BooleanArray = table.batch["taken_back"].as_boolean().clone();
        let mut rows = table.newest_rows(&imports, &taken_back);
        rows.retain(|&row| !taken_back.value(row as usize));
        table.sorted(rows)
    }

    /// The rows that no newer import speaks of again. Of an import every event is there once; one that
    /// went from a customer of the bucket to another is there twice, taken back from the first.
    fn newest_rows(&self, imports: &[i64], taken_back: &BooleanArray) -> Vec<u32> {
        let rows = 0..self.len() as u32;
        if imports.iter().all(|import| *import == imports[0]) {
            return rows.collect();
        }
        let rank = |row: u32| (imports[row as usize], !taken_back.value(row as usize));
        let mut newest: HashMap<(&str, &str), u32> = HashMap::with_capacity(self.len());
        for row in rows {
            let key = (self.source(row as usize), self.id(row as usize));
            let kept = newest.entry(key).or_insert(row);
            if rank(row) > rank(*kept) {
                *kept = row;
            }
        }
        newest.into_values().collect()
    }

    /// Some events, each of which there is once, in order, with those columns that the first batch has.
    ///
    /// # Errors
    /// None that can happen: the batches have the kind's schema, or the first some columns of it.
    pub(crate) fn settled<'a>(
        kind: FactKind,
        batches: impl IntoIterator<Item = &'a RecordBatch>,
    ) -> Result<Events, ArrowError> {
        let mut batches = batches.into_iter().peekable();
        let columns = batches.peek().map_or_else(|| schema(kind), |first| first.schema());
        let alike = batches.map(|batch| with_columns(batch, &columns)).collect::<Result<Vec<_>, _>>()?;
        let all = Events::of(kind, concat_batches(&columns, &alike)?);
        let rows = (0..all.len() as u32).collect();
        all.sorted(rows)
    }

    /// Some rows, in order.
    fn sorted(&self, mut rows: Vec<u32>) -> Result<Events, ArrowError> {
        let place = |row: u32| {
            let row = row as usize;
            (self.customer(row), self.at(row), self.source(row), self.id(row))
        };
        // Rows of one import are in order as they come; of several, all that orders them was read.
        let as_they_come = || rows.is_sorted_by(|&a, &b| a < b && place(a) <= place(b));
        if rows.len() == self.len() && (!self.has_order() || as_they_come()) {
            return Ok(self.clone());
        }
        if self.has_order() {
            rows.sort_unstable_by(|&a, &b| place(a).cmp(&place(b)));
        }
        let sorted = take_record_batch(&self.batch, &UInt32Array::from(rows))?;
        Ok(Events::of(self.kind, sorted))
    }

    /// Whether that was read by which events stand in order.
    fn has_order(&self) -> bool {
        self.batch.column_by_name("source").is_some()
    }

    /// The rows of which `keep` holds.
    pub(crate) fn only(&self, keep: impl Fn(usize) -> bool) -> Result<Events, ArrowError> {
        let rows: UInt32Array = (0..self.len()).filter(|&row| keep(row)).map(|row| row as u32).collect();
        Ok(Events::of(self.kind, take_record_batch(&self.batch, &rows)?))
    }

    /// Some rows as those of other customers: row and customer of each.
    pub(crate) fn given_to(&self, rows: &[(u32, &str)]) -> Result<RecordBatch, ArrowError> {
        let places: UInt32Array = rows.iter().map(|(row, _)| *row).collect();
        let taken = take_record_batch(&self.batch, &places)?;
        let mut columns = taken.columns().to_vec();
        columns[0] = Arc::new(rows.iter().map(|(_, customer)| Some(*customer)).collect::<StringArray>());
        RecordBatch::try_new(taken.schema(), columns)
    }

    /// The same with other values in one column.
    pub(super) fn with_column(&self, name: &str, values: ArrayRef) -> Result<Events, ArrowError> {
        let mut columns = self.batch.columns().to_vec();
        columns[self.batch.schema().index_of(name)?] = values;
        Ok(Events::of(self.kind, RecordBatch::try_new(self.batch.schema(), columns)?))
    }

    pub(crate) fn batch(&self) -> &RecordBatch {
        &self.batch
    }

    fn of(kind: FactKind, batch: RecordBatch) -> Events {
        let rows = batch.num_rows();
        let text = |name: &str| match batch.column_by_name(name) {
            Some(column) => column.as_string::<i32>().clone(),
            None => StringArray::new_null(rows),
        };
        let moment = |name: &str| match batch.column_by_name(name) {
            Some(column) => column.as_primitive::<TimestampMicrosecondType>().clone(),
            None => TimestampMicrosecondArray::new_null(rows),
        };
        Events {
            kind,
            customers: text("customer_id"),
            at: moment(moment_column(kind)),
            days: batch["day"].as_primitive::<Date32Type>().clone(),
            ids: text(id_column(kind)),
            sources: text("source"),
            updated: moment("updated_at"),
            more: text("more"),
            is_whole: batch.num_columns() == FIRST_OWN + columns_of(kind).len(),
            batch,
        }
    }

    pub fn kind(&self) -> FactKind {
        self.kind
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whose event a row is; `None` where nobody is known to it.
    pub fn customer(&self, row: usize) -> Option<&str> {
        self.customers.is_valid(row).then(|| self.customers.value(row))
    }

    /// When it happened, microseconds since 1970 UTC; `None`: always known of.
    pub fn at(&self, row: usize) -> Option<i64> {
        self.at.is_valid(row).then(|| self.at.value(row))
    }

    /// The day it happened in the base's zone; `None`: always known of.
    pub fn day(&self, row: usize) -> Option<Day> {
        self.days.is_valid(row).then(|| Day(self.days.value(row)))
    }

    pub fn id(&self, row: usize) -> &str {
        self.ids.value(row)
    }

    /// The system its id comes from.
    pub fn source(&self, row: usize) -> &str {
        self.sources.value(row)
    }

    /// What its file said besides, as a JSON object of texts; empty if nothing.
    pub fn more(&self, row: usize) -> &str {
        if self.more.is_valid(row) { self.more.value(row) } else { "" }
    }

    /// Whether more was read than whose the events are and when they happened.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// A column of text of the kind. Panics if the kind has no such column, or if it was not read.
    pub fn texts(&self, name: &str) -> &StringArray {
        self.column(name).as_string()
    }

    /// A column of numbers in 1/10 000. Panics as [`Events::texts`] does.
    pub fn exact(&self, name: &str) -> &Decimal64Array {
        self.column(name).as_primitive::<Decimal64Type>()
    }

    /// A column of days. Panics as [`Events::texts`] does.
    pub fn days(&self, name: &str) -> &Date32Array {
        self.column(name).as_primitive::<Date32Type>()
    }

    fn column(&self, name: &str) -> &dyn Array {
        assert!(self.is_whole, "what {} say was not read: ask for `Need::events`", self.kind.name());
        match columns_of(self.kind).iter().position(|column| column.name == name) {
            Some(place) => self.batch.column(FIRST_OWN + place),
            None => panic!("{} have no column `{name}`", self.kind.name()),
        }
    }

    /// A row as its import gave it, under the customer it is of now.
    pub fn row(&self, row: usize) -> EventRow<'_> {
        let value = |place: usize| -> Value<'_> {
            let column = self.batch.column(FIRST_OWN + place);
            if column.is_null(row) {
                return Value::Nothing;
            }
            match column.data_type() {
                DataType::Utf8 => Value::Text(column.as_string::<i32>().value(row)),
                DataType::Date32 => Value::Number(i64::from(column.as_primitive::<Date32Type>().value(row))),
                _ => Value::Number(column.as_primitive::<Decimal64Type>().value(row)),
            }
        };
        EventRow {
            customer_id: self.customer(row),
            id: Some(self.id(row)),
            at: self.at(row).zip(self.day(row)),
            updated_at: self.updated.is_valid(row).then(|| self.updated.value(row)),
            values: (0..columns_of(self.kind).len()).map(value).collect(),
            more: self.more(row).to_owned(),
            ..EventRow::default()
        }
    }

    /// The end of the rows of the customer that row `start` is of.
    pub fn customer_end(&self, start: usize) -> usize {
        let customer = self.customer(start);
        start + (start..self.len()).take_while(|&row| self.customer(row) == customer).count()
    }

    /// The part of a customer's rows that a moment knows.
    pub fn up_to(&self, rows: Range<usize>, as_of: AsOf) -> Range<usize> {
        let known = rows.clone().take_while(|&row| self.day(row).is_none_or(|day| day <= as_of.0)).count();
        rows.start..rows.start + known
    }
}

/// The columns of a batch that a schema has, in its order.
fn with_columns(batch: &RecordBatch, columns: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let own = batch.schema();
    let places: Result<Vec<usize>, ArrowError> =
        columns.fields().iter().map(|field| own.index_of(field.name())).collect();
    batch.project(&places?)
}
