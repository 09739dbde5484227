//! Purchase stage: how far a customer is on the way to buying regularly, and who has fallen asleep.

mod about;

use super::contract::{
    About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary,
};
use super::cycle::{self, Cycle, Sleep};
use super::parse::{Reader, counted};
use crate::features::{Features, Question, Values};
use about::ABOUT;

/// Most orders a year that can be asked of a regular customer.
const REGULAR_ORDERS_MAX: u32 = 1_000;
/// Stages in the order of help and outputs; their places are label codes.
const STAGES: [&str; 4] = ["regular", "returning", "one_time", "no_contact"];

/// See the method's text.
pub struct Stage;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Plan {
    cycle: Cycle,
    regular_orders: i64,
}

impl Plan {
    fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let regular_orders = i64::from(reader.whole("regular_orders", 2..=REGULAR_ORDERS_MAX)?);
        Ok(Plan { cycle: cycle::read(reader)?, regular_orders })
    }

    fn checked(settings: &Settings) -> Plan {
        Plan::read(settings).expect("settings are checked when features are asked for")
    }
}

/// What stages come from.
struct Stages<'a> {
    plan: Plan,
    sleep: Sleep<'a>,
    orders: Values<'a, i64>,
    lately: Values<'a, i64>,
}

impl<'a> Stages<'a> {
    fn new(settings: &Settings, fit: &Fit, features: &'a Features) -> Stages<'a> {
        let plan = Plan::checked(settings);
        let sleep = Sleep::new(plan.cycle, fit, features);
        let (orders, lately) = (features.counts("orders"), features.counts("orders_365"));
        Stages { plan, sleep, orders, lately }
    }

    /// The stage of a customer: its place in [`STAGES`].
    fn of(&self, row: usize) -> usize {
        let lately = self.lately.get(row).unwrap_or(0);
        match self.orders.get(row).unwrap_or(0) {
            ..=0 => never_bought(),
            1 => 2,
            _ if lately >= self.plan.regular_orders && self.sleep.asleep(row) != Some(true) => 0,
            _ => 1,
        }
    }
}

/// The stage of somebody who has never bought. Orders alone know nothing of them; deals, carts,
/// leads and touches, once they are facts, are tested here before what is left is `no_contact`.
fn never_bought() -> usize {
    3
}

impl Segmentation for Stage {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        Plan::read(settings)?;
        question.need("orders");
        question.need("orders_365");
        cycle::ask(question);
        Ok(())
    }

    fn rounds(&self) -> usize {
        1
    }

    fn summarise(
        &self,
        _round: usize,
        _settings: &Settings,
        _fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Summary {
        let mut summary = Summary::default();
        cycle::summarise(features, &mut summary);
        summary
    }

    fn fit(
        &self,
        _round: usize,
        settings: &Settings,
        _question: &Question,
        summary: &Summary,
        fit: &mut Fit,
    ) {
        cycle::fit(Plan::checked(settings).cycle, summary, fit);
    }

    fn label(
        &self,
        settings: &Settings,
        fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let stages = Stages::new(settings, fit, features);
        let sleep = &stages.sleep;
        let rows = || 0..features.len();
        let codes = rows().map(|row| stages.of(row) as u16).collect();
        let recency = features.counts("recency_days");
        let cycles = rows().map(|row| recency.get(row).and_then(|_| sleep.cycle_days(row)));
        let columns = [
            Labels::Names { names: STAGES.map(str::to_owned).to_vec(), codes },
            Labels::Flags(rows().map(|row| sleep.asleep(row)).collect()),
            Labels::Numbers(cycles.collect()),
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
        let stages = Stages::new(settings, fit, features);
        let (plan, sleep, stage) = (&stages.plan, &stages.sleep, stages.of(row));
        let orders = stages.orders.get(row).unwrap_or(0);
        let lately = stages.lately.get(row).unwrap_or(0);
        let wanted = counted(plan.regular_orders, "order");
        let mut reasons = vec![Reason {
            part: format!("stage = {}", STAGES[stage]),
            value: format!("{}, {lately} of them in the last 365 days", counted(orders, "order")),
            rule: match stage {
                0 => format!("regular: {wanted} or more in the last 365 days and not asleep"),
                1 if lately >= plan.regular_orders => "returning: two orders or more, asleep".to_owned(),
                1 => format!("returning: two orders or more, fewer than {wanted} in the last 365 days"),
                2 => "one_time: one order".to_owned(),
                _ => format!("no_contact: no order up to {}", question.as_of),
            },
        }];
        let Some(recency) = features.counts("recency_days").get(row) else { return reasons };
        let (cycle, asleep) = (sleep.cycle_days(row), sleep.asleep(row));
        let rule = match (cycle, asleep, sleep.first_day(question, row)) {
            (Some(days), Some(asleep), Some(day)) => {
                let whose = match plan.cycle {
                    Cycle::Set(_) => "set",
                    Cycle::Own if sleep.is_own(row) => "the customer's own",
                    Cycle::Own => "the base's",
                };
                let since = if asleep { "asleep since" } else { "would fall asleep on" };
                format!("one repeat cycle is {days} days ({whose}); {since} {day}")
            }
            _ => "the base has no repeat cycle yet".to_owned(),
        };
        reasons.push(Reason {
            part: format!("asleep = {}", asleep.map_or("unknown".to_owned(), |asleep| asleep.to_string())),
            value: format!(
                "{} since the last order on {}",
                counted(recency, "day"),
                question.as_of.0.plus(-i32::try_from(recency).unwrap_or(i32::MAX))
            ),
            rule,
        });
        reasons
    }
}
