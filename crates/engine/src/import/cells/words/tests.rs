//! Null, yes and no in every language.

use super::*;

#[test]
fn nothing_in_any_case() {
    for cell in [
        "",
        "  ",
        "\u{200B}",
        "-",
        "--",
        "—",
        "NULL",
        "null",
        "N/A",
        "#N/A",
        "na",
        "None",
        "НЕТ",
        "(нет)",
        "Не указано",
        "не закрыта",
        "No definit",
        "Nav",
        "\\N",
        " n/a ",
    ] {
        assert!(is_null(cell), "{cell:?}");
    }
    for cell in ["0", "нет в наличии", "nava", "nanny", "1", "не", "-1", "— 5"] {
        assert!(!is_null(cell), "{cell:?}");
    }
    assert!(is_null_id("0") && is_null_id(" 0 ") && is_null_id("#N/A") && !is_null_id("00"));
}

#[test]
fn the_lists_are_in_lower_case_and_short() {
    for word in NULL_WORDS.iter().chain(TRUE_WORDS).chain(FALSE_WORDS) {
        assert_eq!(word.to_lowercase(), **word);
        assert_eq!(word.to_uppercase().to_lowercase().len(), word.len());
        assert!(word.len() <= NULL_WORD_BYTES);
    }
    assert!(TRUE_WORDS.iter().all(|word| !FALSE_WORDS.contains(word)));
}

#[test]
fn yes_and_no() {
    for cell in ["да", "Да", "sí", "SÍ", "jā", "JĀ", "yes", "Y", "1", "true", "TRUE", "✓", "+", " on "]
    {
        assert_eq!(truth(cell), Some(true), "{cell:?}");
    }
    for cell in ["нет", "no", "nē", "NĒ", "0", "false", "Ложь", "-", "off"] {
        assert_eq!(truth(cell), Some(false), "{cell:?}");
    }
    for cell in ["", "maybe", "2", "не указано", "10"] {
        assert_eq!(truth(cell), None, "{cell:?}");
    }
}
