//! One language and one currency: how every section of a report says things.

use crate::words::{Arg, Language, Words};
use model::calendar::Day;
use model::money::Money;

/// What templates speak with.
pub(super) struct Voice<'a> {
    words: Words,
    currency: &'a str,
}

impl<'a> Voice<'a> {
    pub(super) fn new(language: Language, currency: &'a str) -> Voice<'a> {
        Voice { words: Words::new(language), currency }
    }

    pub(super) fn language(&self) -> Language {
        self.words.language()
    }

    /// The words themselves, for what is said elsewhere too.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    pub(super) fn currency(&self) -> &'a str {
        self.currency
    }

    pub(super) fn knows(&self, key: &str) -> bool {
        self.words.knows(key)
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    pub(super) fn fill(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.words.fill(key, args)
    }

    pub(super) fn count_of(&self, key: &str, count: u64) -> String {
        self.words.count_of(key, count)
    }

    pub(super) fn count(&self, count: u64) -> String {
        self.words.count(count)
    }

    pub(super) fn decimal(&self, number: f64, places: u32) -> String {
        self.words.decimal(number, places)
    }

    /// Days with a half shown only where there is one.
    pub(super) fn days(&self, days: f64) -> String {
        self.words.decimal(days, u32::from(days.fract().abs() >= 0.05))
    }

    pub(super) fn share(&self, share: f64) -> String {
        self.words.percent(share)
    }

    /// A share in a sentence: all is 100%, and what is not all does not look like it.
    pub(super) fn share_said(&self, share: f64) -> String {
        /// Shares from here on would be rounded to all.
        const NEARLY_ALL: f64 = 0.9995;
        match share {
            share if share >= 1.0 => self.words.percent_whole(1.0),
            share if share >= NEARLY_ALL => format!(">{}", self.words.percent(0.999)),
            share => self.words.percent(share),
        }
    }

    pub(super) fn share_whole(&self, share: f64) -> String {
        self.words.percent_whole(share)
    }

    pub(super) fn money(&self, sum: Money) -> String {
        self.words.money_round(sum, self.currency)
    }

    pub(super) fn money_exact(&self, sum: Money) -> String {
        self.words.money(sum, self.currency)
    }

    pub(super) fn money_short(&self, sum: Money) -> String {
        self.words.money_short(sum, self.currency)
    }

    pub(super) fn day(&self, day: Day) -> String {
        self.words.day(day)
    }

    pub(super) fn month(&self, day: Day) -> String {
        self.words.month(day)
    }

    pub(super) fn month_short(&self, day: Day) -> String {
        self.words.month_short(day)
    }

    /// The name of a segment; one that has no words yet is shown as it is.
    pub(super) fn segment(&self, of: &str, name: &str) -> String {
        self.segment_text(of, name, "").unwrap_or_else(|| name.to_owned())
    }

    /// What a segment means, or nothing.
    pub(super) fn meaning(&self, of: &str, name: &str) -> String {
        self.segment_text(of, name, "-meaning").unwrap_or_default()
    }

    /// What to do with a segment, or nothing.
    pub(super) fn action(&self, of: &str, name: &str) -> String {
        self.segment_text(of, name, "-action").unwrap_or_default()
    }

    fn segment_text(&self, of: &str, name: &str, what: &str) -> Option<String> {
        let key = format!("segment-{of}-{name}{what}");
        self.knows(&key).then(|| self.say(&key))
    }
}

/// A part of a whole, 0 where the whole is nothing.
pub(super) fn share(part: Money, whole: Money) -> f64 {
    if whole.0 > 0 { part.to_f64() / whole.to_f64() } else { 0.0 }
}

/// A part of a count, 0 where the whole is nothing.
pub(super) fn share_of(part: u64, whole: u64) -> f64 {
    if whole > 0 { part as f64 / whole as f64 } else { 0.0 }
}
