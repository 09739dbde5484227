//! What a workbook is and whether it may be opened: packed sizes are counted, not believed.

use std::fs::File;
use std::io::{BufReader, Read};

use zip::ZipArchive;

use super::super::compression::{RATIO_FREE_BYTES, RATIO_MAX};
use super::super::error::SourceError;
use super::super::file::Origin;
use super::super::guard::guarded;
use super::compound::{self, Nonsense};
use super::records;
use super::repeats::{Repeats, WHOLE_CELLS_MAX};

/// Parts in a workbook's archive.
pub const ENTRIES_MAX: usize = 1_000;
/// All parts together, unpacked. A million rows of thirty cells take about one and a half.
pub const UNPACKED_BYTES_MAX: u64 = 3 << 30;
/// The table of shared strings, which is held in memory.
const SHARED_STRINGS_BYTES_MAX: u64 = 512 << 20;
/// An XLS file, which is held in memory; the format allows 65 536 rows.
const XLS_BYTES_MAX: u64 = 256 << 20;
/// Bytes unpacked at once.
const READ_BYTES: usize = 64 << 10;

/// Kinds of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

/// Tells the kind of workbook and refuses what would not fit.
pub(super) fn check(origin: &Origin, start: &[u8]) -> Result<Kind, SourceError> {
    if start.starts_with(b"PK") {
        return guarded(origin, "zip", || check_archive(origin));
    }
    if origin.bytes > XLS_BYTES_MAX {
        return Err(origin.too_large(format!("it is larger than {} MiB", XLS_BYTES_MAX >> 20)));
    }
    // Protected workbooks of the newer kinds are wrapped into a container of the old kind.
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(start, &wide).is_some() {
        return Err(origin.unsupported("it is protected with a password; save it without one"));
    }
    let refused = |cause| origin.unreadable(cause);
    let file = std::fs::read(origin.path()).map_err(refused)?;
    let stream = compound::workbook_stream(&file)
        .map_err(|Nonsense| origin.damaged("it is no whole workbook of the old kind"))?;
    if !records::fit(&stream) {
        return Err(origin.too_large(format!("its sheets have more than {WHOLE_CELLS_MAX} cells")));
    }
    Ok(Kind::Xls)
}

fn check_archive(origin: &Origin) -> Result<Kind, SourceError> {
    let broken = |cause: &dyn std::fmt::Display| {
        origin.damaged(format!("its zip archive is broken or cut short ({cause})"))
    };
    let file = File::open(origin.path()).map_err(|cause| origin.unreadable(cause))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|cause| broken(&cause))?;
    if archive.len() > ENTRIES_MAX {
        let reason = format!("its archive has {} parts, more than {ENTRIES_MAX}", archive.len());
        return Err(origin.too_large(reason));
    }
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let has = |name: &str| names.iter().any(|entry| entry.eq_ignore_ascii_case(name));
    let kind = if has("xl/workbook.xml") {
        Kind::Xlsx
    } else if has("xl/workbook.bin") {
        Kind::Xlsb
    } else if has("content.xml") {
        Kind::Ods
    } else if names.iter().any(|name| name.starts_with("xl/")) {
        Kind::Xlsx
    } else {
        let inside = names.first().map_or("nothing", String::as_str);
        return Err(origin.unsupported(format!("it is a zip archive with `{inside}` in it; unpack it first")));
    };
    let mut total = 0;
    let mut buffer = vec![0; READ_BYTES];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|cause| broken(&cause))?;
        let shared = entry.name().is_ok_and(|name| name.to_ascii_lowercase().contains("sharedstrings"));
        let document = entry.name().is_ok_and(|name| kind == Kind::Ods && name == "content.xml");
        let mut repeats = Repeats::default();
        let mut size = 0;
        loop {
            let count = entry.read(&mut buffer).map_err(|cause| broken(&cause))? as u64;
            if count == 0 {
                break;
            }
            if document && repeats.see(&buffer[..count as usize]).is_err() {
                return Err(origin.too_large(format!("its sheets have more than {WHOLE_CELLS_MAX} cells")));
            }
            size += count;
            total += count;
            let ratio = total > RATIO_FREE_BYTES && total > origin.bytes.saturating_mul(RATIO_MAX);
            if ratio || total > UNPACKED_BYTES_MAX || (shared && size > SHARED_STRINGS_BYTES_MAX) {
                return Err(origin.too_large("it unpacks to far more than a workbook holds"));
            }
        }
    }
    Ok(kind)
}
