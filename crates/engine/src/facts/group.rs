//! The lines of a bucket gathered into orders, in the order in which they lie on disk.
//!
//! Nothing here depends on the order of rows in the file: lines of an order are put in the order of
//! their contents, rows without an order id are told apart by content and number of occurrence.

use super::lines::OrderLine;
use super::record::{self, Record};
use hashbrown::HashMap;
use model::calendar::Day;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;
use twox_hash::XxHash3_64;
use twox_hash::xxhash3_128::Hasher;

/// Lines of one bucket, grouped.
pub struct Orders<'a> {
    bytes: &'a [u8],
    /// The texts that codes in the records stand for.
    coded: &'a [Arc<str>],
    /// Where each line's record begins, in the order of the orders.
    places: Vec<usize>,
    /// Sorted by customer, moment, order id.
    pub orders: Vec<Order>,
    /// Rows that only repeated a whole order already there with the same content.
    pub repeated: u64,
    /// Orders of which the file held versions that differ.
    pub conflicting: u64,
}

/// One order: some consecutive records of its bucket.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    first: usize,
    lines: usize,
    /// Earliest moment of its lines, microseconds since 1970 UTC.
    pub ordered_at: i64,
    /// Day of that moment.
    pub day: Day,
    /// Among rows without an order id and with the same content: which one, from 0.
    occurrence: u32,
    pub cancelled: bool,
    /// Rows of the file it was made of.
    pub rows: u64,
}

