//! Walks the customers of a bucket, each with its lines and orders up to a moment.

use super::known::{Known, Places};
use super::lines::{Lines, Need};
use super::merge::{merge, without_taken_back};
use super::merged::merged;
use super::texts::Texts;
use crate::facts::Events;
use crate::facts::bucket::{ANONYMOUS, BUCKETS};
use crate::facts::set::{FactError, FactSet, Run};
use arrow_array::{Array, RecordBatch};
use arrow_schema::ArrowError;
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
    /// What they amount to.
    pub totals: Totals,
    /// Its deals, leads, touches and people up to the moment; what they say only where a pass needs it.
    pub events: CustomerEvents<'a>,
}

/// The events of one customer, oldest first; `None` where the base has none of a kind.
#[derive(Clone, Default)]
pub struct CustomerEvents<'a> {
    pub deals: Option<(&'a Events, Range<usize>)>,
    pub leads: Option<(&'a Events, Range<usize>)>,
    pub touches: Option<(&'a Events, Range<usize>)>,
    pub contacts: Option<(&'a Events, Range<usize>)>,
}

impl<'a> Customer<'a> {
    /// The texts that its id is one of in its lines, and the id's key; `None` where it has no lines.
    pub fn id_key(&self) -> Option<(usize, &'a Texts)> {
        let texts = self.lines.customers.as_ref()?;
        Some((texts.key(self.rows.clone().next()?)?, texts))
    }
}

impl<'a> CustomerEvents<'a> {
    /// Everything that events up to a day say in a column that all kinds have, oldest first.
    pub fn said(&self, column: &str, until: Day) -> Vec<&'a str> {
        let mut all = Vec::new();
        for (events, rows) in [&self.deals, &self.leads, &self.touches].into_iter().flatten() {
            let texts = events.texts(column);
            let known = rows.clone().take_while(|&row| events.day(row).is_none_or(|day| day <= until));
            let known = known.filter(|&row| texts.is_valid(row));
            all.extend(known.map(|row| (events.at(row), texts.value(row))));
        }
        all.sort_by_key(|&(at, _)| at);
        all.into_iter().map(|(_, text)| text).collect()
    }

    /// What the first of the events up to a day says in a column that all kinds have.
    pub fn first_said(&self, column: &str, until: Day) -> Option<&'a str> {
        let all = [&self.deals, &self.leads, &self.touches].into_iter().flatten();
        let first = all.filter_map(|(events, rows)| {
            let texts = events.texts(column);
            let row = rows
                .clone()
                .take_while(|&row| events.day(row).is_none_or(|day| day <= until))
                .find(|&row| texts.is_valid(row))?;
            Some((events.at(row), texts.value(row)))
        });
        first.min_by_key(|&(at, _)| at).map(|(_, text)| text)
    }
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

/// What the orders of a customer amount to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Orders that are no returns.
    pub orders: usize,
    /// Days of the first and the last of them.
    pub days: Option<(Day, Day)>,
    /// Net money of orders and returns, in 1/10 000.
    pub amount: i64,
}

impl Totals {
    /// Of orders, oldest first. How many there are cannot be foreseen, so they are gone through once, and
    /// without a branch on which are returns.
    fn of(orders: &[Order]) -> Totals {
        let (mut count, mut amount, mut first, mut last) = (0, 0, i32::MAX, i32::MIN);
        for order in orders {
            count += usize::from(!order.is_return);
            amount += order.amount;
            first = first.min(if order.is_return { i32::MAX } else { order.day.0 });
            last = last.max(if order.is_return { i32::MIN } else { order.day.0 });
        }
        Totals { orders: count, days: (count > 0).then_some((Day(first), Day(last))), amount }
    }
}

impl Order {
    /// The row of the first line of which a text is known: what an order has one of, such as its
    /// channel, not every line says.
    pub fn first_named(&self, texts: &Texts) -> Option<usize> {
        self.rows.clone().find(|&row| texts.key(row).is_some())
    }
}

/// Visits every customer of a bucket known as of a moment, in order of id: those with lines, and
/// those known only from customer files or events.
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
    let mut known = Known::read(facts, bucket, as_of, need.events)?;
    let mut places = Places::default();
    let mut orders = Vec::new();
    let nothing =
        Lines::new(&RecordBatch::new_empty(crate::facts::set::read_schema()), need, &facts.products);
    for_each_batch(facts, bucket, need, &mut |lines| {
        lines.each_customer(|rows| {
            let id = lines.customer(rows.start);
            while let Some(earlier) = known.before(Some(id)) {
                visit(&unordered(&known, earlier, &nothing, &mut places));
            }
            let rows = lines.until(as_of, rows);
            let (orders, totals) = gather_orders(lines, rows.clone(), &mut orders);
            if known.is(id) || !orders.is_empty() {
                let events = known.events(id, &mut places);
                visit(&Customer { id, lines, rows, orders, totals, events });
            }
        });
    })?;
    while let Some(last) = known.before(None) {
        visit(&unordered(&known, last, &nothing, &mut places));
    }
    Ok(())
}

