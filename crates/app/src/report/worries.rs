//! What checks found: why segments may not be good enough to act by.

use super::data::{Judged, ReportData, Worry};
use super::voice::Voice;
use crate::words::findings::{Said, said_of};
use askama::Template;
use engine::checks::Figure;
use model::clustering::Stability;

/// Findings of which fewer matter first: what makes all figures doubtful, then what makes segments so,
/// then what is wrong with single ones.
const KINDS: [&str; 8] = ["exclusive", "stale", "drifted", "number", "unstable", "alike", "double", "dead"];
/// Findings that are shown at once; the others open on request.
const SHOWN: usize = 6;

#[derive(Template)]
#[template(path = "report/worries.html")]
struct Worries<'a> {
    v: &'a Voice<'a>,
    intro: String,
    first: Vec<Shown>,
    others: Vec<Shown>,
    more: String,
    rows: Vec<Row>,
}

/// A finding, of one segmentation or several.
struct Shown {
    of: Vec<Link>,
    said: Said,
}

struct Link {
    id: &'static str,
    name: String,
}

struct Row {
    of: Link,
    segments: String,
    stability: String,
    meaning: String,
    found: String,
}

/// The section that shows a segmentation.
pub(super) fn section(segmentation: &str) -> Option<&'static str> {
    const SECTIONS: [(&str, &str); 10] = [
        ("rfm", "rfm"),
        ("abc_xyz", "abc-xyz"),
        ("ltv", "ltv"),
        ("stage", "stages"),
        ("volume", "volume"),
        ("readiness", "readiness"),
        ("attributes", "attributes"),
        ("rules", "rules"),
        ("clusters", "clusters"),
        ("effort", "effort"),
    ];
    SECTIONS.iter().find(|(name, _)| *name == segmentation).map(|(_, id)| *id)
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    if data.judged.is_empty() {
        return None;
    }
    let mut first = found(voice, data);
    let count = first.len() as u64;
    let others = first.split_off(first.len().min(SHOWN));
    Some(super::drawn(&Worries {
        v: voice,
        intro: if count == 0 { voice.say("worries-none") } else { voice.count_of("worries-intro", count) },
        more: voice.count_of("worries-more", others.len() as u64),
        first,
        others,
        rows: data.judged.iter().map(|judged| row(voice, data, judged)).collect(),
    }))
}

/// How many things were found, the same of several segmentations counted once.
pub(super) fn count(voice: &Voice, data: &ReportData) -> u64 {
    found(voice, data).len() as u64
}

/// Everything that was found, with the names of the segmentations.
pub(super) fn all(voice: &Voice, data: &ReportData) -> Vec<(Vec<String>, Said)> {
    let named = |shown: Shown| (shown.of.into_iter().map(|link| link.name).collect(), shown.said);
    found(voice, data).into_iter().map(named).collect()
}

/// Everything that was found, what weighs most first; what is said of several segmentations alike once.
fn found(voice: &Voice, data: &ReportData) -> Vec<Shown> {
    let mut all: Vec<(usize, Shown)> = Vec::new();
    for judged in &data.judged {
        for worry in &judged.worries {
            let said = said(voice, &judged.segmentation, worry);
            let link = link(voice, data, &judged.segmentation);
            match all.iter_mut().find(|(_, shown)| shown.said == said) {
                Some((_, shown)) => shown.of.push(link),
                None => all.push((weight(worry), Shown { of: vec![link], said })),
            }
        }
    }
    all.sort_by_key(|(weight, _)| *weight);
    all.into_iter().map(|(_, shown)| shown).collect()
}

fn weight(worry: &Worry) -> usize {
    KINDS.iter().position(|kind| worry.kind.starts_with(kind)).unwrap_or(KINDS.len())
}

fn said(voice: &Voice, of: &str, worry: &Worry) -> Said {
    let figures: Vec<(&str, Figure)> =
        worry.figures.iter().map(|(name, figure)| (name.as_str(), figure.into())).collect();
    said_of(voice.words(), voice.currency(), of, (&worry.kind, &worry.segments), &figures)
}

/// The section of a segmentation if it is on the page.
fn link(voice: &Voice, data: &ReportData, segmentation: &str) -> Link {
    let there = match segmentation {
        "rfm" => data.rfm.is_some(),
        "abc_xyz" => data.abc_xyz.is_some(),
        "ltv" => data.ltv.is_some(),
        "stage" => data.stages.is_some(),
        "volume" => data.volume.is_some(),
        "readiness" => data.readiness.is_some(),
        "attributes" => data.attributes.is_some(),
        "rules" => !data.rules.is_empty(),
        "clusters" => data.clusters.is_some(),
        _ => data.effort.is_some(),
    };
    let name = section(segmentation).map_or(segmentation.to_owned(), |id| voice.say(&format!("{id}-title")));
    Link { id: section(segmentation).filter(|_| there).unwrap_or_default(), name }
}

fn row(voice: &Voice, data: &ReportData, judged: &Judged) -> Row {
    let meaning = |mark: f64| match Stability::of(mark) {
        Stability::HighlyStable => "stability-high",
        Stability::Valid => "stability-valid",
        Stability::Doubtful => "stability-doubtful",
        Stability::Unstable | Stability::Dissolved => "stability-unstable",
    };
    let found = judged.worries.len() as u64;
    Row {
        of: link(voice, data, &judged.segmentation),
        segments: voice.count(judged.segments),
        stability: judged.least_stable.map_or_else(|| "—".to_owned(), |mark| voice.decimal(mark, 2)),
        meaning: voice.say(judged.least_stable.map_or("stability-fixed", meaning)),
        found: if found == 0 { voice.say("worries-no") } else { voice.count(found) },
    }
}
