//! p-values, intervals and odds against exact counts and published examples.

use super::*;
use proptest::prelude::*;

fn close(value: f64, expected: f64) {
    assert!((value - expected).abs() <= 1e-10 * expected.abs().max(1e-300), "{value} is not {expected}");
}

/// Pascal's triangle in whole numbers.
fn choose(n: u64, k: u64) -> u128 {
    if k > n {
        return 0;
    }
    (0..k).fold(1u128, |ways, i| ways * u128::from(n - i) / u128::from(i + 1))
}

#[test]
fn attainable_p_of_thirty_rows_and_ten_positives() {
    let expected = [(3, 120, 4060), (4, 210, 27_405), (5, 252, 142_506), (6, 210, 593_775)];
    for (covered, ways, of) in expected {
        let margins = Margins { rows: 30, positives: 10, covered };
        close(margins.attainable(), f64::from(ways) / f64::from(of));
        assert_eq!(margins.at_least(covered), margins.attainable());
    }
    let p = |covered| Margins { rows: 30, positives: 10, covered }.attainable();
    let rounded = |p: f64| format!("{p:.2e}");
    assert_eq!(
        [3, 4, 5, 6, 7, 8].map(|covered| rounded(p(covered))),
        ["2.96e-2", "7.66e-3", "1.77e-3", "3.54e-4", "5.89e-5", "7.69e-6"]
    );
}

#[test]
fn factorials_above_the_table_are_those_of_the_table() {
    let exact = |n: u64| (2..=n).map(|factor| (factor as f64).ln()).sum::<f64>();
    for n in [0, 1, 2, 31, 32, 33, 34, 50, 170, 1000] {
        assert!((ln_factorial(n) - exact(n)).abs() <= 1e-12 * exact(n).max(1.0), "{n}");
    }
}

#[test]
fn two_sided_as_in_the_tea_tasting_and_r() {
    // Fisher's lady: 3 of 4 right, p = 17/70 one-sided, 34/70 two-sided.
    let tea = Margins { rows: 8, positives: 4, covered: 4 };
    close(tea.at_least(3), 17.0 / 70.0);
    close(tea.as_unlikely(3), 34.0 / 70.0);
    close(tea.as_unlikely(2), 1.0);
    // Convictions of twins (R, `fisher.test`): 10 of 13 against 2 of 17.
    let twins = Margins { rows: 30, positives: 12, covered: 13 };
    assert_eq!(format!("{:.7}", twins.as_unlikely(10)), "0.0005367");
}

#[test]
fn impossible_and_certain_counts() {
    let margins = Margins { rows: 10, positives: 8, covered: 5 };
    assert_eq!((margins.fewest(), margins.most()), (3, 5));
    assert_eq!([0, 3, 6].map(|a| margins.at_least(a)), [1.0, 1.0, 0.0]);
    assert_eq!([2, 6].map(|a| margins.as_unlikely(a)), [0.0, 0.0]);
    assert_eq!(margins.critical(1e-9), 6);
    assert_eq!(margins.power(6, 3.0), 0.0);
}

#[test]
fn many_rows_keep_their_digits() {
    // Against the normal approximation with continuity correction, which is good to some percent.
    let margins = Margins { rows: 2_000_000, positives: 600_000, covered: 40_000 };
    let p = margins.at_least(12_300);
    assert!((p / 4.9e-4 - 1.0).abs() < 0.1, "{p}");
    let below = 1.0 - margins.at_least(12_001);
    let above = margins.at_least(12_000);
    assert!(below > 0.49 && above > 0.49 && below + above < 1.02);
}

