//! Who moved where between two moments, as a report shows it.

use model::calendar::Day;
use model::money::Money;
use serde::{Deserialize, Serialize};

/// What has changed since an earlier day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The ends of these days.
    pub from: Day,
    pub to: Day,
    pub rfm: Option<Flow>,
    pub stages: Option<Flow>,
}

/// The customers of one segmentation on their way from one day to the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// Customers known at the earlier day.
    pub known_before: u64,
    /// Those of them whose segment is another now.
    pub changed: u64,
    /// Who moved, and who stayed, in the order of the method.
    pub moves: Vec<FlowMove>,
    /// Moves that are wanted, and those that are not.
    pub counted: Vec<CountedMove>,
}

/// Customers who were in one segment and are in another, or the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowMove {
    /// `not_yet_known` for those who came since.
    pub from: String,
    pub to: String,
    pub customers: u64,
    /// Net money up to the later day.
    pub revenue: Money,
}

/// How many made a move, of those who could.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountedMove {
    /// Such as `second_purchase`.
    pub name: String,
    pub wanted: bool,
    pub could: u64,
    pub did: u64,
    /// `did` of `could`, with its 95 % interval: low, value, high.
    pub share: [f64; 3],
}
