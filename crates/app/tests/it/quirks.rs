//! What other programs' exports do that breaks a naive import: workbooks that count days from 1904,
//! cells that hold errors, versions of an order, consents, files that change while they are read.

use crate::case::{all_hold, case};
use crate::program::Shop;
use dolka_app::base::{Base, Place};
use dolka_app::jobs::import::{Request, import};
use engine::progress::Watch;
use engine::staging::FileOptions;
use flate2::Crc;
use model::base::ContactField;
use std::fmt::Write;
use std::io::Write as _;
use std::path::PathBuf;

/// A zip archive of files that are not compressed.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let mut crc = Crc::new();
        crc.update(content.as_bytes());
        let at = zip.len() as u32;
        let (length, name_length) = (content.len() as u32, name.len() as u16);
        // Version, flags, method, time and day are 20, 0, 0, 0 and 1 January 1980.
        let mut header = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        for word in [crc.sum(), length, length] {
            header.extend(word.to_le_bytes());
        }
        header.extend(name_length.to_le_bytes());
        header.extend([0, 0]);
        zip.extend(b"PK\x03\x04");
        zip.extend(&header);
        zip.extend(name.as_bytes());
        zip.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&header);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, length, count) = (zip.len() as u32, directory.len() as u32, files.len() as u16);
    zip.extend(directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend(count.to_le_bytes());
    zip.extend(count.to_le_bytes());
    zip.extend(length.to_le_bytes());
    zip.extend(at.to_le_bytes());
    zip.extend([0, 0]);
    zip
}

