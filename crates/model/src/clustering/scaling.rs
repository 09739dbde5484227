//! Features brought to one scale, so that none decides by its unit alone; and back.

use serde::{Deserialize, Serialize};

/// What a feature measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// How many: its logarithm is scaled, since from 1 to 2 is as far as from 10 to 20.
    Count,
    /// How much, in units of the currency, also below zero: its logarithm is scaled, with its sign.
    Money,
    /// Anything else: scaled as it is.
    Plain,
}

/// Why a feature is divided by its spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// The interquartile range.
    Quartiles,
    /// At least half of the values are equal, so the quartiles coincide: the standard deviation times
    /// [`QUARTILES_PER_DEVIATION`], which would be the interquartile range of normal values.
    Deviation,
    /// All values are equal: nothing to divide by, and nothing to tell customers apart.
    Constant,
    /// Answers of no and yes are 0 and 1, and differ by one.
    Answers,
}

/// The interquartile range of a normal distribution, in standard deviations.
pub const QUARTILES_PER_DEVIATION: f64 = 1.348_979_500_392_163_5;

/// How one feature is scaled: (transformed value − centre) / spread. Plain data, to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnScaling {
    pub measure: Measure,
    /// The median of the transformed values.
    pub centre: f64,
    /// What transformed values are divided by; above zero.
    pub spread: f64,
    /// Where the spread is from.
    pub reason: Spread,
}

impl ColumnScaling {
    /// The scaling of answers, 0 for no and 1 for yes, by the share of yes: less the share, divided by
    /// nothing, so that distances are those of the answers as they are.
    pub fn of_answers(yes: f64) -> ColumnScaling {
        ColumnScaling { measure: Measure::Plain, centre: yes, spread: 1.0, reason: Spread::Answers }
    }

    /// The scaling of values given ascending with how often each occurs; `None` without values or
    /// where one is not finite.
    ///
    /// Quartiles are interpolated between the two nearest ranks (type 7 of Hyndman and Fan).
    pub fn of_counts(measure: Measure, ascending: &[(f64, u64)]) -> Option<ColumnScaling> {
        let total: u64 = ascending.iter().map(|&(_, count)| count).sum();
        if total == 0 || ascending.iter().any(|(value, _)| !value.is_finite()) {
            return None;
        }
        let values: Vec<(f64, u64)> =
            ascending.iter().map(|&(value, count)| (transformed(measure, value), count)).collect();
        let centre = quantile(&values, total, 0.5);
        let range = quantile(&values, total, 0.75) - quantile(&values, total, 0.25);
        let (spread, reason) = if range > 0.0 {
            (range, Spread::Quartiles)
        } else {
            match deviation(&values, total) {
                0.0 => (1.0, Spread::Constant),
                deviation => (deviation * QUARTILES_PER_DEVIATION, Spread::Deviation),
            }
        };
        Some(ColumnScaling { measure, centre, spread, reason })
    }

    /// The scaling of values in any order, all or a sample of them.
    pub fn of_values(measure: Measure, mut values: Vec<f64>) -> Option<ColumnScaling> {
        values.sort_unstable_by(f64::total_cmp);
        let counted: Vec<(f64, u64)> = values.into_iter().map(|value| (value, 1)).collect();
        ColumnScaling::of_counts(measure, &counted)
    }

    /// The scaled value; 0 for the median, so that a missing value filled with 0 pulls nowhere.
    pub fn scaled(&self, value: f64) -> f32 {
        ((transformed(self.measure, value) - self.centre) / self.spread) as f32
    }

    /// The value in its own unit: what [`scaled`](Self::scaled) was given, or where a centre lies.
    ///
    /// The centre of logarithms is nearer the typical member than the mean is.
    pub fn original(&self, scaled: f64) -> f64 {
        let value = scaled * self.spread + self.centre;
        match self.measure {
            Measure::Count | Measure::Money => value.abs().exp_m1().copysign(value),
            Measure::Plain => value,
        }
    }
}

/// The logarithm of one more than the magnitude, with the sign; or the value itself.
fn transformed(measure: Measure, value: f64) -> f64 {
    match measure {
        Measure::Count | Measure::Money => value.abs().ln_1p().copysign(value),
        Measure::Plain => value,
    }
}

fn quantile(ascending: &[(f64, u64)], total: u64, part: f64) -> f64 {
    let place = (total - 1) as f64 * part;
    let at = |rank: u64| {
        let mut seen = 0;
        let found = ascending.iter().find(|(_, count)| {
            seen += count;
            seen > rank
        });
        found.map_or(0.0, |&(value, _)| value)
    };
    let (low, high) = (at(place.floor() as u64), at(place.ceil() as u64));
    low + (high - low) * place.fract()
}

/// The population standard deviation.
fn deviation(values: &[(f64, u64)], total: u64) -> f64 {
    // Equal values must give exactly zero, which a rounded mean would not.
    if values.first().map(|pair| pair.0) == values.last().map(|pair| pair.0) {
        return 0.0;
    }
    let mean = values.iter().map(|&(value, count)| value * count as f64).sum::<f64>() / total as f64;
    let squares = values.iter().map(|&(value, count)| (value - mean).powi(2) * count as f64).sum::<f64>();
    (squares / total as f64).sqrt()
}
