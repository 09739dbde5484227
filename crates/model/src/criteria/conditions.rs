//! Conditions worth trying: `attribute = value`, its negation, ranges of numbers between quantiles.
//!
//! A missing value satisfies no condition, negations included; "is not known" is a condition of its
//! own where the column asks for it. Which conditions are tried never depends on who is positive,
//! so that the verdict on them is fair.

use super::CriteriaError;
use super::bits::Bits;
use super::columns::{Column, Values};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rows that a condition must at least cover, and leave.
pub const COVER_MIN: u64 = 3;
/// Pieces of about equal size that numbers are cut into.
const PIECES: usize = 5;
/// Below `super::HYPOTHESES_BELOW` rows fewer pieces keep the number of rules, and with it the price
/// of having looked at many, low.
const PIECES_OF_FEW: usize = 3;
/// Values of one attribute that are tried: the most frequent ones.
const VALUES_MAX: usize = 128;
/// Conditions that are tried: those that split the rows most evenly.
const CONDITIONS_MAX: usize = 512;
/// Bytes that the covers of all conditions may take.
const COVER_BYTES_MAX: usize = 64 << 20;

/// What a value must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    Is(String),
    IsNot(String),
    AtMost(f64),
    Above(f64),
    Between { above: f64, at_most: f64 },
    Yes,
    No,
    Unknown,
}

/// A test of one attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    pub attribute: String,
    pub test: Test,
}

impl Condition {
    /// The rows of a column of this attribute for which the condition holds. A column of another
    /// kind of values than the test's has none.
    pub fn cover(&self, column: &Column) -> Bits {
        let rows = column.values.rows();
        let number = |holds: &dyn Fn(f64) -> bool| match &column.values {
            Values::Number(numbers) => Bits::of(rows, |row| numbers[row].is_some_and(holds)),
            _ => Bits::of(rows, |_| false),
        };
        let flag = |wanted: bool| match &column.values {
            Values::Flag(flags) => Bits::of(rows, |row| flags[row] == Some(wanted)),
            _ => Bits::of(rows, |_| false),
        };
        let name = |holds: &dyn Fn(&str) -> bool| match &column.values {
            Values::Category { codes, names } => {
                let wanted: Vec<bool> = names.iter().map(|name| holds(name)).collect();
                let of = |code: u32| wanted.get(code as usize).copied().unwrap_or(false);
                Bits::of(rows, |row| codes[row].is_some_and(of))
            }
            _ => Bits::of(rows, |_| false),
        };
        match &self.test {
            Test::Is(value) => name(&|name| name == value),
            Test::IsNot(value) => name(&|name| name != value),
            Test::AtMost(edge) => number(&|number| number <= *edge),
            Test::Above(edge) => number(&|number| number > *edge),
            Test::Between { above, at_most } => number(&|number| *above < number && number <= *at_most),
            Test::Yes => flag(true),
            Test::No => flag(false),
            Test::Unknown => Bits::of(rows, |row| !column.values.is_known(row)),
        }
    }
}

/// A condition with the rows it covers.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub condition: Condition,
    /// Place of its attribute in the order in which columns were added.
    pub column: usize,
    pub cover: Bits,
    pub covered: u64,
}

/// The conditions over the rows of a table, gathered column by column: a column may be dropped as
/// soon as it was added.
#[derive(Clone, Debug)]
pub struct Conditions {
    rows: usize,
    columns: usize,
    negations: bool,
    list: Vec<Candidate>,
    left_out: usize,
}

impl Conditions {
    /// None yet. `negations` asks for `attribute ≠ value` also where an attribute has more than two
    /// values; with two values, the other value is the negation.
    pub const fn new(rows: usize, negations: bool) -> Conditions {
        Conditions { rows, columns: 0, negations, list: Vec::new(), left_out: 0 }
    }

    /// Adds the conditions of a column: values in order of their names, then negations, ranges from
    /// the lowest edge, at last "is not known".
    pub fn add(&mut self, column: &Column) -> Result<(), CriteriaError> {
        if column.values.rows() != self.rows {
            let (name, rows) = (column.name.clone(), column.values.rows());
            return Err(CriteriaError::Length { column: name, rows, expected: self.rows });
        }
        let mut tests = match &column.values {
            Values::Category { codes, names } => self.of_category(codes, names),
            Values::Number(numbers) => self.of_numbers(numbers),
            Values::Flag(_) => vec![Test::Yes, Test::No],
        };
        if column.ask_unknown {
            tests.push(Test::Unknown);
        }
        for test in tests {
            let condition = Condition { attribute: column.name.clone(), test };
            let cover = condition.cover(column);
            let covered = cover.count();
            if covered >= COVER_MIN && covered + COVER_MIN <= self.rows as u64 {
                self.list.push(Candidate { condition, column: self.columns, cover, covered });
            }
        }
        self.columns += 1;
        self.keep_most_even();
        Ok(())
    }

