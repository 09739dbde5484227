//! The named segments of RFM: who they are, how many, how much, what to do.

use super::data::{Measure, Rfm, RfmName};
use super::voice::{Voice, share, share_of};
use engine::segmentations::rfm::Third;
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

/// The place of a segment in the order of the list; names that are not in it come last.
pub(super) fn place(name: &str) -> usize {
    ORDER.iter().position(|(known, _)| *known == name).unwrap_or(ORDER.len())
}

/// The segments of a base in the order of the list; names that are not in it come last.
pub(super) fn ordered(rfm: &Rfm) -> Vec<&RfmName> {
    let place = |name: &RfmName| ORDER.iter().position(|(known, _)| *known == name.name);
    let mut names: Vec<&RfmName> = rfm.names.iter().filter(|name| name.customers > 0).collect();
    names.sort_by_key(|name| (place(name).unwrap_or(ORDER.len()), name.name.clone()));
    names
}

/// What to do with a segment: what settings say, else the usual.
pub(super) fn action(voice: &Voice, rfm: &Rfm, name: &RfmName) -> String {
    let usual = || voice.action("rfm", &worded(voice, rfm, &name.name, "-action"));
    match &name.actions[..] {
        [own] if own.cells.is_empty() => own.action.clone(),
        [] => usual(),
        some => {
            let some = some.iter().map(|own| format!("{}: {}", own.cells.join(", "), own.action));
            std::iter::once(usual())
                .chain(some)
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" · ")
        }
    }
}

/// What a segment means, as its cuts are.
pub(super) fn meaning(voice: &Voice, rfm: &Rfm, name: &str) -> String {
    voice.meaning("rfm", &worded(voice, rfm, name, "-meaning"))
}

/// The name under which a segment's text stands that is true of the cuts there are: texts say
/// *once* or *more than once* of groups of F, which thresholds and data may cut elsewhere.
fn worded(voice: &Voice, rfm: &Rfm, name: &str, what: &str) -> String {
    let loosely = format!("{name}_loosely");
    let is_there = voice.knows(&format!("segment-rfm-{loosely}{what}"));
    if is_there && !is_exact(rfm, name) { loosely } else { name.to_owned() }
}

/// Whether the numbers of orders in a segment are those that its usual text says.
fn is_exact(rfm: &Rfm, name: &str) -> bool {
    let groups = usize::from(rfm.groups);
    let third = |group: u8| Third::of(usize::from(group) - 1, groups);
    let cuts = || rfm.cuts.iter().filter(|cut| cut.measure == Measure::Frequency);
    if cuts().next().is_none() {
        // Cut per category: there is no one border.
        return false;
    }
    // The map of five groups has names of its own, and `need_attention` from its second group on.
    let five = rfm.groups == 5;
    match name {
        "new" | "cooling_one_offs" | "lost_one_offs" => {
            cuts().filter(|cut| third(cut.group) == Third::A).all(|cut| cut.to <= 1)
        }
        "new_customers" => cuts().filter(|cut| cut.group <= 2).all(|cut| cut.to <= 1),
        "growing" | "lost_repeaters" => {
            cuts().filter(|cut| third(cut.group) == Third::B).all(|cut| cut.from > 1)
        }
        "need_attention" | "potential_loyalist" => {
            let counts = |group: u8| if five { group >= 2 } else { third(group) == Third::B };
            cuts().filter(|cut| counts(cut.group)).all(|cut| cut.from > 1)
        }
        _ => true,
    }
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
            meaning: meaning(voice, rfm, &name.name),
            action: action(voice, rfm, name),
        }
    };
    ordered(rfm).into_iter().map(card).collect()
}
