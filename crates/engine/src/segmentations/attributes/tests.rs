//! Every limit of a cut by attributes, to the unit.

use super::super::run::{self, Asked};
use super::super::tests::table::{Shown, Table, day, show};
use super::super::{SettingError, find};
use model::calendar::AsOf;

const AS_OF: &str = "2026-11-22";

fn table(header: &str, rows: Vec<Vec<String>>) -> Table {
    let header = header.split(' ').map(str::to_owned).collect();
    Table { header, rows, order_amounts: Vec::new() }
}

fn ask(by: &str, more: &[(&str, &str)], table: &Table) -> Result<Shown, SettingError> {
    let given = [("by", by)].into_iter().chain(more.iter().copied());
    let given: Vec<(String, String)> =
        given.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    show("attributes", &given, AsOf(day(AS_OF)), table, 3, 1)
}

/// What customers with these values of one column are called, in their order.
fn named(by: &str, column: &str, values: &[&str]) -> Vec<String> {
    let rows =
        values.iter().enumerate().map(|(number, value)| vec![format!("c{number:04}"), (*value).to_owned()]);
    let shown = ask(by, &[("rare", "0")], &table(&format!("customer {column}"), rows.collect())).unwrap();
    shown.labels.into_values().map(|labels| labels[0].clone()).collect()
}

#[test]
fn a_range_begins_with_its_edge() {
    let found =
        named("income edges 18 25", "income", &["17.9999", "18", "24.9999", "25", "2 500,5", "-1", ""]);
    let expected =
        ["below 18", "18 to below 25", "18 to below 25", "25 or more", "25 or more", "below 18", "unknown"];
    assert_eq!(found, expected);
}

#[test]
fn a_quantile_ends_with_its_cut() {
    let found = named("income quantiles 2", "income", &["1", "2", "3", "4"]);
    assert_eq!(found, ["up to 2", "up to 2", "above 2", "above 2"]);
    // Equal values stay together, and a number without more is cut in three.
    assert_eq!(named("income quantiles 2", "income", &["1", "2", "2", "3"])[2], "up to 2");
    let thirds = named("orders", "orders", &["1", "2", "3", "4", "5", "6"]);
    assert_eq!(thirds[..3], ["up to 2", "up to 2", "above 2 up to 4"]);
    assert_eq!(thirds[3..], ["above 2 up to 4", "above 4", "above 4"]);
}

#[test]
fn how_many_groups_and_parts_there_can_be() {
    let works = |by: &str| ask(by, &[], &table("customer income", Vec::new())).is_ok();
    assert_eq!([1, 2, 20, 21].map(|n| works(&format!("income quantiles {n}"))), [false, true, true, false]);
    let edges = |count: usize| (1..=count).map(|edge| format!(" {edge}")).collect::<String>();
    // Nineteen edges part twenty groups.
    assert_eq!(
        [0, 1, 19, 20].map(|n| works(&format!("income edges{}", edges(n)))),
        [false, true, true, false]
    );
    assert!(works("income edges 1 2") && !works("income edges 1 1") && !works("income edges 2 1"));
    assert_eq!([6, 7].map(|n| works(&vec!["income"; n].join(" + "))), [true, false]);
}

