//! A mapping resolved to column numbers once, so that rows look nothing up.

use super::personal::PersonalColumns;
use crate::facts::events::{self, Shape as EventShape};
use crate::import::cells::{DateForm, NumberForm, Zone};
use crate::import::fields::{self, Shape};
use crate::import::mapping::{CustomerKey, Form, How, Mapping};
use crate::import::names::words;
use crate::import::rates::Conversion;
use crate::import::topics::Topics;
use crate::sources::Row;
use model::base::{ContactField, FactKind};
use model::calendar::Day;
use std::sync::Arc;

/// A number column and how it is written.
pub(super) type NumberColumn = Option<(usize, NumberForm)>;
/// A date column and how it is written.
pub(super) type DateColumn = Option<(usize, DateForm)>;

pub(super) struct Plan {
    pub header: Vec<String>,
    pub customer: CustomerColumns,
    pub order: OrderColumns,
    pub product: ProductColumns,
    pub event: EventColumns,
    pub places: RegionColumns,
    pub population: PopulationColumns,
    pub created_at: DateColumn,
    /// Columns of personal values.
    pub contacts: Vec<(usize, ContactField)>,
    /// Columns of customers' attributes, and their names.
    pub attributes: Vec<(usize, String)>,
    pub consent: Option<bool>,
    pub group: bool,
    /// Columns whose empty cells take the value of the row above, ascending.
    pub carry: Vec<usize>,
    pub whole_orders: bool,
    pub currency: Option<String>,
    /// Words of the status column that mean cancelled, besides the usual ones.
    pub cancelled: Vec<String>,
    /// Columns and the words of the only cells that facts have there, or never have.
    pub only: Vec<(usize, Vec<String>, bool)>,
    /// Columns whose money is in hundredths.
    pub cents: Vec<bool>,
    /// Ids are unique within a year only.
    pub yearly: bool,
    /// The base's zone.
    pub zone: Zone,
    /// The file's, where it is another.
    pub file_zone: Option<Zone>,
    /// `None`: any day will do.
    pub newest_day: Option<Day>,
    pub region: String,
    /// Turns money into the base's currency, where rates are given.
    pub conversion: Option<Conversion>,
    /// What texts are about.
    pub topics: Arc<Topics>,
}

#[derive(Default)]
pub(super) struct CustomerColumns {
    pub key: Option<CustomerKey>,
    pub id: Option<usize>,
    /// Ids end at this mark.
    pub until: Option<char>,
    pub emails: Vec<usize>,
    pub phones: Vec<usize>,
    pub full_name: Option<usize>,
    pub caller: Option<usize>,
    pub called: Option<usize>,
    pub caller_extension: Option<usize>,
}

#[derive(Default)]
pub(super) struct OrderColumns {
    pub id: Option<usize>,
    pub at: DateColumn,
    pub time: Option<usize>,
    pub zone: Option<usize>,
    pub document: Option<usize>,
    pub document_date: Option<DateForm>,
    pub quantity: NumberColumn,
    pub price: NumberColumn,
    pub amount: NumberColumn,
    pub cost: NumberColumn,
    pub unit_cost: NumberColumn,
    pub discount: NumberColumn,
    pub unit_discount: NumberColumn,
    pub discount_percent: NumberColumn,
    pub total: NumberColumn,
    pub order_discount: NumberColumn,
    pub subtotal: NumberColumn,
    pub shipping: NumberColumn,
    pub tax: NumberColumn,
    pub refunded: NumberColumn,
    pub items_count: NumberColumn,
    pub items: Vec<usize>,
    pub channel: Option<usize>,
    pub promo_code: Option<usize>,
    pub currency: Option<usize>,
    pub status: Option<usize>,
    pub cancelled_at: Option<usize>,
    pub kind: Option<usize>,
    pub updated_at: DateColumn,
    /// Which columns belong to the order and not to the line.
    pub of_order: Vec<bool>,
}

#[derive(Default)]
pub(super) struct ProductColumns {
    pub id: Option<usize>,
    pub name: Option<usize>,
    pub category: Option<usize>,
    pub brand: Option<usize>,
    pub unit_cost: NumberColumn,
    pub interest_kind: Option<usize>,
    pub replacement_days: NumberColumn,
}

