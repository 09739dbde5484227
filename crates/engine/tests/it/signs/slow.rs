//! The signs of one customer, event by event, from the definitions of readiness, stages, occasions
//! and web-savviness; nothing here is fast or shared with the engine.

use crate::shop::{Bought, Happened, Shop};
use model::base::FactKind;

/// The features held against this version, by what their values are.
pub(super) const TEXTS: &[&str] = &[
    "prospect_stage",
    "refusal_reason",
    "occasion",
    "first_source",
    "first_channel",
    "first_order_channel",
    "first_order_category",
];
pub(super) const COUNTS: &[&str] =
    &["readiness_step", "deals", "won_deals", "won_deals_365", "open_deals", "leads", "touches"];
pub(super) const SUMS: &[&str] = &["effort_365", "first_order_amount"];
pub(super) const NUMBERS: &[&str] = &["online_share"];

/// What is said of one customer.
#[derive(Debug, PartialEq)]
pub(super) struct Signs {
    pub texts: Vec<Option<String>>,
    pub counts: Vec<Option<i64>>,
    /// In 1/10 000.
    pub sums: Vec<Option<i64>>,
    pub numbers: Vec<Option<f64>>,
    pub last_touch: Option<i32>,
    pub buys_tea: Option<String>,
}

impl Bought {
    /// What any of the lines says: none says another.
    fn channel(&self) -> Option<&'static str> {
        self.lines.iter().find_map(|line| line.channel)
    }
}

struct Customer<'a> {
    orders: Vec<&'a Bought>,
    deals: Vec<&'a Happened>,
    leads: Vec<&'a Happened>,
    touches: Vec<&'a Happened>,
    as_of: i32,
}

/// Everybody who has done anything by then.
pub(super) fn known(shop: &Shop, as_of: i32) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for order in shop.orders.iter().filter(|order| order.day <= as_of) {
        known.push(order.customer.to_owned());
    }
    for event in shop.events.iter().filter(|event| event.day <= as_of) {
        known.push(event.customer.to_owned());
    }
    known.sort();
    known.dedup();
    known
}

pub(super) fn signs(shop: &Shop, customer: &str, as_of: i32) -> Signs {
    let mut orders: Vec<&Bought> = shop
        .orders
        .iter()
        .filter(|order| order.customer == customer && order.day <= as_of)
        .filter(|order| order.lines.iter().any(|line| line.amount > 0))
        .collect();
    orders.sort_by_key(|order| (order.day, order.time, order.id.clone()));
    let of = |kind: FactKind| {
        let mut events: Vec<&Happened> = shop
            .events
            .iter()
            .filter(|event| event.customer == customer && event.day <= as_of && event.kind == kind)
            .collect();
        events.sort_by_key(|event| (event.day, event.time, event.id.clone()));
        events
    };
    let (deals, leads, touches) = (of(FactKind::Deals), of(FactKind::Leads), of(FactKind::Touches));
    let customer = Customer { orders, deals, leads, touches, as_of };
    let (stage, reason) = customer.prospect();
    let text = |text: Option<&str>| text.map(str::to_owned);
    Signs {
        texts: vec![
            text(stage),
            text(reason),
            text(customer.occasion()),
            text(customer.first("lead_source")),
            text(customer.first("channel")),
            text(customer.orders.first().and_then(|order| order.channel())),
            customer.first_category(),
        ],
        counts: [
            customer.step(),
            customer.deals.len() as i64,
            customer.won().len() as i64,
            customer.won().iter().filter(|deal| deal.closed() > as_of - 365).count() as i64,
            customer.open() as i64,
            customer.leads.len() as i64,
            customer.touches.len() as i64,
        ]
        .map(Some)
        .to_vec(),
        sums: vec![customer.effort(), customer.first_amount()],
        numbers: vec![customer.online_share()],
        last_touch: customer.touches.last().map(|touch| touch.day),
        buys_tea: customer.frequency_of("tea").map(str::to_owned),
    }
}

