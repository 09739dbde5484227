//! How large segments are and what they promise.

use crate::features::Features;
use crate::profile::Division;
use crate::segmentations::contract::Labels;
use crate::segmentations::tally::Sums;
use model::money::{Money, divide_half_even};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What shows that a customer can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everybody: nothing is known of contacts.
    Everybody,
    /// Attributes of which one must be set: an e-mail, a phone.
    Contact(Vec<&'static str>),
    /// Attributes of which one must be `yes`: a consent.
    Consent(Vec<&'static str>),
}

/// A segment's size and promise. Money in the base's currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Potential {
    pub name: String,
    pub sums: Sums,
    /// Customers who can be reached.
    pub reachable: u64,
    /// Customers with an order, and with two or more.
    pub ordered: u64,
    pub returning: u64,
    /// Orders of the last 365 days.
    pub orders_year: i128,
    /// Net money of the last 365 days.
    pub revenue_year: i128,
    /// Of the same customers in the 365 days before; `None` where the facts do not go back so far.
    pub revenue_year_before: Option<i128>,
    /// What one order leaves on average: margin where at least 95 % of net money has a cost, else money.
    /// `None` without an order.
    pub order_value: Option<Money>,
    /// The values over a lifetime, added up.
    pub ltv: i128,
}

impl Potential {
    /// The year's money beside the year before, less one; `None` where there was none before.
    pub fn growth(&self) -> Option<f64> {
        let before = self.revenue_year_before.filter(|&before| before > 0)?;
        Some(self.revenue_year as f64 / before as f64 - 1.0)
    }

    /// The mean value over a lifetime.
    pub fn average_ltv(&self) -> Option<Money> {
        per(self.ltv, i128::from(self.sums.customers))
    }
}

/// How the state says that a consent was given.
const GIVEN: &str = "yes";
/// Percent of net money whose cost must be known for margins to be told.
const COSTED_PERCENT_MIN: i128 = 95;

/// The potential of the segments that have customers, in the order of the names. Features must have been
/// asked for `orders`, `orders_365`, `revenue`, `revenue_365`, `margin`, `costed_revenue` and the attributes
/// of `reach`; `before` are features a year earlier with `revenue_365`, `None` where the facts do
/// not go back two years; an LTV comes from the label column
/// `ltv`.
pub fn potentials(division: &Division<'_>, before: Option<&[Features]>, reach: &Reach) -> Vec<Potential> {
    let sums = division.sums();
    let mut whole = Sums::default();
    sums.iter().for_each(|one| whole.add(one));
    let is_margin = whole.costed_revenue * 100 >= whole.revenue * COSTED_PERCENT_MIN && whole.revenue > 0;
    let empty = |(place, name): (usize, &String)| {
        let own = &sums[place];
        let brought = if is_margin { own.margin } else { own.revenue };
        Potential {
            name: name.clone(),
            sums: *own,
            reachable: 0,
            ordered: 0,
            returning: 0,
            orders_year: 0,
            revenue_year: 0,
            revenue_year_before: before.map(|_| 0),
            order_value: per(brought, own.orders),
            ltv: 0,
        }
    };
    let mut all: Vec<Potential> = division.names().iter().enumerate().map(empty).collect();
    for bucket in 0..division.features().len() {
        add(&mut all, division, bucket, before.and_then(|before| before.get(bucket)), reach);
    }
    all.retain(|one| one.sums.customers > 0);
    all
}

fn add(
    all: &mut [Potential],
    division: &Division<'_>,
    bucket: usize,
    before: Option<&Features>,
    reach: &Reach,
) {
    let features = &division.features()[bucket];
    let (orders, year) = (features.counts("orders"), features.counts("orders_365"));
    let revenue = features.exact("revenue_365");
    let ltv = division.label(bucket, "ltv").and_then(|labels| match labels {
        Labels::Money(values) => Some(values.as_slice()),
        _ => None,
    });
    let earlier: HashMap<&str, i64> = before.map_or_else(HashMap::new, |before| {
        let values = before.exact("revenue_365");
        let ids = before.customer_ids().iter().enumerate();
        ids.filter_map(|(row, id)| Some((id?, values.get(row)?))).collect()
    });
    for (row, code) in division.codes(bucket).iter().enumerate() {
        let of = &mut all[usize::from(code)];
        of.reachable += u64::from(reach.holds(features, row));
        of.ordered += u64::from(orders.get(row).unwrap_or(0) > 0);
        of.returning += u64::from(orders.get(row).unwrap_or(0) > 1);
        of.orders_year += i128::from(year.get(row).unwrap_or(0));
        of.revenue_year += i128::from(revenue.get(row).unwrap_or(0));
        of.ltv += i128::from(ltv.and_then(|ltv| ltv[row]).unwrap_or(0));
        let id = features.customer_ids().value(row);
        if let Some(sum) = &mut of.revenue_year_before {
            *sum += i128::from(earlier.get(id).copied().unwrap_or(0));
        }
    }
}

impl Reach {
    /// The attributes that are looked at.
    pub fn attributes(&self) -> &[&'static str] {
        match self {
            Reach::Everybody => &[],
            Reach::Contact(names) | Reach::Consent(names) => names,
        }
    }

    fn holds(&self, features: &Features, row: usize) -> bool {
        let names = self.attributes();
        matches!(self, Reach::Everybody) || names.iter().any(|name| self.holds_by(name, features, row))
    }

    /// Whether one of its attributes says that a customer can be reached.
    pub(super) fn holds_by(&self, name: &str, features: &Features, row: usize) -> bool {
        match self {
            Reach::Everybody => true,
            Reach::Contact(_) => features.attribute(name, row).is_some(),
            Reach::Consent(_) => features.attribute(name, row) == Some(GIVEN),
        }
    }
}

/// A sum divided; `None` among none.
fn per(sum: i128, count: i128) -> Option<Money> {
    (count > 0).then(|| Money(i64::try_from(divide_half_even(sum, count)).unwrap_or(i64::MAX)))
}
