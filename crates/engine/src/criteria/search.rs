//! From columns to what was found.

use super::leaks::{LeftOut, Why, filled_in};
use model::criteria::{Column, Conditions, CriteriaError, Findings, Scorer, Settings, find};

/// What a search found, and what it looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Searched {
    pub findings: Findings,
    /// Points by the criteria that beat chance; `None` where none does.
    pub scorer: Option<Scorer>,
    /// Attributes that were looked at.
    pub attributes: Vec<String>,
    pub left_out: Vec<LeftOut>,
}

/// Looks for what the rows of `target` have in common.
///
/// `columns` come one at a time and are dropped as soon as their conditions are known. `side` is how
/// rows ended: an attribute that is known of one side much more often is left out. The memory of the
/// search itself is bounded: conditions over very many rows take 64 MiB, and rules that would not fit
/// beside them are judged by Tarone's bound instead of by permutations.
///
/// # Errors
/// Too few rows, or all of one class.
pub fn search(
    rows: usize,
    columns: impl Iterator<Item = (String, Option<Column>)>,
    side: &[bool],
    target: &[bool],
    settings: &Settings,
    threads: usize,
) -> Result<Searched, CriteriaError> {
    let mut conditions = Conditions::new(rows, false);
    let (mut attributes, mut left_out) = (Vec::new(), Vec::new());
    for (attribute, column) in columns {
        match column {
            None => left_out.push(LeftOut { attribute, why: Why::TooManyTexts }),
            Some(column) if filled_in(&column, side) => {
                left_out.push(LeftOut { attribute, why: Why::FilledIn });
            }
            Some(column) => {
                conditions.add(&column)?;
                attributes.push(attribute);
            }
        }
    }
    let findings = find(&conditions, target, settings, threads)?;
    let scorer = Scorer::of(&findings.significant());
    Ok(Searched { findings, scorer, attributes, left_out })
}
