//! Order lines that wait until a whole import is read, in the slots in which they are compared.

use super::bucket::{ANONYMOUS, ANONYMOUS_PARTS, BUCKETS, anonymous_part_of, bucket_of, order_hash};
use super::dictionary::{Coder, Dictionary};
use super::filter::Filter;
use super::holders::{self, Holder, HolderOutlet, Holders, customer_hash};
use super::lines::OrderLine;
use super::record;
use super::sort_key::bring_together;
use super::spool::{Outlet, Spool};
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Waiting lines held in memory before they are spilled, bytes.
pub const MEMORY_BYTES_MAX: usize = 512 << 20;
/// Pieces that lines wait in: one per bucket, and the parts of the anonymous.
pub const SLOTS: usize = BUCKETS + ANONYMOUS_PARTS;

/// The [`order_hash`] of a line. A row without an id comes back from the base with the one it was
/// given, and is known by its moment all the same.
fn hash_of(order_id: Option<&str>, ordered_at: i64) -> u64 {
    order_hash(order_id.filter(|id| !record::is_row_id(id)), ordered_at)
}

/// The bucket that the lines of a slot belong to.
pub fn bucket_of_slot(slot: usize) -> usize {
    slot.min(ANONYMOUS)
}

/// The slot of a line.
pub fn slot_of(customer_id: Option<&str>, order_id: Option<&str>, ordered_at: i64) -> usize {
    match customer_id {
        Some(customer) => bucket_of(customer),
        None => BUCKETS + anonymous_part_of(hash_of(order_id, ordered_at)),
    }
}

/// Order lines of all buckets, shared by the threads that clean.
pub struct WaitingLines {
    spool: Spool,
    dictionary: Dictionary,
    coded: OnceLock<Vec<Arc<str>>>,
    compared: Option<Compared>,
}

/// What lines are compared with a base by.
struct Compared {
    /// Which orders are among the lines.
    filter: Filter,
    /// Whose they are.
    holders: Holders,
}

/// One thread's way in.
pub struct LineOutlet<'a> {
    outlet: Outlet<'a>,
    coder: Coder<'a>,
    compared: Option<OutletCompared<'a>>,
}

struct OutletCompared<'a> {
    filter: &'a Filter,
    holders: HolderOutlet<'a>,
    hasher: holders::Hasher,
}

impl WaitingLines {
    /// See [`Spool::new`].
    pub fn new(folder: &Path, name: &'static str, memory_bytes_max: usize) -> WaitingLines {
        WaitingLines {
            spool: Spool::new(folder, name, SLOTS, memory_bytes_max),
            dictionary: Dictionary::default(),
            coded: OnceLock::new(),
            compared: None,
        }
    }

    /// Lines that will be compared with a base: [`WaitingLines::may_have`] then tells most orders
    /// that are not among them, and [`WaitingLines::holders`] whose the others are.
    #[must_use]
    pub fn compared(self) -> WaitingLines {
        let holders = Holders::new(self.folder(), "holders");
        WaitingLines { compared: Some(Compared { filter: Filter::default(), holders }), ..self }
    }

    /// Whether an order with this id or, without one, a row of this moment may be among the lines.
    pub fn may_have(&self, order_id: Option<&str>, ordered_at: i64) -> bool {
        let filter = self.compared.as_ref().map(|compared| &compared.filter);
        filter.is_none_or(|filter| filter.may_have(hash_of(order_id, ordered_at)))
    }

    /// Whose the orders with an id are, if the lines are compared. Their slots say nothing.
    pub fn holders(&self) -> Option<&Holders> {
        self.compared.as_ref().map(|compared| &compared.holders)
    }

    /// The folder they are spilled into.
    pub fn folder(&self) -> &Path {
        self.spool.folder()
    }

    /// A way in for one thread.
    pub fn outlet(&self) -> LineOutlet<'_> {
        let (outlet, coder) = (self.spool.outlet(), Coder::new(&self.dictionary));
        let compared = self.compared.as_ref().map(|Compared { filter, holders }| OutletCompared {
            filter,
            holders: holders.outlet(),
            hasher: holders::Hasher::default(),
        });
        LineOutlet { outlet, coder, compared }
    }

    /// The texts that codes in the records stand for, once all lines are in.
    pub fn coded(&self) -> &[Arc<str>] {
        self.coded.get_or_init(|| self.dictionary.texts())
    }

    /// Takes all records of a slot in place of what `bytes` held, those of an order next to each other.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn take(&self, slot: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        bring_together(&self.spool.take_chunks(slot)?, bytes);
        Ok(())
    }
}

impl LineOutlet<'_> {
    /// Adds a line; `position` is the number of its row in its file.
    pub fn push(&mut self, line: &OrderLine<'_>, position: u64) {
        if let Some(compared) = &mut self.compared {
            compared.add(line);
        }
        let slot = slot_of(line.customer_id, line.order_id, line.ordered_at);
        let coder = &mut self.coder;
        self.outlet.push(slot, |bytes| record::encode(line, position, Some(coder), bytes));
    }

    /// Hands over what is still held. Must be called before the outlet goes.
    ///
    /// # Errors
    /// A spill file could not be written, now or before.
    pub fn flush(self) -> io::Result<()> {
        if let Some(compared) = self.compared {
            compared.holders.flush()?;
        }
        self.outlet.flush()
    }
}

impl OutletCompared<'_> {
    fn add(&mut self, line: &OrderLine<'_>) {
        self.filter.add(hash_of(line.order_id, line.ordered_at));
        if let Some(id) = line.order_id.filter(|id| !record::is_row_id(id)) {
            let order = self.hasher.order(id, line.ordered_at);
            self.holders.push(Holder { order, customer: customer_hash(line.customer_id), slot: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::{Record, places};
    use super::*;

    #[test]
    fn spilled_or_held_the_same_lines_come_back() {
        for memory in [0, 1 << 24] {
            let folder = tempfile::tempdir().unwrap();
            let lines = WaitingLines::new(folder.path(), "spill", memory);
            let mut outlet = lines.outlet();
            for row in 0..5_000 {
                let line = OrderLine { order_id: Some("1"), product: Some("tea"), ..OrderLine::default() };
                outlet.push(&OrderLine { customer_id: (row % 2 == 0).then_some("a"), ..line }, row);
            }
            outlet.flush().unwrap();
            let mut bytes = b"of the slot before".to_vec();
            let mut found = Vec::new();
            for slot in 0..SLOTS {
                lines.take(slot, &mut bytes).unwrap();
                let records = places(&bytes).map(|place| Record::at(&bytes, place, lines.coded()));
                let rows: Vec<u64> = records.map(|record| record.position()).collect();
                if !rows.is_empty() {
                    found.push((bucket_of_slot(slot), rows));
                }
            }
            let every_other = |first: u64| (first..5_000).step_by(2).collect::<Vec<_>>();
            assert_eq!(found, [(bucket_of("a"), every_other(0)), (ANONYMOUS, every_other(1))]);
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}
