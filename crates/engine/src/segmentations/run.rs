//! Runs segmentations over the buckets of a base: rounds of summaries and fits, then labels.

use super::contract::{Fit, LabelColumn, Segmentation, SettingError, Settings, Speaks, Summary, Work};
use crate::facts::FactSet;
use crate::features::{Features, Question};
use crate::progress::{Unwatched, Watch};
use model::base::FactKind;
use model::calendar::AsOf;
use model::parallel;

/// A segmentation that is asked for, with its settings.
#[derive(Clone)]
pub struct Asked {
    pub segmentation: &'static dyn Segmentation,
    pub settings: Settings,
    /// It was asked for as such, not as one of all there are.
    pub by_name: bool,
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The fit of each segmentation, in the order asked.
    pub fits: Vec<Fit>,
    /// The label columns of each bucket, one row per customer: those of the first segmentation
    /// asked for, then those of the second, and so on.
    pub labels: Vec<Vec<LabelColumn>>,
}

impl Asked {
    /// A segmentation with its default settings, some replaced.
    ///
    /// # Errors
    /// A setting that the segmentation does not have.
    pub fn new<'a>(
        segmentation: &'static dyn Segmentation,
        given: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Asked, SettingError> {
        Ok(Asked { segmentation, settings: Settings::new(segmentation.about(), given)?, by_name: true })
    }
}

/// Those asked for by name, and of the others those that have something to say of a base.
pub fn worth_asking(asked: Vec<Asked>, facts: &FactSet) -> Vec<Asked> {
    let tells = |kind| kind != FactKind::Contacts && facts.has_events(kind);
    let events = FactKind::EVENTS.into_iter().any(tells);
    let worth = |one: &Asked| match one.segmentation.about().speaks {
        Speaks::Always => true,
        Speaks::OfOrders => facts.has_orders(),
        Speaks::OfEvents => events,
        Speaks::ByName => false,
    };
    asked.into_iter().filter(|one| one.by_name || worth(one)).collect()
}

/// The question that gives all of these segmentations what they need. Checks their settings, so it
/// comes before [`run`].
///
/// Each segmentation can be asked for once: a question has one window and one set of periods, and
/// two windows need two scans. Panics on the same one twice.
///
/// # Errors
/// A setting that cannot be used.
pub fn question(asked: &[Asked], as_of: AsOf) -> Result<Question, SettingError> {
    let mut question = Question::new(as_of);
    for (place, one) in asked.iter().enumerate() {
        let name = one.segmentation.about().name;
        let twice = asked[..place].iter().any(|other| other.segmentation.about().name == name);
        assert!(!twice, "`{name}` is asked for twice in one question");
        one.segmentation.ask(&one.settings, &mut question)?;
        let is_asked = |name: &&str| asked.iter().any(|other| other.segmentation.about().name == *name);
        if let Some(missing) = one.segmentation.beside(&one.settings).into_iter().find(|one| !is_asked(one)) {
            return Err(SettingError {
                segmentation: name,
                setting: one.segmentation.asks_for().unwrap_or_default().to_owned(),
                value: "…".to_owned(),
                reason: format!("looks at labels of `{missing}`; ask for `{missing}` too"),
            });
        }
    }
    Ok(question)
}

/// The same with the segmentations whose labels they look at, those that were not asked for with
/// their default settings, at the end.
///
/// # Errors
/// None that can happen: default settings are known.
pub fn with_needed(mut asked: Vec<Asked>) -> Result<Vec<Asked>, SettingError> {
    let needed: Vec<&str> = asked.iter().flat_map(|one| one.segmentation.beside(&one.settings)).collect();
    for name in needed {
        if !asked.iter().any(|one| one.segmentation.about().name == name)
            && let Some(segmentation) = super::find(name)
        {
            asked.push(Asked::new(segmentation, [])?);
        }
    }
    Ok(asked)
}

/// Works out fits and labels of all buckets.
///
/// Each bucket is looked at by one thread at a time, at most `threads` at once; what they say is
/// put together by the number of the bucket, so the outcome is the same on any number of threads.
pub fn run(asked: &[Asked], question: &Question, buckets: &[Features], threads: usize) -> Outcome {
    run_watched(asked, question, buckets, threads, &Unwatched)
}

