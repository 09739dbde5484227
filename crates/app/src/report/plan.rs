//! What to do with every segment: with whom, when, and what one order from each would bring.

use super::data::{ReportData, Targets};
use super::portraits::{action, page_of, with_teller};
use super::voice::Voice;
use askama::Template;
use engine::portraits::{Portrait, Portraits};
use model::money::{Money, divide_half_even};

#[derive(Template)]
#[template(path = "report/plan.html")]
struct Plan<'a> {
    v: &'a Voice<'a>,
    reach_is_known: bool,
    rows: Vec<Row>,
}

struct Row {
    aim: &'static str,
    page: String,
    name: String,
    action: String,
    when: String,
    customers: String,
    reachable: String,
    order: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let of = data.portraits.first()?;
    let targets = data.targets.as_ref().filter(|targets| targets.of == of.of);
    let mut portraits: Vec<&Portrait> = of.portraits.iter().collect();
    // Most money first: what is done for them counts most.
    portraits.sort_by_key(|one| std::cmp::Reverse(one.sums.revenue));
    let rows = portraits.into_iter().map(|one| row(voice, data, of, one, targets));
    let rows: Vec<Row> = rows.filter(|row| !row.action.is_empty()).collect();
    let reach_is_known = targets.is_some_and(|targets| targets.reach != super::data::ReachedBy::Nothing);
    (!rows.is_empty()).then(|| super::drawn(&Plan { v: voice, reach_is_known, rows }))
}

fn row(voice: &Voice, data: &ReportData, of: &Portraits, one: &Portrait, targets: Option<&Targets>) -> Row {
    let potential = targets.and_then(|all| all.segments.iter().find(|known| known.name == one.name));
    let each = (one.sums.orders > 0).then(|| {
        let sum = one.sums.revenue.max(0) * i128::from(one.sums.customers);
        Money(i64::try_from(divide_half_even(sum, one.sums.orders)).unwrap_or(i64::MAX))
    });
    let none = || "—".to_owned();
    let when = with_teller(voice, data, |teller| teller.when(&one.habits, &of.habits));
    Row {
        aim: super::segments::aim(&one.name),
        page: page_of(data, &of.of, &one.name).unwrap_or_default(),
        name: voice.segment(&of.of, &one.name),
        action: action(voice, data, of, one),
        when: when.join(" "),
        customers: voice.count(one.sums.customers),
        reachable: potential.map_or_else(none, |own| voice.count(own.reachable)),
        order: each.map_or_else(none, |sum| voice.money(sum)),
    }
}
