//! Strategy cards of segments: what people wrote, and where nobody did a text to start from.
//!
//! A suggestion is put together by rules out of what was counted; docs/cards.md states every rule. Notes
//! are only what people wrote, and are marked as not from data.

use super::messages::Arg;
use super::portraits::Teller;
use engine::overview::Seller;
use engine::portraits::{Portrait, Portraits, Special};
use engine::targets::Reached;
use model::comparison::P_MAX;
use model::money::Money;
use serde::Serialize;
use std::collections::BTreeMap;

/// Parts of a card, in the order in which they are shown. The last is the action that is wanted.
pub const PARTS: [&str; 5] = ["message", "offer", "channel", "service", ACTION];
/// The part that says what is to be done; a segment with one is not idle.
pub const ACTION: &str = "action";
/// What people know of the persona and data do not.
pub const NOTES: [&str; 4] = ["fears", "wishes", "themes", "pictures"];

/// A segment is quiet that has been away for more than so many of its own gaps between orders.
const QUIET_GAPS: f64 = 2.0;
/// A customer of a segment for personal service brings this many times the average of the base.
const PERSONAL_TIMES: f64 = 2.0;
/// One for self-service brings less than this part of it.
const SELF_SERVICE_TIMES: f64 = 0.5;
/// A gift stands this far above the usual order.
const THRESHOLD_TIMES: f64 = 1.2;
/// A channel is where to sell from this share of the orders on.
const MOSTLY: f64 = 0.5;
/// Channels that are named where none has most orders.
const CHANNELS: usize = 2;

/// The card of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    pub segment: String,
    /// All of [`PARTS`].
    pub parts: Vec<Part>,
    /// Those of [`NOTES`] that somebody wrote: not from data.
    pub notes: Vec<Part>,
}

/// One part of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its name, as it is typed.
    pub part: &'static str,
    /// Its name in the language of the reader.
    pub heading: String,
    pub text: String,
    /// Somebody wrote it; else it is a suggestion.
    pub typed: bool,
}

/// Where customers of a segment stand, by the middle one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Never ordered.
    Never,
    /// Ordered once.
    Once,
    /// Ordered more often, and has been away for longer than twice their usual gap.
    Quiet,
    /// Orders more often, and is not late.
    Active,
}

impl Step {
    fn of(portrait: &Portrait) -> Step {
        let median = |name: &str| portrait.typical.medians.get(name).copied();
        let orders = median("orders").unwrap_or(0.0);
        if portrait.sums.orders == 0 || orders < 1.0 {
            return Step::Never;
        }
        if orders < 2.0 {
            return Step::Once;
        }
        let is_late = median("recency_days")
            .zip(median("median_gap_days"))
            .is_some_and(|(away, gap)| gap >= 1.0 && away > gap * QUIET_GAPS);
        if is_late { Step::Quiet } else { Step::Active }
    }

    const fn name(self) -> &'static str {
        match self {
            Step::Never => "never",
            Step::Once => "once",
            Step::Quiet => "quiet",
            Step::Active => "active",
        }
    }
}

