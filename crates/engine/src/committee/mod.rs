//! People inside customers that are companies, and the typical buying committee: which positions
//! companies have among those we know, how much they say, what they want.
//!
//! Companies of whom no person is known say nothing of a committee and are counted apart.

use crate::facts::events::Events;
use crate::facts::events::deal::{Outcome, outcome};
use crate::facts::set::{FactError, FactSet};
use crate::facts::{bucket, bucket::BUCKETS};
use crate::import::names::fold;
use crate::import::phrases::{Phrase, tokens};
use arrow_array::Array;
use model::base::FactKind;
use model::calendar::AsOf;
use model::criteria::{Interval, share};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Motives and interests of a position that are shown, the commonest first.
const MOTIVES_SHOWN: usize = 3;
/// What parts several motives in one cell.
const BETWEEN: [char; 3] = [',', ';', '|'];

/// Somebody inside a company, as facts know them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub source: String,
    pub id: String,
    pub role: Option<String>,
    pub position: Option<String>,
    /// In 1/10 000.
    pub influence: Option<i64>,
    pub work_motives: Option<String>,
    pub personal_motives: Option<String>,
    pub interest: Option<String>,
    pub decision_part: Option<String>,
    pub attitude: Option<String>,
}

/// By what people are told apart in a committee.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seat {
    /// Their position, under one name in all languages; where it is not known their role.
    #[default]
    Position,
    /// Their role in buying as it was typed.
    Role,
    /// Their part in the decision as it was typed.
    DecisionPart,
}

#[derive(Deserialize)]
struct Listed {
    position: Vec<Position>,
}

#[derive(Deserialize)]
struct Position {
    name: String,
    phrases: Vec<String>,
}

static POSITIONS: LazyLock<Vec<(String, Vec<Phrase>)>> = LazyLock::new(|| {
    let listed: Listed =
        toml::from_str(include_str!("roles.toml")).expect("the shipped list is tested to parse");
    let read = |one: Position| {
        (one.name, one.phrases.iter().filter_map(|text| Phrase::read(text)).collect::<Vec<_>>())
    };
    listed.position.into_iter().map(read).collect()
});

/// The name under which a position is counted: that of the list, else the position itself, folded.
pub fn position_name(position: &str) -> String {
    let words = tokens(position);
    let fits = |phrases: &[Phrase]| phrases.iter().any(|phrase| phrase.places(&words).next().is_some());
    let listed = POSITIONS.iter().find(|(_, phrases)| fits(phrases));
    listed.map_or_else(|| fold(position), |(name, _)| name.clone())
}

impl Person {
    fn of(contacts: &Events, row: usize) -> Person {
        let text = |column: &str| {
            let texts = contacts.texts(column);
            texts.is_valid(row).then(|| texts.value(row).to_owned())
        };
        let influence = contacts.exact("influence");
        Person {
            source: contacts.source(row).to_owned(),
            id: contacts.id(row).to_owned(),
            role: text("role"),
            position: text("position"),
            influence: influence.is_valid(row).then(|| influence.value(row)),
            work_motives: text("work_motives"),
            personal_motives: text("personal_motives"),
            interest: text("interest"),
            decision_part: text("decision_part"),
            attitude: text("attitude"),
        }
    }

    /// The seat they have in a committee; `None` where nothing says so.
    pub fn seat(&self, by: Seat) -> Option<String> {
        match by {
            Seat::Position => self.position.as_deref().map(position_name).or(self.role.as_deref().map(fold)),
            Seat::Role => self.role.as_deref().map(fold),
            Seat::DecisionPart => self.decision_part.as_deref().map(fold),
        }
    }
}

/// The people of a company known as of a moment, in the order of the facts.
///
/// # Errors
/// A file of the base cannot be read.
pub fn people_of(facts: &FactSet, company: &str, as_of: AsOf) -> Result<Vec<Person>, FactError> {
    let mut found = Vec::new();
    each_company(facts, bucket::bucket_of(company), as_of, &mut |id, people| {
        if id == company {
            found = people;
        }
    })?;
    Ok(found)
}

/// The people of every company, by company.
///
/// # Errors
/// A file of the base cannot be read.
pub fn everybody(facts: &FactSet, as_of: AsOf) -> Result<BTreeMap<String, Vec<Person>>, FactError> {
    let mut all = BTreeMap::new();
    for bucket in 0..BUCKETS {
        each_company(facts, bucket, as_of, &mut |id, people| {
            all.insert(id.to_owned(), people);
        })?;
    }
    Ok(all)
}

fn each_company(
    facts: &FactSet,
    bucket: usize,
    as_of: AsOf,
    each: &mut dyn FnMut(&str, Vec<Person>),
) -> Result<(), FactError> {
    let contacts = facts.events(FactKind::Contacts, bucket)?;
    let mut row = 0;
    while row < contacts.len() {
        let end = contacts.customer_end(row);
        let known = contacts.up_to(row..end, as_of);
        if let (Some(company), false) = (contacts.customer(row), known.is_empty()) {
            each(company, known.map(|row| Person::of(&contacts, row)).collect());
        }
        row = end;
    }
    Ok(())
}

