//! Deals: the classes of the last closed ones, and what the best have in common.

use super::bars;
use super::data::{DealClass, DealCriterion, DealSearch, DealVerdict, Deals, ReportData};
use super::voice::{Voice, share_of};
use crate::words::committee::story;
use askama::Template;

/// Chances below are told as that.
const CHANCE_MIN: f64 = 0.001;

#[derive(Template)]
#[template(path = "report/deals.html")]
struct DealsSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    hints: Vec<String>,
    has_effort: bool,
    has_cost: bool,
    rows: Vec<Row>,
    search: Option<Search>,
    committee: Vec<String>,
}

struct Row {
    name: String,
    meaning: String,
    action: String,
    deals: String,
    deals_share: String,
    hours: String,
    hours_share: String,
    bar: String,
    conversion: String,
    average: String,
    cycle: String,
    cost: String,
}

struct Search {
    verdict: String,
    over: String,
    left_out: Option<String>,
    rows: Vec<CriterionRow>,
}

struct CriterionRow {
    condition: String,
    counts: String,
    share: String,
    interval: String,
    bar: String,
    chance: String,
    more: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let deals = data.deals.as_ref()?;
    let has_effort = deals.effort_known > 0;
    let rows = deals.classes.iter().filter(|class| class.deals > 0);
    Some(super::drawn(&DealsSection {
        v: voice,
        intro: intro(voice, deals),
        hints: hints(voice, deals),
        has_effort,
        has_cost: deals.classes.iter().any(|class| class.cost.is_some()),
        rows: rows.map(|class| row(voice, class, has_effort)).collect(),
        search: deals.search.as_ref().map(|found| search(voice, found)),
        committee: deals
            .committee
            .as_ref()
            .map_or_else(Vec::new, |found| story(voice.words(), &found.group, &found.chairs)),
    }))
}

fn intro(voice: &Voice, deals: &Deals) -> String {
    let part = |names: &[&str], of: &dyn Fn(&DealClass) -> f64| {
        let inside = deals.classes.iter().filter(|class| names.contains(&class.name.as_str()));
        voice.share_whole(inside.map(of).sum())
    };
    let key = if deals.effort_known > 0 { "deals-intro-effort" } else { "deals-intro" };
    voice.fill(
        key,
        &[
            ("deals", voice.count_of("deals", deals.looked_at).into()),
            ("best", part(&["A"], &|class| class.share).into()),
            ("wasted", part(&["C", "D", "X"], &|class| class.share).into()),
            ("effort", part(&["C", "D", "X"], &|class| class.hours_share.unwrap_or(0.0)).into()),
        ],
    )
}

/// What the classes were not made from.
fn hints(voice: &Voice, deals: &Deals) -> Vec<String> {
    let mut hints = Vec::new();
    if deals.interviews {
        hints.push(voice.say("deals-interviews"));
    } else {
        let args = [
            ("looked", voice.count(deals.looked_at).into()),
            ("closed", voice.count(deals.closed).into()),
            ("open", voice.count(deals.open).into()),
        ];
        hints.push(voice.fill("deals-of", &args));
    }
    if deals.effort_known == 0 {
        hints.push(voice.say("deals-effort-unknown"));
    } else if deals.effort_known < deals.looked_at {
        let share = voice.share_whole(share_of(deals.looked_at - deals.effort_known, deals.looked_at));
        hints.push(voice.fill("deals-effort-partly", &[("share", share.into())]));
    }
    hints
}

fn row(voice: &Voice, class: &DealClass, has_effort: bool) -> Row {
    let none = || "—".to_owned();
    let is_all = class.name == "all";
    Row {
        name: if is_all { voice.say("column-all") } else { voice.segment("deals", &class.name) },
        meaning: voice.meaning("deals", &class.name),
        action: voice.action("deals", &class.name),
        deals: voice.count(class.deals),
        deals_share: voice.share_whole(class.share),
        hours: class.hours.map_or_else(none, |hours| voice.decimal(hours, u32::from(hours < 100.0))),
        hours_share: class.hours_share.map_or_else(String::new, |share| voice.share_whole(share)),
        bar: match class.hours_share {
            _ if is_all => String::new(),
            Some(hours) if has_effort => bars::twin_bar(class.share, hours),
            _ if has_effort => bars::twin_bar(class.share, 0.0),
            _ => bars::bar(class.share),
        },
        conversion: class.conversion.map_or_else(none, |share| voice.share_whole(share)),
        average: class.average.map_or_else(none, |sum| voice.money(sum)),
        cycle: class.cycle_days.map_or_else(none, |days| voice.days(days)),
        cost: class.cost.map_or_else(none, |sum| voice.money(sum)),
    }
}

fn search(voice: &Voice, found: &DealSearch) -> Search {
    let key = match found.verdict {
        DealVerdict::Criteria => "deals-criteria",
        DealVerdict::Hypotheses => "deals-hypotheses",
        DealVerdict::NothingBeatsChance => "deals-nothing",
    };
    let usual = share_of(found.positives, found.deals);
    let row = |one: &DealCriterion| CriterionRow {
        condition: one.condition.clone(),
        counts: voice.fill(
            "deals-part",
            &[("part", voice.count(one.positives).into()), ("whole", voice.count(one.covered).into())],
        ),
        share: voice.share_whole(one.share),
        interval: format!("{}–{}", voice.decimal(one.low * 100.0, 0), voice.share_whole(one.high)),
        bar: bars::interval_bar([one.low, one.share, one.high], usual),
        chance: if one.p < CHANCE_MIN {
            format!("<{}", voice.decimal(CHANCE_MIN, 3))
        } else {
            voice.decimal(one.p, 3)
        },
        more: match one.more {
            Some(0) => voice.say("deals-settled"),
            Some(more) => voice.count(more),
            None => voice.say("deals-never"),
        },
    };
    Search {
        verdict: voice.say(key),
        over: voice.fill(
            "deals-over",
            &[
                ("deals", voice.count_of("deals", found.deals).into()),
                ("positives", voice.count(found.positives).into()),
                ("usual", voice.share_whole(usual).into()),
                ("rules", voice.count(found.rules).into()),
            ],
        ),
        left_out: (found.left_out > 0).then(|| voice.count_of("deals-attributes-left-out", found.left_out)),
        rows: found.criteria.iter().map(row).collect(),
    }
}
