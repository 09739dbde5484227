//! Products to one fact file: only those that say something new.

use super::{Staged, StagingError, Target};
use crate::facts::set::FactSet;
use crate::facts::write::{Contents, FactWriter};
use crate::facts::{ProductRow, columns, schema};
use model::base::FactKind;
use model::money::Money;
use std::collections::BTreeMap;

/// A product as a file says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArrivedProduct {
    pub product: Option<String>,
    pub category: Option<String>,
    pub brand: Option<String>,
    pub unit_cost: Option<Money>,
    pub interest_kind: Option<String>,
    pub replacement_days: Option<i64>,
    /// Rows of the file that spoke of it.
    pub rows: u64,
}

/// Products by id; of several rows the last word counts, field by field.
#[derive(Clone, Debug, Default)]
pub struct ArrivedProducts(BTreeMap<String, ArrivedProduct>);

impl ArrivedProducts {
    /// Adds a row.
    pub fn push(&mut self, row: &ProductRow<'_>) {
        let product = self.0.entry(row.product_id.to_owned()).or_default();
        let said = |text: Option<&str>| text.map(str::to_owned);
        product.product = said(row.product).or_else(|| product.product.take());
        product.category = said(row.category).or_else(|| product.category.take());
        product.brand = said(row.brand).or_else(|| product.brand.take());
        product.unit_cost = row.unit_cost.or(product.unit_cost);
        product.interest_kind = said(row.interest_kind).or_else(|| product.interest_kind.take());
        product.replacement_days = row.replacement_days.or(product.replacement_days);
        product.rows += 1;
    }
}

/// Compares products with the base and writes what is new.
///
/// # Errors
/// The disk refuses.
pub fn stage_products(
    arrived: &ArrivedProducts,
    facts: &FactSet,
    target: Target<'_>,
) -> Result<Staged, StagingError> {
    let mut staged = Staged::default();
    let mut rows = Vec::new();
    for (id, product) in &arrived.0 {
        let row = ProductRow {
            product_id: id,
            product: product.product.as_deref(),
            category: product.category.as_deref(),
            brand: product.brand.as_deref(),
            unit_cost: product.unit_cost,
            interest_kind: product.interest_kind.as_deref(),
            replacement_days: product.replacement_days,
        };
        match facts.products.get(id) {
            Some(known) if says_nothing_new(product, known) => staged.unchanged += product.rows,
            known => {
                staged.imported += product.rows;
                *if known.is_some() { &mut staged.replaced } else { &mut staged.new } += 1;
                rows.push(row);
            }
        }
    }
    let mut writer = FactWriter::create(
        target.base,
        FactKind::Products,
        target.name,
        schema::products(),
        target.durability,
    )?;
    writer.write(0, &columns::products(rows.into_iter())?)?;
    staged.files.extend(writer.finish(Contents::default())?);
    Ok(staged)
}

fn says_nothing_new(arrived: &ArrivedProduct, known: &crate::facts::products::Product) -> bool {
    let same = |said: &Option<String>, known: &Option<String>| said.is_none() || said == known;
    same(&arrived.product, &known.product)
        && same(&arrived.category, &known.category)
        && same(&arrived.brand, &known.brand)
        && (arrived.unit_cost.is_none() || arrived.unit_cost == known.unit_cost)
        && same(&arrived.interest_kind, &known.interest_kind)
        && (arrived.replacement_days.is_none() || arrived.replacement_days == known.replacement_days)
}
