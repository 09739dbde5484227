//! What segments buy, when and where: one more pass over the facts, each order under its customer's
//! segment.

use crate::facts::FactSet;
use crate::facts::set::FactError;
use crate::features::opening;
use crate::import::cells::Zone;
use crate::overview::{Catalogue, Seller, Sellers};
use crate::profile::Division;
use crate::progress::Watch;
use crate::scan::{Customer, Need, Order, visit_customers};
use model::calendar::{AsOf, Day};
use model::parallel;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Days of a week, from Monday.
pub const WEEKDAYS: usize = 7;
/// Months of a year, from January.
pub const MONTHS: usize = 12;
/// Hours of a day, from midnight.
pub const HOURS: usize = 24;
/// Where more than this many percent of all orders are of midnight, files told days and no times.
const MIDNIGHT_PERCENT_MAX: u64 = 90;
/// 1970-01-01 was a Thursday, the fourth day of its week.
const FIRST_WEEKDAY: i32 = 3;

/// The habits of one segment, or of all customers. Returns are no orders.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Habits {
    pub orders: u64,
    /// Best first, by net money.
    pub categories: Vec<Seller>,
    pub products: Vec<Seller>,
    /// Orders by channel, most first.
    pub channels: Vec<(String, u64)>,
    /// Orders by weekday.
    pub weekdays: [u64; WEEKDAYS],
    /// Orders by month of the year.
    pub months: [u64; MONTHS],
    /// Orders by hour; `None` where files told days and no times.
    pub hours: Option<[u64; HOURS]>,
}

/// What is gathered of a segment.
#[derive(Default)]
struct Gathered {
    orders: u64,
    categories: Sellers,
    products: Sellers,
    channels: BTreeMap<String, u64>,
    weekdays: [u64; WEEKDAYS],
    months: [u64; MONTHS],
    hours: [u64; HOURS],
}

/// What one thread gathers: its segments share the numbers that categories and products go by.
struct Gathering {
    categories: Catalogue,
    products: Catalogue,
    segments: Vec<Gathered>,
}

/// The habits of every segment of a division, in the order of its names, and of all customers.
///
/// # Errors
/// A fact file cannot be read.
pub fn habits(
    facts: &FactSet,
    division: &Division<'_>,
    as_of: AsOf,
    zone: &Zone,
    threads: usize,
    watch: &dyn Watch,
) -> Result<(Vec<Habits>, Habits), FactError> {
    let segments = division.names().len();
    let buckets = division.features().len();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let threads = threads.clamp(1, buckets.max(1));
    // One gathering per thread, not per bucket: names of products are many. All that is added up is
    // exact, so it does not matter who gathers what.
    let gathered = parallel::in_order(threads, threads, |_| {
        let mut own = Gathering::new(segments);
        loop {
            let bucket = next.fetch_add(1, Ordering::Relaxed);
            if bucket >= buckets {
                return Ok(own);
            }
            walk(facts, division, bucket, as_of, zone, &mut own)?;
            watch.advance("habits", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, buckets as u64);
        }
    });
    let mut gathered = gathered.into_iter();
    let mut all = gathered.next().unwrap_or_else(|| Ok(Gathering::new(segments)))?;
    for own in gathered {
        all.add(own?);
    }
    Ok(all.finish())
}

/// Walks the customers of a bucket, who stand as in its features.
fn walk(
    facts: &FactSet,
    division: &Division<'_>,
    bucket: usize,
    as_of: AsOf,
    zone: &Zone,
    into: &mut Gathering,
) -> Result<(), FactError> {
    let need = Need {
        category: true,
        product: true,
        channel: true,
        moment: true,
        quantity: true,
        ..Need::default()
    };
    let (codes, mut row) = (division.codes(bucket), 0);
    visit_customers(facts, bucket, as_of, need, &mut |customer| {
        let segment = usize::from(codes.get(row));
        row += 1;
        into.customer(customer, segment, zone);
    })
}

