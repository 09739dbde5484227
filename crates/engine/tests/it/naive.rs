//! Features computed the plain way, from the words of the method and not from the fast code.

use engine::facts::OrderLine;
use model::calendar::Day;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Plain {
    pub(crate) first: Option<i32>,
    pub(crate) last: Option<i32>,
    pub(crate) orders: i64,
    pub(crate) returns: i64,
    pub(crate) revenue: i64,
    pub(crate) margin: Option<i64>,
    pub(crate) average_order: Option<i64>,
    pub(crate) quantity: Option<i64>,
    pub(crate) median_gap: Option<f64>,
    pub(crate) gaps: i64,
    pub(crate) orders_365: i64,
    pub(crate) span: Option<i64>,
    pub(crate) age: Option<i64>,
    pub(crate) recent_days: i64,
    pub(crate) ln_gaps: Option<f64>,
    pub(crate) repeat_revenue: Option<i64>,
    pub(crate) repeat_margin: Option<i64>,
    pub(crate) category: Option<String>,
    pub(crate) channel: Option<String>,
    pub(crate) periods_revenue: i64,
    pub(crate) periods_known: i64,
    pub(crate) cv: Option<f64>,
    pub(crate) discount_share: Option<f64>,
    pub(crate) return_share: Option<f64>,
}

/// Features per customer as of a day; periods are the last twelve whole months.
pub(crate) fn features(lines: &[OrderLine<'_>], as_of: Day) -> BTreeMap<String, Plain> {
    let mut customers: BTreeMap<String, BTreeMap<String, Vec<&OrderLine<'_>>>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(customer) = line.customer_id {
            let order = line.order_id.map_or(format!("row {index}"), |id| format!("id {id}"));
            customers.entry(customer.to_owned()).or_default().entry(order).or_default().push(line);
        }
    }
    let mut all = BTreeMap::new();
    for (customer, orders) in customers {
        let mut kept: Vec<(i32, Vec<&OrderLine<'_>>)> = Vec::new();
        for lines in orders.into_values() {
            // Lines of one order are one order, at its earliest time.
            let earliest = lines.iter().map(|line| (line.ordered_at, line.day.0)).min().unwrap().1;
            if earliest <= as_of.0 {
                kept.push((earliest, lines));
            }
        }
        if !kept.is_empty() {
            all.insert(customer, plain(&kept, as_of));
        }
    }
    all
}

/// Free lines are negative where their quantity is.
pub(crate) fn is_negative(line: &OrderLine<'_>) -> bool {
    line.amount.0 < 0 || (line.amount.0 == 0 && line.quantity.is_some_and(|quantity| quantity < 0))
}

