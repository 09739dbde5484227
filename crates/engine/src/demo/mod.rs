//! A sample shop made from a seed.
