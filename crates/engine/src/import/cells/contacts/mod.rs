//! Ways to reach a customer, in the one form that can be compared and used.

mod email;
mod phone;

pub use email::{Email, email, emails};
pub use phone::{Phone, phone};
