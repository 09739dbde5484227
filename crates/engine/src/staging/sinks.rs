//! Where cleaned rows go: order lines to where they wait, customers and products to their tables.

use super::customers::CustomerOutlet;
use super::events::EventOutlet;
use super::populations::ArrivedPopulations;
use super::products::ArrivedProducts;
use super::regions::ArrivedRegions;
use crate::facts::events::EventRow;
use crate::facts::waiting::{LineOutlet, WaitingLines};
use crate::facts::{CustomerRow, OrderLine, ProductRow};
use crate::import::clean::{Cleaned, CustomerSink, EventSink, OrderSink, Place, ProductSink};
use std::io;

/// Rejected rows held for the rejects file at most; beyond, rows are counted only.
pub const PROBLEMS_MAX: usize = 500_000;
/// Memory for rejected rows that one thread holds, bytes; beyond, rows are counted only.
pub const PROBLEMS_BYTES_MAX: usize = 96 << 20;

/// One thread's order lines on their way to where they wait.
pub(super) struct SpooledLines<'a> {
    outlet: LineOutlet<'a>,
    lines: u64,
}

impl<'a> SpooledLines<'a> {
    pub(super) fn new(waiting: &'a WaitingLines) -> SpooledLines<'a> {
        SpooledLines { outlet: waiting.outlet(), lines: 0 }
    }

    /// Hands over what is held; gives the number of lines.
    pub(super) fn finish(self) -> io::Result<u64> {
        self.outlet.flush()?;
        Ok(self.lines)
    }
}

impl OrderSink for SpooledLines<'_> {
    fn line(&mut self, line: OrderLine<'_>, place: Place) {
        self.lines += 1;
        self.outlet.push(&line, place.line);
    }
}

/// Small tables, which are held whole.
#[derive(Default)]
pub(super) struct Whole {
    pub(super) products: ArrivedProducts,
    pub(super) regions: ArrivedRegions,
    pub(super) populations: ArrivedPopulations,
}

/// One thread's customers, events and small tables.
pub(super) struct Tables<'a> {
    pub(super) customers: CustomerOutlet<'a>,
    pub(super) events: EventOutlet<'a>,
    pub(super) whole: Whole,
}

impl CustomerSink for Tables<'_> {
    fn customer(&mut self, row: CustomerRow<'_>, place: Place) {
        self.customers.push(&row, place.line);
    }
}

impl ProductSink for Tables<'_> {
    fn product(&mut self, row: ProductRow<'_>, _place: Place) {
        self.whole.products.push(&row);
    }
}

impl EventSink for Tables<'_> {
    fn event(&mut self, row: EventRow<'_>, place: Place) {
        self.events.push(&row, place.line);
    }
}

/// What cleaning found besides facts, gathered over blocks and threads; the same in any order.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) cleaned: Cleaned,
    problems_bytes: usize,
}

impl Findings {
    pub(super) fn add(&mut self, mut cleaned: Cleaned) {
        let mut room = PROBLEMS_MAX.saturating_sub(self.cleaned.problems.len());
        for (index, problem) in cleaned.problems.iter().enumerate().take(room) {
            self.problems_bytes += problem.held_bytes();
            if self.problems_bytes > PROBLEMS_BYTES_MAX {
                room = index;
                break;
            }
        }
        cleaned.problems.truncate(room);
        self.cleaned.merge(cleaned);
    }

    pub(super) fn join(&mut self, other: Findings) {
        self.cleaned.merge(other.cleaned);
        let problems = &mut self.cleaned.problems;
        problems.sort_unstable();
        // Each thread has kept its first ones, so the first ones of all are among them.
        let mut bytes = 0;
        let fit = problems.iter().take_while(|problem| {
            bytes += problem.held_bytes();
            bytes <= PROBLEMS_BYTES_MAX
        });
        let kept = fit.count().min(PROBLEMS_MAX);
        problems.truncate(kept);
    }
}
