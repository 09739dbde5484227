//! What conversations are about, by word lists that are data, and other lists of words.

use super::names::words;
use super::phrases::{Phrase, Token, tokens};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

/// What customers do by speaking of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Says {
    Asks,
    Likes,
    Dislikes,
}

impl Says {
    pub fn name(self) -> &'static str {
        match self {
            Says::Asks => "asks",
            Says::Likes => "likes",
            Says::Dislikes => "dislikes",
        }
    }
}

/// A topic and the words it is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub name: String,
    pub says: Says,
    phrases: Vec<Phrase>,
}

/// Topics, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    list: Vec<Topic>,
    /// Topic and phrase by the whole first word.
    whole: HashMap<String, Vec<(usize, usize)>>,
    /// Topic and phrase by the beginning of the first word.
    beginnings: HashMap<String, Vec<(usize, usize)>>,
}

/// A file of topics that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TopicsError {
    #[error("`{path}` cannot be read: {error}")]
    Read { path: String, error: std::io::Error },
    #[error("the topics are not readable: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("topic `{0}` stands twice; give every topic a name of its own")]
    Twice(String),
    #[error("topic `{0}` has a comma in its name, which parts topics; leave it out")]
    Comma(String),
    #[error("topic `{0}` has no phrase with a word in it; list some, such as en = [\"price*\"]")]
    Empty(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    topic: Vec<ListedTopic>,
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct ListedTopic {
    name: String,
    #[serde(default = "asks")]
    says: Says,
    /// Phrases by language; any names of languages will do.
    #[serde(flatten)]
    phrases: BTreeMap<String, Vec<String>>,
}

fn asks() -> Says {
    Says::Asks
}

static LISTED: LazyLock<Listed> = LazyLock::new(|| {
    toml::from_str(include_str!("topics.toml")).expect("the shipped topics are tested to parse")
});

static SHIPPED: LazyLock<Arc<Topics>> =
    LazyLock::new(|| Arc::new(Topics::of(&LISTED.topic).expect("the shipped topics are tested to be sound")));

/// Between the names of topics where a text has several.
pub const BETWEEN: &str = ", ";

impl Topics {
    /// The topics that come with the program.
    pub fn shipped() -> Arc<Topics> {
        SHIPPED.clone()
    }

    /// The topics of a file.
    ///
    /// # Errors
    /// The file cannot be read, or its topics cannot be used.
    pub fn read(path: &std::path::Path) -> Result<Topics, TopicsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| TopicsError::Read { path: path.display().to_string(), error })?;
        Topics::from_toml(&text)
    }

    /// Topics out of the text of a file.
    ///
    /// # Errors
    /// The text is not of that form, or a topic cannot be used.
    pub fn from_toml(text: &str) -> Result<Topics, TopicsError> {
        let listed: Listed = toml::from_str(text)?;
        Topics::of(&listed.topic)
    }

    fn of(listed: &[ListedTopic]) -> Result<Topics, TopicsError> {
        let mut topics = Topics::default();
        for topic in listed {
            let name = topic.name.trim().to_owned();
            if topics.get(&name).is_some() {
                return Err(TopicsError::Twice(name));
            }
            if name.contains(',') {
                return Err(TopicsError::Comma(name));
            }
            let phrases: Vec<Phrase> =
                topic.phrases.values().flatten().filter_map(|text| Phrase::read(text)).collect();
            if phrases.is_empty() {
                return Err(TopicsError::Empty(name));
            }
            let own = topics.list.len();
            for (place, phrase) in phrases.iter().enumerate() {
                let first = &phrase.words()[0];
                let of = if first.is_beginning { &mut topics.beginnings } else { &mut topics.whole };
                of.entry(first.word.clone()).or_default().push((own, place));
            }
            topics.list.push(Topic { name, says: topic.says, phrases });
        }
        Ok(topics)
    }

    /// All topics, in the order of the list.
    pub fn all(&self) -> &[Topic] {
        &self.list
    }

    /// The topic of a name.
    pub fn get(&self, name: &str) -> Option<&Topic> {
        self.list.iter().find(|topic| topic.name == name)
    }

    /// The topics of a text: the one with the most words of its list first, of equals the one that
    /// is listed first.
    pub fn of_text(&self, text: &str) -> Vec<&str> {
        let tokens = tokens(text);
        let mut counts = vec![0_usize; self.list.len()];
        for at in 0..tokens.len() {
            self.phrases_at(&tokens, at, &mut |topic| counts[topic] += 1);
        }
        let mut found: Vec<usize> = (0..counts.len()).filter(|&topic| counts[topic] > 0).collect();
        found.sort_by_key(|&topic| (std::cmp::Reverse(counts[topic]), topic));
        found.into_iter().map(|topic| self.list[topic].name.as_str()).collect()
    }

    fn phrases_at(&self, tokens: &[Token], at: usize, found: &mut dyn FnMut(usize)) {
        let word = tokens[at].word.as_str();
        let mut stand = |known: Option<&Vec<(usize, usize)>>| {
            for &(topic, phrase) in known.into_iter().flatten() {
                if self.list[topic].phrases[phrase].stands_at(tokens, at) {
                    found(topic);
                }
            }
        };
        stand(self.whole.get(word));
        for end in word.char_indices().map(|(from, letter)| from + letter.len_utf8()) {
            stand(self.beginnings.get(&word[..end]));
        }
    }
}

