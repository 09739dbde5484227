//! What may be wrong with a rule, or odd about it.

use crate::expression::near::meant;
use crate::expression::place::At;

/// What was found in a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// With any of these the rule cannot be used.
    pub problems: Vec<Problem>,
    /// The rule can be used, and probably does not say what was meant.
    pub warnings: Vec<Warning>,
}

/// A mistake and where it is.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{mistake}")]
pub struct Problem {
    pub at: At,
    pub mistake: Mistake,
}

/// Something odd and where it is.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{doubt}")]
pub struct Warning {
    pub at: At,
    pub doubt: Doubt,
}

/// A mistake in a rule.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Mistake {
    #[error("there is no `{name}`{}", elsewhere(near.as_deref(), field_of.as_deref()))]
    UnknownName {
        name: String,
        near: Option<String>,
        /// A kind of facts that has a field of this name.
        field_of: Option<String>,
    },
    #[error("there is no kind of facts `{kind}`{}", meant(near.as_deref()))]
    UnknownKind { kind: String, near: Option<String> },
    #[error("`{kind}` has no field `{field}`{}", meant(near.as_deref()))]
    UnknownField { field: String, kind: String, near: Option<String> },
    #[error("there is no channel `{channel}`{}", meant(near.as_deref()))]
    UnknownChannel { channel: String, near: Option<String> },
    #[error("`{operator}` does not go with `{name}`, which is {kind}; use {allowed}")]
    Operator { name: String, kind: &'static str, operator: &'static str, allowed: &'static str },
    #[error("`{name}` is {kind}; compare it with {wanted}, not with {found}")]
    Value { name: String, kind: &'static str, wanted: &'static str, found: String },
    #[error("`{name}` is {kind}; only a day has an anniversary")]
    NotADay { name: String, kind: &'static str },
    #[error("`{measure}` needs a number, and `{field}` is {kind}")]
    NotANumber { measure: &'static str, field: String, kind: &'static str },
    #[error("a condition on facts, tags or consents stands inside a filter; put it beside, joined by `and`")]
    InsideFilter,
    #[error("a sequence has two steps or more; add `then` and a step")]
    OneStep,
    #[error("expected a length from {from} to {to}")]
    Duration { from: u32, to: u32 },
    #[error("expected 1 to {max} periods")]
    Periods { max: u32 },
    #[error("more than {max} levels of conditions; split the rule in two")]
    Depth { max: usize },
    #[error("more than {max} conditions and values; split the rule in two")]
    Parts { max: usize },
}

/// What may have been meant by a name that customers do not have.
fn elsewhere(near: Option<&str>, field_of: Option<&str>) -> String {
    match field_of {
        Some(kind) => format!(
            "; it is a field of `{kind}`: of several conditions after `where`, write them all in brackets"
        ),
        None => meant(near),
    }
}

/// Something odd about a rule.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Doubt {
    #[error("this never holds: its conditions on `{name}` exclude each other")]
    Contradiction { name: String },
    #[error("nothing lies between: {from} comes after {to}")]
    Reversed { from: String, to: String },
    #[error("this never holds: the list is empty")]
    EmptyList,
    #[error("nothing that was done lies in the future")]
    Future,
    #[error("this never holds: `{name}` is a whole number")]
    NotWhole { name: String },
    #[error("`{name}` is never \"{label}\"{}", meant(near.as_deref()))]
    UnknownLabel { name: String, label: String, near: Option<String> },
    #[error("nobody has the tag \"{tag}\"{}", meant(near.as_deref()))]
    UnknownTag { tag: String, near: Option<String> },
}
