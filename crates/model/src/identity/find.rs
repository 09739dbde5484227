//! Ids that are likely one person: they share an e-mail or a phone, to the letter.
//!
//! Nothing is guessed. A contact that many ids share, or that two people of different birthdays
//! share, is no evidence; and where the evidence joins ids that cannot be one person, none of them is
//! proposed, because it does not say who belongs to whom.

use super::birthday::differ;
use super::links::{Links, NewEntry, Why};
use std::collections::{BTreeMap, BTreeSet};

/// Ids that one contact may have at most: a placeholder or a switchboard has more.
pub const SHARED_IDS_MAX: usize = 5;
/// Ids that one person may have at most before a chain of contacts is taken for a chain of people.
pub const GROUP_IDS_MAX: usize = 25;

/// What kind of contact ids share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointKind {
    Email,
    Phone,
}

impl PointKind {
    pub fn why(self) -> Why {
        match self {
            PointKind::Email => Why::Email,
            PointKind::Phone => Why::Phone,
        }
    }
}

/// A contact of a customer, in the form in which contacts are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub kind: PointKind,
    pub value: String,
    pub customer_id: String,
    /// The import that brought it.
    pub import: i64,
}

/// Two ids that share a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What to write down for it.
    pub link: NewEntry,
    /// Main id of the person that both would be.
    pub main_id: String,
    /// The contact.
    pub point: (PointKind, String),
}

/// Why ids that share contacts are not linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Their birthdays differ.
    Birthdays,
    /// Somebody said that they are two.
    Unlinked,
    /// One contact leads to the next, over more ids than a person has.
    TooMany,
}

/// Ids that share contacts and are not linked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    pub doubt: Doubt,
    /// The contact; `None`: several.
    pub point: Option<(PointKind, String)>,
    /// Sorted.
    pub customer_ids: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In an order in which they can be written down: persons by main id, each grown from it.
    pub proposals: Vec<Proposal>,
    /// Sorted.
    pub conflicts: Vec<Conflict>,
    /// Contacts of more than [`SHARED_IDS_MAX`] ids, with how many they have; sorted.
    pub shared: Vec<(PointKind, String, usize)>,
}

/// Looks for ids that share a contact. `points` may come in any order and repeat; `birthdays` are by
/// id. Takes time in proportion to sorting the points.
///
/// The main id of a person is, of the main ids that it has already, the one whose contacts came with
/// the earliest import, of several the smallest.
pub fn find(mut points: Vec<Point>, birthdays: &BTreeMap<String, String>, links: &Links) -> Found {
    points.sort_unstable();
    points.dedup_by(|later, first| {
        (later.kind, &later.value, &later.customer_id) == (first.kind, &first.value, &first.customer_id)
    });
    let mut search = Search { points: &points, birthdays, links, found: Found::default() };
    let used = search.used();
    let mut groups = search.groups(&used);
    // Every group as it would be written down, by main id.
    groups.sort_unstable();
    for (main, group) in groups {
        search.settle(main, &group);
    }
    search.found.conflicts.sort_unstable();
    search.found
}

struct Search<'a> {
    /// Sorted.
    points: &'a [Point],
    birthdays: &'a BTreeMap<String, String>,
    links: &'a Links,
    found: Found,
}

/// Points with the same contact: a stretch of the sorted ones.
type Stretch<'a> = &'a [Point];

impl<'a> Search<'a> {
    fn main(&self, id: &'a str) -> &'a str {
        self.links.main_of(id)
    }

    /// Contacts that are evidence; what is wrong with the others is noted.
    fn used(&mut self) -> Vec<Stretch<'a>> {
        let mut used = Vec::new();
        for stretch in self.points.chunk_by(|a, b| (a.kind, &a.value) == (b.kind, &b.value)) {
            let (kind, value) = (stretch[0].kind, &stretch[0].value);
            let first = self.main(&stretch[0].customer_id);
            if stretch.iter().all(|point| self.main(&point.customer_id) == first) {
                continue;
            }
            if stretch.len() > SHARED_IDS_MAX {
                self.found.shared.push((kind, value.clone(), stretch.len()));
                continue;
            }
            let persons: BTreeSet<&str> = stretch.iter().map(|point| self.main(&point.customer_id)).collect();
            match self.doubt(&persons) {
                None => used.push(stretch),
                Some(doubt) => {
                    let customer_ids = stretch.iter().map(|point| point.customer_id.clone()).collect();
                    let point = Some((kind, value.clone()));
                    self.found.conflicts.push(Conflict { doubt, point, customer_ids });
                }
            }
        }
        used
    }

