//! A page for each segment: who its customers are, what is special of them, when and what they buy, where
//! they came from, what to do.

use super::data::{Dealt, Flow, FlowMove, ReportData};
use super::habits::{self, Chart};
use super::special::{self, Row};
use super::targets::signed;
use super::voice::{Voice, share_of};
use crate::words::cards::{ACTION, Part};
use crate::words::portraits::{Rows, Teller};
use askama::Template;
use engine::groups::Group;
use engine::moves::NOT_YET_KNOWN;
use engine::overview::Seller;
use engine::portraits::{Portrait, Portraits};
use model::money::Money;
use std::collections::BTreeMap;

/// Things a segment buys that its page lists.
const GOODS: usize = 5;

#[derive(Template)]
#[template(path = "report/portraits.html")]
struct PortraitsSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    pages: Vec<Page>,
}

/// A segment's page.
struct Page {
    id: String,
    aim: &'static str,
    name: String,
    meaning: String,
    persona: String,
    story: String,
    figures: Vec<Figure>,
    matrix: Rows,
    special: Vec<Row>,
    charts: Vec<Chart>,
    goods: Vec<(String, String, String)>,
    moved: Vec<String>,
    action: String,
    card: Vec<CardPart>,
    notes: Vec<CardPart>,
}

/// A part of the strategy card.
pub(super) struct CardPart {
    pub(super) heading: String,
    pub(super) text: String,
    /// Who says so.
    pub(super) mark: String,
}

struct Figure {
    label: String,
    value: String,
    hint: String,
}

/// The anchor of a segment's page, if it has one.
pub(super) fn page_of(data: &ReportData, of: &str, segment: &str) -> Option<String> {
    let (number, portraits) = data.portraits.iter().enumerate().find(|(_, one)| one.of == of)?;
    let place = portraits.portraits.iter().position(|one| one.name == segment)?;
    Some(id(number, place))
}

fn id(number: usize, place: usize) -> String {
    format!("segment-{}-{}", number + 1, place + 1)
}

