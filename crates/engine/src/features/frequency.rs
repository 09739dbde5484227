//! How often customers buy, in words: overall by their median gap, and goods of a category by theirs.

use super::accumulate::median_gap;
use super::question::Question;
use crate::scan::{Customer, Need};
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef};
use model::calendar::Day;
use std::sync::Arc;

/// Names of the groups, with the longest median gap in days of each.
const GROUPS: [(&str, f64); 6] = [
    ("several times a week", 3.5),
    ("weekly", 10.0),
    ("monthly", 45.0),
    ("quarterly", 135.0),
    ("half-yearly", 270.0),
    ("yearly", f64::INFINITY),
];
/// The group of those who bought on one day only.
const ONCE: &str = "once";

/// What the name of a column begins with that tells how often goods of a category are bought.
pub const OF_CATEGORY: &str = "frequency of ";

/// The group of somebody with this median gap, in days, among those who bought.
pub fn frequency(median_gap: Option<f64>) -> &'static str {
    let Some(gap) = median_gap else { return ONCE };
    GROUPS.iter().find(|&&(_, longest)| gap <= longest).map_or(ONCE, |&(name, _)| name)
}

/// Tells how often each customer buys goods of the categories that a question names.
pub struct CategoryFrequencies {
    columns: Vec<(String, StringDictionaryBuilder<Int32Type>)>,
}

impl CategoryFrequencies {
    pub fn new(question: &Question) -> CategoryFrequencies {
        let column = |category: &String| (category.clone(), StringDictionaryBuilder::new());
        CategoryFrequencies { columns: question.frequency_of.iter().map(column).collect() }
    }

    /// Columns it reads.
    pub fn need(&self) -> Need {
        Need { category: !self.columns.is_empty(), ..Need::default() }
    }

    /// Adds a customer: by days with an order that has goods of the category, returns left out.
    pub fn add(&mut self, customer: &Customer<'_>) {
        let Some(texts) = customer.lines.categories.as_ref() else {
            self.columns.iter_mut().for_each(|(_, column)| column.append_null());
            return;
        };
        let amounts = customer.lines.amounts();
        for (category, column) in &mut self.columns {
            let is_of = |row: usize| amounts[row] >= 0 && texts.text(row) == Some(category.as_str());
            let orders = customer.orders.iter().filter(|order| !order.is_return);
            let days: Vec<Day> =
                orders.filter(|order| order.rows.clone().any(is_of)).map(|order| order.day).collect();
            let bought = !days.is_empty();
            column.append_option(bought.then(|| frequency(median_gap(days.into_iter()))));
        }
    }

    /// The columns with their names, as attributes are handed on.
    pub fn finish(self) -> impl Iterator<Item = (String, ArrayRef)> {
        self.columns.into_iter().map(|(category, mut column)| {
            let array: Arc<dyn Array> = Arc::new(column.finish());
            (format!("{OF_CATEGORY}{category}"), array)
        })
    }
}
