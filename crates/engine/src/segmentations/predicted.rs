//! Money by prediction: the expected value of the next twelve months.

use crate::features::{Features, Question};
use crate::prediction::{
    self, Ahead, Basis, Expectations, Fitted, Predictor, Purchases, Sample, USUAL_MODELS, VALUE_DAYS,
    fit_best, predict_bucket, predict_row,
};
use crate::segmentations::contract::{Fit, SettingError, Summary};
use crate::segmentations::parse::{Reader, counted, decimal};
use model::money::{Money, SCALE};
use model::prediction::models::beta_geometric::BetaGeometric;
use model::prediction::models::nbd::Nbd;
use model::prediction::models::pareto_nbd::ParetoNbd;
use model::prediction::models::{FittedOrders, ORDER_MODELS, OrderModel};
use model::prediction::spend::GammaGamma;
use std::sync::Arc;

/// Largest discount per year, in percent.
const DISCOUNT_PERCENT_MAX: i64 = 100;
/// Names of a summary: packed histories; money of repeat days, by their number; logarithms of gaps.
const HISTORIES: &str = "histories";
const REPEAT_MONEY: &str = "repeat_money ";
const LN_GAPS: &str = "ln_gaps";
/// Which process predicts, in a fit.
const PROCESS: &str = "order_process";
const PROCESS_NBD: i64 = 0;
const PROCESS_BETA_GEOMETRIC: i64 = 1;
const PROCESS_PARETO_NBD: i64 = 2;

/// How values are predicted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ByPrediction {
    /// `None`: the best of the usual ones.
    model: Option<OrderModel>,
    /// Per year, such as 0.1.
    discount: f64,
}

/// Whether the values of a fit are predicted ones.
pub fn is_predicted(fit: &Fit) -> bool {
    fit.exact(PROCESS).is_some()
}

/// Reads the settings `by`, `model` and `discount`; `None`: by formula.
pub(super) fn read(reader: Reader<'_>) -> Result<Option<ByPrediction>, SettingError> {
    let is_predicted = reader.choice("by", &[("formula", false), ("prediction", true)])?;
    let names: Vec<_> = ORDER_MODELS.iter().map(|&model| (model.name(), model)).collect();
    let is_named = !reader.text("model").is_empty();
    let model = if is_named { Some(reader.choice("model", &names)?) } else { None };
    let percent = reader.text("discount").strip_suffix('%').and_then(decimal);
    let percent = percent.filter(|&percent| percent <= DISCOUNT_PERCENT_MAX * SCALE).ok_or_else(|| {
        reader.refuse(
            "discount",
            format!("must be percent per year such as `10%`, at most {DISCOUNT_PERCENT_MAX}%"),
        )
    })?;
    let discount = percent as f64 / (100 * SCALE) as f64;
    Ok(is_predicted.then_some(ByPrediction { model, discount }))
}

/// Asks for the features that predictions are made from.
pub(super) fn ask(question: &mut Question) {
    prediction::ask(question);
}

/// Adds what models are fitted on to a bucket's summary.
pub(super) fn summarise(basis: Basis, features: &Features, summary: &mut Summary) {
    let sample = Sample::of(features, basis);
    summary.counts.insert(HISTORIES.to_owned(), sample.histories);
    let money = sample.money.into_iter().map(|(repeats, set)| (format!("{REPEAT_MONEY}{repeats}"), set));
    summary.counts.extend(money);
    summary.totals.insert(LN_GAPS.to_owned(), sample.ln_gaps);
}

/// The sample that merged summaries hold.
fn sample(summary: &Summary) -> Sample {
    let money = summary
        .counts
        .iter()
        .filter_map(|(name, set)| Some((name.strip_prefix(REPEAT_MONEY)?.parse().ok()?, set.clone())));
    Sample {
        histories: summary.set(HISTORIES).clone(),
        money: money.collect(),
        ln_gaps: summary.total(LN_GAPS),
    }
}

