//! A base in a temporary folder, with a manifest in memory.

use engine::facts::waiting::WaitingLines;
use engine::facts::write::Durability;
use engine::facts::{FactSet, OrderLine};
use engine::progress::Unwatched;
use engine::staging::Target;
use engine::staging::orders::{Arrived, stage_orders};
use model::base::ListedFile;
use model::calendar::Day;
use model::money::Money;

const DAY_MICROS: i64 = 86_400_000_000;
/// Rows kept in memory per bucket while they arrive, in bytes.
const SPOOL_BYTES: usize = 4096;

/// The facts of order lines, imported as one file. The files are read anew each time, so the folder
/// must stay.
pub(crate) struct Base {
    pub(crate) facts: FactSet,
    _folder: tempfile::TempDir,
}

impl Base {
    pub(crate) fn of(lines: &[OrderLine<'_>]) -> Base {
        let (folder, spill) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let waiting = WaitingLines::new(spill.path(), "spill", SPOOL_BYTES);
        let mut outlet = waiting.outlet();
        for (row, line) in (1..).zip(lines) {
            outlet.push(line, row);
        }
        outlet.flush().unwrap();
        let rows = lines.len() as u64;
        let arrived = Arrived { lines: &waiting, rows, source: "shop", whole_orders: false };
        let target =
            Target { base: folder.path(), name: "first", durability: Durability::Ephemeral, threads: 1 };
        let nothing = FactSet::open(folder.path(), &[], None).unwrap();
        let staged = stage_orders(&arrived, &nothing, target, &Unwatched).unwrap();
        let files: Vec<ListedFile> =
            staged.files.into_iter().map(|file| ListedFile { import: 1, file }).collect();
        Base { facts: FactSet::open(folder.path(), &files, None).unwrap(), _folder: folder }
    }
}

pub(crate) fn day(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

/// A line that is an order of its own.
pub(crate) fn line<'a>(customer: Option<&'a str>, on: Day, amount: i64) -> OrderLine<'a> {
    OrderLine {
        customer_id: customer,
        ordered_at: i64::from(on.0) * DAY_MICROS,
        day: on,
        amount: Money::units(amount),
        ..OrderLine::default()
    }
}
