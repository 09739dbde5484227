//! What has changed since an earlier day: who went from segment to segment, and the moves that count.

use super::data::{Flow, FlowMove, ReportData};
use super::sankey::{self, Node, Sankey};
use super::voice::{Voice, share_of};
use super::{bars, segments};
use askama::Template;
use engine::moves::NOT_YET_KNOWN;

/// Stages from the one that is aimed at downwards, with the aim of each, whose colour it has.
const STAGES: [(&str, &str); 8] = [
    ("regular", "keep"),
    ("returning", "grow"),
    ("one_time", "wake"),
    ("choosing", "grow"),
    ("lead", "wake"),
    ("refused", "win"),
    ("uninterested", "win"),
    ("no_contact", "rest"),
];

#[derive(Template)]
#[template(path = "report/changes.html")]
struct ChangesSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    from: String,
    to: String,
    flows: Vec<Shown>,
}

/// One segmentation.
struct Shown {
    title: String,
    summary: String,
    sankeys: Vec<Sankey>,
    rows: Vec<Row>,
    counted: Vec<Counted>,
}

struct Row {
    from: String,
    to: String,
    customers: String,
    of_row: String,
    of_start: String,
    revenue: String,
}

struct Counted {
    name: String,
    kind: String,
    could: String,
    did: String,
    share: String,
    interval: String,
    bar: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let changes = data.changes.as_ref()?;
    let both = [("rfm", "rfm", &changes.rfm), ("stages", "stage", &changes.stages)];
    let flows: Vec<Shown> =
        both.into_iter().filter_map(|(id, of, flow)| Some(shown(voice, id, of, flow.as_ref()?))).collect();
    let [from, to] = [changes.from, changes.to].map(|day| voice.day(day));
    let intro = voice.say("changes-intro");
    (!flows.is_empty()).then(|| super::drawn(&ChangesSection { v: voice, intro, from, to, flows }))
}

fn shown(voice: &Voice, id: &'static str, of: &str, flow: &Flow) -> Shown {
    let sum =
        |of: &dyn Fn(&&FlowMove) -> bool| flow.moves.iter().filter(of).map(|one| one.customers).sum::<u64>();
    let came = sum(&|one| one.from == NOT_YET_KNOWN);
    let place = |name: &str| -> usize {
        match of {
            "stage" => STAGES.iter().position(|(known, _)| *known == name).unwrap_or(STAGES.len()),
            _ => segments::place(name),
        }
    };
    let mut names: Vec<&str> = Vec::new();
    for one in &flow.moves {
        for name in [one.from.as_str(), one.to.as_str()] {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    // Who came since stands last, names of one's own before them as the method has them.
    names.sort_by_key(|name| (*name == NOT_YET_KNOWN, place(name)));
    let after: u64 = flow.moves.iter().map(|one| one.customers).sum();
    let node = |name: &str, customers: u64, whole: u64| Node {
        name: name.to_owned(),
        label: label(voice, of, name),
        count: match name {
            NOT_YET_KNOWN => format!("+{}", voice.count(customers)),
            _ => format!("{} · {}", voice.count(customers), voice.share_whole(share_of(customers, whole))),
        },
        aim: aim(of, name),
        customers,
    };
    let side = |size: &dyn Fn(&str) -> u64, whole: u64| -> Vec<Node> {
        names.iter().filter(|name| size(name) > 0).map(|name| node(name, size(name), whole)).collect()
    };
    let from_size = |name: &str| sum(&|one| one.from == name);
    let left = side(&from_size, flow.known_before);
    let right = side(&|name| sum(&|one| one.to == name), after);
    let shares = |one: &FlowMove| {
        [share_of(one.customers, from_size(&one.from)), share_of(one.customers, flow.known_before)]
    };
    let title = |one: &FlowMove| {
        let [row, start] = shares(one).map(|share| voice.share(share));
        let customers = voice.count_of("customers", one.customers);
        let (from, to) = (label(voice, of, &one.from), label(voice, of, &one.to));
        let words = [("from", from), ("to", to), ("customers", customers), ("row", row), ("start", start)];
        voice.fill("changes-ribbon", &words.map(|(name, text)| (name, text.into())))
    };
    let mut moves: Vec<&FlowMove> = flow.moves.iter().collect();
    let at = |name: &str| names.iter().position(|known| *known == name);
    moves.sort_by_key(|one| (at(&one.from), at(&one.to)));
    let row = |one: &&FlowMove| {
        let [of_row, of_start] = shares(one).map(|share| voice.share(share));
        Row {
            from: label(voice, of, &one.from),
            to: label(voice, of, &one.to),
            customers: voice.count(one.customers),
            of_row,
            of_start,
            revenue: voice.money(one.revenue),
        }
    };
    Shown {
        title: voice.say(&format!("changes-{id}-title")),
        summary: summary(voice, flow, came),
        sankeys: sankey::sankeys(&left, &right, &flow.moves, &title),
        rows: moves.iter().map(row).collect(),
        counted: counted(voice, flow),
    }
}

fn summary(voice: &Voice, flow: &Flow, came: u64) -> String {
    let moved = voice.fill(
        "changes-summary",
        &[
            ("before", voice.count_of("customers", flow.known_before).into()),
            ("changed", voice.count(flow.changed).into()),
            ("share", voice.share_whole(share_of(flow.changed, flow.known_before)).into()),
        ],
    );
    if came == 0 { moved } else { format!("{moved} {}", voice.count_of("changes-came", came)) }
}

pub(super) fn label(voice: &Voice, of: &str, name: &str) -> String {
    if name == NOT_YET_KNOWN { voice.say("segment-not-yet-known") } else { voice.segment(of, name) }
}

fn aim(of: &str, name: &str) -> &'static str {
    match of {
        "stage" => STAGES.iter().find(|(known, _)| *known == name).map_or("rest", |(_, aim)| aim),
        _ => segments::aim(name),
    }
}

fn counted(voice: &Voice, flow: &Flow) -> Vec<Counted> {
    let row = |one: &super::data::CountedMove| {
        let [low, share, high] = one.share;
        Counted {
            name: voice.say(&format!("move-{}", one.name)),
            kind: voice.say(if one.wanted { "changes-wanted" } else { "changes-unwanted" }),
            could: voice.count(one.could),
            did: voice.count(one.did),
            share: voice.share(share),
            interval: format!("{}–{}", voice.decimal(low * 100.0, 1), voice.share(high)),
            bar: bars::bar(share),
        }
    };
    flow.counted.iter().map(row).collect()
}
