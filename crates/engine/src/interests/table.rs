//! Interests as a table: a row per customer, a column per category.

use super::Interests;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use std::sync::Arc;

impl Interests {
    /// `customer_id` as `shown`, `interests` with the names of all tags, then a column per category
    /// with the weight where the tag holds.
    ///
    /// # Errors
    /// None that can happen: the columns fit the schema.
    pub fn table(&self, shown: &dyn Fn(&str) -> String) -> Result<RecordBatch, ArrowError> {
        let ids: StringArray = self.customers.iter().map(|(id, _)| Some(shown(id))).collect();
        let names = self.customers.iter().map(|(_, tags)| {
            let names: Vec<&str> =
                tags.iter().map(|tag| self.categories[tag.category as usize].as_str()).collect();
            Some(names.join("; "))
        });
        let names: StringArray = names.collect();
        let mut fields = vec![
            Field::new("customer_id", DataType::Utf8, false),
            Field::new("interests", DataType::Utf8, false),
        ];
        let mut columns: Vec<ArrayRef> = vec![Arc::new(ids), Arc::new(names)];
        for (place, category) in self.categories.iter().enumerate() {
            let weight = |tags: &[super::Tag]| {
                tags.iter().find(|tag| tag.category as usize == place).map(|tag| tag.weight)
            };
            let weights: Float64Array = self.customers.iter().map(|(_, tags)| weight(tags)).collect();
            // A category called as one of the two columns before would hide it.
            let taken = ["customer_id", "interests"].contains(&category.as_str());
            let name = if taken { format!("{category} (category)") } else { category.clone() };
            fields.push(Field::new(name, DataType::Float64, true));
            columns.push(Arc::new(weights));
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}
