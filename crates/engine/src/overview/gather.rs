//! Gathers the overview in one pass, buckets in parallel; everything added up is exact, so the
//! order in which buckets end does not matter.

use super::{BEST_SELLERS, Cohort, Month, Overview, Seller};
use crate::facts::FactSet;
use crate::facts::bucket::{ANONYMOUS, BUCKETS};
use crate::facts::set::FactError;
use crate::parallel;
use crate::progress::Watch;
use crate::scan::{Customer, Need, Order, Texts, visit_anonymous, visit_customers};
use hashbrown::HashMap;
use model::calendar::{AsOf, Period};
use model::money::Money;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The base as of a moment.
///
/// # Errors
/// A fact file cannot be read.
pub fn overview(
    facts: &FactSet,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Overview, FactError> {
    let done = AtomicUsize::new(0);
    let threads = threads.clamp(1, BUCKETS);
    // One gathering per thread, not per bucket: names of products are many.
    let gathered = parallel::in_order(threads, threads, |thread| {
        let mut own = Gathered::default();
        for bucket in (thread..=ANONYMOUS).step_by(threads) {
            own.bucket(facts, bucket, as_of)?;
            watch.advance("overview", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, ANONYMOUS as u64 + 1);
        }
        Ok(own)
    });
    let mut all = Gathered::default();
    for own in gathered {
        all.add(own?);
    }
    Ok(all.finish())
}

#[derive(Default)]
struct Gathered {
    overview: Overview,
    /// By number of the month: orders, net money, buyers.
    months: BTreeMap<i32, (u64, i64, u64)>,
    /// By numbers of the cohort's month and of the month of activity: customers, net money.
    cohorts: BTreeMap<(i32, i32), (u64, i64)>,
    cohort_sizes: BTreeMap<i32, u64>,
    categories: HashMap<String, (i64, u64)>,
    products: HashMap<String, (i64, u64, Option<String>)>,
}

impl Gathered {
    fn bucket(&mut self, facts: &FactSet, bucket: usize, as_of: AsOf) -> Result<(), FactError> {
        let need = Need { category: true, product: true, ..Need::default() };
        if bucket == ANONYMOUS {
            visit_anonymous(facts, as_of, need, &mut |all| self.anonymous(all))
        } else {
            visit_customers(facts, bucket, as_of, need, &mut |customer| self.customer(customer))
        }
    }

    fn anonymous(&mut self, all: &Customer<'_>) {
        for order in all.orders {
            self.overview.anonymous_orders += u64::from(!order.is_return);
            self.overview.anonymous_revenue.0 += order.amount;
            self.order(order);
        }
        self.sellers(all);
    }

    fn customer(&mut self, customer: &Customer<'_>) {
        self.overview.customers += 1;
        let mut orders = 0;
        let mut cohort = None;
        let mut active = None;
        for order in customer.orders {
            let month = Period::Month.of(order.day);
            self.overview.revenue.0 += order.amount;
            self.overview.returns += u64::from(order.is_return);
            self.order(order);
            if !order.is_return {
                orders += 1;
                if cohort.is_none() {
                    cohort = Some(month);
                    *self.cohort_sizes.entry(month).or_default() += 1;
                }
                if active != Some(month) {
                    active = Some(month);
                    self.months.entry(month).or_default().2 += 1;
                    if let Some(cohort) = cohort {
                        self.cohorts.entry((cohort, month)).or_default().0 += 1;
                    }
                }
            }
            if let Some(cohort) = cohort {
                self.cohorts.entry((cohort, month)).or_default().1 += order.amount;
            }
        }
        self.overview.orders += orders;
        self.overview.buyers += u64::from(orders > 0);
        self.overview.repeat_buyers += u64::from(orders > 1);
        self.sellers(customer);
    }

    fn order(&mut self, order: &Order) {
        let month = self.months.entry(Period::Month.of(order.day)).or_default();
        month.0 += u64::from(!order.is_return);
        month.1 += order.amount;
        if !order.is_return {
            let (first, last) = self.overview.days.unwrap_or((order.day, order.day));
            self.overview.days = Some((first.min(order.day), last.max(order.day)));
        }
    }

    fn sellers(&mut self, customer: &Customer<'_>) {
        let lines = customer.lines;
        let text = |texts: &Option<Texts>, row: usize| {
            texts.as_ref().and_then(|texts| texts.text(row).map(str::to_owned))
        };
        for row in customer.rows.clone() {
            let amount = lines.amounts()[row];
            let bought = u64::from(amount >= 0);
            if let Some(category) = lines.categories.as_ref().and_then(|texts| texts.text(row)) {
                let (money, count) = self.categories.entry_ref(category).or_default();
                *money += amount;
                *count += bought;
            }
            let id = lines.product_ids.as_ref().and_then(|texts| texts.text(row));
            let name = lines.products.as_ref().and_then(|texts| texts.text(row));
            if let Some(id) = id.or(name) {
                let (money, count, known) = self.products.entry_ref(id).or_default();
                *money += amount;
                *count += bought;
                // Of several names of one product the first by name is shown, whatever came first.
                if name.is_some_and(|name| known.as_deref().is_none_or(|known| name < known)) {
                    *known = text(&lines.products, row);
                }
            }
        }
    }

    fn add(&mut self, other: Gathered) {
        let (mine, theirs) = (&mut self.overview, other.overview);
        mine.customers += theirs.customers;
        mine.buyers += theirs.buyers;
        mine.repeat_buyers += theirs.repeat_buyers;
        mine.orders += theirs.orders;
        mine.returns += theirs.returns;
        mine.revenue.0 += theirs.revenue.0;
        mine.anonymous_orders += theirs.anonymous_orders;
        mine.anonymous_revenue.0 += theirs.anonymous_revenue.0;
        mine.days = match (mine.days, theirs.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        for (month, (orders, money, buyers)) in other.months {
            let own = self.months.entry(month).or_default();
            *own = (own.0 + orders, own.1 + money, own.2 + buyers);
        }
        for (place, (customers, money)) in other.cohorts {
            let own = self.cohorts.entry(place).or_default();
            *own = (own.0 + customers, own.1 + money);
        }
        for (month, customers) in other.cohort_sizes {
            *self.cohort_sizes.entry(month).or_default() += customers;
        }
        for (name, (money, lines)) in other.categories {
            let own = self.categories.entry(name).or_default();
            *own = (own.0 + money, own.1 + lines);
        }
        for (id, (money, lines, name)) in other.products {
            let own = self.products.entry(id).or_default();
            let first = match (own.2.take(), name) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            *own = (own.0 + money, own.1 + lines, first);
        }
    }

    fn finish(self) -> Overview {
        let first_day = |month: i32| Period::Month.first_day(month);
        let mut overview = self.overview;
        let (first, last) = (self.months.keys().next().copied(), self.months.keys().next_back().copied());
        if let (Some(first), Some(last)) = (first, last) {
            overview.months = (first..=last)
                .map(|month| {
                    let (orders, money, buyers) = self.months.get(&month).copied().unwrap_or_default();
                    Month { first_day: first_day(month), orders, revenue: Money(money), buyers }
                })
                .collect();
            overview.cohorts = self
                .cohort_sizes
                .iter()
                .map(|(&cohort, &customers)| {
                    let of = |month: i32| self.cohorts.get(&(cohort, month)).copied().unwrap_or_default();
                    let ages =
                        (cohort..=last).map(of).map(|(active, money)| (active, Money(money))).collect();
                    Cohort { first_day: first_day(cohort), customers, ages }
                })
                .collect();
        }
        let categories = self.categories.into_iter().map(|(id, (money, lines))| (id, money, lines, None));
        overview.categories = best(categories.collect());
        let products = self.products.into_iter().map(|(id, (money, lines, name))| (id, money, lines, name));
        overview.products = best(products.collect());
        overview
    }
}

/// The best sellers by money; ties by id.
fn best(mut all: Vec<(String, i64, u64, Option<String>)>) -> Vec<Seller> {
    all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(BEST_SELLERS);
    let seller = |(id, money, lines, name): (String, i64, u64, Option<String>)| {
        let name = name.filter(|name| *name != id);
        Seller { id, name, revenue: Money(money), lines }
    };
    all.into_iter().map(seller).collect()
}
