//! From the text of a file of rules to rules.

use super::about::ABOUT;
use crate::segmentations::contract::{SettingError, Settings};
use model::expression::rules::{REST, RuleFile, Rules};

/// Reads a file of rules.
///
/// # Errors
/// Everything that is wrong with it, a message each; those of conditions show the place.
pub fn read(text: &str) -> Result<Rules, Vec<String>> {
    let file: RuleFile = if text.trim().is_empty() {
        RuleFile { rest: REST.to_owned(), rules: Vec::new() }
    } else {
        toml::from_str(text).map_err(|error| vec![error.to_string().trim_end().to_owned()])?
    };
    file.read().map_err(|errors| errors.iter().map(|error| said(error, &file)).collect())
}

/// A mistake with the place in the text of its rule, where it has one.
fn said(error: &model::expression::rules::RulesError, file: &RuleFile) -> String {
    use model::expression::rules::{RulesError, When};
    if let RulesError::Syntax { rule, error } = error
        && let Some(When::Text(text)) =
            file.rules.iter().find(|written| written.name.trim() == rule).map(|written| &written.when)
    {
        return format!("rule `{rule}`: {}", error.point(text));
    }
    error.to_string()
}

/// The rules of the settings.
pub fn of(settings: &Settings) -> Result<Rules, SettingError> {
    read(settings.text("rules")).map_err(|errors| SettingError {
        segmentation: ABOUT.name,
        setting: "rules".to_owned(),
        value: "…".to_owned(),
        reason: errors.join("\n"),
    })
}
