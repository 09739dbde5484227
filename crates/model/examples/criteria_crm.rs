//! What do won deals have in common? On the CRM sales opportunities of Maven Analytics (public
//! domain, fictitious): nothing, which is what the search has to say.
//!
//! `cargo run --release --example criteria_crm FOLDER` with `crm_sales_pipeline.csv`,
//! `crm_accounts.csv`, `crm_products.csv` and `crm_sales_teams.csv` in it.

use model::criteria::{
    Bits, Column, Condition, Conditions, Criterion, Findings, Margins, Outcome, Settings, Test, Values, find,
    search,
};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::read_to_string;

const THREADS: usize = 2;
/// Rules that are printed.
const TOP: usize = 10;
/// Attributes: of the deal itself, then of its account, product and agent.
const NAMES: [&str; 3] = ["sales_agent", "product", "account"];
const NUMBERS: [&str; 4] = ["year_established", "revenue", "employees", "sales_price"];

/// A table by its first column; every row by the names of its columns.
type Table = BTreeMap<String, BTreeMap<String, String>>;

fn table(path: &str) -> Result<Table, Box<dyn Error>> {
    let text = read_to_string(path)?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let named = header.iter().zip(&cells).map(|(&name, &cell)| (name.to_owned(), cell.to_owned()));
        (cells[0].to_owned(), named.collect())
    };
    Ok(lines.map(row).collect())
}

fn category(name: &str, values: &[Option<String>]) -> Column {
    let mut names: Vec<String> = values.iter().flatten().cloned().collect();
    names.sort_unstable();
    names.dedup();
    let code = |value: &String| names.binary_search(value).ok().map(|code| code as u32);
    let codes = values.iter().map(|value| value.as_ref().and_then(code)).collect();
    Column { name: name.to_owned(), values: Values::Category { codes, names }, ask_unknown: false }
}

/// The closed deals as columns, and which were won.
fn deals(folder: &str) -> Result<(Vec<Column>, Vec<bool>), Box<dyn Error>> {
    let of = |name: &str| table(&format!("{folder}/crm_{name}.csv"));
    let (mut deals, accounts, products, teams) =
        (of("sales_pipeline")?, of("accounts")?, of("products")?, of("sales_teams")?);
    deals.retain(|_, deal| ["Won", "Lost"].contains(&&deal["deal_stage"][..]));
    let won = deals.values().map(|deal| deal["deal_stage"] == "Won").collect();
    let known = |cell: &String| Some(cell.clone()).filter(|cell| !cell.is_empty());
    let mut columns: Vec<Column> = NAMES
        .iter()
        .map(|&name| category(name, &deals.values().map(|deal| known(&deal[name])).collect::<Vec<_>>()))
        .collect();
    for (key, table) in [("account", &accounts), ("product", &products), ("sales_agent", &teams)] {
        let attributes = table.values().next().into_iter().flat_map(BTreeMap::keys);
        for name in attributes.filter(|name| *name != key) {
            let value = |deal: &BTreeMap<String, String>| table.get(&deal[key])?.get(name).and_then(known);
            let values: Vec<Option<String>> = deals.values().map(value).collect();
            columns.push(if NUMBERS.contains(&&name[..]) {
                let numbers = values.iter().map(|value| value.as_ref()?.parse().ok()).collect();
                Column { name: name.clone(), values: Values::Number(numbers), ask_unknown: false }
            } else {
                category(name, &values)
            });
        }
    }
    Ok((columns, won))
}

fn say(conditions: &[Condition]) -> String {
    let mut text = String::new();
    for Condition { attribute, test } in conditions {
        let and = if text.is_empty() { "" } else { " AND " };
        let test = match test {
            Test::Is(value) => format!("{attribute} = {value}"),
            Test::IsNot(value) => format!("{attribute} != {value}"),
            Test::AtMost(edge) => format!("{attribute} <= {edge}"),
            Test::Above(edge) => format!("{attribute} > {edge}"),
            Test::Between { above, at_most } => format!("{above} < {attribute} <= {at_most}"),
            Test::Yes => attribute.clone(),
            Test::No => format!("not {attribute}"),
            Test::Unknown => format!("{attribute} not known"),
        };
        let _ = write!(text, "{and}{test}");
    }
    text
}

fn show(criterion: &Criterion) {
    let Criterion { covered, positives, wracc, p, adjusted_p, .. } = criterion;
    println!(
        "  {wracc:.6} {positives}/{covered} p {p:.5} adjusted {adjusted_p:.4} {}",
        say(&criterion.conditions)
    );
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder of the four files")?;
    let (columns, won) = deals(&folder)?;
    let gather = || -> Result<Conditions, Box<dyn Error>> {
        let mut conditions = Conditions::new(won.len(), false);
        columns.iter().try_for_each(|column| conditions.add(column))?;
        Ok(conditions)
    };
    #[expect(clippy::disallowed_methods, reason = "an example that prints how long things take")]
    let now = std::time::Instant::now;
    let start = now();
    let conditions = gather()?;
    let target = Bits::of(won.len(), |row| won[row]);
    let family = search(&conditions, &target, 2, 1);
    let ranked = family.ranked();
    println!("search on one thread, with conditions: {:.3} s", start.elapsed().as_secs_f64());
    println!(
        "{} rows, {} won, {} conditions, {} rules",
        won.len(),
        family.positives,
        conditions.list().len(),
        family.rules.len()
    );
    for &at in ranked.iter().take(TOP) {
        let rule = &family.rules[at];
        let spoken: Vec<Condition> =
            rule.places.iter().map(|place| conditions.list()[place].condition.clone()).collect();
        let wracc = family.gain(rule.covered, rule.positives) as f64 / (won.len() as f64).powi(2);
        let margins = Margins { rows: family.rows, positives: family.positives, covered: rule.covered };
        println!(
            "  {wracc:.9} {}/{} p {:.5} {}",
            rule.positives,
            rule.covered,
            margins.at_least(rule.positives),
            say(&spoken)
        );
    }
    let start = now();
    let Findings { outcome, method, .. } = find(&conditions, &won, &Settings::default(), THREADS)?;
    println!("verdict by {method:?} on {THREADS} threads: {:.3} s", start.elapsed().as_secs_f64());
    match outcome {
        Outcome::Criteria(criteria) => criteria.iter().for_each(show),
        Outcome::Hypotheses(hypotheses) => hypotheses.iter().for_each(|h| show(&h.criterion)),
        Outcome::NothingBeatsChance(nearest) => {
            println!("nothing beats chance; nearest:");
            for near in nearest {
                show(&near.criterion);
                println!("    more rows to settle it: {:?}", near.more_rows);
            }
        }
    }
    Ok(())
}