/// Customers of a merged summary who have ordered again.
pub(super) fn returned(summary: &Summary) -> u64 {
    let spent = summary.counts.iter().filter(|(name, _)| name.starts_with(REPEAT_MONEY));
    spent.map(|(_, set)| set.total()).sum()
}

impl ByPrediction {
    /// Fits models to the merged summary; whether there is anything to predict by.
    /// `subject` is what notes are of.
    pub(super) fn fit(
        self,
        subject: &str,
        summary: &Summary,
        basis: Basis,
        fit: &mut Fit,
        threads: usize,
    ) -> bool {
        let asked: &[OrderModel] = self.model.as_ref().map_or(USUAL_MODELS, std::slice::from_ref);
        let sample = sample(summary);
        let histories = sample.histories();
        let fitted = match fit_best(asked, &sample, &histories, basis, threads) {
            Ok(fitted) => fitted,
            Err(error) => {
                fit.notes.push(format!("{subject} is by formula: {error}."));
                return false;
            }
        };
        fit.notes.push(note(subject, &fitted));
        fit.notes.extend(fitted.notes());
        let predictor = fitted.predictor();
        keep(&predictor, fit);
        fit.expectations = Some(Arc::new(Expectations::of(predictor, &self.ahead(), histories, threads)));
        true
    }

    fn ahead(self) -> Ahead {
        Ahead::new(VALUE_DAYS, self.discount)
    }

    /// The predicted values of a bucket's customers, 0 without an order; `None` where nothing could
    /// be fitted.
    pub(super) fn values(self, fit: &Fit, basis: Basis, features: &Features) -> Option<Vec<i64>> {
        let predictor = kept(fit)?;
        let value = |value: Option<Money>| value.map_or(0, |value| value.0);
        let Some(known) = &fit.expectations else {
            let all = predict_bucket(&predictor, &self.ahead(), features, basis);
            return Some(all.into_iter().map(|one| value(one.map(|one| one.value))).collect());
        };
        let purchases = Purchases::new(features, basis);
        let of = |row: usize| known.value(purchases.history(row)?, purchases.mean(row));
        Some((0..features.len()).map(|row| value(of(row))).collect())
    }

    /// The predicted value of the customer of a row; `None` where nothing could be fitted.
    pub(super) fn value(self, fit: &Fit, basis: Basis, features: &Features, row: usize) -> Option<i64> {
        let predictor = kept(fit)?;
        let predicted = match &fit.expectations {
            Some(known) => {
                let purchases = Purchases::new(features, basis);
                purchases.history(row).and_then(|history| known.value(history, purchases.mean(row)))
            }
            None => predict_row(&predictor, &self.ahead(), features, basis, row).map(|one| one.value),
        };
        Some(predicted.map_or(0, |value| value.0))
    }

    /// What the customer of a row has, and what was made of it.
    pub(super) fn explain(
        self,
        fit: &Fit,
        basis: Basis,
        features: &Features,
        row: usize,
    ) -> Option<(String, String)> {
        let predictor = kept(fit)?;
        let purchases = Purchases::new(features, basis);
        let history = purchases.history(row)?;
        let found = predict_row(&predictor, &self.ahead(), features, basis, row)?;
        let past = history.past();
        let spent = if history.repeats == 0 {
            String::new()
        } else {
            let mean = Money(purchases.money(row)).divided_by(history.repeats.into()).unwrap_or_default();
            format!(", {mean} {} on the mean one", basis.name())
        };
        let value = format!(
            "{} (x) in {:.2} weeks (t_x) of {:.2} (T){spent}",
            counted(history.repeats.into(), "repeat day"),
            past.last,
            past.age,
        );
        let rule = format!(
            "{:.4} orders expected in the next 12 months, discounted by {} % a year, × {} an order; {}",
            found.discounted_orders,
            self.discount * 100.0,
            found.order_value,
            parameters(&predictor),
        );
        Some((value, rule))
    }
}

fn note(subject: &str, fitted: &Fitted) -> String {
    let orders = &fitted.orders;
    format!(
        "{subject} is the expected value of the next 12 months by `{}`, fitted to {} customers.",
        orders.kind.name(),
        orders.customers
    )
}

