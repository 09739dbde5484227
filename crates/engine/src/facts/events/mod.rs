//! Events: deals, leads, touches, and people inside companies. Each is one row with the columns of
//! its kind.
//!
//! The kinds differ only in their columns, so all that is done with them is written once:
//! how a row waits ([`record`]), lies on disk ([`columns`]) and is read back ([`table`]).

pub mod touch;
pub mod table;
pub mod found;
pub mod record;
pub mod columns;
pub mod deal;

pub use found::TopicsByHand;
pub use table::Events;

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use model::base::{FactKind, PersonalField};
use model::calendar::Day;
use std::borrow::Cow;
use std::sync::Arc;

/// How the values of an event's column are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    /// Money, quantities, hours, seconds: in 1/10 000.
    Exact,
    /// A day in the base's zone, as days since 1970-01-01.
    Day,
}

/// A column that a kind of event has beside those of all: who, which, when, from which system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventColumn {
    pub name: &'static str,
    pub shape: Shape,
}

/// One event as a cleaned row gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventRow<'a> {
    /// `None`: nobody is known to it; in totals and in no segment.
    pub customer_id: Option<&'a str>,
    /// `None`: the row is known by what it says.
    pub id: Option<&'a str>,
    /// Moment and its day in the base's zone; `None`: always known of, which only deals and leads
    /// can be.
    pub at: Option<(i64, Day)>,
    /// Version, microseconds since 1970 UTC: the highest wins.
    pub updated_at: Option<i64>,
    /// A value per column of the kind.
    pub values: Vec<Value<'a>>,
    /// What the file says besides, as a JSON object of texts with its keys in order; may be empty.
    pub more: String,
    /// What is personal of it: it goes to the state, and is no part of the fact.
    pub personal: Vec<(PersonalField, Cow<'a, str>)>,
    /// Topics that words have told, the main one first; empty where there are none.
    pub found: Cow<'a, str>,
}

/// A value of an event's column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Value<'a> {
    #[default]
    Nothing,
    Text(&'a str),
    /// In 1/10 000, or a day: as the column's shape says.
    Number(i64),
}

const fn text(name: &'static str) -> EventColumn {
    EventColumn { name, shape: Shape::Text }
}

const fn exact(name: &'static str) -> EventColumn {
    EventColumn { name, shape: Shape::Exact }
}

const fn day(name: &'static str) -> EventColumn {
    EventColumn { name, shape: Shape::Day }
}

/// A sale in progress or closed.
const DEALS: &[EventColumn] = &[
    day("closed_at"),
    text("pipeline"),
    text("stage"),
    text("outcome"),
    text("loss_reason"),
    exact("amount"),
    exact("margin"),
    exact("discount"),
    text("currency"),
    exact("effort"),
    exact("questions"),
    text("custom_terms"),
    text("terms_refused"),
    text("deal_class"),
    text("product"),
    text("category"),
    text("employee"),
    text("channel"),
    text("lead_source"),
    text("medium"),
    text("campaign"),
];

/// Somebody who has shown interest.
const LEADS: &[EventColumn] = &[
    text("status"),
    text("loss_reason"),
    exact("amount"),
    text("product"),
    text("category"),
    text("employee"),
    text("channel"),
    text("lead_source"),
    text("medium"),
    text("campaign"),
];

/// Anything else that happened with a customer.
const TOUCHES: &[EventColumn] = &[
    text("visitor"),
    text("touch"),
    text("channel"),
    text("lead_source"),
    text("medium"),
    text("campaign"),
    text("product_id"),
    text("product"),
    text("category"),
    text("brand"),
    exact("duration"),
    text("employee"),
    text("topic"),
    text("result"),
    text("value"),
    text("device"),
    text("browser"),
    text("page"),
    exact("effort"),
];

/// Somebody inside a customer that is a company. Who it is by name stands in the state.
const CONTACTS: &[EventColumn] = &[
    text("role"),
    text("position"),
    exact("influence"),
    text("work_motives"),
    text("personal_motives"),
    text("interest"),
    text("decision_part"),
    text("attitude"),
];

/// The columns of a kind of event; none for other kinds.
pub fn columns_of(kind: FactKind) -> &'static [EventColumn] {
    match kind {
        FactKind::Deals => DEALS,
        FactKind::Leads => LEADS,
        FactKind::Touches => TOUCHES,
        FactKind::Contacts => CONTACTS,
        _ => &[],
    }
}

/// The column that holds an event's id.
pub fn id_column(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Deals => "deal_id",
        FactKind::Leads => "lead_id",
        FactKind::Contacts => "contact_id",
        _ => "touch_id",
    }
}

/// The column that holds an event's moment.
pub fn moment_column(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Deals => "opened_at",
        FactKind::Leads | FactKind::Contacts => "created_at",
        _ => "happened_at",
    }
}

/// The columns of event files, sorted by bucket, customer, moment, source and id. `more` is a JSON
/// object of texts. A row that is `taken_back` says that another customer has the event now.
pub fn schema(kind: FactKind) -> SchemaRef {
    let field = |name: &str, data: DataType, nullable| Field::new(name, data, nullable);
    let mut fields = vec![
        field("customer_id", DataType::Utf8, true),
        field(moment_column(kind), super::schema::moment(), true),
        field("day", DataType::Date32, true),
        field(id_column(kind), DataType::Utf8, false),
        field("source", DataType::Utf8, false),
        field("taken_back", DataType::Boolean, false),
        field("updated_at", super::schema::moment(), true),
        field("more", DataType::Utf8, true),
    ];
    for column in columns_of(kind) {
        let data = match column.shape {
            Shape::Text => DataType::Utf8,
            Shape::Exact => super::schema::exact(),
            Shape::Day => DataType::Date32,
        };
        fields.push(field(column.name, data, true));
    }
    Arc::new(Schema::new(fields))
}

/// The columns that say whose an event is and on which day it happened; `ordered`: and those by which
/// versions are told apart and events stand in order.
pub(super) fn day_columns(kind: FactKind, ordered: bool) -> Vec<&'static str> {
    let mut columns = vec!["customer_id", "day", "taken_back"];
    if ordered {
        columns.extend([moment_column(kind), id_column(kind), "source"]);
    }
    columns
}

/// How many columns stand before those of the kind.
const FIRST_OWN: usize = 8;
