//! Every customer has exactly one segment, and the segments add up to the base.

use super::{Figure, Finding, Judged};

/// By construction nothing is ever found; a segmentation that breaks its promise is.
pub(super) fn find(judged: &Judged<'_>) -> Vec<Finding> {
    let division = &judged.division;
    let (mut customers, mut placed) = (0, 0);
    for (place, bucket) in division.features().iter().enumerate() {
        customers += bucket.len() as u64;
        let codes = division.codes(place);
        placed += codes.iter().filter(|&code| usize::from(code) < division.names().len()).count() as u64;
    }
    if placed == customers {
        return Vec::new();
    }
    let finding = Finding::new("exclusive", "exclusive")
        .with("customers", Figure::Count(customers))
        .with("placed", Figure::Count(placed));
    vec![finding]
}
