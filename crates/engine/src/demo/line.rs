//! One line of an order in the shop's own short form, and as the fact it stands for.

use super::goods::Product;
use super::shop::Shop;
use crate::facts::OrderLine;
use model::calendar::Day;
use model::money::{Money, SCALE};
use std::fmt::Write as _;

/// Ten-thousandths in a cent.
const CENT: i64 = SCALE / 100;
/// Seconds in a day of the shop, whose clock knows no summer time.
pub(super) const DAY_SECONDS: i64 = 86_400;
/// Customer ids are numbers from here on, all of one length.
const FIRST_CUSTOMER_ID: u64 = 100_000_000;

/// One line of an order or of a return; 48 bytes, no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShopLine {
    /// Seconds since 1970 on the shop's clock, which reads as UTC.
    pub at: i64,
    /// Number of the order in the shop; a return has its order's.
    pub(super) order: u64,
    /// The customer's number from 0; `None` for a sale to somebody unknown.
    pub customer: Option<u32>,
    pub(super) product: u16,
    pub(super) channel: Channel,
    /// Index into the shop's promo codes; 0 is none.
    pub(super) code: u8,
    /// The line belongs to a return that came back on its own.
    pub(super) separate_return: bool,
    /// Place in its order.
    pub(super) place: u8,
    /// Units, negative for what came back.
    pub quantity: i32,
    /// Price of a unit in cents; for what came back, what had been paid for it.
    pub(super) price: u32,
    /// Let off per unit, in cents.
    pub(super) off: u32,
    /// Cost of a unit in cents.
    pub(super) unit_cost: u32,
}

/// Where a sale is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Channel {
    Web = 0,
    Shop = 1,
    Marketplace = 2,
    Phone = 3,
}

impl Channel {
    pub(super) const ALL: [Channel; 4] = [Channel::Web, Channel::Shop, Channel::Marketplace, Channel::Phone];

    pub(super) fn name(self) -> &'static str {
        ["web", "shop", "marketplace", "phone"][self as usize]
    }
}

impl ShopLine {
    /// The day on the shop's clock.
    pub fn day(&self) -> Day {
        Day(self.at.div_euclid(DAY_SECONDS) as i32)
    }

    /// Price of one unit.
    pub fn price(&self) -> Money {
        Money(i64::from(self.price) * CENT)
    }

    /// What the buyer was let off, never negative.
    pub fn discount(&self) -> Money {
        Money(i64::from(self.off) * CENT * i64::from(self.quantity))
    }

    /// `price × quantity − discount`, exactly.
    pub fn amount(&self) -> Money {
        Money(i64::from(self.price - self.off) * CENT * i64::from(self.quantity))
    }

    /// What the goods cost the shop; negative for what came back.
    pub fn cost(&self) -> Money {
        Money(i64::from(self.unit_cost) * CENT * i64::from(self.quantity))
    }

    /// Orders lines in time; no two lines of a shop compare equal.
    pub(super) fn time_key(&self) -> (i64, u64, u8) {
        (self.at, self.order, self.place)
    }
}

/// Room for the ids of one line, to be used again for the next.
#[derive(Clone, Debug, Default)]
pub struct LineText {
    customer_id: String,
    order_id: String,
}

impl Shop {
    /// The line as a fact. Its time is the shop's clock taken as UTC: a base in another zone sets
    /// `ordered_at` anew from `day` and the time of day.
    pub fn order_line<'a>(&'a self, line: &ShopLine, text: &'a mut LineText) -> OrderLine<'a> {
        text.customer_id.clear();
        text.order_id.clear();
        if let Some(customer) = line.customer {
            push_customer_id(customer, &mut text.customer_id);
        }
        self.push_order_id(line, &mut text.order_id);
        let product = self.product(line);
        OrderLine {
            customer_id: line.customer.map(|_| text.customer_id.as_str()),
            order_id: Some(&text.order_id),
            ordered_at: line.at * 1_000_000,
            day: line.day(),
            product_id: Some(&product.id),
            product: Some(&product.name),
            category: Some(product.category.name),
            brand: Some(product.brand),
            channel: Some(line.channel.name()),
            promo_code: self.promo_code(line),
            currency: None,
            quantity: Some(i64::from(line.quantity) * SCALE),
            amount: line.amount(),
            cost: Some(line.cost()),
            discount: Some(line.discount()),
            updated_at: None,
            cancelled: false,
        }
    }

    pub(super) fn product(&self, line: &ShopLine) -> &Product {
        &self.catalogue.products[usize::from(line.product)]
    }

    pub(super) fn promo_code(&self, line: &ShopLine) -> Option<&str> {
        line.code.checked_sub(1).map(|index| self.codes[usize::from(index)].as_str())
    }

    /// `20260314-1234567`, `R20260314-1234567` for its return: the order's number is unique.
    pub(super) fn push_order_id(&self, line: &ShopLine, text: &mut String) {
        if line.separate_return {
            text.push('R');
        }
        let date = self.date_text(line.day());
        for part in [&date[0..4], &date[5..7], &date[8..10]] {
            text.push_str(part);
        }
        text.push('-');
        push_number(line.order + 1, text);
    }
}

/// Writes the id of a customer.
pub(super) fn push_customer_id(customer: u32, text: &mut String) {
    push_number(FIRST_CUSTOMER_ID + u64::from(customer), text);
}

fn push_number(number: u64, text: &mut String) {
    // Writing into a string cannot fail.
    let _ = write!(text, "{number}");
}
