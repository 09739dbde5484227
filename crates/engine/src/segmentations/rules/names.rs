//! The names that rules may use, and what has to be known for them.

use super::about::ABOUT;
use super::tags::{self, TAGS};
use crate::facts::FactSet;
use crate::facts::set::FactError;
use crate::features::conditions::{FACTS, fields, kinds::MORE};
use crate::features::{FEATURES, Question, Unit, compute_bucket, list};
use crate::segmentations::contract::Labels;
use crate::segmentations::run::{self, Asked};
use crate::segmentations::{SEGMENTATIONS, SettingError};
use model::base::ContactField;
use model::calendar::AsOf;
use model::expression::tree::{Expression, Literal, Test};
use model::expression::value::Type;
use model::expression::vocabulary::Vocabulary;
use std::collections::BTreeMap;
use std::path::Path;

/// The name of the customer's id.
pub const CUSTOMER_ID: &str = "customer_id";
/// What the attribute of a consent begins with; the channel follows.
pub const CONSENT: &str = "consent_";
/// Channels that consent is given for.
pub const CHANNELS: [&str; 3] = ["email", "sms", "messenger"];

/// What a rule calls a value of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Id,
    Feature(Unit),
    /// A column of the segmentation of this name.
    Label(&'static str),
    Attribute,
}

/// What a name stands for. Features go before labels, labels before attributes.
pub fn named(name: &str) -> Named {
    if name == CUSTOMER_ID {
        return Named::Id;
    }
    if let Some(feature) = list::find(name) {
        return Named::Feature(feature.unit);
    }
    let of = |about: &crate::segmentations::About| about.columns.iter().any(|&(column, _)| column == name);
    let abouts = SEGMENTATIONS.iter().map(|one| one.about());
    abouts
        .filter(|about| about.name != ABOUT.name)
        .find(|about| of(about))
        .map_or(Named::Attribute, |about| Named::Label(about.name))
}

/// The attribute under which the state hands on a field, where rules may ask for it.
pub fn state_field(name: &str) -> Option<ContactField> {
    ContactField::from_name(name).filter(|field| *field != ContactField::Key)
}

fn type_of_state(field: ContactField) -> Type {
    match field {
        ContactField::Birthday => Type::Day,
        field if field.is_consent() => Type::Flag,
        _ => Type::Text,
    }
}

/// The types that tests expect of names: an attribute is a text, and is read as a number, a day, or
/// as true or false where the first rule that tests it does so.
pub fn expected<'a>(expressions: impl IntoIterator<Item = &'a Expression>) -> BTreeMap<String, Type> {
    let mut types = BTreeMap::new();
    for expression in expressions {
        expect(expression, &mut types);
    }
    for field in ContactField::ALL {
        types.insert(field.name().to_owned(), type_of_state(field));
    }
    types
}

fn expect(expression: &Expression, types: &mut BTreeMap<String, Type>) {
    let found = match expression {
        Expression::Value(named) => tested(&named.test).map(|kind| (&named.name, kind)),
        Expression::Anniversary(anniversary) => Some((&anniversary.of, Type::Day)),
        Expression::And(_) | Expression::Or(_) | Expression::Not(_) => {
            expression.children().into_iter().for_each(|inner| expect(inner, types));
            None
        }
        // Names in filters are those of facts and tags.
        _ => None,
    };
    if let Some((name, kind)) = found {
        types.entry(name.clone()).or_insert(kind);
    }
}

/// The type that a test goes with; `None` where any does.
fn tested(test: &Test) -> Option<Type> {
    let literal = |literal: &Literal| match literal {
        Literal::Text(_) => Type::Text,
        Literal::Number(_) => Type::Number,
        Literal::Day(_) => Type::Day,
        Literal::Flag(_) => Type::Flag,
    };
    match test {
        Test::Set => None,
        Test::Compare { value, .. } | Test::Between { from: value, .. } => Some(literal(value)),
        Test::In(values) => values.first().map(literal),
        Test::Window(_) => Some(Type::Day),
        Test::Contains(_)
        | Test::ContainsAny(_)
        | Test::ContainsAll(_)
        | Test::StartsWith(_)
        | Test::EndsWith(_) => Some(Type::Text),
    }
}

/// The names of a rule's customer, outside of filters, and the tags and channels it asks for.
fn each_name(expression: &Expression, each: &mut dyn FnMut(&str)) {
    match expression {
        Expression::Value(named) => each(&named.name),
        Expression::Anniversary(anniversary) => each(&anniversary.of),
        Expression::Tag(tagged) => {
            each(&tags::attribute_of(&tagged.tag));
            each(TAGS);
        }
        Expression::Consent(channel) => each(&format!("{CONSENT}{}", channel.channel)),
        Expression::And(_) | Expression::Or(_) | Expression::Not(_) => {
            expression.children().into_iter().for_each(|inner| each_name(inner, each));
        }
        _ => {}
    }
}

/// Asks for all that a rule looks at but for labels of segmentations.
pub fn need(expression: &Expression, question: &mut Question) {
    each_name(expression, &mut |name| match named(name) {
        Named::Feature(_) => question.need(name),
        Named::Attribute => question.need_attribute(name),
        Named::Id | Named::Label(_) => {}
    });
    need_facts(expression, question);
}

