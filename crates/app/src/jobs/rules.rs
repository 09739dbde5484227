//! Rules before they are asked: read, held against the names of the base, given what the state knows.

use crate::base::Base;
use anyhow::{Context, Result, bail};
use engine::facts::FactSet;
use engine::facts::set::Handed;
use engine::interests::{Question, interests};
use engine::progress::Watch;
use engine::segmentations::rules::{names, read, tags};
use engine::segmentations::run::{self, Asked};
use model::base::ContactField;
use model::calendar::AsOf;
use model::expression::check::{Checked, check};
use model::expression::parse::{Parsed, parse};
use model::expression::rules::Rules;
use model::expression::tree::Expression;
use std::collections::BTreeSet;
use std::path::Path;

/// What was typed cannot be meant: the program ends as with any wrong usage.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongUsage(pub String);

/// The text of a file of rules.
///
/// # Errors
/// The file cannot be read.
pub fn text_of(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read the rules in `{}`", path.display()))
}

/// Reads a single condition.
///
/// # Errors
/// [`WrongUsage`] with the place in the text.
pub fn condition(text: &str) -> Result<Parsed> {
    Ok(parse(text).map_err(|error| WrongUsage(error.point(text)))?)
}

/// Reads the text of a file of rules.
///
/// # Errors
/// [`WrongUsage`] with everything that is wrong.
pub fn rules(text: &str) -> Result<Rules> {
    Ok(read::read(text).map_err(|errors| WrongUsage(errors.join("\n")))?)
}

/// Holds the rules among the segmentations asked for against the names of the base, and hands the
/// facts what the state knows for them. Gives what is odd about them.
///
/// # Errors
/// [`WrongUsage`] for names that are not there and tests that do not fit.
pub fn prepare(
    base: &Base,
    facts: &mut FactSet,
    asked: &[Asked],
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<String>> {
    let Some(one) = asked.iter().find(|one| one.segmentation.about().name == "rules") else {
        let attributes = run::question(asked, as_of)?.attributes;
        let fields = attributes.iter().filter_map(|name| ContactField::from_name(name));
        facts.hand(contacts(base, fields)?);
        return Ok(Vec::new());
    };
    let rules = rules(one.settings.text("rules"))?;
    let conditions: Vec<(Option<&str>, &Parsed)> =
        rules.rules.iter().map(|rule| (Some(rule.name.as_str()), &rule.when)).collect();
    let mut odd = prepare_each(base, facts, &conditions, asked, as_of, threads, watch)?;
    odd.extend(rules.never_win().iter().map(ToString::to_string));
    Ok(odd)
}

/// The same for a single condition.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_one(
    base: &Base,
    facts: &mut FactSet,
    condition: &Parsed,
    asked: &[Asked],
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<String>> {
    prepare_each(base, facts, &[(None, condition)], asked, as_of, threads, watch)
}

fn prepare_each(
    base: &Base,
    facts: &mut FactSet,
    conditions: &[(Option<&str>, &Parsed)],
    asked: &[Asked],
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<String>> {
    let expressions: Vec<&Expression> = conditions.iter().map(|(_, parsed)| &parsed.expression).collect();
    let (tags, tagged) = tags(base, facts, &expressions, as_of, threads, watch)?;
    let attributes = facts.attribute_names()?;
    let words = names::vocabulary(&expressions, &attributes, &tags, asked, as_of)?;
    let (mut wrong, mut odd) = (Vec::new(), Vec::new());
    for (rule, parsed) in conditions {
        let rule = rule.map_or(String::new(), |name| format!("rule `{name}`: "));
        let Checked { problems, warnings } = check(&parsed.expression, &words);
        wrong.extend(problems.iter().map(|one| format!("{rule}{}", parsed.point(one.at, one))));
        odd.extend(warnings.iter().map(|one| format!("{rule}{}", parsed.point(one.at, one))));
    }
    if !wrong.is_empty() {
        bail!(WrongUsage(wrong.join("\n")));
    }
    let attributes = run::question(asked, as_of)?.attributes;
    let asked_for = attributes.iter().filter_map(|name| ContactField::from_name(name));
    let fields: BTreeSet<ContactField> =
        names::state_fields(expressions.iter().copied()).into_iter().chain(asked_for).collect();
    facts.hand(contacts(base, fields)?.into_iter().chain(tagged));
    Ok(odd)
}

/// The contacts and consents that conditions and attributes ask for.
pub(super) fn contacts(base: &Base, fields: impl IntoIterator<Item = ContactField>) -> Result<Vec<Handed>> {
    let mut values = Vec::new();
    for field in fields {
        let known = base.wait(base.store.every(field))?;
        values.extend(known.into_iter().map(|(customer, value)| (customer, field.name().to_owned(), value)));
    }
    Ok(values)
}

/// The tags there are, and who has those that conditions ask for. Takes a pass over the facts where
/// any is asked for.
fn tags(
    base: &Base,
    facts: &FactSet,
    expressions: &[&Expression],
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<(Vec<String>, Vec<Handed>)> {
    let wanted = tags::tags_of(expressions.iter().copied());
    if wanted.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let question = Question { by_hand: base.tags_by_hand()?, ..Question::new(as_of) };
    let interests = interests(facts, &question, threads, watch)?;
    let values = tags::values(&interests, &question, &wanted);
    Ok((interests.categories, values.into_iter().map(Handed::from).collect()))
}
