//! Customers' attributes to one fact file: only what is new.

use super::{Staged, StagingError, Target};
use crate::facts::bucket::{BUCKETS, bucket_of};
use crate::facts::bytes::{put_length, put_number, put_text, take_length, take_number, take_text};
use crate::facts::columns::{self, AttributeRow};
use crate::facts::set::FactSet;
use crate::facts::spool::{Outlet, Spool};
use crate::facts::write::{Contents, FactWriter};
use crate::facts::{AttributeRef, CustomerRow, schema};
use crate::import::clean::Attribute;
use crate::progress::Watch;
use arrow_schema::DataType;
use model::base::FactKind;
use model::calendar::Day;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Bytes of waiting rows held in memory before they are spilled.
const MEMORY_BYTES_MAX: usize = 128 << 20;

/// What an import says of customers, by bucket, until all of it is read. Of several values of one
/// attribute the newest counts.
pub struct ArrivedCustomers(Spool);

/// One thread's way in.
pub struct CustomerOutlet<'a>(Outlet<'a>);

/// When something was said: moment, then line.
type Said = (i64, u64);

/// A customer as the rows of an import say it, all together.
#[derive(Default)]
struct ArrivedCustomer<'a> {
    created: Option<(Said, Day)>,
    attributes: BTreeMap<&'a str, (Said, &'a str)>,
    /// A customer file named it: the customer is known with or without an order.
    declared: bool,
    rows: u64,
}

impl ArrivedCustomers {
    /// Rows are spilled into an existing folder where they are too many.
    pub fn new(folder: &Path) -> ArrivedCustomers {
        ArrivedCustomers(Spool::new(folder, "customers", BUCKETS, MEMORY_BYTES_MAX))
    }

    pub fn outlet(&self) -> CustomerOutlet<'_> {
        CustomerOutlet(self.0.outlet())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl CustomerOutlet<'_> {
    /// Adds the row of a customer file that begins at a line.
    pub fn push(&mut self, row: &CustomerRow<'_>, line: u64) {
        self.add(row.customer_id, (0, line), true, row.created, &row.attributes);
    }

    /// Adds what an order file says of a customer. It does not make the customer known: that the
    /// order does, from its own day on.
    pub fn describe(&mut self, attribute: &Attribute) {
        let Attribute { customer_id, name, value, at, line } = attribute;
        self.add(customer_id, (*at, *line), false, None, &[(name, value)]);
    }

    fn add(
        &mut self,
        customer_id: &str,
        said: Said,
        declared: bool,
        created: Option<Day>,
        attributes: &[(&str, &str)],
    ) {
        self.0.push(bucket_of(customer_id), |bytes| {
            put_text(customer_id, bytes);
            put_number(said.0, bytes);
            put_length(said.1, bytes);
            put_length(u64::from(declared) << 1 | u64::from(created.is_some()), bytes);
            if let Some(day) = created {
                put_number(i64::from(day.0), bytes);
            }
            put_length(attributes.len() as u64, bytes);
            for (name, value) in attributes {
                put_text(name, bytes);
                put_text(value, bytes);
            }
        });
    }

    /// Hands over what is still held.
    ///
    /// # Errors
    /// A row could not be spilled.
    pub fn finish(self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The customers of one bucket out of their rows.
fn gather(mut bytes: &[u8]) -> BTreeMap<&str, ArrivedCustomer<'_>> {
    let mut customers: BTreeMap<&str, ArrivedCustomer<'_>> = BTreeMap::new();
    while !bytes.is_empty() {
        let customer = customers.entry(take_text(&mut bytes)).or_default();
        let said = (take_number(&mut bytes), take_length(&mut bytes));
        let flags = take_length(&mut bytes);
        customer.rows += 1;
        customer.declared |= flags & 2 != 0;
        if flags & 1 != 0 {
            let created = (said, Day(take_number(&mut bytes) as i32));
            customer.created = customer.created.max(Some(created));
        }
        for _ in 0..take_length(&mut bytes) {
            let (name, value) = (take_text(&mut bytes), take_text(&mut bytes));
            let newest = customer.attributes.entry(name).or_insert((said, value));
            *newest = (*newest).max((said, value));
        }
    }
    customers
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
    let mut bytes = Vec::new();
    for bucket in 0..BUCKETS {
        arrived.0.take(bucket, &mut bytes)?;
        let known = facts.own_attributes(bucket)?;
        let known: Vec<AttributeRef<'_>> = known.iter().collect();
        let mut known = &known[..];
        let mut rows = Vec::new();
        for (id, customer) in gather(&bytes) {
            let before = rows.len();
            known = &known[known.iter().take_while(|row| row.customer_id < id).count()..];
            let own = known.iter().take_while(|row| row.customer_id == id).count();
            let own = &known[..own];
            rows.extend(customer.news(id, own));
            if rows.len() == before {
                staged.unchanged += customer.rows;
            } else {
                staged.imported += customer.rows;
                *if own.is_empty() { &mut staged.new } else { &mut staged.replaced } += 1;
            }
        }
        writer.write(bucket, &columns::customers(rows.iter().map(AttributeRow::borrowed))?)?;
        watch.advance("write", bucket as u64 + 1, BUCKETS as u64);
    }
    staged.files.extend(writer.finish(Contents::default())?);
    Ok(staged)
}

impl ArrivedCustomer<'_> {
    /// Rows for what the base does not know of this customer, given what it knows.
    fn news(&self, id: &str, known: &[AttributeRef<'_>]) -> Vec<AttributeRow> {
        let of = |attribute: &str| known.iter().find(|row| row.attribute == attribute);
        let presence = of("");
        let created = self.created.map(|(_, day)| day).or(presence.and_then(|row| row.created));
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
        for (&name, &(_, value)) in &self.attributes {
            let same = of(name).is_some_and(|row| row.value == Some(value));
            if !same {
                rows.push(row(name, Some(value), None));
            }
        }
        rows
    }
}
