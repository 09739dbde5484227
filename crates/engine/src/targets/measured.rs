//! What data say of segments that are to be chosen from: figures to be rated, and what may knock one out.

use super::plan::Limits;
use super::potential::{Potential, Reach};
use crate::checks::{CUSTOMERS_MIN, SEGMENTS_COMPARED_MAX, Stabilities, pairs};
use crate::features::Features;
use crate::profile::{Division, Profile, Segment};
use crate::segmentations::contract::Labels;
use arrow_array::{Array, Float64Array};
use model::comparison::{Moments, P_MAX, Table, V_MIN, holm};
use model::money::SCALE;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Texts that nobody can see of a customer before they have bought.
const UNSEEN: [&str; 4] = ["favourite_category", "favourite_brand", "favourite_channel", "occasion"];
/// Percent of net money whose cost must be known for margins to be told.
const COSTED_PERCENT_MIN: i128 = 95;

/// A segment with all that data say of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    pub name: String,
    pub customers: u64,
    /// By criterion, see [`CRITERIA`]; what is not known is not there. Money in units of the currency.
    ///
    /// [`CRITERIA`]: super::CRITERIA
    pub figures: BTreeMap<&'static str, f64>,
    /// Whether it meets a knock-out criterion; what is not known is not there.
    pub holds: BTreeMap<&'static str, bool>,
}

/// All that segments are measured by.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub division: Division<'a>,
    pub profile: &'a Profile,
    /// Of the segments of the division.
    pub potentials: &'a [Potential],
    pub reach: &'a Reach,
    /// How segments come back when customers are drawn anew; `None`: it was not looked at.
    pub stabilities: Option<&'a Stabilities>,
    /// Tables with the column `p_alive`, bucket by bucket; empty where nothing could be predicted.
    pub predicted: &'a [Features],
    /// Attributes that customers were put into segments by.
    pub cut_by: &'a [String],
}

/// Measures the segments that have customers, not who is left over, in the order of the names.
pub fn measured(known: &Known<'_>, limits: &Limits) -> Vec<Measured> {
    let groups = known.division.groups();
    let distinct = distinct(known, &groups);
    let alive = alive(known);
    let expected = expected(known);
    let is_costed = {
        let sum = |of: fn(&Potential) -> i128| known.potentials.iter().map(of).sum::<i128>();
        let (revenue, costed) = (sum(|one| one.sums.revenue), sum(|one| one.sums.costed_revenue));
        revenue > 0 && costed * 100 >= revenue * COSTED_PERCENT_MIN
    };
    let of = |segment: &Segment<'_>| {
        let potential = known.potentials.iter().find(|one| one.name == segment.name)?;
        let mut figures = figures(potential, known.reach, is_costed);
        figures.extend(alive[segment.place].map(|share| ("alive", share)));
        figures.extend(expected[segment.place].map(|money| ("priority", money)));
        let share = |part: u64, whole: u64| part as f64 / whole.max(1) as f64 * 100.0;
        let base = known.division.customers();
        let is_large =
            segment.customers >= limits.customers_min && share(segment.customers, base) >= limits.share_min;
        let mut holds = BTreeMap::from([("large_enough", is_large)]);
        let spread = spread(known.profile, segment.place);
        holds.extend(spread.map(|spread| ("homogeneous", spread <= limits.spread_max)));
        holds.extend(stability(known, segment.place).map(|mean| ("stable", mean >= limits.stability_min)));
        holds.extend(distinct.get(&segment.place).map(|&distinct| ("distinct", distinct)));
        holds.extend(identifiable(known, segment.place).map(|found| ("identifiable", found)));
        if *known.reach != Reach::Everybody {
            let reached = share(potential.reachable, segment.customers);
            holds.insert("reachable", reached >= limits.reachable_min);
        }
        Some(Measured { name: segment.name.to_owned(), customers: segment.customers, figures, holds })
    };
    groups.iter().filter_map(of).collect()
}

fn figures(of: &Potential, reach: &Reach, is_costed: bool) -> BTreeMap<&'static str, f64> {
    let money = |sum: i128| sum as f64 / SCALE as f64;
    let customers = of.sums.customers.max(1) as f64;
    let mut figures =
        BTreeMap::from([("size", of.sums.customers as f64), ("revenue", money(of.revenue_year))]);
    figures.extend(of.growth().map(|growth| ("growth", growth)));
    if is_costed && of.sums.costed_revenue > 0 {
        figures.insert("margin", of.sums.margin as f64 / of.sums.costed_revenue as f64);
    }
    figures.extend(of.order_value.map(|value| ("order_value", value.to_f64())));
    figures.insert("ltv", money(of.ltv) / customers);
    if *reach != Reach::Everybody {
        figures.insert("reach", of.reachable as f64 / customers);
    }
    if of.ordered > 0 {
        figures.insert("repeat", of.returning as f64 / of.ordered as f64);
    }
    figures
}

