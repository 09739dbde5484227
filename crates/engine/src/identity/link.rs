//! Reads the rows of aliases once and hands them to the facts as those of main ids.

use crate::facts::bucket::{BUCKETS, bucket_of};
use crate::facts::columns::AttributeRow;
use crate::facts::linked::Moved;
use crate::facts::set::{FactError, FactSet, Run};
use crate::facts::{Events, Linked, schema};
use crate::scan::merge::{merge, with_distinct_keys, without_taken_back};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, TimestampMicrosecondType};
use arrow_array::{DictionaryArray, RecordBatch, UInt32Array};
use arrow_schema::ArrowError;
use arrow_select::interleave::interleave_record_batch;
use arrow_select::take::take_record_batch;
use model::base::FactKind;
use model::identity::Links;
use model::parallel;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Order lines of aliases that are held at a time; each takes some hundred bytes.
pub const LINKED_LINES_MAX: usize = 10_000_000;

/// Makes facts answer as if every alias were the main id of its person. Call before anything is
/// handed to them; imports and compaction read facts without links.
///
/// # Errors
/// A file cannot be read, or aliases have more than [`LINKED_LINES_MAX`] order lines.
pub fn link(facts: &mut FactSet, links: &Links, threads: usize) -> Result<(), FactError> {
    if links.is_empty() {
        return Ok(());
    }
    let mut aliases: Vec<HashSet<&str>> = vec![HashSet::new(); BUCKETS];
    for (alias, _) in links.pairs() {
        aliases[bucket_of(alias)].insert(alias);
    }
    let lines = AtomicUsize::new(0);
    let left = parallel::in_order(BUCKETS, threads, |bucket| {
        if aliases[bucket].is_empty() {
            return Ok(Leaving::default());
        }
        leaving(facts, bucket, &aliases[bucket], &lines)
    });
    let left = left.into_iter().collect::<Result<Vec<Leaving>, FactError>>()?;
    let into = parallel::in_order(BUCKETS, threads, |bucket| arriving(&left, bucket, links));
    let into = into.into_iter().collect::<Result<Vec<Moved>, ArrowError>>().map_err(unfit)?;
    drop(left);
    let mains: HashMap<String, String> =
        links.pairs().map(|(alias, main)| (alias.to_owned(), main.to_owned())).collect();
    facts.set_linked(Linked::new(mains, into));
    Ok(())
}

/// What is of the aliases of a bucket, still under their own ids.
#[derive(Default)]
struct Leaving {
    orders: Option<RecordBatch>,
    free_returns: bool,
    attributes: Vec<AttributeRow>,
    events: Vec<Events>,
}

fn leaving(
    facts: &FactSet,
    bucket: usize,
    aliases: &HashSet<&str>,
    lines: &AtomicUsize,
) -> Result<Leaving, FactError> {
    let mut events = Vec::new();
    for kind in FactKind::EVENTS.into_iter().filter(|&kind| facts.has_events(kind)) {
        let all = facts.events(kind, bucket)?;
        let own = all.only(|row| all.customer(row).is_some_and(|id| aliases.contains(id)));
        events.push(own.map_err(unfit)?);
    }
    let all = facts.own_attributes(bucket)?;
    let own = all.iter().filter(|row| aliases.contains(row.customer_id));
    let attributes = own.map(AttributeRow::from).collect();
    let orders = orders_of(facts, bucket, aliases, lines)?;
    Ok(Leaving { orders, free_returns: facts.has_free_returns(bucket), attributes, events })
}

/// The newest versions of the orders of aliases, sorted by alias and moment.
fn orders_of(
    facts: &FactSet,
    bucket: usize,
    aliases: &HashSet<&str>,
    lines: &AtomicUsize,
) -> Result<Option<RecordBatch>, FactError> {
    let schema = schema::orders(&schema::repeated_text());
    let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let mut runs: Vec<Run> = Vec::new();
    for run in 0..facts.run_count(bucket) {
        // Whose they are is read first: mostly a row group has no alias at all.
        let Some(whose) = facts.orders_run(bucket, run, &columns[..1])? else { continue };
        let rows = rows_of(&whose.batch, aliases);
        if rows.is_empty() {
            continue;
        }
        if lines.fetch_add(rows.len(), Ordering::Relaxed) + rows.len() > LINKED_LINES_MAX {
            return Err(FactError::Links(LINKED_LINES_MAX));
        }
        let Some(read) = facts.orders_run(bucket, run, &columns)? else { continue };
        runs.push(Run { batch: take_record_batch(&read.batch, &rows).map_err(unfit)?, ..read });
    }
    if runs.is_empty() {
        return Ok(None);
    }
    merge(&runs, true).and_then(without_taken_back).map(Some).map_err(unfit)
}

