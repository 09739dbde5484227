//! Populations beside the base: the share of each value of each attribute here and there.

use anyhow::{Result, bail};
use engine::facts::FactSet;
use engine::facts::bucket::BUCKETS;
use engine::facts::populations::Population;
use engine::facts::regions::fold;
use engine::import::names::did_you_mean;
use engine::market::{Counts, Cut};
use engine::scan::{Need, visit_customers};
use model::calendar::{AsOf, Day};
use model::criteria::{Interval, difference};
use model::money::SCALE;
use std::collections::{BTreeMap, BTreeSet, HashSet};

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
    let chosen = chosen(facts, name)?;
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

/// The populations that are asked for: one by name, or all.
///
/// # Errors
/// There is none, or none of this name.
pub(super) fn chosen<'a>(facts: &'a FactSet, name: Option<&str>) -> Result<Vec<(&'a str, &'a Population)>> {
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
    Ok(known.into_iter().filter(|(known, _)| name.is_none_or(|name| name == *known)).collect())
}

/// What customers say of the attributes that are looked at. Attributes have no history: of who was
/// known by a day, the newest value counts.
fn own(facts: &FactSet, wanted: &BTreeSet<String>, as_of: Option<Day>) -> Result<Own> {
    let mut own = Own::new();
    for bucket in 0..BUCKETS {
        let known = as_of.map(|day| known_by(facts, bucket, day)).transpose()?;
        for row in facts.attributes(bucket)?.iter() {
            let (attribute, Some(value)) = (fold(row.attribute), row.value) else { continue };
            let counts = known.as_ref().is_none_or(|known| known.contains(row.customer_id));
            if counts && wanted.contains(&attribute) {
                let values = own.entry(attribute).or_default();
                let known = values.entry(fold(value)).or_insert_with(|| (value.to_owned(), 0));
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
    let cut = Cut::of(&attribute, here, &there);
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
