//! A sample shop made from a seed, at any size: for first looks, tests and measurements.
//!
//! Everything about a customer follows from the seed and the customer's number, so any number of
//! threads makes the same base. No figure comes from a library's random stream or from the
//! platform's mathematics: the bytes of a seed never change by an update.
//!
//! Modules in the order of the flow; each uses only those above it.

mod categories;
mod chance;
mod export;
mod goods;
mod habits;
mod line;
mod orders;
mod rows;
mod season;
mod shop;
mod spill;
#[cfg(test)]
mod tests;

pub use export::{CSV_HEADER, DemoError, Written, write_csv, write_customers_csv, write_products_csv};
pub use line::{LineText, ShopLine};
pub use orders::Lines;
pub use shop::Shop;
