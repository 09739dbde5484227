//! Interests: what customers are likely to want now, and what goes with what.

use super::bars;
use super::data::{Interest, InterestPair, ReportData};
use super::voice::{Voice, share_of};
use askama::Template;

#[derive(Template)]
#[template(path = "report/interests.html")]
struct InterestsSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    left_out: Option<String>,
    has_satisfied: bool,
    rows: Vec<Row>,
    pairs_summary: String,
    pairs: Vec<Pair>,
}

struct Row {
    name: String,
    interested: String,
    bar: String,
    by_purchases: String,
    by_relation: String,
    satisfied: String,
}

struct Pair {
    from: String,
    to: String,
    both: String,
    share: String,
    bound: String,
    usual: String,
    bar: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let interests = data.interests.as_ref()?;
    let all = |one: &Interest| one.by_purchases + one.by_relation + one.by_hand;
    let most = interests.top.iter().map(all).max().unwrap_or(0);
    let intro = voice.fill(
        "interests-intro",
        &[
            ("customers", voice.count_of("customers", interests.interested).into()),
            ("part", voice.share_whole(share_of(interests.interested, interests.customers)).into()),
            ("categories", voice.count(interests.categories).into()),
        ],
    );
    let row = |one: &Interest| Row {
        name: one.name.clone(),
        interested: voice.count(all(one)),
        bar: bars::split_bar(share_of(one.by_purchases + one.by_hand, most), share_of(one.by_relation, most)),
        by_purchases: voice.count(one.by_purchases + one.by_hand),
        by_relation: voice.count(one.by_relation),
        satisfied: voice.count(one.satisfied),
    };
    let pair = |one: &InterestPair| Pair {
        from: one.from.clone(),
        to: one.to.clone(),
        both: voice.count(one.both),
        share: voice.share_whole(one.share),
        bound: voice.share_whole(one.bound),
        usual: voice.share_whole(one.usual),
        bar: bars::twin_bar(one.share, one.usual),
    };
    let pairs_summary = interests.pairs.first().map_or_else(
        || voice.say("interests-no-pairs"),
        |first| {
            voice.fill(
                "interests-pairs-summary",
                &[
                    ("from", first.from.as_str().into()),
                    ("to", first.to.as_str().into()),
                    ("share", voice.share_whole(first.share).into()),
                    ("usual", voice.share_whole(first.usual).into()),
                ],
            )
        },
    );
    Some(super::drawn(&InterestsSection {
        v: voice,
        intro,
        left_out: (interests.left_out > 0).then(|| voice.count_of("interests-rare", interests.left_out)),
        has_satisfied: interests.top.iter().any(|one| one.satisfied > 0),
        rows: interests.top.iter().map(row).collect(),
        pairs_summary,
        pairs: interests.pairs.iter().map(pair).collect(),
    }))
}
