//! What the purchase stage says of itself.

use crate::segmentations::contract::{About, MoveAbout, MovedTo, Parameter, SegmentAbout, Speaks};

pub(super) static ABOUT: About = About {
    name: "stage",
    question: "How far is each customer on the way to buying regularly, and who has fallen asleep?",
    method: include_str!("method.md"),
    speaks: Speaks::Always,
    parameters: &[
        Parameter {
            name: "cycle",
            default: "",
            meaning: "After how long a customer sleeps, such as `30 days`; empty: one repeat cycle.",
        },
        Parameter {
            name: "regular_orders",
            default: "4",
            meaning: "Orders in the last 365 days from which a customer who is not asleep is regular.",
        },
    ],
    columns: &[
        ("stage", "Where the customer stands."),
        (
            "refusal",
            "What a refusal is about: price, assortment, lost_touch, other; none where there is none.",
        ),
        (
            "asleep",
            "True where more days than one repeat cycle have passed since the last order; empty if unknown.",
        ),
        ("asleep_after_days", "The repeat cycle that holds for the customer, in days."),
    ],
    named_by: "stage",
    segments: &[
        SegmentAbout {
            name: "regular",
            meaning: "Four orders or more in the last 365 days, and not asleep.",
            action: "Partner and referral programmes; keep what they like in stock.",
        },
        SegmentAbout {
            name: "returning",
            meaning: "Two orders or more, and not regular.",
            action: "Make them regular: the loyalty programme, reminders in the rhythm of their orders.",
        },
        SegmentAbout {
            name: "one_time",
            meaning: "One order.",
            action: "The programme for the second purchase; tell newcomers of regular discounts.",
        },
        SegmentAbout {
            name: "choosing",
            meaning: "Never bought; an open deal, or a cart, a price request, a conversation within 30 days.",
            action: "Help to decide now: an offer, a comparison, a call.",
        },
        SegmentAbout {
            name: "refused",
            meaning: "Never bought; a lost deal, or a choice that nothing followed for 30 days.",
            action: "By the reason: price, a code; assortment, news of arrivals; lost touch, write first.",
        },
        SegmentAbout {
            name: "uninterested",
            meaning: "Never bought; a contact by mistake, or three contacts unanswered.",
            action: "Leave them in peace.",
        },
        SegmentAbout {
            name: "lead",
            meaning: "Never bought; has shown interest in some way.",
            action: "Bring to the first purchase: answer questions, show what others choose.",
        },
        SegmentAbout {
            name: "no_contact",
            meaning: "Has never bought, and nothing else is known.",
            action: "Make yourself known; ask for a first small order.",
        },
    ],
    moves: MOVES,
};

/// The stages of those who have bought.
const BUYERS: &[&str] = &["one_time", "returning", "regular"];

/// The way to go is one-time → returning → regular.
static MOVES: &[MoveAbout] = &[
    MoveAbout {
        name: "first_purchase",
        wanted: true,
        from: &["choosing", "refused", "uninterested", "lead", "no_contact"],
        to: MovedTo::Segments(BUYERS),
    },
    MoveAbout {
        name: "second_purchase",
        wanted: true,
        from: &["one_time"],
        to: MovedTo::Segments(&["returning", "regular"]),
    },
    MoveAbout {
        name: "became_regular",
        wanted: true,
        from: &["returning"],
        to: MovedTo::Segments(&["regular"]),
    },
    MoveAbout { name: "woke_up", wanted: true, from: BUYERS, to: MovedTo::Flag("asleep", false) },
    MoveAbout { name: "fell_asleep", wanted: false, from: BUYERS, to: MovedTo::Flag("asleep", true) },
    MoveAbout {
        name: "no_longer_regular",
        wanted: false,
        from: &["regular"],
        to: MovedTo::Segments(&["returning"]),
    },
];
