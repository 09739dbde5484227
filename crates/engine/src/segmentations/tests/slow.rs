//! The methods once more, plainly and slowly, from their words: every customer is held against every
//! other. Shares no code with what it checks.

use super::table::Table;

/// A customer as the slow versions know it. Money in 1/10 000, gaps in half days.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Customer {
    pub(super) orders: i64,
    pub(super) orders_365: i64,
    pub(super) recency: Option<i64>,
    /// Days from the first order to the last.
    pub(super) life: i64,
    pub(super) revenue: i64,
    pub(super) margin: Option<i64>,
    pub(super) costed: Option<i64>,
    pub(super) gap_halves: Option<i64>,
    pub(super) cycle_halves: Option<i64>,
    pub(super) measure: Option<i64>,
    pub(super) known: i64,
    pub(super) variation: Option<f64>,
    pub(super) quantity: Option<i64>,
    pub(super) median_order: Option<i64>,
    pub(super) category: Option<&'static str>,
}

/// The table of some customers, called `c000`, `c001` and so on.
pub(super) fn table(customers: &[Customer], as_of: model::calendar::Day) -> Table {
    let money = |value: i64| model::money::Money(value).to_string();
    let header = "customer orders orders_365 recency_days first_order_at last_order_at revenue margin \
                  costed_revenue median_gap_days cycle_days periods_measure periods_known revenue_cv \
                  median_quantity median_order favourite_category";
    let show = |value: Option<String>| value.unwrap_or_default();
    let rows = customers.iter().enumerate().map(|(n, one)| {
        let days_ago = |days: i64| as_of.plus(-(days as i32)).to_string();
        let halves = |value: Option<i64>| show(value.map(|halves| (halves as f64 / 2.0).to_string()));
        vec![
            format!("c{n:03}"),
            one.orders.to_string(),
            one.orders_365.to_string(),
            show(one.recency.map(|days| days.to_string())),
            show(one.recency.map(|days| days_ago(days + one.life))),
            show(one.recency.map(days_ago)),
            money(one.revenue),
            show(one.margin.map(money)),
            show(one.costed.map(money)),
            halves(one.gap_halves),
            halves(one.cycle_halves),
            show(one.measure.map(money)),
            one.known.to_string(),
            show(one.variation.map(|variation| variation.to_string())),
            show(one.quantity.map(money)),
            show(one.median_order.map(money)),
            one.category.unwrap_or_default().to_owned(),
        ]
    });
    Table {
        header: header.split(' ').map(str::to_owned).collect(),
        rows: rows.collect(),
        order_amounts: Vec::new(),
    }
}

fn buyers(all: &[Customer]) -> Vec<&Customer> {
    all.iter().filter(|one| one.orders >= 1).collect()
}

/// Cut j of n ascending values is the value at rank ceil(j·n/groups); a value is in the lowest group
/// whose cut is not below it.
fn equal_groups(value: i64, mut values: Vec<i64>, groups: usize) -> usize {
    values.sort();
    for j in 1..groups {
        let rank = (j as f64 * values.len() as f64 / groups as f64 - 1e-9).ceil() as usize;
        if values[rank - 1] >= value {
            return j - 1;
        }
    }
    groups - 1
}

fn average(one: &Customer) -> i64 {
    let (quotient, rest) = (one.revenue.div_euclid(one.orders), one.revenue.rem_euclid(one.orders));
    let up = rest * 2 > one.orders || (rest * 2 == one.orders && quotient.rem_euclid(2) == 1);
    quotient + i64::from(up)
}

/// Groups of R, F and M by equal groups, within the same category if asked.
pub(super) fn rfm(
    all: &[Customer],
    one: &Customer,
    groups: usize,
    is_average: bool,
    by_category: bool,
) -> Option<[usize; 3]> {
    let recency = one.recency.filter(|_| one.orders >= 1)?;
    let others: Vec<&Customer> =
        buyers(all).into_iter().filter(|other| !by_category || other.category == one.category).collect();
    let money = |one: &Customer| if is_average { average(one) } else { one.revenue };
    let list = |of: &dyn Fn(&Customer) -> i64| others.iter().map(|other| of(other)).collect::<Vec<i64>>();
    Some([
        equal_groups(-recency, list(&|other| -other.recency.unwrap()), groups),
        equal_groups(one.orders, list(&|other| other.orders), groups),
        equal_groups(money(one), list(&money), groups),
    ])
}

