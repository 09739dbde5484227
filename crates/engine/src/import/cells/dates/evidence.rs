//! What the cells of a column prove about how its dates are written.

use super::super::language::Language;
use super::super::text::{keep_least, trimmed};
use super::super::words::is_null;
use super::counted::Count;
use super::written::{Triple, Written};
use super::{DateForm, DateKind, DateOrder, FIRST_YEAR, checked_day};

/// Cells that prove one order must outnumber those that prove another so many times before the
/// few are taken for mistakes.
const MAJORITY: u64 = 9;

/// What is known about a column of dates. The order in which cells are seen does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateEvidence {
    /// Cells that look like dates written out, those below among them.
    texts: u64,
    /// Cells that prove the order of their column, and one of each.
    day_first: u64,
    month_first: u64,
    year_first: u64,
    day_first_example: Option<String>,
    month_first_example: Option<String>,
    /// Cells whose day and month can be either way round.
    ambiguous: u64,
    ambiguous_example: Option<String>,
    /// Cells with the same number for day and month, which read the same in any order.
    same: u64,
    /// Cells of numbers by what they could count.
    counted: [u64; COUNTED.len()],
    /// Lone zeros: how programs write "never" in seconds.
    zeros: u64,
    other_numbers: u64,
    others: u64,
    other_example: Option<String>,
}

/// Kinds that are numbers, in the order of [`DateEvidence::counted`].
const COUNTED: [DateKind; 4] =
    [DateKind::UnixSeconds, DateKind::UnixMillis, DateKind::UnixMicros, DateKind::ExcelSerial];

/// How the dates of a column are written, as far as its cells tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateGuess {
    /// The cells prove it, or settle it each by itself.
    Sure(DateForm),
    /// Day and month can be either way round in every cell, and the language decides; or there
    /// is nothing to decide about.
    Assumed(DateForm),
    /// Day and month can be either way round, or cells contradict each other.
    Ambiguous { example: String },
    /// Most cells are not dates.
    NotDates { example: String },
}

impl DateEvidence {
    /// Nothing seen yet.
    pub fn new() -> DateEvidence {
        DateEvidence::default()
    }

    /// Looks at one more cell; cells that hold nothing do not count.
    pub fn see(&mut self, cell: &str) {
        if is_null(cell) {
            return;
        }
        let cell = trimmed(cell);
        match (Written::of(cell), Count::of(cell)) {
            // Eight digits are a date only if the calendar has it: most of them are ids.
            (Some(written), Some(_)) if !is_day(written.triple) => self.see_number(cell, None),
            (Some(written), _) => self.see_triple(written.triple, cell),
            (None, Some(count)) => self.see_number(cell, Some(count)),
            (None, None) => {
                self.others += 1;
                keep_least(&mut self.other_example, cell);
            }
        }
    }

    fn see_number(&mut self, cell: &str, count: Option<Count>) {
        let kind = count.and_then(|count| count.kind());
        match COUNTED.iter().position(|&known| kind == Some(known)) {
            Some(at) => self.counted[at] += 1,
            None if count.is_some_and(|count| count.whole == 0) => self.zeros += 1,
            None => self.other_numbers += 1,
        }
        keep_least(&mut self.other_example, cell);
    }

    fn see_triple(&mut self, triple: Triple, cell: &str) {
        self.texts += 1;
        let (first, second) = match triple {
            Triple::Settled { .. } => return,
            Triple::Open { year, .. } if year < FIRST_YEAR => return,
            Triple::Open { first, second, .. } => (first, second),
            Triple::Short { first, second, third, dashes } => {
                // `26-11-22` can have its year at either end, unless a number is no day.
                if dashes && (1..=12).contains(&second) && (1..=31).contains(&third) {
                    match first {
                        32.. => self.year_first += 1,
                        _ => self.see_ambiguous(cell),
                    }
                    return;
                }
                (first, second)
            }
        };
        match (first, second) {
            (1..=12, 1..=12) if first == second => self.same += 1,
            (1..=12, 1..=12) => self.see_ambiguous(cell),
            (13..=31, 1..=12) => {
                self.day_first += 1;
                keep_least(&mut self.day_first_example, cell);
            }
            (1..=12, 13..=31) => {
                self.month_first += 1;
                keep_least(&mut self.month_first_example, cell);
            }
            _ => {}
        }
    }

