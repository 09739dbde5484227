//! A file that takes its name only when it is whole and on disk.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::path::{Path, PathBuf};

/// Unfinished files of one name that are stepped over, left behind by programs that were killed.
const UNFINISHED_MAX: u32 = 1_000;

/// A file under a temporary name beside its target. Dropped without [`Replacement::commit`], it is
/// removed and the target is what it was.
pub(super) struct Replacement {
    file: File,
    temporary: PathBuf,
    target: PathBuf,
    committed: bool,
}

impl Replacement {
    /// A file to write to, and what gives it its name. The second is missing where the path is
    /// neither free nor a regular file: a pipe or a device is written to, never replaced.
    pub(super) fn begin(path: &Path) -> io::Result<(File, Option<Replacement>)> {
        // A link keeps pointing where it points: what it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let known = fs::metadata(&target).ok();
        if known.as_ref().is_some_and(|known| !known.is_file()) {
            return Ok((OpenOptions::new().write(true).open(&target)?, None));
        }
        let (file, temporary) = create_beside(&target)?;
        let replacement = Replacement { file: file.try_clone()?, temporary, target, committed: false };
        if let Some(known) = known {
            replacement.inherit(known.permissions())?;
        }
        Ok((file, Some(replacement)))
    }

    /// A file that others may not read stays one.
    fn inherit(&self, permissions: Permissions) -> io::Result<()> {
        if permissions.readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        self.file.set_permissions(permissions)
    }

    /// The folder of the target.
    pub(super) fn folder(&self) -> &Path {
        folder_of(&self.target)
    }

    /// Makes sure of the content, then of the name.
    pub(super) fn commit(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.temporary, &self.target)?;
        self.committed = true;
        File::open(self.folder())?.sync_all()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if !self.committed {
            // Nobody is left to tell; a file that stays is hidden and stepped over.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?
        .to_string_lossy();
    for number in 0..UNFINISHED_MAX {
        let temporary = folder_of(target).join(format!(".{name}.{number}.part"));
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    let message = format!("too many unfinished files named `.{name}.*.part` beside it: remove them");
    Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
}
