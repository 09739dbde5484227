//! Rows to facts' lines, by a mapping: cells read, orders put together, people kept apart.
//!
//! Orders take one of three ways, as the mapping says: rows that are lines by themselves (no state
//! between rows, nothing allocated), rows of one order that stand together ([`groups`]), and rows
//! whose empty cells take the value of the row above ([`headings`]).

mod calls;
mod customers;
mod documents;
mod draft;
mod events;
mod groups;
mod headings;
mod items;
mod keys;
mod orders;
mod people;
mod personal;
mod plan;
mod population;
mod products;
mod regions;
mod report;
mod spread;
mod view;

pub use keys::is_digest;
pub use people::Attribute;
pub use report::{Cleaned, Counts, Tally};

use super::cells::Zone;
use super::mapping::Mapping;
use super::rates::Conversion;
use super::topics::Topics;
use crate::facts::events::EventRow;
use crate::facts::populations::Combination;
use crate::facts::{CustomerRow, OrderLine, PlaceRow, ProductRow};
use crate::sources::RowBlock;
use draft::Memory;
use groups::Held;
use headings::Carried;
use keys::Keys;
use model::base::FactKind;
use model::calendar::Day;
use people::People;
use plan::Plan;
use report::{Refusal, Report, is_header};
use std::sync::Arc;
use view::View;

/// Where a row stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line where the row began, from 1.
    pub line: u64,
    /// Byte where it began in the decompressed file.
    pub byte: u64,
}

/// Who takes order lines.
pub trait OrderSink {
    fn line(&mut self, line: OrderLine<'_>, place: Place);
}

/// Who takes customers.
pub trait CustomerSink {
    fn customer(&mut self, row: CustomerRow<'_>, place: Place);
}

/// Who takes products.
pub trait ProductSink {
    fn product(&mut self, row: ProductRow<'_>, place: Place);
}

/// Who takes places.
pub trait RegionSink {
    /// # Errors
    /// The row cannot be taken.
    fn place(&mut self, row: &PlaceRow<'_>, at: Place) -> Result<(), RowRefused>;
}

/// Who takes people that are not ours.
pub trait PopulationSink {
    /// Adds people who have these values in common, sorted; `count` is in 1/10 000.
    ///
    /// # Errors
    /// The row cannot be taken.
    fn people(&mut self, name: &str, combination: Combination, count: i64) -> Result<(), RowRefused>;
}

/// Why a good row of a small table cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowRefused {
    /// The row at this line says other things of the same place.
    Twice { line: u64 },
    /// There are as many as are held.
    TooMany { most: usize },
    /// A sum does not fit.
    TooLarge,
}

/// Who takes deals, leads and touches.
pub trait EventSink {
    fn event(&mut self, row: EventRow<'_>, place: Place);
}

/// Hands lines on in the base's currency.
struct Converting<'a, S> {
    conversion: Option<&'a Conversion>,
    sink: &'a mut S,
}

impl<S: OrderSink> OrderSink for Converting<'_, S> {
    fn line(&mut self, line: OrderLine<'_>, place: Place) {
        match self.conversion {
            // That a row's money can be turned was seen when it was read.
            Some(conversion) => self.sink.line(conversion.of(&line).unwrap_or(line), place),
            None => self.sink.line(line, place),
        }
    }
}

/// Cleans rows by a mapping. Each thread has its own; blocks may come in any order unless
/// [`Cleaner::sequential`] says otherwise.
#[derive(Clone)]
pub struct Cleaner {
    plan: Arc<Plan>,
    keys: Keys,
    people: People,
    memory: Memory,
    report: Report,
    /// The order whose rows are still coming.
    held: Held,
    /// What the rows above have said.
    carried: Carried,
}

impl Cleaner {
    /// A cleaner for one file.
    ///
    /// `zone` is the base's; `digest_key` the base's secret; orders after `newest_day_allowed` are
    /// rejected unless the mapping allows them; `region` is the country code of phone numbers
    /// without one, such as `LV`.
    pub fn new(
        mapping: &Mapping,
        zone: &Zone,
        digest_key: &[u8; 32],
        newest_day_allowed: Day,
        region: &str,
    ) -> Cleaner {
        let plan = Plan::new(mapping, zone, newest_day_allowed, region);
        Cleaner {
            keys: Keys::new(digest_key, region),
            people: People::default(),
            memory: Memory::default(),
            report: Report::default(),
            held: Held::default(),
            carried: Carried::new(&plan),
            plan: Arc::new(plan),
        }
    }

