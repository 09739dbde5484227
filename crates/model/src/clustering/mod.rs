//! Clusters: customers grouped by themselves, by nearness in their features.
//!
//! Features are scaled ([`scaling`]) and grouped around centres ([`kmeans()`], or [`kprototypes()`]
//! where some are categories). How many groups there are to be is decided by how well they come back
//! when customers are drawn anew ([`choose()`]), and a short tree says in words what each group is
//! ([`tree`]). The same rows, settings and seed give the same labels to the bit, on any number of
//! threads.

mod matrix;
mod columns;
mod scaling;
mod sampling;
mod seeding;
mod partition;
mod nearest;
mod runs;
mod lloyd;
mod transfer;
mod agreement;
mod separation;
mod kmeans;
mod kprototypes;
mod bootstrap;
mod choice;
pub mod tree;
#[cfg(test)]
mod tests;

use thiserror::Error;

pub use agreement::{Contingency, adjusted_rand, jaccard};
pub use bootstrap::{
    Bootstrap, ClusterStability, Compared, DISSOLVED, DRAWS, Draw, HIGHLY_STABLE, RECOVERED, Stability,
    UNSTABLE, VALID, clusterwise_jaccard, global_stability,
};
pub use choice::{
    AGREEING, APART, AS_APART, CHOICE_ROWS_MAX, CLUSTERS_TRIED, Candidate, Choice, ChoiceSettings,
    DRAW_RESTARTS, MEMBERS_MIN, Reason, SHARE_MIN, SILHOUETTE_ROWS_MAX, Verdict, choose, choose_watched,
};
pub use kmeans::{kmeans, kmeans_from};
pub use kprototypes::{MISSING, Mixed, Prototype, kprototypes};
pub use matrix::{Matrix, VALUE_MAX};
pub use partition::{Clusterable, Label, Partition, Settings};
pub use sampling::sample_places;
pub use scaling::{ColumnScaling, Measure, QUARTILES_PER_DEVIATION, Spread};
pub use separation::{calinski_harabasz, davies_bouldin, silhouettes};

/// Most clusters of one partition; a base that is cut finer is not clustered but coded.
pub const CLUSTERS_MAX: usize = 1000;

/// What cannot be clustered, by what the caller can do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ClusteringError {
    #[error("there is no row to cluster, widen the selection of customers")]
    NoRows,
    #[error("{values} values do not fill rows of {columns}, give as many for every row")]
    Shape { values: usize, columns: usize },
    #[error("{rows} rows are more than can be clustered at once, take a sample")]
    TooManyRows { rows: usize },
    #[error(
        "`{value}` in row {row}, column {column} is no number to cluster by, fill it or leave the row out"
    )]
    NotANumber { row: usize, column: usize, value: f64 },
    #[error("`{asked}` clusters cannot be made, ask for 1 to {CLUSTERS_MAX}")]
    ClusterCount { asked: usize },
    #[error("`{given}` is no weight of a category, give a number of zero or more")]
    Weight { given: f64 },
    #[error("code {code} in row {row}, column {column} is too high, merge rare categories")]
    TooManyCategories { row: usize, column: usize, code: u32 },
    #[error("{labels} labels do not belong to {rows} rows, give one for every row")]
    Labels { labels: usize, rows: usize },
}
