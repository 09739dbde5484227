//! What the cells of a column prove about how its numbers are written.

use super::super::text::{keep_least, trimmed};
use super::super::words::is_null;
use super::NumberForm;
use super::written::{Layout, Mark, Written};

/// Cells that prove one decimal mark must outnumber those that prove the other so many times
/// before the few are taken for mistakes.
const MAJORITY: u64 = 9;

/// One cell that proves what a mark is speaks for at most so many cells such as `1,234`; beyond
/// that it is more likely a typing mistake than all of them being small numbers.
const LONE_PER_PROOF_MAX: u64 = 50;

/// What is known about a column of numbers. The order in which cells are seen does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberEvidence {
    numbers: u64,
    others: Seen,
    /// Cells that prove a point before decimals, and a comma.
    point: Seen,
    comma: Seen,
    /// Cells such as `1.234` and `1,234`.
    lone_point: Seen,
    lone_comma: Seen,
    /// Cells with such a mark between thousands.
    grouped: [u64; Mark::ALL.len()],
}

/// Cells of one sort, and the least of them as the example, so that order does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    count: u64,
    example: Option<String>,
}

impl Seen {
    fn add(&mut self, cell: &str) {
        self.count += 1;
        keep_least(&mut self.example, cell);
    }

    fn merge(&mut self, other: &Seen) {
        self.count += other.count;
        if let Some(example) = &other.example {
            keep_least(&mut self.example, example);
        }
    }

    fn example(&self) -> String {
        self.example.clone().unwrap_or_default()
    }
}

/// How the numbers of a column are written, as far as its cells tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberGuess {
    /// The cells prove it.
    Sure(NumberForm),
    /// No cell has a point or a comma: any form reads them the same.
    Assumed(NumberForm),
    /// Cells such as `1,234` or `1.234` with nothing that proves what the mark is, or cells that
    /// contradict each other.
    Ambiguous { example: String },
    /// Most cells are not numbers.
    NotNumbers { example: String },
}

impl NumberEvidence {
    /// Nothing seen yet.
    pub fn new() -> NumberEvidence {
        NumberEvidence::default()
    }

    /// Looks at one more cell; cells that hold nothing do not count.
    pub fn see(&mut self, cell: &str) {
        if is_null(cell) {
            return;
        }
        let cell = trimmed(cell);
        let Ok(written) = Written::of(cell) else {
            self.others.add(cell);
            return;
        };
        self.numbers += 1;
        match written.layout {
            Layout::Plain => {}
            Layout::Lone { mark: Mark::Point, .. } => self.lone_point.add(cell),
            Layout::Lone { .. } => self.lone_comma.add(cell),
            Layout::Grouped(mark) => {
                self.grouped[mark as usize] += 1;
                // A mark between thousands leaves the other one for decimals.
                match mark {
                    Mark::Point => self.comma.add(cell),
                    Mark::Comma => self.point.add(cell),
                    Mark::Space | Mark::Apostrophe => {}
                }
            }
            Layout::Decimal { mark, grouping, .. } => {
                if let Some(grouping) = grouping {
                    self.grouped[grouping as usize] += 1;
                }
                if mark == Mark::Point { self.point.add(cell) } else { self.comma.add(cell) }
            }
        }
    }

    /// Adds what another part of the column has shown.
    pub fn merge(&mut self, other: &NumberEvidence) {
        self.numbers += other.numbers;
        self.others.merge(&other.others);
        self.point.merge(&other.point);
        self.comma.merge(&other.comma);
        self.lone_point.merge(&other.lone_point);
        self.lone_comma.merge(&other.lone_comma);
        for (mine, theirs) in self.grouped.iter_mut().zip(other.grouped) {
            *mine += theirs;
        }
    }

    /// How many cells are numbers.
    pub fn numbers(&self) -> u64 {
        self.numbers
    }

    /// How many cells hold something that is not a number.
    pub fn others(&self) -> u64 {
        self.others.count
    }

    /// What all cells together say. A column without cells is assumed to hold numbers.
    pub fn finish(&self) -> NumberGuess {
        if self.others.count > self.numbers {
            return NumberGuess::NotNumbers { example: self.others.example() };
        }
        let (point, comma) = (self.point.count, self.comma.count);
        let (decimal, proofs) = match (point, comma) {
            (0, 0) => return self.unproven(),
            (point, comma) if point >= MAJORITY * comma => (Mark::Point, point),
            (point, comma) if comma >= MAJORITY * point => (Mark::Comma, comma),
            _ => {
                let example = format!("{} · {}", self.point.example(), self.comma.example());
                return NumberGuess::Ambiguous { example };
            }
        };
        let (same, other, grouping) = match decimal {
            Mark::Point => (&self.lone_point, &self.lone_comma, Mark::Comma),
            _ => (&self.lone_comma, &self.lone_point, Mark::Point),
        };
        if same.count > proofs * LONE_PER_PROOF_MAX {
            return NumberGuess::Ambiguous { example: same.example() };
        }
        let grouping = if other.count > 0 || self.is_grouped_by(grouping) {
            Some(grouping.as_char())
        } else {
            self.wide_grouping()
        };
        NumberGuess::Sure(NumberForm { decimal: decimal.as_char(), grouping })
    }

    /// No cell proves a decimal mark.
    fn unproven(&self) -> NumberGuess {
        let lone = if self.lone_comma.count > 0 { &self.lone_comma } else { &self.lone_point };
        if lone.count > 0 {
            return NumberGuess::Ambiguous { example: lone.example() };
        }
        NumberGuess::Assumed(NumberForm { decimal: '.', grouping: self.wide_grouping() })
    }

    /// A space or an apostrophe between thousands, the commoner one.
    fn wide_grouping(&self) -> Option<char> {
        let mark = if self.grouped[Mark::Apostrophe as usize] > self.grouped[Mark::Space as usize] {
            Mark::Apostrophe
        } else {
            Mark::Space
        };
        self.is_grouped_by(mark).then(|| mark.as_char())
    }

    fn is_grouped_by(&self, mark: Mark) -> bool {
        self.grouped[mark as usize] > 0
    }
}
