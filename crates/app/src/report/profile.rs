//! The segment profile plot: every segment beside the base, in everything that sets one of them apart.
//!
//! After the profile plot of Leisch (2008), as a table whose cells are tinted by how far a segment is from
//! the other customers; the figure and its mark say the same without colour.

use super::data::ReportData;
use super::portraits::page_of;
use super::special;
use super::voice::Voice;
use askama::Template;
use engine::portraits::{Portraits, Special};

/// Rows of the plot: what sets segments apart most.
const ROWS_MAX: usize = 18;
/// Sizes of a difference (Cohen's d, or h of shares) from which on it is small, medium and large.
const SMALL: f64 = 0.2;
const MEDIUM: f64 = 0.5;
const LARGE: f64 = 0.8;

#[derive(Template)]
#[template(path = "report/profile.html")]
struct Profile<'a> {
    v: &'a Voice<'a>,
    plots: Vec<Plot>,
}

/// One segmentation.
struct Plot {
    title: String,
    heads: Vec<Head>,
    rows: Vec<Row>,
}

struct Head {
    page: String,
    name: String,
}

struct Row {
    name: String,
    base: String,
    cells: Vec<Cell>,
}

struct Cell {
    /// `more` or `less` with 1 to 3, or nothing where the segment is as usual.
    class: String,
    text: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let plots: Vec<Plot> = data.portraits.iter().filter_map(|of| plot(voice, data, of)).collect();
    (!plots.is_empty()).then(|| super::drawn(&Profile { v: voice, plots }))
}

fn plot(voice: &Voice, data: &ReportData, of: &Portraits) -> Option<Plot> {
    let mut rows: Vec<(&Special, f64)> = Vec::new();
    for special in of.portraits.iter().flat_map(|one| &one.special).filter(|one| one.is_clear()) {
        let size = special.size.abs();
        match rows.iter_mut().find(|(known, _)| is_same(known, special)) {
            Some((_, largest)) => *largest = largest.max(size),
            None => rows.push((special, size)),
        }
    }
    rows.retain(|(_, size)| *size >= SMALL);
    rows.sort_by(|(a, one), (b, other)| {
        other.total_cmp(one).then_with(|| (&a.name, &a.value).cmp(&(&b.name, &b.value)))
    });
    rows.truncate(ROWS_MAX);
    if rows.is_empty() || of.portraits.len() < 2 {
        return None;
    }
    let cell = |wanted: &Special, own: &[Special]| {
        let found = own.iter().find(|special| is_same(wanted, special) && is_shown(special));
        found.map_or_else(|| Cell { class: String::new(), text: "·".to_owned() }, |one| marked(voice, one))
    };
    let row = |(special, _): (&Special, f64)| Row {
        name: special::name(voice, special),
        base: special::amount(voice, special, special.base),
        cells: of.portraits.iter().map(|one| cell(special, &one.special)).collect(),
    };
    let head = |one: &engine::portraits::Portrait| Head {
        page: page_of(data, &of.of, &one.name).unwrap_or_default(),
        name: voice.segment(&of.of, &one.name),
    };
    Some(Plot {
        title: voice.say(
            super::worries::section(&of.of)
                .map_or_else(|| "profile-title".to_owned(), |section| format!("{section}-title"))
                .as_str(),
        ),
        heads: of.portraits.iter().map(head).collect(),
        rows: rows.into_iter().map(row).collect(),
    })
}

fn is_shown(one: &Special) -> bool {
    one.is_clear() && one.size.abs() >= SMALL
}

fn is_same(one: &Special, other: &Special) -> bool {
    one.name == other.name && one.value == other.value
}

/// The index, or where there is none the figure, with a mark for up or down.
fn marked(voice: &Voice, one: &Special) -> Cell {
    let step = match one.size.abs() {
        large if large >= LARGE => 3,
        medium if medium >= MEDIUM => 2,
        _ => 1,
    };
    let (side, mark) = if one.size > 0.0 { ("more", "▲") } else { ("less", "▼") };
    let figure = match one.index {
        Some(index) => voice.decimal(index, 0),
        None => special::amount(voice, one, one.inside),
    };
    Cell { class: format!("{side}{step}"), text: format!("{mark} {figure}") }
}
