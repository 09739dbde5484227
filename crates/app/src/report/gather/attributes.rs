//! The attributes that tell customers apart best, and what is known of companies by nest.

use super::Analysis;
use crate::report::data::{AttributeCut, AttributeValue, Attributes, Nest};
use engine::import::names::words;
use engine::profile::{RARE_PERCENT, VALUES_SHOWN_MAX};
use model::money::Money;
use std::collections::BTreeMap;

/// Attributes that are shown.
pub(super) const ATTRIBUTES_MAX: usize = 4;
/// Nests with the beginnings of words in names of attributes that belong there, in the languages of
/// our users. The first nest that fits holds.
const NESTS: [(&str, &[&str]); 5] = [
    (
        "person",
        &["decision", "role", "title", "position", "contact", "должност", "роль", "лпр", "carrec", "amat"],
    ),
    ("purchasing", &["purchas", "buyer", "tender", "policy", "закуп", "тендер", "compr", "licita", "iepirk"]),
    ("situation", &["urgen", "priority", "application", "need", "срочн", "приоритет", "потребн", "steidz"]),
    (
        "operation",
        &[
            "technolog",
            "platform",
            "user",
            "usage",
            "software",
            "equipment",
            "технолог",
            "оборуд",
            "tehnolog",
        ],
    ),
    (
        "firm",
        &[
            "industr",
            "sector",
            "size",
            "employ",
            "revenue",
            "country",
            "city",
            "region",
            "location",
            "office",
            "founded",
            "established",
            "year",
            "subsidiary",
            "parent",
            "отрасл",
            "сектор",
            "размер",
            "сотрудник",
            "выручк",
            "стран",
            "город",
            "регион",
            "empleat",
            "ciutat",
            "pais",
            "nozare",
            "darbiniek",
            "valsts",
            "pilseta",
        ],
    ),
];
/// Words of attributes that only companies have, and the percent of customers of whom one must be known
/// for them to be companies.
const OF_COMPANIES: &[&str] = &[
    "industr",
    "sector",
    "employ",
    "founded",
    "established",
    "subsidiary",
    "отрасл",
    "сектор",
    "сотрудник",
    "empleat",
    "nozare",
    "darbiniek",
];
const COMPANIES_PERCENT_MIN: u64 = 10;
/// The nests from the outside in.
const ORDER: [&str; 5] = ["firm", "operation", "purchasing", "situation", "person"];

/// `None` where no attribute tells customers apart and nothing is known of companies.
pub(super) fn attributes(analysis: &Analysis) -> Option<Attributes> {
    let surveyed = &analysis.surveyed;
    let cuts: Vec<AttributeCut> =
        surveyed.telling.iter().take(ATTRIBUTES_MAX).filter_map(|name| cut(analysis, name)).collect();
    let has_deals = analysis.beside.happened.deals() > 0;
    let customers = analysis.overview.customers;
    let are_companies = surveyed.known.iter().any(|(name, &known)| {
        known * 100 >= customers * COMPANIES_PERCENT_MIN && begins_with_any(name, OF_COMPANIES)
    });
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

/// Whether a word of an attribute's name begins as one of some do.
fn begins_with_any(name: &str, beginnings: &[&str]) -> bool {
    let words = words(name);
    words.split(' ').any(|word| beginnings.iter().any(|begins| word.starts_with(begins)))
}

/// The nests with what is known in each; none where no attribute fits any.
fn nests(known: &BTreeMap<String, u64>) -> Vec<Nest> {
    let nest_of =
        |name: &str| NESTS.iter().find(|(_, list)| begins_with_any(name, list)).map(|(nest, _)| *nest);
    let mut nests: Vec<Nest> =
        ORDER.iter().map(|name| Nest { name: (*name).to_owned(), attributes: Vec::new() }).collect();
    for (name, &count) in known {
        let Some(place) = nest_of(name).and_then(|nest| ORDER.iter().position(|known| *known == nest)) else {
            continue;
        };
        nests[place].attributes.push((name.clone(), count));
    }
    if nests.iter().all(|nest| nest.attributes.is_empty()) {
        return Vec::new();
    }
    nests
}
