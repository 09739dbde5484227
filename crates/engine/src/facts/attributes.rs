//! What is said of the customers of a bucket, in columns: texts lie where they were read.

use super::columns::{self, AttributeRow};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array, Date32Array, DictionaryArray, RecordBatch};
use arrow_schema::ArrowError;
use model::calendar::Day;
use std::ops::Range;

/// One attribute of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttributeRef<'a> {
    pub customer_id: &'a str,
    /// Empty for the row that says the customer is known.
    pub attribute: &'a str,
    pub value: Option<&'a str>,
    pub created: Option<Day>,
}

/// Rows of customers' attributes, sorted by customer and attribute, each attribute of a customer once.
#[derive(Default)]
pub struct Attributes {
    parts: Vec<Part>,
    /// Part and row of each, in order.
    order: Vec<(u32, u32)>,
}

/// A row group of a file of customers, or what stands beside the files.
pub(super) struct Part {
    /// The import that brought it; of two words on an attribute that of the higher one counts.
    import: i64,
    customers: DictionaryArray<Int32Type>,
    attributes: DictionaryArray<Int32Type>,
    /// `None` where values were not read.
    values: Option<DictionaryArray<Int32Type>>,
    created: Date32Array,
}

impl Part {
    /// Of a batch read with `customer_id`, `attribute` and `created`, and with `value` or not.
    ///
    /// # Errors
    /// A column is missing.
    pub(super) fn new(import: i64, batch: &RecordBatch) -> Result<Part, ArrowError> {
        let column = |name: &str| {
            batch
                .column_by_name(name)
                .ok_or_else(|| ArrowError::SchemaError(format!("there is no column `{name}`")))
        };
        let texts = |name: &str| Ok::<_, ArrowError>(column(name)?.as_dictionary::<Int32Type>().clone());
        Ok(Part {
            import,
            customers: texts("customer_id")?,
            attributes: texts("attribute")?,
            values: texts("value").ok(),
            created: column("created")?.as_primitive::<Date32Type>().clone(),
        })
    }

    /// Of rows in memory.
    ///
    /// # Errors
    /// None that can happen: the columns fit the schema.
    pub(super) fn of(import: i64, rows: &[AttributeRow]) -> Result<Part, ArrowError> {
        Part::new(import, &columns::keyed_customers(rows.iter().map(AttributeRow::borrowed))?)
    }

    fn row(&self, row: usize) -> AttributeRef<'_> {
        AttributeRef {
            customer_id: text(&self.customers, row).unwrap_or_default(),
            attribute: text(&self.attributes, row).unwrap_or_default(),
            value: self.values.as_ref().and_then(|values| text(values, row)),
            created: self.created.is_valid(row).then(|| Day(self.created.value(row))),
        }
    }
}

fn text(texts: &DictionaryArray<Int32Type>, row: usize) -> Option<&str> {
    texts.key(row).map(|key| texts.values().as_string::<i32>().value(key))
}

impl Attributes {
    /// Of several words on an attribute of a customer the newest. Every part is sorted by itself.
    pub(super) fn newest(parts: Vec<Part>) -> Attributes {
        let all = (0..).zip(&parts);
        let rows =
            |(place, part): (u32, &Part)| (0..part.customers.len() as u32).map(move |row| (place, row));
        let mut order: Vec<(u32, u32)> = all.flat_map(rows).collect();
        if parts.len() > 1 {
            let of =
                |&(part, row): &(u32, u32)| (&parts[part as usize], parts[part as usize].row(row as usize));
            // Runs that are sorted are merged.
            order.sort_by(|a, b| {
                let ((part, row), (other_part, other)) = (of(a), of(b));
                let place = row.customer_id.cmp(other.customer_id);
                place
                    .then_with(|| row.attribute.cmp(other.attribute))
                    .then_with(|| other_part.import.cmp(&part.import))
            });
            order.dedup_by(|later, first| {
                let (later, first) = (of(later).1, of(first).1);
                later.customer_id == first.customer_id && later.attribute == first.attribute
            });
        }
        Attributes { parts, order }
    }

    /// The same with other rows, none of which says anything that is said already.
    pub(super) fn with(self, rows: &[AttributeRow]) -> Result<Attributes, ArrowError> {
        let mut parts = self.parts;
        parts.push(Part::of(i64::MIN, rows)?);
        Ok(Attributes::newest(parts))
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    pub fn row(&self, place: usize) -> AttributeRef<'_> {
        let (part, row) = self.order[place];
        self.parts[part as usize].row(row as usize)
    }

    pub fn iter(&self) -> impl Iterator<Item = AttributeRef<'_>> {
        (0..self.len()).map(|place| self.row(place))
    }

    /// The customers with the places of their rows, in order of id.
    pub fn customers(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let start = next;
            let id = (start < self.len()).then(|| self.row(start).customer_id)?;
            next = (start + 1..self.len()).find(|&row| self.row(row).customer_id != id).unwrap_or(self.len());
            Some((id, start..next))
        })
    }

    /// The customers whom a file of customers names, with the day since when they are known, in order of
    /// id.
    pub fn named(&self) -> impl Iterator<Item = (&str, Option<Day>)> {
        let nameless = |part: &Part| {
            part.attributes.values().as_string::<i32>().iter().position(|name| name == Some(""))
        };
        // Keys are compared, not texts.
        let nameless: Vec<Option<usize>> = self.parts.iter().map(nameless).collect();
        let named = self.order.iter().filter(move |&&(part, row)| {
            let key = self.parts[part as usize].attributes.key(row as usize);
            key.is_some() && key == nameless[part as usize]
        });
        named.map(|&(part, row)| {
            let said = self.parts[part as usize].row(row as usize);
            (said.customer_id, said.created)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn the_newest_word_of_each_attribute_counts(
            imports in prop::collection::vec(
                prop::collection::btree_map((0..4_u8, 0..3_u8), 0..5_i32, 0..8),
                0..4,
            ),
        ) {
            let names = ["", "city", "kind"];
            let mut expected: BTreeMap<(String, &str), AttributeRow> = BTreeMap::new();
            let mut parts = Vec::new();
            for (import, rows) in (1..).zip(&imports) {
                let mut own = Vec::new();
                for (&(customer, name), &said) in rows {
                    let (customer_id, attribute) = (format!("c{customer}"), names[usize::from(name)]);
                    let value = (name > 0).then(|| said.to_string());
                    let created = (name == 0 && said > 0).then_some(Day(said));
                    let row = AttributeRow {
                        customer_id: customer_id.clone(),
                        attribute: attribute.to_owned(),
                        value,
                        created,
                    };
                    own.push(row.clone());
                    expected.insert((customer_id, attribute), row);
                }
                parts.push(Part::of(import, &own).unwrap());
            }
            // Whichever file is read first.
            parts.reverse();
            let all = Attributes::newest(parts);
            let expected = || expected.values().map(AttributeRow::borrowed);
            prop_assert!(all.iter().eq(expected()));
            let named = expected().filter(|row| row.attribute.is_empty());
            prop_assert!(all.named().eq(named.map(|row| (row.customer_id, row.created))));
            let mut ids: Vec<&str> = expected().map(|row| row.customer_id).collect();
            ids.dedup();
            prop_assert_eq!(all.customers().map(|(id, _)| id).collect::<Vec<_>>(), ids);
            let mut rows = all.customers().flat_map(|(id, rows)| rows.map(move |row| (id, row)));
            prop_assert!(rows.all(|(id, row)| all.row(row).customer_id == id));
        }
    }
}
