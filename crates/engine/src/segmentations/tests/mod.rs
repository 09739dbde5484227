//! Tests of all segmentations.
