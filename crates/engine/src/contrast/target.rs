//! The targets: who is set apart from whom.

/// Who is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Buyers,
    Repeat,
    HighLtv,
    Won,
    ADeals,
}

/// A target, as help and docs say it.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub kind: Kind,
    /// Name on the command line.
    pub name: &'static str,
    /// Who is in it.
    pub who: &'static str,
    /// Who they are compared with.
    pub others: &'static str,
    /// What was known before it was decided, besides plain attributes.
    pub known: &'static str,
}

/// Every target, in the order of help.
pub const TARGETS: &[Target] = &[
    Target {
        kind: Kind::Buyers,
        name: "buyers",
        who: "customers with an order or a won deal",
        others: "all others the base knows: leads and contacts",
        known: "`first_source` and `first_channel` of deals, leads and touches up to the first purchase",
    },
    Target {
        kind: Kind::Repeat,
        name: "repeat",
        who: "customers with two orders or more",
        others: "customers with one order; who first ordered less than a repeat cycle ago is not compared",
        known: "`first_source` up to the first order; `first_order_channel`, `first_order_category`, \
                `first_order_brand` and `first_order_amount`",
    },
    Target {
        kind: Kind::HighLtv,
        name: "high_ltv",
        who: "the VIP tier of `ltv`",
        others: "other customers with an order",
        known: "`first_source` up to the first order; `first_order_channel`, `first_order_category` and \
                `first_order_brand` (its amount is part of the value)",
    },
    Target {
        kind: Kind::Won,
        name: "won",
        who: "customers with a won deal",
        others: "customers whose closed deals were all lost",
        known: "`first_source` and `first_channel` of deals, leads and touches up to the day on which the \
                first closed deal was opened",
    },
    Target {
        kind: Kind::ADeals,
        name: "a_deals",
        who: "customers with a deal of class A among the last closed ones (`dolka deals`)",
        others: "other customers with a deal among them that has a class",
        known: "`first_source` and `first_channel` of deals, leads and touches up to the day on which the \
                first closed deal was opened",
    },
];

impl Target {
    /// The target with this name.
    pub fn find(name: &str) -> Option<&'static Target> {
        TARGETS.iter().find(|target| target.name == name)
    }
}

impl Kind {
    /// Whether what is known is that of the first order.
    pub(super) const fn is_of_orders(self) -> bool {
        matches!(self, Kind::Repeat | Kind::HighLtv)
    }

    /// Whether it is decided by deals.
    pub(super) const fn is_of_deals(self) -> bool {
        matches!(self, Kind::Won | Kind::ADeals)
    }
}
