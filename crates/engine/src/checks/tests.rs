//! Planted bases: what was planted is found, and nothing else.

use super::*;
use crate::features::{Features, Question};
use crate::profile::{Division, MEASURES, Profile, profile};
use crate::progress::Unwatched;
use crate::segmentations::run::{self, Asked};
use crate::segmentations::tests::table::{Table, day};
use crate::segmentations::{Outcome, find as segmentation};
use model::calendar::{AsOf, Day};
use model::money::Money;
use model::random::Random;
use std::collections::BTreeMap;

const HEADER: [&str; 8] =
    ["customer", "orders", "recency_days", "revenue", "revenue_365", "median_gap_days", "city", "planted"];

/// Customers of one planted group.
#[derive(Clone, Copy)]
struct Group {
    name: &'static str,
    count: usize,
    /// Middle of the orders, of the days since the last, and of the money.
    middles: (f64, f64, f64),
    /// One in so many lives in Riga, the others in Cēsis.
    riga: usize,
}

const fn group(name: &'static str, count: usize, middles: (f64, f64, f64), riga: usize) -> Group {
    Group { name, count, middles, riga }
}

const USUAL: (f64, f64, f64) = (4.0, 60.0, 200.0);

/// A base that was divided, and whatever judges it.
struct Planted {
    asked: Vec<Asked>,
    question: Question,
    features: Vec<Features>,
    outcome: Outcome,
}

impl Planted {
    fn new(groups: &[Group], rules: &str, seed: u64) -> Planted {
        let rules = Asked::new(segmentation("rules").unwrap(), [("rules", rules)]).unwrap();
        Planted::asked(groups, vec![rules], seed)
    }

    fn asked(groups: &[Group], asked: Vec<Asked>, seed: u64) -> Planted {
        let mut random = Random::new(seed);
        let mut rows = Vec::new();
        for group in groups {
            for _ in 0..group.count {
                let mut near = |middle: f64| {
                    let deviate = (0..12).map(|_| random.unit()).sum::<f64>() - 6.0;
                    middle * (deviate * 0.5).exp()
                };
                let (orders, days, money) =
                    (near(group.middles.0), near(group.middles.1), near(group.middles.2));
                let gap = near(30.0).round().to_string();
                let city = if random.below(group.riga) == 0 { "Riga" } else { "Cesis" };
                let money = format!("{money:.2}");
                rows.push(vec![
                    format!("c{:06}", rows.len()),
                    orders.round().max(1.0).to_string(),
                    days.round().to_string(),
                    money.clone(),
                    money,
                    gap,
                    city.to_owned(),
                    group.name.to_owned(),
                ]);
            }
        }
        let table = Table { header: HEADER.map(str::to_owned).to_vec(), rows, order_amounts: Vec::new() };
        let mut question = run::question(&asked, AsOf(day("2026-11-22"))).unwrap();
        MEASURES.iter().for_each(|measure| question.need(measure.feature));
        question.need_attribute("city");
        let features: Vec<Features> = (0..4).map(|bucket| table.bucket(&question, bucket, 4)).collect();
        let outcome = run::run(&asked, &question, &features, 2);
        Planted { asked, question, features, outcome }
    }

    fn findings(&self, limits: &Limits, before: Option<&Before>) -> Vec<Finding> {
        self.judged(limits, before, |judged| {
            let found = stabilities(judged, drawing(2));
            judge(&Judged { stabilities: found.as_ref(), ..*judged })
        })
    }

    fn judged<T>(&self, limits: &Limits, before: Option<&Before>, seen: impl FnOnce(&Judged<'_>) -> T) -> T {
        let name = self.asked[0].segmentation.about().name;
        let division = Division::new(name, &self.asked, &self.features, &self.outcome).unwrap();
        let profile: Profile = profile(&division, 2);
        seen(&Judged {
            division,
            asked: &self.asked,
            question: &self.question,
            outcome: &self.outcome,
            profile: &profile,
            limits,
            before,
            stabilities: None,
        })
    }
}

/// A rule for each planted name.
fn rules(names: &[&str]) -> String {
    let rule = |name: &&str| format!("[[rule]]\nname = \"{name}\"\nwhen = \"planted = '{name}'\"\n");
    names.iter().map(rule).collect()
}

fn limits(acted_on: &[&str]) -> Limits {
    let actions = acted_on.iter().map(|name| ((*name).to_owned(), "Write to them.".to_owned()));
    let today = Some(day("2026-11-22"));
    Limits { actions: actions.collect(), today, newest: today, contact_cost: None, market: None }
}

fn drawing(threads: usize) -> Drawing<'static> {
    Drawing { draws: 20, seed: 1, threads, watch: &Unwatched }
}

