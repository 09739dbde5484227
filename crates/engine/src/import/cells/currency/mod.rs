//! Currencies by code, number, sign and name.

#[cfg(test)]
mod tests;

use super::text::{is_blank, same_word, trimmed};

/// ISO 4217 codes with their numbers, in alphabetical order: all in use, and those of the Baltic
/// states and Belarus that older files still hold.
#[rustfmt::skip]
const CODES: &[(&str, u16)] = &[
    ("AED", 784), ("AFN", 971), ("ALL", 8), ("AMD", 51), ("ANG", 532), ("AOA", 973), ("ARS", 32),
    ("AUD", 36), ("AWG", 533), ("AZN", 944), ("BAM", 977), ("BBD", 52), ("BDT", 50), ("BGN", 975),
    ("BHD", 48), ("BIF", 108), ("BMD", 60), ("BND", 96), ("BOB", 68), ("BRL", 986), ("BSD", 44),
    ("BTN", 64), ("BWP", 72), ("BYN", 933), ("BYR", 974), ("BZD", 84), ("CAD", 124), ("CDF", 976),
    ("CHF", 756), ("CLP", 152), ("CNY", 156), ("COP", 170), ("CRC", 188), ("CUC", 931), ("CUP", 192),
    ("CVE", 132), ("CZK", 203), ("DJF", 262), ("DKK", 208), ("DOP", 214), ("DZD", 12), ("EEK", 233),
    ("EGP", 818), ("ERN", 232), ("ETB", 230), ("EUR", 978), ("FJD", 242), ("FKP", 238), ("GBP", 826),
    ("GEL", 981), ("GHS", 936), ("GIP", 292), ("GMD", 270), ("GNF", 324), ("GTQ", 320), ("GYD", 328),
    ("HKD", 344), ("HNL", 340), ("HRK", 191), ("HTG", 332), ("HUF", 348), ("IDR", 360), ("ILS", 376),
    ("INR", 356), ("IQD", 368), ("IRR", 364), ("ISK", 352), ("JMD", 388), ("JOD", 400), ("JPY", 392),
    ("KES", 404), ("KGS", 417), ("KHR", 116), ("KMF", 174), ("KPW", 408), ("KRW", 410), ("KWD", 414),
    ("KYD", 136), ("KZT", 398), ("LAK", 418), ("LBP", 422), ("LKR", 144), ("LRD", 430), ("LSL", 426),
    ("LTL", 440), ("LVL", 428), ("LYD", 434), ("MAD", 504), ("MDL", 498), ("MGA", 969), ("MKD", 807),
    ("MMK", 104), ("MNT", 496), ("MOP", 446), ("MRU", 929), ("MUR", 480), ("MVR", 462), ("MWK", 454),
    ("MXN", 484), ("MYR", 458), ("MZN", 943), ("NAD", 516), ("NGN", 566), ("NIO", 558), ("NOK", 578),
    ("NPR", 524), ("NZD", 554), ("OMR", 512), ("PAB", 590), ("PEN", 604), ("PGK", 598), ("PHP", 608),
    ("PKR", 586), ("PLN", 985), ("PYG", 600), ("QAR", 634), ("RON", 946), ("RSD", 941), ("RUB", 643),
    ("RWF", 646), ("SAR", 682), ("SBD", 90), ("SCR", 690), ("SDG", 938), ("SEK", 752), ("SGD", 702),
    ("SHP", 654), ("SLE", 925), ("SLL", 694), ("SOS", 706), ("SRD", 968), ("SSP", 728), ("STN", 930),
    ("SVC", 222), ("SYP", 760), ("SZL", 748), ("THB", 764), ("TJS", 972), ("TMT", 934), ("TND", 788),
    ("TOP", 776), ("TRY", 949), ("TTD", 780), ("TWD", 901), ("TZS", 834), ("UAH", 980), ("UGX", 800),
    ("USD", 840), ("UYU", 858), ("UZS", 860), ("VED", 926), ("VES", 928), ("VND", 704), ("VUV", 548),
    ("WST", 882), ("XAF", 950), ("XCD", 951), ("XOF", 952), ("XPF", 953), ("YER", 886), ("ZAR", 710),
    ("ZMW", 967), ("ZWG", 924), ("ZWL", 932),
];

