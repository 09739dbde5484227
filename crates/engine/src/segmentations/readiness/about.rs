//! What readiness says of itself.

use crate::segmentations::contract::{About, Parameter, SegmentAbout, Speaks};

pub(super) static ABOUT: About = About {
    name: "readiness",
    question: "How close is each customer to the next purchase?",
    method: include_str!("method.md"),
    speaks: Speaks::OfEvents,
    parameters: &[
        Parameter {
            name: "window",
            default: "60 days",
            meaning: "How long what happened counts, in hours, days, weeks, months or years; for some \
                      categories other: `60 days, sofas 6 months, pizza 3 hours`.",
        },
        Parameter {
            name: "steps",
            default: "",
            meaning: "Steps of kinds of touch where they should be others, such as `call 4, survey 3`.",
        },
        Parameter {
            name: "replacement",
            default: "",
            meaning: "Categories of goods that last, and after how long they are replaced, such as `sofas 8 \
                      years, phones 3 years`: who has bought some is at the first step for half of it.",
        },
        Parameter {
            name: "buying",
            default: "7 days",
            meaning: "Who has ordered in so many days is buying.",
        },
    ],
    columns: &[("readiness", "The step's name."), ("readiness_number", "The step, 1 to 5.")],
    named_by: "readiness",
    segments: &[
        SegmentAbout {
            name: "buying",
            meaning: "Has just ordered.",
            action: "Thank, deliver, ask for an opinion; offer what goes with it.",
        },
        SegmentAbout {
            name: "choosing",
            meaning: "A cart, a request for a price, an open deal.",
            action: "Take away the last doubt: terms, delivery, guarantee, a call today.",
        },
        SegmentAbout {
            name: "comparing",
            meaning: "Looks at products, searches, compares.",
            action: "Comparisons, reviews, advice: why here and why this.",
        },
        SegmentAbout {
            name: "aware",
            meaning: "Reads and looks around.",
            action: "Show how the need is met: guides, examples, stories.",
        },
        SegmentAbout {
            name: "indifferent",
            meaning: "Shows nothing at the moment.",
            action: "Remind rarely of the need itself, not of goods.",
        },
    ],
    moves: &[],
};
