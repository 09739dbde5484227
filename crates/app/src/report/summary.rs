//! The headline figures and money by month.

use super::columns::{self, Columns};
use super::data::ReportData;
use super::notes;
use super::short::{self, Answer};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::calendar::{Day, Period};
use model::money::Money;

#[derive(Template)]
#[template(path = "report/summary.html")]
struct Summary<'a> {
    v: &'a Voice<'a>,
    figures: Vec<Figure>,
    answers: Vec<Answer>,
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
        answers: short::answers(voice, data),
        notes: notes::sentences(voice, data),
        months,
        chart: columns::months(voice, data),
    })
}

/// Whether the month of this day goes on after `as_of`.
pub(super) fn is_partial(data: &ReportData, month: Day) -> bool {
    Period::Month.last_day(Period::Month.of(month)) > data.as_of
}

fn average(voice: &Voice, revenue: Money, orders: u64) -> String {
    let average = revenue.divided_by(i64::try_from(orders).unwrap_or(0));
    average.map_or_else(|| "—".to_owned(), |average| voice.money_exact(average))
}

/// A base that knows people and deals and no orders.
fn figures_without_orders(voice: &Voice, data: &ReportData) -> Vec<Figure> {
    let (totals, happened) = (&data.totals, &data.happened);
    let figure = |key: &str, value: String, hint: String| Figure { label: voice.say(key), value, hint };
    let closed = happened.won_deals + happened.lost_deals;
    let known = voice.share_whole(share_of(happened.customers, totals.customers));
    let period = happened.first_day.zip(happened.last_day);
    let days = period.map_or(0, |(first, last)| last.since(first) + 1);
    vec![
        figure("figure-won", voice.money(happened.won), voice.say("figure-won-hint")),
        figure("figure-deals", voice.count(closed), voice.count_of("figure-deals-hint", happened.open_deals)),
        figure(
            "figure-won-share",
            voice.share(share_of(happened.won_deals, closed)),
            voice.say("figure-won-share-hint"),
        ),
        figure(
            "figure-customers",
            voice.count(totals.customers),
            voice.fill("figure-customers-hint", &[("share", known.into())]),
        ),
        figure(
            "figure-touches",
            voice.count(happened.touches + happened.leads),
            voice.count_of("figure-touches-hint", happened.leads),
        ),
        figure(
            "figure-period",
            voice.count_of("days", u64::from(days.unsigned_abs())),
            period_words(voice, period),
        ),
    ]
}

fn period_words(voice: &Voice, period: Option<(Day, Day)>) -> String {
    match period {
        Some((first, last)) => voice.fill(
            "figure-period-hint",
            &[("first", voice.day(first).into()), ("last", voice.day(last).into())],
        ),
        None => voice.say("figure-period-none"),
    }
}

fn figures(voice: &Voice, data: &ReportData) -> Vec<Figure> {
    let totals = &data.totals;
    if totals.orders + totals.returns == 0 && !data.happened.is_empty() {
        return figures_without_orders(voice, data);
    }
    let figure = |key: &str, value: String, hint: String| Figure { label: voice.say(key), value, hint };
    let anonymous = share(totals.anonymous_revenue, totals.revenue);
    let revenue_hint = if anonymous > 0.0 {
        voice.fill("figure-revenue-hint", &[("share", voice.share(anonymous).into())])
    } else {
        voice.say("figure-revenue-hint-all")
    };
    let without = totals.customers.saturating_sub(totals.buyers);
    let period = period_words(voice, totals.first_day.zip(totals.last_day));
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
