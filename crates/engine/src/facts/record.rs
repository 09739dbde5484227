//! An order line as bytes: how lines wait between cleaning and sorting, in memory or spilled.
//!
//! A record is a header of fixed length, then flags and numbers, then for each text its length or its
//! code in a dictionary, then all text that has no code at one stretch, ids first: it is checked for
//! being UTF-8 in one go. Numbers and texts together are the line's *content*, everything but its
//! ids and moment, by which lines are put in an order that does not depend on the file's and two
//! versions of an order are compared; codes have no part in it.

use super::bytes::{put_length, put_number, take_length, take_number};
use super::dictionary::Coder;
use super::lines::OrderLine;
use model::calendar::Day;
use model::money::Money;
use std::cmp::Ordering;
use std::sync::Arc;
use twox_hash::xxhash3_128::Hasher;

/// Length, position, moment, day, lengths of the two ids, of numbers, of lengths and codes.
const HEADER_BYTES: usize = 4 + 8 + 8 + 4 + 4 + 4 + 1 + 1;
/// An id that marks a row without one: the content's hash follows.
const ROW_MARK: u8 = b'~';

const HAS_CUSTOMER: u16 = 1 << 0;
const HAS_QUANTITY: u16 = 1 << 1;
const HAS_COST: u16 = 1 << 2;
const HAS_DISCOUNT: u16 = 1 << 3;
const HAS_UPDATED: u16 = 1 << 4;
const CANCELLED: u16 = 1 << 5;
const TEXTS: usize = 7;
const FIRST_TEXT: u16 = 1 << 8;

/// Appends a line to a buffer. `position` is the number of the row in its file.
pub fn encode(line: &OrderLine<'_>, position: u64, mut coder: Option<&mut Coder<'_>>, buffer: &mut Vec<u8>) {
    let start = buffer.len();
    let customer = line.customer_id.unwrap_or_default();
    buffer.extend_from_slice(&[0; 4]);
    buffer.extend_from_slice(&position.to_le_bytes());
    buffer.extend_from_slice(&line.ordered_at.to_le_bytes());
    buffer.extend_from_slice(&line.day.0.to_le_bytes());
    buffer.extend_from_slice(&(customer.len() as u32).to_le_bytes());
    buffer.extend_from_slice(&[0; 6]);
    encode_numbers(line, buffer);
    let numbers_end = buffer.len();
    let mut plain = [""; TEXTS];
    for (text, plain) in texts(line).into_iter().zip(&mut plain) {
        let Some(text) = text else { continue };
        match coder.as_mut().and_then(|coder| coder.code(text)) {
            Some(code) => put_length(u64::from(code) << 1 | 1, buffer),
            None => {
                put_length((text.len() as u64) << 1, buffer);
                *plain = text;
            }
        }
    }
    let texts_end = buffer.len();
    buffer.extend_from_slice(customer.as_bytes());
    let order_at = buffer.len();
    match line.order_id {
        Some(order_id) => buffer.extend_from_slice(order_id.as_bytes()),
        None => buffer.extend_from_slice(row_id(line).as_bytes()),
    }
    let order_length = (buffer.len() - order_at) as u32;
    plain.iter().for_each(|text| buffer.extend_from_slice(text.as_bytes()));
    let length = (buffer.len() - start) as u32;
    let header = &mut buffer[start..start + HEADER_BYTES];
    header[..4].copy_from_slice(&length.to_le_bytes());
    header[28..32].copy_from_slice(&order_length.to_le_bytes());
    // At most 2 + 5 × 10 and 7 × 10 bytes.
    header[32] = (numbers_end - start - HEADER_BYTES) as u8;
    header[33] = (texts_end - numbers_end) as u8;
}

/// The id of a row that has none: a hash of what it says and when. It is kept in bases, so what is
/// hashed must never change.
fn row_id(line: &OrderLine<'_>) -> String {
    let mut numbers = Vec::with_capacity(64);
    encode_numbers(line, &mut numbers);
    let mut hasher = Hasher::new();
    hash(&numbers, texts(line), &mut hasher);
    hasher.write(&line.ordered_at.to_le_bytes());
    format!("{}{:032x}", char::from(ROW_MARK), hasher.finish_128())
}

fn hash(numbers: &[u8], texts: [Option<&str>; TEXTS], hasher: &mut Hasher) {
    hasher.write(numbers);
    for text in texts.into_iter().flatten() {
        hasher.write(&(text.len() as u32).to_le_bytes());
        hasher.write(text.as_bytes());
    }
}

/// Whether an order id stands for a row that had none.
pub fn is_row_id(order_id: &str) -> bool {
    is_row_id_bytes(order_id.as_bytes())
}

/// The same of the bytes of an id.
pub fn is_row_id_bytes(order_id: &[u8]) -> bool {
    order_id.len() >= 33 && order_id.first() == Some(&ROW_MARK)
}

