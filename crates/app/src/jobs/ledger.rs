//! The imports of a base, and taking one back.

use crate::base::{Base, remove};
use crate::clock;
use anyhow::Result;
use model::base::LedgerEntry;

/// All imports, oldest first.
pub fn imports(base: &Base) -> Result<Vec<LedgerEntry>> {
    base.wait(base.store.imports())
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
