//! What people do for the sale: touches, deals, and what effort brings.

use super::Basis;
use engine::committee::{Chair, Group};
use model::calendar::Day;
use model::money::Money;
use serde::{Deserialize, Serialize};

/// Deals, leads and touches of the base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    pub open_deals: u64,
    pub won_deals: u64,
    pub lost_deals: u64,
    /// Amounts of won deals.
    pub won: Money,
    pub leads: u64,
    pub touches: u64,
    /// Customers with a deal, a lead or a touch.
    pub customers: u64,
    /// Days of the first and the last of them.
    pub first_day: Option<Day>,
    pub last_day: Option<Day>,
}

impl Happened {
    /// Whether there is anything at all.
    pub fn is_empty(&self) -> bool {
        self.deals() + self.leads + self.touches == 0
    }

    pub fn deals(&self) -> u64 {
        self.open_deals + self.won_deals + self.lost_deals
    }
}

/// How close customers are to the next purchase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Readiness {
    /// Days that touches count, and that an order does.
    pub window_days: u32,
    pub buying_days: u32,
    /// Every step, the highest first.
    pub steps: Vec<ReadinessStep>,
}

/// A step of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadinessStep {
    /// `buying`, `choosing`, `comparing`, `aware`, `indifferent`.
    pub name: String,
    pub customers: u64,
    pub revenue: Money,
}

/// The last closed deals by class, and what the best have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deals {
    /// Deals looked at, and all that are closed.
    pub looked_at: u64,
    pub closed: u64,
    pub open: u64,
    /// No deal is closed: those classed by hand stand for them.
    pub interviews: bool,
    /// Deals whose effort is known.
    pub effort_known: u64,
    /// Every class, then all together.
    pub classes: Vec<DealClass>,
    /// `None` where there was nothing to tell apart.
    pub search: Option<DealSearch>,
    /// `None` where nobody inside the companies is known.
    pub committee: Option<Committee>,
}

/// Who takes part in buying in companies with won deals, beside those with open ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Committee {
    pub group: Group,
    pub chairs: Vec<Chair>,
}

/// Deals of one class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealClass {
    /// `A`, `B`, `C`, `D`, `X`, `unclear`, or `all`.
    pub name: String,
    pub deals: u64,
    pub share: f64,
    /// Share of won deals.
    pub conversion: Option<f64>,
    pub average: Option<Money>,
    /// Median days to close.
    pub cycle_days: Option<f64>,
    pub hours: Option<f64>,
    pub hours_share: Option<f64>,
    pub cost: Option<Money>,
}

/// What deals of class A have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealSearch {
    pub verdict: DealVerdict,
    pub deals: u64,
    /// Deals of class A among them.
    pub positives: u64,
    pub rules: u64,
    pub criteria: Vec<DealCriterion>,
    /// Attributes that were no condition, for they tell the outcome or have too many texts.
    pub left_out: u64,
}

/// What a search says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealVerdict {
    Criteria,
    Hypotheses,
    NothingBeatsChance,
}

/// A criterion with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealCriterion {
    /// In the language of rules.
    pub condition: String,
    pub covered: u64,
    pub positives: u64,
    /// Share of class A among them, with the bounds of its interval at 95 %.
    pub share: f64,
    pub low: f64,
    pub high: f64,
    /// The chance that the best of all rules looks this good by luck.
    pub p: f64,
    pub significant: bool,
    /// How many more deals would settle it; `None` where ten times as many would not.
    pub more: Option<u64>,
}

/// Value for effort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// What money is: of the last 365 days.
    pub basis: Basis,
    pub hour_cost: Money,
    /// In the order of what effort brings.
    pub segments: Vec<EffortSegment>,
    /// Those who cost more than they bring and have no influence, by loss; `drains` of them in all.
    pub worst: Vec<EffortDrain>,
    pub drains: u64,
    pub channels: Vec<EffortChannel>,
}

/// Customers by how effort is repaid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffortSegment {
    /// `pays`, `thin`, `drain`, `effort_unknown`.
    pub name: String,
    pub customers: u64,
    pub hours: f64,
    pub cost: Money,
    pub money: Money,
}

/// A customer who costs more than they bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffortDrain {
    pub customer: String,
    pub hours: f64,
    pub cost: Money,
    pub money: Money,
}

/// A channel of service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffortChannel {
    /// `None`: contacts that name none.
    pub name: Option<String>,
    pub customers: u64,
    pub contacts: u64,
    pub hours: f64,
    pub cost: Money,
    pub money: Money,
}
