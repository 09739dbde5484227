//! A population beside the base, customer by customer: which group of each attribute each is in.

use super::cut::{Counts, Cut, Range, shown};
use crate::facts::populations::Population;
use crate::facts::regions::fold;
use crate::features::list::{self, Unit};
use crate::features::{Features, Question};
use crate::segmentations::attributes::age;
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use model::calendar::AsOf;
use model::money::SCALE;
use std::collections::{BTreeMap, HashMap};

/// The attribute that is counted from days or years of birth where nobody has it.
pub(super) const AGE: &str = "age";
/// What it is counted from.
pub(super) const BORN: [&str; 2] = ["birthday", "birth_year"];
/// Group of who has no value.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// One attribute that the population knows, on both sides.
#[derive(Clone, Debug)]
pub struct Aspect {
    /// As the population names it.
    pub attribute: String,
    /// What the base has under this name, capitals aside: attributes, or a feature. None: nothing.
    pub columns: Vec<String>,
    pub cut: Cut,
    pub groups: Vec<Group>,
    /// By bucket, then by customer: the group, or [`UNKNOWN`].
    pub(super) codes: Vec<Vec<u32>>,
    keys: BTreeMap<String, u32>,
    pub(super) as_of: AsOf,
}

/// A value of an attribute, or several that are one for comparing.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub name: String,
    /// People of the population.
    pub people: u64,
    pub(super) range: Option<Range>,
    /// How customers' values are written, capitals aside.
    pub(super) spellings: BTreeMap<String, String>,
}

/// A population beside the customers of some buckets of features.
#[derive(Clone, Debug)]
pub struct Sides {
    pub population: String,
    pub aspects: Vec<Aspect>,
    /// Customers of each bucket.
    pub(super) sizes: Vec<usize>,
    /// Groups by aspect that people have together, and how many, in 1/10 000.
    pub(super) combinations: Vec<(Vec<u32>, i64)>,
}

/// The columns of the base that a population's attributes are compared with: attributes of the same name,
/// capitals and blanks aside; where there is none, a feature of it; for ages days and years of birth.
pub fn columns_of(population: &Population, attributes: &[String]) -> BTreeMap<String, Vec<String>> {
    let own = |attribute: &str| -> Vec<String> {
        let folded = fold(attribute);
        let same: Vec<String> = attributes.iter().filter(|name| fold(name) == folded).cloned().collect();
        if same.is_empty() && folded == AGE {
            return BORN
                .iter()
                .filter(|name| attributes.iter().any(|one| one == *name))
                .map(|name| (*name).to_owned())
                .collect();
        }
        let feature = list::find(&folded).filter(|feature| is_compared(feature.unit));
        match feature.filter(|_| same.is_empty()) {
            Some(feature) => vec![feature.name.to_owned()],
            None => same,
        }
    };
    population.attributes().into_iter().map(|name| (name.to_owned(), own(name))).collect()
}

/// Whether features of a unit are compared: those whose values can be read as text exactly.
fn is_compared(unit: Unit) -> bool {
    matches!(unit, Unit::Text | Unit::Count | Unit::Money | Unit::Quantity)
}

/// Asks for the columns.
pub fn ask(columns: &BTreeMap<String, Vec<String>>, question: &mut Question) {
    for column in columns.values().flatten() {
        match list::find(column) {
            Some(_) => question.need(column),
            None => question.need_attribute(column),
        }
    }
}

