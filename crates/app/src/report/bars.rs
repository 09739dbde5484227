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

/// Two bars, one under the other: the first solid, the second striped.
pub(super) fn twin_bar(solid: f64, striped: f64) -> String {
    let [solid, striped] = [solid, striped].map(|share| share.clamp(0.0, 1.0) * 100.0);
    format!(
        "<svg class=\"bar\" width=\"100%\" height=\"22\" aria-hidden=\"true\">\
         <rect class=\"track\" width=\"100%\" height=\"9\" rx=\"3\"></rect>\
         <rect class=\"fill\" width=\"{solid:.2}%\" height=\"9\" rx=\"3\"></rect>\
         <rect class=\"track\" y=\"13\" width=\"100%\" height=\"9\" rx=\"3\"></rect>\
         <rect class=\"stripes\" y=\"13\" width=\"{striped:.2}%\" height=\"9\" rx=\"3\" \
         fill=\"url(#asleep)\"></rect></svg>"
    )
}

/// A share with its interval, and a line where the usual share is.
pub(super) fn interval_bar([low, share, high]: [f64; 3], usual: f64) -> String {
    let [low, share, high, usual] = [low, share, high, usual].map(|at| at.clamp(0.0, 1.0) * 100.0);
    format!(
        "<svg class=\"bar interval\" width=\"100%\" height=\"16\" aria-hidden=\"true\">\
         <rect class=\"track\" y=\"6\" width=\"100%\" height=\"4\" rx=\"2\"></rect>\
         <line class=\"limit\" x1=\"{usual:.2}%\" x2=\"{usual:.2}%\" y1=\"0\" y2=\"16\"></line>\
         <rect class=\"fill\" x=\"{low:.2}%\" y=\"5\" width=\"{:.2}%\" height=\"6\" rx=\"3\"></rect>\
         <circle class=\"dot\" cx=\"{share:.2}%\" cy=\"8\" r=\"5\"></circle></svg>",
        (high - low).max(0.0)
    )
}
