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

/// For each first byte the lengths, one bit each, of the words of a list that begin with it.
struct Shapes([u64; 256]);

impl Shapes {
    const fn of(words: &[&str]) -> Shapes {
        let mut shapes = [0; 256];
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            assert!(word.len() <= NULL_WORD_BYTES, "a length is a bit of 64");
            let length = 1 << word.len();
            shapes[word[0] as usize] |= length;
            shapes[word[0].to_ascii_uppercase() as usize] |= length;
            // Capital letters that are not ASCII begin with other bytes than small ones.
            let mut byte = 0x80;
            while byte < 256 && !word[0].is_ascii() {
                shapes[byte] |= length;
                byte += 1;
            }
            at += 1;
        }
        Shapes(shapes)
    }

    fn fit(&self, word: &str) -> bool {
        let Some(first) = word.bytes().next() else { return false };
        word.len() <= NULL_WORD_BYTES && self.0[usize::from(first)] >> word.len() & 1 == 1
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
    let cell = trimmed(cell);
    cell.is_empty() || (NULL_SHAPES.fit(cell) && NULL_WORDS.iter().any(|word| same_word(cell, word)))
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
