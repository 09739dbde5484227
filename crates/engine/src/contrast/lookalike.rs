//! Customers outside the target who look like those in it.

use super::compare::{Asked, Compared};
use super::rows::{Rows, Wanted, rows};
use crate::criteria::as_rule_text;
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use model::calendar::AsOf;
use model::criteria::{Score, Scorer};
use model::parallel;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A customer outside the target.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    pub customer_id: String,
    pub score: Score,
    /// Whether it was among those compared.
    pub compared: bool,
}

/// The columns of an audience.
pub const COLUMNS: [(&str, &str); 5] = [
    ("customer_id", "The customer."),
    ("points", "Sum of the weights of the criteria that count; 0 is the usual chance."),
    ("chance", "The chance that the points stand for, in the rough."),
    ("compared", "Whether the customer was among those compared; others could not be in the target yet."),
    ("criteria", "The criteria that count, as the text of rules, parted by semicolons."),
];

/// All customers outside the target with their points, most points first, then by id.
///
/// # Errors
/// A fact file cannot be read.
pub fn alike(
    facts: &FactSet,
    asked: &Asked,
    compared: &Compared,
    scorer: &Scorer,
    as_of: AsOf,
    threads: usize,
) -> Result<Vec<Alike>, FactError> {
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        let sides = compared.decided.sides(bucket, asked, as_of);
        Ok(scored(rows(facts, bucket, &sides, Wanted::Outside)?, scorer))
    });
    let mut all: Vec<Alike> = Vec::new();
    for bucket in buckets {
        all.extend(bucket?);
    }
    all.sort_unstable_by(|a, b| {
        b.score.points.total_cmp(&a.score.points).then_with(|| a.customer_id.cmp(&b.customer_id))
    });
    Ok(all)
}

fn scored(rows: Rows, scorer: &Scorer) -> Vec<Alike> {
    let mut holding = scorer.holding(&rows.table.into_columns_for(scorer));
    // Without any column nothing is known of any customer.
    holding.resize(rows.ids.len(), 0);
    let each = rows.ids.into_iter().zip(rows.sides).zip(holding);
    each.map(|((customer_id, side), held)| Alike {
        customer_id,
        score: scorer.score(held),
        compared: side.is_some(),
    })
    .collect()
}

/// Some of an audience as a table with the columns of [`COLUMNS`]. `originals` are shown in place of
/// ids that are digests.
///
/// # Errors
/// None that can happen: the columns fit the schema.
pub fn table(
    alike: &[Alike],
    scorer: &Scorer,
    originals: &BTreeMap<String, String>,
) -> Result<RecordBatch, ArrowError> {
    let texts: Vec<String> = scorer.weights.iter().map(|weight| as_rule_text(&weight.conditions)).collect();
    let said = |score: &Score| {
        let counting = texts.iter().enumerate().filter(|(bit, _)| score.counted >> bit & 1 == 1);
        counting.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("; ")
    };
    let id = |one: &Alike| Some(originals.get(&one.customer_id).unwrap_or(&one.customer_id).clone());
    let columns: [ArrayRef; 5] = [
        Arc::new(alike.iter().map(id).collect::<StringArray>()),
        Arc::new(alike.iter().map(|one| Some(one.score.points)).collect::<Float64Array>()),
        Arc::new(alike.iter().map(|one| Some(one.score.chance)).collect::<Float64Array>()),
        Arc::new(alike.iter().map(|one| Some(one.compared)).collect::<BooleanArray>()),
        Arc::new(alike.iter().map(|one| Some(said(&one.score))).collect::<StringArray>()),
    ];
    RecordBatch::try_new(Arc::new(schema()), columns.to_vec())
}

/// The schema of an audience.
pub fn schema() -> Schema {
    let types = [DataType::Utf8, DataType::Float64, DataType::Float64, DataType::Boolean, DataType::Utf8];
    let fields = COLUMNS.iter().zip(types).map(|((name, _), data)| Field::new(*name, data, true));
    Schema::new(fields.collect::<Vec<_>>())
}