fn texts<'a>(line: &OrderLine<'a>) -> [Option<&'a str>; TEXTS] {
    [line.product_id, line.product, line.category, line.brand, line.channel, line.promo_code, line.currency]
}

/// Flags, which also say what numbers and texts there are, and numbers.
fn encode_numbers(line: &OrderLine<'_>, buffer: &mut Vec<u8>) {
    let flags_at = buffer.len();
    let mut flags = if line.cancelled { CANCELLED } else { 0 };
    flags |= if line.customer_id.is_some() { HAS_CUSTOMER } else { 0 };
    buffer.extend_from_slice(&[0; 2]);
    put_number(line.amount.0, buffer);
    let numbers = [
        (HAS_QUANTITY, line.quantity),
        (HAS_COST, line.cost.map(|money| money.0)),
        (HAS_DISCOUNT, line.discount.map(|money| money.0)),
        (HAS_UPDATED, line.updated_at),
    ];
    for (flag, number) in numbers {
        if let Some(number) = number {
            flags |= flag;
            put_number(number, buffer);
        }
    }
    let mut flag = FIRST_TEXT;
    for text in texts(line) {
        flags |= if text.is_some() { flag } else { 0 };
        flag <<= 1;
    }
    buffer[flags_at..flags_at + 2].copy_from_slice(&flags.to_le_bytes());
}

/// A line in its bytes.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    bytes: &'a [u8],
    /// The texts that codes stand for.
    coded: &'a [Arc<str>],
}

impl<'a> Record<'a> {
    /// The record at a place of a buffer that [`encode`] wrote, and the dictionary's texts.
    pub fn at(buffer: &'a [u8], place: usize, coded: &'a [Arc<str>]) -> Record<'a> {
        let length = u32_at(buffer, place) as usize;
        Record { bytes: &buffer[place..place + length], coded }
    }

    /// All of it.
    pub(super) fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    pub fn position(self) -> u64 {
        i64_at(self.bytes, 4) as u64
    }

    pub fn ordered_at(self) -> i64 {
        i64_at(self.bytes, 12)
    }

    pub fn day(self) -> Day {
        Day(u32_at(self.bytes, 20) as i32)
    }

    /// Bytes of the customer id; empty when anonymous.
    pub fn customer(self) -> &'a [u8] {
        &self.plain()[..self.customer_length()]
    }

    pub fn order(self) -> &'a [u8] {
        let start = self.customer_length();
        &self.plain()[start..start + self.order_length()]
    }

    pub fn cancelled(self) -> bool {
        self.flags() & CANCELLED != 0
    }

    pub fn updated_at(self) -> Option<i64> {
        if self.flags() & HAS_UPDATED == 0 { None } else { self.line().updated_at }
    }

    /// The bytes by which contents are told apart first.
    pub fn content_start(self) -> &'a [u8] {
        self.numbers()
    }

    /// Where its content stands among others: numbers first, then texts.
    pub fn compare_content(self, other: Record<'_>) -> Ordering {
        self.numbers().cmp(other.numbers()).then_with(|| self.each_text().cmp(other.each_text()))
    }

    /// Adds its content to a hash; equal contents add the same.
    pub fn hash_content(self, hasher: &mut Hasher) {
        hash(self.numbers(), self.texts(), hasher);
    }

    /// The line back from its bytes; its order id is always there.
    pub fn line(self) -> OrderLine<'a> {
        let flags = self.flags();
        let mut numbers = &self.numbers()[2..];
        let amount = take_number(&mut numbers);
        let [quantity, cost, discount, updated_at] = [HAS_QUANTITY, HAS_COST, HAS_DISCOUNT, HAS_UPDATED]
            .map(|flag| (flags & flag != 0).then(|| take_number(&mut numbers)));
        let [product_id, product, category, brand, channel, promo_code, currency] = self.texts();
        // Ids are checked once more with the texts that have no code, mostly none.
        let text = self.plain_text();
        let (customer, order) = (self.customer_length(), self.order_length());
        OrderLine {
            customer_id: (flags & HAS_CUSTOMER != 0).then(|| piece(text, 0, customer)),
            order_id: Some(piece(text, customer, order)),
            ordered_at: self.ordered_at(),
            day: self.day(),
            product_id,
            product,
            category,
            brand,
            channel,
            promo_code,
            currency,
            quantity,
            amount: Money(amount),
            cost: cost.map(Money),
            discount: discount.map(Money),
            updated_at,
            cancelled: flags & CANCELLED != 0,
        }
    }

    fn texts(self) -> [Option<&'a str>; TEXTS] {
        let mut each = self.each_text();
        [(); TEXTS].map(|()| each.next().flatten())
    }

    /// Its texts one after another: mostly the first one tells two records apart.
    fn each_text(self) -> impl Iterator<Item = Option<&'a str>> {
        let flags = self.flags();
        let mut lengths = &self.bytes[self.numbers_end()..self.plain_at()];
        let mut at = self.customer_length() + self.order_length();
        (0..TEXTS).map(move |text| {
            (flags & FIRST_TEXT << text != 0).then(|| {
                let length = take_length(&mut lengths);
                if length & 1 == 1 {
                    return self.coded.get((length >> 1) as usize).map_or(DAMAGED, |text| text);
                }
                at += (length >> 1) as usize;
                piece(self.plain_text(), at - (length >> 1) as usize, (length >> 1) as usize)
            })
        })
    }

    fn flags(self) -> u16 {
        u16::from_le_bytes([self.bytes[HEADER_BYTES], self.bytes[HEADER_BYTES + 1]])
    }

    fn customer_length(self) -> usize {
        u32_at(self.bytes, 24) as usize
    }

    fn order_length(self) -> usize {
        u32_at(self.bytes, 28) as usize
    }

    fn numbers(self) -> &'a [u8] {
        &self.bytes[HEADER_BYTES..self.numbers_end()]
    }

    fn numbers_end(self) -> usize {
        HEADER_BYTES + usize::from(self.bytes[32])
    }

    fn plain_at(self) -> usize {
        self.numbers_end() + usize::from(self.bytes[33])
    }

    fn plain(self) -> &'a [u8] {
        &self.bytes[self.plain_at()..]
    }

    /// It came from a `&str`, so it is UTF-8 unless a spill file was damaged.
    fn plain_text(self) -> &'a str {
        std::str::from_utf8(self.plain()).unwrap_or_default()
    }
}