/// Puts what answers for customers into a fit, which holds plain numbers.
fn keep(predictor: &Predictor, fit: &mut Fit) {
    let (process, orders) = match predictor.orders {
        FittedOrders::Nbd(Nbd { r, alpha }) => (PROCESS_NBD, vec![("order_r", r), ("order_alpha", alpha)]),
        FittedOrders::BetaGeometric(BetaGeometric { r, alpha, a, b, stages, leaves_at_first }) => {
            fit.exact.insert("order_stages".to_owned(), stages.into());
            fit.exact.insert("order_leaves_at_first".to_owned(), leaves_at_first.into());
            let numbers = vec![("order_r", r), ("order_alpha", alpha), ("order_a", a), ("order_b", b)];
            (PROCESS_BETA_GEOMETRIC, numbers)
        }
        FittedOrders::ParetoNbd(ParetoNbd { r, alpha, s, beta }) => {
            let numbers = vec![("order_r", r), ("order_alpha", alpha), ("order_s", s), ("order_beta", beta)];
            (PROCESS_PARETO_NBD, numbers)
        }
    };
    fit.exact.insert(PROCESS.to_owned(), process);
    let spend = predictor
        .spend
        .map(|GammaGamma { p, q, gamma }| [("spend_p", p), ("spend_q", q), ("spend_gamma", gamma)]);
    let numbers = orders.into_iter().chain(spend.into_iter().flatten());
    for (name, value) in numbers.chain([("spend_mean", predictor.mean_value)]) {
        fit.numbers.insert(name.to_owned(), value);
    }
}

/// What [`keep`] has put there.
fn kept(fit: &Fit) -> Option<Predictor> {
    let number = |name| fit.number(name);
    let (r, alpha) = (number("order_r")?, number("order_alpha")?);
    let orders = match fit.exact(PROCESS)? {
        PROCESS_BETA_GEOMETRIC => FittedOrders::BetaGeometric(BetaGeometric {
            r,
            alpha,
            a: number("order_a")?,
            b: number("order_b")?,
            stages: u32::try_from(fit.exact("order_stages")?).ok()?,
            leaves_at_first: fit.exact("order_leaves_at_first")? == 1,
        }),
        PROCESS_PARETO_NBD => FittedOrders::ParetoNbd(ParetoNbd {
            r,
            alpha,
            s: number("order_s")?,
            beta: number("order_beta")?,
        }),
        _ => FittedOrders::Nbd(Nbd { r, alpha }),
    };
    let spend =
        || Some(GammaGamma { p: number("spend_p")?, q: number("spend_q")?, gamma: number("spend_gamma")? });
    Some(Predictor { orders, spend: spend(), mean_value: number("spend_mean")? })
}

/// The parameters behind a prediction, for people.
fn parameters(predictor: &Predictor) -> String {
    let orders = match predictor.orders {
        FittedOrders::Nbd(Nbd { r, alpha }) => format!("nbd r {r:.4}, alpha {alpha:.4}"),
        FittedOrders::BetaGeometric(BetaGeometric { r, alpha, a, b, stages, leaves_at_first }) => {
            let name = if leaves_at_first { "mbg" } else { "bg" };
            let name = if stages == 1 { format!("{name}_nbd") } else { format!("{name}_cnbd_{stages}") };
            format!("{name} r {r:.4}, alpha {alpha:.4}, a {a:.4}, b {b:.4}")
        }
        FittedOrders::ParetoNbd(ParetoNbd { r, alpha, s, beta }) => {
            format!("pareto_nbd r {r:.4}, alpha {alpha:.4}, s {s:.4}, beta {beta:.4}")
        }
    };
    match predictor.spend {
        Some(GammaGamma { p, q, gamma }) => {
            format!("{orders}; gamma_gamma p {p:.4}, q {q:.4}, gamma {gamma:.4}")
        }
        None => orders,
    }
}
