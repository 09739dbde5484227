//! What chance alone would find: the smallest p-value among all rules when who is positive is drawn
//! at random.
//!
//! **Westfall and Young's min-P** (1993), single step: the adjusted p-value of a rule is the share
//! of random labellings whose best rule is as good as it or better. It keeps the chance of even one
//! false finding at the level asked for, under any dependence between rules, and wins over
//! Bonferroni by knowing how much they overlap. Single step, not step-down, because the first
//! finding, which decides whether anything is found at all, is judged equally by both, and because
//! a rule that cannot reach a smaller p-value than the best so far need not be looked at (Tarone).
//!
//! **Tarone's bound** (1990) where rows are too many to permute: Bonferroni among the rules that
//! could reach significance at all, on exact p-values of all rows.

use super::bits::{Bits, WORD_ROWS, count_both};
use super::conditions::Conditions;
use super::hypergeometric::{Margins, Tail};
use super::search::{COVER_WORDS_MAX, Family, cover};
use crate::parallel::in_order;
use crate::random::Random;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Labellings that are counted in one go over the rules, so that covers are read from memory once.
const LABELLINGS_PER_PIECE: usize = 16;
/// p-values that are equal but for rounding are equal.
const ROUNDING: f64 = 1.0 + 1e-9;

/// How verdicts were reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By so many random labellings.
    Permutations(usize),
    /// By Tarone's bound: p-values are multiplied by so many rules that could be significant.
    Bound(usize),
}

/// What chance would find.
#[derive(Clone, Debug)]
pub struct Chance {
    method: Method,
    /// The smallest p-value of each labelling, ascending.
    smallest: Vec<f64>,
}

impl Chance {
    /// By permutations where the covers of all rules keep within `COVER_WORDS_MAX`, else by the
    /// bound at level `alpha`; the same on any number of threads and in any order of rows.
    pub fn of(family: &Family, conditions: &Conditions, asked: &Asked) -> Chance {
        let words = family.rules.len().saturating_mul(conditions.rows().div_ceil(WORD_ROWS));
        if asked.permutations == 0 || words > COVER_WORDS_MAX {
            let factor = testable(family, asked.alpha);
            return Chance { method: Method::Bound(factor), smallest: Vec::new() };
        }
        let rules = Rules::of(family, conditions);
        let pieces = asked.permutations.div_ceil(LABELLINGS_PER_PIECE);
        let piece = |piece: usize| {
            let start = piece * LABELLINGS_PER_PIECE;
            let end = (start + LABELLINGS_PER_PIECE).min(asked.permutations);
            rules.smallest_of(start..end, asked.seed)
        };
        let mut smallest: Vec<f64> = in_order(pieces, asked.threads, piece).into_iter().flatten().collect();
        smallest.sort_unstable_by(f64::total_cmp);
        Chance { method: Method::Permutations(asked.permutations), smallest }
    }

    /// How verdicts are reached.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The p-value adjusted for having looked at all rules.
    pub fn adjusted(&self, p: f64) -> f64 {
        match self.method {
            Method::Bound(factor) => (p * factor as f64).min(1.0),
            Method::Permutations(count) => {
                let better = self.smallest.partition_point(|&smallest| smallest <= p * ROUNDING);
                (1 + better) as f64 / (1 + count) as f64
            }
        }
    }

    /// The p-value below which the adjusted one is at most `alpha`.
    pub fn critical(&self, alpha: f64) -> f64 {
        match self.method {
            Method::Bound(factor) => alpha / factor as f64,
            Method::Permutations(count) => {
                // Adjusted p-values are multiples of 1 / (1 + count); one of them may be alpha itself.
                let allowed = ((alpha * (1 + count) as f64) * ROUNDING) as usize;
                let Some(better) = allowed.checked_sub(1) else { return 0.0 };
                self.smallest.get(better).map_or(1.0, |smallest| smallest / (ROUNDING * ROUNDING))
            }
        }
    }
}

/// What is asked of chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    pub permutations: usize,
    pub seed: u64,
    pub alpha: f64,
    pub threads: usize,
}

