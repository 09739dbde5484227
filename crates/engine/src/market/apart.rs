//! The final criteria: the attributes that set customers apart from a population, as a rule.

use super::differences::{AttributeDifference, ValueDifference, people_with};
use super::sides::{Sides, UNKNOWN};
use model::comparison::{P_MAX, V_MIN};

/// What sets customers apart from a population.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Apart {
    /// Largest effect first.
    pub criteria: Vec<Criterion>,
    /// All of them as one condition that `dolka count` and rules understand; `None` without criteria.
    pub rule: Option<String>,
    /// Customers looked at for whom all hold, of those of whom all attributes are known.
    pub customers: (u64, u64),
    /// The same in the population; `None` where it does not tell them together.
    pub people: Option<(u64, u64)>,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    pub attribute: String,
    pub v: f64,
    pub p: f64,
    /// The values that customers surely have more often, or all but those that they surely have less
    /// often: of the two, those in which shares differ more.
    pub values: Vec<String>,
    pub rule: String,
    /// With one of the values, of all of whom it is known.
    pub customers: (u64, u64),
    pub people: (u64, u64),
    aspect: usize,
    groups: Vec<usize>,
}

/// The attributes with a V of [`V_MIN`] or more and an adjusted p-value below [`P_MAX`], with the values that
/// customers have more often. An attribute is left out of which no single value is sure, or which no
/// condition can ask for.
pub fn apart(sides: &Sides, differences: &[AttributeDifference], within: Option<&[Vec<bool>]>) -> Apart {
    let telling = differences.iter().filter(|one| one.v >= V_MIN && one.p < P_MAX);
    let criteria: Vec<Criterion> = telling.filter_map(|one| criterion(sides, one)).collect();
    if criteria.is_empty() {
        return Apart::default();
    }
    let rules: Vec<&str> = criteria.iter().map(|one| one.rule.as_str()).collect();
    let wanted: Vec<(usize, Vec<usize>)> =
        criteria.iter().map(|one| (one.aspect, one.groups.clone())).collect();
    let people = people_with(sides, &wanted);
    Apart {
        rule: Some(rules.join(" and ")),
        customers: customers_with(sides, &wanted, within),
        people: (people.1 > 0).then_some(people),
        criteria,
    }
}

fn criterion(sides: &Sides, one: &AttributeDifference) -> Option<Criterion> {
    let sure = one.values.iter().filter(|value| value.p.is_some_and(|p| p < P_MAX));
    let side = |value: &&ValueDifference| value.difference.is_some_and(|known| known.value > 0.0);
    let (more, less): (Vec<&ValueDifference>, Vec<_>) = sure.partition(side);
    let is_less = |value: &&ValueDifference| less.iter().any(|one| one.group == value.group);
    let others = one.values.iter().filter(|value| !is_less(value)).collect();
    let chosen: Vec<&ValueDifference> = match (more.is_empty(), less.is_empty()) {
        (true, true) => return None,
        (false, true) => more,
        (true, false) => others,
        (false, false) if apart_by(&others, one) > apart_by(&more, one) => others,
        (false, false) => more,
    };
    let groups: Vec<usize> = chosen.iter().map(|value| value.group).collect();
    Some(Criterion {
        attribute: one.attribute.clone(),
        v: one.v,
        p: one.p,
        values: chosen.iter().map(|value| value.value.clone()).collect(),
        rule: sides.aspects[one.aspect].rule(&groups)?,
        customers: (chosen.iter().map(|value| value.customers).sum(), one.customers),
        people: (chosen.iter().map(|value| value.people).sum(), one.people),
        aspect: one.aspect,
        groups,
    })
}

/// Share of customers with one of some values less that of people, times customers and people.
fn apart_by(values: &[&ValueDifference], of: &AttributeDifference) -> i128 {
    let customers: i128 = values.iter().map(|value| i128::from(value.customers)).sum();
    let people: i128 = values.iter().map(|value| i128::from(value.people)).sum();
    customers * i128::from(of.people) - people * i128::from(of.customers)
}

/// Customers who have one of the groups of every aspect, and those of whom all aspects are known.
fn customers_with(sides: &Sides, wanted: &[(usize, Vec<usize>)], within: Option<&[Vec<bool>]>) -> (u64, u64) {
    let (mut with, mut known) = (0, 0);
    for (bucket, &size) in sides.sizes.iter().enumerate() {
        for row in (0..size).filter(|&row| within.is_none_or(|within| within[bucket][row])) {
            let code = |aspect: usize| sides.aspects[aspect].codes[bucket][row];
            if wanted.iter().any(|(aspect, _)| code(*aspect) == UNKNOWN) {
                continue;
            }
            known += 1;
            with += u64::from(wanted.iter().all(|(aspect, own)| own.contains(&(code(*aspect) as usize))));
        }
    }
    (with, known)
}
