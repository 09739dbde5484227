//! By what the customers of each segment can be reached.

use super::potential::Reach;
use crate::features::Features;
use crate::profile::Division;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How many customers of a segment can be reached by what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    pub customers: u64,
    /// Nothing but contact points is known, no consent.
    pub without_consent: bool,
    /// By attribute, as [`Reach`] lists them: `consent_email`, or `email`. Empty where nothing is known.
    pub by: Vec<(String, u64)>,
}

/// Counts, in the order of the names of a division. `contacts` are features with the attributes of `reach`,
/// bucket by bucket; customers are found by their id, as not every question knows the same ones.
pub fn reached(division: &Division<'_>, contacts: &[Features], reach: &Reach) -> Vec<Reached> {
    let empty = Reached {
        customers: 0,
        without_consent: matches!(reach, Reach::Contact(_)),
        by: reach.attributes().iter().map(|&name| (name.to_owned(), 0)).collect(),
    };
    let mut all = vec![empty; division.names().len()];
    for (bucket, contacts) in contacts.iter().enumerate() {
        let ids = contacts.customer_ids().iter().enumerate();
        let rows: HashMap<&str, usize> = ids.filter_map(|(row, id)| Some((id?, row))).collect();
        let own = division.features()[bucket].customer_ids();
        for (row, code) in division.codes(bucket).iter().enumerate() {
            let of = &mut all[usize::from(code)];
            of.customers += 1;
            let Some(&row) = rows.get(own.value(row)) else { continue };
            of.by.iter_mut().for_each(|(name, count)| {
                *count += u64::from(reach.holds_by(name, contacts, row));
            });
        }
    }
    all
}
