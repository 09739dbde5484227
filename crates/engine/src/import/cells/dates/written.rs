//! A date as it stands in a cell: numbers, a month's name, a time, an offset, in any of the
//! orders people write them.

use super::super::text::{is_apostrophe, is_minus};
use super::super::zone::{SECOND_MICROS, offset_digits};
use super::months::{Word, word};

/// The day in a cell, as far as the cell itself settles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Triple {
    /// The year stands first with four digits, or the month is a word.
    Settled { year: i32, month: u8, day: u8 },
    /// Day and month in either order, then a year of four digits.
    Open { first: u8, second: u8, year: i32 },
    /// Three numbers of at most two digits.
    Short { first: u8, second: u8, third: u8, dashes: bool },
}

/// A cell taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub triple: Triple,
    /// Microseconds into the day.
    pub time: Option<i64>,
    /// Seconds east of UTC.
    pub offset: Option<i32>,
}

impl Written {
    /// Takes a trimmed cell apart; `None` where it is no date.
    pub(super) fn of(cell: &str) -> Option<Written> {
        let mut scan = Scan { rest: cell, ..Scan::default() };
        while let Some(c) = scan.rest.chars().next() {
            scan.step(c)?;
        }
        scan.finish()
    }
}

/// The year that two digits mean: 1969 to 2068, as POSIX has it.
pub(super) fn full_year(short: u8) -> i32 {
    i32::from(short) + if short >= 69 { 1900 } else { 2000 }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[derive(Clone, Copy, Default)]
struct Number {
    value: u64,
    digits: usize,
}

impl Number {
    fn two_digits(self) -> Option<u8> {
        (self.digits <= 2).then_some(self.value as u8)
    }

    fn two_digits_exactly(self) -> Option<u8> {
        self.two_digits().filter(|_| self.digits == 2)
    }

    fn year(self) -> Option<i32> {
        (self.digits == 4).then_some(self.value as i32)
    }
}

#[derive(Clone, Copy, Default)]
struct Clock {
    hour: u8,
    minute: u8,
    second: u8,
    micros: i64,
}

#[derive(Default)]
struct Scan<'a> {
    rest: &'a str,
    numbers: [Number; 3],
    count: usize,
    /// Month by name.
    month: Option<u8>,
    clock: Option<Clock>,
    offset: Option<i32>,
    /// Half of the day: am or pm.
    afternoon: Option<bool>,
    /// A letter that becomes am or pm when an `m` follows.
    half: Option<bool>,
    dashes: bool,
    other_marks: bool,
    /// Right behind a `T`.
    after_t: bool,
}

