//! From facts to what customers will do: models fitted on the whole base, answers per customer.
//!
//! Buckets say how many customers have which history and what their orders were worth
//! ([`Sample`]); the merged sample is fitted ([`fit`]); then every customer gets a [`Prediction`]
//! from the fit and its own features. A check sets what was predicted as of an earlier moment
//! beside what came then ([`holdout`]). The maths is in `model::prediction`.

pub mod sample;
pub mod fitted;
pub mod holdout;
pub mod ahead;
pub mod customers;
pub mod shared;
#[cfg(test)]
mod tests;

pub use ahead::{Ahead, Outlook, Prediction, VALUE_DAYS, outlook};
pub use customers::{COLUMNS, Predicted, ask, predict, predict_bucket, predict_row};
pub use fitted::{Fitted, PredictionError, Predictor, USUAL_MODELS, best, fit, fit_best, fit_spend};
pub use holdout::{Afterwards, HoldoutReport, afterwards, check};
pub use sample::{Basis, COSTED_PERCENT_MIN, Purchases, Sample, money_of};
pub use shared::Expectations;