fn rows_of(batch: &RecordBatch, aliases: &HashSet<&str>) -> UInt32Array {
    let customers = batch.column(0).as_dictionary::<Int32Type>();
    let names = customers.values().as_string::<i32>();
    let is_alias: Vec<bool> =
        names.iter().map(|name| name.is_some_and(|name| aliases.contains(name))).collect();
    let rows = (0..batch.num_rows()).filter(|&row| customers.key(row).is_some_and(|key| is_alias[key]));
    rows.map(|row| row as u32).collect()
}

/// What comes to a bucket from all others.
fn arriving(left: &[Leaving], bucket: usize, links: &Links) -> Result<Moved, ArrowError> {
    let main = |id: &str| -> Option<String> {
        Some(links.main_of(id).to_owned()).filter(|main| bucket_of(main) == bucket)
    };
    let mut moved = Moved { orders: orders_into(left, bucket, links)?, ..Moved::default() };
    moved.free_returns = moved.orders.is_some() && left.iter().any(|left| left.free_returns);
    let mut attributes: Vec<&AttributeRow> = left.iter().flat_map(|left| &left.attributes).collect();
    attributes.sort_unstable();
    for row in attributes {
        if let Some(customer_id) = main(&row.customer_id) {
            moved.attributes.push(AttributeRow { customer_id, ..row.clone() });
        }
    }
    for events in left.iter().flat_map(|left| &left.events) {
        let customer = |row: usize| links.main_of(events.customer(row).unwrap_or_default());
        let rows: Vec<(u32, &str)> = (0..events.len())
            .map(|row| (row as u32, customer(row)))
            .filter(|(_, customer)| bucket_of(customer) == bucket)
            .collect();
        let place = FactKind::EVENTS.into_iter().position(|kind| kind == events.kind());
        if let Some(place) = place.filter(|_| !rows.is_empty()) {
            moved.events[place].push(events.given_to(&rows)?);
        }
    }
    Ok(moved)
}

/// Order lines of aliases under the main ids of one bucket, sorted as in a file; the lines of an order
/// stay together.
fn orders_into(left: &[Leaving], bucket: usize, links: &Links) -> Result<Option<RecordBatch>, ArrowError> {
    let batches: Vec<&RecordBatch> = left.iter().filter_map(|left| left.orders.as_ref()).collect();
    let mut rows = Vec::new();
    for (place, batch) in batches.iter().enumerate() {
        let aliases = batch.column(0).as_dictionary::<Int32Type>();
        let names = aliases.values().as_string::<i32>();
        let mains: Vec<&str> = names.iter().map(|name| links.main_of(name.unwrap_or_default())).collect();
        let comes: Vec<bool> = mains.iter().map(|main| bucket_of(main) == bucket).collect();
        let moments = batch.column(1).as_primitive::<TimestampMicrosecondType>().values();
        let ids = batch.column(3).as_string::<i32>();
        let sources = batch.column(5).as_dictionary::<Int32Type>();
        let systems = sources.values().as_string::<i32>();
        for row in 0..batch.num_rows() {
            let Some(key) = aliases.key(row).filter(|&key| comes[key]) else { continue };
            let source = sources.key(row).map_or("", |key| systems.value(key));
            let at = (mains[key], moments[row], ids.value(row), source, names.value(key));
            rows.push((at, (place, row)));
        }
    }
    if rows.is_empty() {
        return Ok(None);
    }
    // Stable: the lines of an order are in order already.
    rows.sort_by_key(|(at, _)| *at);
    let places: Vec<(usize, usize)> = rows.iter().map(|(_, place)| *place).collect();
    let gathered = interleave_record_batch(&batches, &places)?;
    let customers: DictionaryArray<Int32Type> = rows.iter().map(|(at, _)| Some(at.0)).collect();
    let mut columns = gathered.columns().to_vec();
    columns[0] = Arc::new(customers);
    with_distinct_keys(&RecordBatch::try_new(gathered.schema(), columns)?).map(Some)
}

fn unfit(error: ArrowError) -> FactError {
    FactError::File { path: "the rows of linked ids".to_owned(), reason: error.to_string() }
}
