//! What staged events say that is personal, in a file of its own until it is kept: there may be more of
//! it than memory holds.

use crate::facts::bytes::{put_length, put_number, put_text, take_length, take_number, take_text};
use crate::facts::events::EventRow;
use model::base::{Personal, PersonalField};
use model::calendar::Day;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Name of the file in the folder for rows that wait.
const FILE_NAME: &str = "personal";
/// Bytes of one piece, unless a single event says more.
const PIECE_BYTES: usize = 4 << 20;

/// Takes what events say that is personal.
pub(super) struct PersonalWriter {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    bytes: Vec<u8>,
}

impl PersonalWriter {
    /// Writes into an existing folder, once there is something.
    pub(super) fn new(folder: &Path) -> PersonalWriter {
        PersonalWriter { path: folder.join(FILE_NAME), file: None, bytes: Vec::new() }
    }

    /// Adds what an event says under its id.
    pub(super) fn add(&mut self, row: &EventRow<'_>, id: &str) -> io::Result<()> {
        if row.personal.is_empty() {
            return Ok(());
        }
        self.bytes.clear();
        put_text(id, &mut self.bytes);
        put_length(u64::from(row.customer_id.is_some()), &mut self.bytes);
        put_text(row.customer_id.unwrap_or_default(), &mut self.bytes);
        put_length(u64::from(row.at.is_some()), &mut self.bytes);
        put_number(row.at.map_or(0, |(_, day)| i64::from(day.0)), &mut self.bytes);
        put_length(row.personal.len() as u64, &mut self.bytes);
        for (field, value) in &row.personal {
            put_length(*field as u64, &mut self.bytes);
            put_text(value, &mut self.bytes);
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(BufWriter::new(File::create(&self.path)?)),
        };
        file.write_all(&(self.bytes.len() as u64).to_le_bytes())?;
        file.write_all(&self.bytes)
    }

    /// Where it is to be read; `None` where nothing was said.
    pub(super) fn finish(self) -> io::Result<Option<PersonalFile>> {
        let Some(mut file) = self.file else { return Ok(None) };
        file.flush()?;
        Ok(Some(PersonalFile(self.path)))
    }
}

/// What the events of an import say that is personal. It can be read any number of times, until the
/// folder of the import goes.
#[derive(Clone, Debug)]
pub struct PersonalFile(PathBuf);

impl PersonalFile {
    /// Begins to read.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn pieces(&self) -> io::Result<PersonalReader> {
        Ok(PersonalReader(BufReader::new(File::open(&self.0)?)))
    }
}

/// Reads piece by piece.
pub struct PersonalReader(BufReader<File>);

impl PersonalReader {
    /// The next piece, in the order of the facts; nothing at the end.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn next_piece(&mut self) -> io::Result<Vec<Personal>> {
        let (mut piece, mut held) = (Vec::new(), 0);
        let mut bytes = Vec::new();
        while held < PIECE_BYTES && self.next_record(&mut bytes)? {
            held += bytes.len();
            piece.push(personal(&bytes));
        }
        Ok(piece)
    }

    fn next_record(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let mut length = [0; 8];
        if self.0.read(&mut length[..1])? == 0 {
            return Ok(false);
        }
        self.0.read_exact(&mut length[1..])?;
        bytes.resize(u64::from_le_bytes(length) as usize, 0);
        self.0.read_exact(bytes)?;
        Ok(true)
    }
}

fn personal(mut bytes: &[u8]) -> Personal {
    let id = take_text(&mut bytes).to_owned();
    let (known, customer) = (take_length(&mut bytes) == 1, take_text(&mut bytes));
    let (dated, day) = (take_length(&mut bytes) == 1, Day(take_number(&mut bytes) as i32));
    let values = (0..take_length(&mut bytes)).map(|_| {
        let field = PersonalField::ALL[take_length(&mut bytes) as usize % PersonalField::ALL.len()];
        (field, take_text(&mut bytes).to_owned())
    });
    let values = values.collect();
    Personal { id, customer_id: known.then(|| customer.to_owned()), day: dated.then_some(day), values }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_comes_back_in_pieces_any_number_of_times() {
        let folder = tempfile::tempdir().unwrap();
        assert!(PersonalWriter::new(folder.path()).finish().unwrap().is_none());
        let mut writer = PersonalWriter::new(folder.path());
        let long = "ü".repeat(PIECE_BYTES / 5);
        let mut expected = Vec::new();
        for index in 0..7_i32 {
            let id = format!("t{index}");
            let text = if index % 2 == 0 { long.as_str() } else { "short" };
            let row = EventRow {
                customer_id: (index > 2).then_some("c"),
                at: (index > 1).then_some((5, Day(index))),
                personal: vec![(PersonalField::Number, "+371".into()), (PersonalField::Text, text.into())],
                ..EventRow::default()
            };
            writer.add(&row, &id).unwrap();
            expected.push(Personal {
                id,
                customer_id: (index > 2).then(|| "c".to_owned()),
                day: (index > 1).then_some(Day(index)),
                values: row.personal.iter().map(|(field, text)| (*field, text.to_string())).collect(),
            });
        }
        writer.add(&EventRow::default(), "silent").unwrap();
        let file = writer.finish().unwrap().unwrap();
        for _ in 0..2 {
            let mut reader = file.pieces().unwrap();
            let (mut all, mut pieces) = (Vec::new(), 0);
            loop {
                let piece = reader.next_piece().unwrap();
                if piece.is_empty() {
                    break;
                }
                pieces += 1;
                all.extend(piece);
            }
            assert_eq!(all, expected);
            assert!(pieces > 1);
        }
    }
}