/// Letters by the thresholds R 30, 90; F 2, 5; M 10, 50.
pub(super) fn rfm_thresholds(one: &Customer) -> String {
    let Some(recency) = one.recency.filter(|_| one.orders >= 1) else { return "no_orders".to_owned() };
    let r = if recency <= 30 {
        'C'
    } else if recency <= 90 {
        'B'
    } else {
        'A'
    };
    let f = if one.orders >= 5 {
        'C'
    } else if one.orders >= 2 {
        'B'
    } else {
        'A'
    };
    let m = if one.revenue >= 500_000 {
        'C'
    } else if one.revenue >= 100_000 {
        'B'
    } else {
        'A'
    };
    format!("{r}{f}{m}")
}

/// The name of a cell of three groups.
pub(super) fn rfm_name(cell: &str) -> &'static str {
    match cell {
        "CCC" => "champions",
        cell if cell.starts_with("CC") => "loyal",
        cell if cell.starts_with("CB") => "growing",
        cell if cell.starts_with("CA") => "new",
        cell if cell.starts_with("BC") => "cooling_regulars",
        cell if cell.starts_with("BB") => "need_attention",
        cell if cell.starts_with("BA") => "cooling_one_offs",
        cell if cell.starts_with("AC") => "lost_regulars",
        cell if cell.starts_with("AB") => "lost_repeaters",
        cell if cell.starts_with("AA") => "lost_one_offs",
        _ => "no_orders",
    }
}

/// The share of those with strictly more decides: A below 80 %, B below 95 %.
pub(super) fn abc(all: &[Customer], one: &Customer) -> char {
    let money = |one: &Customer| i128::from(one.measure.unwrap_or(0));
    let positive = buyers(all).into_iter().map(money).filter(|&value| value > 0);
    let total: i128 = positive.clone().sum();
    let more: i128 = positive.filter(|&value| value > money(one)).sum();
    match money(one) {
        ..=0 => 'C',
        _ if more * 100 < total * 80 => 'A',
        _ if more * 100 < total * 95 => 'B',
        _ => 'C',
    }
}

pub(super) fn xyz(one: &Customer) -> char {
    match one.variation {
        _ if one.known < 3 => 'N',
        Some(variation) if variation <= 0.10 => 'X',
        Some(variation) if variation <= 0.25 => 'Y',
        _ => 'Z',
    }
}

/// Thirds of the customers with a variation, ties together.
pub(super) fn xyz_thirds(all: &[Customer], one: &Customer) -> char {
    if one.known < 3 {
        return 'N';
    }
    let Some(own) = one.variation else { return 'Z' };
    let mut list: Vec<f64> = buyers(all)
        .into_iter()
        .filter(|other| other.known >= 3)
        .filter_map(|other| other.variation)
        .collect();
    list.sort_by(f64::total_cmp);
    let at = |j: usize| list[(j * list.len()).div_ceil(3) - 1];
    if own <= at(1) {
        'X'
    } else if own <= at(2) {
        'Y'
    } else {
        'Z'
    }
}

/// The cycle of a customer in quarter days.
fn cycle_quarters(all: &[Customer], one: &Customer) -> Option<i64> {
    if let Some(halves) = one.cycle_halves {
        return Some(halves * 2);
    }
    let mut gaps: Vec<i64> = all.iter().filter_map(|other| other.gap_halves).collect();
    gaps.sort();
    match gaps.len() {
        0 => None,
        n if n % 2 == 1 => Some(gaps[n / 2] * 2),
        n => Some(gaps[n / 2 - 1] + gaps[n / 2]),
    }
}

pub(super) fn asleep(all: &[Customer], one: &Customer) -> Option<bool> {
    let recency = one.recency?;
    cycle_quarters(all, one).map(|quarters| recency * 4 > quarters)
}

pub(super) fn stage(all: &[Customer], one: &Customer) -> &'static str {
    if one.orders == 0 {
        "no_contact"
    } else if one.orders == 1 {
        "one_time"
    } else if one.orders_365 >= 4 && asleep(all, one) != Some(true) {
        "regular"
    } else {
        "returning"
    }
}

