//! What money is counted by: margin where costs are known, else revenue, the same for everybody.

use super::contract::{Fit, Summary};
use crate::features::{Features, Question};
use crate::prediction::{Basis, COSTED_PERCENT_MIN};

const REVENUE: &str = "revenue";
const COSTED: &str = "costed_revenue";
/// Exact number of a fit: whether money is margin.
const ON_MARGIN: &str = "on_margin";

/// Asks for the features that decide.
pub(super) fn ask(question: &mut Question) {
    question.need(REVENUE);
    question.need(COSTED);
}

/// Adds what decides to a bucket's summary.
pub(super) fn summarise(features: &Features, summary: &mut Summary) {
    for name in [REVENUE, COSTED] {
        let total = features.exact(name).iter().flatten().map(i128::from).sum();
        summary.totals.insert(name.to_owned(), total);
    }
}

/// Decides, and says of `what` on which money it is.
pub(super) fn fit(summary: &Summary, what: &str, fit: &mut Fit) {
    let (revenue, costed) = (summary.total(REVENUE), summary.total(COSTED));
    let on_margin = Basis::of_totals(revenue, costed) == Basis::Margin;
    fit.exact.insert(ON_MARGIN.to_owned(), i64::from(on_margin));
    let share = if revenue > 0 { costed as f64 / revenue as f64 } else { 0.0 };
    fit.numbers.insert("costed_share".to_owned(), share);
    // Cut off, not rounded, so that what is short of the limit never reads as the limit.
    let percent = (share * 10_000.0).floor() / 100.0;
    fit.notes.push(if on_margin {
        format!("{what} is on margin: the cost of {percent} % of net revenue is known.")
    } else if costed == 0 {
        format!("{what} is on revenue: no costs are known.")
    } else {
        format!(
            "{what} is on revenue: the cost of only {percent} % of net revenue is known, and margin needs \
             {COSTED_PERCENT_MIN} %."
        )
    });
}

/// Whether money is margin.
pub(super) fn on_margin(fit: &Fit) -> bool {
    fit.exact(ON_MARGIN) == Some(1)
}

/// What money is.
pub(super) fn of(fit: &Fit) -> Basis {
    if on_margin(fit) { Basis::Margin } else { Basis::Revenue }
}

/// The feature that money is taken from, in words too.
pub(super) fn name(fit: &Fit) -> &'static str {
    of(fit).name()
}
