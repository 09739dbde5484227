//! The shop's files as a shop would export them: orders in the order of time, customers, products.

use super::line::{DAY_SECONDS, ShopLine, push_customer_id};
use super::orders::Lines;
use super::shop::Shop;
use super::spill::{Spill, encode};
use crate::progress::Watch;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// First line of the orders file. Times are local to the shop; amount = price × quantity − discount.
pub const CSV_HEADER: &str = "order_id,ordered_at,customer_id,product_id,product,category,brand,channel,\
                              promo_code,quantity,price,discount,amount,cost";
/// Lines that one bucket is meant to hold: what a thread sorts and formats at a time.
const BUCKET_LINES: u64 = 250_000;
/// Most buckets; larger shops get larger buckets.
const MAX_BUCKETS: u64 = 400;
/// Customers a thread takes at a time.
const CUSTOMER_CHUNK: u32 = 4096;
/// Bytes of one bucket a thread gathers before it hands them over.
const HAND_OVER_BYTES: usize = 16 * 1024;

/// The sample shop could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The place the file goes to refused it.
    #[error("cannot write the sample shop; free some space or choose another place")]
    Write(#[source] io::Error),
    /// The folder for temporary files refused them.
    #[error("cannot keep temporary files in `{folder}`; free some space or choose another folder")]
    Scratch {
        folder: String,
        #[source]
        source: io::Error,
    },
}

/// What has been written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Lines of orders and returns, without the header.
    pub lines: u64,
}

