//! Words of running text: how they are told apart and compared, and what is looked for among them.
//!
//! Letters are compared without case and without marks over and under them, as names of columns
//! are ([`fold`]). A word is a run of letters and digits.

use super::cells::text::is_invisible;
use super::names::{fold, is_combining_mark};
use std::ops::Range;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Folded.
    pub word: String,
    /// Where it stands in the text, bytes.
    pub place: Range<usize>,
}

/// The words of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let goes_on = letter.is_alphanumeric() || is_combining_mark(letter) || is_invisible(letter);
        match start {
            None if letter.is_alphanumeric() => start = Some(at),
            Some(from) if !goes_on => {
                let word = fold(&text[from..at]);
                if !word.is_empty() {
                    found.push(Token { word, place: from..at });
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Words that stand side by side; the beginnings of words where they end in `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase(Vec<Wanted>);

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub word: String,
    pub is_beginning: bool,
}

impl Wanted {
    fn is(&self, word: &str) -> bool {
        if self.is_beginning { word.starts_with(&self.word) } else { word == self.word }
    }
}

impl Phrase {
    /// Reads a phrase such as `too expensive` or `delay*`; `None` where it has no word.
    pub fn read(text: &str) -> Option<Phrase> {
        let words = tokens(text)
            .into_iter()
            .map(|token| Wanted { is_beginning: text[token.place.end..].starts_with('*'), word: token.word });
        let words: Vec<Wanted> = words.collect();
        (!words.is_empty()).then_some(Phrase(words))
    }

    pub(super) fn words(&self) -> &[Wanted] {
        &self.0
    }

    /// Whether the phrase stands at a word of a text.
    pub(super) fn stands_at(&self, tokens: &[Token], at: usize) -> bool {
        tokens
            .get(at..at + self.0.len())
            .is_some_and(|stretch| stretch.iter().zip(&self.0).all(|(token, wanted)| wanted.is(&token.word)))
    }

    /// Where the phrase stands in a text, as bytes.
    pub fn places<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = Range<usize>> + 'a {
        let standing = (0..tokens.len()).filter(|&at| self.stands_at(tokens, at));
        standing.map(|at| tokens[at].place.start..tokens[at + self.0.len() - 1].place.end)
    }
}

/// What texts are searched for: every phrase must be there, and none of the excluded ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    wanted: Vec<Phrase>,
    excluded: Vec<Phrase>,
}

/// A search that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    #[error("`{0}` has no words to look for; type some, such as `refund \"too expensive\" -joke`")]
    Empty(String),
    #[error("`{0}` has a quotation mark that is not closed; close it")]
    Open(String),
}

impl Query {
    /// Reads `refund "too expensive" deliver* -joke`.
    ///
    /// # Errors
    /// There is no word in it, or a quotation mark is left open.
    pub fn read(text: &str) -> Result<Query, QueryError> {
        let mut query = Query::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let excluded = rest.strip_prefix(['-', '−']);
            let part = excluded.unwrap_or(rest);
            let (phrase, left) = match part.strip_prefix(['"', '«', '“', '„']) {
                Some(quoted) => {
                    let end = quoted.find(['"', '»', '”', '“']);
                    let end = end.ok_or_else(|| QueryError::Open(text.to_owned()))?;
                    let after = quoted[end..].chars().next().map_or(0, char::len_utf8);
                    (&quoted[..end], &quoted[end + after..])
                }
                None => part.split_at(part.find(char::is_whitespace).unwrap_or(part.len())),
            };
            if let Some(phrase) = Phrase::read(phrase) {
                if excluded.is_some() { &mut query.excluded } else { &mut query.wanted }.push(phrase);
            }
            rest = left.trim_start();
        }
        if query.wanted.is_empty() && query.excluded.is_empty() {
            return Err(QueryError::Empty(text.to_owned()));
        }
        Ok(query)
    }

    /// Where a text has what is looked for, ascending and apart; `None` where it is not what is
    /// looked for. A search that only excludes has no places.
    pub fn found(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let tokens = tokens(text);
        if self.excluded.iter().any(|phrase| phrase.places(&tokens).next().is_some()) {
            return None;
        }
        let mut places: Vec<Range<usize>> = Vec::new();
        for phrase in &self.wanted {
            let before = places.len();
            places.extend(phrase.places(&tokens));
            if places.len() == before {
                return None;
            }
        }
        places.sort_by_key(|place| (place.start, place.end));
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
        for place in places {
            match apart.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        Some(apart)
    }
}

/// Marks of found words in a snippet.
pub const MARKS: [char; 2] = ['[', ']'];
/// Letters of a snippet.
const SNIPPET_LETTERS: usize = 160;
/// Letters of it before the first found word.
const BEFORE_LETTERS: usize = 40;

