//! LTV: what a customer brings over a lifetime.

mod about;
mod value;

pub use value::{Lifetime, ltv};

use super::NO_ORDERS;
use super::basis;
use super::contract::{
    About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary, Work,
};
use super::cycle::{self, Cycle, Sleep};
use super::parse::{Reader, counted, decimals};
use super::predicted::{self, ByPrediction};
use crate::features::{Features, Question, Values};
use about::ABOUT;
use model::calendar::{AsOf, Day};
use model::money::{Money, SCALE};
use model::quantiles::ValueCounts;
use value::cap;

/// Days from the first order in which an LTV is provisional, the first one included.
pub const PROVISIONAL_DAYS: i32 = 30;
/// Longest lifetime that can be set, in months.
const LIFETIME_MONTHS_MAX: i64 = 1_200;
/// Tiers from the best; their places are label codes.
const TIERS: [&str; 4] = ["vip", "standard", "economy", NO_ORDERS];

const LIFETIME_DAYS: &str = "lifetime_days";
const LIFETIME_CUSTOMERS: &str = "lifetime_customers";
const LTV: &str = "ltv";

/// See the method's text.
pub struct Ltv;

/// How tiers are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tiers {
    /// VIP and standard are the best of the customers, in 1/10 000 of a percent.
    Best([i64; 2]),
    /// VIP and standard begin at these amounts.
    From { vip: i64, standard: i64 },
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Plan {
    /// Months in 1/10 000; `None`: estimated.
    lifetime: Option<i64>,
    cycle: Cycle,
    tiers: Tiers,
    /// `None`: by formula.
    by_prediction: Option<ByPrediction>,
}

impl Plan {
    fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let lifetime = match reader.text("lifetime") {
            "" => None,
            _ => Some(reader.decimal("lifetime", LIFETIME_MONTHS_MAX)?),
        };
        let (cycle, tiers, by_prediction) = (cycle::read(reader)?, tiers(reader)?, predicted::read(reader)?);
        Ok(Plan { lifetime, cycle, tiers, by_prediction })
    }

    fn checked(settings: &Settings) -> Plan {
        Plan::read(settings).expect("settings are checked when features are asked for")
    }
}

/// `10%, 50%` or amounts such as `5000, 1000`.
fn tiers(reader: Reader<'_>) -> Result<Tiers, SettingError> {
    let text = reader.text("tiers");
    let refuse = || {
        reader.refuse(
            "tiers",
            "must be two rising shares such as `10%, 50%`, or two falling amounts such as `5000, 1000`",
        )
    };
    let is_share = text.contains('%');
    let parts: Option<Vec<&str>> = text
        .split(',')
        .map(str::trim)
        .map(|part| if is_share { part.strip_suffix('%') } else { Some(part) })
        .collect();
    let list = parts.and_then(|parts| decimals(&parts.join(","))).ok_or_else(refuse)?;
    match list[..] {
        [vip, standard] if is_share && 0 < vip && vip < standard && standard <= 100 * SCALE => {
            Ok(Tiers::Best([vip, standard]))
        }
        [vip, standard] if !is_share && vip > standard && standard > 0 => Ok(Tiers::From { vip, standard }),
        _ => Err(refuse()),
    }
}

/// What is known of a customer with an order.
#[derive(Clone, Copy)]
struct Valued {
    money: i64,
    /// Days since the first order.
    age_days: i32,
    ltv: i64,
}

/// What customers are valued by.
struct Valuation<'a> {
    features: &'a Features,
    orders: Values<'a, i64>,
    money: Values<'a, i64>,
    lifetime: Lifetime,
    as_of: AsOf,
    /// Predicted values; `None`: the formula's.
    predicted: Option<Vec<i64>>,
}

