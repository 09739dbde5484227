//! Deals, leads and touches of a base, counted in one pass.

use crate::report::data::Happened;
use engine::facts::bucket::ANONYMOUS;
use engine::facts::events::deal::{Outcome, outcome};
use engine::facts::set::FactError;
use engine::facts::{Events, FactSet};
use model::base::FactKind;
use model::calendar::AsOf;
use model::money::Money;
use model::parallel;
use std::collections::BTreeSet;

/// Counts what happened up to a moment, that without a customer too.
///
/// # Errors
/// A fact file cannot be read.
pub(super) fn happened(facts: &FactSet, as_of: AsOf, threads: usize) -> Result<Happened, FactError> {
    let kinds: Vec<FactKind> = FactKind::EVENTS.into_iter().filter(|&kind| facts.has_events(kind)).collect();
    if kinds.is_empty() {
        return Ok(Happened::default());
    }
    let buckets = parallel::in_order(ANONYMOUS + 1, threads, |bucket| {
        let (mut found, mut customers) = (Happened::default(), BTreeSet::new());
        for &kind in &kinds {
            let events = facts.events(kind, bucket)?;
            let amounts: Vec<Option<i64>> = match kind {
                FactKind::Deals => events.exact("amount").iter().collect(),
                _ => Vec::new(),
            };
            for row in (0..events.len()).filter(|&row| events.day(row).is_none_or(|day| day <= as_of.0)) {
                add(&mut found, &events, row, amounts.get(row).copied().flatten(), as_of);
                customers.extend(events.customer(row).map(str::to_owned));
            }
        }
        found.customers = customers.len() as u64;
        Ok::<_, FactError>(found)
    });
    let mut all = Happened::default();
    for bucket in buckets {
        let found = bucket?;
        all.open_deals += found.open_deals;
        all.won_deals += found.won_deals;
        all.lost_deals += found.lost_deals;
        all.won = Money(all.won.0.saturating_add(found.won.0));
        all.leads += found.leads;
        all.touches += found.touches;
        all.customers += found.customers;
        all.first_day = all.first_day.into_iter().chain(found.first_day).min();
        all.last_day = all.last_day.into_iter().chain(found.last_day).max();
    }
    Ok(all)
}

fn add(found: &mut Happened, events: &Events, row: usize, amount: Option<i64>, as_of: AsOf) {
    match events.kind() {
        FactKind::Deals => match outcome(events, row, as_of) {
            Outcome::Open => found.open_deals += 1,
            Outcome::Lost => found.lost_deals += 1,
            Outcome::Won => {
                found.won_deals += 1;
                found.won = Money(found.won.0.saturating_add(amount.unwrap_or(0)));
            }
        },
        FactKind::Leads => found.leads += 1,
        _ => found.touches += 1,
    }
    let day = events.day(row);
    found.first_day = found.first_day.into_iter().chain(day).min();
    found.last_day = found.last_day.into_iter().chain(day).max();
}
