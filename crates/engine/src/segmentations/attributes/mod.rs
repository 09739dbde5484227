//! Attributes: customers told apart by what they are and what they are used to.

mod about;
mod parts;
#[cfg(test)]
mod tests;

use super::contract::{
    About, Fit, LabelColumn, Labels, Reason, Segmentation, SettingError, Settings, Summary,
};
use super::parse::{Reader, decimal};
use crate::features::question::HolidayDays;
use crate::features::{Features, Question};
use about::{ABOUT, OTHER, UNKNOWN};
use hashbrown::HashMap;
use model::holidays::{Holiday, countries, of_country};
use model::money::SCALE;
use model::quantiles::{ValueCounts, group_of};
use parts::{Cut, Part, Source, Value, near, parts};

pub(crate) use parts::age;

/// Between the values of crossed parts.
const AND: &str = " · ";
/// Segments at most besides `other` and `unknown`.
const SEGMENTS_MAX: usize = 900;
/// Years before the moment for which holidays are looked up.
const HOLIDAY_YEARS: i16 = 40;

/// See the method's text.
pub struct Attributes;

struct Plan {
    parts: Vec<Part>,
    /// Percent of the base in 1/10 000.
    rare: i64,
}

impl Plan {
    fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let rare = decimal(reader.text("rare")).filter(|&rare| rare <= 100 * SCALE);
        let rare = rare.ok_or_else(|| reader.refuse("rare", "must be a percentage from 0 to 100"))?;
        Ok(Plan { parts: parts(reader)?, rare })
    }

    fn checked(settings: &Settings) -> Plan {
        Plan::read(settings).expect("settings are checked when features are asked for")
    }

    /// What a customer is called; `None` where a part is not known.
    fn name(&self, fit: &Fit, question: &Question, features: &Features, row: usize) -> Option<String> {
        let mut name = String::new();
        self.put_name(fit, question, features, row, &mut name).then_some(name)
    }

    /// Puts what a customer is called in place of a text; whether every part is known.
    fn put_name(
        &self,
        fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
        name: &mut String,
    ) -> bool {
        name.clear();
        for (place, part) in self.parts.iter().enumerate() {
            if place > 0 {
                name.push_str(AND);
            }
            match part.value(question, features, row) {
                Value::Missing => return false,
                Value::Text(text) => name.push_str(text),
                Value::Number(number) => name.push_str(&range(part, fit.cuts(&place.to_string()), number)),
            }
        }
        name != UNKNOWN
    }
}

/// The group of a number in words.
fn range(part: &Part, cuts: &[i64], number: i64) -> String {
    if part.source == Source::WebSavviness {
        let names: &[&str] = if cuts.len() < 2 { &["low", "high"] } else { &["low", "middle", "high"] };
        return names[group_of(number, cuts).min(names.len() - 1)].to_owned();
    }
    let shown = |value: i64| part.shown(value);
    if let Cut::Edges(edges) = &part.cut {
        return match edges.partition_point(|&edge| edge <= number) {
            0 => format!("below {}", shown(edges[0])),
            group if group == edges.len() => format!("{} or more", shown(edges[group - 1])),
            group => format!("{} to below {}", shown(edges[group - 1]), shown(edges[group])),
        };
    }
    match group_of(number, cuts) {
        _ if cuts.is_empty() => "all".to_owned(),
        0 => format!("up to {}", shown(cuts[0])),
        group if group == cuts.len() => format!("above {}", shown(cuts[group - 1])),
        group => format!("above {} up to {}", shown(cuts[group - 1]), shown(cuts[group])),
    }
}

/// The holidays that a setting names, with their days in the years up to a moment.
fn holidays(settings: &Settings, question: &Question) -> Result<Vec<HolidayDays>, SettingError> {
    let reader = Reader::new(&ABOUT, settings);
    let mut all: Vec<Holiday> = Vec::new();
    for (place, text) in reader.text("holidays").split(',').map(str::trim).enumerate() {
        if let Some(known) = of_country(text).filter(|_| place == 0 || !text.is_empty()) {
            all.extend(known);
            continue;
        }
        let own = text.rsplit_once(' ').and_then(|(name, date)| {
            let (month, day) = date.split_once('-')?;
            Holiday::on(name.trim(), month.parse().ok()?, day.parse().ok()?)
        });
        let codes: Vec<&str> = countries().collect();
        let hint =
            format!("must be countries ({}) or days such as `shop's birthday 05-20`", codes.join(", "));
        all.push(own.ok_or_else(|| reader.refuse("holidays", hint))?);
    }
    let year = question.as_of.0.date().year();
    // The year after the moment: an order of December may be for the New Year.
    let years = year.saturating_sub(HOLIDAY_YEARS)..=year.saturating_add(1);
    let days = |holiday: &Holiday| years.clone().filter_map(|year| holiday.in_year(year)).collect();
    Ok(all.iter().map(|holiday| HolidayDays { name: holiday.name.clone(), days: days(holiday) }).collect())
}

impl Segmentation for Attributes {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask(&self, settings: &Settings, question: &mut Question) -> Result<(), SettingError> {
        let plan = Plan::read(settings)?;
        plan.parts.iter().for_each(|part| part.ask(question));
        question.holidays = holidays(settings, question)?;
        Ok(())
    }

