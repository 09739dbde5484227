//! Both sides: against slow counts over rows, planted, and at the stated error rate.

use super::super::*;
use crate::facts::populations::Population;
use crate::features::{Features, Question};
use crate::segmentations::tests::table::{Table, day};
use model::calendar::AsOf;
use model::money::SCALE;
use model::random::Random;
use proptest::prelude::*;

/// City, gender, age; empty: unknown.
type Row = [String; 3];
const NAMES: [&str; 3] = ["city", "gender", "age"];

fn bucket(rows: &[Row], buckets: usize) -> Vec<Features> {
    let mut question = Question::new(AsOf(day("2026-11-22")));
    NAMES.iter().for_each(|name| question.need_attribute(name));
    let header = ["customer", "city", "gender", "age"].map(str::to_owned).to_vec();
    let row = |(number, row): (usize, &Row)| {
        let mut cells = vec![format!("c{number:06}")];
        cells.extend(row.iter().cloned());
        cells
    };
    let table = Table { header, rows: rows.iter().enumerate().map(row).collect(), order_amounts: Vec::new() };
    (0..buckets).map(|bucket| table.bucket(&question, bucket, buckets)).collect()
}

/// People one by one.
fn people(rows: &[Row]) -> Population {
    let mut population = Population::default();
    for row in rows {
        let values = NAMES.iter().zip(row).filter(|(_, value)| !value.is_empty());
        let mut values: Vec<(String, String)> =
            values.map(|(name, value)| (name.to_uppercase(), value.clone())).collect();
        values.sort();
        if !values.is_empty() {
            *population.counts.entry(values).or_default() += SCALE;
        }
    }
    population
}

fn sides(here: &[Row], there: &Population, buckets: usize) -> Sides {
    let columns = columns_of(there, &NAMES.map(str::to_owned));
    Sides::new("market", there, &columns, &bucket(here, buckets), AsOf(day("2026-11-22")))
}

/// People with a city of some, a gender, and an age in bands (there) or years (here).
fn draw(random: &mut Random, count: usize, cities: usize, bands: bool) -> Vec<Row> {
    let one = |random: &mut Random| {
        // Squares make some cities common and some rare.
        let place = (random.unit() * random.unit() * cities as f64) as usize;
        let city = format!("City {place}");
        let gender = ["F", "m"][random.below(2)].to_owned();
        let years = 18 + random.below(60);
        let age = match (bands, years) {
            (false, _) => years.to_string(),
            (_, 18..=29) => "18-29".to_owned(),
            (_, 30..=49) => "30–49".to_owned(),
            _ => "50+".to_owned(),
        };
        [if random.below(10) == 0 { String::new() } else { city }, gender, age]
    };
    (0..count).map(|_| one(random)).collect()
}

fn shown(row: &Row) -> Row {
    let age = match row[2].parse::<u32>() {
        Ok(18..=29) => "18-29",
        Ok(30..=49) => "30–49",
        Ok(_) => "50+",
        Err(_) => &row[2],
    };
    [row[0].clone(), row[1].to_lowercase(), age.to_owned()]
}

/// Rows with a value of an attribute, and rows of which it is known.
fn count(rows: &[Row], wanted: &[(usize, &str)]) -> (u64, u64) {
    let known = rows.iter().map(shown).filter(|row| wanted.iter().all(|(place, _)| !row[*place].is_empty()));
    let known: Vec<Row> = known.collect();
    let has = |row: &&Row| wanted.iter().all(|(at, value)| row[*at].to_lowercase() == value.to_lowercase());
    (known.iter().filter(has).count() as u64, known.len() as u64)
}

