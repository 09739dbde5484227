//! What the reader must know to read the numbers right.

use super::counted::Counted;
use super::{Analysis, rfm};
use crate::report::data::{AbcXyz, Basis, Note, ReportData};
use model::money::Money;

/// Buyers and days of history under which cuts mean little.
const BUYERS_MIN: u64 = 100;
const HISTORY_DAYS_MIN: u64 = 90;
/// Share of the classed in one letter of XYZ, in percent, above which the letters tell little.
const ONE_LETTER_PERCENT: u64 = 95;
/// The least share of revenue without a customer that is told: less is shown as 0 %.
const ANONYMOUS_SHARE_MIN: f64 = 0.001;
/// The least share of rejected rows that is told: below it totals hardly suffer.
const REJECTED_SHARE_MIN: f64 = 0.05;

/// Notes on a report whose sections are complete.
pub(super) fn notes(analysis: &Analysis, counted: &Counted, data: &ReportData) -> Vec<Note> {
    let mut notes = Vec::new();
    notes.extend(many_rejected(data));
    let totals = &data.totals;
    if (1..BUYERS_MIN).contains(&totals.buyers) {
        notes.push(Note::FewBuyers { buyers: totals.buyers });
    }
    let days = totals.first_day.zip(totals.last_day).map_or(0, |(first, last)| last.since(first) + 1);
    let days = u64::from(days.unsigned_abs());
    if (1..HISTORY_DAYS_MIN).contains(&days) {
        notes.push(Note::ShortHistory { days });
    }
    notes.extend(anonymous(data));
    if data.rfm.is_some() {
        let empty = rfm::empty_groups(analysis);
        notes.extend(empty.into_iter().map(|(measure, group)| Note::EmptyGroup { measure, group }));
    }
    notes.extend(no_whole_period(analysis, counted));
    notes.extend(data.abc_xyz.as_ref().and_then(one_letter));
    notes.extend(costs(analysis, counted, data));
    if totals.buyers > 0 && data.stages.as_ref().is_some_and(|stages| stages.cycle_days.is_none()) {
        notes.push(Note::NoCycle);
    }
    notes
}

fn many_rejected(data: &ReportData) -> Option<Note> {
    let rows: u64 = data.files.iter().map(|file| file.counts.rows).sum();
    let rejected: u64 = data.files.iter().map(|file| file.counts.rejected).sum();
    let share = if rows > 0 { rejected as f64 / rows as f64 } else { 0.0 };
    (share >= REJECTED_SHARE_MIN).then_some(Note::ManyRejected { share })
}

fn anonymous(data: &ReportData) -> Option<Note> {
    let share = share(data.totals.anonymous_revenue, data.totals.revenue)?;
    (share >= ANONYMOUS_SHARE_MIN).then_some(Note::AnonymousRevenue { share })
}

fn share(part: Money, whole: Money) -> Option<f64> {
    (whole.0 > 0).then(|| part.to_f64() / whole.to_f64())
}

/// Known customers have ordered, but all after the last period that is over.
fn no_whole_period(analysis: &Analysis, counted: &Counted) -> Option<Note> {
    analysis.segmentation("abc_xyz")?;
    let first = counted.first_order?;
    (first > analysis.question.periods.last_day()).then_some(Note::NoWholePeriod)
}

/// One of X, Y, Z holds nearly all who can be classed.
fn one_letter(abc_xyz: &AbcXyz) -> Option<Note> {
    let letters = ['X', 'Y', 'Z'];
    let of = |letter: char| {
        let cells = abc_xyz.cells.iter().filter(|cell| cell.xyz == letter);
        cells.map(|cell| cell.customers).sum::<u64>()
    };
    let classed: u64 = letters.into_iter().map(of).sum();
    let letter = letters.into_iter().find(|&letter| of(letter) * 100 > ONE_LETTER_PERCENT * classed)?;
    Some(Note::XyzOneLetter { letter, share: of(letter) as f64 / classed as f64 })
}

fn costs(analysis: &Analysis, counted: &Counted, data: &ReportData) -> Option<Note> {
    let (_, fit) = analysis.segmentation("ltv")?;
    match data.ltv.as_ref()?.basis {
        Basis::Margin => None,
        Basis::Revenue if counted.costed == 0 => Some(Note::NoCosts),
        Basis::Revenue => {
            // Cut off, not rounded, so that what is short of the limit never reads as the limit.
            let share = (fit.number("costed_share")?.clamp(0.0, 1.0) * 1000.0).floor() / 1000.0;
            Some(Note::CostsPartly { share })
        }
    }
}
