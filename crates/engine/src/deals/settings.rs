//! Settings of deal classes, read.

use super::about::ABOUT;
use crate::segmentations::parse::Reader;
use crate::segmentations::{SettingError, Settings};
use model::money::{DECIMALS, SCALE};

/// Fewest closed deals that can be asked for: fewer cannot be searched.
const DEALS_MIN: u32 = 6;
/// Most closed deals that can be asked for.
const DEALS_MAX: u32 = 1_000_000;
/// Most hours that a point of effort can stand for.
const HOURS_PER_POINT_MAX: i64 = 1_000;
/// Highest cost of an hour.
const HOUR_COST_MAX: i64 = 1_000_000_000;
/// Most digits before the point of a limit.
const DIGITS_MAX: usize = 14;

/// How deals are classed. Limits in 1/10 000; `None`: worked out from the deals looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many of the last closed deals are looked at.
    pub deals: usize,
    pub days: Option<i64>,
    pub questions: Option<i64>,
    pub discount: Option<i64>,
    pub margin: Option<i64>,
    pub effort: Option<i64>,
    pub large: Option<i64>,
    /// Hours of work in a unit of effort, in 1/10 000.
    pub hours_per_unit: i64,
    /// Cost of an hour, in 1/10 000.
    pub hour_cost: Option<i64>,
}

impl Plan {
    /// Reads the settings.
    ///
    /// # Errors
    /// One that cannot be used.
    pub fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let in_hours = reader.choice("effort_in", &[("points", false), ("hours", true)])?;
        let hours_per_point = reader.decimal("hours_per_point", HOURS_PER_POINT_MAX)?;
        Ok(Plan {
            deals: reader.whole("deals", DEALS_MIN..=DEALS_MAX)? as usize,
            days: limit(reader, "days")?,
            questions: limit(reader, "questions")?,
            discount: limit(reader, "discount")?,
            margin: limit(reader, "margin")?,
            effort: limit(reader, "effort")?,
            large: limit(reader, "large")?,
            hours_per_unit: if in_hours { SCALE } else { hours_per_point },
            hour_cost: match reader.text("hour_cost") {
                "" => None,
                _ => Some(reader.decimal("hour_cost", HOUR_COST_MAX)?),
            },
        })
    }
}

/// A number in 1/10 000, which may be negative; `None` where the setting is empty.
fn limit(reader: Reader<'_>, name: &str) -> Result<Option<i64>, SettingError> {
    let text = reader.text(name);
    if text.is_empty() {
        return Ok(None);
    }
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (units, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = !units.is_empty() && units.len() <= DIGITS_MAX && decimals.len() <= DECIMALS as usize;
    let number: Option<i64> = if fits && plain(units) && plain(decimals) {
        format!("{units}{decimals:0<4}").parse().ok()
    } else {
        None
    };
    let refuse = || reader.refuse(name, "must be a number with at most four decimals, or empty");
    number.map(|number| Some(sign * number)).ok_or_else(refuse)
}
