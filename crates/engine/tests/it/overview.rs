//! The overview of a base against a slow and plain version worked out from the lines.

use crate::base::Base;
use engine::facts::OrderLine;
use engine::overview::{BEST_SELLERS, Cohort, Month, Overview, Seller, cohorts, overview};
use engine::progress::Unwatched;
use model::calendar::{AsOf, Day, Period};
use model::money::Money;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const DAY_MICROS: i64 = 86_400_000_000;
const CUSTOMERS: [&str; 6] = ["c1", "c10", "c2", "long-customer-id-1", "long-customer-id-2", "ž"];
const ORDERS: [&str; 8] = ["o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8"];
const CATEGORIES: [&str; 3] = ["tents", "boots", "stoves"];
const PRODUCTS: [&str; 28] = [
    "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "pa", "pb", "pc", "pd", "pe", "pf", "pg",
    "ph", "pi", "pj", "pk", "pl", "pm", "pn", "po", "pp", "pq", "pr",
];
/// Among the names is the id of a product: lines that only have a name may name an id.
const NAMES: [&str; 4] = ["Kettle", "Tea pot", "p3", "Ämber"];

fn line() -> impl Strategy<Value = OrderLine<'static>> {
    let parts = (
        proptest::option::weighted(0.8, 0..CUSTOMERS.len()),
        proptest::option::weighted(0.8, 0..ORDERS.len()),
        14_000..14_500_i32,
        0..DAY_MICROS,
        -30_i64..100,
        proptest::option::of(0..CATEGORIES.len()),
        proptest::option::weighted(0.7, 0..PRODUCTS.len()),
        proptest::option::of(0..NAMES.len()),
        proptest::option::of(-3_i64..9),
    );
    parts.prop_map(|(customer, order, day, micros, amount, category, product, name, quantity)| OrderLine {
        customer_id: customer.map(|at| CUSTOMERS[at]),
        order_id: order.map(|at| ORDERS[at]),
        ordered_at: i64::from(day) * DAY_MICROS + micros,
        day: Day(day),
        category: category.map(|at| CATEGORIES[at]),
        product_id: product.map(|at| PRODUCTS[at]),
        product: name.map(|at| NAMES[at]),
        amount: Money(amount * 1_111),
        quantity: quantity.map(|units| units * 10_000),
        ..OrderLine::default()
    })
}

/// An order or a return as the words have it.
struct Order<'a> {
    customer: Option<&'a str>,
    day: i32,
    lines: Vec<&'a OrderLine<'a>>,
}

impl Order<'_> {
    fn is_return(&self) -> bool {
        self.lines.iter().all(|line| crate::naive::is_negative(line))
    }

    fn amount(&self) -> i64 {
        self.lines.iter().map(|line| line.amount.0).sum()
    }
}

fn orders<'a>(lines: &'a [OrderLine<'a>], as_of: Day) -> Vec<Order<'a>> {
    let mut all: BTreeMap<(Option<&str>, String), Vec<&OrderLine<'_>>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let order = line.order_id.map_or(format!("row {index}"), |id| format!("id {id}"));
        all.entry((line.customer_id, order)).or_default().push(line);
    }
    let order = |((customer, _), lines): ((Option<&'a str>, String), Vec<&'a OrderLine<'a>>)| {
        let day = lines.iter().map(|line| (line.ordered_at, line.day.0)).min().unwrap().1;
        Order { customer, day, lines }
    };
    let mut orders: Vec<Order<'_>> = all.into_iter().map(order).collect();
    orders.retain(|order| order.day <= as_of.0);
    orders.sort_by_key(|order| order.day);
    orders
}

/// The first day of the month of a day, and the first days of all months from one to another.
fn month(day: i32) -> Day {
    Day(day - i32::from(Day(day).date().day()) + 1)
}

fn months(first: Day, last: Day) -> Vec<Day> {
    let mut all = vec![first];
    while *all.last().unwrap() < last {
        // 31 days after the first of a month lies in the next one.
        all.push(month(all.last().unwrap().0 + 31));
    }
    all
}

fn sellers<'a>(
    orders: &'a [Order<'a>],
    id_of: impl Fn(&'a OrderLine<'a>) -> Option<&'a str>,
    name_of: impl Fn(&'a OrderLine<'a>) -> Option<&'a str>,
) -> Vec<Seller> {
    let lines = || orders.iter().flat_map(|order| order.lines.iter().copied());
    let ids: BTreeSet<&str> = lines().filter_map(&id_of).collect();
    let seller = |id: &str| {
        let own: Vec<&OrderLine<'_>> = lines().filter(|line| id_of(line) == Some(id)).collect();
        let bought: Vec<&Order<'_>> = orders
            .iter()
            .filter(|order| order.lines.iter().any(|line| id_of(line) == Some(id) && line.amount.0 >= 0))
            .collect();
        let quantities: Vec<i64> = own.iter().filter_map(|line| line.quantity).collect();
        let names: Vec<&str> = own.iter().filter_map(|line| name_of(line)).collect();
        let lines_of = |name: &str| names.iter().filter(|known| **known == name).count();
        let most = names.iter().map(|name| lines_of(name)).max();
        let usual = names.iter().filter(|name| Some(lines_of(name)) == most).min();
        Seller {
            id: id.to_owned(),
            name: usual.filter(|name| **name != id).map(|name| (*name).to_owned()),
            revenue: Money(own.iter().map(|line| line.amount.0).sum()),
            orders: bought.len() as u64,
            customers: bought.iter().filter_map(|order| order.customer).collect::<BTreeSet<_>>().len() as u64,
            quantity: (!quantities.is_empty()).then(|| quantities.iter().sum()),
        }
    };
    let mut all: Vec<Seller> = ids.into_iter().map(seller).collect();
    all.sort_by_key(|seller| (-seller.revenue.0, seller.id.clone()));
    all.truncate(BEST_SELLERS);
    all
}

