//! The headline figures and money by month.

use super::columns::{self, Columns};
use super::data::ReportData;
use super::notes;
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::calendar::Period;
use model::money::Money;

#[derive(Template)]
#[template(path = "report/summary.html")]
struct Summary<'a> {
    v: &'a Voice<'a>,
    figures: Vec<Figure>,
    notes: Vec<String>,
    months: Vec<Month>,
    chart: Option<Columns>,
}

struct Figure {
    label: String,
    value: String,
    hint: String,
}

struct Month {
    name: String,
    orders: String,
    revenue: String,
    average: String,
    /// The month is not over as of the report.
    partial: bool,
}

/// The line under the title: what the report is as of.
pub(super) fn subtitle(voice: &Voice, data: &ReportData) -> String {
    let day = voice.day(data.as_of);
    let moment = voice.fill("report-subtitle", &[("day", day.into()), ("zone", data.zone.as_str().into())]);
    if data.currency.is_empty() { moment } else { format!("{moment} · {}", data.currency) }
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> String {
    let months = data
        .months
        .iter()
        .map(|month| Month {
            name: voice.month_short(month.month),
            orders: voice.count(month.orders),
            revenue: voice.money_exact(month.revenue),
            average: average(voice, month.revenue, month.orders),
            partial: is_partial(data, month.month),
        })
        .collect();
    super::drawn(&Summary {
        v: voice,
        figures: figures(voice, data),
        notes: notes::sentences(voice, data),
        months,
        chart: columns::months(voice, data),
    })
}

/// Whether the month of this day goes on after `as_of`.
pub(super) fn is_partial(data: &ReportData, month: model::calendar::Day) -> bool {
    Period::Month.last_day(Period::Month.of(month)) > data.as_of
}

fn average(voice: &Voice, revenue: Money, orders: u64) -> String {
    let average = revenue.divided_by(i64::try_from(orders).unwrap_or(0));
    average.map_or_else(|| "—".to_owned(), |average| voice.money_exact(average))
}

fn figures(voice: &Voice, data: &ReportData) -> Vec<Figure> {
    let totals = &data.totals;
    let figure = |key: &str, value: String, hint: String| Figure { label: voice.say(key), value, hint };
    let anonymous = share(totals.anonymous_revenue, totals.revenue);
    let revenue_hint = if anonymous > 0.0 {
        voice.fill("figure-revenue-hint", &[("share", voice.share(anonymous).into())])
    } else {
        voice.say("figure-revenue-hint-all")
    };
    let without = totals.customers.saturating_sub(totals.buyers);
    let period = match (totals.first_day, totals.last_day) {
        (Some(first), Some(last)) => voice.fill(
            "figure-period-hint",
            &[("first", voice.day(first).into()), ("last", voice.day(last).into())],
        ),
        _ => voice.say("figure-period-none"),
    };
    let days = totals.first_day.zip(totals.last_day).map_or(0, |(first, last)| last.since(first) + 1);
    vec![
        figure("figure-revenue", voice.money(totals.revenue), revenue_hint),
        figure(
            "figure-orders",
            voice.count(totals.orders),
            voice.count_of("figure-orders-hint", totals.returns),
        ),
        figure(
            "figure-average",
            average(voice, totals.revenue, totals.orders),
            voice.say("figure-average-hint"),
        ),
        figure("figure-buyers", voice.count(totals.buyers), voice.count_of("figure-buyers-hint", without)),
        figure(
            "figure-repeat",
            voice.share(share_of(totals.repeat_buyers, totals.buyers)),
            voice.count_of("figure-repeat-hint", totals.repeat_buyers),
        ),
        figure("figure-period", voice.count_of("days", u64::from(days.unsigned_abs())), period),
    ]
}
