//! The market against slow counts, on planted bases, and on random ones at the stated error rate.

mod beside;
mod hidden;
mod spending;
