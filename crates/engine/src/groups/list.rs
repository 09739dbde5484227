//! The listing: every attribute and feature with its group, how many have it, and its values.

use super::{Group, KNOWN, Known, Nest, Of, known_by};
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use crate::features::list::Unit;
use crate::features::{FEATURES, Features};
use arrow_array::Array;
use hashbrown::{HashMap, HashSet};
use model::base::FactKind;
use model::money::{Money, SCALE};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Values of one attribute that are told apart; beyond, their number is not known.
const DISTINCT_MAX: usize = 10_000;
/// Values that are shown, the commonest first.
const SHOWN: usize = 3;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Attribute,
    Feature,
    /// A field of the state, such as the birthday.
    State,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Attribute => "attribute",
            Kind::Feature => "feature",
            Kind::State => "state",
        }
    }
}

/// An attribute or feature of the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub group: Group,
    pub nest: Option<Nest>,
    pub name: String,
    pub kind: Kind,
    /// Customers of whom it is known.
    pub known: u64,
    /// Different values; `None` where there are too many to tell apart.
    pub distinct: Option<u64>,
    /// The commonest values with their customers; of numbers none.
    pub commonest: Vec<(String, u64)>,
    /// The median of numbers, as it is shown.
    pub median: Option<String>,
    /// A person has said its group.
    pub by_hand: bool,
}

/// Something that is wanted for segments and that the base does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub group: Group,
    pub nest: Nest,
    pub name: String,
    /// What to import or ask to know it.
    pub get: String,
}

/// What the base knows, and what it does not.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    pub customers: u64,
    /// By group, then those of whom most is known first.
    pub entries: Vec<Entry>,
    pub missing: Vec<Missing>,
}

/// Lists what the base knows. `features` are those of all customers, `state` fields of the state with
/// the number of customers that have them, `by_hand` the groups that people have put attributes in.
/// `companies` says whether customers are companies, which decides what is missing.
///
/// # Errors
/// A file of the base cannot be read.
pub fn list(
    facts: &FactSet,
    features: &[Features],
    state: &BTreeMap<String, u64>,
    by_hand: &BTreeMap<String, Group>,
    companies: bool,
) -> Result<Listing, FactError> {
    let customers = features.iter().map(|bucket| bucket.len() as u64).sum();
    let mut entries: Vec<Entry> = attributes(facts, features)?;
    entries.extend(FEATURES.iter().filter_map(|feature| of_feature(feature.name, feature.unit, features)));
    entries.extend(state.iter().filter(|(_, known)| **known > 0).map(|(name, &known)| {
        let mut entry = Entry::new(name, Kind::State);
        (entry.known, entry.distinct) = (known, None);
        entry
    }));
    for entry in &mut entries {
        if let Some(&group) = by_hand.get(&entry.name) {
            (entry.group, entry.by_hand) = (group, true);
        }
    }
    let missing = missing(facts, &entries, companies);
    entries.sort_by(|a, b| {
        let place = |entry: &Entry| (entry.group, Reverse(entry.known), entry.kind);
        place(a).cmp(&place(b)).then_with(|| a.name.cmp(&b.name))
    });
    Ok(Listing { customers, entries, missing })
}

impl Entry {
    fn new(name: &str, kind: Kind) -> Entry {
        let known = known_by(name).filter(|_| kind != Kind::Feature);
        let (group, nest) = match kind {
            Kind::Feature => (Group::Behavioural, Some(nest_of_feature(name))),
            _ => (known.map_or(Group::Unsorted, |known| known.group), known.map(|known| known.nest)),
        };
        let (commonest, median) = (Vec::new(), None);
        let name = name.to_owned();
        Entry { group, nest, name, kind, known: 0, distinct: Some(0), commonest, median, by_hand: false }
    }
}

/// Features are what customers do: how they buy, how they came to it, and what stands open now.
fn nest_of_feature(name: &str) -> Nest {
    let begins = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    match () {
        () if begins(&["occasion", "open_deals", "readiness", "prospect", "refusal", "last_touch"]) => {
            Nest::Situation
        }
        () if begins(&["favourite", "first_source", "discount", "online", "leads", "deals", "won_deals"]) => {
            Nest::Purchasing
        }
        () => Nest::Operation,
    }
}

/// The values of one attribute while they are counted.
#[derive(Default)]
struct Counted {
    known: u64,
    values: HashMap<String, u64>,
    /// There were more values than are told apart.
    too_many: bool,
}

impl Counted {
    fn add(&mut self, value: &str) {
        self.known += 1;
        if let Some(count) = self.values.get_mut(value) {
            *count += 1;
        } else if self.values.len() < DISTINCT_MAX {
            self.values.insert(value.to_owned(), 1);
        } else {
            self.too_many = true;
        }
    }
}

