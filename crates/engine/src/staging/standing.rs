//! Which lines of the base arriving orders are compared with, and which of its orders arrive under
//! another customer: one pass over the base's ids, before anything is written.

use super::StagingError;
use super::orders::Arrived;
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::bytes::{put_length, take_length};
use crate::facts::holders::{self, Holder, Holders, PARTS, customer_hash, each_moved};
use crate::facts::record::is_row_id;
use crate::facts::spool::Spool;
use crate::facts::waiting::{SLOTS, slot_of};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, TimestampMicrosecondType};
use arrow_array::{RecordBatch, StringArray};
use hashbrown::HashSet;
use model::parallel;
use std::io;
use std::ops::Range;

/// Rows and moved orders held in memory before they are spilled, bytes each.
const MEMORY_BYTES_MAX: usize = 32 << 20;
/// Bytes of the hash of an order.
const HASH_BYTES: usize = 16;

/// What the pass over the base found.
pub(super) struct Standing {
    /// By bucket: of each run its number, how many ranges of rows follow, and of each how many rows
    /// lie before it and in it.
    rows: Spool,
    /// By slot of the base: [`Holder::order`] of what arrives under another customer.
    moved: Spool,
}

impl Standing {
    /// Looks through the base's ids; memory for what it finds is bounded.
    pub(super) fn find(
        arrived: &Arrived<'_>,
        facts: &FactSet,
        threads: usize,
    ) -> Result<Standing, StagingError> {
        let folder = arrived.lines.folder();
        let standing = Standing {
            rows: Spool::new(folder, "rows", BUCKETS + 1, MEMORY_BYTES_MAX),
            moved: Spool::new(folder, "moved", SLOTS, MEMORY_BYTES_MAX),
        };
        let known = Holders::new(folder, "known");
        let looked = parallel::in_order(BUCKETS + 1, threads, |bucket| {
            look(arrived, facts, bucket, &standing.rows, &known)
        });
        looked.into_iter().collect::<Result<(), _>>()?;
        let Some(arriving) = arrived.lines.holders().filter(|_| !known.is_empty()) else {
            return Ok(standing);
        };
        let joined = parallel::in_order(PARTS, threads, |part| join(arriving, &known, part, &standing.moved));
        joined.into_iter().collect::<io::Result<()>>()?;
        Ok(standing)
    }

    /// Whether anything in the base may be among what arrives.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Takes the rows of a bucket that may be among those that arrive, run by run.
    pub(super) fn rows(&self, bucket: usize) -> io::Result<Vec<(usize, Vec<Range<usize>>)>> {
        let mut bytes = Vec::new();
        self.rows.take(bucket, &mut bytes)?;
        let mut rest = &bytes[..];
        let mut runs = Vec::new();
        while !rest.is_empty() {
            let (run, count) = (take_length(&mut rest) as usize, take_length(&mut rest));
            let mut end = 0;
            let ranges = (0..count).map(|_| {
                let start = end + take_length(&mut rest) as usize;
                end = start + take_length(&mut rest) as usize;
                start..end
            });
            runs.push((run, ranges.collect()));
        }
        Ok(runs)
    }

    /// Takes the hashes of a slot's orders that arrive under another customer.
    pub(super) fn moved(&self, slot: usize) -> io::Result<HashSet<u128>> {
        let mut bytes = Vec::new();
        self.moved.take(slot, &mut bytes)?;
        Ok(bytes.as_chunks::<HASH_BYTES>().0.iter().map(|hash| u128::from_le_bytes(*hash)).collect())
    }
}

/// Finds the rows of a bucket that are of the source and may be among those that arrive.
fn look(
    arrived: &Arrived<'_>,
    facts: &FactSet,
    bucket: usize,
    rows: &Spool,
    known: &Holders,
) -> Result<(), StagingError> {
    let (mut outlet, mut holders) = (rows.outlet(), known.outlet());
    let mut hasher = holders::Hasher::default();
    for run in 0..facts.run_count(bucket) {
        let Some(read) = facts.orders_run(bucket, run, &COLUMNS)? else { continue };
        let ids = Ids::of(&read.batch);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        // A customer's lines stand together.
        let mut customer = (None, customer_hash(None));
        for row in 0..read.batch.num_rows() {
            let (id, at) = (ids.orders.value(row), ids.moments[row]);
            if ids.source(row) != Some(arrived.source) || !arrived.lines.may_have(Some(id), at) {
                continue;
            }
            match ranges.last_mut() {
                Some(last) if last.end == row => last.end += 1,
                _ => ranges.push(row..row + 1),
            }
            if is_row_id(id) {
                continue;
            }
            let (key, text) = ids.customer(row);
            if key != customer.0 {
                customer = (key, customer_hash(text));
            }
            let slot = slot_of(text, Some(id), at) as u8;
            holders.push(Holder { order: hasher.order(id, at), customer: customer.1, slot });
        }
        if !ranges.is_empty() {
            outlet.push(bucket, |bytes| put_ranges(run, &ranges, bytes));
        }
    }
    outlet.flush()?;
    Ok(holders.flush()?)
}

fn put_ranges(run: usize, ranges: &[Range<usize>], bytes: &mut Vec<u8>) {
    put_length(run as u64, bytes);
    put_length(ranges.len() as u64, bytes);
    let mut end = 0;
    for range in ranges {
        put_length((range.start - end) as u64, bytes);
        put_length(range.len() as u64, bytes);
        end = range.end;
    }
}

fn join(arriving: &Holders, known: &Holders, part: usize, moved: &Spool) -> io::Result<()> {
    let (known, arriving) = (known.take(part)?, arriving.take(part)?);
    let mut outlet = moved.outlet();
    each_moved(&known, &arriving, |holder| {
        outlet.push(usize::from(holder.slot), |bytes| bytes.extend_from_slice(&holder.order.to_le_bytes()));
    });
    outlet.flush()
}

/// In the order of the file.
const COLUMNS: [&str; 4] = ["customer_id", "ordered_at", "order_id", "source"];

/// The columns above of a batch.
struct Ids<'a> {
    batch: &'a RecordBatch,
    moments: &'a [i64],
    orders: &'a StringArray,
}

impl<'a> Ids<'a> {
    fn of(batch: &'a RecordBatch) -> Ids<'a> {
        let moments = batch.column(1).as_primitive::<TimestampMicrosecondType>().values();
        Ids { batch, moments, orders: batch.column(2).as_string() }
    }

    fn source(&self, row: usize) -> Option<&'a str> {
        self.text(3, row).1
    }

    /// Its place in the dictionary, and its text.
    fn customer(&self, row: usize) -> (Option<usize>, Option<&'a str>) {
        self.text(0, row)
    }

    fn text(&self, column: usize, row: usize) -> (Option<usize>, Option<&'a str>) {
        let array = self.batch.column(column).as_dictionary::<Int32Type>();
        let key = array.key(row);
        (key, key.map(|key| array.values().as_string::<i32>().value(key)))
    }
}
