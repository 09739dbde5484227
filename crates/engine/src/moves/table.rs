//! Customers with their segment at each moment, one row each.

use super::NOT_YET_KNOWN;
use super::matrix::MovesError;
use super::state::State;
use crate::facts::schema::exact;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Decimal64Array, DictionaryArray, Int32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which customers are listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen<'a> {
    /// Only those who were in this segment at the first moment; [`NOT_YET_KNOWN`] for who came later.
    pub from: Option<&'a str>,
    /// Only those who are in this segment at the last.
    pub to: Option<&'a str>,
}

/// One row per customer in order of id: `customer_id`, `segment_YYYY-MM-DD` for every moment, `revenue` up
/// to the last. `originals` are shown in place of ids that are digests.
///
/// # Errors
/// States of other bases.
pub fn table(
    states: &[State],
    chosen: Chosen<'_>,
    originals: &BTreeMap<String, String>,
) -> Result<RecordBatch, MovesError> {
    let Some((last, before)) = states.split_last() else { return Ok(empty()) };
    let mut codes: Vec<Vec<Vec<Option<u16>>>> = Vec::new();
    for state in before {
        codes.push(followed(state, last)?);
    }
    codes.push(last.buckets.iter().map(|bucket| bucket.codes.iter().copied().map(Some).collect()).collect());
    let is_chosen = |moment: usize, wanted: Option<&str>, bucket: usize, row: usize| {
        let code = codes[moment][bucket][row];
        let name = code.map_or(NOT_YET_KNOWN, |code| states[moment].names[usize::from(code)].as_str());
        wanted.is_none_or(|wanted| wanted == name)
    };
    let mut rows: Vec<(&str, usize, usize)> = Vec::new();
    for (place, bucket) in last.buckets.iter().enumerate() {
        for (row, id) in bucket.ids.iter().flatten().enumerate() {
            if is_chosen(0, chosen.from, place, row) && is_chosen(before.len(), chosen.to, place, row) {
                rows.push((originals.get(id).map_or(id, String::as_str), place, row));
            }
        }
    }
    rows.sort_unstable();
    let mut fields = vec![Field::new("customer_id", DataType::Utf8, false)];
    let ids: StringArray = rows.iter().map(|(id, ..)| Some(*id)).collect();
    let mut columns: Vec<ArrayRef> = vec![Arc::new(ids)];
    for (state, codes) in states.iter().zip(&codes) {
        let names: StringArray =
            state.names.iter().map(String::as_str).chain([NOT_YET_KNOWN]).map(Some).collect();
        let unknown = state.names.len() as i32;
        let keys = rows.iter().map(|&(_, bucket, row)| codes[bucket][row].map_or(unknown, i32::from));
        let labels =
            DictionaryArray::<Int32Type>::new(keys.map(Some).collect::<Int32Array>(), Arc::new(names));
        let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        fields.push(Field::new(format!("segment_{}", state.as_of), kind, false));
        columns.push(Arc::new(labels));
    }
    let revenue: Decimal64Array =
        rows.iter().map(|&(_, bucket, row)| Some(last.buckets[bucket].revenue[row])).collect();
    fields.push(Field::new("revenue", exact(), false));
    columns.push(Arc::new(revenue.with_data_type(exact())));
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap_or_else(|_| empty()))
}

fn empty() -> RecordBatch {
    RecordBatch::new_empty(Arc::new(Schema::empty()))
}

/// The place of each later customer's segment in an earlier state, by bucket; none for who came since.
fn followed(earlier: &State, later: &State) -> Result<Vec<Vec<Option<u16>>>, MovesError> {
    let mut buckets = Vec::with_capacity(later.buckets.len());
    for (old, new) in earlier.buckets.iter().zip(&later.buckets) {
        let mut codes = vec![None; new.codes.len()];
        let vanished = old.meet(new, |row, place| codes[place] = row.map(|row| old.codes[row]));
        if let Some(row) = vanished {
            return Err(MovesError::Vanished {
                customer: old.ids.value(row).to_owned(),
                from: earlier.as_of,
                to: later.as_of,
            });
        }
        buckets.push(codes);
    }
    Ok(buckets)
}
