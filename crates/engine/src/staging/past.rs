//! What the base holds already of an import's source, slot by slot, to compare what arrives with.

use super::StagingError;
use super::orders::Arrived;
use crate::facts::bucket::ANONYMOUS;
use crate::facts::columns::TAKEN_BACK;
use crate::facts::group::{Known, Orders};
use crate::facts::set::FactSet;
use crate::facts::waiting::{WaitingLines, bucket_of_slot};
use crate::facts::{OrderLine, record, schema};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, Int32Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use hashbrown::HashMap;
use model::calendar::Day;
use model::money::Money;
use twox_hash::xxhash3_128::Hasher;

/// Anonymous lines of the base held in memory while their parts are compared, bytes.
const MEMORY_BYTES_MAX: usize = 128 << 20;

/// Reads the base's lines of one source.
pub(super) struct Past<'a> {
    facts: &'a FactSet,
    arrived: &'a Arrived<'a>,
    bytes: Vec<u8>,
    /// The anonymous lie in one bucket and are dealt with in parts, so they are read once.
    anonymous: Option<WaitingLines>,
}

/// What a slot of the base holds of the source: orders that may be among those that arrive and are not
/// taken back, as they are now.
pub(super) struct Existing<'a> {
    pub known: Known,
    pub orders: Orders<'a>,
}

impl Existing<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.orders.orders.is_empty()
    }
}

impl<'a> Past<'a> {
    pub(super) fn new(facts: &'a FactSet, arrived: &'a Arrived<'a>) -> Past<'a> {
        Past { facts, arrived, bytes: Vec::new(), anonymous: None }
    }

    /// What the base holds in a slot; nothing unless it is wanted.
    pub(super) fn of_slot(&mut self, slot: usize, wanted: bool) -> Result<Existing<'_>, StagingError> {
        self.bytes.clear();
        let bucket = bucket_of_slot(slot);
        if wanted && self.facts.run_count(bucket) > 0 {
            if bucket == ANONYMOUS {
                let spool = match &mut self.anonymous {
                    Some(spool) => spool,
                    none => none.insert(anonymous(self.facts, self.arrived)?),
                };
                spool.take(slot, &mut self.bytes)?;
            } else {
                let bytes = &mut self.bytes;
                read(self.facts, bucket, self.arrived, &mut |line, row| {
                    record::encode(line, row, None, bytes);
                })?;
            }
        }
        let coded = self.anonymous.as_ref().map_or(&[][..], WaitingLines::coded);
        let orders = Orders::group(&self.bytes, coded, false);
        let entry = |&order| (orders.key(order), (orders.content(order), orders.updated_at(order)));
        let known = orders.orders.iter().map(entry).collect();
        Ok(Existing { known, orders })
    }
}

/// The base's anonymous lines of the source, sorted into their parts.
fn anonymous(facts: &FactSet, arrived: &Arrived<'_>) -> Result<WaitingLines, StagingError> {
    let spool = WaitingLines::new(arrived.lines.folder(), "past", MEMORY_BYTES_MAX);
    let mut outlet = spool.outlet();
    read(facts, ANONYMOUS, arrived, &mut |line, row| outlet.push(line, row))?;
    outlet.flush()?;
    Ok(spool)
}

/// Gives the lines of a bucket that still hold, are of the source and may be of an order that arrives,
/// each with its row, run by run.
fn read(
    facts: &FactSet,
    bucket: usize,
    arrived: &Arrived<'_>,
    each: &mut dyn FnMut(&OrderLine<'_>, u64),
) -> Result<(), StagingError> {
    // Newest import of each order, and whether that one takes it back.
    let mut newest: HashMap<u128, (i64, bool)> = HashMap::new();
    let runs = facts.run_count(bucket);
    let all: Vec<String> =
        schema::orders(&DataType::Utf8).fields().iter().map(|f| f.name().clone()).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    // Columns stand in the order of the file whatever is asked for, so all of these come first.
    let first = &all[..=SOURCE];
    let mut wanted: Vec<Vec<u32>> = vec![Vec::new(); runs];
    for (run, wanted) in wanted.iter_mut().enumerate() {
        let Some(run) = facts.orders_run(bucket, run, first)? else { continue };
        let rows = Rows(&run.batch);
        for row in 0..run.batch.num_rows() {
            let may_arrive =
                || arrived.lines.may_have(Some(rows.order_id(row)), rows.ordered_at(row).unwrap_or_default());
            if rows.source(row) != arrived.source || !may_arrive() {
                continue;
            }
            let entry = newest.entry(rows.key(row)).or_insert((run.import, false));
            if run.import >= entry.0 {
                *entry = (run.import, rows.number(row) == TAKEN_BACK);
            }
            wanted.push(row as u32);
        }
    }
    for (run, wanted) in wanted.into_iter().enumerate().filter(|(_, wanted)| !wanted.is_empty()) {
        let Some(run) = facts.orders_run(bucket, run, &all)? else { continue };
        let rows = Rows(&run.batch);
        for row in wanted.into_iter().map(|row| row as usize) {
            if newest.get(&rows.key(row)) == Some(&(run.import, false)) {
                each(&rows.line(row), row as u64);
            }
        }
    }
    Ok(())
}

/// Where columns stand in [`schema::orders`].
const CUSTOMER_ID: usize = 0;
const ORDERED_AT: usize = 1;
const ORDER_ID: usize = 3;
const LINE: usize = 4;
const SOURCE: usize = 5;

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

    fn source(&self, row: usize) -> &'a str {
        self.text(SOURCE, row).unwrap_or_default()
    }

    fn ordered_at(&self, row: usize) -> Option<i64> {
        self.moment(ORDERED_AT, row)
    }

    fn order_id(&self, row: usize) -> &'a str {
        self.0.column(ORDER_ID).as_string::<i32>().value(row)
    }

    /// A hash of what distinguishes an order within its source.
    fn key(&self, row: usize) -> u128 {
        let mut hasher = Hasher::new();
        hasher.write(self.text(CUSTOMER_ID, row).unwrap_or_default().as_bytes());
        hasher.write(&[0]);
        hasher.write(self.order_id(row).as_bytes());
        hasher.finish_128()
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
