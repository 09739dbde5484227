//! Predicts what customers will order: models fitted as of a moment, checked on what came after it.

use super::segment;
use crate::base::Base;
use crate::clock::Stopwatch;
use anyhow::{Result, bail};
use engine::facts::FactSet;
use engine::features::{Features, Question, compute};
use engine::prediction::{
    self, Afterwards, Ahead, Basis, Fitted, HoldoutReport, Outlook, Predicted, Sample, USUAL_MODELS,
    VALUE_DAYS, afterwards, check,
};
use engine::progress::Watch;
use model::calendar::{AsOf, Day};
use model::prediction::history::Histories;
use model::prediction::models::OrderModel;

/// The longest time ahead, in days: ten years.
pub const HORIZON_DAYS_MAX: u32 = 3653;

/// A length of time as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Days(u32),
    /// Calendar months.
    Months(u32),
}

impl Span {
    /// Its days, the first of which is the one after `day`.
    pub fn days_after(self, day: Day) -> u32 {
        match self {
            Span::Days(days) => days,
            Span::Months(months) => {
                let span = jiff::Span::new().months(i64::from(months));
                let end = day.date().checked_add(span).unwrap_or(jiff::civil::Date::MAX);
                Day::from_date(end).since(day).unsigned_abs()
            }
        }
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// None: [`USUAL_MODELS`], of which only the best is told.
    pub models: Vec<OrderModel>,
    /// The last day of which facts count.
    pub as_of: Option<Day>,
    /// The last day that models see; the rest up to `as_of` is what they are checked on.
    pub holdout: Option<Day>,
    /// None: all of the holdout, or twelve months.
    pub horizon: Option<Span>,
    /// Per year, such as 0.1.
    pub discount: f64,
}

/// One model, fitted and perhaps checked.
pub struct Told {
    pub fitted: Fitted,
    pub holdout: Option<HoldoutReport>,
}

/// What came out.
pub struct Outcome {
    /// The moment that models know and predict from.
    pub moment: AsOf,
    /// What is to be known of that moment.
    pub notice: Option<String>,
    pub horizon_days: u32,
    /// In the order asked for.
    pub models: Vec<Told>,
    /// Which of `models` predicts the customers: the best by Akaike's criterion.
    pub best: usize,
    /// Every fitted model with its criterion.
    pub compared: Vec<(OrderModel, f64)>,
    /// Repeat days of all customers.
    pub repeats: u64,
    pub predicted: Predicted,
    pub seconds: Seconds,
}

/// How long the parts took.
#[derive(Clone, Debug, Default)]
pub struct Seconds {
    /// Opening the base, its features, and what models are fitted on.
    pub scan: f64,
    /// By model, `gamma_gamma` among them.
    pub fits: Vec<(&'static str, f64)>,
    pub check: f64,
    pub predict: f64,
}

/// Fits, checks and predicts on a base.
///
/// # Errors
/// As [`predict_facts`].
pub fn predict(base: &Base, request: &Request, threads: usize, watch: &dyn Watch) -> Result<Outcome> {
    let clock = Stopwatch::start();
    let (facts, _) = base.facts()?;
    let opened = clock.elapsed().as_secs_f64();
    let mut outcome = predict_facts(&facts, request, threads, watch)?;
    outcome.seconds.scan += opened;
    Ok(outcome)
}

/// Fits, checks and predicts.
///
/// # Errors
/// A moment or horizon that does not fit the facts; nobody who has ordered on a second day.
pub fn predict_facts(
    facts: &FactSet,
    request: &Request,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Outcome> {
    let Checked { ground, moment, days, end, models, best, compared, mut seconds } =
        checked(facts, request, threads, watch)?;
    let clock = Stopwatch::start();
    let ahead = Ahead::new(days, request.discount);
    let predicted = prediction::predict(
        &models[best].fitted.predictor(),
        &ground.histories,
        &ahead,
        (&ground.features, ground.basis, moment),
        ground.after.as_deref(),
        threads,
        watch,
    );
    seconds.predict = clock.elapsed().as_secs_f64();
    let (notice, repeats) = (segment::notice(facts, end), ground.histories.repeats());
    Ok(Outcome { moment, notice, horizon_days: days, models, best, compared, repeats, predicted, seconds })
}

/// What is expected of a base as a whole.
pub struct Foreseen {
    pub fitted: Fitted,
    /// Every fitted model with Akaike's criterion.
    pub compared: Vec<(OrderModel, f64)>,
    pub horizon_days: u32,
    pub outlook: Outlook,
}

/// As [`predict_facts`], without a table of customers, which takes much memory: by the best of the models.
///
/// # Errors
/// As [`predict_facts`].
pub fn foresee_facts(
    facts: &FactSet,
    request: &Request,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Foreseen> {
    let Checked { ground, days, mut models, best, compared, .. } = checked(facts, request, threads, watch)?;
    let fitted = models.swap_remove(best).fitted;
    let of = (&ground.features[..], ground.basis);
    let ahead = Ahead::new(days, request.discount);
    let outlook = prediction::outlook(&fitted.predictor(), &ground.histories, &ahead, of, threads, watch);
    Ok(Foreseen { fitted, compared, horizon_days: days, outlook })
}

/// Fits and checks, for whoever asks for no predictions of customers: the best of the models.
///
/// # Errors
/// As [`predict_facts`].
pub fn check_facts(facts: &FactSet, request: &Request, threads: usize, watch: &dyn Watch) -> Result<Told> {
    let mut checked = checked(facts, request, threads, watch)?;
    Ok(checked.models.swap_remove(checked.best))
}

/// Models that are fitted and perhaps checked, and what they were fitted on.
struct Checked {
    ground: Ground,
    moment: AsOf,
    days: u32,
    end: AsOf,
    models: Vec<Told>,
    best: usize,
    compared: Vec<(OrderModel, f64)>,
    seconds: Seconds,
}

fn checked(facts: &FactSet, request: &Request, threads: usize, watch: &dyn Watch) -> Result<Checked> {
    let (clock, mut seconds) = (Stopwatch::start(), Seconds::default());
    let end = segment::moment(facts, request.as_of)?;
    let (moment, days) = times(facts, request, end)?;
    let mut question = Question::new(moment);
    prediction::ask(&mut question);
    let features = compute(facts, &question, threads, watch)?;
    let basis = Basis::of(&features);
    let sample = Sample::of_all(&features, basis, threads);
    let wanted = if request.models.is_empty() { USUAL_MODELS } else { &request.models };
    let histories = sample.histories();
    seconds.scan = clock.elapsed().as_secs_f64();
    let after = match request.holdout {
        Some(_) => Some(afterwards(facts, &features, (moment, days), basis, threads, watch)?),
        None => None,
    };
    let fitted = fit_all(wanted, (&sample, &histories), basis, (threads, watch), &mut seconds)?;
    drop(sample);
    let compared = fitted.iter().map(|one| (one.orders.asked, one.aic())).collect();
    let kept = prediction::best(&fitted);
    let (best, fitted) = if request.models.is_empty() {
        (0, fitted.into_iter().skip(kept).take(1).collect())
    } else {
        (kept, fitted)
    };
    let clock = Stopwatch::start();
    let ground = Ground { features, histories, basis, after };
    let models = ground.check_all(fitted, (moment, days), threads, watch);
    seconds.check = clock.elapsed().as_secs_f64();
    Ok(Checked { ground, moment, days, end, models, best, compared, seconds })
}

/// The moment that is predicted from, and the days of the horizon.
fn times(facts: &FactSet, request: &Request, end: AsOf) -> Result<(AsOf, u32)> {
    let Some(cut) = request.holdout else {
        let days = request.horizon.map_or(VALUE_DAYS, |span| span.days_after(end.0));
        return Ok((end, days));
    };
    let first = facts.first_day().unwrap_or(end.0);
    if cut >= end.0 || cut < first {
        bail!(
            "`--holdout {cut}` leaves nothing to check on or nothing to learn from: it is the last day that \
             models see; name a day from {first} to {}",
            end.0.plus(-1)
        );
    }
    let available = end.0.since(cut).unsigned_abs();
    let days = request.horizon.map_or(available, |span| span.days_after(cut));
    if days > available {
        bail!(
            "a horizon of {days} days from {cut} ends after {end}, the last day that is looked at; name a \
             horizon of {available} days or less, or an earlier `--holdout`"
        );
    }
    Ok((AsOf(cut), days))
}

fn fit_all(
    models: &[OrderModel],
    (sample, histories): (&Sample, &Histories),
    basis: Basis,
    (threads, watch): (usize, &dyn Watch),
    seconds: &mut Seconds,
) -> Result<Vec<Fitted>> {
    let total = models.len() as u64 + 1;
    watch.advance("fit", 0, total);
    let clock = Stopwatch::start();
    let spend = prediction::fit_spend(sample, threads);
    seconds.fits.push(("gamma_gamma", clock.elapsed().as_secs_f64()));
    let mut fitted = Vec::with_capacity(models.len());
    for (done, &model) in (1..).zip(models) {
        watch.advance("fit", done, total);
        let clock = Stopwatch::start();
        fitted.push(prediction::fit(model, sample, histories, spend, basis, threads)?);
        seconds.fits.push((model.name(), clock.elapsed().as_secs_f64()));
    }
    watch.advance("fit", total, total);
    Ok(fitted)
}

/// The base as of the moment, and what came then.
struct Ground {
    features: Vec<Features>,
    histories: Histories,
    basis: Basis,
    after: Option<Vec<Afterwards>>,
}

impl Ground {
    fn check_all(
        &self,
        fitted: Vec<Fitted>,
        times: (AsOf, u32),
        threads: usize,
        watch: &dyn Watch,
    ) -> Vec<Told> {
        let total = fitted.len() as u64;
        let told = |(done, fitted): (u64, Fitted)| {
            let holdout = self.after.as_ref().and_then(|after| {
                let report = check(&fitted, &self.histories, &self.features, after, times, threads);
                watch.advance("check", done, total);
                report
            });
            Told { fitted, holdout }
        };
        (1..).zip(fitted).map(told).collect()
    }
}
