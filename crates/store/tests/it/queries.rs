//! Rows of other databases: what each type becomes, and what is said where there are none.

use crate::bed::{runtime, server};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, PgConnection, SqliteConnection};
use std::collections::BTreeMap;
use store::query::{Address, Asked, Column, QueryError, RowSink, read};

/// Everything that came, in memory.
#[derive(Default)]
struct Kept {
    columns: Vec<Column>,
    rows: Vec<Vec<Option<String>>>,
}

impl RowSink for Kept {
    fn columns(&mut self, columns: &[Column]) -> std::io::Result<()> {
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row(&mut self, cells: &[Option<String>]) -> std::io::Result<()> {
        self.rows.push(cells.to_vec());
        Ok(())
    }
}

async fn ask(address: &str, sql: &str) -> Result<Kept, QueryError> {
    let mut kept = Kept::default();
    let address = Address::of(address, None).unwrap();
    let count = read(&address, &Asked::Query(sql.to_owned()), &mut kept).await?;
    assert_eq!(count, kept.rows.len() as u64);
    Ok(kept)
}

/// Holds the one row of an answer to what is expected, column by column.
async fn holds(address: &str, expected: &[(&str, Option<&str>)]) {
    let columns: Vec<String> =
        expected.iter().enumerate().map(|(at, (value, _))| format!("{value} AS c{at}")).collect();
    let kept = ask(address, &format!("SELECT {}", columns.join(", "))).await.unwrap();
    assert_eq!(kept.rows.len(), 1);
    for ((value, expected), cell) in expected.iter().zip(&kept.rows[0]) {
        assert_eq!(cell.as_deref(), *expected, "{value}");
    }
}

/// The address of another database on the same server.
fn beside(server: &str, base: &str) -> String {
    format!("{}/{base}", server.rsplit_once('/').unwrap().0)
}

/// The name of a refusal and its text.
fn refusal(result: Result<Kept, QueryError>) -> (String, String) {
    let error = result.err().expect("the query is refused");
    (format!("{error:?}").split([' ', '(']).next().unwrap().to_owned(), error.to_string())
}

/// What every database refuses in the same way, given a table `orders` in it.
async fn refusals(address: &str) {
    for (sql, name, says) in [
        ("DELETE FROM orders", "NotReading", "begins with `DELETE`"),
        ("", "NotReading", "empty"),
        ("SELECT id FROM ordres", "NoTable", "ordres"),
        ("SELECT FROM WHERE", "Refused", ""),
        ("SELECT 1 AS a, 2 AS a", "Column", "`a` occurs twice"),
    ] {
        let (found, text) = refusal(ask(address, sql).await);
        assert!(found == name && text.contains(says), "{sql}: {found}: {text}");
    }
    let known = match ask(address, "SELECT id FROM ordres").await {
        Err(QueryError::NoTable { table, known, .. }) => (table, known),
        other => panic!("{:?}", other.err()),
    };
    assert_eq!(known.0, "ordres");
    assert!(known.1.contains(&"orders".to_owned()), "{:?}", known.1);
    // What a second statement would do is not done, whatever the first one is.
    let second = ask(address, "SELECT id FROM orders; DELETE FROM orders").await;
    assert!(second.is_err());
    let rows = ask(address, "SELECT id FROM orders;").await.unwrap().rows;
    assert_eq!(rows.len(), 2);
}

#[test]
fn sqlite_has_a_type_for_each_value() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let place = format!("sqlite:{}", path.display());
    runtime().block_on(async {
        let mut own = SqliteConnection::connect(&format!("{place}?mode=rwc")).await.unwrap();
        sqlx::raw_sql("CREATE TABLE orders (id, at DATE, paid BOOLEAN); INSERT INTO orders VALUES (1, '2026-11-22', 1), ('x', NULL, 0)")
            .execute(&mut own)
            .await
            .unwrap();
        own.close().await.unwrap();
        let before = std::fs::read(&path).unwrap();
        holds(
            &place,
            &[
                ("1", Some("1")),
                ("9223372036854775807", Some("9223372036854775807")),
                ("0.1", Some("0.1")),
                ("1e20", Some("100000000000000000000")),
                ("' a \"b\" '", Some(" a \"b\" ")),
                ("NULL", None),
                ("''", Some("")),
            ],
        )
        .await;
        let kept = ask(&place, "SELECT * FROM orders").await.unwrap();
        let names: Vec<&str> = kept.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["id", "at", "paid"]);
        assert_eq!(kept.rows[0], ["1", "2026-11-22", "1"].map(|cell| Some(cell.to_owned())));
        assert_eq!(kept.rows[1], [Some("x".to_owned()), None, Some("0".to_owned())]);
        let (name, text) = refusal(ask(&place, "SELECT 1 AS a, x'00ff' AS photo").await);
        assert!(name == "Column" && text.contains("`photo` holds bytes"), "{text}");
        let attached = format!("SELECT 1; ATTACH '{}' AS other", folder.path().join("other.db").display());
        assert_eq!(refusal(ask(&place, &attached).await).0, "NotReading");
        refusals(&place).await;
        assert_eq!(std::fs::read(&path).unwrap(), before);
        let none = format!("sqlite:{}", folder.path().join("none.db").display());
        assert_eq!(refusal(ask(&none, "SELECT 1").await).0, "Unreachable");
        std::fs::write(folder.path().join("text.db"), "this is a text of more than sixteen letters").unwrap();
        let text = format!("sqlite:{}", folder.path().join("text.db").display());
        assert_eq!(refusal(ask(&text, "SELECT 1 FROM a").await).0, "Unreachable");
    });
}

