//! Readiness, deals and value for effort as a report shows them.

use super::Analysis;
use super::counted::{Counted, money};
use crate::report::data::{
    Basis, DealClass, DealCriterion, DealSearch, DealVerdict, Deals, Effort, EffortChannel, EffortDrain,
    EffortSegment, Readiness, ReadinessStep,
};
use engine::criteria::{Searched, as_rule_text};
use engine::deals::costs::Sum;
use engine::deals::{Class, analysis as deal_analysis};
use engine::segmentations::effort::{Rates, Returns, by_segment, rates};
use model::criteria::{Hypothesis, Outcome};
use model::money::{Money, SCALE};

/// Customers with a loss that are listed.
const DRAINS_MAX: usize = 10;

/// `None` where nothing has happened but orders.
pub(super) fn readiness(analysis: &Analysis, counted: &Counted) -> Option<Readiness> {
    analysis.segmentation("readiness").filter(|_| !analysis.beside.happened.is_empty())?;
    let all = counted.readiness.names.iter().zip(&counted.readiness.sums);
    let steps: Vec<ReadinessStep> = all
        .map(|(name, sums)| ReadinessStep {
            name: name.clone(),
            customers: sums.customers,
            revenue: sums.revenue(),
        })
        .collect();
    let days = |days: i32| u32::try_from(days).unwrap_or(0);
    let ladder = &analysis.question.ladder;
    steps.iter().any(|step| step.customers > 0).then(|| Readiness {
        window_days: days(ladder.window_days),
        buying_days: days(ladder.buying_days),
        steps,
    })
}

/// `None` where no deal is closed.
pub(super) fn deals(analysis: &Analysis) -> Option<Deals> {
    let found = analysis.beside.deals.as_ref().filter(|found| !found.judged.is_empty())?;
    Some(Deals {
        looked_at: found.judged.len() as u64,
        closed: found.all_closed,
        open: found.open_count,
        interviews: found.interviews,
        effort_known: found.sums.last().map_or(0, |all| all.effort_known),
        classes: found.sums.iter().map(class).collect(),
        search: search(found),
        committee: analysis.beside.committee.clone().filter(|found| found.group.companies > 0),
    })
}

fn class(sum: &Sum) -> DealClass {
    DealClass {
        name: sum.class.map_or("all", Class::name).to_owned(),
        deals: sum.deals,
        share: sum.deals_share,
        conversion: sum.conversion,
        average: sum.average_deal.map(Money),
        cycle_days: sum.cycle_days,
        hours: sum.hours.map(|hours| hours as f64 / SCALE as f64),
        hours_share: sum.hours_share,
        cost: sum.cost.map(Money),
    }
}

fn search(found: &deal_analysis::Analysis) -> Option<DealSearch> {
    let Searched { findings, left_out, .. } = found.searched.as_ref().ok()?;
    let listed = |list: &[Hypothesis]| {
        list.iter().map(|one| criterion(&one.criterion, one.more_rows)).collect::<Vec<_>>()
    };
    let (verdict, criteria) = match &findings.outcome {
        Outcome::Criteria(list) => {
            (DealVerdict::Criteria, list.iter().map(|one| criterion(one, Some(0))).collect())
        }
        Outcome::Hypotheses(list) => (DealVerdict::Hypotheses, listed(list)),
        Outcome::NothingBeatsChance(list) => (DealVerdict::NothingBeatsChance, listed(list)),
    };
    Some(DealSearch {
        verdict,
        deals: findings.rows,
        positives: findings.positives,
        rules: findings.rules as u64,
        criteria,
        left_out: left_out.len() as u64,
    })
}

fn criterion(found: &model::criteria::Criterion, more: Option<u64>) -> DealCriterion {
    DealCriterion {
        condition: as_rule_text(&found.conditions),
        covered: found.covered,
        positives: found.positives,
        share: found.precision.value,
        low: found.precision.low,
        high: found.precision.high,
        p: found.adjusted_p,
        significant: found.significant,
        more,
    }
}

/// `None` where nobody's effort is known, or not what an hour costs.
pub(super) fn effort(analysis: &Analysis) -> Option<Effort> {
    let (asked, fit) = analysis.segmentation("effort")?;
    let rates = rates(&asked.settings);
    let hour_cost = Money(rates.hour_cost?);
    let labels = &analysis.outcome.labels;
    let sums = by_segment(&asked.settings, fit, &analysis.features, labels, "effort").ok()?;
    if sums.iter().all(|(_, sums)| sums.known == 0) {
        return None;
    }
    let segment = |(name, sums): &(String, Returns)| {
        let (hours, cost) = spent(&rates, sums.effort);
        EffortSegment { name: name.clone(), customers: sums.customers, hours, cost, money: money(sums.money) }
    };
    let worst = analysis.beside.drains.iter().take(DRAINS_MAX).map(|(customer, served)| {
        let (hours, cost) = spent(&rates, i128::from(served.effort.unwrap_or(0)));
        EffortDrain { customer: customer.clone(), hours, cost, money: Money(served.money) }
    });
    let channels = analysis.beside.channels.iter().map(|(name, channel)| {
        let (hours, cost) = spent(&rates, channel.returns.effort);
        EffortChannel {
            name: name.clone(),
            customers: channel.returns.customers,
            contacts: channel.contacts,
            hours,
            cost,
            money: money(channel.returns.money),
        }
    });
    Some(Effort {
        basis: if fit.exact("on_margin") == Some(1) { Basis::Margin } else { Basis::Revenue },
        hour_cost,
        segments: sums.iter().map(segment).collect(),
        worst: worst.collect(),
        drains: analysis.beside.drains.len() as u64,
        channels: channels.collect(),
    })
}

/// Hours and cost of some effort.
fn spent(rates: &Rates, effort: i128) -> (f64, Money) {
    (money(rates.hours(effort)).to_f64(), money(rates.cost(effort).unwrap_or(0)))
}
