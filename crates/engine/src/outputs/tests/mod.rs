//! What is in the files, to the letter; a failed write leaves what was there.

mod round_trips;

use super::*;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal64Array, DictionaryArray, Float64Array, Int64Array,
    StringArray,
};
use arrow_schema::{DataType, Field};
use calamine::{Reader, Xlsx};
use std::fs;
use std::io::Cursor;
use std::sync::Arc;

/// One row of the table the tests write.
#[derive(Clone, Debug)]
struct Row {
    id: String,
    city: Option<String>,
    orders: Option<i64>,
    revenue: Option<i64>,
    share: Option<f64>,
    last: Option<i32>,
    asleep: Option<bool>,
}

fn schema() -> SchemaRef {
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    Arc::new(Schema::new(vec![
        Field::new("customer_id", DataType::Utf8, false),
        Field::new("city", dictionary, true),
        Field::new("orders", DataType::Int64, true),
        Field::new("revenue", DataType::Decimal64(18, 4), true),
        Field::new("share", DataType::Float64, true),
        Field::new("last_order_at", DataType::Date32, true),
        Field::new("asleep", DataType::Boolean, true),
    ]))
}

fn batch(rows: &[Row]) -> RecordBatch {
    let money = Decimal64Array::from_iter(rows.iter().map(|row| row.revenue));
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| &row.id))),
        Arc::new(rows.iter().map(|row| row.city.as_deref()).collect::<DictionaryArray<Int32Type>>()),
        Arc::new(Int64Array::from_iter(rows.iter().map(|row| row.orders))),
        Arc::new(money.with_precision_and_scale(18, 4).expect("four decimals are allowed")),
        Arc::new(Float64Array::from_iter(rows.iter().map(|row| row.share))),
        Arc::new(Date32Array::from_iter(rows.iter().map(|row| row.last))),
        Arc::new(BooleanArray::from_iter(rows.iter().map(|row| row.asleep))),
    ];
    RecordBatch::try_new(schema(), columns).expect("columns are of the schema")
}

fn bytes(format: Format, rows: &[Row], options: &CsvOptions) -> Vec<u8> {
    let mut out = Vec::new();
    // Two batches, so that nothing depends on there being one.
    let (left, right) = rows.split_at(rows.len() / 2);
    let batches = [batch(left), batch(right)];
    let written = write_stream(&mut out, "memory", format, &schema(), batches, options);
    assert_eq!(written.expect("memory takes everything"), rows.len() as u64);
    out
}

fn row(id: &str) -> Row {
    Row {
        id: id.to_owned(),
        city: Some("Rīga".to_owned()),
        orders: Some(3),
        revenue: Some(-50_000),
        share: Some(0.5),
        last: Some(15_317),
        asleep: Some(false),
    }
}

#[test]
fn csv_to_the_letter() {
    let blank =
        Row { city: None, orders: None, revenue: None, share: None, last: None, asleep: None, ..row("") };
    let written = bytes(Format::Csv, &[row("7"), blank], &CsvOptions::for_spreadsheet(','));
    let expected = "\u{feff}customer_id;city;orders;revenue;share;last_order_at;asleep\n\
                    7;Rīga;3;-5,00;0,5;2011-12-09;false\n\
                    \"\";;;;;;\n";
    assert_eq!(String::from_utf8(written).expect("UTF-8"), expected);
}

