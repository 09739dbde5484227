//! The base beside other people.

use model::calendar::Day;
use serde::{Deserialize, Serialize};

/// The base beside one population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Market {
    pub population: String,
    /// What sets customers apart, what differs most first.
    pub criteria: Vec<MarketCriterion>,
    /// Values of which the shares surely differ, by attribute, those that differ most first.
    pub values: Vec<MarketValue>,
    /// Where customers are missing, most missing first.
    pub spots: Vec<WhiteSpot>,
}

/// An attribute that sets customers apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarketCriterion {
    pub attribute: String,
    /// What customers have more often.
    pub values: Vec<String>,
    /// Share of customers and of people with one of them.
    pub here: f64,
    pub there: f64,
}

/// A value on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarketValue {
    pub attribute: String,
    pub value: String,
    /// Share of customers and of people.
    pub here: f64,
    pub there: f64,
    /// Share here for 100 there; `None` where nobody there has it.
    pub index: Option<f64>,
    /// Competitors whose advertising addresses it, as people typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addressed: Vec<String>,
}

/// A value, or two together, that people have and few customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhiteSpot {
    /// Attributes with their values.
    pub values: Vec<(String, String)>,
    /// Share of the population.
    pub share: f64,
    pub customers: u64,
    /// Customers there at the usual penetration.
    pub expected: f64,
    /// Competitors whose advertising addresses them, as people typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addressed: Vec<String>,
}

/// What somebody saw of a competitor, typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompetitorSeen {
    pub competitor: String,
    /// Attribute and value that their advertising addresses.
    pub addresses: Option<(String, String)>,
    pub seen_in: Option<String>,
    pub seen_on: Option<Day>,
    pub text: Option<String>,
}
