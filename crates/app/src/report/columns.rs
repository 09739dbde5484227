//! Money by month as columns: an SVG that stretches sideways while its letters keep their size.
//!
//! Horizontal places are shares of the width, vertical ones are pixels.

use super::data::ReportData;
use super::summary::is_partial;
use super::voice::Voice;
use crate::words::dates::month_name_short;
use model::money::{Money, SCALE};

/// Height of the drawing, without the labels of the axis, in pixels.
const PLOT: f64 = 190.0;
/// Room above the plot for the label of the highest column, in pixels.
const ABOVE: f64 = 22.0;
/// Width of a letter of an axis, in pixels.
const LETTER: usize = 7;
/// About how many lines the value axis has.
const LINES: f64 = 4.0;
/// How many month names fit side by side on a wide and on a narrow page.
const NAMES_WIDE: usize = 14;
const NAMES_NARROW: usize = 5;
/// How many years do.
const YEARS_NARROW: usize = 6;

/// Percent of the width, from either side, in which the value of the best column would not fit
/// around its middle on a narrow page.
const EDGE: f64 = 10.0;

/// The drawing, places worked out.
pub(super) struct Columns {
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<Line>,
    /// Height of the whole drawing, in pixels.
    pub(super) height: String,
    /// What the drawing shows, in a sentence.
    pub(super) summary: String,
    pub(super) has_partial: bool,
    /// Room for the labels of the value axis, in pixels.
    pub(super) scale_width: usize,
}

pub(super) struct Column {
    pub(super) x: String,
    pub(super) width: String,
    pub(super) y: String,
    pub(super) height: String,
    pub(super) partial: bool,
    /// What a pointer over the column says.
    pub(super) title: String,
    /// Middle of the column, where its labels stand.
    pub(super) middle: String,
    /// Money over the highest column.
    pub(super) value: Option<String>,
    /// Which part of the value stands at the middle of the column.
    pub(super) value_anchor: &'static str,
    pub(super) value_y: String,
    pub(super) name: String,
    pub(super) year: Option<String>,
    /// Whether there is room for the year on a narrow page.
    pub(super) year_on_narrow: bool,
    pub(super) on_wide: bool,
    pub(super) on_narrow: bool,
}

pub(super) struct Line {
    pub(super) y: String,
    pub(super) label_y: String,
    pub(super) label: String,
    pub(super) zero: bool,
}

/// Draws the months; `None` where there are too few to compare.
pub(super) fn months(voice: &Voice, data: &ReportData) -> Option<Columns> {
    let months = &data.months;
    if months.len() < 2 {
        return None;
    }
    let values: Vec<f64> = months.iter().map(|month| month.revenue.to_f64()).collect();
    let top = values.iter().copied().fold(0.0, f64::max);
    let bottom = values.iter().copied().fold(0.0, f64::min);
    if top <= bottom {
        return None;
    }
    let step = nice_step((top - bottom) / LINES);
    let (low, high) = ((bottom / step).floor() * step, (top / step).ceil() * step);
    let place = |value: f64| ABOVE + (high - value) / (high - low) * PLOT;
    let best = (0..values.len()).max_by(|&a, &b| values[a].total_cmp(&values[b])).unwrap_or(0);
    let slot = 100.0 / months.len() as f64;
    let column = |position: usize| {
        let month = &months[position];
        let (from, to) = (place(values[position].max(0.0)), place(values[position].min(0.0)));
        let is_january = month.month.date().month() == 1;
        let year = (position == 0 || is_january).then(|| month.month.date().year());
        let next_january = 13 - usize::from(month.month.date().month().unsigned_abs());
        let every = |fit: usize| position.is_multiple_of(months.len().div_ceil(fit));
        Column {
            x: format!("{:.3}", slot * (position as f64 + 0.14)),
            width: format!("{:.3}", slot * 0.72),
            y: format!("{from:.1}"),
            height: format!("{:.1}", (to - from).max(1.0)),
            partial: is_partial(data, month.month),
            title: voice.fill(
                "months-column",
                &[
                    ("month", voice.month(month.month).into()),
                    ("revenue", voice.money(month.revenue).into()),
                    ("orders", voice.count_of("orders", month.orders).into()),
                ],
            ),
            middle: format!("{:.3}", slot * (position as f64 + 0.5)),
            value: (position == best).then(|| voice.money_short(month.revenue)),
            value_anchor: match slot * (position as f64 + 0.5) {
                ..EDGE => "start",
                middle if middle > 100.0 - EDGE => "end",
                _ => "middle",
            },
            value_y: format!("{:.1}", from - 6.0),
            name: month_name_short(voice.language(), month.month).to_owned(),
            year: year.map(|year| year.to_string()),
            year_on_narrow: is_january || next_january * YEARS_NARROW >= months.len(),
            on_wide: every(NAMES_WIDE),
            on_narrow: every(NAMES_NARROW),
        }
    };
    let summary = voice.fill(
        "months-summary",
        &[
            ("month", voice.month(months[best].month).into()),
            ("revenue", voice.money(months[best].revenue).into()),
        ],
    );
    let lines = lines(voice, low, high, step, place);
    let longest = lines.iter().map(|line| line.label.chars().count()).max().unwrap_or(0);
    Some(Columns {
        columns: (0..months.len()).map(column).collect(),
        lines,
        scale_width: longest * LETTER + 12,
        height: format!("{:.0}", ABOVE + PLOT + 42.0),
        summary,
        has_partial: months.iter().any(|month| is_partial(data, month.month)),
    })
}

fn lines(voice: &Voice, low: f64, high: f64, step: f64, place: impl Fn(f64) -> f64) -> Vec<Line> {
    let count = ((high - low) / step).round() as i32;
    let line = |position: i32| {
        let value = low + step * f64::from(position);
        let money = Money((value * SCALE as f64).round() as i64);
        Line {
            y: format!("{:.1}", place(value)),
            label_y: format!("{:.1}", place(value) + 4.0),
            label: voice.money_short(money),
            zero: money == Money::ZERO,
        }
    };
    (0..=count).map(line).collect()
}

/// The nearest of 1, 2, 5 × 10ⁿ that is not below a size.
fn nice_step(size: f64) -> f64 {
    let power = 10f64.powf(size.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|&step| step >= size * 0.999).unwrap_or(power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::nice_step;

    #[test]
    fn steps_are_round() {
        let steps = [0.7, 1.0, 1.1, 2.1, 51.0, 270_000.0].map(nice_step);
        assert_eq!(steps, [1.0, 1.0, 2.0, 5.0, 100.0, 500_000.0]);
    }
}
