//! Exact numbers, an independent slow search, verdicts, and the simulation.

mod exact;
mod naive;
mod simulation;
mod simulated;
mod verdicts;

use super::*;
use crate::random::Random;

fn flags(name: &str, values: impl IntoIterator<Item = bool>) -> Column {
    let values = Values::Flag(values.into_iter().map(Some).collect());
    Column { name: name.to_owned(), values, ask_unknown: false }
}

fn categories(name: &str, values: &[Option<&str>]) -> Column {
    let mut names: Vec<String> = values.iter().flatten().map(|&value| value.to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    let code = |value: &str| names.iter().position(|name| name == value).map(|code| code as u32);
    let codes = values.iter().map(|value| value.and_then(code)).collect();
    Column { name: name.to_owned(), values: Values::Category { codes, names }, ask_unknown: false }
}

fn numbers(name: &str, values: impl IntoIterator<Item = Option<f64>>) -> Column {
    let values = Values::Number(values.into_iter().collect());
    Column { name: name.to_owned(), values, ask_unknown: false }
}

fn conditions(columns: &[Column]) -> Conditions {
    let mut conditions = Conditions::new(columns.first().map_or(0, |column| column.values.rows()), true);
    for column in columns {
        conditions.add(column).expect("columns are of the same rows");
    }
    conditions
}
