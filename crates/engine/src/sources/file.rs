//! A file on disk: read once, hashed while it is read where somebody asks for that, watched for change.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::error::SourceError;

/// Bytes read at once where a file is read only to be hashed.
const HASH_READ_BYTES: usize = 1 << 20;

/// What is known of a file once it was read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// File name without folders.
    pub name: String,
    /// Size on disk.
    pub bytes: u64,
    /// SHA-256 of the bytes on disk, in hexadecimal; empty where it was not to be worked out.
    pub sha256: String,
    /// What reading found beyond the sample, in words.
    pub warnings: Vec<String>,
}

/// A file as it was when it was opened.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    path: PathBuf,
    /// What it is called where that is not its path.
    name: Option<String>,
    /// Size when it was opened.
    pub bytes: u64,
    modified: Option<SystemTime>,
}

impl Origin {
    /// Opens a file and remembers its size and time of change.
    pub(super) fn open(path: &Path, name: Option<&str>) -> Result<(Origin, File), SourceError> {
        let shown = || name.map_or_else(|| path.display().to_string(), str::to_owned);
        let unreadable = |cause| SourceError::Unreadable { file: shown(), cause };
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if metadata.is_dir() {
            return Err(unreadable(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")));
        }
        let origin = Origin {
            path: path.to_owned(),
            name: name.map(str::to_owned),
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
        };
        Ok((origin, file))
    }

    /// The path as it was given, or what the file is called, for messages.
    pub(super) fn shown(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.path.display().to_string())
    }

    /// The path itself.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the account: the file must be as long, as old and as large as when it was opened.
    pub(super) fn finish(&self, read: HashedFile, warnings: Vec<String>) -> Result<InputFile, SourceError> {
        let (count, sha256) = read.drain().map_err(|cause| self.unreadable(cause))?;
        let metadata = fs::metadata(&self.path).map_err(|cause| self.unreadable(cause))?;
        let same =
            count == self.bytes && metadata.len() == self.bytes && metadata.modified().ok() == self.modified;
        if !same {
            return Err(SourceError::Changed { file: self.shown() });
        }
        let of_path = || self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = self.name.clone().or_else(of_path);
        Ok(InputFile { name: name.unwrap_or_else(|| self.shown()), bytes: count, sha256, warnings })
    }

    /// The system refused to read.
    pub(super) fn unreadable(&self, cause: io::Error) -> SourceError {
        SourceError::Unreadable { file: self.shown(), cause }
    }

    /// The file is not whole.
    pub(super) fn damaged(&self, reason: impl Into<String>) -> SourceError {
        SourceError::Damaged { file: self.shown(), reason: reason.into() }
    }

    /// A limit was passed.
    pub(super) fn too_large(&self, reason: impl Into<String>) -> SourceError {
        SourceError::TooLarge { file: self.shown(), reason: reason.into() }
    }

    /// The file is of a kind that is not read.
    pub(super) fn unsupported(&self, reason: impl Into<String>) -> SourceError {
        SourceError::Unsupported { file: self.shown(), reason: reason.into() }
    }

    /// An option does not fit.
    pub(super) fn option(&self, reason: impl Into<String>) -> SourceError {
        SourceError::Option { file: self.shown(), reason: reason.into() }
    }

    /// There is nothing in the file.
    pub(super) fn empty(&self) -> SourceError {
        SourceError::Empty { file: self.shown() }
    }
}

/// Reads a file and hashes every byte on its way, if that is asked for.
pub(super) struct HashedFile {
    file: File,
    hash: Option<Sha256>,
    count: u64,
}

impl HashedFile {
    pub(super) fn new(file: File, hashed: bool) -> HashedFile {
        HashedFile { file, hash: hashed.then(Sha256::new), count: 0 }
    }

    /// Bytes read so far.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Adds up to `wanted` bytes to `buffer`, fewer only at the end; gives their number. Nothing is
    /// cleared first that is written over anyway.
    pub(super) fn fill(&mut self, buffer: &mut Vec<u8>, wanted: usize) -> io::Result<usize> {
        let (start, mut missing) = (buffer.len(), wanted);
        buffer.reserve(wanted);
        while missing > 0 {
            // Bytes are hashed while they are at hand.
            let end = buffer.len();
            let asked = missing.min(HASH_READ_BYTES);
            let count = (&self.file).take(asked as u64).read_to_end(buffer)?;
            if let Some(hash) = &mut self.hash {
                hash.update(&buffer[end..]);
            }
            missing -= count;
            if count < asked {
                break;
            }
        }
        let count = buffer.len() - start;
        self.count += count as u64;
        Ok(count)
    }

    /// Reads what is left; gives the number of all bytes and their hash in hexadecimal, empty without one.
    fn drain(mut self) -> io::Result<(u64, String)> {
        let mut buffer = vec![0; HASH_READ_BYTES];
        while self.read(&mut buffer)? > 0 {}
        let digest = self.hash.map(|hash| hash.finalize().to_vec()).unwrap_or_default();
        Ok((self.count, digest.iter().map(|byte| format!("{byte:02x}")).collect()))
    }
}

impl Read for HashedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.file.read(buffer) {
                Ok(count) => {
                    if let Some(hash) = &mut self.hash {
                        hash.update(&buffer[..count]);
                    }
                    self.count += count as u64;
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
