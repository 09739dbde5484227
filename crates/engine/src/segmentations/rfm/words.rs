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
        let ends = (self.at_least, self.at_most);
        match self.measure {
            RfmMeasure::Recency => match ends {
                (_, Some(0)) => "last order on the as-of day".to_owned(),
                (Some(low), None) => format!("last order {} ago or more", counted(low, "day")),
                (None, Some(high)) => format!("last order at most {} ago", counted(high, "day")),
                _ => format!("last order {} ago", between(ends, |days| counted(days, "day"))),
            },
            RfmMeasure::Frequency => match ends {
                (_, Some(1)) => "bought once".to_owned(),
                (Some(low), None) => format!("bought {} or more", counted(low, "time")),
                (None, Some(high)) => format!("bought at most {}", counted(high, "time")),
                _ => format!("bought {}", between(ends, |times| counted(times, "time"))),
            },
            RfmMeasure::Money => {
                let what = if self.average { "average order" } else { "total" };
                let show = |money: i64| Money(money).to_string();
                match ends {
                    (Some(low), None) => format!("{what} {} or more", show(low)),
                    (None, Some(high)) => format!("{what} {} or less", show(high)),
                    _ => format!("{what} {}", between(ends, show)),
                }
            }
        }
    }
}

/// One value where both ends are it, else both, such as `31 to 90 days`.
fn between(ends: (Option<i64>, Option<i64>), show: impl Fn(i64) -> String) -> String {
    match ends {
        (Some(low), Some(high)) if low != high => {
            let upper = show(high);
            let lower = show(low);
            // The unit stands once, after the upper end.
            format!("{} to {upper}", lower.split(' ').next().unwrap_or(&lower))
        }
        (low, high) => low.or(high).map_or("any".to_owned(), show),
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
