//! What lines are sorted by within their bucket, mostly without a look at them.
//!
//! Lines lie in memory as they came: to look at one is to wait for memory. So what decides between
//! nearly all of them is copied out, sorted, and only lines that come out equal are looked at.

use super::record::{self, Record};
use std::cmp::Ordering;
use std::sync::Arc;
use twox_hash::XxHash3_64;

/// What mostly decides where a line stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Decisive {
    /// The first bytes of the customer id.
    customer: u128,
    /// A hash of the order id: the orders of a customer only have to come together here.
    order: u64,
    /// The first bytes of the content.
    content: u64,
}

/// A line, by what mostly decides.
pub(super) struct SortKey {
    by: Decisive,
    /// Where its record begins.
    pub place: usize,
}

/// The lines of a bucket, and the texts that codes in them stand for.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub bytes: &'a [u8],
    pub coded: &'a [Arc<str>],
}

/// Puts the records of some chunks, in place of what `bytes` held, nearly in the order of
/// [`Lines::sorted`]. Records that are looked at several times, each in a place of its own, cost more
/// than all else that is done to them; one copy of each spares all of that.
pub(super) fn bring_together(chunks: &[Vec<u8>], bytes: &mut Vec<u8>) {
    // The length is known beforehand, so that several copies can wait for memory at a time.
    let mut records: Vec<(Decisive, &[u8])> = Vec::new();
    for chunk in chunks {
        records.extend(record::places(chunk).map(|place| {
            let record = Record::at(chunk, place, &[]);
            (Decisive::of(record), record.bytes())
        }));
    }
    records.sort_unstable_by_key(|&(by, _)| by);
    bytes.clear();
    bytes.reserve_exact(chunks.iter().map(Vec::len).sum());
    records.iter().for_each(|(_, record)| bytes.extend_from_slice(record));
}

impl<'a> Lines<'a> {
    pub fn at(self, place: usize) -> Record<'a> {
        Record::at(self.bytes, place, self.coded)
    }

    /// All lines, sorted by customer; those of an order together, by content, then by moment and
    /// position.
    pub fn sorted(self) -> Vec<SortKey> {
        let mut all: Vec<SortKey> =
            record::places(self.bytes).map(|place| SortKey::of(self.at(place), place)).collect();
        all.sort_unstable_by_key(|one| one.by);
        for customers in all.chunk_by_mut(|a, b| a.by.customer == b.by.customer) {
            self.sort_customers(customers);
        }
        all
    }

    /// Whether two lines are of one customer.
    pub fn same_customer(self, one: &SortKey, other: &SortKey) -> bool {
        one.by.customer == other.by.customer
            && (!one.by.is_cut() || self.at(one.place).customer() == self.at(other.place).customer())
    }

    /// Whether two lines are of one order.
    pub fn same_order(self, one: &SortKey, other: &SortKey) -> bool {
        one.by.order == other.by.order
            && self.same_customer(one, other)
            && self.at(one.place).order() == self.at(other.place).order()
    }

    /// Sorts lines whose customer ids begin alike.
    fn sort_customers(self, lines: &mut [SortKey]) {
        if !lines.is_sorted_by(|a, b| self.same_customer(a, b)) {
            lines.sort_unstable_by(|a, b| self.compare(a, b));
            return;
        }
        for lines in lines.chunk_by_mut(|a, b| a.by.order == b.by.order) {
            if !lines.is_sorted_by(|a, b| self.at(a.place).order() == self.at(b.place).order()) {
                // Two ids with one hash.
                lines.sort_unstable_by(|a, b| self.compare(a, b));
                continue;
            }
            for equal in lines.chunk_by_mut(|a, b| a.by.content == b.by.content) {
                equal.sort_unstable_by(|a, b| self.compare_content(a, b));
            }
        }
    }

    fn compare(self, one: &SortKey, other: &SortKey) -> Ordering {
        let records = || (self.at(one.place), self.at(other.place));
        one.by
            .customer
            .cmp(&other.by.customer)
            .then_with(|| {
                if !one.by.is_cut() {
                    return Ordering::Equal;
                }
                let (a, b) = records();
                a.customer().cmp(b.customer())
            })
            .then_with(|| one.by.order.cmp(&other.by.order))
            .then_with(|| {
                let (a, b) = records();
                a.order().cmp(b.order())
            })
            .then_with(|| self.compare_content(one, other))
    }

    fn compare_content(self, one: &SortKey, other: &SortKey) -> Ordering {
        let (a, b) = (self.at(one.place), self.at(other.place));
        a.compare_content(b).then_with(|| (a.ordered_at(), a.position()).cmp(&(b.ordered_at(), b.position())))
    }
}

impl Decisive {
    fn of(record: Record<'_>) -> Decisive {
        Decisive {
            customer: u128::from_be_bytes(first_bytes(record.customer())),
            order: XxHash3_64::oneshot(record.order()),
            content: u64::from_be_bytes(first_bytes(record.content_start())),
        }
    }

    /// Whether the customer id may go on behind its first bytes: no id holds a NUL.
    fn is_cut(&self) -> bool {
        self.customer & 0xff != 0
    }
}

impl SortKey {
    fn of(record: Record<'_>, place: usize) -> SortKey {
        SortKey { by: Decisive::of(record), place }
    }
}

/// The first bytes of some, filled up with zeros: as numbers they compare as the bytes do, or are
/// equal.
fn first_bytes<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut first = [0; N];
    let length = bytes.len().min(N);
    first[..length].copy_from_slice(&bytes[..length]);
    first
}

#[cfg(test)]
mod tests {
    use super::super::lines::OrderLine;
    use super::*;
    use model::calendar::Day;
    use model::money::Money;

    #[test]
    fn lines_stand_as_if_all_were_looked_at() {
        let long = ["a-customer-with-a-long-id-1", "a-customer-with-a-long-id-2", "a-customer-with-a"];
        let mut bytes = Vec::new();
        for position in 0..400_u64 {
            // Not random, but in no order that matters.
            let mixed = (position * 7919) % 400;
            let customer = ["a", "b", long[0], long[1], long[2]][(mixed % 5) as usize];
            let order = format!("{}", mixed / 5 % 7);
            let line = OrderLine {
                customer_id: (mixed % 11 != 0).then_some(customer),
                order_id: Some(&order),
                ordered_at: (mixed % 3) as i64,
                day: Day(0),
                product: Some(["tea", "milk"][(mixed / 100 % 2) as usize]),
                amount: Money((mixed as i64 % 13 - 6) * 1_000_000_000),
                ..OrderLine::default()
            };
            record::encode(&line, position, None, &mut bytes);
        }
        let lines = Lines { bytes: &bytes, coded: &[] };
        let found: Vec<usize> = lines.sorted().iter().map(|one| one.place).collect();
        let mut expected: Vec<SortKey> =
            record::places(&bytes).map(|place| SortKey::of(lines.at(place), place)).collect();
        expected.sort_unstable_by(|a, b| lines.compare(a, b));
        assert_eq!(found, expected.iter().map(|one| one.place).collect::<Vec<_>>());
    }
}
