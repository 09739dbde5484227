//! What clusters say of themselves.

use crate::segmentations::NO_ORDERS;
use crate::segmentations::contract::{About, Parameter, SegmentAbout, Speaks};

/// Who has given none of the answers that customers are grouped by.
pub(super) const UNANSWERED: &str = "unknown";

const fn cluster(name: &'static str) -> SegmentAbout {
    SegmentAbout {
        name,
        meaning: "What is usual in it and its rule stand in the notes of the run; the first is the largest.",
        action: "Read the rule, give the cluster a name of your own, and decide what these customers need.",
    }
}

pub(super) static ABOUT: About = About {
    name: "clusters",
    question: "Which groups do customers form by themselves?",
    method: include_str!("method.md"),
    speaks: Speaks::ByName,
    parameters: &[
        Parameter {
            name: "features",
            default: "recency_days, orders, average_order",
            meaning: "Numbers to group by, out of the features: how lately, how often and how much per order \
                      by default. Revenue is the product of the last two and would count them twice.",
        },
        Parameter {
            name: "attributes",
            default: "",
            meaning: "Attributes of customers, or features that are texts, to group by as well, such as \
                      `city, favourite_category`.",
        },
        Parameter {
            name: "answers",
            default: "",
            meaning: "Attributes with two values, such as yes and no in a survey, to group by as columns \
                      of 0 and 1. With `features` empty whoever has answered is grouped, with orders or \
                      without.",
        },
        Parameter {
            name: "weight",
            default: "auto",
            meaning: "What another value of an attribute weighs against a squared difference of scaled \
                      features; `auto`: half of what features usually differ by.",
        },
        Parameter {
            name: "k",
            default: "auto",
            meaning: "How many clusters, 2 to 10; `auto`: as many as come back when customers are redrawn.",
        },
        Parameter { name: "seed", default: "1", meaning: "The same seed gives the same clusters." },
        Parameter {
            name: "bootstraps",
            default: "50",
            meaning: "How often customers are redrawn for each number of clusters that is tried.",
        },
    ],
    columns: &[
        ("cluster", "The cluster whose centre is nearest, numbered by size."),
        (
            "cluster_distance",
            "How far the customer is from that centre, in scaled units: the nearest are typical, the \
             farthest odd.",
        ),
    ],
    named_by: "cluster",
    segments: &[
        cluster("cluster_1"),
        cluster("cluster_2"),
        cluster("cluster_3"),
        cluster("cluster_4"),
        cluster("cluster_5"),
        cluster("cluster_6"),
        cluster("cluster_7"),
        cluster("cluster_8"),
        cluster("cluster_9"),
        cluster("cluster_10"),
        SegmentAbout {
            name: NO_ORDERS,
            meaning: "Has never ordered.",
            action: "Bring about the first purchase; see the purchase stage.",
        },
        SegmentAbout {
            name: UNANSWERED,
            meaning: "Grouped by answers alone, and has given none of them.",
            action: "Ask them: a question in the next form or after the next order.",
        },
    ],
    moves: &[],
};
