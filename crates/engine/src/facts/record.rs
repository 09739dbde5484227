//! An order line as bytes: how lines wait between cleaning and sorting, in memory or spilled.
//!
//! The bytes after the order id are the line's *content*, everything but its moment; equal lines
//! have equal contents, which is how lines are put in an order that does not depend on the file's,
//! and how two versions of an order are compared.

use super::lines::OrderLine;
use model::calendar::Day;
use model::money::Money;

/// Length, position, moment, day, lengths of the two ids.
const HEADER_BYTES: usize = 4 + 8 + 8 + 4 + 4 + 4;
/// An id that marks a row without one: the content's hash follows.
const ROW_MARK: char = '~';

const HAS_CUSTOMER: u16 = 1 << 0;
const HAS_QUANTITY: u16 = 1 << 1;
const HAS_COST: u16 = 1 << 2;
const HAS_DISCOUNT: u16 = 1 << 3;
const HAS_UPDATED: u16 = 1 << 4;
const CANCELLED: u16 = 1 << 5;
const TEXTS: usize = 7;
const FIRST_TEXT: u16 = 1 << 8;

/// Appends a line to a buffer. `position` is the number of the row in its file.
pub fn encode(line: &OrderLine<'_>, position: u64, buffer: &mut Vec<u8>) {
    let start = buffer.len();
    let customer = line.customer_id.unwrap_or_default();
    buffer.extend_from_slice(&[0; 4]);
    buffer.extend_from_slice(&position.to_le_bytes());
    buffer.extend_from_slice(&line.ordered_at.to_le_bytes());
    buffer.extend_from_slice(&line.day.0.to_le_bytes());
    buffer.extend_from_slice(&(customer.len() as u32).to_le_bytes());
    let order_length_at = buffer.len();
    buffer.extend_from_slice(&[0; 4]);
    buffer.extend_from_slice(customer.as_bytes());
    let order_at = buffer.len();
    if let Some(order_id) = line.order_id {
        buffer.extend_from_slice(order_id.as_bytes());
        encode_content(line, buffer);
        set_u32(buffer, order_length_at, order_id.len() as u32);
    } else {
        let mut content = Vec::with_capacity(96);
        encode_content(line, &mut content);
        content.extend_from_slice(&line.ordered_at.to_le_bytes());
        let hash = twox_hash::XxHash3_128::oneshot(&content);
        content.truncate(content.len() - 8);
        buffer.extend_from_slice(format!("{ROW_MARK}{hash:032x}").as_bytes());
        let length = (buffer.len() - order_at) as u32;
        buffer.extend_from_slice(&content);
        set_u32(buffer, order_length_at, length);
    }
    let length = (buffer.len() - start) as u32;
    set_u32(buffer, start, length);
}

/// Whether an order id stands for a row that had none.
pub fn is_row_id(order_id: &str) -> bool {
    order_id.len() >= 33 && order_id.starts_with(ROW_MARK)
}

fn set_u32(buffer: &mut [u8], at: usize, value: u32) {
    buffer[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

fn texts<'a>(line: &OrderLine<'a>) -> [Option<&'a str>; TEXTS] {
    [line.product_id, line.product, line.category, line.brand, line.channel, line.promo_code, line.currency]
}

fn encode_content(line: &OrderLine<'_>, buffer: &mut Vec<u8>) {
    let flags_at = buffer.len();
    let mut flags = if line.cancelled { CANCELLED } else { 0 };
    flags |= if line.customer_id.is_some() { HAS_CUSTOMER } else { 0 };
    buffer.extend_from_slice(&[0; 2]);
    buffer.extend_from_slice(&line.amount.0.to_le_bytes());
    let numbers = [
        (HAS_QUANTITY, line.quantity),
        (HAS_COST, line.cost.map(|money| money.0)),
        (HAS_DISCOUNT, line.discount.map(|money| money.0)),
        (HAS_UPDATED, line.updated_at),
    ];
    for (flag, number) in numbers {
        if let Some(number) = number {
            flags |= flag;
            buffer.extend_from_slice(&number.to_le_bytes());
        }
    }
    let mut flag = FIRST_TEXT;
    for text in texts(line) {
        if let Some(text) = text {
            flags |= flag;
            buffer.extend_from_slice(&(text.len() as u32).to_le_bytes());
            buffer.extend_from_slice(text.as_bytes());
        }
        flag <<= 1;
    }
    buffer[flags_at..flags_at + 2].copy_from_slice(&flags.to_le_bytes());
}

/// A line in its bytes.
#[derive(Clone, Copy)]
pub struct Record<'a>(&'a [u8]);

