//! Deals as tables for outputs.

use super::about::ABOUT;
use super::analysis::Analysis;
use super::judge::Judged;
use super::settings::Plan;
use crate::criteria::as_rule_text;
use crate::facts::events::deal::Outcome;
use crate::facts::schema::exact;
use arrow_array::{ArrayRef, Date32Array, Decimal64Array, Float64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, Field, Schema};
use model::criteria::{Score, Scorer};
use model::money::{SCALE, divide_half_even};
use std::sync::Arc;

/// The columns of open deals with their points.
pub const OPEN_COLUMNS: [(&str, &str); 7] = [
    ("deal_id", "The deal."),
    ("customer_id", "Whose it is; empty where nobody is known."),
    ("opened_at", "Day on which it was opened."),
    ("amount", "What it is worth."),
    ("points", "Sum of the weights of the criteria that count; 0 is the usual chance."),
    ("chance", "The chance that the points stand for, in the rough."),
    ("criteria", "The criteria that count, as the text of rules, parted by semicolons."),
];

/// The criteria of a score that count, as the text of rules, parted by semicolons.
pub fn criteria_of(scorer: &Scorer, score: &Score) -> String {
    let counting = scorer.weights.iter().enumerate().filter(|(bit, _)| score.counted >> bit & 1 == 1);
    counting.map(|(_, weight)| as_rule_text(&weight.conditions)).collect::<Vec<_>>().join("; ")
}

/// The deals looked at, oldest first, with the columns of [`ABOUT`].
///
/// `shown` gives the id that is shown of a customer.
///
/// # Errors
/// None that can happen: the columns fit the schema.
pub fn closed(
    analysis: &Analysis,
    plan: &Plan,
    shown: impl Fn(&str) -> String,
) -> Result<RecordBatch, ArrowError> {
    let judged = &analysis.judged;
    let hours = |units: i64| {
        let hours = divide_half_even(i128::from(units) * i128::from(plan.hours_per_unit), i128::from(SCALE));
        i64::try_from(hours).unwrap_or(i64::MAX)
    };
    let customer = |one: &Judged| one.deal.customer_id.as_deref().map(&shown);
    let outcome = |one: &Judged| match one.deal.outcome {
        Outcome::Won => "won",
        Outcome::Lost => "lost",
        Outcome::Open => "open",
    };
    let days = |one: &Judged| one.deal.days_to_close();
    let columns: Vec<ArrayRef> = vec![
        texts(judged.iter().map(|one| Some(one.deal.id.clone()))),
        texts(judged.iter().map(customer)),
        texts(judged.iter().map(|one| Some(outcome(one).to_owned()))),
        Arc::new(judged.iter().map(|one| one.deal.closing_day().map(|day| day.0)).collect::<Date32Array>()),
        texts(judged.iter().map(|one| Some(one.class.name().to_owned()))),
        texts(judged.iter().map(|one| Some(one.rule.name().to_owned()))),
        texts(judged.iter().map(|one| Some(one.reason.clone()))),
        Arc::new(
            judged.iter().map(|one| days(one).map(|days| days / SCALE)).collect::<arrow_array::Int64Array>(),
        ),
        exacts(judged.iter().map(|one| one.deal.questions)),
        exacts(judged.iter().map(|one| one.deal.discount)),
        exacts(judged.iter().map(|one| one.deal.margin)),
        exacts(judged.iter().map(|one| one.deal.effort.map(hours))),
        exacts(judged.iter().map(|one| one.deal.amount)),
    ];
    batch(ABOUT.columns.iter().map(|(name, _)| *name), columns)
}

/// The open deals with their points, most points first, with the columns of [`OPEN_COLUMNS`].
///
/// # Errors
/// None that can happen: the columns fit the schema.
pub fn open(
    analysis: &Analysis,
    scorer: &Scorer,
    shown: impl Fn(&str) -> String,
) -> Result<RecordBatch, ArrowError> {
    let open = &analysis.open;
    let columns: Vec<ArrayRef> = vec![
        texts(open.iter().map(|one| Some(one.deal.id.clone()))),
        texts(open.iter().map(|one| one.deal.customer_id.as_deref().map(&shown))),
        Arc::new(open.iter().map(|one| one.deal.opened.map(|day| day.0)).collect::<Date32Array>()),
        exacts(open.iter().map(|one| one.deal.amount)),
        Arc::new(open.iter().map(|one| Some(one.score.points)).collect::<Float64Array>()),
        Arc::new(open.iter().map(|one| Some(one.score.chance)).collect::<Float64Array>()),
        texts(open.iter().map(|one| Some(criteria_of(scorer, &one.score)))),
    ];
    batch(OPEN_COLUMNS.iter().map(|(name, _)| *name), columns)
}

fn texts(values: impl Iterator<Item = Option<String>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn exacts(values: impl Iterator<Item = Option<i64>>) -> ArrayRef {
    Arc::new(values.collect::<Decimal64Array>().with_data_type(exact()))
}

fn batch<'a>(
    names: impl Iterator<Item = &'a str>,
    columns: Vec<ArrayRef>,
) -> Result<RecordBatch, ArrowError> {
    let fields: Vec<Field> = names
        .zip(&columns)
        .map(|(name, column)| Field::new(name, column.data_type().clone(), true))
        .collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}
