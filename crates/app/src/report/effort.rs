//! Value for effort: who repays the work they make, who does not, and in which channels.

use super::bars;
use super::data::{Basis, Effort, EffortSegment, ReportData};
use super::voice::{Voice, share_of};
use askama::Template;
use model::money::Money;

/// The segment that costs more than it brings, and the one of which nothing is known.
const DRAIN: &str = "drain";
const UNKNOWN: &str = "effort_unknown";

#[derive(Template)]
#[template(path = "report/effort.html")]
struct EffortSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    basis: String,
    unknown: Option<String>,
    rows: Vec<Row>,
    worst: Vec<Row>,
    worst_intro: String,
    channels: Vec<Row>,
}

/// A segment, a customer or a channel.
struct Row {
    name: String,
    action: String,
    customers: String,
    customers_share: String,
    contacts: String,
    hours: String,
    cost: String,
    money: String,
    left: String,
    bar: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let effort = data.effort.as_ref()?;
    let customers: u64 = effort.segments.iter().map(|segment| segment.customers).sum();
    let unknown: u64 = of(effort, UNKNOWN).map_or(0, |segment| segment.customers);
    let known: Vec<&EffortSegment> =
        effort.segments.iter().filter(|segment| segment.name != UNKNOWN).collect();
    let most = top(known.iter().map(|one| (one.cost, one.money)));
    let segment = |one: &&EffortSegment| Row {
        name: voice.segment("effort", &one.name),
        action: voice.action("effort", &one.name),
        customers: voice.count(one.customers),
        customers_share: voice.share_whole(share_of(one.customers, customers.saturating_sub(unknown))),
        ..row(voice, one.hours, one.cost, one.money, most)
    };
    let worst_most = top(effort.worst.iter().map(|one| (one.cost, one.money)));
    let worst = effort.worst.iter().map(|one| Row {
        name: one.customer.clone(),
        ..row(voice, one.hours, one.cost, one.money, worst_most)
    });
    let channels_most = top(effort.channels.iter().map(|one| (one.cost, one.money)));
    let channels = effort.channels.iter().map(|one| Row {
        name: one.name.clone().unwrap_or_else(|| voice.say("channel-none")),
        customers: voice.count(one.customers),
        contacts: voice.count(one.contacts),
        ..row(voice, one.hours, one.cost, one.money, channels_most)
    });
    Some(super::drawn(&EffortSection {
        v: voice,
        intro: intro(voice, effort),
        basis: voice.fill(
            match effort.basis {
                Basis::Margin => "effort-on-margin",
                Basis::Revenue => "effort-on-revenue",
            },
            &[("cost", voice.money(effort.hour_cost).into())],
        ),
        unknown: (unknown > 0).then(|| {
            let share = voice.share(share_of(unknown, customers));
            voice.fill("effort-unknown", &[("share", share.into())])
        }),
        rows: known.iter().map(segment).collect(),
        worst: worst.collect(),
        worst_intro: voice.count_of("effort-worst-intro", effort.drains),
        channels: channels.collect(),
    }))
}

fn of<'a>(effort: &'a Effort, name: &str) -> Option<&'a EffortSegment> {
    effort.segments.iter().find(|segment| segment.name == name)
}

fn intro(voice: &Voice, effort: &Effort) -> String {
    match of(effort, DRAIN).filter(|drain| drain.customers > 0) {
        None => voice.say("effort-intro-none"),
        Some(drain) => voice.fill(
            "effort-intro",
            &[
                ("customers", voice.count_of("customers", drain.customers).into()),
                ("cost", voice.money(drain.cost).into()),
                ("money", voice.money(drain.money).into()),
            ],
        ),
    }
}

/// The largest of all sums, which bars are held against.
fn top(sums: impl Iterator<Item = (Money, Money)>) -> Money {
    sums.map(|(cost, money)| cost.max(money)).max().unwrap_or_default()
}

fn row(voice: &Voice, hours: f64, cost: Money, money: Money, most: Money) -> Row {
    let of_most = |sum: Money| super::voice::share(sum, most);
    Row {
        name: String::new(),
        action: String::new(),
        customers: String::new(),
        customers_share: String::new(),
        contacts: String::new(),
        hours: voice.decimal(hours, u32::from(hours < 100.0)),
        cost: voice.money(cost),
        money: voice.money(money),
        left: voice.money(Money(money.0.saturating_sub(cost.0))),
        bar: bars::twin_bar(of_most(cost), of_most(money)),
    }
}
