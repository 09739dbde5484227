//! What RFM says of itself.

use crate::segmentations::NO_ORDERS;
use crate::segmentations::contract::{About, MoveAbout, MovedTo, Parameter, SegmentAbout, Speaks};

const fn segment(name: &'static str, meaning: &'static str, action: &'static str) -> SegmentAbout {
    SegmentAbout { name, meaning, action }
}

const fn parameter(name: &'static str, default: &'static str, meaning: &'static str) -> Parameter {
    Parameter { name, default, meaning }
}

pub(super) static ABOUT: About = About {
    name: "rfm",
    question: "Who bought lately, who buys often, who spends much, and who is drifting away?",
    method: include_str!("method.md"),
    speaks: Speaks::OfOrders,
    parameters: &[
        parameter("groups", "3", "Groups per measure, 2 to 10. Three are lettered A to C, others 1 to n."),
        parameter(
            "cuts",
            "terciles",
            "`terciles`: groups of equal size, whatever `groups` is; or thresholds such as `R 30, 90; F 2, \
             5; M 1000, 5000`. A measure left out is cut into groups of equal size.",
        ),
        parameter("money", "total", "What M is: `total` net money, or the `average` order."),
        parameter(
            "window",
            "",
            "Which orders count: empty for all history, or the last days or months, such as `365d` or `12m`.",
        ),
        parameter(
            "by",
            "",
            "`favourite_category`: cuts are made among customers with the same favourite category.",
        ),
        parameter(
            "names",
            "",
            "Your own names, such as `CC=vip, AA=gone`, for an R×F cell, a whole cell (`CCC`) or a name.",
        ),
        parameter("actions", "", "Your own actions, separated by `;`, such as `CC=call them; AAA=let go`."),
    ],
    columns: &[
        ("rfm", "The cell: R, F and M in this order; A is worst and C best."),
        ("rfm_r", "How lately: A long ago, C lately."),
        ("rfm_f", "How often: A rarely, C often."),
        ("rfm_m", "For how much: A little, C much."),
        ("rfm_name", "The name of the cell."),
    ],
    named_by: "rfm_name",
    segments: SEGMENTS,
    moves: MOVES,
};

static SEGMENTS: &[SegmentAbout] = &[
    segment(
        "champions",
        "Bought lately, buy often, spend most.",
        "Keep them: offer the loyalty programme or personal service; ask for reviews and referrals.",
    ),
    segment(
        "loyal",
        "Bought lately and buy often.",
        "Keep them: thank them, and raise the average order with sets and new arrivals.",
    ),
    segment(
        "growing",
        "Bought lately, more than once or twice.",
        "Keep them coming: a promo code for the next order, goods that go with what they bought.",
    ),
    segment("new", "Bought lately, and rarely so far.", "Bring about the next purchase: a welcome code."),
    segment(
        "cooling_regulars",
        "Bought often and have gone quiet: they are falling asleep.",
        "Wake them first: the loyalty programme for those who spend much, a promo code for the others.",
    ),
    segment(
        "need_attention",
        "Middling in how lately and how often they buy.",
        "Remind them with a promo code that ends soon.",
    ),
    segment(
        "cooling_one_offs",
        "Bought rarely, some time ago.",
        "One promo code for the second purchase; spend little on them.",
    ),
    segment(
        "lost_regulars",
        "Bought often, long ago.",
        "Win them back: ask what went wrong, offer personal service or a strong code.",
    ),
    segment("lost_repeaters", "Bought now and then, long ago.", "Win them back with a promo code."),
    segment("lost_one_offs", "Bought rarely, long ago.", "Send one promo code, or let go."),
    segment(
        "potential_loyalist",
        "Bought lately and more than once (map of five groups).",
        "Offer the loyalty programme, recommend what goes with their purchases.",
    ),
    segment(
        "new_customers",
        "Bought lately, once or twice (map of five groups).",
        "Welcome them and bring about the next purchase.",
    ),
    segment(
        "promising",
        "Bought lately, rarely, for good money (map of five groups).",
        "Make the brand known to them; a small code for the next order.",
    ),
    segment(
        "about_to_sleep",
        "Below the middle in how lately and how often (map of five groups).",
        "Remind them with popular goods and a promo code.",
    ),
    segment(
        "at_risk",
        "Bought often and for good money, some time ago (map of five groups).",
        "Wake them with a personal letter and a code.",
    ),
    segment(
        "cannot_lose_them",
        "Spent most, long ago (map of five groups).",
        "Win them back in person; do not lose them to somebody else.",
    ),
    segment(
        "hibernating",
        "Last bought long ago, few orders (map of five groups).",
        "Send a promo code with goods of their category.",
    ),
    segment(
        "lost",
        "Lowest in how lately, how often and for how much (map of five groups).",
        "Send one promo code, or let go.",
    ),
    segment(
        NO_ORDERS,
        "Has no order, or none in the window.",
        "Bring about the first purchase; see the purchase stage.",
    ),
];

/// R×F names by how lately customers bought.
const LATELY: &[&str] = &["champions", "loyal", "growing", "new"];
const COOLING: &[&str] = &["cooling_regulars", "need_attention", "cooling_one_offs"];
const LOST: &[&str] = &["lost_regulars", "lost_repeaters", "lost_one_offs"];

const fn to(
    name: &'static str,
    wanted: bool,
    from: &'static [&'static str],
    to: &'static [&'static str],
) -> MoveAbout {
    MoveAbout { name, wanted, from, to: MovedTo::Segments(to) }
}

/// Up in R and F is wanted: more often while they come lately, and back from further away. Names of the
/// map of five groups that are not among the nine overlap in R and F, so no move of theirs is counted.
static MOVES: &[MoveAbout] = &[
    to("bought_again", true, &["new"], &["champions", "loyal", "growing"]),
    to("became_loyal", true, &["growing"], &["champions", "loyal"]),
    to("became_champions", true, &["loyal"], &["champions"]),
    to("woken", true, COOLING, LATELY),
    to(
        "won_back",
        true,
        LOST,
        &["champions", "loyal", "growing", "new", "cooling_regulars", "need_attention", "cooling_one_offs"],
    ),
    to(
        "cooled",
        false,
        LATELY,
        &[
            "cooling_regulars",
            "need_attention",
            "cooling_one_offs",
            "lost_regulars",
            "lost_repeaters",
            "lost_one_offs",
        ],
    ),
    to("lost", false, COOLING, LOST),
];
