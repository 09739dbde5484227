//! Order lines from the spool to fact files, bucket by bucket.

use super::{Staged, StagingError, Target};
use crate::facts::bucket::{ANONYMOUS, BUCKETS};
use crate::facts::columns::{OrderColumns, TAKEN_BACK};
use crate::facts::group::{Known, Order, Orders};
use crate::facts::record;
use crate::facts::set::{FactError, FactSet, Run};
use crate::facts::spool::Spool;
use crate::facts::write::{Contents, FactWriter};
use crate::facts::{OrderLine, schema};
use crate::parallel;
use crate::progress::Watch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, Int32Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use hashbrown::{HashMap, HashSet};
use model::base::FactKind;
use model::calendar::Day;
use model::money::Money;
use std::sync::atomic::{AtomicUsize, Ordering};
use twox_hash::xxhash3_128::Hasher;

/// Rows that a file of an import holds, about; larger imports are spread over several files.
const FILE_ROWS: u64 = 2_000_000;
/// Files of one import at most.
const FILES_MAX: u64 = 16;
/// Rows after which a row group ends, at the next customer.
const GROUP_ROWS: usize = 1 << 18;

/// Rows of all buckets that are compared and written at a time; each takes some hundred bytes.
const WRITING_ROWS_MAX: u64 = 2_000_000;

/// The order lines of one import, all read.
pub struct Arrived<'a> {
    pub spool: &'a Spool,
    /// Lines in the spool.
    pub rows: u64,
    /// System the order ids come from.
    pub source: &'a str,
    /// Every row is a whole order.
    pub whole_orders: bool,
    /// [`moment_hash`] of every line, sorted: how an order is found that moved to another customer.
    /// Needed only where the base has orders.
    pub moments: &'a [u128],
}

