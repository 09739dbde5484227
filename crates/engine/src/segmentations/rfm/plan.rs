//! The settings of RFM as values.

use super::about::ABOUT;
use super::naming::{ELEVEN, NINE};
use crate::segmentations::contract::{SettingError, Settings};
use crate::segmentations::parse::{Reader, decimals};
use model::calendar::{AsOf, Day};
use model::money::SCALE;

/// Fewest and most groups per measure.
const GROUPS: std::ops::RangeInclusive<u32> = 2..=10;
/// Longest window, in days and in months.
const WINDOW_DAYS_MAX: u32 = 36_500;
const WINDOW_MONTHS_MAX: u32 = 1_200;
/// Longest name or action that can be given, in characters.
const TEXT_CHARS_MAX: usize = 200;

/// What is cut into groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RfmMeasure {
    /// Days since the last order.
    Recency,
    /// Number of orders.
    Frequency,
    /// Net money in 1/10 000: total, or average order.
    Money,
}

impl RfmMeasure {
    pub const ALL: [RfmMeasure; 3] = [RfmMeasure::Recency, RfmMeasure::Frequency, RfmMeasure::Money];

    /// The letter of the measure, which is also the name of its cut in a fit.
    pub fn letter(self) -> &'static str {
        match self {
            RfmMeasure::Recency => "r",
            RfmMeasure::Frequency => "f",
            RfmMeasure::Money => "m",
        }
    }
}

/// Which orders count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    All,
    Days(u32),
    Months(u32),
}

impl Window {
    /// The first day that counts: the window ends with the as-of day and holds it.
    pub(super) fn first_day(self, as_of: AsOf) -> Option<Day> {
        match self {
            Window::All => None,
            Window::Days(days) => Some(as_of.0.plus(1 - days as i32)),
            Window::Months(months) => {
                let span = jiff::Span::new().months(i64::from(months));
                let before = as_of.0.date().checked_sub(span).unwrap_or(jiff::civil::Date::MIN);
                Some(Day::from_date(before).plus(1))
            }
        }
    }
}

/// Everything RFM is told.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) groups: usize,
    /// Fixed cuts of R, F and M, ascending in the sense of better; `None`: equal groups.
    pub(super) thresholds: [Option<Vec<i64>>; 3],
    pub(super) average: bool,
    pub(super) window: Window,
    pub(super) by_category: bool,
    /// Names and actions given for cells (`CC`, `CCC`) or names (`champions`).
    pub(super) names: Vec<(String, String)>,
    pub(super) actions: Vec<(String, String)>,
}

impl Plan {
    pub(super) fn read(settings: &Settings) -> Result<Plan, SettingError> {
        let reader = Reader::new(&ABOUT, settings);
        let groups = reader.whole("groups", GROUPS)? as usize;
        let plan = Plan {
            groups,
            thresholds: thresholds(reader, groups)?,
            average: reader.choice("money", &[("total", false), ("average", true)])?,
            window: window(reader)?,
            by_category: reader.choice("by", &[("", false), ("favourite_category", true)])?,
            names: given(reader, "names", ',')?,
            actions: given(reader, "actions", ';')?,
        };
        if plan.by_category && plan.thresholds.iter().all(Option::is_some) {
            return Err(reader.refuse(
                "by",
                "thresholds for R, F and M are the same in every category; leave out one of the two",
            ));
        }
        Ok(plan)
    }

    /// The plan of settings that `ask` has checked.
    pub(super) fn checked(settings: &Settings) -> Plan {
        Plan::read(settings).expect("settings are checked when features are asked for")
    }

    /// The letter of a group from 0: A to C for three groups, else digits from 1.
    pub(super) fn letter(&self, group: usize) -> String {
        if self.groups == 3 { ["A", "B", "C"][group].to_owned() } else { (group + 1).to_string() }
    }

    /// The code of a cell. Ten groups need two digits, so the parts are then set apart.
    pub(super) fn code(&self, groups: [usize; 3]) -> String {
        groups.map(|group| self.letter(group)).join(if self.groups > 9 { "-" } else { "" })
    }

    /// All cells as groups of R, F and M, worst first; a cell's position is its label code.
    pub(super) fn cells(&self) -> impl Iterator<Item = [usize; 3]> {
        let n = self.groups;
        (0..n * n * n).map(move |cell| [cell / (n * n), cell / n % n, cell % n])
    }
}