/// Stands for text of a damaged spill file.
const DAMAGED: &str = "\u{fffd}";

fn piece(text: &str, at: usize, length: usize) -> &str {
    text.get(at..at + length).unwrap_or(DAMAGED)
}

/// Places of the records in a buffer, one after another.
pub fn places(buffer: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        (at < buffer.len()).then(|| {
            let place = at;
            at += u32_at(buffer, place) as usize;
            place
        })
    })
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}

fn i64_at(bytes: &[u8], at: usize) -> i64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    i64::from_le_bytes(word)
}

#[cfg(test)]
mod tests {
    use super::super::dictionary::Dictionary;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_come_back_with_codes_and_without(
            customer in proptest::option::of("[a-z0-9]{1,12}"),
            order in "[a-zñ0-9]{1,12}",
            numbers in proptest::option::of((any::<i64>(), any::<i64>())),
            texts in proptest::collection::vec(proptest::option::of("\\PC{1,20}"), 7),
            cancelled: bool,
        ) {
            let t = |i: usize| texts[i].as_deref();
            let line = OrderLine {
                customer_id: customer.as_deref(), order_id: Some(&order), ordered_at: 17, day: Day(-3),
                product_id: t(0), product: t(1), category: t(2), brand: t(3), channel: t(4), promo_code: t(5),
                currency: t(6), quantity: numbers.map(|n| n.0), amount: Money(5),
                cost: numbers.map(|n| Money(n.1)),
                discount: None, updated_at: None, cancelled,
            };
            let dictionary = Dictionary::default();
            let mut coder = Coder::new(&dictionary);
            let mut buffer = Vec::new();
            encode(&line, 7, None, &mut buffer);
            encode(&line, 8, Some(&mut coder), &mut buffer);
            let coded = dictionary.texts();
            let found: Vec<Record<'_>> =
                places(&buffer).map(|place| Record::at(&buffer, place, &coded)).collect();
            prop_assert_eq!(found.len(), 2);
            prop_assert_eq!(found[1].position(), 8);
            prop_assert_eq!(found.iter().map(|record| record.line()).collect::<Vec<_>>(), [line, line]);
            prop_assert_eq!(found[0].compare_content(found[1]), Ordering::Equal);
            let hashes = found.iter().map(|record| {
                let mut hasher = Hasher::new();
                record.hash_content(&mut hasher);
                hasher.finish_128()
            });
            let hashes: Vec<u128> = hashes.collect();
            prop_assert_eq!(hashes[0], hashes[1]);
        }
    }

    #[test]
    fn rows_without_an_order_id_are_known_by_their_content() {
        let line = OrderLine {
            customer_id: Some("a"),
            product: Some("tea"),
            amount: Money(5),
            ordered_at: 9,
            ..Default::default()
        };
        let mut buffer = Vec::new();
        encode(&line, 0, None, &mut buffer);
        encode(&line, 1, None, &mut buffer);
        encode(&OrderLine { ordered_at: 10, ..line }, 2, None, &mut buffer);
        let ids: Vec<&[u8]> = places(&buffer).map(|place| Record::at(&buffer, place, &[]).order()).collect();
        assert!(is_row_id(std::str::from_utf8(ids[0]).unwrap()));
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[0], ids[2]);
        // Bases keep these ids: another one would make the same row a new order.
        assert_eq!(ids[0], b"~737d462014268b4a5fca60729f74c342");
    }
}
