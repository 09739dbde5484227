//! Fits every model on a file of orders and says how long it took:
//! `cargo run --release -p dolka-model --example predict -- FILE [LAST_DAY] [THREADS]`.
//!
//! A line of the file is `customer date quantity amount`, split by blanks or commas, dates as
//! `19970101`. With a number of customers instead of a file, a base of as many is made up.

use jiff::civil::Date;
use model::calendar::Day;
use model::prediction::fit::fit;
use model::prediction::forecast::{Horizon, forecasts};
use model::prediction::history::{Histories, History};
use model::prediction::models::ORDER_MODELS;
use model::prediction::spend::{GammaGamma, Spender};
use std::collections::BTreeMap;
use std::error::Error;
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let source = arguments.next().ok_or("name a file of orders or a number of customers")?;
    let last_day = arguments.next().map(|text| day(&text)).transpose()?;
    let threads: usize = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let base = match source.parse() {
        Ok(customers) => simulated(customers),
        Err(_) => read(&std::fs::read_to_string(&source)?, last_day)?,
    };
    let (took, histories) = timed(|| Histories::new(base.histories.iter().copied()));
    println!(
        "{} customers, {} histories, grouped in {took:?}",
        histories.customers(),
        histories.rows().len()
    );
    let horizon = Horizon::new(365, 0.1);
    for &model in ORDER_MODELS {
        let (took, result) = timed(|| fit(model, &histories, Some(base.ln_gaps), threads));
        let fit = result?;
        println!("{}: {took:?}, log-likelihood {:.9}, {:?}", model.name(), fit.log_likelihood, fit.dropout);
        for parameter in &fit.parameters {
            println!("    {} {:.8} ± {:.5?}", parameter.name, parameter.value, parameter.standard_error);
        }
        let (took, forecasts) = timed(|| forecasts(&fit.model, &histories, &horizon, threads));
        let orders = histories.rows().iter().zip(&forecasts).map(|(row, f)| row.customers as f64 * f.orders);
        println!("    predictions: {took:?}, orders in a year {:.3}", orders.sum::<f64>());
    }
    let (took, spend) = timed(|| GammaGamma::fit(&base.spenders, threads));
    println!("gamma_gamma: {took:?}, {spend:?}");
    Ok(())
}

struct Base {
    histories: Vec<History>,
    spenders: Vec<Spender>,
    ln_gaps: f64,
}

fn read(text: &str, last_day: Option<Day>) -> Result<Base, Box<dyn Error>> {
    let mut customers: BTreeMap<&str, BTreeMap<Day, f64>> = BTreeMap::new();
    let mut newest = Day(i32::MIN);
    for line in text.lines() {
        let cells: Vec<&str> = line.split([' ', ',']).filter(|cell| !cell.is_empty()).collect();
        let [customer, date, _, amount] = cells[..] else { continue };
        let Ok(on) = day(date) else { continue };
        if last_day.is_none_or(|last| on <= last) {
            newest = newest.max(on);
            *customers.entry(customer).or_default().entry(on).or_default() += amount.parse::<f64>()?;
        }
    }
    let end = last_day.unwrap_or(newest);
    let mut base = Base { histories: Vec::new(), spenders: Vec::new(), ln_gaps: 0.0 };
    for days in customers.values() {
        let dates: Vec<Day> = days.keys().copied().collect();
        let (first, last, repeats) = (dates[0], dates[dates.len() - 1], dates.len() as u32 - 1);
        base.histories.push(History {
            repeats,
            last: last.since(first) as u32,
            age: end.since(first) as u32,
        });
        base.ln_gaps +=
            dates.windows(2).map(|pair| (f64::from(pair[1].since(pair[0])) / 7.0).ln()).sum::<f64>();
        let mean = days.values().skip(1).sum::<f64>() / f64::from(repeats);
        base.spenders.push(Spender { repeats, mean });
    }
    Ok(base)
}

fn day(text: &str) -> Result<Day, Box<dyn Error>> {
    let number: i32 = text.parse()?;
    Ok(Day::from_date(Date::new((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8)?))
}

/// A shop of two years whose customers behave as BG/NBD says.
fn simulated(customers: u64) -> Base {
    let mut base = Base { histories: Vec::new(), spenders: Vec::new(), ln_gaps: 0.0 };
    let mut state = 1_u64;
    let mut uniform = move || {
        // SplitMix64.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + f64::EPSILON / 4.0
    };
    for _ in 0..customers {
        // Gamma(1, 10 weeks) for the rate, Beta(1, 2.5) for leaving.
        let rate = -uniform().ln() / 10.0;
        let leaves = 1.0 - uniform().powf(1.0 / 2.5);
        let age = (uniform() * 730.0) as u32;
        let (mut at, mut last, mut repeats) = (0.0, 0_u32, 0);
        loop {
            at += -uniform().ln() / rate * 7.0;
            if at >= f64::from(age) {
                break;
            }
            if at as u32 > last {
                base.ln_gaps += (f64::from(at as u32 - last) / 7.0).ln();
                (last, repeats) = (at as u32, repeats + 1);
            }
            if uniform() < leaves {
                break;
            }
        }
        base.histories.push(History { repeats, last, age });
        // Exponential order values whose rate is Gamma(4, 60).
        let rate = -(0..4).map(|_| uniform().ln()).sum::<f64>() / 60.0;
        let total = -(0..repeats).map(|_| uniform().ln()).sum::<f64>() / rate;
        base.spenders.push(Spender { repeats, mean: total / f64::from(repeats) });
    }
    base
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    #[expect(clippy::disallowed_methods, reason = "this program measures")]
    let start = std::time::Instant::now();
    let result = work();
    (start.elapsed(), result)
}
