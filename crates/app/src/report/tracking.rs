//! Orders week by week: those that came as a line, those expected as a broken one.

use super::data::{PredictionCheck, WeekCheck};
use super::voice::Voice;

/// Rows of the table under the lines, about.
const ROWS: usize = 12;
/// Points of a line at most: more are not seen.
const POINTS_MAX: usize = 160;

/// The drawing in per cent of its width and height.
pub(super) struct Tracking {
    pub(super) actual: String,
    pub(super) expected: String,
    /// Where the time held out begins.
    pub(super) cut: String,
    pub(super) cut_label: String,
    /// Which end of the label stands at the line.
    pub(super) cut_anchor: &'static str,
    pub(super) first: String,
    pub(super) last: String,
    /// The highest number, at the top of the drawing.
    pub(super) most: String,
    pub(super) summary: String,
    /// Day, came, expected.
    pub(super) rows: Vec<(String, String, String)>,
}

/// `None` where there is less than a month, or nobody came back.
pub(super) fn tracking(voice: &Voice, check: &PredictionCheck) -> Option<Tracking> {
    let weeks = &check.weeks;
    let (first, last) = (weeks.first()?, weeks.last()?);
    let most = weeks.iter().map(|week| (week.actual as f64).max(week.expected)).fold(0.0, f64::max);
    if weeks.len() < 4 || most < 1.0 {
        return None;
    }
    let span = f64::from(last.day.since(first.day).max(1));
    let x = |week: &WeekCheck| f64::from(week.day.since(first.day)) / span * 100.0;
    let every = weeks.len().div_ceil(POINTS_MAX).max(1);
    let line = |value: &dyn Fn(&WeekCheck) -> f64| {
        let mut kept: Vec<&WeekCheck> = weeks.iter().rev().step_by(every).collect();
        kept.reverse();
        let place = |week: &&WeekCheck| format!("{:.2},{:.2}", x(week), (1.0 - value(week) / most) * 100.0);
        kept.iter().map(place).collect::<Vec<_>>().join(" ")
    };
    let cut = (f64::from(check.from.since(first.day)) / span * 100.0).clamp(0.0, 100.0);
    let whole = |expected: f64| voice.count(expected.round().max(0.0) as u64);
    let rows = weeks.iter().rev().step_by(weeks.len().div_ceil(ROWS).max(1));
    let rows: Vec<_> =
        rows.map(|week| (voice.day(week.day), voice.count(week.actual), whole(week.expected))).collect();
    Some(Tracking {
        actual: line(&|week| week.actual as f64),
        expected: line(&|week| week.expected),
        cut: format!("{cut:.2}"),
        cut_label: voice.say("prediction-cut"),
        cut_anchor: if cut > 50.0 { "end" } else { "start" },
        first: voice.month_short(first.day),
        last: voice.month_short(last.day),
        most: whole(most),
        summary: voice.fill(
            "prediction-weeks-summary",
            &[
                ("to", voice.day(last.day).into()),
                ("actual", voice.count(last.actual).into()),
                ("expected", whole(last.expected).into()),
            ],
        ),
        rows: rows.into_iter().rev().collect(),
    })
}