fn expected(lines: &[OrderLine<'_>], as_of: Day) -> Overview {
    let orders = orders(lines, as_of);
    let known = || orders.iter().filter(|order| order.customer.is_some());
    let anonymous = || orders.iter().filter(|order| order.customer.is_none());
    let count = |of: &mut dyn Iterator<Item = &Order<'_>>, returns: bool| {
        of.filter(|order| order.is_return() == returns).count() as u64
    };
    let mut first: BTreeMap<&str, Day> = BTreeMap::new();
    let mut times: BTreeMap<&str, u64> = BTreeMap::new();
    for order in known().filter(|order| !order.is_return()) {
        let customer = order.customer.unwrap();
        first.entry(customer).or_insert(month(order.day));
        *times.entry(customer).or_default() += 1;
    }
    let active = |of: Day, cohort: Option<Day>| {
        let inside = known().filter(|order| month(order.day) == of && !order.is_return());
        let customers: BTreeSet<&str> = inside.filter_map(|order| order.customer).collect();
        customers.into_iter().filter(|id| cohort.is_none_or(|cohort| first[id] == cohort)).count() as u64
    };
    let month_of = |of: Day| Month {
        first_day: of,
        orders: orders.iter().filter(|order| month(order.day) == of && !order.is_return()).count() as u64,
        revenue: Money(orders.iter().filter(|order| month(order.day) == of).map(Order::amount).sum()),
        buyers: active(of, None),
    };
    let cohort_of = |of: Day| {
        // Money counts from the first order on: what came back before is no one's first purchase.
        let money = |at: Day| {
            let mut sum = 0;
            for (&customer, _) in first.iter().filter(|(_, cohort)| **cohort == of) {
                let mut own = known().filter(|order| order.customer == Some(customer)).collect::<Vec<_>>();
                let start = own.iter().position(|order| !order.is_return()).unwrap();
                sum += own.drain(start..).filter(|o| month(o.day) == at).map(Order::amount).sum::<i64>();
            }
            Money(sum)
        };
        Cohort {
            first_day: of,
            customers: first.values().filter(|cohort| **cohort == of).count() as u64,
            ages: months(of, month(as_of.0))
                .into_iter()
                .map(|at| (active(at, Some(of)), money(at)))
                .collect(),
        }
    };
    let bought: Vec<i32> = orders.iter().filter(|order| !order.is_return()).map(|order| order.day).collect();
    Overview {
        customers: known().filter_map(|order| order.customer).collect::<BTreeSet<_>>().len() as u64,
        buyers: first.len() as u64,
        repeat_buyers: times.values().filter(|times| **times > 1).count() as u64,
        orders: count(&mut known(), false),
        returns: count(&mut known(), true),
        revenue: Money(known().map(Order::amount).sum()),
        anonymous_orders: count(&mut anonymous(), false),
        anonymous_returns: count(&mut anonymous(), true),
        anonymous_revenue: Money(anonymous().map(Order::amount).sum()),
        days: bought.iter().min().zip(bought.iter().max()).map(|(first, last)| (Day(*first), Day(*last))),
        months: orders.first().map_or(Vec::new(), |order| {
            months(month(order.day), month(as_of.0)).into_iter().map(month_of).collect()
        }),
        cohorts: first.values().copied().collect::<BTreeSet<_>>().into_iter().map(cohort_of).collect(),
        categories: sellers(&orders, |line| line.category, |_| None),
        products: sellers(
            &orders,
            |line| line.product_id.or(line.product),
            |line| line.product_id.and(line.product),
        ),
    }
}

