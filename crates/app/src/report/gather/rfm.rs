//! RFM as a report shows it.

use super::Analysis;
use super::counted::Counted;
use crate::report::data::{Cut, Measure, OwnAction, Rfm, RfmCell, RfmMoney, RfmName};
use engine::segmentations::rfm::{self, RfmMeasure};
use engine::segmentations::{Fit, NO_ORDERS, Settings};

/// `None` where nobody has an order that counts.
pub(super) fn rfm(analysis: &Analysis, counted: &Counted) -> Option<Rfm> {
    let (asked, fit) = analysis.segmentation("rfm")?;
    let names = names(counted, &asked.settings);
    if !names.iter().any(|name| name.name != NO_ORDERS) {
        return None;
    }
    let groups = groups(&asked.settings);
    let window_days = analysis.question.window_from.map(|from| analysis.as_of.0.since(from) + 1);
    Some(Rfm {
        groups,
        money: if asked.settings.text("money").eq_ignore_ascii_case("average") {
            RfmMoney::AverageOrder
        } else {
            RfmMoney::Total
        },
        window_days: window_days.and_then(|days| u32::try_from(days).ok()),
        cells: cells(usize::from(groups), counted),
        names,
        cuts: cuts(fit),
    })
}

/// Groups per measure; settings were checked when features were asked for.
fn groups(settings: &Settings) -> u8 {
    settings.text("groups").parse().unwrap_or(3)
}

/// Places of the column `rfm` count R, F and M like digits, worst first; after all cells comes the
/// place of those without an order.
fn cells(groups: usize, counted: &Counted) -> Vec<RfmCell> {
    let whole = groups.pow(3);
    let cells = counted.rfm.filled().filter(|&(place, ..)| place < whole);
    let group = |position: usize| position as u8 + 1;
    cells
        .map(|(place, _, sums)| RfmCell {
            r: group(place / (groups * groups)),
            f: group(place / groups % groups),
            m: group(place % groups),
            customers: sums.customers,
            orders: sums.orders,
            revenue: sums.revenue(),
        })
        .collect()
}

/// What settings say to do with a named segment.
fn own_actions(settings: &Settings, name: &str) -> Vec<OwnAction> {
    if settings.text("actions").is_empty() {
        return Vec::new();
    }
    let cells: Vec<rfm::Cell> = rfm::cells(settings).into_iter().filter(|cell| cell.name == name).collect();
    let mut actions: Vec<OwnAction> = Vec::new();
    for cell in &cells {
        let [r, f, m] = cell.thirds;
        if cell.action == rfm::action(r, f, m) {
            continue;
        }
        match actions.iter_mut().find(|own| own.action == cell.action) {
            Some(own) => own.cells.push(cell.code.clone()),
            None => {
                actions.push(OwnAction { cells: vec![cell.code.clone()], action: cell.action.clone() });
            }
        }
    }
    match &mut actions[..] {
        [all] if all.cells.len() == cells.len() => all.cells.clear(),
        _ => {}
    }
    actions
}

fn names(counted: &Counted, settings: &Settings) -> Vec<RfmName> {
    let name = |(place, name, sums): (usize, &str, &super::counted::Sums)| {
        let bought = name != NO_ORDERS;
        let orders = i64::try_from(sums.orders).unwrap_or(i64::MAX);
        RfmName {
            name: name.to_owned(),
            customers: sums.customers,
            orders: sums.orders,
            revenue: sums.revenue(),
            median_recency_days: counted.recency[place].median().filter(|_| bought),
            average_order: sums.revenue().divided_by(orders).filter(|_| bought),
            actions: own_actions(settings, name),
        }
    };
    counted.rfm_name.filled().map(name).collect()
}

/// What each group holds. Where cuts are made per category there is no one border to tell of, and
/// so there are no cuts.
fn cuts(fit: &Fit) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for measure in RfmMeasure::ALL {
        let spans = fit.spans.get(measure.letter()).map_or(&[][..], Vec::as_slice);
        for (group, span) in spans.iter().enumerate() {
            let Some(span) = span else { continue };
            // Recency is cut on its negative, so that more is better for all three.
            let (from, to) = match measure {
                RfmMeasure::Recency => (-span.high, -span.low),
                RfmMeasure::Frequency | RfmMeasure::Money => (span.low, span.high),
            };
            cuts.push(Cut { measure: shown(measure), group: group as u8 + 1, from, to });
        }
    }
    cuts
}

fn shown(measure: RfmMeasure) -> Measure {
    match measure {
        RfmMeasure::Recency => Measure::Recency,
        RfmMeasure::Frequency => Measure::Frequency,
        RfmMeasure::Money => Measure::Money,
    }
}

/// Groups that equal values have left empty. An empty group between thresholds has another reason,
/// and so has one of a base with fewer buyers than groups.
pub(super) fn empty_groups(analysis: &Analysis) -> Vec<(Measure, u8)> {
    let Some((asked, fit)) = analysis.segmentation("rfm") else { return Vec::new() };
    let thresholds = thresholds(&asked.settings);
    let mut empty = Vec::new();
    for measure in RfmMeasure::ALL {
        let spans = fit.spans.get(measure.letter()).map_or(&[][..], Vec::as_slice);
        let buyers: u64 = spans.iter().flatten().map(|span| span.customers).sum();
        if thresholds.contains(&measure) || buyers < spans.len() as u64 {
            continue;
        }
        let groups = (1..).zip(spans).filter(|(_, span)| span.is_none());
        empty.extend(groups.map(|(group, _)| (shown(measure), group)));
    }
    empty
}

/// The measures that are cut at thresholds, such as R and F in `R 30, 90; F 2, 5`.
fn thresholds(settings: &Settings) -> Vec<RfmMeasure> {
    let text = settings.text("cuts").to_ascii_lowercase();
    if ["terciles", "quantiles"].contains(&text.as_str()) {
        return Vec::new();
    }
    let given =
        |measure: &RfmMeasure| text.split(';').any(|part| part.trim_start().starts_with(measure.letter()));
    RfmMeasure::ALL.into_iter().filter(given).collect()
}
