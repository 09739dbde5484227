//! What a report answers, through the door: checks, promise, portraits and plan are on the page, in the
//! order in which a reader asks, and in the workbook.

use crate::html::{Element, elements};
use crate::program::Shop;
use engine::sources::{OpenOptions, open};
use serde_json::Value;
use std::fmt::Write;

/// Sixty regulars who buy tea on Saturday evenings, sixty who bought coffee once half a year ago, and three
/// who bought a lamp.
fn shop() -> Shop {
    let mut orders = "customer_id,order_id,date,amount,category\n".to_owned();
    let mut number = 0;
    let mut order = |customer: &str, date: &str, amount: u32, goods: &str| {
        number += 1;
        let _ = writeln!(orders, "{customer},{number},{date},{amount},{goods}");
    };
    for customer in 0..60 {
        // Saturdays.
        for day in ["2026-01-03", "2026-03-07", "2026-05-02", "2026-06-27"] {
            order(&format!("r{customer}"), &format!("{day} 19:30"), 40 + customer, "Tea");
        }
        let month = 1 + customer % 2;
        order(&format!("o{customer}"), &format!("2026-{month:02}-11 09:15"), 20 + customer % 5, "Coffee");
    }
    (0..3).for_each(|customer| order(&format!("l{customer}"), "2026-04-01 12:00", 30, "Lamps"));
    let shop = Shop::new();
    shop.write("orders.csv", orders);
    shop.write(
        "rules.toml",
        "rest = \"Once\"\n[[rule]]\nname = \"Tea drinkers\"\nwhen = \"orders >= 4\"\n\
         [[rule]]\nname = \"Lamps\"\nwhen = 'favourite_category = \"Lamps\"'\n",
    );
    shop
}

const REPORT: [&str; 6] = ["report", "orders.csv", "--rules", "rules.toml", "--as-of", "2026-06-30"];

fn by_id<'a>(all: &'a [Element], id: &str) -> Option<&'a Element> {
    all.iter().find(|element| element.attributes.get("id").is_some_and(|found| found == id))
}

#[test]
fn a_reader_is_answered_in_the_order_of_asking() {
    let shop = shop();
    shop.ok(&[&REPORT[..], &["--data", "data.json"]].concat());
    let page = shop.read("report.html");
    let all = elements(&page);
    let chapters: Vec<&str> = all
        .iter()
        .filter(|element| element.attributes.get("class").is_some_and(|class| class == "chapter"))
        .map(|element| element.attributes["id"].as_str())
        .collect();
    assert_eq!(chapters, ["have", "worry", "whom", "who", "monday", "how"]);
    let short =
        all.iter().find(|element| element.attributes.get("class").is_some_and(|class| class == "card short"));
    let short = &short.expect("the report in short").text;
    assert!(short.contains("123 customers have ordered, 49% of them again."), "{short}");

    // Three lamps are too few to plan for; sixty are not.
    let worries = &by_id(&all, "worries").expect("checks").text;
    assert!(worries.contains("“Lamps” has only 3 customers"), "{worries}");
    assert!(!worries.contains("“Tea drinkers” has only"), "{worries}");
    let profile = &by_id(&all, "profile").expect("segments side by side").text;
    assert!(profile.contains("Favourite category: Tea") && profile.contains('▲'), "{profile}");
    let plan = &by_id(&all, "plan").expect("a plan").text;
    assert!(plan.contains("Saturdays"), "{plan}");

    // Everybody with a segment has a page, and nobody is named.
    let data: Value = serde_json::from_str(&shop.read("data.json")).unwrap();
    let portraits = data["portraits"].as_array().unwrap();
    assert_eq!(portraits.iter().map(|of| of["of"].as_str().unwrap()).collect::<Vec<_>>(), ["rfm", "rules"]);
    for (number, of) in (1..).zip(portraits) {
        let segments = of["portraits"].as_array().unwrap();
        let customers: u64 = segments.iter().map(|one| one["sums"]["customers"].as_u64().unwrap()).sum();
        assert_eq!(customers, 123);
        for (place, one) in (1..).zip(segments) {
            assert!(by_id(&all, &format!("segment-{number}-{place}")).is_some());
            assert_eq!(one["typical"]["customer_id"], Value::Null);
        }
    }
    let tea = by_id(&all, "segment-2-1").expect("the page of tea drinkers");
    assert!(tea.text.contains("Buys above all Tea.") && tea.text.contains("19:00"), "{}", tea.text);
}

