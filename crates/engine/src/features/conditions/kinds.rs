//! The kinds of facts that rules may ask for, and their fields.

use crate::facts::events::{Shape, columns_of};
use model::base::FactKind;
use model::expression::value::Type;

/// A kind of facts in rules.
#[derive(Clone, Copy, Debug)]
pub struct FactAbout {
    pub name: &'static str,
    /// What one fact is, in a sentence.
    pub meaning: &'static str,
}

const fn kind(name: &'static str, meaning: &'static str) -> FactAbout {
    FactAbout { name, meaning }
}

pub(super) const ORDER: &str = "order";
pub(super) const RETURN: &str = "return";
pub(super) const LINE: &str = "line";

/// Every kind, in the order of the docs.
pub const FACTS: &[FactAbout] = &[
    kind(ORDER, "An order. A return is none."),
    kind(RETURN, "A return: what came back and no more."),
    kind(LINE, "A line of an order or a return; what came back has a negative amount."),
    kind("deal", "A deal, from the day it was opened."),
    kind("lead", "Somebody's interest, from the day it was shown."),
    kind("touch", "A touch: a visit, a call, a message and the like; `touch` says which."),
    kind("contact", "Somebody inside a customer that is a company, from the day they became known."),
];

/// What the fields of files have in common: their texts, which orders hold as lists.
const GOODS: [&str; 6] = ["product_id", "product", "category", "brand", "channel", "promo_code"];
const EXACT: [&str; 4] = ["amount", "quantity", "cost", "discount"];

/// What the name of a field of no column begins with: a key of what the file said besides.
pub const MORE: &str = "more.";

/// The fields of a kind with their types; none for other kinds. Events also have what their files
/// said besides, under names that begin with [`MORE`].
pub fn fields(kind: &str) -> Vec<(&'static str, Type)> {
    let mut fields = vec![("day", Type::Day)];
    match kind {
        ORDER | RETURN => {
            fields.extend(EXACT.map(|name| (name, Type::Number)));
            fields.push(("lines", Type::Count));
            fields.extend(GOODS.map(|name| (name, Type::List)));
        }
        LINE => {
            fields.extend(EXACT.map(|name| (name, Type::Number)));
            fields.extend(GOODS.map(|name| (name, Type::Text)));
            fields.push(("is_return", Type::Flag));
        }
        kind => match event_kind(kind) {
            Some(event) => fields.extend(columns_of(event).iter().map(|column| match column.shape {
                Shape::Text => (column.name, Type::Text),
                Shape::Exact => (column.name, Type::Number),
                Shape::Day => (column.name, Type::Day),
            })),
            None => return Vec::new(),
        },
    }
    fields
}

/// The kind of event that a rule calls so.
pub(super) fn event_kind(kind: &str) -> Option<FactKind> {
    match kind {
        "deal" => Some(FactKind::Deals),
        "lead" => Some(FactKind::Leads),
        "touch" => Some(FactKind::Touches),
        "contact" => Some(FactKind::Contacts),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_day_and_no_field_twice() {
        for fact in FACTS {
            let mut names: Vec<&str> = fields(fact.name).into_iter().map(|(name, _)| name).collect();
            assert!(names.contains(&"day") && names.len() > 5, "{}", fact.name);
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", fact.name);
        }
        assert!(fields("visit").is_empty());
    }
}
