//! Visits of nobody that are somebody's: a browser that was seen with a customer is that customer's.
//!
//! A touch without a customer has the id of its visitor only. As of a day by which the same visitor
//! was seen with one customer, all its visits are that customer's; seen with two, they are nobody's.

use super::bucket::{ANONYMOUS, BUCKETS, bucket_of};
use super::events::Events;
use super::set::{FactError, FactSet};
use arrow_array::cast::AsArray;
use arrow_array::{Array, BooleanArray, RecordBatch};
use arrow_schema::ArrowError;
use arrow_select::filter::filter_record_batch;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::parallel;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use twox_hash::xxhash3_128::Hasher;

/// The column of touches with the visitor.
const VISITOR: &str = "visitor";

/// What was worked out of visits, once for all buckets.
#[derive(Default)]
pub(super) struct Visits(Mutex<Known>);

#[derive(Default)]
struct Known {
    seen: Option<Arc<Seen>>,
    named: BTreeMap<Day, Arc<Named>>,
}

/// Visitors that were ever seen with a customer.
struct Seen {
    visitors: HashMap<String, Sighting>,
    /// Their touches without a customer, the newest version of each.
    touches: Events,
}

/// With whom a visitor was seen.
struct Sighting {
    customer: String,
    first: Day,
    /// When another customer was first seen with it.
    second: Option<Day>,
}

/// The touches that are somebody's as of a day, by bucket.
struct Named(Vec<Option<RecordBatch>>);

impl FactSet {
    /// The events of a bucket as of a moment: with the visits of visitors known by then, and the topics
    /// that people have set. Later events are among them.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn events_as_of(&self, kind: FactKind, bucket: usize, as_of: AsOf) -> Result<Events, FactError> {
        let own = self.events(kind, bucket)?;
        let all = match self.visits_as_of(kind, bucket, as_of)? {
            None => own,
            Some(visits) => Events::settled(kind, [own.batch(), &visits]).map_err(unfit)?,
        };
        if kind != FactKind::Touches || self.topics().is_empty() {
            return Ok(all);
        }
        all.with_topics(self.topics()).map_err(unfit)
    }

    /// The same as far as whose they are and on which day they happened: a fraction of what is read.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn event_days_as_of(&self, kind: FactKind, bucket: usize, as_of: AsOf) -> Result<Events, FactError> {
        let visits = self.visits_as_of(kind, bucket, as_of)?;
        let own = self.event_days(kind, bucket, visits.is_some())?;
        match visits {
            None => Ok(own),
            Some(visits) => Events::settled(kind, [own.batch(), &visits]).map_err(unfit),
        }
    }

    /// The visits of nobody that are some customer's of a bucket as of a moment.
    fn visits_as_of(
        &self,
        kind: FactKind,
        bucket: usize,
        as_of: AsOf,
    ) -> Result<Option<RecordBatch>, FactError> {
        if kind != FactKind::Touches || bucket >= BUCKETS || !self.has_visits() {
            return Ok(None);
        }
        Ok(self.named(as_of, 1)?.0[bucket].clone())
    }

    /// Works out on some threads whose the visits of nobody are as of a moment; without, the first who
    /// asks does it alone.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn name_visitors(&self, as_of: AsOf, threads: usize) -> Result<(), FactError> {
        if self.has_visits() {
            self.named(as_of, threads)?;
        }
        Ok(())
    }

    /// Whether there are touches of nobody.
    fn has_visits(&self) -> bool {
        self.events_of(FactKind::Touches).iter().any(|file| file.groups_of(ANONYMOUS).next().is_some())
    }

    fn named(&self, as_of: AsOf, threads: usize) -> Result<Arc<Named>, FactError> {
        let mut known = self.visits().0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(named) = known.named.get(&as_of.0) {
            return Ok(Arc::clone(named));
        }
        let seen = match &known.seen {
            Some(seen) => Arc::clone(seen),
            None => Arc::clone(known.seen.insert(Arc::new(self.seen(threads)?))),
        };
        let named = Arc::new(seen.named(as_of.0).map_err(unfit)?);
        known.named.insert(as_of.0, Arc::clone(&named));
        Ok(named)
    }

    fn seen(&self, threads: usize) -> Result<Seen, FactError> {
        let anonymous = self.visitors()?;
        let visitors =
            if anonymous.is_empty() { HashMap::new() } else { self.sightings(&anonymous, threads)? };
        Ok(Seen { touches: self.visits_of(&visitors)?, visitors })
    }

    /// The visitors of touches of nobody.
    fn visitors(&self) -> Result<HashSet<String>, FactError> {
        let mut visitors = HashSet::new();
        self.each_visit(&[VISITOR], |_, batch| {
            for visitor in texts(&batch, VISITOR).flatten() {
                if !visitors.contains(visitor) {
                    visitors.insert(visitor.to_owned());
                }
            }
            Ok(())
        })?;
        Ok(visitors)
    }

    /// With whom visitors were seen.
    fn sightings(
        &self,
        visitors: &HashSet<String>,
        threads: usize,
    ) -> Result<HashMap<String, Sighting>, FactError> {
        let buckets = parallel::in_order(BUCKETS, threads, |bucket| -> Result<_, FactError> {
            let touches = self.events(FactKind::Touches, bucket)?;
            let column = touches.texts(VISITOR);
            let mut first: HashMap<(String, String), Day> = HashMap::new();
            for row in (0..touches.len()).filter(|&row| column.is_valid(row)) {
                let (visitor, day) = (column.value(row), touches.day(row).unwrap_or(Day(i32::MIN)));
                if let Some(customer) = touches.customer(row).filter(|_| visitors.contains(visitor)) {
                    let known = first.entry((visitor.to_owned(), customer.to_owned())).or_insert(day);
                    *known = day.min(*known);
                }
            }
            Ok(first)
        });
        let mut all: HashMap<String, Vec<(Day, String)>> = HashMap::new();
        for bucket in buckets {
            for ((visitor, customer), day) in bucket? {
                all.entry(visitor).or_default().push((day, customer));
            }
        }
        let sighting = |(visitor, mut with): (String, Vec<(Day, String)>)| {
            with.sort_unstable();
            let second = with.get(1).map(|(day, _)| *day);
            let (first, customer) = with.swap_remove(0);
            (visitor, Sighting { customer, first, second })
        };
        Ok(all.into_iter().map(sighting).collect())
    }

    /// The newest versions of the touches of nobody that are of some visitors: whatever has an id that
    /// such a touch ever had is read, and nothing else is held.
    fn visits_of(&self, visitors: &HashMap<String, Sighting>) -> Result<Events, FactError> {
        let mut ids: HashSet<u128> = HashSet::new();
        let mut batches = Vec::new();
        if !visitors.is_empty() {
            self.each_visit(&["touch_id", "source", VISITOR], |_, batch| {
                let of = texts(&batch, VISITOR).zip(ids_of(&batch));
                ids.extend(
                    of.filter(|(of, _)| of.is_some_and(|of| visitors.contains_key(of))).map(|(_, id)| id),
                );
                Ok(())
            })?;
        }
        if !ids.is_empty() {
            let schema = super::events::schema(FactKind::Touches);
            let all: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
            self.each_visit(&all, |import, batch| {
                let kept: BooleanArray = ids_of(&batch).map(|id| Some(ids.contains(&id))).collect();
                if kept.true_count() > 0 {
                    batches.push((import, filter_record_batch(&batch, &kept)?));
                }
                Ok(())
            })?;
        }
        Events::newest(FactKind::Touches, &batches).map_err(unfit)
    }

    /// Reads some columns of the touches of nobody, a row group at a time, with its import.
    fn each_visit(
        &self,
        columns: &[&str],
        mut each: impl FnMut(i64, RecordBatch) -> Result<(), ArrowError>,
    ) -> Result<(), FactError> {
        for file in self.events_of(FactKind::Touches) {
            for group in file.groups_of(ANONYMOUS) {
                each(file.import, file.read(group, columns)?).map_err(unfit)?;
            }
        }
        Ok(())
    }
}

