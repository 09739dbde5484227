//! Populations beside the base: the share of each value of each attribute here and there.

use anyhow::{Result, bail};
use engine::facts::FactSet;
use engine::facts::bucket::BUCKETS;
use engine::facts::populations::Population;
use engine::facts::regions::fold;
use engine::import::names::did_you_mean;
use engine::scan::{Need, visit_customers};
use model::bands::{Band, number};
use model::calendar::{AsOf, Day};
use model::criteria::{Interval, difference};
use model::money::{Money, SCALE};
use model::quantiles::{ValueCounts, group_of};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Different numbers from which they are cut into groups.
const NUMBERS_MIN: usize = 10;
/// Groups of about equally many customers that numbers are cut into.
const GROUPS: u32 = 5;
/// The field whose digits are no number.
const CODE: &str = "zip";

/// One attribute of one population.
pub struct Compared {
    pub population: String,
    /// As the population names it.
    pub attribute: String,
    /// People of the population of whom it is known.
    pub people: u64,
    /// Customers of whom it is known.
    pub customers: u64,
    pub cut: Cut,
    pub values: Vec<Value>,
}

/// How numbers were put into groups, the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Values as they are.
    None,
    /// The bands that the population comes in, by their least number, with their names there.
    Bands(Vec<(Band, String)>),
    /// Rising quantiles of the customers' numbers, in 1/10 000.
    Quantiles(Vec<i64>),
}

/// One value beside the base's.
pub struct Value {
    pub value: String,
    pub people: u64,
    pub customers: u64,
    /// Share among customers less share in the population; none where one side knows nobody.
    pub difference: Option<Interval>,
}

impl Value {
    /// 100 where the share among customers is that of the population; none where nobody there has the
    /// value, so that no number says how much more it is.
    pub fn index(&self, of: &Compared) -> Option<f64> {
        let known = self.people > 0 && of.customers > 0;
        let share = |count: u64, of: u64| count as f64 / of as f64;
        known.then(|| 100.0 * share(self.customers, of.customers) / share(self.people, of.people))
    }
}

/// Customers by folded attribute and folded value: the value as it is written first, and how many.
type Own = BTreeMap<String, BTreeMap<String, (String, u64)>>;

/// Compares one population, or all, with the customers of the base: those known by the end of a day,
/// where one is named.
pub fn compare(facts: &FactSet, name: Option<&str>, as_of: Option<Day>) -> Result<Vec<Compared>> {
    let known: Vec<(&str, &Population)> = facts.populations.all().collect();
    if known.is_empty() {
        bail!(
            "there is no population; import one with `dolka import FILE --kind population --population NAME`"
        );
    }
    if let Some(name) = name.filter(|name| facts.populations.get(name).is_none()) {
        let near = did_you_mean(name, known.iter().map(|(name, _)| *name));
        bail!("there is no population `{name}`{near}");
    }
    let chosen: Vec<_> =
        known.into_iter().filter(|(known, _)| name.is_none_or(|name| name == *known)).collect();
    let wanted: BTreeSet<String> =
        chosen.iter().flat_map(|(_, population)| population.attributes()).map(fold).collect();
    let own = own(facts, &wanted, as_of)?;
    let compared = chosen.into_iter().flat_map(|(name, population)| {
        let attributes = population.attributes().into_iter().map(str::to_owned).collect::<Vec<_>>();
        let own = &own;
        attributes.into_iter().map(move |attribute| one(name, population, attribute, own))
    });
    Ok(compared.collect())
}

/// What customers say of the attributes that are looked at. Attributes have no history: of who was
/// known by a day, the newest value counts.
fn own(facts: &FactSet, wanted: &BTreeSet<String>, as_of: Option<Day>) -> Result<Own> {
    let mut own = Own::new();
    for bucket in 0..BUCKETS {
        let known = as_of.map(|day| known_by(facts, bucket, day)).transpose()?;
        for row in facts.attributes(bucket)? {
            let (attribute, Some(value)) = (fold(&row.attribute), row.value) else { continue };
            let counts = known.as_ref().is_none_or(|known| known.contains(&row.customer_id));
            if counts && wanted.contains(&attribute) {
                let values = own.entry(attribute).or_default();
                let known = values.entry(fold(&value)).or_insert((value, 0));
                known.1 += 1;
            }
        }
    }
    Ok(own)
}

/// The customers of a bucket that the base knew by the end of a day.
fn known_by(facts: &FactSet, bucket: usize, day: Day) -> Result<HashSet<String>> {
    let mut known = HashSet::new();
    visit_customers(facts, bucket, AsOf(day), Need::default(), &mut |customer| {
        known.insert(customer.id.to_owned());
    })?;
    Ok(known)
}

/// Values by their folded form: the value as it is written, and how many have it.
type Counts = BTreeMap<String, (String, u64)>;

