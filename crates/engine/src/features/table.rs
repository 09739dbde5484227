//! The features of the customers of one bucket, in columns.

use super::list::{self, Unit};
use super::question::Question;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, StringArray, UInt32Array};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::ArrowError;
use arrow_select::concat::concat;
use arrow_select::take::take;
use model::calendar::Day;
use model::parallel;
use model::quantiles::ValueCounts;
use std::hint::select_unpredictable;
use std::sync::Arc;

/// Buckets whose amounts of orders are put together at a time.
const POOLED_TOGETHER: usize = 8;

/// One row per customer of a bucket, sorted by customer id; one column per feature asked for.
#[derive(Clone, Debug)]
pub struct Features {
    customer_ids: StringArray,
    columns: Vec<(&'static str, ArrayRef)>,
    /// Attributes asked for, by name, as `Dictionary(Int32, Utf8)`.
    attributes: Vec<(String, ArrayRef)>,
    /// Shared by all who take some of the rows: it is of the whole bucket.
    order_amounts: Option<Arc<ValueCounts>>,
    /// Who did what was asked for, a bit per customer.
    facts: Vec<BooleanBuffer>,
}

/// A column of values of which some may be missing.
#[derive(Clone, Copy)]
pub struct Values<'a, T> {
    values: &'a [T],
    nulls: Option<&'a NullBuffer>,
}

impl<'a, T: Copy> Values<'a, T> {
    /// A column in which none is missing is not asked about it for each.
    fn new(values: &'a [T], nulls: Option<&'a NullBuffer>) -> Values<'a, T> {
        Values { values, nulls: nulls.filter(|nulls| nulls.null_count() > 0) }
    }

    /// The value of a row; `None` where it is missing.
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        match self.nulls {
            Some(nulls) if nulls.is_null(row) => None,
            _ => Some(self.values[row]),
        }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<T>> {
        (0..self.values.len()).map(|row| self.get(row))
    }
}

impl Values<'_, f64> {
    /// The value of a row, or another where it is missing: told apart without a branch, for columns of which
    /// nobody could foresee where one is missing.
    #[inline]
    pub fn get_or(&self, row: usize, missing: f64) -> f64 {
        let value = self.values[row];
        match self.nulls {
            Some(nulls) => {
                f64::from_bits(select_unpredictable(nulls.is_null(row), missing.to_bits(), value.to_bits()))
            }
            None => value,
        }
    }
}

