//! Purchase stage: how far a customer is on the way to buying regularly, and who has fallen asleep.

mod about;
mod refusal;

use super::contract::{
    About, Codes, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary,
};
use super::cycle::{self, Cycle, Sleep};
use super::parse::{Reader, counted};
use crate::features::{Features, Question, Values};
use about::ABOUT;

/// Most orders a year that can be asked of a regular customer.
const REGULAR_ORDERS_MAX: u32 = 1_000;
/// Stages in the order of help and outputs; their places are label codes.
const STAGES: [&str; 8] =
    ["regular", "returning", "one_time", "choosing", "refused", "uninterested", "lead", "no_contact"];

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
    features: &'a Features,
    orders: Values<'a, i64>,
    lately: Values<'a, i64>,
    won: Values<'a, i64>,
    won_lately: Values<'a, i64>,
}

impl<'a> Stages<'a> {
    fn new(settings: &Settings, fit: &Fit, features: &'a Features) -> Stages<'a> {
        let plan = Plan::checked(settings);
        let sleep = Sleep::new(plan.cycle, fit, features);
        Stages {
            plan,
            sleep,
            features,
            orders: features.counts("orders"),
            lately: features.counts("orders_365"),
            won: features.counts("won_deals"),
            won_lately: features.counts("won_deals_365"),
        }
    }

    /// How often a customer has bought, and how often in the last 365 days. Where sales are kept as
    /// deals and not as orders, won deals are the purchases.
    fn purchases(&self, row: usize) -> (i64, i64) {
        match self.orders.get(row).unwrap_or(0) {
            0 => (self.won.get(row).unwrap_or(0), self.won_lately.get(row).unwrap_or(0)),
            orders => (orders, self.lately.get(row).unwrap_or(0)),
        }
    }

    /// The stage of a customer: its place in [`STAGES`].
    fn of(&self, row: usize) -> usize {
        let (purchases, lately) = self.purchases(row);
        match purchases {
            ..=0 => self.never_bought(row),
            1 => 2,
            _ if lately >= self.plan.regular_orders && self.sleep.asleep(row) != Some(true) => 0,
            _ => 1,
        }
    }

    fn never_bought(&self, row: usize) -> usize {
        let stage = self.features.text("prospect_stage", row);
        let place = stage.and_then(|stage| STAGES.iter().position(|known| *known == stage));
        place.unwrap_or(STAGES.len() - 1)
    }

    /// What the refusal of somebody is about: its place in [`refusal::REASONS`].
    fn refusal(&self, row: usize) -> usize {
        if STAGES[self.of(row)] != "refused" {
            return 0;
        }
        refusal::reason(self.features.text("refusal_reason", row))
    }
}

impl Segmentation for Stage {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        Plan::read(settings)?;
        let needed =
            ["orders", "orders_365", "won_deals", "won_deals_365", "prospect_stage", "refusal_reason"];
        needed.into_iter().for_each(|name| question.need(name));
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
        let refusals: Codes = rows().map(|row| stages.refusal(row) as u16).collect();
        let columns = [
            Labels::Names { names: STAGES.map(str::to_owned).to_vec(), codes },
            Labels::Names { names: refusal::REASONS.map(str::to_owned).to_vec(), codes: refusals },
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
        let (purchases, lately) = stages.purchases(row);
        let by_deals = stages.orders.get(row).unwrap_or(0) == 0 && purchases > 0;
        let noun = if by_deals { "won deal" } else { "order" };
        let wanted = counted(plan.regular_orders, noun);
        let mut reasons = vec![Reason {
            part: format!("stage = {}", STAGES[stage]),
            value: match purchases {
                0 => features.text("refusal_reason", row).unwrap_or("no order").to_owned(),
                _ => format!("{}, {lately} of them in the last 365 days", counted(purchases, noun)),
            },
            rule: match stage {
                0 => format!("regular: {wanted} or more in the last 365 days and not asleep"),
                1 if lately >= plan.regular_orders => "returning: two orders or more, asleep".to_owned(),
                1 => format!("returning: two {noun}s or more, fewer than {wanted} in the last 365 days"),
                2 => format!("one_time: one {noun}"),
                _ => rule_of_never(STAGES[stage], question),
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

/// The rule of a stage of those who have never bought.
fn rule_of_never(stage: &str, question: &Question) -> String {
    match stage {
        "choosing" => "choosing: an open deal, or a cart, price request or conversation in the last 30 days",
        "refused" => "refused: a lost deal, or a cart, price request or conversation and nothing after it",
        "uninterested" => "uninterested: a mistake, or three contacts unanswered",
        "lead" => "lead: a lead or any touch",
        _ => return format!("no_contact: no order and no touch up to {}", question.as_of),
    }
    .to_owned()
}
