//! What a cut by attributes looks at, read from the setting `by`.

use crate::features::frequency::{OF_CATEGORY, frequency};
use crate::features::{FEATURES, Feature, Features, Question, Unit, feature_named};
use crate::segmentations::contract::SettingError;
use crate::segmentations::parse::{Reader, decimal};
use model::calendar::Day;
use model::money::SCALE;

/// Parts that are crossed at most.
const PARTS_MAX: usize = 6;
/// Groups of a part at most.
const GROUPS_MAX: u32 = 20;
/// Groups of a number that says nothing of them.
const GROUPS: u32 = 3;

/// One thing looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) source: Source,
    pub(super) cut: Cut,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    Attribute,
    Feature(Unit),
    Age,
    Frequency,
    /// Of goods of a category.
    FrequencyOf,
    WebSavviness,
}

/// How values become groups.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cut {
    /// Text as it is, numbers by quantiles.
    AsItIs,
    Quantiles(u32),
    /// Rising edges in 1/10 000.
    Edges(Vec<i64>),
}

/// The value of a part.
pub(super) enum Value<'a> {
    Missing,
    Text(&'a str),
    /// In 1/10 000.
    Number(i64),
}

/// The parts of a setting.
pub(super) fn parts(reader: Reader<'_>) -> Result<Vec<Part>, SettingError> {
    let parts: Result<Vec<Part>, SettingError> =
        reader.text("by").split('+').map(|text| part(reader, text.trim())).collect();
    let parts = parts?;
    if parts.len() > PARTS_MAX {
        return Err(
            reader.refuse("by", format!("crosses {} parts, and {PARTS_MAX} are the most", parts.len()))
        );
    }
    Ok(parts)
}

fn part(reader: Reader<'_>, text: &str) -> Result<Part, SettingError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| ["quantiles", "edges"].contains(word)).unwrap_or(words.len());
    let name = words[..at].join(" ");
    if name.is_empty() {
        return Err(
            reader.refuse("by", "must name an attribute or a feature, such as `city` or `age edges 25 45`")
        );
    }
    let cut = match words.get(at) {
        None => Cut::AsItIs,
        Some(&"quantiles") => match words[at + 1..] {
            [groups] if groups.parse().is_ok_and(|groups: u32| (2..=GROUPS_MAX).contains(&groups)) => {
                Cut::Quantiles(groups.parse().unwrap_or(GROUPS))
            }
            _ => {
                return Err(reader.refuse("by", format!("`quantiles` needs a number from 2 to {GROUPS_MAX}")));
            }
        },
        Some(_) => {
            let edges: Option<Vec<i64>> = words[at + 1..].iter().map(|edge| decimal(edge)).collect();
            let rising = |edges: &Vec<i64>| !edges.is_empty() && edges.is_sorted_by(|a, b| a < b);
            let edges = edges.filter(rising).filter(|edges| edges.len() < GROUPS_MAX as usize);
            let edges = edges
                .ok_or_else(|| reader.refuse("by", "`edges` needs rising numbers such as `18 25 35`"))?;
            Cut::Edges(edges)
        }
    };
    let source = match name.as_str() {
        "age" => Source::Age,
        "frequency" => Source::Frequency,
        "web_savviness" => Source::WebSavviness,
        name if name.starts_with(OF_CATEGORY) => Source::FrequencyOf,
        name => feature_named(name).map_or(Source::Attribute, |feature| Source::Feature(feature.unit)),
    };
    Ok(Part { name, source, cut })
}

impl Part {
    /// Asks for what the part looks at.
    pub(super) fn ask(&self, question: &mut Question) {
        match self.source {
            Source::Attribute => question.need_attribute(&self.name),
            Source::Feature(_) => question.need(&self.name),
            Source::Age => {
                ["birthday", "birth_year"].into_iter().for_each(|name| question.need_attribute(name))
            }
            Source::Frequency => {
                ["orders", "median_gap_days"].into_iter().for_each(|name| question.need(name))
            }
            Source::FrequencyOf => question.need_frequency_of(&self.name[OF_CATEGORY.len()..]),
            Source::WebSavviness => question.need("online_share"),
        }
    }

