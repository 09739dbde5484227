//! The market, competitors and hidden needs in sentences.

use super::findings::{feature, segment};
use super::messages::Words;
use engine::market::{Criterion, Need, Spot};
use std::collections::BTreeSet;

/// An attribute of the final criteria: what customers have more often than a population.
pub fn criterion(words: &Words, population: &str, one: &Criterion) -> String {
    let share = |(with, known): (u64, u64)| words.percent(with as f64 / known.max(1) as f64);
    let values = one.values.join(", ");
    words.fill(
        "market-criterion",
        &[
            ("attribute", feature(words, &one.attribute).into()),
            ("values", values.into()),
            ("here", share(one.customers).into()),
            ("there", share(one.people).into()),
            ("population", population.into()),
        ],
    )
}

/// Where a white spot is: `city: Riga; gender: F`.
pub fn place(words: &Words, spot: &Spot) -> String {
    let one = |(name, value): &(String, String)| {
        words.fill("market-value", &[("name", feature(words, name).into()), ("value", value.as_str().into())])
    };
    spot.values.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A white spot: how large it is, and how many customers are missing there.
pub fn spot(words: &Words, population: &str, spot: &Spot) -> String {
    let whole = |number: f64| words.count(number.round().max(0.0) as u64);
    words.fill(
        "spots-spot",
        &[
            ("where", place(words, spot).into()),
            ("share", words.percent(spot.share()).into()),
            ("population", population.into()),
            ("have", words.count(spot.customers).into()),
            ("expected", whole(spot.expected).into()),
            ("missing", whole(spot.missing()).into()),
        ],
    )
}

/// Whose advertising addresses a value, always said to be typed; `None` where nobody's does.
pub fn typed(words: &Words, competitors: &BTreeSet<&str>) -> Option<String> {
    let names: Vec<&str> = competitors.iter().copied().collect();
    let said = || words.fill("market-typed", &[("competitors", names.join(", ").into())]);
    (!names.is_empty()).then(said)
}

/// A hidden need of a segment of the segmentation `of`.
pub fn need(words: &Words, of: &str, name: &str, need: &Need) -> String {
    let whole = |number: f64| words.count(number.round().max(0.0) as u64);
    words.fill(
        "needs-need",
        &[
            ("segment", segment(words, of, name).into()),
            ("category", need.category.as_str().into()),
            ("buyers", words.count(need.buyers).into()),
            ("expected", whole(need.expected).into()),
            ("missing", whole(need.missing()).into()),
            ("customers", words.count(need.customers).into()),
        ],
    )
}
