//! The base beside other people: what sets customers apart, and where they are missing.

use super::data::{CompetitorSeen, Market, MarketCriterion, MarketValue, ReportData, WhiteSpot};
use super::voice::Voice;
use super::{bars, special};
use crate::words::findings::feature;
use askama::Template;

#[derive(Template)]
#[template(path = "report/market.html")]
struct MarketSection<'a> {
    v: &'a Voice<'a>,
    markets: Vec<Shown>,
    seen: Vec<String>,
}

/// The base beside one population.
struct Shown {
    population: String,
    intro: String,
    criteria: Vec<String>,
    spots_intro: String,
    spots: Vec<Spot>,
    caption: String,
    rows: Vec<Row>,
}

struct Spot {
    place: String,
    share: String,
    customers: String,
    bar: String,
    expected: String,
    missing: String,
    addressed: String,
}

struct Row {
    name: String,
    here: String,
    there: String,
    index: String,
    bar: String,
    addressed: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let markets: Vec<Shown> = data.market.iter().map(|market| shown(voice, market)).collect();
    let seen: Vec<String> = data.competitors.iter().map(|one| said(voice, one)).collect();
    (!markets.is_empty() || !seen.is_empty())
        .then(|| super::drawn(&MarketSection { v: voice, markets, seen }))
}

fn shown(voice: &Voice, market: &Market) -> Shown {
    let of = |key: &str| voice.fill(key, &[("population", market.population.as_str().into())]);
    let intro = if market.values.is_empty() { of("market-same") } else { of("market-intro") };
    Shown {
        population: market.population.clone(),
        intro,
        criteria: market.criteria.iter().map(|one| criterion(voice, market, one)).collect(),
        spots_intro: of(if market.spots.is_empty() { "spots-none" } else { "spots-intro" }),
        spots: market.spots.iter().map(|one| spot(voice, one)).collect(),
        caption: of("market-caption"),
        rows: market.values.iter().map(|one| row(voice, one)).collect(),
    }
}

fn criterion(voice: &Voice, market: &Market, one: &MarketCriterion) -> String {
    let args = [
        ("attribute", feature(voice.words(), &one.attribute).into()),
        ("values", one.values.join(", ").into()),
        ("here", voice.share(one.here).into()),
        ("there", voice.share(one.there).into()),
        ("population", market.population.as_str().into()),
    ];
    voice.fill("market-criterion", &args)
}

fn value(voice: &Voice, attribute: &str, value: &str) -> String {
    let args = [("name", feature(voice.words(), attribute).into()), ("value", value.into())];
    voice.fill("market-value", &args)
}

fn spot(voice: &Voice, one: &WhiteSpot) -> Spot {
    let each = one.values.iter().map(|(attribute, of)| value(voice, attribute, of));
    let part = if one.expected > 0.0 { one.customers as f64 / one.expected } else { 0.0 };
    Spot {
        place: each.collect::<Vec<_>>().join("; "),
        share: voice.share(one.share),
        customers: voice.count(one.customers),
        bar: bars::bar(part),
        expected: voice.decimal(one.expected, 0),
        missing: voice.decimal((one.expected - one.customers as f64).max(0.0), 0),
        addressed: one.addressed.join(", "),
    }
}

fn row(voice: &Voice, one: &MarketValue) -> Row {
    Row {
        name: value(voice, &one.attribute, &one.value),
        here: voice.share(one.here),
        there: voice.share(one.there),
        index: one.index.map_or_else(|| "—".to_owned(), |index| voice.decimal(index, 0)),
        bar: one.index.map_or_else(String::new, special::bar),
        addressed: one.addressed.join(", "),
    }
}

/// A note on a competitor in one line.
fn said(voice: &Voice, one: &CompetitorSeen) -> String {
    let addresses = one.addresses.as_ref().map(|(attribute, of)| value(voice, attribute, of));
    let parts = [Some(one.competitor.clone()), addresses, one.seen_in.clone()];
    let parts = parts.into_iter().chain([one.seen_on.map(|day| voice.day(day)), one.text.clone()]);
    parts.flatten().collect::<Vec<_>>().join(" · ")
}
