//! Models fitted to a base, and what there is to say of the fit.

use super::sample::{Basis, Sample};
use model::prediction::fit::{Dropout, Fit, FitError, fit as fit_orders};
use model::prediction::history::Histories;
use model::prediction::models::{FittedOrders, OrderModel};
use model::prediction::spend::{GammaGamma, SpendFit};
use serde::{Deserialize, Serialize};

/// What is fitted where no model is named: quick ones, of which the best predicts.
pub const USUAL_MODELS: &[OrderModel] = &[OrderModel::BgNbd, OrderModel::MbgNbd, OrderModel::MbgCnbd];

/// Why nothing can be predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PredictionError {
    #[error("nothing can be predicted: {0}")]
    Fit(#[from] FitError),
}

/// What answers for one customer, as a plain value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Predictor {
    pub orders: FittedOrders,
    /// `None` where fewer than three customers have spent something on repeat days.
    pub spend: Option<GammaGamma>,
    /// Mean money of a repeat day over the base: what counts where `spend` has no answer.
    pub mean_value: f64,
}

impl Predictor {
    /// What an order of a customer is expected to bring, in units of the currency. A mean below
    /// zero (more came back than was bought) counts as zero.
    pub fn order_value(&self, repeats: u32, mean: f64) -> f64 {
        let expected = self.spend.and_then(|spend| spend.expected_value(repeats, mean.max(0.0)));
        expected.unwrap_or(self.mean_value)
    }
}

/// The models of a base.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    pub orders: Fit,
    pub spend: Option<SpendFit>,
    /// What money is.
    pub basis: Basis,
    mean_value: f64,
}

/// Fits a model of orders, and Gamma–Gamma to their value; the same on any number of threads.
///
/// # Errors
/// No customer has ordered on a second day.
pub fn fit(
    model: OrderModel,
    sample: &Sample,
    histories: &Histories,
    spend: Option<SpendFit>,
    basis: Basis,
    threads: usize,
) -> Result<Fitted, PredictionError> {
    let orders = fit_orders(model, histories, Some(sample.ln_gaps()), threads)?;
    Ok(Fitted { orders, spend, basis, mean_value: sample.mean_value() })
}

/// Fits several models of orders, and gives the one that fits best; the same on any number of threads.
///
/// # Errors
/// As of [`fit`].
pub fn fit_best(
    models: &[OrderModel],
    sample: &Sample,
    histories: &Histories,
    basis: Basis,
    threads: usize,
) -> Result<Fitted, PredictionError> {
    let spend = fit_spend(sample, threads);
    let fits = models.iter().map(|&model| fit(model, sample, histories, spend, basis, threads));
    let mut fitted = fits.collect::<Result<Vec<_>, _>>()?;
    Ok(fitted.swap_remove(best(&fitted)))
}

/// The place of the model with the smallest Akaike's criterion; of equal ones the first.
pub fn best(fitted: &[Fitted]) -> usize {
    let places = (0..fitted.len()).min_by(|&one, &other| fitted[one].aic().total_cmp(&fitted[other].aic()));
    places.unwrap_or(0)
}

/// Fits what orders are worth; all models of orders share it.
pub fn fit_spend(sample: &Sample, threads: usize) -> Option<SpendFit> {
    GammaGamma::fit(&sample.spenders(), threads)
}

impl Fitted {
    /// What answers for one customer.
    pub fn predictor(&self) -> Predictor {
        Predictor {
            orders: self.orders.model,
            spend: self.spend.map(|spend| spend.model),
            mean_value: self.mean_value,
        }
    }

    /// Akaike's criterion of the model of orders: smaller is better.
    pub fn aic(&self) -> f64 {
        2.0 * self.orders.parameters.len() as f64 - 2.0 * self.orders.log_likelihood
    }

    /// What is to be known of the fit, each one plain sentence.
    pub fn notes(&self) -> Vec<String> {
        let (asked, fitted) = (self.orders.asked.name(), self.orders.kind.name());
        let mut notes = Vec::new();
        match self.orders.dropout {
            Dropout::NotSeen if asked != fitted => notes.push(format!(
                "No customer is seen to leave for good, so `{asked}` has nothing to say beyond `{fitted}`, \
                 which predicts in its place: everybody counts as active."
            )),
            Dropout::NotSeen => {
                notes.push("No customer is seen to leave for good: everybody counts as active.".to_owned())
            }
            Dropout::SameForAll => notes.push(format!(
                "Customers leave all with the same readiness, so the parameters of leaving of `{asked}` mean \
                 nothing one by one; the predictions are sound."
            )),
            Dropout::NotModelled => {
                notes.push("This model knows no leaving: everybody counts as active.".to_owned())
            }
            Dropout::Seen => {}
        }
        if !self.orders.converged {
            notes.push(format!("The fit of `{asked}` has not settled; take its figures with care."));
        }
        notes.extend(self.spend_note());
        notes
    }

    fn spend_note(&self) -> Option<String> {
        let Some(spend) = self.spend else {
            return Some(
                "Fewer than three customers have spent something on repeat days, so every order counts as \
                 worth the mean."
                    .to_owned(),
            );
        };
        if spend.model.expected_value(0, 0.0).is_none() {
            return Some(
                "What customers spend differs so much that a newcomer's order has no expected value; the \
                 mean of the base stands in its place."
                    .to_owned(),
            );
        }
        // How far a customer's own mean counts lies in p: where its error is as large as itself, or
        // cannot be told, the data leave it open.
        let is_open = spend.standard_errors[0].is_none_or(|error| error >= spend.model.p);
        is_open.then(|| {
            "What customers spend does not settle how far a customer's own mean counts against that of the \
             base, as when all have equally many orders or always spend the same; take the values of orders \
             with care, or look at the simple rules."
                .to_owned()
        })
    }
}