#[test]
fn formulas_are_guarded_in_text_alone() {
    for (id, cell) in [
        ("=1+1", "'=1+1"),
        ("+37120000000", "'+37120000000"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\0x", "'\0x"),
        ("\r", "\"'\r\""),
        ("=\"a,b\"", "\"'=\"\"a,b\"\"\""),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠1", "'＠1"),
        ("'=1", "''=1"),
        ("-", "-"),
        ("'s Hertogenbosch", "'s Hertogenbosch"),
        ("a=b", "a=b"),
        ("17850", "17850"),
    ] {
        let written = bytes(Format::Csv, &[row(id)], &CsvOptions::default());
        let written = String::from_utf8(written).expect("UTF-8");
        let line = written.split_once('\n').expect("a header").1;
        assert_eq!(line, format!("{cell},Rīga,3,-5.00,0.5,2011-12-09,false\n"), "{id:?}");
    }
    assert_eq!(["'=1", "''=1", "'s", "-", "'-", "="].map(unguarded), ["=1", "'=1", "'s", "-", "'-", "="]);
}

#[test]
fn floats_are_short_and_exact() {
    let spell = |number: f64| {
        let written =
            bytes(Format::JsonLines, &[Row { share: Some(number), ..row("7") }], &CsvOptions::default());
        let written = String::from_utf8(written).expect("UTF-8");
        written.split("\"share\":").nth(1).and_then(|rest| rest.split(',').next()).map(str::to_owned)
    };
    for (number, text) in
        [(0.1 + 0.2, "0.30000000000000004"), (2.0, "2"), (1e300, "1e300"), (1e-7, "1e-7"), (f64::NAN, "null")]
    {
        assert_eq!(spell(number).as_deref(), Some(text));
    }
}

#[test]
fn the_header_of_a_sheet_is_frozen_and_filters() {
    let written = bytes(Format::Xlsx, &[row("7")], &CsvOptions::default());
    assert_eq!(written, bytes(Format::Xlsx, &[row("7")], &CsvOptions::default()), "no clock in the file");
    let sheet = unzipped(&written, b"xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:G2\"/>"), "{sheet}");
    assert!(!sheet.contains("<f>"), "{sheet}");
    let styles = unzipped(&written, b"xl/styles.xml");
    assert!(styles.contains("<b/>") && styles.contains("formatCode=\"yyyy-mm-dd\""), "{styles}");
}

/// A part of a workbook, by its name in the archive.
fn unzipped(archive: &[u8], name: &[u8]) -> String {
    let header = archive
        .windows(name.len())
        .position(|window| window == name)
        .expect("the part is in the archive")
        .checked_sub(30)
        .expect("a local header stands before the name");
    let extra = usize::from(u16::from_le_bytes([archive[header + 28], archive[header + 29]]));
    let packed = &archive[header + 30 + name.len() + extra..];
    let mut text = String::new();
    io::Read::read_to_string(&mut flate2::read::DeflateDecoder::new(packed), &mut text).expect("deflated");
    text
}

#[test]
fn a_sheet_holds_any_text_as_text() {
    let odd = ["a\0b", "\u{1f}", "_x0041_", "\u{fffe}", "<b>&amp;", "  x ", "=1+1", "https://x.org", "0017"];
    let written = bytes(Format::Xlsx, &odd.map(row), &CsvOptions::default());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(written)).expect("a workbook");
    let sheet = book.worksheet_range("Sheet1").expect("its sheet");
    for (number, text) in odd.iter().enumerate() {
        assert_eq!(
            sheet.get_value((number as u32 + 1, 0)),
            Some(&calamine::Data::String((*text).to_owned()))
        );
    }
}

#[test]
fn tables_without_rows_are_whole() {
    assert_eq!(bytes(Format::Json, &[], &CsvOptions::default()), b"[\n]\n");
    assert_eq!(bytes(Format::JsonLines, &[], &CsvOptions::default()), b"");
    let written = bytes(Format::Xlsx, &[], &CsvOptions::default());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(written)).expect("a workbook");
    assert_eq!(book.worksheet_range("Sheet1").expect("its sheet").get_size(), (1, 7));
}

#[test]
fn a_file_too_long_for_a_sheet_says_what_to_do() {
    let schema = Arc::new(Schema::new(vec![Field::new("asleep", DataType::Boolean, true)]));
    let mut output =
        Output::to_stream(io::sink(), "s.xlsx", Format::Xlsx, schema.clone(), &CsvOptions::default())
            .expect("a column fits");
    let long =
        RecordBatch::try_new(schema, vec![Arc::new(BooleanArray::new_null(1_048_576))]).expect("one column");
    output.write(&long.slice(0, 1_048_575)).expect("a full sheet");
    let error = output.write(&long.slice(0, 1)).expect_err("one row more");
    assert!(matches!(error, OutputError::TooLarge { .. }), "{error}");
    assert!(error.to_string().contains("1048575 rows") && error.to_string().contains(".csv"), "{error}");
}

