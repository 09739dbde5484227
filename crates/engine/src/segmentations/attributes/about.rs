//! What cutting by attributes says of itself.

use crate::segmentations::contract::{About, Parameter, SegmentAbout, Speaks};

/// The segment of rare values.
pub(super) const OTHER: &str = "other";
/// The segment of those of whom the attribute is not known.
pub(super) const UNKNOWN: &str = "unknown";

pub(super) static ABOUT: About = About {
    name: "attributes",
    question: "Who are the customers: where, how old, how often, by which habits?",
    method: include_str!("method.md"),
    speaks: Speaks::ByName,
    parameters: &[
        Parameter {
            name: "by",
            default: "city",
            meaning: "An attribute, a feature, or one of age, frequency and web_savviness; several are \
                      crossed with `+`. Numbers are cut by `quantiles N` or `edges A B C`: `region + age \
                      edges 18 25 35 + revenue quantiles 3`.",
        },
        Parameter {
            name: "rare",
            default: "1",
            meaning: "Percent of the base below which a segment goes into `other`.",
        },
        Parameter {
            name: "holidays",
            default: "",
            meaning: "Whose holidays `occasion` looks at: LV, ES, RU, US, GB, or empty for those kept nearly \
                      everywhere; own ones behind it: `LV, shop's birthday 05-20`.",
        },
    ],
    columns: &[("attributes", "The value, the range, or the crossed values.")],
    named_by: "attributes",
    segments: &[
        SegmentAbout {
            name: OTHER,
            meaning: "Values that too few customers have.",
            action: "Nothing of their own; lower `rare` to see them apart.",
        },
        SegmentAbout {
            name: UNKNOWN,
            meaning: "Nothing is known of it.",
            action: "Ask: a question in the next form or after the next order.",
        },
    ],
    moves: &[],
};
