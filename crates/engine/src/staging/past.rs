//! What the base holds already of an import's source, slot by slot, to compare what arrives with.

use super::StagingError;
use super::orders::Arrived;
use super::standing::Standing;
use crate::facts::bucket::ANONYMOUS;
use crate::facts::columns::TAKEN_BACK;
use crate::facts::group::{Known, Orders};
use crate::facts::record::{self, Record};
use crate::facts::set::FactSet;
use crate::facts::waiting::{WaitingLines, bucket_of_slot};
use crate::facts::{OrderLine, schema};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, Int32Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use hashbrown::{HashMap, HashSet};
use model::calendar::Day;
use model::money::Money;
use twox_hash::xxhash3_128::Hasher;

/// Anonymous lines of the base held in memory while their parts are compared, bytes.
const MEMORY_BYTES_MAX: usize = 128 << 20;

/// Reads the base's lines of one source.
pub(super) struct Past<'a> {
    facts: &'a FactSet,
    arrived: &'a Arrived<'a>,
    /// `None`: the base has no orders.
    standing: Option<&'a Standing>,
    bytes: Vec<u8>,
    /// The anonymous lie in one bucket and are dealt with in parts, so they are read once.
    anonymous: Option<WaitingLines>,
}

/// What a slot of the base holds of the source: orders that may be among those that arrive and are not
/// taken back, as they are now.
pub(super) struct Existing<'a> {
    pub known: Known,
    pub orders: Orders<'a>,
    /// [`crate::facts::holders::Holder::order`] of those that arrive under another customer, and
    /// maybe of older versions of them.
    pub moved: HashSet<u128>,
}

impl Existing<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.orders.orders.is_empty()
    }
}

impl<'a> Past<'a> {
    pub(super) fn new(
        facts: &'a FactSet,
        arrived: &'a Arrived<'a>,
        standing: Option<&'a Standing>,
    ) -> Past<'a> {
        Past { facts, arrived, standing, bytes: Vec::new(), anonymous: None }
    }

    /// What the base holds in a slot; nothing where nothing arrives in it, nor moves from it.
    pub(super) fn of_slot(&mut self, slot: usize, arrives: bool) -> Result<Existing<'_>, StagingError> {
        self.bytes.clear();
        let bucket = bucket_of_slot(slot);
        let mut moved = HashSet::new();
        if let Some(standing) = self.standing.filter(|standing| !standing.is_empty()) {
            moved = standing.moved(slot)?;
            if arrives || !moved.is_empty() {
                self.read_slot(standing, slot, bucket)?;
            }
        }
        let coded = self.anonymous.as_ref().map_or(&[][..], WaitingLines::coded);
        // Of one import an order has one version.
        if self.facts.imports_of(bucket) > 1 {
            keep_newest(&mut self.bytes);
        }
        let orders = Orders::group(&self.bytes, coded, false);
        let entry = |&order| (orders.key(order), (orders.content(order), orders.updated_at(order)));
        let known = orders.orders.iter().map(entry).collect();
        Ok(Existing { known, orders, moved })
    }

    fn read_slot(&mut self, standing: &Standing, slot: usize, bucket: usize) -> Result<(), StagingError> {
        if bucket != ANONYMOUS {
            let bytes = &mut self.bytes;
            return read(self.facts, bucket, standing, &mut |line, import| {
                record::encode(line, import, None, bytes);
            });
        }
        let spool = match &mut self.anonymous {
            Some(spool) => spool,
            none => none.insert(anonymous(self.facts, self.arrived, standing)?),
        };
        Ok(spool.take(slot, &mut self.bytes)?)
    }
}

/// The base's anonymous lines of the source, sorted into their parts.
fn anonymous(
    facts: &FactSet,
    arrived: &Arrived<'_>,
    standing: &Standing,
) -> Result<WaitingLines, StagingError> {
    let spool = WaitingLines::new(arrived.lines.folder(), "past", MEMORY_BYTES_MAX);
    let mut outlet = spool.outlet();
    read(facts, ANONYMOUS, standing, &mut |line, import| outlet.push(line, import))?;
    outlet.flush()?;
    Ok(spool)
}

