//! What RFM tells the user about a fit.

use super::plan::{Plan, RfmMeasure, Window};
use crate::features::Question;
use crate::segmentations::contract::{Fit, Summary};
use crate::segmentations::parse::counted;
use model::calendar::Day;

/// Below these the notes say how little cuts mean.
const BUYERS_MIN: u64 = 100;
const HISTORY_DAYS_MIN: i32 = 90;

/// The letters of a cut that nobody has.
pub(super) struct Empty<'a> {
    pub(super) category: Option<&'a str>,
    pub(super) buyers: u64,
    pub(super) letters: Vec<String>,
}

/// Says which letters of a measure nobody has, and why.
pub(super) fn note_empty(plan: &Plan, measure: RfmMeasure, cuts: &[Empty<'_>], fit: &mut Fit) {
    let word = match measure {
        RfmMeasure::Recency => "recency",
        RfmMeasure::Frequency => "frequency",
        RfmMeasure::Money => "money",
    };
    let why = if plan.thresholds[measure as usize].is_some() {
        "nobody lies between the thresholds"
    } else if cuts.iter().all(|cut| cut.buyers < plan.groups as u64) {
        "there are fewer buyers than groups"
    } else {
        "too many customers have the same value to cut between them"
    };
    match cuts {
        [Empty { category: None, letters, .. }] => {
            if !letters.is_empty() {
                fit.notes.push(format!("Nobody has {} for {word}: {why}.", letters.join(" or ")));
            }
        }
        cuts => {
            let (hit, of) = (cuts.iter().filter(|cut| !cut.letters.is_empty()).count(), cuts.len());
            if hit > 0 {
                fit.notes.push(format!("In {hit} of {of} categories a letter for {word} is empty: {why}."));
            }
        }
    }
}

/// Says how little cuts mean on a small or young base, and which orders count.
pub(super) fn note_size(plan: &Plan, question: &Question, buyers: u64, summary: &Summary, fit: &mut Fit) {
    if let (Some(from), false) = (question.window_from, plan.window == Window::All) {
        fit.notes.push(format!("Only orders from {from} to {} count.", question.as_of));
    }
    if buyers < BUYERS_MIN {
        let buyers = counted(i64::try_from(buyers).unwrap_or(i64::MAX), "buyer");
        fit.notes.push(format!(
            "With {buyers} the cuts mean little: from {BUYERS_MIN} buyers on, groups begin to be stable."
        ));
    }
    let first = summary.set(super::rounds::FIRST_DAYS).at_rank(1);
    if let Some(first) = first.and_then(|day| i32::try_from(day).ok()) {
        let days = question.as_of.0.since(Day(first));
        if days < HISTORY_DAYS_MIN {
            fit.notes.push(format!(
                "The first order is {} old; under {HISTORY_DAYS_MIN} days, how lately and how often \
                 say little.",
                counted(i64::from(days), "day")
            ));
        }
    }
}
