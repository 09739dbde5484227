//! A number as it stands in a cell: its digits and marks, with sign and currency taken off.

use super::super::currency::currency_code;
use super::super::text::{is_apostrophe, is_blank, is_minus};

/// A mark between digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Point,
    Comma,
    Space,
    Apostrophe,
}

impl Mark {
    pub(super) const ALL: [Mark; 4] = [Mark::Point, Mark::Comma, Mark::Space, Mark::Apostrophe];

    fn of(c: char) -> Option<Mark> {
        match c {
            '.' => Some(Mark::Point),
            ',' => Some(Mark::Comma),
            c if is_apostrophe(c) => Some(Mark::Apostrophe),
            c if c.is_whitespace() && !c.is_control() => Some(Mark::Space),
            _ => None,
        }
    }

    pub(super) fn as_char(self) -> char {
        match self {
            Mark::Point => '.',
            Mark::Comma => ',',
            Mark::Space => ' ',
            Mark::Apostrophe => '\'',
        }
    }

    /// Whether the mark can stand before decimals.
    pub(super) fn can_be_decimal(self) -> bool {
        matches!(self, Mark::Point | Mark::Comma)
    }
}

/// What the marks of a number say by themselves. `at` is where the mark stands in the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// No marks.
    Plain,
    /// The last mark stands before decimals, whatever the column says.
    Decimal { mark: Mark, at: usize, grouping: Option<Mark> },
    /// All marks stand between thousands, whatever the column says.
    Grouped(Mark),
    /// One point or comma before exactly three digits: `1,234` can be either.
    Lone { mark: Mark, at: usize },
}

/// Why a cell is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NotNumber,
    Percent,
    Signs,
    Currencies,
}

/// A power of ten behind the digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exponent {
    pub power: i32,
    /// `E+` and at least two digits, as spreadsheets write it.
    pub spreadsheet: bool,
}

/// Powers of ten beyond this one are not read: nothing of that size fits.
const POWER_MAX: i32 = 99;

/// A cell taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'a> {
    pub negative: bool,
    pub currency: Option<&'static str>,
    /// Digits and marks, without the exponent.
    pub digits: &'a str,
    pub layout: Layout,
    pub exponent: Option<Exponent>,
}

impl<'a> Written<'a> {
    /// Takes a trimmed cell apart.
    pub(super) fn of(cell: &'a str) -> Result<Written<'a>, Fault> {
        // A leading apostrophe is how spreadsheets keep a number as text.
        let cell = cell.strip_prefix(is_apostrophe).unwrap_or(cell);
        let (from, to) = core(cell).ok_or(Fault::NotNumber)?;
        let (negative, currency) = decorations(&cell[..from], &cell[to..])?;
        let (digits, exponent) = split_exponent(&cell[from..to]).ok_or(Fault::NotNumber)?;
        let layout = layout(digits, exponent.is_some()).ok_or(Fault::NotNumber)?;
        Ok(Written { negative, currency, digits, layout, exponent })
    }

    /// Whether a spreadsheet shows this number with fewer digits than it has.
    pub(super) fn is_rounded_by_spreadsheet(&self) -> bool {
        let Some(Exponent { power, spreadsheet: true }) = self.exponent else { return false };
        let decimals = match self.layout {
            Layout::Decimal { at, .. } | Layout::Lone { at, .. } => self.digits.len() - at - 1,
            Layout::Plain | Layout::Grouped(_) => 0,
        };
        usize::try_from(power).is_ok_and(|power| power > decimals)
    }

    /// The number without marks between thousands, for suggestions.
    pub(super) fn plainly(&self, decimal_at: Option<usize>, decimal: char) -> String {
        let mut plain = String::from(if self.negative { "-" } else { "" });
        for (at, c) in self.digits.char_indices() {
            if c.is_ascii_digit() {
                plain.push(c);
            } else if decimal_at == Some(at) {
                plain.push(decimal);
            }
        }
        if let Some(exponent) = self.exponent {
            plain.push_str(&format!("e{}", exponent.power));
        }
        plain
    }
}

/// From the first digit to behind the last one, with a decimal mark before or behind them.
fn core(cell: &str) -> Option<(usize, usize)> {
    let is_mark = |c: char| c == '.' || c == ',';
    let mut from = cell.find(|c: char| c.is_ascii_digit())?;
    let mut to = cell.rfind(|c: char| c.is_ascii_digit())? + 1;
    // In `Rs.500` the point belongs to the word, in `.5` and `-.5` to the number.
    let mut before = cell[..from].chars().rev();
    if before.next().is_some_and(is_mark) && before.next().is_none_or(|c| !c.is_alphabetic()) {
        from -= 1;
    }
    // `12.` is a number; `12,-` is another way to say `12,00`, which nothing else here is, so
    // the sign is left to be refused.
    let mut behind = cell[to..].chars();
    if behind.next().is_some_and(is_mark) && behind.next().is_none_or(|c| is_blank(c) || c == ')') {
        to += 1;
    }
    Some((from, to))
}

/// Sign and currency out of what stands before and behind the digits.
fn decorations(before: &str, behind: &str) -> Result<(bool, Option<&'static str>), Fault> {
    if before.is_empty() && behind.is_empty() {
        return Ok((false, None));
    }
    if behind.contains('%') || before.contains('%') {
        return Err(Fault::Percent);
    }
    let mut signs = Signs::default();
    let before = signs.taken_off(before, '(');
    let behind = signs.taken_off(behind, ')');
    let negative = signs.negative()?;
    let named = |text: &str| match text {
        "" => Ok(None),
        text => currency_code(text).map(Some).ok_or(Fault::NotNumber),
    };
    let currency = match (named(before)?, named(behind)?) {
        (Some(one), Some(other)) if one == other => Some(one),
        // In `$12.00 CAD` the code says which dollar the sign means.
        (Some("USD"), Some(other)) if before == "$" => Some(other),
        (Some(_), Some(_)) => return Err(Fault::Currencies),
        (one, other) => one.or(other),
    };
    Ok((negative, currency))
}

/// The signs found around a number.
#[derive(Default)]
struct Signs {
    minuses: u32,
    pluses: u32,
    opening: u32,
    closing: u32,
}

impl Signs {
    /// What is left of a decoration without signs, parentheses and spaces at its ends.
    fn taken_off<'a>(&mut self, text: &'a str, parenthesis: char) -> &'a str {
        let mut is_sign = |c: char| {
            match c {
                '+' => self.pluses += 1,
                '(' if c == parenthesis => self.opening += 1,
                ')' if c == parenthesis => self.closing += 1,
                c if is_minus(c) => self.minuses += 1,
                c => return is_blank(c),
            }
            true
        };
        text.trim_start_matches(&mut is_sign).trim_end_matches(&mut is_sign)
    }

    fn negative(&self) -> Result<bool, Fault> {
        match (self.minuses + self.pluses, self.opening, self.closing) {
            (0, 0, 0) => Ok(false),
            (1, 0, 0) => Ok(self.minuses == 1),
            (0, 1, 1) => Ok(true),
            (_, opening, closing) if opening == closing => Err(Fault::Signs),
            _ => Err(Fault::NotNumber),
        }
    }
}

