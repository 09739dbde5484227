//! One pass over the facts of a bucket, customer by customer.
//!
//! The lines of a bucket lie sorted by customer and moment, so a customer is a run of rows: the
//! pass needs no table of customers and no memory beyond the row group at hand. A bucket that
//! several imports wrote to is merged first; of an order's versions only the newest stays, and none of
//! one that was taken back.

mod texts;
pub mod lines;
pub mod merge;
mod merged;
mod known;
pub mod visit;

pub use lines::{Lines, Need};
pub use texts::Texts;
pub use visit::{Customer, CustomerEvents, Order, Totals, decode_only, visit_anonymous, visit_customers};
