//! What a check finds: plain values that can be said in any language.

use model::calendar::Day;
use serde::Serialize;

/// One thing that is wrong with a segmentation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Name of the check.
    pub check: &'static str,
    /// What exactly, as messages name it; begins with the name of the check.
    pub kind: &'static str,
    /// The segments concerned; none where it is the whole segmentation.
    pub segments: Vec<String>,
    /// The figures that go into the sentence, by name.
    pub figures: Vec<(&'static str, Figure)>,
}

/// A figure of a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure {
    Count(u64),
    /// A part of 1.
    Share(f64),
    /// In 1/10 000.
    Money(i128),
    Number(f64),
    Day(Day),
    /// A name: of a feature, an attribute, a segment.
    Name(String),
}

impl Finding {
    pub(super) fn new(check: &'static str, kind: &'static str) -> Finding {
        Finding { check, kind, segments: Vec::new(), figures: Vec::new() }
    }

    pub(super) fn of(mut self, segment: &str) -> Finding {
        self.segments.push(segment.to_owned());
        self
    }

    pub(super) fn with(mut self, name: &'static str, figure: Figure) -> Finding {
        self.figures.push((name, figure));
        self
    }

    /// A figure by name.
    pub fn figure(&self, name: &str) -> Option<&Figure> {
        self.figures.iter().find(|(known, _)| *known == name).map(|(_, figure)| figure)
    }
}
