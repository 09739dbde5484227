//! Parameters of a base: maximum likelihood, standard errors, and what the data cannot tell.

use super::history::Histories;
use super::jet::Jet;
use super::models::beta_geometric::BetaGeometric;
use super::models::nbd::Nbd;
use super::models::pareto_nbd::ParetoNbd;
use super::models::{FittedOrders, OrderModel};
use super::optimise::{Optimum, maximise};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The box of the logarithms of parameters: 10⁻⁸ … 10⁸ or so.
const LOG_MIN: f64 = -18.5;
const LOG_MAX: f64 = 18.5;
/// The logarithm of an `a` so small, beside a `b` of 1, that nobody leaves.
const NOBODY_LEAVES: f64 = -35.0;
/// The largest number of stages that CNBD tries.
pub const STAGES_MAX: u32 = 12;
/// A model with dropout that raises the log-likelihood of the same model without by less than this
/// has found none: two more parameters must bring two (Akaike's criterion). Where nobody leaves,
/// chance alone brings some tenths.
pub const DROPOUT_GAIN_MIN: f64 = 2.0;
/// The mean probability to leave after an order, or the mean number of dropouts in the span of the
/// data, below which nobody has left.
pub const DROPOUT_MEAN_MIN: f64 = 1e-5;
/// Both parameters of a spread above this mean that customers hardly differ in it.
const SAME_FOR_ALL_FROM: f64 = 1e4;

/// A fitted parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Parameter {
    pub name: &'static str,
    pub value: f64,
    /// `None` where the data do not settle the parameter: it has run to the edge of what is
    /// looked at, or the likelihood is flat. Also of `k`, which is a whole number.
    pub standard_error: Option<f64>,
}

/// What the data say about customers leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dropout {
    /// The model has none (NBD).
    NotModelled,
    /// Customers leave, and differ in it.
    Seen,
    /// Customers leave, all with the same readiness: its two parameters run off together and
    /// neither means anything by itself. Predictions are sound.
    SameForAll,
    /// No customer is seen to leave: the parameter of dropout runs to 0 or infinity. The fit is
    /// that of the NBD; where CNBD finds regular timing it is that CNBD, in which nobody leaves.
    NotSeen,
}

/// A model fitted to a base.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// What was asked for.
    pub asked: OrderModel,
    /// What `model` is: `asked`, or NBD where no dropout is seen in orders at random times.
    pub kind: OrderModel,
    pub model: FittedOrders,
    pub parameters: Vec<Parameter>,
    /// Sum over customers of the log-likelihood of their order times.
    pub log_likelihood: f64,
    pub customers: u64,
    pub dropout: Dropout,
    /// Whether the search for the maximum has ended well.
    pub converged: bool,
}

/// Why a base has no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitError {
    NoCustomers,
    /// Nobody has ordered on a second day.
    NoRepeats,
    /// CNBD was asked for without the logarithms of gaps.
    NoGaps,
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FitError::NoCustomers => "no customer has an order, import orders first",
            FitError::NoRepeats => "nobody has ordered on a second day, take a longer history",
            FitError::NoGaps => "regular timing needs the gaps between orders, hand over `ln_gaps`",
        })
    }
}

impl std::error::Error for FitError {}

/// Fits a model.
///
/// `ln_gaps` is the sum over all customers of ln(weeks) between each day with an order and the
/// next: all that CNBD asks of gaps, so one number per base; the other models do not need it.
/// The result is bitwise the same for any order of customers and any number of threads.
pub fn fit(
    asked: OrderModel,
    histories: &Histories,
    ln_gaps: Option<f64>,
    threads: usize,
) -> Result<Fit, FitError> {
    if histories.rows().is_empty() {
        return Err(FitError::NoCustomers);
    }
    if histories.repeats() == 0 {
        return Err(FitError::NoRepeats);
    }
    let nbd = fit_nbd(histories, threads);
    match asked {
        OrderModel::Nbd => Ok(nbd_fit(asked, &nbd, histories, Dropout::NotModelled)),
        OrderModel::BgNbd => Ok(fit_beta_geometric(asked, histories, &nbd, (1, false), threads)),
        OrderModel::MbgNbd => Ok(fit_beta_geometric(asked, histories, &nbd, (1, true), threads)),
        OrderModel::BgCnbd | OrderModel::MbgCnbd => {
            let ln_gaps = ln_gaps.ok_or(FitError::NoGaps)?;
            Ok(fit_regular(asked, histories, &nbd, ln_gaps, threads))
        }
        OrderModel::ParetoNbd => Ok(fit_pareto(histories, &nbd, threads)),
    }
}

