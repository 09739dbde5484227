//! Topics that words have told, in the fact and out of it again.
//!
//! Where a file says what a touch is about, that is its topic. Else the main topic that was found in
//! its text is, and all that were found stand beside it under a key of what the file said besides.
//! They are put there when the fact is written and left out when two versions are compared: another
//! list of words is no other version, and ids that are made of what a row says must not change.

use super::{EventRow, Events, Value, columns_of};
use arrow_array::{Array, StringArray};
use arrow_schema::ArrowError;
use model::base::FactKind;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The key under which all found topics stand, and by which the topic is known to be found.
pub const FOUND: &str = "topic";
/// The key of a text's digest, by which a touch is known to have a text in the state.
pub const TEXT: &str = "text";
/// Between topics.
pub const BETWEEN: &str = ", ";

/// What was said besides, read.
pub fn said(more: &str) -> BTreeMap<Cow<'_, str>, Cow<'_, str>> {
    if more.is_empty() { BTreeMap::new() } else { serde_json::from_str(more).unwrap_or_default() }
}

/// What was said besides as it is kept: keys in order.
pub fn kept<K: AsRef<str> + Ord + serde::Serialize, V: serde::Serialize>(said: &BTreeMap<K, V>) -> String {
    // Texts under texts always have a form in JSON.
    if said.is_empty() { String::new() } else { serde_json::to_string(said).unwrap_or_default() }
}

fn topic_place() -> Option<usize> {
    columns_of(FactKind::Touches).iter().position(|column| column.name == "topic")
}

impl<'a> EventRow<'a> {
    /// The row as the fact is written: with the topics that were found, where it says none itself.
    pub fn with_found(mut self) -> EventRow<'a> {
        let Some(place) = topic_place().filter(|&place| self.values.get(place) == Some(&Value::Nothing))
        else {
            return self;
        };
        let Cow::Borrowed(found) = self.found else { return self };
        if let Some(main) = found.split(BETWEEN).next().filter(|main| !main.is_empty()) {
            self.values[place] = Value::Text(main);
            let mut all = said(&self.more);
            all.insert(FOUND.into(), found.into());
            let more = kept(&all);
            self.more = more;
        }
        self
    }

    /// The row as its file said it, without what was found.
    pub fn as_said(mut self) -> EventRow<'a> {
        if !self.more.contains("\"topic\":") {
            return self;
        }
        let mut all = said(&self.more);
        if all.remove(FOUND).is_none() {
            return self;
        }
        let more = kept(&all);
        self.more = more;
        if let Some(value) = topic_place().and_then(|place| self.values.get_mut(place)) {
            *value = Value::Nothing;
        }
        self
    }
}

/// Topics that people have set of touches, by source and id, the main one first: they count in place of
/// what files and words say.
pub type TopicsByHand = BTreeMap<(String, String), Vec<String>>;

impl Events {
    /// These touches with the topics that people have set; what else is said of them stays.
    pub(crate) fn with_topics(self, by_hand: &TopicsByHand) -> Result<Events, ArrowError> {
        let set_of = |row: usize| by_hand.get(&(self.source(row).to_owned(), self.id(row).to_owned()));
        let set: Vec<Option<&Vec<String>>> = (0..self.len()).map(set_of).collect();
        if set.iter().all(Option::is_none) {
            return Ok(self);
        }
        let topics = self.texts("topic");
        let own = |row: usize| topics.is_valid(row).then(|| topics.value(row));
        let main: StringArray = (0..self.len())
            .map(|row| set[row].map_or_else(|| own(row), |set| set.first().map(String::as_str)))
            .collect();
        let besides = |row: usize| {
            let mut all = said(self.more(row));
            if let Some(set) = set[row] {
                all.insert(FOUND.into(), set.join(BETWEEN).into());
            }
            Some(kept(&all)).filter(|all| !all.is_empty())
        };
        let more: StringArray = (0..self.len()).map(besides).collect();
        self.with_column("topic", Arc::new(main))?.with_column("more", Arc::new(more))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::events::record::content_hash;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_found_leaves_no_trace(
            topic in prop::option::of("[a-z]{1,6}"),
            found in prop::option::of("[a-z]{1,6}(, [a-z]{1,6})?"),
            more in prop::collection::btree_map("[a-z]{1,3}", "\\PC{0,8}", 0..3),
        ) {
            let mut values = vec![Value::Nothing; columns_of(FactKind::Touches).len()];
            let place = topic_place().unwrap();
            values[place] = topic.as_deref().map_or(Value::Nothing, Value::Text);
            let found = found.unwrap_or_default();
            let found_in = found.as_str().into();
            let row = EventRow { values, more: kept(&more), found: found_in, ..EventRow::default() };
            let written = row.clone().with_found();
            let expected = topic.as_deref().or(found.split(BETWEEN).next().filter(|main| !main.is_empty()));
            prop_assert_eq!(written.values[place], expected.map_or(Value::Nothing, Value::Text));
            let said = written.as_said();
            prop_assert_eq!(content_hash(&said), content_hash(&row));
            prop_assert_eq!(said, row);
        }
    }
}
