//! With a budget, a cost per contact and an expected response: which segments bring the most.

use super::potential::Potential;
use model::money::Money;
use std::collections::BTreeMap;

/// What is offered to whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offer {
    /// What may be spent; `None`: whatever pays.
    pub budget: Option<Money>,
    /// What it costs to reach one customer, above zero.
    pub contact_cost: Money,
    /// The part of those reached that order because of it, 0 to 1.
    pub response: f64,
    /// The same for some segments.
    pub responses: BTreeMap<String, f64>,
}

/// Why a segment is reached or left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All who can be reached are.
    Reach,
    /// The budget ends inside it.
    ReachPart,
    /// Others bring more for the same budget.
    NoBudget,
    /// A contact costs more than it brings.
    DoesNotPay,
    /// Nobody in it can be reached.
    NobodyToReach,
}

impl Verdict {
    /// A name for outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Reach => "reach",
            Verdict::ReachPart => "reach_part",
            Verdict::NoBudget => "no_budget",
            Verdict::DoesNotPay => "does_not_pay",
            Verdict::NobodyToReach => "nobody_to_reach",
        }
    }
}

/// What becomes of a segment. Money in units of the currency, as it is expected and not exact.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub name: String,
    pub verdict: Verdict,
    /// Customers who are reached.
    pub reached: u64,
    pub cost: Money,
    /// Orders that are expected of them because of it.
    pub orders: f64,
    /// What these leave.
    pub brought: f64,
    /// What one contact brings less what it costs.
    pub net_per_contact: f64,
}

impl Choice {
    /// What is left after the cost.
    pub fn net(&self) -> f64 {
        self.brought - self.cost.to_f64()
    }
}

/// Chooses segments. Each contact costs the same, so the most for the budget comes from those whose contact
/// brings the most, one after another while a contact brings more than it costs; ties go to the larger,
/// then by name. Best first.
pub fn choose(potentials: &[Potential], offer: &Offer) -> Vec<Choice> {
    let cost = offer.contact_cost.to_f64();
    let response = |name: &str| offer.responses.get(name).copied().unwrap_or(offer.response);
    let brings = |one: &Potential| response(&one.name) * one.order_value.map_or(0.0, Money::to_f64);
    let mut ranked: Vec<(f64, &Potential)> = potentials.iter().map(|one| (brings(one), one)).collect();
    ranked.sort_by(|a, b| {
        let larger = b.1.reachable.cmp(&a.1.reachable);
        b.0.total_cmp(&a.0).then(larger).then_with(|| a.1.name.cmp(&b.1.name))
    });
    // Contacts that the budget is for.
    let mut left = offer
        .budget
        .map_or(u64::MAX, |budget| u64::try_from(budget.0 / offer.contact_cost.0.max(1)).unwrap_or_default());
    let each = ranked.into_iter().map(|(brings, one)| {
        let (verdict, reached) = match one.reachable {
            0 => (Verdict::NobodyToReach, 0),
            _ if brings <= cost => (Verdict::DoesNotPay, 0),
            _ if left == 0 => (Verdict::NoBudget, 0),
            all if all <= left => (Verdict::Reach, all),
            _ => (Verdict::ReachPart, left),
        };
        left -= reached;
        Choice {
            name: one.name.clone(),
            verdict,
            reached,
            cost: Money(offer.contact_cost.0.saturating_mul(i64::try_from(reached).unwrap_or(i64::MAX))),
            orders: reached as f64 * response(&one.name),
            brought: reached as f64 * brings,
            net_per_contact: brings - cost,
        }
    });
    each.collect()
}
