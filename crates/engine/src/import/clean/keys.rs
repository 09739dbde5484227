//! Customer ids out of e-mails, phones and names: keyed digests, so that facts hold nothing
//! personal.

use crate::import::cells;
use crate::import::names::fold;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::HashMap;
use std::fmt::Write;

/// Keys that are remembered; past that the memory is emptied, and digests are made anew.
const KEYS_MAX: usize = 100_000;
/// Bytes of the digest that make the id.
const DIGEST_BYTES: usize = 16;

/// What kind of key a digest is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    Email,
    Phone,
    Name,
}

/// A customer known by a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// `e-`, `p-` or `n-` and the digest in hexadecimal.
    pub id: String,
    /// The key, normalised: what the digest is of.
    pub key: String,
}

/// Whether a customer id stands for an e-mail, a phone or a name.
pub fn is_digest(customer_id: &str) -> bool {
    let digits = ["e-", "p-", "n-"].iter().find_map(|prefix| customer_id.strip_prefix(prefix));
    digits.is_some_and(|digits| {
        digits.len() == DIGEST_BYTES * 2 && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// Makes keyed digests.
#[derive(Clone)]
pub(super) struct Digests(Hmac<Sha256>);

impl Digests {
    /// The keyed digest of a text in hexadecimal.
    pub(super) fn of(&self, text: &str) -> String {
        let mut hmac = self.0.clone();
        hmac.update(text.as_bytes());
        let digest = hmac.finalize().into_bytes();
        let mut digits = String::with_capacity(2 * DIGEST_BYTES);
        for byte in &digest[..DIGEST_BYTES] {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        digits
    }
}

#[derive(Clone)]
pub(super) struct Keys {
    pub(super) digests: Digests,
    region: String,
    /// By kind, then by the cell's text; `None` where the text is no such key.
    known: [HashMap<String, Option<Known>>; 3],
}

impl Keys {
    pub(super) fn new(digest_key: &[u8; 32], region: &str) -> Keys {
        // HMAC fills a key shorter than the hash's block with zeros (RFC 2104).
        let mut block = [0u8; 64];
        block[..digest_key.len()].copy_from_slice(digest_key);
        let digests = Digests(Hmac::new(&block.into()));
        Keys { digests, region: region.to_owned(), known: Default::default() }
    }

    /// The customer behind a cell; `None` where it is no e-mail address or phone number.
    pub(super) fn customer(&mut self, kind: KeyKind, cell: &str) -> Option<&Known> {
        let slot = kind as usize;
        if !self.known[slot].contains_key(cell) {
            if self.known[slot].len() >= KEYS_MAX {
                self.known[slot].clear();
            }
            let made = self.make(kind, cell);
            self.known[slot].insert(cell.to_owned(), made);
        }
        self.known[slot].get(cell)?.as_ref()
    }

    fn make(&self, kind: KeyKind, cell: &str) -> Option<Known> {
        let (prefix, key) = match kind {
            // Of several addresses in a cell the first is the customer's.
            KeyKind::Email => ("e-", cells::email(cell.split([',', ';']).next()?.trim()).ok()?.key),
            KeyKind::Phone => ("p-", cells::phone(cell, &self.region).ok()?.into_iter().next()?.e164),
            KeyKind::Name => ("n-", Some(fold(cell)).filter(|name| !name.is_empty())?),
        };
        let id = format!("{prefix}{}", self.digests.of(&key));
        // Names are shown as they are written, the other keys as they are compared.
        let key = if kind == KeyKind::Name { cell.trim().to_owned() } else { key };
        Some(Known { id, key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_one_customer() {
        let mut keys = Keys::new(&[7; 32], "LV");
        let known = keys.customer(KeyKind::Email, "Anna@Example.lv ").cloned().unwrap();
        assert_eq!(keys.customer(KeyKind::Email, "anna@example.lv"), Some(&known));
        assert_eq!(known.key, "anna@example.lv");
        assert_eq!((known.id.len(), &known.id[..2]), (34, "e-"));
        assert_eq!(keys.customer(KeyKind::Email, "nobody"), None);
        let other = Keys::new(&[8; 32], "LV").customer(KeyKind::Email, "anna@example.lv").cloned().unwrap();
        assert_ne!(other.id, known.id);
    }

    #[test]
    fn digest_is_hmac_sha_256() {
        // RFC 4231 has no 32-byte key; the value is that of `openssl dgst -sha256 -mac HMAC`.
        let known = Keys::new(&[0; 32], "LV").customer(KeyKind::Email, "a@b.lv").cloned().unwrap();
        assert_eq!(known.id, "e-de6c236bd1ccdce704378b47004f4131");
    }
}
