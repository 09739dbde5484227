//! The features of one pass, gathered customer by customer.
//!
//! Each file gathers the features that look at the same columns; only those asked for are kept.

mod favourites;
mod money;
mod orders;
mod periods;
mod shares;
mod sizes;

pub use favourites::Favourites;
pub use money::MoneySums;
pub use orders::OrderDays;
pub use periods::{PeriodCalendar, Periods, value};
pub use shares::Shares;
pub use sizes::OrderSizes;

use super::question::Question;
use crate::facts::schema;
use crate::scan::{Customer, Need};
use arrow_array::builder::{Date32Builder, Decimal64Builder, Float64Builder, Int64Builder};
use arrow_array::{ArrayRef, PrimitiveArray};
use std::sync::Arc;

/// Gathers some features of each customer in turn.
pub trait Accumulator {
    /// The features it can give.
    const FEATURES: &'static [&'static str];

    /// Ready for a question, or `None` if none of its features is asked for.
    fn new(question: &Question) -> Option<Self>
    where
        Self: Sized;

    /// Columns it reads.
    fn need(&self) -> Need;

    /// Adds one customer: one value to each column kept.
    fn add(&mut self, customer: &Customer<'_>);

    /// The columns kept, by feature.
    fn finish(self) -> Vec<(&'static str, ArrayRef)>;
}

/// Whether a question asks for any of some features.
pub fn asks_any(question: &Question, features: &[&str]) -> bool {
    question.features.iter().any(|asked| features.contains(&asked.as_str()))
}

/// A column being gathered, if its feature is asked for.
pub struct Column<B> {
    name: &'static str,
    builder: Option<B>,
}

impl<B: Default> Column<B> {
    pub fn new(question: &Question, name: &'static str) -> Column<B> {
        let asked = question.features.iter().any(|feature| feature == name);
        Column { name, builder: asked.then(B::default) }
    }

    pub fn asked(&self) -> bool {
        self.builder.is_some()
    }
}

macro_rules! push {
    ($builder:ty, $value:ty) => {
        impl Column<$builder> {
            /// Adds a customer's value.
            pub fn push(&mut self, value: impl Into<Option<$value>>) {
                if let Some(builder) = &mut self.builder {
                    builder.append_option(value.into());
                }
            }
        }
    };
}
push!(Int64Builder, i64);
push!(Date32Builder, i32);
push!(Float64Builder, f64);
push!(Decimal64Builder, i64);

/// A column that can be ended.
pub trait Finish {
    /// The column with its feature's name, if it was asked for.
    fn end(self) -> Option<(&'static str, ArrayRef)>;
}

impl Finish for Column<Int64Builder> {
    fn end(self) -> Option<(&'static str, ArrayRef)> {
        self.builder.map(|mut builder| (self.name, Arc::new(builder.finish()) as ArrayRef))
    }
}

impl Finish for Column<Date32Builder> {
    fn end(self) -> Option<(&'static str, ArrayRef)> {
        self.builder.map(|mut builder| (self.name, Arc::new(builder.finish()) as ArrayRef))
    }
}

impl Finish for Column<Float64Builder> {
    fn end(self) -> Option<(&'static str, ArrayRef)> {
        self.builder.map(|mut builder| (self.name, Arc::new(builder.finish()) as ArrayRef))
    }
}

impl Finish for Column<Decimal64Builder> {
    fn end(self) -> Option<(&'static str, ArrayRef)> {
        self.builder.map(|mut builder| {
            let column: PrimitiveArray<_> = builder.finish().with_data_type(schema::exact());
            (self.name, Arc::new(column) as ArrayRef)
        })
    }
}

/// The median of values in any order: the mean of the two middle ones where their number is even.
/// Sorts the values.
pub fn median<T: Ord + Copy>(values: &mut [T]) -> Option<(T, T)> {
    let count = values.len();
    if count == 0 {
        return None;
    }
    values.sort_unstable();
    Some((values[(count - 1) / 2], values[count / 2]))
}
