//! The two shipped data sets as order lines.

use crate::program::shipped;
use crate::table::Table;
use std::io::Read;

/// Ten-thousandths in one.
pub const ONE: i128 = 10_000;

/// One line of an order.
#[derive(Clone, Debug)]
pub struct Line {
    pub order: String,
    /// `None`: an anonymous sale.
    pub customer: Option<String>,
    pub product: String,
    pub day: i64,
    /// Hours, minutes and seconds as one number that grows with time.
    pub time: u32,
    pub quantity: i128,
    pub amount: i128,
}

/// CDNOW: one row is one order.
pub fn cdnow() -> Vec<Line> {
    let text = std::fs::read_to_string(shipped("cdnow_sample.csv")).expect("the data is shipped");
    let table = Table::of_csv(&text);
    assert_eq!(table.header, ["customer_id", "date", "quantity", "amount"]);
    let line = |(number, row): (usize, &Vec<String>)| Line {
        order: format!("row {number}"),
        customer: Some(row[0].clone()),
        product: String::new(),
        day: day(&row[1][..4], &row[1][4..6], &row[1][6..8]),
        time: 0,
        quantity: decimal(&row[2]),
        amount: decimal(&row[3]),
    };
    table.rows.iter().enumerate().map(line).collect()
}

/// Online Retail: a row is a line of an invoice.
pub fn online_retail() -> Vec<Line> {
    let packed = std::fs::File::open(shipped("online_retail_sample.csv.gz")).expect("the data is shipped");
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).expect("the data is whole");
    let table = Table::of_csv(&text);
    let [order, product, quantity, at, price, customer] =
        ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"]
            .map(|name| table.column(name));
    let line = |row: &Vec<String>| {
        let (quantity, price) = (decimal(&row[quantity]), decimal(&row[price]));
        assert_eq!(quantity * price % ONE, 0, "no amount of the data needs rounding");
        let at = &row[at];
        let number = |text: &str| text.parse::<u32>().expect("digits");
        Line {
            order: row[order].clone(),
            customer: Some(row[customer].clone()).filter(|id| !id.is_empty()),
            product: row[product].clone(),
            day: day(&at[..4], &at[5..7], &at[8..10]),
            time: number(&at[11..13]) * 10_000 + number(&at[14..16]) * 100 + number(&at[17..19]),
            quantity,
            amount: quantity * price / ONE,
        }
    };
    table.rows.iter().map(line).collect()
}

/// A number with at most four decimals, exactly.
pub fn decimal(text: &str) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(part.len() <= 4, "{text}");
    let part: i128 = format!("{part:0<4}").parse().expect("digits");
    sign * (whole.parse::<i128>().expect("digits") * ONE + part)
}

/// Days of each month of a year.
fn months(year: i64) -> [i64; 12] {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

/// The number of a day, counted year by year and month by month.
fn day(year: &str, month: &str, day: &str) -> i64 {
    let [year, month, day] = [year, month, day].map(|text| text.parse::<i64>().expect("digits"));
    let years: i64 = (1970..year).map(|year| months(year).iter().sum::<i64>()).sum();
    years + months(year)[..month as usize - 1].iter().sum::<i64>() + day - 1
}

/// The number of a day written as `2011-12-09`.
pub fn day_of(text: &str) -> i64 {
    day(&text[..4], &text[5..7], &text[8..10])
}

/// First and last day of the twelve last whole months up to a day, oldest first.
pub fn whole_months(as_of: i64) -> Vec<(i64, i64)> {
    let mut spans = Vec::new();
    let mut first = 0;
    for year in 1970.. {
        for days in months(year) {
            let last = first + days - 1;
            if last > as_of {
                return spans.split_off(spans.len() - 12);
            }
            spans.push((first, last));
            first = last + 1;
        }
    }
    spans
}
