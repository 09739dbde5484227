//! What buckets say of money and variation, and the cuts that it is fitted into.

use super::classing::{NO_VARIATION, PERIODS_KNOWN_MIN, abc_bins, key_variation, pareto, variation_key, xyz};
use super::notes::note;
use super::{Columns, Plan};
use crate::features::{Features, Question};
use crate::segmentations::contract::{Fit, Summary};
use crate::segmentations::narrowing::Narrowing;
use model::histogram::Binning;
use model::quantiles::ValueCounts;

/// Most points of the Pareto curve.
pub const PARETO_POINTS_MAX: usize = 200;

pub(super) const MONEY: &str = "money";
const VARIATIONS: &str = "variations";
/// Customers per letter of XYZ, where the limits are known beforehand.
const LETTERS: [&str; 3] = ["x", "y", "z"];
pub(super) const BUYERS: &str = "buyers";
pub(super) const NO_COST: &str = "no_cost";

/// The first round: how money lies, and letters of variation, or the variations where the limits are yet
/// to be found.
pub(super) fn summarise(plan: &Plan, features: &Features) -> Summary {
    let columns = Columns::new(features);
    let bought = || (0..features.len()).filter(|&row| columns.has_bought(row));
    let (mut buyers, mut no_cost, mut money) = (0_u32, 0_u32, Binning::default());
    for row in bought() {
        buyers += 1;
        no_cost += u32::from(columns.money.get(row).is_none());
        money.add(columns.money(row));
    }
    let mut summary = Summary::default();
    summary.histograms.insert(MONEY.to_owned(), money.finish());
    let (mut variations, mut told, mut above) = (Vec::new(), 0_u32, [0_u32; 2]);
    for row in bought() {
        let variation = columns.variation(row);
        let is_known = columns.known(row) >= PERIODS_KNOWN_MIN;
        if plan.quantiles && is_known && variation < NO_VARIATION {
            variations.push(variation_key(variation));
            continue;
        }
        // Added up without a branch: who varies by how much cannot be foreseen.
        told += u32::from(is_known);
        for (count, limit) in above.iter_mut().zip(plan.xyz_limits) {
            *count += u32::from(is_known & (variation > limit));
        }
    }
    summary.counts.insert(VARIATIONS.to_owned(), ValueCounts::of(variations));
    let letters = [told - above[0], above[0] - above[1], above[1]];
    let totals = LETTERS.into_iter().zip(letters).chain([(BUYERS, buyers), (NO_COST, no_cost)]);
    summary.totals.extend(totals.map(|(name, total)| (name.to_owned(), i128::from(total))));
    summary
}

/// The second round: the money in the bins that the cuts of ABC lie in.
pub(super) fn summarise_within(fit: &Fit, features: &Features) -> Summary {
    let mut summary = Summary::default();
    if let Some(mut gathered) = fit.narrowings.get(MONEY).and_then(Narrowing::gather) {
        let columns = Columns::new(features);
        let bought = (0..features.len()).filter(|&row| columns.has_bought(row));
        bought.for_each(|row| gathered.add(columns.money(row)));
        summary.counts.insert(MONEY.to_owned(), gathered.finish());
    }
    summary
}

/// Fits the limits of XYZ; of ABC, which bins its cuts lie in.
pub(super) fn fit(plan: &Plan, question: &Question, summary: &Summary, fit: &mut Fit) {
    let money = summary.histogram(MONEY);
    let cuts = abc_bins(&money, plan.abc_limits);
    fit.narrowings.insert(MONEY.to_owned(), Narrowing::new(money, cuts.into_iter().flatten()));
    let variations = summary.set(VARIATIONS);
    let limits = match variations.cuts(3).as_slice() {
        &[x, y] if plan.quantiles => [key_variation(x), key_variation(y)],
        _ => plan.xyz_limits,
    };
    fit.numbers.insert("x_limit".to_owned(), limits[0]);
    fit.numbers.insert("y_limit".to_owned(), limits[1]);
    let mut letters = LETTERS.map(|letter| summary.total(letter) as u64);
    for (key, count) in variations.iter() {
        letters[xyz(key_variation(key), PERIODS_KNOWN_MIN, limits)] += count;
    }
    note(plan, question, summary, letters, fit);
}

/// Fits the cuts of ABC.
pub(super) fn fit_within(plan: &Plan, summary: &Summary, fit: &mut Fit) {
    let Some(narrowing) = fit.narrowings.remove(MONEY) else { return };
    let money = narrowing.settled(summary.set(MONEY));
    if let Some([a, b]) = abc_bins(&money, plan.abc_limits) {
        fit.exact.insert("a_from".to_owned(), a.least);
        fit.exact.insert("b_from".to_owned(), b.least);
    }
    fit.curves.insert("pareto".to_owned(), pareto(&money, PARETO_POINTS_MAX));
}
