//! How many clusters there are to be, by how well they come back and how large they are.

use super::ClusteringError;
use super::bootstrap::{
    Bootstrap, ClusterStability, Compared, DRAWS, HIGHLY_STABLE, VALID, best_indexes, global_stability,
    stabilities,
};
use super::partition::{Clusterable, Label, Partition, Settings};
use super::sampling::{sample_places, stream};
use super::separation::silhouettes;
use crate::parallel::in_order;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Numbers of clusters that are tried.
pub const CLUSTERS_TRIED: RangeInclusive<usize> = 2..=10;
/// Rows that are looked at; of more a sample is. Stability seen on fewer customers is rather too low.
pub const CHOICE_ROWS_MAX: usize = 5_000;
/// Rows of which all pairs are compared for the silhouette.
pub const SILHOUETTE_ROWS_MAX: usize = 2_500;
/// Seeds that are tried for each draw.
pub const DRAW_RESTARTS: u32 = 1;
/// Smallest part of the customers that is worth a segment.
pub const SHARE_MIN: f64 = 0.01;
/// Fewest customers that are worth a segment.
pub const MEMBERS_MIN: f64 = 30.0;
/// From this mean silhouette on clusters are apart (Kaufman and Rousseeuw: a reasonable structure).
pub const APART: f64 = 0.5;
/// Silhouettes that differ by no more than this say the same.
pub const AS_APART: f64 = 0.05;
/// From this mean adjusted Rand index on two groupings agree well (Steinley, 2004).
pub const AGREEING: f64 = 0.8;

/// How the number of clusters is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceSettings {
    /// Numbers of clusters to try.
    pub clusters: RangeInclusive<usize>,
    /// How often customers are redrawn.
    pub draws: usize,
    /// Most rows that are looked at.
    pub rows_max: usize,
    /// Who is compared after a draw.
    pub compared: Compared,
    /// How clusters are looked for; its restarts are those of the original rows.
    pub search: Settings,
}

impl Default for ChoiceSettings {
    fn default() -> ChoiceSettings {
        ChoiceSettings {
            clusters: CLUSTERS_TRIED,
            draws: DRAWS,
            rows_max: CHOICE_ROWS_MAX,
            compared: Compared::Everyone,
            search: Settings::default(),
        }
    }
}

/// What was found for one number of clusters, on the rows that were looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub clusters: usize,
    /// The mean adjusted Rand index of pairs of draws.
    pub mean_stability: f64,
    /// The index of each pair of draws, to show its spread.
    pub pairs: Vec<f64>,
    /// How each cluster came back, in the order of clusters.
    pub by_cluster: Vec<ClusterStability>,
    /// The least mean Jaccard index of a cluster.
    pub least_jaccard: f64,
    /// The part of the rows that is in the smallest cluster.
    pub smallest_share: f64,
    /// Whether every cluster is large enough to be worth a segment.
    pub large_enough: bool,
    pub inertia: f64,
    pub silhouette: Option<f64>,
    pub calinski_harabasz: Option<f64>,
    pub davies_bouldin: Option<f64>,
}

/// Why a number of clusters was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Highly stable, apart and large enough; of those whose silhouette is as good as the highest
    /// ([`AS_APART`]) the most clusters.
    FarthestApart,
    /// Nothing is apart: the most clusters of which every one is valid and large enough, and on which
    /// draws agree.
    MostThatAreStable,
    /// Nothing is stable: of those large enough the one whose weakest cluster comes back best.
    LeastUnstable,
    /// No number gives clusters that are all large enough: the one whose weakest comes back best.
    NoneLargeEnough,
}

/// What the segments are (Dolnicar and Leisch, 2010).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There are groups in the data, and these are they.
    Natural,
    /// There are no groups that are apart, but the data cut themselves in the same way each time.
    Reproducible,
    /// The segments are made, not found: other customers would have given others.
    Constructive,
}

/// The number of clusters that was chosen, and all that it was chosen from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub clusters: usize,
    pub reason: Reason,
    pub verdict: Verdict,
    /// By ascending number of clusters.
    pub candidates: Vec<Candidate>,
    /// Rows that were looked at, and all rows.
    pub rows_looked_at: usize,
    pub rows: usize,
}

