//! Conditions and what they mean, the plain way: over rows, without the language or its plan.

use crate::shop::{Bought, BoughtLine, Happened, Shop, moment};
use model::base::FactKind;

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    Order,
    OrderOf(&'static str),
    OrderBy(&'static str),
    OrderOver(i64),
    Return,
    LineOf(&'static str),
    LineNegative,
    LineWithoutChannel,
    Touch(&'static str),
    TouchNot(&'static str),
    TouchNoted(&'static str),
    DealThat(&'static str),
    DealOver(i64),
}

/// A number of facts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sum {
    OrderAmount,
    OrderQuantity,
    LineQuantity,
    TouchDuration,
}

#[derive(Clone, Debug)]
pub(super) enum Condition {
    Times { what: What, least: usize, days: Option<i32> },
    Sum { sum: Sum, least: i64, days: i32 },
    First(What),
    Last(What),
    FirstTime(What, i32),
    Stopped(What, i32),
    Then(What, What, i32),
    ThenNot(What, What, i32),
    Every(What, i32, i32),
    OrdersAtLeast(i64),
    RevenueOver(i64),
    City(&'static str),
    NotCity(&'static str),
    CitySet,
    AgeOver(i64),
    Consent,
    Tag(&'static str),
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
}

/// A fact as a condition sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fact<'a> {
    at: i64,
    id: &'a str,
    line: usize,
    day: i32,
    passes: bool,
}

impl What {
    fn text(self) -> String {
        match self {
            What::Order => "order".to_owned(),
            What::OrderOf(category) => format!("order where category = \"{category}\""),
            What::OrderBy(channel) => format!("order where channel contains \"{channel}\""),
            What::OrderOver(amount) => format!("order where amount > {amount}"),
            What::Return => "return".to_owned(),
            What::LineOf(category) => format!("line where category = \"{category}\""),
            What::LineNegative => "line where (is_return = true and amount < 0)".to_owned(),
            What::LineWithoutChannel => "line where channel is not set".to_owned(),
            What::Touch(kind) => format!("touch where touch = \"{kind}\""),
            What::TouchNot(kind) => format!("touch where touch != \"{kind}\""),
            What::TouchNoted(note) => format!("touch where more.note = \"{note}\""),
            What::DealThat(outcome) => format!("deal where outcome = \"{outcome}\""),
            What::DealOver(amount) => format!("deal where amount > {amount}"),
        }
    }

    /// All facts of the kind, in the order in which they happened, and which pass.
    fn of<'a>(self, shop: &'a Shop, customer: &str, as_of: i32) -> Vec<Fact<'a>> {
        let own = |who: &str, day: i32| who == customer && day <= as_of;
        let orders = shop.orders.iter().filter(|order| own(order.customer, order.day));
        let events = shop.events.iter().filter(|event| own(event.customer, event.day));
        let mut facts: Vec<Fact<'a>> = orders.flat_map(|order| self.of_order(order)).collect();
        facts.extend(events.filter_map(|event| self.of_event(event, as_of)));
        facts.sort();
        facts
    }

    fn of_order(self, order: &Bought) -> Vec<Fact<'_>> {
        let is_return = order.lines.iter().all(|line| line.amount < 0);
        let amount: i64 = order.lines.iter().map(|line| line.amount).sum();
        let any = |passes: &dyn Fn(&BoughtLine) -> bool| order.lines.iter().any(passes);
        let each =
            |passes: &dyn Fn(&BoughtLine) -> bool| -> Vec<bool> { order.lines.iter().map(passes).collect() };
        let passes = match self {
            What::Return if is_return => vec![true],
            What::LineOf(category) => each(&|line| line.category == Some(category)),
            What::LineNegative => each(&|line| line.amount < 0),
            What::LineWithoutChannel => each(&|line| line.channel.is_none()),
            _ if is_return => Vec::new(),
            What::Order => vec![true],
            What::OrderOf(category) => vec![any(&|line| line.category == Some(category))],
            What::OrderBy(channel) => vec![any(&|line| line.channel == Some(channel))],
            What::OrderOver(least) => vec![amount > least],
            _ => Vec::new(),
        };
        let at = moment(order.day, order.time);
        let fact = |(line, passes)| Fact { at, id: &order.id, line, day: order.day, passes };
        passes.into_iter().enumerate().map(fact).collect()
    }

    fn of_event(self, event: &Happened, as_of: i32) -> Option<Fact<'_>> {
        let passes = match (self, event.kind) {
            (What::Touch(kind), FactKind::Touches) => event.text("touch") == Some(kind),
            (What::TouchNot(kind), FactKind::Touches) => event.text("touch") != Some(kind),
            (What::TouchNoted(note), FactKind::Touches) => event.more == Some(note),
            (What::DealThat(outcome), FactKind::Deals) => event.outcome(as_of) == outcome,
            (What::DealOver(least), FactKind::Deals) => {
                event.number("amount").is_some_and(|amount| amount > least)
            }
            _ => return None,
        };
        let at = moment(event.day, event.time);
        Some(Fact { at, id: &event.id, line: 0, day: event.day, passes })
    }

    fn same_kind(self, other: What) -> bool {
        let kind = |what: What| what.text().split(' ').next().unwrap_or_default().to_owned();
        kind(self) == kind(other)
    }
}

impl Happened {
    /// A deal that was closed after the moment was open then.
    fn outcome(&self, as_of: i32) -> &'static str {
        match (self.text("outcome"), self.number("closed_at")) {
            (_, Some(day)) if day > i64::from(as_of) => "open",
            (Some(outcome @ ("won" | "lost")), _) => outcome,
            _ => "open",
        }
    }
}

impl Sum {
    fn text(self) -> &'static str {
        match self {
            Sum::OrderAmount => "order sum(amount)",
            Sum::OrderQuantity => "order sum(quantity)",
            Sum::LineQuantity => "line sum(quantity)",
            Sum::TouchDuration => "touch sum(duration)",
        }
    }

    fn of(self, shop: &Shop, customer: &str, from: i32, as_of: i32) -> i64 {
        let inside = |day: i32| from < day && day <= as_of;
        let orders = shop.orders.iter().filter(|order| order.customer == customer && inside(order.day));
        let is_return = |order: &&Bought| order.lines.iter().all(|line| line.amount < 0);
        let quantity = |order: &Bought| order.lines.iter().filter_map(|line| line.quantity).sum::<i64>();
        match self {
            Sum::OrderAmount => {
                let orders = orders.filter(|order| !is_return(order));
                orders.flat_map(|order| &order.lines).map(|line| line.amount).sum()
            }
            Sum::OrderQuantity => orders.filter(|order| !is_return(order)).map(quantity).sum(),
            Sum::LineQuantity => orders.map(quantity).sum(),
            Sum::TouchDuration => {
                let own = shop.events.iter().filter(|event| event.customer == customer && inside(event.day));
                own.filter(|event| event.kind == FactKind::Touches)
                    .filter_map(|event| event.number("duration"))
                    .sum()
            }
        }
    }
}

impl Condition {
    pub(super) fn text(&self) -> String {
        let joined = |parts: &[Condition], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| format!("({})", part.text())).collect();
            parts.join(word)
        };
        match self {
            Condition::Times { what, least: 0, days: None } => format!("did not {}", what.text()),
            Condition::Times { what, least, days } => {
                let window = days.map_or(String::new(), |days| format!(" in the last {days} days"));
                format!("did {} count >= {least}{window}", what.text())
            }
            Condition::Sum { sum, least, days } => {
                format!("did {} >= {least} in the last {days} days", sum.text())
            }
            Condition::First(what) => format!("did {} as the first", what.text()),
            Condition::Last(what) => format!("did {} as the last", what.text()),
            Condition::FirstTime(what, days) => {
                format!("did {} for the first time in the last {days} days", what.text())
            }
            Condition::Stopped(what, days) => format!("stopped {} for {days} days", what.text()),
            Condition::Then(from, to, days) => {
                format!("sequence {} then {} within {days} days", from.text(), to.text())
            }
            Condition::ThenNot(from, to, days) => {
                format!("sequence {} then not {} within {days} days", from.text(), to.text())
            }
            Condition::Every(what, days, times) => {
                format!("regularly {} every {days} days times {times}", what.text())
            }
            Condition::OrdersAtLeast(orders) => format!("orders >= {orders}"),
            Condition::RevenueOver(revenue) => format!("revenue > {revenue}"),
            Condition::City(city) => format!("city = \"{city}\""),
            Condition::NotCity(city) => format!("city != \"{city}\""),
            Condition::CitySet => "city is set".to_owned(),
            Condition::AgeOver(age) => format!("age > {age}"),
            Condition::Consent => "consent email".to_owned(),
            Condition::Tag(tag) => format!("has tag \"{tag}\""),
            Condition::Not(inner) => format!("not ({})", inner.text()),
            Condition::And(parts) => joined(parts, " and "),
            Condition::Or(parts) => joined(parts, " or "),
        }
    }

    pub(super) fn holds(&self, shop: &Shop, customer: &str, as_of: i32) -> bool {
        match self {
            Condition::Not(inner) => !inner.holds(shop, customer, as_of),
            Condition::And(parts) => parts.iter().all(|part| part.holds(shop, customer, as_of)),
            Condition::Or(parts) => parts.iter().any(|part| part.holds(shop, customer, as_of)),
            condition => {
                condition.holds_of_facts(shop, customer, as_of)
                    || condition.holds_of_values(shop, customer, as_of)
            }
        }
    }

    fn holds_of_facts(&self, shop: &Shop, customer: &str, as_of: i32) -> bool {
        let of = |what: &What| what.of(shop, customer, as_of);
        let passing = |what: &What| of(what).into_iter().filter(|fact| fact.passes).collect::<Vec<_>>();
        let next = |from: &What, to: &What, start: &Fact<'_>, days: i32| {
            let soon = |fact: &Fact<'_>| fact.day <= start.day + days;
            passing(to).iter().any(|fact| follows(from.same_kind(*to), start, fact) && soon(fact))
        };
        match self {
            Condition::Times { what, least: 0, days: None } => passing(what).is_empty(),
            Condition::Times { what, least, days } => {
                let inside = |fact: &&Fact<'_>| days.is_none_or(|days| fact.day > as_of - days);
                passing(what).iter().filter(inside).count() >= *least
            }
            Condition::Sum { sum, least, days } => sum.of(shop, customer, as_of - days, as_of) >= *least,
            Condition::First(what) => of(what).first().is_some_and(|fact| fact.passes),
            Condition::Last(what) => of(what).last().is_some_and(|fact| fact.passes),
            Condition::FirstTime(what, days) => {
                passing(what).first().is_some_and(|fact| fact.day > as_of - days)
            }
            Condition::Stopped(what, days) => {
                passing(what).last().is_some_and(|fact| fact.day <= as_of - days)
            }
            Condition::Then(from, to, days) => passing(from).iter().any(|start| next(from, to, start, *days)),
            Condition::ThenNot(from, to, days) => {
                passing(from).iter().any(|start| start.day + days <= as_of && !next(from, to, start, *days))
            }
            Condition::Every(what, days, times) => (1..=*times).all(|number| {
                let (after, upto) = (as_of - number * days, as_of - (number - 1) * days);
                passing(what).iter().any(|fact| after < fact.day && fact.day <= upto)
            }),
            _ => false,
        }
    }

    fn holds_of_values(&self, shop: &Shop, customer: &str, as_of: i32) -> bool {
        let attribute = |name: &str| {
            let found = shop.attributes.iter().find(|(own, known, _)| *own == customer && *known == name);
            found.map(|(_, _, value)| value.as_str())
        };
        match self {
            Condition::OrdersAtLeast(orders) => What::Order.of(shop, customer, as_of).len() as i64 >= *orders,
            Condition::RevenueOver(least) => {
                let orders = shop.orders.iter().filter(|one| one.customer == customer && one.day <= as_of);
                orders.flat_map(|order| &order.lines).map(|line| line.amount).sum::<i64>() > *least
            }
            Condition::City(city) => attribute("city") == Some(city),
            Condition::NotCity(city) => attribute("city") != Some(city),
            Condition::CitySet => attribute("city").is_some(),
            Condition::AgeOver(least) => {
                attribute("age").and_then(|age| age.parse::<i64>().ok()).is_some_and(|age| age > *least)
            }
            Condition::Consent => attribute("consent_email") == Some("yes"),
            Condition::Tag(tag) => {
                attribute("tags").is_some_and(|tags| tags.split("; ").any(|own| own == *tag))
            }
            _ => false,
        }
    }
}

/// Of one kind the order in which they happened counts, of different kinds the moment.
fn follows(same_kind: bool, from: &Fact<'_>, next: &Fact<'_>) -> bool {
    if same_kind { (next.at, next.id, next.line) > (from.at, from.id, from.line) } else { next.at >= from.at }
}
