//! Currencies in the ways files write them.

use super::*;

#[test]
fn written_in_many_ways() {
    for (text, want) in [
        ("RUB", Some("RUB")),
        ("eur", Some("EUR")),
        ("643", Some("RUB")),
        ("810", Some("RUB")),
        ("978", Some("EUR")),
        ("036", Some("AUD")),
        ("RUR", Some("RUB")),
        ("руб", Some("RUB")),
        ("руб.", Some("RUB")),
        ("Руб .", Some("RUB")),
        ("р.", Some("RUB")),
        ("₽", Some("RUB")),
        ("Российский рубль", Some("RUB")),
        ("Евро", Some("EUR")),
        ("eiro", Some("EUR")),
        ("€", Some("EUR")),
        ("Доллар США", Some("USD")),
        ("$", Some("USD")),
        ("US$", Some("USD")),
        ("Гривна", Some("UAH")),
        ("тенге", Some("KZT")),
        ("Белорусский рубль", Some("BYN")),
        ("zł", Some("PLN")),
        (" \u{A0}LVL ", Some("LVL")),
        ("kr", None),
        ("шт", None),
        ("000", None),
        ("36", None),
        ("", None),
        ("XXX", None),
    ] {
        assert_eq!(currency_code(text), want, "{text:?}");
    }
}

#[test]
fn the_lists_hold_together() {
    assert!(CODES.is_sorted());
    for (name, code) in SIGNS.iter().chain(NAMES) {
        assert_eq!(name.to_lowercase(), **name);
        assert_eq!(by_code(code), Some(*code));
        assert_eq!(currency_code(&name.to_uppercase()), Some(*code), "{name}");
    }
    for (code, number) in CODES {
        assert_eq!(currency_code(&format!("{number:03}")), Some(*code));
    }
}
