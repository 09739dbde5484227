//! Clusters: groups that customers form by themselves, by nearness in some of their values.

mod about;
mod plan;
mod rows;
mod rules;
mod fitting;
mod words;
#[cfg(test)]
mod tests;

pub use fitting::customers_min;
pub use plan::CLUSTERS_MAX;
pub use rows::SAMPLE_ROWS_MAX;

use super::NO_ORDERS;
use super::centres::{Centre, Centres};
use super::contract::{
    About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary, Work,
};
use crate::features::{Features, Question};
use about::{ABOUT, UNANSWERED};
use fitting::{CUSTOMERS, SAMPLE, answer_total, category_total};
use model::clustering;
use model::quantiles::ValueCounts;
use plan::Plan;
use rows::{Buyers, MISSING, in_own_unit};

/// Decimals of a distance: more mean nothing.
const DISTANCE_STEPS: f64 = 10_000.0;

/// See the method's text.
pub struct Clusters;

/// The name of a cluster by its number from 0.
fn name(cluster: usize) -> String {
    format!("cluster_{}", cluster + 1)
}

/// The name of those who are not grouped.
fn rest(plan: &Plan) -> &'static str {
    if plan.is_of_answers() { UNANSWERED } else { NO_ORDERS }
}

/// A customer as centres see it.
struct Placed {
    /// Features in their units; `None` where missing.
    values: Vec<Option<f64>>,
    codes: Vec<u32>,
    /// Distances to all centres.
    distances: Vec<f64>,
}

/// The nearest of some centres by their distances, of equally near ones the first.
fn nearest(distances: impl Iterator<Item = f64>) -> Option<(usize, f64)> {
    distances.enumerate().reduce(|best, next| if next.1 < best.1 { next } else { best })
}

impl Placed {
    /// The nearest centre.
    fn cluster(&self) -> usize {
        nearest(self.distances.iter().copied()).map_or(0, |(cluster, _)| cluster)
    }
}

/// Holds customers of a bucket against centres.
struct Placing<'a> {
    plan: &'a Plan,
    centres: &'a Centres,
    buyers: Buyers<'a>,
    codes: Vec<Vec<u32>>,
}

impl<'a> Placing<'a> {
    fn new(plan: &'a Plan, centres: &'a Centres, features: &'a Features) -> Placing<'a> {
        let buyers = Buyers::new(plan, &centres.numbers, features);
        let each = centres.categories.iter().enumerate();
        let codes = each.map(|(place, categories)| buyers.codes(place, categories)).collect();
        Placing { plan, centres, buyers, codes }
    }

    /// The nearest centre and its distance; `None` of who is not grouped. `scaled` and `codes` are room to
    /// work in.
    fn nearest(&self, row: usize, scaled: &mut Vec<f64>, codes: &mut Vec<u32>) -> Option<(usize, f64)> {
        if !self.buyers.is_grouped(row) || self.centres.centres.is_empty() {
            return None;
        }
        scaled.clear();
        scaled.extend(self.centres.numbers.iter().take(self.plan.numbers()).enumerate().map(
            |(place, column)| {
                let value = self.buyers.value(place, row);
                let scaled = |value| column.scaling.scaled(in_own_unit(self.plan, place, value));
                value.map_or(0.0, |value| f64::from(scaled(value)))
            },
        ));
        codes.clear();
        codes.extend(self.codes.iter().map(|codes| codes[row]));
        nearest(self.centres.centres.iter().map(|to| distance(scaled, codes, to, self.centres.gamma)))
    }

    /// `None` of who is not grouped.
    fn of(&self, row: usize) -> Option<Placed> {
        if !self.buyers.is_grouped(row) || self.centres.centres.is_empty() {
            return None;
        }
        let known =
            |column: usize| self.buyers.value(column, row).map(|value| in_own_unit(self.plan, column, value));
        let values: Vec<Option<f64>> = (0..self.plan.numbers()).map(known).collect();
        let scaled: Vec<f64> = values
            .iter()
            .zip(&self.centres.numbers)
            .map(|(value, column)| value.map_or(0.0, |value| f64::from(column.scaling.scaled(value))))
            .collect();
        let codes: Vec<u32> = self.codes.iter().map(|codes| codes[row]).collect();
        let to = |centre: &Centre| distance(&scaled, &codes, centre, self.centres.gamma);
        let distances = self.centres.centres.iter().map(to).collect();
        Some(Placed { values, codes, distances })
    }
}

/// How far a customer is from a centre, in scaled units.
fn distance(scaled: &[f64], codes: &[u32], centre: &Centre, gamma: f64) -> f64 {
    let squares: f64 = scaled.iter().zip(&centre.means).map(|(value, mean)| (value - mean).powi(2)).sum();
    let differ = |&(&code, &mode): &(&u32, &u32)| {
        code != mode && code != clustering::MISSING && mode != clustering::MISSING
    };
    let mismatches = codes.iter().zip(&centre.modes).filter(differ).count();
    (squares + gamma * mismatches as f64).sqrt()
}

/// A distance to be shown.
fn rounded(distance: f64) -> f64 {
    (distance * DISTANCE_STEPS).round() / DISTANCE_STEPS
}

/// The centres of a fit; none before there are any.
fn centres(fit: &Fit) -> &Centres {
    static NONE: Centres = Centres::none();
    fit.centres.as_ref().unwrap_or(&NONE)
}

impl Segmentation for Clusters {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        Plan::read(settings)?.ask(question);
        Ok(())
    }

