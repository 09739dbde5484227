//! What the base knows of its customers, in Kotler's four groups and in Bonoma and Shapiro's five nests:
//! every attribute and feature with how many have it and its commonest values, and what is wanted for
//! segments and not there.

mod list;

pub use list::{Entry, Kind, Listing, Missing, list};

use crate::import::names::words;
use crate::import::phrases::{Phrase, tokens};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Kotler's groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    Geographic,
    Demographic,
    Behavioural,
    Psychographic,
    /// Its name tells nothing, and nobody has said it.
    Unsorted,
}

impl Group {
    pub const ALL: [Group; 5] =
        [Group::Geographic, Group::Demographic, Group::Behavioural, Group::Psychographic, Group::Unsorted];

    pub fn name(self) -> &'static str {
        match self {
            Group::Geographic => "geographic",
            Group::Demographic => "demographic",
            Group::Behavioural => "behavioural",
            Group::Psychographic => "psychographic",
            Group::Unsorted => "unsorted",
        }
    }

    pub fn from_name(name: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.name() == name)
    }
}

/// Bonoma and Shapiro's nests, from the outside in: what is told easily of a company first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nest {
    Firm,
    Operation,
    Purchasing,
    Situation,
    Person,
}

impl Nest {
    pub const ALL: [Nest; 5] = [Nest::Firm, Nest::Operation, Nest::Purchasing, Nest::Situation, Nest::Person];

    pub fn name(self) -> &'static str {
        match self {
            Nest::Firm => "firm",
            Nest::Operation => "operation",
            Nest::Purchasing => "purchasing",
            Nest::Situation => "situation",
            Nest::Person => "person",
        }
    }
}

/// Whom an attribute is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    Person,
    Company,
    Both,
    /// Known by its name and not asked for.
    None,
}

/// An attribute that is known by its names.
struct Known {
    name: String,
    group: Group,
    nest: Nest,
    of: Of,
    by: Vec<String>,
    get: String,
    phrases: Vec<Phrase>,
}

#[derive(Deserialize)]
struct Listed {
    attribute: Vec<ListedAttribute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedAttribute {
    name: String,
    group: Group,
    nest: Nest,
    of: Of,
    #[serde(default)]
    by: Vec<String>,
    names: Vec<String>,
    #[serde(default)]
    get: String,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let listed: Listed =
        toml::from_str(include_str!("groups.toml")).expect("the shipped list is tested to parse");
    let read = |one: ListedAttribute| Known {
        phrases: one.names.iter().chain([&one.name]).filter_map(|text| Phrase::read(text)).collect(),
        name: one.name,
        group: one.group,
        nest: one.nest,
        of: one.of,
        by: one.by,
        get: one.get,
    };
    listed.attribute.into_iter().map(read).collect()
});

/// The group that an attribute's name tells; `Unsorted` where it tells none.
pub fn group_of(name: &str) -> Group {
    known_by(name).map_or(Group::Unsorted, |known| known.group)
}

/// The nest that an attribute's name tells; `None` where it tells none.
pub fn nest_of(name: &str) -> Option<Nest> {
    known_by(name).map(|known| known.nest)
}

/// Whether only companies have such an attribute: what stands in registers of firms, such as the industry.
pub fn is_of_companies(name: &str) -> bool {
    known_by(name).is_some_and(|known| known.nest == Nest::Firm && known.group == Group::Demographic)
}

/// What an attribute's name tells of it; `None` where it tells nothing.
fn known_by(name: &str) -> Option<&'static Known> {
    let words = tokens(&words(name));
    KNOWN.iter().find(|known| known.phrases.iter().any(|phrase| phrase.places(&words).next().is_some()))
}

#[cfg(test)]
impl Known {
    fn names_itself(&self) -> bool {
        let words = tokens(&self.name);
        self.phrases.iter().any(|phrase| phrase.places(&words).next().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::list::find;

    #[test]
    fn names_tell_the_group() {
        for (name, group, nest) in [
            ("City", Group::Geographic, Nest::Firm),
            ("Регион доставки", Group::Geographic, Nest::Firm),
            ("Пол", Group::Demographic, Nest::Person),
            ("maritalStatus", Group::Demographic, Nest::Person),
            ("Вид деятельности", Group::Demographic, Nest::Firm),
            ("Estil de vida", Group::Psychographic, Nest::Person),
            ("Vērtības", Group::Psychographic, Nest::Person),
            ("loyalty_tier", Group::Behavioural, Nest::Purchasing),
            ("Preferred store type", Group::Behavioural, Nest::Purchasing),
            ("year_established", Group::Demographic, Nest::Firm),
            ("office_location", Group::Geographic, Nest::Firm),
            ("subsidiary_of", Group::Demographic, Nest::Firm),
            ("Число сотрудников", Group::Demographic, Nest::Firm),
            ("Отдел закупок", Group::Behavioural, Nest::Purchasing),
            ("Decision maker's title", Group::Behavioural, Nest::Purchasing),
            ("Amats", Group::Demographic, Nest::Person),
        ] {
            let known = known_by(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((known.group, known.nest), (group, nest), "{name}");
            assert_eq!(is_of_companies(name), group == Group::Demographic && nest == Nest::Firm, "{name}");
        }
        assert!(known_by("Average").is_none() && known_by("Zodiac").is_none());
    }

    #[test]
    fn what_is_wanted_says_how_to_get_it() {
        for known in KNOWN.iter() {
            assert_eq!(known.get.is_empty(), known.of == Of::None, "{}", known.name);
            for by in &known.by {
                let other = ["birthday", "zip", "contacts", "touches"].contains(&by.as_str());
                assert!(other || find(by).is_some(), "{by}");
            }
            assert!(known.names_itself(), "{}", known.name);
        }
    }
}
