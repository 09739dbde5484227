//! Why a file could not be read at all, by what the user can do about it.

use std::io;

/// A file that is refused whole. Rows that are wrong one by one are [`super::BadRow`]s instead.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Not there, not permitted, or the disk failed.
    #[error("cannot read `{file}`: {cause}; check that it exists and may be read")]
    Unreadable {
        /// Path as it was given.
        file: String,
        /// What the operating system said.
        cause: io::Error,
    },
    /// No bytes, or no row that holds anything.
    #[error("E_EMPTY: `{file}` holds no rows; export it again with data in it")]
    Empty {
        /// Path as it was given.
        file: String,
    },
    /// Cut short, wrong checksum, or not what its first bytes promise.
    #[error("`{file}` is damaged: {reason}; copy or export it again")]
    Damaged {
        /// Path as it was given.
        file: String,
        /// What was found.
        reason: String,
    },
    /// Larger inside than any honest file: a decompression bomb or a sheet that cannot be held.
    #[error("`{file}` is refused: {reason}; export it as CSV, or in parts")]
    TooLarge {
        /// Path as it was given.
        file: String,
        /// Which limit was passed.
        reason: String,
    },
    /// Somebody wrote to the file while it was read.
    #[error("`{file}` changed while it was read; import it again when nothing writes to it")]
    Changed {
        /// Path as it was given.
        file: String,
    },
    /// A kind of file that is not read, or no table in it. The reason says what to do.
    #[error("`{file}` cannot be read as a table: {reason}")]
    Unsupported {
        /// Path as it was given.
        file: String,
        /// What it is, and what to do.
        reason: String,
    },
    /// An option does not fit the file. The reason says which and what would fit.
    #[error("`{file}` does not fit the options: {reason}")]
    Option {
        /// Path as it was given.
        file: String,
        /// Which option, and what would fit.
        reason: String,
    },
}

impl SourceError {
    /// The reason code shown to people and programs.
    pub fn code(&self) -> &'static str {
        match self {
            SourceError::Unreadable { .. } => "E_UNREADABLE",
            SourceError::Empty { .. } => "E_EMPTY",
            SourceError::Damaged { .. } => "E_DAMAGED",
            SourceError::TooLarge { .. } => "E_TOO_LARGE",
            SourceError::Changed { .. } => "E_CHANGED",
            SourceError::Unsupported { .. } => "E_UNSUPPORTED",
            SourceError::Option { .. } => "E_OPTION",
        }
    }
}
