//! Classes of deals, held against the words they are defined in, and their thresholds.

mod slow;
mod thresholds;
mod words;

use super::gathered::Deal;
use super::limits::Limits;
use super::settings::Plan;
use super::{ABOUT, Judged, judge};
use crate::facts::events::deal::Outcome;
use crate::segmentations::Settings;
use model::calendar::Day;
use model::money::SCALE;
use std::collections::BTreeMap;

/// A deal that was won on a day and says nothing else.
fn won(id: usize, closed: i32) -> Deal {
    Deal {
        id: format!("{id:03}"),
        source: "crm".to_owned(),
        customer_id: None,
        bucket: 0,
        outcome: Outcome::Won,
        at: None,
        opened: None,
        closed: Some(Day(closed)),
        amount: None,
        margin: None,
        discount: None,
        effort: None,
        questions: None,
        custom_terms: false,
        terms_refused: false,
        loss_reason: None,
        set_class: None,
        attributes: BTreeMap::new(),
    }
}

fn lost(id: usize, closed: i32) -> Deal {
    Deal { outcome: Outcome::Lost, ..won(id, closed) }
}

fn units(number: i64) -> Option<i64> {
    Some(number * SCALE)
}

fn plan(given: &[(&str, &str)]) -> Plan {
    let settings = Settings::new(&ABOUT, given.iter().copied()).unwrap();
    Plan::read(&settings).unwrap()
}

fn judged(deals: &[Deal], given: &[(&str, &str)]) -> Vec<Judged> {
    let limits = Limits::of(deals, &plan(given));
    deals.iter().map(|deal| judge::judge(deal.clone(), &limits)).collect()
}

fn classes(deals: &[Deal], given: &[(&str, &str)]) -> Vec<&'static str> {
    judged(deals, given).iter().map(|one| one.class.name()).collect()
}
