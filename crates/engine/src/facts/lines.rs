//! One fact of each kind, as cleaned rows give it.

use model::calendar::Day;
use model::money::Money;

/// One line of an order, cleaned. Text is trimmed and never empty.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OrderLine<'a> {
    /// `None`: anonymous, in totals and in no segment.
    pub customer_id: Option<&'a str>,
    /// `None`: the row is an order of its own.
    pub order_id: Option<&'a str>,
    /// Microseconds since 1970 UTC.
    pub ordered_at: i64,
    /// The same moment's day in the base's zone.
    pub day: Day,
    pub product_id: Option<&'a str>,
    pub product: Option<&'a str>,
    pub category: Option<&'a str>,
    pub brand: Option<&'a str>,
    pub channel: Option<&'a str>,
    pub promo_code: Option<&'a str>,
    /// ISO 4217; `None`: the base's currency.
    pub currency: Option<&'a str>,
    /// In 1/10 000 of a unit.
    pub quantity: Option<i64>,
    /// Net of discount; negative for a return.
    pub amount: Money,
    /// What the goods of the line cost the seller.
    pub cost: Option<Money>,
    /// What the buyer was let off, positive.
    pub discount: Option<Money>,
    /// Version of the order, microseconds since 1970 UTC: the highest wins.
    pub updated_at: Option<i64>,
    /// The order was cancelled: it takes back what the base knows of it.
    pub cancelled: bool,
}

/// What a row of a customer file says, but for contacts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomerRow<'a> {
    pub customer_id: &'a str,
    /// The day the customer became known.
    pub created: Option<Day>,
    /// Attribute name and value; never empty.
    pub attributes: Vec<(&'a str, &'a str)>,
}

/// What a row of a product file says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ProductRow<'a> {
    pub product_id: &'a str,
    pub product: Option<&'a str>,
    pub category: Option<&'a str>,
    pub brand: Option<&'a str>,
    /// Cost of one unit.
    pub unit_cost: Option<Money>,
    /// `lasting` or `satisfied`: how interest in its category goes on after a purchase.
    pub interest_kind: Option<&'a str>,
    /// Days after which it is replaced, in 1/10 000.
    pub replacement_days: Option<i64>,
}

/// What a row of a region file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceRow<'a> {
    /// Postal code (with `*` at its end: how codes begin), city, region, region code, country,
    /// country code.
    pub names: [Option<&'a str>; 6],
    /// Name without a prefix, and value; never empty.
    pub attributes: Vec<(&'a str, &'a str)>,
}