impl Happened {
    /// The day on which a deal was closed; one that does not say so was closed when it was opened.
    fn closed(&self) -> i32 {
        self.number("closed_at").map_or(self.day, |day| day as i32)
    }

    fn is_lost_or_won(&self, outcome: &str, as_of: i32) -> bool {
        self.text("outcome") == Some(outcome) && self.closed() <= as_of
    }
}

impl Customer<'_> {
    fn won(&self) -> Vec<&Happened> {
        self.deals.iter().copied().filter(|deal| deal.is_lost_or_won("won", self.as_of)).collect()
    }

    fn lost(&self) -> Vec<&Happened> {
        self.deals.iter().copied().filter(|deal| deal.is_lost_or_won("lost", self.as_of)).collect()
    }

    fn open(&self) -> usize {
        self.deals.len() - self.won().len() - self.lost().len()
    }

    /// Whether something happened in the last so many days, the day asked about the last of them.
    fn in_last(&self, day: i32, days: i32) -> bool {
        day > self.as_of - days
    }

    fn step(&self) -> i64 {
        let last_order = self.orders.last().map(|order| order.day);
        if last_order.is_some_and(|day| self.in_last(day, 7)) {
            return 5;
        }
        // Sofas last for forty days here; for twenty of them their buyer wants nothing.
        let mut settled = i32::MIN;
        for order in &self.orders {
            for line in &order.lines {
                if line.category == Some("sofas") && line.amount > 0 {
                    settled = settled.max(order.day + 20);
                }
            }
        }
        let mut step = 1;
        for touch in &self.touches {
            let window = if touch.text("category") == Some("sofas") { 90 } else { 60 };
            let is_since = last_order.is_none_or(|day| touch.day > day) && touch.day > settled;
            if is_since && self.in_last(touch.day, window) {
                step = step.max(match touch.text("touch") {
                    Some("cart" | "price_request") => 4,
                    Some("search") => 3,
                    // What we do, and what was a mistake, says nothing of the customer.
                    Some("message_out" | "note" | "mistake") => 1,
                    _ => 2,
                });
            }
        }
        if self.open() > 0 { step.max(4) } else { step }
    }

    fn prospect(&self) -> (Option<&'static str>, Option<&'static str>) {
        if !self.orders.is_empty() || !self.won().is_empty() {
            return (None, None);
        }
        let is_choice = |touch: &&&Happened| {
            matches!(touch.text("touch"), Some("cart" | "price_request" | "conversation"))
        };
        let choice = self.touches.iter().filter(is_choice).map(|touch| touch.day).max();
        if self.open() > 0 || choice.is_some_and(|day| self.in_last(day, 30)) {
            return (Some("choosing"), None);
        }
        let mut lost = self.lost();
        // Of several closed on one day the one opened last.
        lost.sort_by_key(|deal| (deal.closed(), deal.day, deal.time, deal.id.clone()));
        if let Some(deal) = lost.last() {
            return (Some("refused"), deal.text("loss_reason"));
        }
        let theirs = |touch: &&&Happened| {
            !matches!(touch.text("touch"), Some("message_out" | "note")) && !is_unanswered(touch)
        };
        if let Some(choice) = choice
            && !self.touches.iter().filter(theirs).any(|touch| touch.day > choice)
        {
            return (Some("refused"), Some("lost_touch"));
        }
        let last_word = self.touches.iter().rposition(|touch| theirs(&touch));
        let after = &self.touches[last_word.map_or(0, |place| place + 1)..];
        let is_mistake = self.touches.iter().any(|touch| touch.text("touch") == Some("mistake"))
            || self.leads.iter().any(|lead| lead.text("status") == Some("mistake"));
        if is_mistake || after.iter().filter(|touch| is_unanswered(touch)).count() >= 3 {
            return (Some("uninterested"), None);
        }
        let is_known = !self.leads.is_empty() || !self.touches.is_empty();
        (is_known.then_some("lead"), None)
    }

    fn occasion(&self) -> Option<&'static str> {
        // 1 and 10 May 2019 are the days 18 017 and 18 026.
        let mut best: Option<(&str, usize)> = None;
        for (name, holiday) in [("party", 18_017), ("feast", 18_026)] {
            let before =
                self.orders.iter().filter(|order| (holiday - 14..=holiday).contains(&order.day)).count();
            if self.orders.len() >= 2
                && before * 3 >= self.orders.len() * 2
                && best.is_none_or(|(_, most)| before > most)
            {
                best = Some((name, before));
            }
        }
        best.map(|(name, _)| name)
    }

    fn first(&self, column: &str) -> Option<&'static str> {
        let mut all: Vec<(i32, i64, usize, &str, &'static str)> = Vec::new();
        for (kind, events) in [&self.deals, &self.leads, &self.touches].into_iter().enumerate() {
            for event in events {
                all.extend(event.text(column).map(|text| (event.day, event.time, kind, &event.id[..], text)));
            }
        }
        all.iter().min().map(|first| first.4)
    }

    fn first_amount(&self) -> Option<i64> {
        self.orders.first().map(|order| order.lines.iter().map(|line| line.amount * 10_000).sum())
    }

    fn first_category(&self) -> Option<String> {
        let lines = &self.orders.first()?.lines;
        let mut best: Option<(&str, i64)> = None;
        // By name, so that of equal ones the first stays.
        for category in ["sofas", "tea", "toys"] {
            let own = lines.iter().filter(|line| line.category == Some(category));
            if own.clone().count() > 0 {
                let money: i64 = own.map(|line| line.amount).sum();
                if best.is_none_or(|(_, most)| money > most) {
                    best = Some((category, money));
                }
            }
        }
        best.map(|(category, _)| category.to_owned())
    }

    fn frequency_of(&self, category: &str) -> Option<&'static str> {
        let has = |order: &&&Bought| {
            order.lines.iter().any(|line| line.category == Some(category) && line.amount > 0)
        };
        let mut days: Vec<i32> = self.orders.iter().filter(has).map(|order| order.day).collect();
        days.dedup();
        let mut gaps: Vec<i32> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let middle = gaps.len() / 2;
        let twice_median = match gaps.len() {
            0 => return days.first().map(|_| "once"),
            even if even % 2 == 0 => gaps[middle - 1] + gaps[middle],
            _ => 2 * gaps[middle],
        };
        let groups = [
            ("several times a week", 7),
            ("weekly", 20),
            ("monthly", 90),
            ("quarterly", 270),
            ("half-yearly", 540),
            ("yearly", i32::MAX),
        ];
        groups.into_iter().find(|&(_, most)| twice_median <= most).map(|(name, _)| name)
    }

    fn effort(&self) -> Option<i64> {
        let lately = self.deals.iter().chain(&self.touches).filter(|event| self.in_last(event.day, 365));
        let known: Vec<i64> = lately.filter_map(|event| event.number("effort")).collect();
        (!known.is_empty()).then(|| known.iter().sum::<i64>() * 10_000)
    }

    fn online_share(&self) -> Option<f64> {
        let mut told = Vec::new();
        for order in &self.orders {
            told.extend(order.channel().map(|channel| channel != "shop"));
        }
        for touch in &self.touches {
            match touch.text("touch") {
                Some("article" | "search" | "cart") => told.push(true),
                _ => told.extend(touch.text("channel").map(|channel| channel != "shop")),
            }
        }
        let online = told.iter().filter(|online| **online).count();
        (!told.is_empty()).then(|| online as f64 / told.len() as f64)
    }
}

/// A contact of ours that nobody answered.
fn is_unanswered(touch: &Happened) -> bool {
    match touch.text("touch") {
        Some("message_out") => true,
        Some("call") => matches!(touch.text("result"), Some("No Answer" | "missed call")),
        _ => false,
    }
}
