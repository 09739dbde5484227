//! One file from the disk to staged facts: open, map, look through where needed, clean on several
//! threads, compare with the base, write.

use super::customers::{ArrivedCustomers, stage_customers};
use super::orders::{Arrived, stage_orders};
use super::products::{ArrivedProducts, stage_products};
use super::sinks::{Findings, SpooledLines, Tables};
use super::{Staged, StagingError, Target};
use crate::facts::set::FactSet;
use crate::facts::waiting::{MEMORY_BYTES_MAX, WaitingLines};
use crate::import::cells::{CellError, Zone};
use crate::import::clean::{Cleaned, Cleaner};
use crate::import::mapping::{MapOptions, Mapping, MappingError, decide};
use crate::import::rates::{Conversion, Rates, RatesError};
use crate::progress::Watch;
use crate::sources::{self, Detected, InputFile, OpenOptions, RawBlock, SourceError, Table};
use model::base::{BaseSettings, Contact, FactKind, ImportCounts};
use model::calendar::Day;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Blocks of text waiting for a thread, per thread: reading may run ahead this far.
const BLOCKS_WAITING: usize = 2;

/// What the user says of a file and of the import.
#[derive(Clone, Debug, Default)]
pub struct FileOptions {
    pub open: OpenOptions,
    pub map: MapOptions,
    /// Percent of rows that may be rejected before the file is refused whole.
    pub max_rejects_percent: f64,
    /// Country of phone numbers that name none, such as `LV`.
    pub region: String,
    /// Rates by which money is turned into the currency of the base.
    pub rates: Option<Arc<Rates>>,
}

/// The base that a file is staged for.
#[derive(Clone, Copy)]
pub struct Destination<'a> {
    pub facts: &'a FactSet,
    pub settings: &'a BaseSettings,
    /// Orders may be of this day at the latest.
    pub newest_day: Day,
    /// Folder for rows that wait; must exist.
    pub scratch: &'a Path,
    pub target: Target<'a>,
}

/// A file that became facts, durable and not yet listed.
pub struct StagedFile {
    pub kind: FactKind,
    pub source: String,
    pub input: InputFile,
    pub counts: ImportCounts,
    pub staged: Staged,
    pub contacts: Vec<Contact>,
    pub detected: Detected,
    pub mapping: Mapping,
    pub header: Vec<String>,
    /// Rejected rows, warnings, rows set aside by reason.
    pub cleaned: Cleaned,
    /// The currency of its money, where it says one.
    pub currency: Option<String>,
}

/// Why a file cannot be imported. The base is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("`{file}`: {error}")]
    Mapping { file: String, error: MappingError },
    #[error(transparent)]
    Staging(#[from] StagingError),
    #[error("the base's time zone: {0}")]
    Zone(CellError),
    #[error(transparent)]
    Rates(#[from] RatesError),
    /// Too many rows are bad: more likely the file is read wrongly.
    #[error(
        "`{file}`: {rejected} of {rows} rows are bad (more than {percent} %), so nothing was imported; \
         see the reasons, correct the file or how it is read, or allow more with `--max-rejects`"
    )]
    TooManyRejects {
        file: String,
        rejected: u64,
        rows: u64,
        percent: f64,
        cleaned: Box<Cleaned>,
        header: Vec<String>,
    },
    #[error(
        "E_EMPTY: `{file}`: no row became a fact ({rows} rows, {set_aside} set aside); nothing was imported"
    )]
    NothingImported { file: String, rows: u64, set_aside: u64 },
    #[error(
        "`{file}` holds money in {found} and the base counts in {base}: different currencies are never \
         added up; import it into a base of its own, or convert it with `--rates FILE`"
    )]
    Currency { file: String, found: String, base: String },
    #[error(
        "`{file}` holds money in {found}: different currencies are never added up; convert it with \
         `--rates FILE`, or split the file by currency (`--currency CODE` is for money that names none)"
    )]
    Currencies { file: String, found: String },
}

/// What is found out of a file before anything is taken from it.
pub struct Look {
    pub table: Table,
    pub mapping: Mapping,
}