/// The variance in a segment beside that in the base, on average over the measures; `None` below two
/// customers, or where nobody differs in anything.
fn spread(profile: &Profile, segment: usize) -> Option<f64> {
    let ratios = profile.scaled.iter().filter_map(|(_, of)| {
        let whole = of.iter().fold(Moments::default(), |mut sum, one| {
            sum.add(one);
            sum
        });
        let base = whole.variance().filter(|&variance| variance > 0.0)?;
        Some(of[segment].variance()? / base)
    });
    let ratios: Vec<f64> = ratios.collect();
    (!ratios.is_empty()).then(|| ratios.iter().sum::<f64>() / ratios.len() as f64)
}

fn stability(known: &Known<'_>, place: usize) -> Option<f64> {
    let found = known.stabilities?;
    (found.looked_at[place] > 0).then(|| found.of[place].mean)
}

/// Whether no other segment is alike, by place; of those that are too small to show it nothing.
fn distinct(known: &Known<'_>, groups: &[Segment<'_>]) -> BTreeMap<usize, bool> {
    let mut segments: Vec<Segment<'_>> = groups.to_vec();
    segments.retain(|segment| segment.customers >= CUSTOMERS_MIN);
    segments.sort_by_key(|segment| Reverse(segment.customers));
    segments.truncate(SEGMENTS_COMPARED_MAX);
    segments.sort_by_key(|segment| segment.place);
    // Contacts and consents say how to reach somebody, not who they are.
    let beside = known.reach.attributes().iter().map(|&name| name.to_owned());
    let left_out: Vec<String> = known.cut_by.iter().cloned().chain(beside).collect();
    let mut distinct: BTreeMap<usize, bool> = segments.iter().map(|one| (one.place, true)).collect();
    for pair in pairs(known.profile, &segments, &left_out).iter().filter(|pair| !pair.differ) {
        distinct.insert(pair.segments.0, false);
        distinct.insert(pair.segments.1, false);
    }
    distinct
}

/// Whether an attribute tells a segment from all others; p-values are adjusted over the attributes. `None`
/// where no attribute is known of both.
fn identifiable(known: &Known<'_>, segment: usize) -> Option<bool> {
    let attributes = known.reach.attributes();
    let seen = |name: &str| !UNSEEN.contains(&name) && !attributes.contains(&name);
    let tables = known.profile.texts.iter().filter(|table| seen(&table.name)).filter_map(|table| {
        let own = &table.counts[segment];
        let sum = |value: usize| table.counts.iter().map(|of| of[value]).sum::<u64>();
        let others: Vec<u64> = own.iter().enumerate().map(|(value, own)| sum(value) - own).collect();
        let both = own.iter().sum::<u64>() > 0 && others.iter().sum::<u64>() > 0;
        let columns = own.len();
        both.then(|| Table::new(own.iter().copied().chain(others).collect(), columns))
    });
    let tables: Vec<Table> = tables.collect();
    let adjusted = holm(&tables.iter().map(Table::chance).collect::<Vec<_>>());
    let told = tables.iter().zip(adjusted).any(|(table, p)| table.cramers_v() >= V_MIN && p < P_MAX);
    (!tables.is_empty()).then_some(told)
}

/// The mean probability of each segment's customers with an order that they are still there.
fn alive(known: &Known<'_>) -> Vec<Option<f64>> {
    let division = &known.division;
    let mut sums = vec![(0.0, 0_u64); division.names().len()];
    for (bucket, table) in known.predicted.iter().enumerate() {
        let column = table.column("p_alive");
        let Some(values) = column.and_then(|values| values.as_any().downcast_ref::<Float64Array>()) else {
            continue;
        };
        let ids = table.customer_ids().iter().enumerate();
        let rows: HashMap<&str, usize> = ids.filter_map(|(row, id)| Some((id?, row))).collect();
        let own = division.features()[bucket].customer_ids();
        for (row, code) in division.codes(bucket).iter().enumerate() {
            let known = rows.get(own.value(row)).filter(|&&row| values.is_valid(row));
            if let Some(&place) = known {
                let (sum, count) = &mut sums[usize::from(code)];
                *sum += values.value(place);
                *count += 1;
            }
        }
    }
    sums.into_iter().map(|(sum, count)| (count > 0).then(|| sum / count as f64)).collect()
}

/// What is expected of one customer of each segment, by the label column `expected_365`; who has never
/// ordered counts as nothing.
fn expected(known: &Known<'_>) -> Vec<Option<f64>> {
    let division = &known.division;
    let mut sums = vec![(0_i128, 0_u64); division.names().len()];
    for bucket in 0..division.features().len() {
        let Some(Labels::Money(values)) = division.label(bucket, "expected_365") else { continue };
        for (code, value) in division.codes(bucket).iter().zip(values) {
            let (sum, count) = &mut sums[usize::from(code)];
            *sum += i128::from(value.unwrap_or(0));
            *count += 1;
        }
    }
    let mean = |(sum, count): (i128, u64)| sum as f64 / SCALE as f64 / count as f64;
    sums.into_iter().map(|one| (one.1 > 0).then(|| mean(one))).collect()
}
