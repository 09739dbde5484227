//! RFM, ABC–XYZ, LTV, purchase stage and volume, slowly.

use super::customer::{Customer, median_twice};
use super::read::ONE;

/// What a customer is called.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    pub rfm: String,
    pub rfm_name: String,
    pub abc_xyz: String,
    pub ltv: Option<i128>,
    pub ltv_tier: String,
    pub ltv_provisional: Option<bool>,
    pub stage: String,
    pub asleep: Option<bool>,
    /// Days of silence that still are none, four times (medians of medians have quarters).
    pub asleep_after_four: Option<i128>,
    pub volume: String,
}

/// Labels of every customer, in the order given.
pub fn labels(customers: &[Customer], as_of: i64) -> Vec<Labels> {
    let buyers: Vec<&Customer> = customers.iter().filter(|one| one.orders > 0).collect();
    let cuts = Cuts::of(&buyers, as_of);
    let base_cycle_four = base_cycle_four(&buyers);
    let sleeps = |one: &Customer| {
        let after = cycle_four(one, base_cycle_four)?;
        Some(i128::from(as_of - one.last?) * 4 > after)
    };
    let lives: Vec<i64> = buyers
        .iter()
        .filter(|one| one.orders >= 2 && sleeps(one) == Some(true))
        .filter_map(|one| Some(one.last? - one.first?))
        .collect();
    let lifetime =
        Lifetime { days: lives.iter().map(|&days| i128::from(days)).sum(), n: lives.len() as i128 };
    let values: Vec<i128> = buyers.iter().map(|one| lifetime.value(one, as_of)).collect();
    let rank = |percent: usize| {
        let mut descending = values.clone();
        descending.sort();
        descending.reverse();
        descending[(values.len() * percent).div_ceil(100) - 1]
    };
    let (vip, standard) = (rank(10), rank(50));
    let sums: Vec<i128> = buyers.iter().map(|one| one.months_sum()).collect();
    let label = |one: &Customer| {
        if one.orders == 0 {
            return nobody();
        }
        let (rfm, rfm_name) = cuts.cell(one, as_of);
        let value = lifetime.value(one, as_of);
        let tier = match value {
            value if value <= 0 => "economy",
            value if value >= vip => "vip",
            value if value >= standard => "standard",
            _ => "economy",
        };
        let asleep = sleeps(one);
        Labels {
            rfm,
            rfm_name: rfm_name.to_owned(),
            abc_xyz: format!("{}{}", abc(one.months_sum(), &sums), xyz(one)),
            ltv: Some(value),
            ltv_tier: tier.to_owned(),
            ltv_provisional: one.first.map(|first| as_of - first < 30),
            stage: stage(one, asleep).to_owned(),
            asleep,
            asleep_after_four: cycle_four(one, base_cycle_four),
            volume: volume(one).to_owned(),
        }
    };
    customers.iter().map(label).collect()
}

fn nobody() -> Labels {
    let name = || "no_orders".to_owned();
    Labels {
        rfm: name(),
        rfm_name: name(),
        abc_xyz: name(),
        ltv_tier: name(),
        stage: "no_contact".to_owned(),
        volume: name(),
        ..Labels::default()
    }
}

/// The two cuts of each measure.
struct Cuts([[i128; 2]; 3]);

/// Measures of RFM, more being better.
fn measures(one: &Customer, as_of: i64) -> [i128; 3] {
    let last = one.last.expect("a buyer has ordered");
    [i128::from(last - as_of), i128::from(one.orders), one.revenue]
}

impl Cuts {
    fn of(buyers: &[&Customer], as_of: i64) -> Cuts {
        Cuts([0, 1, 2].map(|measure| {
            let mut values: Vec<i128> = buyers.iter().map(|one| measures(one, as_of)[measure]).collect();
            values.sort();
            [1, 2].map(|cut| values[(cut * values.len()).div_ceil(3) - 1])
        }))
    }

