//! Ways to cut the base. Each is one file and one line in [`SEGMENTATIONS`].
//!
//! A segmentation gives every customer exactly one segment. It is worked out in three phases that
//! never mix: the scan makes [`Features`] bucket by bucket; in each round every bucket says a small
//! [`Summary`], and the merged summary is fitted into a few numbers ([`Fit`]); then every bucket
//! labels its own customers from its features and the fit. Settings, summaries and fits are plain
//! values, so a bucket can be asked on another machine.

pub mod contract;

pub use contract::{
    About, Fit, LabelColumn, Labels, Parameter, Reason, Segmentation, SettingError, Settings, Summary,
};

/// Every segmentation, in the order of help, docs and reports.
pub const SEGMENTATIONS: &[&dyn Segmentation] = &[];

/// The segmentation with this name.
pub fn find(name: &str) -> Option<&'static dyn Segmentation> {
    SEGMENTATIONS.iter().copied().find(|segmentation| segmentation.about().name == name)
}
