//! The sample shop is the same for everybody, exact, and looks like a shop.

use super::*;
use crate::progress::Unwatched;
use model::calendar::{Day, Period};
use model::money::{Money, SCALE};
use std::collections::HashMap;

const CUSTOMERS: u64 = 6_000;
const ORDERS: u64 = 24_000;

fn last_day() -> Day {
    Day::from_date("2026-10-31".parse().unwrap())
}

fn shop(seed: u64) -> Shop {
    Shop::new(seed, CUSTOMERS, ORDERS, last_day(), 3)
}

fn all_lines(shop: &Shop) -> Vec<ShopLine> {
    let (mut all, mut lines) = (Vec::new(), Lines::default());
    for customer in 0..shop.customer_count() {
        shop.lines_of(customer, &mut lines);
        all.extend_from_slice(lines.as_slice());
    }
    for day in 0..shop.day_count() {
        shop.walk_in_lines(day, &mut lines);
        all.extend_from_slice(lines.as_slice());
    }
    all
}

fn csv(shop: &Shop, threads: usize) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut out = Vec::new();
    let written = write_csv(shop, &mut out, folder.path(), threads, &Unwatched).unwrap();
    let ends = out.iter().filter(|&&byte| byte == b'\n').count() as u64;
    assert_eq!(written.lines + 1, ends);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "temporary files are gone");
    out
}

#[test]
fn a_seed_is_a_shop_on_any_number_of_threads() {
    let one = csv(&shop(7), 1);
    assert_eq!(one, csv(&shop(7), 1));
    assert_eq!(one, csv(&shop(7), 3));
    assert_ne!(one, csv(&shop(8), 1));
}

#[test]
fn many_buckets_give_the_same_bytes_on_any_number_of_threads() {
    let large = Shop::new(3, 20_000, 200_000, last_day(), 2);
    let one = csv(&large, 1);
    assert_eq!(one, csv(&large, 2));
    let mut rows = csv::Reader::from_reader(one.as_slice());
    let mut newest = String::new();
    for row in rows.records() {
        let row = row.unwrap();
        assert!(&row[1] >= newest.as_str(), "{} after {newest}", &row[1]);
        row[1].clone_into(&mut newest);
    }
}

#[test]
fn the_bytes_of_a_seed_never_change() {
    // A change here changes every sample shop there is: the figures in the documentation too.
    let mut lines = Lines::default();
    let shop = Shop::new(1, 100, 400, last_day(), 3);
    let mut text = LineText::default();
    let mut sums = [0i64; 3];
    for customer in 0..100 {
        shop.lines_of(customer, &mut lines);
        for line in lines.as_slice() {
            let fact = shop.order_line(line, &mut text);
            sums[0] += 1;
            sums[1] += fact.amount.0;
            sums[2] = sums[2].wrapping_mul(31).wrapping_add(fact.ordered_at);
        }
    }
    assert_eq!(sums, [590, 518_471_500, -164_637_375_983_051_520]);
}

#[test]
fn there_are_as_many_orders_as_asked_for() {
    for (customers, orders) in [(6_000, 24_000), (1_000, 30_000), (1_000, 700), (0, 500), (5, 0), (1, 9)] {
        let shop = Shop::new(2, customers, orders, last_day(), 3);
        let mut ids: Vec<u64> =
            all_lines(&shop).iter().filter(|line| !line.separate_return).map(|line| line.order).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len() as u64, orders, "{customers} customers");
        assert_eq!(shop.order_count(), orders);
        assert_eq!(u64::from(shop.customer_count()), customers);
    }
}

#[test]
fn sums_are_exact_and_days_are_the_shops() {
    let shop = shop(5);
    let mut text = LineText::default();
    for line in all_lines(&shop) {
        let quantity = i64::from(line.quantity) * SCALE;
        let amount = line.price().times(quantity).unwrap().0 - line.discount().0;
        assert_eq!(line.amount(), Money(amount));
        assert!(line.discount() >= Money::ZERO);
        assert!(shop.first_day() <= line.day() && line.day() <= shop.last_day());
        let fact = shop.order_line(&line, &mut text);
        assert_eq!(fact.quantity, Some(quantity));
        assert_eq!(fact.ordered_at.div_euclid(86_400_000_000), i64::from(fact.day.0));
        assert_eq!(fact.amount.0 > 0, fact.cost.unwrap().0 > 0);
    }
}

#[test]
fn the_file_says_what_the_lines_say() {
    let shop = shop(5);
    let mut lines = all_lines(&shop);
    lines.sort_unstable_by_key(|line| line.time_key());
    let bytes = csv(&shop, 2);
    let mut rows = csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(rows.headers().unwrap().iter().collect::<Vec<_>>().join(","), CSV_HEADER);
    let mut text = LineText::default();
    let mut count = 0;
    for (row, line) in rows.records().zip(&lines) {
        let (row, fact) = (row.unwrap(), shop.order_line(line, &mut text));
        assert_eq!(&row[0], fact.order_id.unwrap());
        assert_eq!(&row[2], fact.customer_id.unwrap_or_default());
        assert_eq!(&row[3], fact.product_id.unwrap());
        assert_eq!(&row[8], fact.promo_code.unwrap_or_default());
        assert_eq!(row[12], fact.amount.to_string());
        assert_eq!(row[13], fact.cost.unwrap().to_string());
        let at: jiff::civil::DateTime = row[1].parse().unwrap();
        assert_eq!(at.in_tz("UTC").unwrap().timestamp().as_microsecond(), fact.ordered_at);
        count += 1;
    }
    assert_eq!(count, lines.len());
}

