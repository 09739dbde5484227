//! What segments are measured by, on planted bases.

use crate::features::Features;
use crate::profile::{Division, MEASURES, profile};
use crate::segmentations::find;
use crate::segmentations::run::{self, Asked};
use crate::segmentations::tests::table::{Table, day};
use crate::targets::*;
use model::calendar::AsOf;
use model::random::Random;

/// (name, customers, middle of the money, its spread on the logarithmic scale, city, share with a consent)
type Group = (&'static str, usize, f64, f64, &'static str, f64);

fn measured_of(groups: &[Group]) -> Vec<Measured> {
    let rule = |group: &Group| format!("[[rule]]\nname = \"{0}\"\nwhen = \"planted = '{0}'\"\n", group.0);
    measured_by(groups, &groups.iter().map(rule).collect::<String>())
}

fn measured_by(groups: &[Group], rules: &str) -> Vec<Measured> {
    let header = ["customer", "orders", "revenue", "revenue_365", "city", "planted", "consent_email"];
    let mut random = Random::new(11);
    let mut rows = Vec::new();
    for &(name, count, middle, spread, city, consent) in groups {
        for number in 0..count {
            let deviate = (0..12).map(|_| random.unit()).sum::<f64>() - 6.0;
            let money = format!("{:.2}", middle * (deviate * spread).exp());
            let given = if (number as f64) < consent * count as f64 { "yes" } else { "no" };
            let town = if random.below(10) == 0 { "Cesis" } else { city };
            let orders = (1 + number % 2).to_string();
            let id = format!("c{:05}", rows.len());
            rows.push([id, orders, money.clone(), money, town.into(), name.into(), given.into()].to_vec());
        }
    }
    let table = Table { header: header.map(str::to_owned).to_vec(), rows, order_amounts: Vec::new() };
    let asked = vec![Asked::new(find("rules").unwrap(), [("rules", rules)]).unwrap()];
    let mut question = run::question(&asked, AsOf(day("2026-11-22"))).unwrap();
    MEASURES.iter().for_each(|measure| question.need(measure.feature));
    ["orders_365", "costed_revenue", "margin"].iter().for_each(|name| question.need(name));
    ["city", "consent_email"].iter().for_each(|name| question.need_attribute(name));
    let features: Vec<Features> = (0..3).map(|bucket| table.bucket(&question, bucket, 3)).collect();
    let outcome = run::run(&asked, &question, &features, 2);
    let division = Division::new("rules", &asked, &features, &outcome).unwrap();
    let reach = Reach::Consent(vec!["consent_email"]);
    let (profile, potentials) = (profile(&division, 2), potentials(&division, None, &reach));
    let cut_by = division.cut_by(&question);
    let known = Known {
        division,
        profile: &profile,
        potentials: &potentials,
        reach: &reach,
        stabilities: None,
        predicted: &[],
        cut_by: &cut_by,
    };
    measured(&known, &Limits::default())
}

/// What each group does not meet.
fn failing(all: &[Measured]) -> Vec<String> {
    let of = |one: &Measured| {
        let fails: Vec<&str> =
            one.holds.iter().filter(|(_, holds)| !**holds).map(|(name, _)| *name).collect();
        format!("{}: {}", one.name, fails.join(" "))
    };
    all.iter().map(of).collect()
}

#[test]
fn each_planted_fault_knocks_out_and_nothing_else_does() {
    let all = measured_of(&[
        ("good", 300, 200.0, 0.4, "Riga", 0.5),
        ("rich", 300, 9_000.0, 0.4, "Jelgava", 0.5),
        ("wide", 300, 500.0, 3.0, "Liepaja", 0.5),
        ("tiny", 12, 20.0, 0.1, "Tukums", 0.5),
        ("mute", 300, 20.0, 0.4, "Ogre", 0.09),
        ("twin_a", 300, 1_000.0, 0.4, "Riga", 0.5),
        ("twin_b", 300, 1_000.0, 0.4, "Riga", 0.5),
    ]);
    let expected = [
        "good: ",
        "rich: ",
        "wide: homogeneous",
        "tiny: large_enough",
        "mute: reachable",
        "twin_a: distinct",
        "twin_b: distinct",
    ];
    assert_eq!(failing(&all), expected);
    // Of too few nothing can be shown; draws and strengths were not looked at.
    assert!(!all[3].holds.contains_key("distinct") && !all[0].holds.contains_key("stable"));
    let figures = &all[0].figures;
    assert_eq!((figures["size"], figures["reach"], figures["repeat"]), (300.0, 0.5, 0.5));
    assert!(!figures.contains_key("growth") && !figures.contains_key("margin"));
}

#[test]
fn who_lives_anywhere_cannot_be_told_by_where_they_live() {
    let told = |other: &'static str| {
        let groups = [("all", 300, 20.0, 0.2, "Riga", 0.5), ("all", 300, 9_000.0, 0.2, other, 0.5)];
        let by_money = "[[rule]]\nname = \"low\"\nwhen = \"revenue < 500\"\n\
                        [[rule]]\nname = \"high\"\nwhen = \"revenue > 500\"\n";
        measured_by(&groups, by_money).iter().map(|one| one.holds["identifiable"]).collect::<Vec<_>>()
    };
    assert_eq!(told("Riga"), [false, false]);
    assert_eq!(told("Ogre"), [true, true]);
}
