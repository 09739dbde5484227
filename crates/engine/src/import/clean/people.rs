//! What rows say of people besides facts: contacts, and in order files attributes.

use super::plan::Plan;
use super::report::Report;
use super::view::View;
use crate::import::cells::{self, CellError};
use crate::import::synonyms::{Word, is_word};
use model::base::{Contact, ContactField};
use std::collections::HashMap;
use std::ops::Range;
use twox_hash::{XxHash3_64, XxHash64};

/// An attribute of a customer that an order file brings along. Of several values of one name that
/// of the newest order counts, of one moment's that of the last line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribute {
    pub customer_id: String,
    pub name: String,
    pub value: String,
    /// Newest order of the block that says so, microseconds since 1970 UTC.
    pub at: i64,
    /// Line of that order.
    pub line: u64,
}

/// People of the rows since they were last taken; the same cells are looked at once.
#[derive(Clone, Default)]
pub(super) struct People {
    contacts: Vec<Contact>,
    attributes: Vec<Attribute>,
    seen: HashMap<u128, Seen>,
    bytes: Vec<u8>,
}

/// What some person's cells have given before.
#[derive(Clone)]
struct Seen {
    attributes: Range<usize>,
    warnings: Vec<&'static str>,
}

/// The person a row speaks of.
pub(super) struct Person<'a> {
    pub id: &'a str,
    /// The key behind an id that is a digest.
    pub key: Option<&'a str>,
    /// The moment of the order.
    pub at: i64,
    /// Column of the phone that is the person's in this row only: the other side of a call.
    pub phone: Option<usize>,
}

impl People {
    pub(super) fn take(&mut self) -> (Vec<Contact>, Vec<Attribute>) {
        self.seen.clear();
        (std::mem::take(&mut self.contacts), std::mem::take(&mut self.attributes))
    }

    /// Collects what a row says of a person. Attributes only where they are wanted: rows of
    /// customer files hand them on themselves.
    pub(super) fn collect(
        &mut self,
        plan: &Plan,
        view: &View<'_>,
        person: &Person<'_>,
        with_attributes: bool,
        report: &mut Report,
    ) {
        let attributes = if with_attributes { &plan.attributes[..] } else { &[] };
        let nothing = plan.contacts.is_empty() && attributes.is_empty() && plan.consent.is_none();
        if nothing && person.key.is_none() && person.phone.is_none() {
            return;
        }
        let hash = self.hash(plan, view, person, attributes);
        if let Some(seen) = self.seen.get(&hash) {
            seen.warnings.iter().for_each(|code| report.warned_again(code));
            let newest = (person.at, view.row.line());
            for attribute in &mut self.attributes[seen.attributes.clone()] {
                (attribute.at, attribute.line) = (attribute.at, attribute.line).max(newest);
            }
            return;
        }
        let first = self.attributes.len();
        for (index, name) in attributes {
            if let Some(value) = view.attribute(*index) {
                self.attributes.push(Attribute {
                    customer_id: person.id.to_owned(),
                    name: name.clone(),
                    value: value.to_owned(),
                    at: person.at,
                    line: view.row.line(),
                });
            }
        }
        let warnings = self.contacts_of(plan, view, person, report);
        self.seen.insert(hash, Seen { attributes: first..self.attributes.len(), warnings });
    }

    fn contacts_of(
        &mut self,
        plan: &Plan,
        view: &View<'_>,
        person: &Person<'_>,
        report: &mut Report,
    ) -> Vec<&'static str> {
        let mut warnings = Vec::new();
        let mut add = |field, value: String| {
            let contact = Contact { customer_id: person.id.to_owned(), field, value };
            self.contacts.push(contact);
        };
        if let Some(key) = person.key {
            add(ContactField::Key, key.to_owned());
        }
        if let Some(consent) = plan.consent {
            add(ContactField::ConsentEmail, yes_or_no(consent).to_owned());
        }
        let phone = person.phone.map(|index| (index, ContactField::Phone));
        for (index, field) in plan.contacts.iter().copied().chain(phone) {
            let Some(cell) = view.text(Some(index)).or(consent_cell(view, index, field)) else { continue };
            match contact_values(field, cell, &plan.region) {
                Ok(values) => values.into_iter().for_each(|value| add(field, value)),
                Err(error) => {
                    warnings.push(error.code);
                    report.warned(plan, view.row, Some(index), error);
                }
            }
        }
        warnings
    }

    /// A fingerprint of all cells that speak of the person.
    fn hash(
        &mut self,
        plan: &Plan,
        view: &View<'_>,
        person: &Person<'_>,
        attributes: &[(usize, String)],
    ) -> u128 {
        // No text holds this byte.
        const BETWEEN: u8 = 0xff;
        self.bytes.clear();
        self.bytes.extend_from_slice(person.id.as_bytes());
        let columns =
            plan.contacts.iter().map(|&(index, _)| index).chain(attributes.iter().map(|&(index, _)| index));
        let columns = columns.chain(person.phone);
        for index in columns {
            self.bytes.push(BETWEEN);
            self.bytes.extend_from_slice(view.cell(index).as_bytes());
        }
        let high = XxHash3_64::oneshot(&self.bytes);
        let low = XxHash64::oneshot(0, &self.bytes);
        (u128::from(high) << 64) | u128::from(low)
    }
}

/// The values of a personal cell, in the form in which they are kept.
fn contact_values(field: ContactField, cell: &str, region: &str) -> Result<Vec<String>, CellError> {
    Ok(match field {
        ContactField::Email => {
            let parts = cell.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
            let emails: Result<Vec<_>, CellError> =
                parts.map(|part| cells::email(part).map(|email| email.typed)).collect();
            emails?
        }
        ContactField::Phone => cells::phone(cell, region)?
            .into_iter()
            .map(|phone| match phone.extension {
                Some(extension) => format!("{};ext={extension}", phone.e164),
                None => phone.e164,
            })
            .collect(),
        ContactField::ConsentEmail | ContactField::ConsentSms | ContactField::ConsentMessenger => {
            consent(cell).map(|consent| yes_or_no(consent).to_owned()).into_iter().collect()
        }
        ContactField::Zip => vec![cell.trim_start_matches('\'').to_owned()],
        _ => vec![cell.to_owned()],
    })
}

/// The words for no are null words elsewhere.
fn consent_cell<'a>(view: &View<'a>, index: usize, field: ContactField) -> Option<&'a str> {
    let is_consent = matches!(
        field,
        ContactField::ConsentEmail | ContactField::ConsentSms | ContactField::ConsentMessenger
    );
    Some(view.cell(index).trim()).filter(|cell| is_consent && !cell.is_empty())
}

fn consent(cell: &str) -> Option<bool> {
    cells::truth(cell).or(is_word(Word::Subscribed, cell).then_some(true)).or(is_word(
        Word::Unsubscribed,
        cell,
    )
    .then_some(false))
}

fn yes_or_no(consent: bool) -> &'static str {
    if consent { "yes" } else { "no" }
}