#[test]
fn buyers_are_like_a_shops() {
    let shop = shop(1);
    let mut lines = Lines::default();
    let (mut buyers, mut once, mut most, mut away) = (0.0, 0.0, 0, 0);
    for customer in 0..shop.customer_count() {
        shop.lines_of(customer, &mut lines);
        let mut orders: Vec<u64> = lines.as_slice().iter().map(|line| line.order).collect();
        orders.sort_unstable();
        orders.dedup();
        buyers += f64::from(u8::from(!orders.is_empty()));
        once += f64::from(u8::from(orders.len() == 1));
        most = most.max(orders.len());
        let last = lines.as_slice().iter().map(|line| line.day()).max();
        away += usize::from(orders.len() >= 4 && last.is_some_and(|day| last_day().since(day) > 60));
    }
    assert!((0.4..0.7).contains(&(once / buyers)), "bought once: {}", once / buyers);
    assert!((0.92..0.96).contains(&(buyers / CUSTOMERS as f64)), "buyers: {buyers}");
    assert!(most > 60, "a long tail: {most}");
    assert!(away > 200, "regulars to wake: {away}");
}

#[test]
fn orders_are_like_a_shops() {
    let shop = shop(1);
    let lines = all_lines(&shop);
    let per_order = lines.len() as f64 / ORDERS as f64;
    assert!((1.6..1.8).contains(&per_order), "{per_order} lines per order");
    let refunds = lines.iter().filter(|line| line.quantity < 0).count() as f64 / ORDERS as f64;
    assert!((0.02..0.06).contains(&refunds), "refunds: {refunds}");
    assert!(lines.iter().any(|line| line.separate_return));
    assert!(lines.iter().any(|line| line.quantity < 0 && !line.separate_return));
    let anonymous = lines.iter().filter(|line| line.customer.is_none()).count() as f64 / lines.len() as f64;
    assert!((0.1..0.14).contains(&anonymous), "anonymous: {anonymous}");
    assert!(lines.iter().any(|line| line.quantity >= 50), "wholesale");
    let revenue: i64 = lines.iter().map(|line| line.amount().0).sum();
    let cost: i64 = lines.iter().map(|line| line.cost().0).sum();
    let margin = 1.0 - cost as f64 / revenue as f64;
    assert!((0.25..0.45).contains(&margin), "margin: {margin}");
}

#[test]
fn the_year_has_its_seasons() {
    let shop = Shop::new(1, 20_000, 80_000, last_day(), 3);
    let mut by_month: HashMap<i32, f64> = HashMap::new();
    let mut codes: HashMap<String, u32> = HashMap::new();
    let mut text = LineText::default();
    for line in all_lines(&shop) {
        *by_month.entry(Period::Month.of(line.day())).or_default() += 1.0;
        if let Some(code) = shop.order_line(&line, &mut text).promo_code {
            *codes.entry(code.to_owned()).or_default() += 1;
        }
    }
    // Against the two months beside it, so that growth does not count.
    let against_neighbours =
        |month: i32| by_month[&month] * 2.0 / (by_month[&(month - 1)] + by_month[&(month + 1)]);
    let december = Period::Month.of(Day::from_date("2025-12-15".parse().unwrap()));
    assert!(against_neighbours(december) > 1.3, "{}", against_neighbours(december));
    let (july, october) = (by_month[&(december + 7)], by_month[&(december + 10)]);
    assert!(july < october, "summer dip: {july} {october}");
    for code in ["WELCOME10", "COMEBACK15", "BLACK25", "WINTER26", "SUMMER26"] {
        assert!(codes.get(code).is_some_and(|&lines| lines > 50), "{code} in {codes:?}");
    }
}

#[test]
fn customers_and_products_have_rows() {
    let shop = shop(1);
    let mut id = String::new();
    let mut known: HashMap<String, u32> = HashMap::new();
    for number in 0..shop.customer_count() {
        let row = shop.customer(number, &mut id);
        assert_eq!(row.customer_id, (100_000_000 + u64::from(number)).to_string());
        assert!(row.created.is_some_and(|day| day >= shop.first_day()));
        for (name, value) in row.attributes {
            assert!(!value.is_empty());
            *known.entry(format!("{name}={value}")).or_default() += 1;
        }
    }
    assert!(known["kind=company"] > 10 && known["gender=female"] > known["gender=male"]);
    let mut ids: Vec<&str> = shop.products().map(|product| product.product_id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), count), (432, 432));
    let mut out = Vec::new();
    write_customers_csv(&shop, &mut out).unwrap();
    assert_eq!(
        csv::Reader::from_reader(out.as_slice()).records().filter(Result::is_ok).count() as u64,
        CUSTOMERS
    );
    out.clear();
    write_products_csv(&shop, &mut out).unwrap();
    assert_eq!(csv::Reader::from_reader(out.as_slice()).records().filter(Result::is_ok).count(), 432);
}
