//! How many segments there are.

use super::{Figure, Finding, Judged};

/// More segments with customers than this nobody serves differently.
pub const SEGMENTS_MAX: usize = 20;
/// Fewer do not divide anything.
pub const SEGMENTS_MIN: usize = 2;

pub(super) fn find(judged: &Judged<'_>) -> Vec<Finding> {
    let count = judged.division.segments().len();
    let kind = match count {
        many if many > SEGMENTS_MAX => "number-many",
        few if few < SEGMENTS_MIN => "number-few",
        _ => return Vec::new(),
    };
    vec![Finding::new("number", kind).with("segments", Figure::Count(count as u64))]
}