impl<'a> Scan<'a> {
    fn step(&mut self, c: char) -> Option<()> {
        let after_t = std::mem::take(&mut self.after_t);
        if is_digit(c) {
            return self.number(after_t);
        }
        if c.is_alphabetic() {
            let length = self.rest.find(|c: char| !c.is_alphabetic()).unwrap_or(self.rest.len());
            let text = self.take(length);
            self.after_t = text.eq_ignore_ascii_case("t");
            return self.word(text);
        }
        self.take(c.len_utf8());
        let is_offset = self.clock.is_some() && self.date_is_whole();
        match c {
            '+' if is_offset => self.offset(1),
            // Behind `22.11.2026 10:00`, a minus rather begins the end of a span of hours.
            c if is_minus(c) && is_offset && self.is_settled() && self.rest.starts_with(is_digit) => {
                self.offset(-1)
            }
            c if is_minus(c) => {
                self.dashes = true;
                Some(())
            }
            // The name of the zone behind an offset, as Java and jiff write it.
            '[' if self.offset.is_some() => {
                let end = self.rest.find(']')?;
                self.take(end + 1);
                Some(())
            }
            '.' | '/' | ',' => {
                self.other_marks |= !self.date_is_whole();
                Some(())
            }
            c if c.is_whitespace() || is_apostrophe(c) => Some(()),
            _ => None,
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn digits(&mut self) -> Number {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let add = |value: u64, byte: u8| value.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
        let value = self.take(digits).bytes().fold(0, add);
        Number { value, digits }
    }

    fn number(&mut self, after_t: bool) -> Option<()> {
        let number = self.digits();
        if self.rest.starts_with(':') {
            return self.clock(number);
        }
        if after_t && self.clock.is_none() && matches!(number.digits, 4 | 6) {
            return self.compact_clock(number.value, number.digits);
        }
        if number.digits == 14 && self.count == 0 {
            self.numbers[0] = Number { value: number.value / 1_000_000, digits: 8 };
            self.count = 1;
            return self.compact_clock(number.value % 1_000_000, 6);
        }
        *self.numbers.get_mut(self.count)? = number;
        self.count += 1;
        Some(())
    }

    /// `8:26`, `08:26:00`, `08:26:00.123`, the hour being read already.
    fn clock(&mut self, hour: Number) -> Option<()> {
        if self.clock.is_some() {
            return None;
        }
        let mut clock = Clock { hour: hour.two_digits()?, ..Clock::default() };
        self.take(1);
        clock.minute = self.digits().two_digits_exactly()?;
        if self.rest.starts_with(':') {
            self.take(1);
            clock.second = self.digits().two_digits_exactly()?;
            self.fraction(&mut clock);
        }
        self.clock = Some(clock);
        Some(())
    }

    /// `0826`, `082600` behind a `T` or a compact date.
    fn compact_clock(&mut self, value: u64, digits: usize) -> Option<()> {
        let value = if digits == 4 { value * 100 } else { value };
        let part = |divisor: u64| (value / divisor % 100) as u8;
        let mut clock = Clock { hour: part(10_000), minute: part(100), second: part(1), micros: 0 };
        self.fraction(&mut clock);
        self.clock = Some(clock);
        Some(())
    }

    /// A fraction of the second, cut to microseconds.
    fn fraction(&mut self, clock: &mut Clock) {
        let mut behind = self.rest.chars();
        let has_mark = matches!(behind.next(), Some('.' | ','));
        if !has_mark || !behind.next().is_some_and(is_digit) {
            return;
        }
        self.take(1);
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        for place in self.take(digits).bytes().chain(std::iter::repeat(b'0')).take(6) {
            clock.micros = clock.micros * 10 + i64::from(place - b'0');
        }
    }

    fn offset(&mut self, east: i32) -> Option<()> {
        let (seconds, rest) = offset_digits(self.rest)?;
        // `GMT+3` names universal time first and then the offset from it.
        if self.offset.is_some_and(|known| known != 0) {
            return None;
        }
        self.offset = Some(east * seconds);
        self.rest = rest;
        Some(())
    }

    fn word(&mut self, text: &str) -> Option<()> {
        let half = self.half.take();
        match word(text)? {
            Word::Month(month) if self.month.is_none() => self.month = Some(month),
            Word::Month(_) => return None,
            Word::Am => self.afternoon = Some(false),
            Word::Pm => self.afternoon = Some(true),
            Word::A => self.half = Some(false),
            Word::P => self.half = Some(true),
            Word::M => self.afternoon = Some(half?),
            Word::Utc if self.clock.is_some() => self.offset = Some(0),
            Word::Utc => return None,
            Word::Filler => {}
        }
        Some(())
    }

    fn date_is_whole(&self) -> bool {
        self.count + usize::from(self.month.is_some()) == 3
            || (self.count == 1 && self.numbers[0].digits == 8)
    }

    /// The year stands first, or the month is a word.
    fn is_settled(&self) -> bool {
        self.month.is_some() || self.numbers[0].digits >= 4
    }

    fn finish(self) -> Option<Written> {
        let triple = self.triple()?;
        let time = match (self.clock, self.afternoon) {
            (Some(clock), half) => Some(clock.micros_of_day(half)?),
            (None, None) => None,
            (None, Some(_)) => return None,
        };
        Some(Written { triple, time, offset: self.offset })
    }

    fn triple(&self) -> Option<Triple> {
        let [a, b, c] = self.numbers;
        match (self.count, self.month) {
            (1, None) if a.digits == 8 => {
                let part = |divisor: u64| (a.value / divisor % 100) as u8;
                Some(Triple::Settled { year: (a.value / 10_000) as i32, month: part(100), day: part(1) })
            }
            (2, Some(month)) => {
                let (year, day) = match (a.year(), b.year()) {
                    (Some(year), None) => (year, b.two_digits()?),
                    (None, Some(year)) => (year, a.two_digits()?),
                    (None, None) => (full_year(b.two_digits_exactly()?), a.two_digits()?),
                    (Some(_), Some(_)) => return None,
                };
                Some(Triple::Settled { year, month, day })
            }
            (3, None) => match (a.year(), c.year()) {
                (Some(year), None) => {
                    Some(Triple::Settled { year, month: b.two_digits()?, day: c.two_digits()? })
                }
                (None, Some(year)) => {
                    Some(Triple::Open { first: a.two_digits()?, second: b.two_digits()?, year })
                }
                (None, None) => Some(Triple::Short {
                    first: a.two_digits()?,
                    second: b.two_digits()?,
                    third: c.two_digits_exactly()?,
                    dashes: self.dashes && !self.other_marks,
                }),
                (Some(_), Some(_)) => None,
            },
            _ => None,
        }
    }
}

impl Clock {
    /// Microseconds into the day; `None` where no clock shows this.
    fn micros_of_day(self, afternoon: Option<bool>) -> Option<i64> {
        let hour = match (afternoon, self.hour) {
            (None, hour) => hour,
            (Some(false), 12) => 0,
            (Some(false), hour) if hour < 12 => hour,
            // `13:26 PM` says the same thing twice.
            (Some(true), hour @ 12..) => hour,
            (Some(true), hour @ 1..) => hour + 12,
            (Some(_), _) => return None,
        };
        if hour > 23 || self.minute > 59 || self.second > 60 {
            return None;
        }
        // A leap second counts as the one before it, as in Unix time.
        let second = self.second.min(59);
        let seconds = i64::from(hour) * 3600 + i64::from(self.minute) * 60 + i64::from(second);
        Some(seconds * SECOND_MICROS + self.micros)
    }
}