#[derive(Default)]
pub(super) struct RegionColumns {
    /// Postal code, city, region, region code, country, country code.
    pub names: [Option<usize>; 6],
    pub zip_prefix: Option<usize>,
    /// Attributes that are numbers, however the file writes them.
    pub numbers: Vec<(&'static str, NumberColumn)>,
}

#[derive(Default)]
pub(super) struct PopulationColumns {
    pub name: Option<usize>,
    /// The same name in every row.
    pub fixed_name: Option<String>,
    pub attribute: Option<usize>,
    pub value: Option<usize>,
    pub count: NumberColumn,
}

#[derive(Default)]
pub(super) struct EventColumns {
    pub id: Option<usize>,
    /// Where the value of each column of the kind comes from.
    pub values: Vec<EventValue>,
    pub words: Vec<CellWord>,
    pub answered_at: DateColumn,
    pub ended_at: DateColumn,
    pub personal: PersonalColumns,
    /// Columns that are kept under their own names.
    pub more: Vec<(usize, String)>,
}

/// What a cell of the system stands for.
pub(super) struct CellWord {
    /// Which of the kind's columns.
    pub place: usize,
    /// The cell's words; `*` is any cell.
    pub cell: String,
    pub meaning: String,
}

/// Where a value of an event comes from.
pub(super) enum EventValue {
    Nothing,
    /// The same in every row, as the preset or the user says.
    Fixed(String),
    /// The first of these columns whose cell says something.
    Text(Vec<usize>),
    Number(NumberColumn),
    Day(DateColumn),
}

/// Fields of a line; all others of an order file belong to its order.
const OF_LINE: [&str; 12] = [
    "product_id",
    "product",
    "category",
    "brand",
    "quantity",
    "price",
    "amount",
    "cost",
    "unit_cost",
    "discount",
    "unit_discount",
    "discount_percent",
];

impl Plan {
    pub(super) fn new(mapping: &Mapping, zone: &Zone, newest_day: Day, region: &str) -> Plan {
        let contacts = mapping.columns.iter().filter(|column| column.how != How::Attribute);
        let contacts =
            contacts.filter_map(|column| Some((column.index, fields::contact_of(column.field.as_deref()?)?)));
        let attributes = mapping.columns.iter().filter_map(|column| {
            let name = column.field.as_deref()?;
            let known = fields::field(mapping.kind, name);
            let is_attribute = (column.how == How::Attribute && !mapping.kind.is_event())
                || known.map_or(mapping.kind == FactKind::Customers, |field| field.shape == Shape::Attribute);
            is_attribute.then(|| (column.index, name.to_owned()))
        });
        let mut carry: Vec<usize> = mapping
            .carry
            .iter()
            .flat_map(|field| mapping.columns_of(field).map(|column| column.index))
            .collect();
        carry.sort_unstable();
        Plan {
            header: mapping.columns.iter().map(|column| column.header.clone()).collect(),
            customer: CustomerColumns::new(mapping),
            order: OrderColumns::new(mapping),
            product: ProductColumns::new(mapping),
            event: EventColumns::new(mapping),
            places: RegionColumns::new(mapping),
            population: PopulationColumns::new(mapping),
            created_at: date(mapping, "created_at"),
            // Those of people inside a company are not the company's.
            contacts: contacts.filter(|_| mapping.kind != FactKind::Contacts).collect(),
            attributes: attributes.collect(),
            consent: mapping.consent,
            group: mapping.group,
            carry,
            whole_orders: mapping.whole_orders,
            currency: mapping.currency.clone(),
            cancelled: mapping.cancelled.iter().map(|word| words(&word.to_lowercase())).collect(),
            only: only(mapping),
            cents: mapping
                .columns
                .iter()
                .map(|column| mapping.cents && column.field.as_deref().is_some_and(is_money))
                .collect(),
            yearly: mapping.yearly,
            zone: zone.clone(),
            file_zone: mapping
                .zone
                .as_deref()
                .filter(|name| *name != zone.name())
                .and_then(|name| Zone::get(name).ok()),
            newest_day: (!mapping.allow_future).then_some(newest_day),
            region: region.to_owned(),
            conversion: None,
            topics: Topics::shipped(),
        }
    }
}

impl Plan {
    /// Whether a row is no fact by what one of its cells says.
    pub(super) fn leaves_out(&self, row: Row<'_>) -> bool {
        let other = |(index, cells, wanted): &(usize, Vec<String>, bool)| {
            let said = words(&row.cell(*index).to_lowercase());
            !said.is_empty() && cells.contains(&said) != *wanted
        };
        self.only.iter().any(other)
    }
}

/// The cells that tell facts from other rows; those after a `!` are what facts never have.
fn only(mapping: &Mapping) -> Vec<(usize, Vec<String>, bool)> {
    let folded = |cell: &str| words(&cell.to_lowercase());
    let of_column = mapping.only.iter().flat_map(|(index, cells)| {
        let (not, wanted): (Vec<&String>, Vec<&String>) =
            cells.iter().partition(|cell| cell.starts_with('!'));
        let wanted: Vec<String> = wanted.into_iter().map(|cell| folded(cell)).collect();
        let not: Vec<String> = not.into_iter().map(|cell| folded(&cell[1..])).collect();
        [(*index, wanted, true), (*index, not, false)]
    });
    of_column.filter(|(_, cells, _)| !cells.is_empty()).collect()
}

/// Whether a field is a sum of money.
fn is_money(field: &str) -> bool {
    let money = ["price", "amount", "cost", "unit_cost", "discount", "unit_discount", "order_total"];
    money.contains(&field)
        || ["order_discount", "subtotal", "shipping", "tax", "refunded", "margin"].contains(&field)
}

impl CustomerColumns {
    fn new(mapping: &Mapping) -> CustomerColumns {
        CustomerColumns {
            key: mapping.key,
            id: text(mapping, "customer_id"),
            until: mapping.id_until,
            emails: all(mapping, "email"),
            phones: all(mapping, "phone"),
            full_name: text(mapping, "full_name")
                .filter(|_| mapping.key == Some(CustomerKey::FullName) || mapping.falls_back_on_names()),
            caller: text(mapping, "caller"),
            called: text(mapping, "called"),
            caller_extension: text(mapping, "caller_extension"),
        }
    }
}

impl OrderColumns {
    fn new(mapping: &Mapping) -> OrderColumns {
        let of_line = |field: &Option<String>| field.as_deref().is_none_or(|field| OF_LINE.contains(&field));
        OrderColumns {
            id: text(mapping, "order_id"),
            at: date(mapping, moment_field(mapping.kind)),
            time: text(mapping, if mapping.kind.is_event() { "time" } else { "ordered_time" }),
            zone: text(mapping, "zone"),
            document: text(mapping, "document"),
            document_date: crate::import::mapping::day_first(),
            quantity: number(mapping, "quantity"),
            price: number(mapping, "price"),
            amount: number(mapping, "amount"),
            cost: number(mapping, "cost"),
            unit_cost: number(mapping, "unit_cost"),
            discount: number(mapping, "discount"),
            unit_discount: number(mapping, "unit_discount"),
            discount_percent: number(mapping, "discount_percent"),
            total: number(mapping, "order_total"),
            order_discount: number(mapping, "order_discount"),
            subtotal: number(mapping, "subtotal"),
            shipping: number(mapping, "shipping"),
            tax: number(mapping, "tax"),
            refunded: number(mapping, "refunded"),
            items_count: number(mapping, "items_count"),
            items: mapping.columns_of("items").map(|column| column.index).collect(),
            channel: text(mapping, "channel"),
            promo_code: text(mapping, "promo_code"),
            currency: text(mapping, "currency"),
            status: text(mapping, "status"),
            cancelled_at: text(mapping, "cancelled_at"),
            kind: text(mapping, "type"),
            updated_at: date(mapping, "updated_at"),
            of_order: mapping.columns.iter().map(|column| !of_line(&column.field)).collect(),
        }
    }
}

impl EventColumns {
    fn new(mapping: &Mapping) -> EventColumns {
        let fixed = |name: &str| mapping.fill.iter().find(|(field, _)| field == name).map(|(_, text)| text);
        let value = |column: &events::EventColumn| match (column.shape, mapping.column(column.name)) {
            (_, None) => fixed(column.name).cloned().map_or(EventValue::Nothing, EventValue::Fixed),
            (EventShape::Text, Some(_)) => EventValue::Text(by_choice(mapping, column.name)),
            (EventShape::Exact, Some(_)) => EventValue::Number(number(mapping, column.name)),
            (EventShape::Day, Some(_)) => EventValue::Day(date(mapping, column.name)),
        };
        let own = mapping.columns.iter().filter(|column| column.how == How::Attribute);
        EventColumns {
            id: text(mapping, events::id_column(mapping.kind)),
            values: events::columns_of(mapping.kind).iter().map(value).collect(),
            words: mapping.words.iter().filter_map(|word| CellWord::new(mapping.kind, word)).collect(),
            answered_at: date(mapping, "answered_at"),
            ended_at: date(mapping, "ended_at"),
            personal: PersonalColumns {
                text: all(mapping, "text"),
                number: text(mapping, "number"),
                name: all(mapping, "name"),
            },
            more: own.filter_map(|column| Some((column.index, column.field.clone()?))).collect(),
        }
    }
}

/// The columns of a field: those that the user has named, then the others.
fn by_choice(mapping: &Mapping, field: &str) -> Vec<usize> {
    let mut columns: Vec<_> = mapping.columns_of(field).collect();
    columns.sort_by_key(|column| column.how != How::Flag);
    columns.iter().map(|column| column.index).collect()
}

impl CellWord {
    fn new(kind: FactKind, (field, cell, meaning): &(String, String, String)) -> Option<CellWord> {
        let place = events::columns_of(kind).iter().position(|column| column.name == field)?;
        let cell = if cell == "*" { cell.clone() } else { words(&cell.to_lowercase()) };
        Some(CellWord { place, cell, meaning: meaning.clone() })
    }
}

/// The field that says when a fact of a kind happened.
fn moment_field(kind: FactKind) -> &'static str {
    if kind.is_event() { events::moment_column(kind) } else { "ordered_at" }
}