/// Writes all orders in the order of time.
///
/// Needs memory for one bucket of about 250 000 lines per thread; what is more waits in files in
/// `scratch`, a folder of its own, about 42 bytes per line. The bytes written do not depend on
/// `threads`.
pub fn write_csv(
    shop: &Shop,
    out: &mut dyn Write,
    scratch: &Path,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Written, DemoError> {
    let threads = threads.max(1);
    let buckets = buckets_by_day(shop);
    let count = buckets.last().map_or(1, |last| usize::from(*last) + 1);
    let spill = Spill::new(count, scratch);
    let in_scratch = |source| DemoError::Scratch { folder: scratch.display().to_string(), source };
    make_lines(shop, &buckets, &spill, threads, watch).map_err(in_scratch)?;

    writeln!(out, "{CSV_HEADER}").map_err(DemoError::Write)?;
    let mut written = Written::default();
    let spill = &spill;
    for first in (0..count).step_by(threads) {
        let end = (first + threads).min(count);
        let texts: Vec<io::Result<(u64, Vec<u8>)>> = thread::scope(|scope| {
            let workers: Vec<_> = (first..end)
                .map(|bucket| scope.spawn(move || format_bucket(shop, spill.take(bucket)?)))
                .collect();
            workers.into_iter().map(joined).collect()
        });
        for text in texts {
            let (lines, text) = text.map_err(in_scratch)?;
            out.write_all(&text).map_err(DemoError::Write)?;
            written.lines += lines;
        }
        watch.advance("writing the sample shop", end as u64, count as u64);
    }
    out.flush().map_err(DemoError::Write)?;
    Ok(written)
}

/// Writes the customers with their attributes.
pub fn write_customers_csv(shop: &Shop, out: &mut dyn Write) -> Result<(), DemoError> {
    const NAMES: [&str; 7] = ["kind", "city", "source", "gender", "age_group", "loyalty_card", "industry"];
    let mut write = || {
        writeln!(out, "customer_id,created,{}", NAMES.join(","))?;
        let mut id = String::new();
        for number in 0..shop.customer_count() {
            let row = shop.customer(number, &mut id);
            let created = row.created.map_or("", |day| shop.date_text(day));
            write!(out, "{},{created}", row.customer_id)?;
            for name in NAMES {
                let value = row.attributes.iter().find(|attribute| attribute.0 == name);
                write!(out, ",{}", value.map_or("", |attribute| attribute.1))?;
            }
            writeln!(out)?;
        }
        out.flush()
    };
    write().map_err(DemoError::Write)
}

/// Writes the products.
pub fn write_products_csv(shop: &Shop, out: &mut dyn Write) -> Result<(), DemoError> {
    let mut write = || {
        writeln!(out, "product_id,product,category,brand,unit_cost")?;
        for product in shop.products() {
            let text = [product.product, product.category, product.brand].map(Option::unwrap_or_default);
            let cost = product.unit_cost.unwrap_or_default();
            writeln!(out, "{},{},{cost}", product.product_id, text.join(","))?;
        }
        out.flush()
    };
    write().map_err(DemoError::Write)
}

/// The bucket of each day: runs of days that hold about as many lines each.
fn buckets_by_day(shop: &Shop) -> Vec<u16> {
    let lines = shop.order_count() * 7 / 4;
    let buckets = lines.div_ceil(BUCKET_LINES).clamp(1, MAX_BUCKETS);
    let arrivals = &shop.season.arrivals;
    let total = u128::from(arrivals[arrivals.len() - 1].max(1));
    let bucket = |&upto: &u64| (u128::from(upto) * u128::from(buckets) / total) as u16;
    arrivals[..arrivals.len() - 1].iter().map(bucket).collect()
}

fn make_lines(
    shop: &Shop,
    buckets: &[u16],
    spill: &Spill,
    threads: usize,
    watch: &dyn Watch,
) -> io::Result<()> {
    let (next_customers, next_day) = (AtomicU64::new(0), AtomicU64::new(0));
    let work = || {
        let mut sorter = Sorter { shop, buckets, spill, bytes: vec![Vec::new(); spill_count(buckets)] };
        let mut lines = Lines::default();
        loop {
            let first = next_customers.fetch_add(u64::from(CUSTOMER_CHUNK), Ordering::Relaxed);
            if first >= u64::from(shop.customer_count()) {
                break;
            }
            let end = (first as u32).saturating_add(CUSTOMER_CHUNK).min(shop.customer_count());
            for customer in first as u32..end {
                shop.lines_of(customer, &mut lines);
                sorter.add(lines.as_slice())?;
            }
            watch.advance("making up orders", u64::from(end), u64::from(shop.customer_count()));
        }
        loop {
            let day = next_day.fetch_add(1, Ordering::Relaxed);
            if day >= u64::from(shop.day_count()) {
                return sorter.finish();
            }
            shop.walk_in_lines(day as u32, &mut lines);
            sorter.add(lines.as_slice())?;
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(joined)
    })
}

fn spill_count(buckets: &[u16]) -> usize {
    buckets.last().map_or(1, |last| usize::from(*last) + 1)
}

/// The worker's result; its panic goes on in this thread.
fn joined<T>(worker: thread::ScopedJoinHandle<'_, T>) -> T {
    worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// One thread's lines on their way into the buckets.
struct Sorter<'a> {
    shop: &'a Shop,
    buckets: &'a [u16],
    spill: &'a Spill,
    bytes: Vec<Vec<u8>>,
}

impl Sorter<'_> {
    fn add(&mut self, lines: &[ShopLine]) -> io::Result<()> {
        for line in lines {
            let bucket = usize::from(self.buckets[line.day().since(self.shop.first_day()) as usize]);
            encode(line, &mut self.bytes[bucket]);
            if self.bytes[bucket].len() >= HAND_OVER_BYTES {
                self.spill.add(bucket, &mut self.bytes[bucket])?;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.bytes.iter_mut().enumerate().try_for_each(|(bucket, bytes)| self.spill.add(bucket, bytes))
    }
}

fn format_bucket(shop: &Shop, mut lines: Vec<ShopLine>) -> io::Result<(u64, Vec<u8>)> {
    lines.sort_unstable_by_key(ShopLine::time_key);
    let mut text = Vec::with_capacity(lines.len() * 140);
    let mut id = String::new();
    for line in &lines {
        push_line(shop, line, &mut id, &mut text);
    }
    Ok((lines.len() as u64, text))
}

/// Appends a line of the orders file. No text in the shop needs quotes.
fn push_line(shop: &Shop, line: &ShopLine, id: &mut String, text: &mut Vec<u8>) {
    id.clear();
    shop.push_order_id(line, id);
    text.extend_from_slice(id.as_bytes());
    text.push(b',');
    text.extend_from_slice(shop.date_text(line.day()).as_bytes());
    text.push(b'T');
    let second = line.at.rem_euclid(DAY_SECONDS);
    for (part, after) in [(second / 3600, b':'), (second / 60 % 60, b':'), (second % 60, b',')] {
        text.extend_from_slice(&[b'0' + (part / 10) as u8, b'0' + (part % 10) as u8, after]);
    }
    if let Some(customer) = line.customer {
        id.clear();
        push_customer_id(customer, id);
        text.extend_from_slice(id.as_bytes());
    }
    let product = shop.product(line);
    let words = [&product.id, &product.name, product.category.name, product.brand, line.channel.name()];
    for word in words {
        text.push(b',');
        text.extend_from_slice(word.as_bytes());
    }
    text.push(b',');
    text.extend_from_slice(shop.promo_code(line).unwrap_or_default().as_bytes());
    text.push(b',');
    push_whole(i64::from(line.quantity), text);
    for money in [line.price(), line.discount(), line.amount(), line.cost()] {
        text.push(b',');
        push_money(money.0 / 100, text);
    }
    text.push(b'\n');
}

fn push_money(cents: i64, text: &mut Vec<u8>) {
    if cents < 0 {
        text.push(b'-');
    }
    let cents = cents.abs();
    push_whole(cents / 100, text);
    text.extend_from_slice(&[b'.', b'0' + (cents / 10 % 10) as u8, b'0' + (cents % 10) as u8]);
}

fn push_whole(number: i64, text: &mut Vec<u8>) {
    if number < 0 {
        text.push(b'-');
    }
    let mut digits = [0u8; 20];
    let (mut left, mut start) = (number.unsigned_abs(), digits.len());
    loop {
        start -= 1;
        digits[start] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[start..]);
}
