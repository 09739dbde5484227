//! Files made from bytes, for the tests of this module.

use std::path::PathBuf;

use super::{BadRow, Detected, InputFile, OpenOptions, SourceError, Table, open};

/// A file in a folder of its own that goes with it.
pub(super) struct Made {
    _folder: tempfile::TempDir,
    pub path: PathBuf,
}

pub(super) fn made(name: &str, bytes: impl AsRef<[u8]>) -> Made {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("the file is written");
    Made { _folder: folder, path }
}

/// Everything a file gives.
#[derive(Debug)]
pub(super) struct All {
    pub detected: Detected,
    pub header: Vec<String>,
    /// Line, byte and cells of each row.
    pub rows: Vec<(u64, u64, Vec<String>)>,
    pub bad: Vec<BadRow>,
    pub sampled: usize,
    pub file: InputFile,
}

impl All {
    pub(super) fn cells(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|(_, _, cells)| cells.iter().map(String::as_str).collect()).collect()
    }

    pub(super) fn codes(&self) -> Vec<(&str, u64)> {
        self.bad.iter().map(|bad| (bad.code, bad.line)).collect()
    }
}

pub(super) fn drain(mut table: Table) -> Result<All, SourceError> {
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    while let Some(block) = table.next_block()? {
        let block = block.rows();
        for row in block.iter() {
            rows.push((row.line(), row.byte(), row.cells().map(str::to_owned).collect()));
        }
        bad.extend(block.bad);
    }
    let (detected, header) = (table.detected().clone(), table.header().to_vec());
    let sampled = table.sample().len();
    Ok(All { detected, header, rows, bad, sampled, file: table.finish()? })
}

pub(super) fn read_with(
    name: &str,
    bytes: impl AsRef<[u8]>,
    options: &OpenOptions,
) -> Result<All, SourceError> {
    let file = made(name, bytes);
    drain(open(&file.path, options)?)
}

pub(super) fn read(name: &str, bytes: impl AsRef<[u8]>) -> All {
    read_with(name, bytes, &OpenOptions::default()).expect("the file is read")
}

pub(super) fn refused(name: &str, bytes: impl AsRef<[u8]>) -> SourceError {
    match read_with(name, bytes, &OpenOptions::default()) {
        Ok(all) => panic!("`{name}` gave {} rows instead of being refused", all.rows.len()),
        Err(error) => error,
    }
}
