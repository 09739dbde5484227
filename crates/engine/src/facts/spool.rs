//! Where rows wait, bucket by bucket, until a whole import is read: in memory, or spilled to a
//! folder of the import's own when there are too many.

use super::bucket::BUCKETS;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Waiting rows held in memory before they are spilled, bytes.
pub const MEMORY_BYTES_MAX: usize = 512 << 20;

/// Rows of all buckets, shared by the threads that clean.
pub struct Spool {
    folder: PathBuf,
    buckets: Vec<Mutex<Waiting>>,
    held: AtomicUsize,
    memory_bytes_max: usize,
}

#[derive(Default)]
struct Waiting {
    /// As they came: one growing buffer would hold up to twice the memory.
    chunks: Vec<Vec<u8>>,
    bytes: usize,
    spilled: Option<(PathBuf, File)>,
}

/// One thread's rows on their way to the spool: a small buffer per bucket.
pub struct Outlet<'a> {
    spool: &'a Spool,
    buffers: Vec<Vec<u8>>,
}

/// Bytes an outlet gathers for a bucket before handing them over.
const OUTLET_BYTES: usize = 64 << 10;

impl Spool {
    /// A spool that spills into an existing folder once it holds `memory_bytes_max`.
    pub fn new(folder: &Path, memory_bytes_max: usize) -> Spool {
        let buckets = (0..=BUCKETS).map(|_| Mutex::default()).collect();
        Spool { folder: folder.to_owned(), buckets, held: AtomicUsize::new(0), memory_bytes_max }
    }

    /// A way in for one thread.
    pub fn outlet(&self) -> Outlet<'_> {
        Outlet { spool: self, buffers: vec![Vec::new(); BUCKETS + 1] }
    }

    /// Takes all bytes of a bucket.
    ///
    /// # Errors
    /// The spill file cannot be read.
    pub fn take(&self, bucket: usize) -> io::Result<Vec<u8>> {
        let mut waiting = lock(&self.buckets[bucket]);
        let (chunks, held) = (std::mem::take(&mut waiting.chunks), std::mem::take(&mut waiting.bytes));
        let mut bytes = Vec::new();
        if let Some((path, file)) = waiting.spilled.take() {
            drop(file);
            let mut file = File::open(&path)?;
            bytes.reserve_exact(file.metadata()?.len() as usize + held);
            file.read_to_end(&mut bytes)?;
            std::fs::remove_file(&path)?;
        } else {
            bytes.reserve_exact(held);
        }
        chunks.into_iter().for_each(|chunk| bytes.extend_from_slice(&chunk));
        Ok(bytes)
    }

    fn add(&self, bucket: usize, bytes: &[u8]) -> io::Result<()> {
        let mut waiting = lock(&self.buckets[bucket]);
        waiting.chunks.push(bytes.to_vec());
        waiting.bytes += bytes.len();
        let held = self.held.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len();
        // Whoever finds the memory full spills the bucket at hand: all fill alike.
        if held > self.memory_bytes_max && waiting.bytes * (BUCKETS + 1) * 2 > self.memory_bytes_max {
            self.spill(bucket, &mut waiting)?;
        }
        Ok(())
    }

    fn spill(&self, bucket: usize, waiting: &mut Waiting) -> io::Result<()> {
        if waiting.spilled.is_none() {
            let path = self.folder.join(format!("spill-{bucket:02}"));
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
    /// Adds one row to a bucket; `encode` appends its bytes.
    ///
    /// # Errors
    /// The spill file cannot be written.
    pub fn push(&mut self, bucket: usize, encode: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        let buffer = &mut self.buffers[bucket];
        encode(buffer);
        if buffer.len() >= OUTLET_BYTES {
            self.spool.add(bucket, buffer)?;
            buffer.clear();
        }
        Ok(())
    }

    /// Hands over what is still held. Must be called before the outlet goes.
    ///
    /// # Errors
    /// The spill file cannot be written.
    pub fn flush(mut self) -> io::Result<()> {
        for (bucket, buffer) in self.buffers.iter_mut().enumerate() {
            if !buffer.is_empty() {
                self.spool.add(bucket, buffer)?;
                buffer.clear();
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
            let spool = Spool::new(folder.path(), memory);
            let mut outlet = spool.outlet();
            for round in 0..200_u8 {
                outlet.push(3, |bytes| bytes.extend_from_slice(&[round; 1000])).unwrap();
            }
            outlet.flush().unwrap();
            let bytes = spool.take(3).unwrap();
            assert_eq!(bytes.len(), 200_000);
            assert!(bytes.chunks(1000).zip(0..).all(|(chunk, round)| chunk == [round; 1000]));
            assert!(spool.take(4).unwrap().is_empty());
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}
