//! Order lines of all imports to one set of files, bucket by bucket.

use crate::facts::FactSet;
use crate::facts::bucket::{ANONYMOUS, BUCKETS};
use crate::facts::columns::TAKEN_BACK;
use crate::facts::schema;
use crate::facts::set::Run;
use crate::facts::write::{Contents, FILE_ROWS, FILES_MAX, FactWriter, GROUP_ROWS};
use crate::progress::Watch;
use crate::scan::merge::merge;
use crate::staging::{StagingError, Target};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, TimestampMicrosecondType};
use arrow_array::{RecordBatch, UInt32Array};
use arrow_select::take::take_record_batch;
use model::base::{FactFile, FactKind};
use model::parallel;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Rows of all buckets that are held at a time; each takes some hundred bytes.
const HELD_ROWS_MAX: u64 = 2_000_000;

/// Writes the newest version of every order. `rows` is how many lines there are of all versions.
pub(super) fn merge_orders(
    facts: &FactSet,
    contents: &Contents,
    rows: u64,
    target: Target<'_>,
    watch: &dyn Watch,
) -> Result<Vec<FactFile>, StagingError> {
    let files = (rows / FILE_ROWS + 1).next_power_of_two().min(FILES_MAX) as usize;
    let threads = target.threads.min((HELD_ROWS_MAX / (rows / BUCKETS as u64 + 1)).max(1) as usize);
    let done = AtomicUsize::new(0);
    let written = parallel::in_order(files, threads, |file| {
        write_file(facts, contents, target, file, files, &|| {
            watch.advance("merge", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, BUCKETS as u64 + 1);
        })
    });
    let mut new = Vec::new();
    for file in written {
        new.extend(file?);
    }
    Ok(new)
}

/// Writes one file: an equal share of the buckets, the last one with the anonymous.
fn write_file(
    facts: &FactSet,
    contents: &Contents,
    target: Target<'_>,
    file: usize,
    files: usize,
    bucket_done: &dyn Fn(),
) -> Result<Option<FactFile>, StagingError> {
    let share = BUCKETS / files;
    let end = if file + 1 == files { ANONYMOUS + 1 } else { (file + 1) * share };
    let schema = schema::orders(&schema::repeated_text());
    let columns: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let name = format!("{}-{file:02}", target.name);
    let mut writer = FactWriter::create(target.base, FactKind::Orders, &name, schema, target.durability)?;
    for bucket in file * share..end {
        let mut runs: Vec<Run> = Vec::new();
        for run in 0..facts.run_count(bucket) {
            runs.extend(facts.orders_run(bucket, run, &columns)?);
        }
        if !runs.is_empty() {
            let merged = merge(&runs, true)?;
            drop(runs);
            for group in groups(&merged) {
                writer.write(bucket, &take_record_batch(&merged, &UInt32Array::from(group))?)?;
            }
        }
        bucket_done();
    }
    let free_returns = (file * share..end).any(|bucket| facts.has_free_returns(bucket));
    Ok(writer.finish(Contents { free_returns, ..contents.clone() })?)
}

/// The rows that stay, in the order in which they lie on disk, cut into row groups of whole
/// customers. Rows come grouped by customer.
fn groups(lines: &RecordBatch) -> Vec<Vec<u32>> {
    let customers = lines.column(0).as_dictionary::<Int32Type>();
    let moments = lines.column(1).as_primitive::<TimestampMicrosecondType>().values();
    let order_ids = lines.column(3).as_string::<i32>();
    let numbers = lines.column(4).as_primitive::<Int32Type>().values();
    let sources = lines.column(5).as_dictionary::<Int32Type>();
    let source = |row: usize| sources.key(row).map(|key| sources.values().as_string::<i32>().value(key));
    let mut groups = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    let mut first = 0;
    while first < lines.num_rows() {
        let same = |&row: &usize| customers.key(row) == customers.key(first);
        let end = first + (first..lines.num_rows()).take_while(same).count();
        if group.len() >= GROUP_ROWS {
            groups.push(std::mem::take(&mut group));
        }
        let start = group.len();
        group.extend((first..end).filter(|&row| numbers[row] != TAKEN_BACK).map(|row| row as u32));
        group[start..].sort_by(|&a, &b| {
            let (a, b) = (a as usize, b as usize);
            (moments[a], order_ids.value(a), source(a), numbers[a]).cmp(&(
                moments[b],
                order_ids.value(b),
                source(b),
                numbers[b],
            ))
        });
        first = end;
    }
    groups.push(group);
    groups
}
