//! What LTV says of itself.

use crate::segmentations::NO_ORDERS;
use crate::segmentations::contract::{About, Parameter, SegmentAbout, Speaks};

pub(super) static ABOUT: About = About {
    name: "ltv",
    question: "What is a customer worth over a lifetime, and who is worth the most?",
    method: include_str!("method.md"),
    speaks: Speaks::OfOrders,
    parameters: &[
        Parameter {
            name: "by",
            default: "formula",
            meaning: "`formula`, or `prediction`: the expected value of the next 12 months, see below.",
        },
        Parameter {
            name: "model",
            default: "",
            meaning: "Model of a prediction, such as `pareto_nbd`; empty: the best of `bg_nbd`, `mbg_nbd`, \
                      `mbg_cnbd_k`.",
        },
        Parameter {
            name: "discount",
            default: "10%",
            meaning: "What money of a prediction is worth less a year later.",
        },
        Parameter {
            name: "lifetime",
            default: "",
            meaning: "How long a customer stays, in months; empty: estimated from customers who sleep.",
        },
        Parameter {
            name: "cycle",
            default: "",
            meaning: "After how long a customer sleeps, such as `30 days`; empty: one repeat cycle.",
        },
        Parameter {
            name: "tiers",
            default: "10%, 50%",
            meaning: "VIP and standard: the best so many percent, or amounts from which they begin, such as \
                      `5000, 1000`.",
        },
    ],
    columns: &[
        ("ltv", "Average order × orders per month × lifetime in months; or the predicted value."),
        ("ltv_to_date", "What the customer has brought so far, on the same basis."),
        ("ltv_tier", "VIP, standard or economy."),
        ("ltv_provisional", "True in the first 30 days, when there is little to judge by."),
    ],
    named_by: "ltv_tier",
    segments: &[
        SegmentAbout {
            name: "vip",
            meaning: "The tenth with the highest LTV.",
            action: "Personal service, early access, a named contact.",
        },
        SegmentAbout {
            name: "standard",
            meaning: "The rest of the upper half by LTV.",
            action: "The loyalty programme, and offers that raise the order.",
        },
        SegmentAbout {
            name: "economy",
            meaning: "The lower half by LTV, and everybody at zero or below.",
            action: "Serve cheaply: self-service and mass mailings.",
        },
        SegmentAbout {
            name: NO_ORDERS,
            meaning: "Has never ordered.",
            action: "Spend at most the acquisition cap of the tier you hope for.",
        },
    ],
    moves: &[],
};
