//! From summaries to centres: scales, categories, how many clusters, where they lie, what they are.

use super::plan::{Plan, measure};
use super::rows::{MISSING, SAMPLE_ROWS_MAX, folded, in_own_unit, in_unit};
use super::rules::rules;
use crate::import::cells::words::truth;
use crate::segmentations::centres::{Categories, Centre, Centres, Scaled};
use crate::segmentations::contract::{Summary, Work};
use model::clustering::tree::{self, Feature, Limits};
use model::clustering::{
    self, Choice, ChoiceSettings, Clusterable, ClusteringError, ColumnScaling, MEMBERS_MIN, Matrix, Measure,
    Mixed, Partition, Prototype, Settings, Spread, choose_watched,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Total of the first round: customers with an order.
pub(super) const CUSTOMERS: &str = "customers";
/// Rows of the last round: each its mark, its values and its codes.
pub(super) const SAMPLE: &str = "sample";
/// Values of an attribute that are told apart; rarer ones are one together.
const CATEGORIES_MAX: usize = 30;
/// Rows on which the number of clusters is chosen: on twice as many it takes twice as long, and who
/// is stable is decided the same.
const CHOICE_ROWS_MAX: usize = 2_000;
/// Seeds that are tried for each number of clusters while one is chosen, and for each draw.
const CHOICE_RESTARTS: u32 = 5;

/// The fewest customers with an order that a number of clusters is chosen for: fewer cannot be two
/// groups that are worth having.
pub fn customers_min() -> u64 {
    2 * MEMBERS_MIN as u64
}

/// How features are scaled, by the values of all who have ordered.
pub(super) fn scaled(plan: &Plan, summary: &Summary) -> Centres {
    let customers = u64::try_from(summary.total(CUSTOMERS)).unwrap_or_default();
    let scale = |feature: &&'static crate::features::Feature| {
        let measure = measure(feature);
        let counts = summary.set(feature.name);
        let ascending: Vec<(f64, u64)> =
            counts.iter().map(|(value, count)| (in_unit(feature, value), count)).collect();
        // Nobody has a value: nothing to tell customers apart by.
        let none = ColumnScaling { measure, centre: 0.0, spread: 1.0, reason: Spread::Constant };
        Scaled {
            feature: feature.name.to_owned(),
            scaling: ColumnScaling::of_counts(measure, &ascending).unwrap_or(none),
            missing: customers - counts.total(),
            yes: None,
        }
    };
    let answers = (0..plan.answers.len()).map(|place| answered(plan, place, summary, customers));
    let numbers = plan.features.iter().map(scale).chain(answers).collect();
    Centres { numbers, customers, ..Centres::none() }
}

/// The total of an answer.
pub(super) fn answer_total(place: usize, value: &str) -> String {
    format!("answer {place}={value}")
}

/// An attribute as a column of answers. Of its two values the one that means yes counts as 1, else the one
/// that does not mean no, else the later by name: clusters are the same whichever it is.
fn answered(plan: &Plan, place: usize, summary: &Summary, customers: u64) -> Scaled {
    let prefix = answer_total(place, "");
    let mut values: BTreeMap<String, (&str, i128)> = BTreeMap::new();
    for (key, count) in &summary.totals {
        if let Some(value) = key.strip_prefix(&prefix) {
            values.entry(folded(value)).or_insert((value, 0)).1 += count;
        }
    }
    let values: Vec<(&str, i128)> = values.into_values().collect();
    let known: i128 = values.iter().map(|(_, count)| count).sum();
    let yes = match values[..] {
        [first, second] => Some(if means(first.0) > means(second.0) { first } else { second }),
        _ => None,
    };
    let none = ColumnScaling { measure: Measure::Plain, centre: 0.0, spread: 1.0, reason: Spread::Constant };
    let share = |(_, count): (&str, i128)| ColumnScaling::of_answers(count as f64 / known as f64);
    Scaled {
        feature: plan.answers[place].clone(),
        scaling: yes.map_or(none, share),
        missing: customers - u64::try_from(known).unwrap_or_default(),
        yes: yes.map(|(value, _)| value.to_owned()),
    }
}

/// How much a text means yes: 2, or no: 0; 1 if neither.
fn means(text: &str) -> u8 {
    truth(text).map_or(1, |yes| 2 * u8::from(yes))
}

/// The total of a value of an attribute.
pub(super) fn category_total(place: usize, value: &str) -> String {
    format!("{place}={value}")
}

/// The values of attributes that are told apart: the most frequent in the sample, by name where they
/// are as frequent. Those that differ in capital letters only are one.
pub(super) fn categories(plan: &Plan, summary: &Summary) -> Vec<Categories> {
    let all = plan.attributes.iter().enumerate().map(|(place, attribute)| {
        let prefix = category_total(place, "");
        let own = summary.totals.iter().filter_map(|(key, &count)| Some((key.strip_prefix(&prefix)?, count)));
        let mut spelt: BTreeMap<String, Vec<(i128, &str)>> = BTreeMap::new();
        for (value, count) in own {
            spelt.entry(folded(value)).or_default().push((count, value));
        }
        let mut found: Vec<(Reverse<i128>, &str)> = spelt
            .values()
            .filter_map(|forms| {
                let most = forms.iter().min_by_key(|(count, name)| (Reverse(*count), *name))?;
                Some((Reverse(forms.iter().map(|form| form.0).sum::<i128>()), most.1))
            })
            .collect();
        found.sort_unstable();
        let values = found.into_iter().take(CATEGORIES_MAX).map(|(_, value)| value.to_owned()).collect();
        Categories { attribute: attribute.clone(), values }
    });
    all.collect()
}