fn plain(orders: &[(i32, Vec<&OrderLine<'_>>)], as_of: Day) -> Plain {
    let amount = |lines: &[&OrderLine<'_>]| lines.iter().map(|line| line.amount.0).sum::<i64>();
    let is_return = |lines: &[&OrderLine<'_>]| lines.iter().all(|line| is_negative(line));
    let bought: Vec<&(i32, Vec<&OrderLine<'_>>)> =
        orders.iter().filter(|(_, lines)| !is_return(lines)).collect();
    let lines: Vec<&OrderLine<'_>> = orders.iter().flat_map(|(_, lines)| lines.iter().copied()).collect();
    let days: BTreeSet<i32> = bought.iter().map(|(day, _)| *day).collect();
    let sorted: Vec<i32> = days.iter().copied().collect();
    let mut gaps: Vec<i32> = sorted.windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.sort_unstable();
    let median_gap =
        (!gaps.is_empty()).then(|| f64::from(gaps[(gaps.len() - 1) / 2] + gaps[gaps.len() / 2]) / 2.0);
    let revenue = amount(&lines);
    let later: Option<Vec<&OrderLine<'_>>> = sorted.get(1).map(|second| {
        orders.iter().filter(|(day, _)| day >= second).flat_map(|(_, lines)| lines.iter().copied()).collect()
    });
    let margins = |lines: &[&OrderLine<'_>]| -> Vec<i64> {
        lines.iter().filter_map(|line| Some(line.amount.0 - line.cost?.0)).collect()
    };
    let costed = margins(&lines);
    let quantities: Vec<i64> = lines.iter().filter_map(|line| line.quantity).collect();
    let months = months(orders, as_of);
    let first = sorted.first().copied();
    let known = first.map_or(0, |day| months_known(day, as_of));
    let positive: i64 = lines.iter().map(|line| line.amount.0.max(0)).sum();
    let negative: i64 = lines.iter().map(|line| (-line.amount.0).max(0)).sum();
    let discount: i64 = lines
        .iter()
        .filter(|line| line.amount.0 >= 0)
        .filter_map(|line| line.discount)
        .map(|money| money.0)
        .sum();
    let share = |part: i64, whole: i64| (whole > 0).then(|| part as f64 / whole as f64);
    Plain {
        first,
        last: sorted.last().copied(),
        orders: bought.len() as i64,
        returns: (orders.len() - bought.len()) as i64,
        revenue,
        margin: (!costed.is_empty()).then(|| costed.iter().sum()),
        average_order: (!bought.is_empty()).then(|| half_even(revenue, bought.len() as i64)),
        quantity: (!quantities.is_empty()).then(|| quantities.iter().sum()),
        median_gap,
        gaps: gaps.len() as i64,
        orders_365: bought.iter().filter(|(day, _)| as_of.0 - day < 365).count() as i64,
        span: sorted.last().map(|last| i64::from(last - sorted[0])),
        age: first.map(|day| i64::from(as_of.0 - day)),
        recent_days: sorted.iter().filter(|&&day| as_of.0 - day < 182).count() as i64,
        ln_gaps: first.map(|_| sorted.windows(2).map(|pair| (f64::from(pair[1] - pair[0]) / 7.0).ln()).sum()),
        repeat_revenue: later.as_deref().map(amount),
        repeat_margin: later
            .map(|lines| margins(&lines))
            .filter(|list| !list.is_empty())
            .map(|list| list.iter().sum()),
        category: favourite(lines.iter().filter_map(|line| Some((line.category?, line.amount.0)))),
        channel: favourite(bought.iter().filter_map(|(_, lines)| Some((first_channel(lines)?, 1)))),
        cv: deviation(&months[months.len() - known..]),
        periods_revenue: months.iter().sum(),
        periods_known: known as i64,
        discount_share: share(discount, positive + discount),
        return_share: share(negative, positive),
    }
}

/// Channel of the order's first line by content; the cases give an order one channel.
fn first_channel<'a>(lines: &[&OrderLine<'a>]) -> Option<&'a str> {
    lines.first().and_then(|line| line.channel)
}

fn favourite<'a>(weighed: impl Iterator<Item = (&'a str, i64)>) -> Option<String> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for (name, weight) in weighed {
        *sums.entry(name).or_default() += weight;
    }
    let most = *sums.values().max()?;
    sums.iter().find(|(_, sum)| **sum == most).map(|(name, _)| (*name).to_owned())
}

/// Year and month of a day, counted by hand.
fn month(day: i32) -> (i16, i8) {
    let date = Day(day).date();
    (date.year(), date.month())
}

/// The last twelve months whose last day is not after `as_of`, oldest first.
fn twelve(as_of: Day) -> Vec<(i16, i8)> {
    let (mut year, mut number) = month(as_of.0);
    if month(as_of.0 + 1) == (year, number) {
        (year, number) = if number == 1 { (year - 1, 12) } else { (year, number - 1) };
    }
    let mut found = Vec::new();
    for _ in 0..12 {
        found.push((year, number));
        (year, number) = if number == 1 { (year - 1, 12) } else { (year, number - 1) };
    }
    found.reverse();
    found
}

fn months(orders: &[(i32, Vec<&OrderLine<'_>>)], as_of: Day) -> Vec<i64> {
    let sum = |wanted: (i16, i8)| {
        let inside = orders.iter().filter(|(day, _)| month(*day) == wanted);
        inside.flat_map(|(_, lines)| lines).map(|line| line.amount.0).sum()
    };
    twelve(as_of).into_iter().map(sum).collect()
}

fn months_known(first: i32, as_of: Day) -> usize {
    twelve(as_of).into_iter().filter(|&wanted| wanted >= month(first)).count()
}

fn deviation(months: &[i64]) -> Option<f64> {
    let values: Vec<f64> = months.iter().map(|&value| value as f64).collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    if values.is_empty() || mean <= 0.0 {
        return None;
    }
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64;
    Some(variance.sqrt() / mean)
}

fn half_even(sum: i64, count: i64) -> i64 {
    let (quotient, rest) = (sum.div_euclid(count), sum.rem_euclid(count));
    let up = 2 * rest > count || (2 * rest == count && quotient % 2 != 0);
    quotient + i64::from(up)
}
