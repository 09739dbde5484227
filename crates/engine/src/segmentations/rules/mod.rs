//! Rules: conditions of one's own, the first that holds wins, the remainder has a name.

mod about;
pub mod read;
pub mod tags;
pub mod names;
pub mod row;
pub mod count;
pub mod around;
pub mod trace;

use super::contract::{About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings};
use crate::features::{Features, Question};
use about::ABOUT;
use model::expression::plan::{Plan, PlanError};
use model::expression::rules::Rules as Read;
use model::expression::tree::Expression;
use row::Bucket;

/// See the method's text.
pub struct Rules;

/// The rules of some settings made ready.
struct Ready {
    rules: Read,
    expressions: Vec<Expression>,
    plan: Plan,
}

impl Ready {
    fn new(settings: &Settings, question: &Question) -> Result<Ready, SettingError> {
        let rules = read::of(settings)?;
        let expressions = expressions(&rules);
        let refuse = |error: PlanError| SettingError {
            segmentation: ABOUT.name,
            setting: "rules".to_owned(),
            value: "…".to_owned(),
            reason: error.to_string(),
        };
        let plan = Plan::new(&expressions, question.as_of).map_err(refuse)?;
        Ok(Ready { rules, expressions, plan })
    }
}

/// The conditions of rules, in order.
pub fn expressions(rules: &Read) -> Vec<Expression> {
    rules.rules.iter().map(|rule| rule.when.expression.clone()).collect()
}

impl Segmentation for Rules {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn asks_for(&self) -> Option<&'static str> {
        Some("rules")
    }

    fn beside(&self, settings: &Settings) -> Vec<&'static str> {
        read::of(settings).map_or_else(|_| Vec::new(), |rules| names::segmentations_of(&expressions(&rules)))
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        let ready = Ready::new(settings, question)?;
        ready.expressions.iter().for_each(|expression| names::need(expression, question));
        Ok(())
    }

    fn label(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        self.label_beside(settings, fit, question, features, &[])
    }

    fn label_beside(
        &self,
        settings: &Settings,
        _fit: &Fit,
        question: &Question,
        features: &Features,
        others: &[&LabelColumn],
    ) -> Vec<LabelColumn> {
        // Settings that cannot be used were refused when they were asked.
        let Ok(ready) = Ready::new(settings, question) else { return Vec::new() };
        let bucket = Bucket::new(&ready.plan, &ready.expressions, question, features, others);
        let winners: Vec<Option<usize>> =
            (0..features.len()).map(|row| bucket.first(&ready.plan, row)).collect();
        let names: Vec<String> = ready.rules.names().into_iter().map(str::to_owned).collect();
        let rest = names.len() - 1;
        let codes = winners.iter().map(|winner| winner.unwrap_or(rest) as u16).collect();
        let numbers = winners.iter().map(|winner| winner.map(|place| place as i64 + 1)).collect();
        let columns = [Labels::Names { names, codes }, Labels::Counts(numbers)];
        let names = ABOUT.columns.iter().map(|&(name, _)| name);
        names.zip(columns).map(|(name, labels)| LabelColumn { name, labels }).collect()
    }

    fn explain(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
    ) -> Vec<Reason> {
        self.explain_beside(settings, fit, question, features, &[], row)
    }

    fn explain_beside(
        &self,
        settings: &Settings,
        _fit: &Fit,
        question: &Question,
        features: &Features,
        others: &[&LabelColumn],
        row: usize,
    ) -> Vec<Reason> {
        let Ok(ready) = Ready::new(settings, question) else { return Vec::new() };
        let bucket = Bucket::new(&ready.plan, &ready.expressions, question, features, others);
        let winner = bucket.first(&ready.plan, row);
        let (value, rule) = match winner {
            Some(place) => (
                format!("rule {} of {}", place + 1, ready.expressions.len()),
                ready.expressions[place].to_string(),
            ),
            None => (format!("none of {} rules holds", ready.expressions.len()), "the remainder".to_owned()),
        };
        vec![Reason { part: format!("rules = {}", ready.rules.name(winner)), value, rule }]
    }
}

#[cfg(test)]
mod tests;
