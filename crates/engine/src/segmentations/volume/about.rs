//! What volume says of itself.

use crate::segmentations::NO_ORDERS;
use crate::segmentations::contract::{About, Parameter, SegmentAbout, Speaks};

pub(super) static ABOUT: About = About {
    name: "volume",
    question: "Who buys for themselves, and who buys wholesale?",
    method: include_str!("method.md"),
    speaks: Speaks::OfOrders,
    parameters: &[
        Parameter {
            name: "units",
            default: "10, 100",
            meaning: "Median units per order from which a customer is small wholesale, and wholesale.",
        },
        Parameter {
            name: "multiples",
            default: "5, 25",
            meaning: "The same as multiples of the base's median order amount, where quantities are missing.",
        },
    ],
    columns: &[("volume", "Retail, small wholesale or wholesale.")],
    named_by: "volume",
    segments: &[
        SegmentAbout {
            name: "retail",
            meaning: "Usual orders are small: fewer than 10 units.",
            action: "Retail prices, sets of goods, free delivery from a sum a little above the usual order.",
        },
        SegmentAbout {
            name: "small_wholesale",
            meaning: "Usual orders have 10 units or more.",
            action: "Offer a price list by quantity, and an invoice; ask whether they resell.",
        },
        SegmentAbout {
            name: "wholesale",
            meaning: "Usual orders have 100 units or more.",
            action: "A contract, a personal contact, terms of payment, a delivery schedule.",
        },
        SegmentAbout {
            name: NO_ORDERS,
            meaning: "Has never ordered.",
            action: "Bring about the first purchase; see the purchase stage.",
        },
    ],
    moves: &[],
};