/// The findings in short: kind and segments.
fn short(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|one| format!("{} {}", one.kind, one.segments.join(" "))).collect()
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let groups = [
        group("one", 400, USUAL, 2),
        group("two", 400, USUAL, 2),
        group("rich", 300, (15.0, 10.0, 3000.0), 2),
        group("poor", 200, (1.0, 300.0, 4.0), 2),
        group("tiny", 20, (40.0, 2.0, 90_000.0), 2),
        group("small", 29, (2.0, 900.0, 30_000.0), 2),
    ];
    let names = ["one", "two", "rich", "poor", "tiny", "small"];
    let text = rules(&names)
        + "[[rule]]\nname = \"ghosts\"\nwhen = \"planted = 'one' and orders > 3\"\n"
        + "[[rule]]\nname = \"nobody\"\nwhen = \"planted = 'moon'\"\n";
    let planted = Planted::new(&groups, &text, 7);
    let acted_on = ["one", "two", "rich", "poor", "tiny"];
    let found = planted.findings(&limits(&acted_on), None);
    let expected = [
        "narrow-few tiny",
        "narrow-few small",
        "poor poor",
        "alike one two",
        "idle small",
        "dead-covered ghosts",
        "dead-nobody nobody",
    ];
    assert_eq!(short(&found), expected);
    assert_eq!(found[0].figure("customers"), Some(&Figure::Count(20)));
    assert_eq!(found[5].figure("earlier"), Some(&Figure::Name("one".to_owned())));
}

#[test]
fn a_sound_segmentation_has_no_findings() {
    let groups = [
        group("one", 400, USUAL, 2),
        group("rich", 300, (15.0, 10.0, 3000.0), 2),
        group("city", 300, USUAL, 20),
    ];
    let planted = Planted::new(&groups, &rules(&["one", "rich", "city"]), 3);
    let before = planted.judged(&Limits::default(), None, |judged| {
        let sizes = judged.division.segments().into_iter().map(|one| (one.name.to_owned(), one.customers));
        Before { as_of: Day(20_000), sizes: sizes.collect() }
    });
    assert_eq!(planted.findings(&limits(&["one", "rich", "city"]), Some(&before)), []);
}

#[test]
fn limits_hold_to_the_customer() {
    // 30 of 2 970 are one in 99; 29 are too few; 30 of 3 001 are less than one in a hundred.
    for (small, others, kind) in [
        (30, 2_970, None),
        (29, 2_000, Some("narrow-few")),
        (30, 2_971, Some("narrow-share")),
        (1, 50, Some("narrow-few")),
    ] {
        let groups = [group("small", small, (40.0, 2.0, 90_000.0), 2), group("others", others, USUAL, 2)];
        let planted = Planted::new(&groups, &rules(&["small", "others"]), 5);
        let found = planted.judged(&limits(&[]), None, |judged| judge_by(find("narrow").unwrap(), judged));
        assert_eq!(found.first().map(|one| one.kind), kind, "{small} of {others}");
    }
}

#[test]
fn reaching_must_pay() {
    let groups = [group("cheap", 100, (2.0, 50.0, 10.0), 2), group("good", 100, (5.0, 20.0, 500.0), 2)];
    let planted = Planted::new(&groups, &rules(&["cheap", "good"]), 9);
    let costly = Limits { contact_cost: Some(Money::units(60)), ..limits(&["cheap", "good"]) };
    let found = planted.findings(&costly, None);
    assert_eq!(short(&found), ["narrow-cost-revenue cheap"]);
    assert_eq!(found[0].figure("cost"), Some(&Figure::Money(60_000_000)));
}

#[test]
fn age_and_drift_are_found() {
    let groups = [group("one", 300, USUAL, 2), group("rich", 300, (15.0, 10.0, 3000.0), 2)];
    let planted = Planted::new(&groups, &rules(&["one", "rich"]), 2);
    let old = |days: i32| Limits { newest: Some(day("2026-11-22").plus(-days)), ..limits(&["one", "rich"]) };
    let cycle = planted.judged(&old(0), None, |judged| judged.cycle_days().unwrap());
    assert!(planted.findings(&old(cycle.floor() as i32), None).is_empty());
    assert_eq!(short(&planted.findings(&old(cycle.floor() as i32 + 1), None)), ["stale "]);
    let before = |one: u64, rich: u64, gone: u64| Before {
        as_of: Day(20_000),
        sizes: [("one", one), ("rich", rich), ("gone", gone)]
            .map(|(name, count)| (name.to_owned(), count))
            .into(),
    };
    let drifted = |before: &Before| short(&planted.findings(&old(0), Some(before)));
    // From three quarters to a half is an index of 0.275; from 0.73 one of 0.22.
    assert_eq!(drifted(&before(750, 250, 0)), ["drifted one"]);
    assert!(drifted(&before(730, 270, 0)).is_empty());
    assert_eq!(drifted(&before(300, 300, 600)), ["drifted gone"]);
}

