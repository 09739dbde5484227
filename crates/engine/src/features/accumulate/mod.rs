//! The features of one pass, gathered customer by customer.
//!
//! Each file gathers the features that look at the same columns; only those asked for are kept.

mod dealings;
mod favourites;
mod first_order;
mod money;
mod occasions;
mod online;
mod orders;
mod periods;
mod prospects;
mod readiness;
mod repeats;
mod shares;
mod sizes;

pub use dealings::Dealings;
pub use favourites::Favourites;
pub use first_order::{FirstOrder, heaviest, opening};
pub use money::{MoneySums, margin};
pub use occasions::Occasions;
pub use online::Online;
pub use orders::{OrderDays, median_gap};
pub use periods::{PeriodCalendar, Periods, value};
pub use prospects::{LOST_TOUCH, Prospects};
pub use readiness::Readiness;
pub use repeats::Repeats;
pub use shares::Shares;
pub use sizes::OrderSizes;

use super::question::Question;
use crate::facts::schema;
use crate::scan::{Customer, Need};
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, ArrowPrimitiveType, PrimitiveArray};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer};
use arrow_schema::DataType;
use std::ops::Deref;
use std::sync::Arc;

/// Days before the as-of day that the last 365 days begin.
pub const YEAR_DAYS: i32 = 364;

/// Rows that a column is given room for where nothing tells how many there will be.
const FIRST_ROWS: usize = 256;
/// How many times as long a column may become when it is full.
const GROWTH: usize = 8;

/// A question put to one bucket.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub question: &'a Question,
    /// How many customers there are likely to be: columns have room for so many at first.
    pub customers: usize,
}

impl Deref for Asked<'_> {
    type Target = Question;

    fn deref(&self) -> &Question {
        self.question
    }
}

/// Gathers some features of each customer in turn.
pub trait Accumulator {
    /// The features it can give.
    const FEATURES: &'static [&'static str];

    /// Ready for a question, or `None` if none of its features is asked for.
    fn new(question: &Asked<'_>) -> Option<Self>
    where
        Self: Sized;

    /// Columns it reads.
    fn need(&self) -> Need;

    /// Adds one customer: one value to each column kept.
    fn add(&mut self, customer: &Customer<'_>);

    /// The columns kept, by feature.
    fn finish(self) -> Vec<(&'static str, ArrayRef)>;
}

/// Whether features of the window are those of all history: they are asked for, and there is no window.
pub fn asks_twice(question: &Question, of_window: &str, of_all: &str) -> bool {
    question.window_from.is_none() && asks_any(question, &[of_window]) && asks_any(question, &[of_all])
}

/// The column of the window where it is the same as that of all history.
pub fn again(
    name: &'static str,
    column: Option<&(&'static str, ArrayRef)>,
) -> Option<(&'static str, ArrayRef)> {
    column.map(|(_, array)| (name, Arc::clone(array)))
}

/// Whether a question asks for any of some features.
pub fn asks_any(question: &Question, features: &[&str]) -> bool {
    question.features.iter().any(|asked| features.contains(&asked.as_str()))
}

/// A column being gathered, if its feature is asked for.
pub struct Column<T: ArrowPrimitiveType> {
    name: &'static str,
    asked: bool,
    values: Vec<T::Native>,
    /// Rows without a value. Few columns have any, so a list costs less than a bit per row; a bucket has
    /// fewer than a `u32` counts.
    missing: Vec<u32>,
}

impl<T: ArrowPrimitiveType> Column<T> {
    pub fn new(question: &Asked<'_>, name: &'static str) -> Column<T> {
        let asked = question.features.iter().any(|feature| feature == name);
        let room = if asked { question.customers } else { 0 };
        Column { name, asked, values: Vec::with_capacity(room), missing: Vec::new() }
    }

    /// The same, unless it would have the values of another one that is asked for.
    pub fn unless(mut self, same: bool) -> Column<T> {
        self.asked &= !same;
        if !self.asked {
            self.values = Vec::new();
        }
        self
    }

    pub fn asked(&self) -> bool {
        self.asked
    }

    /// Begins with the values of another column, all but the last one; both have one for everybody.
    pub fn begin_as(&mut self, other: &Column<T>) {
        let earlier = other.values.len().saturating_sub(1);
        self.values.extend_from_slice(&other.values[..earlier]);
    }

    /// Adds a customer's value.
    pub fn push(&mut self, value: impl Into<Option<T::Native>>) {
        if self.asked {
            let value = value.into();
            if value.is_none() {
                self.missing.push(self.values.len() as u32);
            }
            if self.values.len() == self.values.capacity() {
                self.grow();
            }
            self.values.push(value.unwrap_or_default());
        }
    }

    /// Says what the value of a customer is that was added before its value was known.
    pub fn put(&mut self, place: usize, value: Option<T::Native>) {
        match value {
            Some(value) => self.values[place] = value,
            None => self.missing.push(place as u32),
        }
    }

    /// How many customers were added.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Room grows in large steps: what is not filled costs nothing, moving what is there does.
    #[cold]
    fn grow(&mut self) {
        self.values.reserve_exact(self.values.len() * (GROWTH - 1) + FIRST_ROWS);
    }

    /// The column with its feature's name, if it was asked for.
    pub fn end(self) -> Option<(&'static str, ArrayRef)> {
        let nulls = (!self.missing.is_empty()).then(|| {
            let mut valid = BooleanBufferBuilder::new(self.values.len());
            valid.append_n(self.values.len(), true);
            self.missing.iter().for_each(|&row| valid.set_bit(row as usize, false));
            NullBuffer::new(valid.finish())
        });
        let kind = match T::DATA_TYPE {
            DataType::Decimal64(..) => schema::exact(),
            kind => kind,
        };
        let array = PrimitiveArray::<T>::new(self.values.into(), nulls).with_data_type(kind);
        self.asked.then(|| (self.name, Arc::new(array) as ArrayRef))
    }
}

/// A column of texts being gathered, if its feature is asked for.
pub struct TextColumn {
    name: &'static str,
    asked: bool,
    values: StringDictionaryBuilder<Int32Type>,
}

impl TextColumn {
    pub fn new(question: &Asked<'_>, name: &'static str) -> TextColumn {
        let asked = question.features.iter().any(|feature| feature == name);
        TextColumn { name, asked, values: StringDictionaryBuilder::new() }
    }

    pub fn asked(&self) -> bool {
        self.asked
    }

    /// Adds a customer's value.
    pub fn push(&mut self, value: Option<&str>) {
        if self.asked {
            self.values.append_option(value);
        }
    }

    /// The column with its feature's name, if it was asked for.
    pub fn end(mut self) -> Option<(&'static str, ArrayRef)> {
        self.asked.then(|| (self.name, Arc::new(self.values.finish()) as ArrayRef))
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
