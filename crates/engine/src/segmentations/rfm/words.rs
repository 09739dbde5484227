//! Cuts told in words, with values that occur.

use super::plan::{Plan, RfmMeasure};
use crate::segmentations::contract::{Fit, Settings, Span};
use crate::segmentations::parse::counted;
use model::money::Money;

/// What a letter of a measure stands for, in the measure's own terms: days, orders, or money in
/// 1/10 000. Both limits are values that occur and are inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutWords {
    pub letter: String,
    pub measure: RfmMeasure,
    /// The favourite category that the cut is for; `None` where cuts are the same for all.
    pub category: Option<String>,
    /// Money is the average order, not the total.
    pub average: bool,
    /// The smallest value, unless nobody has less.
    pub at_least: Option<i64>,
    /// The largest value, unless nobody has more.
    pub at_most: Option<i64>,
    /// How many customers are in the group; with none, there are no limits either.
    pub customers: u64,
}

impl CutWords {
    /// `bought 5 times or more`, in English.
    pub fn text(&self) -> String {
        if self.customers == 0 {
            return "nobody".to_owned();
        }
        match self.measure {
            RfmMeasure::Recency => {
                format!(
                    "last order {}",
                    limits(self.at_least, self.at_most, "or fewer", |days| counted(days, "day")) + " ago"
                )
            }
            RfmMeasure::Frequency => {
                format!(
                    "bought {}",
                    limits(self.at_least, self.at_most, "or fewer", |times| counted(times, "time"))
                )
            }
            RfmMeasure::Money => {
                let what = if self.average { "average order" } else { "total" };
                format!(
                    "{what} {}",
                    limits(self.at_least, self.at_most, "or less", |money| Money(money).to_string())
                )
            }
        }
    }
}

fn limits(
    at_least: Option<i64>,
    at_most: Option<i64>,
    or_less: &str,
    show: impl Fn(i64) -> String,
) -> String {
    match (at_least, at_most) {
        (Some(low), Some(high)) if low == high => show(low),
        (Some(low), Some(high)) => format!("{} to {}", show(low), show(high)),
        (Some(low), None) => format!("{} or more", show(low)),
        (None, Some(high)) => format!("{} {or_less}", show(high)),
        (None, None) => "any".to_owned(),
    }
}

/// What every letter stands for: R, F and M, each best first; one set per favourite category where
/// cuts are made so.
///
/// Panics on settings that were not checked by asking for features with them.
pub fn cut_words(fit: &Fit, settings: &Settings) -> Vec<CutWords> {
    let plan = Plan::checked(settings);
    let mut found = Vec::new();
    for measure in RfmMeasure::ALL {
        let letter = measure.letter();
        for (name, spans) in &fit.spans {
            let category = name.strip_prefix(letter).and_then(|rest| rest.strip_prefix(':'));
            if name != letter && category.is_none() {
                continue;
            }
            for group in (0..spans.len()).rev() {
                found.push(group_words(&plan, measure, category, spans, group));
            }
        }
    }
    found
}

/// What one group of a measure stands for.
pub(super) fn group_words(
    plan: &Plan,
    measure: RfmMeasure,
    category: Option<&str>,
    spans: &[Option<Span>],
    group: usize,
) -> CutWords {
    let span = spans[group];
    let worse = spans[..group].iter().any(Option::is_some);
    let better = spans[group + 1..].iter().any(Option::is_some);
    // A group is open where nobody lies beyond it, unless it is the only one.
    let low = span.filter(|_| worse || !better).map(|span| span.low);
    let high = span.filter(|_| better || !worse).map(|span| span.high);
    let (at_least, at_most) = match measure {
        RfmMeasure::Recency => (high.map(|value| -value), low.map(|value| -value)),
        RfmMeasure::Frequency | RfmMeasure::Money => (low, high),
    };
    CutWords {
        letter: plan.letter(group),
        measure,
        category: category.map(str::to_owned),
        average: plan.average,
        at_least,
        at_most,
        customers: span.map_or(0, |span| span.customers),
    }
}
