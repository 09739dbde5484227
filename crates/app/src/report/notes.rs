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
    let mut keys = vec!["as-of"];
    if data.totals.orders + data.totals.returns > 0 || data.happened.is_empty() {
        keys.extend(["revenue", "order", "average"]);
    }
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
    keys.extend(insights(data));
    let mut entries: Vec<(String, String)> = Vec::new();
    for key in keys {
        let mut text = match (key, &data.abc_xyz) {
            ("abc", Some(abc_xyz)) => limits(voice, "method-abc", abc_xyz, abc_xyz.abc_limits),
            ("xyz", Some(abc_xyz)) => limits(voice, "method-xyz", abc_xyz, abc_xyz.xyz_limits),
            ("readiness" | "interests", _) => with_days(voice, data, key),
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

/// What is defined of the sections beside the segmentations of orders.
fn insights(data: &ReportData) -> impl Iterator<Item = &'static str> {
    let check = data.prediction.as_ref().is_some_and(|prediction| prediction.check.is_some());
    let all = [
        ("prediction", data.prediction.is_some()),
        ("check", check),
        ("readiness", data.readiness.is_some()),
        ("interests", data.interests.is_some()),
        ("attributes", data.attributes.is_some()),
        ("clusters", data.clusters.is_some()),
        ("rules", !data.rules.is_empty()),
        ("deals", data.deals.is_some()),
        ("effort", data.effort.is_some()),
    ];
    all.into_iter().filter(|(_, is_there)| *is_there).map(|(key, _)| key)
}

/// Definitions that name days.
fn with_days(voice: &Voice, data: &ReportData, key: &str) -> String {
    let days = |days: u32| voice.count_of("days", u64::from(days)).into();
    let (buying, window) =
        data.readiness.as_ref().map_or((0, 0), |readiness| (readiness.buying_days, readiness.window_days));
    let half_life = data.interests.as_ref().map_or(0.0, |interests| interests.half_life_days);
    voice.fill(
        &format!("method-{key}"),
        &[("buying", days(buying)), ("window", days(window)), ("days", days(half_life.round() as u32))],
    )
}

/// The settings of the segmentation whose definition this is, where they are not as usual.
fn own_settings(data: &ReportData, key: &str) -> Option<String> {
    let segmentation = match key {
        "rfm" | "rfm-average" => "rfm",
        "xyz" => "abc_xyz",
        "tiers" => "ltv",
        "asleep" => "stage",
        "volume" => "volume",
        "readiness" => "readiness",
        "clusters" => "clusters",
        "effort" => "effort",
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
