//! People who are not ours, to compare with: how many there are of each kind, put together from all
//! imports.

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal64Type, Int32Type};
use std::collections::{BTreeMap, BTreeSet};

/// Different combinations of values held at most: all are in memory where they are read.
pub const COMBINATIONS_MAX: usize = 1_000_000;

/// What some people have in common: attributes with their values, sorted.
pub type Combination = Vec<(String, String)>;

/// People of one name, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// How many people there are of each combination, in 1/10 000.
    pub counts: BTreeMap<Combination, i64>,
}

/// Populations by name. Of several imports of one name the newest that speaks of an attribute says
/// all of it; what others say of other attributes stands.
#[derive(Clone, Debug, Default)]
pub struct Populations(BTreeMap<String, Population>);

impl Population {
    /// The attributes that it knows.
    pub fn attributes(&self) -> BTreeSet<&str> {
        self.counts.keys().flatten().map(|(attribute, _)| attribute.as_str()).collect()
    }

    /// How many people have each value of an attribute, in 1/10 000.
    pub fn values(&self, attribute: &str) -> BTreeMap<&str, i64> {
        let mut values = BTreeMap::new();
        for (combination, count) in &self.counts {
            for (_, value) in combination.iter().filter(|(name, _)| name == attribute) {
                let known: &mut i64 = values.entry(value.as_str()).or_default();
                *known = known.saturating_add(*count);
            }
        }
        values
    }

    /// Takes a newer word: what it says of its attributes stands alone.
    pub fn renew(&mut self, newer: Population) {
        let spoken: BTreeSet<String> = newer.attributes().into_iter().map(str::to_owned).collect();
        self.counts.retain(|combination, _| !combination.iter().any(|(name, _)| spoken.contains(name)));
        self.counts.extend(newer.counts);
    }
}

impl Populations {
    /// Adds one file; of several files the newest must come last.
    pub(super) fn add(&mut self, batch: &RecordBatch) {
        let text = |column: usize, row: usize| batch.column(column).as_string::<i32>().value(row).to_owned();
        let combinations = batch.column(1).as_primitive::<Int32Type>();
        let counts = batch.column(4).as_primitive::<Decimal64Type>();
        let mut newer: BTreeMap<String, Population> = BTreeMap::new();
        let mut row = 0;
        while row < batch.num_rows() {
            let mut combination = Vec::new();
            let first = row;
            while row < batch.num_rows() && combinations.value(row) == combinations.value(first) {
                combination.push((text(2, row), text(3, row)));
                row += 1;
            }
            let population = newer.entry(text(0, first)).or_default();
            *population.counts.entry(combination).or_default() += counts.value(first);
        }
        for (name, population) in newer {
            self.0.entry(name).or_default().renew(population);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, name: &str) -> Option<&Population> {
        self.0.get(name)
    }

    /// Every population by name.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Population)> {
        self.0.iter().map(|(name, population)| (name.as_str(), population))
    }

    /// Every combination, as its row is written.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &[(String, String)], i64)> {
        self.all().flat_map(|(name, population)| {
            population.counts.iter().map(move |(combination, &count)| (name, &combination[..], count))
        })
    }
}
