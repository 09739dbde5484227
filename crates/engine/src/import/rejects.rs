//! The file of rejected rows: each with its reason and all its cells, so that it can be repaired
//! and imported again as it is.

use super::problem::Problem;
use std::io::{self, Write};

/// The columns that stand before the row's own.
pub const REASON_COLUMNS: [&str; 7] = ["line", "byte", "column", "code", "reason", "raw", "suggestion"];

/// Whether a header is that of a file of rejects: its first columns then say nothing of the facts.
pub fn is_header_of_rejects(header: &[String]) -> bool {
    header.len() > REASON_COLUMNS.len() && header.iter().zip(REASON_COLUMNS).all(|(a, b)| a == b)
}

/// Writes rejected rows as CSV (RFC 4180, comma, UTF-8) under the header of their file.
pub struct RejectsWriter<W: Write> {
    out: W,
}

impl<W: Write> RejectsWriter<W> {
    /// Writes the header line: the reason's columns, then the file's own.
    pub fn new(mut out: W, header: &[String]) -> io::Result<RejectsWriter<W>> {
        let own = if is_header_of_rejects(header) { &header[REASON_COLUMNS.len()..] } else { header };
        write_record(&mut out, REASON_COLUMNS.into_iter().chain(own.iter().map(String::as_str)))?;
        Ok(RejectsWriter { out })
    }

    /// Writes one row. One that could not be split gets empty cells, so that the file stays a
    /// table that any program opens.
    pub fn write(&mut self, problem: &Problem, header: &[String]) -> io::Result<()> {
        let skipped = if is_header_of_rejects(header) { REASON_COLUMNS.len() } else { 0 };
        let (line, byte) = (problem.line.to_string(), problem.byte.to_string());
        let reason: [&str; 7] =
            [&line, &byte, &problem.column, problem.code, &problem.reason, &problem.raw, &problem.suggestion];
        let cells = problem.cells.iter().map(String::as_str);
        let own = header.len() - skipped;
        let cells = cells
            .chain(std::iter::repeat(""))
            .skip(skipped)
            .take(own.max(problem.cells.len().saturating_sub(skipped)));
        write_record(&mut self.out, reason.into_iter().chain(cells))
    }

    /// Flushes and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

fn write_record<'a>(out: &mut impl Write, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_back_by_a_csv_reader() {
        let header: Vec<String> = ["Order", "Note, long"].map(String::from).into();
        let problem = Problem {
            line: 7,
            byte: 301,
            column: "Order".into(),
            code: "E_DATE",
            reason: "`30.02` is \"no\" date".into(),
            raw: "30.02".into(),
            suggestion: "write, or leave".into(),
            cells: vec!["7".into(), "two\nlines".into()],
        };
        let mut writer = RejectsWriter::new(Vec::new(), &header).unwrap();
        writer.write(&problem, &header).unwrap();
        let bytes = writer.finish().unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let headers: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
        assert!(is_header_of_rejects(&headers));
        assert_eq!(headers[7..], header);
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(
            record.iter().collect::<Vec<_>>(),
            [
                "7",
                "301",
                "Order",
                "E_DATE",
                "`30.02` is \"no\" date",
                "30.02",
                "write, or leave",
                "7",
                "two\nlines"
            ]
        );
    }

    #[test]
    fn a_row_that_was_not_split_fills_the_table() {
        let header: Vec<String> = ["Order", "Day"].map(String::from).into();
        let problem = Problem {
            line: 2,
            byte: 10,
            column: String::new(),
            code: "E_COLUMNS",
            reason: "one cell".into(),
            raw: "7".into(),
            suggestion: String::new(),
            cells: Vec::new(),
        };
        let mut writer = RejectsWriter::new(Vec::new(), &header).unwrap();
        writer.write(&problem, &header).unwrap();
        let text = String::from_utf8(writer.finish().unwrap()).unwrap();
        assert!(text.ends_with("2,10,,E_COLUMNS,one cell,7,,,\r\n"), "{text}");
    }

    #[test]
    fn rejects_of_rejects_have_one_reason() {
        let header: Vec<String> = REASON_COLUMNS.into_iter().chain(["Order"]).map(String::from).collect();
        let text = RejectsWriter::new(Vec::new(), &header).unwrap().finish().unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "line,byte,column,code,reason,raw,suggestion,Order\r\n");
    }
}
