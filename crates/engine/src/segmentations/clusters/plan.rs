//! What settings ask for: which values to group by, into how many clusters.

use super::about::ABOUT;
use crate::features::{FEATURES, Feature, Question, Unit};
use crate::import::names::did_you_mean;
use crate::segmentations::contract::{SettingError, Settings};
use crate::segmentations::parse::Reader;
use model::clustering::Measure;
use model::money::Money;

/// Most clusters that can be asked for; more are no picture of a base.
pub const CLUSTERS_MAX: u32 = 10;
/// Most features, and most attributes, to group by.
const COLUMNS_MAX: usize = 20;
/// Redraws of customers that can be asked for.
const BOOTSTRAPS: std::ops::RangeInclusive<u32> = 2..=1_000;

/// Largest weight of a mismatch.
const WEIGHT_MAX: i64 = 1_000;

/// Settings that were read.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Features that are numbers.
    pub features: Vec<&'static Feature>,
    /// Attributes of customers, and features that are texts.
    pub attributes: Vec<String>,
    /// Attributes with two values, to be taken for numbers.
    pub answers: Vec<String>,
    /// What a mismatch of an attribute weighs; `None`: as k-prototypes advises.
    pub weight: Option<f64>,
    /// `None`: to be chosen.
    pub clusters: Option<usize>,
    pub seed: u64,
    pub bootstraps: usize,
}

impl Plan {
    pub fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let clusters = match reader.text("k") {
            "auto" => None,
            _ => Some(reader.whole("k", 2..=CLUSTERS_MAX).map_err(|_| {
                reader.refuse("k", format!("must be `auto` or a whole number from 2 to {CLUSTERS_MAX}"))
            })? as usize),
        };
        let weight = match reader.text("weight") {
            "auto" => None,
            _ => Some(Money(reader.decimal("weight", WEIGHT_MAX)?).to_f64()),
        };
        Ok(Plan {
            weight,
            features: features(reader)?,
            attributes: attributes(reader, "attributes")?,
            answers: attributes(reader, "answers")?,
            clusters,
            seed: u64::from(reader.whole("seed", 0..=u32::MAX)?),
            bootstraps: reader.whole("bootstraps", BOOTSTRAPS)? as usize,
        })
    }

    pub fn checked(settings: &Settings) -> Plan {
        Plan::read(settings).expect("settings are checked when features are asked for")
    }

    /// Asks for what it looks at.
    pub fn ask(&self, question: &mut Question) {
        question.need("orders");
        self.features.iter().for_each(|feature| question.need(feature.name));
        for name in self.attributes.iter().chain(&self.answers) {
            match text_feature(name) {
                Some(feature) => question.need(feature),
                None => question.need_attribute(name),
            }
        }
    }

    /// Columns of numbers: features, then answers.
    pub fn numbers(&self) -> usize {
        self.features.len() + self.answers.len()
    }

    /// Whether whoever has answered is grouped, not whoever has ordered.
    pub fn is_of_answers(&self) -> bool {
        self.features.is_empty()
    }
}

/// A feature that is a text.
pub(super) fn text_feature(name: &str) -> Option<&'static str> {
    let found = FEATURES.iter().find(|feature| feature.name == name && feature.unit == Unit::Text);
    found.map(|feature| feature.name)
}

/// How a feature is scaled: counts, days between things and money by their logarithm.
pub(super) fn measure(feature: &Feature) -> Measure {
    match feature.unit {
        Unit::Money => Measure::Money,
        _ if feature.name == "readiness_step" => Measure::Plain,
        Unit::Count | Unit::Quantity => Measure::Count,
        _ if feature.name.ends_with("_days") => Measure::Count,
        _ => Measure::Plain,
    }
}

fn listed<'a>(reader: Reader<'a>, setting: &str) -> Result<Vec<&'a str>, SettingError> {
    let names: Vec<&str> =
        reader.text(setting).split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if let Some(twice) = names.iter().enumerate().find(|(place, name)| names[..*place].contains(name)) {
        return Err(reader.refuse(setting, format!("names `{}` twice", twice.1)));
    }
    if names.len() > COLUMNS_MAX {
        return Err(reader.refuse(setting, format!("must name at most {COLUMNS_MAX}")));
    }
    Ok(names)
}

fn features(reader: Reader<'_>) -> Result<Vec<&'static Feature>, SettingError> {
    let is_number = |feature: &&Feature| !matches!(feature.unit, Unit::Text | Unit::Day);
    let names = listed(reader, "features")?;
    if names.is_empty() && listed(reader, "answers")?.is_empty() {
        return Err(reader.refuse("features", "must name one feature or more, separated by commas"));
    }
    let find = |name: &&str| {
        let found = FEATURES.iter().find(|feature| feature.name == *name);
        found.filter(is_number).ok_or_else(|| {
            let reason = match found.map(|feature| feature.unit) {
                Some(Unit::Text) => format!("`{name}` is a text: name it in `clusters.attributes`"),
                Some(_) => format!("`{name}` is a day: take one that counts, such as recency_days"),
                None => {
                    let numbers = FEATURES.iter().filter(is_number).map(|feature| feature.name);
                    format!("there is no feature `{name}`{}", did_you_mean(name, numbers))
                }
            };
            reader.refuse("features", reason)
        })
    };
    names.iter().map(find).collect()
}

fn attributes(reader: Reader<'_>, setting: &str) -> Result<Vec<String>, SettingError> {
    let names = listed(reader, setting)?;
    let number = names
        .iter()
        .find(|name| FEATURES.iter().any(|feature| feature.name == **name) && text_feature(name).is_none());
    match number {
        Some(name) => {
            Err(reader.refuse(setting, format!("`{name}` is a number or a day: see `clusters.features`")))
        }
        None => Ok(names.into_iter().map(str::to_owned).collect()),
    }
}