/// A fraction in lowest terms.
#[derive(Clone, Copy)]
struct Fraction(i128, i128);

impl Fraction {
    fn new(top: i128, bottom: i128) -> Fraction {
        let (mut a, mut b) = (top.abs(), bottom.abs());
        while b > 0 {
            (a, b) = (b, a % b);
        }
        let sign = if bottom < 0 { -1 } else { 1 };
        Fraction(sign * top / a.max(1), sign * bottom / a.max(1))
    }

    fn times(self, other: Fraction) -> Fraction {
        Fraction::new(self.0 * other.0, self.1 * other.1)
    }

    fn over(self, other: Fraction) -> Fraction {
        self.times(Fraction(other.1, other.0))
    }

    fn at_least_one(self) -> Fraction {
        if self.0 < self.1 { Fraction(1, 1) } else { self }
    }

    fn round_half_even(self) -> i64 {
        let floor = self.0.div_euclid(self.1);
        let rest = self.0.rem_euclid(self.1) * 2;
        let up = rest > self.1 || (rest == self.1 && floor.rem_euclid(2) == 1);
        (floor + i128::from(up)) as i64
    }
}

fn months(days: i64) -> Fraction {
    Fraction::new(i128::from(days) * 10_000, 304_375)
}

pub(super) fn on_margin(all: &[Customer]) -> bool {
    let revenue: i128 = all.iter().map(|one| i128::from(one.revenue)).sum();
    let costed: i128 = all.iter().map(|one| i128::from(one.costed.unwrap_or(0))).sum();
    revenue > 0 && costed * 20 >= revenue * 19
}

/// Average order × orders per month × lifetime in months, as three fractions.
pub(super) fn ltv(all: &[Customer], one: &Customer) -> Option<i64> {
    if one.orders == 0 {
        return None;
    }
    let money = if on_margin(all) { one.margin.unwrap_or(0) } else { one.revenue };
    let gone: Vec<&Customer> = buyers(all)
        .into_iter()
        .filter(|other| other.orders >= 2 && asleep(all, other) == Some(true))
        .collect();
    let lifetime = match gone.len() {
        0 => Fraction(1, 1),
        n => months(gone.iter().map(|other| other.life).sum()).over(Fraction(n as i128, 1)).at_least_one(),
    };
    let average_order = Fraction::new(money.into(), one.orders.into());
    let age = months(one.recency.unwrap() + one.life).at_least_one();
    let per_month = Fraction(one.orders.into(), 1).over(age);
    Some(average_order.times(per_month).times(lifetime).round_half_even())
}

pub(super) fn tier(all: &[Customer], one: &Customer) -> &'static str {
    let Some(own) = ltv(all, one) else { return "no_orders" };
    let mut list: Vec<i64> = all.iter().filter_map(|other| ltv(all, other)).collect();
    list.sort_by(|a, b| b.cmp(a));
    let n = list.len();
    if own <= 0 {
        "economy"
    } else if own >= list[n.div_ceil(10) - 1] {
        "vip"
    } else if own >= list[n.div_ceil(2) - 1] {
        "standard"
    } else {
        "economy"
    }
}

/// Order amounts are taken as the median order, as often as there are orders.
pub(super) fn volume(all: &[Customer], one: &Customer) -> &'static str {
    let sizes = ["retail", "small_wholesale", "wholesale"];
    if one.orders == 0 {
        return "no_orders";
    }
    if let Some(quantity) = one.quantity {
        return sizes[if quantity >= 1_000_000 { 2 } else { usize::from(quantity >= 100_000) }];
    }
    let mut amounts = Vec::new();
    for other in all {
        for _ in 0..other.orders {
            amounts.extend(other.median_order.map(i128::from));
        }
    }
    amounts.sort();
    let (Some(own), n @ 1..) = (one.median_order, amounts.len()) else { return sizes[0] };
    let twice = amounts[(n - 1) / 2] + amounts[n / 2];
    let own = i128::from(own) * 2;
    if twice <= 0 {
        sizes[0]
    } else {
        sizes[if own >= 25 * twice { 2 } else { usize::from(own >= 5 * twice) }]
    }
}
