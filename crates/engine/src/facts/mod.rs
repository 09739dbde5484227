//! What a base is on disk: order lines, customers' attributes, products and events, in immutable
//! Parquet files sorted by bucket and customer.

pub mod bucket;
pub mod lines;
pub mod bytes;
pub mod dictionary;
pub mod record;
mod sort_key;
pub mod group;
pub mod spool;
pub mod filter;
pub mod holders;
pub mod waiting;
pub mod schema;
mod sparse;
pub mod columns;
pub mod attributes;
pub mod write;
pub mod events;
pub mod products;
pub mod regions;
pub mod populations;
pub(crate) mod linked;
mod handed;
mod visits;
mod unpack;
pub mod straight;
mod reader;
pub mod set;

pub use attributes::{AttributeRef, Attributes};
pub use events::Events;
pub use lines::{CustomerRow, OrderLine, PlaceRow, ProductRow};
pub(crate) use linked::Linked;
pub use set::{FactError, FactSet};
