//! What is known of a customer's orders, and customers with equal pasts counted together.

use super::jet::Jet;
use crate::parallel;
use serde::{Deserialize, Serialize};

/// Days of the unit of time of every model.
pub const DAYS_PER_WEEK: f64 = 7.0;
/// Rows of one piece of work. Fixed, so that sums are the same on any number of threads.
const CHUNK_ROWS: usize = 1024;
/// Fewer rows are added up on one thread: to begin another takes as long.
const SHARED_ROWS_MIN: usize = 8 * CHUNK_ROWS;

/// When a customer has ordered: the sufficient statistic of the models, in whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct History {
    /// x: days with orders after the first one.
    pub repeats: u32,
    /// t_x: days from the first day with an order to the last.
    pub last: u32,
    /// T: days from the first day with an order to the moment of the question.
    pub age: u32,
}

/// The same in weeks, as models take it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Past {
    /// x: repeat orders.
    pub repeats: u32,
    /// t_x in weeks; 0 without a repeat order.
    pub last: f64,
    /// T in weeks, at least t_x.
    pub age: f64,
}

impl Past {
    /// A customer at the moment of the first order.
    pub const NEW: Past = Past { repeats: 0, last: 0.0, age: 0.0 };
}

impl History {
    /// In weeks.
    pub fn past(&self) -> Past {
        Past { repeats: self.repeats, last: weeks(self.last), age: weeks(self.age) }
    }
}

/// Days as weeks.
pub fn weeks(days: u32) -> f64 {
    f64::from(days) / DAYS_PER_WEEK
}

/// Customers with one history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub history: History,
    /// How many customers have it.
    pub customers: u64,
}

/// The pasts of all customers of a base: distinct histories in ascending order, with counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Histories {
    rows: Vec<Row>,
}

impl Histories {
    /// Groups customers; their order does not matter. A history that cannot be (a last order after
    /// the age, a last order without repeat orders or the reverse) is left out.
    pub fn new(customers: impl IntoIterator<Item = History>) -> Histories {
        Histories::counted(customers.into_iter().map(|history| Row { history, customers: 1 }).collect())
    }

    /// Puts together what several parts of a base have counted.
    pub fn merge(parts: impl IntoIterator<Item = Histories>) -> Histories {
        Histories::counted(parts.into_iter().flat_map(|part| part.rows).collect())
    }

    /// The same of customers counted already; one history may stand in several rows.
    pub fn counted(mut rows: Vec<Row>) -> Histories {
        rows.retain(|Row { history, .. }| {
            history.last <= history.age && (history.repeats == 0) == (history.last == 0)
        });
        rows.sort_unstable_by_key(|row| row.history);
        rows.dedup_by(|next, kept| {
            let same = next.history == kept.history;
            if same {
                kept.customers += next.customers;
            }
            same
        });
        Histories { rows }
    }

    /// Distinct histories in ascending order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Where a history stands in [`Histories::rows`].
    pub fn position(&self, history: History) -> Option<usize> {
        self.rows.binary_search_by_key(&history, |row| row.history).ok()
    }

    pub fn customers(&self) -> u64 {
        self.rows.iter().map(|row| row.customers).sum()
    }

    /// All repeat orders of all customers.
    pub fn repeats(&self) -> u64 {
        self.rows.iter().map(|row| row.customers * u64::from(row.history.repeats)).sum()
    }

    /// All weeks of all customers.
    pub fn weeks(&self) -> f64 {
        let days: u64 = self.rows.iter().map(|row| row.customers * u64::from(row.history.age)).sum();
        days as f64 / DAYS_PER_WEEK
    }

    /// The largest number of repeat orders.
    pub fn repeats_max(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.history.repeats)
    }

    /// The largest age in days.
    pub fn age_max(&self) -> u32 {
        self.rows.iter().map(|row| row.history.age).max().unwrap_or(0)
    }

    /// The sum over customers of a log-likelihood with its derivatives: bitwise the same on any
    /// number of threads.
    pub fn sum<const N: usize>(&self, threads: usize, of: impl Fn(&History) -> Jet<N> + Sync) -> Jet<N> {
        sum_chunks(&self.rows, threads, |row| (of(&row.history), row.customers as f64))
    }

    /// A value for every distinct history, in the order of [`Histories::rows`].
    pub fn map<V: Send>(&self, threads: usize, of: impl Fn(&History) -> V + Sync) -> Vec<V> {
        let pieces = self.rows.len().div_ceil(CHUNK_ROWS);
        let chunk = |piece: usize| {
            let rows = &self.rows[piece * CHUNK_ROWS..self.rows.len().min((piece + 1) * CHUNK_ROWS)];
            rows.iter().map(|row| of(&row.history)).collect::<Vec<V>>()
        };
        parallel::in_order(pieces, threads, chunk).into_iter().flatten().collect()
    }
}

/// The weighted sum of something over rows, chunk by chunk, chunks added in their order.
pub fn sum_chunks<R: Sync, const N: usize>(
    rows: &[R],
    threads: usize,
    of: impl Fn(&R) -> (Jet<N>, f64) + Sync,
) -> Jet<N> {
    let chunk = |piece: usize| {
        let mut sum = Jet::ZERO;
        for row in &rows[piece * CHUNK_ROWS..rows.len().min((piece + 1) * CHUNK_ROWS)] {
            let (jet, weight) = of(row);
            sum.add(&jet, weight);
        }
        sum
    };
    let threads = if rows.len() < SHARED_ROWS_MIN { 1 } else { threads };
    let mut total = Jet::ZERO;
    for sum in parallel::in_order(rows.len().div_ceil(CHUNK_ROWS), threads, chunk) {
        total.add(&sum, 1.0);
    }
    total
}

/// ln(1 + t/scale) and t/(scale + t) for every day: all that likelihoods ask of a time.
pub struct DayTable {
    days: Vec<(f64, f64)>,
}

impl DayTable {
    pub fn new(scale: f64, last_day: u32) -> DayTable {
        let entry = |day| {
            let t = weeks(day);
            ((t / scale).ln_1p(), t / (scale + t))
        };
        DayTable { days: (0..=last_day).map(entry).collect() }
    }

    /// (ln(1 + t/scale), t/(scale + t)) of a day.
    pub fn at(&self, day: u32) -> (f64, f64) {
        self.days[day as usize]
    }
}
