//! The Pareto curve: what share of the money the best customers bring.

use super::data::{AbcXyz, ParetoPoint};
use super::voice::{Voice, share, share_of};
use model::money::Money;

/// Rows of the table under the curve, about.
const ROWS: usize = 10;

/// The drawing in per cent of its width and height.
pub(super) struct Pareto {
    /// Points of the curve as SVG writes them.
    pub(super) line: String,
    /// The same closed along the bottom.
    pub(super) area: String,
    pub(super) limits: Vec<Limit>,
    pub(super) summary: String,
    pub(super) rows: Vec<(String, String, String)>,
}

/// Where a letter ends.
pub(super) struct Limit {
    pub(super) letter: &'static str,
    /// How far down, in per cent.
    pub(super) y: String,
    /// How far right the curve crosses, in per cent.
    pub(super) x: String,
    pub(super) label: String,
}

pub(super) fn pareto(voice: &Voice, abc_xyz: &AbcXyz) -> Option<Pareto> {
    let customers = abc_xyz.pareto.last().filter(|last| last.customers > 1)?.customers;
    let points = &abc_xyz.pareto;
    let x = |point: &ParetoPoint| share_of(point.customers, customers) * 100.0;
    let place =
        |point: &ParetoPoint| format!("{:.2},{:.2}", x(point), (1.0 - point.share.clamp(0.0, 1.0)) * 100.0);
    let line =
        std::iter::once("0,100".to_owned()).chain(points.iter().map(place)).collect::<Vec<_>>().join(" ");
    let crossing = |limit: f64| points.iter().find(|point| point.share >= limit);
    let limits = [("A", abc_xyz.abc_limits[0]), ("B", abc_xyz.abc_limits[1])].into_iter().filter_map(
        |(letter, limit)| {
            let crossed = crossing(limit)?;
            Some(Limit {
                letter,
                y: format!("{:.2}", (1.0 - limit) * 100.0),
                x: format!("{:.2}", x(crossed)),
                label: voice.share_whole(limit),
            })
        },
    );
    let summary = summary(voice, abc_xyz);
    let every = points.len().div_ceil(ROWS).max(1);
    let rows = points.iter().rev().step_by(every).map(|point| {
        (voice.count(point.customers), voice.share_whole(x(point) / 100.0), voice.share(point.share))
    });
    let rows: Vec<_> = rows.collect();
    Some(Pareto {
        area: format!("{line} 100,100"),
        line,
        limits: limits.collect(),
        summary,
        rows: rows.into_iter().rev().collect(),
    })
}

/// How many customers are A, and what they bring.
fn summary(voice: &Voice, abc_xyz: &AbcXyz) -> String {
    let sum = |best_only: bool| {
        let cells = abc_xyz.cells.iter().filter(|cell| !best_only || cell.abc == 'A');
        cells.fold((0, Money::ZERO), |(customers, revenue), cell| {
            (customers + cell.customers, Money(revenue.0 + cell.revenue.0))
        })
    };
    let ((best, best_revenue), (all, revenue)) = (sum(true), sum(false));
    voice.fill(
        "pareto-summary",
        &[
            ("part", voice.share_whole(share_of(best, all)).into()),
            ("customers", voice.count_of("customers", best).into()),
            ("share", voice.share_whole(share(best_revenue, revenue)).into()),
        ],
    )
}
