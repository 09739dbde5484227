//! Rows of MySQL and MariaDB: a prepared statement in a transaction that reads only.
//!
//! The server prepares one statement and no more. Values come in its binary form, which is read here
//! as it is: its text rounds `FLOAT`, and the driver knows no days such as `0000-00-00`.

use super::error::{QueryError, said};
use super::statement::Asked;
use super::{CONNECTION_WAIT_MAX, Column, Counted, ROWS_WAIT_MAX, RowSink, distinct, unread, within};
use sqlx::mysql::{MySql, MySqlConnectOptions, MySqlConnection, MySqlDatabaseError, MySqlRow, MySqlTypeInfo};
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions, Decode, Executor, Row, SqlSafeStr, Statement, Type, TypeInfo,
    raw_sql,
};
use std::future::poll_fn;

const BEGIN: &str = "START TRANSACTION READ ONLY";
const TABLES: &str =
    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1";

/// How the bytes of a column become a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Signed,
    Unsigned,
    Float,
    Double,
    /// A day, or a day and a time.
    Day,
    DayAndTime,
    /// The same in UTC.
    Moment,
    Time,
    Bits,
    Text,
}

pub(super) async fn read(
    place: &str,
    url: &str,
    password: Option<&str>,
    asked: &Asked,
    sink: &mut dyn RowSink,
) -> Result<u64, QueryError> {
    let sql = asked.sql('`')?;
    let options: MySqlConnectOptions = url.parse().map_err(|error| meaning(place, &error))?;
    // A user's query means what it means to the server.
    let mut options =
        options.pipes_as_concat(false).no_engine_substitution(false).disable_statement_logging();
    if let Some(password) = password.filter(|_| !names_password(url)) {
        options = options.password(password);
    }
    let mut connection = within(place, CONNECTION_WAIT_MAX, options.connect(), meaning).await?;
    within(place, CONNECTION_WAIT_MAX, raw_sql(BEGIN).execute(&mut connection), meaning).await?;
    let prepared = (&mut connection).prepare(AssertSqlSafe(sql.clone()).into_sql_str());
    let statement = match tokio::time::timeout(ROWS_WAIT_MAX, prepared).await {
        Ok(Ok(statement)) => statement,
        Ok(Err(error)) => return Err(refused(place, asked, &error, &mut connection).await),
        Err(_) => {
            return Err(QueryError::TimedOut { place: place.to_owned(), seconds: ROWS_WAIT_MAX.as_secs() });
        }
    };
    let mut columns = Vec::new();
    let mut forms = Vec::new();
    for column in statement.columns() {
        let kind = column.type_info();
        forms.push(form(column.name(), kind)?);
        let decimals = matches!(kind.name(), "DECIMAL" | "FLOAT" | "DOUBLE");
        columns.push(Column { name: column.name().to_owned(), decimals });
    }
    drop(statement);
    distinct(&columns)?;
    sink.columns(&columns)?;
    let mut counted = Counted { sink, rows: 0 };
    let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut connection);
    loop {
        let next = async { poll_fn(|context| rows.as_mut().poll_next(context)).await.transpose() };
        let Some(row) = within(place, ROWS_WAIT_MAX, next, meaning).await? else { return Ok(counted.rows) };
        let cells: Result<Vec<_>, _> = (forms.iter().zip(&columns).enumerate())
            .map(|(index, (&form, column))| cell(&row, index, form, &column.name))
            .collect();
        counted.row(&cells?)?;
    }
}

/// Whether the address has a password of its own.
fn names_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.rsplit_once('@').is_some_and(|(who, _)| who.contains(':'))
}

