//! What is known of products, put together from all imports.

use super::lines::ProductRow;
use arrow_array::cast::AsArray;
use arrow_array::types::Decimal64Type;
use arrow_array::{Array, RecordBatch};
use model::money::Money;
use std::collections::BTreeMap;

/// What is known of products, by id; of several imports the newest word counts, field by field.
#[derive(Clone, Debug, Default)]
pub struct Products(BTreeMap<String, Product>);

/// One product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    pub product: Option<String>,
    pub category: Option<String>,
    pub brand: Option<String>,
    pub unit_cost: Option<Money>,
    /// `lasting` or `satisfied`, see the method of interests.
    pub interest_kind: Option<String>,
    /// Days after which it is replaced, in 1/10 000.
    pub replacement_days: Option<i64>,
}

impl Products {
    /// Adds the products of one file; of several files the newest must come last.
    pub(super) fn add(&mut self, batch: &RecordBatch) {
        let text = |column: usize| batch.column(column).as_string::<i32>();
        let exact = |column: usize, row: usize| {
            let numbers = batch.column(column).as_primitive::<Decimal64Type>();
            numbers.is_valid(row).then(|| numbers.value(row))
        };
        for row in 0..batch.num_rows() {
            let said = |column: usize| text(column).is_valid(row).then(|| text(column).value(row).to_owned());
            let product = self.0.entry(text(0).value(row).to_owned()).or_default();
            product.product = said(1).or_else(|| product.product.take());
            product.category = said(2).or_else(|| product.category.take());
            product.brand = said(3).or_else(|| product.brand.take());
            product.unit_cost = exact(4, row).map(Money).or(product.unit_cost);
            product.interest_kind = said(5).or_else(|| product.interest_kind.take());
            product.replacement_days = exact(6, row).or(product.replacement_days);
        }
    }

    /// What is known of the interest in each category: the kind and the days of replacement of the
    /// first product, by id, that says them.
    pub fn interests(&self) -> BTreeMap<&str, (Option<&str>, Option<i64>)> {
        let mut interests: BTreeMap<&str, (Option<&str>, Option<i64>)> = BTreeMap::new();
        for product in self.0.values() {
            let Some(category) = product.category.as_deref() else { continue };
            let known = interests.entry(category).or_default();
            known.0 = known.0.or(product.interest_kind.as_deref());
            known.1 = known.1.or(product.replacement_days);
        }
        interests.retain(|_, (kind, days)| kind.is_some() || days.is_some());
        interests
    }

    pub fn get(&self, product_id: &str) -> Option<&Product> {
        self.0.get(product_id)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every product, by id.
    pub fn rows(&self) -> impl Iterator<Item = ProductRow<'_>> {
        self.0.iter().map(|(id, known)| ProductRow {
            product_id: id,
            product: known.product.as_deref(),
            category: known.category.as_deref(),
            brand: known.brand.as_deref(),
            unit_cost: known.unit_cost,
            interest_kind: known.interest_kind.as_deref(),
            replacement_days: known.replacement_days,
        })
    }
}
