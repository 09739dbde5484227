//! What a segmentation is.

pub use super::labels::{Codes, LabelColumn, Labels};

use super::centres::Centres;
use super::narrowing::Narrowing;
use crate::features::{Features, Question};
use crate::import::names::did_you_mean;
use crate::prediction::Expectations;
use crate::progress::{Unwatched, Watch};
use model::histogram::Histogram;
use model::quantiles::ValueCounts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a segmentation says of itself: help, docs and reports come from here.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Name on the command line and in settings.
    pub name: &'static str,
    /// The question it answers, for people.
    pub question: &'static str,
    /// How it works, in a few paragraphs of Markdown; becomes the docs page.
    pub method: &'static str,
    /// When it has something to say without being asked for by name.
    pub speaks: Speaks,
    pub parameters: &'static [Parameter],
    /// Columns it adds to outputs, the main one first, with what each means.
    pub columns: &'static [(&'static str, &'static str)],
    /// The column whose segments have names.
    pub named_by: &'static str,
    /// Named segments of that column, with what each means and what to do with it.
    pub segments: &'static [SegmentAbout],
    /// Moves between those segments that are wanted, and those that are not.
    pub moves: &'static [MoveAbout],
}

/// What a base must have for a segmentation to be worth asking about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    Always,
    /// Orders.
    OfOrders,
    /// Deals, leads or touches.
    OfEvents,
    /// Only when it is named: it needs to be told something.
    ByName,
}

/// A named segment.
#[derive(Clone, Copy, Debug)]
pub struct SegmentAbout {
    /// Stable name in outputs, such as `champions`; languages translate it.
    pub name: &'static str,
    pub meaning: &'static str,
    pub action: &'static str,
}

/// A move between segments that is worth counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveAbout {
    /// Stable name in outputs, such as `second_purchase`; languages translate it.
    pub name: &'static str,
    /// Whether it is to be brought about, or to be kept from happening.
    pub wanted: bool,
    /// Segments of the earlier moment whose customers could move so.
    pub from: &'static [&'static str],
    pub to: MovedTo,
}

/// Where a move ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovedTo {
    /// In one of these segments.
    Segments(&'static [&'static str]),
    /// Where this flag of the segmentation has turned to this; who had it so before could not move.
    Flag(&'static str, bool),
}

/// A setting with its default.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub name: &'static str,
    pub default: &'static str,
    pub meaning: &'static str,
}

/// Settings of one segmentation as text, defaults filled in. Only known names get in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings(BTreeMap<String, String>);

/// A setting that cannot be used; says which, why, and what would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{segmentation}.{setting}` = `{value}`: {reason}")]
pub struct SettingError {
    pub segmentation: &'static str,
    pub setting: String,
    pub value: String,
    pub reason: String,
}

impl Settings {
    /// The defaults of a segmentation with some settings replaced.
    ///
    /// # Errors
    /// A name that the segmentation does not have.
    pub fn new<'a>(
        about: &About,
        given: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Settings, SettingError> {
        let mut settings: BTreeMap<String, String> =
            about.parameters.iter().map(|p| (p.name.to_owned(), p.default.to_owned())).collect();
        for (name, value) in given {
            let Some(known) = settings.get_mut(name) else {
                let names: Vec<&str> = about.parameters.iter().map(|p| p.name).collect();
                return Err(SettingError {
                    segmentation: about.name,
                    setting: name.to_owned(),
                    value: value.to_owned(),
                    reason: format!(
                        "no such setting; there are: {}{}",
                        names.join(", "),
                        did_you_mean(name, names.iter().copied())
                    ),
                });
            };
            value.trim().clone_into(known);
        }
        Ok(Settings(settings))
    }

    /// The text of a setting; empty if the segmentation has no such one.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// All settings in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// What a bucket says in a round: sets of values, how values lie, exact totals and rows under names.
/// Adds up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub counts: BTreeMap<String, ValueCounts>,
    pub histograms: BTreeMap<String, Histogram>,
    pub totals: BTreeMap<String, i128>,
    /// Rows of whole numbers, put together in the order of buckets: whoever fits them sorts them, so
    /// that the outcome does not depend on it.
    pub rows: BTreeMap<String, Vec<Vec<i64>>>,
}

impl Summary {
    /// Adds up what all buckets said; only of rows does the order of buckets matter.
    pub fn merge_all(summaries: &[&Summary]) -> Summary {
        let mut merged = Summary::default();
        for (name, sets) in by_name(summaries, |summary| &summary.counts) {
            merged.counts.insert(name.clone(), ValueCounts::merge_all(&sets));
        }
        for (name, parts) in by_name(summaries, |summary| &summary.histograms) {
            merged.histograms.insert(name.clone(), Histogram::merge_all(&parts));
        }
        for (name, totals) in by_name(summaries, |summary| &summary.totals) {
            merged.totals.insert(name.clone(), totals.into_iter().sum());
        }
        for (name, parts) in by_name(summaries, |summary| &summary.rows) {
            merged.rows.insert(name.clone(), parts.into_iter().flatten().cloned().collect());
        }
        merged
    }

    /// A set by name; empty if no bucket gave it.
    pub fn set(&self, name: &str) -> &ValueCounts {
        static EMPTY: ValueCounts = ValueCounts::new();
        self.counts.get(name).unwrap_or(&EMPTY)
    }

    /// How values lie, by name; no bins if no bucket gave it.
    pub fn histogram(&self, name: &str) -> Histogram {
        self.histograms.get(name).cloned().unwrap_or_default()
    }

    /// A total by name; zero if no bucket gave it.
    pub fn total(&self, name: &str) -> i128 {
        self.totals.get(name).copied().unwrap_or_default()
    }

