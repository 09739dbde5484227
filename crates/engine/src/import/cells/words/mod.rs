//! Words in cells that mean "nothing", "yes" and "no", in the languages files come in.

#[cfg(test)]
mod tests;

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

/// What the null words are like, so that most cells are told from them at a glance.
const NULL_SHAPES: Shapes = Shapes::of(NULL_WORDS);

/// The first bytes and the lengths of a list of words.
struct Shapes {
    first: [bool; 256],
    lengths: [bool; NULL_WORD_BYTES + 1],
}

impl Shapes {
    const fn of(words: &[&str]) -> Shapes {
        let mut shapes = Shapes { first: [false; 256], lengths: [false; NULL_WORD_BYTES + 1] };
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            shapes.first[word[0] as usize] = true;
            shapes.first[word[0].to_ascii_uppercase() as usize] = true;
            shapes.lengths[word.len()] = true;
            at += 1;
        }
        // Capital letters that are not ASCII begin with other bytes than small ones.
        let mut byte = 0x80;
        while byte < 256 {
            shapes.first[byte] = true;
            byte += 1;
        }
        shapes
    }
}

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
    if !NULL_SHAPES.first[usize::from(first)] && first.is_ascii_graphic() {
        return false;
    }
    let cell = trimmed(cell);
    if cell.is_empty() {
        return true;
    }
    let may_be = NULL_SHAPES.lengths.get(cell.len()).is_some_and(|&known| known);
    may_be && NULL_WORDS.iter().any(|word| same_word(cell, word))
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