impl Sides {
    /// Puts customers and people side by side; ages are those of the moment. Features must have been
    /// [asked](ask) for the columns.
    pub fn new(
        of: &str,
        population: &Population,
        columns: &BTreeMap<String, Vec<String>>,
        features: &[Features],
        as_of: AsOf,
    ) -> Sides {
        let aspect = |(attribute, columns): (&String, &Vec<String>)| {
            Aspect::new(attribute, columns.clone(), population, features, as_of)
        };
        let aspects: Vec<Aspect> = columns.iter().map(aspect).collect();
        let place_of: BTreeMap<&str, usize> =
            aspects.iter().enumerate().map(|(place, aspect)| (aspect.attribute.as_str(), place)).collect();
        let mut combinations: BTreeMap<Vec<u32>, i64> = BTreeMap::new();
        for (combination, count) in &population.counts {
            let mut groups = vec![UNKNOWN; aspects.len()];
            for (attribute, value) in combination {
                if let Some(&place) = place_of.get(attribute.as_str()) {
                    groups[place] = aspects[place].group_of(value).unwrap_or(UNKNOWN);
                }
            }
            let known = combinations.entry(groups).or_default();
            *known = known.saturating_add(*count);
        }
        let sizes = features.iter().map(Features::len).collect();
        Sides { population: of.to_owned(), aspects, sizes, combinations: combinations.into_iter().collect() }
    }

    /// The aspect and group of a value, whatever its capitals and however a band is written.
    pub fn find(&self, attribute: &str, value: &str) -> Option<(usize, usize)> {
        let folded = fold(attribute);
        let place = self.aspects.iter().position(|aspect| fold(&aspect.attribute) == folded)?;
        Some((place, self.aspects[place].group_of(value)? as usize))
    }

    /// How many of those who `within` names (all, where it names none) are in each group of an aspect.
    pub(super) fn customers(&self, aspect: usize, within: Option<&[Vec<bool>]>) -> Vec<u64> {
        let aspect = &self.aspects[aspect];
        let mut counts = vec![0; aspect.groups.len()];
        for (bucket, codes) in aspect.codes.iter().enumerate() {
            for (row, &code) in codes.iter().enumerate() {
                if code != UNKNOWN && within.is_none_or(|within| within[bucket][row]) {
                    counts[code as usize] += 1;
                }
            }
        }
        counts
    }
}

/// Half a person is no person: counts are whole where an interval is asked for.
pub(super) fn whole(count: i64) -> u64 {
    u64::try_from((count + SCALE / 2) / SCALE).unwrap_or(0)
}

/// Values by folded form in the order they were met: as written first, in how many ways, by how many.
#[derive(Default)]
struct Found {
    places: HashMap<String, u32>,
    values: Vec<(String, BTreeMap<String, String>, u64)>,
}

impl Found {
    fn place(&mut self, value: &str) -> u32 {
        let folded = fold(value);
        let next = self.values.len() as u32;
        let place = *self.places.entry(folded.clone()).or_insert(next);
        if place == next {
            self.values.push((folded, BTreeMap::new(), 0));
        }
        let spellings = &mut self.values[place as usize].1;
        let plain = value.to_lowercase();
        spellings.entry(plain).or_insert_with(|| value.to_owned());
        place
    }

    fn counts(&self) -> Counts {
        let one = |(folded, spellings, count): &(String, BTreeMap<String, String>, u64)| {
            let shown = spellings.values().next().cloned().unwrap_or_default();
            (folded.clone(), (shown, *count))
        };
        self.values.iter().map(one).collect()
    }
}

impl Aspect {
    fn new(
        attribute: &str,
        columns: Vec<String>,
        population: &Population,
        features: &[Features],
        as_of: AsOf,
    ) -> Aspect {
        let mut found = Found::default();
        let mut codes: Vec<Vec<u32>> =
            features.iter().map(|bucket| read(bucket, &columns, &mut found, as_of)).collect();
        for &code in codes.iter().flatten().filter(|code| **code != UNKNOWN) {
            found.values[code as usize].2 += 1;
        }
        let here = found.counts();
        let mut counted: BTreeMap<String, (String, i64)> = BTreeMap::new();
        for (value, count) in population.values(attribute) {
            let known = counted.entry(fold(value)).or_insert((value.to_owned(), 0));
            known.1 = known.1.saturating_add(count);
        }
        let there: Counts =
            counted.into_iter().map(|(folded, (value, count))| (folded, (value, whole(count)))).collect();
        let cut = Cut::of(attribute, &here, &there);
        let (keys, groups) = groups(&cut, &found, &here, &there);
        let to_group: Vec<u32> =
            found.values.iter().map(|(folded, ..)| keys[&cut.group(folded, &here[folded].0).0]).collect();
        for code in codes.iter_mut().flatten().filter(|code| **code != UNKNOWN) {
            *code = to_group[*code as usize];
        }
        Aspect { attribute: attribute.to_owned(), columns, cut, groups, codes, keys, as_of }
    }