/// A stretch of a text on one line, around the first found word, with found words marked.
pub fn snippet(text: &str, places: &[Range<usize>]) -> String {
    let first = places.first().map_or(0, |place| place.start);
    let start = text[..first].char_indices().rev().take(BEFORE_LETTERS).last().map_or(first, |(at, _)| at);
    // Not from the middle of a word.
    let start = match text[start..first].find(char::is_whitespace) {
        Some(blank) if start > 0 => start + blank,
        _ => start,
    };
    let end = text[start..].char_indices().nth(SNIPPET_LETTERS).map_or(text.len(), |(at, _)| start + at);
    let mut marked = String::new();
    if !text[..start].trim().is_empty() {
        marked.push('…');
    }
    for (at, letter) in text[start..end].char_indices().map(|(at, letter)| (start + at, letter)) {
        if places.iter().any(|place| place.start == at) {
            marked.push(MARKS[0]);
        }
        marked.push(if letter.is_whitespace() { ' ' } else { letter });
        if places.iter().any(|place| place.end == at + letter.len_utf8()) {
            marked.push(MARKS[1]);
        }
    }
    if places.iter().any(|place| place.start < end && place.end > end) {
        marked.push(MARKS[1]);
    }
    let mut line = String::with_capacity(marked.len());
    for word in marked.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line != "…" {
            line.push(' ');
        }
        line.push_str(word);
    }
    if end < text.trim_end().len() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_phrases_and_what_must_not_be_there() {
        let text = "Доставка опоздала; it was TOO  expensive, però l'àvia n'està contenta";
        for (query, found) in [
            ("доставка", true),
            ("достав*", true),
            ("достав", false),
            ("\"too expensive\"", true),
            ("\"expensive too\"", false),
            ("expensive too", true),
            ("«too exp*»", true),
            ("avia contenta", true),
            ("avia -contenta", false),
            ("-refund", true),
            ("-\"too cheap\" -refund", true),
            ("l'àvia", true),
            ("àvia l", true),
        ] {
            assert_eq!(Query::read(query).unwrap().found(text).is_some(), found, "{query}");
        }
        assert_eq!(Query::read(" - ,"), Err(QueryError::Empty(" - ,".to_owned())));
        assert_eq!(Query::read("a \"b"), Err(QueryError::Open("a \"b".to_owned())));
    }

    #[test]
    fn snippets_show_what_was_found() {
        let text = format!("{}they were\nlate again{}", "word ".repeat(30), " word".repeat(60));
        let places = Query::read("late \"were late\"").unwrap().found(&text).unwrap();
        let shown = snippet(&text, &places);
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("they [were late] again"), "{shown}");
        assert_eq!(snippet("Bon  dia", &[]), "Bon dia");
        assert_eq!(snippet("дорого", &Query::read("дор*").unwrap().found("дорого").unwrap()), "[дорого]");
    }

    /// The same search, the slow way: every stretch of the words as they stand between blanks.
    fn naive(query: &[(bool, Vec<(String, bool)>)], text: &str) -> bool {
        let letters: String =
            fold(text).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
        let words: Vec<&str> = letters.split_whitespace().collect();
        query.iter().all(|(wanted, phrase)| {
            let stands = words.windows(phrase.len()).any(|stretch| {
                stretch.iter().zip(phrase).all(|(have, (word, beginning))| {
                    have == word || (*beginning && have.starts_with(word.as_str()))
                })
            });
            stands == *wanted
        })
    }

    fn typed_word((word, beginning): &(String, bool)) -> String {
        format!("{word}{}", if *beginning { "*" } else { "" })
    }

    proptest! {
        #[test]
        fn found_as_the_naive_search_finds(
            text in "([aàbÀB1жЖ] ?[., ]?){0,24}",
            query in prop::collection::vec(
                (any::<bool>(), prop::collection::vec(("[abж1]{1,2}", any::<bool>()), 1..3)), 1..4),
        ) {
            let typed: Vec<String> = query.iter().map(|(wanted, phrase)| {
                let words = phrase.iter().map(typed_word).collect::<Vec<String>>().join(" ");
                format!("{}\"{words}\"", if *wanted { "" } else { "-" })
            }).collect();
            let read = Query::read(&typed.join(" ")).unwrap();
            prop_assert_eq!(read.found(&text).is_some(), naive(&query, &text), "{:?}", typed);
            if let Some(places) = read.found(&text) {
                let shown = snippet(&text, &places);
                prop_assert_eq!(shown.matches('[').count(), places.len());
            }
        }
    }
}
