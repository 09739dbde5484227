//! What is asked of another database: one statement that reads, or a table by its name.

use super::error::QueryError;

/// What to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One statement.
    Query(String),
    /// The name of a table or view, with its schema where that is not the usual one.
    Table(String),
}

/// Words that begin a statement that reads.
const READING: [&str; 4] = ["select", "with", "values", "table"];

impl Asked {
    /// The statement, with names quoted by `quote`.
    ///
    /// # Errors
    /// It does not begin as a statement that reads. That no second one follows the servers see to,
    /// and for SQLite [`is_single`].
    pub(super) fn sql(&self, quote: char) -> Result<String, QueryError> {
        let text = match self {
            Asked::Table(name) => return Ok(format!("SELECT * FROM {}", quoted(name, quote))),
            Asked::Query(text) => text,
        };
        let begins = |c: &char| c.is_alphanumeric() || *c == '_';
        let first: String =
            code(text).skip_while(|c| c.is_whitespace() || *c == '(').take_while(begins).collect();
        if READING.contains(&first.to_lowercase().as_str()) {
            return Ok(text.clone());
        }
        let cause = if first.is_empty() {
            "the query is empty".to_owned()
        } else {
            format!("this one begins with `{first}`")
        };
        Err(QueryError::NotReading { cause })
    }

    /// The table that is asked for by its name.
    pub(super) fn table(&self) -> Option<&str> {
        match self {
            Asked::Table(name) => Some(name),
            Asked::Query(_) => None,
        }
    }

    /// What is asked, on one line, to be shown and kept.
    pub fn shown(&self) -> String {
        match self {
            Asked::Table(name) => name.clone(),
            Asked::Query(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }
}

/// A name in quotes, part by part: `shop.orders` is the table `orders` of the schema `shop`.
fn quoted(name: &str, quote: char) -> String {
    let part = |part: &str| format!("{quote}{}{quote}", part.replace(quote, &format!("{quote}{quote}")));
    name.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// Whether nothing but blanks and comments follows the first semicolon, in SQLite's grammar.
pub(super) fn is_single(sql: &str) -> bool {
    let mut rest = code(sql).skip_while(|&c| c != ';').skip(1);
    rest.all(|c| c.is_whitespace() || c == ';')
}

/// The characters of a statement outside of comments; each quoted part is one `'`.
fn code(sql: &str) -> impl Iterator<Item = char> + '_ {
    let mut rest = sql;
    std::iter::from_fn(move || {
        loop {
            let first = rest.chars().next()?;
            let after = &rest[first.len_utf8()..];
            let ends = |text: &str, mark: &str| text.find(mark).map_or(text.len(), |at| at + mark.len());
            if rest.starts_with("--") {
                rest = &rest[ends(rest, "\n")..];
            } else if rest.starts_with("/*") {
                rest = &rest[2 + ends(&rest[2..], "*/")..];
            } else if let Some(close) = closing(first) {
                rest = &after[ends(after, close)..];
                return Some('\'');
            } else {
                rest = after;
                return Some(first);
            }
        }
    })
}

/// The mark that closes a quoted part; a doubled one closes a part and opens the next.
fn closing(open: char) -> Option<&'static str> {
    match open {
        '\'' => Some("'"),
        '"' => Some("\""),
        '`' => Some("`"),
        '[' => Some("]"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, is_single};

    #[test]
    fn only_statements_that_read_are_run() {
        for sql in [
            "SELECT 1",
            " -- orders; all\n/* DROP */ select 1;",
            "with a as (values (1)) select * from a",
            "(SELECT 1) UNION (SELECT 2)",
            "VALUES (1)",
        ] {
            assert!(Asked::Query(sql.to_owned()).sql('"').is_ok(), "{sql}");
        }
        for sql in
            ["", "  -- SELECT 1", "DELETE FROM a", "/* SELECT */ DROP TABLE a", "selecting", "PRAGMA x"]
        {
            assert!(Asked::Query(sql.to_owned()).sql('"').is_err(), "{sql}");
        }
    }

    #[test]
    fn a_second_statement_is_seen() {
        for sql in
            ["SELECT 1", "SELECT 1 ; -- done; really\n /* ; x */", "SELECT ';', \";\", `;`, [;], 'it''s;'"]
        {
            assert!(is_single(sql), "{sql}");
        }
        for sql in ["SELECT 1; SELECT 2", "SELECT ';'; ATTACH 'x' AS y", "SELECT 1 /* ; */; x"] {
            assert!(!is_single(sql), "{sql}");
        }
    }

    #[test]
    fn names_are_quoted_part_by_part() {
        let table = |name: &str, quote| Asked::Table(name.to_owned()).sql(quote).unwrap();
        assert_eq!(table("orders", '"'), "SELECT * FROM \"orders\"");
        assert_eq!(table("my shop.a\"b", '"'), "SELECT * FROM \"my shop\".\"a\"\"b\"");
        assert_eq!(table("shop.a`; DROP", '`'), "SELECT * FROM `shop`.`a``; DROP`");
    }
}
