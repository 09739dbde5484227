//! The imports of a base, and taking one back.

use crate::base::{Base, remove};
use crate::clock;
use anyhow::Result;
use model::base::LedgerEntry;

/// All imports, oldest first.
pub fn imports(base: &Base) -> Result<Vec<LedgerEntry>> {
    base.wait(base.store.imports())
}

/// What one command said of who is one person.
pub struct Step {
    pub step: i64,
    /// Microseconds since 1970 UTC.
    pub at: i64,
    /// Ids that were linked to others, and ids that were taken out of their persons.
    pub linked: u64,
    pub unlinked: u64,
    pub undone_at: Option<i64>,
}

/// The steps of links, oldest first.
pub fn steps(base: &Base) -> Result<Vec<Step>> {
    let mut steps: Vec<Step> = Vec::new();
    for entry in base.wait(base.store.links())? {
        if steps.last().is_none_or(|last| last.step != entry.step) {
            let (step, at, undone_at) = (entry.step, entry.at, entry.undone_at);
            steps.push(Step { step, at, linked: 0, unlinked: 0, undone_at });
        }
        if let Some(last) = steps.last_mut() {
            *if entry.said.main_id.is_some() { &mut last.linked } else { &mut last.unlinked } += 1;
        }
    }
    Ok(steps)
}

/// Takes an import back: the base is as if it had never come.
pub fn undo(base: &Base, number: i64) -> Result<LedgerEntry> {
    let _lock = base.lock()?;
    let undone = base.wait(base.store.undo(number, clock::now()))?;
    // The transaction has taken them off the list; what cannot be removed now is swept later.
    for path in &undone.paths {
        if let Err(error) = remove(&base.folder.join(path)) {
            eprintln!("dolka: {error:#}");
        }
    }
    Ok(undone.entry)
}
