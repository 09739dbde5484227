//! All rules of up to three conditions, and how many positives each covers.
//!
//! Rules that cover the same rows are one rule: the one of fewest conditions, then of the conditions
//! that were added first; the others are its synonyms. Which rules there are depends on the
//! attributes alone, never on who is positive.

use super::bits::{Bits, count_both, digest, intersect};
use super::conditions::{COVER_MIN, Conditions};
use crate::parallel::in_order;
use std::cmp::Reverse;

/// Conditions that a rule has at most.
pub const DEPTH_MAX: usize = 3;
/// Rules of three conditions ask for at least so many rows.
pub const TRIPLE_ROWS_MIN: usize = 120;
/// Words that the covers of all rules may take for a verdict by permutations; rules of three
/// conditions are tried only where they keep within.
pub const COVER_WORDS_MAX: usize = 1 << 22;
/// Other rules of the same cover that are remembered.
const SYNONYMS_MAX: usize = 4;

/// Places of a rule's conditions in `Conditions::list`, ascending. Ordered by number of conditions,
/// then by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Places {
    count: u8,
    at: [u16; DEPTH_MAX],
}

impl Places {
    fn of(places: &[usize]) -> Places {
        let mut at = [0; DEPTH_MAX];
        at.iter_mut().zip(places).for_each(|(to, &from)| *to = from as u16);
        Places { count: places.len() as u8, at }
    }

    /// The places.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.at[..self.count as usize].iter().map(|&place| place as usize)
    }
}

/// A rule and its counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub places: Places,
    /// Rows for which all conditions hold.
    pub covered: u64,
    /// Positives among them.
    pub positives: u64,
    /// Rules that cover the same rows.
    pub synonyms: Vec<Places>,
}

/// All rules over some rows.
#[derive(Clone, Debug)]
pub struct Family {
    pub rows: u64,
    pub positives: u64,
    /// Most conditions of a rule.
    pub depth: usize,
    /// The rules, in order of their places.
    pub rules: Vec<Rule>,
}

/// Finds all rules of at most `depth` conditions, no two of one attribute, that cover and leave at
/// least `COVER_MIN` rows.
pub fn search(conditions: &Conditions, target: &Bits, depth: usize, threads: usize) -> Family {
    let depth = affordable(conditions, depth);
    let from = |first: usize| {
        let mut found = Vec::new();
        let cover = &conditions.list()[first].cover.0;
        let mut spare: Vec<Vec<u64>> = vec![Vec::new(); depth];
        descend(conditions, target, &mut vec![first], cover, &mut spare, &mut found);
        found
    };
    let mut found: Vec<(u128, Rule)> =
        in_order(conditions.list().len(), threads, from).into_iter().flatten().collect();
    found.sort_by_key(|(digest, rule)| (*digest, rule.places));
    let mut rules: Vec<Rule> = Vec::new();
    let mut last = None;
    for (digest, rule) in found {
        match rules.last_mut().filter(|_| last == Some(digest)) {
            Some(same) if same.synonyms.len() < SYNONYMS_MAX => same.synonyms.push(rule.places),
            Some(_) => {}
            None => rules.push(rule),
        }
        last = Some(digest);
    }
    rules.sort_by_key(|rule| rule.places);
    Family { rows: conditions.rows() as u64, positives: target.count(), depth, rules }
}

/// The depth asked for, or less where rows are too few or rules too many.
fn affordable(conditions: &Conditions, depth: usize) -> usize {
    let (rows, many) = (conditions.rows(), conditions.list().len());
    let triples = many * many.saturating_sub(1) * many.saturating_sub(2) / 6;
    let small = triples.saturating_mul(rows.div_ceil(64)) <= COVER_WORDS_MAX;
    let most = if rows >= TRIPLE_ROWS_MIN && small { DEPTH_MAX } else { DEPTH_MAX - 1 };
    depth.clamp(1, most)
}

/// Records the rule of the conditions at `path`, which cover `cover`, and those that refine it.
/// `spare` holds room for one cover per further condition.
fn descend(
    conditions: &Conditions,
    target: &Bits,
    path: &mut Vec<usize>,
    cover: &[u64],
    spare: &mut [Vec<u64>],
    found: &mut Vec<(u128, Rule)>,
) {
    let covered: u64 = cover.iter().map(|word| u64::from(word.count_ones())).sum();
    if covered < COVER_MIN {
        return;
    }
    let (places, positives) = (Places::of(path), count_both(cover, &target.0));
    found.push((digest(cover), Rule { places, covered, positives, synonyms: Vec::new() }));
    let Some((own, spare)) = spare.split_first_mut().filter(|(_, rest)| !rest.is_empty()) else { return };
    let list = conditions.list();
    let next = path.last().map_or(0, |&last| last + 1);
    for (place, candidate) in list.iter().enumerate().skip(next) {
        if path.iter().any(|&earlier| list[earlier].column == candidate.column) {
            continue;
        }
        intersect(own, cover, &candidate.cover.0);
        path.push(place);
        descend(conditions, target, path, own, spare, found);
        path.pop();
    }
}

impl Family {
    /// Weighted relative accuracy times the square of the number of rows, which is whole:
    /// `a n − s K`.
    pub fn gain(&self, covered: u64, positives: u64) -> i128 {
        i128::from(positives) * i128::from(self.rows) - i128::from(covered) * i128::from(self.positives)
    }

    /// Places in `rules` by weighted relative accuracy, best first; of equal ones first that of fewer
    /// conditions, then that whose conditions were added first.
    pub fn ranked(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rules.len()).collect();
        let rules = &self.rules;
        order.sort_by_key(|&at| {
            (Reverse(self.gain(rules[at].covered, rules[at].positives)), rules[at].places)
        });
        order
    }

    /// Rows covered and positives of each rule that has one condition less; none for one condition.
    pub fn parents(&self, rule: &Rule, conditions: &Conditions, target: &Bits) -> Vec<(u64, u64)> {
        let places: Vec<usize> = rule.places.iter().collect();
        let parent = |left_out: &usize| {
            let rest: Vec<usize> = places.iter().copied().filter(|place| place != left_out).collect();
            let cover = cover(conditions, &rest);
            (cover.count(), count_both(&cover.0, &target.0))
        };
        if places.len() > 1 { places.iter().map(parent).collect() } else { Vec::new() }
    }
}

/// The rows for which all conditions at some places hold.
pub fn cover(conditions: &Conditions, places: &[usize]) -> Bits {
    let mut places = places.iter().map(|&place| &conditions.list()[place].cover);
    let mut cover = places.next().cloned().unwrap_or_default();
    for other in places {
        cover.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }
    cover
}
