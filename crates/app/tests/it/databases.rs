//! Databases as sources: the same rows from a CSV and from each database are the same facts.

use crate::case::rejects;
use crate::program::{Shop, dolka, text};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, PgConnection, SqliteConnection};
use std::fmt::Write;
use std::path::Path;

/// Orders: id, customer, day, product, pieces, amount, city.
const ORDERS: [(&str, &str, &str, &str, u32, &str, &str); 6] = [
    ("1001", "C1", "2026-01-31", "Tea, green", 2, "10.50", "Rīga"),
    ("1002", "C2", "2026-02-01", "Mug \"Big\"", 1, "1250.00", "Jelgava"),
    ("1003", "C1", "2026-03-15", "Tea, green", 1, "5.25", "Rīga"),
    ("1004", "C3", "2026-04-02", "Honey", 3, "0.01", ""),
    ("1005", "C2", "2026-05-20", "Mug", 1, "1.125", "Jelgava"),
    ("1006", "C1", "2026-06-30", "Honey", 10, "99.90", "Rīga"),
];
const COLUMNS: &str = "order_id, customer_id, order_date, product, quantity, amount, city";

fn csv() -> String {
    let mut text = format!("{}\n", COLUMNS.replace(", ", ","));
    for (id, customer, day, product, pieces, amount, city) in ORDERS {
        let product = product.replace('"', "\"\"");
        writeln!(text, "{id},{customer},{day},\"{product}\",{pieces},{amount},{city}").unwrap();
    }
    text
}

/// The statements that make the table, with the database's own types.
fn statements(types: [&str; 4]) -> String {
    let [day, pieces, amount, words] = types;
    let mut sql = format!(
        "CREATE TABLE orders (order_id {pieces}, customer_id {words}, order_date {day}, product {words}, \
         quantity {pieces}, amount {amount}, city {words});"
    );
    for (id, customer, day, product, pieces, amount, city) in ORDERS {
        let city = if city.is_empty() { "NULL".to_owned() } else { format!("'{city}'") };
        write!(
            sql,
            "INSERT INTO orders VALUES ({id}, '{customer}', '{day}', '{product}', {pieces}, {amount}, {city});"
        )
        .unwrap();
    }
    sql
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// A shop with an SQLite file `shop.db` in its folder.
fn with_sqlite(sql: String) -> Shop {
    let shop = Shop::new();
    let place = format!("sqlite:{}?mode=rwc", shop.path("shop.db").display());
    wait(async {
        let mut own = SqliteConnection::connect(&place).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut own).await.unwrap();
        own.close().await.unwrap();
    });
    shop
}

const SQLITE: [&str; 4] = ["DATE", "INTEGER", "REAL", "TEXT"];

/// Features of all customers and what is known of them.
fn facts(shop: &Shop) -> (String, String) {
    (shop.ok(&["features", "--format", "csv"]), shop.ok(&["segment", "--format", "csv"]))
}

/// Imports the table in each way there is and compares with the same rows from a CSV.
fn same_as_csv(shop: &Shop, address: &str) {
    let plain = Shop::new();
    plain.write("orders.csv", csv());
    plain.ok(&["import", "orders.csv", "--currency", "EUR"]);
    let expected = facts(&plain);
    let dry = shop.run(&["import", address, "--table", "orders", "--currency", "EUR", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(!shop.path("dolka-base").join("facts/orders").exists());
    shop.ok(&["import", address, "--table", "orders", "--currency", "EUR"]);
    assert_eq!(facts(shop), expected);
    shop.write("q.sql", format!("-- all of them;\nSELECT {COLUMNS} FROM orders ORDER BY order_id DESC;\n"));
    let (code, counts, err) = shop.import(address, &["--query-file", "q.sql", "--currency", "EUR"]);
    assert_eq!((code, &counts["unchanged"]), (0, &serde_json::json!(6)), "{err}");
    shop.ok(&["undo", "1"]);
    let (_, counts, _) = shop.import(address, &["--query", "SELECT * FROM orders WHERE order_id <= 1003"]);
    assert_eq!(counts["imported"], 3);
    let ledger = shop.ok(&["imports", "--format", "csv"]);
    assert!(ledger.contains("SELECT * FROM orders WHERE order_id <= 1003"), "{ledger}");
    // The rows waited in the base's scratch folder, which is gone.
    assert!(!shop.path("dolka-base").join("scratch").exists());
}

#[test]
fn sqlite_gives_the_same_facts() {
    let shop = with_sqlite(statements(SQLITE));
    let before = std::fs::read(shop.path("shop.db")).unwrap();
    same_as_csv(&shop, "shop.db");
    same_as_csv(&Shop::new(), &format!("sqlite:{}", shop.path("shop.db").display()));
    assert_eq!(std::fs::read(shop.path("shop.db")).unwrap(), before);
}

#[test]
fn postgres_gives_the_same_facts() {
    let Ok(server) = std::env::var("DOLKA_TEST_POSTGRES") else {
        println!("no DOLKA_TEST_POSTGRES: rows of PostgreSQL are not tested");
        return;
    };
    let schema = format!("source_{}", std::process::id());
    let sql = statements(["date", "int", "numeric(12,4)", "varchar(40)"]);
    let make = format!("CREATE SCHEMA {schema}; SET search_path = {schema}; {sql}");
    let run = |sql: String| {
        wait(async {
            let mut own = PgConnection::connect(&server).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut own).await.unwrap();
        });
    };
    run(make);
    same_as_csv(&Shop::new(), &format!("{server}?options=-c%20search_path%3D{schema}"));
    run(format!("DROP SCHEMA {schema} CASCADE"));
}

#[test]
fn mysql_gives_the_same_facts() {
    let Ok(server) = std::env::var("DOLKA_TEST_MYSQL") else {
        println!("no DOLKA_TEST_MYSQL: rows of MySQL and MariaDB are not tested");
        return;
    };
    let base = format!("source_{}", std::process::id());
    let sql = statements(["date", "int unsigned", "decimal(12,4)", "varchar(40)"]);
    let make = format!("CREATE DATABASE {base} CHARACTER SET utf8mb4; USE {base}; {sql}");
    let run = |sql: String| {
        wait(async {
            let mut own = MySqlConnection::connect(&server).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut own).await.unwrap();
        });
    };
    run(make);
    same_as_csv(&Shop::new(), &format!("{}/{base}", server.rsplit_once('/').unwrap().0));
    run(format!("DROP DATABASE {base}"));
}

