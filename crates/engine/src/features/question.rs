//! What is asked of every bucket: a plain value that can travel to another machine.

use model::calendar::{AsOf, Day, Period, PeriodWindow};
use model::expression::tree::Expression;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is added up per period for XYZ, and ranked for ABC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    #[default]
    Revenue,
    Margin,
    Orders,
    Quantity,
}

/// How touches are read as steps of the ladder of readiness.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// Days that touches count for.
    pub window_days: i32,
    /// The same for categories that are decided on faster or slower.
    pub window_of: BTreeMap<String, i32>,
    /// Step of each kind of touch, 1 to 4; others are at [`STEP_OF_OTHERS`].
    ///
    /// [`STEP_OF_OTHERS`]: crate::facts::events::touch::STEP_OF_OTHERS
    pub steps: BTreeMap<String, u8>,
    /// Days after which goods of a category are replaced: who has just bought some is not ready.
    pub replacement_of: BTreeMap<String, i32>,
    /// An order in so many days before the moment is the highest step.
    pub buying_days: i32,
}

impl Ladder {
    /// Says after how many days goods of a category are replaced, unless settings say it already.
    pub fn replaced_after(&mut self, category: &str, days: i32) {
        self.replacement_of.entry(category.to_owned()).or_insert(days);
    }
}

/// A holiday and the days it falls on in the years looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayDays {
    pub name: String,
    pub days: Vec<Day>,
}

/// Which features to compute, as of when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub as_of: AsOf,
    /// Names out of [`super::FEATURES`]; only columns these need are read.
    pub features: Vec<String>,
    /// First day that counts for `window_orders` and `window_revenue`; `None`: all history.
    pub window_from: Option<Day>,
    /// The periods of ABC–XYZ.
    pub periods: PeriodWindow,
    /// What `periods_measure` adds up: revenue or margin.
    pub abc_measure: Measure,
    /// What `revenue_cv` is of: revenue, orders or quantity.
    pub xyz_measure: Measure,
    /// The base's index per period, by which each period is divided before its variation is taken.
    pub season: Option<Vec<f64>>,
    /// `season` is to come from the base itself: whoever runs the scan first adds up `xyz_measure`
    /// per period over all customers and fills `season` with the indexes of those totals.
    pub season_from_base: bool,
    /// Every bucket also returns how often each order amount occurs, returns left out.
    pub order_amounts: bool,
    /// What `readiness_step` is read by.
    pub ladder: Ladder,
    /// The holidays that `occasion` is one of, at most 64.
    pub holidays: Vec<HolidayDays>,
    /// Categories of which it is told how often customers buy them, beside the attributes.
    pub frequency_of: Vec<String>,
    /// Attributes of customers to hand on beside the features, by name.
    pub attributes: Vec<String>,
    /// Conditions of rules on what customers did, each once; features say for each who did.
    pub facts: Vec<Expression>,
}

impl Question {
    /// No features yet, all history, twelve whole months.
    pub fn new(as_of: AsOf) -> Question {
        Question {
            as_of,
            features: Vec::new(),
            window_from: None,
            periods: PeriodWindow::ending(as_of, Period::Month, 12),
            abc_measure: Measure::Revenue,
            xyz_measure: Measure::Revenue,
            season: None,
            season_from_base: false,
            order_amounts: false,
            ladder: Ladder::default(),
            holidays: Vec::new(),
            frequency_of: Vec::new(),
            attributes: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// Asks for a feature, once.
    pub fn need(&mut self, name: &str) {
        if !self.features.iter().any(|known| known == name) {
            self.features.push(name.to_owned());
        }
    }

    /// Asks for an attribute, once.
    pub fn need_attribute(&mut self, name: &str) {
        if !self.attributes.iter().any(|known| known == name) {
            self.attributes.push(name.to_owned());
        }
    }

    /// Asks how often customers buy goods of a category, once.
    pub fn need_frequency_of(&mut self, category: &str) {
        if !self.frequency_of.iter().any(|known| known == category) {
            self.frequency_of.push(category.to_owned());
        }
    }

    /// Asks for a condition on what customers did, once.
    pub fn need_fact(&mut self, condition: &Expression) {
        if !self.facts.contains(condition) {
            self.facts.push(condition.clone());
        }
    }
}
