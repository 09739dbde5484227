//! RFM: named segments as boxes and cards, the cells as a table, the cuts in words.

use super::data::{Cut, Measure, ReportData, Rfm, RfmMoney};
use super::matrix::{self, Matrix, group_name};
use super::segments::{self, Card};
use super::treemap::{self, Treemap};
use super::voice::Voice;
use askama::Template;
use model::money::Money;

#[derive(Template)]
#[template(path = "report/rfm.html")]
struct RfmSection<'a> {
    v: &'a Voice<'a>,
    treemaps: Vec<Treemap>,
    treemap_summary: String,
    cards: Vec<Card>,
    matrix: Matrix,
    legend: String,
    window: String,
    groups: Vec<String>,
    cuts: Vec<CutRow>,
}

struct CutRow {
    measure: String,
    /// One per group, from the worst; an empty group says so.
    groups: Vec<String>,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let rfm = data.rfm.as_ref()?;
    let cards = segments::cards(voice, rfm);
    let best = u64::from(rfm.groups);
    let legend =
        if rfm.groups == 3 { voice.say("rfm-legend") } else { voice.count_of("rfm-legend-digits", best) };
    let window = match rfm.window_days {
        Some(days) => voice.count_of("rfm-window", u64::from(days)),
        None => voice.say("rfm-window-all"),
    };
    let largest = rfm.names.iter().max_by_key(|name| name.customers);
    let treemap_summary = largest.map_or_else(String::new, |name| {
        let customers = voice.count_of("customers", name.customers);
        voice.fill(
            "treemap-summary",
            &[("name", voice.segment("rfm", &name.name).into()), ("customers", customers.into())],
        )
    });
    Some(super::drawn(&RfmSection {
        v: voice,
        treemaps: treemap::treemaps(voice, rfm),
        treemap_summary,
        cards,
        matrix: matrix::matrix(voice, rfm),
        legend,
        window,
        groups: (1..=rfm.groups).map(|group| group_name(rfm.groups, group)).collect(),
        cuts: cuts(voice, rfm),
    }))
}

/// The name of a measure; M is the total or the average order.
pub(super) fn measure_name(voice: &Voice, measure: Measure, money: RfmMoney) -> String {
    voice.say(match (measure, money) {
        (Measure::Recency, _) => "measure-recency",
        (Measure::Frequency, _) => "measure-frequency",
        (Measure::Money, RfmMoney::Total) => "measure-money",
        (Measure::Money, RfmMoney::AverageOrder) => "measure-average-order",
    })
}

/// One row per measure; none where cuts are made per category and there is no one border.
fn cuts(voice: &Voice, rfm: &Rfm) -> Vec<CutRow> {
    if rfm.cuts.is_empty() {
        return Vec::new();
    }
    let row = |measure: Measure| {
        let of_measure: Vec<&Cut> = rfm.cuts.iter().filter(|cut| cut.measure == measure).collect();
        let group = |group: u8| match of_measure.iter().find(|cut| cut.group == group) {
            Some(cut) => cut_words(voice, cut, &of_measure),
            None => voice.say("cut-empty"),
        };
        CutRow {
            measure: measure_name(voice, measure, rfm.money),
            groups: (1..=rfm.groups).map(group).collect(),
        }
    };
    [Measure::Recency, Measure::Frequency, Measure::Money].map(row).into()
}

/// A cut in words, open at the ends of the scale.
fn cut_words(voice: &Voice, cut: &Cut, all: &[&Cut]) -> String {
    let worst = all.iter().all(|other| other.group >= cut.group);
    let best = all.iter().all(|other| other.group <= cut.group);
    let end = match (worst, best) {
        _ if cut.from == cut.to => "exact",
        (true, true) | (false, false) => "middle",
        (true, false) => "worst",
        (false, true) => "best",
    };
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    match cut.measure {
        Measure::Money => voice.fill(
            &format!("cut-money-{end}"),
            &[
                ("from", voice.money_exact(Money(cut.from)).into()),
                ("to", voice.money_exact(Money(cut.to)).into()),
            ],
        ),
        Measure::Recency | Measure::Frequency => {
            // Few days are good and many orders are good, so the scale is open at the many days of
            // the worst group and at the many orders of the best one.
            let (name, open) = match cut.measure {
                Measure::Recency => ("recency", "worst"),
                _ => ("frequency", "best"),
            };
            let shown = if end == open { cut.from } else { cut.to };
            voice.fill(
                &format!("cut-{name}-{end}"),
                &[("from", voice.count(count(cut.from)).into()), ("count", count(shown).into())],
            )
        }
    }
}