/// The customers looked at, in columns: scaled, in their units, and codes.
struct Sample {
    rows: usize,
    scaled: Vec<f32>,
    codes: Vec<u32>,
    numbers: Vec<Vec<f64>>,
    categories: Vec<Vec<u32>>,
}

impl Sample {
    fn of(plan: &Plan, centres: &Centres, rows: &[Vec<i64>]) -> Sample {
        // Marks come first: the order of buckets is forgotten, and a sample that is too large by
        // chance is cut as every other spread over buckets would be.
        let mut sorted: Vec<(i64, &[i64])> = rows.iter().map(|row| (row[0], &row[1..])).collect();
        sorted.sort_unstable();
        sorted.truncate(SAMPLE_ROWS_MAX as usize);
        let (numbers, categories) = (plan.numbers(), centres.categories.len());
        let mut sample = Sample {
            rows: sorted.len(),
            scaled: Vec::new(),
            codes: Vec::new(),
            numbers: vec![Vec::new(); numbers],
            categories: vec![Vec::new(); categories],
        };
        let mut before: Option<&[i64]> = None;
        for (_, row) in sorted {
            // Who was drawn more than once follows itself.
            let again = before.replace(row) == Some(row);
            for (place, &value) in row[..numbers].iter().enumerate() {
                if again {
                    sample.scaled.push(sample.scaled[sample.scaled.len() - numbers]);
                    let known = &mut sample.numbers[place];
                    known.extend_from_within(known.len() - 1..);
                    continue;
                }
                let scaling = &centres.numbers[place].scaling;
                let (scaled, known) = match value {
                    MISSING => (0.0, scaling.original(0.0)),
                    value => {
                        let known = in_own_unit(plan, place, value);
                        (scaling.scaled(known), known)
                    }
                };
                sample.scaled.push(scaled);
                sample.numbers[place].push(known);
            }
            for (place, &code) in row[numbers..].iter().enumerate() {
                let code = u32::try_from(code).unwrap_or(clustering::MISSING);
                sample.codes.push(code);
                // For the tree who has no value is a kind of its own, after `other`.
                let unknown = centres.categories[place].values.len() as u32 + 1;
                sample.categories[place].push(code.min(unknown));
            }
        }
        sample
    }

    fn features(&self) -> Vec<Feature<'_>> {
        let numbers = self.numbers.iter().map(|values| Feature::Number(values));
        numbers.chain(self.categories.iter().map(|codes| Feature::Category(codes))).collect()
    }
}

/// Groups the sample around centres and describes the groups.
pub(super) fn grouped(plan: &Plan, rows: &[Vec<i64>], centres: &mut Centres, work: &Work<'_>) {
    let sample = Sample::of(plan, centres, rows);
    centres.looked_at = sample.rows as u64;
    if sample.rows == 0 {
        return;
    }
    let made = Matrix::new(plan.numbers(), sample.scaled.clone()).and_then(|matrix| {
        if sample.codes.is_empty() {
            let (choice, found) = found(&matrix, plan, centres.customers, work)?;
            let prototype = |means| Prototype { means, modes: Vec::new() };
            return Ok((choice, found.labels, found.centres.into_iter().map(prototype).collect(), 0.0));
        }
        let mixed = Mixed::new(matrix, sample.codes.clone(), plan.weight)?;
        let (choice, found) = found(&mixed, plan, centres.customers, work)?;
        Ok((choice, found.labels, found.centres, mixed.gamma()))
    });
    let (choice, labels, prototypes, gamma): (_, Vec<_>, Vec<Prototype>, _) =
        made.expect("rows are whole, scaled values finite and codes few");
    let mut sizes = vec![0; prototypes.len()];
    labels.iter().for_each(|&label| sizes[usize::from(label)] += 1);
    let centre = |(prototype, customers): (Prototype, u64)| Centre {
        means: prototype.means,
        modes: prototype.modes,
        customers,
    };
    centres.centres = prototypes.into_iter().zip(sizes).map(centre).collect();
    (centres.choice, centres.gamma) = (choice, gamma);
    if work.drawn {
        return;
    }
    let features = sample.features();
    // A cluster that is smaller than leaves usually are shall have its rule too.
    let smallest = centres.centres.iter().map(|centre| centre.customers as usize).min().unwrap_or(1);
    let usual = Limits::of(sample.rows);
    let limits = Limits { leaf_min: usual.leaf_min.min(smallest), ..usual };
    let tree = tree::describe(&features, &labels, &limits).expect("columns are whole");
    centres.accuracy = tree.accuracy;
    centres.rules = rules(&tree, centres);
}

/// The clusters of some rows, as many as asked for or as are found best.
fn found<R: Clusterable>(
    rows: &R,
    plan: &Plan,
    customers: u64,
    work: &Work<'_>,
) -> Result<(Option<Choice>, Partition<R::Centre>), ClusteringError> {
    let whole = Settings { seed: plan.seed, threads: work.threads, ..Settings::default() };
    let quick = Settings { restarts: CHOICE_RESTARTS, swaps: 0, ..whole };
    let search = if work.drawn { quick } else { whole };
    let choice = match plan.clusters {
        Some(_) => None,
        None if customers < customers_min() => None,
        None => {
            let settings = ChoiceSettings {
                draws: plan.bootstraps,
                rows_max: CHOICE_ROWS_MAX,
                search: quick,
                ..ChoiceSettings::default()
            };
            choose_watched(rows, &settings, &|done, all| {
                work.watch.advance("clusters", done as u64, all as u64);
            })?
        }
    };
    let clusters = plan.clusters.or(choice.as_ref().map(|choice| choice.clusters)).unwrap_or(1);
    Ok((choice, rows.cluster(clusters, &search)?))
}
