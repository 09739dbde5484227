//! Walks the customers of a bucket, each with its lines and orders up to a moment.

use super::lines::{Lines, Need};
use super::merge::merge;
use crate::facts::bucket::{ANONYMOUS, BUCKETS};
use crate::facts::columns::{AttributeRow, TAKEN_BACK};
use crate::facts::set::{FactError, FactSet, Run};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, BooleanArray, RecordBatch};
use arrow_schema::ArrowError;
use arrow_select::filter::filter_record_batch;
use model::calendar::{AsOf, Day};
use model::parallel;
use std::ops::Range;

/// A customer with everything up to the moment asked about.
#[derive(Clone)]
pub struct Customer<'a> {
    /// Empty for the anonymous.
    pub id: &'a str,
    pub lines: &'a Lines,
    /// Its rows in `lines`.
    pub rows: Range<usize>,
    /// Its orders and returns, oldest first.
    pub orders: &'a [Order],
}

/// An order or a return: some consecutive lines.
#[derive(Clone, Debug)]
pub struct Order {
    pub rows: Range<usize>,
    pub day: Day,
    /// Net money in 1/10 000.
    pub amount: i64,
    /// All lines are negative, in money or, where they are free, in quantity: not an order.
    pub is_return: bool,
}

/// Visits every customer of a bucket known as of a moment, in order of id: those with lines, and
/// those known only from customer files.
///
/// # Errors
/// A fact file cannot be read.
pub fn visit_customers(
    facts: &FactSet,
    bucket: usize,
    as_of: AsOf,
    need: Need,
    visit: &mut dyn FnMut(&Customer<'_>),
) -> Result<(), FactError> {
    let attributes = if facts.has_attributes() { facts.attributes(bucket)? } else { Vec::new() };
    let mut known = Known { rows: &attributes, as_of };
    let mut orders = Vec::new();
    let nothing =
        Lines::new(&RecordBatch::new_empty(crate::facts::set::read_schema()), need, &facts.products);
    for_each_batch(facts, bucket, need, &mut |lines| {
        let mut row = 0;
        while row < lines.len() {
            let end = lines.customer_end(row);
            let id = lines.customer(row);
            known.before(id, &mut |earlier| {
                visit(&Customer { id: earlier, lines: &nothing, rows: 0..0, orders: &[] })
            });
            let rows = row..up_to(lines.days(), row, end, as_of);
            let count = gather_orders(lines, rows.clone(), &mut orders);
            if known.is(id) || count > 0 {
                visit(&Customer { id, lines, rows, orders: &orders[..count] });
            }
            row = end;
        }
    })?;
    known.rest(&mut |id| visit(&Customer { id, lines: &nothing, rows: 0..0, orders: &[] }));
    Ok(())
}

/// Visits the lines without a customer, a batch at a time, each as if it were one customer.
///
/// # Errors
/// A fact file cannot be read.
pub fn visit_anonymous(
    facts: &FactSet,
    as_of: AsOf,
    need: Need,
    visit: &mut dyn FnMut(&Customer<'_>),
) -> Result<(), FactError> {
    let mut orders = Vec::new();
    for_each_batch(facts, ANONYMOUS, need, &mut |lines| {
        let rows = 0..up_to(lines.days(), 0, lines.len(), as_of);
        let count = gather_orders(lines, rows.clone(), &mut orders);
        visit(&Customer { id: "", lines, rows, orders: &orders[..count] });
    })
}

/// Decodes the columns of every customer's lines that a pass with this need reads, does nothing
/// with them, and returns how many lines there are: the floor that a pass is measured against.
///
/// # Errors
/// A fact file cannot be read.
pub fn decode_only(facts: &FactSet, need: Need, threads: usize) -> Result<u64, FactError> {
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        let columns = need.columns(needs_versions(facts, bucket), &facts.products);
        let mut rows = 0;
        for run in 0..facts.run_count(bucket) {
            rows += facts.orders_run(bucket, run, &columns)?.map_or(0, |run| run.batch.num_rows() as u64);
        }
        Ok(rows)
    });
    buckets.into_iter().sum()
}

/// Whether several runs of a bucket may hold versions of the same order.
fn needs_versions(facts: &FactSet, bucket: usize) -> bool {
    facts.run_count(bucket) > 1 && facts.has_replacements(bucket)
}