#[test]
fn what_is_rare_is_so_of_the_whole_base() {
    // Of two hundred two are one percent, and those of whom nothing is known count.
    let cities = [("Riga", 97), ("Cēsis", 2), ("Ogre", 1), ("", 100)];
    let all = cities.iter().flat_map(|(city, count)| std::iter::repeat_n(*city, *count));
    let rows: Vec<Vec<String>> =
        all.enumerate().map(|(number, city)| vec![format!("c{number:03}"), city.to_owned()]).collect();
    let table = table("customer city", rows);
    let segments = |rare: &[(&str, &str)]| {
        let shown = ask("city", rare, &table).unwrap();
        let mut names: Vec<String> = shown.labels.into_values().map(|mut labels| labels.remove(0)).collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(segments(&[]), ["Cēsis", "Riga", "other", "unknown"]);
    assert_eq!(segments(&[("rare", "1.0001")]), ["Riga", "other", "unknown"]);
    assert_eq!(segments(&[("rare", "0.5")]), ["Cēsis", "Ogre", "Riga", "unknown"]);
    assert_eq!(segments(&[("rare", "100")]), ["other", "unknown"]);
    assert!(ask("city", &[("rare", "100.0001")], &table).is_err());
}

#[test]
fn segments_are_at_most_nine_hundred() {
    let rows = (0..902).map(|number| vec![format!("c{number:04}"), format!("city {number:04}")]);
    let shown = ask("city", &[("rare", "0")], &table("customer city", rows.collect())).unwrap();
    let others: Vec<&String> =
        shown.labels.iter().filter(|(_, labels)| labels[0] == "other").map(|(id, _)| id).collect();
    // Of equally frequent ones the last by name.
    assert_eq!(others, ["c0900", "c0901"]);
}

#[test]
fn years_are_whole_on_the_birthday() {
    let ages = |column: &str, values: &[&str]| {
        let edges = "age edges 1 35 36 37 130";
        named(edges, column, values)
    };
    let turned = ages("birthday", &["1990-11-22", "1990-11-23", "2026-11-22", "2026-11-23"]);
    assert_eq!(turned, ["36 to below 37", "35 to below 36", "below 1", "unknown"]);
    // Nobody is older than a hundred and thirty.
    assert_eq!(ages("birthday", &["1896-11-22", "1895-11-22"]), ["130 or more", "unknown"]);
    assert_eq!(
        ages("birth_year", &["1990", "1896", "1895", "soon"]),
        ["36 to below 37", "130 or more", "unknown", "unknown"]
    );
    // The day before the month where points part them; of two readings the later day.
    let typed = ages(
        "birthday",
        &["1990-11-12", "1990-12-11", "11.12.1990", "12.11.1990", "11/12/1990", "31/10/1990"],
    );
    let (older, younger) = ("36 to below 37", "35 to below 36");
    assert_eq!(typed, [older, younger, younger, older, younger, older]);
}

#[test]
fn how_often_is_told_to_the_half_day() {
    let gaps = ["", "3.5", "4", "10", "10.5", "45", "45.5", "135", "135.5", "270", "270.5"];
    let rows = gaps
        .iter()
        .enumerate()
        .map(|(number, gap)| vec![format!("c{number:02}"), "3".to_owned(), (*gap).to_owned()]);
    let never = vec!["z".to_owned(), "0".to_owned(), String::new()];
    let table = table("customer orders median_gap_days", rows.chain([never]).collect());
    let shown = ask("frequency", &[], &table).unwrap();
    let found: Vec<&str> = shown.labels.values().map(|labels| labels[0].as_str()).collect();
    let expected = [
        "once",
        "several times a week",
        "weekly",
        "weekly",
        "monthly",
        "monthly",
        "quarterly",
        "quarterly",
        "half-yearly",
        "half-yearly",
        "yearly",
        "unknown",
    ];
    assert_eq!(found, expected);
}

#[test]
fn thirds_of_what_is_online() {
    let shares = ["0", "0.2", "0.4", "0.6", "0.8", "1"];
    let thirds = named("web_savviness", "online_share", &shares);
    assert_eq!(thirds, ["low", "low", "middle", "middle", "high", "high"]);
    let halves = named("web_savviness quantiles 2", "online_share", &shares);
    assert_eq!(halves, ["low", "low", "low", "high", "high", "high"]);
}

/// An order of December may be for the New Year; forty years are looked back.
#[test]
fn holidays_are_those_of_forty_years_and_the_next() {
    let given = [("by", "occasion"), ("holidays", "party 01-01")];
    let asked = [Asked::new(find("attributes").unwrap(), given).unwrap()];
    let question = run::question(&asked, AsOf(day("2026-12-20"))).unwrap();
    let days = &question.holidays[0].days;
    assert_eq!((days.first(), days.last()), (Some(&day("1986-01-01")), Some(&day("2027-01-01"))));
}
