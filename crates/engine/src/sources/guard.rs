//! Decoders written by others, kept from taking the program down with them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::SourceError;
use super::file::Origin;

/// Runs a decoder on bytes that may be hostile; a panic in it is a damaged file.
pub(super) fn guarded<T>(
    origin: &Origin,
    what: &str,
    decode: impl FnOnce() -> Result<T, SourceError>,
) -> Result<T, SourceError> {
    match catch_unwind(AssertUnwindSafe(decode)) {
        Ok(result) => result,
        Err(_) => Err(origin.damaged(format!("its {what} structure makes no sense"))),
    }
}