/// Opens a file and decides what its columns are, looking through all of it where the first rows
/// leave open how numbers or dates are written.
///
/// # Errors
/// The file cannot be read, or something needs to be said of it.
pub fn look(path: &Path, options: &FileOptions, watch: &dyn Watch) -> Result<Look, FileError> {
    let name = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let file = || path.display().to_string();
    let table = sources::open(path, &options.open)?;
    let mut mapping = decide(&name, table.header(), table.sample(), &options.map)
        .map_err(|error| FileError::Mapping { file: file(), error })?;
    if !mapping.unsettled().is_empty() {
        let mut through = sources::open(path, &options.open)?;
        while let Some(block) = through.next_block()? {
            mapping.see(&block.rows());
            watch.advance("look", through.read_bytes(), through.total_bytes());
        }
        mapping.settle().map_err(|error| FileError::Mapping { file: file(), error })?;
    }
    Ok(Look { table, mapping })
}

/// Stages one file.
///
/// # Errors
/// The file is refused or the disk is; unlisted files may be left for the sweep.
pub fn stage_file(
    path: &Path,
    options: &FileOptions,
    into: Destination<'_>,
    watch: &dyn Watch,
) -> Result<StagedFile, FileError> {
    let Look { table, mapping } = look(path, options, watch)?;
    let file = path.display().to_string();
    let zone = Zone::get(&into.settings.zone).map_err(FileError::Zone)?;
    let mut cleaner =
        Cleaner::new(&mapping, &zone, &into.settings.digest_key, into.newest_day, &options.region);
    if let Some(rates) = &options.rates {
        // A base without a currency takes the one that is asked for; a file without one is in it.
        let to = into.settings.currency.as_deref().or(mapping.currency.as_deref());
        let to = to.ok_or(RatesError::NoCurrency)?;
        cleaner = cleaner.converting(Conversion::new(rates.clone(), to));
    }
    let (detected, header) = (table.detected().clone(), table.header().to_vec());
    let lines = WaitingLines::new(into.scratch, "spill", MEMORY_BYTES_MAX);
    let arriving = Arriving { lines, customers: ArrivedCustomers::new(into.scratch) };
    let mut gathered = gather(table, &cleaner, mapping.kind, &arriving, into, watch)?;
    let contacts = gathered.findings.take_contacts();
    let counts = gathered.findings.cleaned.counts.clone();
    if counts.rejected as f64 * 100.0 > counts.rows as f64 * options.max_rejects_percent {
        let cleaned = Box::new(gathered.findings.cleaned);
        let (rejected, rows, percent) = (counts.rejected, counts.rows, options.max_rejects_percent);
        return Err(FileError::TooManyRejects { file, rejected, rows, percent, cleaned, header });
    }
    let staged = stage(&gathered, &mapping, &arriving, into, watch)?;
    let currency = one_currency(&staged, into.settings.currency.as_deref(), &file)?;
    let set_aside = counts.set_aside.values().sum();
    if counts.given == 0 && set_aside < counts.rows || counts.rows == 0 {
        return Err(FileError::NothingImported { file, rows: counts.rows, set_aside });
    }
    // Lines may be more than rows (a refund is a line of its own) or fewer; rows are what is counted.
    let unchanged = if staged.imported == 0 { counts.given } else { staged.unchanged.min(counts.given) };
    let counts = ImportCounts {
        rows: counts.rows,
        imported: counts.given - unchanged,
        rejected: counts.rejected,
        set_aside,
        unchanged,
        replaced: staged.replaced,
        new: staged.new,
        anonymous: counts.anonymous,
    };
    Ok(StagedFile {
        kind: mapping.kind,
        source: mapping.source.clone(),
        input: gathered.input,
        counts,
        staged,
        contacts,
        detected,
        mapping,
        header,
        cleaned: gathered.findings.cleaned,
        currency,
    })
}

/// Where rows of a file wait.
struct Arriving {
    lines: WaitingLines,
    customers: ArrivedCustomers,
}

/// What came of all rows of a file besides those that wait.
struct Gathered {
    findings: Findings,
    products: ArrivedProducts,
    lines: u64,
    moments: Vec<u128>,
    input: InputFile,
}

