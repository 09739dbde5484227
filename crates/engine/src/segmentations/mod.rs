//! Ways to cut the base. Each is one folder and one line in [`SEGMENTATIONS`].
//!
//! A segmentation gives every customer exactly one segment. It is worked out in three phases that
//! never mix: the scan makes [`Features`] bucket by bucket; in each round every bucket says a small
//! [`Summary`], and the merged summary is fitted into a few numbers ([`Fit`]); then every bucket
//! labels its own customers from its features and the fit. Settings, summaries and fits are plain
//! values, so a bucket can be asked on another machine.
//!
//! [`Features`]: crate::features::Features

pub mod centres;
pub mod narrowing;
pub mod labels;
pub mod contract;
pub mod run;
pub mod tally;
pub(crate) mod parse;
mod cycle;
mod basis;
pub mod predicted;
pub mod rfm;
pub mod abc_xyz;
pub mod ltv;
pub mod stage;
pub mod volume;
pub mod readiness;
pub mod attributes;
pub mod rules;
pub mod clusters;
pub mod effort;
#[cfg(test)]
pub(crate) mod tests;

pub use contract::{
    About, Codes, Fit, LabelColumn, Labels, MoveAbout, MovedTo, Parameter, Reason, SegmentAbout,
    Segmentation, SettingError, Settings, Span, Speaks, Summary, Work,
};
pub use cycle::BASE_CYCLE_DAYS;
pub use run::{Asked, Outcome};
pub use tally::Tally;

/// The segment of customers who have never bought.
pub const NO_ORDERS: &str = "no_orders";

/// Every segmentation, in the order of help, docs and reports.
pub const SEGMENTATIONS: &[&dyn Segmentation] = &[
    &rfm::Rfm,
    &abc_xyz::AbcXyz,
    &ltv::Ltv,
    &stage::Stage,
    &volume::Volume,
    &readiness::Readiness,
    &attributes::Attributes,
    &rules::Rules,
    &clusters::Clusters,
    &effort::Effort,
];

/// The segmentation with this name.
pub fn find(name: &str) -> Option<&'static dyn Segmentation> {
    SEGMENTATIONS.iter().copied().find(|segmentation| segmentation.about().name == name)
}
