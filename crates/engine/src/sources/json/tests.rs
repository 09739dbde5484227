//! JSON with an object to each row.

use proptest::prelude::*;

use super::super::testing::{read, read_with, refused};
use super::super::{Format, OpenOptions};

#[test]
fn objects_become_rows() {
    let text = "{\"id\":98765432109876543210987,\"client\":{\"name\":\"Анна\",\"age\":31},\
                \"sum\":12.50,\"paid\":true}\n\
                {\"sum\":1e3,\"id\":\"007\",\"tags\":[\"a\",2,null],\
                \"lines\":[{\"sku\":1}],\"client\":null}\r\n\n\
                {\"id\":3,\"client\":{\"name\":\"a\\\"b\\u00e9\"}}";
    let all = read("a.jsonl", text);
    assert_eq!((all.detected.format, all.detected.header_row), (Format::JsonLines, None));
    assert_eq!(all.header, ["id", "client.name", "client.age", "sum", "paid", "tags", "lines", "client"]);
    assert_eq!(
        all.cells(),
        [
            ["98765432109876543210987", "Анна", "31", "12.50", "true", "", "", ""],
            ["007", "", "", "1e3", "", "a, 2, ", "[{\"sku\":1}]", ""],
            ["3", "a\"bé", "", "", "", "", "", ""],
        ]
    );
    let second = text.find("{\"sum\"").unwrap() as u64;
    assert_eq!((all.rows[1].0, all.rows[1].1, all.rows[2].0), (2, second, 4));
}

#[test]
fn an_array_of_objects_is_the_same() {
    let text = "[ {\"id\":1,\"name\":\"} , {\"},\n  {\"id\":2, \"name\":\"b\\\"\"} , {\"id\": 3}\n]\n";
    let all = read("a.json", text);
    assert_eq!(all.header, ["id", "name"]);
    assert_eq!(all.cells(), [["1", "} , {"], ["2", "b\""], ["3", ""]]);
    assert_eq!(all.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 2]);
    assert!(all.bad.is_empty());
}

#[test]
fn bad_lines_are_set_aside() {
    let text = b"{\"id\":1}\n{\"id\":\n[2]\n{\"id\":\"\xff\"}\n{\"id\":5} x\n{\"id\":6}\n";
    let all = read("a.jsonl", text);
    assert_eq!(all.cells(), [["1"], ["6"]]);
    let expected = [("E_JSON", 2), ("E_JSON", 3), ("E_ENCODING", 4), ("E_JSON", 5)];
    assert_eq!(all.codes(), expected);
    assert_eq!(all.bad[1].raw, "[2]");
}

#[test]
fn later_keys_are_named() {
    let mut text: String = (0..1_500).map(|row| format!("{{\"id\":{row}}}\n")).collect();
    text.push_str("{\"id\":1500,\"late\":1,\"after\":2}\n");
    let all = read("a.jsonl", text);
    assert_eq!((all.header.len(), all.rows.len()), (1, 1_501));
    assert_eq!(all.file.warnings, ["keys first seen after the sample were left out: `after`, `late`"]);
}

#[test]
fn deep_objects_stay_json() {
    let text = format!("{}1{}\n", "{\"a\":".repeat(20), "}".repeat(20));
    let all = read("a.jsonl", text);
    assert_eq!(all.header, ["a.a.a.a.a.a.a.a"]);
    assert!(all.cells()[0][0].starts_with("{\"a\":{"));
}

#[test]
fn a_document_gives_a_row_per_line() {
    let text = "{\"success\":true,\"page\":{\"rows\":1},\n\"orders\":[{\"id\":1,\"items\":[{\"o\":{\"n\":\"]}\"}},{\"q\":2}],\
                \"c\":{\"phones\":[{\"n\":\"a\"},{\"n\":\"b\"}],\"t\":[1,2]},\"pay\":{\"77\":{\"s\":9}}},\n\
                {\"id\":2,\"items\":[]} ] , \"tail\":{\"rows\":[{\"id\":3}]}}\n";
    let all = read("a.json", text);
    assert_eq!(all.header, ["id", "items[].o.n", "items[].q", "c.phones[].n", "c.t", "pay[].s"]);
    assert_eq!(
        all.cells(),
        [
            ["1", "]}", "", "a, b", "1, 2", "9"],
            ["1", "", "2", "a, b", "1, 2", "9"],
            ["2", "", "", "", "", ""]
        ]
    );
    assert_eq!(all.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 2, 3]);
    assert!(all.bad.is_empty());
}

#[test]
fn an_object_to_each_line_is_no_document() {
    let all = read("a.jsonl", "{\"id\":1,\"rows\":[{\"a\":1}]}\n{\"id\":2,\"rows\":[]}\n");
    assert_eq!((all.header.len(), all.rows.len()), (2, 2));
}

#[test]
fn broken_documents_are_told_of() {
    let all = read("a.json", "{\"rows\":[{\"id\":1},\n {\"id\":},\n {\"id\":3}]}");
    assert_eq!((all.cells(), all.codes()), (vec![vec!["1"], vec!["3"]], vec![("E_JSON", 2)]));
    assert!(all.bad[0].reason.ends_with("at line 2, character 7"), "{}", all.bad[0].reason);
    let error = refused("a.json", "{\"rows\":[{\"id\":1},\n {\"id\":2}");
    assert_eq!(error.code(), "E_DAMAGED");
    assert_eq!(refused("a.json", "{\"rows\":[]}").code(), "E_EMPTY");
    let lines = "{},".repeat(super::super::RECORD_ROWS_MAX) + "{}";
    let all = read("a.json", format!("{{\"orders\":[{{\"id\":1,\"items\":[{lines}]}},{{\"id\":2}}]}}"));
    assert_eq!((all.cells(), all.codes()), (vec![vec!["2"]], vec![("E_FIELD_TOO_LONG", 1)]));
}

proptest! {
    #[test]
    fn documents_in_blocks_of_any_size_give_the_same_rows(
        values in prop::collection::vec("[a-z\"\\\\{}\\[\\], é]{0,8}", 1..12),
        block_bytes in 1_usize..50,
    ) {
        let records: Vec<serde_json::Value> = values
            .iter()
            .map(|value| serde_json::json!({"k": value, "items": [{"n": value}, {"n": 1}]}))
            .collect();
        let text = serde_json::json!({"orders": records, "tail": [{"k": 1}]}).to_string();
        let options = OpenOptions { block_bytes, ..OpenOptions::default() };
        let all = read_with("a.json", &text, &options).unwrap();
        prop_assert_eq!(all.rows.len(), values.len() * 2);
        prop_assert_eq!(all.rows, read("a.json", &text).rows);
    }

    #[test]
    fn blocks_of_any_size_give_the_same_rows(
        values in prop::collection::vec("[a-z\"\\\\{}\\[\\], é]{0,8}", 1..12),
        array: bool,
        block_bytes in 1_usize..50,
    ) {
        let objects: Vec<String> =
            values.iter().map(|value| serde_json::json!({"k": value, "o": {"n": 1}}).to_string()).collect();
        let text = if array { format!("[{}]", objects.join(",\n")) } else { objects.join("\n") };
        let options = OpenOptions { block_bytes, ..OpenOptions::default() };
        let all = read_with("a.json", &text, &options).unwrap();
        let cells: Vec<_> = all.cells().into_iter().map(|row| row[0].to_owned()).collect();
        prop_assert_eq!(cells, values);
        prop_assert_eq!(all.rows, read("a.json", &text).rows);
    }
}
