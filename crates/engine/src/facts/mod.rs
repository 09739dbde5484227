//! What a base is on disk: order lines, customers' attributes and products, in immutable Parquet
//! files sorted by bucket and customer.

pub mod lines;

pub use lines::{CustomerRow, OrderLine, ProductRow};
