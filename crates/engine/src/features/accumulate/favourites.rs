//! Features of what a customer likes best: category, brand, channel.

use super::{Accumulator, Asked, Column, asks_any};
use crate::scan::{Customer, Lines, Need, Order, Texts};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, StringArray};
use hashbrown::HashMap;
use std::hint::select_unpredictable;
use std::ops::Range;
use std::sync::Arc;

pub struct Favourites {
    category: Option<Favourite>,
    brand: Option<Favourite>,
    channel: Option<Favourite>,
}

/// The best of one column, customer by customer.
struct Favourite {
    /// The best of each customer so far, as a place in `names`.
    best: Column<Int32Type>,
    names: Names,
    /// Weight per key of the column at the customer at hand, zeros in between. A table as long as
    /// the column's texts costs less than a map per customer.
    weights: Vec<i64>,
}

impl Favourite {
    fn asked(question: &Asked<'_>, name: &'static str) -> Option<Favourite> {
        let best = Column::new(question, name);
        best.asked().then(|| Favourite { best, names: Names::default(), weights: Vec::new() })
    }

    /// Adds the text with the most money among some rows; ties go to the first by name.
    fn add_money(&mut self, texts: Option<&Texts>, amounts: &[i64], rows: Range<usize>) {
        let Some((texts, keys)) = texts.and_then(|texts| Some((texts, texts.keys()?))) else {
            return self.add(texts, rows.map(|row| (row, amounts[row])));
        };
        self.meet(texts);
        let (keys, amounts) = (&keys[rows.clone()], &amounts[rows]);
        let (weights, ranks) = (&mut self.weights[..], &self.names.ranks[..]);
        // Many customers have a single line: there is nothing to compare.
        if let [only] = keys {
            self.push(Best::NONE.or(0, ranks[*only as usize]));
            return;
        }
        for (&key, &amount) in keys.iter().zip(amounts) {
            weights[key as usize] += amount;
        }
        let best = keys.iter().fold(Best::NONE, |best, &key| {
            let key = key as usize;
            best.or(weights[key], ranks[key])
        });
        // A few zeros cost less than to find out which of them are needed.
        if weights.len() <= FEW_TEXTS {
            weights.fill(0);
        } else {
            keys.iter().for_each(|&key| weights[key as usize] = 0);
        }
        self.push(best);
    }

    /// Adds the text with the most weight among some rows; ties go to the first by name.
    fn add(&mut self, texts: Option<&Texts>, weighed: impl Iterator<Item = (usize, i64)> + Clone) {
        let Some(texts) = texts else {
            self.best.push(None);
            return;
        };
        self.meet(texts);
        // Which texts a customer has cannot be foreseen. Three plain loops without a branch on it cost
        // less than one that asks of every row whether its text is a new one.
        let keys = weighed.clone().filter_map(|(row, _)| texts.key(row));
        for (row, weight) in weighed {
            if let Some(key) = texts.key(row) {
                self.weights[key] += weight;
            }
        }
        let best =
            keys.clone().fold(Best::NONE, |best, key| best.or(self.weights[key], self.names.ranks[key]));
        keys.for_each(|key| self.weights[key] = 0);
        self.push(best);
    }

    /// Gets ready for the texts of a batch.
    fn meet(&mut self, texts: &Texts) {
        if !self.names.know(texts) {
            self.names.meet(texts);
            self.weights.resize(texts.values().len().max(self.weights.len()), 0);
        }
    }

    fn push(&mut self, best: Best) {
        self.best.push(best.rank().map(|rank| self.names.place(rank)));
    }

    fn end(self) -> Option<(&'static str, ArrayRef)> {
        let texts = Arc::new(StringArray::from(self.names.list));
        let (name, keys) = self.best.end()?;
        let keys = keys.as_primitive::<Int32Type>().clone();
        Some((name, Arc::new(DictionaryArray::<Int32Type>::new(keys, texts))))
    }
}

/// Texts whose weights lie in a few lines of the processor's cache.
const FEW_TEXTS: usize = 64;

/// The best text so far, by weight and then by name. The better of two is found without a branch.
#[derive(Clone, Copy)]
struct Best {
    weight: i64,
    /// None as long as there is no text.
    rank: u32,
}

impl Best {
    const NONE: Best = Best { weight: i64::MIN, rank: u32::MAX };

    fn or(self, weight: i64, rank: u32) -> Best {
        let better = (weight > self.weight) | ((weight == self.weight) & (rank < self.rank));
        Best {
            weight: select_unpredictable(better, weight, self.weight),
            rank: select_unpredictable(better, rank, self.rank),
        }
    }

    /// Of the text, unless there is none.
    fn rank(self) -> Option<u32> {
        (self.rank != u32::MAX).then_some(self.rank)
    }
}

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
    /// Whether these are the texts of the batch at hand.
    fn know(&self, texts: &Texts) -> bool {
        self.texts.as_ref().is_some_and(|known| texts.are(known))
    }

    /// Gets ready for the texts of a batch.
    #[cold]
    fn meet(&mut self, texts: &Texts) {
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

    fn new(question: &Asked<'_>) -> Option<Favourites> {
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
        if let Some(category) = &mut self.category {
            category.add_money(lines.categories.as_ref(), lines.amounts(), customer.rows.clone());
        }
        if let Some(brand) = &mut self.brand {
            brand.add_money(lines.brands.as_ref(), lines.amounts(), customer.rows.clone());
        }
        if let Some(channel) = &mut self.channel {
            let orders = customer.orders.iter().filter(|order| !order.is_return);
            let named = |order: &Order| order.first_named(lines.channels.as_ref()?);
            channel.add(lines.channels.as_ref(), orders.filter_map(named).map(|row| (row, 1)));
        }
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [self.category, self.brand, self.channel].into_iter().flatten().filter_map(Favourite::end).collect()
    }
}
