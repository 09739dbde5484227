//! Several ids as one person: reading a base as if its files had said the main id wherever they say
//! an alias, and the forms in which contacts are compared.

mod link;
mod points;

pub use link::{LINKED_LINES_MAX, link};
pub use points::{masked, point_of};
