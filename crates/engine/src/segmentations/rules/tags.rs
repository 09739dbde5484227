//! Tags as rules ask for them: what purchases and people say of a customer, then what files say.
//!
//! Interests are worked out before a question is asked; what they say of the tags that rules name is
//! handed to the facts as an attribute for each tag: its weight and why it holds, or that it does not.

use crate::interests::{Interests, Question, Why};
use model::expression::tree::Expression;
use model::expression::value::{Type, Value};
use std::collections::BTreeSet;

/// The attribute that holds the tags of a customer, with commas, semicolons or bars between them.
pub const TAGS: &str = "tags";
/// What is known of a tag besides that it holds.
pub const FIELDS: [(&str, Type); 2] = [("weight", Type::Float), ("why", Type::Text)];
/// Said by hand: the customer has it not, whatever was bought and whatever files say.
const OFF: &str = "off";

/// The attribute under which is handed on what is known of a tag.
pub fn attribute_of(tag: &str) -> String {
    format!("has tag \"{}\"", folded(tag))
}

/// The tags that some conditions ask for, each once, in small letters.
pub fn tags_of<'a>(expressions: impl IntoIterator<Item = &'a Expression>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for expression in expressions {
        add_tags(expression, &mut found);
    }
    found
}

fn add_tags(expression: &Expression, found: &mut BTreeSet<String>) {
    if let Expression::Tag(tagged) = expression {
        found.insert(folded(&tagged.tag));
    }
    expression.children().into_iter().for_each(|inner| add_tags(inner, found));
}

/// What interests say of some tags, as values to hand to the facts: customer, attribute, value.
pub fn values(interests: &Interests, question: &Question, tags: &BTreeSet<String>) -> Vec<[String; 3]> {
    let names: Vec<String> = interests.categories.iter().map(|name| folded(name)).collect();
    let mut values = Vec::new();
    for (customer, own) in interests.customers.iter() {
        for tag in own.iter().filter(|tag| tags.contains(&names[tag.category as usize])) {
            let known = format!("{} {}", tag.weight, why(tag.why));
            values.push([customer.to_owned(), attribute_of(&names[tag.category as usize]), known]);
        }
    }
    for (customer, by_hand) in &question.by_hand {
        let off = by_hand.iter().filter(|hand| !hand.holds && hand.counts(question.as_of));
        for hand in off.filter(|hand| tags.contains(&folded(&hand.category))) {
            values.push([customer.clone(), attribute_of(&hand.category), OFF.to_owned()]);
        }
    }
    values
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Hand => "hand",
        Why::Purchases => "purchases",
        Why::Relation => "relation",
    }
}

/// Whether a tag holds, by what was handed on of it.
pub(super) fn holds(known: &str) -> bool {
    known != OFF
}

/// A field of a tag, out of what was handed on of it.
pub(super) fn field<'a>(known: &'a str, field: &str) -> Value<'a> {
    let Some((weight, why)) = known.split_once(' ') else { return Value::Missing };
    match field {
        "weight" => weight.parse().map_or(Value::Missing, Value::Float),
        "why" => Value::Text(why),
        _ => Value::Missing,
    }
}

/// Whether a list of tags has one, whatever its capital letters.
pub(super) fn is_in_list(list: &str, tag: &str) -> bool {
    let tag = folded(tag);
    list.split([',', ';', '|']).any(|own| folded(own) == tag)
}

fn folded(tag: &str) -> String {
    tag.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_stand_between_commas_semicolons_and_bars() {
        assert!(is_in_list("VIP, wholesale;Новый | x y", "новый") && is_in_list("a|vip", "VIP"));
        assert!(!is_in_list("vip-club", "vip") && !is_in_list("", "vip"));
    }

    #[test]
    fn what_is_known_of_a_tag_is_read_back() {
        assert_eq!(field("0.75 relation", "weight"), Value::Float(0.75));
        assert_eq!(field("0.75 relation", "why"), Value::Text("relation"));
        assert_eq!(
            (field("0.75 relation", "colour"), field(OFF, "weight")),
            (Value::Missing, Value::Missing)
        );
        assert!(holds("1 hand") && !holds(OFF));
    }
}
