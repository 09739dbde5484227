//! What an event says that is personal: texts, numbers, and who somebody inside a company is. It goes
//! to the state; of a text and of a person the fact keeps a digest keyed by the base's secret, so that
//! another text is another version.

use super::keys::Digests;
use super::plan::Plan;
use super::view::View;
use crate::facts::events::found::{TEXT, kept, said};
use crate::import::cells;
use model::base::{FactKind, PersonalField};
use std::borrow::Cow;

/// Letters of a survey's answer above which it is a text of the customer's own and no choice.
const ANSWER_LETTERS_MAX: usize = 80;
/// The key of the digest of a person inside a company.
const WHO: &str = "who";

/// Columns of what is personal.
#[derive(Default)]
pub(super) struct PersonalColumns {
    pub text: Vec<usize>,
    pub number: Option<usize>,
    pub name: Vec<usize>,
}

/// What was found of one event.
pub(super) type Found<'a> = Vec<(PersonalField, Cow<'a, str>)>;

/// What a row says that is personal. `outside` is the column with the number of the other side of a
/// call; `answer` the answer of a survey.
pub(super) fn of<'a>(
    plan: &Plan,
    view: &View<'a>,
    kind: FactKind,
    outside: Option<usize>,
    answer: Option<&'a str>,
) -> Found<'a> {
    let columns = &plan.event.personal;
    let mut found = Found::new();
    match kind {
        FactKind::Touches => {
            let text = joined(view, &columns.text, "\n");
            let text = text.or(answer.filter(|answer| is_free_text(answer)).map(Cow::Borrowed));
            found.extend(text.map(|text| (PersonalField::Text, without_zeros(text))));
            let phones =
                columns.number.into_iter().chain(outside).chain(plan.customer.phones.iter().copied());
            found.extend(first_number(plan, view, phones));
        }
        FactKind::Contacts => {
            let name = joined(view, &columns.name, " ");
            found.extend(name.map(|name| (PersonalField::Name, without_zeros(name))));
            let cells = plan.customer.emails.iter().filter_map(|&index| view.text(Some(index)));
            let mut emails =
                cells.filter_map(|cell| cells::email(cell.split([',', ';']).next()?.trim()).ok());
            found.extend(emails.next().map(|email| (PersonalField::Email, email.typed.into())));
            found.extend(first_number(plan, view, plan.customer.phones.iter().copied()));
        }
        _ => {}
    }
    found
}

/// Whether an answer is more than one of a few to choose from.
pub(super) fn is_free_text(answer: &str) -> bool {
    answer.chars().nth(ANSWER_LETTERS_MAX).is_some()
}

fn joined<'a>(view: &View<'a>, columns: &[usize], between: &str) -> Option<Cow<'a, str>> {
    let mut cells = columns.iter().filter_map(|&index| view.text(Some(index)));
    let first = cells.next()?;
    let rest: Vec<&str> = cells.collect();
    if rest.is_empty() {
        return Some(Cow::Borrowed(first));
    }
    Some(Cow::Owned(std::iter::once(first).chain(rest).collect::<Vec<_>>().join(between)))
}

/// No database keeps a zero character.
fn without_zeros(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', " ")) } else { text }
}

fn first_number<'a>(
    plan: &Plan,
    view: &View<'a>,
    columns: impl Iterator<Item = usize>,
) -> Option<(PersonalField, Cow<'a, str>)> {
    let mut cells = columns.filter_map(|index| view.text(Some(index)));
    let number = cells.find_map(|cell| cells::phone(cell, &plan.region).ok()?.into_iter().next())?;
    Some((PersonalField::Number, number.e164.into()))
}

/// What the row says besides, with the digest of its text or of its person.
pub(super) fn with_digest(more: String, personal: &Found<'_>, kind: FactKind, digests: &Digests) -> String {
    let Some((key, digest)) = digest(personal, kind, digests) else { return more };
    let mut all = said(&more);
    all.insert(key.into(), digest.into());
    kept(&all)
}

fn digest(personal: &Found<'_>, kind: FactKind, digests: &Digests) -> Option<(&'static str, String)> {
    let of = |field| personal.iter().find(|(known, _)| *known == field).map(|(_, value)| value.as_ref());
    if kind == FactKind::Contacts {
        let best = of(PersonalField::Email).or(of(PersonalField::Number)).or(of(PersonalField::Name))?;
        return Some((WHO, digests.of(&crate::import::names::fold(best))));
    }
    Some((TEXT, digests.of(of(PersonalField::Text)?)))
}

/// An id for a person inside a company whose file has none: the same person of the same company has
/// the same.
pub(super) fn id_of_person(company: &str, personal: &Found<'_>, digests: &Digests) -> Option<String> {
    let (_, who) = digest(personal, FactKind::Contacts, digests)?;
    Some(format!("w-{}", digests.of(&format!("{company}\n{who}"))))
}
