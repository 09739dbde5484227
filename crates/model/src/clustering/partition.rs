//! What a clustering gives, and what can be clustered.

use super::{CLUSTERS_MAX, ClusteringError};
use serde::{Deserialize, Serialize};

/// The number of a cluster, from 0.
pub type Label = u16;

/// How clusters are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Seeds that are tried; the best by inertia is kept. At least one is.
    pub restarts: u32,
    /// Swaps that are tried on each restart's result: a centre is taken away and one put on a random
    /// row. Only k-means does so, and the fewer the more rows there are.
    pub swaps: u32,
    /// Most rounds of assigning rows and moving centres.
    pub iterations_max: u32,
    /// Stops when the squares of the centres' last moves add up to no more than this part of the mean
    /// variance of the columns; 0 goes on until no row changes its cluster.
    pub tolerance: f64,
    /// Where draws begin.
    pub seed: u64,
    /// Threads that work; the result does not depend on it.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { restarts: 10, swaps: 30, iterations_max: 300, tolerance: 0.0, seed: 0, threads: 1 }
    }
}

/// Rows in clusters.
///
/// Clusters stand in order of size, the largest first; of equal size, in the order of their centres'
/// coordinates. There are fewer than were asked for where fewer rows differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition<C> {
    /// The cluster of each row.
    pub labels: Vec<Label>,
    /// The centre of each cluster.
    pub centres: Vec<C>,
    /// How many rows are in each cluster; none is empty.
    pub sizes: Vec<usize>,
    /// The sum of the rows' dissimilarities to their centres: for k-means the squares of distances.
    pub inertia: f64,
    /// Rounds that were needed.
    pub iterations: u32,
    /// Whether they ended by themselves and not at `iterations_max`.
    pub converged: bool,
}

/// Rows that can be drawn, clustered and labelled by the nearest centre.
pub trait Clusterable: Send + Sync + Sized {
    /// What stands in the middle of a cluster.
    type Centre: Clone + Send + Sync;

    /// How many rows; at least one.
    fn count(&self) -> usize;

    /// The rows at these places, in this order; a place may stand more than once.
    fn drawn(&self, places: &[u32]) -> Self;

    /// Groups the rows around `k` centres.
    ///
    /// # Errors
    /// Where `k` is not from 1 to [`CLUSTERS_MAX`].
    fn cluster(&self, k: usize, settings: &Settings) -> Result<Partition<Self::Centre>, ClusteringError>;

    /// The nearest centre of each row; of equally near ones the first.
    fn assign(&self, centres: &[Self::Centre]) -> Vec<Label>;

    /// How far each row is from one of them, a square root where the method adds squares.
    fn distances(&self, row: usize) -> Vec<f64>;

    /// The scores of Calinski and Harabasz and of Davies and Bouldin, where they are defined.
    fn separation(&self, labels: &[Label]) -> (Option<f64>, Option<f64>);
}

/// Refuses a number of clusters that cannot be.
pub(super) fn check_clusters(k: usize) -> Result<(), ClusteringError> {
    if k == 0 || k > CLUSTERS_MAX { Err(ClusteringError::ClusterCount { asked: k }) } else { Ok(()) }
}

impl<C: Clone> Partition<C> {
    /// Brings clusters into their order, by size and then as `by_centre` says, and drops empty ones.
    pub(super) fn ordered(mut self, by_centre: impl Fn(&C, &C) -> std::cmp::Ordering) -> Partition<C> {
        let mut order: Vec<usize> = (0..self.centres.len()).filter(|&c| self.sizes[c] > 0).collect();
        order.sort_by(|&a, &b| {
            self.sizes[b].cmp(&self.sizes[a]).then_with(|| by_centre(&self.centres[a], &self.centres[b]))
        });
        let mut place = vec![0; self.centres.len()];
        order.iter().zip(0..).for_each(|(&from, to): (_, Label)| place[from] = to);
        self.labels.iter_mut().for_each(|label| *label = place[usize::from(*label)]);
        self.centres = order.iter().map(|&from| self.centres[from].clone()).collect();
        self.sizes = order.iter().map(|&from| self.sizes[from]).collect();
        self
    }
}
