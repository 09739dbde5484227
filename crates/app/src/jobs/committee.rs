//! People inside companies: of one company with their names, and what the committees of some companies
//! have in common beside others.

use super::deals;
use super::explain::ids_of;
use super::rules;
use super::segment::{cut_with, moment, originals_of};
use crate::base::Base;
use anyhow::{Result, anyhow, bail};
use engine::committee::{Chair, Group, Person, Seat, chairs, everybody, missing, people_of};
use engine::deals::{Class, Goal};
use engine::progress::Watch;
use engine::segmentations::rules::count::who;
use engine::segmentations::rules::names;
use model::base::{FactKind, PersonalField};
use model::calendar::{AsOf, Day};
use std::collections::BTreeSet;

/// Somebody with what the state knows of them.
pub struct Known {
    pub company: String,
    pub person: Person,
    pub name: Option<String>,
    pub email: Option<String>,
    pub number: Option<String>,
}

/// The people of a company.
///
/// # Errors
/// The base knows nobody there.
pub fn contacts(base: &Base, customer: &str, as_of: Option<Day>) -> Result<Vec<Known>> {
    let (facts, _) = base.facts()?;
    let as_of = AsOf(as_of.unwrap_or(Day(i32::MAX)));
    let mut found = Vec::new();
    for company in ids_of(base, customer)? {
        for person in people_of(&facts, &company, as_of)? {
            let of = |field| {
                let ids = [person.id.clone()];
                base.wait(base.store.personal(FactKind::Contacts, &person.source, field, &ids))
                    .map(|mut found| found.remove(&person.id))
            };
            let (name, email) = (of(PersonalField::Name)?, of(PersonalField::Email)?);
            let number = of(PersonalField::Number)?;
            found.push(Known { company: company.clone(), person, name, email, number });
        }
    }
    if found.is_empty() {
        bail!(
            "nobody is known inside `{customer}`; import people with `dolka import FILE --kind contacts`, \
             with the company in the column `customer_id`"
        );
    }
    found.sort_by(|a, b| (b.person.influence, &a.person.id).cmp(&(a.person.influence, &b.person.id)));
    Ok(found)
}

/// Which companies are meant.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// Those for whom a condition of the language of rules holds.
    Holding(&'a str),
    /// Those with a deal of this class among the last closed ones.
    Class(Class),
}

/// What is asked of committees.
pub struct Request<'a> {
    /// Whose committee is typical, and whose it is compared with.
    pub of: Whose<'a>,
    pub beside: Whose<'a>,
    pub seat: Seat,
    /// A seat is typical that at least this share of the companies has.
    pub least: f64,
    pub settings: &'a [String],
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// The typical committee.
pub struct Committee {
    pub as_of: AsOf,
    pub notices: Vec<String>,
    pub typical: Group,
    pub others: Group,
    pub chairs: Vec<Chair>,
    /// Companies it is compared with that lack typical seats, and which.
    pub missing: Vec<(String, Vec<String>)>,
}

/// Adds up the committees of the companies for whom a condition holds beside those of others.
///
/// # Errors
/// A condition that cannot be used is wrong usage; nobody is known inside any company.
pub fn committee(base: &Base, request: &Request<'_>, watch: &dyn Watch) -> Result<Committee> {
    let (facts, _) = base.facts()?;
    if !facts.has_events(FactKind::Contacts) {
        bail!(
            "the base knows nobody inside companies yet; import people with \
             `dolka import FILE --kind contacts`"
        );
    }
    let as_of = moment(&facts, request.as_of)?;
    let mut notices = Vec::new();
    let typical = companies(base, request.of, request, watch, &mut notices)?;
    let others = companies(base, request.beside, request, watch, &mut notices)?;
    let people = everybody(&facts, as_of)?;
    let group = Group::of(&typical, &people, request.seat);
    let beside = Group::of(&others, &people, request.seat);
    let lacking = missing(&others, &people, request.seat, &group, request.least);
    let originals = originals_of(base, lacking.iter().map(|(company, _)| company.as_str()).collect())?;
    let shown = |company: String| originals.get(&company).cloned().unwrap_or(company);
    Ok(Committee {
        as_of,
        notices,
        chairs: chairs(&group, &beside),
        typical: group,
        others: beside,
        missing: lacking.into_iter().map(|(company, seats)| (shown(company), seats)).collect(),
    })
}

/// The companies with a deal of a class.
fn of_class(base: &Base, class: Class, request: &Request<'_>) -> Result<Vec<String>> {
    let asked = deals::Request {
        plan: deals::plan(&[])?,
        goal: Goal::ClassA,
        without: Vec::new(),
        as_of: request.as_of,
        threads: request.threads,
    };
    let judged = deals::class(base, asked)?.analysis.judged.into_iter();
    let companies = judged.filter(|one| one.class == class).filter_map(|one| one.deal.customer_id);
    Ok(companies.collect::<BTreeSet<String>>().into_iter().collect())
}

/// The companies that are meant.
fn companies(
    base: &Base,
    whose: Whose<'_>,
    request: &Request<'_>,
    watch: &dyn Watch,
    notices: &mut Vec<String>,
) -> Result<Vec<String>> {
    let condition = match whose {
        Whose::Holding(condition) => condition,
        Whose::Class(class) => return of_class(base, class, request),
    };
    let parsed = rules::condition(condition)?;
    let expression = &parsed.expression;
    let asked = super::count::labels_of(expression, request.settings)?;
    let (mut facts, _) = base.facts()?;
    let as_of = moment(&facts, request.as_of)?;
    notices.extend(rules::prepare_one(base, &mut facts, &parsed, &asked, as_of, request.threads, watch)?);
    let ask = |question: &mut engine::features::Question| names::need(expression, question);
    let cut = cut_with(&facts, asked, ask, as_of, request.threads, watch)?;
    let found = who(std::slice::from_ref(expression), &cut.question, &cut.features, &cut.outcome.labels)
        .map_err(|error| anyhow!(rules::WrongUsage(error.to_string())))?;
    Ok(found.into_iter().next().unwrap_or_default())
}