/// `R 30, 90; F 2, 5; M 1000, 5000`: limits from the better side, turned into cuts.
fn thresholds(reader: Reader<'_>, groups: usize) -> Result<[Option<Vec<i64>>; 3], SettingError> {
    let text = reader.text("cuts");
    let mut found = [None, None, None];
    if text.eq_ignore_ascii_case("terciles") || text.eq_ignore_ascii_case("quantiles") {
        return Ok(found);
    }
    let wrong = |reason: String| reader.refuse("cuts", reason);
    let example = "write `terciles`, or thresholds such as `R 30, 90; F 2, 5; M 1000, 5000`";
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let letter = part.get(..1).unwrap_or_default().to_ascii_lowercase();
        let Some(place) = RfmMeasure::ALL.iter().position(|measure| measure.letter() == letter) else {
            return Err(wrong(format!("`{part}` begins with none of R, F, M; {example}")));
        };
        let Some(limits) = decimals(&part[1..]) else {
            return Err(wrong(format!("`{part}` holds something that is no number; {example}")));
        };
        if limits.len() + 1 != groups || !limits.is_sorted_by(|low, high| low < high) {
            return Err(wrong(format!("`{part}` must have {} rising numbers", groups - 1)));
        }
        if found[place].is_some() {
            return Err(wrong(format!("`{}` is there twice", &part[..1])));
        }
        let measure = RfmMeasure::ALL[place];
        if measure != RfmMeasure::Money && limits.iter().any(|limit| limit % SCALE != 0) {
            return Err(wrong(format!("`{part}` must have whole numbers")));
        }
        // A value above a cut is in the better group, so the cut is one step below the threshold.
        found[place] = Some(match measure {
            RfmMeasure::Recency => limits.iter().rev().map(|days| -(days / SCALE) - 1).collect(),
            RfmMeasure::Frequency => limits.iter().map(|times| times / SCALE - 1).collect(),
            RfmMeasure::Money => limits.iter().map(|money| money - 1).collect(),
        });
    }
    if found.iter().all(Option::is_none) {
        return Err(wrong(example.to_owned()));
    }
    Ok(found)
}

/// Empty, `365d` or `12m`.
fn window(reader: Reader<'_>) -> Result<Window, SettingError> {
    let text = reader.text("window");
    if text.is_empty() {
        return Ok(Window::All);
    }
    let read = |unit: char, max: u32| {
        let number = text.strip_suffix(unit)?.trim().parse::<u32>().ok()?;
        (1..=max).contains(&number).then_some(number)
    };
    if let Some(days) = read('d', WINDOW_DAYS_MAX) {
        return Ok(Window::Days(days));
    }
    if let Some(months) = read('m', WINDOW_MONTHS_MAX) {
        return Ok(Window::Months(months));
    }
    Err(reader.refuse("window", "must be empty for all history, or days or months such as `365d` or `12m`"))
}

/// `CC=vip, AA=gone`: what is put in place of a name or an action.
fn given(reader: Reader<'_>, name: &str, separator: char) -> Result<Vec<(String, String)>, SettingError> {
    let mut found = Vec::new();
    let wrong = |reason: String| reader.refuse(name, reason);
    for part in reader.text(name).split(separator).map(str::trim).filter(|part| !part.is_empty()) {
        let Some((key, value)) = part.split_once('=').map(|(key, value)| (key.trim(), value.trim())) else {
            return Err(wrong(format!("`{part}` has no `=`; write `CC=vip{separator} AA=gone`")));
        };
        let is_cell = (2..=3).contains(&key.len()) && key.bytes().all(|byte| (b'A'..=b'C').contains(&byte));
        let is_name = NINE.contains(&key) || ELEVEN.iter().any(|&(known, _)| known == key);
        if !is_cell && !is_name {
            return Err(wrong(format!(
                "`{key}` is neither an R×F cell such as `CC`, nor a cell such as `BCC`, nor a name such as \
                 `champions`"
            )));
        }
        if value.is_empty() || value.chars().count() > TEXT_CHARS_MAX || value == "no_orders" {
            return Err(wrong(format!(
                "what stands for `{key}` must have 1 to {TEXT_CHARS_MAX} characters and not be `no_orders`"
            )));
        }
        if found.iter().any(|(known, _)| known == key) {
            return Err(wrong(format!("`{key}` is there twice")));
        }
        found.push((key.to_owned(), value.to_owned()));
    }
    Ok(found)
}