fn search<const N: usize>(start: [f64; N], of: impl Fn(&[f64; N]) -> Jet<N>) -> Optimum<N> {
    maximise(start.map(|log| log.clamp(LOG_MIN, LOG_MAX)), ([LOG_MIN; N], [LOG_MAX; N]), of)
}

fn fit_nbd(histories: &Histories, threads: usize) -> Optimum<2> {
    let rate = histories.repeats() as f64 / histories.weeks();
    search([0.0, (1.0 / rate).ln()], |logs| Nbd::evaluate(histories, logs, threads))
}

fn nbd_fit(asked: OrderModel, nbd: &Optimum<2>, histories: &Histories, dropout: Dropout) -> Fit {
    let [r, alpha] = nbd.at.map(f64::exp);
    let model = FittedOrders::Nbd(Nbd { r, alpha });
    described((asked, OrderModel::Nbd), model, nbd, histories, dropout)
}

fn described<const N: usize>(
    (asked, kind): (OrderModel, OrderModel),
    model: FittedOrders,
    optimum: &Optimum<N>,
    histories: &Histories,
    dropout: Dropout,
) -> Fit {
    // At a maximum the delta rule for an exponential is a product, exactly.
    let errors = optimum.standard_errors();
    let parameters =
        kind.parameter_names().iter().zip(optimum.at).zip(errors).map(|((&name, log), error)| {
            let value = log.exp();
            Parameter { name, value, standard_error: error.map(|error| error * value) }
        });
    let stages = match model {
        FittedOrders::BetaGeometric(model) if matches!(kind, OrderModel::BgCnbd | OrderModel::MbgCnbd) => {
            Some(Parameter { name: "k", value: f64::from(model.stages), standard_error: None })
        }
        _ => None,
    };
    Fit {
        asked,
        kind,
        model,
        parameters: parameters.chain(stages).collect(),
        log_likelihood: optimum.jet.value,
        customers: histories.customers(),
        dropout,
        converged: optimum.converged,
    }
}

/// Where searches begin: rates like the NBD's but faster, with dropout like that of many shops.
fn start(nbd: &Optimum<2>, dropout: [f64; 2]) -> [f64; 4] {
    [nbd.at[0], nbd.at[1] - 0.5, dropout[0], dropout[1]]
}

fn dropout_seen(gain: f64, mean: f64, spread: (f64, f64)) -> Dropout {
    if gain < DROPOUT_GAIN_MIN || mean < DROPOUT_MEAN_MIN {
        Dropout::NotSeen
    } else if spread.0 > SAME_FOR_ALL_FROM && spread.1 > SAME_FOR_ALL_FROM {
        Dropout::SameForAll
    } else {
        Dropout::Seen
    }
}

fn fit_beta_geometric(
    asked: OrderModel,
    histories: &Histories,
    nbd: &Optimum<2>,
    family: (u32, bool),
    threads: usize,
) -> Fit {
    let of = |logs: &[f64; 4]| BetaGeometric::evaluate(histories, family, logs, threads);
    let optimum = search(start(nbd, [-0.2, 0.9]), of);
    finish_beta_geometric(asked, histories, nbd, &optimum, family)
}

