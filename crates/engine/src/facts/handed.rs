//! What the state says of customers beside the fact files, by bucket.

use super::bucket::{BUCKETS, bucket_of};
use super::columns::AttributeRow;
use super::linked::Linked;
use model::base::{ContactField, WITHDRAWN};
use std::collections::BTreeMap;

/// A customer, the name of an attribute, its value.
pub type Handed = (String, String, String);

/// Puts what is said of a customer to what is known of its bucket.
pub(super) fn put_handed((customer_id, attribute, value): Handed, handed: &mut Vec<Vec<AttributeRow>>) {
    handed.resize(BUCKETS, Vec::new());
    let bucket = bucket_of(&customer_id);
    handed[bucket].push(AttributeRow { customer_id, attribute, value: Some(value), created: None });
}

/// The same by customer and attribute, of each the first word.
pub(super) fn in_order(handed: &[AttributeRow]) -> Vec<AttributeRow> {
    let mut rows = handed.to_vec();
    rows.sort_by(|a, b| (&a.customer_id, &a.attribute).cmp(&(&b.customer_id, &b.attribute)));
    rows.dedup_by(|later, first| {
        (&later.customer_id, &later.attribute) == (&first.customer_id, &first.attribute)
    });
    rows
}

/// What is said of persons by what is said of ids. A consent that one id has withdrawn the person
/// has withdrawn; else the main id's word counts, without one that of its smallest alias.
pub(super) fn of_persons(linked: &Linked, values: impl IntoIterator<Item = Handed>) -> Vec<Handed> {
    let mut of_ids: BTreeMap<(String, String), String> = BTreeMap::new();
    for (customer_id, attribute, value) in values {
        of_ids.insert((customer_id, attribute), value);
    }
    let mut persons: BTreeMap<(String, String), String> = BTreeMap::new();
    let (mains, aliases): (Vec<_>, Vec<_>) =
        of_ids.into_iter().partition(|((id, _), _)| linked.main_of(id).is_none());
    for ((id, attribute), value) in mains.into_iter().chain(aliases) {
        let is_consent = ContactField::from_name(&attribute).is_some_and(ContactField::is_consent);
        let withdrawn = is_consent && value == WITHDRAWN;
        let main = linked.main_of(&id).map_or(id.clone(), str::to_owned);
        let kept = persons.entry((main, attribute)).or_insert_with(|| value.clone());
        if withdrawn {
            *kept = value;
        }
    }
    persons.into_iter().map(|((id, attribute), value)| (id, attribute, value)).collect()
}
