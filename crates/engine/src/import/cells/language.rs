//! Languages that files come in.

use serde::{Deserialize, Serialize};

/// The language a file is written in; it settles what the values leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Russian.
    Ru,
    /// Catalan.
    Ca,
    /// Spanish.
    Es,
    /// Latvian.
    Lv,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 5] = [Language::En, Language::Ru, Language::Ca, Language::Es, Language::Lv];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Ru => "ru",
            Language::Ca => "ca",
            Language::Es => "es",
            Language::Lv => "lv",
        }
    }

    /// The language with this ISO 639-1 code.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Whether people who write this language always put the day before the month. English is
    /// written both ways, so it proves nothing.
    pub fn puts_day_first(self) -> bool {
        self != Language::En
    }
}
