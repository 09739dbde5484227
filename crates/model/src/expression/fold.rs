//! Texts compared as people compare them: capital and small letters are equal.

/// The small letters of a text.
pub(super) fn fold(text: &str) -> String {
    small(text).collect()
}

fn small(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

/// A text of a rule, ready to be looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Folded(String);

impl Folded {
    pub fn new(text: &str) -> Folded {
        Folded(fold(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is this one.
    pub fn is(&self, text: &str) -> bool {
        if self.0.is_ascii() && text.is_ascii() {
            return text.eq_ignore_ascii_case(&self.0);
        }
        small(text).eq(self.0.chars())
    }

    /// Whether a text has this one in it.
    pub fn is_in(&self, text: &str) -> bool {
        if self.0.is_ascii() && text.is_ascii() {
            let length = self.0.len();
            return length == 0
                || text.as_bytes().windows(length).any(|part| part.eq_ignore_ascii_case(self.0.as_bytes()));
        }
        fold(text).contains(&self.0)
    }

    pub fn begins(&self, text: &str) -> bool {
        let mut letters = small(text);
        self.0.chars().all(|letter| letters.next() == Some(letter))
    }

    pub fn ends(&self, text: &str) -> bool {
        fold(text).ends_with(&self.0)
    }
}
