//! What segments buy far less often than customers like theirs.

use super::bars;
use super::data::{HiddenNeed, ReportData};
use super::portraits::page_of;
use super::voice::Voice;
use askama::Template;

#[derive(Template)]
#[template(path = "report/needs.html")]
struct NeedsSection<'a> {
    v: &'a Voice<'a>,
    rows: Vec<Row>,
}

struct Row {
    /// Anchor of the segment's page; empty where it has none.
    page: String,
    segment: String,
    category: String,
    buyers: String,
    expected: String,
    missing: String,
    bar: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let row = |need: &HiddenNeed| {
        let missing = (need.expected - need.buyers as f64).max(0.0);
        let part = if need.expected > 0.0 { need.buyers as f64 / need.expected } else { 0.0 };
        Row {
            page: page_of(data, &need.of, &need.segment).unwrap_or_default(),
            segment: voice.segment(&need.of, &need.segment),
            category: need.category.clone(),
            buyers: voice.count(need.buyers),
            expected: voice.decimal(need.expected, 0),
            missing: voice.decimal(missing, 0),
            bar: bars::bar(part),
        }
    };
    let rows: Vec<Row> = data.needs.iter().map(row).collect();
    (!rows.is_empty()).then(|| super::drawn(&NeedsSection { v: voice, rows }))
}
