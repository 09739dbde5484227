//! Delimited text as people have it, and as they never should.

use proptest::prelude::*;

use super::super::OpenOptions;
use super::super::testing::{All, read, read_with};

fn tolerant() -> OpenOptions {
    OpenOptions { tolerant_quotes: true, ..OpenOptions::default() }
}

#[test]
fn plain_rows_carry_line_and_byte() {
    let all = read("a.csv", "id,name\n1,Anna\n2,\"Berta, \"\"B\"\"\"\n3,\"two\nlines\"\n4,x");
    assert_eq!(all.header, ["id", "name"]);
    assert_eq!(
        all.cells(),
        [vec!["1", "Anna"], vec!["2", "Berta, \"B\""], vec!["3", "two\nlines"], vec!["4", "x"]]
    );
    let places: Vec<_> = all.rows.iter().map(|(line, byte, _)| (*line, *byte)).collect();
    assert_eq!(places, [(2, 8), (3, 15), (4, 32), (6, 46)]);
    assert!(all.bad.is_empty());
    assert_eq!(all.detected.header_row, Some(1));
    assert_eq!(all.sampled, 4);
}

#[test]
fn separators_are_told_apart() {
    for separator in [",", ";", "\t", "|"] {
        let text = "id,name,sum\n1,Anna,5\n2,Berta,7\n".replace(',', separator);
        let all = read("a.csv", &text);
        assert_eq!(all.detected.delimiter.map(String::from).as_deref(), Some(separator));
        assert_eq!(all.cells()[1], ["2", "Berta", "7"]);
    }
}

#[test]
fn decimal_commas_are_no_separators() {
    let all = read("a.csv", "id;price;sum\n1;2,50;5,00\n2;3,10;6,20\n");
    assert_eq!(all.detected.delimiter, Some(';'));
    let all = read("a.csv", "1;2,50;5,00\n2;3,10;6,20\n");
    assert_eq!((all.detected.delimiter, all.detected.header_row), (Some(';'), None));
    assert_eq!(all.header, ["column 1", "column 2", "column 3"]);
    assert_eq!(all.rows.len(), 2);
}

#[test]
fn ragged_rows_are_rejected_and_never_change_the_separator() {
    let all = read("a.csv", "id,a,b\n1,2\n3,4,5\n6,7,8,9\n10,11,12\n13,14,15,,\n");
    assert_eq!(all.detected.delimiter, Some(','));
    assert_eq!(all.cells(), [["3", "4", "5"], ["10", "11", "12"], ["13", "14", "15"]]);
    assert_eq!(all.codes(), [("E_COLUMNS", 2), ("E_COLUMNS", 4)]);
    assert!(all.bad.iter().all(|bad| !bad.lone));
    assert_eq!(all.bad[0].reason, "2 cells where the header has 3");
    assert_eq!(all.bad[0].raw, "1,2");
}

#[test]
fn quotes_in_quotes_reject_the_row_or_are_tolerated() {
    let text = "id,firm,sum\n1,\"OOO \"Romashka\" Ltd\",5\n2,\"ZAO \"\"Len\"\"\",6\n";
    let all = read("a.csv", text);
    assert_eq!(all.codes(), [("E_QUOTE", 2)]);
    assert!(all.bad[0].reason.contains("tolerant"), "{}", all.bad[0].reason);
    assert_eq!(all.cells(), [["2", "ZAO \"Len\"", "6"]]);
    assert!(all.detected.warnings.iter().any(|warning| warning.contains("tolerant")));

    let all = read_with("a.csv", text, &tolerant()).unwrap();
    assert_eq!(all.cells(), [["1", "OOO \"Romashka\" Ltd", "5"], ["2", "ZAO \"Len\"", "6"]]);
    assert_eq!(all.file.warnings, ["1 rows with unescaped quotes were read in tolerant quote mode"]);
}

#[test]
fn tolerated_quotes_at_the_ends_of_a_cell() {
    let text = "id,firm\n1,\"OOO \"Romashka\"\"\n2,\"\"Len\" ZAO\"\n3,\"open\n4,\"\"\n";
    let all = read_with("a.csv", text, &tolerant()).unwrap();
    assert_eq!(all.cells(), [["1", "OOO \"Romashka\""], ["2", "\"Len\" ZAO"], ["4", ""]]);
    assert_eq!(all.codes(), [("E_QUOTE", 4)]);
}

