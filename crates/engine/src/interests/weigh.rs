//! The weights of one customer's interests.

use super::purchases::each;
use super::tagged::Bucket;
use super::{HandTag, Question, Relation, Tag, Why};
use crate::scan::Customer;
use hashbrown::HashMap;
use model::calendar::Day;

/// Weighs customers one after another.
pub(super) struct Weigher<'a> {
    question: &'a Question,
    places: HashMap<&'a str, usize>,
    /// By category: to which, with what bound.
    related: Vec<Vec<(usize, f64)>>,
    /// Days of no interest after a purchase, by category.
    satisfied: Vec<Option<i32>>,
    tagged: Bucket,
    /// Customers who want no more for now, by category.
    waiting: Vec<u64>,
}

impl<'a> Weigher<'a> {
    pub(super) fn new(
        question: &'a Question,
        categories: &'a [String],
        relations: &[Relation],
    ) -> Weigher<'a> {
        let places: HashMap<&str, usize> =
            categories.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
        let mut related = vec![Vec::new(); categories.len()];
        for relation in relations {
            related[places[relation.from.as_str()]].push((places[relation.to.as_str()], relation.bound));
        }
        let satisfied = categories.iter().map(|name| question.satisfied.get(name).copied()).collect();
        let waiting = vec![0; categories.len()];
        Weigher { question, places, related, satisfied, tagged: Bucket::default(), waiting }
    }

    /// Adds a customer; one without a tag leaves no trace.
    pub(super) fn add(&mut self, customer: &Customer<'_>) {
        let mut purchases: Vec<(usize, usize, Day)> = Vec::new();
        each(self.question, customer, &mut |one| {
            purchases.extend(self.places.get(one.category).map(|&place| (place, one.number, one.day)));
        });
        purchases.sort_unstable();
        // A category bought twice in one order is one purchase of it.
        purchases.dedup();
        let mut own: Vec<(usize, f64, bool)> = Vec::new();
        for (category, _, day) in purchases {
            let (weight, waits) = self.weight(category, day);
            match own.last_mut().filter(|(known, ..)| *known == category) {
                Some((_, sum, waiting)) => {
                    *sum += weight;
                    *waiting |= waits;
                }
                None => own.push((category, weight, waits)),
            }
        }
        own.iter().filter(|(.., waits)| *waits).for_each(|&(category, ..)| self.waiting[category] += 1);
        let mut tags = self.tags(&own);
        if let Some(by_hand) = self.question.by_hand.get(customer.id) {
            self.set_by_hand(&mut tags, by_hand);
        }
        if !tags.is_empty() {
            self.tagged.push(customer.id, &tags);
        }
    }

    /// Customers with tags, and how many are satisfied by category.
    pub(super) fn finish(self) -> (Bucket, Vec<u64>) {
        (self.tagged, self.waiting)
    }

    /// What a purchase weighs, and whether it keeps from wanting more for now.
    fn weight(&self, category: usize, day: Day) -> (f64, bool) {
        let from = self.satisfied[category].map_or(day, |days| day.plus(days));
        let age = self.question.as_of.0.since(from);
        if age < 0 { (0.0, true) } else { ((-f64::from(age) / self.question.half_life_days).exp2(), false) }
    }

    /// The tags of a customer by the weights of categories, in their order: each with its weight and
    /// whether the customer has just been satisfied.
    fn tags(&self, own: &[(usize, f64, bool)]) -> Vec<Tag> {
        let threshold = self.question.threshold;
        let mut by_relation: HashMap<usize, (f64, usize)> = HashMap::new();
        for &(from, weight, _) in own {
            for &(to, bound) in &self.related[from] {
                let passed = (weight * bound).min(1.0);
                let best = by_relation.entry(to).or_insert((passed, from));
                if passed > best.0 {
                    *best = (passed, from);
                }
            }
        }
        let mut tags: Vec<Tag> = Vec::new();
        for &(category, weight, waits) in own {
            if weight >= threshold {
                tags.push(Tag { weight, category: category as u32, from: None, why: Why::Purchases });
            }
            if weight >= threshold || waits {
                by_relation.remove(&category);
            }
        }
        tags.extend(by_relation.into_iter().filter(|&(_, (weight, _))| weight >= threshold).map(
            |(category, (weight, from))| Tag {
                weight,
                category: category as u32,
                from: Some(from as u32),
                why: Why::Relation,
            },
        ));
        tags.sort_by_key(|tag| tag.category);
        tags
    }

    fn set_by_hand(&self, tags: &mut Vec<Tag>, by_hand: &[HandTag]) {
        for hand in by_hand.iter().filter(|hand| hand.counts(self.question.as_of)) {
            let Some(&category) = self.places.get(hand.category.as_str()) else { continue };
            let category = category as u32;
            let weight =
                tags.iter().find(|tag| tag.category == category).map_or(1.0, |tag| tag.weight.max(1.0));
            tags.retain(|tag| tag.category != category);
            if hand.holds {
                tags.push(Tag { weight, category, from: None, why: Why::Hand });
            }
        }
        tags.sort_by_key(|tag| tag.category);
    }
}