impl Gathering {
    fn new(segments: usize) -> Gathering {
        Gathering {
            categories: Catalogue::default(),
            products: Catalogue::default(),
            segments: (0..segments).map(|_| Gathered::default()).collect(),
        }
    }

    fn customer(&mut self, customer: &Customer<'_>, segment: usize, zone: &Zone) {
        let (lines, own) = (customer.lines, &mut self.segments[segment]);
        let categories = lines.categories.as_ref();
        self.categories.turn_to(categories, None);
        own.categories.add(&mut self.categories, customer, categories, None);
        let (ids, names) = (lines.product_ids.as_ref(), lines.products.as_ref());
        self.products.turn_to(ids, names);
        own.products.add(&mut self.products, customer, ids, names);
        own.customer(customer, zone);
    }

    /// Adds what another thread has gathered.
    fn add(&mut self, other: Gathering) {
        let categories = self.categories.adopt(other.categories);
        let products = self.products.adopt(other.products);
        for (own, theirs) in self.segments.iter_mut().zip(&other.segments) {
            own.add(theirs, |number| categories[number as usize], |number| products[number as usize]);
        }
    }

    /// The habits of every segment, and of all customers: each is in one segment.
    fn finish(self) -> (Vec<Habits>, Habits) {
        let mut whole = Gathered::default();
        self.segments.iter().for_each(|segment| whole.add(segment, |own| own, |own| own));
        let has_times = whole.has_times();
        let (categories, products) = (self.categories.texts(), self.products.texts());
        let finish = |one: Gathered| one.finish(&categories, &products, has_times);
        (self.segments.into_iter().map(finish).collect(), finish(whole))
    }
}

impl Gathered {
    fn customer(&mut self, customer: &Customer<'_>, zone: &Zone) {
        let lines = customer.lines;
        for order in customer.orders.iter().filter(|order| !order.is_return) {
            self.orders += 1;
            self.weekdays[weekday(order.day)] += 1;
            self.months[usize::from(order.day.date().month().unsigned_abs()) - 1] += 1;
            if let Some(channel) = opening(lines.channels.as_ref(), order) {
                match self.channels.get_mut(channel) {
                    Some(count) => *count += 1,
                    None => _ = self.channels.insert(channel.to_owned(), 1),
                }
            }
            if let Some(moments) = &lines.moments {
                self.hours[hour(order, moments.values(), zone)] += 1;
            }
        }
    }

    /// Adds what was gathered elsewhere; of categories and products it is told which number is which here.
    fn add(&mut self, other: &Gathered, category: impl Fn(u32) -> u32, product: impl Fn(u32) -> u32) {
        self.orders += other.orders;
        self.categories.merge(&other.categories, category);
        self.products.merge(&other.products, product);
        for (channel, count) in &other.channels {
            *self.channels.entry(channel.clone()).or_default() += count;
        }
        let add = |sums: &mut [u64], parts: &[u64]| {
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        };
        add(&mut self.weekdays, &other.weekdays);
        add(&mut self.months, &other.months);
        add(&mut self.hours, &other.hours);
    }

    fn has_times(&self) -> bool {
        self.hours[0] * 100 <= self.orders * MIDNIGHT_PERCENT_MAX
    }

    fn finish(self, categories: &[&str], products: &[&str], has_times: bool) -> Habits {
        let mut channels: Vec<(String, u64)> = self.channels.into_iter().collect();
        // Sorting is stable: of equally common channels the first by name.
        channels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Habits {
            orders: self.orders,
            categories: self.categories.best(categories),
            products: self.products.best(products),
            channels,
            weekdays: self.weekdays,
            months: self.months,
            hours: has_times.then_some(self.hours),
        }
    }
}

fn weekday(day: Day) -> usize {
    (day.0 + FIRST_WEEKDAY).rem_euclid(WEEKDAYS as i32) as usize
}

fn hour(order: &Order, moments: &[i64], zone: &Zone) -> usize {
    usize::from(zone.hour_of(moments[order.rows.start])).min(HOURS - 1)
}
