//! Cohorts: of those who first bought in a month, how many bought again in each later one.

use super::data::{Cohort, ReportData};
use super::heat;
use super::voice::{Voice, share_of};
use askama::Template;
use model::calendar::{Day, Period};
use model::money::{Money, divide_half_even};

/// Newest cohorts that are shown; older ones would not fit a page.
const COHORTS_MAX: usize = 24;
/// Months of life that are shown.
const AGES_MAX: usize = 24;

#[derive(Template)]
#[template(path = "report/cohorts.html")]
struct CohortsSection<'a> {
    v: &'a Voice<'a>,
    ages: Vec<usize>,
    rows: Vec<Row>,
    has_partial: bool,
    summary: Option<String>,
    cut: Option<String>,
}

struct Row {
    month: String,
    customers: String,
    cells: Vec<Cell>,
    /// Cells after the last, to be left empty.
    empty: usize,
}

struct Cell {
    heat: u8,
    share: String,
    /// The month is not over as of the report.
    partial: bool,
    title: String,
    revenue: Shown,
    /// Revenue up to the end of the month for each customer of the cohort.
    value: Shown,
}

/// A sum of money on its colour.
struct Shown {
    heat: u8,
    text: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let cohorts: Vec<&Cohort> = data.cohorts.as_ref()?.iter().filter(|cohort| cohort.customers > 0).collect();
    let hidden = cohorts.len().saturating_sub(COHORTS_MAX);
    let shown = &cohorts[hidden..];
    let ages = shown.iter().map(|cohort| cohort.ages.len()).max()?.min(AGES_MAX);
    let later = |cohort: &&&Cohort| {
        let ages = cohort.ages.iter().skip(1);
        ages.map(|age| share_of(age.active, cohort.customers)).fold(0.0, f64::max)
    };
    let most = shown.iter().map(|cohort| later(&cohort)).fold(0.0, f64::max);
    let scale = Scale {
        later: most,
        revenue: most_of(shown, |cohort| cohort.ages.iter().skip(1).map(|age| age.revenue).collect()),
        value: most_of(shown, values),
    };
    let rows: Vec<Row> = shown.iter().map(|cohort| row(voice, data.as_of, cohort, ages, &scale)).collect();
    let has_partial = rows.iter().any(|row| row.cells.iter().any(|cell| cell.partial));
    Some(super::drawn(&CohortsSection {
        v: voice,
        ages: (0..ages).collect(),
        rows,
        has_partial,
        summary: summary(voice, data.as_of, shown),
        cut: (hidden > 0).then(|| voice.count_of("cohorts-cut", shown.len() as u64)),
    }))
}

/// The month that a cohort is `age` months old in.
fn month_at(cohort: &Cohort, age: usize) -> i32 {
    Period::Month.of(cohort.month) + i32::try_from(age).unwrap_or(i32::MAX / 2)
}

fn is_over(as_of: Day, cohort: &Cohort, age: usize) -> bool {
    Period::Month.last_day(month_at(cohort, age)) <= as_of
}

/// What the darkest cells stand for.
struct Scale {
    later: f64,
    revenue: f64,
    value: f64,
}

fn most_of(cohorts: &[&Cohort], sums: impl Fn(&Cohort) -> Vec<Money>) -> f64 {
    cohorts.iter().flat_map(|cohort| sums(cohort)).map(Money::to_f64).fold(0.0, f64::max)
}

/// Revenue up to the end of each month of life, for each customer of the cohort.
fn values(cohort: &Cohort) -> Vec<Money> {
    let customers = i128::from(cohort.customers.max(1));
    let mut sum = 0;
    let value = |age: &super::data::CohortAge| {
        sum += i128::from(age.revenue.0);
        Money(i64::try_from(divide_half_even(sum, customers)).unwrap_or(i64::MAX))
    };
    cohort.ages.iter().map(value).collect()
}

fn row(voice: &Voice, as_of: Day, cohort: &Cohort, ages: usize, scale: &Scale) -> Row {
    let values = values(cohort);
    let cell = |(age, of_age): (usize, &super::data::CohortAge)| {
        let share = share_of(of_age.active, cohort.customers);
        Cell {
            // The first month is always the whole cohort, so it would drown the others.
            heat: if age == 0 { 0 } else { heat::step(share, scale.later) },
            share: voice.share_whole(share),
            partial: !is_over(as_of, cohort, age),
            title: voice.count_of("customers", of_age.active),
            revenue: Shown {
                heat: if age == 0 { 0 } else { heat::step(of_age.revenue.to_f64(), scale.revenue) },
                text: voice.money_short(of_age.revenue),
            },
            value: Shown {
                heat: heat::step(values[age].to_f64(), scale.value),
                text: voice.money_short(values[age]),
            },
        }
    };
    let cells: Vec<Cell> = cohort.ages.iter().enumerate().take(ages).map(cell).collect();
    Row {
        month: voice.month_short(cohort.month),
        customers: voice.count(cohort.customers),
        empty: ages.saturating_sub(cells.len()),
        cells,
    }
}

/// How many come back in the month after their first, over all cohorts for which it is over.
fn summary(voice: &Voice, as_of: Day, cohorts: &[&Cohort]) -> Option<String> {
    let grown = cohorts.iter().filter(|cohort| cohort.ages.len() > 1 && is_over(as_of, cohort, 1));
    let (active, customers) = grown.fold((0, 0), |(active, customers), cohort| {
        (active + cohort.ages[1].active, customers + cohort.customers)
    });
    (customers > 0).then(|| {
        voice.fill("cohorts-summary", &[("share", voice.share_whole(share_of(active, customers)).into())])
    })
}
