//! Conversations as a table for programs.

use super::Conversation;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, Field, Schema};
use std::sync::Arc;

/// A conversation with what the state knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub conversation: Conversation,
    /// When it was, in the base's zone, to the minute.
    pub at: String,
    /// What is shown for the customer's id.
    pub customer: Option<String>,
    pub number: Option<String>,
    /// A stretch of its text, found words marked.
    pub snippet: Option<String>,
    pub text: Option<String>,
}

/// The columns of a list of conversations.
pub const COLUMNS: &[&str] = &[
    "at",
    "source",
    "id",
    "customer_id",
    "touch",
    "channel",
    "employee",
    "number",
    "duration",
    "result",
    "topics",
    "topics_by",
    "snippet",
];

/// One row per conversation: [`COLUMNS`], then the whole text.
///
/// # Errors
/// None that can happen: the columns fit the schema.
pub fn table(listed: &[Listed]) -> Result<RecordBatch, ArrowError> {
    let texts = |value: &dyn Fn(&Listed) -> Option<String>| -> ArrayRef {
        Arc::new(listed.iter().map(value).collect::<StringArray>())
    };
    let of = |value: fn(&Conversation) -> Option<String>| texts(&|one| value(&one.conversation));
    let seconds: Float64Array = listed.iter().map(|one| one.conversation.seconds()).collect();
    let topics = |one: &Conversation| (!one.topics.is_empty()).then(|| one.topics.join("; "));
    let columns: Vec<ArrayRef> = vec![
        texts(&|one| Some(one.at.clone())),
        of(|one| Some(one.source.clone())),
        of(|one| Some(one.id.clone())),
        texts(&|one| one.customer.clone()),
        of(|one| Some(one.touch.clone())),
        of(|one| one.channel.clone()),
        of(|one| one.employee.clone()),
        texts(&|one| one.number.clone()),
        Arc::new(seconds),
        of(|one| one.result.clone()),
        of(topics),
        of(|one| one.by.map(|by| by.name().to_owned())),
        texts(&|one| one.snippet.clone()),
        texts(&|one| one.text.clone()),
    ];
    let field = |name: &str, column: &ArrayRef| Field::new(name, column.data_type().clone(), true);
    let names = COLUMNS.iter().copied().chain(["text"]);
    let fields: Vec<Field> = names.zip(&columns).map(|(name, column)| field(name, column)).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

impl Conversation {
    /// How long it took, in seconds.
    pub fn seconds(&self) -> Option<f64> {
        const SCALE: f64 = 10_000.0;
        self.duration.map(|duration| duration as f64 / SCALE)
    }
}
