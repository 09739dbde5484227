//! Why one customer has the labels it has.

use super::count::labels_of;
use super::rules;
use super::segment::{self, Cut};
use crate::base::{Base, region_of};
use anyhow::{Context, Result};
use engine::facts::FactSet;
use engine::features::Question;
use engine::import::cells;
use engine::progress::Watch;
use engine::segmentations::rules::trace::trace;
use engine::segmentations::rules::{expressions, names};
use engine::segmentations::run::Asked;
use engine::segmentations::{LabelColumn, Reason};
use model::base::ContactField;
use model::calendar::Day;
use model::expression::trace::{Found, Trace};
use model::expression::value::Owned;
use std::collections::BTreeSet;

/// What stands before a condition inside another.
const INDENT: &str = "  ";

/// The reasons of one segmentation.
pub struct Explained {
    pub segmentation: &'static str,
    pub reasons: Vec<Reason>,
}

/// Explains the labels of a customer, named by id, e-mail or phone.
pub fn explain(
    base: &Base,
    customer: &str,
    asked: Vec<Asked>,
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<(Cut, Vec<Explained>)> {
    let (mut facts, _) = base.facts()?;
    let moment = segment::moment(&facts, as_of)?;
    let odd = rules::prepare(base, &mut facts, &asked, moment, threads, watch)?;
    let mut cut = segment::cut(&facts, asked, &[], moment, threads, watch)?;
    cut.odd = odd;
    cut.odd.extend(alias(base, customer)?);
    let place = find(base, customer, &cut)?;
    let explained = reasons_of(&facts, &cut, place)?;
    Ok((cut, explained))
}

/// The reasons for all labels of the customer in a row of a bucket.
pub(super) fn reasons_of(facts: &FactSet, cut: &Cut, (place, row): (usize, usize)) -> Result<Vec<Explained>> {
    let (bucket, labels) = (&cut.features[place], &cut.outcome.labels[place]);
    let others: Vec<&LabelColumn> = labels.iter().collect();
    let mut explained = Vec::new();
    for (one, fit) in cut.asked.iter().zip(&cut.outcome.fits) {
        let name = one.segmentation.about().name;
        let mut reasons =
            one.segmentation.explain_beside(&one.settings, fit, &cut.question, bucket, &others, row);
        if name == "rules" {
            let rules = rules::rules(one.settings.text("rules"))?;
            let conditions = expressions(&rules);
            let traces = trace(&conditions, facts, &cut.question, bucket, labels, row)?;
            for (rule, trace) in rules.rules.iter().zip(&traces) {
                traced(&rule.name, trace, 0, &mut reasons);
            }
        }
        explained.push(Explained { segmentation: name, reasons });
    }
    Ok(explained)
}

/// Explains whether a single condition holds for a customer. `settings` are of the segmentations
/// whose labels it looks at.
pub fn explain_condition(
    base: &Base,
    customer: &str,
    text: &str,
    settings: &[String],
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<(Cut, Vec<Explained>)> {
    let parsed = rules::condition(text)?;
    let asked = labels_of(&parsed.expression, settings)?;
    let (mut facts, _) = base.facts()?;
    let moment = segment::moment(&facts, as_of)?;
    let odd = rules::prepare_one(base, &mut facts, &parsed, &asked, moment, threads, watch)?;
    let ask = |question: &mut Question| names::need(&parsed.expression, question);
    let mut cut = segment::cut_with(&facts, asked, ask, moment, threads, watch)?;
    cut.odd = odd;
    cut.odd.extend(alias(base, customer)?);
    let (place, row) = find(base, customer, &cut)?;
    let (bucket, labels) = (&cut.features[place], &cut.outcome.labels[place]);
    let traces = trace(&[parsed.expression], &facts, &cut.question, bucket, labels, row)?;
    let mut reasons = Vec::new();
    traces.iter().for_each(|one| traced("condition", one, 0, &mut reasons));
    Ok((cut, vec![Explained { segmentation: "rule", reasons }]))
}

/// Whom an answer is about, where an alias was asked for.
fn alias(base: &Base, customer: &str) -> Result<Option<String>> {
    let links = base.links()?;
    let main = links.main_of(customer);
    Ok((main != customer)
        .then(|| format!("`{customer}` is linked to `{main}`: this is of both as one; see `dolka identity`")))
}

/// A reason for each condition, those inside others further in.
fn traced(name: &str, trace: &Trace, level: usize, reasons: &mut Vec<Reason>) {
    let value = match &trace.found {
        Found::Group => String::new(),
        Found::Value(Owned::Text(text)) => text.clone(),
        Found::Value(value) => value.to_string(),
        Found::Facts { measured, day } => {
            let measured = measured.map(|measured| measured.to_string());
            let day = day.map(|day| day.to_string());
            measured.into_iter().chain(day).collect::<Vec<_>>().join(", ")
        }
    };
    reasons.push(Reason {
        part: format!("{name}: {}", if trace.held { "yes" } else { "no" }),
        value,
        rule: format!("{}{}", INDENT.repeat(level), trace.text),
    });
    trace.inside.iter().for_each(|inside| traced(name, inside, level + 1, reasons));
}

/// Bucket and row of a customer.
pub(super) fn find(base: &Base, customer: &str, cut: &Cut) -> Result<(usize, usize)> {
    let links = base.links()?;
    let ids = ids_of(base, customer)?;
    let ids: Vec<&str> = ids.iter().map(|id| links.main_of(id)).collect();
    let place = place_of(cut, &ids);
    place.with_context(|| {
        format!(
            "the base knows no customer `{customer}` as of {}; `dolka features orders` lists all",
            cut.as_of
        )
    })
}

/// Bucket and row of the customer with one of these ids.
pub(super) fn place_of(cut: &Cut, ids: &[&str]) -> Option<(usize, usize)> {
    cut.features.iter().enumerate().find_map(|(place, bucket)| {
        let row = bucket.customer_ids().iter().position(|id| id.is_some_and(|id| ids.contains(&id)))?;
        Some((place, row))
    })
}

/// The ids that a person may mean: the text itself, and whoever has it for an e-mail or phone,
/// however it is written.
pub(super) fn ids_of(base: &Base, customer: &str) -> Result<Vec<String>> {
    let mut forms = BTreeSet::from([customer.to_owned()]);
    if let Ok(email) = cells::email(customer) {
        forms.extend([email.typed, email.key]);
    }
    if let Ok(phones) = cells::phone(customer, region_of(&base.settings.zone)) {
        forms.extend(phones.into_iter().map(|phone| phone.e164));
    }
    let mut ids = vec![customer.to_owned()];
    for form in &forms {
        for field in [ContactField::Key, ContactField::Email, ContactField::Phone] {
            ids.extend(base.wait(base.store.find(field, form))?);
        }
    }
    Ok(ids)
}
