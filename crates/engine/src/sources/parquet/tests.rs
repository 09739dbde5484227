//! Parquet files made here.

use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::file::properties::WriterProperties;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float32Array,
    Float64Array, Int64Array, ListArray, RecordBatch, StringArray, Time64MicrosecondArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, UInt64Array,
};

use super::super::Format;
use super::super::testing::{read, refused};

fn saved(columns: Vec<(&str, ArrayRef)>, compression: Compression) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn every_kind() -> Vec<(&'static str, ArrayRef)> {
    let micros = 1_291_191_960_123_400;
    let decimals = Decimal128Array::from(vec![Some(123_456), None]).with_precision_and_scale(12, 2).unwrap();
    let words: DictionaryArray<Int32Type> = vec![Some("web"), None].into_iter().collect();
    vec![
        ("id", Arc::new(UInt64Array::from(vec![u64::MAX, 7]))),
        ("text", Arc::new(StringArray::from(vec![Some("Анна, \"A\""), None]))),
        ("channel", Arc::new(words)),
        ("count", Arc::new(Int64Array::from(vec![Some(-5), None]))),
        ("sum", Arc::new(decimals)),
        ("rate", Arc::new(Float64Array::from(vec![0.1, f64::NAN]))),
        ("part", Arc::new(Float32Array::from(vec![17850.0, 0.3]))),
        ("paid", Arc::new(BooleanArray::from(vec![true, false]))),
        ("day", Arc::new(Date32Array::from(vec![14_944, -1]))),
        ("at", Arc::new(TimestampMicrosecondArray::from(vec![micros, 0]).with_timezone("Europe/Riga"))),
        ("local", Arc::new(TimestampMillisecondArray::from(vec![micros / 1000 / 1000 * 1000, -1]))),
        ("time", Arc::new(Time64MicrosecondArray::from(vec![30_360_000_000, 1]))),
        ("bytes", Arc::new(BinaryArray::from(vec![&b"ab"[..], b"\xff\x01"]))),
    ]
}

#[test]
fn every_kind_of_column_becomes_text() {
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(Default::default())]
    {
        let all = read("a.csv", saved(every_kind(), compression));
        assert_eq!(all.detected.format, Format::Parquet);
        assert_eq!(all.header.join(" "), "id text channel count sum rate part paid day at local time bytes");
        let first = [
            "18446744073709551615",
            "Анна, \"A\"",
            "web",
            "-5",
            "1234.56",
            "0.1",
            "17850",
            "true",
            "2010-12-01",
            "2010-12-01T08:26:00.1234Z",
            "2010-12-01 08:26:00",
            "08:26:00",
            "ab",
        ];
        let second = [
            "7",
            "",
            "",
            "",
            "",
            "",
            "0.3",
            "false",
            "1969-12-31",
            "1970-01-01T00:00:00Z",
            "1969-12-31 23:59:59.999",
            "00:00:00.000001",
            "ff01",
        ];
        assert_eq!(all.cells(), [first, second]);
        assert_eq!(all.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2]);
    }
}

#[test]
fn nested_columns_are_left_out_and_named() {
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)])]);
    let ids: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let all =
        read("a.parquet", saved(vec![("id", ids), ("lines", Arc::new(lists.clone()))], Compression::SNAPPY));
    assert_eq!((all.header, all.rows.len()), (vec!["id".to_owned()], 1));
    assert_eq!(all.detected.warnings, ["nested columns were left out: `lines`"]);
    let only = saved(vec![("lines", Arc::new(lists))], Compression::SNAPPY);
    assert_eq!(refused("a.parquet", only).code(), "E_UNSUPPORTED");
}

#[test]
fn many_rows_come_once_and_in_order() {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..40_000));
    let all = read("a.parquet", saved(vec![("id", ids)], Compression::SNAPPY));
    assert_eq!((all.rows.len(), all.sampled), (40_000, 1_000));
    assert!(all.rows.iter().enumerate().all(|(index, row)| row.0 == index as u64 + 1));
    assert!(all.rows.iter().enumerate().all(|(index, row)| row.2[0] == index.to_string()));
}

#[test]
fn truncated_and_altered_files_are_refused_without_panic() {
    let whole = saved(every_kind(), Compression::SNAPPY);
    for cut in [5, whole.len() / 2, whole.len() - 5] {
        let error = refused("a.parquet", &whole[..cut]);
        assert_eq!(error.code(), "E_DAMAGED");
        assert!(error.to_string().contains("a.parquet"), "{error}");
    }
    // Whatever byte lies, the outcome is rows or a refusal.
    let mut refusals = 0;
    for at in (4..whole.len()).step_by(7) {
        let mut altered = whole.clone();
        altered[at] ^= 0xff;
        let file = super::super::testing::made("a.parquet", &altered);
        let table = super::super::open(&file.path, &super::super::OpenOptions::default());
        refusals += usize::from(table.and_then(super::super::testing::drain).is_err());
    }
    assert!(refusals > 0);
    let none: ArrayRef = Arc::new(Int64Array::from(Vec::<i64>::new()));
    assert_eq!(refused("a.parquet", saved(vec![("id", none)], Compression::SNAPPY)).code(), "E_EMPTY");
}
