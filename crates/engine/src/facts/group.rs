//! The lines of a bucket gathered into orders, in the order in which they lie on disk.
//!
//! Nothing here depends on the order of rows in the file: lines of an order are put in the order of
//! their contents, rows without an order id are told apart by content and number of occurrence.

use super::lines::OrderLine;
use super::record::{self, Record};
use super::sort_key::Lines;
use hashbrown::HashMap;
use model::calendar::Day;
use std::borrow::Cow;
use std::sync::Arc;
use twox_hash::xxhash3_128::Hasher;

/// Lines of one bucket, grouped.
pub struct Orders<'a> {
    lines: Lines<'a>,
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
    /// The number of its customer among those of the bucket, from 0.
    pub customer: u32,
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
        let lines = Lines { bytes, coded };
        let keys = lines.sorted();
        let places = keys.iter().map(|one| one.place).collect();
        let mut grouped = Orders { lines, places, orders: Vec::new(), repeated: 0, conflicting: 0 };
        let (mut first, mut customer) = (0, 0);
        for order in keys.chunk_by(|a, b| lines.same_order(a, b)) {
            let end = first + order.len();
            let is_next = first > 0 && !lines.same_customer(&keys[first - 1], &order[0]);
            customer += u32::from(is_next);
            if record::is_row_id_bytes(grouped.record(first).order()) {
                for (occurrence, row) in (first..end).enumerate() {
                    grouped.add(customer, row, 1, occurrence as u32, 1);
                }
            } else if whole_orders && order.len() > 1 {
                grouped.add_newest(customer, first, end);
            } else {
                grouped.add(customer, first, order.len(), 0, order.len() as u64);
            }
            first = end;
        }
        drop(keys);
        grouped.sort_by_moment();
        grouped
    }

    /// The records of an order, by content.
    pub fn records(&self, order: Order) -> impl ExactSizeIterator<Item = Record<'a>> {
        let lines = self.lines;
        let places = &self.places[order.first..order.first + order.lines];
        places.iter().map(move |&place| lines.at(place))
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
        self.lines.at(self.places[index])
    }

    fn add(&mut self, customer: u32, first: usize, lines: usize, occurrence: u32, rows: u64) {
        let records = (first..first + lines).map(|index| self.record(index));
        let cancelled = records.clone().any(Record::cancelled);
        if let Some((ordered_at, day)) = records.map(|record| (record.ordered_at(), record.day())).min() {
            self.orders.push(Order { customer, first, lines, ordered_at, day, occurrence, cancelled, rows });
        }
    }

    fn add_newest(&mut self, customer: u32, first: usize, end: usize) {
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
        self.add(customer, newest.unwrap_or(first), 1, 0, (end - first) as u64);
    }

    /// Orders come out sorted by customer; on disk each customer's stand by moment, then by id.
    fn sort_by_moment(&mut self) {
        let mut orders = std::mem::take(&mut self.orders);
        for own in orders.chunk_by_mut(|a, b| a.customer == b.customer) {
            own.sort_by(|&a, &b| a.ordered_at.cmp(&b.ordered_at).then_with(|| self.id(a).cmp(&self.id(b))));
        }
        self.orders = orders;
    }
}

/// What the base knows of some orders: a hash of their content and their version stamp by key.
pub type Known = HashMap<u128, (u128, Option<i64>)>;

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