/// A cell: text, a number, a day as a number, an error.
enum Cell {
    Text(&'static str),
    Number(f64),
    Day(f64),
    Error(&'static str),
}

/// A workbook whose days count from 1900 or from 1904.
fn workbook(from_1904: bool, rows: &[&[Cell]]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut cells = String::new();
    for (row, line) in (1..).zip(rows) {
        let _ = write!(cells, "<row r=\"{row}\">");
        for (column, cell) in ('A'..).zip(*line) {
            let place = format!("{column}{row}");
            let _ = match cell {
                Cell::Text(text) => {
                    write!(cells, "<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
                }
                Cell::Number(number) => write!(cells, "<c r=\"{place}\"><v>{number}</v></c>"),
                Cell::Day(day) => write!(cells, "<c r=\"{place}\" s=\"1\"><v>{day}</v></c>"),
                Cell::Error(error) => write!(cells, "<c r=\"{place}\" t=\"e\"><v>{error}</v></c>"),
            };
        }
        cells.push_str("</row>");
    }
    let epoch = if from_1904 { "<workbookPr date1904=\"1\"/>" } else { "" };
    let link = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/{kind}\" \
             Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\">{epoch}<sheets>\
         <sheet name=\"Orders\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>\
         </cellXfs></styleSheet>"
    );
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>");
    archive(&[
        ("_rels/.rels", &link("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &link("worksheet", "worksheets/sheet1.xml")),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

#[test]
fn workbooks_from_both_epochs_and_with_errors() {
    use Cell::{Day, Error, Number, Text};
    let header = &[Text("order_id"), Text("customer_id"), Text("date"), Text("amount")][..];
    // 25 and 26 March 2024, counted from 1900; 1904 is 1462 days later.
    let rows = |less: f64| {
        let (first, second) = (45_376.0 - less, 45_377.0 - less);
        vec![
            vec![Text("1"), Text("ann"), Day(first), Number(10.5)],
            vec![Text("2"), Text("ann"), Day(second), Number(20.0)],
            vec![Text("3"), Text("bob"), Day(second), Number(1.0)],
        ]
    };
    let whole = |from_1904: bool, less: f64, more: Vec<Vec<Cell>>| {
        let rows: Vec<Vec<Cell>> = rows(less).into_iter().chain(more).collect();
        let rows: Vec<&[Cell]> = std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).collect();
        workbook(from_1904, &rows)
    };
    let read = |name, content: Vec<u8>| {
        case(name, "orders.xlsx", content)
            .imported(3)
            .then("ann", "first_order_at", "2024-03-25")
            .then("ann", "last_order_at", "2024-03-26")
            .then("ann", "revenue", "30.50")
    };
    let broken = vec![
        vec![Text("4"), Text("bob"), Day(45_377.0), Error("#REF!")],
        vec![Text("5"), Text("bob"), Error("#VALUE!"), Number(5.0)],
    ];
    all_hold(&[
        read("days from 1900", whole(false, 0.0, Vec::new())),
        read("days from 1904", whole(true, 1_462.0, Vec::new())),
        read("cells with errors", whole(false, 0.0, broken))
            .rejected("E_CELL", 5, "")
            .rejected("E_CELL", 6, ""),
    ]);
}

#[test]
fn of_versions_of_an_order_the_newest_counts() {
    let header = "order_id,customer_id,date,amount,updated_at";
    let shop = Shop::new();
    let revenue = |shop: &Shop| {
        let table = crate::table::Table::of_csv(&shop.ok(&["features", "revenue", "--format", "csv"]));
        table.by_first()["ann"][table.column("revenue")].clone()
    };
    // Within a file: the version that was changed last, wherever it stands.
    shop.write(
        "orders.csv",
        format!(
            "{header}\n1,ann,2024-03-25,12,2024-03-27 10:00\n1,ann,2024-03-25,10,2024-03-25 09:00\n\
             2,ann,2024-03-26,5,2024-03-26 09:00\n"
        ),
    );
    shop.ok(&["import", "orders.csv", "--map", "order_total=amount"]);
    assert_eq!(revenue(&shop), "17.00");
    for (amount, changed, replaced, now) in [
        // An older export changes nothing, a newer one does, and the same moment with other content too.
        (99, "2024-03-26 10:00", 0, "17.00"),
        (20, "2024-03-28 10:00", 1, "25.00"),
        (30, "2024-03-28 10:00", 1, "35.00"),
    ] {
        shop.write("more.csv", format!("{header}\n1,ann,2024-03-25,{amount},{changed}\n"));
        let (code, counts, err) = shop.import("more.csv", &["--map", "order_total=amount"]);
        assert_eq!((code, &counts["replaced"]), (0, &replaced.into()), "{amount}: {err}");
        assert_eq!(revenue(&shop), now, "{amount}");
    }
}

#[test]
fn consents_are_kept_and_a_withdrawn_one_does_not_come_back() {
    let shop = Shop::new();
    let header = "customer_id,email,accepts_marketing";
    shop.write(
        "first.csv",
        format!("{header}\nann,ann@example.com,yes\nbob,bob@example.com,no\ncat,cat@example.com,\n"),
    );
    shop.write("second.csv", format!("{header}\nann,ann@example.com,FALSE\nbob,bob@example.com,TRUE\n"));
    let map = ["--kind", "customers", "--map", "consent_email=accepts_marketing"];
    let consents = |shop: &Shop| {
        let place = Place { folder: shop.path("dolka-base"), state: None, zone: None };
        let base = Base::open_existing(&place).expect("the base opens");
        let ids = ["ann", "bob", "cat"].map(str::to_owned);
        let found = base.wait(base.store.values(ContactField::ConsentEmail, &ids)).expect("it answers");
        ids.map(|id| found.get(&id).cloned().unwrap_or_default())
    };
    let (code, counts, err) = shop.import("first.csv", &map);
    assert_eq!((code, &counts["imported"]), (0, &3.into()), "{err}");
    assert_eq!(consents(&shop), ["yes", "no", ""]);
    let (code, _, err) = shop.import("second.csv", &map);
    assert_eq!(code, 0, "{err}");
    assert_eq!(consents(&shop), ["no", "no", ""], "{err}");
}

/// Adds a row to the file when some of it has been read.
struct Meddler(PathBuf);

impl Watch for Meddler {
    fn advance(&self, phase: &'static str, _done: u64, _total: u64) {
        if phase == "read" {
            let mut file = std::fs::File::options().append(true).open(&self.0).expect("the file is there");
            file.write_all(b"9,eve,2024-04-01,1\n").expect("it grows");
        }
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    let shop = Shop::new();
    let mut rows = String::from("order_id,customer_id,date,amount\n");
    for row in 0..2_000 {
        let _ = writeln!(rows, "{row},ann,2024-03-25,1");
    }
    let file = shop.write("orders.csv", &rows);
    let place = Place { folder: shop.path("dolka-base"), state: None, zone: Some("UTC".to_owned()) };
    let mut base = Base::open(&place).expect("the base opens");
    let options = FileOptions::default();
    let request = Request { options: &options, dry_run: false, rejects: None, threads: 1 };
    let error = match import(&mut base, &file, &request, &Meddler(file.clone())) {
        Ok(imported) => panic!("it was imported: {:?}", imported.staged.counts),
        Err(error) => format!("{error:#}"),
    };
    assert!(error.contains("changed while it was read") && error.contains("orders.csv"), "{error}");
    assert!(base.files().expect("it answers").is_empty());
    assert!(shop.listing().is_empty(), "{:?}", shop.listing());
}

#[test]
fn customers_of_whom_only_the_contact_changed_are_new() {
    let shop = Shop::new();
    let file = |mail: &str| format!("customer_id,email,city\nann,{mail},Riga\n");
    let mail = |shop: &Shop| {
        let place = Place { folder: shop.path("dolka-base"), state: None, zone: None };
        let base = Base::open_existing(&place).expect("the base opens");
        base.wait(base.store.contact("ann")).expect("it answers")
    };
    for (mail, number) in
        [("old@example.com", Some(1)), ("new@example.com", Some(2)), ("new@example.com", None)]
    {
        shop.write("customers.csv", file(mail));
        let (code, counts, err) = shop.import("customers.csv", &["--kind", "customers"]);
        assert_eq!((code, counts["import"].as_i64()), (0, number), "{mail}: {err}");
    }
    assert_eq!(mail(&shop)[0].value, "new@example.com");
    shop.ok(&["undo", "2"]);
    assert_eq!(mail(&shop)[0].value, "old@example.com");
}
