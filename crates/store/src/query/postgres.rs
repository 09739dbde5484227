//! Rows of PostgreSQL: a cursor in a transaction that reads only, values as the server writes them.
//!
//! The server writes text, which is exact for every type. Text comes by the protocol that would also
//! run several statements at once, so the statement is prepared first: the server prepares one and
//! no more.

use super::error::{QueryError, said};
use super::statement::Asked;
use super::{CONNECTION_WAIT_MAX, Column, Counted, ROWS_WAIT_MAX, RowSink, distinct, unread, within};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow, PgTypeInfo, PgTypeKind};
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions, Executor, Row, SqlSafeStr, Statement, TypeInfo, ValueRef,
    raw_sql,
};

/// How the server shall write values, and that a cursor is read to its end.
const SETTINGS: &str = "SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET TimeZone = 'UTC';
    SET cursor_tuple_fraction = 1; BEGIN READ ONLY";
/// Rows that are held at a time.
const FETCH: &str = "FETCH FORWARD 1000 FROM dolka_rows";
/// How the server writes one unit of `money`: how many decimals its locale has.
const ONE_UNIT: &str = "SELECT 1::numeric::money::text";
const TABLES: &str =
    "SELECT CASE WHEN pg_table_is_visible(c.oid) THEN relname ELSE nspname || '.' || relname END
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema')
    AND nspname NOT LIKE 'pg_toast%' ORDER BY 1";

/// What is said of a column of records.
const RECORDS: &str = "holds records; name the fields you need: `(column).field`";

/// How the text of a column becomes a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    AsIs,
    Truth,
    /// Of single precision.
    Float,
    Double,
    /// With this many decimals.
    Money(usize),
    /// A moment in UTC.
    Moment,
}

pub(super) async fn read(
    place: &str,
    url: &str,
    asked: &Asked,
    sink: &mut dyn RowSink,
) -> Result<u64, QueryError> {
    let sql = asked.sql('"')?;
    let options: PgConnectOptions = url.parse().map_err(|error| meaning(place, &error))?;
    let options = options.disable_statement_logging();
    let mut connection = within(place, CONNECTION_WAIT_MAX, options.connect(), meaning).await?;
    within(place, CONNECTION_WAIT_MAX, raw_sql(SETTINGS).execute(&mut connection), meaning).await?;
    let prepared = (&mut connection).prepare(AssertSqlSafe(sql.clone()).into_sql_str());
    let statement = match tokio::time::timeout(ROWS_WAIT_MAX, prepared).await {
        Ok(Ok(statement)) => statement,
        Ok(Err(error)) => return Err(refused(place, url, asked, &error).await),
        Err(_) => {
            return Err(QueryError::TimedOut { place: place.to_owned(), seconds: ROWS_WAIT_MAX.as_secs() });
        }
    };
    let mut columns = Vec::new();
    let mut forms = Vec::new();
    for column in statement.columns() {
        let form = form(column.name(), column.type_info(), &mut connection).await?;
        let decimals = !matches!(form, Form::AsIs | Form::Truth | Form::Moment)
            || innermost(column.type_info()).name() == "NUMERIC";
        columns.push(Column { name: column.name().to_owned(), decimals });
        forms.push(form);
    }
    drop(statement);
    distinct(&columns)?;
    let declare = format!("DECLARE dolka_rows NO SCROLL CURSOR FOR {sql}");
    let declared = raw_sql(AssertSqlSafe(declare)).execute(&mut connection);
    within(place, ROWS_WAIT_MAX, declared, not_reading).await?;
    sink.columns(&columns)?;
    let mut counted = Counted { sink, rows: 0 };
    loop {
        let rows = within(place, ROWS_WAIT_MAX, raw_sql(FETCH).fetch_all(&mut connection), meaning).await?;
        if rows.is_empty() {
            return Ok(counted.rows);
        }
        for row in rows {
            let cells: Result<Vec<_>, _> = (forms.iter().zip(&columns).enumerate())
                .map(|(index, (&form, column))| cell(&row, index, form, &column.name))
                .collect();
            counted.row(&cells?)?;
        }
    }
}

/// The type under all domains.
fn innermost(kind: &PgTypeInfo) -> &PgTypeInfo {
    match kind.kind() {
        PgTypeKind::Domain(inner) => innermost(inner),
        _ => kind,
    }
}

async fn form(column: &str, kind: &PgTypeInfo, connection: &mut PgConnection) -> Result<Form, QueryError> {
    let kind = innermost(kind);
    let wrong =
        |reason: &str| Err(QueryError::Column { column: column.to_owned(), reason: reason.to_owned() });
    match kind.kind() {
        PgTypeKind::Array(_) => {
            return wrong(
                "holds arrays; take one value of them, or join them with `array_to_string(…, ', ')`",
            );
        }
        PgTypeKind::Composite(_) => {
            return wrong(RECORDS);
        }
        _ => {}
    }
    Ok(match kind.name() {
        "RECORD" => return wrong(RECORDS),
        "BYTEA" => return Err(QueryError::bytes(column)),
        "BOOL" => Form::Truth,
        "FLOAT4" => Form::Float,
        "FLOAT8" => Form::Double,
        "TIMESTAMPTZ" => Form::Moment,
        "MONEY" => {
            let unit =
                raw_sql(ONE_UNIT).fetch_one(connection).await.map_err(|error| unread(column, error))?;
            let unit: String = unit.try_get(0).map_err(|error| unread(column, error))?;
            Form::Money(unit.chars().filter(char::is_ascii_digit).count().saturating_sub(1))
        }
        _ => Form::AsIs,
    })
}

