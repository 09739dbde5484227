//! Which categories the same customers buy.

use super::purchases::each;
use super::{CATEGORIES_MAX, Question, Relation};
use crate::scan::Customer;
use hashbrown::HashMap;
use model::criteria::share;
use std::collections::{BTreeMap, BTreeSet};

/// Different categories of one customer that are counted together at most: a reseller who buys
/// everything relates everything to everything.
const OF_CUSTOMER_MAX: usize = 100;
/// Relations of one category at most, the surest ones.
const OF_CATEGORY_MAX: usize = 20;

/// How many customers bought each category.
#[derive(Default)]
pub(super) struct Buyers {
    customers: u64,
    of: BTreeMap<String, u64>,
}

/// How many customers bought each two of the categories that are told apart.
#[derive(Default)]
pub(super) struct Together {
    /// By the places of the two, the lower one first.
    pairs: HashMap<(u32, u32), u64>,
}

impl Buyers {
    pub(super) fn add(&mut self, question: &Question, customer: &Customer<'_>) {
        let mut own: Vec<&str> = Vec::new();
        each(question, customer, &mut |one| own.push(one.category));
        own.sort_unstable();
        own.dedup();
        self.customers += u64::from(!own.is_empty());
        own.into_iter().for_each(|category| count(&mut self.of, category));
    }

    pub(super) fn join(&mut self, other: Buyers) {
        self.customers += other.customers;
        for (category, buyers) in other.of {
            *self.of.entry(category).or_default() += buyers;
        }
    }

    /// The categories with the most buyers and those named by hand, by name, and how many are left
    /// out.
    pub(super) fn categories<'a>(&'a self, by_hand: impl Iterator<Item = &'a str>) -> (Vec<String>, usize) {
        let mut all: Vec<(&String, u64)> = self.of.iter().map(|(name, &buyers)| (name, buyers)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let left_out = all.len().saturating_sub(CATEGORIES_MAX);
        all.truncate(CATEGORIES_MAX);
        let mut names: BTreeSet<&str> = all.into_iter().map(|(name, _)| name.as_str()).collect();
        names.extend(by_hand);
        (names.into_iter().map(str::to_owned).collect(), left_out)
    }
}

impl Together {
    pub(super) fn add(&mut self, question: &Question, places: &HashMap<&str, u32>, customer: &Customer<'_>) {
        let mut own: Vec<u32> = Vec::new();
        each(question, customer, &mut |one| own.extend(places.get(one.category)));
        own.sort_unstable();
        own.dedup();
        if own.len() <= OF_CUSTOMER_MAX {
            for (place, &first) in own.iter().enumerate() {
                own[place + 1..]
                    .iter()
                    .for_each(|&second| *self.pairs.entry((first, second)).or_default() += 1);
            }
        }
    }

    pub(super) fn join(&mut self, other: Together) {
        for (pair, both) in other.pairs {
            *self.pairs.entry(pair).or_default() += both;
        }
    }

    /// The surest relations of each category, in order of both names.
    pub(super) fn relations(&self, categories: &[String], buyers: &Buyers) -> Vec<Relation> {
        let mut of: BTreeMap<&str, Vec<Relation>> = BTreeMap::new();
        for (&(first, second), &both) in &self.pairs {
            let [first, second] = [first, second].map(|place| &categories[place as usize]);
            for (from, to) in [(first, second), (second, first)] {
                let (own, others) = (buyers.of[from], buyers.of[to]);
                let confidence = share(both, own);
                let usual = others as f64 / buyers.customers as f64;
                let relation = Relation {
                    from: from.clone(),
                    to: to.clone(),
                    both,
                    confidence: confidence.value,
                    bound: confidence.low,
                    lift: confidence.value / usual,
                };
                // Bought no more often than by everybody, it is no relation.
                if relation.lift > 1.0 {
                    of.entry(from).or_default().push(relation);
                }
            }
        }
        let mut all: Vec<Relation> = Vec::new();
        for mut relations in of.into_values() {
            relations.sort_by(|a, b| b.bound.total_cmp(&a.bound).then_with(|| a.to.cmp(&b.to)));
            relations.truncate(OF_CATEGORY_MAX);
            all.extend(relations);
        }
        all
    }
}

fn count(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => _ = counts.insert(name.to_owned(), 1),
    }
}
