//! The attributes that tell customers apart best, and what is known of companies by nest.

use super::Analysis;
use crate::report::data::{AttributeCut, AttributeValue, Attributes, Nest};
use engine::groups::{self, is_of_companies, nest_of};
use engine::profile::{RARE_PERCENT, VALUES_SHOWN_MAX};
use model::money::Money;
use std::collections::BTreeMap;

/// Attributes that are shown.
pub(super) const ATTRIBUTES_MAX: usize = 4;
/// Percent of customers of whom an attribute that only companies have must be known for them to be companies.
const COMPANIES_PERCENT_MIN: u64 = 10;

/// `None` where no attribute tells customers apart and nothing is known of companies.
pub(super) fn attributes(analysis: &Analysis) -> Option<Attributes> {
    let surveyed = &analysis.surveyed;
    let cuts: Vec<AttributeCut> =
        surveyed.telling.iter().take(ATTRIBUTES_MAX).filter_map(|name| cut(analysis, name)).collect();
    let has_deals = analysis.beside.happened.deals() > 0;
    let customers = analysis.overview.customers;
    let are_companies = surveyed
        .known
        .iter()
        .any(|(name, &known)| known * 100 >= customers * COMPANIES_PERCENT_MIN && is_of_companies(name));
    let nests = if has_deals && are_companies { nests(&surveyed.known) } else { Vec::new() };
    let named = surveyed.known.len() as u64;
    (!cuts.is_empty() || !nests.is_empty()).then_some(Attributes { customers, named, cuts, nests })
}

/// Customers by the values of an attribute, as of the moment.
fn cut(analysis: &Analysis, name: &str) -> Option<AttributeCut> {
    let mut sums: BTreeMap<&str, (u64, i128)> = BTreeMap::new();
    let mut known = 0;
    for bucket in &analysis.features {
        let revenue = bucket.exact("revenue");
        for row in 0..bucket.len() {
            let Some(value) = bucket.attribute(name, row) else { continue };
            let sum = sums.entry(value).or_default();
            sum.0 += 1;
            sum.1 += i128::from(revenue.get(row).unwrap_or(0));
            known += 1;
        }
    }
    let mut values: Vec<(&str, (u64, i128))> = sums.into_iter().collect();
    values.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
    let frequent = |(_, (customers, _)): &&(&str, (u64, i128))| {
        customers * 100 >= analysis.overview.customers * RARE_PERCENT
    };
    let shown = values.iter().filter(frequent).count().min(VALUES_SHOWN_MAX);
    let value = |name: Option<&str>, (customers, revenue): (u64, i128)| AttributeValue {
        name: name.map(str::to_owned),
        customers,
        revenue: Money(i64::try_from(revenue).unwrap_or(i64::MAX)),
    };
    let mut all: Vec<AttributeValue> =
        values[..shown].iter().map(|&(name, sum)| value(Some(name), sum)).collect();
    let rest = values[shown..].iter().fold((0, 0), |sum, (_, own)| (sum.0 + own.0, sum.1 + own.1));
    all.extend((rest.0 > 0).then(|| value(None, rest)));
    (known > 0 && shown > 1).then(|| AttributeCut { name: name.to_owned(), known, values: all })
}

/// The nests from the outside in with what is known in each; none where no attribute fits any.
fn nests(known: &BTreeMap<String, u64>) -> Vec<Nest> {
    let of = |nest: groups::Nest| Nest {
        name: nest.name().to_owned(),
        attributes: known
            .iter()
            .filter(|(name, _)| nest_of(name) == Some(nest))
            .map(|(name, &count)| (name.clone(), count))
            .collect(),
    };
    let nests: Vec<Nest> = groups::Nest::ALL.into_iter().map(of).collect();
    if nests.iter().all(|nest| nest.attributes.is_empty()) { Vec::new() } else { nests }
}