/// The committees of the companies with a won deal, and of those with an open one, as of a moment.
///
/// # Errors
/// A file of the base cannot be read.
pub fn of_deals(facts: &FactSet, by: Seat, as_of: AsOf) -> Result<(Group, Group), FactError> {
    let (mut won, mut open) = (BTreeSet::new(), BTreeSet::new());
    for bucket in 0..BUCKETS {
        let deals = facts.events(FactKind::Deals, bucket)?;
        for row in (0..deals.len()).filter(|&row| deals.day(row).is_none_or(|day| day <= as_of.0)) {
            let companies = match outcome(&deals, row, as_of) {
                Outcome::Won => &mut won,
                Outcome::Open => &mut open,
                Outcome::Lost => continue,
            };
            companies.extend(deals.customer(row).map(str::to_owned));
        }
    }
    let people = everybody(facts, as_of)?;
    Ok((Group::of(&won, &people, by), Group::of(&open, &people, by)))
}

/// The committee of each segment beside those of all other segments, in the order of `segments`, each with
/// the ids of its customers.
pub fn of_segments(
    segments: &[Vec<String>],
    people: &BTreeMap<String, Vec<Person>>,
    by: Seat,
) -> Vec<(Group, Vec<Chair>)> {
    let each = segments.iter().enumerate().map(|(place, own)| {
        let others = segments.iter().enumerate().filter(|(other, _)| *other != place);
        let group = Group::of(own, people, by);
        let chairs = match group.companies {
            0 => Vec::new(),
            _ => chairs(&group, &Group::of(others.flat_map(|(_, ids)| ids), people, by)),
        };
        (group, chairs)
    });
    each.collect()
}

/// How many of some companies have a seat filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Companies of whom people are known.
    pub companies: u64,
    /// Companies of whom nobody is.
    pub unknown: u64,
    seats: BTreeMap<String, Filled>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Filled {
    companies: u64,
    people: u64,
    influences: Vec<i64>,
    work: BTreeMap<String, u64>,
    personal: BTreeMap<String, u64>,
    interests: BTreeMap<String, u64>,
}

impl Group {
    /// Adds up the companies of a list.
    pub fn of<'a>(
        companies: impl IntoIterator<Item = &'a String>,
        people: &BTreeMap<String, Vec<Person>>,
        by: Seat,
    ) -> Group {
        let mut group = Group::default();
        for company in companies {
            match people.get(company) {
                Some(people) => group.add(people, by),
                None => group.unknown += 1,
            }
        }
        group
    }

    fn add(&mut self, people: &[Person], by: Seat) {
        self.companies += 1;
        let mut counted = BTreeSet::new();
        for person in people {
            let Some(seat) = person.seat(by) else { continue };
            let filled = self.seats.entry(seat.clone()).or_default();
            filled.people += 1;
            filled.companies += u64::from(counted.insert(seat));
            filled.influences.extend(person.influence);
            count(&mut filled.work, person.work_motives.as_deref());
            count(&mut filled.personal, person.personal_motives.as_deref());
            count(&mut filled.interests, person.interest.as_deref());
        }
    }

    fn share(&self, seat: &str) -> (u64, Option<Interval>) {
        let count = self.seats.get(seat).map_or(0, |filled| filled.companies);
        (count, (self.companies > 0).then(|| share(count, self.companies)))
    }
}

fn count(counts: &mut BTreeMap<String, u64>, said: Option<&str>) {
    for one in said.into_iter().flat_map(|said| said.split(BETWEEN)).map(fold).filter(|one| !one.is_empty()) {
        *counts.entry(one).or_default() += 1;
    }
}

fn commonest(counts: &BTreeMap<String, u64>) -> Vec<String> {
    let mut listed: Vec<(&String, &u64)> = counts.iter().collect();
    listed.sort_by_key(|&(name, count)| (std::cmp::Reverse(*count), name));
    listed.into_iter().take(MOTIVES_SHOWN).map(|(name, _)| name.clone()).collect()
}

/// One seat of the typical committee, and how it is filled in the companies it is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chair {
    pub seat: String,
    /// Companies of the group that have somebody there, and the share of those with known people.
    pub companies: u64,
    pub share: Option<Interval>,
    /// The same of the companies it is compared with.
    pub others: u64,
    pub others_share: Option<Interval>,
    /// The two intervals are apart, and the others have fewer.
    pub is_missing: bool,
    /// Median influence, mean of the two middle ones, in 1/10 000.
    pub influence: Option<i64>,
    pub work_motives: Vec<String>,
    pub personal_motives: Vec<String>,
    pub interests: Vec<String>,
}

