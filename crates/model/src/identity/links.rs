//! Who is linked with whom: a record of links and unlinks, played from the beginning.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Why two ids were said to be one person, or one to be a person of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// They share an e-mail.
    Email,
    /// They share a phone.
    Phone,
    /// Somebody said so.
    Hand,
}

impl Why {
    pub const ALL: [Why; 3] = [Why::Email, Why::Phone, Why::Hand];

    /// The word in the state and in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Why::Email => "email",
            Why::Phone => "phone",
            Why::Hand => "hand",
        }
    }

    pub fn from_name(name: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// What is said of two ids, or of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NewEntry {
    pub customer_id: String,
    /// Whose person `customer_id` and all of its own person join; `None`: `customer_id` leaves its
    /// person and stands alone.
    pub main_id: Option<String>,
    pub why: Why,
    /// The imports that brought the contacts it was found by; when one of them is undone, the link
    /// does not hold.
    pub rests_on: Option<(i64, i64)>,
}

/// The same as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Number of the step that said it, from 1; what one command says is one step.
    pub step: i64,
    /// Microseconds since 1970 UTC.
    pub at: i64,
    pub said: NewEntry,
    /// When the step was undone, microseconds since 1970 UTC.
    pub undone_at: Option<i64>,
    /// An import that the link rests on is undone.
    pub unfounded: bool,
}

impl Entry {
    /// Whether it counts now.
    pub fn holds(&self) -> bool {
        self.undone_at.is_none() && !self.unfounded
    }
}

/// Who is whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// By alias: the id that stands for the person.
    mains: BTreeMap<String, String>,
    /// By main id: its aliases, sorted.
    aliases: BTreeMap<String, BTreeSet<String>>,
    /// Pairs that were told apart, the smaller id first.
    apart: BTreeSet<(String, String)>,
}

impl Links {
    /// Plays the record in the order given. Of a link the person of `main_id` keeps its main id; one
    /// who leaves is apart from all it was one with, until a link by hand says otherwise; when the
    /// main id leaves, the smallest alias stands for those who stay.
    pub fn replay(entries: &[Entry]) -> Links {
        let mut links = Links::default();
        for entry in entries.iter().filter(|entry| entry.holds()) {
            let NewEntry { customer_id, main_id, why, .. } = &entry.said;
            match main_id {
                Some(main_id) => links.join(customer_id, main_id, *why),
                None => links.leave(customer_id),
            }
        }
        links
    }

    /// The id that stands for the person of an id: mostly itself.
    pub fn main_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.mains.get(id).map_or(id, String::as_str)
    }

    /// All ids of the person of an id, the main one first.
    pub fn person<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let main = self.main_of(id);
        let aliases = self.aliases.get(main).into_iter().flatten().map(String::as_str);
        std::iter::once(main).chain(aliases).collect()
    }

    /// Persons of several ids, by main id: its aliases, sorted.
    pub fn persons(&self) -> impl Iterator<Item = (&str, &BTreeSet<String>)> {
        self.aliases.iter().map(|(main, aliases)| (main.as_str(), aliases))
    }

    /// Every alias with its main id, persons in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.persons().flat_map(|(main, aliases)| aliases.iter().map(move |alias| (alias.as_str(), main)))
    }

    pub fn is_empty(&self) -> bool {
        self.mains.is_empty()
    }

    /// Whether it was said that two ids are two persons.
    pub fn are_apart(&self, one: &str, other: &str) -> bool {
        !self.apart.is_empty() && self.apart.contains(&pair(one, other))
    }

    fn join(&mut self, id: &str, main_id: &str, why: Why) {
        let (from, to) = (self.main_of(id).to_owned(), self.main_of(main_id).to_owned());
        if from == to {
            return;
        }
        let mut moved = self.aliases.remove(&from).unwrap_or_default();
        moved.insert(from);
        if why == Why::Hand && !self.apart.is_empty() {
            let stay = self.person(&to).into_iter().map(str::to_owned).collect::<Vec<_>>();
            for one in &moved {
                for other in &stay {
                    self.apart.remove(&pair(one, other));
                }
            }
        }
        for alias in &moved {
            self.mains.insert(alias.clone(), to.clone());
        }
        let kept = self.aliases.entry(to).or_default();
        // The smaller set moves into the larger one, so that long chains cost no more than short ones.
        if kept.len() < moved.len() {
            std::mem::swap(kept, &mut moved);
        }
        kept.append(&mut moved);
    }

    fn leave(&mut self, id: &str) {
        let main = self.main_of(id).to_owned();
        let Some(mut stay) = self.aliases.remove(&main) else { return };
        stay.insert(main.clone());
        stay.remove(id);
        self.mains.remove(id);
        for other in &stay {
            self.apart.insert(pair(id, other));
        }
        let kept = if id == main { stay.first().cloned().unwrap_or_default() } else { main };
        self.mains.remove(&kept);
        stay.remove(&kept);
        for alias in &stay {
            self.mains.insert(alias.clone(), kept.clone());
        }
        if !stay.is_empty() {
            self.aliases.insert(kept, stay);
        }
    }
}

fn pair(one: &str, other: &str) -> (String, String) {
    (one.min(other).to_owned(), one.max(other).to_owned())
}
