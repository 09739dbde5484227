//! When a segment orders: by weekday, month and hour, beside the whole base.

use super::voice::Voice;
use engine::portraits::Habits;

/// Orders from which on it is shown when they are made.
const ORDERS_MIN: u64 = 30;
/// Height of the columns in pixels, and room for names below them.
const HEIGHT: f64 = 74.0;
const NAMES: f64 = 18.0;
/// Of months and hours every so many has its name below.
const MONTHS_NAMED: usize = 2;
const HOURS_NAMED: usize = 6;

/// Columns of one kind of time.
pub(super) struct Chart {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) height: f64,
    pub(super) columns: Vec<Column>,
}

/// One weekday, month or hour.
pub(super) struct Column {
    pub(super) name: String,
    /// Below the column; empty where there is no room.
    pub(super) label: String,
    pub(super) share: String,
    pub(super) base: String,
    /// In percent of the width and in pixels.
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) middle: f64,
    pub(super) y: f64,
    pub(super) height: f64,
    /// Where the base is.
    pub(super) base_y: f64,
}

/// The charts of a segment; none where too few orders tell.
pub(super) fn charts(voice: &Voice, page: &str, own: &Habits, base: &Habits) -> Vec<Chart> {
    if own.orders < ORDERS_MIN {
        return Vec::new();
    }
    let short = |kind: &str, place: usize| voice.say(&format!("{kind}-short-{}", place + 1));
    let days = |place: usize| (short("weekday", place), short("weekday", place));
    let months = |place: usize| {
        let label = if place.is_multiple_of(MONTHS_NAMED) { (place + 1).to_string() } else { String::new() };
        (voice.say(&format!("month-name-{}", place + 1)), label)
    };
    let hours = |place: usize| {
        let label = if place.is_multiple_of(HOURS_NAMED) { place.to_string() } else { String::new() };
        (format!("{place}:00"), label)
    };
    let mut charts = vec![
        chart(voice, page, "weekdays", &own.weekdays, &base.weekdays, &days),
        chart(voice, page, "year", &own.months, &base.months, &months),
    ];
    if let (Some(own), Some(base)) = (&own.hours, &base.hours) {
        charts.push(chart(voice, page, "hours", own, base, &hours));
    }
    charts
}

fn chart(
    voice: &Voice,
    page: &str,
    kind: &str,
    own: &[u64],
    base: &[u64],
    names: &dyn Fn(usize) -> (String, String),
) -> Chart {
    let share = |of: &[u64], place: usize| of[place] as f64 / of.iter().sum::<u64>().max(1) as f64;
    let most = (0..own.len()).flat_map(|place| [share(own, place), share(base, place)]).fold(0.0, f64::max);
    let y = |share: f64| ((1.0 - share / most.max(f64::MIN_POSITIVE)) * HEIGHT * 10.0).round() / 10.0;
    let step = 100.0 / own.len() as f64;
    let column = |place: usize| {
        let (name, label) = names(place);
        let [inside, whole] = [share(own, place), share(base, place)];
        Column {
            name,
            label,
            share: voice.share(inside),
            base: voice.share(whole),
            x: rounded(step * (place as f64 + 0.14)),
            width: rounded(step * 0.72),
            middle: rounded(step * (place as f64 + 0.5)),
            y: y(inside),
            height: ((HEIGHT - y(inside)) * 10.0).round() / 10.0,
            base_y: y(whole),
        }
    };
    let columns: Vec<Column> = (0..own.len()).map(column).collect();
    let busiest = (0..own.len()).rev().max_by_key(|&place| own[place]).unwrap_or(0);
    let args =
        [("name", columns[busiest].name.clone().into()), ("share", columns[busiest].share.clone().into())];
    Chart {
        id: format!("{page}-{kind}"),
        title: voice.say(&format!("habits-{kind}")),
        summary: voice.fill("habits-busiest", &args),
        height: HEIGHT + NAMES,
        columns,
    }
}

fn rounded(percent: f64) -> f64 {
    (percent * 100.0).round() / 100.0
}