impl Seen {
    fn named(&self, as_of: Day) -> Result<Named, ArrowError> {
        let mut rows: Vec<Vec<(u32, &str)>> = vec![Vec::new(); BUCKETS];
        let column = self.touches.texts(VISITOR);
        for row in (0..self.touches.len()).filter(|&row| column.is_valid(row)) {
            let Some(sighting) = self.visitors.get(column.value(row)) else { continue };
            if sighting.first <= as_of && sighting.second.is_none_or(|second| second > as_of) {
                rows[bucket_of(&sighting.customer)].push((row as u32, &sighting.customer));
            }
        }
        let given = |rows: &Vec<(u32, &str)>| -> Result<Option<RecordBatch>, ArrowError> {
            if rows.is_empty() { Ok(None) } else { self.touches.given_to(rows).map(Some) }
        };
        Ok(Named(rows.iter().map(given).collect::<Result<_, _>>()?))
    }
}

fn texts<'a>(batch: &'a RecordBatch, name: &str) -> impl Iterator<Item = Option<&'a str>> {
    batch.column_by_name(name).into_iter().flat_map(|column| column.as_string::<i32>().iter())
}

/// A hash of what every touch of a batch is known by.
fn ids_of(batch: &RecordBatch) -> impl Iterator<Item = u128> + '_ {
    texts(batch, "source").zip(texts(batch, "touch_id")).map(|(source, id)| {
        let mut hasher = Hasher::new();
        hasher.write(source.unwrap_or_default().as_bytes());
        hasher.write(&[0]);
        hasher.write(id.unwrap_or_default().as_bytes());
        hasher.finish_128()
    })
}

fn unfit(error: ArrowError) -> FactError {
    FactError::File { path: "facts/touches".to_owned(), reason: error.to_string() }
}