#[test]
fn there_are_neither_too_many_nor_too_few() {
    let names: Vec<String> = (0..21).map(|number| format!("g{number:02}")).collect();
    let names: Vec<&'static str> = names.into_iter().map(|name| &*name.leak()).collect();
    let counted = |count: usize| {
        let groups: Vec<Group> = names[..count].iter().map(|name| group(name, 40, USUAL, 2)).collect();
        let planted = Planted::new(&groups, &rules(&names[..count]), 4);
        planted.judged(&limits(&[]), None, |judged| short(&judge_by(find("number").unwrap(), judged)))
    };
    assert_eq!(
        [counted(21), counted(20), counted(2), counted(1)].map(|found| found.join("")),
        ["number-many ", "", "", "number-few "]
    );
}

#[test]
fn the_same_customers_twice_are_found() {
    let groups = [group("one", 300, (1.0, 600.0, 20.0), 2), group("many", 300, (90.0, 4.0, 90_000.0), 2)];
    let rules = Asked::new(segmentation("rules").unwrap(), [("rules", rules(&["one", "many"]).as_str())]);
    let clusters = Asked::new(segmentation("clusters").unwrap(), [("k", "2")]).unwrap();
    let double = |groups: &[Group]| {
        let planted = Planted::asked(groups, vec![rules.clone().unwrap(), clusters.clone()], 8);
        planted.judged(&limits(&[]), None, |judged| judge_by(find("double").unwrap(), judged))
    };
    let found = double(&groups);
    assert_eq!(short(&found), ["double one", "double many"]);
    assert_eq!(found[0].figure("other"), Some(&Figure::Name("clusters".to_owned())));
    // Where clusters cut elsewhere, nothing is double.
    assert_eq!(double(&[group("one", 300, USUAL, 2), group("many", 300, USUAL, 2)]), []);
}

#[test]
fn two_random_halves_are_called_alike_and_two_kinds_are_not() {
    let (mut alike, mut different) = (0, 0);
    for seed in 0..60 {
        let called = |middles: (f64, f64, f64)| {
            let groups = [group("one", 250, USUAL, 2), group("two", 250, middles, 2)];
            let planted = Planted::new(&groups, &rules(&["one", "two"]), seed);
            planted.judged(&limits(&[]), None, |judged| judge_by(find("alike").unwrap(), judged).len())
        };
        alike += called(USUAL);
        // Half a deviation in one feature.
        different += called((4.0, 60.0, 257.0));
    }
    assert!(alike >= 56, "{alike} of 60 random halves are called alike");
    assert!(different <= 1, "{different} of 60 real differences are missed");
}

#[test]
fn clusters_of_noise_do_not_come_back() {
    let clusters = |k: &str| Asked::new(segmentation("clusters").unwrap(), [("k", k)]).unwrap();
    let noise = Planted::asked(&[group("all", 300, USUAL, 2)], vec![clusters("9")], 6);
    let kinds = [
        group("one", 200, (2.0, 200.0, 20.0), 2),
        group("two", 200, (60.0, 4.0, 300.0), 2),
        group("three", 200, (4.0, 30.0, 90_000.0), 2),
    ];
    let sound = Planted::asked(&kinds, vec![clusters("3")], 6);
    let unstable = |planted: &Planted| {
        planted.judged(&limits(&[]), None, |judged| {
            let found = stabilities(judged, drawing(2));
            short(&judge_by(find("unstable").unwrap(), &Judged { stabilities: found.as_ref(), ..*judged }))
        })
    };
    assert!(!unstable(&noise).is_empty());
    assert_eq!(unstable(&sound), [""; 0]);
}

#[test]
fn rules_are_stable_by_definition_and_terciles_nearly() {
    let groups = [group("one", 500, USUAL, 2)];
    let fixed = Planted::new(&groups, &rules(&["one"]), 1);
    let found = fixed.judged(&limits(&[]), None, |judged| stabilities(judged, drawing(2)).unwrap());
    assert!(found.fixed && found.of[0].mean == 1.0);
    let rfm = Planted::asked(&groups, vec![Asked::new(segmentation("rfm").unwrap(), []).unwrap()], 1);
    let found = rfm.judged(&limits(&[]), None, |judged| stabilities(judged, drawing(2)).unwrap());
    assert!(!found.fixed && found.of.iter().any(|mark| mark.mean > 0.75 && mark.mean < 1.0));
    // The same on any number of threads.
    let alone = rfm.judged(&limits(&[]), None, |judged| stabilities(judged, drawing(1)).unwrap());
    assert_eq!(found, alone);
}

#[test]
fn every_check_has_a_name_of_its_own() {
    let names: BTreeMap<&str, &str> = CHECKS.iter().map(|check| (check.name, check.finds)).collect();
    assert_eq!(names.len(), CHECKS.len());
}