    /// The scales; then the categories of attributes; then the sample.
    fn rounds(&self) -> usize {
        3
    }

    fn summarise(
        &self,
        round: usize,
        settings: &Settings,
        fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Summary {
        let plan = Plan::checked(settings);
        let buyers = Buyers::new(&plan, &centres(fit).numbers, features);
        let sample = || buyers.sample(plan.seed, centres(fit).customers);
        let mut summary = Summary::default();
        match round {
            0 => {
                summary.totals.insert(CUSTOMERS.to_owned(), buyers.rows().count() as i128);
                for (column, feature) in plan.features.iter().enumerate() {
                    let values = buyers.rows().filter_map(|row| buyers.value(column, row)).collect();
                    summary.counts.insert(feature.name.to_owned(), ValueCounts::of(values));
                }
                for place in 0..plan.answers.len() {
                    for value in buyers.rows().filter_map(|row| buyers.answer(place, row)) {
                        *summary.totals.entry(answer_total(place, value)).or_default() += 1;
                    }
                }
            }
            1 => {
                for place in 0..plan.attributes.len() {
                    for value in sample().filter_map(|(row, _)| buyers.attribute(place, row)) {
                        *summary.totals.entry(category_total(place, value)).or_default() += 1;
                    }
                }
            }
            _ => {
                let categories = centres(fit).categories.iter().enumerate();
                let codes: Vec<Vec<u32>> =
                    categories.map(|(place, categories)| buyers.codes(place, categories)).collect();
                let rows = sample().map(|(row, mark)| {
                    let numbers = 0..plan.numbers();
                    let numbers = numbers.map(|column| buyers.value(column, row).unwrap_or(MISSING));
                    let codes = codes.iter().map(|codes| i64::from(codes[row]));
                    std::iter::once(mark.cast_signed()).chain(numbers).chain(codes).collect()
                });
                summary.rows.insert(SAMPLE.to_owned(), rows.collect());
            }
        }
        summary
    }

    fn fit(&self, round: usize, settings: &Settings, question: &Question, summary: &Summary, fit: &mut Fit) {
        self.fit_at_length(round, settings, question, summary, fit, Work::ALONE);
    }

    fn fit_at_length(
        &self,
        round: usize,
        settings: &Settings,
        _question: &Question,
        summary: &Summary,
        fit: &mut Fit,
        work: Work<'_>,
    ) {
        let plan = Plan::checked(settings);
        let known = fit.centres.get_or_insert_with(Centres::none);
        match round {
            0 => *known = fitting::scaled(&plan, summary),
            1 => known.categories = fitting::categories(&plan, summary),
            _ => {
                fitting::grouped(&plan, summary.rows(SAMPLE), known, &work);
                if !work.drawn {
                    fit.notes = words::notes(&plan, known);
                }
            }
        }
    }

    fn label(
        &self,
        settings: &Settings,
        fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let plan = Plan::checked(settings);
        let placing = Placing::new(&plan, centres(fit), features);
        let clusters = placing.centres.centres.len();
        let (mut codes, mut distances) = (Vec::new(), Vec::new());
        let (mut scaled, mut answers) = (Vec::new(), Vec::new());
        for row in 0..features.len() {
            let placed = placing.nearest(row, &mut scaled, &mut answers);
            codes.push(placed.map_or(clusters, |(cluster, _)| cluster) as u16);
            distances.push(placed.map(|(_, distance)| rounded(distance)));
        }
        let names = (0..clusters).map(name).chain([rest(&plan).to_owned()]).collect();
        let columns = [Labels::Names { names, codes: codes.into() }, Labels::Numbers(distances)];
        let names = ABOUT.columns.iter().map(|&(name, _)| name);
        names.zip(columns).map(|(name, labels)| LabelColumn { name, labels }).collect()
    }

    fn explain(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
    ) -> Vec<Reason> {
        let plan = Plan::checked(settings);
        let placing = Placing::new(&plan, centres(fit), features);
        match placing.of(row) {
            Some(placed) => words::reasons(&plan, placing.centres, &placed),
            None if plan.is_of_answers() => vec![Reason {
                part: format!("cluster = {UNANSWERED}"),
                value: "no answer".to_owned(),
                rule: "grouped by answers alone".to_owned(),
            }],
            None => vec![Reason {
                part: format!("cluster = {NO_ORDERS}"),
                value: "0 orders".to_owned(),
                rule: format!("no order up to {}", question.as_of),
            }],
        }
    }
}
