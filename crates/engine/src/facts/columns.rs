//! Fact rows as Arrow columns, ready to be written.

use super::attributes::AttributeRef;
use super::lines::{OrderLine, PlaceRow, ProductRow};
use super::schema;
use super::sparse::Sparse;
use arrow_array::builder::{
    Date32Builder, Decimal64Builder, Int32Builder, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, RecordBatch};
use arrow_schema::{ArrowError, DataType};
use model::calendar::Day;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Line number of a row that takes an order back.
pub const TAKEN_BACK: i32 = -1;

/// Order lines in columns.
pub struct OrderColumns {
    customer_id: Sparse<StringBuilder>,
    ordered_at: TimestampMicrosecondBuilder,
    day: Date32Builder,
    order_id: StringBuilder,
    line: Int32Builder,
    source: StringBuilder,
    texts: [Sparse<StringBuilder>; 7],
    quantity: Sparse<Decimal64Builder>,
    amount: Decimal64Builder,
    cost: Sparse<Decimal64Builder>,
    discount: Sparse<Decimal64Builder>,
    updated_at: Sparse<TimestampMicrosecondBuilder>,
    /// Currencies seen, lines in the base's own left out.
    pub currencies: BTreeSet<String>,
    /// First and last day seen.
    pub days: Option<(Day, Day)>,
    /// Whether goods came back for nothing: no money, a negative quantity.
    pub free_returns: bool,
}

impl OrderColumns {
    /// Room for about `rows` lines.
    pub fn with_capacity(rows: usize) -> OrderColumns {
        let text = || StringBuilder::with_capacity(rows, rows * 8);
        let exact = || Decimal64Builder::with_capacity(rows).with_data_type(schema::exact());
        let moment = || TimestampMicrosecondBuilder::with_capacity(rows).with_data_type(schema::moment());
        OrderColumns {
            customer_id: Sparse::new(text()),
            ordered_at: moment(),
            day: Date32Builder::with_capacity(rows),
            order_id: text(),
            line: Int32Builder::with_capacity(rows),
            source: text(),
            texts: [(); 7].map(|()| Sparse::new(text())),
            quantity: Sparse::new(exact()),
            amount: exact(),
            cost: Sparse::new(exact()),
            discount: Sparse::new(exact()),
            updated_at: Sparse::new(moment()),
            currencies: BTreeSet::new(),
            days: None,
            free_returns: false,
        }
    }

    /// Adds line number `number` of the order `order_id`, ordered at its order's moment and day.
    pub fn push(&mut self, line: &OrderLine<'_>, order_id: &str, source: &str, number: i32) {
        self.customer_id.push(line.customer_id);
        self.ordered_at.append_value(line.ordered_at);
        self.day.append_value(line.day.0);
        self.order_id.append_value(order_id);
        self.line.append_value(number);
        self.source.append_value(source);
        let texts = [
            line.product_id,
            line.product,
            line.category,
            line.brand,
            line.channel,
            line.promo_code,
            line.currency,
        ];
        for (builder, text) in self.texts.iter_mut().zip(texts) {
            builder.push(text);
        }
        self.quantity.push(line.quantity);
        self.amount.append_value(line.amount.0);
        self.cost.push(line.cost.map(|money| money.0));
        self.discount.push(line.discount.map(|money| money.0));
        self.updated_at.push(line.updated_at);
        if let Some(currency) = line.currency
            && !self.currencies.contains(currency)
        {
            self.currencies.insert(currency.to_owned());
        }
        self.free_returns |= line.amount.0 == 0 && line.quantity.is_some_and(|quantity| quantity < 0);
        let (first, last) = self.days.unwrap_or((line.day, line.day));
        self.days = Some((first.min(line.day), last.max(line.day)));
    }

    /// The columns as a batch.
    ///
    /// # Errors
    /// None that can happen: the columns fit the schema.
    pub fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let mut columns: Vec<ArrayRef> = vec![
            self.customer_id.finish(),
            Arc::new(self.ordered_at.finish()),
            Arc::new(self.day.finish()),
            Arc::new(self.order_id.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.source.finish()),
        ];
        columns.extend(self.texts.iter_mut().map(|builder| builder.finish()));
        columns.push(self.quantity.finish());
        columns.push(Arc::new(self.amount.finish()));
        columns.push(self.cost.finish());
        columns.push(self.discount.finish());
        columns.push(self.updated_at.finish());
        RecordBatch::try_new(schema::orders(&DataType::Utf8), columns)
    }

    pub fn len(&self) -> usize {
        self.line.values_slice().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One row of customers' attributes as it lies on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeRow {
    pub customer_id: String,
    /// Empty for the row that says the customer is known.
    pub attribute: String,
    pub value: Option<String>,
    pub created: Option<Day>,
}

impl AttributeRow {
    pub fn borrowed(&self) -> AttributeRef<'_> {
        AttributeRef {
            customer_id: &self.customer_id,
            attribute: &self.attribute,
            value: self.value.as_deref(),
            created: self.created,
        }
    }
}