fn form(column: &str, kind: &MySqlTypeInfo) -> Result<Form, QueryError> {
    Ok(match kind.name() {
        _ if <u64 as Type<MySql>>::compatible(kind) && kind.name() != "BIT" => Form::Unsigned,
        "YEAR" => Form::Unsigned,
        // `TINYINT(1)` is what MySQL has for booleans, and it holds numbers: they stay numbers.
        "BOOLEAN" | "TINYINT" | "SMALLINT" | "INT" | "MEDIUMINT" | "BIGINT" => Form::Signed,
        "FLOAT" => Form::Float,
        "DOUBLE" => Form::Double,
        "DATE" => Form::Day,
        "DATETIME" => Form::DayAndTime,
        "TIMESTAMP" => Form::Moment,
        "TIME" => Form::Time,
        "BIT" => Form::Bits,
        "DECIMAL" | "JSON" | "SET" | "ENUM" | "NULL" => Form::Text,
        _ if <str as Type<MySql>>::compatible(kind) => Form::Text,
        _ => return Err(QueryError::bytes(column)),
    })
}

fn cell(row: &MySqlRow, index: usize, form: Form, column: &str) -> Result<Option<String>, QueryError> {
    let value = row.try_get_raw(index).map_err(|error| unread(column, error))?;
    // Only NULL has no bytes: what the driver calls null may be a day of noughts.
    let Ok(mut bytes) = <&[u8] as Decode<MySql>>::decode(value) else { return Ok(None) };
    // The driver leaves their length before days and times.
    if matches!(form, Form::Day | Form::DayAndTime | Form::Moment | Form::Time) {
        bytes = bytes.get(1..).unwrap_or_default();
    }
    written(bytes, form).map(Some).ok_or_else(|| unread(column, "its bytes are not as they should be"))
}

/// The text of a value.
fn written(bytes: &[u8], form: Form) -> Option<String> {
    Some(match form {
        Form::Signed => match *bytes {
            [a] => i8::from_le_bytes([a]).to_string(),
            [a, b] => i16::from_le_bytes([a, b]).to_string(),
            [a, b, c, d] => i32::from_le_bytes([a, b, c, d]).to_string(),
            _ => i64::from_le_bytes(bytes.try_into().ok()?).to_string(),
        },
        Form::Unsigned if bytes.len() <= 8 => {
            bytes.iter().rev().fold(0u64, |number, &byte| number << 8 | u64::from(byte)).to_string()
        }
        Form::Bits if bytes.len() <= 8 => {
            bytes.iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte)).to_string()
        }
        // Rust writes the shortest digits that read as the same number, and no exponent.
        Form::Float => f32::from_le_bytes(bytes.try_into().ok()?).to_string(),
        Form::Double => f64::from_le_bytes(bytes.try_into().ok()?).to_string(),
        Form::Day => day_and_time(bytes, false)?,
        Form::DayAndTime => day_and_time(bytes, true)?,
        // Noughts stand for no moment and are none of any zone.
        Form::Moment if bytes.is_empty() => day_and_time(bytes, true)?,
        Form::Moment => format!("{}Z", day_and_time(bytes, true)?),
        Form::Time => time(bytes)?,
        Form::Text => std::str::from_utf8(bytes).ok()?.to_owned(),
        Form::Unsigned | Form::Bits => return None,
    })
}

/// Year, month, day, and where they are not nought hour, minute, second and microseconds. A day of
/// noughts has no bytes at all.
fn day_and_time(bytes: &[u8], with_time: bool) -> Option<String> {
    let part = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let year = u16::from_le_bytes([part(0), part(1)]);
    let day = format!("{year:04}-{:02}-{:02}", part(2), part(3));
    if !with_time {
        return Some(day);
    }
    let micros = u32::from_le_bytes([part(7), part(8), part(9), part(10)]);
    Some(format!("{day} {:02}:{:02}:{:02}{}", part(4), part(5), part(6), fraction(micros)))
}

/// A sign, days, hour, minute, second and microseconds.
fn time(bytes: &[u8]) -> Option<String> {
    let part = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let sign = if part(0) == 1 { "-" } else { "" };
    let days = u32::from_le_bytes([part(1), part(2), part(3), part(4)]);
    let hours = days.checked_mul(24)?.checked_add(u32::from(part(5)))?;
    let micros = u32::from_le_bytes([part(8), part(9), part(10), part(11)]);
    Some(format!("{sign}{hours:02}:{:02}:{:02}{}", part(6), part(7), fraction(micros)))
}