/// Header and rows of a sheet of the workbook.
fn sheet(shop: &Shop, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let options = OpenOptions { sheet: Some(name.to_owned()), header_row: Some(1), ..OpenOptions::default() };
    let mut table =
        open(&shop.path("tables.xlsx"), &options).unwrap_or_else(|error| panic!("{name}: {error}"));
    let header = table.header().to_vec();
    let mut rows = Vec::new();
    while let Some(block) = table.next_block().unwrap() {
        for row in block.rows().iter() {
            rows.push((0..header.len()).map(|place| row.cell(place).to_owned()).collect());
        }
    }
    (header, rows)
}

#[test]
fn every_table_is_a_sheet() {
    let shop = shop();
    let said = shop.ok(&[&REPORT[..], &["--xlsx", "tables.xlsx", "--lang", "ru"]].concat());
    assert!(said.contains("tables: "), "{said}");
    let (header, rows) = sheet(&shop, "Ваши сегменты");
    assert_eq!(header[0], "Сегмент");
    let found: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].as_str(), row[2].as_str())).collect();
    assert_eq!(found, [("Tea drinkers", "60"), ("Lamps", "3"), ("Once", "60")]);
    let (_, months) = sheet(&shop, "Выручка по месяцам");
    // 40 to 99 four times, 20 to 24 twelve times over, three lamps.
    let sum: f64 = months.iter().map(|row| row[1].replace(',', ".").parse::<f64>().unwrap()).sum();
    assert!((sum - (4.0 * 4170.0 + 12.0 * 110.0 + 90.0)).abs() < 1e-6, "{sum}");
    let (_, checks) = sheet(&shop, "Проверки");
    assert!(checks.iter().any(|row| row[1].contains("«Lamps»")), "{checks:?}");
    for name in ["Главное", "Сегменты постранично", "Чем отличаются", "Что обещают сегменты"]
    {
        assert!(!sheet(&shop, name).1.is_empty(), "{name}");
    }
    // The same report is the same file.
    let first = std::fs::read(shop.path("tables.xlsx")).unwrap();
    shop.ok(&[&REPORT[..], &["--xlsx", "tables.xlsx", "--lang", "ru"]].concat());
    assert!(std::fs::read(shop.path("tables.xlsx")).unwrap() == first);
}

#[test]
fn what_people_wrote_and_the_market_stand_on_the_page() {
    let shop = shop();
    let mut customers = "customer_id,city\n".to_owned();
    (0..60).for_each(|customer| _ = writeln!(customers, "r{customer},Riga\no{customer},Riga"));
    shop.write("customers.csv", customers);
    shop.write("country.csv", "city,count\nRiga,700\nLiepaja,300\n");
    shop.ok(&["import", "orders.csv"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop.ok(&["import", "country.csv", "--kind", "population", "--population", "country"]);
    shop.ok(&["competitor", "add", "Rival", "--addresses", "city=Liepaja", "--seen-in", "radio"]);
    let rules = ["--rules", "rules.toml"];
    let card = ["card", "rules", "Tea drinkers", "--offer", "First picking", "--fears", "Stale leaves"];
    shop.ok(&[&card[..], &["--action", "Invite them to a tasting"], &rules[..]].concat());
    shop.ok(&[&["report", "--xlsx", "tables.xlsx", "--as-of", "2026-06-30"], &rules[..]].concat());
    let page = shop.read("report.html");
    let all = elements(&page);
    let text = |id: &str| by_id(&all, id).unwrap_or_else(|| panic!("no {id}")).text.replace('\n', " ");
    let market = text("market");
    for says in ["city: Liepaja", "Rival", "radio", "typed by people"] {
        assert!(market.contains(says), "{says}: {market}");
    }
    let tea = text("segment-2-1");
    for says in
        ["First picking", "written by people", "suggested from the data", "Stale leaves", "not from data"]
    {
        assert!(tea.contains(says), "{says}: {tea}");
    }
    assert!(tea.contains("Invite them to a tasting"), "{tea}");
    assert!(text("targets").contains("What they are worth to us"));
    let (_, spots) = sheet(&shop, "White spots");
    let spot: Vec<&str> = spots[0].iter().map(String::as_str).collect();
    assert_eq!((spot[1], spot[3], spot[4]), ("city: Liepaja", "0", "36"));
    let (_, cards) = sheet(&shop, "Strategy card");
    assert!(cards.iter().any(|row| row[2] == "Stale leaves" && row[3] == "not from data"), "{cards:?}");
}
