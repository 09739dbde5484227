//! Rows of which equal ones that follow each other are looked at once: who is drawn anew with repeats stands
//! there twice and more.

use super::matrix::Matrix;
use super::partition::Label;
use std::borrow::Cow;
use std::iter::repeat_n;
use std::ops::Range;

/// Rows of one piece of work. Fixed, so that sums are the same on any number of threads.
const CHUNK_ROWS: usize = 1 << 13;

/// Rows, and how often each stands there.
pub(super) struct Runs<'a> {
    rows: Cow<'a, Matrix>,
    /// Empty where each stands there once.
    times: Vec<u32>,
    /// The first of each chunk: chunks are of equally many rows as they stood, so that sums are the same.
    firsts: Vec<usize>,
}

impl<'a> Runs<'a> {
    /// Every row by itself.
    pub(super) fn apart(rows: &'a Matrix) -> Runs<'a> {
        let firsts = (0..rows.rows()).step_by(CHUNK_ROWS).collect();
        Runs { rows: Cow::Borrowed(rows), times: Vec::new(), firsts }
    }

    /// Equal rows that follow each other as one.
    pub(super) fn of(rows: &'a Matrix) -> Runs<'a> {
        let bits = |row: usize| rows.row(row).iter().map(|value| value.to_bits());
        let begins = |row: &usize| row.is_multiple_of(CHUNK_ROWS) || !bits(*row).eq(bits(row - 1));
        let starts: Vec<u32> = (0..rows.rows()).filter(begins).map(|row| row as u32).collect();
        if starts.len() == rows.rows() {
            return Runs::apart(rows);
        }
        let chunks = rows.rows().div_ceil(CHUNK_ROWS);
        let first = |chunk: usize| starts.partition_point(|&start| (start as usize) < chunk * CHUNK_ROWS);
        let ends = starts[1..].iter().copied().chain([rows.rows() as u32]);
        let times = starts.iter().zip(ends).map(|(start, end)| end - start).collect();
        let firsts = (0..chunks).map(first).collect();
        Runs { rows: Cow::Owned(rows.subset(&starts)), times, firsts }
    }

    /// The rows, each once.
    pub(super) fn rows(&self) -> &Matrix {
        &self.rows
    }

    /// How often a row stands there.
    pub(super) fn times(&self, row: usize) -> u32 {
        self.times.get(row).copied().unwrap_or(1)
    }

    /// The rows of each chunk.
    pub(super) fn chunks(&self) -> impl ExactSizeIterator<Item = Range<usize>> {
        let end = |chunk: usize| self.firsts.get(chunk + 1).copied().unwrap_or(self.rows.rows());
        self.firsts.iter().enumerate().map(move |(chunk, &first)| first..end(chunk))
    }

    /// Labels of the rows as they stood, from those of rows looked at once.
    pub(super) fn spread(&self, labels: Vec<Label>) -> Vec<Label> {
        if self.times.is_empty() {
            return labels;
        }
        labels.iter().zip(&self.times).flat_map(|(&label, &times)| repeat_n(label, times as usize)).collect()
    }
}
