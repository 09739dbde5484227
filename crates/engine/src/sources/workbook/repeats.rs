//! How many cells an ODS sheet unfolds to: a few bytes may say "a million times the same row".

/// Cells that the sheets of a workbook read whole may have together, gaps included.
pub const WHOLE_CELLS_MAX: u64 = 16 << 20;
/// A longer tag is nothing that a spreadsheet program writes.
const TAG_BYTES_MAX: usize = 256 << 10;

/// Counts cells while `content.xml` goes by in pieces.
#[derive(Default)]
pub(super) struct Repeats {
    /// The tag that is open, without its bracket.
    tag: Option<Vec<u8>>,
    /// The quote that an attribute of the tag opened.
    quote: Option<u8>,
    row: Row,
    /// Rows of the present sheet as far as the last filled one, and the widest of them.
    rows: u64,
    width: u64,
    /// Blank rows, which count only if a filled one follows.
    blank_rows: u64,
    total: u64,
}

#[derive(Default)]
struct Row {
    repeats: u64,
    cells: u64,
    /// Cells as far as the last filled one.
    filled: u64,
}

/// Why a document is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany;

impl Repeats {
    /// Takes the next piece of the document.
    pub(super) fn see(&mut self, bytes: &[u8]) -> Result<(), TooMany> {
        for &byte in bytes {
            let Some(tag) = &mut self.tag else {
                if byte == b'<' {
                    self.tag = Some(Vec::new());
                    self.quote = None;
                }
                continue;
            };
            // Comments and character data end with more than a bracket, and know no quotes.
            let foreign: Option<&[u8]> = if tag.starts_with(b"!--") {
                Some(b"--")
            } else if tag.starts_with(b"![CDATA[") {
                Some(b"]]")
            } else if tag.starts_with(b"?") {
                Some(b"?")
            } else {
                None
            };
            if let Some(end) = foreign {
                if byte == b'>' && tag.ends_with(end) && tag.len() > end.len() + 1 {
                    self.tag = None;
                } else if tag.len() < 16 {
                    tag.push(byte);
                } else {
                    // Only the end matters from here on.
                    tag.remove(12);
                    tag.push(byte);
                }
                continue;
            }
            match (byte, self.quote) {
                (b'>', None) => {
                    let tag = self.tag.take().unwrap_or_default();
                    self.tag_ended(&tag)?;
                    continue;
                }
                (b'"' | b'\'', None) => self.quote = Some(byte),
                (_, Some(quote)) if byte == quote => self.quote = None,
                _ => {}
            }
            tag.push(byte);
            if tag.len() > TAG_BYTES_MAX {
                return Err(TooMany);
            }
        }
        Ok(())
    }

    fn tag_ended(&mut self, tag: &[u8]) -> Result<(), TooMany> {
        let closed = tag.ends_with(b"/");
        let name = tag.split(|byte| byte.is_ascii_whitespace() || *byte == b'/').next().unwrap_or_default();
        match name {
            b"table:table-row" => {
                self.row = Row { repeats: repeated(tag, b"number-rows-repeated"), ..Row::default() };
                if closed {
                    self.row_ended();
                }
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                self.row.cells = self.row.cells.saturating_add(repeated(tag, b"number-columns-repeated"));
                if !closed || memchr::memmem::find(tag, b"value").is_some() {
                    self.row.filled = self.row.cells;
                }
            }
            b"!DOCTYPE" => return Err(TooMany),
            b"" => match tag {
                b"/table:table-row" => self.row_ended(),
                b"/table:table" => {
                    self.total = self.cells();
                    (self.rows, self.width, self.blank_rows) = (0, 0, 0);
                }
                _ => {}
            },
            _ => {}
        }
        if self.cells() > WHOLE_CELLS_MAX { Err(TooMany) } else { Ok(()) }
    }

    fn row_ended(&mut self) {
        let row = std::mem::take(&mut self.row);
        if row.filled == 0 {
            self.blank_rows = self.blank_rows.saturating_add(row.repeats);
            return;
        }
        self.rows = self.rows.saturating_add(self.blank_rows).saturating_add(row.repeats);
        self.blank_rows = 0;
        self.width = self.width.max(row.filled);
    }

    fn cells(&self) -> u64 {
        self.total.saturating_add(self.rows.saturating_mul(self.width))
    }
}

/// The number in an attribute; 1 where it is missing, a very large one where it makes no sense.
fn repeated(tag: &[u8], attribute: &[u8]) -> u64 {
    let Some(at) = memchr::memmem::find(tag, attribute) else { return 1 };
    let value = tag[at + attribute.len()..].trim_ascii_start();
    let value = value.strip_prefix(b"=").unwrap_or(value).trim_ascii_start();
    let value = value.get(1..).unwrap_or_default();
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&value[..digits]).ok().and_then(|digits| digits.parse().ok());
    number.unwrap_or(u64::MAX)
}