    /// Rows by name; none if no bucket gave them.
    pub fn rows(&self, name: &str) -> &[Vec<i64>] {
        self.rows.get(name).map_or(&[], Vec::as_slice)
    }
}

/// What all summaries say under each name.
fn by_name<'a, T>(
    summaries: &[&'a Summary],
    pick: fn(&Summary) -> &BTreeMap<String, T>,
) -> BTreeMap<&'a String, Vec<&'a T>> {
    let mut all: BTreeMap<&String, Vec<&T>> = BTreeMap::new();
    for summary in summaries {
        pick(summary).iter().for_each(|(name, part)| all.entry(name).or_default().push(part));
    }
    all
}

/// The few numbers that summaries are fitted into: cuts, shares, medians. Everything a label
/// depends on besides the features and the settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// Ascending cuts by name.
    pub cuts: BTreeMap<String, Vec<i64>>,
    /// Values by name whose cuts the next round finds; none are left after the last.
    pub narrowings: BTreeMap<String, Narrowing>,
    /// Exact whole numbers by name: money in 1/10 000, days, parts of a ratio.
    pub exact: BTreeMap<String, i64>,
    /// Numbers by name.
    pub numbers: BTreeMap<String, f64>,
    /// What occurs in each group of a cut, by the cut's name, worst group first; `None` where a
    /// group is empty. Lets cuts be told in words with values that occur.
    pub spans: BTreeMap<String, Vec<Option<Span>>>,
    /// Curves by name as points from (0, 0) to (1, 1).
    pub curves: BTreeMap<String, Vec<(f64, f64)>>,
    /// Centres of clusters, and what tells clusters apart.
    pub centres: Option<Centres>,
    /// What the numbers of a prediction amount to, for every history of the base. Follows from them and
    /// from the histories: where it is missing, as on another machine, each bucket works out its own.
    #[serde(skip)]
    pub expectations: Option<Arc<Expectations>>,
    /// Things to tell the user about this fit, each one plain sentence.
    pub notes: Vec<String>,
}

/// The values of one group of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The smallest value that occurs.
    pub low: i64,
    /// The largest value that occurs.
    pub high: i64,
    /// How many customers have a value in the group.
    pub customers: u64,
}

impl Fit {
    pub fn cuts(&self, name: &str) -> &[i64] {
        self.cuts.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        self.numbers.get(name).copied()
    }

    /// An exact whole number by name.
    pub fn exact(&self, name: &str) -> Option<i64> {
        self.exact.get(name).copied()
    }
}

/// One step of why a customer has a label: `R = C`, `12 days since the last order`, `31 or fewer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The column or part of it that is explained.
    pub part: String,
    /// What the customer has.
    pub value: String,
    /// The cut, limit or date it was held against.
    pub rule: String,
}

/// What a fit that takes long may use.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// Threads that may work; the outcome does not depend on it.
    pub threads: usize,
    pub watch: &'a dyn Watch,
    /// The customers are one draw of many, of which only the labels are looked at: what tells of segments is
    /// not worked out, and a search begins from fewer places.
    pub drawn: bool,
}

impl Work<'static> {
    /// One thread, and nobody watches.
    pub const ALONE: Work<'static> = Work { threads: 1, watch: &Unwatched, drawn: false };
}

/// A way to cut the base.
pub trait Segmentation: Sync {
    fn about(&self) -> &'static About;

    /// The setting without which there is nothing to cut by; `None`: it works as it is. Such a one is
    /// left out where all segmentations are asked for.
    fn asks_for(&self) -> Option<&'static str> {
        None
    }

    /// Other segmentations whose labels this one looks at with these settings. They are asked for in
    /// the same run, and look at no other's.
    fn beside(&self, _settings: &Settings) -> Vec<&'static str> {
        Vec::new()
    }

    /// Checks the settings and says which features are needed, with their windows.
    ///
    /// # Errors
    /// A setting that cannot be used.
    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError>;

    /// How many rounds of summaries are needed before labels can be given; none where a customer's
    /// features settle its label.
    fn rounds(&self) -> usize {
        0
    }

    /// What one bucket says in a round (from 0), given what earlier rounds were fitted into.
    fn summarise(
        &self,
        _round: usize,
        _settings: &Settings,
        _fit: &Fit,
        _question: &Question,
        _features: &Features,
    ) -> Summary {
        Summary::default()
    }

    /// Fits the merged summary of a round.
    fn fit(
        &self,
        _round: usize,
        _settings: &Settings,
        _question: &Question,
        _summary: &Summary,
        _fit: &mut Fit,
    ) {
    }

    /// As [`fit`](Self::fit). One that takes long says how far it is, and shares out its work.
    fn fit_at_length(
        &self,
        round: usize,
        settings: &Settings,
        question: &Question,
        summary: &Summary,
        fit: &mut Fit,
        _work: Work<'_>,
    ) {
        self.fit(round, settings, question, summary, fit);
    }

    /// The columns of one bucket, the main one first, in the order of [`About::columns`].
    fn label(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn>;

    /// The same where the labels of [`Segmentation::beside`] are at hand, among others.
    fn label_beside(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        _others: &[&LabelColumn],
    ) -> Vec<LabelColumn> {
        self.label(settings, fit, question, features)
    }

    /// Why the customer in this row has the labels it has.
    fn explain(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
    ) -> Vec<Reason>;

    /// The same where the labels of [`Segmentation::beside`] are at hand, among others.
    fn explain_beside(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        _others: &[&LabelColumn],
        row: usize,
    ) -> Vec<Reason> {
        self.explain(settings, fit, question, features, row)
    }
}