    fn cell(&self, one: &Customer, as_of: i64) -> (String, &'static str) {
        let values = measures(one, as_of);
        let letter = |measure: usize| {
            let cuts = self.0[measure];
            let group = cuts.iter().position(|cut| *cut >= values[measure]).unwrap_or(2);
            ['A', 'B', 'C'][group]
        };
        let [r, f, m] = [letter(0), letter(1), letter(2)];
        let name = match (r, f) {
            ('C', 'C') if m == 'C' => "champions",
            ('C', 'C') => "loyal",
            ('C', 'B') => "growing",
            ('C', _) => "new",
            ('B', 'C') => "cooling_regulars",
            ('B', 'B') => "need_attention",
            ('B', _) => "cooling_one_offs",
            (_, 'C') => "lost_regulars",
            (_, 'B') => "lost_repeaters",
            _ => "lost_one_offs",
        };
        (format!("{r}{f}{m}"), name)
    }
}

/// A while those with strictly more bring less than 80 %, B while less than 95 %.
pub fn abc(own: i128, all: &[i128]) -> char {
    if own <= 0 {
        return 'C';
    }
    let total: i128 = all.iter().map(|&other| other.max(0)).sum();
    let above: i128 = all.iter().filter(|&&other| other > own).sum();
    match above * 100 {
        share if share < 80 * total => 'A',
        share if share < 95 * total => 'B',
        _ => 'C',
    }
}

/// The coefficient of variation of the months since the first purchase, in floating point.
pub fn variation(one: &Customer) -> Option<f64> {
    let months: Vec<f64> = one.months[12 - one.known..].iter().map(|&money| money as f64).collect();
    let n = months.len() as f64;
    let mean = months.iter().sum::<f64>() / n;
    let spread = months.iter().map(|money| (money - mean).powi(2)).sum::<f64>() / n;
    (one.known >= 1 && mean > 0.0).then(|| spread.sqrt() / mean)
}

/// X to 10 %, Y to 25 %, Z above; N under three months. CV ≤ p ⇔ n·Σx² − (Σx)² ≤ p²·(Σx)².
pub fn xyz(one: &Customer) -> char {
    let months = &one.months[12 - one.known..];
    let n = months.len() as i128;
    let sum: i128 = months.iter().sum();
    if n < 3 {
        return 'N';
    }
    if sum <= 0 {
        return 'Z';
    }
    let spread = n * months.iter().map(|money| money * money).sum::<i128>() - sum * sum;
    match spread {
        spread if spread * 100 <= sum * sum => 'X',
        spread if spread * 16 <= sum * sum => 'Y',
        _ => 'Z',
    }
}

/// The base's repeat cycle, four times: the median of customers' median gaps.
fn base_cycle_four(buyers: &[&Customer]) -> Option<i128> {
    median_twice(buyers.iter().filter_map(|one| one.median_gap_twice).collect())
}

/// A customer's repeat cycle, four times.
fn cycle_four(one: &Customer, base_four: Option<i128>) -> Option<i128> {
    if one.gaps >= 3 { one.median_gap_twice.map(|twice| twice * 2) } else { base_four }
}

fn stage(one: &Customer, asleep: Option<bool>) -> &'static str {
    match one.orders {
        1 => "one_time",
        _ if one.orders_365 >= 4 && asleep != Some(true) => "regular",
        _ => "returning",
    }
}

fn volume(one: &Customer) -> &'static str {
    match one.median_quantity_twice.expect("the data has quantities") {
        twice if twice >= 200 * ONE => "wholesale",
        twice if twice >= 20 * ONE => "small_wholesale",
        _ => "retail",
    }
}

/// The mean life of those who came back and sleep: days of all of them together, and their number.
struct Lifetime {
    days: i128,
    n: i128,
}

impl Lifetime {
    /// Money × lifetime in months / months since the first order; a month is 30.4375 days.
    fn value(&self, one: &Customer, as_of: i64) -> i128 {
        /// Days of a month, in ten-thousandths.
        const MONTH: i128 = 304_375;
        let since = i128::from(as_of - one.first.expect("a buyer has ordered"));
        let months = (since * ONE).max(MONTH);
        match self.n {
            0 => divided(one.revenue * MONTH, months),
            n => divided(one.revenue * (self.days * ONE).max(MONTH * n), n * months),
        }
    }
}

/// A quotient rounded to the nearest whole, halves to the even one. The divisor is positive.
pub fn divided(value: i128, by: i128) -> i128 {
    let down = value.div_euclid(by);
    let rest = value.rem_euclid(by) * 2;
    if rest > by || (rest == by && down % 2 != 0) { down + 1 } else { down }
}