#[test]
fn a_bad_row_is_named_by_its_number_in_the_answer() {
    let shop = with_sqlite(
        "CREATE TABLE o (customer TEXT, date TEXT, amount TEXT, note TEXT);
         INSERT INTO o VALUES ('a', '2026-01-01', '1.5', 'one\nand a half'), ('b', '0000-00-00', '2', ''),
           ('c', '2026-01-03', '3', '{\"a\": 1}'), ('d', '2026-01-04', 'much', NULL)"
            .to_owned(),
    );
    let arguments = ["--table", "o", "--currency", "EUR", "--rejects", "rejects.csv"];
    let (code, counts, err) = shop.import("shop.db", &arguments);
    assert_eq!((code, &counts["imported"]), (3, &serde_json::json!(2)), "{err}");
    let found = rejects(&shop);
    let expected = [("E_DATE", 2, "date"), ("E_NUMBER", 4, "amount")];
    assert_eq!(found, expected.map(|(code, line, column)| (code.to_owned(), line, column.to_owned())));
    // Rejected rows are repaired in a file, as always.
    shop.write(
        "rejects.csv",
        shop.read("rejects.csv").replace("0000-00-00", "2026-01-02").replace("much", "4"),
    );
    let (_, counts, err) = shop.import("rejects.csv", &["--currency", "EUR"]);
    assert_eq!(counts["imported"], 2, "{err}");
}

#[test]
fn a_number_of_a_database_is_never_read_as_thousands() {
    let shop = with_sqlite(
        "CREATE TABLE o (customer TEXT, date TEXT, amount REAL);
         INSERT INTO o VALUES ('a', '2026-01-01', 1.125), ('b', '2026-01-02', 2.250)"
            .to_owned(),
    );
    shop.ok(&["import", "shop.db", "--table", "o", "--currency", "EUR"]);
    let features = shop.ok(&["features", "revenue", "--format", "csv"]);
    assert!(features.contains("a,1.125\n") && features.contains("b,2.25"), "{features}");
}

#[test]
fn what_cannot_be_read_is_said_and_changes_nothing() {
    let shop = with_sqlite(statements(SQLITE));
    for (arguments, code, says) in [
        (&["import", "shop.db"][..], 2, "say what to read with `--table NAME`"),
        (&["import", "shop.db", "--table", "ordres"], 1, "did you mean `orders`"),
        (&["import", "shop.db", "--query", "UPDATE orders SET city = 'x'"], 1, "only queries that read"),
        (&["import", "shop.db", "--query", "SELECT 1; SELECT 2"], 1, "second statement"),
        (&["import", "shop.db", "--query", "SELECT * FROM orders WHERE 1 = 0"], 1, "the query gives no rows"),
        (&["import", "shop.db", "--query", "SELECT x'01' AS photo FROM orders"], 1, "`photo` holds bytes"),
        (&["import", "shop.db", "shop.db", "--table", "orders"], 2, "one address"),
        (&["import", "none.db", "--table", "orders"], 1, "cannot open `none.db`"),
        (
            &["import", "postgres://ann:geheim@127.0.0.1:1/shop"],
            2,
            "`postgres://ann@127.0.0.1:1/shop` is a database",
        ),
        (&["import", "mysql://ann:geheim@127.0.0.1:1/shop", "--table", "a"], 1, "cannot reach `mysql://ann@"),
        (&["import", "orders.csv", "--table", "orders"], 2, "is no database"),
    ] {
        let run = shop.run(arguments);
        assert!(run.code == code && run.err.contains(says), "{arguments:?}: {} {}", run.code, run.err);
        assert!(!run.err.contains("geheim") && !run.out.contains("geheim"));
        assert!(shop.listing().is_empty(), "{arguments:?}: {:?}", shop.listing());
    }
}

#[test]
fn a_password_is_kept_nowhere() {
    let Ok(server) = std::env::var("DOLKA_TEST_POSTGRES") else {
        println!("no DOLKA_TEST_POSTGRES: passwords of PostgreSQL are not tested");
        return;
    };
    let shop = Shop::new();
    let address = server.replace("postgres@", "postgres:geheim@");
    let query = "SELECT 'a' AS customer, DATE '2026-01-01' AS date, 5 AS amount";
    let run = shop.run(&["import", &address, "--query", query, "--currency", "EUR"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.out.contains("geheim") && !run.err.contains("geheim"));
    assert!(shop.ok(&["imports"]).contains("postgres://postgres@127.0.0.1"));
    assert!(!holds(&shop.path("dolka-base"), b"geheim"));
    let mut command = dolka(shop.folder.path());
    command.env("PGPASSWORD", "geheim").args(["import", text(Path::new(&server)), "--query", query]);
    assert!(command.output().unwrap().status.success());
    assert!(!holds(&shop.path("dolka-base"), b"geheim"));
}

/// Whether some file below a folder holds these bytes.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        std::fs::read(&path).unwrap().windows(bytes.len()).any(|window| window == bytes)
    })
}
