//! Value for effort: what customers bring against the work they make.

mod about;
mod value;
mod returns;
mod words;
#[cfg(test)]
mod tests;

pub use returns::{Channel, Channels, by_channel, by_segment};
pub use value::{Rates, Repaid, Returns, money};

use super::basis;
use super::contract::{
    About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary, Work,
};
use super::ltv::{Lifetime, ltv};
use super::parse::Reader;
use super::predicted::{self, ByPrediction};
use crate::features::{Features, Question, Values};
use about::ABOUT;
use model::calendar::{AsOf, Day};
use model::money::{Money, SCALE};

/// Segments; their places are label codes.
const SEGMENTS: [&str; 4] = ["pays", "thin", "drain", "effort_unknown"];
/// Most hours of a point, dearest hour, and highest limit of influence that can be set.
const HOURS_MAX: i64 = 1_000;
const HOUR_COST_MAX: i64 = 1_000_000_000;
const INFLUENCE_MAX: i64 = 100;
/// Months that money is expected for.
const MONTHS: i64 = 12;

/// Customers who have ordered again, from which what is expected is predicted.
const RETURNED_MIN: u64 = 100;
/// What notes of the prediction are of.
const EXPECTED: &str = "What is expected";

/// Total of both rounds, and in a fit whether it is above 0.
const KNOWN: &str = "known";
/// Totals of the second round.
const DRAINS: &str = "drains";
const DRAINS_EFFORT: &str = "drains_effort";
const DRAINS_MONEY: &str = "drains_money";
const WITHOUT_INFLUENCE: &str = "drains_without_influence";

/// See the method's text.
pub struct Effort;

/// Settings that were read.
#[derive(Clone, Debug, PartialEq)]
struct Plan {
    is_points: bool,
    rates: Rates,
    followers: String,
    referrals: String,
    influential: f64,
    /// How what is expected is predicted; `None`: by formula.
    by_prediction: Option<ByPrediction>,
}

impl Plan {
    fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let is_points = reader.choice("unit", &[("points", true), ("hours", false)])?;
        let hours_per_point = reader.decimal("hours_per_point", HOURS_MAX)?;
        let hour_cost = match reader.text("hour_cost") {
            "" => None,
            _ => Some(reader.decimal("hour_cost", HOUR_COST_MAX)?),
        };
        let attribute = |name: &str| match reader.text(name) {
            "" => Err(reader.refuse(name, "must name an attribute of customers")),
            text => Ok(text.to_owned()),
        };
        let rates = Rates { hours_per_unit: if is_points { hours_per_point } else { SCALE }, hour_cost };
        Ok(Plan {
            is_points,
            rates,
            followers: attribute("followers")?,
            referrals: attribute("referrals")?,
            influential: Money(reader.decimal("influential", INFLUENCE_MAX)?).to_f64(),
            by_prediction: predicted::read(reader)?,
        })
    }

    fn checked(settings: &Settings) -> Plan {
        Plan::read(settings).expect("settings are checked when features are asked for")
    }

    /// How what is expected is predicted. Where nobody's effort is known, a prediction for everybody
    /// would be work for nothing.
    fn predicts(&self, fit: &Fit) -> Option<ByPrediction> {
        self.by_prediction.filter(|_| fit.exact(KNOWN) == Some(1))
    }
}

/// What an hour of effort is and costs, out of settings that were checked.
pub fn rates(settings: &Settings) -> Rates {
    Plan::checked(settings).rates
}

/// What is known of a customer; money in 1/10 000.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Served {
    /// What the customer brought in the last 365 days.
    pub money: i64,
    /// Effort as typed, in 1/10 000; `None` where none is known.
    pub effort: Option<i64>,
    pub influence: Option<f64>,
    /// What is expected in the next 12 months; `None` without an order.
    pub expected: Option<i64>,
    /// Costs more than it brings, and has little influence.
    pub is_lost_effort: bool,
}

/// What is known of the customer in a row of a bucket, out of settings that were checked.
pub fn served(settings: &Settings, fit: &Fit, as_of: AsOf, features: &Features, row: usize) -> Served {
    let plan = Plan::checked(settings);
    let serving = Serving::new(&plan, fit, features);
    Served {
        money: serving.money(row),
        effort: serving.effort(row),
        influence: serving.influence(row),
        expected: serving.expected(fit, row, as_of),
        is_lost_effort: serving.is_lost_effort(row),
    }
}

/// What is known of the customers of a bucket.
struct Serving<'a> {
    plan: &'a Plan,
    features: &'a Features,
    effort: Values<'a, i64>,
    money: Values<'a, i64>,
    lifelong: Values<'a, i64>,
    orders: Values<'a, i64>,
}

