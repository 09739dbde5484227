//! The base as a whole: totals, months, cohorts, best sellers. What a report opens with.

mod catalogue;
mod sellers;
mod cohorts;
mod gather;
mod products;

pub(crate) use catalogue::Catalogue;
pub use cohorts::cohorts;
pub use gather::overview;
pub use products::product_features;
pub(crate) use sellers::Sellers;

use model::calendar::Day;
use model::money::Money;
use serde::{Deserialize, Serialize};

/// The base as of a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// Customers known, with or without an order.
    pub customers: u64,
    /// Customers with an order.
    pub buyers: u64,
    /// Customers with two orders or more.
    pub repeat_buyers: u64,
    /// Orders of identified customers.
    pub orders: u64,
    /// Returns of identified customers.
    pub returns: u64,
    /// Net money of identified customers.
    pub revenue: Money,
    /// Orders without a customer.
    pub anonymous_orders: u64,
    /// Returns without a customer.
    pub anonymous_returns: u64,
    /// Net money without a customer.
    pub anonymous_revenue: Money,
    /// Days of the first and the last order, of anyone.
    pub days: Option<(Day, Day)>,
    /// Every month from the first with an order or a return to the one asked as of, so that they add
    /// up to the whole.
    pub months: Vec<Month>,
    /// Customers by the month of their first order, oldest first.
    pub cohorts: Vec<Cohort>,
    /// Categories by net money, best first, at most [`BEST_SELLERS`].
    pub categories: Vec<Seller>,
    /// Products by net money, best first, at most [`BEST_SELLERS`].
    pub products: Vec<Seller>,
}

/// Categories and products listed at most.
pub const BEST_SELLERS: usize = 20;

/// One calendar month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first_day: Day,
    /// Orders of anyone.
    pub orders: u64,
    /// Net money of anyone.
    pub revenue: Money,
    /// Identified customers who ordered.
    pub buyers: u64,
}

/// Customers whose first order fell in one period: in an overview, in one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohort {
    /// First day of that period.
    pub first_day: Day,
    pub customers: u64,
    /// By periods since then, from 0 to the one asked as of: how many ordered in it, and net money.
    pub ages: Vec<(u64, Money)>,
}

/// A category or product with what it brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// Id of a product; name of a category.
    pub id: String,
    /// The name that most of its lines have, unless that is the id; of several the first by name.
    pub name: Option<String>,
    /// Net money of anyone.
    pub revenue: Money,
    /// Orders of anyone with a line of it that is not a return.
    pub orders: u64,
    /// Identified customers with such an order.
    pub customers: u64,
    /// Net quantity in 1/10 000; `None` where no line has one.
    pub quantity: Option<i64>,
}