/// `without` is the fit of the same process without dropout, to fall back to.
fn finish_beta_geometric(
    asked: OrderModel,
    histories: &Histories,
    without: &Optimum<2>,
    optimum: &Optimum<4>,
    (stages, leaves_at_first): (u32, bool),
) -> Fit {
    let model = |[r, alpha, a, b]: [f64; 4]| {
        FittedOrders::BetaGeometric(BetaGeometric { r, alpha, a, b, stages, leaves_at_first })
    };
    let [r, alpha, a, b] = optimum.at.map(f64::exp);
    let dropout = dropout_seen(optimum.jet.value - without.jet.value, a / (a + b), (a, b));
    if dropout != Dropout::NotSeen {
        return described((asked, asked), model([r, alpha, a, b]), optimum, histories, dropout);
    }
    if stages == 1 {
        return nbd_fit(asked, without, histories, dropout);
    }
    let [r, alpha] = without.at.map(f64::exp);
    described((asked, asked), model([r, alpha, NOBODY_LEAVES.exp(), 1.0]), without, histories, dropout)
}

/// CNBD: the number of stages with the largest log-likelihood. It rises to one top; the search
/// ends when two more stages in a row have not helped.
fn fit_regular(
    asked: OrderModel,
    histories: &Histories,
    nbd: &Optimum<2>,
    ln_gaps: f64,
    threads: usize,
) -> Fit {
    let leaves_at_first = asked == OrderModel::MbgCnbd;
    let constant = |stages| BetaGeometric::gaps_constant(stages, ln_gaps, histories.repeats());
    let mut from = start(nbd, [-0.2, 0.9]);
    let mut best: Option<(Optimum<4>, u32)> = None;
    for stages in 1..=STAGES_MAX {
        let family = (stages, leaves_at_first);
        let mut found = search(from, |logs| BetaGeometric::evaluate(histories, family, logs, threads));
        from = found.at;
        // One more stage makes events as much faster.
        from[1] += (f64::from(stages) / f64::from(stages + 1)).ln();
        found.jet.value += constant(stages);
        match best {
            Some((top, _)) if found.jet.value > top.jet.value => best = Some((found, stages)),
            Some((_, at)) if stages >= at + 2 => break,
            Some(_) => {}
            None => best = Some((found, stages)),
        }
    }
    let (optimum, stages) = best.unwrap_or_else(|| (search(from, |_| Jet::ZERO), 1));
    // The same process at the edge where nobody leaves.
    let mut without = search([optimum.at[0], optimum.at[1]], |logs: &[f64; 2]| {
        let at = [logs[0], logs[1], NOBODY_LEAVES, 0.0];
        narrow(&BetaGeometric::evaluate(histories, (stages, leaves_at_first), &at, threads))
    });
    without.jet.value += constant(stages);
    let without = if stages == 1 { nbd } else { &without };
    finish_beta_geometric(asked, histories, without, &optimum, (stages, leaves_at_first))
}

/// The first two of four variables.
fn narrow(jet: &Jet<4>) -> Jet<2> {
    let [[h00, h01, ..], [h10, h11, ..], ..] = jet.hessian;
    Jet { value: jet.value, gradient: [jet.gradient[0], jet.gradient[1]], hessian: [[h00, h01], [h10, h11]] }
}

fn fit_pareto(histories: &Histories, nbd: &Optimum<2>, threads: usize) -> Fit {
    let span = f64::from(histories.age_max()) / 7.0;
    let of = |logs: &[f64; 4]| ParetoNbd::evaluate(histories, logs, threads);
    let optimum = search(start(nbd, [-0.5, (0.3 * span).ln()]), of);
    let [r, alpha, s, beta] = optimum.at.map(f64::exp);
    let dropout = dropout_seen(optimum.jet.value - nbd.jet.value, s / beta * span, (s, beta));
    if dropout == Dropout::NotSeen {
        return nbd_fit(OrderModel::ParetoNbd, nbd, histories, dropout);
    }
    let model = FittedOrders::ParetoNbd(ParetoNbd { r, alpha, s, beta });
    described((OrderModel::ParetoNbd, OrderModel::ParetoNbd), model, &optimum, histories, dropout)
}
