//! Who moved where: the same base cut at several moments, and its customers followed from one to the next.
//!
//! Everything comes from facts, so any past moments will do: nothing has to have run then. A [`State`] is
//! what is kept of a base that was cut; [`Moves`] is two of them put side by side, [`wanted`] counts the
//! moves that a method wants, and [`happened`] tells what a customer did between.

mod state;
mod matrix;
mod wanted;
mod happenings;
mod table;
mod review;

pub use happenings::{Happening, happened};
pub use matrix::{Move, Moved, Moves, MovesError, chain};
pub use review::{Change, Compared, Found, compare};
pub use state::State;
pub use table::{Chosen, table};
pub use wanted::{Counted, wanted};

/// The node of customers that were not known at the earlier moment. No method has a segment of this name.
pub const NOT_YET_KNOWN: &str = "not_yet_known";

#[cfg(test)]
mod tests;
