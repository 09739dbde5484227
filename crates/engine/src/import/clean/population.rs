//! People who are not ours: one a row, or counted by what they have in common.

use super::draft::number;
use super::plan::Plan;
use super::report::{Refusal, is_total};
use super::view::View;
use super::{Cleaner, PopulationSink, each_row};
use crate::facts::populations::Combination;
use crate::import::problem::cell_error;
use crate::sources::RowBlock;
use model::money::SCALE;

/// Cleans a block. Nothing personal is taken: only attributes and counts.
pub(super) fn clean(cleaner: &mut Cleaner, block: &RowBlock, sink: &mut impl PopulationSink) {
    each_row(cleaner, block, &mut |cleaner, plan, view| one(cleaner, plan, view, sink));
}

fn one(
    cleaner: &mut Cleaner,
    plan: &Plan,
    view: &View<'_>,
    sink: &mut impl PopulationSink,
) -> Result<(), Refusal> {
    let columns = &plan.population;
    if columns.count.is_some() && is_total(view.row) {
        cleaner.report.aside("footer");
        return Ok(());
    }
    let name = view.text(columns.name).or(columns.fixed_name.as_deref());
    let Some(name) = name else { return Err(Refusal::missing(columns.name, "name of the population")) };
    let mut values: Combination = plan
        .attributes
        .iter()
        .filter_map(|(index, name)| Some((name.clone(), view.attribute(*index)?.to_owned())))
        .collect();
    if let (Some(attribute), Some(value)) = (columns.attribute, columns.value) {
        let named =
            view.attribute(attribute).ok_or_else(|| Refusal::missing(Some(attribute), "attribute"))?;
        let value = view.attribute(value).ok_or_else(|| Refusal::missing(Some(value), "value"))?;
        values.retain(|(known, _)| known != named);
        values.push((named.to_owned(), value.to_owned()));
    }
    let count = match &columns.count {
        None => SCALE,
        Some((index, _)) => {
            let count = number(plan, view, columns.count, &mut cleaner.report)?;
            let count = count.ok_or_else(|| Refusal::missing(Some(*index), "count"))?.value;
            if count < 0 {
                let error = cell_error("E_NUMBER", "people cannot be fewer than none".to_owned());
                return Err(Refusal { column: Some(*index), error });
            }
            count
        }
    };
    values.sort();
    if values.is_empty() {
        cleaner.report.aside("blank");
        return Ok(());
    }
    let column = columns.count.map(|(index, _)| index);
    sink.people(name, values, count).map_err(|refused| refused.at(column))?;
    cleaner.report.given(false, false);
    Ok(())
}