/// A hash of an order id and a moment.
pub fn moment_hash(order_id: &str, ordered_at: i64) -> u128 {
    let mut hasher = Hasher::new();
    hasher.write(&ordered_at.to_le_bytes());
    hasher.write(order_id.as_bytes());
    hasher.finish_128()
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
    // Two files at least where there is enough to share out among threads.
    let files = if arrived.rows > GROUP_ROWS as u64 { files.max(2) } else { files } as usize;
    let done = AtomicUsize::new(0);
    let results = parallel::in_order(files, threads_for(arrived.rows, target.threads), |file| {
        stage_file(arrived, facts, target, file, files, &|| {
            watch.advance("write", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, BUCKETS as u64 + 1);
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

/// Writes one file: an equal share of the buckets, the last one with the anonymous.
fn stage_file(
    arrived: &Arrived<'_>,
    facts: &FactSet,
    target: Target<'_>,
    file: usize,
    files: usize,
    bucket_done: &dyn Fn(),
) -> Result<Staged, StagingError> {
    let share = BUCKETS / files;
    let end = if file + 1 == files { ANONYMOUS + 1 } else { (file + 1) * share };
    let name = format!("{}-{file:02}", target.name);
    let schema = schema::orders(&DataType::Utf8);
    let mut writer = FactWriter::create(target.base, FactKind::Orders, &name, schema, target.durability)?;
    let mut staged = Staged::default();
    let mut contents = Contents::default();
    for bucket in file * share..end {
        let bytes = arrived.spool.take(bucket)?;
        // Rows without an order id have no moment to be found by, and are compared all the same.
        let wanted = !bytes.is_empty() || !arrived.moments.is_empty();
        let existing = Existing::read(facts, bucket, arrived.source, wanted)?;
        if !bytes.is_empty() || !existing.orders.is_empty() {
            let mut stage = BucketStage {
                arrived,
                staged: &mut staged,
                contents: &mut contents,
                writer: &mut writer,
                columns: OrderColumns::with_capacity(bytes.len() / 96),
                bucket,
            };
            stage.run(&bytes, &existing)?;
        }
        bucket_done();
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
    fn run(&mut self, bytes: &[u8], existing: &Existing) -> Result<(), StagingError> {
        let arriving = Orders::group(bytes, self.arrived.whole_orders);
        self.staged.repeated += arriving.repeated;
        self.staged.conflicting += arriving.conflicting;
        let moved = self.moved(&arriving, existing);
        let mut moved = moved.iter().peekable();
        let mut previous: &[u8] = &[];
        for &order in &arriving.orders {
            let customer = arriving.customer(order);
            while let Some(line) =
                moved.next_if(|line| line.customer_id.unwrap_or_default().as_bytes() < customer)
            {
                self.take_back(line);
            }
            if customer != previous {
                self.end_group_if_full()?;
                previous = customer;
            }
            self.settle(&arriving, order, &existing.known);
        }
        for line in moved {
            self.take_back(line);
        }
        self.end_group()
    }

    fn settle(&mut self, arriving: &Orders<'_>, order: Order, known: &Known) {
        let verdict = match known.get(&arriving.key(order)) {
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
                if let Some(record) = arriving.records(order).next() {
                    let line = OrderLine { ordered_at: order.ordered_at, day: order.day, ..record.line() };
                    let id = arriving.id(order);
                    self.take_back(&OrderLine { order_id: Some(&id), ..line });
                }
            }
            Verdict::Unchanged | Verdict::SetAside => {}
        }
    }

    /// Orders of this bucket that arrive under another customer, at the same moment.
    fn moved<'e>(&mut self, arriving: &Orders<'_>, existing: &'e Existing) -> Vec<OrderLine<'e>> {
        if existing.orders.is_empty() || self.arrived.moments.is_empty() {
            return Vec::new();
        }
        let here: HashSet<u128> = arriving.orders.iter().map(|&order| arriving.key(order)).collect();
        let moved: Vec<OrderLine<'_>> = existing
            .orders
            .iter()
            .filter(|(key, order)| {
                let hash = moment_hash(&order.order_id, order.ordered_at);
                !here.contains(key)
                    && !record::is_row_id(&order.order_id)
                    && self.arrived.moments.binary_search(&hash).is_ok()
            })
            .map(|(_, order)| order.line())
            .collect();
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
        if self.columns.len() >= GROUP_ROWS { self.end_group() } else { Ok(()) }
    }

    fn end_group(&mut self) -> Result<(), StagingError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        self.writer.write(self.bucket, &self.columns.finish()?)?;
        self.contents.currencies.append(&mut self.columns.currencies);
        self.contents.free_returns |= self.columns.free_returns;
        if let Some((first, last)) = self.columns.days.take() {
            let (a, b) = self.contents.days.unwrap_or((first, last));
            self.contents.days = Some((a.min(first), b.max(last)));
        }
        Ok(())
    }
}

/// What a bucket of the base holds of the same source, newest versions only.
#[derive(Default)]
struct Existing {
    known: Known,
    /// By customer: every order that is not taken back.
    orders: Vec<(u128, ExistingOrder)>,
}

struct ExistingOrder {
    customer_id: String,
    order_id: String,
    ordered_at: i64,
    day: Day,
}

impl ExistingOrder {
    fn line(&self) -> OrderLine<'_> {
        OrderLine {
            customer_id: (!self.customer_id.is_empty()).then_some(self.customer_id.as_str()),
            order_id: Some(&self.order_id),
            ordered_at: self.ordered_at,
            day: self.day,
            ..OrderLine::default()
        }
    }
}

impl Existing {
    fn read(facts: &FactSet, bucket: usize, source: &str, wanted: bool) -> Result<Existing, FactError> {
        let runs = if wanted { facts.run_count(bucket) } else { 0 };
        let columns: Vec<String> =
            schema::orders(&DataType::Utf8).fields().iter().map(|f| f.name().clone()).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut bytes = Vec::new();
        // Newest import of each order, and whether that one takes it back.
        let mut newest: HashMap<(String, String), (i64, bool)> = HashMap::new();
        let mut batches: Vec<Run> = Vec::new();
        for run in 0..runs {
            batches.extend(facts.orders_run(bucket, run, &columns)?);
        }
        for run in &batches {
            let rows = Rows::of(&run.batch);
            for row in (0..run.batch.num_rows()).filter(|&row| rows.source(row) == source) {
                let line = rows.line(row);
                let key = (
                    line.customer_id.unwrap_or_default().to_owned(),
                    line.order_id.unwrap_or_default().to_owned(),
                );
                let entry = newest.entry(key).or_insert((run.import, false));
                if run.import >= entry.0 {
                    *entry = (run.import, rows.number(row) == TAKEN_BACK);
                }
            }
        }
        for run in &batches {
            let rows = Rows::of(&run.batch);
            for row in (0..run.batch.num_rows()).filter(|&row| rows.source(row) == source) {
                let line = rows.line(row);
                let key = (
                    line.customer_id.unwrap_or_default().to_owned(),
                    line.order_id.unwrap_or_default().to_owned(),
                );
                if newest.get(&key) == Some(&(run.import, false)) {
                    record::encode(&line, row as u64, &mut bytes);
                }
            }
        }
        Ok(Existing::of(&Orders::group(&bytes, false)))
    }

    fn of(orders: &Orders<'_>) -> Existing {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut existing = Existing::default();
        for &order in &orders.orders {
            let key = orders.key(order);
            existing.known.insert(key, (orders.content(order), orders.updated_at(order)));
            let kept = ExistingOrder {
                customer_id: text(orders.customer(order)),
                order_id: orders.id(order).into_owned(),
                ordered_at: order.ordered_at,
                day: order.day,
            };
            existing.orders.push((key, kept));
        }
        existing
    }
}

/// Order lines read back from a batch with all columns.
struct Rows<'a>(&'a RecordBatch);

impl<'a> Rows<'a> {
    fn of(batch: &'a RecordBatch) -> Rows<'a> {
        Rows(batch)
    }

    fn text(&self, column: usize, row: usize) -> Option<&'a str> {
        let array = self.0.column(column).as_dictionary::<Int32Type>();
        array.key(row).map(|key| array.values().as_string::<i32>().value(key))
    }

    fn exact(&self, column: usize, row: usize) -> Option<i64> {
        let array = self.0.column(column).as_primitive::<Decimal64Type>();
        array.is_valid(row).then(|| array.value(row))
    }

    fn moment(&self, column: usize, row: usize) -> Option<i64> {
        let array = self.0.column(column).as_primitive::<TimestampMicrosecondType>();
        array.is_valid(row).then(|| array.value(row))
    }

    fn source(&self, row: usize) -> &'a str {
        self.text(5, row).unwrap_or_default()
    }

    fn number(&self, row: usize) -> i32 {
        self.0.column(4).as_primitive::<Int32Type>().value(row)
    }

    /// The line of a row; columns stand as in [`schema::orders`].
    fn line(&self, row: usize) -> OrderLine<'a> {
        OrderLine {
            customer_id: self.text(0, row),
            ordered_at: self.moment(1, row).unwrap_or_default(),
            day: Day(self.0.column(2).as_primitive::<Date32Type>().value(row)),
            order_id: Some(self.0.column(3).as_string::<i32>().value(row)),
            product_id: self.text(6, row),
            product: self.text(7, row),
            category: self.text(8, row),
            brand: self.text(9, row),
            channel: self.text(10, row),
            promo_code: self.text(11, row),
            currency: self.text(12, row),
            quantity: self.exact(13, row),
            amount: Money(self.exact(14, row).unwrap_or_default()),
            cost: self.exact(15, row).map(Money),
            discount: self.exact(16, row).map(Money),
            updated_at: self.moment(17, row),
            cancelled: false,
        }
    }
}
