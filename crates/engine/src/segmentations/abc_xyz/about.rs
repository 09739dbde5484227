//! What ABC–XYZ says of itself.

use crate::segmentations::NO_ORDERS;
use crate::segmentations::contract::{About, Parameter, SegmentAbout, Speaks};

const fn cell(name: &'static str, meaning: &'static str, action: &'static str) -> SegmentAbout {
    SegmentAbout { name, meaning, action }
}

const fn parameter(name: &'static str, default: &'static str, meaning: &'static str) -> Parameter {
    Parameter { name, default, meaning }
}

pub(super) static ABOUT: About = About {
    name: "abc_xyz",
    question: "Which customers bring the money, and which of them buy evenly?",
    method: include_str!("method.md"),
    speaks: Speaks::OfOrders,
    parameters: &[
        parameter("period", "month", "What is added up: `month`, `week` or `quarter`."),
        parameter("periods", "12", "How many whole periods up to the as-of day count, 3 to 120."),
        parameter("by", "revenue", "What ABC ranks by: net `revenue` or `margin`."),
        parameter("abc_limits", "80, 95", "Percent of the money where A ends and where B ends."),
        parameter("xyz", "revenue", "What XYZ is the variation of: `revenue`, `orders` or `quantity`."),
        parameter("xyz_limits", "10, 25", "Percent of variation up to which a customer is X, and Y."),
        parameter("season", "off", "`on`: the base's common season is removed before variation is taken."),
        parameter(
            "mode",
            "limits",
            "`limits`: X and Y by `xyz_limits`; `quantiles`: thirds of the customers with a variation.",
        ),
    ],
    columns: &[
        ("abc_xyz", "Both letters, such as `AX`."),
        ("abc", "Share of the money: A brings most, C least. A is best here."),
        ("xyz", "Evenness: X buys evenly, Y with swings, Z by chance, N is too new to say."),
    ],
    named_by: "abc_xyz",
    segments: SEGMENTS,
    moves: &[],
};

static SEGMENTS: &[SegmentAbout] = &[
    cell("AX", "Brings most of the money and buys evenly.", "Individual offers and a personal contact."),
    cell("AY", "Brings most of the money, with swings.", "Individual offers; ask what the swings come from."),
    cell(
        "AZ",
        "Brings most of the money, by chance.",
        "Seasonal and pre-holiday offers; find out by hand what would make the orders regular.",
    ),
    cell("AN", "Brings much money and is too new to say.", "Welcome in person; look again in some months."),
    cell("BX", "Brings a middling share and buys evenly.", "Individual offers that raise the order."),
    cell("BY", "Brings a middling share, with swings.", "Remind before the usual time of the order."),
    cell("BZ", "Brings a middling share, by chance.", "Seasonal and pre-holiday offers."),
    cell("BN", "Brings a middling share and is too new to say.", "Bring about the next order."),
    cell("CX", "Brings little and buys evenly.", "Keep cheaply: self-service, sets, larger packs."),
    cell("CY", "Brings little, with swings.", "Mass mailings only."),
    cell("CZ", "Brings little or nothing, by chance.", "Seasonal and pre-holiday offers, at no great cost."),
    cell("CN", "Brings little so far and is too new to say.", "The usual welcome letters."),
    cell(NO_ORDERS, "Has never ordered.", "Bring about the first purchase; see the purchase stage."),
];

/// The names of the cells in the order of their codes: A to C times X, Y, Z, N, then `no_orders`.
pub(super) fn cells() -> Vec<String> {
    SEGMENTS.iter().map(|segment| segment.name.to_owned()).collect()
}
