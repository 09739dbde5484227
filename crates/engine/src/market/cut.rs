//! Values of both sides put into the same groups, numbers as bands.

use crate::facts::regions::fold;
use model::bands::{Band, number};
use model::money::Money;
use model::quantiles::{ValueCounts, group_of};
use std::collections::BTreeMap;

/// Different numbers from which they are cut into groups.
const NUMBERS_MIN: usize = 10;
/// Groups of about equally many customers that numbers are cut into.
const GROUPS: u32 = 5;
/// The field whose digits are no number.
const CODE: &str = "zip";

/// Values by their folded form: the value as it is written first, and how many have it.
pub type Counts = BTreeMap<String, (String, u64)>;

/// How numbers were put into groups, the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Values as they are.
    None,
    /// The bands that the population comes in, by their least number, with their names there.
    Bands(Vec<(Band, String)>),
    /// Rising quantiles of the customers' numbers, in 1/10 000.
    Quantiles(Vec<i64>),
}

/// The numbers of a group: those above the first, up to the second, in 1/10 000; or of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    Band(Band),
    Between { above: Option<i64>, at_most: Option<i64> },
}

impl Cut {
    /// How the numbers of both sides are cut: by the bands that a population comes in, else, where both
    /// sides are numbers and there are many different ones, by quantiles of the customers.
    pub fn of(attribute: &str, here: &Counts, there: &Counts) -> Cut {
        let mut bands: Vec<(Band, String)> =
            there.values().filter_map(|(value, _)| Some((Band::read(value)?, value.clone()))).collect();
        // What begins with a nought is a code.
        let is_code =
            |value: &str| value.starts_with('0') && value[1..].starts_with(|c: char| c.is_ascii_digit());
        let is_number =
            |counts: &Counts| counts.keys().all(|value| number(value).is_some() && !is_code(value));
        if !bands.is_empty() {
            bands.sort();
            let rest = |value: &String| Band::read(value).is_some() || number(value).is_some();
            return if there.keys().all(rest) { Cut::Bands(bands) } else { Cut::None };
        }
        let many = here.len().max(there.len()) >= NUMBERS_MIN;
        if !many || attribute == CODE || here.is_empty() || !is_number(here) || !is_number(there) {
            return Cut::None;
        }
        let numbers = here.iter().filter_map(|(value, (_, count))| Some((number(value)?, *count)));
        let all = numbers.flat_map(|(number, count)| std::iter::repeat_n(number, count as usize));
        let mut cuts = ValueCounts::of(all.collect()).cuts(GROUPS);
        cuts.dedup();
        Cut::Quantiles(cuts)
    }

    /// Where a value goes: what it is sorted by, and what it is called.
    pub fn group(&self, folded: &str, value: &str) -> (String, String) {
        let as_it_is = || (format!("~{folded}"), value.to_owned());
        match (self, self.place(folded, value)) {
            (Cut::Bands(bands), Some(place)) => (key(place), bands[place].1.clone()),
            (Cut::Quantiles(_), Some(place)) => (key(place), self.quantile_name(place)),
            _ => as_it_is(),
        }
    }

    /// The numbers that a value is in a group with; `None` where it stands as it is.
    pub fn range(&self, folded: &str, value: &str) -> Option<Range> {
        let place = self.place(folded, value)?;
        match self {
            Cut::None => None,
            Cut::Bands(bands) => Some(Range::Band(bands[place].0)),
            Cut::Quantiles(cuts) => {
                let above = place.checked_sub(1).map(|before| cuts[before]);
                Some(Range::Between { above, at_most: cuts.get(place).copied() })
            }
        }
    }

    /// The place of a value's band or quantile.
    fn place(&self, folded: &str, value: &str) -> Option<usize> {
        match self {
            Cut::None => None,
            Cut::Bands(bands) => {
                let same = bands.iter().position(|(_, name)| fold(name) == folded);
                let inside =
                    || bands.iter().position(|(band, _)| number(value).is_some_and(|n| band.holds(n)));
                // The same band may be written in another way.
                let equal = || Band::read(value).and_then(|own| bands.iter().position(|(b, _)| *b == own));
                same.or_else(equal).or_else(inside)
            }
            Cut::Quantiles(cuts) => number(value).map(|number| group_of(number, cuts)),
        }
    }

    fn quantile_name(&self, place: usize) -> String {
        let Cut::Quantiles(cuts) = self else { return String::new() };
        match (place.checked_sub(1).map(|before| cuts[before]), cuts.get(place)) {
            (None, Some(to)) => format!("up to {}", shown(*to)),
            (Some(from), Some(to)) => format!("above {} up to {}", shown(from), shown(*to)),
            (Some(from), None) => format!("above {}", shown(from)),
            (None, None) => "all".to_owned(),
        }
    }

    /// Counts put together by group.
    pub fn grouped(&self, counts: &Counts) -> Counts {
        let mut groups = Counts::new();
        for (folded, (value, count)) in counts {
            let (key, name) = self.group(folded, value);
            let known = groups.entry(key).or_insert((name, 0));
            known.1 = known.1.saturating_add(*count);
        }
        groups
    }
}

fn key(place: usize) -> String {
    format!("{place:06}")
}

/// A number of 1/10 000 for people, and for rules.
pub(super) fn shown(number: i64) -> String {
    let text = Money(number).to_string();
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}