/// Tarone's factor: the smallest number `k` such that at most `k` rules can reach `alpha / k`.
pub fn testable(family: &Family, alpha: f64) -> usize {
    let mut by_cover: BTreeMap<u64, usize> = BTreeMap::new();
    family.rules.iter().for_each(|rule| *by_cover.entry(rule.covered).or_default() += 1);
    let mut attainable: Vec<(f64, usize)> =
        by_cover.into_iter().map(|(covered, rules)| (margins(family, covered).attainable(), rules)).collect();
    attainable.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let reach = |k: usize| {
        let reaching = attainable.iter().take_while(|(p, _)| *p <= alpha / k as f64);
        reaching.map(|(_, rules)| rules).sum::<usize>()
    };
    // `reach` falls and `k` grows, so there is one crossing.
    let (mut low, mut high) = (1, family.rules.len().max(1));
    while low < high {
        let middle = low + (high - low) / 2;
        if reach(middle) <= middle { high = middle } else { low = middle + 1 }
    }
    low
}

const fn margins(family: &Family, covered: u64) -> Margins {
    Margins { rows: family.rows, positives: family.positives, covered }
}

/// A rule as labellings meet it.
struct Met {
    /// Smallest p-value that it can reach.
    attainable: f64,
    /// Place of its cover's p-values.
    tail: usize,
    cover: Bits,
}

/// All rules, those that can reach the smallest p-values first, over rows in an order of their own.
struct Rules {
    rows: usize,
    positives: usize,
    met: Vec<Met>,
    tails: Vec<Tail>,
}

impl Rules {
    fn of(family: &Family, conditions: &Conditions) -> Rules {
        let ordered = in_own_order(conditions);
        let mut covers: Vec<u64> = family.rules.iter().map(|rule| rule.covered).collect();
        covers.sort_unstable();
        covers.dedup();
        let tails: Vec<Tail> = covers.iter().map(|&covered| Tail::new(margins(family, covered))).collect();
        let meet = |rule: &super::search::Rule| {
            let places: Vec<usize> = rule.places.iter().collect();
            let attainable = margins(family, rule.covered).attainable();
            let tail = covers.partition_point(|&covered| covered < rule.covered);
            Met { attainable, tail, cover: cover(&ordered, &places) }
        };
        let mut met: Vec<Met> = family.rules.iter().map(meet).collect();
        met.sort_by(|a, b| a.attainable.total_cmp(&b.attainable));
        Rules { rows: conditions.rows(), positives: family.positives as usize, met, tails }
    }

    /// The smallest p-value of each of some labellings.
    fn smallest_of(&self, labellings: std::ops::Range<usize>, seed: u64) -> Vec<f64> {
        let labels: Vec<Bits> = labellings.map(|at| self.labelling(seed, at as u64)).collect();
        let mut smallest = vec![1.0f64; labels.len()];
        for rule in &self.met {
            let mut matters = false;
            for (label, smallest) in labels.iter().zip(&mut smallest) {
                if rule.attainable < *smallest {
                    matters = true;
                    let p = self.tails[rule.tail].p(count_both(&rule.cover.0, &label.0));
                    *smallest = smallest.min(p);
                }
            }
            if !matters {
                break;
            }
        }
        smallest
    }

    /// As many rows as there are positives, drawn at random; each labelling has its own seed.
    fn labelling(&self, seed: u64, at: u64) -> Bits {
        let mut random = Random::new(Random::new(seed).next_u64() ^ Random::new(!at).next_u64());
        let mut rows: Vec<u32> = (0..self.rows as u32).collect();
        let mut label = Bits(vec![0; self.rows.div_ceil(WORD_ROWS)]);
        for drawn in 0..self.positives {
            rows.swap(drawn, drawn + random.below(self.rows - drawn));
            let row = rows[drawn] as usize;
            label.0[row / WORD_ROWS] |= 1 << (row % WORD_ROWS);
        }
        label
    }
}

/// The same conditions over rows sorted by which conditions hold for them: rows that no condition
/// tells apart may change places, so the order in which rows came in no longer shows.
fn in_own_order(conditions: &Conditions) -> Conditions {
    let list = conditions.list();
    let pattern = |row: usize| Bits::of(list.len(), |place| list[place].cover.has(row)).0;
    let mut rows: Vec<(Vec<u64>, usize)> = (0..conditions.rows()).map(|row| (pattern(row), row)).collect();
    rows.sort_unstable();
    conditions.reordered(|row| rows[row].1)
}
