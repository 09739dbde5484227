//! The encodings that exports come in, with text of the languages that need them.

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257};
use proptest::prelude::*;

use super::super::OpenOptions;
use super::super::testing::{read, read_with};

const RUSSIAN: &str = "Клиент;Дата;Товар;Сумма\nАнна Сергеева;01.02.2026;Чай чёрный «Эрл»;1 250,00\n\
                       Пётр Щукин;02.02.2026;Кофе молотый;890,50\n";
const LATVIAN: &str = "Klients;Datums;Prece;Summa\nJānis Bērziņš;01.02.2026;Zaļā tēja;12,50\n\
                       Ilze Ķēniņa;02.02.2026;Šokolāde ar ķiršiem;8,90\n";
const CATALAN: &str = "Client;Data;Producte;Import\n\
                       Núria Solà i Gràcia;01.02.2026;Cafè amb xocolata;12,50 €\n\
                       Àlex Muñoz;02.02.2026;Infusió de til·la;8,90 €\n";

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, replaced) = encoding.encode(text);
    assert!(!replaced, "the text has letters that {} lacks", encoding.name());
    bytes.into_owned()
}

fn utf_16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn assert_read(bytes: &[u8], text: &str, name: &str) {
    let all = read("a.csv", bytes);
    assert_eq!(all.detected.encoding, name);
    assert_eq!(all.detected.delimiter, Some(';'));
    let expected: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').collect()).collect();
    assert_eq!(all.header, expected[0]);
    assert_eq!(all.cells(), expected[1..]);
    assert!(all.bad.is_empty());
}

#[test]
fn every_encoding_of_the_list_is_told() {
    for text in [RUSSIAN, LATVIAN, CATALAN] {
        assert_read(text.as_bytes(), text, "UTF-8");
        assert_read(format!("\u{feff}{text}").as_bytes(), text, "UTF-8");
        for mark in [true, false] {
            assert_read(&utf_16(text, false, mark), text, "UTF-16LE");
            assert_read(&utf_16(text, true, mark), text, "UTF-16BE");
        }
    }
    assert_read(&encoded(RUSSIAN, WINDOWS_1251), RUSSIAN, "windows-1251");
    assert_read(&encoded(LATVIAN, WINDOWS_1257), LATVIAN, "windows-1257");
    assert_read(&encoded(CATALAN, WINDOWS_1252), CATALAN, "windows-1252");
}

#[test]
fn few_letters_are_no_proof() {
    let all = read("a.csv", encoded("id;name\n1;Núria\n2;Anna\n", WINDOWS_1252));
    assert!(!all.detected.encoding_sure);
    assert!(all.detected.warnings.iter().any(|warning| warning.contains("guessed")));
    assert!(read("a.csv", RUSSIAN).detected.encoding_sure);
}

#[test]
fn the_encoding_may_be_said() {
    let bytes = encoded("id;name\n1;Ж\n", WINDOWS_1251);
    for name in ["cp1251", "windows-1251", "CP1251 "] {
        let options = OpenOptions { encoding: Some(name.to_owned()), ..OpenOptions::default() };
        assert_eq!(read_with("a.csv", &bytes, &options).unwrap().cells(), [["1", "Ж"]]);
    }
    for (name, known) in [("latin1", true), ("utf-16le", true), ("iso-8859-13", true), ("klingon", false)] {
        assert_eq!(super::named(name).is_some(), known, "{name}");
    }
    let options = OpenOptions { encoding: Some("klingon".to_owned()), ..OpenOptions::default() };
    let refused = read_with("a.csv", &bytes, &options).unwrap_err();
    assert_eq!(refused.code(), "E_OPTION");
}

#[test]
fn places_are_those_of_the_file() {
    let text = "id;имя\n1;Анна\n2;😀\n3;c\n";
    let places =
        |bytes: &[u8]| read("a.csv", bytes).rows.iter().map(|row| (row.0, row.1)).collect::<Vec<_>>();
    assert_eq!(places(text.as_bytes()), [(2, 10), (3, 21), (4, 28)]);
    assert_eq!(places(&utf_16(text, false, true)), [(2, 16), (3, 30), (4, 40)]);
    let russian = "id;имя;город\n1;Анна;Новгород\n2;Борис;Рязань\n";
    let options = OpenOptions { encoding: Some("cp1251".to_owned()), ..OpenOptions::default() };
    let all = read_with("a.csv", encoded(russian, WINDOWS_1251), &options).unwrap();
    assert_eq!(all.rows.iter().map(|row| row.1).collect::<Vec<_>>(), [13, 29]);
}

#[test]
fn bytes_without_a_meaning_reject_their_row() {
    let mut bytes = utf_16("id;name\n1;a\n2;b\n3;c\n", false, true);
    // Half of a pair in place of `b`.
    let at = bytes.len() - 2 * 6;
    bytes[at..at + 2].copy_from_slice(&[0x3d, 0xd8]);
    let all = read("a.csv", &bytes);
    assert_eq!(all.codes(), [("E_ENCODING", 3)]);
    assert_eq!(all.cells(), [["1", "a"], ["3", "c"]]);
    let options = OpenOptions { encoding: Some("cp1257".to_owned()), ..OpenOptions::default() };
    let all = read_with("a.csv", b"id;name\n1;a\n2;\xa1\n", &options).unwrap();
    assert_eq!(all.codes(), [("E_ENCODING", 3)]);
}

proptest! {
    #[test]
    fn wide_text_in_small_blocks(
        names in prop::collection::vec("[a-zа-яё😀€\"]{1,9}", 2..20),
        block in 1_usize..40,
    ) {
        let rows: String = names.iter().enumerate().map(|(row, name)| format!("{row};x{name}\n")).collect();
        let text = format!("id;name\n{rows}");
        let options = OpenOptions { block_bytes: block, delimiter: Some(b';'), ..OpenOptions::default() };
        let wide = read_with("a.csv", utf_16(&text, true, true), &options).unwrap();
        let narrow = read_with("a.csv", &text, &options).unwrap();
        prop_assert_eq!(wide.cells(), narrow.cells());
        let places = wide.rows.iter().map(|row| row.1);
        let mut expected = vec![2 + 2 * 8];
        for line in text.lines().skip(1) {
            expected.push(expected[expected.len() - 1] + 2 * (line.encode_utf16().count() as u64 + 1));
        }
        expected.pop();
        prop_assert_eq!(places.collect::<Vec<_>>(), expected);
    }
}
