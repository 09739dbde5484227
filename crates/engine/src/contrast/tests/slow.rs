//! One customer at a time, event by event; nothing here is fast or shared with what is tested.

use super::super::target::Kind;
use crate::deals::{Class, Limits, Plan, gather, judge};
use crate::facts::FactSet;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use std::collections::BTreeMap;

/// The first day of all shops: 14 April 2019.
pub(super) const FIRST: i32 = 18_000;

/// What is known of a customer, by attribute.
pub(super) type Known = BTreeMap<String, String>;

#[derive(Clone, Debug)]
pub(super) struct Order {
    pub customer: &'static str,
    /// Orders of one moment stand in order of their numbers.
    pub number: usize,
    pub day: i32,
    /// Quarters of a day.
    pub time: i64,
    pub channel: Option<&'static str>,
    /// Category and whole money, not 0.
    pub lines: Vec<(Option<&'static str>, i64)>,
}

/// A deal, a lead or a touch.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub customer: &'static str,
    pub number: usize,
    pub day: i32,
    pub time: i64,
    pub kind: FactKind,
    pub outcome: Option<&'static str>,
    pub closed: Option<i32>,
    pub source: Option<&'static str>,
    pub channel: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(super) struct Shop {
    pub orders: Vec<Order>,
    pub deeds: Vec<Deed>,
    pub cities: BTreeMap<&'static str, &'static str>,
}

/// One customer as of a moment.
pub(super) struct Person<'a> {
    /// Oldest first, without returns.
    orders: Vec<&'a Order>,
    deeds: Vec<&'a Deed>,
    city: Option<&'static str>,
    as_of: i32,
}

impl Shop {
    /// Everybody the base knows by then: files of customers say no day.
    pub fn known(&self, as_of: i32) -> Vec<String> {
        let ordered = self.orders.iter().filter(|order| order.day <= as_of).map(|order| order.customer);
        let did = self.deeds.iter().filter(|deed| deed.day <= as_of).map(|deed| deed.customer);
        let mut all: Vec<String> =
            ordered.chain(did).chain(self.cities.keys().copied()).map(str::to_owned).collect();
        all.sort();
        all.dedup();
        all
    }

    pub fn person(&self, id: &str, as_of: i32) -> Person<'_> {
        let is_bought = |order: &&Order| order.lines.iter().any(|(_, amount)| *amount > 0);
        let own = self.orders.iter().filter(|order| order.customer == id && order.day <= as_of);
        let mut orders: Vec<&Order> = own.filter(is_bought).collect();
        orders.sort_by_key(|order| (order.day, order.time, order.number));
        let own = self.deeds.iter().filter(|deed| deed.customer == id && deed.day <= as_of);
        let mut deeds: Vec<&Deed> = own.collect();
        // Of one moment deals go before leads, and these before touches.
        let kind = |deed: &Deed| {
            [FactKind::Deals, FactKind::Leads, FactKind::Touches].iter().position(|kind| *kind == deed.kind)
        };
        deeds.sort_by_key(|deed| (deed.day, deed.time, kind(deed), deed.number));
        Person { orders, deeds, city: self.cities.get(id).copied(), as_of }
    }

    /// The median over customers of the median of their own gaps, in whole days, rounded up.
    pub fn cycle_days(&self, as_of: i32) -> Option<i32> {
        let twice_median = |mut list: Vec<i32>| {
            list.sort_unstable();
            let count = list.len();
            (count > 0).then(|| list[(count - 1) / 2] + list[count / 2])
        };
        let own = |id: &String| {
            let mut days: Vec<i32> = self.person(id, as_of).orders.iter().map(|order| order.day).collect();
            days.dedup();
            twice_median(days.windows(2).map(|pair| pair[1] - pair[0]).collect())
        };
        let all: Vec<i32> = self.known(as_of).iter().filter_map(own).collect();
        // Twice a median of twice a median.
        twice_median(all).map(|quadruple| (quadruple + 3) / 4)
    }
}

