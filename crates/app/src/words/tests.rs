//! Every message in every language, numbers, dates, plural categories.

use super::messages::sources;
use super::{Arg, Language, Words, dates, numbers, plurals};
use model::calendar::Day;
use model::money::Money;
use std::collections::{BTreeMap, BTreeSet};

/// The messages of a language: key, and the names of the gaps in it.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for text in sources(language) {
        let mut current = String::new();
        for line in text.lines() {
            let starts_message = line.starts_with(|letter: char| letter.is_ascii_alphabetic());
            if let Some((key, _)) = line.split_once(" = ").filter(|_| starts_message) {
                assert!(messages.insert(key.to_owned(), BTreeSet::new()).is_none(), "{key} stands twice");
                key.clone_into(&mut current);
            }
            for part in line.split('$').skip(1) {
                let name: String = part.chars().take_while(char::is_ascii_alphanumeric).collect();
                messages.get_mut(&current).expect("a gap is in a message").insert(name);
            }
        }
    }
    messages
}

#[test]
fn every_language_says_everything() {
    let english = messages(Language::En);
    assert!(english.len() > 200);
    for language in Language::ALL {
        let messages = messages(language);
        let keys = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&messages), keys(&english), "{language:?}");
        for (key, gaps) in &messages {
            assert!(gaps.is_subset(&english[key]), "{language:?} {key}: {gaps:?}");
        }
    }
}

#[test]
fn every_message_can_be_filled() {
    for language in Language::ALL {
        let words = Words::new(language);
        for (key, gaps) in messages(language) {
            for count in [0, 1, 2, 5, 11, 21, 1_000_000] {
                let args: Vec<(&str, Arg)> = gaps.iter().map(|gap| (gap.as_str(), count.into())).collect();
                let text = words.fill(&key, &args);
                assert!(!text.trim().is_empty(), "{language:?} {key}");
                assert!(!text.contains(['{', '}', '$', '⟦']), "{language:?} {key}: {text}");
            }
        }
    }
}

#[test]
fn a_missing_key_and_a_missing_gap_show() {
    let words = Words::new(Language::Lv);
    assert_eq!(words.say("no-such-key"), "⟦no-such-key⟧");
    assert!(words.say("customers").contains('⟦'));
}

#[test]
fn categories_are_those_of_the_language() {
    let categories = |language, numbers: &[u64]| -> Vec<&str> {
        numbers.iter().map(|&number| plurals::category(language, number)).collect()
    };
    let ru = categories(Language::Ru, &[0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 111, 112, 1_000_000]);
    assert_eq!(
        ru,
        ["many", "one", "few", "few", "many", "many", "many", "many", "one", "few", "many", "many", "many"]
    );
    let lv = categories(Language::Lv, &[0, 10, 11, 19, 100, 111, 1, 21, 101, 2, 5, 22]);
    assert_eq!(
        lv,
        ["zero", "zero", "zero", "zero", "zero", "zero", "one", "one", "one", "other", "other", "other"]
    );
    let ca = categories(Language::Ca, &[0, 1, 2, 21, 1_000, 1_000_000, 3_000_000, 1_000_001]);
    assert_eq!(ca, ["other", "one", "other", "other", "other", "many", "many", "other"]);
    let en = categories(Language::En, &[0, 1, 2, 21, 1_000_000]);
    assert_eq!(en, ["other", "one", "other", "other", "other"]);
}

#[test]
fn counts_take_the_right_form() {
    let customers = |language, counts: &[u64]| -> Vec<String> {
        let words = Words::new(language);
        counts.iter().map(|&count| words.count_of("customers", count)).collect()
    };
    assert_eq!(
        customers(Language::Ru, &[1, 2, 5, 21, 111, 1_234]),
        ["1 клиент", "2 клиента", "5 клиентов", "21 клиент", "111 клиентов", "1\u{a0}234 клиента"]
    );
    assert_eq!(
        customers(Language::Lv, &[0, 1, 2, 11, 21]),
        ["0 klientu", "1 klients", "2 klienti", "11 klientu", "21 klients"]
    );
    assert_eq!(
        customers(Language::Ca, &[1, 2, 1_000_000]),
        ["1 client", "2 clients", "1.000.000 de clients"]
    );
    assert_eq!(customers(Language::En, &[1, 21, 1_234]), ["1 customer", "21 customers", "1,234 customers"]);
}

#[test]
fn numbers_are_written_as_each_language_does() {
    let all = |write: &dyn Fn(Language) -> String| Language::ALL.map(write).to_vec();
    assert_eq!(
        all(&|language| numbers::decimal(language, 1_234.56, 2)),
        ["1,234.56", "1\u{a0}234,56", "1.234,56", "1\u{a0}234,56"]
    );
    assert_eq!(
        all(&|language| numbers::whole(language, -1_234_567)),
        ["−1,234,567", "−1\u{a0}234\u{a0}567", "−1.234.567", "−1\u{a0}234\u{a0}567"]
    );
    assert_eq!(
        all(&|language| numbers::percent(language, 0.1234)),
        ["12.3%", "12,3\u{a0}%", "12,3\u{a0}%", "12,3\u{a0}%"]
    );
    let en = [0.0, 0.0004, 0.001, 1.0, -0.05].map(|share| numbers::percent(Language::En, share));
    assert_eq!(en, ["0.0%", "<0.1%", "0.1%", "100.0%", "−5.0%"]);
    assert_eq!(numbers::decimal(Language::En, -0.001, 1), "0.0");
}

