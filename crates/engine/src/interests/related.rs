//! Which categories the same customers buy.

use super::{CATEGORIES_MAX, Question, Relation};
use crate::scan::Customer;
use model::criteria::share;
use std::collections::{BTreeMap, BTreeSet};

/// Different categories of one customer that are counted together at most: a reseller who buys
/// everything relates everything to everything.
const OF_CUSTOMER_MAX: usize = 100;
/// Relations of one category at most, the surest ones.
const OF_CATEGORY_MAX: usize = 20;

/// How many customers bought each category, and each two.
#[derive(Default)]
pub(super) struct Together {
    customers: u64,
    buyers: BTreeMap<String, u64>,
    pairs: BTreeMap<(String, String), u64>,
}

impl Together {
    pub(super) fn add(&mut self, question: &Question, customer: &Customer<'_>) {
        let mut own: BTreeSet<&str> = BTreeSet::new();
        if let Some(texts) = question.texts(customer) {
            for order in customer.orders.iter().filter(|order| !order.is_return) {
                let lines = order.rows.clone().filter(|&row| customer.lines.amounts()[row] >= 0);
                own.extend(lines.filter_map(|row| texts.text(row)));
            }
        }
        if own.is_empty() {
            return;
        }
        self.customers += 1;
        for category in &own {
            count(&mut self.buyers, category);
        }
        if question.related && own.len() <= OF_CUSTOMER_MAX {
            for (place, first) in own.iter().enumerate() {
                for second in own.iter().skip(place + 1) {
                    *self.pairs.entry(((*first).to_owned(), (*second).to_owned())).or_default() += 1;
                }
            }
        }
    }

    pub(super) fn join(&mut self, other: Together) {
        self.customers += other.customers;
        for (category, buyers) in other.buyers {
            *self.buyers.entry(category).or_default() += buyers;
        }
        for (pair, both) in other.pairs {
            *self.pairs.entry(pair).or_default() += both;
        }
    }

    /// The categories with the most buyers and those named by hand, by name, and how many are left
    /// out.
    pub(super) fn categories<'a>(&'a self, by_hand: impl Iterator<Item = &'a str>) -> (Vec<String>, usize) {
        let mut all: Vec<(&String, u64)> = self.buyers.iter().map(|(name, &buyers)| (name, buyers)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let left_out = all.len().saturating_sub(CATEGORIES_MAX);
        all.truncate(CATEGORIES_MAX);
        let mut names: BTreeSet<&str> = all.into_iter().map(|(name, _)| name.as_str()).collect();
        names.extend(by_hand);
        (names.into_iter().map(str::to_owned).collect(), left_out)
    }

    /// The surest relations of each category, in order of both names.
    pub(super) fn relations(&self, categories: &[String]) -> Vec<Relation> {
        let kept: BTreeSet<&str> = categories.iter().map(String::as_str).collect();
        let mut of: BTreeMap<&str, Vec<Relation>> = BTreeMap::new();
        for ((first, second), &both) in &self.pairs {
            for (from, to) in [(first, second), (second, first)] {
                if !kept.contains(from.as_str()) || !kept.contains(to.as_str()) {
                    continue;
                }
                let (own, others) = (self.buyers[from], self.buyers[to]);
                let confidence = share(both, own);
                let usual = others as f64 / self.customers as f64;
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