    /// The same cleaner, turning money into one currency. Call it before the cleaner is cloned.
    #[must_use]
    pub fn converting(mut self, conversion: Conversion) -> Cleaner {
        let plan = Arc::get_mut(&mut self.plan);
        debug_assert!(plan.is_some(), "the plan is shared already");
        if let Some(plan) = plan {
            plan.conversion = Some(conversion);
        }
        self
    }

    /// The same cleaner, finding other topics in texts. Call it before the cleaner is cloned.
    #[must_use]
    pub fn with_topics(mut self, topics: Arc<Topics>) -> Cleaner {
        let plan = Arc::get_mut(&mut self.plan);
        debug_assert!(plan.is_some(), "the plan is shared already");
        if let Some(plan) = plan {
            plan.topics = topics;
        }
        self
    }

    /// Whether rows depend on the rows before them: then one cleaner must see all blocks in order.
    pub fn sequential(&self) -> bool {
        self.plan.group || !self.plan.carry.is_empty()
    }

    /// Cleans a block of an order file.
    pub fn orders(&mut self, block: &RowBlock, sink: &mut impl OrderSink) {
        self.report.bad_rows(block);
        let plan = self.plan.clone();
        let sink = &mut Converting { conversion: plan.conversion.as_ref(), sink };
        if self.plan.group {
            groups::clean(self, block, sink);
        } else if self.plan.carry.is_empty() {
            orders::clean(self, block, sink);
        } else {
            headings::clean(self, block, sink);
        }
    }

    /// Cleans a block of a customer file.
    pub fn customers(&mut self, block: &RowBlock, sink: &mut impl CustomerSink) {
        self.report.bad_rows(block);
        customers::clean(self, block, sink);
    }

    /// Cleans a block of a product file.
    pub fn products(&mut self, block: &RowBlock, sink: &mut impl ProductSink) {
        self.report.bad_rows(block);
        products::clean(self, block, sink);
    }

    /// Cleans a block of a region file.
    pub fn regions(&mut self, block: &RowBlock, sink: &mut impl RegionSink) {
        self.report.bad_rows(block);
        regions::clean(self, block, sink);
    }

    /// Cleans a block of a file of a population.
    pub fn population(&mut self, block: &RowBlock, sink: &mut impl PopulationSink) {
        self.report.bad_rows(block);
        population::clean(self, block, sink);
    }

    /// Cleans a block of a file of deals, leads or touches.
    pub fn events(&mut self, kind: FactKind, block: &RowBlock, sink: &mut impl EventSink) {
        if events::has_footers(&self.plan) {
            self.report.bad_rows_and_footers(block);
        } else {
            self.report.bad_rows(block);
        }
        events::clean(self, kind, block, sink);
    }

    /// Gives out what is held back: the last order of a file whose rows depend on one another.
    /// Call it once, after the last block; then [`Cleaner::take`] once more.
    pub fn finish(&mut self, sink: &mut impl OrderSink) {
        let plan = self.plan.clone();
        groups::flush(self, &mut Converting { conversion: plan.conversion.as_ref(), sink });
    }

    /// Gives out the last event of a file whose events stand in several rows each, as
    /// [`Cleaner::finish`] does with orders.
    pub fn finish_events(&mut self, kind: FactKind, sink: &mut impl EventSink) {
        events::flush(self, kind, sink);
    }

    /// Takes out what cleaning has found since it was last taken. To be called after each block:
    /// people are told apart, and their contacts collected, from one call to the next.
    pub fn take(&mut self) -> Cleaned {
        let (contacts, attributes) = self.people.take();
        self.report.take(contacts, attributes)
    }
}

/// Takes the rows of a block of which each is a fact of its own: a heading that repeats is set aside,
/// and what `one` refuses is kept with its reason.
fn each_row(
    cleaner: &mut Cleaner,
    block: &RowBlock,
    one: &mut dyn FnMut(&mut Cleaner, &Plan, &View<'_>) -> Result<(), Refusal>,
) {
    let plan = cleaner.plan.clone();
    for row in block.iter() {
        if is_header(&plan, row) {
            cleaner.report.aside("header");
        } else if let Err(refusal) = one(cleaner, &plan, &View::plain(row)) {
            cleaner.report.refused(&plan, row, refusal);
        }
    }
}
