//! The report: one HTML page in one file, without a single request to anywhere.
//!
//! Every section is one file here and one template under `templates/report`; a section gets the
//! plain values of [`data`] and gives its HTML. Charts are tables or SVG; nothing is told by colour
//! alone, and no element has a `style` attribute, so a strict content policy can serve the page.

mod abc_xyz;
mod attributes;
mod bars;
mod changes;
mod chapters;
mod clusters;
mod cohorts;
mod columns;
pub mod data;
mod deals;
mod effort;
pub mod evaluation;
mod first;
mod gather;
mod goods;
mod habits;
pub mod heat;
mod interests;
mod ltv;
mod market;
mod matrix;
mod needs;
mod notes;
mod origins;
mod pareto;
mod plan;
mod portraits;
mod prediction;
mod profile;
mod readiness;
mod rfm;
mod rules;
mod sankey;
mod segments;
mod sheets;
mod short;
mod special;
mod sources;
mod squarify;
mod stages;
mod summary;
mod targets;
mod tracking;
mod treemap;
mod voice;
mod volume;
mod worries;

use crate::words::Language;
use askama::Template;
use chapters::Chapter;
pub use data::ReportData;
pub use gather::{Analysis, AnalysisError, Beside, Changed, Foretold, analyse, report_data};
pub use sheets::sheets;
use voice::Voice;

/// The style sheet without the colours of heat cells, which [`heat::css`] works out.
const STYLE: &str = include_str!("../../assets/report.css");

#[derive(Template)]
#[template(path = "report/page.html")]
struct Page<'a> {
    v: &'a Voice<'a>,
    title: String,
    subtitle: String,
    style: String,
    chapters: Vec<Chapter>,
    /// Why sections are not in this report, each one line.
    left_out: Vec<String>,
}

/// A section of the page, as the contents list it.
struct Section {
    /// Anchor of the section and key of its title.
    id: &'static str,
    title: String,
    html: String,
}

/// The whole report as HTML.
pub fn render(data: &ReportData, language: Language) -> String {
    let voice = Voice::new(language, &data.currency);
    let mut sections = Vec::new();
    let mut left_out = Vec::new();
    let parts: [(&'static str, Option<String>); 28] = [
        ("summary", Some(summary::render(&voice, data))),
        ("first", first::render(&voice, data)),
        ("rfm", rfm::render(&voice, data)),
        ("abc-xyz", abc_xyz::render(&voice, data)),
        ("ltv", ltv::render(&voice, data)),
        ("prediction", prediction::render(&voice, data)),
        ("stages", stages::render(&voice, data)),
        ("changes", changes::render(&voice, data)),
        ("readiness", readiness::render(&voice, data)),
        ("volume", volume::render(&voice, data)),
        ("cohorts", cohorts::render(&voice, data)),
        ("goods", goods::render(&voice, data)),
        ("interests", interests::render(&voice, data)),
        ("attributes", attributes::render(&voice, data)),
        ("clusters", clusters::render(&voice, data)),
        ("rules", rules::render(&voice, data)),
        ("deals", deals::render(&voice, data)),
        ("effort", effort::render(&voice, data)),
        ("worries", worries::render(&voice, data)),
        ("targets", targets::render(&voice, data)),
        ("origins", origins::render(&voice, data)),
        ("portraits", portraits::render(&voice, data)),
        ("market", market::render(&voice, data)),
        ("profile", profile::render(&voice, data)),
        ("needs", needs::render(&voice, data)),
        ("plan", plan::render(&voice, data)),
        ("methods", Some(notes::methods(&voice, data))),
        ("sources", Some(sources::render(&voice, data))),
    ];
    for (id, html) in parts {
        match html {
            Some(html) => sections.push(Section { id, title: voice.say(&format!("{id}-title")), html }),
            // Nobody misses rules or a market that were not given, needs that nobody has, or a second table
            // of what is left out above.
            None if ["rules", "plan", "needs", "market", "profile"].contains(&id) => {}
            None => left_out.push(voice.say(&format!("{id}-left-out"))),
        }
    }
    drawn(&Page {
        v: &voice,
        title: data.name.clone().unwrap_or_else(|| voice.say("report-title")),
        subtitle: summary::subtitle(&voice, data),
        style: format!("{STYLE}\n{}", heat::css()),
        chapters: chapters::chapters(&voice, sections),
        left_out,
    })
}

/// A template as text.
fn drawn(template: &impl Template) -> String {
    template.render().expect("writing to a string does not fail")
}