fn need_facts(expression: &Expression, question: &mut Question) {
    match expression {
        Expression::And(_) | Expression::Or(_) | Expression::Not(_) => {
            expression.children().into_iter().for_each(|inner| need_facts(inner, question));
        }
        Expression::Did(_)
        | Expression::Sequence(_)
        | Expression::Stopped(_)
        | Expression::Restarted(_)
        | Expression::Regularly(_) => question.need_fact(expression),
        _ => {}
    }
}

/// The segmentations whose labels rules look at.
pub fn segmentations_of<'a>(expressions: impl IntoIterator<Item = &'a Expression>) -> Vec<&'static str> {
    let mut found = Vec::new();
    for expression in expressions {
        each_name(expression, &mut |name| {
            if let Named::Label(segmentation) = named(name)
                && !found.contains(&segmentation)
            {
                found.push(segmentation);
            }
        });
    }
    found
}

/// What the state has to hand on before rules can be asked.
pub fn state_fields<'a>(expressions: impl IntoIterator<Item = &'a Expression>) -> Vec<ContactField> {
    let mut found = Vec::new();
    for expression in expressions {
        each_name(expression, &mut |name| {
            let field = state_field(name).filter(|_| named(name) == Named::Attribute);
            found.extend(field.filter(|field| !found.contains(field)));
        });
    }
    found
}

/// The vocabulary of a base for some rules: its features, the columns of segmentations (with the
/// settings of those in `asked`), what the state knows, the attributes of its customers, the tags that
/// purchases and people give, its facts.
///
/// # Errors
/// A setting that cannot be used.
pub fn vocabulary(
    expressions: &[&Expression],
    attributes: &[String],
    tags: &[String],
    asked: &[Asked],
    as_of: AsOf,
) -> Result<Vocabulary, SettingError> {
    let types = expected(expressions.iter().copied());
    let mut words = Vocabulary::new().value(CUSTOMER_ID, Type::Text);
    for name in attributes {
        words = words.value(name, types.get(name).copied().unwrap_or(Type::Text));
    }
    for field in ContactField::ALL.into_iter().filter(|field| *field != ContactField::Key) {
        words = words.value(field.name(), type_of_state(field));
    }
    for (column, labels) in columns(asked, as_of)? {
        words = match labels {
            Labels::Names { names, .. } => words.labels(column, names.iter().map(String::as_str)),
            Labels::Flags(_) => words.value(column, Type::Flag),
            Labels::Money(_) => words.value(column, Type::Number),
            Labels::Counts(_) => words.value(column, Type::Count),
            Labels::Numbers(_) => words.value(column, Type::Float),
        };
    }
    for feature in FEATURES {
        words = words.value(feature.name, type_of(feature.unit));
    }
    for fact in FACTS {
        let mut more = Vec::new();
        expressions.iter().for_each(|expression| more_fields(expression, &mut more));
        let own = fields(fact.name);
        let is_event = !own.iter().any(|(name, _)| *name == "promo_code");
        let more = more.iter().filter(|_| is_event).map(|name| (name.as_str(), Type::Text));
        words = words.fact(fact.name, own.iter().copied().chain(more));
    }
    // Where files bring tags, any may be asked for.
    if !attributes.iter().any(|name| name == TAGS) {
        words = words.tags(tags.iter().map(String::as_str));
    }
    for (field, kind) in tags::FIELDS {
        words = words.tag_field(field, kind);
    }
    Ok(CHANNELS.into_iter().fold(words, Vocabulary::channel))
}

/// The names in filters that are keys of what files said besides.
fn more_fields(expression: &Expression, found: &mut Vec<String>) {
    if let Expression::Value(named) = expression
        && named.name.starts_with(MORE)
    {
        found.push(named.name.clone());
    }
    expression.children().into_iter().for_each(|inner| more_fields(inner, found));
}

pub(super) fn type_of(unit: Unit) -> Type {
    match unit {
        Unit::Count => Type::Count,
        Unit::Day => Type::Day,
        Unit::Money | Unit::Quantity => Type::Number,
        Unit::Number => Type::Float,
        Unit::Text => Type::Text,
    }
}

/// The columns that segmentations give, each with the labels of nobody.
fn columns(asked: &[Asked], as_of: AsOf) -> Result<Vec<(&'static str, Labels)>, SettingError> {
    let mut found = Vec::new();
    for segmentation in SEGMENTATIONS.iter().filter(|one| one.about().name != ABOUT.name) {
        let name = segmentation.about().name;
        let one = match asked.iter().find(|one| one.segmentation.about().name == name) {
            Some(one) => one.clone(),
            None => Asked::new(*segmentation, [])?,
        };
        let question = run::question(std::slice::from_ref(&one), as_of)?;
        let nobody = nobody(&question).map_err(|error| SettingError {
            segmentation: name,
            setting: String::new(),
            value: String::new(),
            reason: error.to_string(),
        })?;
        let outcome = run::run(&[one], &question, &[nobody], 1);
        let columns = outcome.labels.into_iter().flatten();
        found.extend(columns.map(|column| (column.name, column.labels)));
    }
    Ok(found)
}

/// The features of an empty base: what they are shows without anybody having them.
fn nobody(question: &Question) -> Result<crate::features::Features, FactError> {
    compute_bucket(&FactSet::open(Path::new(""), &[], None)?, 0, question, 0)
}
