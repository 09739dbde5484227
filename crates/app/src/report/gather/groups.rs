//! Clusters and segments by one's own rules as a report shows them.

use super::Analysis;
use super::counted::{Counted, money};
use crate::report::data::{Cluster, ClusterChoice, Clusters, RuleSegment, Usual};
use engine::features::{Unit, feature_named};
use engine::segmentations::centres::{Centre, Centres};
use engine::segmentations::{NO_ORDERS, rules};
use model::clustering::Choice;
use model::money::{Money, SCALE};
use serde::Serialize;

/// `None` where there are too few customers for two groups.
pub(super) fn clusters(analysis: &Analysis, counted: &Counted) -> Option<Clusters> {
    let (_, fit) = analysis.segmentation("clusters")?;
    let centres = fit.centres.as_ref().filter(|found| found.centres.len() > 1)?;
    let segments: Vec<_> = counted.clusters.filled().filter(|(_, name, _)| *name != NO_ORDERS).collect();
    let chosen = centres.choice.as_ref();
    let cluster = |(place, name, sums): &(usize, &str, &super::counted::Sums)| Cluster {
        name: (*name).to_owned(),
        customers: sums.customers,
        revenue: sums.revenue(),
        stability: chosen.and_then(|choice| stability(choice, *place)),
        usual: centres.centres.get(*place).map_or(Vec::new(), |centre| usual(centres, centre)),
        rules: of_cluster(centres, *place),
    };
    Some(Clusters {
        customers: centres.customers,
        looked_at: centres.looked_at,
        choice: chosen.map(choice),
        features: centres.numbers.iter().map(|column| column.feature.clone()).collect(),
        clusters: segments.iter().map(cluster).collect(),
        accuracy: centres.accuracy,
    })
}

fn choice(choice: &Choice) -> ClusterChoice {
    let tried = |end: Option<usize>| end.unwrap_or(choice.clusters) as u64;
    let own = choice.candidates.iter().find(|one| one.clusters == choice.clusters);
    ClusterChoice {
        reason: named(&choice.reason),
        verdict: named(&choice.verdict),
        tried: [
            tried(choice.candidates.first().map(|one| one.clusters)),
            tried(choice.candidates.last().map(|one| one.clusters)),
        ],
        agreement: own.map_or(0.0, |one| one.mean_stability),
    }
}

/// The name of a reason or verdict in outputs.
fn named(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// How well a cluster came back, on the rows that the choice was made from.
fn stability(choice: &Choice, place: usize) -> Option<f64> {
    let own = choice.candidates.iter().find(|one| one.clusters == choice.clusters)?;
    Some(own.by_cluster.get(place)?.mean)
}

fn usual(centres: &Centres, centre: &Centre) -> Vec<Usual> {
    let each = centres.numbers.iter().zip(&centre.means);
    let value = |(column, mean): (&engine::segmentations::centres::Scaled, &f64)| {
        let value = column.scaling.original(*mean);
        match feature_named(&column.feature).map(|feature| feature.unit) {
            Some(Unit::Money) => Usual::Money(Money((value * SCALE as f64).round() as i64)),
            _ => Usual::Number(value),
        }
    };
    each.map(value).collect()
}

/// The rules of a cluster, the one that covers the most first.
fn of_cluster(centres: &Centres, place: usize) -> Vec<String> {
    let mut own: Vec<_> = centres.rules.iter().filter(|rule| rule.cluster == place).collect();
    own.sort_by_key(|rule| std::cmp::Reverse(rule.customers));
    own.into_iter().map(|rule| rule.text.clone()).collect()
}

/// Segments by rules in their order, the remainder last; empty where no rules were given.
pub(super) fn rules(analysis: &Analysis, counted: &Counted) -> Vec<RuleSegment> {
    let Some((asked, _)) = analysis.segmentation("rules") else { return Vec::new() };
    let Ok(read) = rules::read::read(asked.settings.text("rules")) else { return Vec::new() };
    if read.rules.is_empty() {
        return Vec::new();
    }
    let conditions = rules::expressions(&read);
    let each = counted.rules.names.iter().zip(&counted.rules.sums).enumerate();
    each.map(|(place, (name, sums))| RuleSegment {
        name: name.clone(),
        condition: conditions.get(place).map(ToString::to_string),
        customers: sums.customers,
        orders: sums.orders,
        revenue: money(sums.revenue),
    })
    .collect()
}
