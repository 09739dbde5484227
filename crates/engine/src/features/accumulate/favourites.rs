//! Features of what a customer likes best: category, brand, channel.

use super::{Accumulator, asks_any};
use crate::features::question::Question;
use crate::scan::{Customer, Lines, Need, Texts};
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef};
use std::sync::Arc;

pub struct Favourites {
    category: Option<Favourite>,
    brand: Option<Favourite>,
    channel: Option<Favourite>,
}

/// The best of one column, customer by customer.
struct Favourite {
    name: &'static str,
    builder: StringDictionaryBuilder<Int32Type>,
    /// Per key of the column: weight, and the number of the customer it was gathered for. A table
    /// as long as the column's texts costs less than a map per customer.
    weights: Vec<(i64, u64)>,
    customer: u64,
    /// Keys that the customer at hand has.
    keys: Vec<usize>,
}

impl Favourite {
    fn asked(question: &Question, name: &'static str) -> Option<Favourite> {
        let asked = question.features.iter().any(|feature| feature == name);
        asked.then(|| Favourite {
            name,
            builder: StringDictionaryBuilder::new(),
            weights: Vec::new(),
            customer: 0,
            keys: Vec::new(),
        })
    }

    /// Adds the text with the most weight; ties go to the first by name.
    fn add(&mut self, texts: Option<&Texts>, weighed: impl Iterator<Item = (usize, i64)>) {
        let Some(texts) = texts else {
            self.builder.append_null();
            return;
        };
        self.customer += 1;
        self.keys.clear();
        if self.weights.len() < texts.values().len() {
            self.weights.resize(texts.values().len(), (0, 0));
        }
        for (row, weight) in weighed {
            if let Some(key) = texts.key(row) {
                let known = &mut self.weights[key];
                if known.1 == self.customer {
                    known.0 += weight;
                } else {
                    *known = (weight, self.customer);
                    self.keys.push(key);
                }
            }
        }
        let weight = |key: usize| self.weights[key].0;
        let name = |key: usize| texts.values().value(key);
        let best = self.keys.iter().copied().reduce(|best, key| {
            let better =
                weight(key) > weight(best) || (weight(key) == weight(best) && name(key) < name(best));
            if better { key } else { best }
        });
        self.builder.append_option(best.map(name));
    }

    fn end(mut self) -> (&'static str, ArrayRef) {
        (self.name, Arc::new(self.builder.finish()))
    }
}

impl Accumulator for Favourites {
    const FEATURES: &'static [&'static str] = &["favourite_category", "favourite_brand", "favourite_channel"];

    fn new(question: &Question) -> Option<Favourites> {
        asks_any(question, Self::FEATURES).then(|| Favourites {
            category: Favourite::asked(question, "favourite_category"),
            brand: Favourite::asked(question, "favourite_brand"),
            channel: Favourite::asked(question, "favourite_channel"),
        })
    }

    fn need(&self) -> Need {
        Need {
            category: self.category.is_some(),
            brand: self.brand.is_some(),
            channel: self.channel.is_some(),
            ..Need::default()
        }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let lines: &Lines = customer.lines;
        let by_money = || {
            let rows = customer.rows.clone();
            rows.map(|row| (row, lines.amounts()[row]))
        };
        if let Some(category) = &mut self.category {
            category.add(lines.categories.as_ref(), by_money());
        }
        if let Some(brand) = &mut self.brand {
            brand.add(lines.brands.as_ref(), by_money());
        }
        if let Some(channel) = &mut self.channel {
            let orders = customer.orders.iter().filter(|order| !order.is_return);
            channel.add(lines.channels.as_ref(), orders.map(|order| (order.rows.start, 1)));
        }
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [self.category, self.brand, self.channel].into_iter().flatten().map(Favourite::end).collect()
    }
}
