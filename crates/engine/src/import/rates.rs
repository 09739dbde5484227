//! Rates of currencies by day, and money turned into the base's currency by them.
//!
//! A rate is what one unit of a currency is worth in the base's; the last one on or before the day
//! of an order holds. Money stays exact: it is multiplied by the rate's digits and rounded once, to
//! 1/10 000, half to even, as everywhere.

use super::cells::currency_code;
use super::names::words;
use crate::facts::OrderLine;
use crate::sources::{self, OpenOptions, SourceError};
use model::calendar::Day;
use model::money::{Money, divide_half_even};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Digits after the decimal mark of a rate at most.
const RATE_DECIMALS_MAX: usize = 12;

/// Why a file of rates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RatesError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("`{file}` should have the columns date, currency and rate; it has {found}")]
    Columns { file: String, found: String },
    #[error("`{file}`, line {line}: {reason}")]
    Row { file: String, line: u64, reason: String },
    #[error("rates turn money into the currency of the base, which has none yet; name it with `--currency`")]
    NoCurrency,
}

/// Rates by currency and day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(BTreeMap<&'static str, BTreeMap<Day, Rate>>);

/// `units / 10^decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rate {
    units: i64,
    decimals: u32,
}

impl Rates {
    /// Reads a file with the columns date (such as `2026-11-22`), currency and rate, in any order.
    ///
    /// # Errors
    /// The file cannot be read, lacks a column, or a row of it is wrong or contradicts another.
    pub fn read(path: &Path) -> Result<Rates, RatesError> {
        let file = path.display().to_string();
        let mut table = sources::open(path, &OpenOptions::default())?;
        let places = ["date", "currency", "rate"]
            .map(|wanted| table.header().iter().position(|name| words(name) == wanted));
        let [Some(date), Some(currency), Some(rate)] = places else {
            let found = table.header().iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            return Err(RatesError::Columns { file, found });
        };
        let mut rates = Rates::default();
        while let Some(block) = table.next_block()? {
            let block = block.rows();
            if let Some(bad) = block.bad.first() {
                return Err(RatesError::Row { file, line: bad.line, reason: bad.reason.clone() });
            }
            for row in block.iter() {
                let cell = |place: usize| row.cell(place).trim();
                rates.add(cell(date), cell(currency), cell(rate)).map_err(|reason| RatesError::Row {
                    file: file.clone(),
                    line: row.line(),
                    reason,
                })?;
            }
        }
        table.finish()?;
        Ok(rates)
    }

    fn add(&mut self, date: &str, currency: &str, rate: &str) -> Result<(), String> {
        let day = date.parse().map(Day::from_date);
        let day = day.map_err(|_| format!("`{date}` is no date; write it like 2026-11-22"))?;
        let code = currency_code(currency)
            .ok_or_else(|| format!("`{currency}` is no currency; write its code, such as USD"))?;
        let parsed = Rate::parse(rate).ok_or_else(|| {
            format!(
                "`{rate}` is no rate; write a number above 0 such as 0.9245, at most \
                 {RATE_DECIMALS_MAX} decimals"
            )
        })?;
        match self.0.entry(code).or_default().insert(day, parsed) {
            Some(other) if other != parsed => Err(format!("{code} has another rate on {day} already")),
            _ => Ok(()),
        }
    }

    /// The rate that holds on a day.
    fn on(&self, currency: &str, day: Day) -> Option<Rate> {
        self.0.get(currency)?.range(..=day).next_back().map(|(_, rate)| *rate)
    }
}

impl Rate {
    fn parse(text: &str) -> Option<Rate> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let decimals = decimals.trim_end_matches('0');
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > RATE_DECIMALS_MAX {
            return None;
        }
        let units: i64 = format!("{whole}{decimals}").parse().ok()?;
        (units > 0).then_some(Rate { units, decimals: decimals.len() as u32 })
    }

    /// Money at this rate; `None` when it does not fit.
    fn of(self, money: Money) -> Option<Money> {
        let product = i128::from(money.0) * i128::from(self.units);
        i64::try_from(divide_half_even(product, 10_i128.pow(self.decimals))).ok().map(Money)
    }
}

/// Turns money into one currency.
#[derive(Clone, Debug)]
pub struct Conversion {
    rates: Arc<Rates>,
    to: String,
}

/// Money that cannot be turned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unconverted {
    /// No rate of the currency on or before the day.
    NoRate { currency: String, day: Day },
    /// More than can be kept exactly.
    TooLarge,
}

