//! `dolka cohorts`: customers by the period of their first order.

use super::End;
use super::arguments::{Arguments, Moment, Shape};
use super::help::examples;
use super::progress::watch;
use super::segment::whole_money;
use super::table::Results;
use crate::base::Base;
use crate::jobs::cohorts::{Cohorts, cohorts as gathered};
use anyhow::Result;
use clap::{Args, ValueEnum};
use engine::overview::Cohort;
use model::calendar::Period;
use model::money::{Money, SCALE, divide_half_even};
use serde_json::{Value, json};

#[derive(Args, Debug)]
pub struct CohortsOf {
    /// What is told of every age.
    #[arg(long, value_enum, default_value_t = By::Customers)]
    pub by: By,
    /// Tell shares: of the cohort's customers, or of its money at age 0.
    #[arg(long)]
    pub share: bool,
    /// How long an age is.
    #[arg(long, value_enum, default_value_t = Age::Month)]
    pub period: Age,
    #[command(flatten)]
    pub moment: Moment,
}

/// What is told of a cohort at an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// How many ordered in it.
    Customers,
    /// Net money in it.
    Revenue,
    /// Net money up to its end for each customer of the cohort.
    Value,
}

/// How long an age is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Age {
    Month,
    Quarter,
}

/// Long rows for programs.
const ROWS: &[&str] = &["cohort", "customers", "age", "period", "over", "active", "revenue", "value"];

pub(super) fn help() -> String {
    let examples = examples(&[
        ("dolka cohorts --share", "Which part of each month's new customers ordered again, month by month"),
        ("dolka cohorts --by value --period quarter", "What a customer has brought by an age"),
        ("dolka cohorts --format csv", "All three in long rows, for a program"),
    ]);
    format!(
        "A row is everybody whose first order fell in that period; age 0 is that period itself. `value` is \
         net money up to the end of the age divided by all customers of the cohort, those gone long ago \
         too. A `*` marks a period that is not over. CSV and JSON have one row per cohort and age with \
         all three, as they are.\n\n{examples}"
    )
}

pub(super) fn cohorts(arguments: &Arguments, command: &CohortsOf) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let period = match command.period {
        Age::Month => Period::Month,
        Age::Quarter => Period::Quarter,
    };
    let watch = watch(arguments.quiet);
    let found = gathered(&base, period, command.moment.as_of, arguments.threads(), watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", found.as_of);
    }
    match arguments.format {
        Shape::Table => triangle(&found, command)?,
        shape => rows(&found)?.print(shape)?,
    }
    Ok(End::Done)
}

/// How a cohort is called: `2011-03`, `2011-Q1`.
fn name(cohort: &Cohort, period: Period) -> String {
    let date = cohort.first_day.date();
    match period {
        Period::Quarter => format!("{}-Q{}", date.year(), (date.month() - 1) / 3 + 1),
        _ => format!("{}-{:02}", date.year(), date.month()),
    }
}

/// Net money up to each age, added up, in 1/10 000.
fn cumulative(cohort: &Cohort) -> Vec<i128> {
    let money = cohort.ages.iter().map(|(_, money)| i128::from(money.0));
    money
        .scan(0, |sum: &mut i128, money| {
            *sum += money;
            Some(*sum)
        })
        .collect()
}

/// Money for each customer of a cohort.
fn each(sum: i128, cohort: &Cohort) -> i128 {
    divide_half_even(sum, i128::from(cohort.customers.max(1)))
}

/// Money to the cent.
fn cents(sum: i128) -> String {
    let cent = i128::from(SCALE / 100);
    Money(i64::try_from(divide_half_even(sum, cent) * cent).unwrap_or(i64::MAX)).to_string()
}

fn rows(found: &Cohorts) -> Result<Results<'static>> {
    let mut rows = Vec::new();
    for cohort in &found.cohorts {
        for (age, ((active, money), sum)) in cohort.ages.iter().zip(cumulative(cohort)).enumerate() {
            let (day, over) = found.at(cohort, age);
            rows.push(vec![
                json!(name(cohort, found.period)),
                json!(cohort.customers),
                json!(age),
                json!(day.to_string()),
                json!(over),
                json!(active),
                whole_money(i128::from(money.0))?,
                whole_money(each(sum, cohort))?,
            ]);
        }
    }
    Ok(Results { columns: ROWS, rows })
}

/// For people: a row per cohort, a column per age.
fn triangle(found: &Cohorts, command: &CohortsOf) -> Result<()> {
    let ages = found.cohorts.iter().map(|cohort| cohort.ages.len()).max().unwrap_or(0);
    let numbers: Vec<String> = (0..ages).map(|age| age.to_string()).collect();
    let columns: Vec<&str> =
        ["cohort", "customers"].into_iter().chain(numbers.iter().map(String::as_str)).collect();
    let row = |cohort: &Cohort| {
        let cells = cells(cohort, command);
        let shown = cells.into_iter().enumerate().map(|(age, text)| {
            let mark = if found.at(cohort, age).1 { "" } else { "*" };
            json!(format!("{text}{mark}"))
        });
        let empty = std::iter::repeat_n(Value::Null, ages - cohort.ages.len());
        let head = [json!(name(cohort, found.period)), json!(cohort.customers)];
        head.into_iter().chain(shown).chain(empty).collect()
    };
    Results { columns: &columns, rows: found.cohorts.iter().map(row).collect() }.print(Shape::Table)
}

/// What is told of each age.
fn cells(cohort: &Cohort, command: &CohortsOf) -> Vec<String> {
    let counts: Vec<i128> = match command.by {
        By::Customers => cohort.ages.iter().map(|(active, _)| i128::from(*active)).collect(),
        By::Revenue => cohort.ages.iter().map(|(_, money)| i128::from(money.0)).collect(),
        By::Value => cumulative(cohort).into_iter().map(|sum| each(sum, cohort)).collect(),
    };
    let whole = match command.by {
        By::Customers => i128::from(cohort.customers),
        By::Revenue | By::Value => counts.first().copied().unwrap_or(0),
    };
    let shown = |count: i128| match (command.by, command.share) {
        (_, true) if whole > 0 => format!("{:.1}%", count as f64 / whole as f64 * 100.0),
        (_, true) => String::new(),
        (By::Customers, false) => count.to_string(),
        (By::Revenue, false) => divide_half_even(count, i128::from(SCALE)).to_string(),
        (By::Value, false) => cents(count),
    };
    counts.into_iter().map(shown).collect()
}
