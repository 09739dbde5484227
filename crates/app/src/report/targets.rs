//! How large segments are and what they promise.

use super::data::{ReachedBy, ReportData, Targets};
use super::portraits::page_of;
use super::voice::{Voice, share_of};
use super::{bars, evaluation};
use askama::Template;
use engine::targets::{Bubble, Potential};
use model::money::Money;

#[derive(Template)]
#[template(path = "report/targets.html")]
struct TargetsSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    reach: String,
    reach_is_known: bool,
    /// The facts go back two years.
    grows: bool,
    rows: Vec<Row>,
    /// The evaluation plot with its table; empty where there is nothing to weigh.
    evaluation: String,
}

struct Row {
    aim: &'static str,
    /// Anchor of the segment's page; empty where it has none.
    page: String,
    name: String,
    customers: String,
    reachable: String,
    returning: String,
    year: String,
    growth: String,
    bar: String,
    order: String,
    ltv: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let targets = data.targets.as_ref().filter(|targets| !targets.segments.is_empty())?;
    let years = |one: &Potential| one.revenue_year.max(one.revenue_year_before.unwrap_or(0));
    let most = targets.segments.iter().map(years).max()?;
    let row = |one: &Potential| row(voice, data, targets, one, most);
    Some(super::drawn(&TargetsSection {
        v: voice,
        intro: intro(voice, targets),
        reach: voice.say(match targets.reach {
            ReachedBy::Nothing => "targets-reach-nothing",
            ReachedBy::Contact => "targets-reach-contact",
            ReachedBy::Consent => "targets-reach-consent",
        }),
        grows: targets.segments.iter().any(|one| one.revenue_year_before.is_some()),
        reach_is_known: targets.reach != ReachedBy::Nothing,
        rows: targets.segments.iter().map(row).collect(),
        evaluation: targets.evaluation.as_ref().map_or_else(String::new, |of| {
            evaluation::section(of, Bubble::Revenue, &targets.of, voice.language())
        }),
    }))
}

/// Where most of the year's money comes from, and what has grown and shrunk.
fn intro(voice: &Voice, targets: &Targets) -> String {
    let whole: i128 = targets.segments.iter().map(|one| one.revenue_year.max(0)).sum();
    let name = |one: &Potential| voice.segment(&targets.of, &one.name);
    let mut said = vec![voice.say("targets-intro")];
    if let Some(best) = targets.segments.iter().max_by_key(|one| one.revenue_year).filter(|_| whole > 0) {
        let share = voice.share_whole(best.revenue_year as f64 / whole as f64);
        said.push(voice.fill("targets-most", &[("segment", name(best).into()), ("share", share.into())]));
    }
    said.join(" ")
}

fn row(voice: &Voice, data: &ReportData, targets: &Targets, one: &Potential, most: i128) -> Row {
    let customers = one.sums.customers;
    let part = |sum: i128| if most > 0 { sum.max(0) as f64 / most as f64 } else { 0.0 };
    let none = || "—".to_owned();
    Row {
        aim: super::segments::aim(&one.name),
        page: page_of(data, &targets.of, &one.name).unwrap_or_default(),
        name: voice.segment(&targets.of, &one.name),
        customers: voice.count(customers),
        reachable: voice.count(one.reachable),
        returning: voice.share_whole(share_of(one.returning, customers)),
        year: voice.money(Money(i64::try_from(one.revenue_year).unwrap_or(i64::MAX))),
        growth: one.growth().map_or_else(none, |growth| signed(voice, growth)),
        bar: match one.revenue_year_before {
            Some(before) => bars::twin_bar(part(one.revenue_year), part(before)),
            None => bars::bar(part(one.revenue_year)),
        },
        order: one.order_value.map_or_else(none, |sum| voice.money(sum)),
        ltv: one.average_ltv().map_or_else(none, |sum| voice.money(sum)),
    }
}

/// A change with its sign; a large one as how many times as much it is.
pub(super) fn signed(voice: &Voice, change: f64) -> String {
    /// From three times as much on percent say nothing.
    const TIMES_FROM: f64 = 2.0;
    if change >= TIMES_FROM {
        return format!("×{}", voice.decimal(1.0 + change, 1));
    }
    let size = voice.share_whole(change.abs());
    if change < 0.0 { format!("−{size}") } else { format!("+{size}") }
}
