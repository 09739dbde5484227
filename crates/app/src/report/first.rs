//! What to do first: the segments where an action pays most, and whom to keep.
//!
//! At stake is the money that the customers of a segment have brought so far: what would be missed
//! if they stayed away. Beside it stands what one usual order from each would bring. Champions and
//! loyal customers order without being asked, so they are not woken but kept; segments of which half
//! have been away for over a year are too far gone to come first.

use super::data::{ReportData, Rfm, RfmName};
use super::portraits::{page_of, with_teller};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::money::Money;

/// How many segments are proposed to act on.
const STEPS: usize = 3;
/// Of a segment to act on first, half have ordered within this many days.
const AWAY_DAYS_MAX: f64 = 365.0;
/// Segments that an action can bring an order from, which would not come by itself.
const MOVABLE: [&str; 14] = [
    "cooling_regulars",
    "need_attention",
    "lost_regulars",
    "lost_repeaters",
    "growing",
    "new",
    "cooling_one_offs",
    "at_risk",
    "cannot_lose_them",
    "about_to_sleep",
    "hibernating",
    "potential_loyalist",
    "promising",
    "new_customers",
];

#[derive(Template)]
#[template(path = "report/first.html")]
struct First<'a> {
    v: &'a Voice<'a>,
    steps: Vec<Step>,
}

struct Step {
    /// Anchor of the segment's page; empty where it has none.
    page: String,
    when: String,
    aim: &'static str,
    name: String,
    reason: String,
    action: String,
    stake: String,
    stake_label: String,
}

/// Whether a segment is worth an action before others.
fn is_movable(name: &RfmName) -> bool {
    MOVABLE.contains(&name.name.as_str())
        && name.revenue.0 > 0
        && name.median_recency_days.is_some_and(|days| days <= AWAY_DAYS_MAX)
}

/// Money that one usual order from each customer of a segment would bring.
fn one_order_each(name: &RfmName) -> Money {
    let average = name.average_order.unwrap_or_default();
    Money(average.0.saturating_mul(i64::try_from(name.customers).unwrap_or(i64::MAX)).max(0))
}

/// The segments worth an action, most money first.
fn movable(rfm: &Rfm) -> Vec<&RfmName> {
    let mut movable: Vec<&RfmName> = rfm.names.iter().filter(|name| is_movable(name)).collect();
    movable.sort_by(|a, b| b.revenue.cmp(&a.revenue).then_with(|| a.name.cmp(&b.name)));
    movable
}

/// The segment to begin with.
pub(super) fn foremost(data: &ReportData) -> Option<&RfmName> {
    movable(data.rfm.as_ref()?).into_iter().next()
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let rfm = data.rfm.as_ref()?;
    let movable = movable(rfm);
    let mut steps: Vec<Step> =
        movable.into_iter().take(STEPS).map(|name| wake(voice, data, rfm, name)).collect();
    steps.extend(keep(voice, rfm));
    (!steps.is_empty()).then(|| super::drawn(&First { v: voice, steps }))
}

fn wake(voice: &Voice, data: &ReportData, rfm: &Rfm, name: &RfmName) -> Step {
    Step {
        page: page_of(data, "rfm", &name.name).unwrap_or_default(),
        when: when(voice, data, name),
        aim: super::segments::aim(&name.name),
        name: voice.segment("rfm", &name.name),
        reason: voice.fill(
            "first-reason",
            &[
                ("customers", voice.count_of("customers", name.customers).into()),
                ("days", quiet(voice, name).into()),
                ("sum", voice.money(one_order_each(name)).into()),
            ],
        ),
        action: super::segments::action(voice, rfm, name),
        stake: voice.money(name.revenue),
        stake_label: voice.say("first-stake"),
    }
}

/// When these customers order, as far as it stands out.
fn when(voice: &Voice, data: &ReportData, name: &RfmName) -> String {
    let of = data.portraits.iter().find(|of| of.of == "rfm");
    let told = of.and_then(|of| {
        let own = of.portraits.iter().find(|one| one.name == name.name)?;
        Some(with_teller(voice, data, |teller| teller.when(&own.habits, &of.habits)))
    });
    told.unwrap_or_default().join(" ")
}

/// Median days since the last order, as a phrase.
fn quiet(voice: &Voice, name: &RfmName) -> String {
    voice.count_of("days", name.median_recency_days.unwrap_or_default().round().max(0.0) as u64)
}

/// Champions and loyal customers together: what rests on them.
fn keep(voice: &Voice, rfm: &Rfm) -> Option<Step> {
    let kept: Vec<&RfmName> =
        rfm.names.iter().filter(|name| ["champions", "loyal"].contains(&name.name.as_str())).collect();
    let customers: u64 = kept.iter().map(|name| name.customers).sum();
    let revenue = Money(kept.iter().map(|name| name.revenue.0).sum());
    if customers == 0 || revenue.0 <= 0 {
        return None;
    }
    let buyers: u64 =
        rfm.names.iter().filter(|name| name.name != "no_orders").map(|name| name.customers).sum();
    let whole = Money(rfm.names.iter().map(|name| name.revenue.0).sum());
    Some(Step {
        page: String::new(),
        when: String::new(),
        aim: "keep",
        name: voice.say("first-keep"),
        reason: voice.fill(
            "first-keep-reason",
            &[
                ("customers", voice.count_of("customers", customers).into()),
                ("part", voice.share_whole(share_of(customers, buyers)).into()),
                ("share", voice.share_whole(share(revenue, whole)).into()),
            ],
        ),
        action: kept.iter().find(|name| name.name == "champions").map_or_else(
            || voice.action("rfm", "champions"),
            |name| super::segments::action(voice, rfm, name),
        ),
        stake: voice.money(revenue),
        stake_label: voice.say("first-keep-stake"),
    })
}
