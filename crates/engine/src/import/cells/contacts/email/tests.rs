//! Addresses good and bad.

use super::*;
use proptest::prelude::*;

#[test]
fn addresses() {
    for (cell, typed, key) in [
        ("anna@example.com", "anna@example.com", "anna@example.com"),
        (" Anna.Berzina@Example.COM ", "Anna.Berzina@example.com", "anna.berzina@example.com"),
        ("a+tag@mail.example.lv", "a+tag@mail.example.lv", "a+tag@mail.example.lv"),
        ("\u{FEFF}x@y.ru\u{200B}", "x@y.ru", "x@y.ru"),
        ("mailto:x@y.ru", "x@y.ru", "x@y.ru"),
        ("Иван@Почта.РФ", "Иван@почта.рф", "иван@почта.рф"),
        ("o'neil_1@a-b.co", "o'neil_1@a-b.co", "o'neil_1@a-b.co"),
        ("x@xn--80a1acny.xn--p1ai", "x@xn--80a1acny.xn--p1ai", "x@xn--80a1acny.xn--p1ai"),
    ] {
        let want = Email { typed: typed.to_owned(), key: key.to_owned() };
        assert_eq!(email(cell), Ok(want), "{cell:?}");
    }
    for cell in [
        "",
        "anna",
        "anna.example.com",
        "@example.com",
        "anna@",
        "anna@localhost",
        "an na@example.com",
        "anna@exam ple.com",
        "anna@example..com",
        "anna@.com",
        "anna@example.com.",
        "anna@-a.com",
        "a@b@example.com",
        "a..b@example.com",
        ".a@example.com",
        "Anna <anna@example.com>",
        "a@b.com, c@d.com",
        "a@b.com;c@d.com",
        "a@1.2.3.4",
        "a@b.c",
        "an\u{200B}na@example.com",
        "a@b_c.com",
        "+79121234567",
    ] {
        assert_eq!(email(cell).unwrap_err().code, codes::EMAIL, "{cell:?}");
    }
}

#[test]
fn several_in_a_cell() {
    let typed = |cell| emails(cell).map(|all| all.into_iter().map(|one| one.typed).collect::<Vec<_>>());
    assert_eq!(typed("a@b.com, c@d.com;a@B.com").unwrap(), ["a@b.com", "c@d.com"]);
    assert_eq!(typed("a@b.com,").unwrap(), ["a@b.com"]);
    assert!(typed("a@b.com, c").is_err() && typed(" , ").is_err());
}

proptest! {
    #[test]
    fn nothing_panics(cell in "\\PC*|[a-zA-Zж@. ,<>-]{0,20}") {
        let _ = emails(&cell);
        if let Ok(found) = email(&cell) {
            prop_assert_eq!(email(&found.typed), Ok(found.clone()));
            prop_assert_eq!(email(&found.key).map(|again| again.key), Ok(found.key));
        }
    }
}
