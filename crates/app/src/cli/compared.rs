//! `dolka regions` and `dolka population`: customers beside places and beside other people.

use super::End;
use super::arguments::{Arguments, Shape};
use super::table::Results;
use crate::base::Base;
use crate::jobs::population::{Compared, compare};
use crate::jobs::regions::{Coverage, coverage};
use anyhow::{Result, bail};
use engine::market::Cut;
use model::calendar::Day;
use serde_json::{Value, json};

/// Places without a region that are listed.
const LISTED: usize = 20;

pub(super) fn regions(arguments: &Arguments) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let (facts, _) = base.facts()?;
    if facts.regions.is_empty() {
        bail!("there is no region table; import one with `dolka import FILE --kind regions`");
    }
    let coverage = coverage(&facts)?;
    if arguments.format == Shape::Json {
        println!("{}", of_coverage(&coverage));
        return Ok(End::Done);
    }
    if !arguments.quiet {
        eprintln!("{} places; customers have by them: {}", coverage.places, coverage.attributes.join(", "));
        eprintln!("{}", coverage.sentence());
    }
    let rows = coverage.without.iter().take(LISTED).map(|(place, count)| vec![json!(place), json!(count)]);
    Results { columns: &["place_without_region", "customers"], rows: rows.collect() }
        .print(arguments.format)?;
    Ok(End::Done)
}

/// The coverage as JSON.
pub(super) fn of_coverage(coverage: &Coverage) -> Value {
    let without = coverage.without.iter().take(LISTED);
    let without: Vec<Value> =
        without.map(|(place, count)| json!({ "place": place, "customers": count })).collect();
    json!({
        "places": coverage.places,
        "attributes": coverage.attributes,
        "customers": coverage.customers,
        "covered": coverage.covered,
        "without": without,
    })
}

pub(super) fn population(arguments: &Arguments, name: Option<&str>, as_of: Option<Day>) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let (facts, _) = base.facts()?;
    let compared = compare(&facts, name, as_of)?;
    if !arguments.quiet {
        compared.iter().for_each(|compared| eprintln!("{}", sentence(compared)));
    }
    let rows = compared.iter().flat_map(|of| {
        of.values.iter().map(move |value| {
            let difference = value.difference;
            vec![
                json!(of.population),
                json!(of.attribute),
                json!(value.value),
                json!(value.customers),
                percent(value.customers, of.customers),
                json!(value.people),
                percent(value.people, of.people),
                json!(difference.map(|known| tenths(known.value))),
                json!(difference.map(|known| tenths(known.low))),
                json!(difference.map(|known| tenths(known.high))),
                json!(value.index(of).map(|index| index.round() as i64)),
            ]
        })
    });
    let columns = &[
        "population",
        "attribute",
        "value",
        "customers",
        "customers_%",
        "people",
        "people_%",
        "points",
        "points_low",
        "points_high",
        "index",
    ];
    Results { columns, rows: rows.collect() }.print(arguments.format)?;
    Ok(End::Done)
}

fn sentence(compared: &Compared) -> String {
    let Compared { population, attribute, people, customers, .. } = compared;
    let cut = match compared.cut {
        Cut::None => "",
        Cut::Bands(_) => ", in the bands of the population",
        Cut::Quantiles(_) => ", cut into fifths of the customers",
    };
    match customers {
        0 => format!("{population}: {people} people by `{attribute}`; no customer has this attribute"),
        _ => format!(
            "{population}: {people} people by `{attribute}`, beside {customers} customers who have it{cut}"
        ),
    }
}

/// A share in percent with one decimal.
fn percent(count: u64, of: u64) -> Value {
    if of == 0 { Value::Null } else { json!(tenths(count as f64 / of as f64)) }
}

/// A share in percent points, rounded to tenths.
fn tenths(share: f64) -> f64 {
    // Adding nought turns −0 to 0.
    (share * 1000.0).round() / 10.0 + 0.0
}
