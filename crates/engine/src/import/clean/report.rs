//! What cleaning finds besides facts: rejected rows, rows set aside, warnings, contacts.

use super::people::Attribute;
use super::plan::Plan;
use crate::import::cells::{self, CellError};
use crate::import::names::fold;
use crate::import::problem::{Problem, cell_error, reason_of};
use crate::import::synonyms::{Word, begins_with_word};
use crate::sources::{BadRow, Row, RowBlock};
use model::base::Contact;
use std::collections::BTreeMap;

/// What came out of some rows besides facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// One per rejected row, in the order of the file.
    pub problems: Vec<Problem>,
    /// Ways to know or reach customers, each once per taking.
    pub contacts: Vec<Contact>,
    /// Attributes of customers that an order file brings along.
    pub attributes: Vec<Attribute>,
    pub counts: Counts,
    /// Warnings by their code.
    pub warnings: BTreeMap<&'static str, Tally>,
}

/// How rows came out: `rows` is the sum of `given`, `rejected` and all `set_aside`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Data rows seen.
    pub rows: u64,
    /// Rows given out as facts.
    pub given: u64,
    pub rejected: u64,
    /// Rows that are no facts by rule, by the reason: `cancelled`, `header`, `heading`, `blank`,
    /// `footer`, `other`.
    /// Lines of cancelled orders are given out too, marked.
    pub set_aside: BTreeMap<&'static str, u64>,
    /// Rows given out without a customer; part of `given`.
    pub anonymous: u64,
}

/// How often there was a warning, and the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub count: u64,
    pub first: Problem,
}

impl Cleaned {
    /// Adds what came out of other rows of the file.
    pub fn merge(&mut self, other: Cleaned) {
        self.problems.extend(other.problems);
        self.contacts.extend(other.contacts);
        self.attributes.extend(other.attributes);
        self.counts.rows += other.counts.rows;
        self.counts.given += other.counts.given;
        self.counts.rejected += other.counts.rejected;
        self.counts.anonymous += other.counts.anonymous;
        for (reason, count) in other.counts.set_aside {
            *self.counts.set_aside.entry(reason).or_default() += count;
        }
        for (code, tally) in other.warnings {
            match self.warnings.get_mut(code) {
                None => drop(self.warnings.insert(code, tally)),
                Some(known) => {
                    known.count += tally.count;
                    if tally.first < known.first {
                        known.first = tally.first;
                    }
                }
            }
        }
    }
}

/// Why a row is no fact, and the column at fault.
pub(super) struct Refusal {
    pub column: Option<usize>,
    pub error: CellError,
}

impl Refusal {
    pub(super) fn at(column: usize) -> impl Fn(CellError) -> Refusal {
        move |error| Refusal { column: Some(column), error }
    }

    /// A needed cell is empty.
    pub(super) fn missing(column: Option<usize>, what: &str) -> Refusal {
        Refusal { column, error: cell_error("E_MISSING", format!("there is no {what}")) }
    }
}

/// What is being found.
#[derive(Clone, Default)]
pub(super) struct Report {
    cleaned: Cleaned,
}

impl Report {
    pub(super) fn take(&mut self, contacts: Vec<Contact>, attributes: Vec<Attribute>) -> Cleaned {
        let cleaned = std::mem::take(&mut self.cleaned);
        Cleaned { contacts, attributes, ..cleaned }
    }

    /// Rows that the source could not split into cells are rejected too.
    pub(super) fn bad_rows(&mut self, block: &RowBlock) {
        block.bad.iter().for_each(|bad| self.bad_row(bad));
    }

    /// The same, but that lines below the table are set aside.
    pub(super) fn bad_rows_and_footers(&mut self, block: &RowBlock) {
        for bad in &block.bad {
            if bad.lone { self.aside("footer") } else { self.bad_row(bad) }
        }
    }

    fn bad_row(&mut self, bad: &BadRow) {
        self.cleaned.counts.rows += 1;
        self.cleaned.counts.rejected += 1;
        self.cleaned.problems.push(Problem {
            line: bad.line,
            byte: bad.byte,
            column: String::new(),
            code: bad.code,
            reason: bad.reason.clone(),
            raw: bad.raw.clone(),
            suggestion: reason_of(bad.code).map_or("", |reason| reason.suggestion).to_owned(),
            cells: Vec::new(),
        });
    }

    /// A row has become a fact.
    pub(super) fn given(&mut self, cancelled: bool, anonymous: bool) {
        if cancelled {
            return self.aside("cancelled");
        }
        self.cleaned.counts.rows += 1;
        self.cleaned.counts.given += 1;
        self.cleaned.counts.anonymous += u64::from(anonymous);
    }

    pub(super) fn aside(&mut self, reason: &'static str) {
        self.cleaned.counts.rows += 1;
        *self.cleaned.counts.set_aside.entry(reason).or_default() += 1;
    }

    /// A row is no fact: set aside where it says nothing, else rejected.
    pub(super) fn refused(&mut self, plan: &Plan, row: Row<'_>, refusal: Refusal) {
        if is_blank(row) {
            return self.aside("blank");
        }
        if is_header(plan, row) {
            return self.aside("header");
        }
        let refusal = if is_total(row) {
            let error = cell_error("E_TOTAL", "the row is a total, not data".to_owned());
            Refusal { column: refusal.column, error }
        } else {
            refusal
        };
        self.cleaned.counts.rows += 1;
        self.cleaned.counts.rejected += 1;
        self.cleaned.problems.push(problem(plan, row, refusal.column, refusal.error));
    }

    /// Something was left out of a row that is a fact.
    pub(super) fn warned(&mut self, plan: &Plan, row: Row<'_>, column: Option<usize>, error: CellError) {
        let tally = self.cleaned.warnings.entry(error.code);
        tally
            .and_modify(|tally| tally.count += 1)
            .or_insert_with(|| Tally { count: 1, first: problem(plan, row, column, error) });
    }

    /// The same thing was left out again.
    pub(super) fn warned_again(&mut self, code: &'static str) {
        if let Some(tally) = self.cleaned.warnings.get_mut(code) {
            tally.count += 1;
        }
    }
}

fn problem(plan: &Plan, row: Row<'_>, column: Option<usize>, error: CellError) -> Problem {
    Problem {
        line: row.line(),
        byte: row.byte(),
        column: column.and_then(|index| plan.header.get(index)).cloned().unwrap_or_default(),
        code: error.code,
        reason: error.reason,
        raw: column.map(|index| row.cell(index)).unwrap_or_default().to_owned(),
        suggestion: error.suggestion,
        cells: row.cells().map(str::to_owned).collect(),
    }
}

fn is_blank(row: Row<'_>) -> bool {
    row.cells().all(|cell| cell.trim().is_empty())
}

/// Whether a row repeats the header, as pages of printed reports and joined files do.
pub(super) fn is_header(plan: &Plan, row: Row<'_>) -> bool {
    let filled = || row.cells().zip(&plan.header).filter(|(cell, _)| !cell.trim().is_empty());
    filled().count() > 1 && filled().all(|(cell, name)| fold(cell) == fold(name))
}

/// Whether the first word of a row is that of a total.
pub(super) fn is_total(row: Row<'_>) -> bool {
    let first = row.cells().find(|cell| !cells::is_null(cell));
    first.is_some_and(|cell| begins_with_word(Word::Total, cell))
}
