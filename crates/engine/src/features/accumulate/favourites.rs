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
        self.names.meet(texts);
        if self.weights.len() < texts.values().len() {
            self.weights.resize(texts.values().len(), 0);
        }
        // Which texts a customer has cannot be foreseen. Three plain loops without a branch on it cost
        // less than one that asks of every row whether its text is a new one.
        let keys = weighed.clone().filter_map(|(row, _)| texts.key(row));
        for (row, weight) in weighed {
            if let Some(key) = texts.key(row) {
                self.weights[key] += weight;
            }
        }
        let (mut most, mut best) = (i64::MIN, NOBODY);
        for key in keys.clone() {
            let (weight, rank) = (self.weights[key], self.names.ranks[key]);
            let is_better = (weight > most) | ((weight == most) & (rank < best));
            most = if is_better { weight } else { most };
            best = if is_better { rank } else { best };
        }
        keys.for_each(|key| self.weights[key] = 0);
        self.best.push((best != NOBODY).then(|| self.names.place(best)));
    }

    fn end(self) -> (&'static str, ArrayRef) {
        let names = Arc::new(StringArray::from(self.names.list));
        let keys = Int32Array::from(self.best);
        (self.name, Arc::new(DictionaryArray::<Int32Type>::new(keys, names)))
    }
}

/// The rank of no text.
const NOBODY: u32 = u32::MAX;

/// The texts of a bucket, each once. Keys change from batch to batch, texts hardly do.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    places: HashMap<String, i32>,
    /// The texts of the batch at hand; held, so that others cannot lie where they do.
    texts: Option<StringArray>,
    /// Where each key's text stands among them by name.
    ranks: Vec<u32>,
    /// The key of each rank, and the text's place in `list` once it is known.
    by_rank: Vec<(usize, Option<i32>)>,
}

impl Names {
    /// Gets ready for the texts of a batch.
    fn meet(&mut self, texts: &Texts) {
        if self.texts.as_ref().is_some_and(|known| texts.are(known)) {
            return;
        }
        let values = texts.values();
        let mut keys: Vec<usize> = (0..values.len()).collect();
        keys.sort_unstable_by_key(|&key| values.value(key));
        self.ranks.clear();
        self.ranks.resize(keys.len(), 0);
        keys.iter().zip(0..).for_each(|(&key, rank)| self.ranks[key] = rank);
        self.by_rank = keys.into_iter().map(|key| (key, None)).collect();
        self.texts = Some(values.clone());
    }

    fn place(&mut self, rank: u32) -> i32 {
        let (key, known) = &mut self.by_rank[rank as usize];
        if let Some(place) = *known {
            return place;
        }
        let text = self.texts.as_ref().map_or("", |texts| texts.value(*key));
        let place = self.places.get(text).copied().unwrap_or_else(|| {
            self.list.push(text.to_owned());
            self.places.insert(text.to_owned(), self.list.len() as i32 - 1);
            self.list.len() as i32 - 1
        });
        *known = Some(place);
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