    /// Why persons, by main id, cannot be one.
    fn doubt(&self, persons: &BTreeSet<&str>) -> Option<Doubt> {
        let ids: Vec<(&str, &str)> = persons
            .iter()
            .flat_map(|&main| self.links.person(main).into_iter().map(move |id| (main, id)))
            .collect();
        if ids.len() > GROUP_IDS_MAX {
            return Some(Doubt::TooMany);
        }
        let mut doubt = None;
        for (place, (main, id)) in ids.iter().enumerate() {
            for (_, other) in ids[..place].iter().filter(|(others, _)| others != main) {
                let days = (self.birthdays.get(*id), self.birthdays.get(*other));
                if let (Some(one), Some(other)) = days
                    && differ(one, other)
                {
                    return Some(Doubt::Birthdays);
                }
                if self.links.are_apart(id, other) {
                    doubt = Some(Doubt::Unlinked);
                }
            }
        }
        doubt
    }

    /// Persons that the evidence joins: the main id of each group and its stretches.
    fn groups(&self, used: &[Stretch<'a>]) -> Vec<(&'a str, Vec<Stretch<'a>>)> {
        let mut parents: Vec<usize> = Vec::new();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for stretch in used {
            let mut first = None;
            for point in *stretch {
                let number = *numbers.entry(self.main(&point.customer_id)).or_insert_with(|| {
                    parents.push(parents.len());
                    parents.len() - 1
                });
                let root = root_of(&mut parents, number);
                let first = *first.get_or_insert(root);
                parents[root] = root_of(&mut parents, first);
            }
        }
        // The earliest import that brought a contact of a main id, found in one pass over all points.
        let mut since: BTreeMap<&str, i64> = numbers.keys().map(|&main| (main, i64::MAX)).collect();
        for point in self.points {
            if let Some(import) = since.get_mut(point.customer_id.as_str()) {
                *import = point.import.min(*import);
            }
        }
        let mut mains: BTreeMap<usize, (i64, &'a str)> = BTreeMap::new();
        let mut stretches: BTreeMap<usize, Vec<Stretch<'a>>> = BTreeMap::new();
        for stretch in used {
            for point in *stretch {
                let main = self.main(&point.customer_id);
                let rank = (since[main], main);
                let kept = mains.entry(root_of(&mut parents, numbers[main])).or_insert(rank);
                *kept = rank.min(*kept);
            }
            let root = root_of(&mut parents, numbers[self.main(&stretch[0].customer_id)]);
            stretches.entry(root).or_default().push(stretch);
        }
        stretches.into_iter().map(|(root, stretches)| (mains[&root].1, stretches)).collect()
    }

    /// Proposes a group, or notes why not.
    fn settle(&mut self, main: &'a str, stretches: &[Stretch<'a>]) {
        let points = || stretches.iter().flat_map(|stretch| stretch.iter());
        let persons: BTreeSet<&str> = points().map(|point| self.main(&point.customer_id)).collect();
        if let Some(doubt) = self.doubt(&persons) {
            let ids: BTreeSet<&String> = points().map(|point| &point.customer_id).collect();
            let customer_ids = ids.into_iter().cloned().collect();
            self.found.conflicts.push(Conflict { doubt, point: None, customer_ids });
            return;
        }
        // The person grows from its main id, contact by contact.
        let mut joined = BTreeSet::from([main]);
        while joined.len() < persons.len() {
            let before = joined.len();
            for stretch in stretches {
                let known = stretch.iter().find(|point| joined.contains(self.main(&point.customer_id)));
                let Some(known) = known else { continue };
                for point in *stretch {
                    if joined.insert(self.main(&point.customer_id)) {
                        self.found.proposals.push(proposal(point, known, main));
                    }
                }
            }
            debug_assert!(joined.len() > before, "a group holds together");
            if joined.len() == before {
                return;
            }
        }
    }
}

fn proposal(point: &Point, known: &Point, main: &str) -> Proposal {
    let link = NewEntry {
        customer_id: point.customer_id.clone(),
        main_id: Some(known.customer_id.clone()),
        why: point.kind.why(),
        rests_on: Some((point.import, known.import)),
    };
    Proposal { link, main_id: main.to_owned(), point: (point.kind, point.value.clone()) }
}

/// The root of a tree of numbers, with the way to it made shorter.
fn root_of(parents: &mut [usize], mut number: usize) -> usize {
    while parents[number] != number {
        parents[number] = parents[parents[number]];
        number = parents[number];
    }
    number
}