impl Teller<'_> {
    /// The card of a segment: `written` are texts by the name of their part; `reached` is by what its
    /// customers can be reached, `None` where that was not looked at.
    pub fn card(
        &self,
        of: &Portraits,
        portrait: &Portrait,
        reached: Option<&Reached>,
        written: &BTreeMap<String, String>,
    ) -> Card {
        let own = |part: &str| written.get(part).filter(|text| !text.trim().is_empty()).cloned();
        let part = |part: &'static str| {
            let typed = own(part);
            Part {
                part,
                heading: self.words.say(&format!("card-{part}")),
                typed: typed.is_some(),
                text: typed.unwrap_or_else(|| self.suggested(part, of, portrait, reached)),
            }
        };
        let note = |note: &'static str| {
            let heading = self.words.say(&format!("card-{note}"));
            own(note).map(|text| Part { part: note, heading, text, typed: true })
        };
        Card {
            segment: portrait.name.clone(),
            parts: PARTS.into_iter().map(part).collect(),
            notes: NOTES.into_iter().filter_map(note).collect(),
        }
    }

    fn suggested(&self, part: &str, of: &Portraits, one: &Portrait, reached: Option<&Reached>) -> String {
        let said = match part {
            "message" => self.message(one),
            "offer" => self.offer(one),
            "channel" => self.channel(of, one, reached),
            "service" => self.service(of, one),
            _ => vec![self.wanted(of, one)],
        };
        said.join(" ")
    }

    fn by_step(&self, part: &str, portrait: &Portrait) -> String {
        self.words.say(&format!("card-{part}-{}", Step::of(portrait).name()))
    }

    fn message(&self, portrait: &Portrait) -> Vec<String> {
        let mut said = vec![self.by_step("message", portrait)];
        let best = favourite(portrait);
        said.extend(best.map(|name| self.say("card-message-goods", &[("goods", name.into())])));
        if let Some((occasion, share)) = portrait.typical.commonest.get("occasion")
            && *share >= MOSTLY
        {
            let key = format!("holiday-{occasion}");
            let name = if self.words.knows(&key) { self.words.say(&key) } else { occasion.clone() };
            said.push(self.say("card-message-occasion", &[("occasion", name.into())]));
        }
        said
    }

    /// Who buys with discounts is offered one, who does not is not; else by where they stand.
    fn offer(&self, portrait: &Portrait) -> Vec<String> {
        let discount = sure(portrait, "discount_share");
        let mut said = vec![match discount {
            Some(one) => {
                let key = if one.size > 0.0 { "card-offer-discount" } else { "card-offer-full-price" };
                self.say(key, &self.beside(one))
            }
            None => self.by_step("offer", portrait),
        }];
        let average = portrait.typical.medians.get("average_order").copied().filter(|&sum| sum > 0.0);
        if let (Some(average), Step::Once | Step::Active) = (average, Step::of(portrait)) {
            let args = [
                ("average", self.money(average).into()),
                ("threshold", self.money(average * THRESHOLD_TIMES).into()),
            ];
            said.push(self.say("card-offer-threshold", &args));
        }
        said
    }

    /// Where they buy, by what they can be reached, and when.
    fn channel(&self, of: &Portraits, portrait: &Portrait, reached: Option<&Reached>) -> Vec<String> {
        let mut said = Vec::new();
        let channels = &portrait.habits.channels;
        let orders: u64 = channels.iter().map(|(_, count)| count).sum();
        if let Some((channel, count)) = channels.first() {
            let share = *count as f64 / orders.max(1) as f64;
            let percent = self.words.percent_whole(share);
            said.push(if share >= MOSTLY {
                let args = [("channel", channel.clone().into()), ("share", percent.into())];
                self.say("card-channel-mostly", &args)
            } else {
                let first: Vec<&str> =
                    channels.iter().take(CHANNELS).map(|(name, _)| name.as_str()).collect();
                self.say("card-channel-several", &[("list", first.join(", ").into())])
            });
        }
        said.extend(reached.map(|reached| self.reach(reached)));
        said.extend(self.when(&portrait.habits, &of.habits));
        if said.is_empty() { vec![self.words.say("card-channel-unknown")] } else { said }
    }

    /// By what most can be reached; of several the first.
    fn reach(&self, reached: &Reached) -> String {
        let most = reached.by.iter().rev().max_by_key(|(_, count)| *count);
        let Some((name, count)) = most.filter(|(_, count)| *count > 0) else {
            let none = if reached.by.is_empty() { "card-reach-unknown" } else { "card-reach-nobody" };
            return self.words.say(none);
        };
        let (key, noun) = match reached.without_consent {
            true => ("card-reach-contact", "contact"),
            false => ("card-reach-consent", "by"),
        };
        let share = self.words.percent_whole(*count as f64 / reached.customers.max(1) as f64);
        let by = self.words.say(&format!("card-{noun}-{}", name.trim_start_matches("consent_")));
        self.say(key, &[("by", by.into()), ("share", share.into())])
    }

    /// How much service a customer is worth: what one brings beside the average of the base.
    fn service(&self, of: &Portraits, portrait: &Portrait) -> Vec<String> {
        let each = |revenue: i128, customers: u64| revenue as f64 / customers.max(1) as f64;
        let average = each(of.whole.revenue, of.whole.customers);
        let times = each(portrait.sums.revenue, portrait.sums.customers) / average;
        let mut said = Vec::new();
        if Step::of(portrait) == Step::Never || average <= 0.0 {
            said.push(self.words.say("card-service-never"));
        } else {
            let key = match times {
                much if much >= PERSONAL_TIMES => "card-service-personal",
                little if little < SELF_SERVICE_TIMES => "card-service-self",
                _ => "card-service-usual",
            };
            said.push(self.say(key, &[("times", self.words.decimal(times, 1).into())]));
        }
        let returns = sure(portrait, "return_share").filter(|one| one.size > 0.0);
        said.extend(returns.map(|one| self.say("card-service-returns", &self.beside(one))));
        said
    }

    /// What the method advises, else what goes with where they stand.
    fn wanted(&self, of: &Portraits, portrait: &Portrait) -> String {
        self.action(&of.of, portrait).unwrap_or_else(|| self.by_step("action", portrait))
    }

    fn beside(&self, one: &Special) -> [(&'static str, Arg); 2] {
        let share = |part: f64| -> Arg { self.words.percent(part).into() };
        [("share", share(one.inside)), ("base", share(one.base))]
    }
}

/// A feature in which the segment differs by more than chance.
fn sure<'a>(portrait: &'a Portrait, name: &str) -> Option<&'a Special> {
    portrait.special.iter().find(|one| one.name == name && one.value.is_none() && one.p < P_MAX)
}

/// The category, else the product, with the most money.
fn favourite(portrait: &Portrait) -> Option<String> {
    let habits = &portrait.habits;
    let best = if habits.categories.is_empty() { &habits.products } else { &habits.categories };
    let name = |seller: &Seller| seller.name.clone().unwrap_or_else(|| seller.id.clone());
    best.iter().find(|seller| seller.revenue > Money::ZERO).map(name)
}