fn cell(row: &PgRow, index: usize, form: Form, column: &str) -> Result<Option<String>, QueryError> {
    let value = row.try_get_raw(index).map_err(|error| unread(column, error))?;
    if value.is_null() {
        return Ok(None);
    }
    let text = value.as_str().map_err(|error| unread(column, error))?;
    Ok(Some(written(text, form)))
}

/// The server's text as it is handed on. What is no finite number, no day of a calendar (`NaN`,
/// `infinity`) stays as it is: a bad cell that is told of with its row.
fn written(text: &str, form: Form) -> String {
    match form {
        Form::AsIs => text.to_owned(),
        Form::Truth => if text == "t" { "true" } else { "false" }.to_owned(),
        Form::Float => text.parse::<f32>().map_or_else(|_| text.to_owned(), |number| number.to_string()),
        Form::Double => text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| number.to_string()),
        Form::Moment => {
            text.strip_suffix("+00").map_or_else(|| text.to_owned(), |moment| format!("{moment}Z"))
        }
        Form::Money(decimals) => {
            let mut digits: String = text.chars().filter(char::is_ascii_digit).collect();
            if decimals > 0 && digits.len() > decimals {
                digits.insert(digits.len() - decimals, '.');
            }
            // By locale, what is owed stands in brackets.
            if text.contains(['-', '(']) { format!("-{digits}") } else { digits }
        }
    }
}

/// What an error of the server or of the way to it means.
fn meaning(place: &str, error: &sqlx::Error) -> QueryError {
    let (place_of, cause) = (place.to_owned(), said(error));
    let code = error.as_database_error().and_then(|inner| inner.code()).unwrap_or_default().into_owned();
    match (code.as_str(), code.get(..2)) {
        ("42501", _) | (_, Some("28")) => QueryError::Login { place: place_of, cause },
        ("3D000", _) => QueryError::NoDatabase { place: place_of, cause },
        ("25006", _) => QueryError::NotReading { cause },
        (_, Some("08" | "53" | "57")) => QueryError::Unreachable { place: place_of, cause },
        _ => QueryError::of_driver(place, error),
    }
}

/// The same for a statement that was good until a cursor was to read it.
fn not_reading(place: &str, error: &sqlx::Error) -> QueryError {
    match meaning(place, error) {
        QueryError::Refused { cause, .. } => QueryError::NotReading { cause },
        other => other,
    }
}

/// What a refused statement means. The transaction is over by then, and the names of tables are asked
/// of another one.
async fn refused(place: &str, url: &str, asked: &Asked, error: &sqlx::Error) -> QueryError {
    let code = error.as_database_error().and_then(|inner| inner.code()).unwrap_or_default().into_owned();
    if code != "42P01" && code != "3F000" {
        return meaning(place, error);
    }
    let known = tables(url).await.unwrap_or_default();
    let cause = said(error);
    // The server's message may be in any language, but quotes the name.
    let named = cause.split(['"', '«', '»', '“', '”', '„']).nth(1).unwrap_or_default().trim().to_owned();
    let table = asked.table().map_or(named, str::to_owned);
    QueryError::NoTable { place: place.to_owned(), cause, table, known }
}

async fn tables(url: &str) -> sqlx::Result<Vec<String>> {
    let options: PgConnectOptions = url.parse()?;
    let mut connection = options.disable_statement_logging().connect().await?;
    let rows = sqlx::query(TABLES).fetch_all(&mut connection).await?;
    rows.iter().map(|row| row.try_get(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Form, written};

    #[test]
    fn text_of_the_server_becomes_plain() {
        for (text, form, expected) in [
            ("t", Form::Truth, "true"),
            ("f", Form::Truth, "false"),
            ("0.1", Form::Float, "0.1"),
            ("0.100000001", Form::Float, "0.1"),
            ("1e+20", Form::Double, "100000000000000000000"),
            ("1.5e-07", Form::Double, "0.00000015"),
            ("NaN", Form::Double, "NaN"),
            ("2026-11-22 10:00:00.5+00", Form::Moment, "2026-11-22 10:00:00.5Z"),
            ("infinity", Form::Moment, "infinity"),
            ("$1,234.50", Form::Money(2), "1234.50"),
            ("-$0.05", Form::Money(2), "-0.05"),
            ("(1.234,50 €)", Form::Money(2), "-1234.50"),
            ("¥1,234", Form::Money(0), "1234"),
        ] {
            assert_eq!(written(text, form), expected, "{text}");
        }
    }
}
