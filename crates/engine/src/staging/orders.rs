//! Order lines from the spool to fact files, bucket by bucket.

use super::past::{Existing, Past};
use super::standing::Standing;
use super::{Staged, StagingError, Target};
use crate::facts::bucket::{ANONYMOUS, BUCKETS};
use crate::facts::columns::{OrderColumns, TAKEN_BACK};
use crate::facts::group::{Order, Orders};
use crate::facts::holders::Hasher;
use crate::facts::record;
use crate::facts::set::FactSet;
use crate::facts::waiting::{SLOTS, WaitingLines, bucket_of_slot};
use crate::facts::write::{Contents, Durability, FILE_ROWS, FILES_MAX, FactWriter, GROUP_ROWS};
use crate::facts::{OrderLine, schema};
use crate::progress::Watch;
use arrow_schema::DataType;
use hashbrown::HashSet;
use model::base::FactKind;
use model::parallel;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Larger imports become several files at least, so that threads can share the writing.
const SHARED_ROWS_MIN: u64 = 1 << 18;
/// As few in a base, where files stay: two threads can write. A base that goes away is written in
/// smaller shares, so that threads end together.
const SHARES_MIN: u64 = 2;
const EPHEMERAL_SHARES_MIN: u64 = 8;

/// Rows that are put into columns at a time: so few that they are still at hand when they are encoded.
const BATCH_ROWS: usize = 8_192;

/// Rows of all buckets that are compared and written at a time; each takes some hundred bytes.
const WRITING_ROWS_MAX: u64 = 2_000_000;

/// The order lines of one import, all read; [compared](WaitingLines::compared) where the base has orders.
pub struct Arrived<'a> {
    pub lines: &'a WaitingLines,
    /// Lines in the spool.
    pub rows: u64,
    /// System the order ids come from.
    pub source: &'a str,
    /// Every row is a whole order.
    pub whole_orders: bool,
}

/// Compares an import's lines with the base and writes what is new.
///
/// # Errors
/// The base cannot be read or the disk refuses; unlisted files may be left for the sweep.
pub fn stage_orders(
    arrived: &Arrived<'_>,
    facts: &FactSet,
    target: Target<'_>,
    watch: &dyn Watch,
) -> Result<Staged, StagingError> {
    let files = (arrived.rows / FILE_ROWS + 1).next_power_of_two().min(FILES_MAX);
    let shares_min = match target.durability {
        Durability::Durable => SHARES_MIN,
        Durability::Ephemeral => EPHEMERAL_SHARES_MIN,
    };
    let files = if arrived.rows > SHARED_ROWS_MIN { files.max(shares_min) } else { files } as usize;
    let standing =
        if facts.has_orders() { Some(Standing::find(arrived, facts, target.threads)?) } else { None };
    let past = || Past::new(facts, arrived, standing.as_ref());
    // The anonymous take longest where they have a file of their own, so they come first.
    let shares = shares(files);
    let done = AtomicUsize::new(0);
    let results = parallel::in_order(shares.len(), threads_for(arrived.rows, target.threads), |place| {
        let place = shares.len() - 1 - place;
        stage_file(arrived, past(), target, place, shares[place].clone(), &|| {
            watch.advance("write", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, SLOTS as u64);
        })
    });
    let mut staged = Staged::default();
    for result in results {
        staged.add(result?);
    }
    // An order that moved came in as a new one of its new customer.
    staged.replaced += staged.moved;
    staged.new -= staged.moved.min(staged.new);
    Ok(staged)
}

/// Fewer threads where buckets are so large that all together would take too much memory.
fn threads_for(rows: u64, threads: usize) -> usize {
    let bucket = rows / BUCKETS as u64 + 1;
    threads.min((WRITING_ROWS_MAX / bucket).max(1) as usize)
}

/// The slots of each file: equal shares of the buckets, and a file for the anonymous where there are
/// several.
fn shares(files: usize) -> Vec<Range<usize>> {
    let share = BUCKETS / files;
    let mut shares: Vec<Range<usize>> = (0..files).map(|file| file * share..(file + 1) * share).collect();
    match &mut shares[..] {
        [whole] => whole.end = SLOTS,
        _ => shares.push(BUCKETS..SLOTS),
    }
    shares
}

/// Writes one file.
fn stage_file(
    arrived: &Arrived<'_>,
    mut past: Past<'_>,
    target: Target<'_>,
    file: usize,
    slots: Range<usize>,
    slot_done: &dyn Fn(),
) -> Result<Staged, StagingError> {
    let name = format!("{}-{file:02}", target.name);
    let schema = schema::orders(&DataType::Utf8);
    let mut writer = FactWriter::create(target.base, FactKind::Orders, &name, schema, target.durability)?;
    let mut staged = Staged::default();
    let mut contents = Contents::default();
    let mut bytes = Vec::new();
    for slot in slots {
        let bucket = bucket_of_slot(slot);
        arrived.lines.take(slot, &mut bytes)?;
        let existing = past.of_slot(slot, !bytes.is_empty())?;
        if !bytes.is_empty() || !existing.is_empty() {
            let mut stage = BucketStage {
                arrived,
                staged: &mut staged,
                contents: &mut contents,
                writer: &mut writer,
                columns: OrderColumns::with_capacity(BATCH_ROWS),
                bucket,
            };
            stage.run(&bytes, &existing)?;
        }
        slot_done();
    }
    staged.files.extend(writer.finish(contents)?);
    Ok(staged)
}

/// One bucket of an import on its way to its file.
struct BucketStage<'a, 'b> {
    arrived: &'a Arrived<'b>,
    staged: &'a mut Staged,
    contents: &'a mut Contents,
    writer: &'a mut FactWriter,
    columns: OrderColumns,
    bucket: usize,
}

