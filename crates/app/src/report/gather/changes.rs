//! The moves between two days as a report shows them.

use super::Analysis;
use super::counted::money;
use crate::report::data::{Changes, CountedMove, Flow, FlowMove};
use engine::moves::{Counted, Moves};

/// What was found by following customers; both of the same two days.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    pub rfm: Option<(Moves, Vec<Counted>)>,
    pub stages: Option<(Moves, Vec<Counted>)>,
}

/// `None` where nothing was followed.
pub(super) fn changes(analysis: &Analysis) -> Option<Changes> {
    let changed = &analysis.beside.changed;
    let (moves, _) = changed.rfm.as_ref().or(changed.stages.as_ref())?;
    Some(Changes {
        from: moves.from,
        to: moves.to,
        rfm: changed.rfm.as_ref().and_then(flow),
        stages: changed.stages.as_ref().and_then(flow),
    })
}

/// `None` where nobody was known at the earlier day.
fn flow((moves, counted): &(Moves, Vec<Counted>)) -> Option<Flow> {
    let made = moves.iter().map(|one| FlowMove {
        from: one.from.to_owned(),
        to: one.to.to_owned(),
        customers: one.moved.customers,
        revenue: money(one.moved.revenue),
    });
    let counted = counted.iter().map(|one| CountedMove {
        name: one.about.name.to_owned(),
        wanted: one.about.wanted,
        could: one.could,
        did: one.did,
        share: [one.share.low, one.share.value, one.share.high],
    });
    (moves.known_before() > 0).then(|| Flow {
        known_before: moves.known_before(),
        changed: moves.changed(),
        moves: made.collect(),
        counted: counted.collect(),
    })
}
