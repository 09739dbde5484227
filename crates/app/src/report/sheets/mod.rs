//! The tables of a report as a workbook: a sheet for each, in the order of the page.

mod base;
mod judged;
mod who;

use super::data::ReportData;
use super::voice::Voice;
use crate::words::Language;
use engine::outputs::{Sheet, Value};
use model::money::Money;

/// Every table that the data fill.
pub fn sheets(data: &ReportData, language: Language) -> Vec<Sheet> {
    let voice = Voice::new(language, &data.currency);
    let mut all = base::sheets(&voice, data);
    all.extend(judged::sheets(&voice, data));
    all.extend(who::sheets(&voice, data));
    all.retain(|sheet| !sheet.rows.is_empty());
    all
}

/// A sheet with names by key.
fn sheet(voice: &Voice, name: &str, columns: &[&str], rows: Vec<Vec<Value>>) -> Sheet {
    let columns = columns.iter().map(|key| voice.say(key)).collect();
    Sheet { name: voice.say(name), columns, rows }
}

fn text(of: impl Into<String>) -> Value {
    Value::Text(of.into())
}

fn count(of: u64) -> Value {
    Value::Count(i64::try_from(of).unwrap_or(i64::MAX))
}

/// A sum in 1/10 000.
fn wide_money(of: i128) -> Value {
    Value::Money(Money(i64::try_from(of).unwrap_or(i64::MAX)))
}

/// A value that may be missing.
fn or_nothing<T>(of: Option<T>, value: impl FnOnce(T) -> Value) -> Value {
    of.map_or(Value::Nothing, value)
}
