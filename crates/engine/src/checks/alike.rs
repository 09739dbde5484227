//! Segments that do not differ in anything that is known of their customers.
//!
//! The attributes by which customers were put into segments do not count: a division by star sign
//! always differs in the star sign, and the question is whether it differs in anything else.

use super::narrow::CUSTOMERS_MIN;
use super::{Figure, Finding, Judged};
use crate::profile::{Profile, Segment};
use model::comparison::{D_MIN, P_MAX, V_MIN, cohens_d, holm, welch};

/// Largest segments that are compared with each other: more make more pairs than anybody reads, and
/// that they are too many is a finding of its own.
pub const SEGMENTS_COMPARED_MAX: usize = 40;

/// Two segments held against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Places of the segments among the names.
    pub segments: (usize, usize),
    /// The feature or attribute in which they differ most, with the size of the difference: abs(d) in
    /// standard deviations, or V, each divided by its limit. `None` where nothing could be compared.
    pub most: Option<(String, f64)>,
    /// Whether any difference is both large enough and no chance.
    pub differ: bool,
}

/// A difference between two segments.
struct Difference<'a> {
    name: &'a str,
    /// 1 where it is just large enough.
    size: f64,
    p: f64,
}

/// Holds every two of some segments against each other, leaving out the attributes they were `cut_by`.
/// p-values are adjusted over the differences of a
/// pair: a pair that has nothing apart is called different in 5 of 100 cases at most.
pub fn pairs(profile: &Profile, segments: &[Segment<'_>], cut_by: &[String]) -> Vec<Pair> {
    let mut found = Vec::new();
    for (number, one) in segments.iter().enumerate() {
        for two in &segments[number + 1..] {
            let all = differences(profile, one.place, two.place, cut_by);
            let adjusted = holm(&all.iter().map(|difference| difference.p).collect::<Vec<_>>());
            let differ = all.iter().zip(&adjusted).any(|(one, &p)| one.size >= 1.0 && p < P_MAX);
            let most = all.iter().max_by(|a, b| a.size.total_cmp(&b.size));
            found.push(Pair {
                segments: (one.place, two.place),
                most: most.map(|most| (most.name.to_owned(), most.size)),
                differ,
            });
        }
    }
    found
}

fn differences<'a>(profile: &'a Profile, one: usize, two: usize, cut_by: &[String]) -> Vec<Difference<'a>> {
    let features = profile.scaled.iter().filter_map(|(measure, moments)| {
        let (first, second) = (&moments[one], &moments[two]);
        let size = cohens_d(first, second)?.abs() / D_MIN;
        Some(Difference { name: measure.feature, size, p: welch(first, second)? })
    });
    let texts = profile.texts.iter().filter(|table| !cut_by.contains(&table.name));
    let texts = texts.filter(|table| table.known(one) > 0 && table.known(two) > 0);
    let texts = texts.map(|table| {
        let compared = table.compared(&[one, two]);
        Difference { name: &table.name, size: compared.cramers_v() / V_MIN, p: compared.chance() }
    });
    features.chain(texts).collect()
}

pub(super) fn find(judged: &Judged<'_>) -> Vec<Finding> {
    let division = &judged.division;
    // Of fewer nothing could be shown, whatever they are; that they are few is a finding of its own.
    let mut segments = division.groups();
    segments.retain(|segment| segment.customers >= CUSTOMERS_MIN);
    segments.sort_by_key(|segment| std::cmp::Reverse(segment.customers));
    segments.truncate(SEGMENTS_COMPARED_MAX);
    segments.sort_by_key(|segment| segment.place);
    let cut_by = division.cut_by(judged.question);
    let alike = pairs(judged.profile, &segments, &cut_by).into_iter().filter(|pair| !pair.differ);
    alike
        .map(|pair| {
            let name = |place: usize| division.names()[place].as_str();
            let kind = if pair.most.is_some() { "alike" } else { "alike-unknown" };
            let finding = Finding::new("alike", kind).of(name(pair.segments.0)).of(name(pair.segments.1));
            match pair.most {
                Some((feature, _)) => finding.with("nearest", Figure::Name(feature)),
                None => finding,
            }
        })
        .collect()
}
