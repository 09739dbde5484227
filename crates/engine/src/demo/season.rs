//! The shop's calendar: which days are busy, when sales are on, how it grows.

use jiff::civil::Date;
use model::calendar::Day;

/// Orders per month in per mille of an average one, January first: a summer dip, Christmas.
const MONTHS: [u64; 12] = [850, 800, 920, 980, 1020, 950, 800, 830, 950, 1020, 1200, 1650];
/// The same per weekday, Monday first.
const WEEKDAYS: [u64; 7] = [1010, 960, 960, 990, 1080, 1220, 780];
/// How many times as many customers come new on the last day as on the first.
const GROWTH: u64 = 3;

/// A sale the whole shop takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sale {
    BlackFriday,
    Winter,
    Summer,
}

impl Sale {
    /// What is let off, in per cent.
    pub(super) fn percent(self) -> u32 {
        match self {
            Sale::BlackFriday => 25,
            Sale::Winter => 15,
            Sale::Summer => 20,
        }
    }

    /// Orders that take part, in per mille.
    pub(super) fn takers(self) -> u32 {
        match self {
            Sale::BlackFriday => 780,
            Sale::Winter => 450,
            Sale::Summer => 400,
        }
    }

    /// Start of its promo code; the year's last two digits follow.
    pub(super) fn word(self) -> &'static str {
        match self {
            Sale::BlackFriday => "BLACK",
            Sale::Winter => "WINTER",
            Sale::Summer => "SUMMER",
        }
    }
}

/// One day of the shop.
#[derive(Clone, Debug)]
pub(super) struct ShopDay {
    pub(super) day: Day,
    /// Calendar years since the shop's first.
    pub(super) year: usize,
    /// January is 0.
    pub(super) month: usize,
    pub(super) sunday: bool,
    pub(super) sale: Option<Sale>,
}

/// All days of the shop with how busy they are.
#[derive(Debug)]
pub(super) struct Season {
    pub(super) days: Vec<ShopDay>,
    /// The calendar year of the first day.
    pub(super) first_year: i32,
    /// Demand before each day, and in all at the end: one customer's orders spread over this.
    pub(super) demand: Vec<u64>,
    /// The same times the shop's growth: new customers and walk-in sales spread over this.
    pub(super) arrivals: Vec<u64>,
}

impl Season {
    /// The `years` years that end with `last_day`.
    pub(super) fn new(last_day: Day, years: u32) -> Season {
        let last = last_day.date();
        let years_back = jiff::Span::new().years(i64::from(years));
        let before = last.checked_sub(years_back).map_or(last_day.plus(-365), Day::from_date);
        let count = last_day.since(before).max(1) as u64;
        let first = last_day.plus(1 - count as i32);
        let first_year = i32::from(first.date().year());
        let mut season = Season {
            days: Vec::with_capacity(count as usize),
            first_year,
            demand: vec![0],
            arrivals: vec![0],
        };
        let (mut demand, mut arrivals) = (0, 0);
        for number in 0..count {
            let day = first.plus(number as i32);
            let date = day.date();
            let busy = busyness(date);
            demand += busy;
            arrivals += busy * (count + (GROWTH - 1) * number) / count;
            season.demand.push(demand);
            season.arrivals.push(arrivals);
            season.days.push(ShopDay {
                day,
                year: (i32::from(date.year()) - first_year) as usize,
                month: date.month() as usize - 1,
                sunday: weekday(date) == 6,
                sale: sale(date),
            });
        }
        season
    }

    /// How many calendar years the shop touches.
    pub(super) fn years(&self) -> usize {
        self.days.last().map_or(1, |day| day.year + 1)
    }
}

/// The day on which a running total, as in [`Season::demand`], passes `position`.
pub(super) fn day_at(totals: &[u64], position: u64) -> usize {
    totals.partition_point(|&total| total <= position).saturating_sub(1).min(totals.len() - 2)
}

fn weekday(date: Date) -> usize {
    date.weekday().to_monday_zero_offset() as usize
}

/// The Friday after the fourth Thursday of November, as a day of that month.
fn black_friday(year: i16) -> i8 {
    let first = weekday(Date::constant(year, 11, 1)) as i8;
    (3 - first).rem_euclid(7) + 1 + 21 + 1
}

fn sale(date: Date) -> Option<Sale> {
    let friday = black_friday(date.year());
    match (date.month(), date.day()) {
        (11, day) if (friday - 4..=friday + 2).contains(&day) => Some(Sale::BlackFriday),
        (1, 2..=20) => Some(Sale::Winter),
        (7, 1..=14) => Some(Sale::Summer),
        _ => None,
    }
}

fn busyness(date: Date) -> u64 {
    let friday = black_friday(date.year());
    let special = match (date.month(), date.day()) {
        (11, day) if day == friday => 260,
        (11, day) if (friday - 4..=friday + 2).contains(&day) => 170,
        (12, 10..=20) => 135,
        (12, 24) => 45,
        (12, 25) | (1, 1) => 12,
        (12, 26) => 60,
        (12, 27..=31) => 70,
        _ if sale(date).is_some() => 115,
        _ => 100,
    };
    MONTHS[date.month() as usize - 1] * WEEKDAYS[weekday(date)] * special / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn black_fridays() {
        for (year, day) in [(2022, 25), (2023, 24), (2024, 29), (2025, 28), (2026, 27)] {
            assert_eq!(black_friday(year), day, "{year}");
        }
        assert_eq!(sale(date("2026-11-27")), Some(Sale::BlackFriday));
        assert_eq!(sale(date("2026-11-10")), None);
    }

    #[test]
    fn two_years_end_with_the_last_day() {
        let season = Season::new(Day::from_date(date("2026-10-31")), 2);
        assert_eq!(season.days[0].day.to_string(), "2024-11-01");
        assert_eq!(season.days.last().unwrap().day.to_string(), "2026-10-31");
        assert_eq!(season.years(), 3);
        assert_eq!(season.demand.len(), season.days.len() + 1);
    }

    #[test]
    fn a_position_lies_in_its_day() {
        let totals = [0, 10, 10, 30];
        assert_eq!([0, 9, 10, 29, 30, 99].map(|at| day_at(&totals, at)), [0, 0, 2, 2, 2, 2]);
    }
}
