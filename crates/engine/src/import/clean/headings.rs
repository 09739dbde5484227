//! Reports with headings: a row with the customer, perhaps one with the document, then rows of
//! goods under them, and totals between (1C).

use super::plan::Plan;
use super::report::{Refusal, is_total};
use super::view::{Above, View};
use super::{Cleaner, OrderSink, orders};
use crate::import::cells;
use crate::import::problem::cell_error;
use crate::sources::{Row, RowBlock};

/// Values that hold for the rows below them.
#[derive(Clone, Default)]
pub(super) struct Carried {
    /// Column and value, by column.
    values: Vec<(usize, String)>,
}

impl Carried {
    pub(super) fn new(plan: &Plan) -> Carried {
        Carried { values: plan.carry.iter().map(|&index| (index, String::new())).collect() }
    }

    pub(super) fn value(&self, column: usize) -> Option<&str> {
        let found = self.values.iter().find(|(index, _)| *index == column);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Takes in what a row says. A new value ends what stands in the columns to its right: they
    /// are of the heading before.
    fn take_in(&mut self, row: Row<'_>) {
        let mut ended = false;
        for (index, value) in &mut self.values {
            let cell = row.cell(*index).trim();
            if !cells::is_null(cell) {
                ended |= value != cell;
                value.clear();
                value.push_str(cell);
            } else if ended {
                value.clear();
            }
        }
    }
}

/// Cleans rows in order.
pub(super) fn clean(cleaner: &mut Cleaner, block: &RowBlock, sink: &mut impl OrderSink) {
    let plan = cleaner.plan.clone();
    let goods = [plan.product.id, plan.product.name];
    for row in block.iter() {
        if is_total(row) {
            let error = cell_error("E_TOTAL", "the row is a total, not data".to_owned());
            cleaner.report.refused(&plan, row, Refusal { column: None, error });
            continue;
        }
        if super::report::is_header(&plan, row) {
            cleaner.report.aside("header");
            continue;
        }
        let mut carried = std::mem::take(&mut cleaner.carried);
        carried.take_in(row);
        let view = View { row, above: Above::Carried(&carried) };
        let is_heading = goods.iter().all(|&column| view.text(column).is_none())
            && plan.carry.iter().any(|&index| !cells::is_null(row.cell(index)));
        if is_heading {
            cleaner.report.aside("heading");
        } else if let Err(refusal) = orders::one(cleaner, &plan, &view, sink) {
            cleaner.report.refused(&plan, row, refusal);
        }
        cleaner.carried = carried;
    }
}
