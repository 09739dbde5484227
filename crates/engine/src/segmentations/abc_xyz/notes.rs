//! What ABC–XYZ tells the user about a fit.

use super::Plan;
use super::rounds::{BUYERS, MONEY, NO_COST};
use crate::features::{Measure, Question};
use crate::segmentations::contract::{Fit, Summary};
use model::calendar::Period;

/// Share of the classed in one letter above which the notes say so, in percent.
const ONE_LETTER_PERCENT: u64 = 95;

/// What may tell customers apart that nearly all have one letter.
fn offers(plan: &Plan, letter: &str) -> Vec<&'static str> {
    let mut offers = Vec::new();
    if plan.period != Period::Quarter {
        offers.push("quarters (`period = quarter`)");
    }
    if letter == "Z" && !plan.quantiles && plan.xyz_limits[0] < 0.25 {
        offers.push("wider limits (`xyz_limits = 25, 50`)");
    }
    if letter == "X" && !plan.quantiles {
        offers.push("narrower limits (`xyz_limits`)");
    }
    if !plan.quantiles {
        offers.push("equal thirds (`mode = quantiles`)");
    }
    if offers.is_empty() {
        offers.push("another measure (`xyz = orders`)");
    }
    offers
}

/// Says what the letters can and cannot tell.
pub(super) fn note(plan: &Plan, question: &Question, summary: &Summary, letters: [u64; 3], fit: &mut Fit) {
    let classed: u64 = letters.iter().sum();
    for (letter, count) in ["X", "Y", "Z"].into_iter().zip(letters) {
        if count * 100 > ONE_LETTER_PERCENT * classed {
            fit.notes.push(format!(
                "{count} of the {classed} customers that can be classed are {letter}, so the letter hardly \
                 tells them apart; try {}, or look at the variation of gaps between orders.",
                offers(plan, letter).join(", or ")
            ));
        }
    }
    let no_cost = summary.total(NO_COST);
    if plan.by == Measure::Margin && no_cost > 0 {
        fit.notes.push(format!(
            "{no_cost} of {} customers have no line with a known cost and count as zero margin.",
            summary.total(BUYERS)
        ));
    }
    if plan.season && question.season.is_none() {
        fit.notes.push("The common season could not be removed: its indexes are unknown.".to_owned());
    }
    if summary.histogram(MONEY).bins().last().is_none_or(|bin| bin.greatest <= 0) {
        fit.notes.push(format!(
            "Nobody brought money from {} to {}, so everybody is C.",
            question.periods.first_day(),
            question.periods.last_day()
        ));
    }
}