impl From<AttributeRef<'_>> for AttributeRow {
    fn from(said: AttributeRef<'_>) -> AttributeRow {
        AttributeRow {
            customer_id: said.customer_id.to_owned(),
            attribute: said.attribute.to_owned(),
            value: said.value.map(str::to_owned),
            created: said.created,
        }
    }
}

/// Attribute rows as a batch.
///
/// # Errors
/// None that can happen: the columns fit the schema.
pub fn customers<'a>(rows: impl Iterator<Item = AttributeRef<'a>>) -> Result<RecordBatch, ArrowError> {
    let mut customer_id = StringBuilder::new();
    let mut attribute = StringBuilder::new();
    let mut value = StringBuilder::new();
    let mut created = Date32Builder::new();
    for row in rows {
        customer_id.append_value(row.customer_id);
        attribute.append_value(row.attribute);
        value.append_option(row.value);
        created.append_option(row.created.map(|day| day.0));
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(customer_id.finish()),
        Arc::new(attribute.finish()),
        Arc::new(value.finish()),
        Arc::new(created.finish()),
    ];
    RecordBatch::try_new(schema::customers(&DataType::Utf8), columns)
}

/// The same as it is read from a file: texts as keys.
///
/// # Errors
/// None that can happen: texts can be keys.
pub(super) fn keyed_customers<'a>(
    rows: impl Iterator<Item = AttributeRef<'a>>,
) -> Result<RecordBatch, ArrowError> {
    let plain = customers(rows)?;
    let schema = schema::customers(&schema::repeated_text());
    let columns = plain.columns().iter().zip(schema.fields());
    let columns = columns.map(|(column, field)| match column.as_string_opt::<i32>() {
        Some(texts) if field.data_type() != column.data_type() => {
            Arc::new(texts.iter().collect::<DictionaryArray<Int32Type>>()) as ArrayRef
        }
        _ => Arc::clone(column),
    });
    RecordBatch::try_new(schema.clone(), columns.collect())
}

/// Products as a batch.
///
/// # Errors
/// None that can happen: the columns fit the schema.
pub fn products<'a>(rows: impl Iterator<Item = ProductRow<'a>>) -> Result<RecordBatch, ArrowError> {
    let mut texts = [(); 4].map(|()| StringBuilder::new());
    let exact = || Decimal64Builder::new().with_data_type(schema::exact());
    let (mut unit_cost, mut interest_kind, mut replacement_days) = (exact(), StringBuilder::new(), exact());
    for row in rows {
        let values = [Some(row.product_id), row.product, row.category, row.brand];
        for (builder, value) in texts.iter_mut().zip(values) {
            builder.append_option(value);
        }
        unit_cost.append_option(row.unit_cost.map(|money| money.0));
        interest_kind.append_option(row.interest_kind);
        replacement_days.append_option(row.replacement_days);
    }
    let mut columns: Vec<ArrayRef> =
        texts.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef).collect();
    columns.push(Arc::new(unit_cost.finish()));
    columns.push(Arc::new(interest_kind.finish()));
    columns.push(Arc::new(replacement_days.finish()));
    RecordBatch::try_new(schema::products(), columns)
}

/// Places as a batch.
///
/// # Errors
/// None that can happen: the columns fit the schema.
pub fn regions<'a>(rows: impl Iterator<Item = PlaceRow<'a>>) -> Result<RecordBatch, ArrowError> {
    let mut names = [(); 6].map(|()| StringBuilder::new());
    let (mut attribute, mut value) = (StringBuilder::new(), StringBuilder::new());
    for row in rows {
        for (name, said) in &row.attributes {
            names.iter_mut().zip(row.names).for_each(|(builder, name)| builder.append_option(name));
            attribute.append_value(name);
            value.append_value(said);
        }
    }
    let mut columns: Vec<ArrayRef> =
        names.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef).collect();
    columns.push(Arc::new(attribute.finish()));
    columns.push(Arc::new(value.finish()));
    RecordBatch::try_new(schema::regions(), columns)
}

/// Populations as a batch: name, attributes with values, count in 1/10 000.
///
/// # Errors
/// None that can happen: the columns fit the schema.
pub fn population<'a>(
    rows: impl Iterator<Item = (&'a str, &'a [(String, String)], i64)>,
) -> Result<RecordBatch, ArrowError> {
    let mut texts = [(); 3].map(|()| StringBuilder::new());
    let mut combination = Int32Builder::new();
    let mut counts = Decimal64Builder::new().with_data_type(schema::exact());
    for (number, (name, values, count)) in (0..).zip(rows) {
        for (attribute, value) in values {
            texts
                .iter_mut()
                .zip([name, attribute, value])
                .for_each(|(builder, text)| builder.append_value(text));
            combination.append_value(number);
            counts.append_value(count);
        }
    }
    let [mut name, mut attribute, mut value] = texts;
    let columns: Vec<ArrayRef> = vec![
        Arc::new(name.finish()),
        Arc::new(combination.finish()),
        Arc::new(attribute.finish()),
        Arc::new(value.finish()),
        Arc::new(counts.finish()),
    ];
    RecordBatch::try_new(schema::population(), columns)
}
