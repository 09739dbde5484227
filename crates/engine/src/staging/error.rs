//! Why a file is refused.

use super::StagingError;
use crate::import::cells::CellError;
use crate::import::clean::Cleaned;
use crate::import::mapping::MappingError;
use crate::import::rates::RatesError;
use crate::sources::SourceError;

/// Why a file cannot be imported. The base is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("`{file}`: {error}")]
    Mapping { file: String, error: MappingError },
    #[error(transparent)]
    Staging(#[from] StagingError),
    #[error("the base's time zone: {0}")]
    Zone(CellError),
    #[error(transparent)]
    Rates(#[from] RatesError),
    /// Too many rows are bad: more likely the file is read wrongly.
    #[error(
        "`{file}`: {rejected} of {rows} rows are bad (more than {percent} %), so nothing was imported; \
         see the reasons, correct the file or how it is read, or allow more with `--max-rejects`"
    )]
    TooManyRejects {
        file: String,
        rejected: u64,
        rows: u64,
        percent: f64,
        cleaned: Box<Cleaned>,
        header: Vec<String>,
    },
    #[error(
        "E_EMPTY: `{file}`: no row became a fact ({rows} rows, {set_aside} set aside); nothing was imported"
    )]
    NothingImported { file: String, rows: u64, set_aside: u64 },
    #[error(
        "`{file}` holds money in {found} and the base counts in {base}: different currencies are never \
         added up; import it into a base of its own, or convert it with `--rates FILE`"
    )]
    Currency { file: String, found: String, base: String },
    #[error(
        "`{file}` holds money in {found}: different currencies are never added up; convert it with \
         `--rates FILE`, or split the file by currency (`--currency CODE` is for money that names none)"
    )]
    Currencies { file: String, found: String },
}
