//! Features of what a customer likes best: category, brand, channel.

use super::{Accumulator, asks_any};
use crate::features::question::Question;
use crate::scan::{Customer, Lines, Need, Texts};
use arrow_array::ArrayRef;
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use hashbrown::HashMap;
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
    /// Weight per text of the customer at hand; texts seen, in order of sight.
    weights: HashMap<usize, i64>,
}

impl Favourite {
    fn asked(question: &Question, name: &'static str) -> Option<Favourite> {
        let asked = question.features.iter().any(|feature| feature == name);
        asked.then(|| Favourite { name, builder: StringDictionaryBuilder::new(), weights: HashMap::new() })
    }

    /// Adds the text with the most weight; ties go to the first by name.
    fn add(&mut self, texts: Option<&Texts>, weighed: impl Iterator<Item = (usize, i64)>) {
        let Some(texts) = texts else {
            self.builder.append_null();
            return;
        };
        self.weights.clear();
        for (row, weight) in weighed {
            if let Some(key) = texts.key(row) {
                *self.weights.entry(key).or_default() += weight;
            }
        }
        let values = texts.values();
        // Keys may stand for the same text only in merged runs; weights by text make that right.
        let mut best: Option<(&str, i64)> = None;
        for &key in self.weights.keys() {
            let text = values.value(key);
            let weight: i64 = self
                .weights
                .iter()
                .filter(|&(&other, _)| other == key || values.value(other) == text)
                .map(|(_, w)| w)
                .sum();
            let better = best.is_none_or(|(name, most)| weight > most || (weight == most && text < name));
            if better {
                best = Some((text, weight));
            }
        }
        self.builder.append_option(best.map(|(text, _)| text));
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
            let rows = customer.orders.iter().flat_map(|order| order.rows.clone());
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
