//! Fits and checks as tables on the terminal.

use super::TimeUnit;
use crate::cli::arguments::Shape;
use crate::cli::table::Results;
use crate::jobs::predict::{Outcome, Told};
use anyhow::Result;
use model::prediction::holdout::Comparison;
use model::prediction::holdout::accuracy::Accuracy;
use serde_json::{Value, json};

/// Digits after the point that a table shows.
const DIGITS: i32 = 6;

pub(super) fn print(outcome: &Outcome, unit: TimeUnit) -> Result<()> {
    print_parameters(outcome, unit)?;
    if outcome.models.iter().any(|told| told.holdout.is_some()) {
        println!();
        print_accuracy(outcome)?;
        println!();
        print_frequencies(outcome)?;
    }
    let value = outcome.predicted.value;
    println!();
    println!("expected in {} days: {:.1} orders", outcome.horizon_days, outcome.predicted.orders);
    println!("expected value of the next 12 months, discounted: {value}");
    Ok(())
}

/// A number as a table shows it; `null` if there is none.
fn shown(value: impl Into<Option<f64>>) -> Value {
    let rounded = |value: f64| {
        let factor = 10_f64.powi(DIGITS);
        let short = (value * factor).round() / factor;
        // What rounding would take away is shown as it is.
        json!(if short == 0.0 || value.abs() >= 1e9 { value } else { short })
    };
    value.into().map_or(Value::Null, rounded)
}

fn print_parameters(outcome: &Outcome, unit: TimeUnit) -> Result<()> {
    let mut rows = Vec::new();
    for Told { fitted, .. } in &outcome.models {
        let orders = &fitted.orders;
        let likelihood = unit.log_likelihood(orders.log_likelihood, outcome.repeats);
        for one in &orders.parameters {
            let scaled = |value| unit.parameter(one.name, value);
            rows.push(vec![
                json!(orders.asked.name()),
                json!(one.name),
                shown(scaled(one.value)),
                shown(one.standard_error.map(scaled)),
            ]);
        }
        rows.push(vec![json!(orders.asked.name()), json!("log_likelihood"), shown(likelihood), Value::Null]);
    }
    if let Some(spend) = outcome.models[outcome.best].fitted.spend {
        let model = [("p", spend.model.p), ("q", spend.model.q), ("gamma", spend.model.gamma)];
        for ((name, value), error) in model.into_iter().zip(spend.standard_errors) {
            rows.push(vec![json!("gamma_gamma"), json!(name), shown(value), shown(error)]);
        }
        rows.push(vec![
            json!("gamma_gamma"),
            json!("log_likelihood"),
            shown(spend.log_likelihood),
            Value::Null,
        ]);
    }
    Results { columns: &["model", "parameter", "value", "standard_error"], rows }.print(Shape::Table)
}

fn print_accuracy(outcome: &Outcome) -> Result<()> {
    let mut rows = Vec::new();
    for Told { fitted, holdout } in &outcome.models {
        let Some(holdout) = holdout else { continue };
        let name = fitted.orders.asked.name();
        let orders = Comparison {
            model: holdout.orders.model,
            rules: holdout.orders.rules.clone(),
            verdict: holdout.orders.verdict,
        };
        for (what, compared) in [("orders", &orders), ("money", &holdout.money)] {
            rows.push(accuracy(what, name, &compared.model));
            rows.extend(compared.rules.iter().map(|rule| accuracy(what, rule.rule.name(), &rule.accuracy)));
        }
    }
    let columns = &["of", "predicted_by", "rmse", "mae", "bias", "gini", "top_decile", "correlation"];
    // Rules say the same beside every model.
    let mut seen: Vec<Vec<Value>> = Vec::new();
    rows.retain(|row| {
        let is_new = !seen.contains(row);
        seen.push(row.clone());
        is_new
    });
    rows.sort_by_key(|row| row[0] != json!("orders"));
    Results { columns, rows }.print(Shape::Table)
}

fn accuracy(what: &str, by: &str, found: &Accuracy) -> Vec<Value> {
    vec![
        json!(what),
        json!(by),
        shown(found.rmse),
        shown(found.mae),
        shown(found.bias),
        shown(found.gini),
        shown(found.top_decile),
        shown(found.correlation),
    ]
}

fn print_frequencies(outcome: &Outcome) -> Result<()> {
    let mut rows = Vec::new();
    for Told { fitted, holdout } in &outcome.models {
        for row in holdout.iter().flat_map(|holdout| &holdout.orders.by_frequency) {
            rows.push(vec![
                json!(fitted.orders.asked.name()),
                json!(row.repeats),
                json!(row.customers),
                shown(row.actual),
                shown(row.expected),
            ]);
        }
    }
    let columns = &["model", "repeat_days", "customers", "actual_orders", "expected_orders"];
    Results { columns, rows }.print(Shape::Table)
}
