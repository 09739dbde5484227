//! What to expect of the base: the model, who is still there, and whether such predictions were right.

use super::bars;
use super::data::{Basis, Error, FrequencyCheck, Prediction, PredictionCheck, ReportData, Standing};
use super::tracking::{self, Tracking};
use super::voice::{Voice, share_of};
use askama::Template;
use model::money::{Money, SCALE};

/// Past frequencies end in this one, which has all above too.
const REPEATS_LAST: u32 = 7;

#[derive(Template)]
#[template(path = "report/prediction.html")]
struct PredictionSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    model: String,
    active: Option<String>,
    alive: Vec<Part>,
    check: Option<Check>,
}

/// Buyers of one fifth of the probability.
struct Part {
    range: String,
    buyers: String,
    share: String,
    bar: String,
}

struct Check {
    summary: String,
    verdicts: Vec<String>,
    errors: Vec<ErrorRow>,
    tracking: Option<Tracking>,
    frequencies: Vec<FrequencyRow>,
}

struct ErrorRow {
    name: String,
    is_model: bool,
    orders: String,
    bias: String,
    money: String,
}

struct FrequencyRow {
    repeats: String,
    customers: String,
    actual: String,
    expected: String,
    bar: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let prediction = data.prediction.as_ref()?;
    let key = match prediction.basis {
        Basis::Margin => "prediction-intro-margin",
        Basis::Revenue => "prediction-intro-revenue",
    };
    let intro = voice.fill(
        key,
        &[
            ("days", voice.count_of("days", u64::from(prediction.days)).into()),
            ("orders", voice.count_of("orders", whole(prediction.orders)).into()),
            ("value", voice.money(prediction.value).into()),
            ("alive", voice.count(whole(prediction.expected_alive)).into()),
            ("buyers", voice.count_of("customers", prediction.buyers).into()),
        ],
    );
    Some(super::drawn(&PredictionSection {
        v: voice,
        intro,
        model: model_words(voice, prediction),
        active: prediction.all_active.then(|| voice.say("prediction-all-active")),
        alive: alive(voice, prediction),
        check: prediction.check.as_ref().map(|found| check(voice, found)),
    }))
}

/// A count that is an expectation, rounded.
fn whole(expected: f64) -> u64 {
    expected.round().max(0.0) as u64
}

/// The name of a model as papers write it.
fn model_name(model: &str) -> String {
    match model {
        "bg_nbd" => "BG/NBD".to_owned(),
        "mbg_nbd" => "MBG/NBD".to_owned(),
        "mbg_cnbd_k" => "MBG/CNBD-k".to_owned(),
        "pareto_nbd" => "Pareto/NBD".to_owned(),
        other => other.to_uppercase(),
    }
}

fn model_words(voice: &Voice, prediction: &Prediction) -> String {
    let mut compared: Vec<&(String, f64)> = prediction.compared.iter().collect();
    compared.sort_by(|a, b| a.1.total_cmp(&b.1));
    let figures = compared
        .into_iter()
        .map(|(model, criterion)| format!("{} {}", model_name(model), voice.decimal(*criterion, 1)))
        .collect::<Vec<_>>()
        .join(" · ");
    let model = model_name(&prediction.model);
    voice.fill("prediction-model", &[("model", model.into()), ("figures", figures.into())])
}

/// From the surest down.
fn alive(voice: &Voice, prediction: &Prediction) -> Vec<Part> {
    let parts = prediction.alive.len().max(1) as f64;
    let most = prediction.alive.iter().copied().max().unwrap_or(0);
    let part = |(place, &buyers): (usize, &u64)| Part {
        range: format!(
            "{}–{}",
            voice.decimal(place as f64 / parts * 100.0, 0),
            voice.share_whole((place + 1) as f64 / parts)
        ),
        buyers: voice.count(buyers),
        share: voice.share_whole(share_of(buyers, prediction.buyers)),
        bar: bars::bar(share_of(buyers, most)),
    };
    prediction.alive.iter().enumerate().rev().map(part).collect()
}

fn check(voice: &Voice, found: &PredictionCheck) -> Check {
    let summary = voice.fill(
        "prediction-check",
        &[
            ("from", voice.day(found.from).into()),
            ("to", voice.day(found.to).into()),
            ("customers", voice.count_of("customers", found.customers).into()),
            ("expected", voice.count_of("orders", whole(found.expected_orders)).into()),
            ("actual", voice.count(found.actual_orders).into()),
        ],
    );
    let most = found.by_frequency.iter().map(|row| row.actual.max(row.expected)).fold(0.0, f64::max);
    let of_most = |mean: f64| if most > 0.0 { mean / most } else { 0.0 };
    let frequency = |row: &FrequencyCheck| FrequencyRow {
        repeats: if row.repeats >= REPEATS_LAST {
            voice.count_of("repeats-or-more", u64::from(row.repeats))
        } else {
            voice.count(u64::from(row.repeats))
        },
        customers: voice.count(row.customers),
        actual: voice.decimal(row.actual, 2),
        expected: voice.decimal(row.expected, 2),
        bar: bars::twin_bar(of_most(row.actual), of_most(row.expected)),
    };
    Check {
        summary,
        verdicts: vec![
            verdict(voice, "orders", &found.orders_standing),
            verdict(voice, "money", &found.money_standing),
        ],
        errors: errors(voice, found),
        tracking: tracking::tracking(voice, found),
        frequencies: found.by_frequency.iter().map(frequency).collect(),
    }
}

fn verdict(voice: &Voice, what: &str, standing: &Standing) -> String {
    let (key, rule) = match standing {
        Standing::Better => ("prediction-better", ""),
        Standing::MayBeChance(rule) => ("prediction-may-be-chance", rule.as_str()),
        Standing::NoBetter(rule) => ("prediction-no-better", rule.as_str()),
        Standing::Worse(rule) => ("prediction-worse", rule.as_str()),
    };
    let what = voice.say(&format!("prediction-of-{what}"));
    voice.fill(key, &[("what", what.into()), ("rule", rule_name(voice, rule).into())])
}

fn rule_name(voice: &Voice, rule: &str) -> String {
    let key = format!("rule-{rule}");
    if voice.knows(&key) { voice.say(&key) } else { rule.to_owned() }
}

/// The model and every rule, of orders and of money.
fn errors(voice: &Voice, found: &PredictionCheck) -> Vec<ErrorRow> {
    let both = found.orders.iter().zip(&found.money).enumerate();
    let row = |(place, (orders, money)): (usize, (&Error, &Error))| ErrorRow {
        name: if place == 0 { model_name(&orders.by) } else { rule_name(voice, &orders.by) },
        is_model: place == 0,
        orders: voice.decimal(orders.rmse, 2),
        bias: orders.bias.map_or_else(
            || "—".to_owned(),
            |bias| {
                let sign = if bias > 0.0 { "+" } else { "" };
                format!("{sign}{}", voice.share_whole(bias))
            },
        ),
        money: voice.money(Money((money.rmse * SCALE as f64).round() as i64)),
    };
    both.map(row).collect()
}
