//! Which customers orders belong to, as hashes: how an order is found that moved to another customer.
//! They are joined part by part, so that no more than a part of them is held at a time.

use super::spool::{Outlet, Spool};
use std::io;
use std::path::Path;
use twox_hash::{XxHash3_64, XxHash3_128};

/// Parts of the hashes.
pub const PARTS: usize = 64;
/// Hashes held in memory before they are spilled, bytes.
const MEMORY_BYTES_MAX: usize = 32 << 20;
/// An order, its customer and a slot.
const RECORD_BYTES: usize = 16 + 8 + 1;

/// That an order was made by a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// See [`Hasher::order`].
    pub order: u128,
    /// A hash of the customer's id; of nothing where there is none.
    pub customer: u64,
    /// Where the order lies in the base.
    pub slot: u8,
}

/// Makes holders, with a buffer of its own.
#[derive(Default)]
pub struct Hasher(Vec<u8>);

impl Hasher {
    /// A hash of an order's id and moment, by which it is known again under another customer. It is
    /// kept nowhere.
    pub fn order(&mut self, order_id: &str, ordered_at: i64) -> u128 {
        self.0.clear();
        self.0.extend_from_slice(&ordered_at.to_le_bytes());
        self.0.extend_from_slice(order_id.as_bytes());
        XxHash3_128::oneshot(&self.0)
    }
}

/// A hash of a customer's id.
pub fn customer_hash(customer_id: Option<&str>) -> u64 {
    XxHash3_64::oneshot(customer_id.unwrap_or_default().as_bytes())
}

/// Holders that wait, shared by threads.
pub struct Holders(Spool);

/// One thread's way in.
pub struct HolderOutlet<'a> {
    outlet: Outlet<'a>,
    last: Option<Holder>,
}

impl Holders {
    /// They are spilled into files of an existing folder whose names begin with `name`.
    pub fn new(folder: &Path, name: &'static str) -> Holders {
        Holders(Spool::new(folder, name, PARTS, MEMORY_BYTES_MAX))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A way in for one thread.
    pub fn outlet(&self) -> HolderOutlet<'_> {
        HolderOutlet { outlet: self.0.outlet(), last: None }
    }

    /// Takes the holders of a part, sorted.
    ///
    /// # Errors
    /// What was spilled cannot be read.
    pub fn take(&self, part: usize) -> io::Result<Vec<Holder>> {
        let mut bytes = Vec::new();
        self.0.take(part, &mut bytes)?;
        let mut holders: Vec<Holder> = bytes.as_chunks().0.iter().map(decoded).collect();
        holders.sort_unstable();
        Ok(holders)
    }
}

impl HolderOutlet<'_> {
    /// Adds a holder. Lines of one order mostly stand together, so the same one again is left out.
    pub fn push(&mut self, holder: Holder) {
        if self.last == Some(holder) {
            return;
        }
        self.last = Some(holder);
        let part = (holder.order >> (u128::BITS - PARTS.ilog2())) as usize;
        self.outlet.push(part, |bytes| {
            bytes.extend_from_slice(&holder.order.to_le_bytes());
            bytes.extend_from_slice(&holder.customer.to_le_bytes());
            bytes.push(holder.slot);
        });
    }

    /// Hands over what is still held. Must be called before the outlet goes.
    ///
    /// # Errors
    /// A spill file could not be written, now or before.
    pub fn flush(self) -> io::Result<()> {
        self.outlet.flush()
    }
}

fn decoded(bytes: &[u8; RECORD_BYTES]) -> Holder {
    let (mut order, mut customer) = ([0; 16], [0; 8]);
    order.copy_from_slice(&bytes[..16]);
    customer.copy_from_slice(&bytes[16..24]);
    Holder { order: u128::from_le_bytes(order), customer: u64::from_le_bytes(customer), slot: bytes[24] }
}

/// Gives those of some holders that others hold as well under another customer; both sorted.
pub fn each_moved(known: &[Holder], arrived: &[Holder], mut each: impl FnMut(Holder)) {
    let mut first = 0;
    for &holder in known {
        first += arrived[first..].iter().take_while(|one| one.order < holder.order).count();
        let same = arrived[first..].iter().take_while(|one| one.order == holder.order);
        if same.into_iter().any(|one| one.customer != holder.customer) {
            each(holder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(order: u128, customer: u64, slot: u8) -> Holder {
        // The highest bits are those of the part.
        Holder { order: order << 100 | 7, customer, slot }
    }

    #[test]
    fn holders_come_back_sorted_each_in_its_part() {
        let folder = tempfile::tempdir().unwrap();
        let holders = Holders::new(folder.path(), "held");
        assert!(holders.is_empty());
        let given: Vec<Holder> =
            (0..3_000).map(|n| holder(n * n % (1 << 28), n as u64 % 5, n as u8 % 80)).collect();
        for half in given.chunks(1_500) {
            let mut outlet = holders.outlet();
            for &holder in half {
                outlet.push(holder);
                outlet.push(holder);
            }
            outlet.flush().unwrap();
        }
        let found: Vec<Holder> = (0..PARTS).flat_map(|part| holders.take(part).unwrap()).collect();
        let mut expected = given;
        expected.sort_unstable();
        assert_eq!(found, expected);
    }

    #[test]
    fn moved_is_what_somebody_else_holds_at_the_same_moment() {
        let known = [holder(1, 1, 9), holder(2, 1, 9), holder(3, 1, 9), holder(3, 2, 8), holder(5, 1, 9)];
        let arrived = [holder(0, 2, 0), holder(1, 1, 0), holder(2, 1, 0), holder(2, 7, 0), holder(3, 1, 0)];
        let mut moved = Vec::new();
        each_moved(&known, &arrived, |holder| moved.push(holder));
        assert_eq!(moved, [known[1], known[3]]);
        each_moved(&known, &[], |_| panic!("nothing arrived"));
        let mut hasher = Hasher::default();
        assert_eq!(hasher.order("7", 1), hasher.order("7", 1));
        assert_ne!(hasher.order("7", 1), hasher.order("7", 2));
        assert_ne!(customer_hash(None), customer_hash(Some("a")));
    }
}
