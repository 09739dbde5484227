//! Whether segments are good enough to act by, what they promise, and where customers come from.

use engine::checks::{self, Finding};
use engine::targets::{Evaluation, Potential, Reached};
use model::calendar::Day;
use model::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A segmentation that was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    pub segmentation: String,
    /// Its segments with customers.
    pub segments: u64,
    /// The mean Jaccard index of the segment that comes back worst when customers are drawn anew;
    /// `None`: nothing is worked out from customers, or there is nothing to draw from.
    pub least_stable: Option<f64>,
    pub worries: Vec<Worry>,
}

/// One thing that is wrong with a segmentation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worry {
    /// What exactly, as messages name it.
    pub kind: String,
    /// The segments concerned; none where it is the whole segmentation.
    pub segments: Vec<String>,
    pub figures: Vec<(String, Figure)>,
}

/// A figure of a worry, by its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Count(u64),
    Share(f64),
    /// In 1/10 000.
    Money(i64),
    Number(f64),
    Day(Day),
    Name(String),
}

impl From<&Finding> for Worry {
    fn from(finding: &Finding) -> Worry {
        let figure = |figure: &checks::Figure| match figure {
            checks::Figure::Count(count) => Figure::Count(*count),
            checks::Figure::Share(share) => Figure::Share(*share),
            checks::Figure::Money(sum) => Figure::Money(i64::try_from(*sum).unwrap_or(i64::MAX)),
            checks::Figure::Number(number) => Figure::Number(*number),
            checks::Figure::Day(day) => Figure::Day(*day),
            checks::Figure::Name(name) => Figure::Name(name.clone()),
        };
        Worry {
            kind: finding.kind.to_owned(),
            segments: finding.segments.clone(),
            figures: finding.figures.iter().map(|(name, of)| ((*name).to_owned(), figure(of))).collect(),
        }
    }
}

impl From<&Figure> for checks::Figure {
    fn from(figure: &Figure) -> checks::Figure {
        match figure {
            Figure::Count(count) => checks::Figure::Count(*count),
            Figure::Share(share) => checks::Figure::Share(*share),
            Figure::Money(sum) => checks::Figure::Money(i128::from(*sum)),
            Figure::Number(number) => checks::Figure::Number(*number),
            Figure::Day(day) => checks::Figure::Day(*day),
            Figure::Name(name) => checks::Figure::Name(name.clone()),
        }
    }
}

/// How large the segments of a segmentation are and what they promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Targets {
    /// The segmentation.
    pub of: String,
    pub reach: ReachedBy,
    /// Those that somebody could be reached in, in the order of the method.
    pub segments: Vec<Potential>,
    /// The same by the usual criteria; `None` where there is nothing to weigh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
}

/// What the strategy card of a segment is made of, besides its portrait.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dealt {
    /// By what its customers can be reached.
    pub reached: Option<Reached>,
    /// What people wrote, by part.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub written: BTreeMap<String, String>,
}

/// A category that a segment buys far less often than customers like its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HiddenNeed {
    /// The segmentation and the segment.
    pub of: String,
    pub segment: String,
    pub category: String,
    /// Customers of the segment who have likes, and buyers among them.
    pub customers: u64,
    pub buyers: u64,
    /// Buyers there would be if they bought as their likes do.
    pub expected: f64,
}

/// What it is judged by whether a customer can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReachedBy {
    /// Nothing is known of contacts.
    Nothing,
    /// An e-mail or phone.
    Contact,
    Consent,
}

/// Where customers come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origins {
    /// `source` or `channel`.
    pub by: String,
    pub people: f64,
    pub customers: f64,
    /// Most people first, who has none last.
    pub rows: Vec<Origin>,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// `None`: none is known.
    pub name: Option<String>,
    pub people: f64,
    /// With an order or a won deal.
    pub customers: f64,
    /// Customers among people with its 95 % interval: low, value, high.
    pub conversion: Option<[f64; 3]>,
    /// The conversion beside that of everybody.
    pub index: Option<f64>,
    /// The conversion less that of all others, low and high.
    pub difference: Option<[f64; 2]>,
    pub revenue: Money,
    /// The value over a lifetime of one customer.
    pub average_ltv: Option<Money>,
}
