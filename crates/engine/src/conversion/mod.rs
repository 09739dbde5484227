//! Where customers come from, and how many of those who come become customers.
//!
//! People are everybody the base knows: with an order, a deal, a lead, a touch, or in a file of
//! customers. Of each it is asked which source brought them, up to the day of their first purchase;
//! where several did, the first, the last, or all of them in even parts count.

mod mentions;
mod tallied;

pub use mentions::{By, Mentions, column_mentions, event_mentions};
pub use tallied::{Part, Row, Whole, rows};

/// Which of several sources counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attribution {
    /// The first one: where they learnt of us.
    #[default]
    First,
    /// The last one before the first purchase: what decided.
    Last,
    /// Every different one in even parts.
    Even,
}

impl Attribution {
    pub const ALL: [Attribution; 3] = [Attribution::First, Attribution::Last, Attribution::Even];

    /// The name it is asked for by.
    pub const fn name(self) -> &'static str {
        match self {
            Attribution::First => "first",
            Attribution::Last => "last",
            Attribution::Even => "even",
        }
    }

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Attribution> {
        Attribution::ALL.into_iter().find(|one| one.name() == name)
    }
}

#[cfg(test)]
mod tests;
