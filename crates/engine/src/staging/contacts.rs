//! Contacts that rows bring along, waiting until a whole file is read, and then each once.

use crate::facts::bucket::{BUCKETS, bucket_of};
use crate::facts::bytes::{put_length, put_text, take_length, take_text};
use crate::facts::spool::{Outlet, Spool};
use model::base::{Contact, ContactField};
use std::io;
use std::path::Path;

/// Bytes of waiting contacts held in memory before they are spilled.
const MEMORY_BYTES_MAX: usize = 64 << 20;

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

    /// All contacts, sorted, each once.
    ///
    /// # Errors
    /// What was spilled cannot be read.
    pub(super) fn take(&self) -> io::Result<Vec<Contact>> {
        let (mut all, mut bytes) = (Vec::new(), Vec::new());
        for bucket in 0..BUCKETS {
            self.0.take(bucket, &mut bytes)?;
            let mut rest = &bytes[..];
            let mut said = Vec::new();
            while !rest.is_empty() {
                let customer_id = take_text(&mut rest);
                let field = ContactField::ALL[take_length(&mut rest) as usize % ContactField::ALL.len()];
                said.push((customer_id, field, take_text(&mut rest)));
            }
            said.sort_unstable();
            said.dedup();
            all.extend(said.into_iter().map(|(customer_id, field, value)| Contact {
                customer_id: customer_id.to_owned(),
                field,
                value: value.to_owned(),
            }));
        }
        all.sort_unstable();
        Ok(all)
    }
}

/// Adds a contact.
pub(super) fn push(outlet: &mut Outlet<'_>, contact: &Contact) {
    let Contact { customer_id, field, value } = contact;
    let place = ContactField::ALL.iter().position(|known| known == field).unwrap_or_default();
    outlet.push(bucket_of(customer_id), |bytes| {
        put_text(customer_id, bytes);
        put_length(place as u64, bytes);
        put_text(value, bytes);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_comes_back_once_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let arrived = ArrivedContacts::new(folder.path());
        let contact = |customer: &str, field, value: &str| Contact {
            customer_id: customer.to_owned(),
            field,
            value: value.to_owned(),
        };
        let each = ContactField::ALL.iter();
        let mut given: Vec<Contact> =
            each.flat_map(|&field| ["b", "a"].map(|customer| contact(customer, field, "ü"))).collect();
        given.push(contact("a", ContactField::ALL[0], "o"));
        for _ in 0..2 {
            let mut outlet = arrived.outlet();
            given.iter().for_each(|contact| push(&mut outlet, contact));
            outlet.flush().unwrap();
        }
        given.sort_unstable();
        assert_eq!(arrived.take().unwrap(), given);
    }
}
