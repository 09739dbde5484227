//! The list of features. Help, docs and outputs come from it.

/// What kind of value a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A whole number; `Int64`.
    Count,
    /// A calendar day; `Date32`.
    Day,
    /// Exact money; `Decimal64(18, 4)`.
    Money,
    /// Exact quantity; `Decimal64(18, 4)`.
    Quantity,
    /// A ratio, a share or a number of days with halves; `Float64`.
    Number,
    /// Text; `Dictionary(Int32, Utf8)`.
    Text,
}

/// One value per customer.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Column name in every output.
    pub name: &'static str,
    pub unit: Unit,
    /// What it is, in one sentence.
    pub meaning: &'static str,
}

const fn feature(name: &'static str, unit: Unit, meaning: &'static str) -> Feature {
    Feature { name, unit, meaning }
}

/// Every feature, in the order of outputs.
pub const FEATURES: &[Feature] = &[
    feature("first_order_at", Unit::Day, "Day of the first order; returns are not orders."),
    feature("last_order_at", Unit::Day, "Day of the last order."),
    feature("recency_days", Unit::Count, "Calendar days from the last order to the as-of day."),
    feature(
        "orders",
        Unit::Count,
        "Number of orders; an order with only negative lines is a return, not an order.",
    ),
    feature("returns", Unit::Count, "Number of returns: orders with only negative lines."),
    feature("order_days", Unit::Count, "Number of different days with an order."),
    feature("revenue", Unit::Money, "Net money: all lines, returns subtracted."),
    feature(
        "margin",
        Unit::Money,
        "Net money less cost, over the lines whose cost is known; empty if none is.",
    ),
    feature("costed_revenue", Unit::Money, "Net money of the lines whose cost is known."),
    feature("average_order", Unit::Money, "Net money divided by the number of orders."),
    feature("median_order", Unit::Money, "Median amount of an order, returns left out."),
    feature("quantity", Unit::Quantity, "Units bought, returns subtracted; empty if no line has a quantity."),
    feature(
        "median_quantity",
        Unit::Quantity,
        "Median quantity of an order, returns left out; empty if no order has one.",
    ),
    feature("gaps", Unit::Count, "Number of gaps between days with an order."),
    feature("median_gap_days", Unit::Number, "Median gap between days with an order."),
    feature(
        "cycle_days",
        Unit::Number,
        "Own repeat cycle: the median gap where there are three gaps or more.",
    ),
    feature("order_span_days", Unit::Count, "Days from the first day with an order to the last."),
    feature("age_days", Unit::Count, "Days from the first day with an order to the as-of day."),
    feature(
        "order_days_182",
        Unit::Count,
        "Number of different days with an order in the last 182 days (26 weeks), the as-of day included.",
    ),
    feature(
        "ln_gap_weeks",
        Unit::Number,
        "Sum of ln(weeks) over the gaps between days with an order: what says how regular orders come.",
    ),
    feature(
        "repeat_revenue",
        Unit::Money,
        "Net money from the second day with an order on, returns subtracted; empty without such a day.",
    ),
    feature(
        "repeat_margin",
        Unit::Money,
        "The same less cost, over the lines whose cost is known; empty if none is.",
    ),
    feature("orders_365", Unit::Count, "Orders in the last 365 days, the as-of day included."),
    feature("window_orders", Unit::Count, "Orders in the window asked for; all history where none is."),
    feature("window_revenue", Unit::Money, "Net money in the window asked for; all history where none is."),
    feature(
        "revenue_365",
        Unit::Money,
        "Net money in the last 365 days, the as-of day included; returns subtracted.",
    ),
    feature(
        "margin_365",
        Unit::Money,
        "Net money less cost in the same days, over the lines whose cost is known; empty if none is.",
    ),
    feature(
        "periods_revenue",
        Unit::Money,
        "Net money in the periods of ABC–XYZ (the last 12 whole months).",
    ),
    feature("periods_measure", Unit::Money, "What ABC ranks by, in the same periods: net money or margin."),
    feature(
        "periods_known",
        Unit::Count,
        "Periods from the one of the first purchase to the last, at most all of them.",
    ),
    feature(
        "revenue_cv",
        Unit::Number,
        "Coefficient of variation per period since the first purchase, zero periods counted.",
    ),
    feature("discount_share", Unit::Number, "Discount as a share of the price before it."),
    feature("return_share", Unit::Number, "Money of negative lines as a share of that of positive ones."),
    feature(
        "favourite_category",
        Unit::Text,
        "Category with the most net money; ties go to the first by name.",
    ),
    feature("favourite_brand", Unit::Text, "Brand with the most net money; ties go to the first by name."),
    feature("favourite_channel", Unit::Text, "Channel with the most orders; ties go to the first by name."),
    feature("first_order_amount", Unit::Money, "Money of the first order."),
    feature("first_order_channel", Unit::Text, "Channel of the first order."),
    feature(
        "first_order_category",
        Unit::Text,
        "Category with the most money in the first order; ties go to the first by name.",
    ),
    feature(
        "first_order_brand",
        Unit::Text,
        "Brand with the most money in the first order; ties go to the first by name.",
    ),
    feature("deals", Unit::Count, "Number of deals, open and closed."),
    feature("won_deals", Unit::Count, "Number of deals won."),
    feature("won_deals_365", Unit::Count, "Deals won in the last 365 days, the as-of day included."),
    feature("open_deals", Unit::Count, "Number of deals that are open."),
    feature("leads", Unit::Count, "Number of leads."),
    feature("touches", Unit::Count, "Number of touches: visits, calls, messages and the like."),
    feature("last_touch_at", Unit::Day, "Day of the last touch."),
    feature(
        "first_source",
        Unit::Text,
        "Where the customer learnt of us: the first source that a deal, lead or touch names.",
    ),
    feature(
        "first_channel",
        Unit::Text,
        "How we first met: the first channel that a deal, lead or touch names.",
    ),
    feature(
        "effort_365",
        Unit::Quantity,
        "Effort in the last 365 days as deals and touches give it (points or hours); empty if none does.",
    ),
    feature(
        "readiness_step",
        Unit::Count,
        "Step of the ladder of readiness, 1 (indifferent) to 5 (buying), by touches since the last order.",
    ),
    feature(
        "prospect_stage",
        Unit::Text,
        "How far somebody is who has never bought: choosing, refused, uninterested, lead; else empty.",
    ),
    feature(
        "online_share",
        Unit::Number,
        "Share of orders and touches, of those whose channel is known, that are online.",
    ),
    feature(
        "occasion",
        Unit::Text,
        "Holiday that the customer buys for: two thirds or more of their orders, and at least two, in the \
         14 days up to it; else empty.",
    ),
    feature("refusal_reason", Unit::Text, "Why somebody who has never bought refused; else empty."),
];

/// The feature with this name.
pub fn find(name: &str) -> Option<&'static Feature> {
    FEATURES.iter().find(|feature| feature.name == name)
}
