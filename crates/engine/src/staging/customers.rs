//! Customers' attributes to one fact file: only what is new.

use super::{Staged, StagingError, Target};
use crate::facts::bucket::{BUCKETS, bucket_of};
use crate::facts::columns::{self, AttributeRow};
use crate::facts::set::FactSet;
use crate::facts::write::{Contents, FactWriter};
use crate::facts::{CustomerRow, schema};
use crate::progress::Watch;
use arrow_schema::DataType;
use model::base::FactKind;
use model::calendar::Day;
use std::collections::BTreeMap;

/// Customers of an import by bucket and id; of several rows the last word on an attribute counts.
#[derive(Clone, Debug)]
pub struct ArrivedCustomers {
    buckets: Vec<BTreeMap<String, ArrivedCustomer>>,
}

#[derive(Clone, Debug, Default)]
struct ArrivedCustomer {
    created: Option<Day>,
    attributes: BTreeMap<String, String>,
    /// A customer file named it: the customer is known with or without an order.
    declared: bool,
    rows: u64,
}

impl Default for ArrivedCustomers {
    fn default() -> Self {
        ArrivedCustomers { buckets: vec![BTreeMap::new(); BUCKETS] }
    }
}

impl ArrivedCustomers {
    /// Adds a row of a customer file.
    pub fn push(&mut self, row: &CustomerRow<'_>) {
        self.add(row, true);
    }

    /// Adds what an order file says of a customer. It does not make the customer known: that the
    /// order does, from its own day on.
    pub fn describe(&mut self, row: &CustomerRow<'_>) {
        self.add(row, false);
    }

    fn add(&mut self, row: &CustomerRow<'_>, declared: bool) {
        let bucket = &mut self.buckets[bucket_of(row.customer_id)];
        // Looked up before it is owned: order files name the same customer again and again.
        if !bucket.contains_key(row.customer_id) {
            bucket.insert(row.customer_id.to_owned(), ArrivedCustomer::default());
        }
        let Some(customer) = bucket.get_mut(row.customer_id) else { return };
        customer.rows += 1;
        customer.declared |= declared;
        customer.created = row.created.or(customer.created);
        for &(name, value) in &row.attributes {
            match customer.attributes.get_mut(name) {
                Some(known) if known == value => {}
                Some(known) => value.clone_into(known),
                None => drop(customer.attributes.insert(name.to_owned(), value.to_owned())),
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.buckets.iter().all(BTreeMap::is_empty)
    }
}

/// Compares customers with the base and writes what is new.
///
/// # Errors
/// The base cannot be read or the disk refuses.
pub fn stage_customers(
    arrived: &ArrivedCustomers,
    facts: &FactSet,
    target: Target<'_>,
    watch: &dyn Watch,
) -> Result<Staged, StagingError> {
    let mut staged = Staged::default();
    let schema = schema::customers(&DataType::Utf8);
    let mut writer =
        FactWriter::create(target.base, FactKind::Customers, target.name, schema, target.durability)?;
    for (bucket, customers) in arrived.buckets.iter().enumerate() {
        let mut known: BTreeMap<String, BTreeMap<String, AttributeRow>> = BTreeMap::new();
        for row in facts.attributes(bucket)? {
            known.entry(row.customer_id.clone()).or_default().insert(row.attribute.clone(), row);
        }
        let mut rows = Vec::new();
        for (id, customer) in customers {
            let before = rows.len();
            let known = known.get(id);
            rows.extend(customer.news(id, known));
            if rows.len() == before {
                staged.unchanged += customer.rows;
            } else {
                staged.imported += customer.rows;
                *if known.is_some() { &mut staged.replaced } else { &mut staged.new } += 1;
            }
        }
        writer.write(bucket, &columns::customers(&rows)?)?;
        watch.advance("write", bucket as u64 + 1, BUCKETS as u64);
    }
    staged.files.extend(writer.finish(Contents::default())?);
    Ok(staged)
}

impl ArrivedCustomer {
    /// Rows for what the base does not know of this customer.
    fn news(&self, id: &str, known: Option<&BTreeMap<String, AttributeRow>>) -> Vec<AttributeRow> {
        let presence = known.and_then(|known| known.get(""));
        let created = self.created.or(presence.and_then(|row| row.created));
        let row = |attribute: &str, value: Option<&str>, created| AttributeRow {
            customer_id: id.to_owned(),
            attribute: attribute.to_owned(),
            value: value.map(str::to_owned),
            created,
        };
        let mut rows = Vec::new();
        if self.declared && presence.is_none_or(|row| row.created != created) {
            rows.push(row("", None, created));
        }
        for (name, value) in &self.attributes {
            let same =
                known.and_then(|known| known.get(name)).is_some_and(|row| row.value.as_ref() == Some(value));
            if !same {
                rows.push(row(name, Some(value), None));
            }
        }
        rows
    }
}
