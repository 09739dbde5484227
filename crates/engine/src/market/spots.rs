//! White spots: where the population has people and the base has few customers.

use super::differences::index;
use super::sides::{Sides, UNKNOWN, whole};
use model::comparison::{P_MAX, holm, shares_chance};
use model::criteria::Interval;
use std::collections::BTreeMap;

/// What a white spot is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spotting {
    /// The least share of the population.
    pub share_min: f64,
    /// The least number of customers that the base would have there at its usual penetration.
    pub expected_min: f64,
    /// The highest penetration index.
    pub index_max: f64,
}

impl Default for Spotting {
    fn default() -> Spotting {
        Spotting { share_min: 0.02, expected_min: 30.0, index_max: 80.0 }
    }
}

/// White spots of a base in a population.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spots {
    /// Values and pairs of values that were large enough to be looked at.
    pub looked_at: usize,
    /// Most missing customers first.
    pub found: Vec<Spot>,
}

/// One value, or two together.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Attributes with their values.
    pub values: Vec<(String, String)>,
    /// The same as places of aspects and groups.
    pub places: Vec<(usize, usize)>,
    /// Customers there, and customers of whom the attributes are known.
    pub customers: u64,
    pub customers_known: u64,
    /// The same of the population.
    pub people: u64,
    pub people_known: u64,
    /// Customers there if the base had its usual share.
    pub expected: f64,
    /// Penetration there beside the usual one, 100 where it is the same.
    pub index: Interval,
    /// Chance of so few where nothing is missing, adjusted over all that were looked at (Holm).
    pub p: f64,
    /// The condition for the customers there; `None` where the base has none of them.
    pub rule: Option<String>,
}

impl Spot {
    /// Customers missing to the usual penetration.
    pub fn missing(&self) -> f64 {
        self.expected - self.customers as f64
    }

    /// Share of the population.
    pub fn share(&self) -> f64 {
        self.people as f64 / self.people_known.max(1) as f64
    }
}

/// Finds them among the values of each attribute, and among pairs of values of two attributes that the
/// population tells together. A pair counts only where neither of its values alone says as much: its
/// index lies, with its interval, below the index of each. Of customers those count whom `within` names.
pub fn spots(sides: &Sides, spotting: Spotting, within: Option<&[Vec<bool>]>) -> Spots {
    let mut cells = Vec::new();
    for aspect in 0..sides.aspects.len() {
        cells.extend(singles(sides, aspect, spotting, within));
    }
    let alone: BTreeMap<(usize, usize), f64> =
        (0..sides.aspects.len()).flat_map(|aspect| indexes(sides, aspect, within)).collect();
    for one in 0..sides.aspects.len() {
        for two in one + 1..sides.aspects.len() {
            cells.extend(pairs(sides, (one, two), spotting, within));
        }
    }
    let chances: Vec<f64> = cells.iter().map(|cell| cell.p).collect();
    cells.iter_mut().zip(holm(&chances)).for_each(|(cell, p)| cell.p = p);
    let looked_at = cells.len();
    let says_more = |cell: &Spot| {
        let below = |place: &(usize, usize)| alone.get(place).is_none_or(|index| cell.index.high < *index);
        cell.places.len() == 1 || cell.places.iter().all(below)
    };
    let is_white =
        |cell: &Spot| cell.p < P_MAX && cell.index.value <= spotting.index_max && cell.index.high < 100.0;
    let mut found: Vec<Spot> = cells.into_iter().filter(|cell| is_white(cell) && says_more(cell)).collect();
    for spot in &mut found {
        let each: Option<Vec<String>> =
            spot.places.iter().map(|&(aspect, group)| sides.aspects[aspect].rule(&[group])).collect();
        spot.rule = each.map(|each| each.join(" and "));
    }
    found.sort_by(|a, b| b.missing().total_cmp(&a.missing()).then_with(|| a.values.cmp(&b.values)));
    Spots { looked_at, found }
}