impl Features {
    /// Columns must be as long as the ids and of the type of their feature's unit.
    pub fn new(customer_ids: StringArray, columns: Vec<(&'static str, ArrayRef)>) -> Features {
        Features { customer_ids, columns, attributes: Vec::new(), order_amounts: None, facts: Vec::new() }
    }

    /// The customers of some rows, in that order and as often as they are named. How often amounts of
    /// orders occur stays as it is.
    ///
    /// # Errors
    /// A row that is not there.
    pub fn take(&self, rows: &UInt32Array) -> Result<Features, ArrowError> {
        let taken = |column: &ArrayRef| take(column, rows, None);
        let columns = self.columns.iter().map(|(name, column)| Ok((*name, taken(column)?)));
        let attributes = self.attributes.iter().map(|(name, column)| Ok((name.clone(), taken(column)?)));
        let did = |held: &BooleanBuffer| rows.values().iter().map(|&row| held.value(row as usize)).collect();
        Ok(Features {
            customer_ids: take(&self.customer_ids, rows, None)?.as_string::<i32>().clone(),
            columns: columns.collect::<Result<_, ArrowError>>()?,
            attributes: attributes.collect::<Result<_, ArrowError>>()?,
            order_amounts: self.order_amounts.clone(),
            facts: self.facts.iter().map(did).collect(),
        })
    }

    /// The customers of some buckets one after another, with what all of them asked for.
    ///
    /// # Errors
    /// Buckets that were asked for other columns.
    pub(crate) fn joined(buckets: &[Features]) -> Result<Features, ArrowError> {
        let Some(first) = buckets.first() else {
            return Ok(Features::new(StringArray::from(Vec::<&str>::new()), Vec::new()));
        };
        let join = |of: &dyn Fn(&Features) -> Option<ArrayRef>| {
            let parts: Vec<ArrayRef> = buckets.iter().filter_map(of).collect();
            concat(&parts.iter().map(AsRef::as_ref).collect::<Vec<_>>())
        };
        let columns =
            first.columns.iter().map(|(name, _)| Ok((*name, join(&|one| one.column(name).cloned())?)));
        let attributes = first
            .attributes
            .iter()
            .map(|(name, _)| Ok((name.clone(), join(&|one| one.attribute_column(name).cloned())?)));
        let bits = |place: usize| buckets.iter().flat_map(move |one| one.facts[place].iter());
        let amounts: Vec<&ValueCounts> =
            buckets.iter().filter_map(|one| one.order_amounts.as_deref()).collect();
        Ok(Features {
            customer_ids: join(&|one| Some(Arc::new(one.customer_ids.clone())))?.as_string::<i32>().clone(),
            columns: columns.collect::<Result<_, ArrowError>>()?,
            attributes: attributes.collect::<Result<_, ArrowError>>()?,
            order_amounts: first.order_amounts.as_ref().map(|_| Arc::new(ValueCounts::merge_all(&amounts))),
            facts: (0..first.facts.len()).map(|place| bits(place).collect()).collect(),
        })
    }

    /// Gives up all columns but those of some features; attributes and conditions stay.
    pub fn keep(&mut self, features: &[String]) {
        self.columns.retain(|(name, _)| features.iter().any(|kept| kept == name));
    }

    /// As [`Features::keep`], and of attributes and amounts of orders too only what a question asks for.
    pub(crate) fn keep_asked(&mut self, question: &Question) {
        self.keep(&question.features);
        let asked =
            |name: &String| question.attributes.contains(name) || question.frequency_of.contains(name);
        self.attributes.retain(|(name, _)| asked(name));
        if !question.order_amounts {
            self.order_amounts = None;
        }
    }

    /// Adds how often each amount of an order occurs in the bucket, in 1/10 000, returns left out.
    #[must_use]
    pub fn with_order_amounts(mut self, amounts: ValueCounts) -> Features {
        self.order_amounts = Some(Arc::new(amounts));
        self
    }

    /// Puts how often amounts occur in some buckets together into the first of them: nobody asks for it by
    /// bucket, and the same amounts occur in all.
    pub(super) fn pool_order_amounts(buckets: &mut [Features], threads: usize) {
        let sets: Vec<Arc<ValueCounts>> =
            buckets.iter_mut().filter_map(|one| one.order_amounts.take()).collect();
        let pieces: Vec<&[Arc<ValueCounts>]> = sets.chunks(POOLED_TOGETHER).collect();
        let merge = |sets: &[Arc<ValueCounts>]| {
            ValueCounts::merge_all(&sets.iter().map(AsRef::as_ref).collect::<Vec<_>>())
        };
        let pooled = parallel::in_order(pieces.len(), threads, |piece| Arc::new(merge(pieces[piece])));
        drop(sets);
        let mut pooled = Some(Arc::new(merge(&pooled)));
        buckets.iter_mut().for_each(|one| one.order_amounts = Some(pooled.take().unwrap_or_default()));
    }

    /// Adds attributes of the customers, each a dictionary of texts as long as the ids.
    #[must_use]
    pub fn with_attributes(mut self, attributes: Vec<(String, ArrayRef)>) -> Features {
        self.attributes = attributes;
        self
    }

    /// Adds who did what the question's conditions ask for, in their order.
    #[must_use]
    pub fn with_facts(mut self, facts: Vec<BooleanBuffer>) -> Features {
        self.facts = facts;
        self
    }

    /// Whether the condition on facts at this place of the question holds for a customer; not if it
    /// was not asked for.
    pub fn did(&self, place: usize, row: usize) -> bool {
        self.facts.get(place).is_some_and(|held| held.value(row))
    }

    /// The column of an attribute, as `Dictionary(Int32, Utf8)`; `None` if it was not asked for.
    pub fn attribute_column(&self, name: &str) -> Option<&ArrayRef> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, column)| column)
    }

    /// The attributes that were asked for, by name.
    pub fn attributes(&self) -> &[(String, ArrayRef)] {
        &self.attributes
    }

    /// The value of a customer's attribute; `None` where it is missing or was not asked for.
    pub fn attribute(&self, name: &str, row: usize) -> Option<&str> {
        text_of(self.attribute_column(name)?, row)
    }

    /// How often each amount of an order occurs, in the bucket or, where [`super::compute`] has put them
    /// together, in all of them: then the first bucket has all. Panics if the question did not ask for it, as
    /// [`Features::counts`] does.
    pub fn order_amounts(&self) -> &ValueCounts {
        match &self.order_amounts {
            Some(amounts) => amounts,
            None => panic!("order amounts were not asked for"),
        }
    }

    /// Number of customers.
    pub fn len(&self) -> usize {
        self.customer_ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn customer_ids(&self) -> &StringArray {
        &self.customer_ids
    }

    /// The columns in the order of [`super::FEATURES`].
    pub fn columns(&self) -> &[(&'static str, ArrayRef)] {
        &self.columns
    }

    /// The column of a feature; `None` if it was not asked for.
    pub fn column(&self, name: &str) -> Option<&ArrayRef> {
        self.columns.iter().find(|(known, _)| *known == name).map(|(_, column)| column)
    }

    /// A column of counts. Panics if the feature was not asked for: a segmentation names what it
    /// needs, and a test holds every one to it.
    pub fn counts(&self, name: &str) -> Values<'_, i64> {
        let column = self.expect(name, Unit::Count).as_primitive::<Int64Type>();
        Values::new(column.values(), column.nulls())
    }

    /// A column of money or quantities in 1/10 000. Panics as [`Features::counts`] does.
    pub fn exact(&self, name: &str) -> Values<'_, i64> {
        let column = self.get(name).as_primitive::<Decimal64Type>();
        Values::new(column.values(), column.nulls())
    }

    /// A column of numbers. Panics as [`Features::counts`] does.
    pub fn numbers(&self, name: &str) -> Values<'_, f64> {
        let column = self.expect(name, Unit::Number).as_primitive::<Float64Type>();
        Values::new(column.values(), column.nulls())
    }

    /// A column of days since 1970-01-01. Panics as [`Features::counts`] does.
    pub fn days(&self, name: &str) -> Values<'_, i32> {
        let column = self.expect(name, Unit::Day).as_primitive::<Date32Type>();
        Values::new(column.values(), column.nulls())
    }

    /// The day in a row of a column of days. Panics as [`Features::counts`] does.
    pub fn day(&self, name: &str, row: usize) -> Option<Day> {
        let column = self.expect(name, Unit::Day).as_primitive::<Date32Type>();
        column.is_valid(row).then(|| Day(column.value(row)))
    }

    /// The text in a row of a column of text. Panics as [`Features::counts`] does.
    pub fn text(&self, name: &str, row: usize) -> Option<&str> {
        text_of(self.expect(name, Unit::Text), row)
    }

    fn get(&self, name: &str) -> &ArrayRef {
        match self.column(name) {
            Some(column) => column,
            None => panic!("feature `{name}` was not asked for"),
        }
    }

    fn expect(&self, name: &str, unit: Unit) -> &ArrayRef {
        debug_assert!(
            list::find(name).is_some_and(|feature| feature.unit == unit),
            "`{name}` is no {unit:?}"
        );
        self.get(name)
    }
}

fn text_of(column: &ArrayRef, row: usize) -> Option<&str> {
    let column = column.as_dictionary::<Int32Type>();
    column.key(row).map(|key| column.values().as_string::<i32>().value(key))
}