/// Signs. A bare dollar is the American one, a bare yen the Japanese one.
const SIGNS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("₽", "RUB"),
    ("$", "USD"),
    ("£", "GBP"),
    ("₴", "UAH"),
    ("₸", "KZT"),
    ("₺", "TRY"),
    ("₾", "GEL"),
    ("֏", "AMD"),
    ("₼", "AZN"),
    ("₹", "INR"),
    ("₪", "ILS"),
    ("₩", "KRW"),
    ("₫", "VND"),
    ("₮", "MNT"),
    ("฿", "THB"),
    ("¥", "JPY"),
    ("us$", "USD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("mx$", "MXN"),
    ("r$", "BRL"),
    ("zł", "PLN"),
    ("kč", "CZK"),
    ("ft", "HUF"),
    ("br", "BYN"),
    ("ls", "LVL"),
    ("lt", "LTL"),
];

/// Names in lower case without a full stop at the end, as systems in the languages of files
/// write them.
const NAMES: &[(&str, &str)] = &[
    ("руб", "RUB"),
    ("р", "RUB"),
    ("рубль", "RUB"),
    ("рубля", "RUB"),
    ("рублей", "RUB"),
    ("рубли", "RUB"),
    ("российский рубль", "RUB"),
    ("российских рублей", "RUB"),
    ("российские рубли", "RUB"),
    ("rur", "RUB"),
    ("rub", "RUB"),
    ("rubles", "RUB"),
    ("russian ruble", "RUB"),
    ("russian rouble", "RUB"),
    ("ruble rus", "RUB"),
    ("ruble ruso", "RUB"),
    ("rublo ruso", "RUB"),
    ("krievijas rublis", "RUB"),
    ("евро", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("eiro", "EUR"),
    ("доллар", "USD"),
    ("доллар сша", "USD"),
    ("доллары сша", "USD"),
    ("долларов сша", "USD"),
    ("долл", "USD"),
    ("долл. сша", "USD"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("us dollar", "USD"),
    ("dòlar", "USD"),
    ("dòlar dels eua", "USD"),
    ("dòlar nord-americà", "USD"),
    ("dólar", "USD"),
    ("dólar estadounidense", "USD"),
    ("dolārs", "USD"),
    ("asv dolārs", "USD"),
    ("гривна", "UAH"),
    ("гривны", "UAH"),
    ("гривен", "UAH"),
    ("гривня", "UAH"),
    ("грн", "UAH"),
    ("тенге", "KZT"),
    ("казахстанский тенге", "KZT"),
    ("тг", "KZT"),
    ("белорусский рубль", "BYN"),
    ("белорусских рублей", "BYN"),
    ("бел. руб", "BYN"),
    ("фунт стерлингов", "GBP"),
    ("фунт", "GBP"),
    ("pound sterling", "GBP"),
    ("lliura esterlina", "GBP"),
    ("libra esterlina", "GBP"),
    ("злотый", "PLN"),
    ("польский злотый", "PLN"),
    ("швейцарский франк", "CHF"),
    ("swiss franc", "CHF"),
    ("китайский юань", "CNY"),
    ("юань", "CNY"),
    ("японская иена", "JPY"),
    ("турецкая лира", "TRY"),
    ("узбекский сум", "UZS"),
    ("киргизский сом", "KGS"),
    ("армянский драм", "AMD"),
    ("азербайджанский манат", "AZN"),
    ("лари", "GEL"),
    ("грузинский лари", "GEL"),
    ("латвийский лат", "LVL"),
    ("lats", "LVL"),
    ("latvijas lats", "LVL"),
];

/// The number of the rouble before 1998, which Russian accounting still writes.
const OLD_ROUBLE: u16 = 810;

/// The ISO 4217 code of a currency written as a code in any case, a three-digit number, a sign
/// or a name: `eur`, `978`, `€`, `Евро`, `руб.`. `None` for anything else.
pub fn currency_code(text: &str) -> Option<&'static str> {
    let text = trimmed(text);
    let text = text.strip_suffix('.').unwrap_or(text).trim_end_matches(is_blank);
    if text.len() == 3 && text.is_ascii() {
        if let Some(code) = by_code(text) {
            return Some(code);
        }
        if let Some(code) = text.parse().ok().and_then(by_number) {
            return Some(code);
        }
    }
    let named = |(name, _): &&(&str, &'static str)| same_word(text, name);
    SIGNS.iter().chain(NAMES).find(named).map(|&(_, code)| code)
}

fn by_code(text: &str) -> Option<&'static str> {
    let upper: [u8; 3] = text.as_bytes().try_into().ok()?;
    let upper = upper.map(|byte| byte.to_ascii_uppercase());
    let at = CODES.binary_search_by(|(code, _)| code.as_bytes().cmp(&upper[..])).ok()?;
    Some(CODES[at].0)
}

fn by_number(number: u16) -> Option<&'static str> {
    if number == OLD_ROUBLE {
        return Some("RUB");
    }
    CODES.iter().find(|&&(_, known)| known == number).map(|&(code, _)| code)
}