/// Reads on this thread and cleans on others; one of them where rows depend on the rows before.
fn gather(
    mut table: Table,
    cleaner: &Cleaner,
    kind: FactKind,
    arriving: &Arriving,
    into: Destination<'_>,
    watch: &dyn Watch,
) -> Result<Gathered, FileError> {
    // Customers and products keep the last word of a file, so their rows stay in order too.
    let in_order = cleaner.sequential() || kind != FactKind::Orders;
    let threads = if in_order { 1 } else { into.target.threads.max(1) };
    let (send, receive): (SyncSender<RawBlock>, Receiver<RawBlock>) = sync_channel(threads * BLOCKS_WAITING);
    let receive = Mutex::new(receive);
    let compared = into.facts.has_orders();
    let (read, cleaned) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| clean_blocks(&receive, cleaner.clone(), kind, arriving, compared)))
            .collect();
        let read = read_blocks(&mut table, &send, watch);
        drop(send);
        let cleaned: Vec<_> = workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        (read, cleaned)
    });
    let mut gathered = Gathered {
        findings: Findings::default(),
        products: ArrivedProducts::default(),
        lines: 0,
        moments: Vec::new(),
        input: {
            read?;
            table.finish()?
        },
    };
    for part in cleaned {
        let part =
            part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)).map_err(StagingError::Spool)?;
        gathered.findings.join(part.0);
        gathered.lines += part.2;
        gathered.moments.extend(part.3);
        if in_order {
            gathered.products = part.1;
        }
    }
    gathered.moments.sort_unstable();
    gathered.moments.dedup();
    Ok(gathered)
}

fn read_blocks(table: &mut Table, send: &SyncSender<RawBlock>, watch: &dyn Watch) -> Result<(), SourceError> {
    while let Some(block) = table.next_block()? {
        watch.advance("read", table.read_bytes(), table.total_bytes());
        if send.send(block).is_err() {
            break;
        }
    }
    Ok(())
}

type CleanedPart = (Findings, ArrivedProducts, u64, Vec<u128>);

fn clean_blocks(
    blocks: &Mutex<Receiver<RawBlock>>,
    mut cleaner: Cleaner,
    kind: FactKind,
    arriving: &Arriving,
    compared: bool,
) -> std::io::Result<CleanedPart> {
    let mut findings = Findings::default();
    let mut tables = Tables { customers: arriving.customers.outlet(), products: ArrivedProducts::default() };
    let mut lines = SpooledLines::new(&arriving.lines, compared);
    let mut found = |mut cleaned: Cleaned, tables: &mut Tables<'_>| {
        cleaned.attributes.drain(..).for_each(|attribute| tables.customers.describe(&attribute));
        findings.add(cleaned);
    };
    loop {
        let block = blocks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(block) = block else { break };
        let block = block.rows();
        match kind {
            FactKind::Orders => cleaner.orders(&block, &mut lines),
            FactKind::Customers => cleaner.customers(&block, &mut tables),
            FactKind::Products => cleaner.products(&block, &mut tables),
        }
        found(cleaner.take(), &mut tables);
    }
    cleaner.finish(&mut lines);
    found(cleaner.take(), &mut tables);
    let (count, moments) = lines.finish()?;
    tables.customers.finish()?;
    Ok((findings, tables.products, count, moments))
}

/// Compares with the base and writes: the file's own facts, and customers' attributes that an
/// order file brought along.
fn stage(
    gathered: &Gathered,
    mapping: &Mapping,
    arriving: &Arriving,
    into: Destination<'_>,
    watch: &dyn Watch,
) -> Result<Staged, StagingError> {
    let mut staged = match mapping.kind {
        FactKind::Orders => {
            let arrived = Arrived {
                lines: &arriving.lines,
                rows: gathered.lines,
                source: &mapping.source,
                whole_orders: mapping.whole_orders,
                moments: &gathered.moments,
            };
            stage_orders(&arrived, into.facts, into.target, watch)?
        }
        FactKind::Customers => Staged::default(),
        FactKind::Products => stage_products(&gathered.products, into.facts, into.target)?,
    };
    if !arriving.customers.is_empty() {
        let customers = stage_customers(&arriving.customers, into.facts, into.target, watch)?;
        if mapping.kind == FactKind::Customers {
            staged = customers;
        } else {
            staged.files.extend(customers.files);
        }
    }
    Ok(staged)
}

/// The one currency of what was staged, which must be the base's.
fn one_currency(staged: &Staged, base: Option<&str>, file: &str) -> Result<Option<String>, FileError> {
    let found: BTreeSet<&String> = staged.files.iter().flat_map(|file| &file.currencies).collect();
    let file = file.to_owned();
    let listed = || found.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", ");
    match (found.first(), base) {
        _ if found.len() > 1 => Err(FileError::Currencies { file, found: listed() }),
        (Some(code), Some(base)) if code.as_str() != base => {
            Err(FileError::Currency { file, found: listed(), base: base.to_owned() })
        }
        (found, base) => Ok(found.map(|code| (*code).clone()).or_else(|| base.map(str::to_owned))),
    }
}