    /// How the part's numbers are cut.
    pub(super) fn groups(&self) -> u32 {
        match self.cut {
            Cut::Quantiles(groups) => groups,
            _ => GROUPS,
        }
    }

    /// The value of a customer.
    pub(super) fn value<'a>(&self, question: &Question, features: &'a Features, row: usize) -> Value<'a> {
        let number = |number: Option<i64>| number.map_or(Value::Missing, Value::Number);
        match self.source {
            Source::Attribute => match features.attribute(&self.name, row) {
                None => Value::Missing,
                Some(text) if matches!(self.cut, Cut::AsItIs) => Value::Text(text),
                Some(text) => number(typed_number(text)),
            },
            Source::Age => number(age(question.as_of.0, features, row).map(|age| age * SCALE)),
            Source::FrequencyOf => features.attribute(&self.name, row).map_or(Value::Missing, Value::Text),
            Source::Frequency => often(features, row).map_or(Value::Missing, Value::Text),
            Source::WebSavviness => number(features.numbers("online_share").get(row).map(scaled)),
            Source::Feature(unit) => match unit {
                Unit::Text => features.text(&self.name, row).map_or(Value::Missing, Value::Text),
                Unit::Count => {
                    number(features.counts(&self.name).get(row).map(|count| count.saturating_mul(SCALE)))
                }
                Unit::Day => number(features.day(&self.name, row).map(|day| i64::from(day.0) * SCALE)),
                Unit::Money | Unit::Quantity => number(features.exact(&self.name).get(row)),
                Unit::Number => number(features.numbers(&self.name).get(row).map(scaled)),
            },
        }
    }

    /// A value of the part's numbers for people.
    pub(super) fn shown(&self, value: i64) -> String {
        match self.source {
            Source::Feature(Unit::Day) => Day((value / SCALE) as i32).to_string(),
            _ => {
                let text = model::money::Money(value).to_string();
                text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
            }
        }
    }
}

fn scaled(number: f64) -> i64 {
    (number * SCALE as f64).round() as i64
}

/// A number as people type it into attributes: blanks between thousands, decimal comma or point.
fn typed_number(text: &str) -> Option<i64> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    match plain.strip_prefix(['-', '−']) {
        Some(rest) => decimal(rest).map(|value| -value),
        None => decimal(&plain),
    }
}

/// Whole years on a day, from the day of birth, else from the year.
pub(crate) fn age(as_of: Day, features: &Features, row: usize) -> Option<i64> {
    let today = as_of.date();
    let years = match features.attribute("birthday", row).and_then(born) {
        Some(born) => {
            let had = (today.month(), today.day()) >= (born.month(), born.day());
            i64::from(today.year()) - i64::from(born.year()) - i64::from(!had)
        }
        None => {
            i64::from(today.year()) - features.attribute("birth_year", row)?.trim().parse::<i64>().ok()?
        }
    };
    Some(years).filter(|years| (0..=130).contains(years))
}

/// A day of birth as it was typed: the year first, or last with the day before the month where points
/// part them.
fn born(text: &str) -> Option<jiff::civil::Date> {
    let text = text.trim().split([' ', 'T']).next()?;
    let separator = ['-', '.', '/'].into_iter().find(|&mark| text.contains(mark))?;
    let parts: Vec<i16> = text.split(separator).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = parts[..] else { return None };
    let date = |year: i16, month: i16, day: i16| jiff::civil::Date::new(year, month as i8, day as i8).ok();
    match (first, third) {
        (1000.., _) => date(first, second, third),
        (_, 1000..) if separator == '.' => date(third, second, first),
        (_, 1000..) => {
            // 3/4/1990 reads both ways: the later day, so that nobody is told to be older than they are.
            date(third, second, first).max(date(third, first, second))
        }
        _ => None,
    }
}

fn often(features: &Features, row: usize) -> Option<&'static str> {
    features.counts("orders").get(row).filter(|&orders| orders > 0)?;
    Some(frequency(features.numbers("median_gap_days").get(row)))
}

/// The names of features a part may look at, for suggestions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FEATURES.iter().map(|feature: &Feature| feature.name).chain(["age", "frequency", "web_savviness"])
}

/// What is wrong with a setting whose name is no feature and near to one.
pub(super) fn near(name: &str) -> String {
    crate::import::names::did_you_mean(name, names())
}