/// The index of every value.
fn indexes(
    sides: &Sides,
    aspect: usize,
    within: Option<&[Vec<bool>]>,
) -> impl Iterator<Item = ((usize, usize), f64)> {
    let here = sides.customers(aspect, within);
    let groups = &sides.aspects[aspect].groups;
    let (known, people) = (here.iter().sum::<u64>(), groups.iter().map(|group| group.people).sum::<u64>());
    let of = move |group: usize| {
        let found = index(here[group], known, groups[group].people, people)?;
        Some(((aspect, group), found.value))
    };
    (0..groups.len()).filter_map(of)
}

fn singles(
    sides: &Sides,
    aspect: usize,
    spotting: Spotting,
    within: Option<&[Vec<bool>]>,
) -> impl Iterator<Item = Spot> {
    let here = sides.customers(aspect, within);
    let groups = &sides.aspects[aspect].groups;
    let (known, people) = (here.iter().sum::<u64>(), groups.iter().map(|group| group.people).sum::<u64>());
    let of = move |group: usize| {
        let counts = [here[group], known, groups[group].people, people];
        spot(sides, vec![(aspect, group)], counts, spotting)
    };
    (0..groups.len()).filter_map(of)
}

fn pairs(
    sides: &Sides,
    (one, two): (usize, usize),
    spotting: Spotting,
    within: Option<&[Vec<bool>]>,
) -> Vec<Spot> {
    let mut there: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    for (groups, count) in &sides.combinations {
        if groups[one] != UNKNOWN && groups[two] != UNKNOWN {
            let known = there.entry((groups[one], groups[two])).or_default();
            *known = known.saturating_add(*count);
        }
    }
    let people = whole(there.values().fold(0_i64, |sum, count| sum.saturating_add(*count)));
    // Only what is large enough there is counted here: at most fifty pairs at a share of 2 %.
    there.retain(|_, count| whole(*count) as f64 >= spotting.share_min * people as f64);
    if there.is_empty() {
        return Vec::new();
    }
    let mut here: BTreeMap<(u32, u32), u64> = there.keys().map(|&pair| (pair, 0)).collect();
    let mut known = 0;
    for bucket in 0..sides.sizes.len() {
        let (first, second) = (&sides.aspects[one].codes[bucket], &sides.aspects[two].codes[bucket]);
        for (row, (&a, &b)) in first.iter().zip(second).enumerate() {
            if a != UNKNOWN && b != UNKNOWN && within.is_none_or(|within| within[bucket][row]) {
                known += 1;
                if let Some(count) = here.get_mut(&(a, b)) {
                    *count += 1;
                }
            }
        }
    }
    let cell = |(&(a, b), &count): (&(u32, u32), &i64)| {
        let counts = [here[&(a, b)], known, whole(count), people];
        spot(sides, vec![(one, a as usize), (two, b as usize)], counts, spotting)
    };
    there.iter().filter_map(cell).collect()
}

/// A cell with its chance as it is; `None` where it is too small to be looked at.
fn spot(
    sides: &Sides,
    places: Vec<(usize, usize)>,
    [customers, customers_known, people, people_known]: [u64; 4],
    spotting: Spotting,
) -> Option<Spot> {
    let index = index(customers, customers_known, people, people_known)?;
    let share = people as f64 / people_known as f64;
    let expected = customers_known as f64 * share;
    if share < spotting.share_min || expected < spotting.expected_min {
        return None;
    }
    let named = |&(aspect, group): &(usize, usize)| {
        let aspect = &sides.aspects[aspect];
        (aspect.attribute.clone(), aspect.groups[group].name.clone())
    };
    Some(Spot {
        values: places.iter().map(named).collect(),
        places,
        customers,
        customers_known,
        people,
        people_known,
        expected,
        index,
        p: shares_chance(customers, customers_known, people, people_known),
        rule: None,
    })
}