/// Gives the lines of a bucket that may be of an order that arrives, each with the number of its import:
/// older versions too, and of orders that are taken back the rows that say so, as cancelled ones.
fn read(
    facts: &FactSet,
    bucket: usize,
    standing: &Standing,
    each: &mut dyn FnMut(&OrderLine<'_>, u64),
) -> Result<(), StagingError> {
    let all: Vec<String> =
        schema::orders(&DataType::Utf8).fields().iter().map(|f| f.name().clone()).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let several = facts.imports_of(bucket) > 1;
    for (run, ranges) in standing.rows(bucket)? {
        let Some(run) = facts.orders_run(bucket, run, &all)? else { continue };
        let rows = Rows(&run.batch);
        for row in ranges.into_iter().flatten() {
            let taken_back = rows.number(row) == TAKEN_BACK;
            // Where nothing is older, nothing is there that is taken back.
            if several || !taken_back {
                each(&OrderLine { cancelled: taken_back, ..rows.line(row) }, run.import as u64);
            }
        }
    }
    Ok(())
}

/// Keeps of each order the records of its newest import, unless that one takes it back. Positions of
/// the records are numbers of imports.
fn keep_newest(bytes: &mut Vec<u8>) {
    let mut newest: HashMap<u128, (u64, bool)> = HashMap::new();
    for place in record::places(bytes) {
        let record = Record::at(bytes, place, &[]);
        let entry = newest.entry(key(record)).or_insert((record.position(), false));
        if record.position() >= entry.0 {
            *entry = (record.position(), record.cancelled());
        }
    }
    let mut kept = 0;
    let places: Vec<usize> = record::places(bytes).chain([bytes.len()]).collect();
    for place in places.windows(2).map(|ends| ends[0]..ends[1]) {
        let record = Record::at(bytes, place.start, &[]);
        if newest.get(&key(record)) == Some(&(record.position(), false)) {
            let length = place.len();
            bytes.copy_within(place, kept);
            kept += length;
        }
    }
    bytes.truncate(kept);
}

/// A hash of what distinguishes an order within its source.
fn key(record: Record<'_>) -> u128 {
    let mut hasher = Hasher::new();
    hasher.write(record.customer());
    hasher.write(&[0]);
    hasher.write(record.order());
    hasher.finish_128()
}

/// Where columns stand in [`schema::orders`].
const CUSTOMER_ID: usize = 0;
const ORDERED_AT: usize = 1;
const ORDER_ID: usize = 3;
const LINE: usize = 4;

/// Order lines read back from a batch, whose columns stand as in [`schema::orders`].
struct Rows<'a>(&'a RecordBatch);

impl<'a> Rows<'a> {
    fn text(&self, column: usize, row: usize) -> Option<&'a str> {
        let array = self.0.column(column).as_dictionary::<Int32Type>();
        array.key(row).map(|key| array.values().as_string::<i32>().value(key))
    }

    fn exact(&self, column: usize, row: usize) -> Option<i64> {
        let array = self.0.column(column).as_primitive::<Decimal64Type>();
        array.is_valid(row).then(|| array.value(row))
    }

    fn moment(&self, column: usize, row: usize) -> Option<i64> {
        let array = self.0.column(column).as_primitive::<TimestampMicrosecondType>();
        array.is_valid(row).then(|| array.value(row))
    }

    fn ordered_at(&self, row: usize) -> Option<i64> {
        self.moment(ORDERED_AT, row)
    }

    fn order_id(&self, row: usize) -> &'a str {
        self.0.column(ORDER_ID).as_string::<i32>().value(row)
    }

    fn number(&self, row: usize) -> i32 {
        self.0.column(LINE).as_primitive::<Int32Type>().value(row)
    }

    /// The line of a row; columns stand as in [`schema::orders`].
    fn line(&self, row: usize) -> OrderLine<'a> {
        OrderLine {
            customer_id: self.text(CUSTOMER_ID, row),
            ordered_at: self.ordered_at(row).unwrap_or_default(),
            day: Day(self.0.column(2).as_primitive::<Date32Type>().value(row)),
            order_id: Some(self.order_id(row)),
            product_id: self.text(6, row),
            product: self.text(7, row),
            category: self.text(8, row),
            brand: self.text(9, row),
            channel: self.text(10, row),
            promo_code: self.text(11, row),
            currency: self.text(12, row),
            quantity: self.exact(13, row),
            amount: Money(self.exact(14, row).unwrap_or_default()),
            cost: self.exact(15, row).map(Money),
            discount: self.exact(16, row).map(Money),
            updated_at: self.moment(17, row),
            cancelled: false,
        }
    }
}
