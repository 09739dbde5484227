//! Segments whose customers spend little, however many they are.

use super::{Figure, Finding, Judged};
use model::quantiles::ValueCounts;

/// The part of customers that spend least: one in so many.
const LOWEST: u64 = 5;

/// The median spend of a segment is held against the spend at the upper end of the base's lowest fifth,
/// and of a market's where one is given.
/// Spend is net money of all history; who has never ordered spends nothing and is not looked at.
pub(super) fn find(judged: &Judged<'_>) -> Vec<Finding> {
    let division = &judged.division;
    let mut spent: Vec<Vec<i64>> = vec![Vec::new(); division.names().len()];
    for (place, bucket) in division.features().iter().enumerate() {
        if bucket.column("revenue").is_none() || bucket.column("orders").is_none() {
            return Vec::new();
        }
        let (orders, revenue) = (bucket.counts("orders"), bucket.exact("revenue"));
        for (row, code) in division.codes(place).iter().enumerate() {
            if orders.get(row).unwrap_or(0) > 0 {
                spent[usize::from(code)].push(revenue.get(row).unwrap_or(0));
            }
        }
    }
    let sets: Vec<ValueCounts> = spent.into_iter().map(ValueCounts::of).collect();
    let all = ValueCounts::merge_all(&sets.iter().collect::<Vec<_>>());
    let Some(limit) = all.at_rank(all.total().div_ceil(LOWEST)) else { return Vec::new() };
    let poor = |(place, name): (usize, &str)| {
        let median = sets[place].median()?;
        let finding = Finding::new("poor", "poor").of(name);
        (median < limit as f64).then(|| {
            finding
                .with("customers", Figure::Count(sets[place].total()))
                .with("median", Figure::Money(median as i128))
                .with("limit", Figure::Money(i128::from(limit)))
        })
    };
    let in_market = |(place, name): (usize, &str)| {
        let market = judged.limits.market.as_ref()?;
        let median = sets[place].median()?;
        let finding = Finding::new("poor", "poor-market").of(name);
        (median < market.limit as f64).then(|| {
            finding
                .with("customers", Figure::Count(sets[place].total()))
                .with("median", Figure::Money(median as i128))
                .with("limit", Figure::Money(i128::from(market.limit)))
                .with("population", Figure::Name(market.population.clone()))
        })
    };
    let groups = division.groups().into_iter().map(|segment| (segment.place, segment.name));
    groups.flat_map(|segment| [poor(segment), in_market(segment)]).flatten().collect()
}
