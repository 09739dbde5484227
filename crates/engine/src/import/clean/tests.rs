//! Tests of cleaning.
