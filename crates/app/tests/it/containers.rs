//! Files in which rows are packed: workbooks, gzip, Parquet, whole and cut short.

use crate::case::{all_hold, case};
use crate::program::{Shop, shipped, text};
use crate::table::Table;
use flate2::{Compression, write::GzEncoder};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::Write;

const ORDERS: &str =
    "order_id,customer_id,date,amount\n1,ann,2024-03-25,10.50\n2,ann,2024-04-01,20\n3,bob,2024-04-02,1\n";

fn packed(content: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(content.as_bytes()).expect("memory takes it");
    gzip.finish().expect("memory takes it")
}

/// A sheet as a manager keeps it: a merged title, an empty row, a header, days as numbers, a total.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let notes = book.add_worksheet().set_name("Notes").expect("a name");
    notes.set_hidden(true);
    notes.write(0, 0, "order_id").expect("a cell");
    let sheet = book.add_worksheet().set_name("Orders").expect("a name");
    sheet.set_active(true);
    sheet.merge_range(0, 0, 0, 3, "Sales of the spring", &Format::new()).expect("cells");
    for (column, heading) in ["order_id", "customer_id", "date", "amount"].into_iter().enumerate() {
        sheet.write(2, column as u16, heading).expect("a cell");
    }
    for (row, (order, customer, amount)) in
        [("1", "007", 10.5), ("2", "007", 20.0), ("3", "bob", 1.0), ("4", "bob", 2.0)].into_iter().enumerate()
    {
        let row = row as u32 + 3;
        let at = ExcelDateTime::from_ymd(2024, 3, 25 + row as u8 - 3).expect("a day");
        sheet.write(row, 0, order).expect("a cell");
        sheet.write(row, 1, customer).expect("a cell");
        sheet.write_with_format(row, 2, &at, &day).expect("a cell");
        sheet.write(row, 3, amount).expect("a cell");
    }
    sheet.write(7, 0, "Total").expect("a cell");
    sheet.write(7, 3, 33.5).expect("a cell");
    book.save_to_buffer().expect("memory takes it")
}

#[test]
fn packed_files() {
    let gzip = packed(ORDERS);
    let book = workbook();
    let mut damaged = gzip.clone();
    let check = damaged.len() - 8;
    damaged[check] ^= 0xff;
    all_hold(&[
        case("gzip", "orders.csv.gz", &gzip).imported(3).then("ann", "revenue", "30.50"),
        case("gzip under another name", "orders.csv", &gzip).imported(3).then("ann", "revenue", "30.50"),
        case("gzip cut short", "orders.csv.gz", &gzip[..gzip.len() - 10]).refused("orders.csv.gz"),
        case("gzip with a wrong checksum", "orders.csv.gz", damaged).refused("orders.csv.gz"),
        case("a workbook with a title, a hidden sheet and a total", "orders.xlsx", &book)
            .imported(4)
            .rejected("E_TOTAL", 8, "date")
            .then("007", "revenue", "30.50")
            .then("007", "first_order_at", "2024-03-25")
            .then("bob", "last_order_at", "2024-03-28"),
        case("a workbook cut short", "orders.xlsx", &book[..book.len() / 2]).refused("orders.xlsx"),
    ]);
}

#[test]
fn a_large_gzip_that_is_cut_leaves_nothing_behind() {
    let shop = Shop::new();
    let whole = std::fs::read(shipped("online_retail_sample.csv.gz")).expect("the data is shipped");
    shop.write("cut.csv.gz", &whole[..whole.len() - whole.len() / 8]);
    let run = shop.run(&["import", "cut.csv.gz"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("cut.csv.gz"), "{}", run.err);
    assert_eq!(shop.listing(), []);
    // The base is as good as new: the whole file then goes in.
    shop.ok(&["import", text(&shipped("cdnow_sample.csv"))]);
}

#[test]
fn parquet_is_read_whole_or_not_at_all() {
    let shop = Shop::new();
    shop.write("orders.csv", ORDERS);
    shop.ok(&["import", "orders.csv"]);
    let (name, _) =
        shop.listing().into_iter().find(|(name, _)| name.starts_with("facts/orders")).expect("facts");
    let whole = std::fs::read(shop.path("dolka-base").join(name)).expect("it is there");
    for length in [0, 3, 4, 8, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        let other = Shop::new();
        other.write("cut.parquet", &whole[..length]);
        let run = other.run(&["import", "cut.parquet"]);
        assert_eq!(run.code, 1, "{length} bytes: {}", run.err);
        assert!(
            run.err.contains("cut.parquet") && !run.err.contains("panicked"),
            "{length} bytes: {}",
            run.err
        );
        assert_eq!(other.listing(), []);
    }
    // Whole, the facts of one base are an export for another.
    let other = Shop::new();
    other.write("whole.parquet", &whole);
    other.ok(&["import", "whole.parquet"]);
    let table = Table::of_csv(&other.ok(&["features", "--format", "csv"]));
    assert_eq!(table.by_first()["ann"][table.column("revenue")], "30.50");
}