impl ProductColumns {
    fn new(mapping: &Mapping) -> ProductColumns {
        ProductColumns {
            id: text(mapping, "product_id"),
            name: text(mapping, "product"),
            category: text(mapping, "category"),
            brand: text(mapping, "brand"),
            unit_cost: number(mapping, "unit_cost"),
            interest_kind: text(mapping, "interest_kind"),
            replacement_days: number(mapping, "replacement_days"),
        }
    }
}

impl RegionColumns {
    fn new(mapping: &Mapping) -> RegionColumns {
        let of = |names: [&str; 6]| names.map(|name| text(mapping, name));
        RegionColumns {
            names: of(["zip", "city", "region", "region_code", "country", "country_code"]),
            zip_prefix: text(mapping, "zip_prefix"),
            numbers: ["population", "density"].map(|name| (name, number(mapping, name))).into(),
        }
    }
}

impl PopulationColumns {
    fn new(mapping: &Mapping) -> PopulationColumns {
        let fixed = mapping.fill.iter().find(|(field, _)| field == "population_name");
        PopulationColumns {
            name: text(mapping, "population_name"),
            fixed_name: fixed.map(|(_, name)| name.clone()),
            attribute: text(mapping, "attribute"),
            value: text(mapping, "value"),
            count: number(mapping, "count"),
        }
    }
}

fn all(mapping: &Mapping, field: &str) -> Vec<usize> {
    mapping.columns_of(field).map(|column| column.index).collect()
}

fn text(mapping: &Mapping, field: &str) -> Option<usize> {
    mapping.column(field).map(|column| column.index)
}

fn number(mapping: &Mapping, field: &str) -> NumberColumn {
    let column = mapping.column(field)?;
    match &column.form {
        Form::Number(form) => Some((column.index, *form)),
        _ => None,
    }
}

fn date(mapping: &Mapping, field: &str) -> DateColumn {
    let column = mapping.column(field)?;
    match &column.form {
        Form::Date(form) => Some((column.index, *form)),
        _ => None,
    }
}
