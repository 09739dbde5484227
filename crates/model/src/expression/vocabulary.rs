//! The names that a rule may use, and what they stand for.

use super::value::Type;
use std::collections::BTreeMap;

/// Names with their types: values of customers, kinds of facts with their fields, tags, channels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    pub(super) values: BTreeMap<String, Type>,
    pub(super) labels: BTreeMap<String, Vec<String>>,
    pub(super) facts: BTreeMap<String, BTreeMap<String, Type>>,
    pub(super) tags: Option<Vec<String>>,
    pub(super) tag_fields: BTreeMap<String, Type>,
    pub(super) channels: Vec<String>,
}

impl Vocabulary {
    pub fn new() -> Vocabulary {
        Vocabulary::default()
    }

    /// A feature, an attribute, a column of a segmentation.
    pub fn value(mut self, name: &str, kind: Type) -> Vocabulary {
        self.values.insert(name.to_owned(), kind);
        self
    }

    /// A text that is one of some labels, such as the name of a segment: others get a warning.
    pub fn labels<'a>(mut self, name: &str, labels: impl IntoIterator<Item = &'a str>) -> Vocabulary {
        self.labels.insert(name.to_owned(), labels.into_iter().map(str::to_owned).collect());
        self.value(name, Type::Text)
    }

    /// A kind of facts and its fields.
    pub fn fact<'a>(mut self, kind: &str, fields: impl IntoIterator<Item = (&'a str, Type)>) -> Vocabulary {
        let fields = fields.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect();
        self.facts.insert(kind.to_owned(), fields);
        self
    }

    /// The tags there are; without this any tag may be asked for.
    pub fn tags<'a>(mut self, tags: impl IntoIterator<Item = &'a str>) -> Vocabulary {
        self.tags = Some(tags.into_iter().map(str::to_owned).collect());
        self
    }

    /// What is known of a tag on a customer: its weight, who set it.
    pub fn tag_field(mut self, name: &str, kind: Type) -> Vocabulary {
        self.tag_fields.insert(name.to_owned(), kind);
        self
    }

    /// A channel that consent is given for.
    pub fn channel(mut self, name: &str) -> Vocabulary {
        self.channels.push(name.to_owned());
        self
    }
}

/// Whose names a condition uses: a customer's, or inside a filter a fact's or a tag's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope<'a> {
    Customer,
    Fact(&'a str),
    Tag,
}

impl Vocabulary {
    /// The names of a scope.
    pub(super) fn names(&self, scope: Scope<'_>) -> &BTreeMap<String, Type> {
        static NONE: BTreeMap<String, Type> = BTreeMap::new();
        match scope {
            Scope::Customer => &self.values,
            Scope::Fact(kind) => self.facts.get(kind).unwrap_or(&NONE),
            Scope::Tag => &self.tag_fields,
        }
    }
}
