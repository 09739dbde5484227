//! Lines set aside by bucket: in memory while they are few, in files of one folder when many.

use super::line::{Channel, ShopLine};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes a bucket keeps in memory before they go to its file.
const KEEP_BYTES: usize = 256 * 1024;
/// Bytes of one line set aside.
const LINE_BYTES: usize = 42;

/// Buckets of lines that any thread may add to.
#[derive(Debug)]
pub(super) struct Spill {
    buckets: Vec<Mutex<Bucket>>,
    folder: PathBuf,
}

#[derive(Debug, Default)]
struct Bucket {
    bytes: Vec<u8>,
    in_file: bool,
}

impl Spill {
    /// Empty buckets that may put files into `folder`.
    pub(super) fn new(buckets: usize, folder: &Path) -> Spill {
        Spill { buckets: (0..buckets).map(|_| Mutex::default()).collect(), folder: folder.to_owned() }
    }

    /// Moves encoded lines into a bucket and leaves `bytes` empty.
    pub(super) fn add(&self, bucket: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        let mut place = self.lock(bucket);
        place.bytes.append(bytes);
        if place.bytes.len() >= KEEP_BYTES {
            let mut file = OpenOptions::new()
                .create(true)
                .append(place.in_file)
                .write(true)
                .truncate(!place.in_file)
                .open(self.path(bucket))?;
            file.write_all(&place.bytes)?;
            place.bytes.clear();
            place.in_file = true;
        }
        Ok(())
    }

    /// Takes all lines out of a bucket, in no order, and removes its file.
    pub(super) fn take(&self, bucket: usize) -> io::Result<Vec<ShopLine>> {
        let mut place = self.lock(bucket);
        let mut bytes = std::mem::take(&mut place.bytes);
        if place.in_file {
            File::open(self.path(bucket))?.read_to_end(&mut bytes)?;
            std::fs::remove_file(self.path(bucket))?;
            place.in_file = false;
        }
        Ok(bytes.chunks_exact(LINE_BYTES).map(decode).collect())
    }

    fn lock(&self, bucket: usize) -> MutexGuard<'_, Bucket> {
        self.buckets[bucket].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, bucket: usize) -> PathBuf {
        self.folder.join(format!("demo-{bucket:04}.part"))
    }
}

impl Drop for Spill {
    /// What an interrupted export left behind goes away.
    fn drop(&mut self) {
        for bucket in 0..self.buckets.len() {
            if self.lock(bucket).in_file {
                let _ = std::fs::remove_file(self.path(bucket));
            }
        }
    }
}

/// Appends a line in its fixed form.
pub(super) fn encode(line: &ShopLine, out: &mut Vec<u8>) {
    out.extend_from_slice(&line.at.to_le_bytes());
    out.extend_from_slice(&line.order.to_le_bytes());
    out.extend_from_slice(&line.customer.unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(&line.product.to_le_bytes());
    out.extend_from_slice(&[line.channel as u8, line.code, u8::from(line.separate_return), line.place]);
    out.extend_from_slice(&line.quantity.to_le_bytes());
    for cents in [line.price, line.off, line.unit_cost] {
        out.extend_from_slice(&cents.to_le_bytes());
    }
}

fn decode(bytes: &[u8]) -> ShopLine {
    let number = |from: usize| u32::from_le_bytes([0, 1, 2, 3].map(|byte| bytes[from + byte]));
    let wide = |from: usize| u64::from(number(from)) | u64::from(number(from + 4)) << 32;
    let customer = number(16);
    ShopLine {
        at: wide(0).cast_signed(),
        order: wide(8),
        customer: (customer != u32::MAX).then_some(customer),
        product: u16::from_le_bytes([bytes[20], bytes[21]]),
        channel: Channel::ALL[usize::from(bytes[22])],
        code: bytes[23],
        separate_return: bytes[24] != 0,
        place: bytes[25],
        quantity: number(26).cast_signed(),
        price: number(30),
        off: number(34),
        unit_cost: number(38),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(order: u64) -> ShopLine {
        ShopLine {
            at: -5,
            order,
            customer: order.is_multiple_of(2).then_some(7),
            product: 431,
            channel: Channel::Phone,
            code: 9,
            separate_return: true,
            place: 5,
            quantity: -3,
            price: 98_009,
            off: 12,
            unit_cost: 60_000,
        }
    }

    #[test]
    fn lines_come_back_from_memory_and_file() {
        let folder = tempfile::tempdir().unwrap();
        let spill = Spill::new(2, folder.path());
        let lines: Vec<ShopLine> = (0..20_000).map(line).collect();
        let mut bytes = Vec::new();
        for chunk in lines.chunks(1000) {
            chunk.iter().for_each(|line| encode(line, &mut bytes));
            spill.add(1, &mut bytes).unwrap();
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(spill.take(0).unwrap(), []);
        let mut back = spill.take(1).unwrap();
        back.sort_by_key(|line| line.order);
        assert_eq!(back, lines);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_interrupted_export_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let spill = Spill::new(1, folder.path());
        let mut bytes = vec![0; KEEP_BYTES];
        spill.add(0, &mut bytes).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        drop(spill);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
