//! Value by value: the share here, the share there, and whether chance alone makes such a difference.

use super::cut::Cut;
use super::sides::{Sides, whole};
use model::comparison::Table;
use model::comparison::{balanced_v, holm, merged, shares_chance};
use model::criteria::{Interval, difference, ratio};

/// Customers and people who have a value, fewer of both together, tell nothing of it.
const TESTED_MIN: u64 = 10;

/// One attribute of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeDifference {
    /// Its place among the aspects.
    pub aspect: usize,
    /// As the population names it.
    pub attribute: String,
    /// Whether the base has anything of this name.
    pub is_known_here: bool,
    /// Customers looked at of whom it is known.
    pub customers: u64,
    /// People of the population of whom it is known.
    pub people: u64,
    pub cut: Cut,
    /// Cramér's V of side and value, both sides weighing the same, corrected for bias.
    pub v: f64,
    /// Pearson's p-value, rare values put together, adjusted over the attributes (Holm).
    pub p: f64,
    pub values: Vec<ValueDifference>,
}

/// One value of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueDifference {
    /// Its place among the groups of the aspect.
    pub group: usize,
    pub value: String,
    pub customers: u64,
    pub people: u64,
    /// Share among customers less share in the population; `None` where a side knows nobody.
    pub difference: Option<Interval>,
    /// Share among customers over share in the population, 100 where they are the same; `None` where
    /// nobody there has the value.
    pub index: Option<Interval>,
    /// The chance of a difference so large where there is none, adjusted over all values of the
    /// population that were tested (Holm); `None` where fewer than ten of both sides have it.
    pub p: Option<f64>,
}

impl AttributeDifference {
    /// Values that only customers have.
    pub fn only_here(&self) -> impl Iterator<Item = &ValueDifference> {
        self.values.iter().filter(|value| value.people == 0)
    }

    /// Values that only the population has.
    pub fn only_there(&self) -> impl Iterator<Item = &ValueDifference> {
        self.values.iter().filter(|value| value.customers == 0)
    }
}

/// An index of 100 where both shares are the same.
pub(super) fn index(customers: u64, of: u64, people: u64, of_people: u64) -> Option<Interval> {
    let known = of > 0 && of_people > 0;
    let found = known.then(|| ratio(customers, of, people, of_people)).flatten()?;
    Some(Interval { value: found.value * 100.0, low: found.low * 100.0, high: found.high * 100.0 })
}

/// Every attribute that the population knows, those that differ most first, ties by name. Of the customers
/// those count whom `within` names, bucket by bucket; `None`: all.
pub fn differences(sides: &Sides, within: Option<&[Vec<bool>]>) -> Vec<AttributeDifference> {
    let mut all: Vec<AttributeDifference> =
        (0..sides.aspects.len()).map(|aspect| one(sides, aspect, within)).collect();
    let tested = |one: &AttributeDifference| one.customers > 0 && one.people > 0;
    let chances: Vec<f64> = all.iter().filter(|one| tested(one)).map(|one| one.p).collect();
    let mut adjusted = holm(&chances).into_iter();
    for one in all.iter_mut().filter(|one| tested(one)) {
        one.p = adjusted.next().unwrap_or(1.0);
    }
    let values = || all.iter().flat_map(|one| &one.values);
    let chances: Vec<f64> = values().filter_map(|value| value.p).collect();
    let mut adjusted = holm(&chances).into_iter();
    for p in all.iter_mut().flat_map(|one| &mut one.values).filter_map(|value| value.p.as_mut()) {
        *p = adjusted.next().unwrap_or(1.0);
    }
    all.sort_by(|a, b| b.v.total_cmp(&a.v).then_with(|| a.attribute.cmp(&b.attribute)));
    all
}

/// One attribute, with chances as they are.
fn one(sides: &Sides, place: usize, within: Option<&[Vec<bool>]>) -> AttributeDifference {
    let aspect = &sides.aspects[place];
    let here = sides.customers(place, within);
    let there: Vec<u64> = aspect.groups.iter().map(|group| group.people).collect();
    let (customers, people) = (here.iter().sum::<u64>(), there.iter().sum::<u64>());
    let known = customers > 0 && people > 0;
    let value = |group: usize| {
        let (count, other) = (here[group], there[group]);
        ValueDifference {
            group,
            value: aspect.groups[group].name.clone(),
            customers: count,
            people: other,
            difference: known.then(|| difference(count, customers, other, people)),
            index: index(count, customers, other, people),
            p: (known && count + other >= TESTED_MIN).then(|| shares_chance(count, customers, other, people)),
        }
    };
    let present = (0..here.len()).filter(|&group| here[group] > 0 || there[group] > 0);
    let (own, other) = merged(&here, &there);
    let columns = own.len();
    AttributeDifference {
        aspect: place,
        attribute: aspect.attribute.clone(),
        is_known_here: !aspect.columns.is_empty(),
        customers,
        people,
        cut: aspect.cut.clone(),
        v: balanced_v(&own, &other),
        p: if known { Table::new([own, other].concat(), columns).chance() } else { 1.0 },
        values: present.map(value).collect(),
    }
}

/// People who have all of some groups (aspect and group), and people of whom all these aspects are known.
pub(super) fn people_with(sides: &Sides, wanted: &[(usize, Vec<usize>)]) -> (u64, u64) {
    let (mut with, mut known) = (0_i64, 0_i64);
    for (groups, count) in &sides.combinations {
        if wanted.iter().any(|(aspect, _)| groups[*aspect] == super::sides::UNKNOWN) {
            continue;
        }
        known = known.saturating_add(*count);
        if wanted.iter().all(|(aspect, chosen)| chosen.contains(&(groups[*aspect] as usize))) {
            with = with.saturating_add(*count);
        }
    }
    (whole(with), whole(known))
}
