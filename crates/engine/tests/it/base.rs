//! A base in a temporary folder, with a manifest in memory.

use engine::compaction::compact;
use engine::facts::events::EventRow;
use engine::facts::waiting::WaitingLines;
use engine::facts::write::Durability;
use engine::facts::{CustomerRow, FactSet, OrderLine};
use engine::progress::Unwatched;
use engine::staging::customers::{ArrivedCustomers, stage_customers};
use engine::staging::events::{ArrivedEvents, stage_events};
use engine::staging::orders::{Arrived, stage_orders};
use engine::staging::{Staged, Target};
use model::base::{FactKind, ListedFile};

pub(crate) struct Base {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) files: Vec<ListedFile>,
    imports: i64,
}

impl Base {
    pub(crate) fn new() -> Base {
        Base { folder: tempfile::tempdir().unwrap(), files: Vec::new(), imports: 0 }
    }

    pub(crate) fn facts(&self) -> FactSet {
        FactSet::open(self.folder.path(), &self.files, None).unwrap()
    }

    /// Imports order lines as one file; returns what came of them.
    pub(crate) fn import<'a>(&mut self, lines: impl IntoIterator<Item = OrderLine<'a>>) -> Staged {
        let spill = tempfile::tempdir().unwrap();
        let waiting = WaitingLines::new(spill.path(), "spill", 4096).compared();
        let mut outlet = waiting.outlet();
        let mut rows = 0;
        for line in lines {
            rows += 1;
            outlet.push(&line, rows);
        }
        outlet.flush().unwrap();
        self.imports += 1;
        let arrived = Arrived { lines: &waiting, rows, source: "shop", whole_orders: false };
        let name = format!("import-{}", self.imports);
        let target = Target {
            base: self.folder.path(),
            name: &name,
            durability: Durability::Ephemeral,
            threads: 1 + self.imports as usize % 3,
        };
        let staged = stage_orders(&arrived, &self.facts(), target, &Unwatched).unwrap();
        let import = self.imports;
        self.files.extend(staged.files.iter().map(|file| ListedFile { import, file: file.clone() }));
        staged
    }

    /// Imports events as one file, its rows shared out to so many threads.
    pub(crate) fn import_events(&mut self, kind: FactKind, rows: &[EventRow<'_>], outlets: usize) -> Staged {
        let spill = tempfile::tempdir().unwrap();
        let arrived = ArrivedEvents::new(spill.path());
        let mut all: Vec<_> = (0..outlets).map(|_| arrived.outlet()).collect();
        for (line, row) in rows.iter().enumerate() {
            all[line % outlets].push(row, line as u64 + 2);
        }
        all.into_iter().rev().for_each(|outlet| outlet.finish().unwrap());
        self.imports += 1;
        let name = format!("import-{}", self.imports);
        let target =
            Target { base: self.folder.path(), name: &name, durability: Durability::Ephemeral, threads: 2 };
        let (staged, _) = stage_events(kind, &arrived, "crm", &self.facts(), target, &Unwatched).unwrap();
        let import = self.imports;
        self.files.extend(staged.files.iter().map(|file| ListedFile { import, file: file.clone() }));
        staged
    }

    /// Imports what is said of customers as one file.
    pub(crate) fn import_customers(&mut self, rows: &[CustomerRow<'_>]) -> Staged {
        let spill = tempfile::tempdir().unwrap();
        let arrived = ArrivedCustomers::new(spill.path());
        let mut outlet = arrived.outlet();
        rows.iter().enumerate().for_each(|(line, row)| outlet.push(row, line as u64 + 2));
        outlet.finish().unwrap();
        self.imports += 1;
        let name = format!("import-{}", self.imports);
        let target =
            Target { base: self.folder.path(), name: &name, durability: Durability::Ephemeral, threads: 1 };
        let staged = stage_customers(&arrived, &self.facts(), target, &Unwatched).unwrap();
        let import = self.imports;
        self.files.extend(staged.files.iter().map(|file| ListedFile { import, file: file.clone() }));
        staged
    }

    /// Merges all files into one set.
    pub(crate) fn compact(&mut self) {
        let name = format!("compacted-{}", self.imports);
        let target = Target {
            base: self.folder.path(),
            name: &name,
            durability: Durability::Ephemeral,
            threads: 1 + self.imports as usize % 3,
        };
        for merged in compact(&self.facts(), &self.files, target, &Unwatched).unwrap() {
            self.files.retain(|listed| !merged.old.contains(&listed.file.path));
            let import = merged.import;
            self.files.extend(merged.new.into_iter().map(|file| ListedFile { import, file }));
        }
    }

    pub(crate) fn undo(&mut self, import: i64) {
        self.files.retain(|listed| listed.import != import);
    }
}
