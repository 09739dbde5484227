//! Products: an id, a name, a category, a brand, a cost.

use super::draft::{id, optional};
use super::orders::place;
use super::plan::Plan;
use super::report::Refusal;
use super::view::View;
use super::{Cleaner, ProductSink, each_row};
use crate::facts::ProductRow;
use crate::sources::RowBlock;
use model::money::Money;
use std::borrow::Cow;

/// Cleans a block. Goods without an id are known by their name.
pub(super) fn clean(cleaner: &mut Cleaner, block: &RowBlock, sink: &mut impl ProductSink) {
    each_row(cleaner, block, &mut |cleaner, plan, view| one(cleaner, plan, view, sink));
}

fn one(
    cleaner: &mut Cleaner,
    plan: &Plan,
    view: &View<'_>,
    sink: &mut impl ProductSink,
) -> Result<(), Refusal> {
    let columns = &plan.product;
    let name = view.text(columns.name);
    let own = if columns.id.is_some() { id(view, columns.id)? } else { name.map(Cow::Borrowed) };
    let Some(product_id) = own else {
        return Err(Refusal::missing(columns.id.or(columns.name), "product id"));
    };
    let row = ProductRow {
        product_id: &product_id,
        product: name,
        category: view.text(columns.category),
        brand: view.text(columns.brand),
        unit_cost: optional(plan, view, columns.unit_cost, &mut cleaner.report).map(Money),
        interest_kind: view.text(columns.interest_kind).and_then(interest_kind),
        replacement_days: optional(plan, view, columns.replacement_days, &mut cleaner.report),
    };
    sink.product(row, place(view.row));
    cleaner.report.given(false, false);
    Ok(())
}

/// The kind of interest that a cell names, in the languages of our users.
fn interest_kind(cell: &str) -> Option<&'static str> {
    let is = |words: &[&str]| words.iter().any(|word| cell.to_lowercase() == *word);
    match () {
        () if is(&["lasting", "long", "длительный", "durador", "duradero", "ilgstoša"]) => {
            Some("lasting")
        }
        () if is(&[
            "satisfied",
            "once",
            "удовлетворённый",
            "удовлетворенный",
            "satisfet",
            "satisfecho",
            "apmierināta",
        ]) =>
        {
            Some("satisfied")
        }
        () => None,
    }
}
