//! What is special of a segment: its figures beside those of the base, as bars to both sides of usual.

use super::voice::Voice;
use crate::words::findings::feature;
use engine::features::{Unit, feature_named};
use engine::portraits::{Portrait, Special};
use model::money::{Money, SCALE};

/// Differences that a page shows, the largest.
const SHOWN: usize = 10;
/// Smaller differences are none to act by: Cohen's d and h.
const SIZE_MIN: f64 = 0.2;
/// A bar is full where the index is so many times, or so small a part of, the usual.
const TIMES_MAX: f64 = 4.0;
/// Columns whose numbers are parts of one.
const SHARES: [&str; 3] = ["discount_share", "return_share", "online_share"];

/// One difference.
pub(super) struct Row {
    pub(super) what: String,
    pub(super) inside: String,
    pub(super) base: String,
    pub(super) index: String,
    /// The bar, an SVG; empty where there is no index.
    pub(super) bar: String,
}

/// The largest differences that are neither chance nor too small to matter.
pub(super) fn rows(voice: &Voice, portrait: &Portrait) -> Vec<Row> {
    portrait
        .special
        .iter()
        .filter(|one| one.is_clear() && one.size.abs() >= SIZE_MIN)
        .take(SHOWN)
        .map(|one| row(voice, one))
        .collect()
}

fn row(voice: &Voice, one: &Special) -> Row {
    Row {
        what: name(voice, one),
        inside: amount(voice, one, one.inside),
        base: amount(voice, one, one.base),
        index: one.index.map_or_else(|| "—".to_owned(), |index| voice.decimal(index, 0)),
        bar: one.index.map_or_else(String::new, bar),
    }
}

/// The feature, or the attribute with its value.
pub(super) fn name(voice: &Voice, one: &Special) -> String {
    let name = feature(voice.words(), &one.name);
    match &one.value {
        Some(value) => {
            voice.fill("portrait-value", &[("name", name.into()), ("value", value.clone().into())])
        }
        None => name,
    }
}

/// A share of customers, or the mean of a feature in its unit.
pub(super) fn amount(voice: &Voice, one: &Special, value: f64) -> String {
    if one.value.is_some() || SHARES.contains(&one.name.as_str()) {
        return voice.share(value);
    }
    match feature_named(&one.name).map(|feature| feature.unit) {
        Some(Unit::Money) => voice.money(Money((value * SCALE as f64).round() as i64)),
        _ => voice.decimal(value, if value.abs() < 10.0 { 1 } else { 0 }),
    }
}

/// A bar from the middle, which is what is usual, to the left or right.
pub(super) fn bar(index: f64) -> String {
    let reach = ((index / 100.0).max(1.0 / TIMES_MAX).ln() / TIMES_MAX.ln()).clamp(-1.0, 1.0) * 50.0;
    let (from, width) = if reach < 0.0 { (50.0 + reach, -reach) } else { (50.0, reach) };
    let class = if reach < 0.0 { "less" } else { "fill" };
    format!(
        "<svg class=\"bar special\" width=\"100%\" height=\"12\" aria-hidden=\"true\">\
         <rect class=\"track\" y=\"2\" width=\"100%\" height=\"8\" rx=\"4\"></rect>\
         <rect class=\"{class}\" x=\"{from:.2}%\" y=\"2\" width=\"{width:.2}%\" height=\"8\"></rect>\
         <line class=\"middle\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"12\"></line></svg>"
    )
}
