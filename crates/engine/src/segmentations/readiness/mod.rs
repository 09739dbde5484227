//! Readiness: Ben Hunt's ladder, from indifference to the purchase.

mod about;

use super::contract::{About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings};
use super::parse::{Reader, duration_days};
use crate::facts::events::touch::TOUCH_KINDS;
use crate::features::question::Ladder;
use crate::features::{Features, Question};
use crate::import::names::did_you_mean;
use about::ABOUT;
use std::collections::BTreeMap;

/// Names of the steps, the highest first; their places are label codes.
const STEPS: [&str; 5] = ["buying", "choosing", "comparing", "aware", "indifferent"];
/// The highest step that a touch can show.
const TOUCH_STEP_MAX: u8 = 4;

/// See the method's text.
pub struct Readiness;

/// The ladder that settings describe.
fn ladder(settings: &Settings) -> Result<Ladder, SettingError> {
    let reader = Reader::new(&ABOUT, settings);
    let (window, window_of) = durations(reader, "window")?;
    let window_days =
        window.ok_or_else(|| reader.refuse("window", "must begin with a time, such as `60 days`"))?;
    let (general, replacement_of) = durations(reader, "replacement")?;
    if general.is_some() {
        return Err(
            reader.refuse("replacement", "must name a category before each time, such as `sofas 8 years`")
        );
    }
    let (buying, others) = durations(reader, "buying")?;
    let buying_days = buying.filter(|_| others.is_empty());
    let buying_days =
        buying_days.ok_or_else(|| reader.refuse("buying", "must be a time, such as `7 days`"))?;
    Ok(Ladder { window_days, window_of, steps: steps(reader)?, replacement_of, buying_days })
}

/// A list such as `60 days, sofas 6 months`: the time without a name, and those of names.
fn durations(reader: Reader<'_>, name: &str) -> Result<(Option<i32>, BTreeMap<String, i32>), SettingError> {
    let (mut general, mut named) = (None, BTreeMap::new());
    for part in reader.text(name).split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let time =
            words.len().checked_sub(2).and_then(|at| Some((at, duration_days(&words[at..].join(" "))?)));
        let Some((at, days)) = time else {
            let hint = "must hold times such as `60 days` or `sofas 6 months`, separated by commas";
            return Err(reader.refuse(name, hint));
        };
        if at == 0 {
            general = Some(days);
        } else {
            named.insert(words[..at].join(" "), days);
        }
    }
    Ok((general, named))
}

/// The step of every kind of touch: the known ones, and what the setting says.
fn steps(reader: Reader<'_>) -> Result<BTreeMap<String, u8>, SettingError> {
    let mut steps: BTreeMap<String, u8> =
        TOUCH_KINDS.iter().map(|kind| (kind.name.to_owned(), kind.step)).collect();
    for part in reader.text("steps").split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let pair =
            part.rsplit_once(' ').and_then(|(kind, step)| Some((kind.trim(), step.parse::<u8>().ok()?)));
        let Some((kind, step)) = pair.filter(|(_, step)| (1..=TOUCH_STEP_MAX).contains(step)) else {
            let near = did_you_mean(part, TOUCH_KINDS.iter().map(|kind| kind.name));
            let hint = format!("must hold kinds of touch with a step from 1 to 4, such as `call 4`{near}");
            return Err(reader.refuse("steps", hint));
        };
        steps.insert(kind.to_owned(), step);
    }
    Ok(steps)
}

/// A customer's step, 1 to 5.
fn step(features: &Features, row: usize) -> i64 {
    features.counts("readiness_step").get(row).unwrap_or(1).clamp(1, STEPS.len() as i64)
}

impl Segmentation for Readiness {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        question.ladder = ladder(settings)?;
        question.need("readiness_step");
        Ok(())
    }

    fn label(
        &self,
        _settings: &Settings,
        _fit: &Fit,
        _question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let rows = || 0..features.len();
        let codes = rows().map(|row| (STEPS.len() as i64 - step(features, row)) as u16).collect();
        let columns = [
            Labels::Names { names: STEPS.map(str::to_owned).to_vec(), codes },
            Labels::Counts(rows().map(|row| Some(step(features, row))).collect()),
        ];
        let names = ABOUT.columns.iter().map(|&(name, _)| name);
        names.zip(columns).map(|(name, labels)| LabelColumn { name, labels }).collect()
    }

    fn explain(
        &self,
        _settings: &Settings,
        _fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
    ) -> Vec<Reason> {
        let step = step(features, row);
        let ladder = &question.ladder;
        let rule = match step {
            5 => format!("buying: an order in the last {} days", ladder.buying_days),
            4 => "choosing: a cart, a price request or an open deal since the last order".to_owned(),
            3 => "comparing: a product viewed, a search or a comparison since the last order".to_owned(),
            2 => "aware: any other touch since the last order".to_owned(),
            _ => "indifferent: nothing since the last order that still counts".to_owned(),
        };
        vec![Reason {
            part: format!("readiness = {}", STEPS[STEPS.len() - step as usize]),
            value: format!(
                "step {step}, touches of the last {} days up to {}",
                ladder.window_days, question.as_of
            ),
            rule,
        }]
    }
}