impl<'a> Valuation<'a> {
    fn new(settings: &Settings, fit: &Fit, question: &Question, features: &'a Features) -> Valuation<'a> {
        let lifetime = Lifetime {
            numerator: fit.exact("lifetime_numerator").unwrap_or(1),
            denominator: fit.exact("lifetime_denominator").unwrap_or(1),
        };
        let (orders, money) = (features.counts("orders"), features.exact(basis::of(fit).name()));
        let predicted =
            Plan::checked(settings).by_prediction.and_then(|by| by.values(fit, basis::of(fit), features));
        Valuation { features, orders, money, lifetime, as_of: question.as_of, predicted }
    }

    /// `None` without an order.
    fn of(&self, row: usize) -> Option<Valued> {
        self.orders.get(row).filter(|&orders| orders > 0)?;
        let age_days = self.as_of.0.since(self.features.day("first_order_at", row)?);
        let money = self.money.get(row).unwrap_or(0);
        let ltv = match &self.predicted {
            Some(values) => values[row],
            None => ltv(money, age_days, self.lifetime),
        };
        Some(Valued { money, age_days, ltv })
    }

    fn all(&self) -> impl Iterator<Item = Option<Valued>> {
        (0..self.features.len()).map(|row| self.of(row))
    }
}

/// The tier of a customer's LTV: its place in [`TIERS`].
fn tier(fit: &Fit, ltv: i64) -> usize {
    let from = |name| fit.exact(name).is_some_and(|from| ltv >= from);
    if ltv <= 0 {
        2
    } else if from("vip_from") {
        0
    } else if from("standard_from") {
        1
    } else {
        2
    }
}

impl Segmentation for Ltv {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        let plan = Plan::read(settings)?;
        if plan.by_prediction.is_some() {
            predicted::ask(question);
        }
        for name in ["first_order_at", "last_order_at", "orders", "margin"] {
            question.need(name);
        }
        basis::ask(question);
        cycle::ask(question);
        Ok(())
    }

    /// The base's cycle and the share with a cost; then the lifetime, or what models are fitted on; then
    /// the tiers.
    fn rounds(&self) -> usize {
        3
    }

    fn summarise(
        &self,
        round: usize,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
    ) -> Summary {
        let mut summary = Summary::default();
        match round {
            0 => {
                basis::summarise(features, &mut summary);
                cycle::summarise(features, &mut summary);
            }
            1 => {
                let plan = Plan::checked(settings);
                if plan.by_prediction.is_some() {
                    predicted::summarise(basis::of(fit), features, &mut summary);
                }
                let (days, customers) = lifetimes(&plan, fit, features);
                summary.totals.insert(LIFETIME_DAYS.to_owned(), days);
                summary.totals.insert(LIFETIME_CUSTOMERS.to_owned(), customers);
            }
            _ => {
                let valuation = Valuation::new(settings, fit, question, features);
                let values = valuation.all().flatten().map(|valued| valued.ltv).collect();
                let values = ValueCounts::of(values);
                summary.counts.insert(LTV.to_owned(), values);
            }
        }
        summary
    }

    fn fit(&self, round: usize, settings: &Settings, question: &Question, summary: &Summary, fit: &mut Fit) {
        self.fit_at_length(round, settings, question, summary, fit, Work::ALONE);
    }

    fn fit_at_length(
        &self,
        round: usize,
        settings: &Settings,
        _question: &Question,
        summary: &Summary,
        fit: &mut Fit,
        work: Work<'_>,
    ) {
        let plan = Plan::checked(settings);
        match round {
            0 => {
                basis::fit(summary, "LTV", fit);
                if plan.lifetime.is_none() {
                    cycle::fit(plan.cycle, summary, fit);
                }
            }
            1 => {
                let is_predicted = plan
                    .by_prediction
                    .is_some_and(|by| by.fit("LTV", summary, basis::of(fit), fit, work.threads));
                fit_lifetime(&plan, summary, fit, is_predicted);
            }
            _ => fit_tiers(&plan, summary.set(LTV), fit),
        }
    }

    fn label(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let all: Vec<Option<Valued>> = Valuation::new(settings, fit, question, features).all().collect();
        let tier_of = |customer: &Option<Valued>| customer.map_or(3, |valued| tier(fit, valued.ltv)) as u16;
        let provisional = |valued: Valued| valued.age_days < PROVISIONAL_DAYS;
        let columns = [
            Labels::Money(all.iter().map(|customer| customer.map(|valued| valued.ltv)).collect()),
            Labels::Money(all.iter().map(|customer| customer.map(|valued| valued.money)).collect()),
            Labels::Names {
                names: TIERS.map(str::to_owned).to_vec(),
                codes: all.iter().map(tier_of).collect(),
            },
            Labels::Flags(all.iter().map(|customer| customer.map(provisional)).collect()),
        ];
        let names = ABOUT.columns.iter().map(|&(name, _)| name);
        names.zip(columns).map(|(name, labels)| LabelColumn { name, labels }).collect()
    }

