//! What may be said about a file beforehand, and what was found out about it.

use serde::{Deserialize, Serialize};

/// What the user knows better than detection. Whatever is `None` is detected.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// What the file is called in messages and the ledger, where that is not its path.
    pub name: Option<String>,
    /// Name of the encoding, such as `utf-8`, `cp1251`, `utf-16le`.
    pub encoding: Option<String>,
    /// Separator of cells; a space stands for runs of spaces and tabs.
    pub delimiter: Option<u8>,
    /// Quote around cells; `"` where nothing is said, 0 where quotes mean nothing.
    pub quote: Option<u8>,
    /// Line (or row of a sheet) of the header, from 1; 0: there is no header.
    pub header_row: Option<u64>,
    /// Sheet of a workbook; the first visible one with cells where nothing is said.
    pub sheet: Option<String>,
    /// Format, where the file's bytes would mislead.
    pub format: Option<Format>,
    /// Reads `"OOO "Romashka" Ltd"` as one cell instead of rejecting its row.
    pub tolerant_quotes: bool,
    /// Bytes of text per block; 0 for [`BLOCK_BYTES`].
    pub block_bytes: usize,
    /// Leaves the digest of the file's bytes unworked: nobody will ask which file facts came from.
    pub undigested: bool,
}

/// Text in one block: large enough to be worth a thread's while, small enough to stay in cache.
pub const BLOCK_BYTES: usize = 4 << 20;

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// CSV, TSV and their kin.
    Delimited,
    /// XLSX, XLSB, XLS, ODS.
    Workbook,
    /// Apache Parquet.
    Parquet,
    /// One JSON object a line, one JSON array of objects, or an object around such an array.
    JsonLines,
    /// XML: CommerceML.
    Xml,
}

/// How a file is read: shown to the user before anything is taken from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detected {
    /// Kind of file.
    pub format: Format,
    /// `gzip` or `zstd`.
    pub compression: Option<&'static str>,
    /// Encoding of the text, as the WHATWG names it; `UTF-8` for formats that allow no other.
    pub encoding: String,
    /// Whether the bytes prove the encoding; otherwise it is the likeliest.
    pub encoding_sure: bool,
    /// Separator of cells; a space stands for runs of spaces and tabs; `None`: one column.
    pub delimiter: Option<char>,
    /// Quote around cells.
    pub quote: Option<char>,
    /// Line (or row of a sheet) of the header, from 1; `None`: there is none.
    pub header_row: Option<u64>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// The workbook's other visible sheets.
    pub other_sheets: Vec<String>,
    /// Every line ends with a separator, and the column after it was dropped.
    pub trailing_delimiter: bool,
    /// What the user should look at, in words.
    pub warnings: Vec<String>,
}

impl Detected {
    /// A description of a file about which nothing special was found.
    pub(super) fn plain(format: Format, compression: Option<&'static str>) -> Detected {
        Detected {
            format,
            compression,
            encoding: "UTF-8".to_owned(),
            encoding_sure: true,
            delimiter: None,
            quote: None,
            header_row: None,
            sheet: None,
            other_sheets: Vec::new(),
            trailing_delimiter: false,
            warnings: Vec::new(),
        }
    }
}
