//! The two layouts that most dates have, read byte by byte: `2010-12-01 08:26:00` and
//! `01.12.2010 8:26`. Whatever else there is, also in error, is left to the general reader.

use super::super::zone::{SECOND_MICROS, day_number};
use super::{DateOrder, FIRST_YEAR, Local, days_in_month};

/// A date, with a time or without, that is certainly valid in a column of this order.
pub(super) fn local(cell: &[u8], order: DateOrder) -> Option<Local> {
    let (year, month, day, time) = match cell {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, time @ ..] => {
            (year(*y1, *y2, *y3, *y4)?, two(*m1, *m2)?, two(*d1, *d2)?, time)
        }
        _ => {
            let (first, rest) = number(cell)?;
            let (mark, rest) = rest.split_first()?;
            let (second, rest) = number(rest)?;
            let [again, y1, y2, y3, y4, time @ ..] = rest else { return None };
            if mark != again || !matches!(mark, b'.' | b'/' | b'-') {
                return None;
            }
            let (day, month) = match order {
                DateOrder::DayFirst => (first, second),
                DateOrder::MonthFirst => (second, first),
                DateOrder::YearFirst => return None,
            };
            (year(*y1, *y2, *y3, *y4)?, month, day, time)
        }
    };
    let is_valid = year >= FIRST_YEAR && (1..=12).contains(&month) && day >= 1;
    if !is_valid || day > days_in_month(year, month) {
        return None;
    }
    let time = match time {
        [] => None,
        [b' ' | b'T', time @ ..] => Some(clock(time)?),
        _ => return None,
    };
    Some(Local { day: day_number(year, month, day), time, offset: None })
}

/// `8:26`, `08:26`, `08:26:00` to the end of the cell.
fn clock(time: &[u8]) -> Option<i64> {
    let (hour, rest) = number(time)?;
    let (minute, second) = match rest {
        [b':', m1, m2] => (two(*m1, *m2)?, 0),
        [b':', m1, m2, b':', s1, s2] => (two(*m1, *m2)?, two(*s1, *s2)?),
        _ => return None,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some((i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second)) * SECOND_MICROS)
}

fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    Some(digit(tens)? * 10 + digit(ones)?)
}

fn year(y1: u8, y2: u8, y3: u8, y4: u8) -> Option<i32> {
    Some(i32::from(two(y1, y2)?) * 100 + i32::from(two(y3, y4)?))
}

/// One or two digits and what stands behind them.
fn number(bytes: &[u8]) -> Option<(u8, &[u8])> {
    match bytes {
        [tens, ones, rest @ ..] if ones.is_ascii_digit() => Some((two(*tens, *ones)?, rest)),
        [ones, rest @ ..] => Some((digit(*ones)?, rest)),
        [] => None,
    }
}