    fn group_of(&self, value: &str) -> Option<u32> {
        self.keys.get(&self.cut.group(&fold(value), value).0).copied()
    }
}

/// Groups with those that the population has most of first, ties by name; bands and quantiles as they rise.
fn groups(cut: &Cut, found: &Found, here: &Counts, there: &Counts) -> (BTreeMap<String, u32>, Vec<Group>) {
    let mut all: BTreeMap<String, Group> = BTreeMap::new();
    let both = there.iter().map(|(folded, (value, count))| (folded, value, *count));
    for (folded, value, people) in both.chain(here.iter().map(|(folded, (value, _))| (folded, value, 0))) {
        let (key, name) = cut.group(folded, value);
        let range = cut.range(folded, value);
        let group = all.entry(key).or_insert(Group { name, people: 0, range, spellings: BTreeMap::new() });
        group.people = group.people.saturating_add(people);
    }
    for (folded, spellings, _) in &found.values {
        let (key, _) = cut.group(folded, &here[folded].0);
        if let Some(group) = all.get_mut(&key) {
            group.spellings.extend(spellings.clone());
        }
    }
    let mut ordered: Vec<(String, Group)> = all.into_iter().collect();
    if *cut == Cut::None {
        ordered.sort_by(|(_, a), (_, b)| b.people.cmp(&a.people).then_with(|| a.name.cmp(&b.name)));
    }
    let keys = ordered.iter().enumerate().map(|(place, (key, _))| (key.clone(), place as u32)).collect();
    (keys, ordered.into_iter().map(|(_, group)| group).collect())
}

/// The place of each customer's value among those found; of several columns the first that says one.
fn read(bucket: &Features, columns: &[String], found: &mut Found, as_of: AsOf) -> Vec<u32> {
    let mut codes = vec![UNKNOWN; bucket.len()];
    if are_of_birth(columns) {
        put(&mut codes, found, |row| age(as_of.0, bucket, row).map(|years| years.to_string()));
        return codes;
    }
    for column in columns.iter().rev() {
        match list::find(column).map(|feature| feature.unit) {
            None | Some(Unit::Text) => {
                let texts = bucket.attribute_column(column).or_else(|| bucket.column(column));
                let Some(texts) = texts else { continue };
                let texts = texts.as_dictionary::<Int32Type>();
                let values = texts.values().as_string::<i32>();
                let mut places = vec![None; values.len()];
                for (code, key) in codes.iter_mut().zip(texts.keys()) {
                    let Some(key) = key else { continue };
                    let key = key as usize;
                    *code = *places[key].get_or_insert_with(|| found.place(values.value(key)));
                }
            }
            Some(Unit::Count) => {
                let counts = bucket.counts(column);
                put(&mut codes, found, |row| counts.get(row).map(|count| count.to_string()));
            }
            Some(_) => {
                let exact = bucket.exact(column);
                put(&mut codes, found, |row| exact.get(row).map(shown));
            }
        }
    }
    codes
}

/// Whether columns say when somebody was born, so that ages are counted from them.
pub(super) fn are_of_birth(columns: &[String]) -> bool {
    !columns.is_empty() && columns.iter().all(|column| BORN.contains(&column.as_str()))
}

fn put(codes: &mut [u32], found: &mut Found, value: impl Fn(usize) -> Option<String>) {
    for (row, code) in codes.iter_mut().enumerate() {
        if let Some(value) = value(row) {
            *code = found.place(&value);
        }
    }
}