impl<'a> Record<'a> {
    /// The record at a place of a buffer that [`encode`] wrote.
    pub fn at(buffer: &'a [u8], place: usize) -> Record<'a> {
        let length = u32_at(buffer, place) as usize;
        Record(&buffer[place..place + length])
    }

    /// Bytes it takes; the next record begins after them.
    pub fn size(self) -> usize {
        self.0.len()
    }

    pub fn position(self) -> u64 {
        i64_at(self.0, 4) as u64
    }

    pub fn ordered_at(self) -> i64 {
        i64_at(self.0, 12)
    }

    pub fn day(self) -> Day {
        Day(u32_at(self.0, 20) as i32)
    }

    /// Bytes of the customer id; empty when anonymous.
    pub fn customer(self) -> &'a [u8] {
        &self.0[HEADER_BYTES..HEADER_BYTES + self.customer_length()]
    }

    pub fn order(self) -> &'a [u8] {
        let start = HEADER_BYTES + self.customer_length();
        &self.0[start..start + self.order_length()]
    }

    /// Everything but the ids and the moment.
    pub fn content(self) -> &'a [u8] {
        &self.0[HEADER_BYTES + self.customer_length() + self.order_length()..]
    }

    pub fn cancelled(self) -> bool {
        self.flags() & CANCELLED != 0
    }

    pub fn updated_at(self) -> Option<i64> {
        self.line().updated_at
    }

    /// The line back from its bytes; its order id is always there.
    pub fn line(self) -> OrderLine<'a> {
        let content = self.content();
        let flags = self.flags();
        let mut at = 2;
        let mut number = |wanted: bool| {
            wanted.then(|| {
                at += 8;
                i64_at(content, at - 8)
            })
        };
        let amount = number(true).unwrap_or_default();
        let [quantity, cost, discount, updated_at] =
            [HAS_QUANTITY, HAS_COST, HAS_DISCOUNT, HAS_UPDATED].map(|flag| number(flags & flag != 0));
        let mut flag = FIRST_TEXT;
        let texts = [(); TEXTS].map(|()| {
            let wanted = flags & flag != 0;
            flag = flag.wrapping_shl(1);
            wanted.then(|| {
                let length = u32_at(content, at) as usize;
                at += 4 + length;
                text(&content[at - length..at])
            })
        });
        let [product_id, product, category, brand, channel, promo_code, currency] = texts;
        OrderLine {
            customer_id: (flags & HAS_CUSTOMER != 0).then(|| text(self.customer())),
            order_id: Some(text(self.order())),
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

    fn flags(self) -> u16 {
        let content = self.content();
        u16::from_le_bytes([content[0], content[1]])
    }

    fn customer_length(self) -> usize {
        u32_at(self.0, 24) as usize
    }

    fn order_length(self) -> usize {
        u32_at(self.0, 28) as usize
    }
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

/// Text that came from a `&str`, so it is UTF-8 unless a spill file was damaged.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_come_back(
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
            let mut buffer = Vec::new();
            encode(&line, 7, &mut buffer);
            encode(&line, 8, &mut buffer);
            let found: Vec<usize> = places(&buffer).collect();
            prop_assert_eq!(found.len(), 2);
            let second = Record::at(&buffer, found[1]);
            prop_assert_eq!(second.position(), 8);
            prop_assert_eq!(second.line(), line);
            prop_assert_eq!(Record::at(&buffer, 0).content(), second.content());
        }
    }

    #[test]
    fn rows_without_an_order_id_are_known_by_their_content() {
        let line =
            OrderLine { customer_id: Some("a"), amount: Money(5), ordered_at: 9, ..Default::default() };
        let mut buffer = Vec::new();
        encode(&line, 0, &mut buffer);
        encode(&line, 1, &mut buffer);
        encode(&OrderLine { ordered_at: 10, ..line }, 2, &mut buffer);
        let ids: Vec<&[u8]> = places(&buffer).map(|place| Record::at(&buffer, place).order()).collect();
        assert!(is_row_id(std::str::from_utf8(ids[0]).unwrap()));
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[0], ids[2]);
    }
}