#[test]
fn what_was_there_stays_when_writing_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("customers.xlsx");
    fs::write(&path, "kept").expect("a file");
    let long = "x".repeat(32_768);
    let written = write_file(&path, Format::Xlsx, &schema(), [batch(&[row(&long)])], &CsvOptions::default());
    assert!(matches!(written, Err(OutputError::TooLarge { .. })));
    let unfinished = Output::to_file(&path, Format::Csv, schema(), &CsvOptions::default()).expect("a place");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2, "beside the file");
    drop(unfinished);
    assert_eq!(fs::read(&path).expect("the file"), b"kept");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is left behind");

    let rows = write_file(&path, Format::Csv, &schema(), [batch(&[row("7")])], &CsvOptions::default());
    assert_eq!(rows.expect("a free place"), 1);
    assert!(fs::read(&path).expect("the file").starts_with(b"customer_id,"));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn links_modes_and_devices_are_respected() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let (path, link) = (folder.path().join("kept.csv"), folder.path().join("link.csv"));
    fs::write(&path, "old").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("its owner");
    symlink(&path, &link).expect("a link");
    write_file(&link, Format::Csv, &schema(), [], &CsvOptions::default()).expect("a free place");
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert!(fs::read(&path).expect("the file").starts_with(b"customer_id,"));
    assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);

    // A device that is always full: the error of a full disk, and the device is still one.
    let full = Path::new("/dev/full");
    for (name, format) in Format::ALL {
        let written = write_file(full, *format, &schema(), [batch(&[row("7")])], &CsvOptions::default());
        let error = written.expect_err("no space");
        let OutputError::Write { source, .. } = &error else { panic!("{name}: {error:?}") };
        assert_eq!(source.kind(), io::ErrorKind::StorageFull, "{name}");
    }
    assert!(fs::metadata(full).expect("the device").file_type().is_char_device());
}

#[test]
fn places_that_cannot_be_written_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("none").join("c.csv");
    for path in [&missing, folder.path()] {
        let written = write_file(path, Format::Csv, &schema(), [], &CsvOptions::default());
        let error = written.expect_err("no such place");
        assert!(matches!(error, OutputError::Write { .. }), "{error:?}");
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    }
}

/// A pipe whose reader takes some bytes and leaves.
struct Leaving(usize);

impl Write for Leaving {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_who_leaves_is_told_apart() {
    // More than is gathered before the first byte goes out, and hard to pack.
    let scattered = |n: u64| format!("{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(n << 7));
    let rows: Vec<Row> = (0..60_000).map(|n| row(&scattered(n))).collect();
    for (name, format) in Format::ALL {
        for (taken, rows) in [(0, &rows[..50]), (100, &rows[..50]), (300_000, &rows)] {
            let batches = rows.chunks(1024).map(batch);
            let written =
                write_stream(Leaving(taken), "-", *format, &schema(), batches, &CsvOptions::default());
            assert!(matches!(written, Err(OutputError::ReaderLeft { .. })), "{name}: {written:?}");
        }
    }
}

#[test]
fn wrong_tables_and_options_are_refused() {
    let begin = |schema: Schema, options: CsvOptions| {
        Output::to_stream(io::sink(), "-", Format::Csv, Arc::new(schema), &options)
            .map(|_| ())
            .map_err(|e| e.to_string())
    };
    let field = |name: &str, kind: DataType| Field::new(name, kind, true);
    let twice = Schema::new(vec![field("abc", DataType::Utf8), field("abc", DataType::Int64)]);
    assert_eq!(begin(twice, CsvOptions::default()), Err("column `abc`: two columns have this name".into()));
    let odd = Schema::new(vec![field("at", DataType::Int8)]);
    assert!(begin(odd, CsvOptions::default()).is_err_and(|error| error.contains("`at`")));
    assert!(begin(Schema::empty(), CsvOptions::default()).is_err());
    let commas = CsvOptions { decimal: ',', ..CsvOptions::default() };
    assert!(begin(schema().as_ref().clone(), commas).is_err_and(|error| error.contains("`;`")));

    let mut output =
        Output::to_stream(io::sink(), "-", Format::Csv, schema(), &CsvOptions::default()).expect("a sink");
    let other = Arc::new(Schema::new(vec![field("city", DataType::Int64)]));
    let other = RecordBatch::new_empty(other);
    assert!(matches!(output.write(&other), Err(OutputError::Column { .. })));
}

#[test]
fn the_ending_says_the_format() {
    for (name, format) in
        [("a.csv", Format::Csv), ("a/b.XLSX", Format::Xlsx), ("a.b.ndjson", Format::JsonLines)]
    {
        assert_eq!(Format::from_path(Path::new(name)).expect("a known ending"), format);
    }
    for name in ["a.doc", "csv", "-"] {
        let error = Format::from_path(Path::new(name)).expect_err("no known ending").to_string();
        assert!(error.contains(".parquet"), "{error}");
    }
}