fn fraction(micros: u32) -> String {
    if micros == 0 { String::new() } else { format!(".{micros:06}") }
}

fn number(error: &sqlx::Error) -> Option<u16> {
    error.as_database_error()?.try_downcast_ref::<MySqlDatabaseError>().map(MySqlDatabaseError::number)
}

/// What an error of the server or of the way to it means.
fn meaning(place: &str, error: &sqlx::Error) -> QueryError {
    let (place_of, cause) = (place.to_owned(), said(error));
    match number(error) {
        // Access denied: to the server, the database, a table, a column.
        Some(1045 | 1044 | 1698 | 1142 | 1143 | 1227) => QueryError::Login { place: place_of, cause },
        Some(1049 | 1046) => QueryError::NoDatabase { place: place_of, cause },
        // The statement would write in a transaction that reads only.
        Some(1792) => QueryError::NotReading { cause },
        // Too many connections, shutdown.
        Some(1040 | 1053) => QueryError::Unreachable { place: place_of, cause },
        // The driver can send a password of MySQL 8 over TLS only.
        None if cause.contains("RSA auth") => {
            let cause = "a password of this kind is only sent over TLS; turn TLS on at the server".to_owned();
            QueryError::Login { place: place_of, cause }
        }
        _ => QueryError::of_driver(place, error),
    }
}

/// What a refused statement means.
async fn refused(
    place: &str,
    asked: &Asked,
    error: &sqlx::Error,
    connection: &mut MySqlConnection,
) -> QueryError {
    if number(error) != Some(1146) {
        return meaning(place, error);
    }
    let known = sqlx::query(TABLES).fetch_all(connection).await.unwrap_or_default();
    let known = known.iter().filter_map(|row| row.try_get_unchecked(0).ok()).collect();
    let cause = said(error);
    // `Table 'database.name' doesn't exist`, in the server's language.
    let named = cause.split('\'').nth(1).unwrap_or_default();
    let named = named.split_once('.').map_or(named, |(_, name)| name).to_owned();
    let table = asked.table().map_or(named, str::to_owned);
    QueryError::NoTable { place: place.to_owned(), cause, table, known }
}

#[cfg(test)]
mod tests {
    use super::{Form, names_password, written};

    #[test]
    fn bytes_of_the_server_become_plain() {
        let cases: [(&[u8], Form, &str); 13] = [
            (&[0xff], Form::Signed, "-1"),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Form::Unsigned, "18446744073709551615"),
            (&[0xff, 0xff, 0xff, 0x7f], Form::Signed, "2147483647"),
            (&[0xea, 0x07], Form::Unsigned, "2026"),
            (&[0x01, 0x02], Form::Bits, "258"),
            (&0.1f32.to_le_bytes(), Form::Float, "0.1"),
            (&1e20f64.to_le_bytes(), Form::Double, "100000000000000000000"),
            (&[], Form::Day, "0000-00-00"),
            (&[0xea, 7, 11, 22], Form::Day, "2026-11-22"),
            (&[0xea, 7, 0, 0], Form::DayAndTime, "2026-00-00 00:00:00"),
            (&[0xea, 7, 11, 22, 9, 5, 0], Form::Moment, "2026-11-22 09:05:00Z"),
            (&[0xea, 7, 11, 22, 9, 5, 1, 0x20, 0xa1, 7, 0], Form::DayAndTime, "2026-11-22 09:05:01.500000"),
            (&[1, 1, 0, 0, 0, 2, 3, 4], Form::Time, "-26:03:04"),
        ];
        for (bytes, form, expected) in cases {
            assert_eq!(written(bytes, form).as_deref(), Some(expected), "{bytes:?}");
        }
        assert_eq!(written(&[1, 2, 3], Form::Double), None);
    }

    #[test]
    fn an_address_may_have_its_own_password() {
        assert!(names_password("mysql://ann:x@db/base") && names_password("mysql://ann:@db/base"));
        assert!(!names_password("mysql://ann@db:3306/base") && !names_password("mysql://db:3306/base"));
    }
}
