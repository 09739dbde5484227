//! A short decision tree that says in conditions what each cluster is.
//!
//! CART (Breiman and others, 1984): each split lowers the Gini impurity the most. Features are in their
//! own units, and thresholds are round numbers where those split about as well.

mod rules;
mod split;
#[cfg(test)]
mod tests;

use super::partition::Label;
use super::{CLUSTERS_MAX, ClusteringError};
use serde::{Deserialize, Serialize};
use split::{Split, best_split};

pub use rules::{Condition, Rule};

/// Most questions from the root to a leaf: more are no short description.
pub const DEPTH_MAX: usize = 4;
/// Smallest part of the customers in a leaf.
pub const LEAF_SHARE_MIN: f64 = 0.005;
/// Fewest customers in a leaf.
pub const LEAF_MEMBERS_MIN: usize = 5;

/// A feature, one value per customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Feature<'a> {
    /// In its own unit; every value finite.
    Number(&'a [f64]),
    /// Codes of categories; what is missing has a code like any other.
    Category(&'a [u32]),
}

/// How long a tree may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub depth_max: usize,
    /// Fewest customers in a leaf.
    pub leaf_min: usize,
}

impl Limits {
    /// The usual limits for so many customers.
    pub fn of(customers: usize) -> Limits {
        let share = (customers as f64 * LEAF_SHARE_MIN).ceil() as usize;
        Limits { depth_max: DEPTH_MAX, leaf_min: share.max(LEAF_MEMBERS_MIN) }
    }
}

/// A question or an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Customers of whom the condition holds go to `yes`.
    Split { condition: Condition, yes: Box<Node>, no: Box<Node> },
    /// The most frequent label of the leaf's customers, the lowest of equals.
    Leaf { label: Label, customers: usize, correct: usize },
}

/// A tree and how well it tells clusters apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    pub root: Node,
    /// The part of the customers to whom the tree gives their own label.
    pub accuracy: f64,
}

/// Grows a tree that gives customers their labels.
///
/// # Errors
/// Where there are no customers, a feature has another number of values than there are labels, a
/// number is not finite, or a label is no cluster's.
pub fn describe(
    features: &[Feature<'_>],
    labels: &[Label],
    limits: &Limits,
) -> Result<Tree, ClusteringError> {
    check(features, labels)?;
    let mut places: Vec<u32> = (0..labels.len() as u32).collect();
    let clusters = labels.iter().max().map_or(0, |&label| usize::from(label) + 1);
    let root = grow(
        &Ground { features, labels, clusters, leaf_min: limits.leaf_min.max(1) },
        &mut places,
        limits.depth_max,
    );
    let correct = root.correct();
    Ok(Tree { root, accuracy: correct as f64 / labels.len() as f64 })
}

fn check(features: &[Feature<'_>], labels: &[Label]) -> Result<(), ClusteringError> {
    if labels.is_empty() {
        return Err(ClusteringError::NoRows);
    }
    if u32::try_from(labels.len()).is_err() {
        return Err(ClusteringError::TooManyRows { rows: labels.len() });
    }
    if let Some(&label) = labels.iter().find(|&&label| usize::from(label) >= CLUSTERS_MAX) {
        return Err(ClusteringError::ClusterCount { asked: usize::from(label) + 1 });
    }
    for (column, feature) in features.iter().enumerate() {
        let values = match feature {
            Feature::Number(values) => {
                if let Some(row) = values.iter().position(|value| !value.is_finite()) {
                    return Err(ClusteringError::NotANumber { row, column, value: values[row] });
                }
                values.len()
            }
            Feature::Category(codes) => codes.len(),
        };
        if values != labels.len() {
            return Err(ClusteringError::Labels { labels: labels.len(), rows: values });
        }
    }
    Ok(())
}

/// What a tree grows on.
struct Ground<'a> {
    features: &'a [Feature<'a>],
    labels: &'a [Label],
    clusters: usize,
    leaf_min: usize,
}

impl Ground<'_> {
    /// How many customers of each cluster are at these places.
    fn counts(&self, places: &[u32]) -> Vec<usize> {
        let mut counts = vec![0; self.clusters];
        places.iter().for_each(|&place| counts[usize::from(self.labels[place as usize])] += 1);
        counts
    }
}

fn grow(ground: &Ground<'_>, places: &mut [u32], depth: usize) -> Node {
    let counts = ground.counts(places);
    let leaf = || {
        let top = counts.iter().max().copied().unwrap_or_default();
        let label = counts.iter().position(|&count| count == top).unwrap_or_default();
        Node::Leaf { label: label as Label, customers: places.len(), correct: top }
    };
    if depth == 0 {
        return leaf();
    }
    let Some(Split { condition, .. }) = best_split(ground, places, &counts) else { return leaf() };
    // Those of whom it holds come first, the order inside is kept.
    places.sort_by_key(|&place| !condition.holds(ground.features, place as usize));
    let middle = places.partition_point(|&place| condition.holds(ground.features, place as usize));
    let (yes, no) = places.split_at_mut(middle);
    let (yes, no) = (grow(ground, yes, depth - 1), grow(ground, no, depth - 1));
    match (&yes, &no) {
        // A question whose answers say the same is none.
        (
            Node::Leaf { label, customers, correct },
            Node::Leaf { label: same, customers: more, correct: also },
        ) if label == same => {
            Node::Leaf { label: *label, customers: customers + more, correct: correct + also }
        }
        _ => Node::Split { condition, yes: Box::new(yes), no: Box::new(no) },
    }
}

impl Node {
    fn correct(&self) -> usize {
        match self {
            Node::Split { yes, no, .. } => yes.correct() + no.correct(),
            Node::Leaf { correct, .. } => *correct,
        }
    }
}

impl Tree {
    /// The label the tree gives to a customer.
    pub fn label(&self, features: &[Feature<'_>], customer: usize) -> Label {
        let mut node = &self.root;
        loop {
            match node {
                Node::Leaf { label, .. } => return *label,
                Node::Split { condition, yes, no } => {
                    node = if condition.holds(features, customer) { yes } else { no };
                }
            }
        }
    }
}
