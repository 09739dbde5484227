//! Ratings and the plot against another way to work them out.

use crate::targets::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn segment(name: usize, figures: &[(&'static str, Option<f64>)], holds: bool) -> Measured {
    let known = figures.iter().filter_map(|&(name, figure)| Some((name, figure?)));
    Measured {
        name: format!("s{name}"),
        customers: 100,
        figures: known.collect(),
        holds: BTreeMap::from([("large_enough", holds)]),
    }
}

fn plan(text: &str) -> Plan {
    Plan::read(text).unwrap()
}

/// The rating of a figure, by sorting instead of counting.
fn slowly(scale: Scale, figure: f64, of: &[f64]) -> f64 {
    let mut sorted = of.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (Some(&low), Some(&high)) = (sorted.first(), sorted.last()) else { return 5.0 };
    if figure < low {
        return 0.0;
    }
    if figure > high {
        return 10.0;
    }
    if low == high {
        return 5.0;
    }
    if scale == Scale::Linear {
        return 10.0 * (figure - low) / (high - low);
    }
    let places: Vec<f64> =
        sorted.iter().enumerate().filter(|(_, one)| **one == figure).map(|(place, _)| place as f64).collect();
    if places.is_empty() {
        return 10.0 * sorted.iter().position(|&one| one > figure).unwrap() as f64 / sorted.len() as f64;
    }
    10.0 * (places.iter().sum::<f64>() / places.len() as f64) / (sorted.len() - 1) as f64
}

proptest! {
    #[test]
    fn the_plot_is_that_of_another_way(
        rows in prop::collection::vec(
            (prop::option::of(0..6_i32), prop::option::of(0..6_i32), any::<bool>()), 1..9),
        weight in 1..100_u32,
        by_rank in any::<bool>(),
    ) {
        let scale = if by_rank { "rank" } else { "linear" };
        let text = format!(
            "scale = \"{scale}\"\n[attractiveness]\nsize = {weight}\nltv = {}\n[competitiveness]\nrepeat = 100",
            100 - weight
        );
        let plan = plan(&text);
        let figure = |value: Option<i32>| value.map(f64::from);
        let each = rows.iter().enumerate().map(|(name, row)| {
            segment(name, &[("size", figure(row.0)), ("ltv", figure(row.1))], row.2)
        });
        let all: Vec<Measured> = each.collect();
        let found = evaluate(&plan, &all).unwrap();
        let out = |row: &(Option<i32>, Option<i32>, bool)| !row.2;
        let makers: Vec<_> = rows.iter().filter(|row| !out(row) || rows.iter().all(out)).collect();
        let scales = [
            makers.iter().filter_map(|row| figure(row.0)).collect::<Vec<_>>(),
            makers.iter().filter_map(|row| figure(row.1)).collect::<Vec<_>>(),
        ];
        let is_known = [rows.iter().any(|row| row.0.is_some()), rows.iter().any(|row| row.1.is_some())];
        prop_assert_eq!(found.segments.len(), rows.len());
        for one in &found.segments {
            let row = &rows[one.name[1..].parse::<usize>().unwrap()];
            let (mut sum, mut weights) = (0.0, 0.0);
            for (place, value) in [row.0, row.1].into_iter().enumerate() {
                let weight = f64::from(if place == 0 { weight } else { 100 - weight });
                if is_known[place] {
                    weights += weight;
                    sum += weight * figure(value).map_or(5.0, |value| slowly(plan.scale, value, &scales[place]));
                }
            }
            match one.attractiveness.value {
                Some(value) => prop_assert!((value - sum / weights).abs() < 1e-9, "{value} {}", sum / weights),
                None => prop_assert!(weights == 0.0),
            }
            prop_assert_eq!(one.competitiveness.value, None);
            prop_assert_eq!(one.knocked_out.is_empty(), row.2);
        }
        // Those that are left stand first, and the more attractive before the others.
        let places: Vec<_> = found
            .segments
            .iter()
            .map(|one| (!one.knocked_out.is_empty(), -one.attractiveness.value.unwrap_or(5.0)))
            .collect();
        prop_assert!(places.windows(2).all(|two| two[0] <= two[1]), "{places:?}");
    }
}

#[test]
fn what_people_say_counts_and_what_nobody_knows_does_not() {
    let text = "
        bubble = 'customers'
        [knock_out]
        without = ['large_enough']
        [attractiveness]
        size = 50
        margin = 30
        'brand fit' = 20
        [strengths]
        s0 = false
        s1 = true
        [ratings.s0]
        'brand fit' = 8
        [ratings.s1]
        'brand fit' = 2
        size = 9.5
    ";
    let all = [segment(0, &[("size", Some(10.0))], false), segment(1, &[("size", Some(20.0))], true)];
    let found = evaluate(&plan(text), &all).unwrap();
    assert_eq!(found.left_out, ["margin", "repeat", "alive", "priority"]);
    let [one, two] = &found.segments[..] else { panic!("{found:?}") };
    assert_eq!((one.name.as_str(), two.name.as_str()), ("s1", "s0"));
    assert_eq!((one.knocked_out.len(), &two.knocked_out[..]), (0, &["matches_strengths".to_owned()][..]));
    // 50 and 20 of 70: the scale is of s1 alone, s0 is below it.
    let value = |of: &Evaluated| of.attractiveness.value.unwrap();
    assert!((value(one) - (9.5 * 50.0 + 2.0 * 20.0) / 70.0).abs() < 1e-12);
    assert!((value(two) - (0.0 * 50.0 + 8.0 * 20.0) / 70.0).abs() < 1e-12);
    let size = &one.attractiveness.ratings[0];
    assert_eq!((size.figure, size.rating, size.origin), (Some(20.0), 9.5, Origin::Typed));
    assert_eq!((one.bubble, one.unknown.contains(&"reachable".to_owned())), (100.0, true));
    assert!(!one.unknown.contains(&"large_enough".to_owned()));
}

#[test]
fn what_cannot_be_meant_is_said() {
    let says = |text: &str, expected: &str| {
        let said = Plan::read(text).unwrap_err().to_string();
        assert!(said.contains(expected), "{expected} in {said}");
    };
    says("[attractiveness]\nsize = 60", "the weights of `attractiveness` add up to 60; share out 100");
    says("[competitiveness]\nrepeat = 120\nalive = -20", "the weight of `alive` is -20");
    says("[ratings.a]\nsize = 11", "the rating of `size` of `a` is 11; rate from 0 to 10");
    says("[ratings.a]\nsice = 1", "did you mean `size`");
    says("[knock_out]\nwithout = ['distict']", "did you mean `distinct`");
    says("attractivness = 1", "unknown field");
    says("scale = 'log'", "unknown variant");
    let all = [segment(0, &[], true), segment(1, &[], true)];
    let refused = |text: &str| evaluate(&plan(text), &all).unwrap_err().to_string();
    assert!(refused("[strengths]\ns3 = true").contains("no segment `s3` to judge; there are s0, s1"));
    let said = refused("[attractiveness]\nbrand = 100\n[ratings.s0]\nbrand = 3");
    assert!(said.contains("`brand` is not graded from data, and s1 lack a rating"), "{said}");
    assert!(refused("[attractiveness]\nsise = 100").contains("did you mean `size`"));
}

#[test]
fn usual_weights_are_a_plan() {
    assert_eq!(Plan::read("").unwrap(), Plan::default());
    let weights = |of: &BTreeMap<String, f64>| of.values().sum::<f64>();
    let usual = Plan::default();
    assert_eq!((weights(&usual.attractiveness), weights(&usual.competitiveness)), (100.0, 100.0));
    let known = |name: &String| CRITERIA.iter().any(|one| one.name == name);
    assert!(usual.attractiveness.keys().chain(usual.competitiveness.keys()).all(known));
    assert!(usual.weighs("ltv") && !usual.weighs("order_value"));
}