impl<'a> Orders<'a> {
    /// Groups the records of a bucket; `coded` are the texts of the dictionary they were made with.
    /// With `whole_orders`, every row is a whole order, and of several with one id the newest counts:
    /// the highest `updated_at`, then the last row.
    pub fn group(bytes: &'a [u8], coded: &'a [Arc<str>], whole_orders: bool) -> Orders<'a> {
        let places = sorted_places(bytes, coded);
        let mut grouped = Orders { bytes, coded, places, orders: Vec::new(), repeated: 0, conflicting: 0 };
        let mut first = 0;
        while first < grouped.places.len() {
            let head = grouped.record(first);
            let key = (head.customer(), head.order());
            let mut end = first + 1;
            while end < grouped.places.len() && {
                let record = grouped.record(end);
                (record.customer(), record.order()) == key
            } {
                end += 1;
            }
            if is_row_id(head.order()) {
                for (occurrence, row) in (first..end).enumerate() {
                    grouped.add(row, 1, occurrence as u32, 1);
                }
            } else if whole_orders && end - first > 1 {
                grouped.add_newest(first, end);
            } else {
                grouped.add(first, end - first, 0, (end - first) as u64);
            }
            first = end;
        }
        grouped.sort_by_moment();
        grouped
    }

    /// The records of an order, by content.
    pub fn records(&self, order: Order) -> impl ExactSizeIterator<Item = Record<'a>> {
        let (bytes, coded) = (self.bytes, self.coded);
        let places = &self.places[order.first..order.first + order.lines];
        places.iter().map(move |&place| Record::at(bytes, place, coded))
    }

    /// The first line of an order, at the order's moment.
    pub fn line(&self, order: Order) -> Option<OrderLine<'a>> {
        let record = self.records(order).next()?;
        Some(OrderLine { ordered_at: order.ordered_at, day: order.day, ..record.line() })
    }

    /// The customer id of an order, as bytes; empty when anonymous.
    pub fn customer(&self, order: Order) -> &'a [u8] {
        self.record(order.first).customer()
    }

    /// The id under which an order is kept.
    pub fn id(&self, order: Order) -> Cow<'a, str> {
        let id = std::str::from_utf8(self.record(order.first).order()).unwrap_or("\u{fffd}");
        match order.occurrence {
            0 => Cow::Borrowed(id),
            n => Cow::Owned(format!("{id}#{}", n + 1)),
        }
    }

    /// What distinguishes an order within its source: a hash of customer and id.
    pub fn key(&self, order: Order) -> u128 {
        let mut hasher = Hasher::new();
        hasher.write(self.customer(order));
        hasher.write(&[0]);
        hasher.write(self.id(order).as_bytes());
        hasher.finish_128()
    }

    /// A hash of everything the order says; equal for equal orders.
    pub fn content(&self, order: Order) -> u128 {
        let mut hasher = Hasher::new();
        hasher.write(&order.ordered_at.to_le_bytes());
        for record in self.records(order) {
            record.hash_content(&mut hasher);
        }
        hasher.finish_128()
    }

    /// The newest version stamp of an order's lines.
    pub fn updated_at(&self, order: Order) -> Option<i64> {
        self.records(order).filter_map(Record::updated_at).max()
    }

    fn record(&self, index: usize) -> Record<'a> {
        Record::at(self.bytes, self.places[index], self.coded)
    }

    fn add(&mut self, first: usize, lines: usize, occurrence: u32, rows: u64) {
        let records = (first..first + lines).map(|index| self.record(index));
        let cancelled = records.clone().any(Record::cancelled);
        if let Some((ordered_at, day)) = records.map(|record| (record.ordered_at(), record.day())).min() {
            self.orders.push(Order { first, lines, ordered_at, day, occurrence, cancelled, rows });
        }
    }

    fn add_newest(&mut self, first: usize, end: usize) {
        let newest = (first..end).max_by_key(|&index| {
            let record = self.record(index);
            (record.updated_at(), record.position())
        });
        let compare = |&a: &usize, &b: &usize| {
            let (a, b) = (self.record(a), self.record(b));
            a.ordered_at().cmp(&b.ordered_at()).then_with(|| a.compare_content(b))
        };
        let mut distinct: Vec<usize> = (first..end).collect();
        distinct.sort_unstable_by(compare);
        distinct.dedup_by(|a, b| compare(a, b).is_eq());
        self.repeated += (end - first - distinct.len()) as u64;
        self.conflicting += u64::from(distinct.len() > 1);
        self.add(newest.unwrap_or(first), 1, 0, (end - first) as u64);
    }

    /// Orders come out sorted by customer; on disk each customer's stand by moment, then by id.
    fn sort_by_moment(&mut self) {
        let mut orders = std::mem::take(&mut self.orders);
        let mut first = 0;
        while first < orders.len() {
            let customer = self.customer(orders[first]);
            let length =
                orders[first..].iter().take_while(|&&order| self.customer(order) == customer).count();
            orders[first..first + length]
                .sort_by(|&a, &b| a.ordered_at.cmp(&b.ordered_at).then_with(|| self.id(a).cmp(&self.id(b))));
            first += length;
        }
        self.orders = orders;
    }
}

/// What the base knows of some orders: a hash of their content and their version stamp by key.
pub type Known = HashMap<u128, (u128, Option<i64>)>;

fn is_row_id(order: &[u8]) -> bool {
    std::str::from_utf8(order).is_ok_and(record::is_row_id)
}

/// Where a record stands among others, mostly told without a look at it.
struct Standing {
    /// The first bytes of the customer id.
    customer: u128,
    /// A hash of the order id: the orders of a customer only have to come together here.
    order: u64,
    place: usize,
}

impl Standing {
    fn of(bytes: &[u8], place: usize) -> Standing {
        let record = Record::at(bytes, place, &[]);
        let customer = record.customer();
        let mut first = [0; size_of::<u128>()];
        let length = customer.len().min(first.len());
        first[..length].copy_from_slice(&customer[..length]);
        let order = XxHash3_64::oneshot(record.order());
        Standing { customer: u128::from_be_bytes(first), order, place }
    }

    /// Whether the customer id may go on behind its first bytes: no id holds a NUL.
    fn is_cut(&self) -> bool {
        self.customer & 0xff != 0
    }