    fn explain(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
    ) -> Vec<Reason> {
        let reason = |part: String, value: String, rule: String| Reason { part, value, rule };
        let Some(valued) = Valuation::new(settings, fit, question, features).of(row) else {
            let rule = format!("no order up to {}", question.as_of);
            return vec![reason(format!("ltv_tier = {NO_ORDERS}"), "0 orders".to_owned(), rule)];
        };
        let first = question.as_of.0.plus(-valued.age_days);
        let plan = Plan::checked(settings);
        let by_prediction = plan.by_prediction.and_then(|by| by.explain(fit, basis::of(fit), features, row));
        let mut reasons = vec![match by_prediction {
            Some((value, rule)) => reason(format!("ltv = {}", Money(valued.ltv)), value, rule),
            None => by_formula(&plan, fit, &valued, features.counts("orders").get(row).unwrap_or(0), first),
        }];
        let amount = |name| fit.exact(name).map_or("-".to_owned(), |from| Money(from).to_string());
        let tier = tier(fit, valued.ltv);
        reasons.push(reason(
            format!("ltv_tier = {}", TIERS[tier]),
            Money(valued.ltv).to_string(),
            match tier {
                0 => format!("vip: {} or more", amount("vip_from")),
                1 => format!("standard: {} or more, below {}", amount("standard_from"), amount("vip_from")),
                _ if valued.ltv <= 0 => "economy: zero or less".to_owned(),
                _ => format!("economy: below {}", amount("standard_from")),
            },
        ));
        if valued.age_days < PROVISIONAL_DAYS {
            reasons.push(reason(
                "ltv_provisional = true".to_owned(),
                format!("first order on {first}"),
                format!("provisional in the first {PROVISIONAL_DAYS} days"),
            ));
        }
        reasons
    }
}

/// Why the formula gives what it gives.
fn by_formula(plan: &Plan, fit: &Fit, valued: &Valued, orders: i64, first: Day) -> Reason {
    let months = value::months(valued.age_days);
    let lifetime = fit.number("lifetime_months").unwrap_or(1.0);
    let how = match plan.lifetime {
        Some(_) => "set",
        None => "estimated from sleeping customers",
    };
    Reason {
        part: format!("ltv = {}", Money(valued.ltv)),
        value: format!(
            "{} {} in {} since {first} ({months:.2} months)",
            Money(valued.money),
            basis::of(fit).name(),
            counted(orders, "order"),
        ),
        rule: format!("average order × orders per month × lifetime of {lifetime:.2} months ({how})"),
    }
}

/// Days from first to last order, and how many customers they are of: those asleep with two orders
/// or more, whose life with the shop seems over.
fn lifetimes(plan: &Plan, fit: &Fit, features: &Features) -> (i128, i128) {
    let sleep = Sleep::new(plan.cycle, fit, features);
    let orders = features.counts("orders");
    let (mut days, mut customers) = (0, 0);
    for row in 0..features.len() {
        if orders.get(row).unwrap_or(0) < 2 || sleep.asleep(row) != Some(true) {
            continue;
        }
        let ends = features.day("first_order_at", row).zip(features.day("last_order_at", row));
        if let Some((first, last)) = ends {
            days += i128::from(last.since(first));
            customers += 1;
        }
    }
    (days, customers)
}

fn fit_lifetime(plan: &Plan, summary: &Summary, fit: &mut Fit, is_predicted: bool) {
    let (days, customers) = (summary.total(LIFETIME_DAYS), summary.total(LIFETIME_CUSTOMERS));
    let lifetime = match plan.lifetime {
        Some(months) => Lifetime { numerator: months, denominator: SCALE },
        None => Lifetime::estimated(days, customers),
    };
    fit.exact.insert("lifetime_numerator".to_owned(), lifetime.numerator);
    fit.exact.insert("lifetime_denominator".to_owned(), lifetime.denominator);
    fit.exact.insert(LIFETIME_CUSTOMERS.to_owned(), i64::try_from(customers).unwrap_or(i64::MAX));
    fit.numbers.insert("lifetime_months".to_owned(), lifetime.months());
    if plan.lifetime.is_none() && customers == 0 && !is_predicted {
        fit.notes.push(
            "Nobody with two orders or more is asleep yet, so the lifetime is taken as one month; set \
             `lifetime` if you know better."
                .to_owned(),
        );
    }
}

fn fit_tiers(plan: &Plan, values: &ValueCounts, fit: &mut Fit) {
    let from = match plan.tiers {
        Tiers::Best(shares) => shares.map(|share| value::from_rank(values, share)),
        Tiers::From { vip, standard } => [Some(vip), Some(standard)],
    };
    for (name, from) in ["vip_from", "standard_from"].into_iter().zip(from) {
        if let Some(from) = from {
            fit.exact.insert(name.to_owned(), from);
        }
    }
    let mut members: [Vec<(i64, u64)>; 3] = Default::default();
    for (value, count) in values.iter() {
        members[tier(fit, value)].push((value, count));
    }
    for (name, members) in TIERS.into_iter().zip(&members) {
        if let Some(cap) = cap(members) {
            fit.exact.insert(format!("cap_{name}"), cap);
        }
    }
}
