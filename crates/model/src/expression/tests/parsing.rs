//! Texts and what they are read as.
