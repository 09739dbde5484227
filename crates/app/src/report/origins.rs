//! Where customers come from.

use super::bars;
use super::data::{Origin, Origins, ReportData};
use super::voice::{Voice, share};
use askama::Template;
use model::money::Money;

#[derive(Template)]
#[template(path = "report/origins.html")]
struct OriginsSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    /// Not everybody with a source is a customer, so that sources differ in how many become one.
    converts: bool,
    rows: Vec<Row>,
    /// How to know what a customer from a source costs.
    costs: String,
}

struct Row {
    name: String,
    people: String,
    customers: String,
    conversion: String,
    interval: String,
    bar: String,
    index: String,
    revenue: String,
    share: String,
    share_bar: String,
    ltv: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let origins = data.origins.as_ref()?;
    let converts = origins.rows.iter().any(|row| row.name.is_some() && row.customers < row.people);
    let whole = Money(origins.rows.iter().map(|row| row.revenue.0.max(0)).sum());
    let rows = origins.rows.iter().filter(|one| converts || one.customers > 0.0);
    let rows = rows.map(|one| row(voice, origins, one, whole)).collect();
    let intro = intro(voice, origins, converts);
    let command = if origins.by == "source" { "dolka sources" } else { "dolka sources --by channel" };
    let command = format!("`{command} --costs FILE`");
    let costs = voice.fill("origins-costs", &[("command", command.into())]);
    Some(super::drawn(&OriginsSection { v: voice, intro, converts, rows, costs }))
}

/// The commonest source where it is known, and the one from which people become customers clearly most
/// often.
fn intro(voice: &Voice, origins: &Origins, converts: bool) -> String {
    let mut said = vec![voice.say(&format!("origins-intro-{}", origins.by))];
    let named = || origins.rows.iter().filter(|row| row.name.is_some());
    let name = |row: &Origin| row.name.clone().unwrap_or_default();
    if let Some(most) = named().max_by(|a, b| a.customers.total_cmp(&b.customers)) {
        let known: f64 = named().map(|row| row.customers).sum();
        let part = if known > 0.0 { most.customers / known } else { 0.0 };
        let args = [("name", name(most).into()), ("share", voice.share_whole(part).into())];
        said.push(voice.fill("origins-most", &args));
    }
    let sure = |row: &&Origin| converts && row.difference.is_some_and(|[low, _]| low > 0.0);
    let value = |row: &Origin| row.conversion.map_or(0.0, |[_, value, _]| value);
    if let Some(best) = named().filter(sure).max_by(|a, b| value(a).total_cmp(&value(b))) {
        let args = [("name", name(best).into()), ("share", voice.share_whole(value(best)).into())];
        said.push(voice.fill("origins-best", &args));
    }
    said.join(" ")
}

fn row(voice: &Voice, origins: &Origins, one: &Origin, whole: Money) -> Row {
    let usual = origins.customers / origins.people.max(1.0);
    let part = share(one.revenue, whole);
    let none = || "—".to_owned();
    Row {
        name: one.name.clone().unwrap_or_else(|| voice.say("origins-unknown")),
        people: voice.decimal(one.people, 0),
        customers: voice.decimal(one.customers, 0),
        conversion: one.conversion.map_or_else(none, |[_, value, _]| voice.share(value)),
        interval: one
            .conversion
            .map_or_else(String::new, |[low, _, high]| format!("{}–{}", voice.share(low), voice.share(high))),
        bar: one.conversion.map_or_else(String::new, |of| bars::interval_bar(of, usual)),
        index: one.index.map_or_else(none, |index| voice.decimal(index, 0)),
        revenue: voice.money(one.revenue),
        share: voice.share(part),
        share_bar: bars::bar(part),
        ltv: one.average_ltv.map_or_else(none, |sum| voice.money(sum)),
    }
}
