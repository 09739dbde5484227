//! What refusals are about, by the words of their reason.

use crate::features::LOST_TOUCH;
use crate::import::names::words;

/// What a refusal may be about; the first stands for no refusal.
pub(super) const REASONS: [&str; 5] = ["none", "price", "assortment", "lost_touch", "other"];

/// Beginnings of words that tell of the price, in the languages of our users.
const PRICE: &[&str] = &[
    "price",
    "pricing",
    "expensive",
    "cost",
    "budget",
    "money",
    "цена",
    "цены",
    "дорог",
    "бюджет",
    "денег",
    "стоимост",
    "preu",
    "car",
    "pressupost",
    "precio",
    "caro",
    "presupuesto",
    "cena",
    "dārg",
    "budžet",
];
/// Beginnings of words that tell of what there is to buy.
const ASSORTMENT: &[&str] = &[
    "assortment",
    "range",
    "stock",
    "product",
    "feature",
    "model",
    "size",
    "ассортимент",
    "наличи",
    "товар",
    "размер",
    "модел",
    "assortiment",
    "gamma",
    "estoc",
    "producte",
    "surtido",
    "existencias",
    "producto",
    "sortiment",
    "prece",
    "noliktav",
];

/// The place in [`REASONS`] of a refusal for a reason as it was typed.
pub(super) fn reason(typed: Option<&str>) -> usize {
    let Some(typed) = typed else { return 4 };
    let said = words(&typed.to_lowercase());
    let tells = |list: &[&str]| said.split(' ').any(|word| list.iter().any(|start| begins(word, start)));
    match () {
        () if typed == LOST_TOUCH => 3,
        () if tells(PRICE) => 1,
        () if tells(ASSORTMENT) => 2,
        () => 4,
    }
}

/// Short words are compared whole: `car` is dear in Catalan, and `cart` is not.
fn begins(word: &str, start: &str) -> bool {
    let start = &words(start);
    if start.chars().count() < 4 { word == start } else { word.starts_with(start.as_str()) }
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
