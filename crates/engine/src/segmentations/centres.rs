//! Clusters as they were found: how values are scaled, where centres lie, what tells them apart.
//! Plain values that labels depend on and that people are shown.

use model::clustering::tree::Condition;
use model::clustering::{Choice, ColumnScaling};
use serde::{Deserialize, Serialize};

/// What customers were grouped by, and around what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Centres {
    /// Features, then answers, in the order of the means of a centre.
    pub numbers: Vec<Scaled>,
    /// Attributes, in the order of the modes of a centre.
    pub categories: Vec<Categories>,
    /// What a mismatch of categories weighs against a squared difference of scaled numbers.
    pub gamma: f64,
    /// By the number of the cluster, the largest first; empty where nobody has ordered.
    pub centres: Vec<Centre>,
    /// How the number of clusters was chosen; `None` where it was set, or too few have ordered.
    pub choice: Option<Choice>,
    /// Which cluster a customer is in, in conditions: of everybody exactly one holds.
    pub rules: Vec<ClusterRule>,
    /// The part of the customers looked at whose rule names their own cluster.
    pub accuracy: f64,
    /// Customers with an order, and those of them that clusters were made from.
    pub customers: u64,
    pub looked_at: u64,
}

/// A feature with its scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scaled {
    pub feature: String,
    /// From the value in its unit (money in the currency's) to the scaled one.
    pub scaling: ColumnScaling,
    /// Customers looked at whose value is missing: they are taken for the median; of answers, for the mean.
    pub missing: u64,
    /// Of an attribute whose values are answers: the value that counts as 1. `None` of a feature, and of an
    /// attribute that has not two values.
    #[serde(default)]
    pub yes: Option<String>,
}

/// An attribute with the values that are told apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Categories {
    pub attribute: String,
    /// A value's place is its code, the most frequent first; all others share the code after them.
    pub values: Vec<String>,
}

/// The middle of a cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Centre {
    /// Means of the scaled features.
    pub means: Vec<f64>,
    /// The most frequent code of each attribute.
    pub modes: Vec<u32>,
    /// Customers of the cluster among those looked at.
    pub customers: u64,
}

/// One way to be in a cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterRule {
    /// Number of the cluster, from 0.
    pub cluster: usize,
    /// Places are of features, then of attributes.
    pub conditions: Vec<Condition>,
    /// The same in the language of rules.
    pub text: String,
    /// Customers looked at of whom it holds, and those of them who are in the cluster.
    pub customers: u64,
    pub correct: u64,
}

impl Centres {
    /// Nothing found yet.
    pub const fn none() -> Centres {
        Centres {
            numbers: Vec::new(),
            categories: Vec::new(),
            gamma: 0.0,
            centres: Vec::new(),
            choice: None,
            rules: Vec::new(),
            accuracy: 0.0,
            customers: 0,
            looked_at: 0,
        }
    }
}

impl Categories {
    /// The value of a code, for people.
    pub fn name(&self, code: u32) -> &str {
        let other = if code as usize == self.values.len() { "other" } else { "unknown" };
        self.values.get(code as usize).map_or(other, String::as_str)
    }
}
