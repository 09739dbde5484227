//! Groups by what customers are, by nearness, and by one's own rules.

use model::money::Money;
use serde::{Deserialize, Serialize};

/// Customers by what they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attributes {
    /// Customers of the base.
    pub customers: u64,
    /// Attributes that the files name, and how many customers have any.
    pub named: u64,
    /// The attributes that tell customers apart best.
    pub cuts: Vec<AttributeCut>,
    /// Of companies, what is known by nest; empty where customers are no companies.
    pub nests: Vec<Nest>,
}

/// Customers by one attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributeCut {
    /// As the files say it.
    pub name: String,
    /// Customers of whom it is known.
    pub known: u64,
    /// Values, the most frequent first; last those that too few have, together, without a name.
    pub values: Vec<AttributeValue>,
}

/// Customers with one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributeValue {
    /// `None`: rare values together.
    pub name: Option<String>,
    pub customers: u64,
    pub revenue: Money,
}

/// One of Bonoma and Shapiro's nests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nest {
    /// `firm`, `operation`, `purchasing`, `situation`, `person`.
    pub name: String,
    /// Attributes that belong there, each with the customers of whom it is known.
    pub attributes: Vec<(String, u64)>,
}

/// Groups that customers form by themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clusters {
    /// Customers with an order, and those of them that clusters were made from.
    pub customers: u64,
    pub looked_at: u64,
    /// How the number of clusters was chosen; `None` where it was set.
    pub choice: Option<ClusterChoice>,
    /// Features that customers were grouped by.
    pub features: Vec<String>,
    /// Largest first.
    pub clusters: Vec<Cluster>,
    /// The part of the customers whose rule names their own cluster.
    pub accuracy: f64,
}

/// Why there are so many clusters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterChoice {
    /// `farthest_apart`, `most_that_are_stable`, `least_unstable`, `none_large_enough`.
    pub reason: String,
    /// `natural`, `reproducible`, `constructive`.
    pub verdict: String,
    /// The least and the largest number that was tried.
    pub tried: [u64; 2],
    /// How well groupings of redrawn customers agree, 0 to 1.
    pub agreement: f64,
}

/// One cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// `cluster_1`, …
    pub name: String,
    pub customers: u64,
    pub revenue: Money,
    /// How well it comes back when customers are redrawn, 0 to 1.
    pub stability: Option<f64>,
    /// What is usual in it, by the place of the feature.
    pub usual: Vec<Usual>,
    /// Its rules in the language of rules, the one that covers the most first.
    pub rules: Vec<String>,
}

/// A usual value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usual {
    Number(f64),
    Money(Money),
}

/// Customers by a rule of one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleSegment {
    pub name: String,
    /// The condition; `None`: the remainder.
    pub condition: Option<String>,
    pub customers: u64,
    pub orders: u64,
    pub revenue: Money,
}
