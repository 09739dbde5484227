//! What people of a population spend, where it says so.

use crate::facts::populations::Population;
use crate::facts::regions::fold;
use model::bands::{Band, number};

/// Attributes that are taken for spend unless one is named, in this order.
pub const SPEND_NAMES: [&str; 8] =
    ["revenue", "spend", "spent", "spending", "amount", "расходы", "despesa", "izdevumi"];
/// The part of people that spend least: one in so many.
const LOWEST: i64 = 5;

/// The spend at the upper end of the lowest fifth of a population, in 1/10 000, and the attribute that says
/// it: the one named, else the first of [`SPEND_NAMES`]. Of a band its lower end counts, so that nobody is
/// called poor who may not be. `None` where there is no such attribute, or it does not hold numbers.
pub fn lowest_fifth(population: &Population, attribute: Option<&str>) -> Option<(String, i64)> {
    let known = population.attributes();
    let named = |wanted: &str| known.iter().copied().find(|name| fold(name) == fold(wanted));
    let attribute = match attribute {
        Some(wanted) => named(wanted)?,
        None => SPEND_NAMES.iter().find_map(|wanted| named(wanted))?,
    };
    let mut spent: Vec<(i64, i64)> = Vec::new();
    for (value, count) in population.values(attribute) {
        let least = number(value).or_else(|| Some(Band::read(value)?.from.unwrap_or(0)))?;
        spent.push((least, count));
    }
    spent.sort_unstable();
    let all = spent.iter().fold(0_i128, |sum, (_, count)| sum + i128::from(*count));
    let mut passed = 0;
    for (least, count) in spent {
        passed += i128::from(count);
        if passed > 0 && passed * i128::from(LOWEST) >= all {
            return Some((attribute.to_owned(), least));
        }
    }
    None
}
