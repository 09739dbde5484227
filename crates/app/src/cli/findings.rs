//! How the findings of a search are shown: criteria as the text of rules, with their evidence.

use super::arguments::Shape;
use super::table::Results;
use anyhow::Result;
use engine::criteria::{LeftOut, Searched, as_rule_text};
use model::criteria::{Criterion, Hypothesis, Outcome};
use serde_json::{Value, json};

/// Columns of criteria.
const COLUMNS: &[&str] = &[
    "criterion",
    "verdict",
    "covered",
    "positives",
    "share_%",
    "from_%",
    "to_%",
    "odds_ratio",
    "p_alone",
    "p_adjusted",
    "more_needed",
];

/// What a search found, as a table.
pub(super) fn results(searched: &Searched) -> Results<'static> {
    let rows = match &searched.findings.outcome {
        Outcome::Criteria(criteria) => {
            criteria.iter().map(|criterion| row(criterion, "criterion", Some(0))).collect()
        }
        Outcome::Hypotheses(hypotheses) => hypotheses.iter().map(hypothesis).collect(),
        Outcome::NothingBeatsChance(nearest) => nearest.iter().map(hypothesis).collect(),
    };
    Results { columns: COLUMNS, rows }
}

/// Prints what a search found below its sentence, if there is anything.
pub(super) fn print(searched: &Searched) -> Result<()> {
    let results = results(searched);
    if results.rows.is_empty() { Ok(()) } else { results.print(Shape::Table) }
}

fn hypothesis(hypothesis: &Hypothesis) -> Vec<Value> {
    let verdict = if hypothesis.criterion.significant { "hypothesis" } else { "not_proven" };
    row(&hypothesis.criterion, verdict, hypothesis.more_rows)
}

fn row(criterion: &Criterion, verdict: &str, more: Option<u64>) -> Vec<Value> {
    let percent = |share: f64| json!((share * 1000.0).round() / 10.0);
    let p = |p: f64| if p < 0.0001 { json!(0.0001) } else { json!((p * 10_000.0).round() / 10_000.0) };
    vec![
        json!(as_rule_text(&criterion.conditions)),
        json!(verdict),
        json!(criterion.covered),
        json!(criterion.positives),
        percent(criterion.precision.value),
        percent(criterion.precision.low),
        percent(criterion.precision.high),
        json!((criterion.odds_ratio.value * 100.0).round() / 100.0),
        p(criterion.p),
        p(criterion.adjusted_p),
        json!(more),
    ]
}

/// What the search says, in one sentence. `what` are the rows, such as `deals`; `who` those looked for.
pub(super) fn sentence(searched: &Searched, what: &str, who: &str) -> String {
    let findings = &searched.findings;
    let over = format!(
        "{} {what}, {} of them {who}; {} rules tried",
        findings.rows, findings.positives, findings.rules
    );
    match &findings.outcome {
        Outcome::Criteria(criteria) => {
            format!("{} found ({over}).", counted(criteria.len(), "criterion", "criteria"))
        }
        Outcome::Hypotheses(list) => format!(
            "{} ({over}): with fewer than {} {what} nothing more can be said; `more_needed` says how many \
             more {what} would settle each.",
            counted(list.len(), "hypothesis", "hypotheses"),
            model::criteria::HYPOTHESES_BELOW
        ),
        Outcome::NothingBeatsChance(_) if findings.conditions == 0 => {
            format!("Nothing beats chance ({over}): there is no attribute that a condition could be on.")
        }
        Outcome::NothingBeatsChance(nearest) if nearest.is_empty() => {
            format!("Nothing beats chance ({over}).")
        }
        Outcome::NothingBeatsChance(_) => format!(
            "Nothing beats chance ({over}): what comes nearest is no better than the best that luck would \
             find."
        ),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// A word for the verdict.
pub(super) fn verdict(searched: &Searched) -> &'static str {
    match searched.findings.outcome {
        Outcome::Criteria(_) => "criteria",
        Outcome::Hypotheses(_) => "hypotheses",
        Outcome::NothingBeatsChance(_) => "nothing_beats_chance",
    }
}

/// A search as JSON: the verdict, criteria as text, and everything about them.
pub(super) fn document(searched: &Searched) -> Value {
    let texts = |found: &Outcome| -> Vec<String> {
        let text = |criterion: &Criterion| as_rule_text(&criterion.conditions);
        match found {
            Outcome::Criteria(criteria) => criteria.iter().map(text).collect(),
            Outcome::Hypotheses(list) | Outcome::NothingBeatsChance(list) => {
                list.iter().map(|hypothesis| text(&hypothesis.criterion)).collect()
            }
        }
    };
    json!({
        "verdict": verdict(searched),
        "rules": texts(&searched.findings.outcome),
        "findings": searched.findings,
        "attributes": searched.attributes,
        "left_out": searched.left_out,
        "weights": searched.scorer.as_ref().map(|scorer| &scorer.weights),
    })
}

/// A line for each attribute that was no condition.
pub(super) fn left_out(list: &[LeftOut]) -> impl Iterator<Item = String> + '_ {
    list.iter().map(|one| format!("`{}` is no condition: {}", one.attribute, one.why.said()))
}
