//! The files a report is from, and how their rows came out.

use super::data::{FileCounts, ReportData};
use super::voice::Voice;
use askama::Template;

#[derive(Template)]
#[template(path = "report/sources.html")]
struct SourcesSection<'a> {
    v: &'a Voice<'a>,
    rows: Vec<Row>,
    reasons: Vec<Reason>,
}

struct Row {
    name: String,
    kind: String,
    rows: String,
    imported: String,
    anonymous: String,
    rejected: String,
    set_aside: String,
    unchanged: String,
    replaced: String,
}

/// Why rows of a file are not facts.
struct Reason {
    file: String,
    why: String,
    code: String,
    rows: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> String {
    let rows = data.files.iter().map(|file| Row {
        name: file.name.clone(),
        kind: voice.say(&format!("kind-{}", file.kind.name())),
        rows: voice.count(file.counts.rows),
        imported: voice.count(file.counts.imported),
        anonymous: voice.count(file.counts.anonymous),
        rejected: voice.count(file.counts.rejected),
        set_aside: voice.count(file.counts.set_aside),
        unchanged: voice.count(file.counts.unchanged),
        replaced: voice.count(file.counts.replaced),
    });
    super::drawn(&SourcesSection {
        v: voice,
        rows: rows.collect(),
        reasons: data.files.iter().flat_map(|file| reasons(voice, file)).collect(),
    })
}

fn reasons(voice: &Voice, file: &FileCounts) -> Vec<Reason> {
    let reason = |kind: &str, (code, rows): &(String, u64)| {
        let key = format!("{kind}-{code}");
        Reason {
            file: file.name.clone(),
            why: voice.say(if voice.knows(&key) { &key } else { kind }),
            code: code.clone(),
            rows: voice.count(*rows),
        }
    };
    let rejected = file.rejected_by.iter().map(|entry| reason("rejected", entry));
    rejected.chain(file.set_aside_by.iter().map(|entry| reason("set-aside", entry))).collect()
}