/// How the numbers of both sides are cut: by the bands that a population comes in, else, where both
/// sides are numbers and there are many different ones, by quantiles of the customers.
fn cut(attribute: &str, here: &Counts, there: &Counts) -> Cut {
    let mut bands: Vec<(Band, String)> =
        there.values().filter_map(|(value, _)| Some((Band::read(value)?, value.clone()))).collect();
    // What begins with a nought is a code.
    let is_code =
        |value: &str| value.starts_with('0') && value[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_number = |counts: &Counts| counts.keys().all(|value| number(value).is_some() && !is_code(value));
    if !bands.is_empty() {
        bands.sort();
        let rest = |value: &String| Band::read(value).is_some() || number(value).is_some();
        return if there.keys().all(rest) { Cut::Bands(bands) } else { Cut::None };
    }
    let many = here.len().max(there.len()) >= NUMBERS_MIN;
    if !many || attribute == CODE || here.is_empty() || !is_number(here) || !is_number(there) {
        return Cut::None;
    }
    let numbers = here.iter().filter_map(|(value, (_, count))| Some((number(value)?, *count)));
    let all = numbers.flat_map(|(number, count)| std::iter::repeat_n(number, count as usize));
    let mut cuts = ValueCounts::of(all.collect()).cuts(GROUPS);
    cuts.dedup();
    Cut::Quantiles(cuts)
}

impl Cut {
    /// Where a value goes: what it is sorted by, and what it is called.
    fn group(&self, folded: &str, value: &str) -> (String, String) {
        let as_it_is = || (format!("~{folded}"), value.to_owned());
        let place = |place: usize, name: String| (format!("{place:06}"), name);
        match self {
            Cut::None => as_it_is(),
            Cut::Bands(bands) => {
                let same = bands.iter().position(|(_, name)| fold(name) == folded);
                let inside =
                    || bands.iter().position(|(band, _)| number(value).is_some_and(|n| band.holds(n)));
                same.or_else(inside).map_or_else(as_it_is, |at| place(at, bands[at].1.clone()))
            }
            Cut::Quantiles(cuts) => {
                let Some(number) = number(value) else { return as_it_is() };
                let group = group_of(number, cuts);
                let name = match (group.checked_sub(1).map(|before| cuts[before]), cuts.get(group)) {
                    (None, Some(to)) => format!("up to {}", shown(*to)),
                    (Some(from), Some(to)) => format!("above {} up to {}", shown(from), shown(*to)),
                    (Some(from), None) => format!("above {}", shown(from)),
                    (None, None) => "all".to_owned(),
                };
                place(group, name)
            }
        }
    }

    fn grouped(&self, counts: &Counts) -> Counts {
        let mut groups = Counts::new();
        for (folded, (value, count)) in counts {
            let (key, name) = self.group(folded, value);
            let known = groups.entry(key).or_insert((name, 0));
            known.1 = known.1.saturating_add(*count);
        }
        groups
    }
}

/// A number of 1/10 000 for people.
fn shown(number: i64) -> String {
    let text = Money(number).to_string();
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

fn one(name: &str, population: &Population, attribute: String, own: &Own) -> Compared {
    // Half a person is no person: counts are whole where an interval is asked for.
    let whole = |count: i64| u64::try_from((count + SCALE / 2) / SCALE).unwrap_or(0);
    let mut counted: BTreeMap<String, (String, i64)> = BTreeMap::new();
    for (value, count) in population.values(&attribute) {
        let known = counted.entry(fold(value)).or_insert((value.to_owned(), 0));
        known.1 = known.1.saturating_add(count);
    }
    let there: Counts =
        counted.into_iter().map(|(folded, (value, count))| (folded, (value, whole(count)))).collect();
    let nobody = BTreeMap::new();
    let here = own.get(&fold(&attribute)).unwrap_or(&nobody);
    let cut = cut(&attribute, here, &there);
    let (here, there) = (cut.grouped(here), cut.grouped(&there));
    let people: u64 = there.values().map(|(_, count)| count).sum();
    let customers: u64 = here.values().map(|(_, count)| count).sum();
    let keys: BTreeSet<&String> = there.keys().chain(here.keys()).collect();
    let mut values: Vec<Value> = keys
        .into_iter()
        .map(|key| {
            let (here, there) = (here.get(key), there.get(key));
            let value = there.map(|(value, _)| value).or(here.map(|(value, _)| value));
            let (count, other) = (here.map_or(0, |one| one.1), there.map_or(0, |one| one.1));
            Value {
                value: value.cloned().unwrap_or_default(),
                people: other,
                customers: count,
                difference: (customers > 0 && people > 0)
                    .then(|| difference(count, customers, other, people)),
            }
        })
        .collect();
    if cut == Cut::None {
        // The commonest there first; of those that are as common, in order of name.
        values.sort_by(|one, other| other.people.cmp(&one.people).then_with(|| one.value.cmp(&other.value)));
    }
    Compared { population: name.to_owned(), attribute, people, customers, cut, values }
}
