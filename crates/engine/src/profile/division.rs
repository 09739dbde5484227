//! The base divided by the segments of one column.

use crate::features::{Features, Question};
use crate::segmentations::contract::{Codes, LabelColumn, Labels, SegmentAbout};
use crate::segmentations::rules::read;
use crate::segmentations::run::{Asked, Outcome};
use crate::segmentations::{NO_ORDERS, tally};
use std::ops::Range;

/// Segments that hold who is left over: they belong to a division, and are no group to be reached.
pub const LEFT_OVER: [&str; 4] = [NO_ORDERS, "no_contact", "effort_unknown", "unknown"];

/// A base that was cut, seen by the named segments of one segmentation.
#[derive(Clone, Copy)]
pub struct Division<'a> {
    asked: &'a Asked,
    /// Place of the column among the label columns.
    column: usize,
    features: &'a [Features],
    labels: &'a [Vec<LabelColumn>],
    /// The segments, in the order of the method.
    names: &'a [String],
}

/// A segment with its customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Its place among the names.
    pub place: usize,
    pub name: &'a str,
    pub customers: u64,
}

/// Why a base cannot be seen so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DivisionError {
    #[error("`{0}` was not asked for in this run")]
    NotAsked(String),
    #[error("`{0}` gives no named segments")]
    NoSegments(String),
}

impl<'a> Division<'a> {
    /// The base by the named segments of a segmentation of the run.
    ///
    /// # Errors
    /// A segmentation that is not of the run.
    pub fn new(
        name: &str,
        asked: &'a [Asked],
        features: &'a [Features],
        outcome: &'a Outcome,
    ) -> Result<Division<'a>, DivisionError> {
        let one = asked.iter().find(|one| one.segmentation.about().name == name);
        let asked = one.ok_or_else(|| DivisionError::NotAsked(name.to_owned()))?;
        let column = asked.segmentation.about().named_by;
        let first = outcome.labels.first().map_or(&[][..], Vec::as_slice);
        let found = first.iter().position(|labels| labels.name == column);
        let found = found.and_then(|place| match &first[place].labels {
            Labels::Names { names, .. } => Some((place, names.as_slice())),
            _ => None,
        });
        let (column, names) = found.ok_or_else(|| DivisionError::NoSegments(name.to_owned()))?;
        Ok(Division { asked, column, features, labels: &outcome.labels, names })
    }

    /// The segmentation and its settings.
    pub fn asked(&self) -> &'a Asked {
        self.asked
    }

    /// The name of the segmentation.
    pub fn name(&self) -> &'static str {
        self.asked.segmentation.about().name
    }

    /// The name of the column that is looked at.
    pub fn column_name(&self) -> &'static str {
        self.asked.segmentation.about().named_by
    }

    /// The attributes by which customers were put into segments.
    pub fn cut_by(&self, question: &Question) -> Vec<String> {
        let mut own = Question::new(question.as_of);
        match self.asked.segmentation.ask(&self.asked.settings, &mut own) {
            Ok(()) => own.attributes,
            Err(_) => Vec::new(),
        }
    }

    /// The features, bucket by bucket.
    pub fn features(&self) -> &'a [Features] {
        self.features
    }

    /// Names of the segments, with customers or without.
    pub fn names(&self) -> &'a [String] {
        self.names
    }

    /// The place of each customer's segment among the names, of one bucket.
    pub fn codes(&self, bucket: usize) -> &'a Codes {
        match &self.labels[bucket][self.column].labels {
            Labels::Names { codes, .. } => codes,
            _ => unreachable!("a column of segments is one in every bucket"),
        }
    }

    /// Another label column of a bucket; `None` where the run gives none of this name.
    pub fn label(&self, bucket: usize, name: &str) -> Option<&'a Labels> {
        self.labels[bucket].iter().find(|column| column.name == name).map(|column| &column.labels)
    }

    /// The flag of each customer of one bucket in another column of the segmentation; none where it has no
    /// such flag.
    pub fn flags(&self, column: &str, bucket: usize) -> &'a [Option<bool>] {
        let own = self.asked.segmentation.about().columns.iter().any(|(name, _)| *name == column);
        let found = self.labels[bucket].iter().find(|labels| own && labels.name == column);
        match found.map(|found| &found.labels) {
            Some(Labels::Flags(flags)) => flags,
            _ => &[],
        }
    }

    /// Customers of the base.
    pub fn customers(&self) -> u64 {
        self.features.iter().map(|bucket| bucket.len() as u64).sum()
    }

    /// How many customers each segment has, in the order of the names.
    pub fn sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.names.len()];
        for bucket in 0..self.labels.len() {
            self.codes(bucket).iter().for_each(|code| sizes[usize::from(code)] += 1);
        }
        sizes
    }

    /// The segments that have customers, in the order of the names.
    pub fn segments(&self) -> Vec<Segment<'a>> {
        let sizes = self.sizes().into_iter().zip(self.names).enumerate();
        sizes
            .filter(|(_, (customers, _))| *customers > 0)
            .map(|(place, (customers, name))| Segment { place, name, customers })
            .collect()
    }

    /// The segments that have customers and are a group of their own, not who is left over.
    pub fn groups(&self) -> Vec<Segment<'a>> {
        self.segments().into_iter().filter(|segment| !self.is_left_over(segment.name)).collect()
    }

    /// Whether a segment holds who is left over.
    pub fn is_left_over(&self, name: &str) -> bool {
        let of_rules = || read::of(&self.asked.settings).is_ok_and(|rules| rules.rest == name);
        LEFT_OVER.contains(&name) || self.name() == "rules" && of_rules()
    }

    /// What the method says of a segment; `None` for those that customers' data or rules name.
    pub fn about(&self, name: &str) -> Option<&'static SegmentAbout> {
        self.asked.segmentation.about().segments.iter().find(|about| about.name == name)
    }

    /// Adds up the money of each segment, in the order of the names.
    pub fn sums(&self) -> Vec<tally::Sums> {
        tally::by_code(self.names.len(), self.features, &|bucket| self.codes(bucket))
    }

    /// Rows of each bucket as numbers of the base, bucket after bucket.
    pub(crate) fn ranges(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let range = |bucket: &Features| {
            let own = start..start + bucket.len();
            start = own.end;
            own
        };
        self.features.iter().map(range).collect()
    }
}
