//! Every format gives back what went in, whatever is in the cells.

use super::*;
use arrow_array::cast::AsArray;
use arrow_array::types::Decimal128Type;
use calamine::{Data, Reader, Xlsx};
use model::calendar::Day;
use model::money::Money;
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::io::Seek;

/// Text with everything that has ever broken a file of cells.
fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "=", "+", "-", "@", "'", "\t", "\r", "\n", ",", ";", "\"", " ", "＝", "Ж", "ā", "🍊", "\u{2028}",
    ]);
    let parts = prop_oneof![nasty.prop_map(str::to_owned), "[a-zA-Z0-9]{1,3}"];
    prop::collection::vec(parts, 0..8).prop_map(|parts| parts.concat())
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let exact = prop_oneof![-2_000_000i64..2_000_000, -999_999_999_999_999_999i64..1_000_000_000_000_000_000];
    let row = (
        text(),
        prop::option::of(text()),
        prop::option::of(prop_oneof![-5i64..500, any::<i64>()]),
        prop::option::of(exact),
        prop::option::of(prop_oneof![-1.0f64..1.0, any::<f64>()]),
        prop::option::of(prop_oneof![10_000i32..20_000, -700_000..2_932_896]),
        prop::option::of(any::<bool>()),
    );
    let row = row.prop_map(|(id, city, orders, revenue, share, last, asleep)| Row {
        id,
        city,
        orders,
        revenue,
        share: share.filter(|share| share.is_finite()),
        last,
        asleep,
    });
    prop::collection::vec(row, 0..12)
}

fn delimiter() -> impl Strategy<Value = char> {
    prop::sample::select(vec![',', ';', '\t', '|'])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn csv_gives_back(rows in rows(), delimiter in delimiter(), bom: bool) {
        csv(&rows, CsvOptions { delimiter, decimal: if delimiter == ',' { '.' } else { ',' }, bom });
    }

    #[test]
    fn json_gives_back(rows in rows()) {
        json(&rows, Format::Json);
        json(&rows, Format::JsonLines);
    }

    #[test]
    fn parquet_gives_back(rows in rows()) {
        parquet(&rows);
    }

    #[test]
    fn xlsx_gives_back(rows in rows()) {
        xlsx(&rows);
    }
}

fn money(exact: Option<i64>) -> String {
    exact.map_or(String::new(), |exact| Money(exact).to_string())
}

fn csv(rows: &[Row], options: CsvOptions) {
    let written = bytes(Format::Csv, rows, &options);
    assert_eq!(written.starts_with("\u{feff}".as_bytes()), options.bom);
    let mut reader = ::csv::ReaderBuilder::new().delimiter(options.delimiter as u8).from_reader(&written[..]);
    let header: Vec<String> = reader.headers().expect("UTF-8").iter().map(str::to_owned).collect();
    assert_eq!(header, schema().fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>());
    let read: Vec<::csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("every row reads");
    assert_eq!(read.len(), rows.len());
    for (record, row) in read.iter().zip(rows) {
        let pointed = |place: usize| record[place].replace(options.decimal, ".");
        assert_eq!(unguarded(&record[0]), row.id);
        assert_eq!(unguarded(&record[1]), row.city.as_deref().unwrap_or(""));
        assert_eq!(record[2], row.orders.map_or(String::new(), |count| count.to_string()));
        assert_eq!(pointed(3), money(row.revenue));
        assert_eq!(pointed(4).parse().ok(), row.share);
        assert_eq!(record[5], row.last.map_or(String::new(), |day| Day(day).to_string()));
        assert_eq!(record[6], row.asleep.map_or(String::new(), |truth| truth.to_string()));
    }
}