impl<'a> Serving<'a> {
    fn new(plan: &'a Plan, fit: &Fit, features: &'a Features) -> Serving<'a> {
        let lately = if basis::on_margin(fit) { "margin_365" } else { "revenue_365" };
        Serving {
            plan,
            features,
            effort: features.exact("effort_365"),
            money: features.exact(lately),
            lifelong: features.exact(basis::name(fit)),
            orders: features.counts("orders"),
        }
    }

    /// Effort as typed, in 1/10 000; none is no effort known.
    fn effort(&self, row: usize) -> Option<i64> {
        self.effort.get(row).filter(|&effort| effort > 0)
    }

    /// What the customer brought in the last 365 days.
    fn money(&self, row: usize) -> i64 {
        self.money.get(row).unwrap_or(0)
    }

    fn roi(&self, row: usize) -> Option<f64> {
        self.plan.rates.roi(i128::from(self.money(row)), i128::from(self.effort(row)?))
    }

    fn repaid(&self, row: usize) -> Option<Repaid> {
        self.plan.rates.repaid(i128::from(self.money(row)), i128::from(self.effort(row)?))
    }

    fn influence(&self, row: usize) -> Option<f64> {
        let count = |name: &str| self.features.attribute(name, row).and_then(value::count);
        value::influence(count(&self.plan.followers), count(&self.plan.referrals))
    }

    /// Money of the next 12 months, predicted or at the pace since the first order; `None` without an
    /// order.
    fn expected(&self, fit: &Fit, row: usize, as_of: AsOf) -> Option<i64> {
        self.orders.get(row).filter(|&orders| orders > 0)?;
        let by_prediction = self.plan.by_prediction;
        by_prediction
            .and_then(|by| by.value(fit, basis::of(fit), self.features, row))
            .or_else(|| self.at_same_pace(row, as_of))
    }

    fn at_same_pace(&self, row: usize, as_of: AsOf) -> Option<i64> {
        let first: Day = self.features.day("first_order_at", row)?;
        let money = self.lifelong.get(row).unwrap_or(0);
        Some(ltv(money, as_of.0.since(first), Lifetime { numerator: MONTHS, denominator: 1 }))
    }

    fn is_lost_effort(&self, row: usize) -> bool {
        let influence = self.influence(row).unwrap_or(0.0);
        self.repaid(row) == Some(Repaid::Drain) && influence < self.plan.influential
    }
}

/// The place of a segment.
fn place(repaid: Option<Repaid>) -> usize {
    match repaid {
        Some(Repaid::Pays) => 0,
        Some(Repaid::Thin) => 1,
        Some(Repaid::Drain) => 2,
        None => 3,
    }
}

impl Segmentation for Effort {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        let plan = Plan::read(settings)?;
        for name in ["effort_365", "revenue_365", "margin_365", "orders", "first_order_at", "margin"] {
            question.need(name);
        }
        basis::ask(question);
        if plan.by_prediction.is_some() {
            predicted::ask(question);
        }
        question.need_attribute(&plan.followers);
        question.need_attribute(&plan.referrals);
        Ok(())
    }

    /// Which money counts; then what to say of drains.
    fn rounds(&self) -> usize {
        2
    }

    fn summarise(
        &self,
        round: usize,
        settings: &Settings,
        fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Summary {
        let mut summary = Summary::default();
        if round == 0 {
            basis::summarise(features, &mut summary);
            let known = features.exact("effort_365").iter().flatten().filter(|&effort| effort > 0).count();
            summary.totals.insert(KNOWN.to_owned(), known as i128);
            return summary;
        }
        let plan = Plan::checked(settings);
        if plan.predicts(fit).is_some() {
            predicted::summarise(basis::of(fit), features, &mut summary);
        }
        let serving = Serving::new(&plan, fit, features);
        let mut add = |name: &str, value: i128| *summary.totals.entry(name.to_owned()).or_default() += value;
        for row in 0..features.len() {
            let Some(effort) = serving.effort(row) else { continue };
            add(KNOWN, 1);
            if serving.repaid(row) == Some(Repaid::Drain) {
                add(DRAINS, 1);
                add(DRAINS_EFFORT, i128::from(effort));
                add(DRAINS_MONEY, i128::from(serving.money(row)));
                add(WITHOUT_INFLUENCE, i128::from(serving.is_lost_effort(row)));
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
        if round == 0 {
            basis::fit(summary, "Value for effort", fit);
            fit.exact.insert(KNOWN.to_owned(), i64::from(summary.total(KNOWN) > 0));
        } else {
            let plan = Plan::checked(settings);
            fit.notes.extend(words::notes(&plan, summary, basis::name(fit)));
            let Some(by) = plan.predicts(fit) else { return };
            match predicted::returned(summary) {
                few if few < RETURNED_MIN => fit.notes.push(words::too_few(few)),
                _ => {
                    by.fit(EXPECTED, summary, basis::of(fit), fit, work.threads);
                }
            }
        }
    }

    fn label(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let plan = Plan::checked(settings);
        let serving = Serving::new(&plan, fit, features);
        let rows = || 0..features.len();
        let effort = |row: usize| serving.effort(row).map(i128::from);
        let hours = |row: usize| effort(row).map(|effort| money(plan.rates.hours(effort)).to_f64());
        let cost =
            |row: usize| effort(row).and_then(|effort| plan.rates.cost(effort)).map(|cost| money(cost).0);
        let predicted = plan.by_prediction.and_then(|by| by.values(fit, basis::of(fit), features));
        let expected = |row: usize| match &predicted {
            Some(values) => serving.orders.get(row).filter(|&orders| orders > 0).map(|_| values[row]),
            None => serving.expected(fit, row, question.as_of),
        };
        let columns = [
            Labels::Names {
                names: SEGMENTS.map(str::to_owned).to_vec(),
                codes: rows().map(|row| place(serving.repaid(row)) as u16).collect(),
            },
            Labels::Numbers(rows().map(hours).collect()),
            Labels::Money(rows().map(cost).collect()),
            Labels::Numbers(rows().map(|row| serving.roi(row)).collect()),
            Labels::Numbers(rows().map(|row| serving.influence(row)).collect()),
            Labels::Money(rows().map(expected).collect()),
            Labels::Flags(rows().map(|row| Some(serving.is_lost_effort(row))).collect()),
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
        let plan = Plan::checked(settings);
        let serving = Serving::new(&plan, fit, features);
        words::reasons(&serving, fit, question.as_of, row)
    }
}
