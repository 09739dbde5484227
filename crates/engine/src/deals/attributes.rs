//! What may be a condition on a deal: what was known of it and of its customer when it was opened.
//!
//! Days to close, questions, discount, margin, effort, outcome, stage, reason of a loss and terms make
//! the class, so none of them is a condition. Features of the customer as they are now would tell of
//! what the deal itself brought, so of the customer there are plain attributes only.

use super::gathered::{Deal, FIELDS};
use crate::criteria::leaks::tells_deal;
use crate::criteria::{LeftOut, Table, Why};
use crate::facts::FactSet;
use crate::facts::set::FactError;
use model::money::Money;
use std::collections::{BTreeMap, BTreeSet};

/// What stands before an attribute of the customer that the deal has too.
const CUSTOMER: &str = "customer.";

/// Attributes of customers, by customer.
pub(super) type OfCustomers = BTreeMap<String, BTreeMap<String, String>>;

/// The attributes of the customers of some deals. Only buckets that have one are read.
pub(super) fn of_customers<'a>(
    facts: &FactSet,
    deals: impl Iterator<Item = &'a Deal>,
) -> Result<OfCustomers, FactError> {
    let mut wanted: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for deal in deals {
        if let Some(id) = &deal.customer_id {
            wanted.entry(deal.bucket).or_default().insert(id);
        }
    }
    let mut found = OfCustomers::new();
    for (bucket, ids) in wanted.into_iter().filter(|_| facts.has_attributes()) {
        for row in facts.attributes(bucket)?.iter() {
            let Some(value) = row.value.filter(|_| !row.attribute.is_empty()) else { continue };
            if ids.contains(row.customer_id) {
                let own = found.entry(row.customer_id.to_owned()).or_default();
                own.insert(row.attribute.to_owned(), value.to_owned());
            }
        }
    }
    Ok(found)
}

/// The attributes of deals as a table of a row each, and those left out: as asked in `without`, or
/// because their name tells the outcome.
pub(super) fn table<'a>(
    deals: impl Iterator<Item = &'a Deal>,
    customers: &OfCustomers,
    without: &[String],
) -> (Table, Vec<LeftOut>) {
    let mut table = Table::default();
    let mut left_out: BTreeMap<String, Why> = BTreeMap::new();
    let mut set = |table: &mut Table, name: &str, text: &str, own: bool| {
        if without.iter().any(|unwanted| unwanted == name) {
            left_out.insert(name.to_owned(), Why::Asked);
        } else if own && !FIELDS.contains(&name) && tells_deal(name) {
            left_out.insert(name.to_owned(), Why::Named);
        } else {
            table.set(name, text);
        }
    };
    for deal in deals {
        for (name, text) in &deal.attributes {
            set(&mut table, name, text, true);
        }
        // An amount of nothing is one that nobody has typed yet.
        if let Some(amount) = deal.amount.filter(|&amount| amount > 0) {
            set(&mut table, "amount", &Money(amount).to_string(), false);
        }
        let of_customer = deal.customer_id.as_ref().and_then(|id| customers.get(id)).into_iter().flatten();
        for (name, text) in of_customer {
            let both =
                deal.attributes.contains_key(name) || FIELDS.contains(&name.as_str()) || name == "amount";
            let name = if both { format!("{CUSTOMER}{name}") } else { name.clone() };
            set(&mut table, &name, text, false);
        }
        table.end_row();
    }
    (table, left_out.into_iter().map(|(attribute, why)| LeftOut { attribute, why }).collect())
}
