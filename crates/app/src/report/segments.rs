//! The named segments of RFM: who they are, how many, how much, what to do.

use super::data::{Rfm, RfmName};
use super::voice::{Voice, share, share_of};
use model::money::Money;

/// Named segments of every number of groups, from the best to the one without orders, with the aim
/// of each.
const ORDER: [(&str, &str); 19] = [
    ("champions", "keep"),
    ("loyal", "keep"),
    ("potential_loyalist", "grow"),
    ("growing", "grow"),
    ("new", "grow"),
    ("new_customers", "grow"),
    ("promising", "grow"),
    ("cooling_regulars", "wake"),
    ("need_attention", "wake"),
    ("about_to_sleep", "wake"),
    ("at_risk", "wake"),
    ("cooling_one_offs", "wake"),
    ("cannot_lose_them", "win"),
    ("lost_regulars", "win"),
    ("lost_repeaters", "win"),
    ("hibernating", "win"),
    ("lost_one_offs", "rest"),
    ("lost", "rest"),
    ("no_orders", "rest"),
];

/// One segment as a card.
pub(super) struct Card {
    pub(super) aim: &'static str,
    pub(super) name: String,
    pub(super) customers: String,
    pub(super) customers_share: String,
    pub(super) customers_bar: String,
    pub(super) revenue: String,
    pub(super) revenue_share: String,
    pub(super) revenue_bar: String,
    pub(super) average: String,
    pub(super) recency: String,
    pub(super) meaning: String,
    pub(super) action: String,
}

/// What is wanted of a segment: `keep`, `grow`, `wake`, `win` back, or let `rest`.
pub(super) fn aim(name: &str) -> &'static str {
    ORDER.iter().find(|(known, _)| *known == name).map_or("rest", |(_, aim)| aim)
}

/// The segments of a base in the order of the list; names that are not in it come last.
pub(super) fn ordered(rfm: &Rfm) -> Vec<&RfmName> {
    let place = |name: &RfmName| ORDER.iter().position(|(known, _)| *known == name.name);
    let mut names: Vec<&RfmName> = rfm.names.iter().filter(|name| name.customers > 0).collect();
    names.sort_by_key(|name| (place(name).unwrap_or(ORDER.len()), name.name.clone()));
    names
}

pub(super) fn cards(voice: &Voice, rfm: &Rfm) -> Vec<Card> {
    let customers: u64 = rfm.names.iter().map(|name| name.customers).sum();
    let revenue = Money(rfm.names.iter().map(|name| name.revenue.0).sum());
    let card = |name: &RfmName| {
        let (of_customers, of_revenue) = (share_of(name.customers, customers), share(name.revenue, revenue));
        Card {
            aim: aim(&name.name),
            name: voice.segment("rfm", &name.name),
            customers: voice.count(name.customers),
            customers_share: voice.share(of_customers),
            customers_bar: super::bars::bar(of_customers),
            revenue: voice.money(name.revenue),
            revenue_share: voice.share(of_revenue),
            revenue_bar: super::bars::bar(of_revenue),
            average: name.average_order.map_or_else(|| "—".to_owned(), |sum| voice.money(sum)),
            recency: name.median_recency_days.map_or_else(|| "—".to_owned(), |days| voice.days(days)),
            meaning: voice.meaning("rfm", &name.name),
            action: voice.action("rfm", &name.name),
        }
    };
    ordered(rfm).into_iter().map(card).collect()
}