#[test]
fn a_stray_quote_in_a_plain_cell_is_itself() {
    let all = read("a.csv", "id,size\n1,21\" screen\n2,5'\n");
    assert_eq!(all.cells(), [["1", "21\" screen"], ["2", "5'"]]);
}

#[test]
fn single_quotes_only_if_asked() {
    let text = "id,name\n1,'a,b'\n2,'c'\n3,d\n4,e\n";
    assert_eq!(read("a.csv", text).codes(), [("E_COLUMNS", 2)]);
    let options = OpenOptions { quote: Some(b'\''), ..OpenOptions::default() };
    let all = read_with("a.csv", text, &options).unwrap();
    assert_eq!(all.cells()[0], ["1", "a,b"]);
    let options = OpenOptions { quote: Some(0), ..OpenOptions::default() };
    let all = read_with("a.tsv", "id\tsize\n1\t\"21\n2\t\"a\"\n", &options).unwrap();
    assert_eq!((all.cells(), all.detected.quote), (vec![vec!["1", "\"21"], vec!["2", "\"a\""]], None));
}

#[test]
fn an_open_quote_does_not_eat_the_file() {
    let mut text = "id,name\n1,\"never closed\n".to_owned();
    for row in 2..5_000 {
        text.push_str(&format!("{row},name {row}\n"));
    }
    let all = read("a.csv", &text);
    assert_eq!(all.codes(), [("E_QUOTE", 2)]);
    assert_eq!((all.rows.len(), all.rows[0].0), (4_998, 3));
    // Closed by the next quote in the file: both readings lose only the row that began it.
    let all = read("a.csv", "id,name\n1,\"open\n2,\"b\"\n3,c\n");
    assert_eq!(all.codes(), [("E_QUOTE", 2)]);
    assert_eq!(all.cells(), [["2", "b"], ["3", "c"]]);
}

#[test]
fn a_long_line_without_breaks_may_be_quoted() {
    let long = "x".repeat(super::QUOTED_RECORD_BYTES_MAX * 2);
    let all = read("a.csv", format!("id,name\n1,\"{long}\"\n2,b\n"));
    assert_eq!(all.rows[0].2[1].len(), long.len());
    assert_eq!(all.rows.len(), 2);
}

#[test]
fn line_ends_may_be_mixed() {
    let all = read("a.csv", "id,name\r\n1,a\n2,b\r3,c\r\n4,d\r");
    assert_eq!(all.cells(), [["1", "a"], ["2", "b"], ["3", "c"], ["4", "d"]]);
    assert_eq!(all.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 3, 4, 5]);
    assert!(all.detected.warnings.iter().any(|warning| warning.contains("CRLF")));
    let all = read("a.csv", "id,name\r1,a\r2,b\r");
    assert_eq!(all.cells(), [["1", "a"], ["2", "b"]]);
    assert!(all.detected.warnings.is_empty());
}

#[test]
fn bad_bytes_reject_their_row_only() {
    let all = read("a.csv", b"id,name\n1,caf\xc3\xa9\n2,a\xff\xfeb\n3,c\n");
    assert_eq!(all.codes(), [("E_ENCODING", 3)]);
    assert!(all.bad[0].reason.contains("0xFF at line 3, byte 19 "), "{}", all.bad[0].reason);
    assert_eq!(all.cells(), [["1", "café"], ["3", "c"]]);
    // Nothing but these two bytes outside ASCII: still no letters of any alphabet.
    let all = read("a.csv", b"id,name\n1,a\n2,\xff\xfe\n3,c\n");
    assert_eq!(all.codes(), [("E_ENCODING", 3)]);
    assert!(!all.detected.encoding_sure);
}

#[test]
fn nul_rejects_its_row() {
    let all = read("a.csv", b"id,name\n1,a\n2,b\0c\n3,d\n4,e\n5,f\n");
    assert_eq!(all.codes(), [("E_NUL", 3)]);
    assert_eq!(all.rows.len(), 4);
}

