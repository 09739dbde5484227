//! Plural categories of whole numbers, by the rules of CLDR 48.
//!
//! The rules that come with Fluent's crate are those of CLDR 37, which does not know the Catalan
//! *many* (`1.000.000 de clients`), so messages select on `PLURAL($count)`, which is this.

use super::language::Language;

/// The CLDR name of the category that a whole number takes.
pub fn category(language: Language, number: u64) -> &'static str {
    let (last, last_two) = (number % 10, number % 100);
    match language {
        Language::En if number == 1 => "one",
        Language::Ru if last == 1 && last_two != 11 => "one",
        Language::Ru if (2..=4).contains(&last) && !(12..=14).contains(&last_two) => "few",
        Language::Ru => "many",
        Language::Ca if number == 1 => "one",
        Language::Ca if number != 0 && number.is_multiple_of(1_000_000) => "many",
        Language::Lv if last == 0 || (11..=19).contains(&last_two) => "zero",
        Language::Lv if last == 1 => "one",
        Language::En | Language::Ca | Language::Lv => "other",
    }
}
