//! Merges the fact files of many imports into one sorted set, and gives up the old files if asked.

use crate::base::{Base, remove};
use crate::clock;
use anyhow::Result;
use engine::compaction::{self, Merged};
use engine::facts::write::Durability;
use engine::progress::Watch;
use engine::staging::Target;
use model::base::{FactFile, FactKind};
use std::collections::BTreeSet;

/// What came of a compaction.
#[derive(Clone, Debug, Default)]
pub struct Compacted {
    /// Per kind that was merged: files before, files now.
    pub merged: Vec<(FactKind, usize, usize)>,
    /// Old files that were deleted, and their bytes.
    pub deleted: (usize, u64),
    /// Imports that could be undone before and cannot be any more.
    pub sealed: Vec<i64>,
}

/// Compacts a base. Old files stay, so that every import can still be undone; with `forget` they are
/// deleted, those of earlier compactions too.
pub fn compact(base: &Base, forget: bool, threads: usize, watch: &dyn Watch) -> Result<Compacted> {
    let lock = base.lock()?;
    let merged = merge(base, threads, watch);
    if merged.is_err() {
        // As after a refused import: what is listed nowhere goes now, or with the next writer.
        lock.sweep(base).ok();
    }
    let mut compacted = Compacted { merged: merged?, ..Compacted::default() };
    if forget {
        give_up(base, &mut compacted)?;
    }
    Ok(compacted)
}

fn merge(base: &Base, threads: usize, watch: &dyn Watch) -> Result<Vec<(FactKind, usize, usize)>> {
    let listed = base.files()?;
    let (facts, _version) = base.facts_of_ids()?;
    let name = format!("{:016x}-{}-compacted", clock::now(), std::process::id());
    let target = Target { base: &base.folder, name: &name, durability: Durability::Durable, threads };
    let merged = compaction::compact(&facts, &listed, target, watch)?;
    if merged.is_empty() {
        return Ok(Vec::new());
    }
    // All kinds in one transaction: a base is never half compacted.
    let old: Vec<String> = merged.iter().flat_map(|kind| kind.old.iter().cloned()).collect();
    let new: Vec<(i64, FactFile)> = merged.iter().flat_map(of_import).collect();
    if let Err(error) = base.wait(base.store.replace(&old, &new, clock::now())) {
        // The answer was lost: the files say whether it was kept.
        let unknown = matches!(error.downcast_ref(), Some(store::Error::Unknown { .. }));
        let is_new = |path: &str| new.iter().any(|(_, file)| file.path == path);
        if !unknown || !base.files()?.iter().any(|listed| is_new(&listed.file.path)) {
            return Err(error);
        }
    }
    Ok(merged.iter().map(|kind| (kind.kind, kind.old.len(), kind.new.len())).collect())
}

fn of_import(merged: &Merged) -> impl Iterator<Item = (i64, FactFile)> {
    merged.new.iter().map(|file| (merged.import, file.clone()))
}

fn give_up(base: &Base, compacted: &mut Compacted) -> Result<()> {
    let sealed = || -> Result<BTreeSet<i64>> {
        let entries = base.wait(base.store.imports())?;
        Ok(entries.into_iter().filter(|entry| entry.sealed).map(|entry| entry.import).collect())
    };
    let before = sealed()?;
    // Whatever was compacted up to now, by whichever clock.
    let paths = base.wait(base.store.forget(i64::MAX))?;
    compacted.sealed = sealed()?.difference(&before).copied().collect();
    for path in &paths {
        let path = base.folder.join(path);
        let bytes = std::fs::metadata(&path).map_or(0, |found| found.len());
        // They are off the list: what cannot be removed now is swept later.
        match remove(&path) {
            Ok(()) => compacted.deleted = (compacted.deleted.0 + 1, compacted.deleted.1 + bytes),
            Err(error) => eprintln!("dolka: {error:#}"),
        }
    }
    Ok(())
}