/// What becomes of an arriving order.
enum Verdict {
    New,
    Replaces,
    Unchanged,
    TakesBack,
    SetAside,
}

impl BucketStage<'_, '_> {
    fn run(&mut self, bytes: &[u8], existing: &Existing<'_>) -> Result<(), StagingError> {
        let arriving = Orders::group(bytes, self.arrived.lines.coded(), self.arrived.whole_orders);
        self.staged.repeated += arriving.repeated;
        self.staged.conflicting += arriving.conflicting;
        let moved = self.moved(&arriving, existing);
        let mut moved = moved.iter().peekable();
        let mut previous = None;
        for &order in &arriving.orders {
            while let Some(line) = moved
                .next_if(|line| line.customer_id.unwrap_or_default().as_bytes() < arriving.customer(order))
            {
                self.take_back(line);
            }
            if previous != Some(order.customer) || self.bucket == ANONYMOUS {
                self.end_group_if_full()?;
                previous = Some(order.customer);
            }
            self.settle(&arriving, order, existing);
            if self.columns.len() >= BATCH_ROWS {
                self.end_batch()?;
            }
        }
        for line in moved {
            self.take_back(line);
        }
        self.end_group()
    }

    fn settle(&mut self, arriving: &Orders<'_>, order: Order, existing: &Existing<'_>) {
        // A base without orders needs no hash of every one that arrives.
        let known = if existing.is_empty() { None } else { existing.known.get(&arriving.key(order)) };
        let verdict = match known {
            None if order.cancelled => Verdict::SetAside,
            None => Verdict::New,
            Some(_) if order.cancelled => Verdict::TakesBack,
            Some(&(content, _)) if content == arriving.content(order) => Verdict::Unchanged,
            Some(&(_, updated_at)) if updated_at > arriving.updated_at(order) => Verdict::Unchanged,
            Some(_) => Verdict::Replaces,
        };
        let rows = order.rows;
        match verdict {
            Verdict::New => self.staged.new += 1,
            Verdict::Replaces | Verdict::TakesBack => {
                self.staged.replaced += 1;
                self.contents.replaces = true;
            }
            Verdict::Unchanged => self.staged.unchanged += rows,
            Verdict::SetAside => self.staged.set_aside += rows,
        }
        match verdict {
            Verdict::New | Verdict::Replaces => {
                let lines = arriving.records(order).len() as u64;
                self.staged.imported += lines;
                // Rows that other rows of the same whole order made superfluous.
                self.staged.unchanged += rows - lines;
                if self.bucket == ANONYMOUS {
                    self.staged.anonymous += lines;
                }
                let id = arriving.id(order);
                for (number, record) in (0..).zip(arriving.records(order)) {
                    let line = OrderLine { ordered_at: order.ordered_at, day: order.day, ..record.line() };
                    self.columns.push(&line, &id, self.arrived.source, number);
                }
            }
            Verdict::TakesBack => {
                self.staged.set_aside += rows;
                if let Some(line) = arriving.line(order) {
                    let id = arriving.id(order);
                    self.take_back(&OrderLine { order_id: Some(&id), ..line });
                }
            }
            Verdict::Unchanged | Verdict::SetAside => {}
        }
    }

    /// Orders of this bucket that arrive under another customer, at the same moment.
    fn moved<'e>(&mut self, arriving: &Orders<'_>, existing: &Existing<'e>) -> Vec<OrderLine<'e>> {
        if existing.moved.is_empty() {
            return Vec::new();
        }
        let mut hasher = Hasher::default();
        let here: HashSet<u128> = arriving.orders.iter().map(|&order| arriving.key(order)).collect();
        let orders = &existing.orders;
        let elsewhere = orders.orders.iter().filter(|&&order| {
            let id = orders.id(order);
            !here.contains(&orders.key(order))
                && !record::is_row_id(&id)
                && existing.moved.contains(&hasher.order(&id, order.ordered_at))
        });
        let moved: Vec<OrderLine<'e>> = elsewhere.filter_map(|&order| orders.line(order)).collect();
        self.staged.moved += moved.len() as u64;
        self.contents.replaces |= !moved.is_empty();
        moved
    }

    fn take_back(&mut self, line: &OrderLine<'_>) {
        let taken = OrderLine {
            customer_id: line.customer_id,
            ordered_at: line.ordered_at,
            day: line.day,
            updated_at: line.updated_at,
            ..OrderLine::default()
        };
        self.columns.push(&taken, line.order_id.unwrap_or_default(), self.arrived.source, TAKEN_BACK);
    }

    fn end_group_if_full(&mut self) -> Result<(), StagingError> {
        let rows = self.writer.group_rows() + self.columns.len();
        if rows >= GROUP_ROWS { self.end_group() } else { Ok(()) }
    }

    fn end_group(&mut self) -> Result<(), StagingError> {
        self.end_batch()?;
        Ok(self.writer.end_group(self.bucket)?)
    }

    fn end_batch(&mut self) -> Result<(), StagingError> {
        let mut columns = std::mem::replace(&mut self.columns, OrderColumns::with_capacity(BATCH_ROWS));
        self.contents.currencies.append(&mut columns.currencies);
        self.contents.free_returns |= columns.free_returns;
        if let Some((first, last)) = columns.days {
            let (a, b) = self.contents.days.unwrap_or((first, last));
            self.contents.days = Some((a.min(first), b.max(last)));
        }
        Ok(self.writer.add(&columns.finish()?)?)
    }
}