/// Cohorts by any period, customer by customer.
fn plain_cohorts(lines: &[OrderLine<'_>], as_of: Day, period: Period) -> Vec<Cohort> {
    let orders = orders(lines, as_of);
    let mut lives: BTreeMap<&str, Vec<&Order<'_>>> = BTreeMap::new();
    for order in &orders {
        let life = order.customer.map(|customer| lives.entry(customer).or_default());
        // What came back before the first purchase is of no life.
        life.into_iter()
            .filter(|life| !life.is_empty() || !order.is_return())
            .for_each(|life| life.push(order));
    }
    lives.retain(|_, life| !life.is_empty());
    let at = |order: &Order<'_>| period.of(Day(order.day));
    let starts: BTreeSet<i32> = lives.values().map(|life| at(life[0])).collect();
    let cohort = |start: i32| {
        let own: Vec<&Vec<&Order<'_>>> = lives.values().filter(|life| at(life[0]) == start).collect();
        let age = |number: i32| {
            let inside = |life: &&&Vec<&Order<'_>>| life.iter().any(|o| at(o) == number && !o.is_return());
            let money = own.iter().flat_map(|life| life.iter()).filter(|order| at(order) == number);
            (own.iter().filter(inside).count() as u64, Money(money.map(|order| order.amount()).sum()))
        };
        Cohort {
            first_day: period.first_day(start),
            customers: own.len() as u64,
            ages: (start..=period.of(as_of)).map(age).collect(),
        }
    };
    starts.into_iter().map(cohort).collect()
}

fn found(base: &Base, as_of: Day, threads: usize) -> Overview {
    overview(&base.facts(), AsOf(as_of), threads, &Unwatched).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_overview_is_what_the_words_say(
        mut lines in proptest::collection::vec(line(), 1..90),
        as_of in 13_990..14_560_i32,
    ) {
        // No two orders of a customer at one moment: their order would be chance.
        for (place, line) in lines.iter_mut().enumerate() {
            line.ordered_at = i64::from(line.day.0) * DAY_MICROS + place as i64;
        }
        // A day's return and order must not change places between the two versions.
        let mut taken = BTreeSet::new();
        lines.retain(|line| taken.insert((line.customer_id, line.day)));
        let mut whole = Base::new();
        whole.import(lines.iter().copied());
        let wanted = expected(&lines, Day(as_of));
        for threads in [1, 2, 8] {
            prop_assert_eq!(&found(&whole, Day(as_of), threads), &wanted, "on {} threads", threads);
        }
        for (threads, period) in [(1, Period::Week), (2, Period::Month), (5, Period::Quarter)] {
            let found = cohorts(&whole.facts(), AsOf(Day(as_of)), period, threads, &Unwatched).unwrap();
            prop_assert_eq!(&found, &plain_cohorts(&lines, Day(as_of), period));
            prop_assert!(period != Period::Month || found == wanted.cohorts);
        }
        // Whole orders in two files.
        let mut split = Base::new();
        for part in 0..2 {
            let of_part = |line: &&OrderLine<'_>| match line.order_id {
                Some(id) => usize::from(id.as_bytes()[1]) % 2 == part,
                None => (line.day.0 % 2) as usize == part,
            };
            split.import(lines.iter().filter(of_part).copied());
        }
        prop_assert_eq!(&found(&split, Day(as_of), 2), &wanted);
    }
}

#[test]
fn a_product_bought_twice_in_one_order_is_one_order_of_one_customer() {
    let line =
        |customer: Option<&'static str>, order: &'static str, day: i32, amount: i64, units: i64| OrderLine {
            customer_id: customer,
            order_id: Some(order),
            ordered_at: i64::from(day) * DAY_MICROS,
            day: Day(day),
            product_id: Some("tea"),
            product: Some(if amount < 0 { "A tea" } else { "Tea" }),
            amount: Money::units(amount),
            quantity: Some(units * 10_000),
            ..OrderLine::default()
        };
    let mut base = Base::new();
    base.import([
        line(Some("ann"), "1", 14_000, 5, 1),
        line(Some("ann"), "1", 14_000, 7, 2),
        line(Some("ann"), "2", 14_001, 5, 1),
        line(Some("bob"), "3", 14_002, -5, -1),
        line(None, "4", 14_003, 10, 2),
    ]);
    let all = found(&base, Day(14_010), 1);
    let tea = Seller {
        id: "tea".to_owned(),
        name: Some("Tea".to_owned()),
        revenue: Money::units(22),
        orders: 3,
        customers: 1,
        quantity: Some(50_000),
    };
    assert_eq!(all.products, [tea]);
    assert_eq!((all.customers, all.buyers, all.returns, all.anonymous_orders), (2, 1, 1, 1));
}