/// A part of a run that has just ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What all buckets say in a round.
    Summaries,
    /// The fits of a round: summaries put together, and what is worked out of them.
    Fits,
    /// The labels of all customers.
    Labels,
}

/// As [`run`]; fits that take long say how far they are.
pub fn run_watched(
    asked: &[Asked],
    question: &Question,
    buckets: &[Features],
    threads: usize,
    watch: &dyn Watch,
) -> Outcome {
    run_told(asked, question, buckets, Work { threads, watch, drawn: false }, &mut |_| {})
}

/// As [`run_watched`]; `ended` is told of every part that has ended.
pub fn run_told(
    asked: &[Asked],
    question: &Question,
    buckets: &[Features],
    work: Work<'_>,
    ended: &mut dyn FnMut(Part),
) -> Outcome {
    let fits = fits(asked, question, buckets, work, ended);
    let labels = parallel::in_order(buckets.len(), work.threads, |bucket| {
        labels(asked, &fits, question, &buckets[bucket])
    });
    ended(Part::Labels);
    Outcome { fits, labels }
}

/// The fits alone, for those who label others by them.
pub fn fits(
    asked: &[Asked],
    question: &Question,
    buckets: &[Features],
    work: Work<'_>,
    ended: &mut dyn FnMut(Part),
) -> Vec<Fit> {
    let mut fits = vec![Fit::default(); asked.len()];
    let rounds = asked.iter().map(|one| one.segmentation.rounds()).max().unwrap_or(0);
    for round in 0..rounds {
        let said = parallel::in_order(buckets.len(), work.threads, |bucket| {
            summaries(asked, round, &fits, question, &buckets[bucket])
        });
        ended(Part::Summaries);
        fits = fit(asked, round, question, &said, &fits, work);
        ended(Part::Fits);
    }
    fits
}

/// What one bucket says in a round, one summary per segmentation; `None` for those that need no
/// such round. A bucket on another machine is asked this.
pub fn summaries(
    asked: &[Asked],
    round: usize,
    fits: &[Fit],
    question: &Question,
    bucket: &Features,
) -> Vec<Option<Summary>> {
    let each = asked.iter().zip(fits);
    each.map(|(one, fit)| {
        let wanted = round < one.segmentation.rounds();
        wanted.then(|| one.segmentation.summarise(round, &one.settings, fit, question, bucket))
    })
    .collect()
}

/// The fits after a round in which all buckets said what they had to. One that takes long may use as
/// many threads as there are.
pub fn fit(
    asked: &[Asked],
    round: usize,
    question: &Question,
    said: &[Vec<Option<Summary>>],
    fits: &[Fit],
    work: Work<'_>,
) -> Vec<Fit> {
    parallel::in_order(asked.len(), work.threads, |place| {
        let (one, mut fit) = (&asked[place], fits[place].clone());
        if round < one.segmentation.rounds() {
            let parts: Vec<&Summary> = said.iter().filter_map(|bucket| bucket[place].as_ref()).collect();
            let merged;
            let summary = match parts[..] {
                // What one bucket said is the whole as it stands.
                [alone] => alone,
                _ => {
                    merged = Summary::merge_all(&parts);
                    &merged
                }
            };
            one.segmentation.fit_at_length(round, &one.settings, question, summary, &mut fit, work);
        }
        fit
    })
}

/// The label columns of one bucket.
pub fn labels(asked: &[Asked], fits: &[Fit], question: &Question, bucket: &Features) -> Vec<LabelColumn> {
    let mut all: Vec<Vec<LabelColumn>> = vec![Vec::new(); asked.len()];
    let looks: Vec<bool> =
        asked.iter().map(|one| !one.segmentation.beside(&one.settings).is_empty()).collect();
    // Those that look at labels of others come after these.
    for later in [false, true] {
        for place in (0..asked.len()).filter(|&place| looks[place] == later) {
            let one = &asked[place];
            let others: Vec<&LabelColumn> = if later { all.iter().flatten().collect() } else { Vec::new() };
            let own = one.segmentation.label_beside(&one.settings, &fits[place], question, bucket, &others);
            all[place] = own;
        }
    }
    all.into_iter().flatten().collect()
}