    fn see_ambiguous(&mut self, cell: &str) {
        self.ambiguous += 1;
        keep_least(&mut self.ambiguous_example, cell);
    }

    /// Adds what another part of the column has shown.
    pub fn merge(&mut self, other: &DateEvidence) {
        self.texts += other.texts;
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.year_first += other.year_first;
        self.ambiguous += other.ambiguous;
        self.same += other.same;
        self.zeros += other.zeros;
        self.other_numbers += other.other_numbers;
        self.others += other.others;
        for (mine, theirs) in self.counted.iter_mut().zip(other.counted) {
            *mine += theirs;
        }
        for (mine, theirs) in [
            (&mut self.day_first_example, &other.day_first_example),
            (&mut self.month_first_example, &other.month_first_example),
            (&mut self.ambiguous_example, &other.ambiguous_example),
            (&mut self.other_example, &other.other_example),
        ] {
            if let Some(theirs) = theirs {
                keep_least(mine, theirs);
            }
        }
    }

    /// How many cells are dates written out.
    pub fn dates(&self) -> u64 {
        self.texts
    }

    /// How many cells hold something else: numbers, which may still count time, or other text.
    pub fn others(&self) -> u64 {
        self.counted.iter().sum::<u64>() + self.zeros + self.other_numbers + self.others
    }

    /// A cell whose day and month can be either way round.
    pub fn ambiguous_example(&self) -> Option<&str> {
        self.ambiguous_example.as_deref()
    }

    /// What all cells together say; `language` is that of the file, if it is known. A column
    /// without cells is assumed to hold dates.
    pub fn finish(&self, language: Option<Language>) -> DateGuess {
        if let Some(kind) = self.counted_kind() {
            return DateGuess::Sure(DateForm { order: DateOrder::YearFirst, kind });
        }
        if self.others() > self.texts {
            return DateGuess::NotDates { example: self.other_example.clone().unwrap_or_default() };
        }
        let form = |order| DateForm { order, kind: DateKind::Text };
        let mut proofs = [
            (self.day_first, DateOrder::DayFirst),
            (self.month_first, DateOrder::MonthFirst),
            (self.year_first, DateOrder::YearFirst),
        ];
        proofs.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
        let [(most, order), (next, _), (least, _)] = proofs;
        if most > 0 {
            if most >= (next + least) * MAJORITY {
                return DateGuess::Sure(form(order));
            }
            let examples = [&self.day_first_example, &self.month_first_example];
            let examples: Vec<&str> = examples.into_iter().flatten().map(String::as_str).collect();
            return DateGuess::Ambiguous { example: examples.join(" · ") };
        }
        let by_language = language.filter(|language| language.puts_day_first()).map(|_| DateOrder::DayFirst);
        match (&self.ambiguous_example, by_language) {
            (Some(_), Some(order)) => DateGuess::Assumed(form(order)),
            (Some(example), None) => DateGuess::Ambiguous { example: example.clone() },
            (None, order) if self.same > 0 || self.texts == 0 => {
                DateGuess::Assumed(form(order.unwrap_or(DateOrder::YearFirst)))
            }
            (None, _) => DateGuess::Sure(form(DateOrder::YearFirst)),
        }
    }

    /// The kind of number the whole column counts in; words such as `Total` may stand between.
    fn counted_kind(&self) -> Option<DateKind> {
        let at = self.counted.iter().position(|&count| count > 0)?;
        let (kind, count) = (COUNTED[at], self.counted[at]);
        let alone = count == self.counted.iter().sum::<u64>() && self.texts == 0 && self.other_numbers == 0;
        let zeros_fit = self.zeros == 0 || kind != DateKind::ExcelSerial;
        (alone && zeros_fit && self.others <= count).then_some(kind)
    }
}

/// Whether a date of eight digits is a day of our time.
fn is_day(triple: Triple) -> bool {
    match triple {
        Triple::Settled { year, month, day } => year <= 2100 && checked_day(year, month, day, 1900).is_ok(),
        Triple::Open { .. } | Triple::Short { .. } => true,
    }
}