fn attributes(facts: &FactSet, features: &[Features]) -> Result<Vec<Entry>, FactError> {
    let mut counted: BTreeMap<String, Counted> = BTreeMap::new();
    if facts.has_attributes() {
        for bucket in 0..BUCKETS {
            let ids: HashSet<&str> = features
                .get(bucket)
                .into_iter()
                .flat_map(|one| one.customer_ids().iter().flatten())
                .collect();
            for row in facts.attributes(bucket)?.iter() {
                let Some(value) = row.value.filter(|_| ids.contains(row.customer_id)) else {
                    continue;
                };
                if !counted.contains_key(row.attribute) {
                    counted.insert(row.attribute.to_owned(), Counted::default());
                }
                counted.get_mut(row.attribute).into_iter().for_each(|one| one.add(value));
            }
        }
    }
    let entry = |(name, one): (String, Counted)| {
        let mut entry = Entry::new(&name, Kind::Attribute);
        entry.known = one.known;
        entry.distinct = (!one.too_many).then_some(one.values.len() as u64);
        entry.commonest = commonest(one.values);
        entry
    };
    Ok(counted.into_iter().filter(|(name, _)| !name.is_empty()).map(entry).collect())
}

fn commonest(values: HashMap<String, u64>) -> Vec<(String, u64)> {
    let mut values: Vec<(String, u64)> = values.into_iter().collect();
    values.sort_by(|(a, count), (b, other)| other.cmp(count).then_with(|| a.cmp(b)));
    values.truncate(SHOWN);
    values
}

/// A feature that is known of somebody.
fn of_feature(name: &str, unit: Unit, features: &[Features]) -> Option<Entry> {
    let mut entry = Entry::new(name, Kind::Feature);
    let column =
        |bucket: &Features| bucket.column(name).map(|column| (column.len() - column.null_count()) as u64);
    entry.known = features.iter().filter_map(column).sum();
    if entry.known == 0 {
        return None;
    }
    if unit == Unit::Text {
        let mut values: HashMap<String, u64> = HashMap::new();
        for bucket in features {
            for text in (0..bucket.len()).filter_map(|row| bucket.text(name, row)) {
                *values.entry_ref(text).or_default() += 1;
            }
        }
        entry.distinct = Some(values.len() as u64);
        entry.commonest = commonest(values);
        return Some(entry);
    }
    let mut numbers: Vec<f64> = Vec::with_capacity(entry.known as usize);
    for bucket in features.iter().filter(|bucket| bucket.column(name).is_some()) {
        match unit {
            Unit::Count => numbers.extend(bucket.counts(name).iter().flatten().map(|value| value as f64)),
            Unit::Money | Unit::Quantity => {
                numbers.extend(bucket.exact(name).iter().flatten().map(|value| value as f64));
            }
            Unit::Number => numbers.extend(bucket.numbers(name).iter().flatten()),
            Unit::Day => numbers.extend(bucket.days(name).iter().flatten().map(f64::from)),
            Unit::Text => {}
        }
    }
    numbers.sort_by(f64::total_cmp);
    let median = numbers[(numbers.len() - 1) / 2];
    entry.median = Some(shown(median, unit));
    numbers.dedup();
    entry.distinct = Some(numbers.len() as u64);
    Some(entry)
}

/// A value of a feature as it is shown.
fn shown(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Money | Unit::Quantity => Money(value as i64).to_string(),
        Unit::Day => model::calendar::Day(value as i32).to_string(),
        Unit::Count => (value as i64).to_string(),
        Unit::Number | Unit::Text => {
            let rounded = (value * SCALE as f64).round() / SCALE as f64;
            rounded.to_string()
        }
    }
}

/// What is wanted and not there.
fn missing(facts: &FactSet, entries: &[Entry], companies: bool) -> Vec<Missing> {
    let wanted = |known: &&Known| match known.of {
        Of::Both => true,
        Of::Person => !companies,
        Of::Company => companies,
        Of::None => false,
    };
    let there = |known: &Known| {
        let by_name = |entry: &Entry| {
            entry.kind != Kind::Feature && known_by(&entry.name).is_some_and(|of| of.name == known.name)
        };
        let by_other = |entry: &Entry| entry.kind != Kind::Attribute && known.by.contains(&entry.name);
        let facts_of = |name: &str, kind| known.by.iter().any(|by| by == name) && facts.has_events(kind);
        entries.iter().any(|entry| by_name(entry) || by_other(entry))
            || facts_of("contacts", FactKind::Contacts)
            || facts_of("touches", FactKind::Touches)
    };
    let mut missing: Vec<Missing> = KNOWN
        .iter()
        .filter(wanted)
        .filter(|known| !there(known))
        .map(|known| Missing {
            group: known.group,
            nest: known.nest,
            name: known.name.clone(),
            get: known.get.clone(),
        })
        .collect();
    missing.sort_by(|a, b| (a.group, a.nest, &a.name).cmp(&(b.group, b.nest, &b.name)));
    missing
}
