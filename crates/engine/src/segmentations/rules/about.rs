//! What rules say of themselves.

use crate::segmentations::contract::{About, Parameter, SegmentAbout, Speaks};
use model::expression::rules::REST;

pub(super) static ABOUT: About = About {
    name: "rules",
    question: "Who fits which of my own rules, the first that holds?",
    method: include_str!("method.md"),
    speaks: Speaks::ByName,
    parameters: &[Parameter {
        name: "rules",
        default: "",
        meaning: "The rules, as a file of rules has them; `--rules FILE` reads them from one.",
    }],
    columns: &[
        ("rules", "Name of the first rule that holds, or of the remainder."),
        ("rule_number", "Number of that rule from 1; empty for the remainder."),
    ],
    named_by: "rules",
    segments: &[SegmentAbout {
        name: REST,
        meaning: "No rule holds.",
        action: "If they are many, look at what they have in common: a rule may be missing.",
    }],
    moves: &[],
};
