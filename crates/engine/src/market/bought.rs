//! Who bought what in the last year: one pass over the facts, each customer under its segment.

use super::likes::{BANDS, Bought, ByBand, band};
use crate::facts::FactSet;
use crate::facts::set::FactError;
use crate::profile::Division;
use crate::progress::Watch;
use crate::scan::{Customer, Need, Texts, visit_customers};
use arrow_array::Array;
use model::calendar::{AsOf, Day};
use model::parallel;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Days that are looked at, the as-of day among them.
const YEAR_DAYS: i32 = 365;

/// Counts who bought each category in the last 365 days, by segment of a division and number of orders.
/// A return is no order, and what came back was bought all the same.
///
/// # Errors
/// A fact file cannot be read.
pub fn bought(
    facts: &FactSet,
    division: &Division<'_>,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Bought, FactError> {
    let segments = division.names().len();
    let (buckets, done) = (division.features().len(), AtomicUsize::new(0));
    let each = parallel::in_order(buckets, threads, |bucket| {
        let found = of_bucket(facts, division, bucket, as_of);
        watch.advance("needs", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, buckets as u64);
        found
    });
    let mut all = Bought { customers: vec![[0; BANDS.len()]; segments], categories: BTreeMap::new() };
    for found in each {
        let found = found?;
        add(&mut all.customers, &found.customers);
        for (category, buyers) in found.categories {
            match all.categories.get_mut(&category) {
                Some(sums) => add(sums, &buyers),
                None => _ = all.categories.insert(category, buyers),
            }
        }
    }
    Ok(all)
}

fn add(sums: &mut [ByBand], parts: &[ByBand]) {
    for (sum, part) in sums.iter_mut().flatten().zip(parts.iter().flatten()) {
        *sum += part;
    }
}

fn of_bucket(
    facts: &FactSet,
    division: &Division<'_>,
    bucket: usize,
    as_of: AsOf,
) -> Result<Bought, FactError> {
    let need = Need { category: true, ..Need::default() };
    let (codes, mut row) = (division.codes(bucket), 0);
    let from = as_of.0.plus(1 - YEAR_DAYS);
    let mut gathered = Gathered::new(division.names().len());
    visit_customers(facts, bucket, as_of, need, &mut |customer| {
        gathered.customer(customer, usize::from(codes.get(row)), from);
        row += 1;
    })?;
    Ok(gathered.finish())
}

/// What is gathered of a bucket.
struct Gathered {
    customers: Vec<ByBand>,
    places: HashMap<String, usize>,
    /// By place: buyers by segment, and the number of the customer counted last.
    buyers: Vec<(Vec<ByBand>, u64)>,
    /// Number of the customer at hand.
    number: u64,
    /// The column at hand, and the place of each of its keys that was looked up.
    texts: Option<Texts>,
    keys: Vec<Option<usize>>,
}

impl Gathered {
    fn new(segments: usize) -> Gathered {
        Gathered {
            customers: vec![[0; BANDS.len()]; segments],
            places: HashMap::new(),
            buyers: Vec::new(),
            number: 0,
            texts: None,
            keys: Vec::new(),
        }
    }

    fn customer(&mut self, customer: &Customer<'_>, segment: usize, from: Day) {
        let in_year = customer.orders.iter().filter(|order| !order.is_return && order.day >= from);
        let Some(band) = band(in_year.clone().count() as u64) else { return };
        self.customers[segment][band] += 1;
        self.number += 1;
        let Some(texts) = &customer.lines.categories else { return };
        if self.texts.as_ref().is_none_or(|known| !known.same_keys(texts)) {
            self.texts = Some(texts.clone());
            self.keys = vec![None; texts.values().len()];
        }
        let amounts = customer.lines.amounts();
        for row in in_year.flat_map(|order| order.rows.clone()).filter(|&row| amounts[row] >= 0) {
            let Some(key) = texts.key(row) else { continue };
            let place = self.place(key, texts);
            let (buyers, last) = &mut self.buyers[place];
            if *last != self.number {
                *last = self.number;
                buyers[segment][band] += 1;
            }
        }
    }

    fn place(&mut self, key: usize, texts: &Texts) -> usize {
        if let Some(place) = self.keys[key] {
            return place;
        }
        let next = self.buyers.len();
        let place = *self.places.entry(texts.values().value(key).to_owned()).or_insert(next);
        if place == next {
            self.buyers.push((vec![[0; BANDS.len()]; self.customers.len()], 0));
        }
        self.keys[key] = Some(place);
        place
    }

    fn finish(mut self) -> Bought {
        let of = |(category, place): (String, usize)| (category, std::mem::take(&mut self.buyers[place].0));
        let categories = self.places.into_iter().map(of).collect();
        Bought { customers: self.customers, categories }
    }
}
