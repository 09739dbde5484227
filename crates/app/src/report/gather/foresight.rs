//! Predictions and interests as a report shows them.

use super::Analysis;
use super::beside::Foretold;
use super::counted::Counted;
use crate::report::data::{
    Basis, Error, FrequencyCheck, Interest, InterestPair, Interests, Prediction, PredictionCheck, Standing,
    WeekCheck,
};
use engine::interests::{self, Why};
use engine::prediction::{self, HoldoutReport};
use model::calendar::Day;
use model::prediction::fit::Dropout;
use model::prediction::holdout::{Comparison, standing};
use model::prediction::models::OrderModel;

/// Parts that the probability of being still there is told in.
const ALIVE_PARTS: usize = 5;
/// Categories and pairs that are shown.
const INTERESTS_MAX: usize = 12;
const PAIRS_MAX: usize = 8;
/// Buyers of both from which a pair is shown.
const PAIR_BUYERS_MIN: u64 = 10;

/// `None` where nothing could be fitted.
pub(super) fn prediction(analysis: &Analysis, counted: &Counted) -> Option<Prediction> {
    let told = analysis.beside.prediction.as_ref()?;
    let (alive, buyers, expected_alive) = alive(told);
    Some(Prediction {
        model: told.fitted.orders.asked.name().to_owned(),
        compared: told.compared.iter().map(|(model, aic)| (model.name().to_owned(), *aic)).collect(),
        basis: match told.fitted.basis {
            prediction::Basis::Margin => Basis::Margin,
            prediction::Basis::Revenue => Basis::Revenue,
        },
        days: told.days,
        buyers,
        orders: told.outlook.orders,
        value: told.outlook.value,
        alive,
        expected_alive,
        all_active: matches!(told.fitted.orders.dropout, Dropout::NotSeen | Dropout::NotModelled),
        check: told.checked.as_ref().map(|(model, report)| check(*model, report, counted.first_order)),
    })
}

/// Buyers by fifths of the probability, all of them, and its sum.
fn alive(told: &Foretold) -> (Vec<u64>, u64, f64) {
    let (mut parts, mut sum) = (vec![0; ALIVE_PARTS], 0.0);
    for alive in told.outlook.each_alive() {
        parts[((alive * ALIVE_PARTS as f64) as usize).min(ALIVE_PARTS - 1)] += 1;
        sum += alive;
    }
    let buyers = parts.iter().sum();
    (parts, buyers, sum)
}

fn check(model: OrderModel, report: &HoldoutReport, first_order: Option<Day>) -> PredictionCheck {
    let held = &report.orders;
    let orders = Comparison { model: held.model, rules: held.rules.clone(), verdict: held.verdict };
    let before_first = first_order.unwrap_or(report.from).plus(-1);
    PredictionCheck {
        from: report.from,
        to: report.to,
        days: report.days,
        model: model.name().to_owned(),
        customers: held.model.customers,
        actual_orders: report.actual_orders,
        expected_orders: held.by_frequency.iter().map(|row| row.expected * row.customers as f64).sum(),
        orders_standing: stands(&orders),
        orders: errors(model, &orders),
        money_standing: stands(&report.money),
        money: errors(model, &report.money),
        by_frequency: held
            .by_frequency
            .iter()
            .map(|row| FrequencyCheck {
                repeats: row.repeats,
                customers: row.customers,
                actual: row.actual,
                expected: row.expected,
            })
            .collect(),
        weeks: report
            .weeks
            .iter()
            .map(|week| WeekCheck {
                day: before_first.plus(week.days as i32),
                actual: week.actual,
                expected: week.expected,
            })
            .collect(),
    }
}

fn errors(model: OrderModel, compared: &Comparison) -> Vec<Error> {
    let own = Error { by: model.name().to_owned(), rmse: compared.model.rmse, bias: compared.model.bias };
    let rules = compared.rules.iter().map(|check| Error {
        by: check.rule.name().to_owned(),
        rmse: check.accuracy.rmse,
        bias: check.accuracy.bias,
    });
    std::iter::once(own).chain(rules).collect()
}

fn stands(compared: &Comparison) -> Standing {
    match compared.standing() {
        standing::Standing::Better(_) => Standing::Better,
        standing::Standing::MayBeChance(check) => Standing::MayBeChance(check.rule.name().to_owned()),
        standing::Standing::NoBetter(check) => Standing::NoBetter(check.rule.name().to_owned()),
        standing::Standing::Worse(check) => Standing::Worse(check.rule.name().to_owned()),
    }
}

/// `None` where nothing names a category.
pub(super) fn interests(analysis: &Analysis) -> Option<Interests> {
    let found = analysis.beside.interests.as_ref().filter(|found| !found.categories.is_empty())?;
    let counts = found.counts();
    let all = found.categories.iter().zip(&counts).zip(&found.satisfied);
    let mut top: Vec<Interest> = all
        .map(|((name, count), &satisfied)| Interest {
            name: name.clone(),
            weight: count.weight,
            by_purchases: count.by_why[Why::Purchases as usize],
            by_relation: count.by_why[Why::Relation as usize],
            by_hand: count.by_why[Why::Hand as usize],
            satisfied,
        })
        .filter(|one| one.weight > 0.0 || one.satisfied > 0)
        .collect();
    top.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.name.cmp(&b.name)));
    top.truncate(INTERESTS_MAX);
    Some(Interests {
        customers: analysis.overview.customers,
        interested: found.customers.len() as u64,
        half_life_days: interests::Question::new(analysis.as_of).half_life_days,
        categories: found.categories.len() as u64,
        left_out: found.left_out as u64,
        top,
        pairs: pairs(found),
    })
}

/// The pairs whose lower bound is above what is usual, those first that surpass it most. Of a pair
/// that holds both ways the surer way is told.
fn pairs(found: &interests::Interests) -> Vec<InterestPair> {
    let known = found.relations.iter().filter(|one| one.both >= PAIR_BUYERS_MIN);
    let mut all: Vec<InterestPair> = known
        .map(|one| InterestPair {
            from: one.from.clone(),
            to: one.to.clone(),
            both: one.both,
            share: one.confidence,
            bound: one.bound,
            usual: one.confidence / one.lift,
        })
        .filter(|pair| pair.bound > pair.usual)
        .collect();
    let surpasses = |pair: &InterestPair| pair.bound / pair.usual;
    all.sort_by(|a, b| {
        let names = || (&a.from, &a.to).cmp(&(&b.from, &b.to));
        surpasses(b).total_cmp(&surpasses(a)).then_with(names)
    });
    let mut kept: Vec<InterestPair> = Vec::new();
    for pair in all {
        if kept.len() < PAIRS_MAX && !kept.iter().any(|other| other.from == pair.to && other.to == pair.from)
        {
            kept.push(pair);
        }
    }
    kept
}