#[test]
fn intervals_of_shares_and_odds() {
    // Wilson, 15 of 50 (Newcombe 1998 uses the same formula): 0.1910 to 0.4375.
    let Interval { value, low, high } = share(15, 50);
    assert_eq!(format!("{value:.4} {low:.4} {high:.4}"), "0.3000 0.1910 0.4375");
    assert_eq!((share(0, 7).low, share(7, 7).high), (0.0, 1.0));
    // Newcombe 1998, table II (a) and (g), method 10.
    let ends = |a, m, b, n| difference(a, m, b, n);
    let Interval { value, low, high } = ends(56, 70, 48, 80);
    assert_eq!(format!("{value:.4} {low:.4} {high:.4}"), "0.2000 0.0524 0.3339");
    let Interval { low, high, .. } = ends(10, 10, 0, 10);
    assert_eq!(format!("{low:.4} {high:.4}"), "0.6075 1.0000");
    let ratio = odds_ratio([9, 1, 4, 16]);
    close(ratio.value, 9.5 * 16.5 / (1.5 * 4.5));
    assert!(ratio.low > 1.0 && ratio.high > ratio.value);
    assert!(odds_ratio([5, 0, 0, 5]).high.is_finite());
}

proptest! {
    #[test]
    fn tails_are_the_sums_of_whole_numbers(rows in 1u64..80, k in 0u64..80, s in 0u64..80, odds in 0.2f64..5.0) {
        let margins = Margins { rows, positives: k.min(rows), covered: s.min(rows) };
        let Margins { positives, covered, .. } = margins;
        let ways = |j: u64| choose(positives, j) * choose(rows - positives, covered - j);
        let all = choose(rows, covered);
        let possible = || margins.fewest()..=margins.most();
        let tail = Tail::new(margins);
        for a in possible() {
            let exact = possible().filter(|&j| j >= a).map(ways).sum::<u128>() as f64 / all as f64;
            prop_assert!((margins.at_least(a) / exact - 1.0).abs() < 1e-11);
            let kept = if exact > 0.5 { 1.0 } else { exact };
            prop_assert!((exact - 0.5).abs() < 1e-9 || (tail.p(a) / kept - 1.0).abs() < 1e-11);
            let unlikely = possible().filter(|&j| ways(j) <= ways(a)).map(ways).sum::<u128>() as f64 / all as f64;
            prop_assert!((margins.as_unlikely(a) / unlikely - 1.0).abs() < 1e-11);
            let weighed = |j: u64| ways(j) as f64 * odds.powi(j as i32);
            let power = possible().filter(|&j| j >= a).map(weighed).sum::<f64>() / possible().map(weighed).sum::<f64>();
            // Power is a share that is read to some digits: its own far tail is cut off.
            prop_assert!((margins.power(a, odds) - power).abs() < 1e-12);
            let critical = margins.critical(exact * 1.000_001);
            prop_assert!(critical <= a && margins.at_least(critical) <= exact * 1.000_001);
        }
    }
}

/// The interval of a ratio by what it means: the least and greatest `r` at which the interval of
/// `p − r · q`, put together from Wilson's ends of both shares, still holds nought.
#[test]
fn ratios_have_the_interval_of_their_meaning() {
    for (a, m, b, n) in
        [(3, 40, 30, 100), (60, 80, 500, 1_000), (0, 50, 9, 90), (50, 50, 1, 70), (7, 9, 9, 9)]
    {
        let (p, q) = (share(a, m), share(b, n));
        let lowest = |r: f64| p.value - r * q.value - (p.value - p.low).hypot(r * (q.high - q.value));
        let highest = |r: f64| p.value - r * q.value + (p.high - p.value).hypot(r * (q.value - q.low));
        let bisect = |end: &dyn Fn(f64) -> f64| {
            let (mut from, mut to) = (0.0, 1e6);
            for _ in 0..200 {
                let middle = (from + to) / 2.0;
                if end(middle) > 0.0 { from = middle } else { to = middle }
            }
            from
        };
        let found = ratio(a, m, b, n).unwrap();
        assert!((found.value - p.value / q.value).abs() < 1e-12);
        assert!((found.low - bisect(&lowest)).abs() < 1e-6, "{a}/{m} {b}/{n}: {found:?}");
        assert!((found.high - bisect(&highest)).abs() < 1e-6 * found.high, "{a}/{m} {b}/{n}: {found:?}");
    }
    assert_eq!(ratio(3, 40, 0, 100), None);
}
