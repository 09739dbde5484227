//! What refusals are about, by the words of their reason.

use crate::features::LOST_TOUCH;
use crate::import::names::words;
use crate::import::topics::List;

/// What a refusal may be about; the first stands for no refusal.
pub(super) const REASONS: [&str; 5] = ["none", "price", "assortment", "lost_touch", "other"];

/// The place in [`REASONS`] of a refusal for a reason as it was typed.
pub(super) fn reason(typed: Option<&str>) -> usize {
    let Some(typed) = typed else { return 4 };
    let said = words(&typed.to_lowercase());
    let tells = |list: List| said.split(' ').any(|word| list.words().iter().any(|start| begins(word, start)));
    match () {
        () if typed == LOST_TOUCH => 3,
        () if tells(List::RefusedForPrice) => 1,
        () if tells(List::RefusedForAssortment) => 2,
        () => 4,
    }
}

/// Short words are compared whole: `car` is dear in Catalan, and `cart` is not.
fn begins(word: &str, start: &str) -> bool {
    if start.chars().count() < 4 { word == start } else { word.starts_with(start) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_what_it_is_about() {
        for (typed, expected) in [
            ("Too expensive", "price"),
            ("Слишком дорого", "price"),
            ("Нет в наличии", "assortment"),
            ("out of stock", "assortment"),
            ("lost_touch", "lost_touch"),
            ("went on holiday", "other"),
            ("cart was empty", "other"),
            ("massa car", "price"),
            ("pārāk dārgi", "price"),
        ] {
            assert_eq!(REASONS[reason(Some(typed))], expected, "{typed}");
        }
        assert_eq!(REASONS[reason(None)], "other");
    }
}
