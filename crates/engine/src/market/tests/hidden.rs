//! Hidden needs: against slow sums over customers, planted, and at the stated error rate.

use super::super::likes::{ByBand, all};
use super::super::{BANDS, Bought, GAP_INDEX_MAX, SEGMENT_MIN, WANTED_MIN, band, needs};
use model::criteria::Margins;
use model::random::Random;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A customer: segment, orders of the year, what was bought.
type Customer = (usize, u64, Vec<&'static str>);

fn gathered(segments: usize, customers: &[Customer]) -> Bought {
    let mut bought = Bought { customers: vec![[0; BANDS.len()]; segments], categories: BTreeMap::new() };
    for (segment, orders, categories) in customers {
        let Some(band) = band(*orders) else { continue };
        bought.customers[*segment][band] += 1;
        for category in categories {
            let none: Vec<ByBand> = vec![[0; BANDS.len()]; segments];
            bought.categories.entry((*category).to_owned()).or_insert(none)[*segment][band] += 1;
        }
    }
    bought
}

#[test]
fn bands_hold_their_ends() {
    let bands: Vec<Option<usize>> = [0, 1, 2, 10, 11, 12, 13, 50, 51, 900].map(band).to_vec();
    let expected =
        [None, Some(0), Some(1), Some(9), Some(10), Some(10), Some(11), Some(14), Some(15), Some(15)];
    assert_eq!(bands, expected);
}

/// Customers of three segments who buy each category in each order with a chance that is the same for
/// all; segments differ in how often they order.
fn random_base(random: &mut Random, size: usize) -> Vec<Customer> {
    const GOODS: [(&str, f64); 5] = [("tea", 0.5), ("mugs", 0.3), ("cake", 0.2), ("jam", 0.1), ("toys", 0.4)];
    let mut customers = Vec::new();
    for _ in 0..size {
        let segment = random.below(3);
        let orders = 1 + random.below(2 + 4 * segment) as u64;
        let mut bought = |chance: f64| (0..orders).any(|_| random.unit() < chance);
        let goods = GOODS.iter().filter(|(_, chance)| bought(*chance)).map(|(name, _)| *name).collect();
        customers.push((segment, orders, goods));
    }
    customers
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let mut random = Random::new(11);
    let mut customers = random_base(&mut random, 3_000);
    // Of the first segment only one in four of those who would buy toys does.
    let mut number = 0;
    for (segment, _, goods) in &mut customers {
        number += 1;
        if *segment == 0 && number % 4 != 0 {
            goods.retain(|name| *name != "toys");
        }
    }
    let found = needs(&gathered(3, &customers), &[0, 1, 2]);
    assert_eq!(found.looked_at, 15);
    let short: Vec<(usize, &str)> =
        found.found.iter().map(|need| (need.segment, &need.category[..])).collect();
    assert_eq!(short, [(0, "toys")]);
    let need = &found.found[0];
    assert!(need.p < 1e-9 && need.gap.high < -0.2 && need.index() < 40.0, "{need:?}");
    assert!((need.missing() - need.expected * 0.75).abs() < need.expected * 0.1, "{need:?}");
    // The same without the segment among those asked about: nothing.
    assert_eq!(needs(&gathered(3, &customers), &[1, 2]).found, []);
}

/// The family-wise error of a random base is to be at most 5 %: of 400 bases with nothing planted at most
/// 20 on average; more than 33 would be beyond three standard deviations.
#[test]
fn nothing_is_found_in_random_bases() {
    let mut random = Random::new(5);
    let wrong = (0..400)
        .filter(|_| {
            let customers = random_base(&mut random, 600);
            // Limits of size must not hide what chance does: every significant gap counts, and surplus too.
            let (all, _) = all(&gathered(3, &customers), &[0, 1, 2]);
            assert!(all.len() >= 10);
            all.iter().any(|need| need.p < 0.05)
        })
        .count();
    assert!(wrong <= 33, "{wrong} of 400");
}

/// Who buys less often is not blamed: the segment of rare buyers buys everything less, and has no need.
#[test]
fn those_who_order_less_are_not_blamed() {
    let mut customers: Vec<Customer> = Vec::new();
    for number in 0..1_200 {
        let rare = number % 2 == 0;
        let orders = if rare { 1 + number / 2 % 2 } else { 2 + number / 2 % 8 };
        let goods = if number % 10 < orders { vec!["tea"] } else { vec![] };
        customers.push((usize::from(rare), orders, goods));
    }
    let share = |segment: usize| {
        let own: Vec<_> = customers.iter().filter(|one| one.0 == segment).collect();
        own.iter().filter(|one| !one.2.is_empty()).count() as f64 / own.len() as f64
    };
    assert!(share(1) < share(0) * 0.5, "{} {}", share(1), share(0));
    let found = needs(&gathered(2, &customers), &[0, 1]);
    assert_eq!(found.found, []);
    // Only those with two orders have likes on the other side.
    assert_eq!(found.compared[1], 300);
}

proptest! {
    /// Expected buyers and the statistic of Cochran, Mantel and Haenszel, customer by customer.
    #[test]
    fn sums_are_those_of_a_slow_count(seed in 0..1_000_u64, size in 400..700_usize) {
        let mut random = Random::new(seed);
        let mut customers = random_base(&mut random, size);
        customers.iter_mut().filter(|one| one.0 == 1).for_each(|one| one.2.retain(|name| *name != "tea"));
        let found = needs(&gathered(3, &customers), &[0, 1, 2]);
        let slow = slow(&customers);
        let expected = slow.iter().filter(|one| one.4 < 0.05 && one.5 <= GAP_INDEX_MAX).count();
        prop_assert!(found.looked_at == slow.len());
        for need in &found.found {
            let own = slow.iter().find(|one| one.0 == need.segment && one.1 == need.category).unwrap();
            prop_assert_eq!(own.2, need.buyers);
            prop_assert!((own.3 - need.expected).abs() < 1e-9);
            prop_assert!((own.4 - need.p).abs() < 1e-9);
            prop_assert!((need.gap.value - (own.2 as f64 - own.3) / need.customers as f64).abs() < 1e-9);
        }
        prop_assert!(found.found.len() <= expected);
        prop_assert!(found.found.iter().any(|need| need.segment == 1 && need.category == "tea"));
    }
}

/// Segment, category, buyers, expected, adjusted chance, index, of every cell that is large enough.
fn slow(customers: &[Customer]) -> Vec<(usize, &'static str, u64, f64, f64, f64)> {
    let mut cells = Vec::new();
    for segment in 0..3 {
        for category in ["cake", "jam", "mugs", "tea", "toys"] {
            let buys = |one: &&Customer| one.2.contains(&category);
            let (mut of, mut buyers, mut wanted, mut apart, mut spread) = (0, 0, 0.0, 0.0, 0.0);
            for level in 0..BANDS.len() {
                let level: Vec<&Customer> =
                    customers.iter().filter(|one| band(one.1) == Some(level)).collect();
                let (own, others): (Vec<&Customer>, Vec<&Customer>) =
                    level.iter().partition(|one| one.0 == segment);
                if own.is_empty() || others.len() < 5 {
                    continue;
                }
                let bought = own.iter().copied().filter(buys).count() as u64;
                let likes = others.iter().copied().filter(buys).count();
                of += own.len() as u64;
                buyers += bought;
                wanted += own.len() as f64 * likes as f64 / others.len() as f64;
                // Mean and variance of the hypergeometric distribution, summed over what can be.
                let margins = Margins {
                    rows: level.len() as u64,
                    positives: bought + likes as u64,
                    covered: own.len() as u64,
                };
                let chance = |a: u64| margins.at_least(a) - margins.at_least(a + 1);
                let all = margins.fewest()..=margins.most();
                let mean: f64 = all.clone().map(|a| a as f64 * chance(a)).sum();
                apart += bought as f64 - mean;
                spread += all.map(|a| (a as f64 - mean).powi(2) * chance(a)).sum::<f64>();
            }
            if of < SEGMENT_MIN || wanted < WANTED_MIN {
                continue;
            }
            let p = model::comparison::normal(apart / spread.sqrt());
            cells.push((segment, category, buyers, wanted, p, buyers as f64 / wanted * 100.0));
        }
    }
    let adjusted = model::comparison::holm(&cells.iter().map(|cell| cell.4).collect::<Vec<_>>());
    cells.iter_mut().zip(adjusted).for_each(|(cell, p)| cell.4 = p);
    cells
}
