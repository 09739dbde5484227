//! Why a rule holds for a customer, or does not: every condition with the value that it met.

use super::decimal::Decimal;
use super::place::{At, Part};
use super::value::{Measured, Owned};
use crate::calendar::Day;
use crate::money::{SCALE, divide_half_even};
use std::fmt;

/// What became of a condition, and of those inside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Its number in the order of the text, see [`At`].
    pub condition: usize,
    /// Its canonical text.
    pub text: String,
    pub held: bool,
    pub found: Found,
    /// Those inside it, all of them, also where the first decides. Filters of facts have none:
    /// they are asked of every fact anew.
    pub inside: Vec<Trace>,
}

/// What a condition met.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// It stands for those inside it.
    Group,
    /// The value of its name.
    Value(Owned),
    /// The number that was measured, and the day that it hangs on, where there are such: the day of
    /// the fact that was looked at, of the last fact before a pause, of the fact after it, of the
    /// last step of a sequence.
    Facts { measured: Option<Measured>, day: Option<Day> },
}

impl Trace {
    /// The condition that it is about, for pointing into the text.
    pub fn at(&self) -> At {
        At { condition: self.condition, part: Part::Whole }
    }
}

impl fmt::Display for Trace {
    /// One line a condition, those inside further in: `yes  revenue >= 1000  (1200)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines(f, 0)
    }
}

impl Trace {
    fn lines(&self, f: &mut fmt::Formatter<'_>, level: usize) -> fmt::Result {
        let held = if self.held { "yes" } else { "no " };
        write!(f, "{held}  {}{}", "  ".repeat(level), self.text)?;
        match &self.found {
            Found::Group => {}
            Found::Value(value) => write!(f, "  ({value})")?,
            Found::Facts { measured, day } => {
                if let Some(measured) = measured {
                    write!(f, "  ({measured})")?;
                }
                if let Some(day) = day {
                    write!(f, "  ({day})")?;
                }
            }
        }
        for inside in &self.inside {
            writeln!(f)?;
            inside.lines(f, level + 1)?;
        }
        Ok(())
    }
}

impl fmt::Display for Measured {
    /// Rounded to four decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Measured::Missing => f.write_str("missing"),
            Measured::Float(number) => number.fmt(f),
            Measured::Exact { sum, over } => {
                let rounded = divide_half_even(sum, i128::from(over.max(1)));
                match i64::try_from(rounded) {
                    Ok(number) => Decimal(number).fmt(f),
                    Err(_) => (rounded / i128::from(SCALE)).fmt(f),
                }
            }
        }
    }
}
