//! The report in a few sentences: one answer to each of the reader's questions, with the way to more.

use super::data::{ReportData, RfmName};
use super::portraits::{page_of, with_teller};
use super::voice::{Voice, share_of};
use super::{first, worries};

/// The part of the best customers of whom it is said what they bring.
const BEST: f64 = 0.2;

/// One answer.
pub(super) struct Answer {
    /// Anchor of the chapter that says more.
    pub(super) chapter: &'static str,
    pub(super) question: String,
    pub(super) text: String,
    /// The page of the segment that is spoken of; empty where it has none.
    pub(super) page: String,
    pub(super) page_name: String,
}

/// The answers that the data give.
pub(super) fn answers(voice: &Voice, data: &ReportData) -> Vec<Answer> {
    let first = first::foremost(data);
    let answer = |chapter: &'static str, text: Option<String>| {
        text.filter(|text| !text.is_empty()).map(|text| Answer {
            chapter,
            question: voice.say(&format!("chapter-{chapter}")),
            text,
            page: String::new(),
            page_name: String::new(),
        })
    };
    let mut said: Vec<Answer> = [
        answer("have", have(voice, data)),
        answer("worry", worry(voice, data)),
        answer("whom", first.map(|name| whom(voice, name))),
        answer("who", first.and_then(|name| who(voice, data, name))),
        answer("monday", first.and_then(|name| monday(voice, data, name))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some((name, page)) = first.and_then(|name| Some((name, page_of(data, "rfm", &name.name)?)))
        && let Some(who) = said.iter_mut().find(|answer| answer.chapter == "who")
    {
        who.page = page;
        who.page_name = voice.segment("rfm", &name.name);
    }
    said
}

fn have(voice: &Voice, data: &ReportData) -> Option<String> {
    let totals = &data.totals;
    if totals.buyers == 0 {
        return None;
    }
    let repeat = voice.share_whole(share_of(totals.repeat_buyers, totals.buyers));
    let args = [("customers", voice.count_of("customers", totals.buyers).into()), ("repeat", repeat.into())];
    let mut said = voice.fill("short-have", &args);
    if let Some(part) = best_bring(data) {
        let args = [("best", voice.share_whole(BEST).into()), ("part", voice.share_whole(part).into())];
        said = format!("{said} {}", voice.fill("short-best", &args));
    }
    Some(said)
}

/// The part of revenue that the best customers bring.
fn best_bring(data: &ReportData) -> Option<f64> {
    let curve = &data.abc_xyz.as_ref()?.pareto;
    let all = curve.last()?.customers;
    let wanted = all as f64 * BEST;
    let before = curve.iter().rev().find(|point| point.customers as f64 <= wanted);
    let after = curve.iter().find(|point| point.customers as f64 >= wanted)?;
    let (from, low) = before.map_or((0.0, 0.0), |point| (point.customers as f64, point.share));
    let width = after.customers as f64 - from;
    Some(if width > 0.0 { low + (after.share - low) * (wanted - from) / width } else { after.share })
}

fn worry(voice: &Voice, data: &ReportData) -> Option<String> {
    if data.judged.is_empty() {
        return None;
    }
    let found = worries::count(voice, data);
    let mut said =
        if found == 0 { voice.say("short-worry-none") } else { voice.count_of("short-worry", found) };
    let flow = data.changes.as_ref().and_then(|changes| Some((changes.from, changes.rfm.as_ref()?)));
    if let Some((from, flow)) = flow {
        let lost = flow.counted.iter().filter(|one| !one.wanted && one.could > 0);
        if let Some(worst) = lost.max_by_key(|one| one.did) {
            let args = [
                ("day", voice.day(from).into()),
                ("did", voice.count(worst.did).into()),
                ("could", voice.count(worst.could).into()),
                ("share", voice.share_whole(worst.share[1]).into()),
            ];
            said = format!("{said} {}", voice.fill(&format!("short-{}", worst.name), &args));
        }
    }
    Some(said)
}

fn whom(voice: &Voice, name: &RfmName) -> String {
    let args = [
        ("segment", voice.segment("rfm", &name.name).into()),
        ("customers", voice.count_of("customers", name.customers).into()),
        ("sum", voice.money(name.revenue).into()),
    ];
    voice.fill("short-whom", &args)
}

/// The beginning of the story of the usual customer.
fn who(voice: &Voice, data: &ReportData, name: &RfmName) -> Option<String> {
    /// Sentences of the story that are told.
    const SENTENCES: usize = 3;
    let of = data.portraits.iter().find(|of| of.of == "rfm")?;
    let portrait = of.portraits.iter().find(|one| one.name == name.name)?;
    let story = with_teller(voice, data, |teller| teller.story(of, portrait));
    // Size and share are said before.
    let meet = with_teller(voice, data, |teller| teller.persona(portrait));
    let meet = voice.fill("short-who", &[("name", meet.into())]);
    let told = story.into_iter().skip(1).take(SENTENCES);
    Some(std::iter::once(meet).chain(told).collect::<Vec<_>>().join(" "))
}

fn monday(voice: &Voice, data: &ReportData, name: &RfmName) -> Option<String> {
    Some(super::segments::action(voice, data.rfm.as_ref()?, name))
}
