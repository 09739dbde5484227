//! The tree as plain rules, cluster by cluster.

use super::{Feature, Label, Node, Tree};
use serde::{Deserialize, Serialize};

/// What must hold of a customer; `feature` is the place of the feature in the list given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    AtLeast { feature: usize, value: f64 },
    Below { feature: usize, value: f64 },
    Is { feature: usize, code: u32 },
    IsNot { feature: usize, code: u32 },
}

impl Condition {
    /// Whether it holds of a customer; not where the feature is of the other kind.
    pub fn holds(&self, features: &[Feature<'_>], customer: usize) -> bool {
        match (*self, features.get(self.feature())) {
            (Condition::AtLeast { value, .. }, Some(Feature::Number(values))) => values[customer] >= value,
            (Condition::Below { value, .. }, Some(Feature::Number(values))) => values[customer] < value,
            (Condition::Is { code, .. }, Some(Feature::Category(codes))) => codes[customer] == code,
            (Condition::IsNot { code, .. }, Some(Feature::Category(codes))) => codes[customer] != code,
            _ => false,
        }
    }

    /// The place of the feature it is about.
    pub fn feature(&self) -> usize {
        match *self {
            Condition::AtLeast { feature, .. }
            | Condition::Below { feature, .. }
            | Condition::Is { feature, .. }
            | Condition::IsNot { feature, .. } => feature,
        }
    }

    fn negated(self) -> Condition {
        match self {
            Condition::AtLeast { feature, value } => Condition::Below { feature, value },
            Condition::Below { feature, value } => Condition::AtLeast { feature, value },
            Condition::Is { feature, code } => Condition::IsNot { feature, code },
            Condition::IsNot { feature, code } => Condition::Is { feature, code },
        }
    }

    /// Whether it says nothing more where `later` holds, a condition further down the same path.
    fn implied_by(self, later: Condition) -> bool {
        match (self, later) {
            // The later bound of a side is always the tighter one.
            (Condition::AtLeast { feature: a, .. }, Condition::AtLeast { feature: b, .. })
            | (Condition::Below { feature: a, .. }, Condition::Below { feature: b, .. })
            | (Condition::IsNot { feature: a, .. }, Condition::Is { feature: b, .. }) => a == b,
            _ => false,
        }
    }
}

/// One way to be in a cluster: all conditions hold. Without conditions it is everybody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub label: Label,
    pub conditions: Vec<Condition>,
    /// Customers of whom it holds.
    pub customers: usize,
    /// Those of them who are in the cluster.
    pub correct: usize,
}

impl Tree {
    /// The rules of each of `clusters` clusters, those with the most customers first; none for a
    /// cluster that the tree does not tell apart.
    ///
    /// Of every customer exactly one rule holds.
    pub fn rules(&self, clusters: usize) -> Vec<Vec<Rule>> {
        let mut found = Vec::new();
        collect(&self.root, &mut Vec::new(), &mut found);
        // A stable sort: of equals the one that stands first in the tree.
        found.sort_by_key(|rule| std::cmp::Reverse(rule.customers));
        let of =
            |label: usize| found.iter().filter(|rule| usize::from(rule.label) == label).cloned().collect();
        (0..clusters).map(of).collect()
    }
}

fn collect(node: &Node, path: &mut Vec<Condition>, found: &mut Vec<Rule>) {
    match node {
        Node::Leaf { label, customers, correct } => {
            let needed = (0..path.len())
                .filter(|&place| !path[place + 1..].iter().any(|&later| path[place].implied_by(later)));
            let conditions = needed.map(|place| path[place]).collect();
            found.push(Rule { label: *label, conditions, customers: *customers, correct: *correct });
        }
        Node::Split { condition, yes, no } => {
            for (condition, side) in [(*condition, yes), (condition.negated(), no)] {
                path.push(condition);
                collect(side, path, found);
                path.pop();
            }
        }
    }
}
