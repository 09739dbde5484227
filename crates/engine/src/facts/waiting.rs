//! Order lines that wait until a whole import is read, in the slots in which they are compared.

use super::bucket::{ANONYMOUS, ANONYMOUS_PARTS, BUCKETS, anonymous_part_of, bucket_of};
use super::dictionary::{Coder, Dictionary};
use super::lines::OrderLine;
use super::record;
use super::spool::{Outlet, Spool};
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Waiting lines held in memory before they are spilled, bytes.
pub const MEMORY_BYTES_MAX: usize = 512 << 20;
/// Pieces that lines wait in: one per bucket, and the parts of the anonymous.
pub const SLOTS: usize = BUCKETS + ANONYMOUS_PARTS;

/// The slot a line waits in.
fn slot_of(line: &OrderLine<'_>) -> usize {
    match line.customer_id {
        Some(customer) => bucket_of(customer),
        None => {
            // A row without an id comes back from the base with the one it was given.
            let order_id = line.order_id.filter(|id| !record::is_row_id(id));
            BUCKETS + anonymous_part_of(order_id, line.ordered_at)
        }
    }
}

/// The bucket that the lines of a slot belong to.
pub fn bucket_of_slot(slot: usize) -> usize {
    slot.min(ANONYMOUS)
}

/// Order lines of all buckets, shared by the threads that clean.
pub struct WaitingLines {
    spool: Spool,
    dictionary: Dictionary,
    coded: OnceLock<Vec<Arc<str>>>,
}

/// One thread's way in.
pub struct LineOutlet<'a> {
    outlet: Outlet<'a>,
    coder: Coder<'a>,
}

impl WaitingLines {
    /// See [`Spool::new`].
    pub fn new(folder: &Path, name: &'static str, memory_bytes_max: usize) -> WaitingLines {
        WaitingLines {
            spool: Spool::new(folder, name, SLOTS, memory_bytes_max),
            dictionary: Dictionary::default(),
            coded: OnceLock::new(),
        }
    }

    /// The folder they are spilled into.
    pub fn folder(&self) -> &Path {
        self.spool.folder()
    }

    /// A way in for one thread.
    pub fn outlet(&self) -> LineOutlet<'_> {
        LineOutlet { outlet: self.spool.outlet(), coder: Coder::new(&self.dictionary) }
    }

    /// The texts that codes in the records stand for, once all lines are in.
    pub fn coded(&self) -> &[Arc<str>] {
        self.coded.get_or_init(|| self.dictionary.texts())
    }

    /// Takes all records of a slot, as [`Spool::take`] does.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn take(&self, slot: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        self.spool.take(slot, bytes)
    }
}

impl LineOutlet<'_> {
    /// Adds a line; `position` is the number of its row in its file.
    ///
    /// # Errors
    /// The spill file cannot be written.
    pub fn push(&mut self, line: &OrderLine<'_>, position: u64) -> io::Result<()> {
        let coder = &mut self.coder;
        self.outlet.push(slot_of(line), |bytes| record::encode(line, position, Some(coder), bytes))
    }

    /// Hands over what is still held. Must be called before the outlet goes.
    ///
    /// # Errors
    /// The spill file cannot be written.
    pub fn flush(self) -> io::Result<()> {
        self.outlet.flush()
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
                outlet.push(&OrderLine { customer_id: (row % 2 == 0).then_some("a"), ..line }, row).unwrap();
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
