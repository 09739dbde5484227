//! Messages of one language, filled in.

use super::language::Language;
use super::{dates, numbers, plurals};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use model::calendar::Day;
use model::money::Money;
use unic_langid::LanguageIdentifier;

/// The message files of every language.
const SOURCES: [(Language, &[&str]); 4] = [
    (
        Language::En,
        &[
            include_str!("../../i18n/en/report.ftl"),
            include_str!("../../i18n/en/segments.ftl"),
            include_str!("../../i18n/en/methods.ftl"),
            include_str!("../../i18n/en/insights.ftl"),
            include_str!("../../i18n/en/checks.ftl"),
            include_str!("../../i18n/en/portraits.ftl"),
            include_str!("../../i18n/en/moves.ftl"),
            include_str!("../../i18n/en/chapters.ftl"),
            include_str!("../../i18n/en/market.ftl"),
            include_str!("../../i18n/en/cards.ftl"),
            include_str!("../../i18n/en/committee.ftl"),
            include_str!("../../i18n/en/targets.ftl"),
        ],
    ),
    (
        Language::Ru,
        &[
            include_str!("../../i18n/ru/report.ftl"),
            include_str!("../../i18n/ru/segments.ftl"),
            include_str!("../../i18n/ru/methods.ftl"),
            include_str!("../../i18n/ru/insights.ftl"),
            include_str!("../../i18n/ru/checks.ftl"),
            include_str!("../../i18n/ru/portraits.ftl"),
            include_str!("../../i18n/ru/moves.ftl"),
            include_str!("../../i18n/ru/chapters.ftl"),
            include_str!("../../i18n/ru/market.ftl"),
            include_str!("../../i18n/ru/cards.ftl"),
            include_str!("../../i18n/ru/committee.ftl"),
            include_str!("../../i18n/ru/targets.ftl"),
        ],
    ),
    (
        Language::Ca,
        &[
            include_str!("../../i18n/ca/report.ftl"),
            include_str!("../../i18n/ca/segments.ftl"),
            include_str!("../../i18n/ca/methods.ftl"),
            include_str!("../../i18n/ca/insights.ftl"),
            include_str!("../../i18n/ca/checks.ftl"),
            include_str!("../../i18n/ca/portraits.ftl"),
            include_str!("../../i18n/ca/moves.ftl"),
            include_str!("../../i18n/ca/chapters.ftl"),
            include_str!("../../i18n/ca/market.ftl"),
            include_str!("../../i18n/ca/cards.ftl"),
            include_str!("../../i18n/ca/committee.ftl"),
            include_str!("../../i18n/ca/targets.ftl"),
        ],
    ),
    (
        Language::Lv,
        &[
            include_str!("../../i18n/lv/report.ftl"),
            include_str!("../../i18n/lv/segments.ftl"),
            include_str!("../../i18n/lv/methods.ftl"),
            include_str!("../../i18n/lv/insights.ftl"),
            include_str!("../../i18n/lv/checks.ftl"),
            include_str!("../../i18n/lv/portraits.ftl"),
            include_str!("../../i18n/lv/moves.ftl"),
            include_str!("../../i18n/lv/chapters.ftl"),
            include_str!("../../i18n/lv/market.ftl"),
            include_str!("../../i18n/lv/cards.ftl"),
            include_str!("../../i18n/lv/committee.ftl"),
            include_str!("../../i18n/lv/targets.ftl"),
        ],
    ),
];

/// The text of a language's message files, one after another.
pub fn sources(language: Language) -> impl Iterator<Item = &'static str> {
    SOURCES.into_iter().filter(move |(of, _)| *of == language).flat_map(|(_, files)| files.iter().copied())
}

/// Something that goes into a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A whole number; the message may choose its form by `PLURAL`.
    Count(u64),
    /// Text as it is to stand: a name, a sum of money, a date.
    Text(String),
}

impl From<u64> for Arg {
    fn from(count: u64) -> Arg {
        Arg::Count(count)
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

/// One language: its messages, numbers and dates.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Reads the messages of a language. Mistakes in the files are found by tests, so what can be
    /// read is kept and the rest is left out.
    pub fn new(language: Language) -> Words {
        let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::En => |value: &FluentValue, _| grouped(Language::En, value),
            Language::Ru => |value: &FluentValue, _| grouped(Language::Ru, value),
            Language::Ca => |value: &FluentValue, _| grouped(Language::Ca, value),
            Language::Lv => |value: &FluentValue, _| grouped(Language::Lv, value),
        }));
        let plural = bundle.add_function("PLURAL", move |positional, _| match positional {
            [FluentValue::Number(number)] => plurals::category(language, number.value as u64).into(),
            _ => FluentValue::Error,
        });
        debug_assert!(plural.is_ok(), "a bundle has one `PLURAL`");
        for text in sources(language) {
            let resource =
                FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _mistakes)| readable);
            bundle.add_resource_overriding(resource);
        }
        Words { language, bundle }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is such a message.
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A message without gaps.
    pub fn say(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// A message with its gaps filled. A key that is missing is shown in `⟦…⟧`, which tests look for.
    pub fn fill(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Count(count) => filled.set(*name, *count as f64),
                Arg::Text(text) => filled.set(*name, text.clone()),
            }
        }
        let mut mistakes = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&filled), &mut mistakes);
        if mistakes.is_empty() { text.into_owned() } else { format!("⟦{key}: {text}⟧") }
    }

    /// A message about a count, which is `$count` in it.
    pub fn count_of(&self, key: &str, count: u64) -> String {
        self.fill(key, &[("count", count.into())])
    }

    pub fn count(&self, count: u64) -> String {
        numbers::count(self.language, count)
    }

    pub fn decimal(&self, number: f64, places: u32) -> String {
        numbers::decimal(self.language, number, places)
    }

    pub fn percent(&self, share: f64) -> String {
        numbers::percent(self.language, share)
    }

    pub fn percent_whole(&self, share: f64) -> String {
        numbers::percent_whole(self.language, share)
    }

    pub fn money(&self, sum: Money, currency: &str) -> String {
        numbers::money(self.language, sum, currency)
    }

    pub fn money_round(&self, sum: Money, currency: &str) -> String {
        numbers::money_round(self.language, sum, currency)
    }

    pub fn money_short(&self, sum: Money, currency: &str) -> String {
        numbers::money_short(self.language, sum, currency)
    }

    pub fn day(&self, day: Day) -> String {
        dates::full(self.language, day)
    }

    pub fn month(&self, day: Day) -> String {
        dates::month(self.language, day)
    }

    pub fn month_short(&self, day: Day) -> String {
        dates::month_short(self.language, day)
    }
}

/// Numbers inside messages are grouped as the language does.
fn grouped(language: Language, value: &FluentValue) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(numbers::whole(language, number.value as i64)),
        _ => None,
    }
}
