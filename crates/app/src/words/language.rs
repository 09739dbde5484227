//! The languages of pages and reports.

use std::str::FromStr;

/// A language that everything is said in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    #[default]
    En,
    Ru,
    Ca,
    Lv,
}

/// A language that is not among ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no language `{0}`; there are: en, ru, ca, lv")]
pub struct UnknownLanguage(pub String);

impl Language {
    pub const ALL: [Language; 4] = [Language::En, Language::Ru, Language::Ca, Language::Lv];

    /// ISO 639 code, as in the `lang` attribute and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Ru => "ru",
            Language::Ca => "ca",
            Language::Lv => "lv",
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a code; a region after it does not matter: `ru`, `ru-RU`, `ru_RU.UTF-8`.
    fn from_str(text: &str) -> Result<Language, UnknownLanguage> {
        let code = text.split(['-', '_', '.']).next().unwrap_or_default();
        let known = Language::ALL.into_iter().find(|language| code.eq_ignore_ascii_case(language.code()));
        known.ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}
