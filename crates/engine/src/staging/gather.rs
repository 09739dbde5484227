//! All rows of a file, read on one thread and cleaned on others, to where they wait.

use super::contacts::{ArrivedContacts, push};
use super::customers::ArrivedCustomers;
use super::error::FileError;
use super::events::ArrivedEvents;
use super::sinks::{Findings, SpooledLines, Tables, Whole};
use super::{Destination, StagingError};
use crate::facts::waiting::{MEMORY_BYTES_MAX, WaitingLines};
use crate::import::clean::{Cleaned, Cleaner};
use crate::progress::Watch;
use crate::sources::{InputFile, RawBlock, SourceError, Table};
use model::base::FactKind;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Blocks of text waiting for a thread, per thread: reading may run ahead this far.
const BLOCKS_WAITING: usize = 2;

/// Where rows of a file wait.
pub(super) struct Arriving {
    pub(super) lines: WaitingLines,
    pub(super) customers: ArrivedCustomers,
    pub(super) contacts: ArrivedContacts,
    pub(super) events: ArrivedEvents,
}

impl Arriving {
    /// Rows are spilled into an existing folder where they are too many. `compared`: the base has
    /// orders, which lines are compared with.
    pub(super) fn new(folder: &Path, compared: bool) -> Arriving {
        let lines = WaitingLines::new(folder, "spill", MEMORY_BYTES_MAX);
        Arriving {
            lines: if compared { lines.compared() } else { lines },
            customers: ArrivedCustomers::new(folder),
            contacts: ArrivedContacts::new(folder),
            events: ArrivedEvents::new(folder),
        }
    }
}

/// What came of all rows of a file besides those that wait.
pub(super) struct Gathered {
    pub(super) findings: Findings,
    pub(super) whole: Whole,
    pub(super) lines: u64,
    pub(super) input: InputFile,
}

/// Reads on this thread and cleans on others; one of them where rows depend on the rows before.
pub(super) fn gather(
    mut table: Table,
    cleaner: &Cleaner,
    kind: FactKind,
    arriving: &Arriving,
    into: Destination<'_>,
    watch: &dyn Watch,
) -> Result<Gathered, FileError> {
    // Customers and small tables keep the last or first word of a file, so their rows stay in order too.
    let ordered = !kind.is_event() && kind != FactKind::Orders;
    let in_order = cleaner.sequential() || ordered;
    let threads = if in_order { 1 } else { into.target.threads.max(1) };
    let (send, receive): (SyncSender<RawBlock>, Receiver<RawBlock>) = sync_channel(threads * BLOCKS_WAITING);
    // Only cleaning threads hold this end: when all of them are gone, reading ends instead of waiting.
    let receive = Arc::new(Mutex::new(receive));
    let (read, cleaned) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| receive.clone())
            .map(|blocks| scope.spawn(move || clean_blocks(&blocks, cleaner.clone(), kind, arriving)))
            .collect();
        drop(receive);
        let read = read_blocks(&mut table, &send, watch);
        drop(send);
        let cleaned: Vec<_> = workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        (read, cleaned)
    });
    let mut gathered = Gathered {
        findings: Findings::default(),
        whole: Whole::default(),
        lines: 0,
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
        if in_order {
            gathered.whole = part.1;
        }
    }
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

type CleanedPart = (Findings, Whole, u64);

fn clean_blocks(
    blocks: &Mutex<Receiver<RawBlock>>,
    mut cleaner: Cleaner,
    kind: FactKind,
    arriving: &Arriving,
) -> std::io::Result<CleanedPart> {
    let mut findings = Findings::default();
    let mut tables = Tables {
        customers: arriving.customers.outlet(),
        events: arriving.events.outlet(),
        whole: Whole::default(),
    };
    let mut lines = SpooledLines::new(&arriving.lines);
    let mut contacts = arriving.contacts.outlet();
    let mut found = |mut cleaned: Cleaned, tables: &mut Tables<'_>| {
        cleaned.attributes.drain(..).for_each(|attribute| tables.customers.describe(&attribute));
        push(&mut contacts, &std::mem::take(&mut cleaned.contacts));
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
            FactKind::Regions => cleaner.regions(&block, &mut tables.whole.regions),
            FactKind::Population => cleaner.population(&block, &mut tables.whole.populations),
            FactKind::Deals | FactKind::Leads | FactKind::Touches | FactKind::Contacts => {
                cleaner.events(kind, &block, &mut tables);
            }
        }
        found(cleaner.take(), &mut tables);
    }
    match kind {
        event if event.is_event() => cleaner.finish_events(event, &mut tables),
        _ => cleaner.finish(&mut lines),
    }
    found(cleaner.take(), &mut tables);
    let count = lines.finish()?;
    tables.customers.finish()?;
    tables.events.finish()?;
    contacts.flush()?;
    Ok((findings, tables.whole, count))
}
