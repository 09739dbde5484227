//! What must be no condition: attributes that only the outcome makes known.

use crate::import::names::words;
use model::criteria::{Column, Margins};
use serde::Serialize;

/// Beginnings of words in the names of attributes that tell how a deal ended or what it took. A
/// name is compared word by word, in the languages of our users.
const OF_DEALS: &[&str] = &[
    "won",
    "lost",
    "loss",
    "lose",
    "win",
    "close",
    "closing",
    "outcome",
    "result",
    "status",
    "stage",
    "reason",
    "probability",
    "forecast",
    "margin",
    "profit",
    "cost",
    "discount",
    "effort",
    "hours",
    "paid",
    "payment",
    "invoice",
    "contract",
    "refus",
    "reject",
    "cancel",
    "duration",
    "выигр",
    "проигр",
    "закры",
    "заверш",
    "итог",
    "результат",
    "стади",
    "этап",
    "статус",
    "причин",
    "вероятност",
    "марж",
    "прибыл",
    "себестоимост",
    "скидк",
    "оплат",
    "оплач",
    "договор",
    "отказ",
    "guany",
    "perdu",
    "tanca",
    "resultat",
    "estat",
    "motiu",
    "probabilitat",
    "descompte",
    "pagat",
    "ganad",
    "perdid",
    "cerrad",
    "cierre",
    "resultado",
    "estado",
    "motivo",
    "probabilidad",
    "descuento",
    "uzvar",
    "zaud",
    "slegt",
    "rezultat",
    "statuss",
    "iemesl",
    "varbutib",
    "atlaid",
    "apmaks",
];
/// The same of customers: what exports of shops count for each of them.
const OF_CUSTOMERS: &[&str] = &[
    "orders",
    "purchases",
    "spent",
    "spend",
    "ltv",
    "clv",
    "lifetime",
    "aov",
    "rfm",
    "segment",
    "stage",
    "status",
    "last",
    "deal",
    "deals",
    "won",
    "paid",
    "repeat",
    "returning",
    "loyal",
    "заказ",
    "заказов",
    "покупок",
    "потрач",
    "последн",
    "сегмент",
    "статус",
    "стади",
    "сделк",
    "чек",
    "comandes",
    "compres",
    "gastat",
    "ultima",
    "darrera",
    "pedidos",
    "compras",
    "gastado",
    "pasutijum",
    "pirkum",
    "teret",
    "pedej",
    "dala",
];

/// An attribute that is no condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    pub attribute: String,
    pub why: Why,
}

/// Why an attribute is no condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Somebody asked for that.
    Asked,
    /// Its name says that it tells the outcome.
    Named,
    /// It is known of one side much more often than of the other: the outcome fills it in.
    FilledIn,
    /// It has too many different texts.
    TooManyTexts,
}

impl Why {
    /// The reason in a few words.
    pub fn said(self) -> &'static str {
        match self {
            Why::Asked => "left out as asked",
            Why::Named => "its name says that it tells the outcome",
            Why::FilledIn => "it is known of one side much more often: the outcome fills it in",
            Why::TooManyTexts => "it has too many different texts",
        }
    }
}

/// Whether the name of an attribute of a deal says that it tells the outcome.
pub fn tells_deal(name: &str) -> bool {
    tells(name, OF_DEALS)
}

/// Whether the name of an attribute of a customer says that it counts what the customer did.
pub fn tells_customer(name: &str) -> bool {
    tells(name, OF_CUSTOMERS)
}

/// Short words are compared whole: `win` is no beginning of `window`.
fn tells(name: &str, list: &[&str]) -> bool {
    let said = words(name);
    let begins = |word: &str, start: &str| {
        if start.chars().count() < 5 { word == start } else { word.starts_with(start) }
    };
    said.split([' ', '_']).any(|word| list.iter().any(|start| begins(word, &words(start))))
}

/// Difference of shares known from which an attribute may be one that the outcome fills in.
const KNOWN_DIFFERENCE_MIN: f64 = 0.25;
/// Chance below which such a difference is none.
const KNOWN_CHANCE_MAX: f64 = 0.01;

/// Whether an attribute is known of one side so much more often than of the other that the outcome
/// must have filled it in: by a quarter of the rows or more, and by more than chance gives.
pub fn filled_in(column: &Column, side: &[bool]) -> bool {
    let (mut known, mut all) = ([0_u64; 2], [0_u64; 2]);
    for (row, &side) in side.iter().enumerate() {
        all[usize::from(side)] += 1;
        known[usize::from(side)] += u64::from(column.values.is_known(row));
    }
    if all.contains(&0) {
        return false;
    }
    let share = |side: usize| known[side] as f64 / all[side] as f64;
    let more = usize::from(share(1) > share(0));
    let margins = Margins { rows: all[0] + all[1], positives: all[more], covered: known[0] + known[1] };
    (share(1) - share(0)).abs() >= KNOWN_DIFFERENCE_MIN && margins.at_least(known[more]) < KNOWN_CHANCE_MAX
}
