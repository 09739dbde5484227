//! Events as Arrow columns, ready to be written.

use super::{EventRow, Shape, Value, columns_of, schema};
use crate::facts::write::Contents;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal64Builder, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::ArrowError;
use model::base::FactKind;
use model::calendar::Day;
use std::sync::Arc;

/// Events of one kind in columns.
pub struct EventColumns {
    kind: FactKind,
    customer_id: StringBuilder,
    at: TimestampMicrosecondBuilder,
    day: Date32Builder,
    id: StringBuilder,
    source: StringBuilder,
    taken_back: BooleanBuilder,
    updated_at: TimestampMicrosecondBuilder,
    more: StringBuilder,
    own: Vec<Own>,
    /// Days and currencies seen.
    pub contents: Contents,
}

/// A column of the kind.
enum Own {
    Text(StringBuilder),
    Exact(Decimal64Builder),
    Day(Date32Builder),
}

impl EventColumns {
    pub fn new(kind: FactKind) -> EventColumns {
        let moment = || TimestampMicrosecondBuilder::new().with_data_type(crate::facts::schema::moment());
        let own = columns_of(kind).iter().map(|column| match column.shape {
            Shape::Text => Own::Text(StringBuilder::new()),
            Shape::Exact => Own::Exact(Decimal64Builder::new().with_data_type(crate::facts::schema::exact())),
            Shape::Day => Own::Day(Date32Builder::new()),
        });
        EventColumns {
            kind,
            customer_id: StringBuilder::new(),
            at: moment(),
            day: Date32Builder::new(),
            id: StringBuilder::new(),
            source: StringBuilder::new(),
            taken_back: BooleanBuilder::new(),
            updated_at: moment(),
            more: StringBuilder::new(),
            own: own.collect(),
            contents: Contents::default(),
        }
    }

    /// Adds an event under its id. One that is taken back is only its keys.
    pub fn push(&mut self, row: &EventRow<'_>, id: &str, source: &str, taken_back: bool) {
        self.customer_id.append_option(row.customer_id);
        self.at.append_option(row.at.map(|(at, _)| at));
        self.day.append_option(row.at.map(|(_, day)| day.0));
        self.id.append_value(id);
        self.source.append_value(source);
        self.taken_back.append_value(taken_back);
        self.updated_at.append_option(row.updated_at);
        self.more.append_option(Some(&row.more).filter(|more| !more.is_empty()));
        for (place, own) in self.own.iter_mut().enumerate() {
            let value = row.values.get(place).copied().unwrap_or_default();
            match (own, value) {
                (Own::Text(builder), Value::Text(text)) => builder.append_value(text),
                (Own::Exact(builder), Value::Number(number)) => builder.append_value(number),
                (Own::Day(builder), Value::Number(day)) => builder.append_value(day as i32),
                (Own::Text(builder), _) => builder.append_null(),
                (Own::Exact(builder), _) => builder.append_null(),
                (Own::Day(builder), _) => builder.append_null(),
            }
        }
        self.note(row, taken_back);
    }

    fn note(&mut self, row: &EventRow<'_>, taken_back: bool) {
        self.contents.replaces |= taken_back;
        let ended =
            columns_of(self.kind).iter().zip(&row.values).filter(|(column, _)| column.shape == Shape::Day);
        let ended = ended.filter_map(|(_, value)| match value {
            Value::Number(day) => Some(Day(*day as i32)),
            _ => None,
        });
        for day in row.at.map(|(_, day)| day).into_iter().chain(ended) {
            let (first, last) = self.contents.days.unwrap_or((day, day));
            self.contents.days = Some((first.min(day), last.max(day)));
        }
        let currency = columns_of(self.kind).iter().position(|column| column.name == "currency");
        if let Some(Value::Text(code)) = currency.and_then(|place| row.values.get(place))
            && !self.contents.currencies.contains(*code)
        {
            self.contents.currencies.insert((*code).to_owned());
        }
    }

    /// The columns so far as a batch; starts anew.
    ///
    /// # Errors
    /// None that can happen: the columns fit the schema.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.customer_id.finish()),
            Arc::new(self.at.finish()),
            Arc::new(self.day.finish()),
            Arc::new(self.id.finish()),
            Arc::new(self.source.finish()),
            Arc::new(self.taken_back.finish()),
            Arc::new(self.updated_at.finish()),
            Arc::new(self.more.finish()),
        ];
        columns.extend(self.own.iter_mut().map(|own| -> ArrayRef {
            match own {
                Own::Text(builder) => Arc::new(builder.finish()),
                Own::Exact(builder) => Arc::new(builder.finish()),
                Own::Day(builder) => Arc::new(builder.finish()),
            }
        }));
        RecordBatch::try_new(schema(self.kind), columns)
    }
}
