//! A query on another database, as it may be typed after `dolka import`.

use crate::config;
use crate::jobs::query::Query;
use crate::jobs::rules::WrongUsage;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use store::query::{Address, Asked};

/// What is read where the file is a database.
#[derive(Args, Debug)]
pub struct Querying {
    /// Read what this query gives, where FILE is a database: postgres://user@host/name, mysql://…,
    /// sqlite:path.
    #[arg(long, value_name = "SELECT", help_heading = "Reading databases")]
    pub query: Option<String>,
    /// The same, the query in a file.
    #[arg(long, value_name = "FILE.sql", conflicts_with = "query", help_heading = "Reading databases")]
    pub query_file: Option<PathBuf>,
    /// Read a whole table or view.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "query_file"])]
    #[arg(help_heading = "Reading databases")]
    pub table: Option<String>,
}

impl Querying {
    /// The query of an import; `None` where files are read.
    pub(super) fn of(&self, files: &[PathBuf]) -> Result<Option<Query>> {
        let asked = match (&self.query, &self.query_file, &self.table) {
            (Some(sql), _, _) => Some(Asked::Query(sql.clone())),
            (_, Some(file), _) => Some(Asked::Query(
                std::fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?,
            )),
            (_, _, Some(table)) => Some(Asked::Table(table.clone())),
            _ => None,
        };
        let Some(asked) = asked else {
            if let Some(address) = files.iter().find_map(|file| address(file)) {
                bail!(WrongUsage(format!(
                    "`{address}` is a database; say what to read with `--table NAME` or `--query 'SELECT …'`"
                )));
            }
            return Ok(None);
        };
        let [file] = files else {
            bail!(WrongUsage("one query is run on one database; name one address".to_owned()));
        };
        let Some(address) = address(file) else {
            bail!(WrongUsage(format!(
                "`{}` is no database; write its address like postgres://user@host/name, \
                 mysql://user@host/name or sqlite:path",
                file.display()
            )));
        };
        if let Address::Sqlite(path) = &address {
            std::fs::metadata(path).with_context(|| format!("cannot open `{path}`"))?;
        }
        Ok(Some(Query { address, asked }))
    }
}

fn address(file: &Path) -> Option<Address> {
    Address::of(file.to_str()?, config::mysql_password())
}
