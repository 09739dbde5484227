//! Small bars inside tables: a share as a length, beside the number that says it.

/// A bar of a share from 0 to 1. The number stands beside it, so readers of screens skip it.
pub(super) fn bar(share: f64) -> String {
    let width = share.clamp(0.0, 1.0) * 100.0;
    format!(
        "<svg class=\"bar\" width=\"100%\" height=\"8\" aria-hidden=\"true\">\
         <rect class=\"track\" width=\"100%\" height=\"8\" rx=\"4\"></rect>\
         <rect class=\"fill\" width=\"{width:.2}%\" height=\"8\" rx=\"4\"></rect></svg>"
    )
}

/// A bar in two parts: the first solid, the second striped.
pub(super) fn split_bar(solid: f64, striped: f64) -> String {
    let solid = solid.clamp(0.0, 1.0) * 100.0;
    let striped = (striped.clamp(0.0, 1.0) * 100.0).min(100.0 - solid);
    format!(
        "<svg class=\"bar split\" width=\"100%\" height=\"16\" aria-hidden=\"true\">\
         <rect class=\"track\" width=\"100%\" height=\"16\" rx=\"4\"></rect>\
         <rect class=\"fill\" width=\"{solid:.2}%\" height=\"16\"></rect>\
         <rect class=\"stripes\" x=\"{solid:.2}%\" width=\"{striped:.2}%\" height=\"16\" \
         fill=\"url(#asleep)\"></rect></svg>"
    )
}
