//! ABC–XYZ, lifetime value, stages and volume as a report shows them.

use super::Analysis;
use super::counted::{Counted, money};
use crate::report::data::{AbcXyz, AbcXyzCell, Basis, Ltv, LtvTier, ParetoPoint, Stage, Stages, VolumeGroup};
use engine::segmentations::predicted::is_predicted;
use engine::segmentations::{BASE_CYCLE_DAYS, Fit, NO_ORDERS};
use model::money::{Money, divide_half_even};
use model::quantiles::ValueCounts;

/// Points of the Pareto curve, at most.
const PARETO_POINTS_MAX: usize = 100;

/// `None` where nobody has brought money in the periods looked at.
pub(super) fn abc_xyz(analysis: &Analysis, counted: &Counted) -> Option<AbcXyz> {
    let (asked, fit) = analysis.segmentation("abc_xyz")?;
    fit.exact("a_from")?;
    let mut cells = Vec::new();
    for (_, name, sums) in counted.abc_xyz.filled() {
        let mut letters = name.chars();
        if let (Some(abc), Some(xyz), None) = (letters.next(), letters.next(), letters.next()) {
            let (customers, revenue) = (sums.customers, money(sums.periods_revenue));
            cells.push(AbcXyzCell { abc, xyz, customers, revenue });
        }
    }
    let customers = cells.iter().map(|cell| cell.customers).sum();
    let percents: Vec<f64> =
        asked.settings.text("abc_limits").split(',').filter_map(|limit| limit.trim().parse().ok()).collect();
    Some(AbcXyz {
        window: analysis.question.periods,
        abc_limits: [0, 1].map(|place| percents.get(place).copied().unwrap_or_default() / 100.0),
        xyz_limits: ["x_limit", "y_limit"].map(|name| fit.number(name).unwrap_or_default()),
        cells,
        pareto: pareto(fit, customers),
    })
}

/// The fitted curve with fewer points, in customers instead of their share.
fn pareto(fit: &Fit, customers: u64) -> Vec<ParetoPoint> {
    let curve = fit.curves.get("pareto").map_or(&[][..], Vec::as_slice);
    let every = curve.len().div_ceil(PARETO_POINTS_MAX).max(1);
    // From the end, so that the last point, which is the whole, stays.
    let kept = curve.iter().rev().step_by(every).filter(|&&(part, _)| part > 0.0);
    let mut points: Vec<ParetoPoint> = kept
        .map(|&(part, share)| ParetoPoint { customers: (part * customers as f64).round() as u64, share })
        .collect();
    points.reverse();
    points
}

/// `None` where nobody has an order.
pub(super) fn ltv(analysis: &Analysis, counted: &Counted) -> Option<Ltv> {
    let (_, fit) = analysis.segmentation("ltv")?;
    let tiers: Vec<LtvTier> = counted
        .tiers
        .filled()
        .map(|(place, name, sums)| {
            let values = &counted.ltv[place];
            LtvTier {
                name: name.to_owned(),
                customers: sums.customers,
                median_ltv: median(values),
                total_ltv: money(
                    values.iter().map(|(value, count)| i128::from(value) * i128::from(count)).sum(),
                ),
                acquisition_cap: fit.exact(&format!("cap_{name}")).map(Money),
            }
        })
        .collect();
    if !tiers.iter().any(|tier| tier.name != NO_ORDERS) {
        return None;
    }
    Some(Ltv {
        basis: basis(fit),
        lifetime_months: fit.number("lifetime_months").unwrap_or(1.0),
        predicted: is_predicted(fit),
        provisional: counted.provisional,
        tiers,
    })
}

/// What lifetime value was counted on.
fn basis(fit: &Fit) -> Basis {
    if fit.exact("on_margin") == Some(1) { Basis::Margin } else { Basis::Revenue }
}

/// The exact median: the mean of the two middle values, rounded half to even.
fn median(values: &ValueCounts) -> Option<Money> {
    let total = values.total();
    let (low, high) = (values.at_rank(total.div_ceil(2))?, values.at_rank(total / 2 + 1)?);
    Some(money(divide_half_even(i128::from(low) + i128::from(high), 2)))
}

/// `None` where there are no customers.
pub(super) fn stages(analysis: &Analysis, counted: &Counted) -> Option<Stages> {
    let (_, fit) = analysis.segmentation("stage")?;
    let stages: Vec<Stage> = counted
        .stages
        .filled()
        .map(|(place, name, sums)| Stage {
            name: name.to_owned(),
            customers: sums.customers,
            asleep: counted.asleep[place],
            revenue: sums.revenue(),
        })
        .collect();
    (!stages.is_empty()).then(|| Stages { cycle_days: fit.number(BASE_CYCLE_DAYS), stages })
}

/// `None` where nobody has an order.
pub(super) fn volume(analysis: &Analysis, counted: &Counted) -> Option<Vec<VolumeGroup>> {
    analysis.segmentation("volume")?;
    let groups: Vec<VolumeGroup> = counted
        .volume
        .filled()
        .map(|(_, name, sums)| VolumeGroup {
            name: name.to_owned(),
            customers: sums.customers,
            orders: sums.orders,
            revenue: sums.revenue(),
        })
        .collect();
    groups.iter().any(|group| group.name != NO_ORDERS).then_some(groups)
}
