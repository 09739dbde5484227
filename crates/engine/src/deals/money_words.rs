//! Whether a deal was lost for want of money, by the words of its reason.
//!
//! This is narrower than a refusal over the price: "too expensive" says that somebody would not
//! pay, "no money" that they could not. A reason tells of want of money when it has a word that tells
//! it alone (*afford*, *budget*, *funds*, *financing*, *insolvent*), or a word for money beside one
//! for lack (*no*, *not enough*, *without*), or says that somebody could not pay.

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
    "means",
    "деньг",
    "денег",
    "деньги",
    "средств",
    "финанс",
    "кредит",
    "diners",
    "fons",
    "efectiu",
    "credit",
    "dinero",
    "fondos",
    "efectivo",
    "credito",
    "naud",
    "lidzekl",
    "kredit",
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
    "nespej",
];

/// Beginnings of words for paying, which tell of it beside a word for not being able to.
const PAY: &[&str] = &["pay", "плат", "заплат", "оплат", "pagar", "samaksat", "maksat"];
/// Words for not being able to; "would not pay" is a price.
const UNABLE: &[&str] = &[
    "cannot",
    "cant",
    "can",
    "couldn",
    "unable",
    "могут",
    "может",
    "можем",
    "смог",
    "смогли",
    "puede",
    "pueden",
    "pot",
    "poden",
    "nevar",
    "nespej",
];

/// Whether the reason of a loss, as it was typed, tells of want of money.
pub(super) fn want_of_money(reason: &str) -> bool {
    let said = words(&reason.to_lowercase());
    let has = |list: &[&str]| said.split(' ').any(|word| list.iter().any(|start| begins(word, start)));
    let unable = has(UNABLE) && has(LACK);
    has(ALONE) || (has(MONEY) && has(LACK)) || (has(PAY) && unable)
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
            "can not pay",
            "cannot pay",
            "не могут заплатить",
            "nevar samaksāt",
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
            "would not pay so much",
            "не хотят платить",
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