    fn compare(&self, other: &Standing, bytes: &[u8], coded: &[Arc<str>]) -> Ordering {
        let records = || (Record::at(bytes, self.place, coded), Record::at(bytes, other.place, coded));
        self.customer
            .cmp(&other.customer)
            .then_with(|| {
                if !self.is_cut() {
                    return Ordering::Equal;
                }
                let (a, b) = records();
                a.customer().cmp(b.customer())
            })
            .then_with(|| self.order.cmp(&other.order))
            .then_with(|| {
                let (a, b) = records();
                a.order()
                    .cmp(b.order())
                    .then_with(|| a.compare_content(b))
                    .then_with(|| (a.ordered_at(), a.position()).cmp(&(b.ordered_at(), b.position())))
            })
    }
}

/// Places of all records, sorted by customer; those of an order together, by content.
fn sorted_places(bytes: &[u8], coded: &[Arc<str>]) -> Vec<usize> {
    let mut standings: Vec<Standing> =
        record::places(bytes).map(|place| Standing::of(bytes, place)).collect();
    standings.sort_unstable_by(|a, b| a.compare(b, bytes, coded));
    standings.into_iter().map(|standing| standing.place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::money::Money;

    fn line<'a>(customer: &'a str, order: Option<&'a str>, at: i64, amount: i64) -> OrderLine<'a> {
        OrderLine {
            customer_id: Some(customer),
            order_id: order,
            ordered_at: at,
            day: Day((at / 10) as i32),
            amount: Money(amount),
            ..Default::default()
        }
    }

    fn encoded(lines: &[OrderLine<'_>]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (position, line) in (1..).zip(lines) {
            record::encode(line, position, None, &mut bytes);
        }
        bytes
    }

    fn shown(bytes: &[u8], whole: bool) -> Vec<(String, String, i64, Vec<i64>)> {
        let grouped = Orders::group(bytes, &[], whole);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        grouped
            .orders
            .iter()
            .map(|&order| {
                let amounts = grouped.records(order).map(|record| record.line().amount.0).collect();
                let id = if grouped.id(order).starts_with('~') {
                    "row".to_owned()
                } else {
                    grouped.id(order).into()
                };
                (text(grouped.customer(order)), id, order.ordered_at, amounts)
            })
            .collect()
    }

    #[test]
    fn lines_of_an_order_come_together_whatever_their_order() {
        let lines = [
            line("b", Some("2"), 30, 7),
            line("a", Some("1"), 20, 5),
            line("a", Some("1"), 10, 5),
            line("a", None, 5, 1),
        ];
        let expected = vec![
            ("a".into(), "row".into(), 5, vec![1]),
            ("a".into(), "1".into(), 10, vec![5, 5]),
            ("b".into(), "2".into(), 30, vec![7]),
        ];
        assert_eq!(shown(&encoded(&lines), false), expected);
        let mut turned = lines;
        turned.reverse();
        assert_eq!(shown(&encoded(&turned), false), expected);
    }

    #[test]
    fn of_whole_orders_the_newest_counts() {
        let newer = OrderLine { updated_at: Some(9), ..line("a", Some("1"), 10, 8) };
        let lines =
            [newer, line("a", Some("1"), 10, 5), line("a", Some("1"), 10, 5), line("a", Some("2"), 1, 3)];
        let bytes = encoded(&lines);
        let grouped = Orders::group(&bytes, &[], true);
        assert_eq!((grouped.repeated, grouped.conflicting), (1, 1));
        assert_eq!(
            shown(&bytes, true),
            [("a".into(), "2".into(), 1, vec![3]), ("a".into(), "1".into(), 10, vec![8])]
        );
    }

    #[test]
    fn equal_rows_without_an_id_are_separate_orders() {
        let bytes = encoded(&[line("a", None, 5, 1), line("a", None, 5, 1)]);
        let grouped = Orders::group(&bytes, &[], false);
        let keys: Vec<u128> = grouped.orders.iter().map(|&order| grouped.key(order)).collect();
        assert_eq!(keys.len(), 2);
        assert_ne!(keys[0], keys[1]);
        assert_eq!(grouped.content(grouped.orders[0]), grouped.content(grouped.orders[1]));
    }
}
