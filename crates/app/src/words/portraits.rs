//! Portraits of segments, as sentences. Nothing is said that was not counted.

use super::findings::{feature, segment};
use super::messages::{Arg, Words};
use engine::groups::{Group, group_of};
use engine::overview::Seller;
use engine::portraits::{Habits, Portrait, Portraits, Special};
use model::comparison::P_MAX;
use model::money::Money;
use std::collections::BTreeMap;

/// Things of one kind that a sentence lists.
const LISTED: usize = 3;
/// Orders from which on it is said when they are made.
const ORDERS_MIN: u64 = 30;
/// A weekday, month or hour stands out from this many times an even share on.
const STANDS_OUT: f64 = 1.2;
/// An hour's window is so many hours long.
const WINDOW_HOURS: usize = 3;
/// A channel or value is what most do from this share on.
const MOSTLY: f64 = 0.5;

/// How a segment is told: language, currency, groups that people have put attributes in.
pub struct Teller<'a> {
    pub words: &'a Words,
    pub currency: &'a str,
    pub groups: &'a BTreeMap<String, Group>,
}

/// The rows of Kotler's four groups, the five W, readiness and the action, each with its heading.
pub type Rows = Vec<(String, String)>;

impl Teller<'_> {
    pub(super) fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.words.fill(key, args)
    }

    /// A name to call the usual customer by; the same for the same place.
    pub fn persona(&self, portrait: &Portrait) -> String {
        let names = self.words.say("portrait-names");
        let names: Vec<&str> = names.split(", ").collect();
        names[portrait.place % names.len()].to_owned()
    }

    /// A short story of the usual customer.
    pub fn story(&self, of: &Portraits, portrait: &Portrait) -> Vec<String> {
        let (words, sums) = (self.words, &portrait.sums);
        let part = |own: i128, whole: i128| if whole > 0 { own as f64 / whole as f64 } else { 0.0 };
        let share = part(i128::from(sums.customers), i128::from(of.whole.customers));
        let mut story = vec![self.say(
            "portrait-stands-for",
            &[
                ("name", self.persona(portrait).into()),
                ("customers", words.count_of("customers", sums.customers).into()),
                ("segment", segment(words, &of.of, &portrait.name).into()),
                ("share", words.percent(share).into()),
                ("ofrevenue", words.percent(part(sums.revenue, of.whole.revenue)).into()),
            ],
        )];
        story.extend(self.buying(portrait));
        story.extend(self.goods(portrait));
        let more = self.special(portrait, |one| one.value.is_some() && one.size > 0.0);
        story.extend(self.listed("portrait-more-often", more));
        story.extend(self.when(&portrait.habits, &of.habits));
        story.extend(self.place(portrait));
        story
    }

    fn buying(&self, portrait: &Portrait) -> Vec<String> {
        let (words, medians) = (self.words, &portrait.typical.medians);
        let median = |name: &str| medians.get(name).copied();
        let mut said = Vec::new();
        match (median("orders"), median("average_order"), median("recency_days")) {
            (Some(orders), Some(average), Some(days)) if orders > 0.0 => said.push(self.say(
                "portrait-orders",
                &[
                    ("orders", words.count_of("orders", orders.round() as u64).into()),
                    ("average", self.money(average).into()),
                    ("days", words.count_of("days", days.round() as u64).into()),
                ],
            )),
            _ if portrait.sums.orders == 0 => said.push(words.say("portrait-never")),
            _ => {}
        }
        let cycle = median("median_gap_days").filter(|&days| days >= 1.0);
        said.extend(cycle.map(|days| {
            self.say("portrait-cycle", &[("days", words.count_of("days", days.round() as u64).into())])
        }));
        said
    }

    fn goods(&self, portrait: &Portrait) -> Option<String> {
        let habits = &portrait.habits;
        let best = if habits.categories.is_empty() { &habits.products } else { &habits.categories };
        let name = |seller: &Seller| seller.name.clone().unwrap_or_else(|| seller.id.clone());
        let sold = best.iter().filter(|seller| seller.revenue > Money::ZERO).take(LISTED);
        let list: Vec<String> = sold.map(name).collect();
        self.listed("portrait-buys", list)
    }

    /// What stands out and is no chance, in words.
    fn special(&self, portrait: &Portrait, wanted: impl Fn(&Special) -> bool) -> Vec<String> {
        let sure = portrait.special.iter().filter(|one| one.p < P_MAX && one.is_clear() && wanted(one));
        sure.take(LISTED).map(|one| self.indexed(one)).collect()
    }

    /// A value or feature with its index.
    pub fn indexed(&self, one: &Special) -> String {
        let what = match &one.value {
            Some(value) => self.say(
                "portrait-value",
                &[("name", feature(self.words, &one.name).into()), ("value", value.clone().into())],
            ),
            None => feature(self.words, &one.name),
        };
        match one.index {
            Some(index) => self.say(
                "portrait-indexed",
                &[("what", what.into()), ("index", self.words.decimal(index, 0).into())],
            ),
            None => what,
        }
    }

    fn listed(&self, key: &str, list: Vec<String>) -> Option<String> {
        (!list.is_empty()).then(|| self.say(key, &[("list", list.join(", ").into())]))
    }

    /// When orders are made, as far as it stands out: weekday and hours from an even spread, months from
    /// what is usual in the base.
    pub fn when(&self, own: &Habits, base: &Habits) -> Vec<String> {
        let mut said = Vec::new();
        if own.orders < ORDERS_MIN {
            return said;
        }
        let words = self.words;
        if let Some(day) = standing_out(&own.weekdays, |_| 1.0 / own.weekdays.len() as f64) {
            said.push(
                self.say(
                    "portrait-when-weekday",
                    &[("weekday", words.say(&format!("weekday-{day}")).into())],
                ),
            );
        }
        if let Some(from) = own.hours.as_ref().and_then(|hours| busiest(hours)) {
            let clock = |hour: usize| format!("{hour}:00");
            let until = (from + WINDOW_HOURS) % own.hours.map_or(1, |hours| hours.len());
            said.push(
                self.say("portrait-when-hour", &[("from", clock(from).into()), ("to", clock(until).into())]),
            );
        }
        let usual = |month: usize| base.months[month] as f64 / base.orders.max(1) as f64;
        if let Some(month) = standing_out(&own.months, usual) {
            let key = format!("month-name-{}", month + 1);
            said.push(self.say("portrait-when-month", &[("month", words.say(&key).into())]));
        }
        said
    }

    fn place(&self, portrait: &Portrait) -> Vec<String> {
        let mut said = Vec::new();
        let orders: u64 = portrait.habits.channels.iter().map(|(_, count)| count).sum();
        if let Some((channel, count)) = portrait.habits.channels.first() {
            let share = *count as f64 / orders.max(1) as f64;
            if share >= MOSTLY {
                let args =
                    [("channel", channel.clone().into()), ("share", self.words.percent_whole(share).into())];
                said.push(self.say("portrait-through", &args));
            }
        }
        if let Some((source, _)) = portrait.typical.commonest.get("first_source") {
            said.push(self.say("portrait-learnt", &[("source", source.clone().into())]));
        }
        said
    }

    fn why(&self, portrait: &Portrait) -> Vec<String> {
        let mut said = Vec::new();
        if let Some((occasion, share)) = portrait.typical.commonest.get("occasion")
            && *share >= MOSTLY
        {
            let key = format!("holiday-{occasion}");
            let name = if self.words.knows(&key) { self.words.say(&key) } else { occasion.clone() };
            said.push(self.say("portrait-occasion", &[("occasion", name.into())]));
        }
        let discount = portrait.special.iter().find(|one| one.name == "discount_share" && one.p < P_MAX);
        said.extend(discount.map(|one| {
            let share = |part: f64| -> Arg { self.words.percent(part).into() };
            self.say("portrait-discount", &[("share", share(one.inside)), ("base", share(one.base))])
        }));
        said
    }

    /// What the method advises to do about a segment of the segmentation `of`.
    pub(super) fn action(&self, of: &str, portrait: &Portrait) -> Option<String> {
        let own = format!("segment-{of}-{}-action", portrait.name);
        if self.words.knows(&own) {
            return Some(self.words.say(&own));
        }
        portrait.action.clone().filter(|text| !text.is_empty())
    }

    /// The Khramatrix of a segment.
    pub fn khramatrix(&self, of: &Portraits, portrait: &Portrait) -> Rows {
        let join = |said: Vec<String>| {
            if said.is_empty() { self.words.say("portrait-none") } else { said.join(" ") }
        };
        let readiness = portrait.typical.medians.get("readiness_step").map(|step| {
            self.say("portrait-readiness", &[("step", self.words.decimal(step.round(), 0).into())])
        });
        let action = self.action(&of.of, portrait);
        let mut rows = vec![
            ("portrait-geographic", join(self.of_group(portrait, Group::Geographic))),
            ("portrait-demographic", join(self.of_group(portrait, Group::Demographic))),
            ("portrait-behavioural", join([self.buying(portrait), self.differing(portrait)].concat())),
            ("portrait-psychographic", join(self.of_group(portrait, Group::Psychographic))),
            ("portrait-what", join(self.goods(portrait).into_iter().collect())),
            ("portrait-why", join(self.why(portrait))),
            ("portrait-when", join(self.when(&portrait.habits, &of.habits))),
            ("portrait-where", join(self.place(portrait))),
            ("portrait-ready", join(readiness.into_iter().collect())),
            ("portrait-do", join(action.into_iter().collect())),
        ];
        rows.drain(..).map(|(key, text)| (self.words.say(key), text)).collect()
    }

    /// The attributes of a group: what is special, else what is commonest.
    fn of_group(&self, portrait: &Portrait, group: Group) -> Vec<String> {
        let of = |name: &str| self.groups.get(name).copied().unwrap_or_else(|| group_of(name));
        // Features are told elsewhere.
        let is = |name: &str| engine::features::feature_named(name).is_none() && of(name) == group;
        let special = self.special(portrait, |one| one.value.is_some() && one.size > 0.0 && is(&one.name));
        let said: Vec<String> = self.listed("portrait-more-often", special).into_iter().collect();
        if !said.is_empty() {
            return said;
        }
        let commonest =
            portrait.typical.commonest.iter().filter(|(name, (_, share))| is(name) && *share >= MOSTLY);
        commonest
            .take(LISTED)
            .map(|(name, (value, share))| {
                let what = [("name", name.clone().into()), ("value", value.clone().into())];
                format!("{} ({})", self.say("portrait-value", &what), self.words.percent_whole(*share))
            })
            .collect()
    }

    /// Features that are higher or lower than elsewhere.
    fn differing(&self, portrait: &Portrait) -> Vec<String> {
        let higher = self.special(portrait, |one| one.value.is_none() && one.size > 0.0);
        let lower = self.special(portrait, |one| one.value.is_none() && one.size < 0.0);
        let all = [self.listed("portrait-higher", higher), self.listed("portrait-lower", lower)];
        all.into_iter().flatten().collect()
    }

    pub(super) fn money(&self, units: f64) -> String {
        let sum = Money((units * model::money::SCALE as f64).round() as i64);
        self.words.money_round(sum, self.currency)
    }
}

/// The place with the largest share of counts, if it is well above its usual share.
fn standing_out(counts: &[u64], usual: impl Fn(usize) -> f64) -> Option<usize> {
    let total: u64 = counts.iter().sum();
    let times = |place: usize| counts[place] as f64 / total.max(1) as f64 / usual(place);
    let enough = |place: &usize| usual(*place) > 0.0 && counts[*place] >= ORDERS_MIN / 3;
    let most = (0..counts.len()).filter(enough).max_by(|&a, &b| times(a).total_cmp(&times(b)))?;
    (times(most) >= STANDS_OUT).then_some(most)
}

/// The first hour of the busiest hours, if they are well above an even share.
fn busiest(hours: &[u64]) -> Option<usize> {
    let window = |from: usize| (0..WINDOW_HOURS).map(|step| hours[(from + step) % hours.len()]).sum::<u64>();
    let total: u64 = hours.iter().sum();
    let most = (0..hours.len()).rev().max_by_key(|&from| window(from))?;
    let even = WINDOW_HOURS as f64 / hours.len() as f64;
    (window(most) as f64 / total.max(1) as f64 >= even * STANDS_OUT).then_some(most)
}
