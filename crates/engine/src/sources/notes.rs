//! What is noticed while blocks are read on many threads, told at the end.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Unknown names kept for the warning; further ones are only counted as "more".
const NAMES_MAX: usize = 50;

/// Findings of all blocks of a file; counts and sorted names, so threads cannot change the words.
#[derive(Debug, Default)]
pub(super) struct Notes {
    tolerated: AtomicU64,
    later_names: Mutex<BTreeSet<String>>,
}

impl Notes {
    /// Some rows were read only because quotes are tolerated.
    pub(super) fn add_tolerated(&self, rows: u64) {
        self.tolerated.fetch_add(rows, Ordering::Relaxed);
    }

    /// A column turned up that the sample did not have.
    pub(super) fn add_later_name(&self, name: &str) {
        let mut names = self.later_names.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.contains(name) {
            names.insert(name.to_owned());
            // The first names in order stay, whatever the order in which threads found them.
            if names.len() > NAMES_MAX + 1 {
                names.pop_last();
            }
        }
    }

    /// All findings, in words.
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        let tolerated = self.tolerated.load(Ordering::Relaxed);
        if tolerated > 0 {
            warnings.push(format!("{tolerated} rows with unescaped quotes were read in tolerant quote mode"));
        }
        let names = self.later_names.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.is_empty() {
            let more = if names.len() > NAMES_MAX { " and more" } else { "" };
            let shown: Vec<&str> = names.iter().take(NAMES_MAX).map(String::as_str).collect();
            let shown = shown.join("`, `");
            warnings.push(format!("keys first seen after the sample were left out: `{shown}`{more}"));
        }
        warnings
    }
}
