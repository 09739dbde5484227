//! Contacts that rows bring along, waiting until a whole file is read; then each that counts once, in a
//! file of their own until they are kept: there may be more of them than memory holds.

use crate::facts::bucket::{BUCKETS, bucket_of};
use crate::facts::bytes::{put_length, put_text, take_length, take_text};
use crate::facts::spool::{Outlet, Spool};
use model::base::{Contact, ContactField};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Bytes of waiting contacts held in memory before they are spilled.
const MEMORY_BYTES_MAX: usize = 64 << 20;
/// Name of the file in the folder for rows that wait.
const FILE_NAME: &str = "said-of-customers";
/// Bytes of one piece, and a contact more.
const PIECE_BYTES: usize = 4 << 20;
/// Bytes that are read at a time of each bucket.
const READ_BYTES: usize = 64 << 10;

/// Contacts of an import, by bucket of their customer.
pub(super) struct ArrivedContacts(Spool);

impl ArrivedContacts {
    /// Contacts are spilled into an existing folder where they are too many.
    pub(super) fn new(folder: &Path) -> ArrivedContacts {
        ArrivedContacts(Spool::new(folder, "contacts", BUCKETS, MEMORY_BYTES_MAX))
    }

    /// A way in for one thread, for [`push`].
    pub(super) fn outlet(&self) -> Outlet<'_> {
        self.0.outlet()
    }

    /// Writes down which contacts count, bucket by bucket; `None` where none were said.
    ///
    /// # Errors
    /// What was spilled cannot be read, or the disk refuses.
    pub(super) fn finish(&self) -> io::Result<Option<ContactsFile>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let path = self.0.folder().join(FILE_NAME);
        let mut file = BufWriter::new(File::create(&path)?);
        let (mut bytes, mut record) = (Vec::new(), Vec::new());
        let (mut buckets, mut end) = (Vec::with_capacity(BUCKETS), 0);
        for bucket in 0..BUCKETS {
            self.0.take(bucket, &mut bytes)?;
            let start = end;
            for (customer_id, field, value) in that_count(&bytes) {
                record.clear();
                put_text(customer_id, &mut record);
                encode(field, value, &mut record);
                file.write_all(&(record.len() as u32).to_le_bytes())?;
                file.write_all(&record)?;
                end += 4 + record.len() as u64;
            }
            buckets.push(start..end);
        }
        file.flush()?;
        Ok(Some(ContactsFile { path, buckets }))
    }
}

/// Adds contacts; those of one customer that stand together name it once.
pub(super) fn push(outlet: &mut Outlet<'_>, contacts: &[Contact]) {
    for said in contacts.chunk_by(|one, next| one.customer_id == next.customer_id) {
        let customer_id = &said[0].customer_id;
        outlet.push(bucket_of(customer_id), |bytes| {
            put_text(customer_id, bytes);
            put_length(said.len() as u64, bytes);
            said.iter().for_each(|contact| encode(contact.field, &contact.value, bytes));
        });
    }
}

fn encode(field: ContactField, value: &str, bytes: &mut Vec<u8>) {
    let place = ContactField::ALL.iter().position(|known| *known == field).unwrap_or_default();
    put_length(place as u64, bytes);
    put_text(value, bytes);
}

fn decode<'a>(bytes: &mut &'a [u8]) -> (ContactField, &'a str) {
    let field = ContactField::ALL[take_length(bytes) as usize % ContactField::ALL.len()];
    (field, take_text(bytes))
}

/// The contacts of a bucket, sorted, of each customer and field the one that counts: the last, of
/// consents one that is withdrawn.
fn that_count(mut bytes: &[u8]) -> Vec<(&str, ContactField, &str)> {
    let mut said = Vec::new();
    while !bytes.is_empty() {
        let customer_id = take_text(&mut bytes);
        for _ in 0..take_length(&mut bytes) {
            let (field, value) = decode(&mut bytes);
            said.push((customer_id, field, value));
        }
    }
    said.sort_unstable();
    // Keeps the first of equals, so the last is put in its place.
    said.dedup_by(|later, kept| {
        let same = (later.0, later.1) == (kept.0, kept.1);
        if same && !kept.1.stays(kept.2) {
            *kept = *later;
        }
        same
    });
    said
}

/// The contacts of an import, of each customer and field the one that counts. They can be read any
/// number of times, until the folder of the import goes.
#[derive(Clone, Debug)]
pub struct ContactsFile {
    path: PathBuf,
    /// Bytes of each bucket.
    buckets: Vec<Range<u64>>,
}

