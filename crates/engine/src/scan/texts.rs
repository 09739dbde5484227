//! A column of texts that repeat.

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, DictionaryArray, Int32Array, StringArray};
use hashbrown::HashMap;

/// A column of repeated text: per row a key, per key a text. No two keys stand for the same text.
#[derive(Clone)]
pub struct Texts {
    keys: Int32Array,
    values: StringArray,
}

impl Texts {
    pub(super) fn new(array: &DictionaryArray<Int32Type>) -> Texts {
        Texts { keys: array.keys().clone(), values: array.values().as_string::<i32>().clone() }
    }

    /// Of keys and the texts that they stand for.
    pub(super) fn of(keys: Int32Array, values: StringArray) -> Texts {
        Texts { keys, values }
    }

    pub(super) fn into_keys(self) -> Int32Array {
        self.keys
    }

    /// Other keys for the same rows.
    pub(super) fn keys_as(&self, other: impl Fn(i32) -> i32) -> Int32Array {
        self.keys.unary(other)
    }

    /// The key of every row; those of rows without a text mean nothing.
    pub(super) fn all_keys(&self) -> &[i32] {
        self.keys.values()
    }

    /// The key of a row; `None` where it has no text.
    pub fn key(&self, row: usize) -> Option<usize> {
        self.keys.is_valid(row).then(|| self.keys.values()[row] as usize)
    }

    /// The key of every row, if every row has a text.
    pub fn keys(&self) -> Option<&[i32]> {
        (self.keys.null_count() == 0).then(|| &self.keys.values()[..])
    }

    /// The texts that keys stand for.
    pub fn values(&self) -> &StringArray {
        &self.values
    }

    pub fn text(&self, row: usize) -> Option<&str> {
        self.key(row).map(|key| self.values.value(key))
    }

    /// Whether both columns have the very same texts, so that a key means the same in either.
    pub fn same_keys(&self, other: &Texts) -> bool {
        let (own, others) = (self.values.offsets(), other.values.offsets());
        self.values.values().ptr_eq(other.values.values()) && (own.ptr_eq(others) || own == others)
    }

    /// Whether its texts are the very same column as these.
    pub fn are(&self, texts: &StringArray) -> bool {
        self.values.values().ptr_eq(texts.values())
            && self.values.offsets().inner().ptr_eq(texts.offsets().inner())
    }

    /// `own` where it says something, else what `look_up` knows of the text of `self`. Texts are looked
    /// at once each, rows by their keys.
    pub(super) fn filled<'a>(&self, own: Option<Texts>, look_up: impl Fn(&str) -> Option<&'a str>) -> Texts {
        let own = match own {
            Some(own) if own.keys().is_some() => return own,
            own => own,
        };
        let mut distinct = Distinct::default();
        let of_own: Vec<i32> = own
            .iter()
            .flat_map(|own| own.values().iter().flatten())
            .map(|text| distinct.place(text))
            .collect();
        let known: Vec<Option<i32>> =
            self.values().iter().map(|id| id.and_then(&look_up).map(|text| distinct.place(text))).collect();
        let key = |row: usize| match own.as_ref().and_then(|own| own.key(row)) {
            Some(key) => Some(of_own[key]),
            None => known[self.key(row)?],
        };
        let keys = (0..self.keys.len()).map(key).collect();
        Texts { keys, values: distinct.values() }
    }
}

/// Texts in the order in which they are met, each once.
#[derive(Default)]
pub(super) struct Distinct<'a> {
    list: Vec<&'a str>,
    places: HashMap<&'a str, i32>,
}

impl<'a> Distinct<'a> {
    /// The key of a text.
    pub(super) fn place(&mut self, text: &'a str) -> i32 {
        *self.places.entry(text).or_insert_with(|| {
            self.list.push(text);
            self.list.len() as i32 - 1
        })
    }

    pub(super) fn values(self) -> StringArray {
        StringArray::from(self.list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(rows: &[Option<&'static str>]) -> Texts {
        Texts::new(&rows.iter().copied().collect())
    }

    proptest! {
        #[test]
        fn what_lines_leave_open_is_looked_up(
            rows in prop::collection::vec(prop::array::uniform2(prop::option::of(0..4_usize)), 0..40),
            said in any::<bool>(),
        ) {
            let (ids, names) = (["p1", "p2", "p3", "p4"], ["tents", "boots", "stoves", "lamps"]);
            let look_up = |id: &str| match id {
                "p1" => Some("boots"),
                "p3" => Some("lamps"),
                _ => None,
            };
            let of_products = rows.iter().map(|&[id, _]| id.map(|id| ids[id]));
            let own = rows.iter().map(|&[_, name]| name.filter(|_| said).map(|name| names[name]));
            let (of_products, own): (Vec<_>, Vec<_>) = (of_products.collect(), own.collect());
            let filled = texts(&of_products).filled(said.then(|| texts(&own)), look_up);
            for row in 0..rows.len() {
                prop_assert_eq!(filled.text(row), own[row].or_else(|| look_up(of_products[row]?)));
            }
            let mut distinct: Vec<_> = filled.values().iter().collect();
            distinct.sort_unstable();
            prop_assert!(distinct.is_sorted_by(|a, b| a < b), "a text has two keys");
        }
    }
}
