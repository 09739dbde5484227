//! How many more rows would settle a hypothesis.

use super::hypergeometric::Margins;
use super::intervals::odds_ratio;

/// The chance of being settled that the number of rows must give, if the hypothesis is true.
pub const POWER: f64 = 0.8;
/// Rows are looked for up to so many times those there are.
pub const ROWS_TIMES_MAX: u64 = 10;
/// Sizes are tried row by row, but in at most so many steps for the rows there are: an estimate needs
/// no more.
const STEPS_PER_ROWS_MAX: u64 = 50;

/// How many more rows make a rule significant with probability `POWER`, if the shares seen — of
/// rows covered, of positives, and the odds ratio between them — are the true ones; `None` where ten
/// times the rows would not.
///
/// Significant means a one-sided exact p-value below `critical`, the limit that the search at hand
/// sets; both margins are taken in proportion, and covered positives follow Fisher's noncentral
/// hypergeometric distribution. A rule that was picked as the best of many looks better than it is,
/// so the number is a lower estimate.
pub fn more_rows(seen: Margins, positives: u64, critical: f64) -> Option<u64> {
    let Margins { rows, positives: all, covered } = seen;
    let others = covered - positives;
    let missed = all - positives;
    let odds = odds_ratio([positives, others, missed, rows - all - others]).value;
    let steps = rows.min(STEPS_PER_ROWS_MAX);
    (1..=(ROWS_TIMES_MAX - 1) * steps).map(|step| (rows * step).div_ceil(steps)).find(|more| {
        let to = rows + more;
        // Half up, in whole numbers of 128 bits that no base overflows.
        let scale = |part: u64| {
            let twice = 2 * u128::from(part) * u128::from(to) + u128::from(rows);
            (twice / (2 * u128::from(rows))) as u64
        };
        let margins = Margins { rows: to, positives: scale(all), covered: scale(covered) };
        margins.power(margins.critical(critical), odds) >= POWER
    })
}