#[test]
fn money_has_its_sign_in_its_place() {
    let sum = Money(12_345_678);
    let all = |currency: &str| Language::ALL.map(|language| numbers::money(language, sum, currency)).to_vec();
    assert_eq!(all("GBP"), ["£1,234.57", "1\u{a0}234,57\u{a0}£", "1.234,57\u{a0}£", "1\u{a0}234,57\u{a0}£"]);
    assert_eq!(all("CHF")[0], "CHF\u{a0}1,234.57");
    assert_eq!(all("")[0], "1,234.57");
    assert_eq!(numbers::money(Language::En, Money(-5_000), "USD"), "−$0.50");
    let round = [995_000, 1_005_000, 120_000, -20_005_000].map(Money);
    assert_eq!(
        round.map(|sum| numbers::money_round(Language::En, sum, "USD")),
        ["$99.50", "$100", "$12", "−$2,000"]
    );
    let short = [0, 500, 1_500, 999_999, 1_500_000, -2_000_000_000].map(Money::units);
    assert_eq!(
        short.map(|sum| numbers::money_short(Language::En, sum, "EUR")),
        ["€0", "€500", "€1.5k", "€1M", "€1.5M", "−€2B"]
    );
    assert_eq!(numbers::money_short(Language::Ru, Money::units(1_500_000), "RUB"), "1,5\u{a0}млн\u{a0}₽");
    assert_eq!(numbers::money_short(Language::Ca, Money::units(250_000), "EUR"), "250.000\u{a0}€");
}

#[test]
fn dates_are_written_as_each_language_does() {
    let day = |text: &str| Day::from_date(text.parse().unwrap());
    let plain = |text: String| text.replace('\u{a0}', " ");
    let full = |text: &str| Language::ALL.map(|language| plain(dates::full(language, day(text)))).to_vec();
    assert_eq!(
        full("2011-12-09"),
        ["9 December 2011", "9 декабря 2011 г.", "9 de desembre de 2011", "2011. gada 9. decembris"]
    );
    assert_eq!(full("2024-04-01")[2], "1 d’abril de 2024");
    let month = |language| plain(dates::month(language, day("2011-11-30")));
    assert_eq!(
        Language::ALL.map(month),
        ["November 2011", "ноябрь 2011 г.", "novembre de 2011", "2011. gada novembris"]
    );
    let short = |language| plain(dates::month_short(language, day("2011-11-30")));
    assert_eq!(Language::ALL.map(short), ["Nov 2011", "нояб. 2011", "nov. 2011", "2011. g. nov."]);
}

#[test]
fn languages_are_known_by_code() {
    assert_eq!("ru_RU.UTF-8".parse(), Ok(Language::Ru));
    assert_eq!("CA".parse(), Ok(Language::Ca));
    assert!("de".parse::<Language>().is_err());
}

#[test]
fn the_market_is_told_in_every_language() {
    use engine::market::{Need, Spot};
    use model::criteria::Interval;
    let interval = Interval { value: 30.0, low: 20.0, high: 40.0 };
    let spot = Spot {
        values: vec![("city".to_owned(), "Rīga".to_owned()), ("gender".to_owned(), "f".to_owned())],
        places: vec![(0, 0), (1, 1)],
        customers: 90,
        customers_known: 900,
        people: 1_000,
        people_known: 3_000,
        expected: 300.4,
        index: interval,
        p: 0.001,
        rule: None,
    };
    let need = Need {
        segment: 0,
        category: "Tea".to_owned(),
        customers: 1_234,
        buyers: 12,
        expected: 40.2,
        gap: interval,
        p: 0.01,
    };
    for language in Language::ALL {
        let words = Words::new(language);
        let said = super::market::spot(&words, "census", &spot);
        for part in ["city: Rīga; gender: f", "census", "33", "90", "300", "210"] {
            assert!(said.contains(part), "{language:?}: {said}");
        }
        let said = super::market::need(&words, "rfm", "champions", &need);
        let numbers =
            [words.say("segment-rfm-champions"), words.count(1_234), "12".into(), "40".into(), "28".into()];
        assert!(numbers.iter().all(|part| said.contains(part.as_str())), "{language:?}: {said}");
        let typed = super::market::typed(&words, &BTreeSet::from(["Other", "Rival"])).unwrap();
        assert!(typed.contains("Other, Rival"), "{language:?}: {typed}");
        assert_eq!(super::market::typed(&words, &BTreeSet::new()), None);
    }
}