/// The seats of a group's committees, the most frequent first, beside another group's.
pub fn chairs(group: &Group, others: &Group) -> Vec<Chair> {
    let empty = Filled::default();
    let seats: BTreeSet<&String> = group.seats.keys().chain(others.seats.keys()).collect();
    let mut chairs: Vec<Chair> = seats
        .into_iter()
        .map(|seat| {
            let ((companies, share), (other, others_share)) = (group.share(seat), others.share(seat));
            let filled = group.seats.get(seat).unwrap_or(&empty);
            let apart = share.zip(others_share).is_some_and(|(own, other)| other.high < own.low);
            Chair {
                seat: seat.clone(),
                companies,
                share,
                others: other,
                others_share,
                is_missing: apart,
                influence: median(&filled.influences),
                work_motives: commonest(&filled.work),
                personal_motives: commonest(&filled.personal),
                interests: commonest(&filled.interests),
            }
        })
        .collect();
    chairs.sort_by(|a, b| (b.companies, &a.seat).cmp(&(a.companies, &b.seat)));
    chairs
}

fn median(values: &[i64]) -> Option<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some(sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2),
    }
}

/// For each company the seats that at least this share of a group's companies have and it has not.
/// Companies of whom nobody is known are left out.
pub fn missing<'a>(
    companies: impl IntoIterator<Item = &'a String>,
    people: &BTreeMap<String, Vec<Person>>,
    by: Seat,
    typical: &Group,
    least: f64,
) -> Vec<(String, Vec<String>)> {
    let wanted: Vec<&String> = typical
        .seats
        .keys()
        .filter(|seat| typical.share(seat).1.is_some_and(|share| share.value >= least))
        .collect();
    let of = |company: &String| -> Option<(String, Vec<String>)> {
        let own: BTreeSet<String> =
            people.get(company)?.iter().filter_map(|person| person.seat(by)).collect();
        let gone: Vec<String> =
            wanted.iter().filter(|seat| !own.contains(**seat)).map(|&seat| seat.clone()).collect();
        (!gone.is_empty()).then(|| (company.clone(), gone))
    };
    companies.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(position: &str, influence: i64, work: &str) -> Person {
        Person {
            position: Some(position.into()),
            influence: Some(influence),
            work_motives: Some(work.into()),
            ..Person::default()
        }
    }

    #[test]
    fn positions_have_one_name_in_all_languages() {
        for (typed, name) in [
            ("CFO", "financial director"),
            ("Финансовый директор", "financial director"),
            ("Finanšu direktors", "financial director"),
            ("Генеральный директор", "director"),
            ("Chief Executive Officer", "director"),
            ("Cap de compres", "head of purchasing"),
            ("Менеджер по закупкам", "buyer"),
            ("Главный бухгалтер", "accountant"),
            ("Парикмахер", "парикмахер"),
        ] {
            assert_eq!(position_name(typed), name, "{typed}");
        }
        assert!(POSITIONS.iter().all(|(_, phrases)| phrases.len() > 5));
    }

    #[test]
    fn a_committee_is_added_up_by_hand() {
        let company = |index: usize| format!("c{index}");
        let mut people = BTreeMap::new();
        for index in 0..10 {
            let mut own = vec![person("Engineer", 20_000, "less work; quality")];
            if index < 8 {
                own.push(person("CFO", 80_000 + index as i64 * 10_000, "cost"));
                own.push(person("Finance manager", 60_000, "Cost, risk"));
            }
            people.insert(company(index), own);
        }
        for index in 10..30 {
            people.insert(company(index), vec![person("engineer", 10_000, "")]);
        }
        let won: Vec<String> = (0..10).map(company).chain(["nobody".to_owned()]).collect();
        let open: Vec<String> = (10..30).map(company).collect();
        let by = Seat::Position;
        let (typical, others) = (Group::of(&won, &people, by), Group::of(&open, &people, by));
        assert_eq!((typical.companies, typical.unknown, others.companies), (10, 1, 20));
        let chairs = chairs(&typical, &others);
        let engineer = &chairs[0];
        assert_eq!((engineer.seat.as_str(), engineer.companies, engineer.others), ("engineer", 10, 20));
        assert!(!engineer.is_missing);
        assert_eq!(engineer.work_motives, ["less work", "quality"]);
        let finance = &chairs[1];
        assert_eq!((finance.seat.as_str(), finance.companies, finance.others), ("financial director", 8, 0));
        assert!(finance.is_missing);
        // Of 80 000 to 150 000 and eight times 60 000.
        assert_eq!(finance.influence, Some(70_000));
        assert_eq!(finance.work_motives, ["cost", "risk"]);
        let gone = missing(&open, &people, by, &typical, 0.5);
        assert_eq!(gone.len(), 20);
        assert!(gone.iter().all(|(_, seats)| *seats == ["financial director"]));
        assert!(missing(&open, &people, by, &typical, 0.9).is_empty());
    }
}
