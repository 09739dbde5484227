//! Value for effort in words.

use super::value::money;
use super::{
    DRAINS, DRAINS_EFFORT, DRAINS_MONEY, EXPECTED, KNOWN, Plan, RETURNED_MIN, Repaid, SEGMENTS, Serving,
    WITHOUT_INFLUENCE, place,
};
use crate::segmentations::basis;
use crate::segmentations::contract::{Fit, Reason, Summary};
use crate::segmentations::parse::counted;
use model::calendar::AsOf;
use model::money::Money;

/// Things to tell of a fit, besides which money counts.
pub(super) fn notes(plan: &Plan, summary: &Summary, basis: &str) -> Vec<String> {
    if summary.total(KNOWN) == 0 {
        return vec![
            "No deal or touch of the last 365 days says how much effort it took, so nobody's value for \
             effort is known; import deals or touches with a column `effort`."
                .to_owned(),
        ];
    }
    let Some(hour_cost) = plan.rates.hour_cost else {
        return vec![
            "WHAT AN HOUR COSTS IS NOT SET, so nobody's effort can be held against what they bring: set it \
             with `--set effort.hour_cost=25`, in the base's currency."
                .to_owned(),
        ];
    };
    let mut notes = vec![unit(plan, hour_cost)];
    let (drains, lost) = (summary.total(DRAINS), summary.total(WITHOUT_INFLUENCE));
    if drains > 0 {
        let cost = plan.rates.cost(summary.total(DRAINS_EFFORT)).unwrap_or_default();
        notes.push(format!(
            "{} cost more than they bring: {} of effort in the last 365 days, for a {basis} of {}. Without \
             influence are {lost} of them; `drain_without_influence` marks them, `dolka effort` lists them.",
            counted(i64::try_from(drains).unwrap_or(i64::MAX), "customer"),
            money(cost),
            money(summary.total(DRAINS_MONEY)),
        ));
    }
    notes
}

fn unit(plan: &Plan, hour_cost: i64) -> String {
    let hour = Money(hour_cost);
    match plan.is_points {
        true => format!(
            "Effort is read as points: one stands for {} hours, an hour costs {hour}.",
            Money(plan.rates.hours_per_unit).to_f64()
        ),
        false => format!("Effort is read as hours, an hour costs {hour}."),
    }
}

/// Why nothing is predicted.
pub(super) fn too_few(returned: u64) -> String {
    format!(
        "{EXPECTED} is by formula: {} came back to order again, and a prediction takes {RETURNED_MIN}.",
        counted(i64::try_from(returned).unwrap_or(i64::MAX), "customer")
    )
}

/// Why a customer has the labels it has.
pub(super) fn reasons(serving: &Serving<'_>, fit: &Fit, as_of: AsOf, row: usize) -> Vec<Reason> {
    let basis = basis::name(fit);
    let rates = &serving.plan.rates;
    let repaid = serving.repaid(row);
    let part = format!("effort = {}", SEGMENTS[place(repaid)]);
    let effort = serving.effort(row).map(i128::from);
    let brought = format!("{basis} {} in the last 365 days", Money(serving.money(row)));
    let cost = effort.and_then(|effort| rates.cost(effort));
    let value = match (effort, cost) {
        (Some(effort), Some(cost)) => {
            format!("{brought}, {} hours of effort for {}", money(rates.hours(effort)).to_f64(), money(cost))
        }
        (Some(effort), None) => format!("{brought}, {} hours of effort", money(rates.hours(effort)).to_f64()),
        (None, _) => format!("{brought}, effort unknown"),
    };
    let rule = match (repaid, effort) {
        (Some(Repaid::Pays), _) => "pays: brings twice what the effort costs, or more",
        (Some(Repaid::Thin), _) => "thin: brings what the effort costs, and less than twice that",
        (Some(Repaid::Drain), _) => "drain: costs more than it brings",
        (None, Some(_)) => "effort_unknown: what an hour costs is not set",
        (None, None) => "effort_unknown: no deal or touch of the last 365 days says its effort",
    };
    let mut reasons = vec![Reason { part, value, rule: rule.to_owned() }];
    if let Some(roi) = serving.roi(row) {
        reasons.push(Reason {
            part: format!("roi = {roi}"),
            value: brought,
            rule: format!("(money − cost) / cost, cost {}", money(cost.unwrap_or_default())),
        });
    }
    if let Some(influence) = serving.influence(row) {
        let said = |name: &String| {
            let text = serving.features.attribute(name, row).unwrap_or("unknown");
            format!("{name} {text}")
        };
        reasons.push(Reason {
            part: format!("influence = {influence}"),
            value: [&serving.plan.followers, &serving.plan.referrals].map(said).join(", "),
            rule: format!("influential from {}", serving.plan.influential),
        });
    }
    if let Some(expected) = serving.expected(fit, row, as_of) {
        let by_prediction = serving.plan.by_prediction;
        let predicted = by_prediction.and_then(|by| by.explain(fit, basis::of(fit), serving.features, row));
        let (value, rule) = predicted.unwrap_or_else(|| {
            let value = format!("{basis} of all history by month, since the first order");
            (value, "12 months at the same pace".to_owned())
        });
        reasons.push(Reason { part: format!("expected_365 = {}", Money(expected)), value, rule });
    }
    reasons
}
