//! Purchase stages: how far customers have come, and how many of them sleep.

use super::bars;
use super::data::{ReportData, Stage};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::money::Money;

/// In the order in which a customer goes through them.
const ORDER: [&str; 8] =
    ["no_contact", "uninterested", "lead", "choosing", "refused", "one_time", "returning", "regular"];

#[derive(Template)]
#[template(path = "report/stages.html")]
struct StagesSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    action: String,
    customers: String,
    customers_share: String,
    bar: String,
    asleep: String,
    asleep_share: String,
    revenue_share: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let stages = data.stages.as_ref()?;
    let intro = match stages.cycle_days {
        Some(days) => voice.count_of("stages-intro", days.round().max(0.0) as u64),
        None if data.totals.buyers == 0 && data.happened.won_deals > 0 => voice.say("stages-intro-deals"),
        None => voice.say("stages-intro-unknown"),
    };
    let mut listed: Vec<&Stage> = stages.stages.iter().filter(|stage| stage.customers > 0).collect();
    listed.sort_by_key(|stage| ORDER.iter().position(|name| *name == stage.name).unwrap_or(ORDER.len()));
    let customers: u64 = listed.iter().map(|stage| stage.customers).sum();
    let most = listed.iter().map(|stage| stage.customers).max().unwrap_or(0);
    let revenue = Money(listed.iter().map(|stage| stage.revenue.0).sum());
    let row = |stage: &&Stage| {
        let awake = stage.customers.saturating_sub(stage.asleep);
        let bought = ["one_time", "returning", "regular"].contains(&stage.name.as_str());
        let known = bought && stages.cycle_days.is_some();
        Row {
            name: voice.segment("stage", &stage.name),
            action: voice.action("stage", &stage.name),
            customers: voice.count(stage.customers),
            customers_share: voice.share_whole(share_of(stage.customers, customers)),
            bar: bars::split_bar(share_of(awake, most), share_of(stage.asleep, most)),
            asleep: if known { voice.count(stage.asleep) } else { "—".to_owned() },
            asleep_share: if known {
                voice.share_whole(share_of(stage.asleep, stage.customers))
            } else {
                String::new()
            },
            revenue_share: voice.share_whole(share(stage.revenue, revenue)),
        }
    };
    Some(super::drawn(&StagesSection { v: voice, intro, rows: listed.iter().map(row).collect() }))
}