#[test]
fn postgres_writes_every_type() {
    let Some(server) = server() else {
        println!("no DOLKA_TEST_POSTGRES: rows of PostgreSQL are not tested");
        return;
    };
    runtime().block_on(async {
        let schema = format!("query_{}", std::process::id());
        let mut own = PgConnection::connect(&server).await.unwrap();
        let make = format!(
            "CREATE SCHEMA {schema}; CREATE TYPE {schema}.mood AS ENUM ('sad', 'glad');
             CREATE DOMAIN {schema}.sum AS numeric(12,3); CREATE TABLE {schema}.orders (id int);
             INSERT INTO {schema}.orders VALUES (1), (2)"
        );
        sqlx::raw_sql(AssertSqlSafe(make)).execute(&mut own).await.unwrap();
        let address = format!("{server}?options=-c%20search_path%3D{schema}");
        holds(
            &address,
            &[
                ("1::int2", Some("1")),
                ("(-5)::int", Some("-5")),
                ("9223372036854775807::bigint", Some("9223372036854775807")),
                ("0.1::real", Some("0.1")),
                ("1e20::float8", Some("100000000000000000000")),
                ("123456789012345678901234.5600::numeric", Some("123456789012345678901234.5600")),
                ("1.500::sum", Some("1.500")),
                ("1234.5::numeric::money", Some("1234.50")),
                ("(-0.05)::numeric::money", Some("-0.05")),
                ("'2026-11-22'::date", Some("2026-11-22")),
                ("'10:05:00'::time", Some("10:05:00")),
                ("'2026-11-22 10:05:00.25'::timestamp", Some("2026-11-22 10:05:00.25")),
                ("'2026-11-22 10:05:00+02'::timestamptz", Some("2026-11-22 08:05:00Z")),
                ("'Žanis, \"x\"'::text", Some("Žanis, \"x\"")),
                ("'a'::varchar(5)", Some("a")),
                ("'glad'::mood", Some("glad")),
                ("'{\"a\": [1, 2]}'::jsonb", Some("{\"a\": [1, 2]}")),
                (
                    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
                    Some("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                ),
                ("true", Some("true")),
                ("NULL::int", None),
                ("''::text", Some("")),
            ],
        )
        .await;
        for (value, says) in [
            ("ARRAY[1, 2]", "array_to_string"),
            ("'\\x00ff'::bytea", "holds bytes"),
            ("ROW(1, 2)", "records"),
        ] {
            let result = ask(&address, &format!("SELECT 1 AS a, {value} AS odd")).await;
            let Err(error @ QueryError::Column { .. }) = result else { panic!("{value}") };
            assert!(error.to_string().contains("`odd`") && error.to_string().contains(says), "{error}");
        }
        refusals(&address).await;
        // A statement that only looks like one that reads changes nothing either.
        let sly = "WITH gone AS (DELETE FROM orders RETURNING id) SELECT id FROM gone";
        assert_eq!(refusal(ask(&address, sly).await).0, "NotReading");
        // More rows than are held at a time, in their order.
        let many = ask(&address, "SELECT n FROM generate_series(1, 2500) n ORDER BY n").await.unwrap();
        assert!(many.rows.iter().zip(1..).all(|(row, n)| row[0] == Some(n.to_string())));
        assert_eq!(many.rows.len(), 2500);
        let nowhere = beside(&server, "no_such_base");
        assert_eq!(refusal(ask(&nowhere, "SELECT 1").await).0, "NoDatabase");
        sqlx::raw_sql(AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE")))
            .execute(&mut own)
            .await
            .unwrap();
    });
}

#[test]
fn mysql_writes_every_type() {
    let Ok(server) = std::env::var("DOLKA_TEST_MYSQL") else {
        println!("no DOLKA_TEST_MYSQL: rows of MySQL and MariaDB are not tested");
        return;
    };
    runtime().block_on(async {
        let base = format!("query_{}", std::process::id());
        let mut own = MySqlConnection::connect(&server).await.unwrap();
        let make = format!(
            "CREATE DATABASE {base}; USE {base}; SET sql_mode = '';
             CREATE TABLE orders (id int); INSERT INTO orders VALUES (1), (2);
             CREATE TABLE types (tiny tinyint(1), small smallint, medium mediumint, big bigint,
               more bigint unsigned, price decimal(20,4), rate float, ratio double, day date, none date,
               half date, at datetime(3), moment timestamp NULL, clock time, built year, bits bit(10),
               size enum('s', 'm'), tags set('a', 'b'), words text COLLATE utf8mb4_bin, doc json, name varchar(9),
               empty int);
             SET time_zone = '+02:00';
             INSERT INTO types VALUES (1, -300, 70000, -9223372036854775808, 18446744073709551615, 1234567.8900,
               0.1, 1e20, '2026-11-22', '0000-00-00', '2026-11-00', '2026-11-22 10:05:00.25',
               '2026-11-22 10:05:00', '-26:03:04', 2026, b'1000000001', 'm', 'a,b', 'Žanis', '{{\"a\": 1}}', '', NULL)"
        );
        sqlx::raw_sql(AssertSqlSafe(make)).execute(&mut own).await.unwrap();
        let address = beside(&server, &base);
        let kept = ask(&address, "SELECT * FROM types").await.unwrap();
        let found: BTreeMap<&str, Option<&str>> =
            kept.columns.iter().zip(&kept.rows[0]).map(|(c, cell)| (c.name.as_str(), cell.as_deref())).collect();
        for (column, expected) in [
            ("tiny", "1"),
            ("small", "-300"),
            ("medium", "70000"),
            ("big", "-9223372036854775808"),
            ("more", "18446744073709551615"),
            ("price", "1234567.8900"),
            ("rate", "0.1"),
            ("ratio", "100000000000000000000"),
            ("day", "2026-11-22"),
            ("none", "0000-00-00"),
            ("half", "2026-11-00"),
            ("at", "2026-11-22 10:05:00.250000"),
            ("moment", "2026-11-22 08:05:00Z"),
            ("clock", "-26:03:04"),
            ("built", "2026"),
            ("bits", "513"),
            ("size", "m"),
            ("tags", "a,b"),
            ("words", "Žanis"),
            ("doc", "{\"a\": 1}"),
            ("name", ""),
        ] {
            assert_eq!(found[column], Some(expected), "{column}");
        }
        assert_eq!(found["empty"], None);
        let (name, text) = refusal(ask(&address, "SELECT 1 AS a, x'00ff' AS photo").await);
        assert!(name == "Column" && text.contains("`photo` holds bytes"), "{text}");
        refusals(&address).await;
        let sly = ask(&address, "SELECT 1 INTO OUTFILE '/tmp/never'").await;
        assert!(sly.is_err());
        let nowhere = beside(&server, "no_such_base");
        assert_eq!(refusal(ask(&nowhere, "SELECT 1").await).0, "NoDatabase");
        let stranger = server.replace("dolka@", "nobody:wrong@");
        let (name, text) = refusal(ask(&stranger, "SELECT 1").await);
        assert!(name == "Login" && !text.contains("wrong@"), "{text}");
        sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE {base}"))).execute(&mut own).await.unwrap();
    });
}

#[test]
fn a_server_that_is_not_there_is_said() {
    runtime().block_on(async {
        for address in ["postgres://ann:geheim@127.0.0.1:1/shop", "mysql://ann:geheim@127.0.0.1:1/shop"] {
            let (name, text) = refusal(ask(address, "SELECT 1").await);
            assert_eq!(name, "Unreachable", "{text}");
            assert!(text.contains("ann@127.0.0.1:1/shop") && !text.contains("geheim"), "{text}");
        }
    });
}
