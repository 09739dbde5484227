//! Features of what a customer likes best: category, brand, channel.

use super::{Accumulator, asks_any};
use crate::features::question::Question;
use crate::scan::{Customer, Lines, Need, Order, Texts};
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, Int32Array, StringArray};
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
    /// The best of each customer so far, as a place in `names`.
    best: Vec<Option<i32>>,
    names: Names,
    /// Weight per key of the column at the customer at hand, zeros in between. A table as long as
    /// the column's texts costs less than a map per customer.
    weights: Vec<i64>,
}

impl Favourite {
    fn asked(question: &Question, name: &'static str) -> Option<Favourite> {
        let asked = question.features.iter().any(|feature| feature == name);
        asked.then(|| Favourite { name, best: Vec::new(), names: Names::default(), weights: Vec::new() })
    }

    /// Adds the text with the most weight among some rows; ties go to the first by name.
    fn add(&mut self, texts: Option<&Texts>, weighed: impl Iterator<Item = (usize, i64)> + Clone) {
        let Some(texts) = texts else {
            self.best.push(None);
            return;
        };
        if self.weights.len() < texts.values().len() {
            self.weights.resize(texts.values().len(), 0);
        }
        let name = |key: usize| texts.values().value(key);
        // Which texts a customer has cannot be foreseen. Three plain loops cost less than one that
        // asks of every row whether its text is a new one.
        let keys = weighed.clone().filter_map(|(row, _)| texts.key(row));
        for (row, weight) in weighed {
            if let Some(key) = texts.key(row) {
                self.weights[key] += weight;
            }
        }
        let best = keys.clone().reduce(|best, key| {
            let (most, weight) = (self.weights[best], self.weights[key]);
            let ties = (weight == most) & (key != best);
            if weight > most || (ties && name(key) < name(best)) { key } else { best }
        });
        keys.for_each(|key| self.weights[key] = 0);
        self.best.push(best.map(|key| self.names.place(key, name(key))));
    }

    fn end(self) -> (&'static str, ArrayRef) {
        let names = Arc::new(StringArray::from(self.names.list));
        let keys = Int32Array::from(self.best);
        (self.name, Arc::new(DictionaryArray::<Int32Type>::new(keys, names)))
    }
}

/// The texts of a bucket, each once. Keys change from batch to batch, texts hardly do.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    places: HashMap<String, i32>,
    /// Place of the text that a key of the column last stood for: spares a hash per customer.
    by_key: Vec<i32>,
}

impl Names {
    fn place(&mut self, key: usize, text: &str) -> i32 {
        if let Some(&place) = self.by_key.get(key)
            && self.list.get(place as usize).is_some_and(|known| known == text)
        {
            return place;
        }
        let place = self.places.get(text).copied().unwrap_or_else(|| {
            self.list.push(text.to_owned());
            self.places.insert(text.to_owned(), self.list.len() as i32 - 1);
            self.list.len() as i32 - 1
        });
        if self.by_key.len() <= key {
            self.by_key.resize(key + 1, -1);
        }
        self.by_key[key] = place;
        place
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
            let named = |order: &Order| order.first_named(lines.channels.as_ref()?);
            channel.add(lines.channels.as_ref(), orders.filter_map(named).map(|row| (row, 1)));
        }
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [self.category, self.brand, self.channel].into_iter().flatten().map(Favourite::end).collect()
    }
}