/// A customer without lines.
fn unordered<'a>(known: &'a Known, place: usize, nothing: &'a Lines, places: &mut Places) -> Customer<'a> {
    let id = known.id(place);
    let (totals, events) = (Totals::default(), known.events(id, places));
    Customer { id, lines: nothing, rows: 0..0, orders: &[], totals, events }
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
        let rows = lines.until(as_of, 0..lines.len());
        let (orders, totals) = gather_orders(lines, rows.clone(), &mut orders);
        visit(&Customer { id: "", lines, rows, orders, totals, events: CustomerEvents::default() });
    })
}

/// Decodes the columns of every customer's lines that a pass with this need reads, by the Parquet crate's
/// own reader, does nothing with them, and returns how many lines there are: what a pass is measured against.
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
            if let Some(lines) = straight(facts, bucket, run, need)? {
                each(&lines);
                lines.leave(facts.room());
            } else if let Some(run) = read(run)? {
                let kept = without_taken_back(run.batch).map_err(unmerged)?;
                each(&Lines::new(&kept, need, &facts.products));
            }
        }
        return Ok(());
    }
    if let Some(unchanged) = all_straight(facts, bucket, need, versions)? {
        let lines = merged(&unchanged, facts.room());
        unchanged.into_iter().for_each(|lines| lines.leave(facts.room()));
        each(&lines);
        lines.leave(facts.room());
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

/// The lines of all runs of a bucket, where they can be read straight and no order has several versions.
fn all_straight(
    facts: &FactSet,
    bucket: usize,
    need: Need,
    versions: bool,
) -> Result<Option<Vec<Lines>>, FactError> {
    // Within a day lines stand in the order of imports, which is not that of moments.
    if versions || need.moment {
        return Ok(None);
    }
    let mut all = Vec::new();
    for run in 0..facts.run_count(bucket) {
        let Some(lines) = straight(facts, bucket, run, need)? else { return Ok(None) };
        all.push(lines);
    }
    Ok(Some(all))
}

/// The lines of a run, where they can be read straight.
fn straight(facts: &FactSet, bucket: usize, run: usize, need: Need) -> Result<Option<Lines>, FactError> {
    match facts.open_run(bucket, run)? {
        Some(group) => Lines::straight(&group, need, &facts.products),
        None => Ok(None),
    }
}

/// Splits rows of a customer into orders, put where there is room for them, and says what they amount to.
///
/// How many lines an order has cannot be foreseen, so there is no branch on it: every line writes
/// its order anew, as far as it is known by then.
fn gather_orders<'a>(lines: &Lines, rows: Range<usize>, room: &'a mut Vec<Order>) -> (&'a [Order], Totals) {
    // What is written before the first order begins goes to waste, so there is one place more.
    if room.len() <= rows.len() {
        more_room(room, rows.len() + 1);
    }
    let (numbers, amounts) = (&lines.numbers()[rows.clone()], &lines.amounts()[rows.clone()]);
    let columns = numbers.iter().zip(amounts).zip(&lines.days()[rows.clone()]).zip(rows.clone());
    let (mut count, mut start, mut amount, mut is_return) = (0, rows.start, 0, true);
    let (mut amount_in_all, mut least) = (0, i64::MAX);
    for (((&number, &more), &day), row) in columns {
        let begins = (number <= 0) | (row == rows.start);
        count += usize::from(begins);
        amount_in_all += more;
        least = least.min(more);
        start = if begins { row } else { start };
        amount = more + if begins { 0 } else { amount };
        is_return = (more < 0) & (begins | is_return);
        room[count] = Order { rows: start..row + 1, day: Day(day), amount, is_return };
    }
    let orders = &mut room[1..=count];
    // Who never brought anything back, as most did not, has no returns to look for.
    let totals = match (orders.first(), orders.last()) {
        (Some(first), Some(last)) if least > 0 => {
            Totals { orders: count, days: Some((first.day, last.day)), amount: amount_in_all }
        }
        _ => {
            mark_free_returns(lines, orders);
            Totals::of(orders)
        }
    };
    (orders, totals)
}

#[cold]
fn more_room(room: &mut Vec<Order>, needed: usize) {
    let more = needed.max(2 * room.len());
    room.resize(more, Order { rows: 0..0, day: Day(0), amount: 0, is_return: false });
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
