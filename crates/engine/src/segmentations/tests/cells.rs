//! The cells of RFM, their names and actions, and when cuts mean little.

use super::slow::{self, Customer};
use super::table::{day, show};
use crate::segmentations::rfm::{RfmMeasure, cells, cut_words};
use crate::segmentations::{Asked, Settings, find, run};
use model::calendar::AsOf;
use std::collections::BTreeSet;

fn settings(given: &[(&str, &str)]) -> Settings {
    let asked = Asked::new(find("rfm").unwrap(), given.iter().copied()).unwrap();
    run::question(std::slice::from_ref(&asked), AsOf(day("2026-11-22"))).unwrap();
    asked.settings
}

#[test]
fn cells_of_every_number_of_groups_have_codes_names_and_actions() {
    for groups in 2..=10usize {
        let cells = cells(&settings(&[("groups", &groups.to_string())]));
        let codes: BTreeSet<&str> = cells.iter().map(|cell| cell.code.as_str()).collect();
        assert_eq!(codes.len(), groups.pow(3), "codes are unambiguous");
        assert!(cells.iter().all(|cell| !cell.name.is_empty() && cell.action.ends_with('.')));
        let (first, last) = (cells.first().unwrap(), cells.last().unwrap());
        assert_eq!(last.name, "champions");
        assert_eq!(first.name, if groups == 5 { "lost" } else { "lost_one_offs" });
        assert_eq!(first.action, "Send one promo code, or let go.");
        assert!(last.action.starts_with("Keep this frequent buyer: offer the loyalty programme"));
    }
}

#[test]
fn own_actions_stand_for_cells_and_names() {
    let given = [("actions", "AAA=forget them; CC=call; champions=never used"), ("names", "BCC=sleeping")];
    let cells = cells(&settings(&given));
    let cell = |code: &str| cells.iter().find(|cell| cell.code == code).unwrap();
    assert_eq!(cell("AAA").action, "forget them");
    assert_eq!(cell("CCC").action, "call");
    assert_eq!(cell("CCA").action, "call");
    assert_eq!(cell("BCC").name, "sleeping");
    assert_eq!(
        cell("BCC").action,
        "Wake this frequent buyer: offer the loyalty programme or personal service."
    );
    assert_eq!(cell("BCA").action, "Wake this frequent buyer: send a promo code.");
}

#[test]
fn few_buyers_are_noted_until_there_are_a_hundred() {
    let notes = |count: i64| {
        let buyer = |n: i64| Customer {
            orders: n % 7 + 1,
            recency: Some(n),
            life: 200,
            revenue: n,
            ..Customer::default()
        };
        let customers: Vec<Customer> = (0..count).map(buyer).collect();
        let as_of = AsOf(day("2026-11-22"));
        let shown = show("rfm", &[], as_of, &slow::table(&customers, as_of.0), 4, 2).unwrap();
        shown.outcome.fits[0].notes.clone()
    };
    assert_eq!(
        notes(99),
        ["With 99 buyers the cuts mean little: from 100 buyers on, groups begin to be stable."]
    );
    assert_eq!(notes(100), Vec::<String>::new());
}

/// Words hold for everybody they speak of: limits are values that occur, and counts add up.
#[test]
fn words_add_up_to_the_base() {
    let buyer = |n: i64| Customer {
        orders: n * n % 9 + 1,
        recency: Some(n % 40),
        revenue: n * 7,
        ..Customer::default()
    };
    let customers: Vec<Customer> = (0..150).map(buyer).collect();
    let as_of = AsOf(day("2026-11-22"));
    let shown = show("rfm", &[], as_of, &slow::table(&customers, as_of.0), 3, 1).unwrap();
    let words = cut_words(&shown.outcome.fits[0], &settings(&[]));
    assert_eq!(words.len(), 9);
    for measure in RfmMeasure::ALL {
        let value = |one: &Customer| match measure {
            RfmMeasure::Recency => one.recency.unwrap(),
            RfmMeasure::Frequency => one.orders,
            RfmMeasure::Money => one.revenue,
        };
        let of_measure: Vec<_> = words.iter().filter(|words| words.measure == measure).collect();
        let letters: Vec<&str> = of_measure.iter().map(|words| words.letter.as_str()).collect();
        assert_eq!(letters, ["C", "B", "A"]);
        for words in of_measure {
            let within = |one: &&Customer| {
                words.at_least.is_none_or(|low| value(one) >= low)
                    && words.at_most.is_none_or(|high| value(one) <= high)
            };
            assert_eq!(customers.iter().filter(within).count() as u64, words.customers);
            for limit in [words.at_least, words.at_most].into_iter().flatten() {
                assert!(customers.iter().any(|one| value(one) == limit), "{limit} occurs");
            }
        }
    }
}

#[test]
#[should_panic(expected = "asked for twice")]
fn one_question_has_one_window() {
    let asked = |window| Asked::new(find("rfm").unwrap(), [("window", window)]).unwrap();
    let _ = run::question(&[asked("30d"), asked("365d")], AsOf(day("2026-11-22")));
}
