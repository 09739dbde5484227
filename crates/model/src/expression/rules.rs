//! Ordered rules: of several the first that holds wins, and the remainder has a name.

use super::check::{Checked, check};
use super::error::SyntaxError;
use super::implies::implies;
use super::parse::{Parsed, parse};
use super::plan::{Plan, PlanError};
use super::tree::Expression;
use super::vocabulary::Vocabulary;
use crate::calendar::AsOf;
use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// The most rules of a list.
pub const RULES_MAX: usize = 1_000;
/// The name of the remainder unless another is given.
pub const REST: &str = "rest";

/// Rules as a file has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// The name of those for whom no rule holds.
    #[serde(default = "rest")]
    pub rest: String,
    #[serde(default, rename = "rule")]
    pub rules: Vec<WrittenRule>,
}

fn rest() -> String {
    REST.to_owned()
}

/// A rule as a file has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenRule {
    /// The name of the segment.
    pub name: String,
    pub when: When,
}

/// A condition as a file has it: a text, or a tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum When {
    Text(String),
    Tree(Expression),
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<When, D::Error> {
        deserializer.deserialize_any(TextOrTree)
    }
}

/// Tells a text from a tree, so that an error in a tree says what is wrong in it.
struct TextOrTree;

impl<'de> Visitor<'de> for TextOrTree {
    type Value = When;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a condition, or its tree")
    }

    fn visit_str<E>(self, text: &str) -> Result<When, E> {
        Ok(When::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<When, A::Error> {
        Expression::deserialize(MapAccessDeserializer::new(map)).map(When::Tree)
    }
}

/// Rules that were read, in order.
#[derive(Clone, Debug)]
pub struct Rules {
    pub rules: Vec<Rule>,
    /// The name of the remainder.
    pub rest: String,
}

/// A rule that was read.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub when: Parsed,
}

/// Why rules cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    #[error("rule `{rule}`: {error}")]
    Syntax { rule: String, error: SyntaxError },
    #[error("two rules are called `{name}`; give one another name")]
    Twice { name: String },
    #[error("rule {number} has no name; give it one")]
    NoName {
        /// From 1.
        number: usize,
    },
    #[error("the remainder is called `{name}`, as a rule is; give it another name with `rest`")]
    RestTwice { name: String },
    #[error("the remainder has no name; give it one with `rest`")]
    NoRest,
    #[error("more than {max} rules; join some with `or`")]
    TooMany { max: usize },
}

impl RuleFile {
    /// Reads every rule.
    ///
    /// # Errors
    /// All that is wrong, in the order of the file.
    pub fn read(&self) -> Result<Rules, Vec<RulesError>> {
        if self.rules.len() > RULES_MAX {
            return Err(vec![RulesError::TooMany { max: RULES_MAX }]);
        }
        let (mut rules, mut errors) = (Vec::new(), Vec::new());
        for (number, written) in self.rules.iter().enumerate() {
            let name = written.name.trim();
            if name.is_empty() {
                errors.push(RulesError::NoName { number: number + 1 });
            } else if self.rules[..number].iter().any(|earlier| same(&earlier.name, name)) {
                errors.push(RulesError::Twice { name: name.to_owned() });
            }
            let parsed = match &written.when {
                When::Text(text) => parse(text),
                When::Tree(tree) => Parsed::from_tree(tree),
            };
            match parsed {
                Ok(when) => rules.push(Rule { name: name.to_owned(), when }),
                Err(error) => errors.push(RulesError::Syntax { rule: name.to_owned(), error }),
            }
        }
        let rest = self.rest.trim().to_owned();
        if rest.is_empty() {
            errors.push(RulesError::NoRest);
        } else if self.rules.iter().any(|rule| same(&rule.name, &rest)) {
            errors.push(RulesError::RestTwice { name: rest.clone() });
        }
        if errors.is_empty() { Ok(Rules { rules, rest }) } else { Err(errors) }
    }
}

/// Names of segments are equal whatever their capital letters.
fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// A rule for which no customer can be left, because each of them is taken by an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{rule}` never wins: whoever it holds for is in `{earlier}` before; move it up")]
pub struct NeverWins {
    pub rule: String,
    pub earlier: String,
}

impl Rules {
    /// Names of the segments in order, the remainder last.
    pub fn names(&self) -> Vec<&str> {
        self.rules.iter().map(|rule| rule.name.as_str()).chain([self.rest.as_str()]).collect()
    }

    /// Looks through each rule with the names that it may use, in order.
    pub fn check(&self, vocabulary: &Vocabulary) -> Vec<Checked> {
        self.rules.iter().map(|rule| check(&rule.when.expression, vocabulary)).collect()
    }

    /// Rules that can never win, as far as that shows without any customer: an earlier rule has the
    /// same condition, or one that holds whenever theirs does.
    pub fn never_win(&self) -> Vec<NeverWins> {
        let mut found = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            let before = self.rules[..number]
                .iter()
                .find(|earlier| implies(&rule.when.expression, &earlier.when.expression));
            if let Some(earlier) = before {
                found.push(NeverWins { rule: rule.name.clone(), earlier: earlier.name.clone() });
            }
        }
        found
    }

    /// Makes the rules ready: `Plan::first` is the number of the rule that wins.
    ///
    /// # Errors
    /// What [`Plan::new`] refuses.
    pub fn plan(&self, as_of: AsOf) -> Result<Plan, PlanError> {
        let expressions: Vec<Expression> =
            self.rules.iter().map(|rule| rule.when.expression.clone()).collect();
        Plan::new(&expressions, as_of)
    }

    /// The name of the rule that wins, as `Plan::first` gives it, or of the remainder.
    pub fn name(&self, winner: Option<usize>) -> &str {
        winner.and_then(|number| self.rules.get(number)).map_or(&self.rest, |rule| &rule.name)
    }
}
