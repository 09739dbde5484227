//! Who comes first when several customers ask at once, and why.

use super::effort::EFFORT;
use super::explain::find;
use super::segment::{self, Cut};
use crate::base::Base;
use anyhow::Result;
use engine::progress::Watch;
use engine::segmentations::effort::{Served, served};
use model::calendar::Day;
use model::money::Money;
use std::cmp::Ordering;

/// A customer in their place.
pub struct Ranked {
    /// As the customer was named.
    pub customer: String,
    pub served: Served,
    /// Why before the next one; `None` of the last.
    pub why: Option<String>,
}

/// Puts customers in order: who is expected to bring more in the next 12 months, then who has more
/// influence; who is equal in both stays in the order given.
///
/// # Errors
/// A customer that the base does not know, or a setting that cannot be used.
pub fn priority(
    base: &Base,
    customers: &[String],
    settings: &[String],
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<(Cut, Vec<Ranked>)> {
    let (facts, _) = base.facts()?;
    let asked = segment::asked(&[EFFORT.to_owned()], settings)?;
    let moment = segment::moment(&facts, as_of)?;
    let cut = segment::cut(&facts, asked, &[], moment, threads, watch)?;
    let mut ranked = Vec::new();
    for customer in customers {
        let (bucket, row) = find(base, customer, &cut)?;
        let (settings, fit) = (&cut.asked[0].settings, &cut.outcome.fits[0]);
        let served = served(settings, fit, moment, &cut.features[bucket], row);
        ranked.push(Ranked { customer: customer.clone(), served, why: None });
    }
    ranked.sort_by(|a, b| before(&a.served, &b.served));
    for place in 1..ranked.len() {
        let why = why(&ranked[place - 1], &ranked[place]);
        ranked[place - 1].why = Some(why);
    }
    Ok((cut, ranked))
}

/// Who knows nothing of influence has none.
fn influence(served: &Served) -> f64 {
    served.influence.unwrap_or(0.0)
}

fn before(one: &Served, other: &Served) -> Ordering {
    // Somebody without an order comes after everybody with one, even one who returned more.
    other.expected.cmp(&one.expected).then_with(|| influence(other).total_cmp(&influence(one)))
}

fn why(first: &Ranked, second: &Ranked) -> String {
    let next = &second.customer;
    match (first.served.expected, second.served.expected) {
        (Some(more), Some(less)) if more > less => {
            format!(
                "more is expected in the next 12 months than of {next}: {} to {}",
                Money(more),
                Money(less)
            )
        }
        (Some(_), None) => format!("has ordered, and {next} never has"),
        _ if influence(&first.served) > influence(&second.served) => format!(
            "as much is expected as of {next}, and influence is larger: {} to {}",
            influence(&first.served),
            influence(&second.served)
        ),
        _ => format!("nothing tells them from {next}: in the order named"),
    }
}
