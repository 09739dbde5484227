//! What the reader must know: doubts about the numbers, and how each number is defined.

use super::data::{AbcXyz, Basis, Note, ReportData, RfmMoney};
use super::matrix::group_name;
use super::rfm::measure_name;
use super::voice::Voice;
use askama::Template;
use model::calendar::Period;

/// The limit of X that is proposed where nearly everybody is Z.
const WIDER_LIMIT: f64 = 0.25;

#[derive(Template)]
#[template(path = "report/methods.html")]
struct Methods<'a> {
    v: &'a Voice<'a>,
    /// Term and definition.
    entries: Vec<(String, String)>,
}

/// The notes of a report, each one sentence or two.
pub(super) fn sentences(voice: &Voice, data: &ReportData) -> Vec<String> {
    data.notes.iter().map(|note| sentence(voice, data, note)).collect()
}

fn sentence(voice: &Voice, data: &ReportData, note: &Note) -> String {
    match note {
        Note::FewBuyers { buyers } => voice.count_of("note-few-buyers", *buyers),
        Note::ShortHistory { days } => voice.count_of("note-short-history", *days),
        Note::EmptyGroup { measure, group } => {
            let (groups, money) =
                data.rfm.as_ref().map_or((3, RfmMoney::Total), |rfm| (rfm.groups, rfm.money));
            let name = measure_name(voice, *measure, money);
            let group = group_name(groups, *group);
            voice.fill("note-empty-group", &[("measure", name.into()), ("group", group.into())])
        }
        Note::XyzOneLetter { letter, share } => voice.fill(
            one_letter_key(data, *letter),
            &[("letter", letter.to_string().into()), ("share", voice.share_said(*share).into())],
        ),
        Note::AnonymousRevenue { share } => {
            voice.fill("note-anonymous-revenue", &[("share", voice.share_said(*share).into())])
        }
        Note::NoCosts => voice.say("note-no-costs"),
        Note::CostsPartly { share } => {
            voice.fill("note-costs-partly", &[("share", voice.share_said(*share).into())])
        }
        Note::NoCycle => voice.say("note-no-cycle"),
        Note::NoWholePeriod => voice.say("note-no-whole-period"),
        Note::ManyRejected { share } => {
            voice.fill("note-many-rejected", &[("share", voice.share_said(*share).into())])
        }
    }
}

/// Quarters and wider limits are proposed where they are not there already, and would help.
fn one_letter_key(data: &ReportData, letter: char) -> &'static str {
    let narrow = |abc_xyz: &AbcXyz| {
        abc_xyz.window.period != Period::Quarter && abc_xyz.xyz_limits[0] < WIDER_LIMIT && letter == 'Z'
    };
    if data.abc_xyz.as_ref().is_none_or(narrow) { "note-xyz-one-letter" } else { "note-xyz-one-letter-other" }
}

/// How every number that is in the report is defined.
pub(super) fn methods(voice: &Voice, data: &ReportData) -> String {
    let mut keys = vec!["as-of", "revenue", "order", "average"];
    if let Some(rfm) = &data.rfm {
        keys.push("stake");
        keys.push(if rfm.money == RfmMoney::Total { "rfm" } else { "rfm-average" });
        keys.push("rfm-names");
    }
    if data.abc_xyz.is_some() {
        keys.extend(["abc", "xyz"]);
    }
    if let Some(ltv) = &data.ltv {
        keys.push(match (ltv.basis, ltv.predicted) {
            (Basis::Margin, false) => "ltv-margin",
            (Basis::Revenue, false) => "ltv",
            (Basis::Margin, true) => "ltv-predicted-margin",
            (Basis::Revenue, true) => "ltv-predicted",
        });
        keys.push("tiers");
    }
    if data.stages.is_some() {
        keys.extend(["stages", "asleep"]);
    }
    if data.volume.is_some() {
        keys.push("volume");
    }
    if data.cohorts.is_some() {
        keys.push("cohorts");
    }
    let mut entries: Vec<(String, String)> = Vec::new();
    for key in keys {
        let mut text = match (key, &data.abc_xyz) {
            ("abc", Some(abc_xyz)) => limits(voice, "method-abc", abc_xyz, abc_xyz.abc_limits),
            ("xyz", Some(abc_xyz)) => limits(voice, "method-xyz", abc_xyz, abc_xyz.xyz_limits),
            _ => voice.say(&format!("method-{key}")),
        };
        if let Some(settings) = own_settings(data, key) {
            text.push(' ');
            text.push_str(&voice.fill("method-settings", &[("settings", settings.into())]));
        }
        entries.push((voice.say(&format!("method-{key}-term")), text));
    }
    super::drawn(&Methods { v: voice, entries })
}

/// The settings of the segmentation whose definition this is, where they are not as usual.
fn own_settings(data: &ReportData, key: &str) -> Option<String> {
    let segmentation = match key {
        "rfm" | "rfm-average" => "rfm",
        "xyz" => "abc_xyz",
        "tiers" => "ltv",
        "asleep" => "stage",
        "volume" => "volume",
        _ => return None,
    };
    // Names and actions are seen where they are used.
    let own = data.settings.iter().filter(|own| own.segmentation == segmentation);
    let own = own.filter(|own| !["names", "actions"].contains(&own.setting.as_str()));
    let shown: Vec<String> =
        own.map(|own| format!("{segmentation}.{} = {}", own.setting, own.value)).collect();
    (!shown.is_empty()).then(|| shown.join("; "))
}

fn limits(voice: &Voice, key: &str, abc_xyz: &AbcXyz, [first, second]: [f64; 2]) -> String {
    voice.fill(
        key,
        &[
            ("first", voice.share_whole(first).into()),
            ("second", voice.share_whole(second).into()),
            ("period", super::abc_xyz::period_name(abc_xyz).into()),
        ],
    )
}