/// Digits and exponent of `1.5e-7`; no exponent in most numbers.
fn split_exponent(core: &str) -> Option<(&str, Option<Exponent>)> {
    let Some(at) = core.find(['e', 'E']) else { return Some((core, None)) };
    let (digits, letter, text) = (&core[..at], &core[at..=at], &core[at + 1..]);
    let power: i32 = text.parse().ok().filter(|power: &i32| power.abs() <= POWER_MAX)?;
    let spreadsheet = letter == "E" && text.starts_with('+') && text.len() >= 3;
    Some((digits, Some(Exponent { power, spreadsheet })))
}

/// What the marks of a run of digits say; `None` where it is no number.
fn layout(digits: &str, has_exponent: bool) -> Option<Layout> {
    let (mut first_run, mut run, mut marks) = (0, 0, 0u32);
    let (mut grouping, mut last) = (None, None);
    let mut in_threes = true;
    for (at, c) in digits.char_indices() {
        if c.is_ascii_digit() {
            run += 1;
            continue;
        }
        let mark = Mark::of(c)?;
        if marks == 0 {
            first_run = run;
        } else {
            // The mark before this one stood between thousands, like all before it.
            let (before, _) = last?;
            in_threes &= run == 3 && grouping.is_none_or(|known| known == before);
            grouping = Some(before);
        }
        (last, run) = (Some((mark, at)), 0);
        marks += 1;
    }
    let Some((mark, at)) = last else { return (run > 0).then_some(Layout::Plain) };
    let grouped = (1..=3).contains(&first_run) && in_threes && !digits.starts_with('0');
    if has_exponent {
        return (marks == 1 && mark.can_be_decimal() && first_run > 0).then_some(Layout::Decimal {
            mark,
            at,
            grouping: None,
        });
    }
    match grouping {
        None if mark.can_be_decimal() && grouped && run == 3 => Some(Layout::Lone { mark, at }),
        None if mark.can_be_decimal() => {
            (first_run + run > 0).then_some(Layout::Decimal { mark, at, grouping: None })
        }
        None => (grouped && run == 3).then_some(Layout::Grouped(mark)),
        Some(known) if known == mark => (grouped && run == 3).then_some(Layout::Grouped(mark)),
        Some(_) => (grouped && mark.can_be_decimal()).then_some(Layout::Decimal { mark, at, grouping }),
    }
}