    /// How many rows there are.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The conditions, in the order in which they were added.
    pub fn list(&self) -> &[Candidate] {
        &self.list
    }

    /// How many conditions were left out because there were too many.
    pub const fn left_out(&self) -> usize {
        self.left_out
    }

    /// The same conditions where row `row` is what row `from(row)` was.
    pub(super) fn reordered(&self, from: impl Fn(usize) -> usize) -> Conditions {
        let mut reordered = self.clone();
        for candidate in &mut reordered.list {
            candidate.cover = Bits::of(self.rows, |row| candidate.cover.has(from(row)));
        }
        reordered
    }

    fn of_category(&mut self, codes: &[Option<u32>], names: &[String]) -> Vec<Test> {
        let mut counts = vec![0u64; names.len()];
        for &code in codes.iter().flatten() {
            if let Some(count) = counts.get_mut(code as usize) {
                *count += 1;
            }
        }
        // Two codes of one name are one value.
        let mut by_name: BTreeMap<&str, u64> = BTreeMap::new();
        names.iter().zip(&counts).for_each(|(name, count)| *by_name.entry(name).or_default() += count);
        let mut values: Vec<(&str, u64)> = by_name.into_iter().filter(|&(_, count)| count > 0).collect();
        let many = values.len() > 2;
        values.sort_by_key(|&(_, count)| Reverse(count));
        let enough = values.iter().take_while(|&&(_, count)| count >= COVER_MIN).count();
        self.left_out += enough.saturating_sub(VALUES_MAX);
        values.truncate(VALUES_MAX);
        values.sort_unstable();
        let is = values.iter().map(|&(name, _)| Test::Is(name.to_owned()));
        let is_not = values.iter().filter(|_| many && self.negations);
        is.chain(is_not.map(|&(name, _)| Test::IsNot(name.to_owned()))).collect()
    }

    fn of_numbers(&self, numbers: &[Option<f64>]) -> Vec<Test> {
        let few = self.rows < super::HYPOTHESES_BELOW;
        let edges = edges(numbers, if few { PIECES_OF_FEW } else { PIECES });
        let mut tests: Vec<Test> = edges.iter().flat_map(|&e| [Test::AtMost(e), Test::Above(e)]).collect();
        for (at, &above) in edges.iter().enumerate() {
            tests.extend(edges[at + 1..].iter().map(|&at_most| Test::Between { above, at_most }));
        }
        tests
    }

    fn keep_most_even(&mut self) {
        let bytes = self.rows.div_ceil(8).max(1);
        let room = CONDITIONS_MAX.min(COVER_BYTES_MAX / bytes).max(1);
        if self.list.len() <= room {
            return;
        }
        let rows = self.rows as u64;
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_key(|&at| Reverse(self.list[at].covered.min(rows - self.list[at].covered)));
        let mut keep = vec![false; self.list.len()];
        order[..room].iter().for_each(|&at| keep[at] = true);
        self.left_out += self.list.len() - room;
        let mut kept = keep.into_iter();
        self.list.retain(|_| kept.next().unwrap_or(false));
    }
}

/// The values at which sorted numbers are cut into pieces: edge `i` is the smallest value that at
/// least `i / pieces` of them do not exceed. Equal numbers stay together, so edges may be fewer.
fn edges(numbers: &[Option<f64>], pieces: usize) -> Vec<f64> {
    // Adding zero makes a negative zero an ordinary one.
    let mut known: Vec<f64> = numbers.iter().flatten().filter(|n| !n.is_nan()).map(|n| n + 0.0).collect();
    known.sort_unstable_by(f64::total_cmp);
    let Some(&highest) = known.last() else { return Vec::new() };
    let mut edges: Vec<f64> =
        (1..pieces).map(|i| known[(i * known.len()).div_ceil(pieces).max(1) - 1]).collect();
    edges.dedup();
    edges.retain(|&edge| edge < highest);
    edges
}
