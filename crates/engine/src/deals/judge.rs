//! The class of a deal, with the rule that gave it and the figures it looked at.

use super::class::Class;
use super::gathered::Deal;
use super::limits::{Limit, Limits};
use super::money_words::want_of_money;
use crate::facts::events::deal::Outcome;
use model::money::{Money, SCALE};
use serde::Serialize;

/// The rule that held first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    SetByHand,
    NoMoney,
    LargeOnOwnTerms,
    MuchEffort,
    TermsRefused,
    WonEasily,
    Won,
    NothingSaysWhy,
}

impl Rule {
    /// The name in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Rule::SetByHand => "set_by_hand",
            Rule::NoMoney => "no_money",
            Rule::LargeOnOwnTerms => "large_on_own_terms",
            Rule::MuchEffort => "much_effort",
            Rule::TermsRefused => "terms_refused",
            Rule::WonEasily => "won_easily",
            Rule::Won => "won",
            Rule::NothingSaysWhy => "nothing_says_why",
        }
    }
}

/// A deal with its class.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub deal: Deal,
    pub class: Class,
    pub rule: Rule,
    /// The figures that the rule looked at, beside their limits.
    pub reason: String,
}

/// Gives a closed deal its class: of the rules, in the order of DEALS, the first that holds.
pub fn judge(deal: Deal, limits: &Limits) -> Judged {
    let (class, rule, reason) = verdict(&deal, limits);
    Judged { deal, class, rule, reason }
}

fn verdict(deal: &Deal, limits: &Limits) -> (Class, Rule, String) {
    if let Some(class) = deal.set_class.as_deref().and_then(Class::typed) {
        let typed = deal.set_class.as_deref().unwrap_or_default();
        return (class, Rule::SetByHand, format!("the class was set to `{typed}`"));
    }
    if deal.outcome == Outcome::Lost { lost(deal, limits) } else { won(deal, limits) }
}

fn lost(deal: &Deal, limits: &Limits) -> (Class, Rule, String) {
    let reason = deal.loss_reason.as_deref().unwrap_or_default();
    if want_of_money(reason) {
        return (Class::D, Rule::NoMoney, format!("lost for want of money: `{reason}`"));
    }
    let large =
        deal.amount.zip(limits.large).filter(|&(amount, limit)| amount > 0 && limit.is_reached_by(amount));
    if let Some((amount, limit)) = large.filter(|_| deal.custom_terms) {
        let (amount, from) = (Money(amount), shown(limit));
        let text = format!("lost, {amount} is a large deal (from {from}), on terms of its own");
        return (Class::X, Rule::LargeOnOwnTerms, text);
    }
    let much = deal.effort.zip(limits.effort).filter(|&(effort, limit)| !limit.allows(effort));
    if let Some((effort, limit)) = much {
        let text = format!("lost with effort {} ({} {})", plain(effort), called(limit), shown(limit));
        return (Class::C, Rule::MuchEffort, text);
    }
    if deal.terms_refused {
        return (Class::C, Rule::TermsRefused, "lost, terms were refused".to_owned());
    }
    let effort = match (deal.effort, limits.effort) {
        (Some(effort), Some(limit)) => {
            format!("effort {} ({} {})", plain(effort), called(limit), shown(limit))
        }
        _ => "the effort is not known".to_owned(),
    };
    let why = if reason.is_empty() { "no reason".to_owned() } else { format!("reason `{reason}`") };
    (Class::Unclear, Rule::NothingSaysWhy, format!("lost: {why}, {effort}"))
}

/// A figure of a won deal against its limit.
struct Figure {
    said: String,
    holds: bool,
}

fn won(deal: &Deal, limits: &Limits) -> (Class, Rule, String) {
    let at_most = |name: &str, value: Option<i64>, limit: Option<Limit>| {
        let (value, limit) = value.zip(limit)?;
        Some(figure(name, value, limit, limit.allows(value)))
    };
    let margin = deal.margin.zip(limits.margin);
    let figures: Vec<Figure> = [
        at_most("days to close", deal.days_to_close(), limits.days),
        at_most("questions", deal.questions, limits.questions),
        at_most("discount", deal.discount, limits.discount),
        margin.map(|(value, limit)| figure("margin", value, limit, limit.is_reached_by(value))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if figures.is_empty() {
        // Nothing shows that it was easy.
        let text = "won; days to close, questions, discount and margin are not known".to_owned();
        return (Class::B, Rule::Won, text);
    }
    let said = |figures: &[&Figure]| {
        figures.iter().map(|figure| figure.said.as_str()).collect::<Vec<_>>().join(", ")
    };
    let failing: Vec<&Figure> = figures.iter().filter(|figure| !figure.holds).collect();
    if failing.is_empty() {
        let all: Vec<&Figure> = figures.iter().collect();
        (Class::A, Rule::WonEasily, format!("won: {}", said(&all)))
    } else {
        (Class::B, Rule::Won, format!("won, but {}", said(&failing)))
    }
}

fn figure(name: &str, value: i64, limit: Limit, holds: bool) -> Figure {
    Figure { said: format!("{name} {} ({} {})", plain(value), called(limit), shown(limit)), holds }
}

fn called(limit: Limit) -> &'static str {
    if limit.set { "limit" } else { "median" }
}

/// The value of a limit, which may lie between two ten-thousandths.
fn shown(limit: Limit) -> String {
    if limit.twice % 2 == 0 { plain(limit.twice / 2) } else { limit.to_f64().to_string() }
}

/// A number in 1/10 000 without trailing zeros.
fn plain(number: i64) -> String {
    if number % SCALE == 0 { (number / SCALE).to_string() } else { Money(number).to_string() }
}
