//! Days and months as each language writes them.

use super::language::Language;
use model::calendar::Day;

/// Months inside a date; Russian in the genitive, Catalan without its preposition.
const MONTHS: [[&str; 12]; 4] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre",
        "novembre", "desembre",
    ],
    [
        "janvāris",
        "februāris",
        "marts",
        "aprīlis",
        "maijs",
        "jūnijs",
        "jūlijs",
        "augusts",
        "septembris",
        "oktobris",
        "novembris",
        "decembris",
    ],
];

/// Russian months that stand alone.
const MONTHS_ALONE_RU: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// Months in tables and on axes.
const MONTHS_SHORT: [[&str; 12]; 4] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек."],
    ["gen.", "febr.", "març", "abr.", "maig", "juny", "jul.", "ag.", "set.", "oct.", "nov.", "des."],
    ["janv.", "febr.", "marts", "apr.", "maijs", "jūn.", "jūl.", "aug.", "sept.", "okt.", "nov.", "dec."],
];

fn month_of<'a>(table: &'a [[&'a str; 12]; 4], language: Language, month: i8) -> &'a str {
    table[language as usize][usize::from(month.unsigned_abs()).clamp(1, 12) - 1]
}

/// `9 December 2011`, `9 декабря 2011 г.`, `9 de desembre de 2011`, `2011. gada 9. decembris`.
pub fn full(language: Language, day: Day) -> String {
    let date = day.date();
    let (year, number) = (date.year(), date.day());
    let month = month_of(&MONTHS, language, date.month());
    match language {
        Language::En => format!("{number}\u{a0}{month} {year}"),
        Language::Ru => format!("{number}\u{a0}{month} {year}\u{a0}г."),
        Language::Ca if month.starts_with(['a', 'o']) => format!("{number}\u{a0}d’{month} de {year}"),
        Language::Ca => format!("{number}\u{a0}de {month} de {year}"),
        Language::Lv => format!("{year}.\u{a0}gada {number}.\u{a0}{month}"),
    }
}

/// A month that stands alone: `December 2011`, `декабрь 2011 г.`, `2011. gada decembris`.
pub fn month(language: Language, day: Day) -> String {
    let date = day.date();
    let (year, month) = (date.year(), month_of(&MONTHS, language, date.month()));
    match language {
        Language::En => format!("{month} {year}"),
        Language::Ru => {
            let alone = MONTHS_ALONE_RU[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1];
            format!("{alone} {year}\u{a0}г.")
        }
        Language::Ca => format!("{month} de {year}"),
        Language::Lv => format!("{year}.\u{a0}gada {month}"),
    }
}

/// The month alone, short: `Dec`, `дек.`, `des.`, `dec.`.
pub fn month_name_short(language: Language, day: Day) -> &'static str {
    month_of(&MONTHS_SHORT, language, day.date().month())
}

/// A month for tables, on one line: `Dec 2011`, `дек. 2011`, `des. 2011`, `2011. g. dec.`.
pub fn month_short(language: Language, day: Day) -> String {
    let (year, month) = (day.date().year(), month_name_short(language, day));
    match language {
        Language::Lv => format!("{year}.\u{a0}g.\u{a0}{month}"),
        Language::En | Language::Ru | Language::Ca => format!("{month}\u{a0}{year}"),
    }
}
