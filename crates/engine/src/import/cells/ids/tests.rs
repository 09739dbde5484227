//! Ids whole, damaged and dressed up.

use super::*;
use proptest::prelude::*;

#[test]
fn ids_stay_as_they_are() {
    for (cell, want) in [
        ("007", "007"),
        (" 12345678901234567890123 ", "12345678901234567890123"),
        ("'7210448301122", "7210448301122"),
        ("'75008", "75008"),
        ("'", "'"),
        ("O'Neil", "O'Neil"),
        ("\u{FEFF}id-1", "id-1"),
        ("ab\u{200B}c\u{AD}d", "abcd"),
        ("клиент\u{200E} 5", "клиент 5"),
        ("#1001", "#1001"),
        ("1e5", "1e5"),
        ("1E5", "1E5"),
        ("12E+10", "12E+10"),
        ("9.1x46E+10", "9.1x46E+10"),
        ("E+10", "E+10"),
        ("17850.0", "17850.0"),
        ("a  b", "a  b"),
        ("-", "-"),
        ("\u{200B}", ""),
    ] {
        assert_eq!(clean_id(cell).as_deref(), Ok(want), "{cell:?}");
    }
}

#[test]
fn damaged_ids() {
    for (cell, code) in [
        ("9.12346E+10", codes::EXCEL_SCI),
        ("9,12346E+10", codes::EXCEL_SCI),
        ("'1E+11", codes::EXCEL_SCI),
        ("1.2E+100", codes::EXCEL_SCI),
        ("9.1\u{200B}2346E+10", codes::EXCEL_SCI),
        ("a\0b", codes::NUL),
        ("ж\0\u{200B}", codes::NUL),
    ] {
        assert_eq!(clean_id(cell).unwrap_err().code, code, "{cell:?}");
    }
}

#[test]
fn look_alike_letters() {
    for (text, want) in [
        ("АВC-1", true),
        ("ABC-1", false),
        ("АВС", false),
        ("Samsung телефон", false),
        ("теlефон", true),
        ("А1B", true),
        ("ООО Romashka", false),
        ("Rīga-Рига", false),
        ("īж", true),
        ("", false),
    ] {
        assert_eq!(mixed_script(text), want, "{text:?}");
    }
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(cell in "\\PC*|[ \u{200B}\u{FEFF}0-9E+.]{0,9}") {
        if let Ok(id) = clean_id(&cell) {
            prop_assert!(!id.contains(is_invisible));
            if !id.starts_with('\'') {
                let again = clean_id(&id);
                prop_assert_eq!(again.as_deref(), Ok(&*id));
            }
        }
        mixed_script(&cell);
    }
}
