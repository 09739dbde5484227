//! Deals, leads and touches to one fact file: only what is new, and what has gone to another
//! customer taken back from the old one.

use super::personal::{PersonalFile, PersonalWriter};
use super::{Staged, StagingError, Target};
use crate::facts::Events;
use crate::facts::bucket::{ANONYMOUS, bucket_of};
use crate::facts::events::columns::EventColumns;
use crate::facts::events::record::{self, Waiting};
use crate::facts::events::{EventRow, schema};
use crate::facts::set::FactSet;
use crate::facts::spool::{Outlet, Spool};
use crate::facts::write::FactWriter;
use crate::progress::Watch;
use hashbrown::HashMap;
use model::base::FactKind;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use twox_hash::XxHash3_128;

/// Bytes of waiting events held in memory before they are spilled.
const MEMORY_BYTES_MAX: usize = 256 << 20;
/// Buckets of customers and that of nobody.
const SLOTS: usize = ANONYMOUS + 1;

/// Which row of an import an id's newest version is: by version, then by line.
type Version = (Option<i64>, u64);

/// The events of an import until all of it is read.
pub struct ArrivedEvents {
    rows: Spool,
    /// The newest version of every id and the bucket it is in; 48 bytes an id.
    ids: Mutex<HashMap<u128, (Version, u8)>>,
}

/// One thread's way in.
pub struct EventOutlet<'a> {
    arrived: &'a ArrivedEvents,
    rows: Outlet<'a>,
    ids: HashMap<u128, (Version, u8)>,
}

fn hash_of_id(id: &str) -> u128 {
    XxHash3_128::oneshot(id.as_bytes())
}

fn keep_newest(ids: &mut HashMap<u128, (Version, u8)>, id: u128, version: Version, bucket: u8) {
    let newest = ids.entry(id).or_insert((version, bucket));
    *newest = (*newest).max((version, bucket));
}

impl ArrivedEvents {
    /// Rows are spilled into an existing folder where they are too many.
    pub fn new(folder: &Path) -> ArrivedEvents {
        ArrivedEvents { rows: Spool::new(folder, "events", SLOTS, MEMORY_BYTES_MAX), ids: Mutex::default() }
    }

    pub fn outlet(&self) -> EventOutlet<'_> {
        EventOutlet { arrived: self, rows: self.rows.outlet(), ids: HashMap::new() }
    }
}

impl EventOutlet<'_> {
    /// Adds the event of a row that begins at a line.
    pub fn push(&mut self, row: &EventRow<'_>, line: u64) {
        let bucket = row.customer_id.map_or(ANONYMOUS, bucket_of);
        if let Some(id) = row.id {
            keep_newest(&mut self.ids, hash_of_id(id), (row.updated_at, line), bucket as u8);
        }
        self.rows.push(bucket, |bytes| record::put(row, line, bytes));
    }

    /// Hands over what is still held.
    ///
    /// # Errors
    /// A row could not be spilled.
    pub fn finish(self) -> io::Result<()> {
        let mut all = self.arrived.ids.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, (version, bucket)) in self.ids {
            keep_newest(&mut all, id, version, bucket);
        }
        self.rows.flush()
    }
}

/// Compares events with the base and writes what is new, and what of it is personal to a file of its
/// own. `source` is the system their ids come from.
///
/// # Errors
/// The base cannot be read or the disk refuses.
pub fn stage_events(
    kind: FactKind,
    arrived: &ArrivedEvents,
    source: &str,
    facts: &FactSet,
    target: Target<'_>,
    watch: &dyn Watch,
) -> Result<(Staged, Option<PersonalFile>), StagingError> {
    let mut staged = Staged::default();
    let mut personal = PersonalWriter::new(arrived.rows.folder());
    let mut writer = FactWriter::create(target.base, kind, target.name, schema(kind), target.durability)?;
    let ids = arrived.ids.lock().unwrap_or_else(PoisonError::into_inner);
    let mut columns = EventColumns::new(kind);
    let mut bytes = Vec::new();
    for bucket in 0..SLOTS {
        arrived.rows.take(bucket, &mut bytes)?;
        let known = facts.events(kind, bucket)?;
        let mut news =
            News { kind, bucket, source, ids: &ids, known: known_by_id(&known, source), staged: &mut staged };
        let mut rows = news.of_waiting(&bytes);
        rows.extend(news.gone(&known));
        rows.sort_by(|a, b| a.place().cmp(&b.place()));
        for New { row, id, taken_back } in rows {
            personal.add(&row, &id)?;
            columns.push(&row.with_found(), &id, source, taken_back);
        }
        columns.contents.replaces |= !known.is_empty();
        writer.write(bucket, &columns.finish()?)?;
        watch.advance("write", bucket as u64 + 1, SLOTS as u64);
    }
    staged.files.extend(writer.finish(columns.contents)?);
    Ok((staged, personal.finish()?))
}

