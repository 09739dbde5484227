//! Fits and checks as JSON: one object per model, each on a line.

use super::{TimeUnit, sentences};
use crate::jobs::predict::{Outcome, Told};
use anyhow::Result;
use engine::prediction::{HoldoutReport, VALUE_DAYS};
use model::prediction::fit::Parameter;
use model::prediction::holdout::accuracy::Accuracy;
use model::prediction::holdout::{RuleCheck, Verdict};
use serde_json::{Map, Value, json};
use std::io::Write;

pub(super) fn print(outcome: &Outcome, unit: TimeUnit, discount: f64) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for (place, told) in outcome.models.iter().enumerate() {
        writeln!(out, "{}", model(outcome, told, unit, (place == outcome.best).then_some(discount)))?;
    }
    Ok(out.flush()?)
}

/// `discount` where it is this model that predicts the customers.
fn model(outcome: &Outcome, told: &Told, unit: TimeUnit, discount: Option<f64>) -> Value {
    let Told { fitted, holdout } = told;
    let orders = &fitted.orders;
    let of = |value: &dyn Fn(&Parameter) -> Option<f64>| -> Map<String, Value> {
        let entry = |one: &Parameter| {
            let value = value(one).map(|value| unit.parameter(one.name, value));
            (one.name.to_owned(), json!(value))
        };
        orders.parameters.iter().map(entry).collect()
    };
    let likelihood = unit.log_likelihood(orders.log_likelihood, outcome.repeats);
    let compared: Map<String, Value> = outcome
        .compared
        .iter()
        .map(|(model, aic)| {
            (model.name().to_owned(), json!(shifted(*aic, orders.log_likelihood, likelihood)))
        })
        .collect();
    json!({
        "model": orders.asked.name(),
        "fitted": orders.kind.name(),
        "as_of": outcome.moment.to_string(),
        "unit": unit.name(),
        "parameters": of(&|one| Some(one.value)),
        "standard_errors": of(&|one| one.standard_error),
        "log_likelihood": likelihood,
        "aic": shifted(fitted.aic(), orders.log_likelihood, likelihood),
        "aic_of": compared,
        "customers": orders.customers,
        "dropout": orders.dropout,
        "converged": orders.converged,
        "spend": spend(told),
        "horizon_days": outcome.horizon_days,
        "predicts": discount.map(|discount| json!({
            "orders": outcome.predicted.orders,
            "value": exact(&outcome.predicted.value.to_string()),
            "value_days": VALUE_DAYS,
            "discount": discount,
        })),
        "holdout": holdout.as_ref().map(|report| holdout_of(told, report)),
        "notes": fitted.notes(),
    })
}

/// A criterion in the unit that a log-likelihood is told in.
fn shifted(aic: f64, in_weeks: f64, told: f64) -> f64 {
    aic + 2.0 * (in_weeks - told)
}

/// Exact money as a number with its own digits.
fn exact(money: &str) -> Value {
    serde_json::from_str(money).unwrap_or(Value::Null)
}

fn spend(told: &Told) -> Value {
    let Some(spend) = told.fitted.spend else { return Value::Null };
    let [p, q, gamma] = spend.standard_errors;
    json!({
        "model": "gamma_gamma",
        "on": told.fitted.basis.name(),
        "parameters": { "p": spend.model.p, "q": spend.model.q, "gamma": spend.model.gamma },
        "standard_errors": { "p": p, "q": q, "gamma": gamma },
        "log_likelihood": spend.log_likelihood,
        "customers": spend.customers,
        "converged": spend.converged,
    })
}

fn holdout_of(told: &Told, report: &HoldoutReport) -> Value {
    let orders = &report.orders;
    json!({
        "from": report.from.to_string(),
        "to": report.to.to_string(),
        "days": report.days,
        "actual_orders": report.actual_orders,
        "orders": compared(&orders.model, &orders.rules, orders.verdict),
        "money": compared(&report.money.model, &report.money.rules, report.money.verdict),
        "by_frequency": orders.by_frequency,
        "by_week": report.weeks,
        "said": sentences::verdicts(told),
    })
}

fn compared(own: &Accuracy, rules: &[RuleCheck], verdict: Verdict) -> Value {
    let (better, no_better_than) = match verdict {
        Verdict::Better => (true, None),
        Verdict::NoBetterThan(rule) => (false, Some(rule.name())),
    };
    let rules: Map<String, Value> = rules
        .iter()
        .map(|check| {
            let mut figures = json!(check.accuracy);
            figures["gain"] = json!(check.gain);
            figures["gain_error"] = json!(check.gain_error);
            (check.rule.name().to_owned(), figures)
        })
        .collect();
    json!({ "model": own, "rules": rules, "better": better, "no_better_than": no_better_than })
}