impl ContactsFile {
    /// Begins to read.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn pieces(&self) -> io::Result<ContactsReader> {
        let mut reader = ContactsReader { buckets: Vec::new(), first: BinaryHeap::new() };
        for bytes in &self.buckets {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(bytes.start))?;
            let length = bytes.end - bytes.start;
            let mut file = BufReader::with_capacity(READ_BYTES.min(length as usize), file).take(length);
            if let Some(contact) = next_contact(&mut file)? {
                reader.first.push(Reverse((contact, reader.buckets.len())));
                reader.buckets.push(file);
            }
        }
        Ok(reader)
    }
}

/// Reads piece by piece, all buckets in one order: whoever keeps them in it only adds to an end.
pub struct ContactsReader {
    buckets: Vec<io::Take<BufReader<File>>>,
    /// The first contact of each bucket that is not given yet.
    first: BinaryHeap<Reverse<(Contact, usize)>>,
}

impl ContactsReader {
    /// The next piece, sorted by customer and field; nothing at the end.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn next_piece(&mut self) -> io::Result<Vec<Contact>> {
        let (mut piece, mut held) = (Vec::new(), 0);
        while held < PIECE_BYTES
            && let Some(Reverse((contact, bucket))) = self.first.pop()
        {
            if let Some(next) = next_contact(&mut self.buckets[bucket])? {
                self.first.push(Reverse((next, bucket)));
            }
            held += size_of::<Contact>() + contact.customer_id.len() + contact.value.len();
            piece.push(contact);
        }
        Ok(piece)
    }
}

fn next_contact(file: &mut io::Take<BufReader<File>>) -> io::Result<Option<Contact>> {
    if file.limit() == 0 {
        return Ok(None);
    }
    let mut length = [0; 4];
    file.read_exact(&mut length)?;
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    file.read_exact(&mut bytes)?;
    let mut rest = &bytes[..];
    let customer_id = take_text(&mut rest).to_owned();
    let (field, value) = decode(&mut rest);
    Ok(Some(Contact { customer_id, field, value: value.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::base::WITHDRAWN;

    fn contact(customer: &str, field: ContactField, value: &str) -> Contact {
        Contact { customer_id: customer.to_owned(), field, value: value.to_owned() }
    }

    fn arrived(folder: &Path, rounds: &[Vec<Contact>]) -> Option<ContactsFile> {
        let arrived = ArrivedContacts::new(folder);
        for round in rounds {
            let mut outlet = arrived.outlet();
            push(&mut outlet, round);
            outlet.flush().unwrap();
        }
        arrived.finish().unwrap()
    }

    fn all(file: &ContactsFile) -> (Vec<Contact>, usize) {
        let (mut reader, mut all, mut pieces) = (file.pieces().unwrap(), Vec::new(), 0);
        loop {
            let piece = reader.next_piece().unwrap();
            if piece.is_empty() {
                return (all, pieces);
            }
            pieces += 1;
            all.extend(piece);
        }
    }

    #[test]
    fn every_field_comes_back_once_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        assert!(arrived(folder.path(), &[Vec::new()]).is_none());
        let each = ContactField::ALL.iter();
        let mut given: Vec<Contact> =
            each.flat_map(|&field| ["b", "a"].map(|customer| contact(customer, field, "ü"))).collect();
        let older = contact("a", ContactField::Phone, "o");
        let [yes, no] = ["yes", WITHDRAWN].map(|word| contact("c", ContactField::ConsentSms, word));
        let first = given.iter().cloned().chain([older, yes]).collect();
        given.push(no);
        let file = arrived(folder.path(), &[first, given.clone()]).unwrap();
        given.sort_unstable();
        assert_eq!(all(&file).0, given);
    }

    #[test]
    fn many_come_in_pieces_any_number_of_times() {
        let folder = tempfile::tempdir().unwrap();
        let long = "ü".repeat(PIECE_BYTES / 50);
        let mut given: Vec<Contact> = (0..100)
            .map(|index| contact(&format!("c{index}"), ContactField::Note, &format!("{index} {long}")))
            .collect();
        let file = arrived(folder.path(), std::slice::from_ref(&given)).unwrap();
        given.sort_unstable();
        let (first, pieces) = all(&file);
        assert_eq!(first, given);
        assert!(pieces > 3, "{pieces} pieces");
        assert_eq!(all(&file).0, given);
    }
}