fn place(attribute: &str) -> usize {
    NAMES.iter().position(|name| name.eq_ignore_ascii_case(attribute)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn counts_are_those_of_slow_counts(seed in 0..1_000_u64, n in 20..300_usize, m in 20..400_usize, buckets in 1..4_usize) {
        let mut random = Random::new(seed);
        let (here, there) = (draw(&mut random, n, 12, false), draw(&mut random, m, 12, true));
        let sides = sides(&here, &people(&there), buckets);
        let all = differences(&sides, None);
        prop_assert_eq!(all.len(), 3);
        for one in &all {
            for value in &one.values {
                let own = count(&here, &[(place(&one.attribute), &value.value)]);
                let other = count(&there, &[(place(&one.attribute), &value.value)]);
                prop_assert_eq!((value.customers, one.customers), own, "{:?}", value);
                prop_assert_eq!((value.people, one.people), other);
                if let Some(index) = value.index {
                    let slow = own.0 as f64 / own.1 as f64 / (other.0 as f64 / other.1 as f64) * 100.0;
                    prop_assert!((index.value - slow).abs() < 1e-9);
                    prop_assert!(index.low <= slow + 1e-9 && slow <= index.high + 1e-9);
                } else {
                    prop_assert_eq!(other.0, 0);
                }
            }
        }
        // A mask of all is no mask; half of the customers are half.
        let mask: Vec<Vec<bool>> = bucket(&here, buckets).iter().map(|own| vec![true; own.len()]).collect();
        prop_assert_eq!(&differences(&sides, Some(&mask)), &all);
        let spotting = Spotting { share_min: 0.0, expected_min: 0.0, index_max: f64::INFINITY };
        prop_assert_eq!(spots(&sides, spotting, Some(&mask)), spots(&sides, spotting, None));
        for spot in &spots(&sides, spotting, None).found {
            let wanted: Vec<(usize, &str)> =
                spot.values.iter().map(|(name, value)| (place(name), value.as_str())).collect();
            prop_assert_eq!((spot.customers, spot.customers_known), count(&here, &wanted));
            prop_assert_eq!((spot.people, spot.people_known), count(&there, &wanted));
            let share = spot.people as f64 / spot.people_known as f64;
            prop_assert!((spot.expected - share * spot.customers_known as f64).abs() < 1e-9);
        }
    }
}

#[test]
fn a_planted_white_spot_is_found_and_nothing_else() {
    let mut random = Random::new(3);
    let (mut here, there) = (draw(&mut random, 6_000, 6, false), draw(&mut random, 20_000, 6, true));
    // Four of five women of the commonest city below thirty are not ours.
    let young = |row: &Row| row[0] == "City 0" && row[1] == "F" && shown(row)[2] == "18-29";
    let mut number = 0;
    here.retain(|row| {
        number += usize::from(young(row));
        !young(row) || number % 5 == 0
    });
    // Two aspects are crossed: young women anywhere, women of that city, and the young of that city.
    let sides = sides(&here, &people(&there), 3);
    let found = spots(&sides, Spotting::default(), None);
    let names =
        |spot: &Spot| spot.values.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>().join(" ");
    let mut short: Vec<String> = found.found.iter().map(names).collect();
    short.sort();
    assert_eq!(short, ["18-29 City 0", "18-29 F"], "{:?}", found.found);
    assert!(found.found.iter().all(|spot| spot.p < 1e-6 && spot.missing() > 100.0));
    let rule = found.found.iter().find(|spot| names(spot) == "18-29 City 0").unwrap().rule.clone();
    assert_eq!(rule.unwrap(), "(age >= 18 and age < 30) and city = \"City 0\"");
}

/// The family-wise error is to be at most 5 %: of 400 random bases at most 20 on average, and 33 are three
/// standard deviations more. The population is a survey here: its own chance counts as well.
#[test]
fn nothing_is_found_in_random_bases() {
    let mut random = Random::new(17);
    let (mut differing, mut values, mut white, mut looked_at) = (0, 0, 0, 0);
    for _ in 0..400 {
        let (here, there) = (draw(&mut random, 700, 20, false), draw(&mut random, 900, 20, true));
        let sides = sides(&here, &people(&there), 1);
        let all = differences(&sides, None);
        differing += usize::from(all.iter().any(|one| one.p < 0.05));
        let sure = |value: &ValueDifference| value.p.is_some_and(|p| p < 0.05);
        values += usize::from(all.iter().any(|one| one.values.iter().any(sure)));
        let spotting = Spotting { expected_min: 15.0, index_max: 100.0, ..Spotting::default() };
        let found = spots(&sides, spotting, None);
        looked_at += found.looked_at;
        white += usize::from(!found.found.is_empty());
        assert!(apart(&sides, &all, None).criteria.iter().all(|one| one.v >= 0.1 && one.p < 0.05));
    }
    assert!(looked_at > 400 * 20, "{looked_at}");
    assert!(differing <= 33 && values <= 33 && white <= 33, "{differing} {values} {white}");
}

#[test]
fn the_final_criteria_are_a_rule() {
    let mut random = Random::new(8);
    let mut here = draw(&mut random, 2_000, 5, false);
    // Nearly all of ours are women, and few are above fifty.
    here.retain(|row| row[1] == "F" || random.below(10) == 0);
    here.retain(|row| shown(row)[2] != "50+" || random.below(4) == 0);
    let there = people(&draw(&mut random, 5_000, 5, true));
    let sides = sides(&here, &there, 2);
    let all = differences(&sides, None);
    let found = apart(&sides, &all, None);
    let short: Vec<(&str, &str)> =
        found.criteria.iter().map(|one| (&one.attribute[..], &one.rule[..])).collect();
    let young = "((age >= 18 and age < 30) or (age >= 30 and age < 50))";
    assert_eq!(short, [("GENDER", "gender = \"F\""), ("AGE", young)]);
    assert_eq!(found.rule.as_deref(), Some(&format!("gender = \"F\" and {young}")[..]));
    let women = here.iter().filter(|row| row[1] == "F" && shown(row)[2] != "50+").count() as u64;
    assert_eq!(found.customers, (women, here.len() as u64));
    let share = found.people.map(|(with, known)| with as f64 / known as f64).unwrap();
    assert!((0.2..0.4).contains(&share), "{share}");
}

#[test]
fn what_only_one_side_has_is_told() {
    let here: Vec<Row> =
        (0..40).map(|n| [["Riga", "Ogre"][n % 2].to_owned(), String::new(), String::new()]).collect();
    let mut there = people(&[]);
    there.counts.insert(vec![("City".to_owned(), "RIGA".to_owned())], 500 * SCALE);
    there.counts.insert(vec![("City".to_owned(), "Cēsis".to_owned())], 300 * SCALE);
    there.counts.insert(vec![("Income".to_owned(), "high".to_owned())], 30 * SCALE);
    let sides = sides(&here, &there, 2);
    let all = differences(&sides, None);
    let city = all.iter().find(|one| one.attribute == "City").unwrap();
    let names = |values: Vec<&ValueDifference>| values.iter().map(|v| v.value.clone()).collect::<Vec<_>>();
    assert_eq!(names(city.only_here().collect()), ["Ogre"]);
    assert_eq!(names(city.only_there().collect()), ["Cēsis"]);
    assert_eq!(city.values.iter().find(|value| value.value == "Ogre").unwrap().index, None);
    let income = all.iter().find(|one| one.attribute == "Income").unwrap();
    assert!(!income.is_known_here && income.customers == 0 && income.v == 0.0 && income.p == 1.0);
    assert_eq!(sides.find("CITY", " riga "), Some((0, 0)));
    assert_eq!(sides.find("city", "Tartu"), None);
}

/// A rule holds for the very customers who are counted, however their values are written.
#[test]
fn rules_ask_for_what_customers_have() {
    let ages = |values: &[&str]| -> Vec<Row> {
        let all = values.iter().cycle().take(60);
        all.map(|age| [String::new(), String::new(), (*age).to_owned()]).collect()
    };
    let mut there = Population::default();
    for (band, count) in [("18-24", 40), ("25-49", 20), ("50+", 40)] {
        there.counts.insert(vec![("age".to_owned(), band.to_owned())], count * SCALE);
    }
    let rule = |values: &[&str], groups: &[usize]| sides(&ages(values), &there, 1).aspects[0].rule(groups);
    assert_eq!(
        rule(&["20", "24", "51"], &[0, 2]).as_deref(),
        Some("((age >= 18 and age < 25) or age >= 50)")
    );
    // Bands as texts, one of them written in another way.
    assert_eq!(rule(&["18 to 24", "50+"], &[0]).as_deref(), Some("age = \"18 to 24\""));
    assert_eq!(
        rule(&["18-24", "22", "50+"], &[0, 2]).as_deref(),
        Some("age in (\"18-24\", \"22\", \"50+\")")
    );
    assert_eq!(rule(&["18 to 24", "50+"], &[1]), None);
}
