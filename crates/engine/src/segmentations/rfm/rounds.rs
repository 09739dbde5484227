//! What buckets say of R, F and M, and the cuts that it is fitted into, narrowed down in two rounds.

use super::notes::{Empty, note_empty, note_size};
use super::plan::{Plan, RfmMeasure};
use super::{Scores, category, cut_name, named};
use crate::features::{Features, Question};
use crate::segmentations::contract::{Fit, Span, Summary};
use crate::segmentations::narrowing::{Gathered, Narrowing};
use model::histogram::{Binning, Histogram};
use model::quantiles::ValueCounts;
use std::collections::BTreeMap;

/// Set of a summary with the first order day of each bucket.
pub(super) const FIRST_DAYS: &str = "first_days";
/// Exact number of a fit: customers with orders in the window.
const BUYERS: &str = "buyers";

/// The first round: how the values of each measure lie.
pub(super) fn summarise(plan: &Plan, features: &Features) -> Summary {
    let mut whole: [Binning; 3] = Default::default();
    let mut by_category: BTreeMap<&str, [Binning; 3]> = BTreeMap::new();
    let scores = Scores::new(plan, features);
    for row in 0..features.len() {
        let Some(scored) = scores.of(row) else { continue };
        let own = match category(plan, features, row) {
            Some(category) => by_category.entry(category).or_default(),
            None => &mut whole,
        };
        own.iter_mut().zip(scored).for_each(|(binning, value)| binning.add(value));
    }
    let mut summary = Summary::default();
    let by_category = by_category.into_iter().map(|(category, own)| (Some(category), own));
    for (category, own) in by_category.chain([(None, whole)]) {
        for (measure, binning) in RfmMeasure::ALL.into_iter().zip(own) {
            let histogram = binning.finish();
            if histogram.total() > 0 {
                summary.histograms.insert(cut_name(measure, category), histogram);
            }
        }
    }
    summary
}

/// The second round: the values in the bins that cuts lie in.
pub(super) fn summarise_within(plan: &Plan, fit: &Fit, features: &Features) -> Summary {
    let mut whole: [Option<Gathered<'_>>; 3] = Default::default();
    let mut by_category: BTreeMap<&str, [Option<Gathered<'_>>; 3]> = BTreeMap::new();
    for (name, narrowing) in &fit.narrowings {
        if let Some((measure, category)) = named(name) {
            let own = category.map_or(&mut whole, |category| by_category.entry(category).or_default());
            own[measure as usize] = narrowing.gather();
        }
    }
    let scores = Scores::new(plan, features);
    for row in 0..features.len() {
        let Some(scored) = scores.of(row) else { continue };
        let own = match category(plan, features, row) {
            Some(category) => by_category.get_mut(category),
            None => Some(&mut whole),
        };
        for (gathered, value) in own.into_iter().flatten().zip(scored) {
            if let Some(gathered) = gathered {
                gathered.add(value);
            }
        }
    }
    let mut summary = Summary::default();
    let by_category = by_category.into_iter().map(|(category, own)| (Some(category), own));
    for (category, own) in by_category.chain([(None, whole)]) {
        for (measure, gathered) in RfmMeasure::ALL.into_iter().zip(own) {
            if let Some(gathered) = gathered {
                summary.counts.insert(cut_name(measure, category), gathered.finish());
            }
        }
    }
    let first = features.days("first_order_at").iter().flatten().min();
    let first = ValueCounts::of(first.into_iter().map(i64::from).collect());
    summary.counts.insert(FIRST_DAYS.to_owned(), first);
    summary
}

/// Fits which bins the cuts lie in.
pub(super) fn fit(plan: &Plan, summary: &Summary, fit: &mut Fit) {
    for (name, histogram) in &summary.histograms {
        let Some((measure, _)) = named(name) else { continue };
        let cuts = match &plan.thresholds[measure as usize] {
            Some(cuts) => cuts.iter().filter_map(|&cut| histogram.bin_of(cut)).collect(),
            None => histogram.cuts(plan.groups as u32),
        };
        fit.narrowings.insert(name.clone(), Narrowing::new(histogram.clone(), cuts));
    }
}

/// Fits the cuts.
pub(super) fn fit_within(plan: &Plan, question: &Question, summary: &Summary, fit: &mut Fit) {
    let narrowings = std::mem::take(&mut fit.narrowings);
    let mut buyers = 0;
    for measure in RfmMeasure::ALL {
        let own = narrowings.iter().filter_map(|(name, narrowing)| {
            let (of, category) = named(name)?;
            (of == measure).then(|| (category, narrowing.settled(summary.set(name))))
        });
        let own: Vec<(Option<&str>, Histogram)> = own.collect();
        buyers = own.iter().map(|(_, histogram)| histogram.total()).sum();
        fit_cuts(plan, measure, own, fit);
    }
    fit.exact.insert(BUYERS.to_owned(), i64::try_from(buyers).unwrap_or(i64::MAX));
    note_size(plan, question, buyers, summary, fit);
}

/// Cuts a measure, in each category by itself where there are categories.
fn fit_cuts(plan: &Plan, measure: RfmMeasure, sets: Vec<(Option<&str>, Histogram)>, fit: &mut Fit) {
    let mut empty = Vec::new();
    for (category, set) in sets {
        let cuts = match &plan.thresholds[measure as usize] {
            Some(cuts) => cuts.clone(),
            None => set.cuts(plan.groups as u32).into_iter().map(|bin| bin.least).collect(),
        };
        let spans = spans(&set, &cuts);
        let gone = (0..plan.groups).filter(|&group| spans[group].is_none());
        let letters = gone.map(|group| plan.letter(group)).collect();
        empty.push(Empty { category, buyers: set.total(), letters });
        let name = cut_name(measure, category);
        fit.spans.insert(name.clone(), spans);
        fit.cuts.insert(name, cuts);
    }
    note_empty(plan, measure, &empty, fit);
}

/// What occurs in each group. No cut lies within a bin.
fn spans(set: &Histogram, cuts: &[i64]) -> Vec<Option<Span>> {
    let mut spans: Vec<Option<Span>> = vec![None; cuts.len() + 1];
    let mut group = 0;
    for bin in set.bins() {
        while cuts.get(group).is_some_and(|&cut| cut < bin.least) {
            group += 1;
        }
        let span = spans[group].get_or_insert(Span { low: bin.least, high: bin.greatest, customers: 0 });
        span.high = bin.greatest;
        span.customers += bin.count;
    }
    spans
}