/// Tries numbers of clusters and chooses one.
///
/// For each number the rows (a sample of many) are clustered; then customers are redrawn, clusters
/// made anew, and the original rows labelled by the nearest new centre. [`Reason`] says how the choice
/// is made from what is seen. Numbers that give fewer clusters, since too few rows differ, are left out.
/// `None` where no number is left: there is nothing to choose, all is one cluster.
///
/// # Errors
/// Where a number of clusters to try is not possible.
pub fn choose<R: Clusterable>(
    rows: &R,
    settings: &ChoiceSettings,
) -> Result<Option<Choice>, ClusteringError> {
    choose_watched(rows, settings, &|_, _| {})
}

/// As [`choose`]; `progress` is told how many of how many pieces of work are done, from any thread.
///
/// # Errors
/// As [`choose`].
pub fn choose_watched<R: Clusterable>(
    rows: &R,
    settings: &ChoiceSettings,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Option<Choice>, ClusteringError> {
    let places = sample_places(rows.count(), settings.rows_max, &mut stream(settings.search.seed, 0));
    let sample = rows.drawn(&places);
    let partitions = partitions(&sample, settings)?;
    let relabelled = relabel(&sample, &partitions, settings, progress);
    let shown = sample_places(places.len(), SILHOUETTE_ROWS_MAX, &mut stream(settings.search.seed, 1));
    let widths = shown_silhouettes(&sample, &partitions, &shown, settings.search.threads);
    let each = partitions.iter().zip(&relabelled).zip(widths);
    let candidates: Vec<Candidate> = each
        .map(|((partition, draws), silhouette)| Candidate {
            silhouette,
            ..candidate(&sample, partition, draws, rows.count())
        })
        .collect();
    Ok(decide(&candidates).map(|(clusters, reason, verdict)| Choice {
        clusters,
        reason,
        verdict,
        candidates,
        rows_looked_at: places.len(),
        rows: rows.count(),
    }))
}

/// The rows in each number of clusters, up to the first that gives fewer than asked for.
fn partitions<R: Clusterable>(
    sample: &R,
    settings: &ChoiceSettings,
) -> Result<Vec<Partition<R::Centre>>, ClusteringError> {
    let numbers: Vec<usize> = settings.clusters.clone().collect();
    let alone = Settings { threads: 1, ..settings.search };
    // The largest number takes longest and comes first, so that threads end together.
    let last = numbers.len().saturating_sub(1);
    let mut found = in_order(numbers.len(), settings.search.threads, |piece| {
        sample.cluster(numbers[last - piece], &alone)
    });
    found.reverse();
    let mut partitions = Vec::with_capacity(numbers.len());
    for (partition, clusters) in found.into_iter().zip(numbers) {
        let partition = partition?;
        if partition.centres.len() < clusters {
            break;
        }
        partitions.push(partition);
    }
    Ok(partitions)
}

/// What the draws gave for one number of clusters.
struct Redrawn {
    indexes: Vec<Vec<f64>>,
    labels: Vec<Vec<Label>>,
}

/// Makes clusters anew for every draw and every number of clusters.
fn relabel<R: Clusterable>(
    sample: &R,
    partitions: &[Partition<R::Centre>],
    settings: &ChoiceSettings,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Redrawn> {
    let (done, all) = (AtomicUsize::new(0), settings.draws * partitions.len());
    let Settings { seed, threads, .. } = settings.search;
    let bootstrap = Bootstrap { draws: settings.draws, seed, threads };
    let draws = in_order(settings.draws, threads, |number| {
        let draw = bootstrap.draw(sample.count(), number);
        (sample.drawn(&draw.places), draw)
    });
    // One piece per draw and number: many small ones share out evenly.
    let pieces = in_order(all, threads, |piece| {
        let (drawn, draw) = &draws[piece / partitions.len()];
        let original = &partitions[piece % partitions.len()];
        let clusters = original.centres.len();
        let search = Settings { restarts: DRAW_RESTARTS, seed: draw.seed, threads: 1, ..settings.search };
        // The number was possible for the original rows; a draw can only give fewer clusters.
        let found = drawn.cluster(clusters, &search);
        let labels = found.map_or_else(|_| vec![0; sample.count()], |found| sample.assign(&found.centres));
        let indexes = best_indexes(&original.labels, clusters, &labels, draw, settings.compared);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, all);
        (indexes, labels)
    });
    let mut redrawn: Vec<Redrawn> =
        partitions.iter().map(|_| Redrawn { indexes: Vec::new(), labels: Vec::new() }).collect();
    for (piece, (indexes, labels)) in pieces.into_iter().enumerate() {
        let number = &mut redrawn[piece % partitions.len()];
        number.indexes.push(indexes);
        number.labels.push(labels);
    }
    redrawn
}

fn candidate<R: Clusterable>(
    sample: &R,
    partition: &Partition<R::Centre>,
    draws: &Redrawn,
    customers: usize,
) -> Candidate {
    let clusters = partition.centres.len();
    let by_cluster = stabilities(&draws.indexes, clusters);
    let pairs = global_stability(&draws.labels);
    let smallest = partition.sizes.iter().min().copied().unwrap_or_default();
    let smallest_share = smallest as f64 / sample.count() as f64;
    let (calinski_harabasz, davies_bouldin) = sample.separation(&partition.labels);
    Candidate {
        clusters,
        mean_stability: pairs.iter().sum::<f64>() / pairs.len().max(1) as f64,
        pairs,
        least_jaccard: by_cluster.iter().map(|cluster| cluster.mean).fold(1.0, f64::min),
        by_cluster,
        smallest_share,
        large_enough: is_large_enough(smallest as u64, sample.count() as u64, customers as u64),
        inertia: partition.inertia,
        silhouette: None,
        calinski_harabasz,
        davies_bouldin,
    }
}

/// Whether a cluster of so many of those looked at is worth a segment of all customers. Whole numbers
/// are held against the limits, so that what is on one is not lost to rounding.
pub(super) fn is_large_enough(smallest: u64, looked_at: u64, customers: u64) -> bool {
    let share = smallest as f64 / looked_at as f64;
    share >= SHARE_MIN && (smallest * customers) as f64 >= MEMBERS_MIN * looked_at as f64
}

fn shown_silhouettes<R: Clusterable>(
    sample: &R,
    partitions: &[Partition<R::Centre>],
    shown: &[u32],
    threads: usize,
) -> Vec<Option<f64>> {
    let labels = |partition: &Partition<R::Centre>| -> Vec<Label> {
        shown.iter().map(|&place| partition.labels[place as usize]).collect()
    };
    let labels: Vec<Vec<Label>> = partitions.iter().map(labels).collect();
    let groupings: Vec<&[Label]> = labels.iter().map(Vec::as_slice).collect();
    let rows = sample.drawn(shown);
    silhouettes(&groupings, threads, |row| rows.distances(row))
}

/// The rule: see [`Reason`] and [`Verdict`].
pub(super) fn decide(candidates: &[Candidate]) -> Option<(usize, Reason, Verdict)> {
    let apart =
        |c: &&Candidate| c.least_jaccard >= HIGHLY_STABLE && c.silhouette.is_some_and(|width| width >= APART);
    let stable = |c: &&Candidate| c.least_jaccard >= VALID && c.mean_stability >= AGREEING;
    let large = || candidates.iter().filter(|c| c.large_enough);
    // Of equals the first, which has fewer clusters.
    let highest = |among: &mut dyn Iterator<Item = &Candidate>, mark: fn(&Candidate) -> f64| {
        among.fold(None, |best: Option<(f64, usize)>, c| match best {
            Some((top, _)) if mark(c) <= top => best,
            _ => Some((mark(c), c.clusters)),
        })
    };
    let width = |c: &Candidate| c.silhouette.unwrap_or(-1.0);
    if let Some((widest, _)) = highest(&mut large().filter(apart), width) {
        let most = large().filter(apart).rfind(|c| width(c) >= widest - AS_APART)?;
        return Some((most.clusters, Reason::FarthestApart, Verdict::Natural));
    }
    if let Some(most) = large().rfind(stable) {
        return Some((most.clusters, Reason::MostThatAreStable, Verdict::Reproducible));
    }
    if let Some((_, clusters)) = highest(&mut large(), |c| c.least_jaccard) {
        return Some((clusters, Reason::LeastUnstable, Verdict::Constructive));
    }
    let (_, clusters) = highest(&mut candidates.iter(), |c| c.least_jaccard)?;
    Some((clusters, Reason::NoneLargeEnough, Verdict::Constructive))
}
