//! Lines of several imports as those of one, column by column: customers in order, each with the lines
//! of all imports by day.
//!
//! This is for orders that no later import has changed; versions of orders are told apart by
//! [`super::merge`], which takes longer.

use super::lines::Lines;
use super::texts::{Distinct, Texts};
use crate::facts::straight::{Room, Stored};
use arrow_array::{Array, ArrowPrimitiveType, PrimitiveArray};
use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use std::ops::Range;

/// A line: its run and its row there.
type Place = (u32, u32);

/// The lines of all runs. Of an optional column all runs must have it, else it is left out.
pub fn merged(runs: &[Lines], room: &Room) -> Lines {
    let places = places(runs);
    let gathered = Gathered { runs, places: &places, room };
    Lines {
        customers: gathered.texts(|lines| lines.customers.as_ref()),
        days: gathered.every(|lines| &lines.days),
        numbers: gathered.every(|lines| &lines.numbers),
        amounts: gathered.every(|lines| &lines.amounts),
        costs: gathered.numbers(|lines| lines.costs.as_ref()),
        discounts: gathered.numbers(|lines| lines.discounts.as_ref()),
        quantities: gathered.numbers(|lines| lines.quantities.as_ref()),
        categories: gathered.texts(|lines| lines.categories.as_ref()),
        brands: gathered.texts(|lines| lines.brands.as_ref()),
        channels: gathered.texts(|lines| lines.channels.as_ref()),
        product_ids: gathered.texts(|lines| lines.product_ids.as_ref()),
        products: gathered.texts(|lines| lines.products.as_ref()),
        promo_codes: gathered.texts(|lines| lines.promo_codes.as_ref()),
        moments: gathered.numbers(|lines| lines.moments.as_ref()),
    }
}

/// Where each line of the whole stands among the runs.
fn places(runs: &[Lines]) -> Vec<Place> {
    let mut customers: Vec<(&str, u32, Range<usize>)> = Vec::new();
    for (run, lines) in (0..).zip(runs) {
        lines.each_customer(|rows| customers.push((lines.customer(rows.start), run, rows)));
    }
    // Every run is sorted, so this merges; of one customer the earlier import comes first.
    customers.sort_by_key(|&(id, ..)| id);
    let mut places: Vec<Place> = Vec::with_capacity(runs.iter().map(Lines::len).sum());
    for own in customers.chunk_by(|(id, ..), (next, ..)| id == next) {
        let first = places.len();
        for (_, run, rows) in own {
            places.extend(rows.clone().map(|row| (*run, row as u32)));
        }
        if own.len() > 1 {
            // Stable: lines of an order stay together.
            places[first..].sort_by_key(|&(run, row)| runs[run as usize].days()[row as usize]);
        }
    }
    places
}

/// Columns of some runs, to be gathered by place.
struct Gathered<'a> {
    runs: &'a [Lines],
    places: &'a [Place],
    room: &'a Room,
}

impl<'a> Gathered<'a> {
    fn gather<T: ArrowPrimitiveType>(&self, columns: &[&PrimitiveArray<T>]) -> PrimitiveArray<T>
    where
        T::Native: Stored,
    {
        let values: Vec<&[T::Native]> = columns.iter().map(|column| &column.values()[..]).collect();
        let mut gathered = self.room.take(self.places.len());
        gathered.extend(self.places.iter().map(|&(run, row)| values[run as usize][row as usize]));
        let has_nulls = columns.iter().any(|column| column.null_count() > 0);
        let valid = has_nulls.then(|| {
            let valid = self.places.iter().map(|&(run, row)| columns[run as usize].is_valid(row as usize));
            NullBuffer::new(valid.collect::<BooleanBuffer>())
        });
        PrimitiveArray::new(ScalarBuffer::from(gathered), valid)
    }

    fn every<T: ArrowPrimitiveType>(
        &self,
        column: impl Fn(&'a Lines) -> &'a PrimitiveArray<T>,
    ) -> PrimitiveArray<T>
    where
        T::Native: Stored,
    {
        self.gather(&self.runs.iter().map(column).collect::<Vec<_>>())
    }

    fn numbers<T: ArrowPrimitiveType>(
        &self,
        column: impl Fn(&'a Lines) -> Option<&'a PrimitiveArray<T>>,
    ) -> Option<PrimitiveArray<T>>
    where
        T::Native: Stored,
    {
        Some(self.gather(&self.runs.iter().map(column).collect::<Option<Vec<_>>>()?))
    }

    /// Every text gets one key for all runs.
    fn texts(&self, column: impl Fn(&'a Lines) -> Option<&'a Texts>) -> Option<Texts> {
        let columns: Vec<&Texts> = self.runs.iter().map(column).collect::<Option<_>>()?;
        let mut distinct = Distinct::default();
        let mut keys = Vec::with_capacity(columns.len());
        for texts in columns {
            let places: Vec<i32> = texts.values().iter().flatten().map(|text| distinct.place(text)).collect();
            // Keys of rows without a text mean nothing.
            keys.push(texts.keys_as(|key| places.get(key as usize).copied().unwrap_or_default()));
        }
        let keys = self.gather(&keys.iter().collect::<Vec<_>>());
        Some(Texts::of(keys, distinct.values()))
    }
}
