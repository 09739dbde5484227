//! What a base is on disk: order lines, customers' attributes and products, in immutable Parquet
//! files sorted by bucket and customer.

pub mod bucket;
pub mod columns;
pub mod group;
pub mod lines;
pub mod record;
pub mod schema;
pub mod set;
pub mod spool;
pub mod write;

pub use lines::{CustomerRow, OrderLine, ProductRow};
pub use set::{FactError, FactSet};
