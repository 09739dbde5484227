//! Where order lines wait, bucket by bucket, until a whole import is read: in memory, or spilled to a
//! folder of the import's own when there are too many.

use super::bucket::{ANONYMOUS, ANONYMOUS_PARTS, BUCKETS, anonymous_part_of, bucket_of};
use super::dictionary::{Coder, Dictionary};
use super::lines::OrderLine;
use super::record;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

/// Waiting lines held in memory before they are spilled, bytes.
pub const MEMORY_BYTES_MAX: usize = 512 << 20;
/// Pieces that lines wait in: one per bucket, and the parts of the anonymous.
pub const SLOTS: usize = BUCKETS + ANONYMOUS_PARTS;

/// Bytes an outlet gathers for a slot before handing them over.
const OUTLET_BYTES: usize = 60 << 10;
/// Room for them and for the line that fills them up, if it is not unusually long.
const CHUNK_BYTES: usize = 64 << 10;

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

/// Lines of all buckets, shared by the threads that clean.
pub struct Spool {
    folder: PathBuf,
    name: &'static str,
    slots: Vec<Mutex<Waiting>>,
    held: AtomicUsize,
    memory_bytes_max: usize,
    dictionary: Dictionary,
    coded: OnceLock<Vec<Arc<str>>>,
}

#[derive(Default)]
struct Waiting {
    /// As they came: one growing buffer would hold up to twice the memory.
    chunks: Vec<Vec<u8>>,
    bytes: usize,
    spilled: Option<(PathBuf, File)>,
}

/// One thread's lines on their way to the spool: a small buffer per slot.
pub struct Outlet<'a> {
    spool: &'a Spool,
    coder: Coder<'a>,
    buffers: Vec<Vec<u8>>,
}

impl Spool {
    /// A spool that spills into files of an existing folder, whose names begin with `name`, once it
    /// holds `memory_bytes_max`.
    pub fn new(folder: &Path, name: &'static str, memory_bytes_max: usize) -> Spool {
        Spool {
            folder: folder.to_owned(),
            name,
            slots: (0..SLOTS).map(|_| Mutex::default()).collect(),
            held: AtomicUsize::new(0),
            memory_bytes_max,
            dictionary: Dictionary::default(),
            coded: OnceLock::new(),
        }
    }

    /// The folder it spills into.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A way in for one thread.
    pub fn outlet(&self) -> Outlet<'_> {
        Outlet { spool: self, coder: Coder::new(&self.dictionary), buffers: vec![Vec::new(); SLOTS] }
    }

    /// The texts that codes in the records stand for, once all lines are in.
    pub fn coded(&self) -> &[Arc<str>] {
        self.coded.get_or_init(|| self.dictionary.texts())
    }

    /// Takes all records of a slot in place of what `bytes` held: touching memory anew for each slot
    /// costs more than filling it.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn take(&self, slot: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        let mut waiting = lock(&self.slots[slot]);
        let (chunks, held) = (std::mem::take(&mut waiting.chunks), std::mem::take(&mut waiting.bytes));
        bytes.clear();
        if let Some((path, file)) = waiting.spilled.take() {
            drop(file);
            let mut file = File::open(&path)?;
            bytes.reserve_exact(file.metadata()?.len() as usize + held);
            file.read_to_end(bytes)?;
            std::fs::remove_file(&path)?;
        } else {
            bytes.reserve_exact(held);
        }
        chunks.into_iter().for_each(|chunk| bytes.extend_from_slice(&chunk));
        Ok(())
    }

    fn add(&self, slot: usize, chunk: Vec<u8>) -> io::Result<()> {
        let bytes = chunk.len();
        let mut waiting = lock(&self.slots[slot]);
        waiting.chunks.push(chunk);
        waiting.bytes += bytes;
        let held = self.held.fetch_add(bytes, Ordering::Relaxed) + bytes;
        // Whoever finds the memory full spills the slot at hand: all fill alike.
        if held > self.memory_bytes_max && waiting.bytes * SLOTS * 2 > self.memory_bytes_max {
            self.spill(slot, &mut waiting)?;
        }
        Ok(())
    }

    fn spill(&self, slot: usize, waiting: &mut Waiting) -> io::Result<()> {
        if waiting.spilled.is_none() {
            let path = self.folder.join(format!("{}-{slot:02}", self.name));
            let file = OpenOptions::new().create_new(true).append(true).open(&path)?;
            waiting.spilled = Some((path, file));
        }
        if let Some((_, file)) = &mut waiting.spilled {
            for chunk in waiting.chunks.drain(..) {
                file.write_all(&chunk)?;
            }
        }
        self.held.fetch_sub(std::mem::take(&mut waiting.bytes), Ordering::Relaxed);
        Ok(())
    }
}

impl Outlet<'_> {
    /// Adds a line; `position` is the number of its row in its file.
    ///
    /// # Errors
    /// The spill file cannot be written.
    pub fn push(&mut self, line: &OrderLine<'_>, position: u64) -> io::Result<()> {
        let slot = slot_of(line);
        let buffer = &mut self.buffers[slot];
        if buffer.capacity() == 0 {
            buffer.reserve_exact(CHUNK_BYTES);
        }
        record::encode(line, position, Some(&mut self.coder), buffer);
        if buffer.len() >= OUTLET_BYTES {
            self.spool.add(slot, std::mem::take(buffer))?;
        }
        Ok(())
    }

    /// Hands over what is still held. Must be called before the outlet goes.
    ///
    /// # Errors
    /// The spill file cannot be written.
    pub fn flush(mut self) -> io::Result<()> {
        for (slot, mut buffer) in self.buffers.drain(..).enumerate() {
            if !buffer.is_empty() {
                buffer.shrink_to_fit();
                self.spool.add(slot, buffer)?;
            }
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::super::record::{Record, places};
    use super::*;

    #[test]
    fn spilled_or_held_the_same_lines_come_back() {
        for memory in [0, 1 << 24] {
            let folder = tempfile::tempdir().unwrap();
            let spool = Spool::new(folder.path(), "spill", memory);
            let mut outlet = spool.outlet();
            for row in 0..5_000 {
                let line = OrderLine { order_id: Some("1"), product: Some("tea"), ..OrderLine::default() };
                outlet.push(&OrderLine { customer_id: (row % 2 == 0).then_some("a"), ..line }, row).unwrap();
            }
            outlet.flush().unwrap();
            let mut bytes = b"of the slot before".to_vec();
            let mut found = Vec::new();
            for slot in 0..SLOTS {
                spool.take(slot, &mut bytes).unwrap();
                let records = places(&bytes).map(|place| Record::at(&bytes, place, spool.coded()));
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
