//! Words in dates: months and what may stand around them in English, Russian, Catalan, Spanish
//! and Latvian.

/// What a word in a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// 1 to 12.
    Month(u8),
    Am,
    Pm,
    /// The letter of `a.m.` and `p.m.`, which may also be a preposition.
    A,
    P,
    M,
    /// Universal time.
    Utc,
    /// Says nothing: `of`, `г.`, `de`, a day of the week.
    Filler,
}

/// Longest word in bytes.
const WORD_BYTES: usize = 24;

/// The meaning of a word in any case; `None` for words that do not belong to dates.
pub(super) fn word(text: &str) -> Option<Word> {
    // The letters of ISO 8601 are in most cells that come here.
    match text {
        "T" => return Some(Word::Filler),
        "Z" => return Some(Word::Utc),
        _ => {}
    }
    let mut lower = [0u8; WORD_BYTES];
    let mut length = 0;
    for c in text.chars().flat_map(char::to_lowercase) {
        let end = length + c.len_utf8();
        c.encode_utf8(lower.get_mut(length..end)?);
        length = end;
    }
    let lower = std::str::from_utf8(&lower[..length]).ok()?;
    month(lower).map(Word::Month).or_else(|| around(lower))
}

fn month(lower: &str) -> Option<u8> {
    Some(match lower {
        "jan" | "january" | "янв" | "январь" | "января" | "gen" | "gener" | "ene" | "enero" | "janv"
        | "janvāris" | "janvāra" | "janvārī" => 1,
        "feb" | "february" | "фев" | "февр" | "февраль" | "февраля" | "febr" | "febrer" | "febrero"
        | "februāris" | "februāra" | "februārī" => 2,
        "mar" | "march" | "мар" | "март" | "марта" | "març" | "marzo" | "marts" | "marta" | "martā" => {
            3
        }
        "apr" | "april" | "апр" | "апрель" | "апреля" | "abr" | "abril" | "aprīlis" | "aprīļa" | "aprīlī" => {
            4
        }
        "may" | "май" | "мая" | "maig" | "mai" | "mayo" | "maijs" | "maija" | "maijā" => 5,
        "jun" | "june" | "июн" | "июнь" | "июня" | "juny" | "junio" | "jūn" | "jūnijs" | "jūnija"
        | "jūnijā" => 6,
        "jul" | "july" | "июл" | "июль" | "июля" | "juliol" | "julio" | "jūl" | "jūlijs" | "jūlija"
        | "jūlijā" => 7,
        "aug" | "august" | "авг" | "август" | "августа" | "ag" | "agost" | "ago" | "agosto" | "augusts"
        | "augusta" | "augustā" => 8,
        "sep" | "sept" | "september" | "сен" | "сент" | "сентябрь" | "сентября" | "set" | "setembre"
        | "septiembre" | "setiembre" | "septembris" | "septembra" | "septembrī" => 9,
        "oct" | "october" | "окт" | "октябрь" | "октября" | "octubre" | "okt" | "oktobris" | "oktobra"
        | "oktobrī" => 10,
        "nov" | "november" | "ноя" | "нояб" | "ноябрь" | "ноября" | "novembre" | "noviembre"
        | "novembris" | "novembra" | "novembrī" => 11,
        "dec" | "december" | "дек" | "декабрь" | "декабря" | "des" | "desembre" | "dic" | "diciembre"
        | "decembris" | "decembra" | "decembrī" => 12,
        _ => return None,
    })
}

fn around(lower: &str) -> Option<Word> {
    Some(match lower {
        "am" => Word::Am,
        "pm" => Word::Pm,
        "a" => Word::A,
        "p" => Word::P,
        "m" => Word::M,
        "z" | "utc" | "gmt" => Word::Utc,
        // Between day, month and year.
        "of" | "the" | "st" | "nd" | "rd" | "th" | "de" | "del" | "d" | "г" | "год" | "года" | "g"
        | "gada" | "gads" => Word::Filler,
        // Between date and time, and behind the time.
        "t" | "at" | "в" | "les" | "las" | "plkst" | "h" | "hrs" | "ч" => Word::Filler,
        // Days of the week.
        "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun" | "monday"
        | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" => Word::Filler,
        "пн"
        | "вт"
        | "ср"
        | "чт"
        | "пт"
        | "сб"
        | "вс"
        | "понедельник"
        | "вторник"
        | "среда"
        | "четверг"
        | "пятница"
        | "суббота"
        | "воскресенье" => Word::Filler,
        "dl" | "dt" | "dc" | "dj" | "dv" | "ds" | "dg" | "dilluns" | "dimarts" | "dimecres" | "dijous"
        | "divendres" | "dissabte" | "diumenge" => Word::Filler,
        "lun" | "mié" | "jue" | "vie" | "sáb" | "dom" | "lunes" | "martes" | "miércoles" | "jueves"
        | "viernes" | "sábado" | "domingo" => Word::Filler,
        "pirmdiena" | "otrdiena" | "trešdiena" | "ceturtdiena" | "piektdiena" | "sestdiena" | "svētdiena" => {
            Word::Filler
        }
        _ => return None,
    })
}
