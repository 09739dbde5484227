//! Customers who are known without an order: from customer files and from events.

use super::visit::CustomerEvents;
use crate::facts::Events;
use crate::facts::set::{FactError, FactSet};
use arrow_array::{Array, StringArray};
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use std::ops::Range;

/// Customers of a bucket that are known as of a moment besides those with lines, and the events of
/// all, walked in order of id.
pub(super) struct Known {
    /// Ids in order.
    ids: StringArray,
    next: usize,
    /// In the order of [`FactKind::EVENTS`].
    events: [Option<Events>; 4],
    as_of: AsOf,
}

/// Where a walk over the events stands.
#[derive(Default)]
pub(super) struct Places([usize; 4]);

impl Known {
    /// `whole`: what events say is wanted, and not only whose they are and on which day.
    pub(super) fn read(facts: &FactSet, bucket: usize, as_of: AsOf, whole: bool) -> Result<Known, FactError> {
        // Without a date of creation a customer was always known.
        let named = facts.named_customers(bucket)?;
        let mut known: Vec<(&str, Option<Day>)> = named.named().collect();
        let mut events = [None, None, None, None];
        for (slot, kind) in events.iter_mut().zip(FactKind::EVENTS) {
            if facts.has_events(kind) {
                let read = match whole {
                    true => facts.events_as_of(kind, bucket, as_of)?,
                    false => facts.event_days_as_of(kind, bucket, as_of)?,
                };
                *slot = Some(read);
            }
        }
        for events in events.iter().flatten() {
            let mut row = 0;
            while row < events.len() {
                // The first event of a customer is the oldest, or one that was always there.
                known.extend(events.customer(row).map(|id| (id, events.day(row))));
                row = events.customer_end(row);
            }
        }
        known.retain(|(_, since)| since.is_none_or(|day| day <= as_of.0));
        // Those of a file stand in order.
        known.sort_by_key(|&(id, _)| id);
        known.dedup_by_key(|(id, _)| *id);
        let ids = StringArray::from_iter_values(known.into_iter().map(|(id, _)| id));
        Ok(Known { ids, next: 0, events, as_of })
    }

    /// The next one that comes before `id`, or before the end without one.
    pub(super) fn before(&mut self, id: Option<&str>) -> Option<usize> {
        let is_before = self.next().is_some_and(|next| id.is_none_or(|id| next < id));
        self.next += usize::from(is_before);
        is_before.then(|| self.next - 1)
    }

    /// Whether `id` comes next; steps past it.
    pub(super) fn is(&mut self, id: &str) -> bool {
        let is = self.next() == Some(id);
        self.next += usize::from(is);
        is
    }

    fn next(&self) -> Option<&str> {
        (self.next < self.ids.len()).then(|| self.ids.value(self.next))
    }

    pub(super) fn id(&self, place: usize) -> &str {
        self.ids.value(place)
    }

    /// The events of a customer up to the moment. Customers must be asked for in order of id.
    pub(super) fn events(&self, id: &str, places: &mut Places) -> CustomerEvents<'_> {
        if self.events.iter().all(Option::is_none) {
            return CustomerEvents::default();
        }
        let mut of = |kind: usize| -> Option<(&Events, Range<usize>)> {
            let events = self.events[kind].as_ref()?;
            let place = &mut places.0[kind];
            while *place < events.len() && events.customer(*place).is_none_or(|customer| customer < id) {
                *place = events.customer_end(*place);
            }
            let own = *place < events.len() && events.customer(*place) == Some(id);
            let rows = if own { *place..events.customer_end(*place) } else { *place..*place };
            *place = rows.end;
            Some((events, events.up_to(rows, self.as_of)))
        };
        CustomerEvents { deals: of(0), leads: of(1), touches: of(2), contacts: of(3) }
    }
}
