//! Brings the rows of a query on another database into a base: they go to a file in the base's
//! scratch folder, a JSON object to a line, and are imported from there like any file. A row's line
//! is its number in the answer.

use super::import::{Imported, Request, import_locked, import_with_lock};
use crate::base::Base;
use anyhow::{Context, Result, bail};
use engine::import::names::did_you_mean;
use engine::progress::Watch;
use engine::sources::Format;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use store::query::{Address, Asked, Column, QueryError, RowSink};

/// Rows after which whoever watches is told how many there are.
const TOLD_EVERY: u64 = 1_000;
/// Characters of a query that the ledger keeps.
const NAME_MAX: usize = 1_000;
/// Name of the file of rows in the scratch folder.
const ROWS_FILE: &str = "query.jsonl";

/// A query and where to run it.
#[derive(Clone, Debug)]
pub struct Query {
    pub address: Address,
    pub asked: Asked,
}

impl Query {
    /// What the ledger calls it: the address without a password, and the query.
    pub fn name(&self) -> String {
        format!("{}: {}", self.address, self.asked.shown()).chars().take(NAME_MAX).collect()
    }
}

/// Imports what a query gives.
pub fn import(base: &mut Base, query: &Query, request: &Request<'_>, watch: &dyn Watch) -> Result<Imported> {
    import_with_lock(base, |base| {
        let scratch = base.scratch();
        std::fs::create_dir_all(&scratch).with_context(|| format!("cannot make `{}`", scratch.display()))?;
        let path = scratch.join(ROWS_FILE);
        let fetched = fetch(base, query, &path, watch)?;
        let mut options = request.options.clone();
        options.open.name = Some(query.name());
        options.open.format = Some(Format::JsonLines);
        options.open.encoding = Some("utf-8".to_owned());
        if fetched.decimals {
            options.map.decimal.get_or_insert('.');
        }
        import_locked(base, &path, &Request { options: &options, ..*request }, watch)
    })
}

/// What came of the rows.
struct Fetched {
    /// Whether some column holds numbers whose decimals stand after a point.
    decimals: bool,
}

fn fetch(base: &Base, query: &Query, path: &Path, watch: &dyn Watch) -> Result<Fetched> {
    let file = File::create(path).with_context(|| format!("cannot make `{}`", path.display()))?;
    let mut rows = Rows { out: BufWriter::new(file), names: Vec::new(), decimals: false, rows: 0, watch };
    let read = base.wait_for_rows(store::query::read(&query.address, &query.asked, &mut rows));
    let count = match read {
        Ok(count) => count,
        Err(error @ QueryError::NoTable { .. }) => return Err(no_table(error)),
        Err(error) => return Err(error.into()),
    };
    rows.out.flush().with_context(|| format!("cannot write `{}`", path.display()))?;
    if count == 0 {
        bail!("E_EMPTY: `{}`: the query gives no rows; nothing was imported", query.name());
    }
    Ok(Fetched { decimals: rows.decimals })
}

/// The error with the nearest name, or all of them where none is near.
fn no_table(error: QueryError) -> anyhow::Error {
    /// Names that a message lists.
    const LISTED: usize = 20;
    let QueryError::NoTable { table, known, .. } = &error else { return error.into() };
    let short = table.rsplit('.').next().unwrap_or(table);
    let near = did_you_mean(short, known.iter().map(String::as_str));
    if !near.is_empty() {
        return anyhow::anyhow!("{error}{near}");
    }
    let listed: Vec<String> = known.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    let more = if known.len() > LISTED { ", …" } else { "" };
    match listed.is_empty() {
        true => anyhow::anyhow!("{error}; it has no tables that this user may see"),
        false => anyhow::anyhow!("{error}; it has {}{more}", listed.join(", ")),
    }
}

/// Rows on their way to the file.
struct Rows<'a> {
    out: BufWriter<File>,
    /// The columns' names as JSON.
    names: Vec<String>,
    decimals: bool,
    rows: u64,
    watch: &'a dyn Watch,
}

impl RowSink for Rows<'_> {
    fn columns(&mut self, columns: &[Column]) -> io::Result<()> {
        self.decimals = columns.iter().any(|column| column.decimals);
        let names: Result<_, _> = columns.iter().map(|column| serde_json::to_string(&column.name)).collect();
        self.names = names?;
        Ok(())
    }

    fn row(&mut self, cells: &[Option<String>]) -> io::Result<()> {
        let mut mark = b'{';
        for (name, cell) in self.names.iter().zip(cells) {
            self.out.write_all(&[mark])?;
            mark = b',';
            self.out.write_all(name.as_bytes())?;
            self.out.write_all(b":")?;
            serde_json::to_writer(&mut self.out, cell)?;
        }
        self.rows += 1;
        if self.rows.is_multiple_of(TOLD_EVERY) {
            self.watch.advance("query", self.rows, self.rows);
        }
        self.out.write_all(b"}\n")
    }
}