    fn rounds(&self) -> usize {
        2
    }

    fn summarise(
        &self,
        round: usize,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
    ) -> Summary {
        let plan = Plan::checked(settings);
        let mut summary = Summary::default();
        if round == 0 {
            for (place, part) in plan.parts.iter().enumerate() {
                let numbers =
                    (0..features.len()).filter_map(|row| match part.value(question, features, row) {
                        Value::Number(number) => Some(number),
                        _ => None,
                    });
                summary.counts.insert(place.to_string(), ValueCounts::of(numbers.collect()));
            }
            return summary;
        }
        let mut counts: HashMap<String, i128> = HashMap::new();
        let (mut unknown, mut name) = (0, String::new());
        for row in 0..features.len() {
            if plan.put_name(fit, question, features, row, &mut name) {
                *counts.entry_ref(name.as_str()).or_default() += 1;
            } else {
                unknown += 1;
            }
        }
        summary.totals = counts.into_iter().map(|(name, count)| (format!("={name}"), count)).collect();
        if unknown > 0 {
            summary.totals.insert(String::new(), unknown);
        }
        summary
    }

    fn fit(&self, round: usize, settings: &Settings, question: &Question, summary: &Summary, fit: &mut Fit) {
        let plan = Plan::checked(settings);
        if round == 0 {
            for (place, part) in plan.parts.iter().enumerate() {
                let numbers = summary.set(&place.to_string());
                if !matches!(part.cut, Cut::Edges(_)) && !numbers.is_empty() {
                    fit.cuts.insert(place.to_string(), numbers.cuts(part.groups()));
                }
            }
            return;
        }
        let base: i128 = summary.totals.values().sum();
        let enough = |count: i128| count * 100 * i128::from(SCALE) >= base * i128::from(plan.rare);
        let named = summary.totals.iter().filter_map(|(name, &count)| Some((name.strip_prefix('=')?, count)));
        // Who typed one of the two names in means what it means.
        let plain = |name: &str| ![OTHER, UNKNOWN].contains(&name);
        let mut kept: Vec<(&str, i128)> =
            named.clone().filter(|&(name, count)| enough(count) && plain(name)).collect();
        kept.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        kept.truncate(SEGMENTS_MAX);
        let rare = named.count() - kept.len();
        for (place, (name, _)) in kept.iter().enumerate() {
            fit.exact.insert(format!("={name}"), place as i64);
        }
        if rare > 0 {
            fit.notes
                .push(format!("Values that too few customers have: {rare}. They are in `other` together."));
        }
        let unknown = summary.total("");
        if unknown == base && base > 0 {
            let names: Vec<String> =
                plan.parts.iter().map(|part| format!("`{}`{}", part.name, near(&part.name))).collect();
            fit.notes.push(format!(
                "Of no customer is it known up to {}: {}.",
                question.as_of,
                names.join(", ")
            ));
        }
    }

    fn label(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
    ) -> Vec<LabelColumn> {
        let plan = Plan::checked(settings);
        let mut names: Vec<String> = Vec::new();
        let mut places: Vec<(&str, i64)> =
            fit.exact.iter().filter_map(|(name, &place)| Some((name.strip_prefix('=')?, place))).collect();
        places.sort_by_key(|&(_, place)| place);
        names.extend(places.iter().map(|(name, _)| (*name).to_owned()));
        names.extend([OTHER.to_owned(), UNKNOWN.to_owned()]);
        let codes_of: HashMap<&str, usize> =
            names.iter().enumerate().map(|(code, name)| (name.as_str(), code)).collect();
        let (other, unknown) = (names.len() - 2, names.len() - 1);
        let mut name = String::new();
        let mut code = |row: usize| match plan.put_name(fit, question, features, row, &mut name) {
            false => unknown,
            true => codes_of.get(name.as_str()).copied().unwrap_or(other),
        };
        let codes = (0..features.len()).map(|row| code(row) as u16).collect();
        drop(codes_of);
        vec![LabelColumn { name: ABOUT.columns[0].0, labels: Labels::Names { names, codes } }]
    }

    fn explain(
        &self,
        settings: &Settings,
        fit: &Fit,
        question: &Question,
        features: &Features,
        row: usize,
    ) -> Vec<Reason> {
        let plan = Plan::checked(settings);
        let name = plan.name(fit, question, features, row);
        let label = match &name {
            None => UNKNOWN,
            Some(name) if fit.exact(&format!("={name}")).is_some() => name,
            Some(_) => OTHER,
        };
        let values: Vec<String> = plan
            .parts
            .iter()
            .map(|part| match part.value(question, features, row) {
                Value::Missing => format!("{} unknown", part.name),
                Value::Text(text) => format!("{} {text}", part.name),
                Value::Number(number) => format!("{} {}", part.name, part.shown(number)),
            })
            .collect();
        let rule = match &name {
            None => "unknown: a part is not known".to_owned(),
            Some(name) if label == OTHER => {
                format!("other: fewer than {} % of the base are `{name}`", settings.text("rare"))
            }
            Some(name) => format!("the group {name}"),
        };
        vec![Reason { part: format!("attributes = {label}"), value: values.join(", "), rule }]
    }
}
