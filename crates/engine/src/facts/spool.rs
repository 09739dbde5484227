//! Where rows wait, slot by slot, until a whole import is read: in memory, or spilled to a folder of
//! the import's own when there are too many.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Bytes an outlet gathers for a slot before handing them over.
const OUTLET_BYTES: usize = 60 << 10;
/// Room for them and for the row that fills them up, if it is not unusually long.
const CHUNK_BYTES: usize = 64 << 10;

/// Rows as bytes, shared by the threads that clean.
pub struct Spool {
    folder: PathBuf,
    name: &'static str,
    slots: Vec<Mutex<Waiting>>,
    held: AtomicUsize,
    memory_bytes_max: usize,
    is_empty: AtomicBool,
}

#[derive(Default)]
struct Waiting {
    /// As they came: one growing buffer would hold up to twice the memory.
    chunks: Vec<Vec<u8>>,
    bytes: usize,
    spilled: Option<(PathBuf, File)>,
}

/// One thread's rows on their way to the spool: a small buffer per slot.
///
/// What goes wrong is said by [`Outlet::flush`]: a thread that stopped taking rows would leave the
/// one that reads them waiting for ever.
pub struct Outlet<'a> {
    spool: &'a Spool,
    buffers: Vec<Vec<u8>>,
    failed: Option<io::Error>,
}

impl Spool {
    /// A spool of so many slots that spills into files of an existing folder, whose names begin with
    /// `name`, once it holds `memory_bytes_max`.
    pub fn new(folder: &Path, name: &'static str, slots: usize, memory_bytes_max: usize) -> Spool {
        Spool {
            folder: folder.to_owned(),
            name,
            slots: (0..slots).map(|_| Mutex::default()).collect(),
            held: AtomicUsize::new(0),
            memory_bytes_max,
            is_empty: AtomicBool::new(true),
        }
    }

    /// The folder it spills into.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether nothing was ever handed over.
    pub fn is_empty(&self) -> bool {
        self.is_empty.load(Ordering::Relaxed)
    }

    /// A way in for one thread.
    pub fn outlet(&self) -> Outlet<'_> {
        Outlet { spool: self, buffers: vec![Vec::new(); self.slots.len()], failed: None }
    }

    /// Takes all bytes of a slot in place of what `bytes` held.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn take(&self, slot: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        bytes.clear();
        self.take_chunks(slot)?.iter().for_each(|chunk| bytes.extend_from_slice(chunk));
        Ok(())
    }

    /// Takes all bytes of a slot as they were handed over: a row is never in two chunks.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn take_chunks(&self, slot: usize) -> io::Result<Vec<Vec<u8>>> {
        let Waiting { mut chunks, spilled, .. } = std::mem::take(&mut *lock(&self.slots[slot]));
        if let Some((path, file)) = spilled {
            drop(file);
            chunks.push(std::fs::read(&path)?);
            std::fs::remove_file(&path)?;
        }
        Ok(chunks)
    }

    fn add(&self, slot: usize, chunk: Vec<u8>) -> io::Result<()> {
        self.is_empty.store(false, Ordering::Relaxed);
        let bytes = chunk.len();
        let mut waiting = lock(&self.slots[slot]);
        waiting.chunks.push(chunk);
        waiting.bytes += bytes;
        let held = self.held.fetch_add(bytes, Ordering::Relaxed) + bytes;
        // Whoever finds the memory full spills the slot at hand: all fill alike.
        if held > self.memory_bytes_max && waiting.bytes * self.slots.len() * 2 > self.memory_bytes_max {
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
    /// Adds one row to a slot; `encode` appends its bytes. Does nothing once a row could not be spilled.
    pub fn push(&mut self, slot: usize, encode: impl FnOnce(&mut Vec<u8>)) {
        if self.failed.is_some() {
            return;
        }
        let buffer = &mut self.buffers[slot];
        if buffer.capacity() == 0 {
            buffer.reserve_exact(CHUNK_BYTES);
        }
        encode(buffer);
        if buffer.len() >= OUTLET_BYTES {
            self.failed = self.spool.add(slot, std::mem::take(buffer)).err();
        }
    }

    /// Hands over what is still held. Must be called before the outlet goes.
    ///
    /// # Errors
    /// A spill file could not be written, now or before.
    pub fn flush(mut self) -> io::Result<()> {
        if let Some(error) = self.failed {
            return Err(error);
        }
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
    use super::*;

    #[test]
    fn spilled_or_held_the_same_bytes_come_back() {
        for memory in [0, 1 << 20] {
            let folder = tempfile::tempdir().unwrap();
            let spool = Spool::new(folder.path(), "spill", 9, memory);
            assert!(spool.is_empty());
            let mut outlet = spool.outlet();
            for round in 0..200_u8 {
                outlet.push(3, |bytes| bytes.extend_from_slice(&[round; 1000]));
            }
            outlet.flush().unwrap();
            let mut bytes = b"of the slot before".to_vec();
            spool.take(3, &mut bytes).unwrap();
            assert_eq!(bytes.len(), 200_000);
            assert!(bytes.chunks(1000).zip(0..).all(|(chunk, round)| chunk == [round; 1000]));
            spool.take(4, &mut bytes).unwrap();
            assert!(bytes.is_empty() && !spool.is_empty());
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn a_row_that_cannot_be_spilled_is_said_in_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(&folder.path().join("missing"), "spill", 2, 0);
        let mut outlet = spool.outlet();
        (0..200).for_each(|_| outlet.push(1, |bytes| bytes.extend_from_slice(&[7; 1000])));
        assert_eq!(outlet.flush().unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
