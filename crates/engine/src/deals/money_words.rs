//! Whether a deal was lost for want of money, by the words of its reason.
//!
//! This is narrower than a refusal over the price: "too expensive" says that somebody would not
//! pay, "no money" that they could not. A reason tells of want of money when it has a word that tells
//! it alone (*afford*, *budget*, *funds*, *financing*, *insolvent*), or a word for money beside one
//! for lack (*no*, *not enough*, *without*).

use crate::import::names::words;

/// Beginnings of words that tell of want of money alone.
const ALONE: &[&str] = &[
    "afford",
    "budget",
    "funds",
    "funding",
    "financing",
    "insolven",
    "bankrup",
    "bankrot",
    "unfunded",
    "broke",
    "бюджет",
    "финансирован",
    "банкрот",
    "неплатежеспособ",
    "безденеж",
    "pressupost",
    "presupuest",
    "financament",
    "financiacion",
    "insolvencia",
    "quiebra",
    "fallida",
    "budzet",
    "finansejum",
    "maksatnesp",
    "bankrots",
    "naudastrukum",
];
/// Beginnings of words for money.
const MONEY: &[&str] = &[
    "money",
    "cash",
    "capital",
    "credit",
    "loan",
    "finance",
    "finances",
    "pay",
    "means",
    "деньг",
    "денег",
    "деньги",
    "средств",
    "финанс",
    "кредит",
    "платить",
    "оплатить",
    "заплатить",
    "diners",
    "fons",
    "efectiu",
    "pagar",
    "credit",
    "dinero",
    "fondos",
    "efectivo",
    "credito",
    "naud",
    "lidzekl",
    "kredit",
    "samaksat",
    "finanse",
    "finansu",
];
/// Beginnings of words for lack.
const LACK: &[&str] = &[
    "no",
    "not",
    "without",
    "lack",
    "lacks",
    "lacking",
    "insufficient",
    "cannot",
    "cant",
    "cut",
    "short",
    "ran",
    "run",
    "unable",
    "declined",
    "refused",
    "denied",
    "ended",
    "don",
    "doesn",
    "couldn",
    "нет",
    "не",
    "без",
    "недостат",
    "недостаточно",
    "закончил",
    "кончил",
    "отказ",
    "нехват",
    "отсутств",
    "sense",
    "falta",
    "manca",
    "cap",
    "insuficient",
    "insuficients",
    "sin",
    "insuficiente",
    "insuficientes",
    "denegado",
    "denegat",
    "nav",
    "bez",
    "trukst",
    "truka",
    "nepietiek",
    "beigu",
    "nevar",
    "atteic",
];

/// Whether the reason of a loss, as it was typed, tells of want of money.
pub(super) fn want_of_money(reason: &str) -> bool {
    let said = words(&reason.to_lowercase());
    let has = |list: &[&str]| said.split(' ').any(|word| list.iter().any(|start| begins(word, start)));
    has(ALONE) || (has(MONEY) && has(LACK))
}

/// Short words are compared whole: `no` is no beginning of `notes`.
fn begins(word: &str, start: &str) -> bool {
    let start = words(start);
    if start.chars().count() < 4 { word == start } else { word.starts_with(&start) }
}

#[cfg(test)]
mod tests {
    use super::want_of_money;

    #[test]
    fn want_of_money_is_not_a_price_too_high() {
        for reason in [
            "No money",
            "no budget this year",
            "Budget",
            "could not afford it",
            "Lack of funds",
            "credit was refused",
            "Нет денег",
            "не хватило средств",
            "нет финансирования",
            "sense pressupost",
            "falta de diners",
            "sin dinero",
            "nav naudas",
            "nav budžeta",
            "trūkst līdzekļu",
        ] {
            assert!(want_of_money(reason), "{reason}");
        }
        for reason in [
            "Too expensive",
            "price",
            "Дорого",
            "высокая цена",
            "massa car",
            "pārāk dārgi",
            "no time",
            "not interested",
            "нет товара",
            "went to a competitor",
            "pays by card only",
            "notes: credit card",
            "broken promise",
            "",
        ] {
            assert!(!want_of_money(reason), "{reason}");
        }
    }
}
