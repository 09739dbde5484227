//! What customers will do: models of a customer base, their fits, forecasts, and checks of them.
//!
//! Orders of one day are one purchase, counted from a customer's first day with an order. A model is
//! fitted on [`history::Histories`], customers grouped by equal (x, t_x, T); it answers for one
//! [`history::Past`]. Time is in weeks, `days / 7` exactly.
//!
//! Every likelihood comes with exact first and second derivatives ([`jet`]), so that fits are a few
//! Newton steps and standard errors need no differences. Nothing is a difference of two large
//! numbers: expectations are sums of positive terms, integrals are of positive functions.

pub mod special;
pub mod jet;
pub mod quadrature;
pub mod optimise;
pub mod history;
pub mod models;
pub mod spend;
pub mod fit;
pub mod forecast;
pub mod holdout;
#[cfg(test)]
mod tests;
