//! Cuts a base: features, fits and labels of every customer as of a moment.

use super::rules::WrongUsage;
use crate::base::Base;
use crate::clock::Stopwatch;
use anyhow::{Context, Result, bail};
use engine::facts::FactSet;
use engine::features::{FEATURES, Features, Question, compute};
use engine::import::names::did_you_mean;
use engine::outputs::customers::CustomerTable;
use engine::overview::product_features;
use engine::progress::Watch;
use engine::segmentations::run::{self, Asked, Outcome, Part};
use engine::segmentations::{SEGMENTATIONS, Work, find, tally};
use model::base::ContactField;
use model::calendar::{AsOf, Day};
use std::collections::BTreeMap;

/// Days after the newest order from which a moment is likelier a slip than a question.
const FAR_DAYS: i32 = 366;

/// A base cut by some segmentations.
pub struct Cut {
    pub as_of: AsOf,
    /// What is to be known of that moment.
    pub notice: Option<String>,
    /// What is odd about rules that were asked for.
    pub odd: Vec<String>,
    pub question: Question,
    pub asked: Vec<Asked>,
    pub features: Vec<Features>,
    pub outcome: Outcome,
    pub seconds: Seconds,
}

/// How long the parts took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seconds {
    /// The pass over the facts.
    pub scan: f64,
    /// Summaries of buckets put together and fits.
    pub fit: f64,
    /// Summaries of buckets and labels.
    pub label: f64,
}

/// The segmentations named, all of them if none is, each with its settings out of
/// `name.setting=value` texts.
///
/// # Errors
/// A name or setting that does not exist.
pub fn asked(names: &[String], settings: &[String]) -> Result<Vec<Asked>> {
    let mut given: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for text in settings {
        let parts = text.split_once('=').and_then(|(name, value)| Some((name.split_once('.')?, value)));
        let Some(((segmentation, setting), value)) = parts else {
            bail!("`--set {text}` should read NAME.SETTING=VALUE, such as rfm.groups=5");
        };
        if find(segmentation).is_none() {
            bail!(
                "`--set {text}`: there is no segmentation `{segmentation}`; there are {}",
                listed(segmentation)
            );
        }
        given.entry(segmentation).or_default().push((setting, value));
    }
    let mut asked: Vec<Asked> = Vec::new();
    let all: Vec<String> = SEGMENTATIONS.iter().map(|one| one.about().name.to_owned()).collect();
    for name in if names.is_empty() { &all } else { names } {
        let Some(segmentation) = find(name) else {
            bail!("there is no segmentation `{name}`; there are {}", listed(name));
        };
        if asked.iter().any(|known| known.segmentation.about().name == name) {
            continue;
        }
        let own = given.remove(name.as_str());
        let by_name = !names.is_empty() || own.is_some();
        if !by_name && segmentation.asks_for().is_some() {
            continue;
        }
        let one = Asked { by_name, ..Asked::new(segmentation, own.unwrap_or_default())? };
        if let Some(setting) = segmentation.asks_for()
            && one.settings.text(setting).is_empty()
        {
            bail!(WrongUsage(format!("`{name}` cuts by what you say; name a file with `--{setting} FILE`")));
        }
        asked.push(one);
    }
    if let Some(unused) = given.keys().next() {
        bail!("`--set {unused}.…` says something of `{unused}`, which was not asked for");
    }
    Ok(run::with_needed(asked)?)
}

/// The segmentations there are, and the one that a wrong name is nearest to.
fn listed(wrong: &str) -> String {
    let names = || SEGMENTATIONS.iter().map(|one| one.about().name);
    let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
    format!("{}{}", all.join(", "), did_you_mean(wrong, names()))
}

/// The moment asked about: the end of a day, by default of the day of the newest order line.
pub fn moment(facts: &FactSet, as_of: Option<Day>) -> Result<AsOf> {
    let Some((first, newest)) = facts.first_day().zip(facts.newest_day()) else {
        if facts.has_attributes() {
            return as_of.map(AsOf).context(
                "the base knows customers and nothing that has happened, so there is no newest day; name a \
                 day with `--as-of`",
            );
        }
        bail!("the base has no facts yet; import some with `dolka import FILE`");
    };
    match as_of {
        Some(day) if day < first => bail!(
            "nothing had happened by {day}: the facts are of {first} to {newest}; name a day from {first} \
             on, or leave `--as-of` out for {newest}"
        ),
        day => Ok(AsOf(day.unwrap_or(newest))),
    }
}