/// Rows of the base's events from a system, by id.
fn known_by_id<'a>(known: &'a Events, source: &str) -> HashMap<&'a str, (Option<&'a str>, u128)> {
    let own = (0..known.len()).filter(|&row| known.source(row) == source);
    own.map(|row| (known.id(row), (known.customer(row), record::content_hash(&known.row(row).as_said()))))
        .collect()
}

/// What an import says that the base does not know, in one bucket.
struct News<'a, 'k> {
    kind: FactKind,
    bucket: usize,
    source: &'a str,
    ids: &'a HashMap<u128, (Version, u8)>,
    known: HashMap<&'k str, (Option<&'k str>, u128)>,
    staged: &'a mut Staged,
}

/// A row to write.
struct New<'a> {
    row: EventRow<'a>,
    id: String,
    taken_back: bool,
}

impl New<'_> {
    fn place(&self) -> (Option<&str>, Option<i64>, &str, bool) {
        (self.row.customer_id, self.row.at.map(|(at, _)| at), &self.id, self.taken_back)
    }
}

impl News<'_, '_> {
    /// The newest version of every event that arrived in this bucket, if the base has it not.
    fn of_waiting<'a>(&mut self, mut bytes: &'a [u8]) -> Vec<New<'a>> {
        let mut waiting = Vec::new();
        while !bytes.is_empty() {
            waiting.push(record::take(&mut bytes));
        }
        // Threads hand rows over in any order; what they say, not when, decides everything below.
        waiting.sort_by_key(|waiting| waiting.line);
        let mut versions: HashMap<String, (Waiting<'a>, u64)> = HashMap::new();
        let mut equal: HashMap<(Option<&'a str>, u128), u64> = HashMap::new();
        for row in waiting {
            let id = match row.row.id {
                Some(id) => id.to_owned(),
                None => {
                    let occurrence = equal.entry((row.row.customer_id, row.hash)).or_default();
                    *occurrence += 1;
                    record::row_id(row.row.customer_id, row.hash, *occurrence)
                }
            };
            let rows = versions.get(&id).map_or(0, |(_, rows)| *rows) + 1;
            match versions.get_mut(&id) {
                Some((newest, count)) => {
                    *count = rows;
                    if (row.row.updated_at, row.line) > (newest.row.updated_at, newest.line) {
                        *newest = row;
                    }
                }
                None => drop(versions.insert(id, (row, rows))),
            }
        }
        versions.into_iter().filter_map(|(id, (row, rows))| self.compared(id, row, rows)).collect()
    }

    fn compared<'a>(&mut self, id: String, waiting: Waiting<'a>, rows: u64) -> Option<New<'a>> {
        self.staged.repeated += rows - 1;
        let elsewhere = waiting.row.id.is_some()
            && self.ids.get(&hash_of_id(&id)).is_some_and(|&(_, bucket)| usize::from(bucket) != self.bucket);
        if elsewhere {
            // The file says later that the event is another customer's.
            self.staged.repeated += 1;
            return None;
        }
        self.staged.anonymous += if waiting.row.customer_id.is_none() { rows } else { 0 };
        match self.known.get(&*id) {
            Some(&(customer, hash)) if customer == waiting.row.customer_id && hash == waiting.hash => {
                self.staged.unchanged += rows;
                return None;
            }
            Some(_) => self.staged.replaced += 1,
            None => self.staged.new += 1,
        }
        self.staged.imported += rows;
        Some(New { row: waiting.row, id, taken_back: false })
    }

    /// Events of this bucket that the file gives to a customer of another one.
    fn gone<'a>(&mut self, known: &'a Events) -> Vec<New<'a>> {
        debug_assert_eq!(known.kind(), self.kind);
        let mut gone = Vec::new();
        for row in (0..known.len()).filter(|&row| known.source(row) == self.source) {
            let arrived = self.ids.get(&hash_of_id(known.id(row)));
            if arrived.is_some_and(|&(_, bucket)| usize::from(bucket) != self.bucket) {
                let keys = EventRow { customer_id: known.customer(row), ..EventRow::default() };
                gone.push(New { row: keys, id: known.id(row).to_owned(), taken_back: true });
                self.staged.moved += 1;
            }
        }
        gone
    }
}