impl Person<'_> {
    /// Closed deals, with whether they were won and the day it was decided.
    fn closed(&self) -> Vec<(&Deed, bool, i32)> {
        let deals = self.deeds.iter().filter(|deed| deed.kind == FactKind::Deals);
        let closed = deals.filter_map(|deal| {
            let won = deal.outcome.filter(|outcome| *outcome != "open")? == "won";
            Some((*deal, won, deal.closed.unwrap_or(deal.day)))
        });
        closed.filter(|(_, _, day)| *day <= self.as_of).collect()
    }

    fn has_won(&self) -> bool {
        self.closed().iter().any(|(_, won, _)| *won)
    }

    /// Whether the first order was after a day.
    pub fn is_after(&self, came_by: Option<i32>) -> bool {
        came_by.is_some_and(|day| self.orders.first().is_some_and(|order| order.day > day))
    }

    /// In the target or among the others; `None`: not compared.
    pub fn side(&self, kind: Kind, came_by: Option<i32>, vip: bool, class: Option<Class>) -> Option<bool> {
        match kind {
            Kind::Buyers => Some(!self.orders.is_empty() || self.has_won()),
            Kind::Repeat if self.orders.is_empty() || self.is_after(came_by) => None,
            Kind::Repeat => Some(self.orders.len() >= 2),
            Kind::HighLtv if self.orders.is_empty() => None,
            Kind::HighLtv => Some(vip),
            Kind::Won if self.closed().is_empty() => None,
            Kind::Won => Some(self.has_won()),
            Kind::ADeals => class.filter(|class| *class != Class::Unclear).map(|class| class == Class::A),
        }
    }

    /// The last day on which what is known may have been learnt.
    fn until(&self, kind: Kind) -> i32 {
        let first = self.orders.first().map(|order| order.day);
        let decided = match kind {
            Kind::Won | Kind::ADeals => self.closed().iter().map(|(deal, _, _)| deal.day).min(),
            Kind::Repeat | Kind::HighLtv => first,
            Kind::Buyers => {
                let won = self.closed().into_iter().filter(|(_, won, _)| *won).map(|(_, _, day)| day).min();
                first.into_iter().chain(won).min()
            }
        };
        decided.unwrap_or(self.as_of)
    }

    /// What was known of the customer before it was decided.
    pub fn known(&self, kind: Kind) -> Known {
        let mut known = Known::new();
        let mut say = |name: &str, value: Option<&str>| {
            known.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        };
        say("city", self.city);
        say("hidden", self.city.map(|_| "x"));
        let until = self.until(kind);
        let early = || self.deeds.iter().filter(|deed| deed.day <= until);
        say("first_source", early().find_map(|deed| deed.source));
        if !matches!(kind, Kind::Repeat | Kind::HighLtv) {
            say("first_channel", early().find_map(|deed| deed.channel));
        } else if let Some(order) = self.orders.first() {
            say("first_order_channel", order.channel);
            let mut best: Option<(&str, i64)> = None;
            for category in ["sofas", "tea", "toys"] {
                let own = order.lines.iter().filter(|line| line.0 == Some(category));
                let amounts: Vec<i64> = own.map(|line| line.1).collect();
                let sum = amounts.iter().sum();
                if !amounts.is_empty() && best.is_none_or(|(_, most)| sum > most) {
                    best = Some((category, sum));
                }
            }
            say("first_order_category", best.map(|(category, _)| category));
            say("first_order_brand", best.map(|(category, _)| category));
            if kind == Kind::Repeat {
                let amount: i64 = order.lines.iter().map(|line| line.1).sum();
                say("first_order_amount", Some(&amount.to_string()));
            }
        }
        known
    }
}

/// The best class of each customer's deals, as deals are classed.
pub(super) fn classes_of(facts: &FactSet, plan: &Plan, as_of: i32) -> BTreeMap<String, Class> {
    let gathered = gather(facts, AsOf(Day(as_of)), plan.deals, 1).unwrap();
    let limits = Limits::of(&gathered.closed, plan);
    let order = [Class::A, Class::B, Class::C, Class::D, Class::X, Class::Unclear];
    let place = |class: Class| order.iter().position(|one| *one == class);
    let mut best: BTreeMap<String, Class> = BTreeMap::new();
    for deal in gathered.closed {
        let judged = judge::judge(deal, &limits);
        let Some(id) = judged.deal.customer_id else { continue };
        let known = best.get(&id).copied().unwrap_or(judged.class);
        best.insert(id, if place(judged.class) < place(known) { judged.class } else { known });
    }
    best
}
