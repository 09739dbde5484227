//! Places: what they are known by and what is known of them.

use super::draft::optional;
use super::orders::place;
use super::plan::Plan;
use super::report::Refusal;
use super::view::View;
use super::{Cleaner, RegionSink, RowRefused, each_row};
use crate::facts::PlaceRow;
use crate::import::problem::cell_error;
use crate::sources::RowBlock;
use model::money::SCALE;

/// Cleans a block. A row that names no place is rejected.
pub(super) fn clean(cleaner: &mut Cleaner, block: &RowBlock, sink: &mut impl RegionSink) {
    each_row(cleaner, block, &mut |cleaner, plan, view| one(cleaner, plan, view, sink));
}

fn one(
    cleaner: &mut Cleaner,
    plan: &Plan,
    view: &View<'_>,
    sink: &mut impl RegionSink,
) -> Result<(), Refusal> {
    let columns = &plan.places;
    let attribute = |column: usize| view.attribute(column);
    let mut names = columns.names.map(|column| column.and_then(attribute));
    let beginning =
        columns.zip_prefix.and_then(attribute).map(|zip| format!("{}*", zip.trim_end_matches('*')));
    names[0] = names[0].or(beginning.as_deref());
    if names.iter().all(Option::is_none) {
        let column = columns.names.into_iter().flatten().next().or(columns.zip_prefix);
        return Err(Refusal::missing(column, "postal code, city, region or country"));
    }
    let numbers: Vec<(&str, String)> = columns
        .numbers
        .iter()
        .filter_map(|(name, column)| {
            Some((*name, written(optional(plan, view, *column, &mut cleaner.report)?)))
        })
        .collect();
    let mut attributes: Vec<(&str, &str)> =
        numbers.iter().map(|(name, number)| (*name, number.as_str())).collect();
    let texts = plan.attributes.iter();
    attributes.extend(texts.filter_map(|(index, name)| Some((name.as_str(), attribute(*index)?))));
    // What a row by postal code says of city and region is known of the place.
    if names[0].is_some() {
        let more = ["city", "region"].into_iter().zip([names[1], names[2]]);
        attributes.extend(more.filter_map(|(name, said)| Some((name, said?))));
    }
    if attributes.is_empty() {
        cleaner.report.aside("blank");
        return Ok(());
    }
    let first = columns.names.into_iter().flatten().next().or(columns.zip_prefix);
    sink.place(&PlaceRow { names, attributes }, place(view.row)).map_err(|refused| refused.at(first))?;
    cleaner.report.given(false, false);
    Ok(())
}

/// A number in 1/10 000 as plain digits.
fn written(number: i64) -> String {
    let (units, rest) = (number.unsigned_abs() / SCALE as u64, number.unsigned_abs() % SCALE as u64);
    let sign = if number < 0 { "-" } else { "" };
    if rest == 0 {
        return format!("{sign}{units}");
    }
    format!("{sign}{units}.{rest:04}").trim_end_matches('0').to_owned()
}

impl RowRefused {
    /// As a row is refused for it.
    pub(super) fn at(self, column: Option<usize>) -> Refusal {
        let error = match self {
            RowRefused::Twice { line } => {
                cell_error("E_TWICE", format!("line {line} says other things of the same place"))
            }
            RowRefused::TooMany { most } => {
                cell_error("E_LIMIT", format!("more than {most} such rows are not held"))
            }
            RowRefused::TooLarge => cell_error("E_RANGE", "the counts add up to too much".to_owned()),
        };
        Refusal { column, error }
    }
}