fn json(rows: &[Row], format: Format) {
    let written = String::from_utf8(bytes(format, rows, &CsvOptions::default())).expect("JSON is UTF-8");
    let read: Vec<Map<String, Value>> = match format {
        Format::Json => serde_json::from_str(&written).expect("an array of objects"),
        _ => written.lines().map(|line| serde_json::from_str(line).expect("an object per line")).collect(),
    };
    assert_eq!(read.len(), rows.len());
    for (object, row) in read.iter().zip(rows) {
        assert_eq!(object.len(), 7);
        assert_eq!(object["customer_id"].as_str(), Some(row.id.as_str()));
        assert_eq!(object["city"].as_str(), row.city.as_deref());
        assert_eq!(object["orders"].as_i64(), row.orders);
        assert_eq!(
            object["last_order_at"].as_str().map(str::to_owned),
            row.last.map(|day| Day(day).to_string())
        );
        assert_eq!(object["asleep"].as_bool(), row.asleep);
    }
    // Floats are looked at as they stand in the file: serde_json may be off in the last bit.
    let numbers = |key: &str| -> Vec<String> {
        let key = format!("\"{key}\":");
        let parts = written.split(&key).skip(1);
        parts.map(|part| part.split(',').next().unwrap_or_default().replace("null", "")).collect()
    };
    assert_eq!(numbers("revenue"), rows.iter().map(|row| money(row.revenue)).collect::<Vec<_>>());
    let shares: Vec<Option<f64>> = numbers("share").iter().map(|share| share.parse().ok()).collect();
    assert_eq!(shares, rows.iter().map(|row| row.share).collect::<Vec<_>>());
}

fn parquet(rows: &[Row]) {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(&bytes(Format::Parquet, rows, &CsvOptions::default())).expect("room for it");
    file.rewind().expect("a file");
    let reader = ::parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(file, 1024);
    let read: Vec<RecordBatch> = reader.expect("a file").collect::<Result<_, _>>().expect("its rows");
    assert_eq!(read.len(), usize::from(!rows.is_empty()), "all rows in one batch");
    for read in &read {
        let expected = batch(rows);
        let names = |batch: &RecordBatch| -> Vec<String> {
            batch.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
        };
        assert_eq!(names(read), names(&expected));
        for place in [0, 2, 4, 5, 6] {
            assert_eq!(read.column(place), expected.column(place));
        }
        // Text is text and an exact number is as wide as any reader can add up.
        let cities: Vec<Option<&str>> = read.column(1).as_string::<i32>().iter().collect();
        assert_eq!(cities, rows.iter().map(|row| row.city.as_deref()).collect::<Vec<_>>());
        let revenues: Vec<Option<i128>> = read.column(3).as_primitive::<Decimal128Type>().iter().collect();
        assert_eq!(revenues, rows.iter().map(|row| row.revenue.map(i128::from)).collect::<Vec<_>>());
    }
}

fn xlsx(rows: &[Row]) {
    let written = bytes(Format::Xlsx, rows, &CsvOptions::default());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(written)).expect("a workbook");
    let formulas = book.worksheet_formula("Sheet1").expect("its formulas");
    assert!(formulas.is_empty(), "{formulas:?}");
    let sheet = book.worksheet_range("Sheet1").expect("its sheet");
    assert_eq!(sheet.get_value((0, 6)), Some(&Data::String("asleep".to_owned())));
    for (number, row) in rows.iter().enumerate() {
        let cell = |place: u32| sheet.get_value((number as u32 + 1, place)).cloned().unwrap_or_default();
        assert_eq!(text_of(cell(0)), row.id);
        assert_eq!(text_of(cell(1)), row.city.as_deref().unwrap_or(""));
        assert_eq!(number_of(cell(2)), row.orders.map(|count| count as f64));
        assert_eq!(number_of(cell(3)), money(row.revenue).parse().ok());
        assert_eq!(number_of(cell(4)), row.share);
        match (cell(5), row.last) {
            (Data::DateTime(day), Some(last)) => assert_eq!(day.as_f64() as i32 - 25_569, last),
            (Data::String(day), Some(last)) => assert_eq!(day, Day(last).to_string()),
            (other, last) => assert_eq!((other, last), (Data::Empty, None)),
        }
        assert_eq!(cell(6), row.asleep.map_or(Data::Empty, Data::Bool));
    }
}

fn text_of(cell: Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text,
        other => panic!("`{other:?}` is no text"),
    }
}

fn number_of(cell: Data) -> Option<f64> {
    match cell {
        Data::Empty => None,
        Data::Float(number) => Some(number),
        Data::Int(number) => Some(number as f64),
        Data::String(exact) => Some(exact.parse().expect("more than 15 digits are text")),
        other => panic!("`{other:?}` is no number"),
    }
}
