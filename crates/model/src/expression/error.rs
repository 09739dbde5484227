//! What may be wrong with the text of a rule.

use super::decimal::DecimalError;
use super::place::{Place, Position};

/// A text that is no rule, and where it stops being one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {fault}")]
pub struct SyntaxError {
    pub place: Place,
    pub position: Position,
    pub fault: Fault,
}

impl SyntaxError {
    /// The message with the line that it is about, and carets under the place.
    pub fn point(&self, text: &str) -> String {
        self.place.point(text, &self.fault.to_string())
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Something else should stand here; `hint` says what may have been meant, or is empty.
    #[error("expected {expected}, found {found}{hint}")]
    Expected { expected: String, found: String, hint: String },
    #[error("a text that begins with `{0}` has no end; close it with `{1}`")]
    Unclosed(char, char),
    #[error("`{0}` means nothing here; texts stand in quotes, names with blanks in backticks")]
    Letter(char),
    #[error("`{text}` cannot be read: {error}")]
    Number { text: String, error: DecimalError },
    #[error("there is no day `{0}`; days are written like 2026-01-31")]
    Day(String),
    #[error("a name is empty; write it between the backticks")]
    EmptyName,
    #[error("expected a whole number from {from} to {to}, found `{found}`")]
    Count { found: String, from: u32, to: u32 },
    #[error("more than {max} levels of brackets and conditions; split the rule in two")]
    Depth { max: usize },
    #[error("more than {max} conditions and values; split the rule in two")]
    Parts { max: usize },
    #[error("more than {max} bytes of text; split the rule in two")]
    Length { max: usize },
}
