//! Rows of aliases, served as those of the ids that stand for their persons.
//!
//! Files stay as they are. Rows of an alias are left out of the bucket they lie in and held here for
//! the bucket of the main id, with the versions of orders and events settled under the alias.

use super::bucket::BUCKETS;
use super::columns::AttributeRow;
use super::events::Events;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::ArrowError;
use arrow_select::filter::filter_record_batch;
use model::base::FactKind;
use std::collections::HashMap;

/// What links move.
pub(crate) struct Linked {
    /// By alias.
    mains: HashMap<String, String>,
    /// Whether an alias lies in each bucket.
    has_aliases: Vec<bool>,
    into: Vec<Moved>,
}

/// What comes to a bucket, already under main ids.
#[derive(Default)]
pub(crate) struct Moved {
    /// Order lines with all columns, sorted as in a file.
    pub orders: Option<RecordBatch>,
    /// Whether goods among them came back for nothing.
    pub free_returns: bool,
    /// Attributes, in order of the aliases that they were of.
    pub attributes: Vec<AttributeRow>,
    /// In the order of [`FactKind::EVENTS`].
    pub events: [Vec<RecordBatch>; FactKind::EVENTS.len()],
}

impl Linked {
    /// `into` has a place for every bucket; `mains` are by alias.
    pub(crate) fn new(mains: HashMap<String, String>, into: Vec<Moved>) -> Linked {
        debug_assert_eq!(into.len(), BUCKETS);
        let mut has_aliases = vec![false; BUCKETS];
        mains.keys().for_each(|alias| has_aliases[super::bucket::bucket_of(alias)] = true);
        Linked { mains, has_aliases, into }
    }

    /// The main id of an alias.
    pub(super) fn main_of(&self, id: &str) -> Option<&str> {
        self.mains.get(id).map(String::as_str)
    }

    pub(super) fn orders(&self, bucket: usize) -> Option<&RecordBatch> {
        self.into.get(bucket)?.orders.as_ref()
    }

    pub(super) fn has_free_returns(&self, bucket: usize) -> bool {
        self.into.get(bucket).is_some_and(|moved| moved.free_returns)
    }

    fn has_aliases(&self, bucket: usize) -> bool {
        self.has_aliases.get(bucket) == Some(&true)
    }

    /// The order lines of a bucket whose customers stand for themselves; the first column is whose.
    pub(super) fn without_aliases(
        &self,
        bucket: usize,
        lines: RecordBatch,
    ) -> Result<RecordBatch, ArrowError> {
        if !self.has_aliases(bucket) {
            return Ok(lines);
        }
        let customers = lines.column(0).as_dictionary::<Int32Type>();
        let names = customers.values().as_string::<i32>();
        let stays: Vec<bool> =
            names.iter().map(|name| name.is_none_or(|name| !self.mains.contains_key(name))).collect();
        if stays.iter().all(|&stays| stays) {
            return Ok(lines);
        }
        let kept: BooleanArray =
            (0..lines.num_rows()).map(|row| Some(customers.key(row).is_none_or(|key| stays[key]))).collect();
        filter_record_batch(&lines, &kept)
    }

    /// Whether a bucket's attributes are others than its files say.
    pub(super) fn changes_attributes(&self, bucket: usize) -> bool {
        self.has_aliases(bucket) || !self.into[bucket].attributes.is_empty()
    }

    /// Makes the attributes of the ids of a bucket those of its persons: the main id's word counts,
    /// without one that of its smallest alias. Which import said it is no matter, because compaction
    /// forgets that. Rows are sorted by customer and attribute before and after; a person is known
    /// since the first of its ids is.
    pub(super) fn add_attributes(&self, bucket: usize, rows: &mut Vec<AttributeRow>) {
        if self.has_aliases(bucket) {
            rows.retain(|row| !self.mains.contains_key(&row.customer_id));
        }
        let moved = &self.into[bucket].attributes;
        if moved.is_empty() {
            return;
        }
        rows.extend(moved.iter().cloned());
        // Stable: the main id's own comes first.
        rows.sort_by(|a, b| (&a.customer_id, &a.attribute).cmp(&(&b.customer_id, &b.attribute)));
        rows.dedup_by(|later, first| {
            let same = later.customer_id == first.customer_id && later.attribute == first.attribute;
            if same && first.attribute.is_empty() {
                let known = [first.created, later.created].into_iter().flatten();
                first.created = known.min();
            }
            same
        });
    }

    /// The events of the persons of a bucket, given those of its ids.
    pub(super) fn with_events(&self, bucket: usize, own: Events) -> Result<Events, ArrowError> {
        let kind = own.kind();
        let place = FactKind::EVENTS.into_iter().position(|event| event == kind);
        let none: &[RecordBatch] = &[];
        let moved = self.into.get(bucket).zip(place).map_or(none, |(moved, place)| &moved.events[place]);
        let own = if self.has_aliases(bucket) {
            own.only(|row| own.customer(row).is_none_or(|id| !self.mains.contains_key(id)))?
        } else {
            own
        };
        if moved.is_empty() {
            return Ok(own);
        }
        Events::settled(kind, std::iter::once(own.batch()).chain(moved))
    }
}
