//! Gathers the overview in one pass, buckets in parallel; everything added up is exact, so the
//! order in which buckets end does not matter.

use super::catalogue::Catalogue;
use super::cohorts::{Calendar, Cohorts, Life};
use super::sellers::Sellers;
use super::{Month, Overview, Seller};
use crate::facts::FactSet;
use crate::facts::bucket::ANONYMOUS;
use crate::facts::set::FactError;
use crate::progress::Watch;
use crate::scan::{Customer, Need, Order, Texts, visit_anonymous, visit_customers};
use hashbrown::HashMap;
use model::calendar::{AsOf, Period};
use model::money::Money;
use model::parallel;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The base as of a moment. The same on any number of threads.
///
/// # Errors
/// A fact file cannot be read.
pub fn overview(
    facts: &FactSet,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Overview, FactError> {
    let buckets = ANONYMOUS + 1;
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let threads = threads.clamp(1, buckets);
    let calendar = Calendar::of(facts, Period::Month);
    // One gathering per thread, not per bucket: names of products are many. The largest bucket is
    // usually that of the lines without a customer, so it comes first.
    let gathered = parallel::in_order(threads, threads, |_| {
        let mut own = Gathered::new(&calendar);
        loop {
            let taken = next.fetch_add(1, Ordering::Relaxed);
            let Some(bucket) = ANONYMOUS.checked_sub(taken) else { return Ok(own) };
            own.bucket(facts, bucket, as_of)?;
            watch.advance("overview", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, buckets as u64);
        }
    });
    let mut all = Gathered::new(&calendar);
    for own in gathered {
        all.add(own?);
    }
    Ok(all.finish(as_of))
}

struct Gathered<'a> {
    calendar: &'a Calendar,
    overview: Overview,
    /// By number of the month: orders, net money, buyers.
    months: HashMap<i32, (u64, i64, u64)>,
    cohorts: Cohorts,
    categories: Sold,
    products: Sold,
}

/// What was sold, with the numbers it goes by.
#[derive(Default)]
struct Sold {
    catalogue: Catalogue,
    sellers: Sellers,
}

impl Sold {
    fn add(&mut self, customer: &Customer<'_>, ids: Option<&Texts>, names: Option<&Texts>) {
        self.catalogue.turn_to(ids, names);
        self.sellers.add(&mut self.catalogue, customer, ids, names);
    }

    fn merge(&mut self, other: Sold) {
        let numbers = self.catalogue.adopt(other.catalogue);
        self.sellers.merge(&other.sellers, |theirs| numbers[theirs as usize]);
    }

    fn best(&self) -> Vec<Seller> {
        self.sellers.best(&self.catalogue.texts())
    }
}

impl<'a> Gathered<'a> {
    fn new(calendar: &'a Calendar) -> Gathered<'a> {
        Gathered {
            calendar,
            overview: Overview::default(),
            months: HashMap::new(),
            cohorts: Cohorts::default(),
            categories: Sold::default(),
            products: Sold::default(),
        }
    }

    fn bucket(&mut self, facts: &FactSet, bucket: usize, as_of: AsOf) -> Result<(), FactError> {
        let need = Need { category: true, product: true, quantity: true, ..Need::default() };
        if bucket == ANONYMOUS {
            visit_anonymous(facts, as_of, need, &mut |all| self.anonymous(all))
        } else {
            visit_customers(facts, bucket, as_of, need, &mut |customer| self.customer(customer))
        }
    }

    fn anonymous(&mut self, all: &Customer<'_>) {
        for order in all.orders {
            self.overview.anonymous_orders += u64::from(!order.is_return);
            self.overview.anonymous_returns += u64::from(order.is_return);
            self.overview.anonymous_revenue.0 += order.amount;
            self.order(order, self.calendar.number(order.day));
        }
        self.sellers(all);
    }

    fn customer(&mut self, customer: &Customer<'_>) {
        self.overview.customers += 1;
        let mut orders = 0;
        let mut life = Life::default();
        for order in customer.orders {
            let month = self.calendar.number(order.day);
            self.overview.revenue.0 += order.amount;
            self.overview.returns += u64::from(order.is_return);
            orders += u64::from(!order.is_return);
            self.order(order, month);
            if life.order(order, month, &mut self.cohorts) {
                self.months.entry(month).or_default().2 += 1;
            }
        }
        self.overview.orders += orders;
        self.overview.buyers += u64::from(orders > 0);
        self.overview.repeat_buyers += u64::from(orders > 1);
        self.sellers(customer);
    }

    fn order(&mut self, order: &Order, month: i32) {
        let month = self.months.entry(month).or_default();
        month.0 += u64::from(!order.is_return);
        month.1 += order.amount;
        if !order.is_return {
            let (first, last) = self.overview.days.unwrap_or((order.day, order.day));
            self.overview.days = Some((first.min(order.day), last.max(order.day)));
        }
    }

    fn sellers(&mut self, customer: &Customer<'_>) {
        let lines = customer.lines;
        self.categories.add(customer, lines.categories.as_ref(), None);
        self.products.add(customer, lines.product_ids.as_ref(), lines.products.as_ref());
    }

    fn add(&mut self, other: Gathered<'_>) {
        let (mine, theirs) = (&mut self.overview, other.overview);
        mine.customers += theirs.customers;
        mine.buyers += theirs.buyers;
        mine.repeat_buyers += theirs.repeat_buyers;
        mine.orders += theirs.orders;
        mine.returns += theirs.returns;
        mine.revenue.0 += theirs.revenue.0;
        mine.anonymous_orders += theirs.anonymous_orders;
        mine.anonymous_returns += theirs.anonymous_returns;
        mine.anonymous_revenue.0 += theirs.anonymous_revenue.0;
        mine.days = match (mine.days, theirs.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        for (month, (orders, money, buyers)) in other.months {
            let own = self.months.entry(month).or_default();
            *own = (own.0 + orders, own.1 + money, own.2 + buyers);
        }
        self.cohorts.add(other.cohorts);
        self.categories.merge(other.categories);
        self.products.merge(other.products);
    }

    fn finish(self, as_of: AsOf) -> Overview {
        let first_day = |month: i32| Period::Month.first_day(month);
        let last = Period::Month.of(as_of.0);
        let mut overview = self.overview;
        if let Some(first) = self.months.keys().min().copied() {
            let month = |month: i32| {
                let (orders, money, buyers) = self.months.get(&month).copied().unwrap_or_default();
                Month { first_day: first_day(month), orders, revenue: Money(money), buyers }
            };
            overview.months = (first..=last).map(month).collect();
        }
        overview.cohorts = self.cohorts.finish(Period::Month, as_of);
        overview.categories = self.categories.best();
        overview.products = self.products.best();
        overview
    }
}