#[test]
fn a_huge_field_rejects_its_row() {
    let huge = "y".repeat(5 << 20);
    let all = read("a.csv", format!("id,name\n1,a\n2,\"{huge}\"\n3,{huge}\n4,d\n"));
    assert_eq!(all.codes(), [("E_FIELD_TOO_LONG", 3), ("E_FIELD_TOO_LONG", 4)]);
    assert_eq!(all.cells(), [["1", "a"], ["4", "d"]]);
    assert!(all.bad[0].raw.len() < 10_000);
}

#[test]
fn an_endless_line_is_skipped() {
    let endless = "z".repeat(super::super::RECORD_BYTES_MAX + 5_000_000);
    let all = read("a.csv", format!("id,name\n1,a\n2,{endless}\n3,c\n"));
    assert_eq!(all.codes(), [("E_FIELD_TOO_LONG", 3)]);
    assert_eq!(all.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(all.rows[1].1, 14 + endless.len() as u64 + 1);
}

#[test]
fn a_separator_at_every_line_end_makes_no_column() {
    let all = read("a.csv", "ID;Товар;Сумма;\n1;a;5;\n2;b;6;\n");
    assert!(all.detected.trailing_delimiter);
    assert_eq!(all.header, ["ID", "Товар", "Сумма"]);
    assert_eq!(all.cells()[0], ["1", "a", "5"]);
    // Only the rows have it.
    let all = read("a.csv", "ID;Товар;Сумма\n1;a;5;\n2;b;6;\n");
    assert!(all.detected.trailing_delimiter);
    assert_eq!((all.header.len(), all.rows.len()), (3, 2));
    // An empty last column with a name is a column.
    let all = read("a.csv", "ID;Товар;Скидка\n1;a;\n2;b;\n");
    assert!(!all.detected.trailing_delimiter || all.header.len() == 3);
    assert_eq!(all.rows.len(), 2);
}

#[test]
fn duplicate_and_padded_names_are_kept_in_place() {
    let all = read("a.csv", "id;Товар;Бюджет ;Товар;\u{200b}cid\n1;a;2;b;3\n");
    assert_eq!(all.header, ["id", "Товар", "Бюджет", "Товар", "cid"]);
}

#[test]
fn header_below_titles_and_parameters() {
    let text = "Отчет по продажам\n\nПериод:;01.01.2026 - 31.01.2026\n\
                Контрагент;Товар;Количество;Сумма\nООО Ромашка\n\
                Анна;чай;2;100,00\nБерта;кофе;1;250,00\nИтого;;3;350,00\nСформировано 01.02.2026\n";
    let all = read("1c.csv", text);
    assert_eq!(all.detected.header_row, Some(4));
    assert_eq!(all.header, ["Контрагент", "Товар", "Количество", "Сумма"]);
    assert_eq!(all.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [6, 7, 8]);
    assert_eq!(all.codes(), [("E_COLUMNS", 5), ("E_COLUMNS", 9)]);
    assert!(all.bad.iter().all(|bad| bad.lone));
}

#[test]
fn the_header_row_may_be_said() {
    let at = |header_row| OpenOptions { header_row: Some(header_row), ..OpenOptions::default() };
    let text = "1,2\n3,4\nid,sum\n5,6\n";
    let all = read_with("a.csv", text, &at(3)).unwrap();
    assert_eq!(
        (all.header.clone(), all.cells()),
        (vec!["id".to_owned(), "sum".to_owned()], vec![vec!["5", "6"]])
    );
    let all = read_with("a.csv", text, &at(0)).unwrap();
    assert_eq!((all.header.len(), all.rows.len()), (2, 4));
    assert!(read_with("a.csv", text, &at(9)).is_err());
}

#[test]
fn excels_separator_line_is_obeyed() {
    for line in ["sep=;", "\"sep=;\""] {
        let all = read("a.csv", format!("{line}\r\nid;a,b\r\n1;2,5\r\n"));
        assert_eq!((all.detected.delimiter, all.detected.header_row), (Some(';'), Some(2)));
        assert_eq!(all.header, ["id", "a,b"]);
        assert_eq!(all.rows, [(3, (line.len() + 10) as u64, vec!["1".to_owned(), "2,5".to_owned()])]);
    }
}

#[test]
fn runs_of_spaces_separate_where_all_rows_agree() {
    let text = " customer_id  date number_of_cds  dollar_value\r\n 00001 19970101  1   11.77\r\n\
                \x20 00002 19970112  5   77.00  \r\n";
    let all = read("cdnow.txt", text);
    assert_eq!(all.detected.delimiter, Some(' '));
    assert_eq!(all.header, ["customer_id", "date", "number_of_cds", "dollar_value"]);
    assert_eq!(all.cells()[1], ["00002", "19970112", "5", "77.00"]);
    let all = read("sample.txt", " 00004 19970101  2   29.33\n 00004 19970118  2   29.73\n");
    assert_eq!((all.detected.delimiter, all.header.len(), all.rows.len()), (Some(' '), 4, 2));
    let names = read("names.txt", "client\nAnna Maria\nBerta Klara\n");
    assert_eq!((names.detected.delimiter, names.rows.len()), (None, 2));
}

#[test]
fn a_shopify_file_with_quoted_breaks_and_empty_cells() {
    let text = "Name,Email,Total,Notes,Lineitem name\n#1001,a@x.lv,10.00,\"leave at\nthe door, please\",Tea\n\
                #1001,,,,Coffee\n#1002,b@x.lv,5.00,\"\",\"Mug, \"\"big\"\"\"\n";
    let all = read("orders.csv", text);
    assert_eq!(all.detected.delimiter, Some(','));
    assert_eq!(all.rows.len(), 3);
    assert_eq!(all.cells()[2], ["#1002", "b@x.lv", "5.00", "", "Mug, \"big\""]);
    assert_eq!(all.rows[1].0, 4);
}

fn with_block_bytes(text: &[u8], block_bytes: usize, tolerant_quotes: bool) -> Option<All> {
    let options = OpenOptions { block_bytes, tolerant_quotes, ..OpenOptions::default() };
    read_with("p.csv", text, &options).ok()
}

/// Bytes that delimited text trips over, more often than others.
fn tricky_text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => Just(b",".to_vec()),
        4 => Just(b"\n".to_vec()),
        3 => Just(b"\"".to_vec()),
        1 => Just(b"\"\"".to_vec()),
        1 => Just(b"\r\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        1 => Just(b";".to_vec()),
        1 => Just(b" ".to_vec()),
        4 => "[a-z0-9]{1,6}".prop_map(String::into_bytes),
        1 => "[а-я]{1,6}".prop_map(String::into_bytes),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn well_formed_csv_is_read_as_the_csv_crate_reads_it(
        rows in prop::collection::vec(prop::collection::vec("[a-zа-я\",\n ;']{0,8}", 3), 1..30),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["first", "second", "third"]).unwrap();
        for row in &rows {
            // Rows of blanks are no rows to us.
            let row: Vec<String> = row.iter().map(|cell| format!("v{cell}")).collect();
            writer.write_record(&row).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let options = OpenOptions { delimiter: Some(b','), header_row: Some(1), ..OpenOptions::default() };
        let all = read_with("w.csv", &text, &options).unwrap();
        let oracle: Vec<Vec<String>> = csv::Reader::from_reader(text.as_slice())
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let ours: Vec<Vec<String>> = all.rows.into_iter().map(|row| row.2).collect();
        prop_assert_eq!(ours, oracle);
        prop_assert!(all.bad.is_empty());
    }

    #[test]
    fn blocks_of_any_size_give_the_same_rows(
        text in tricky_text(),
        block_bytes in 1_usize..60,
        tolerant_quotes: bool,
    ) {
        let whole = with_block_bytes(&text, 1 << 20, tolerant_quotes);
        let pieces = with_block_bytes(&text, block_bytes, tolerant_quotes);
        prop_assert_eq!(whole.is_some(), pieces.is_some());
        if let (Some(whole), Some(pieces)) = (whole, pieces) {
            prop_assert_eq!(whole.rows, pieces.rows);
            prop_assert_eq!(whole.bad, pieces.bad);
            prop_assert_eq!(whole.file, pieces.file);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        with_block_bytes(&bytes, 16, false);
    }
}
