//! The shop as a whole: how many orders each customer has, so that the total is as asked.

use super::goods::Catalogue;
use super::habits::Habits;
use super::season::{Sale, Season};
use model::calendar::Day;

/// Promo codes that are the same every year, in the order of their indexes from 1.
const STANDING_CODES: [&str; 2] = ["WELCOME10", "COMEBACK15"];
pub(super) const WELCOME: u8 = 1;
pub(super) const COMEBACK: u8 = 2;
/// Codes of one year follow: Black Friday, winter, summer.
const CODES_PER_YEAR: u8 = 3;
/// The years a shop can span; promo codes are counted in one byte.
const YEARS: std::ops::RangeInclusive<u32> = 1..=50;
/// Orders of people unknown, in per cent.
const ANONYMOUS_PERCENT: u64 = 12;
/// Buyers who buy once, in per mille, unless there are too few orders for that.
const ONE_TIME: u64 = 560;
/// Orders a repeat buyer has at least on average; below it more people buy once.
const REPEAT_ORDERS: u64 = 4;

/// A sample shop: the same seed and sizes give the same shop, to the byte.
#[derive(Debug)]
pub struct Shop {
    pub(super) seed: u64,
    pub(super) one_time: u32,
    pub(super) season: Season,
    pub(super) catalogue: Catalogue,
    pub(super) codes: Vec<String>,
    /// Orders of all customers before each, and in all at the end.
    pub(super) before_customer: Vec<u64>,
    /// Walk-in orders before each day, and in all at the end; numbered after the customers' orders.
    pub(super) before_day: Vec<u64>,
    /// Dates of all days, `2026-03-14`.
    dates: Vec<String>,
}

impl Shop {
    /// A shop of `customers` people with exactly `orders` orders in the `years` years (1 to 50)
    /// that end with `last_day`.
    ///
    /// About 12 % of the orders are anonymous, 6 % of the customers have none. Returns that come
    /// back on their own are not orders and come on top, as does the second to fifth line of an
    /// order: there are about 1.7 lines per order. At most `u32::MAX − 1` customers.
    pub fn new(seed: u64, customers: u64, orders: u64, last_day: Day, years: u32) -> Shop {
        let customers = u32::try_from(customers).unwrap_or(u32::MAX).min(u32::MAX - 1);
        let season = Season::new(last_day, years.clamp(*YEARS.start(), *YEARS.end()));
        let anonymous = if customers == 0 { orders } else { orders * ANONYMOUS_PERCENT / 100 };
        let one_time = one_time_share(orders - anonymous, customers);
        let before_customer = share_out(orders - anonymous, seed, customers, one_time, &season);
        // Where nobody can be given an order, it is an anonymous one.
        let known = before_customer[customers as usize];
        let before_day = walk_ins(orders - known, &season);
        let mut codes: Vec<String> = STANDING_CODES.iter().map(|&code| code.to_owned()).collect();
        for year in 0..season.years() {
            let short = (season.first_year + year as i32).rem_euclid(100);
            for sale in [Sale::BlackFriday, Sale::Winter, Sale::Summer] {
                codes.push(format!("{}{short:02}", sale.word()));
            }
        }
        Shop {
            seed,
            one_time,
            catalogue: Catalogue::new(seed, season.years()),
            codes,
            before_customer,
            before_day,
            dates: season.days.iter().map(|day| day.day.to_string()).collect(),
            season,
        }
    }

    /// How many customers there are, with those who never bought.
    pub fn customer_count(&self) -> u32 {
        (self.before_customer.len() - 1) as u32
    }

    /// How many orders there are, anonymous ones included: as asked for.
    pub fn order_count(&self) -> u64 {
        self.known_orders() + self.before_day[self.day_count() as usize]
    }

    /// How many days the shop has.
    pub fn day_count(&self) -> u32 {
        self.season.days.len() as u32
    }

    /// The first day.
    pub fn first_day(&self) -> Day {
        self.season.days[0].day
    }

    /// The last day; nothing happens after it.
    pub fn last_day(&self) -> Day {
        self.season.days[self.season.days.len() - 1].day
    }

    pub(super) fn known_orders(&self) -> u64 {
        self.before_customer[self.customer_count() as usize]
    }

    pub(super) fn habits(&self, customer: u32) -> Habits {
        Habits::of(self.seed, customer, self.one_time, &self.season)
    }

    /// ISO date of one of the shop's days.
    pub(super) fn date_text(&self, day: Day) -> &str {
        &self.dates[day.since(self.first_day()) as usize]
    }

    pub(super) fn sale_code(sale: Sale, year: usize) -> u8 {
        STANDING_CODES.len() as u8 + year as u8 * CODES_PER_YEAR + sale as u8 + 1
    }
}

/// Buyers in per mille who buy once: more where there are few orders to go round.
fn one_time_share(orders: u64, customers: u32) -> u32 {
    let buyers = u64::from(customers) * 94 / 100;
    if buyers == 0 {
        return ONE_TIME as u32;
    }
    // once + (1 − once) × least = orders per buyer, solved for `once`.
    let per_buyer = orders * 1000 / buyers;
    let once = (REPEAT_ORDERS * 1000).saturating_sub(per_buyer) / (REPEAT_ORDERS - 1);
    once.clamp(ONE_TIME, 1000) as u32
}

/// Gives each customer their orders: those they cannot do without, then a share of the rest by
/// weight, rounded so that the total is exact.
fn share_out(orders: u64, seed: u64, customers: u32, one_time: u32, season: &Season) -> Vec<u64> {
    let (mut needed, mut weights) = (0u64, 0u128);
    for customer in 0..customers {
        let habits = Habits::of(seed, customer, one_time, season);
        needed += habits.orders;
        weights += u128::from(habits.weight);
    }
    let enough = needed <= orders && weights > 0;
    let mut before = Vec::with_capacity(customers as usize + 1);
    before.push(0);
    let (mut needed_so_far, mut weight_so_far) = (0u64, 0u128);
    for customer in 0..customers {
        let habits = Habits::of(seed, customer, one_time, season);
        needed_so_far += habits.orders;
        weight_so_far += u128::from(habits.weight);
        before.push(if enough {
            needed_so_far + (u128::from(orders - needed) * weight_so_far / weights) as u64
        } else {
            // Too few for all, or nobody to take the rest: what there is goes by what is needed.
            (u128::from(orders) * u128::from(needed_so_far) / u128::from(needed.max(1))) as u64
        });
    }
    before
}

fn walk_ins(orders: u64, season: &Season) -> Vec<u64> {
    let total = u128::from(season.arrivals[season.days.len()].max(1));
    season.arrivals.iter().map(|&upto| (u128::from(orders) * u128::from(upto) / total) as u64).collect()
}