/// What is to be known of a moment long after the newest order: everybody looks gone by then.
pub fn notice(facts: &FactSet, moment: AsOf) -> Option<String> {
    let (first, newest) = facts.first_day().zip(facts.newest_day())?;
    let days = moment.0.since(newest);
    (days > FAR_DAYS).then(|| {
        format!(
            "{moment} is {days} days after the newest fact: by then everybody has been away for long; the \
             facts are of {first} to {newest}; leave `--as-of` out for {newest}"
        )
    })
}

/// Cuts the customers of a base.
pub fn cut(
    facts: &FactSet,
    asked: Vec<Asked>,
    extra_features: &[&str],
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Cut> {
    let asked = run::worth_asking(asked, facts);
    let prepare = |question: &mut Question| extra_features.iter().for_each(|name| question.need(name));
    cut_with(facts, asked, prepare, as_of, threads, watch)
}

/// The same with more asked of the features.
pub fn cut_with(
    facts: &FactSet,
    asked: Vec<Asked>,
    ask: impl FnOnce(&mut Question),
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Cut> {
    let mut question = run::question(&asked, as_of)?;
    tally::ask(&mut question);
    ask(&mut question);
    let scan = Stopwatch::start();
    let features = compute(facts, &question, threads, watch)?;
    let scan = scan.elapsed().as_secs_f64();
    let (outcome, seconds) = labelled(&asked, &question, &features, Work { threads, watch, drawn: false });
    let seconds = Seconds { scan, ..seconds };
    Ok(Cut {
        as_of,
        notice: notice(facts, as_of),
        odd: Vec::new(),
        question,
        asked,
        features,
        outcome,
        seconds,
    })
}

/// Fits and labels, and how long these took.
fn labelled(
    asked: &[Asked],
    question: &Question,
    features: &[Features],
    work: Work<'_>,
) -> (Outcome, Seconds) {
    let (clock, mut told, mut seconds) = (Stopwatch::start(), 0.0, Seconds::default());
    let outcome = run::run_told(asked, question, features, work, &mut |part| {
        let now = clock.elapsed().as_secs_f64();
        let own = if part == Part::Fits { &mut seconds.fit } else { &mut seconds.label };
        *own += now - told;
        told = now;
    });
    (outcome, seconds)
}

/// Cuts the products of a base; only ABC–XYZ knows how.
pub fn cut_products(facts: &FactSet, asked: Vec<Asked>, as_of: AsOf) -> Result<Cut> {
    if let Some(other) = asked.iter().find(|one| one.segmentation.about().name != "abc_xyz") {
        bail!("`{}` cuts customers only; products are cut by `abc_xyz`", other.segmentation.about().name);
    }
    let question = run::question(&asked, as_of)?;
    let scan = Stopwatch::start();
    let features = vec![product_features(facts, &question)?];
    let scan = scan.elapsed().as_secs_f64();
    let work = Work::ALONE;
    let (outcome, seconds) = labelled(&asked, &question, &features, work);
    let seconds = Seconds { scan, ..seconds };
    Ok(Cut {
        as_of,
        notice: notice(facts, as_of),
        odd: Vec::new(),
        question,
        asked,
        features,
        outcome,
        seconds,
    })
}

impl Cut {
    /// One row per customer (or product): labels, then the features that were looked at.
    pub fn table(&self, id_name: &str, originals: &BTreeMap<String, String>) -> Result<CustomerTable> {
        let has = |name: &str| self.features.first().is_some_and(|bucket| bucket.column(name).is_some());
        let features: Vec<&str> =
            FEATURES.iter().map(|feature| feature.name).filter(|name| has(name)).collect();
        let labels = &self.outcome.labels;
        CustomerTable::new(id_name, &self.features, labels, &features, originals)
            .context("cannot put the table together")
    }
}

/// What stands in outputs for customer ids that are digests of an e-mail or phone: the e-mail as
/// it was typed, else the key itself.
pub fn originals(base: &Base, features: &[Features]) -> Result<BTreeMap<String, String>> {
    originals_of(base, features.iter().flat_map(|bucket| bucket.customer_ids().iter().flatten()).collect())
}

/// The same for ids.
pub fn originals_of(base: &Base, ids: Vec<&str>) -> Result<BTreeMap<String, String>> {
    let digests: Vec<String> =
        ids.into_iter().filter(|id| engine::import::clean::is_digest(id)).map(str::to_owned).collect();
    if digests.is_empty() {
        return Ok(BTreeMap::new());
    }
    base.wait(base.store.values(ContactField::Key, &digests))
}
