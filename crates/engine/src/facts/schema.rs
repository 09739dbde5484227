//! The columns of fact files: what any Parquet reader sees.

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use std::sync::Arc;

/// Digits of money and quantities on disk.
pub const PRECISION: u8 = 18;
/// Decimal places of money and quantities on disk.
pub const PLACES: i8 = 4;

/// Exact money or quantity.
pub fn exact() -> DataType {
    DataType::Decimal64(PRECISION, PLACES)
}

/// A moment.
pub fn moment() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// Text that repeats: read as keys into a dictionary, so that comparing is comparing numbers.
pub fn repeated_text() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

fn field(name: &str, kind: DataType, nullable: bool) -> Field {
    Field::new(name, kind, nullable)
}

/// Order lines, sorted by bucket, customer, moment of the order, order and line.
///
/// Columns may be empty; `customer_id` is for anonymous lines. `line` numbers the lines of an
/// order from 0; an order that takes another back (cancelled, moved to another customer) is one
/// row with line −1.
pub fn orders(text: &DataType) -> SchemaRef {
    Arc::new(Schema::new(vec![
        field("customer_id", text.clone(), true),
        field("ordered_at", moment(), false),
        field("day", DataType::Date32, false),
        field("order_id", DataType::Utf8, false),
        field("line", DataType::Int32, false),
        field("source", text.clone(), false),
        field("product_id", text.clone(), true),
        field("product", text.clone(), true),
        field("category", text.clone(), true),
        field("brand", text.clone(), true),
        field("channel", text.clone(), true),
        field("promo_code", text.clone(), true),
        field("currency", text.clone(), true),
        field("quantity", exact(), true),
        field("amount", exact(), false),
        field("cost", exact(), true),
        field("discount", exact(), true),
        field("updated_at", moment(), true),
    ]))
}

/// Customers' attributes, one row each, sorted by bucket, customer and attribute. A row with an
/// empty attribute says only that the customer is known, and since when.
pub fn customers(text: &DataType) -> SchemaRef {
    Arc::new(Schema::new(vec![
        field("customer_id", text.clone(), false),
        field("attribute", text.clone(), false),
        field("value", text.clone(), true),
        field("created", DataType::Date32, true),
    ]))
}

/// Products, sorted by id.
pub fn products() -> SchemaRef {
    Arc::new(Schema::new(vec![
        field("product_id", DataType::Utf8, false),
        field("product", DataType::Utf8, true),
        field("category", DataType::Utf8, true),
        field("brand", DataType::Utf8, true),
        field("unit_cost", exact(), true),
        field("interest_kind", DataType::Utf8, true),
        field("replacement_days", exact(), true),
    ]))
}

/// Places, one attribute a row, sorted by place. What a place is known by stands in the first columns.
pub fn regions() -> SchemaRef {
    let name = |name| field(name, DataType::Utf8, true);
    Arc::new(Schema::new(vec![
        name("zip"),
        name("city"),
        name("region"),
        name("region_code"),
        name("country"),
        name("country_code"),
        field("attribute", DataType::Utf8, false),
        field("value", DataType::Utf8, false),
    ]))
}

/// People to compare with, counted by what they have in common: the rows of one `combination` are the
/// attributes that as many people as `count` says have together.
pub fn population() -> SchemaRef {
    Arc::new(Schema::new(vec![
        field("population", DataType::Utf8, false),
        field("combination", DataType::Int32, false),
        field("attribute", DataType::Utf8, false),
        field("value", DataType::Utf8, false),
        field("count", exact(), false),
    ]))
}
