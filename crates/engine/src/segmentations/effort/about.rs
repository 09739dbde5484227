//! What value for effort says of itself.

use crate::segmentations::contract::{About, Parameter, SegmentAbout, Speaks};

pub(super) static ABOUT: About = About {
    name: "effort",
    question: "Who is worth the work they make, and who costs more than they bring?",
    method: include_str!("method.md"),
    speaks: Speaks::OfEvents,
    parameters: &[
        Parameter {
            name: "unit",
            default: "points",
            meaning: "What deals and touches give as effort: `points` (a score of 1 to 10) or `hours`.",
        },
        Parameter { name: "hours_per_point", default: "0.5", meaning: "Hours that a point stands for." },
        Parameter {
            name: "hour_cost",
            default: "",
            meaning: "What an hour of your people costs, in the base's currency; empty: not known, and then \
                      nobody's effort can be held against what they bring.",
        },
        Parameter {
            name: "followers",
            default: "followers",
            meaning: "The attribute that says how many follow a customer.",
        },
        Parameter {
            name: "referrals",
            default: "referrals",
            meaning: "The attribute that says how many customers came by a customer's word.",
        },
        Parameter {
            name: "influential",
            default: "2",
            meaning: "Influence from which a customer who costs more than they bring is kept all the same; \
                      2 is a hundred followers.",
        },
        Parameter {
            name: "by",
            default: "prediction",
            meaning: "How what is expected is found: by `prediction`, or by `formula`, at the pace since the \
                      first order.",
        },
        Parameter {
            name: "model",
            default: "",
            meaning: "Model of the prediction, such as `pareto_nbd`; empty: the best of `bg_nbd`, `mbg_nbd`, \
                      `mbg_cnbd_k`.",
        },
        Parameter {
            name: "discount",
            default: "0%",
            meaning: "What money of the prediction is worth less a year later.",
        },
    ],
    columns: &[
        ("effort", "How the effort of the last 365 days is repaid."),
        ("effort_hours", "Hours of effort in the last 365 days; empty where none is known."),
        ("effort_cost", "What they cost."),
        ("roi", "(What the customer brought − what the effort cost) / what it cost."),
        ("influence", "How far the customer's word carries, on a log scale; empty where nothing is known."),
        ("expected_365", "What the customer is expected to bring in the next 12 months."),
        ("drain_without_influence", "True where effort costs more than it brings and influence is small."),
    ],
    named_by: "effort",
    segments: &[
        SegmentAbout {
            name: "pays",
            meaning: "Brings at least twice what the effort costs.",
            action: "Serve as before, and first.",
        },
        SegmentAbout {
            name: "thin",
            meaning: "Brings what the effort costs, and less than twice that.",
            action: "Serve more cheaply: templates, chat, self-service; raise the order.",
        },
        SegmentAbout {
            name: "drain",
            meaning: "Costs more than it brings.",
            action: "Move to self-service, charge for service, or let go; keep who has influence.",
        },
        SegmentAbout {
            name: "effort_unknown",
            meaning: "No effort is known, or not what an hour costs.",
            action: "Record the effort of calls and deals, a score of 1 to 10 is enough.",
        },
    ],
    moves: &[],
};
