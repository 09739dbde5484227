//! How long the search for what won opportunities have in common takes, as `bench/run` asks it beside
//! pysubgroup: conditions, rules of two and their ranking, without a verdict.
//!
//! `cargo run --release --example criteria_speed PIPELINE.csv ACCOUNTS.csv RUNS` prints one line of JSON.

use model::criteria::{Bits, Column, Conditions, Values, search};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::read_to_string;

/// Rules that are printed.
const SHOWN: usize = 3;
/// Attributes of the deal by place, then those of its account: categories, then numbers.
const OF_DEAL: [(&str, usize); 2] = [("product", 2), ("sales_agent", 1)];
const OF_ACCOUNT: [(&str, usize); 3] = [("sector", 1), ("office_location", 5), ("subsidiary_of", 6)];
const NUMBERS: [(&str, usize); 3] = [("revenue", 3), ("employees", 4), ("year_established", 2)];
/// Where a deal says its account and its stage.
const ACCOUNT: usize = 3;
const STAGE: usize = 4;

fn rows(path: &str) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let text = read_to_string(path)?;
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    Ok(text.lines().skip(1).map(cells).collect())
}

fn category(name: &str, values: &[Option<&str>]) -> Column {
    let mut names: Vec<&str> = values.iter().flatten().copied().collect();
    names.sort_unstable();
    names.dedup();
    let code = |value: &&str| names.binary_search(value).ok().map(|code| code as u32);
    let codes = values.iter().map(|value| value.as_ref().and_then(code)).collect();
    let names = names.iter().map(|&name| name.to_owned()).collect();
    Column { name: name.to_owned(), values: Values::Category { codes, names }, ask_unknown: false }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("name the pipeline, the accounts and how many runs");
    let (mut deals, accounts, runs) = (rows(&next()?)?, rows(&next()?)?, next()?.parse::<usize>()?);
    deals.retain(|deal| ["Won", "Lost"].contains(&&deal[STAGE][..]));
    let by_name: BTreeMap<&str, &Vec<String>> = accounts.iter().map(|row| (&row[0][..], row)).collect();
    let of_account = |place: usize| -> Vec<Option<&str>> {
        let cell = |deal: &Vec<String>| by_name.get(&deal[ACCOUNT][..]).map(|row| row[place].as_str());
        deals.iter().map(|deal| cell(deal).filter(|cell| !cell.is_empty())).collect()
    };
    let mut columns: Vec<Column> = Vec::new();
    for (name, place) in OF_DEAL {
        let values: Vec<Option<&str>> = deals.iter().map(|deal| Some(&deal[place][..])).collect();
        columns.push(category(name, &values));
    }
    columns.extend(OF_ACCOUNT.map(|(name, place)| category(name, &of_account(place))));
    for (name, place) in NUMBERS {
        let numbers = of_account(place).into_iter().map(|cell| cell?.parse().ok()).collect();
        columns.push(Column { name: name.to_owned(), values: Values::Number(numbers), ask_unknown: false });
    }
    let won = Bits::of(deals.len(), |row| deals[row][STAGE] == "Won");
    #[expect(clippy::disallowed_methods, reason = "an example that prints how long things take")]
    let now = std::time::Instant::now;
    let (mut times, mut best) = (Vec::new(), String::new());
    for _ in 0..=runs {
        let start = now();
        let mut conditions = Conditions::new(deals.len(), false);
        columns.iter().try_for_each(|column| conditions.add(column))?;
        let family = search(&conditions, &won, 2, 1);
        let ranked = family.ranked();
        times.push(start.elapsed().as_secs_f64());
        let counts = ranked.iter().take(SHOWN).map(|&at| {
            let rule = &family.rules[at];
            format!("[{}, {}]", rule.covered, rule.positives)
        });
        best = counts.collect::<Vec<_>>().join(", ");
    }
    println!("{{\"times\": {:?}, \"best\": [{best}]}}", &times[1..]);
    Ok(())
}
