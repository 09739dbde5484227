//! Segments that are too small to be worth having, or do not pay for being reached.

use super::{Figure, Finding, Judged};
use crate::profile::Segment;

/// Customers that a segment must have.
pub const CUSTOMERS_MIN: u64 = 30;
/// Share of the base that a segment must have, as one in so many: 1 %.
pub const SHARE_MIN: u64 = 100;

pub(super) fn find(judged: &Judged<'_>) -> Vec<Finding> {
    let division = &judged.division;
    let base = division.customers();
    let small = |segment: &Segment<'_>| {
        let share = Figure::Share(segment.customers as f64 / base as f64);
        let kind = match segment.customers {
            few if few < CUSTOMERS_MIN => "narrow-few",
            part if part * SHARE_MIN < base => "narrow-share",
            _ => return None,
        };
        let finding = Finding::new("narrow", kind).of(segment.name);
        Some(finding.with("customers", Figure::Count(segment.customers)).with("share", share))
    };
    let groups = division.groups();
    let mut found: Vec<Finding> = groups.iter().filter_map(small).collect();
    found.extend(groups.iter().filter_map(|segment| unpaid(judged, segment)));
    found
}

/// Whether a year's margin of a segment is less than what it costs to reach its customers once. Revenue
/// where costs of goods are not known.
fn unpaid(judged: &Judged<'_>, segment: &Segment<'_>) -> Option<Finding> {
    let cost = i128::from(judged.limits.contact_cost?.0) * i128::from(segment.customers);
    let year = |name: &str| {
        let mut sum = None;
        for (place, bucket) in judged.division.features().iter().enumerate() {
            bucket.column(name)?;
            let values = bucket.exact(name);
            let codes = judged.division.codes(place).iter().enumerate();
            for (row, _) in codes.filter(|&(_, code)| usize::from(code) == segment.place) {
                if let Some(value) = values.get(row) {
                    *sum.get_or_insert(0) += i128::from(value);
                }
            }
        }
        sum
    };
    let (kind, brought) = match year("margin_365") {
        Some(margin) => ("narrow-cost-margin", margin),
        None => ("narrow-cost-revenue", year("revenue_365").unwrap_or(0)),
    };
    let finding = Finding::new("narrow", kind).of(segment.name);
    (brought < cost).then(|| {
        finding
            .with("customers", Figure::Count(segment.customers))
            .with("cost", Figure::Money(cost))
            .with("brought", Figure::Money(brought))
    })
}
