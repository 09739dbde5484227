//! One file from the disk to staged facts: open, map, look through where needed, clean on several
//! threads, compare with the base, write.

use super::contacts::ContactsFile;
use super::customers::stage_customers;
use super::error::FileError;
use super::events::stage_events;
use super::gather::{Arriving, Gathered, gather};
use super::orders::{Arrived, stage_orders};
use super::personal::PersonalFile;
use super::populations::stage_populations;
use super::products::stage_products;
use super::regions::stage_regions;
use super::{Destination, Staged, StagingError};
use crate::import::cells::Zone;
use crate::import::clean::{Cleaned, Cleaner};
use crate::import::mapping::{MapOptions, Mapping, decide};
use crate::import::rates::{Conversion, Rates, RatesError};
use crate::import::topics::Topics;
use crate::progress::Watch;
use crate::sources::{self, Detected, InputFile, OpenOptions, Table};
use model::base::{FactKind, ImportCounts};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

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
    /// What texts may be about; none: the topics that come with the program.
    pub topics: Option<Arc<Topics>>,
}

impl FileOptions {
    /// What a file is called in messages.
    fn shown(&self, path: &Path) -> String {
        self.open.name.clone().unwrap_or_else(|| path.display().to_string())
    }
}

/// A file that became facts, durable and not yet listed.
pub struct StagedFile {
    pub kind: FactKind,
    pub source: String,
    pub input: InputFile,
    pub counts: ImportCounts,
    pub staged: Staged,
    /// Contacts that its rows bring along, if any.
    pub contacts: Option<ContactsFile>,
    pub detected: Detected,
    pub mapping: Mapping,
    pub header: Vec<String>,
    /// Rejected rows, warnings, rows set aside by reason.
    pub cleaned: Cleaned,
    /// The currency of its money, where it says one.
    pub currency: Option<String>,
    /// What its events say that is personal.
    pub personal: Option<PersonalFile>,
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
    let file = || options.shown(path);
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
    let file = options.shown(path);
    let zone = Zone::get(&into.settings.zone).map_err(FileError::Zone)?;
    let mut cleaner =
        Cleaner::new(&mapping, &zone, &into.settings.digest_key, into.newest_day, &options.region);
    if let Some(rates) = &options.rates {
        // A base without a currency takes the one that is asked for; a file without one is in it.
        let to = into.settings.currency.as_deref().or(mapping.currency.as_deref());
        let to = to.ok_or(RatesError::NoCurrency)?;
        cleaner = cleaner.converting(Conversion::new(rates.clone(), to));
    }
    if let Some(topics) = &options.topics {
        cleaner = cleaner.with_topics(topics.clone());
    }
    let (detected, header) = (table.detected().clone(), table.header().to_vec());
    let arriving = Arriving::new(into.scratch, into.facts.has_orders());
    let gathered = gather(table, &cleaner, mapping.kind, &arriving, into, watch)?;
    let counts = gathered.findings.cleaned.counts.clone();
    if counts.rejected as f64 * 100.0 > counts.rows as f64 * options.max_rejects_percent {
        let cleaned = Box::new(gathered.findings.cleaned);
        let (rejected, rows, percent) = (counts.rejected, counts.rows, options.max_rejects_percent);
        return Err(FileError::TooManyRejects { file, rejected, rows, percent, cleaned, header });
    }
    let (staged, personal) = stage(&gathered, &mapping, &arriving, into, watch)?;
    let currency = one_currency(&staged, into.settings.currency.as_deref(), &file)?;
    let set_aside = counts.set_aside.values().sum();
    if counts.given == 0 && set_aside < counts.rows || counts.rows == 0 {
        return Err(FileError::NothingImported { file, rows: counts.rows, set_aside });
    }
    let contacts = arriving.contacts.finish().map_err(StagingError::Spool)?;
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
        personal,
    })
}

/// Compares with the base and writes: the file's own facts, and customers' attributes that a
/// file of orders or events brought along.
fn stage(
    gathered: &Gathered,
    mapping: &Mapping,
    arriving: &Arriving,
    into: Destination<'_>,
    watch: &dyn Watch,
) -> Result<(Staged, Option<PersonalFile>), StagingError> {
    let mut personal = None;
    let mut staged = match mapping.kind {
        FactKind::Orders => {
            let arrived = Arrived {
                lines: &arriving.lines,
                rows: gathered.lines,
                source: &mapping.source,
                whole_orders: mapping.whole_orders,
            };
            stage_orders(&arrived, into.facts, into.target, watch)?
        }
        FactKind::Customers => Staged::default(),
        FactKind::Products => stage_products(&gathered.whole.products, into.facts, into.target)?,
        FactKind::Regions => stage_regions(&gathered.whole.regions, into.facts, into.target)?,
        FactKind::Population => stage_populations(&gathered.whole.populations, into.facts, into.target)?,
        FactKind::Deals | FactKind::Leads | FactKind::Touches | FactKind::Contacts => {
            let (kind, source) = (mapping.kind, &mapping.source);
            let staged = stage_events(kind, &arriving.events, source, into.facts, into.target, watch)?;
            personal = staged.1;
            staged.0
        }
    };
    if !arriving.customers.is_empty() {
        let customers = stage_customers(&arriving.customers, into.facts, into.target, watch)?;
        if mapping.kind == FactKind::Customers {
            staged = customers;
        } else {
            staged.files.extend(customers.files);
        }
    }
    Ok((staged, personal))
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