fn for_each_batch(
    facts: &FactSet,
    bucket: usize,
    need: Need,
    each: &mut dyn FnMut(&Lines),
) -> Result<(), FactError> {
    let need = Need { quantity: need.quantity || facts.has_free_returns(bucket), ..need };
    let runs = facts.run_count(bucket);
    let versions = needs_versions(facts, bucket);
    let columns = need.columns(versions, &facts.products);
    let read = |run: usize| facts.orders_run(bucket, run, &columns);
    let unmerged =
        |error: ArrowError| FactError::File { path: format!("bucket {bucket}"), reason: error.to_string() };
    if facts.imports_of(bucket) <= 1 {
        for run in 0..runs {
            if let Some(run) = read(run)? {
                let kept = without_taken_back(run.batch).map_err(unmerged)?;
                each(&Lines::new(&kept, need, &facts.products));
            }
        }
        return Ok(());
    }
    let mut all: Vec<Run> = Vec::with_capacity(runs);
    for run in 0..runs {
        all.extend(read(run)?);
    }
    let merged = merge(&all, versions).and_then(without_taken_back).map_err(unmerged)?;
    drop(all);
    each(&Lines::new(&merged, need, &facts.products));
    Ok(())
}

/// The lines of a batch but for those that take an order back: by now they have done so.
fn without_taken_back(batch: RecordBatch) -> Result<RecordBatch, ArrowError> {
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

/// The end of those rows of `start..end` that a moment knows; days rise from row to row.
fn up_to(days: &[i32], start: usize, end: usize, as_of: AsOf) -> usize {
    match days[start..end].last() {
        // Mostly the moment is the present.
        Some(&last) if last <= as_of.0.0 => end,
        _ => start + days[start..end].partition_point(|&day| day <= as_of.0.0),
    }
}

/// Splits rows into orders, and returns how many: they are the first so many of `orders`.
///
/// How many lines an order has cannot be foreseen, so there is no branch on it: every line writes
/// its order anew, as far as it is known by then.
fn gather_orders(lines: &Lines, rows: Range<usize>, orders: &mut Vec<Order>) -> usize {
    if orders.len() < rows.len() {
        orders.resize(rows.len(), Order { rows: 0..0, day: Day(0), amount: 0, is_return: false });
    }
    let (numbers, amounts) = (&lines.numbers()[rows.clone()], &lines.amounts()[rows.clone()]);
    let days = &lines.days()[rows.clone()];
    let mut order = Order { rows: rows.clone(), day: Day(0), amount: 0, is_return: true };
    let mut count = 0;
    for (place, ((&number, &amount), &day)) in numbers.iter().zip(amounts).zip(days).enumerate() {
        let begins = number <= 0 || place == 0;
        count += usize::from(begins);
        order.rows.start = if begins { rows.start + place } else { order.rows.start };
        order.rows.end = rows.start + place + 1;
        order.day = Day(day);
        order.amount = amount + if begins { 0 } else { order.amount };
        order.is_return = (amount < 0) & (begins | order.is_return);
        orders[count - 1].clone_from(&order);
    }
    mark_free_returns(lines, &mut orders[..count]);
    count
}

/// Orders without a positive line of which some lines are free: what came back for nothing is
/// known by its quantity.
fn mark_free_returns(lines: &Lines, orders: &mut [Order]) {
    let Some(quantities) = &lines.quantities else { return };
    for order in orders.iter_mut().filter(|order| !order.is_return && order.amount <= 0) {
        order.is_return = order.rows.clone().all(|row| {
            let amount = lines.amounts()[row];
            amount < 0 || (amount == 0 && quantities.is_valid(row) && quantities.value(row) < 0)
        });
    }
}

/// Customers known from customer files, walked beside the lines.
struct Known<'a> {
    rows: &'a [AttributeRow],
    as_of: AsOf,
}

impl<'a> Known<'a> {
    /// Calls for those known as of the moment that come before `id`.
    fn before(&mut self, id: &str, each: &mut dyn FnMut(&str)) {
        while let Some(first) = self.rows.first().filter(|row| row.customer_id.as_str() < id) {
            self.next(first, each);
        }
    }

    fn rest(&mut self, each: &mut dyn FnMut(&str)) {
        while let Some(first) = self.rows.first() {
            self.next(first, each);
        }
    }

    /// Whether `id` comes next and is known; steps past it.
    fn is(&mut self, id: &str) -> bool {
        let mut found = false;
        if let Some(first) = self.rows.first().filter(|row| row.customer_id == id) {
            self.next(first, &mut |_| found = true);
        }
        found
    }

    fn next(&mut self, first: &'a AttributeRow, each: &mut dyn FnMut(&str)) {
        let length = self.rows.iter().take_while(|row| row.customer_id == first.customer_id).count();
        let (own, rest) = self.rows.split_at(length);
        self.rows = rest;
        // Attributes alone come from orders, which speak for themselves. Without a date of creation
        // a customer was always known.
        let known = own.iter().find(|row| row.attribute.is_empty());
        if known.is_some_and(|row| row.created.is_none_or(|day| day <= self.as_of.0)) {
            each(&first.customer_id);
        }
    }
}
