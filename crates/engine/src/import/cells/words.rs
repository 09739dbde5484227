//! Words in cells that mean "nothing", "yes" and "no", in the languages files come in.

use super::text::{same_word, trimmed};

/// Lower-case cells that hold nothing.
const NULL_WORDS: &[&str] = &[
    "-",
    "--",
    "---",
    "—",
    "–",
    "n/a",
    "#n/a",
    "na",
    "nan",
    "nil",
    "null",
    "#null!",
    "none",
    "undefined",
    "\\n",
    "(null)",
    "<null>",
    "(none)",
    "(blank)",
    "(not set)",
    "not set",
    "нет",
    "(нет)",
    "н/д",
    "#н/д",
    "не указано",
    "не указан",
    "не указана",
    "не задано",
    "не закрыта",
    "не заполнено",
    "нет данных",
    "(пусто)",
    "no definit",
    "sense definir",
    "no definido",
    "sin definir",
    "sin datos",
    "nav",
    "nav norādīts",
    "nav zināms",
];

/// Longest null word in bytes; whatever is longer holds something.
const NULL_WORD_BYTES: usize = 32;

/// Cells that mean yes.
const TRUE_WORDS: &[&str] = &[
    "1",
    "y",
    "yes",
    "t",
    "true",
    "on",
    "x",
    "да",
    "д",
    "истина",
    "sí",
    "si",
    "s",
    "cert",
    "verdadero",
    "jā",
    "ja",
    "patiess",
    "✓",
    "✔",
    "☑",
    "+",
];

/// Cells that mean no.
const FALSE_WORDS: &[&str] = &[
    "0", "n", "no", "f", "false", "off", "нет", "н", "ложь", "fals", "falso", "nē", "ne", "aplams", "✗", "✘",
    "☐", "-",
];

/// Whether a cell holds nothing: empty, or a word such as `NULL`, `N/A`, `нет`, `не закрыта`.
///
/// The word must be the whole cell, in any case.
pub fn is_null(cell: &str) -> bool {
    let Some(first) = cell.bytes().next() else { return true };
    if first.is_ascii_digit() {
        return false;
    }
    let cell = trimmed(cell);
    if cell.len() > NULL_WORD_BYTES {
        return false;
    }
    // Lower-casing keeps the length in bytes of every word of the list.
    cell.is_empty() || NULL_WORDS.iter().any(|word| word.len() == cell.len() && same_word(cell, word))
}

/// Whether a cell in a column of ids names nobody: as [`is_null`], or a lone `0`.
pub fn is_null_id(cell: &str) -> bool {
    is_null(cell) || trimmed(cell) == "0"
}

/// What a cell of a yes-or-no column says; `None` where it says neither, as an empty cell does.
///
/// `нет` and `-` are `Some(false)` here although [`is_null`] takes them for nothing elsewhere.
pub fn truth(cell: &str) -> Option<bool> {
    let cell = trimmed(cell);
    if TRUE_WORDS.iter().any(|word| same_word(cell, word)) {
        Some(true)
    } else if FALSE_WORDS.iter().any(|word| same_word(cell, word)) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
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
}
