//! Models of when customers order and when they stop.
//!
//! While active, a customer orders at a rate of their own, spread over customers by a gamma
//! distribution with shape r and rate α (per week). Models differ in how customers leave for good:
//!
//! | model | orders while active | leaves |
//! | --- | --- | --- |
//! | NBD | at random (Poisson) | never |
//! | BG/NBD | at random | after a repeat order, with a probability spread by Beta(a, b) |
//! | MBG/NBD | at random | after any order, the first included, likewise |
//! | BG/CNBD-k, MBG/CNBD-k | every k-th event of such a process: regular buyers | likewise |
//! | Pareto/NBD | at random | at any time, at a rate spread by Gamma(s, β) |
//!
//! Sources: Ehrenberg 1959; Fader, Hardie and Lee 2005; Batislam, Denizel and Filiztekin 2007;
//! Platzer and Reutterer 2016; Schmittlein, Morrison and Colombo 1987.

pub mod nbd;
pub mod beta_geometric;
pub mod pareto_nbd;

use super::history::Past;
use beta_geometric::BetaGeometric;
use nbd::Nbd;
use pareto_nbd::ParetoNbd;
use serde::{Deserialize, Serialize};

/// A model to be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderModel {
    Nbd,
    BgNbd,
    MbgNbd,
    #[serde(rename = "bg_cnbd_k")]
    BgCnbd,
    #[serde(rename = "mbg_cnbd_k")]
    MbgCnbd,
    ParetoNbd,
}

/// Every model, from the plainest.
pub const ORDER_MODELS: &[OrderModel] = &[
    OrderModel::Nbd,
    OrderModel::BgNbd,
    OrderModel::MbgNbd,
    OrderModel::BgCnbd,
    OrderModel::MbgCnbd,
    OrderModel::ParetoNbd,
];

impl OrderModel {
    /// The name in commands and files.
    pub fn name(self) -> &'static str {
        match self {
            OrderModel::Nbd => "nbd",
            OrderModel::BgNbd => "bg_nbd",
            OrderModel::MbgNbd => "mbg_nbd",
            OrderModel::BgCnbd => "bg_cnbd_k",
            OrderModel::MbgCnbd => "mbg_cnbd_k",
            OrderModel::ParetoNbd => "pareto_nbd",
        }
    }

    /// The model of a name.
    pub fn of_name(name: &str) -> Option<OrderModel> {
        ORDER_MODELS.iter().copied().find(|model| model.name() == name)
    }

    /// Names of the fitted parameters, in the order of fits.
    pub fn parameter_names(self) -> &'static [&'static str] {
        match self {
            OrderModel::Nbd => &["r", "alpha"],
            OrderModel::ParetoNbd => &["r", "alpha", "s", "beta"],
            _ => &["r", "alpha", "a", "b"],
        }
    }
}

/// A model with its parameters: answers about one customer.
///
/// Probabilities are in 0…1. `weeks` ≥ 0 is the horizon, from the moment of the past on.
pub trait OrderProcess {
    /// ln of the likelihood of one past: the density of the times of the orders, for CNBD without
    /// the factor of the gaps, which parameters do not change.
    fn log_likelihood(&self, past: &Past) -> f64;

    /// Probability that the customer has not left. Not the probability of an order.
    fn alive(&self, past: &Past) -> f64;

    /// Probability that a customer who has not left orders at least once in the horizon.
    fn any_order_if_active(&self, past: &Past, weeks: f64) -> f64;

    /// Expected number of orders in the horizon of a customer who has not left.
    fn orders_if_active(&self, past: &Past, weeks: f64) -> f64;

    /// [`OrderProcess::orders_if_active`] for several horizons at once.
    fn orders_if_active_at(&self, past: &Past, weeks: &[f64]) -> Vec<f64> {
        weeks.iter().map(|&weeks| self.orders_if_active(past, weeks)).collect()
    }

    /// Probability of at least one order in the horizon.
    fn any_order(&self, past: &Past, weeks: f64) -> f64 {
        self.alive(past) * self.any_order_if_active(past, weeks)
    }

    /// Expected number of orders in the horizon.
    fn orders(&self, past: &Past, weeks: f64) -> f64 {
        self.alive(past) * self.orders_if_active(past, weeks)
    }

    /// Probability that a new customer makes exactly `count` repeat orders in the first `weeks`;
    /// `None` where the model has no closed form for it.
    fn repeats_probability(&self, count: u32, weeks: f64) -> Option<f64>;

    /// Expected orders of all the future, discounted continuously at `rate` per week; `None` where
    /// there is no quick form or it is infinite.
    fn discounted_forever(&self, past: &Past, rate: f64) -> Option<f64>;
}

/// A fitted model, as a plain value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FittedOrders {
    Nbd(Nbd),
    BetaGeometric(BetaGeometric),
    ParetoNbd(ParetoNbd),
}

impl FittedOrders {
    /// What answers.
    pub fn process(&self) -> &dyn OrderProcess {
        match self {
            FittedOrders::Nbd(model) => model,
            FittedOrders::BetaGeometric(model) => model,
            FittedOrders::ParetoNbd(model) => model,
        }
    }
}
