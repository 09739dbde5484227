//! Where another database is, as people type it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How SQLite's files begin.
const SQLITE_MAGIC: &[u8] = b"SQLite format 3\0";
/// Endings of SQLite's files.
const SQLITE_ENDINGS: [&str; 5] = ["sqlite", "sqlite3", "db", "db3", "s3db"];

/// A database to read from.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A URL.
    Postgres(String),
    /// A URL, and the password where the URL has none.
    MySql(String, Option<String>),
    /// The path of a file.
    Sqlite(String),
}

impl Address {
    /// Reads `postgres://…`, `mysql://…`, `mariadb://…`, `sqlite:path` or the path of a file of
    /// SQLite; `None` for anything else. `mysql_password` is for an address that names none.
    pub fn of(text: &str, mysql_password: Option<String>) -> Option<Address> {
        let begins = |schemes: &[&str]| schemes.iter().any(|scheme| text.starts_with(scheme));
        if begins(&["postgres://", "postgresql://"]) {
            return Some(Address::Postgres(text.to_owned()));
        }
        if begins(&["mysql://", "mariadb://"]) {
            return Some(Address::MySql(text.to_owned(), mysql_password));
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            return Some(Address::Sqlite(path.strip_prefix("//").unwrap_or(path).to_owned()));
        }
        is_sqlite(Path::new(text)).then(|| Address::Sqlite(text.to_owned()))
    }
}

/// Whether a file is one of SQLite's by how it begins, or an empty or missing one by its ending.
fn is_sqlite(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut start));
    if read.is_ok() && !start.is_empty() {
        return start == SQLITE_MAGIC;
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| SQLITE_ENDINGS.contains(&ending.as_str()))
}

/// The address as it may be shown and kept: no password, no parameters.
impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Sqlite(path) => write!(f, "sqlite:{path}"),
            Address::Postgres(url) | Address::MySql(url, _) => f.write_str(&without_password(url)),
        }
    }
}

/// Nothing of an address may reach a log by `{:?}` that `{}` hides.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{self}`")
    }
}

/// A URL without what follows the user's name up to the last `@`, which may be a badly written
/// password with marks in it, and without parameters, which may hold one too.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "?".to_owned() };
    let (user, rest) = match rest.rsplit_once('@') {
        Some((who, rest)) => (Some(who.split(':').next().unwrap_or(who)), rest),
        None => (None, rest),
    };
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    match user {
        Some(user) => format!("{scheme}://{user}@{rest}"),
        None => format!("{scheme}://{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn shown(text: &str) -> String {
        Address::of(text, Some("geheim".to_owned())).map_or("none".to_owned(), |known| format!("{known:?}"))
    }

    #[test]
    fn passwords_are_never_shown() {
        for (address, expected) in [
            ("postgres://ann:geheim@db.shop:5433/base", "`postgres://ann@db.shop:5433/base`"),
            ("postgres://ann:ge@he/im?#@db/base?sslmode=require", "`postgres://ann@db/base`"),
            ("postgresql://db/base?password=geheim", "`postgresql://db/base`"),
            ("mysql://ann@db/base", "`mysql://ann@db/base`"),
            ("mariadb://:geheim@db/base", "`mariadb://@db/base`"),
            ("sqlite:shop.db", "`sqlite:shop.db`"),
            ("sqlite:///var/shop.db", "`sqlite:/var/shop.db`"),
            ("old.sqlite3", "`sqlite:old.sqlite3`"),
            ("orders.csv", "none"),
            ("http://shop/orders.csv", "none"),
        ] {
            assert_eq!(shown(address), expected);
        }
    }
}