/// A list of words that the engine looks for, by what finds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Results of calls that nobody answered.
    Unanswered,
    /// Reasons of refusals that speak of the price.
    RefusedForPrice,
    /// Reasons of refusals that speak of what there is to buy.
    RefusedForAssortment,
    /// Names of channels that are online.
    Online,
}

impl List {
    const ALL: [(List, &'static str); 4] = [
        (List::Unanswered, "unanswered"),
        (List::RefusedForPrice, "refused_for_price"),
        (List::RefusedForAssortment, "refused_for_assortment"),
        (List::Online, "online"),
    ];

    /// The words, folded; of [`List::Unanswered`] only in small letters.
    pub fn words(self) -> &'static [String] {
        static WORDS: LazyLock<[Vec<String>; 4]> = LazyLock::new(|| {
            List::ALL.map(|(list, name)| {
                let listed = LISTED.lists.get(name).map_or(&[][..], Vec::as_slice);
                let form = |word: &String| match list {
                    List::Unanswered => word.to_lowercase(),
                    _ => words(&word.to_lowercase()),
                };
                listed.iter().map(form).collect()
            })
        });
        &WORDS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_topics_and_lists_are_sound() {
        let topics = Topics::shipped();
        assert!(topics.all().len() >= 12);
        for listed in &LISTED.topic {
            for language in ["en", "ru", "ca", "es", "lv"] {
                let phrases = listed.phrases.get(language).unwrap_or_else(|| panic!("{}", listed.name));
                for phrase in phrases {
                    assert!(Phrase::read(phrase).is_some(), "{phrase}");
                    let said = phrase.replace('*', "");
                    assert!(topics.of_text(&said).contains(&listed.name.as_str()), "{phrase}");
                }
            }
        }
        for (place, (list, name)) in List::ALL.into_iter().enumerate() {
            assert_eq!(place, list as usize);
            assert!(list.words().len() > 5, "{name}");
        }
        assert_eq!(LISTED.lists.len(), List::ALL.len());
    }

    #[test]
    fn the_topic_with_most_words_comes_first() {
        let topics = Topics::shipped();
        assert_eq!(topics.of_text("How much is shipping? Any discount on the price?"), ["price", "delivery"]);
        assert_eq!(topics.of_text("Спасибо, всё отлично!"), ["praise"]);
        assert_eq!(topics.of_text("Слишком ДОРОГО"), ["price", "too_expensive"]);
        assert!(topics.of_text("hello").is_empty());
    }

    #[test]
    fn topics_of_ones_own() {
        let topics =
            Topics::from_toml("[[topic]]\nname='parrots'\nsays='likes'\nxx=['polly*', 'blue bird']").unwrap();
        assert_eq!(topics.of_text("A blue, bird"), ["parrots"]);
        assert_eq!(topics.get("parrots").unwrap().says, Says::Likes);
        for (text, said) in [
            ("[[topic]]\nname='a'\nen=['b']\n[[topic]]\nname='a'\nen=['c']", "twice"),
            ("[[topic]]\nname='a'\nen=['?!']", "no phrase"),
            ("[[topic]]\nname='a, b'\nen=['b']", "comma"),
            ("[[topics]]", "not readable"),
        ] {
            let error = Topics::from_toml(text).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