/// What the portraits of a report are told with.
pub(super) fn with_teller<R>(voice: &Voice, data: &ReportData, tell: impl FnOnce(&Teller<'_>) -> R) -> R {
    let known = data.groups.iter();
    let groups: BTreeMap<String, Group> =
        known.filter_map(|(name, group)| Some((name.clone(), Group::from_name(group)?))).collect();
    tell(&Teller { words: voice.words(), currency: voice.currency(), groups: &groups })
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let pages: Vec<Page> = with_teller(voice, data, |teller| {
        let of = |(number, portraits): (usize, _)| pages(voice, data, teller, number, portraits);
        data.portraits.iter().enumerate().flat_map(of).collect()
    });
    let intro = voice.say("portraits-intro");
    (!pages.is_empty()).then(|| super::drawn(&PortraitsSection { v: voice, intro, pages }))
}

fn pages(voice: &Voice, data: &ReportData, teller: &Teller<'_>, number: usize, of: &Portraits) -> Vec<Page> {
    let page = |(place, one): (usize, &Portrait)| {
        let id = id(number, place);
        let (card, notes) = card(voice, data, teller, of, one);
        Page {
            card,
            notes,
            aim: super::segments::aim(&one.name),
            name: voice.segment(&of.of, &one.name),
            meaning: meaning(voice, data, of, one),
            persona: teller.persona(one),
            story: teller.story(of, one).join(" "),
            figures: figures(voice, data, of, one),
            matrix: matrix(teller, of, one),
            special: special::rows(voice, one),
            charts: habits::charts(voice, &id, &one.habits, &of.habits),
            goods: goods(voice, one),
            moved: moved(voice, data, of, one),
            action: action(voice, data, of, one),
            id,
        }
    };
    of.portraits.iter().enumerate().map(page).collect()
}

fn meaning(voice: &Voice, data: &ReportData, of: &Portraits, one: &Portrait) -> String {
    match data.rfm.as_ref().filter(|_| of.of == "rfm") {
        Some(rfm) => super::segments::meaning(voice, rfm, &one.name),
        None => voice.meaning(&of.of, &one.name),
    }
}

/// Parts of the card but the action, which has a place of its own, and notes.
pub(super) fn card(
    voice: &Voice,
    data: &ReportData,
    teller: &Teller<'_>,
    of: &Portraits,
    one: &Portrait,
) -> (Vec<CardPart>, Vec<CardPart>) {
    let usual = Dealt::default();
    let dealt = data.cards.get(&of.of).and_then(|cards| cards.get(&one.name)).unwrap_or(&usual);
    let card = teller.card(of, one, dealt.reached.as_ref(), &dealt.written);
    let part = |part: Part| CardPart {
        mark: voice.say(if part.typed { "card-typed" } else { "card-suggested" }),
        heading: part.heading,
        text: part.text,
    };
    let parts = card.parts.into_iter().filter(|part| part.part != ACTION).map(part).collect();
    let note = |note: Part| CardPart {
        mark: voice.say("card-not-from-data"),
        heading: note.heading,
        text: note.text,
    };
    (parts, card.notes.into_iter().map(note).collect())
}

/// What to do, as people wrote, settings or the method say.
pub(super) fn action(voice: &Voice, data: &ReportData, of: &Portraits, one: &Portrait) -> String {
    let card = data.cards.get(&of.of).and_then(|cards| cards.get(&one.name));
    if let Some(text) = card.and_then(|card| card.written.get(ACTION)) {
        return text.clone();
    }
    let named = |rfm: &super::data::Rfm| {
        let name = rfm.names.iter().find(|name| name.name == one.name)?;
        Some(super::segments::action(voice, rfm, name))
    };
    let own = data.rfm.as_ref().filter(|_| of.of == "rfm").and_then(named);
    own.or_else(|| Some(voice.action(&of.of, &one.name)).filter(|text| !text.is_empty()))
        .or_else(|| one.action.clone())
        .unwrap_or_default()
}

fn figures(voice: &Voice, data: &ReportData, of: &Portraits, one: &Portrait) -> Vec<Figure> {
    let figure = |key: &str, value: String, hint: String| Figure { label: voice.say(key), value, hint };
    let money = |sum: i128| voice.money(Money(i64::try_from(sum).unwrap_or(i64::MAX)));
    let part = |own: i128, whole: i128| if whole > 0 { own.max(0) as f64 / whole as f64 } else { 0.0 };
    let (sums, whole) = (&one.sums, &of.whole);
    let share = share_of(sums.customers, whole.customers);
    let mut figures = vec![figure("column-customers", voice.count(sums.customers), voice.share(share))];
    if whole.revenue > 0 {
        let share = voice.share(part(sums.revenue, whole.revenue));
        figures.push(figure("column-revenue", money(sums.revenue), share));
    }
    let targets = data.targets.as_ref().filter(|targets| targets.of == of.of);
    if let Some(own) =
        targets.and_then(|targets| targets.segments.iter().find(|known| known.name == one.name))
    {
        let hint = own.growth().map_or_else(String::new, |growth| signed(voice, growth));
        figures.push(figure("column-year", money(own.revenue_year), hint));
        if let Some(ltv) = own.average_ltv() {
            figures.push(figure("column-average-ltv", voice.money(ltv), String::new()));
        }
    }
    figures
}

/// The Khramatrix without what has a place of its own on the page, and without rows of which nothing is
/// known.
fn matrix(teller: &Teller<'_>, of: &Portraits, one: &Portrait) -> Rows {
    let without = [teller.words.say("portrait-do"), teller.words.say("portrait-what")];
    let nothing = teller.words.say("portrait-none");
    let rows = teller.khramatrix(of, one).into_iter();
    rows.filter(|(heading, text)| *text != nothing && !without.contains(heading)).collect()
}

/// What brings most: name, money, customers.
fn goods(voice: &Voice, one: &Portrait) -> Vec<(String, String, String)> {
    let habits = &one.habits;
    let best = if habits.categories.is_empty() { &habits.products } else { &habits.categories };
    let row = |seller: &Seller| {
        let name = seller.name.clone().unwrap_or_else(|| seller.id.clone());
        (name, voice.money(seller.revenue), voice.count(seller.customers))
    };
    best.iter().filter(|seller| seller.revenue > Money::ZERO).take(GOODS).map(row).collect()
}

/// Where those who were here at the earlier day are now, and where those who are here were.
fn moved(voice: &Voice, data: &ReportData, of: &Portraits, one: &Portrait) -> Vec<String> {
    let Some(changes) = &data.changes else { return Vec::new() };
    let flow = match of.of.as_str() {
        "rfm" => &changes.rfm,
        "stage" => &changes.stages,
        _ => return Vec::new(),
    };
    let Some(flow) = flow else { return Vec::new() };
    let day = voice.day(changes.from);
    let here = |of: &dyn Fn(&FlowMove) -> &str| side(flow, &one.name, of);
    let mut said = Vec::new();
    let (before, stayed, next) = here(&|one| &one.from);
    let name = |other: &str| voice.segment(&of.of, other);
    if before > 0 {
        let mut args = vec![
            ("day", day.clone().into()),
            ("customers", voice.count_of("customers", before).into()),
            ("stayed", voice.share_whole(share_of(stayed, before)).into()),
        ];
        let key = match next.filter(|(_, count)| *count > 0) {
            Some((next, count)) => {
                args.push(("next", name(next).into()));
                args.push(("part", voice.share_whole(share_of(count, before)).into()));
                "portrait-went"
            }
            None => "portrait-stayed",
        };
        said.push(voice.fill(key, &args));
    }
    let (now, _, from) = here(&|one| &one.to);
    if let Some((from, count)) = from.filter(|(_, count)| *count > 0 && now > 0) {
        let part = voice.share_whole(share_of(count, now));
        said.push(match from {
            NOT_YET_KNOWN => voice.fill("portrait-came-new", &[("day", day.into()), ("part", part.into())]),
            from => voice.fill("portrait-came", &[("from", name(from).into()), ("part", part.into())]),
        });
    }
    said
}

/// Of the moves with a segment at one end: customers, those with it at both, and the commonest other end.
fn side<'a>(
    flow: &'a Flow,
    segment: &str,
    end: &dyn Fn(&'a FlowMove) -> &'a str,
) -> (u64, u64, Option<(&'a str, u64)>) {
    let own = || flow.moves.iter().filter(|one| end(one) == segment);
    let all = own().map(|one| one.customers).sum();
    let stayed = own().filter(|one| one.from == one.to).map(|one| one.customers).sum();
    let others = own().filter(|one| one.from != one.to);
    let most = others.max_by(|a, b| a.customers.cmp(&b.customers).then_with(|| b.from.cmp(&a.from)));
    let most = most.map(|one| (if one.from == segment { &one.to } else { &one.from }, one.customers));
    (all, stayed, most.map(|(name, count)| (name.as_str(), count)))
}