impl Conversion {
    /// Into the currency with this code.
    pub fn new(rates: Arc<Rates>, to: &str) -> Conversion {
        Conversion { rates, to: to.to_owned() }
    }

    /// The currency money is turned into.
    pub fn to(&self) -> &str {
        &self.to
    }

    /// The line in the currency of the base. Money that names no currency is in that already.
    ///
    /// # Errors
    /// There is no rate, or a sum gets too large.
    pub fn of<'a>(&'a self, line: &OrderLine<'a>) -> Result<OrderLine<'a>, Unconverted> {
        let Some(currency) = line.currency.filter(|currency| *currency != self.to) else {
            return Ok(*line);
        };
        let rate = self
            .rates
            .on(currency, line.day)
            .ok_or_else(|| Unconverted::NoRate { currency: currency.to_owned(), day: line.day })?;
        let money = |money: Money| rate.of(money).ok_or(Unconverted::TooLarge);
        Ok(OrderLine {
            amount: money(line.amount)?,
            cost: line.cost.map(money).transpose()?,
            discount: line.discount.map(money).transpose()?,
            currency: Some(&self.to),
            ..*line
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(rows: &[(&str, &str, &str)]) -> Result<Rates, String> {
        let mut rates = Rates::default();
        rows.iter().try_for_each(|(date, currency, rate)| rates.add(date, currency, rate))?;
        Ok(rates)
    }

    fn line(currency: Option<&'static str>, day: &str, amount: i64) -> OrderLine<'static> {
        let day = Day::from_date(day.parse().unwrap());
        OrderLine { currency, day, amount: Money(amount), cost: Some(Money(amount)), ..OrderLine::default() }
    }

    #[test]
    fn the_last_rate_up_to_the_day_holds() {
        let rates =
            rates(&[("2024-03-10", "USD", "2"), ("2024-03-01", "USD", "0.5"), ("2024-03-01", "RUB", "0.01")]);
        let into_euro = Conversion::new(Arc::new(rates.unwrap()), "EUR");
        let amount =
            |currency, day, amount| into_euro.of(&line(currency, day, amount)).map(|line| line.amount.0);
        for (day, expected) in
            [("2024-03-01", 50), ("2024-03-09", 50), ("2024-03-10", 200), ("2025-01-01", 200)]
        {
            assert_eq!(amount(Some("USD"), day, 100), Ok(expected), "{day}");
        }
        assert_eq!(amount(Some("EUR"), "2020-01-01", 100), Ok(100));
        assert_eq!(amount(None, "2020-01-01", 100), Ok(100));
        let missing = |currency: &str, day: &str| Unconverted::NoRate {
            currency: currency.to_owned(),
            day: Day::from_date(day.parse().unwrap()),
        };
        assert_eq!(amount(Some("USD"), "2024-02-29", 1), Err(missing("USD", "2024-02-29")));
        assert_eq!(amount(Some("GBP"), "2024-03-10", 1), Err(missing("GBP", "2024-03-10")));
        assert_eq!(amount(Some("USD"), "2024-03-10", i64::MAX), Err(Unconverted::TooLarge));
        // Halves of 1/10 000 go to the even one, below zero too; a cost is turned like an amount.
        for (from, to) in [(50, 0), (150, 2), (250, 2), (-150, -2), (151, 2), (149, 1)] {
            let turned = into_euro.of(&line(Some("RUB"), "2024-03-05", from)).unwrap();
            assert_eq!((turned.amount, turned.cost), (Money(to), Some(Money(to))), "{from}");
            assert_eq!(turned.currency, Some("EUR"));
        }
    }

    #[test]
    fn wrong_rows_say_what_is_wrong() {
        for (row, says) in [
            (("22.11.2026", "USD", "1"), "no date"),
            (("2026-11-22", "coins", "1"), "no currency"),
            (("2026-11-22", "USD", "0"), "no rate"),
            (("2026-11-22", "USD", "-1"), "no rate"),
            (("2026-11-22", "USD", "1,234"), "no rate"),
            (("2026-11-22", "USD", "1.2.3"), "no rate"),
            (("2026-11-22", "USD", "0.1234567890123"), "no rate"),
        ] {
            assert!(rates(&[row]).unwrap_err().contains(says), "{row:?}");
        }
        let day = "2026-11-22";
        assert!(rates(&[(day, "USD", "1"), (day, "USD", "1.00")]).is_ok());
        assert!(rates(&[(day, "USD", "1"), (day, "USD", "1.01")]).unwrap_err().contains("another rate"));
    }
}
