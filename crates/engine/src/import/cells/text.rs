//! Characters that nobody sees and that still make two equal cells differ.

/// Whether a character is invisible formatting: Unicode category Cf (version 17), where the byte
/// order mark, zero-width spaces and direction marks belong.
pub fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    matches!(c,
        '\u{AD}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}'
        | '\u{890}'..='\u{891}' | '\u{8E2}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{110BD}' | '\u{110CD}'
        | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0001}' | '\u{E0020}'..='\u{E007F}')
}

/// The cell without white space (non-breaking too) and invisible characters at its ends.
pub fn trimmed(cell: &str) -> &str {
    let bytes = cell.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim_matches(is_blank),
    }
}

/// White space of any width, or an invisible character.
pub(super) fn is_blank(c: char) -> bool {
    c == ' ' || c.is_whitespace() || is_invisible(c)
}

/// Whether two texts are the same but for the case of their letters; `lower` is in lower case.
///
/// Words whose lower case has another length in bytes are never the same; no list here has such.
pub(super) fn same_word(text: &str, lower: &str) -> bool {
    if text.len() != lower.len() {
        return false;
    }
    if text == lower {
        return true;
    }
    if text.is_ascii() {
        return text.eq_ignore_ascii_case(lower);
    }
    text.chars().flat_map(char::to_lowercase).eq(lower.chars())
}

/// A minus sign in any of the characters that files have for it.
pub(super) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' | '\u{FF0D}')
}

/// An apostrophe, straight or typographic.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
}

/// Keeps the shortest and then first in order of all texts offered, whatever the order they come in.
pub(super) fn keep_least(kept: &mut Option<String>, text: &str) {
    let is_less = |known: &String| (text.len(), text) < (known.len(), known.as_str());
    if kept.as_ref().is_none_or(is_less) {
        *kept = Some(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_trimmed() {
        for (cell, want) in [
            (" a b ", "a b"),
            ("\u{FEFF}id", "id"),
            ("\u{A0}12\u{202F}", "12"),
            ("\u{200B}", ""),
            ("\t12.5\r", "12.5"),
            ("", ""),
            ("ключ\u{200E}", "ключ"),
        ] {
            assert_eq!(trimmed(cell), want, "{cell:?}");
        }
    }

    #[test]
    fn case_does_not_matter() {
        assert!(same_word("НЕТ", "нет") && same_word("Nav", "nav") && same_word("SÍ", "sí"));
        assert!(!same_word("net", "нет"));
    }
}
