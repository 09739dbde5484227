//! Deals through the door: classes, criteria, open deals.

use crate::plain::read::day_of;
use crate::program::{Shop, json, shipped, text};
use crate::table::Table;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

/// A base with the shipped opportunities and the companies they are with.
pub fn crm() -> Shop {
    let shop = Shop::new();
    let pipeline = shipped("crm_sales_pipeline.csv.gz");
    shop.ok(&["import", text(&pipeline), "--zone", "UTC", "--currency", "USD"]);
    shop.ok(&["import", text(&shipped("crm_accounts.csv")), "--kind", "customers"]);
    shop
}

/// Day of `10/20/2016`.
fn american(date: &str) -> i64 {
    let parts: Vec<u32> = date.split('/').map(|part| part.parse().unwrap()).collect();
    day_of(&format!("{:04}-{:02}-{:02}", parts[2], parts[0], parts[1]))
}

/// Counts of classes of the last `count` closed opportunities, by the words of the method: won ones up
/// to the median of days are A, others B, and of lost ones nothing is known but that.
fn slowly(count: usize) -> BTreeMap<String, u64> {
    let mut file = String::new();
    let packed = std::fs::File::open(shipped("crm_sales_pipeline.csv.gz")).unwrap();
    GzDecoder::new(packed).read_to_string(&mut file).unwrap();
    let table = Table::of_csv(&file);
    let columns =
        ["opportunity_id", "deal_stage", "engage_date", "close_date"].map(|name| table.column(name));
    let [id, stage, from, to] = columns;
    let mut closed: Vec<(i64, i64, &str, bool)> = table
        .rows
        .iter()
        .filter(|row| !row[to].is_empty())
        .map(|row| (american(&row[to]), american(&row[from]), row[id].as_str(), row[stage] == "Won"))
        .collect();
    closed.sort();
    let last = &closed[closed.len() - count..];
    let mut days: Vec<i64> = last.iter().map(|(to, from, ..)| to - from).collect();
    days.sort();
    let twice = days[(days.len() - 1) / 2] + days[days.len() / 2];
    let mut counts = BTreeMap::from([("A".to_owned(), 0), ("B".to_owned(), 0), ("unclear".to_owned(), 0)]);
    for (to, from, _, won) in last {
        let class = match won {
            true if 2 * (to - from) <= twice => "A",
            true => "B",
            false => "unclear",
        };
        *counts.get_mut(class).unwrap() += 1;
    }
    counts
}

fn counts_of(document: &Value) -> BTreeMap<String, u64> {
    let classes = document["classes"].as_array().unwrap().iter();
    let counted =
        classes.map(|row| (row["class"].as_str().unwrap().to_owned(), row["deals"].as_u64().unwrap()));
    counted.filter(|(class, count)| class != "all" && (*count > 0 || slowly(6).contains_key(class))).collect()
}

#[test]
fn nothing_in_the_crm_beats_chance() {
    let shop = crm();
    for count in [30, 199, 6711] {
        let count_text = count.to_string();
        let arguments = ["deals", "--deals", &count_text, "--target", "won", "--format", "json"];
        let document = json(&shop.ok(&arguments));
        assert_eq!(document["search"]["verdict"], "nothing_beats_chance", "{document:#}");
        assert_eq!(counts_of(&document), slowly(count), "{count}");
        assert_eq!((&document["deals"], &document["closed_deals"]), (&count.into(), &6711.into()));
        assert_eq!(document["open_deals"], 2089);
        assert_eq!(document["open"], Value::Null);
    }
    let said = shop.run(&["deals", "--deals", "300", "--target", "won"]);
    assert!(said.out.contains("Nothing beats chance (300 deals"), "{}", said.out);
    assert!(
        said.err.contains("`amount` is no condition"),
        "every lost deal has an amount of 0\n{}",
        said.err
    );
    let refused = shop.run(&["deals", "--open", "--out", "open.csv"]);
    assert_eq!((refused.code, shop.path("open.csv").exists()), (1, false), "{}", refused.err);
    assert!(refused.err.contains("beats chance"));
}

/// Closed deals of which those from a fair are mostly won fast; and six that are open.
fn made(deals: usize, shuffled: bool) -> String {
    let mut file =
        "deal_id,customer_id,opened_at,closed_at,outcome,amount,lead_source,employee,city,loss_reason,\
                    effort,questions,discount,Contract no\n"
            .to_owned();
    for deal in 0..deals {
        // Numbers that neither repeat soon nor go with one another.
        let of = |factor: usize, modulus: usize| deal * factor % 1009 % modulus;
        let source = ["fair", "web", "call"][deal % 3];
        let seen = if shuffled { of(443, 3) == 0 } else { source == "fair" };
        let easy = seen == (of(571, 10) != 0);
        let (outcome, days) = if easy {
            ("won", 5 + of(7, 4))
        } else if of(13, 3) == 0 {
            ("won", 40)
        } else {
            ("lost", 50)
        };
        let reason = if outcome == "lost" && of(17, 4) == 0 { "no money" } else { "" };
        let contract = if outcome == "won" { format!("{}", 1 + deal % 7) } else { String::new() };
        let day = 1 + deal % 28;
        let closed = american(&format!("3/{day}/2026")) + days as i64;
        let closed = dolka_day(closed);
        let _ = writeln!(
            file,
            "d{deal:03},{},2026-03-{day:02},{closed},{outcome},{},{source},{},{},{reason},{},{},{},{contract}",
            if deal % 5 == 0 { String::new() } else { format!("c{}", deal % 20) },
            100 + of(37, 50) * 10,
            ["Anna", "Ivan", "Mara"][of(29, 3)],
            ["Riga", "Ogre"][of(31, 2)],
            if easy { 2 } else { 6 },
            if easy { 1 } else { 4 },
            0,
        );
    }
    for (deal, source) in ["fair", "web", "fair", "call", "web", "fair"].iter().enumerate() {
        let _ = writeln!(file, "o{deal},c{deal},2026-04-{:02},,open,50,{source},Anna,Riga,,,,,", deal + 1);
    }
    file
}

/// A day in ISO form.
fn dolka_day(day: i64) -> String {
    model::calendar::Day(i32::try_from(day).unwrap()).to_string()
}

fn base_of(file: &str) -> Shop {
    let shop = Shop::new();
    shop.write("deals.csv", file);
    shop.ok(&["import", "deals.csv", "--kind", "deals", "--zone", "UTC", "--currency", "EUR"]);
    shop
}

#[test]
fn a_planted_criterion_is_found_and_scores_open_deals() {
    let shop = base_of(&made(90, false));
    let document = json(&shop.ok(&["deals", "--deals", "90", "--format", "json"]));
    assert_eq!(document["search"]["verdict"], "criteria", "{document:#}");
    assert_eq!(document["search"]["rules"][0], "lead_source = \"fair\"");
    let left_out = document["search"]["left_out"].as_array().unwrap();
    assert!(
        left_out.iter().any(|one| one["attribute"] == "Contract no" && one["why"] == "named"),
        "{left_out:?}"
    );
    let open = document["open"].as_array().unwrap();
    let best: Vec<&str> = open[..3].iter().map(|deal| deal["deal_id"].as_str().unwrap()).collect();
    assert_eq!((best, open.len()), (vec!["o0", "o2", "o5"], 6));
    assert!(open[0]["points"].as_f64().unwrap() > 0.5 && open[5]["points"].as_f64().unwrap() <= 0.0);
    shop.ok(&["deals", "--deals", "90", "--open", "--out", "open.csv"]);
    let table = Table::of_csv(&shop.read("open.csv"));
    assert_eq!(table.header[..4], ["deal_id", "customer_id", "opened_at", "amount"]);
    assert_eq!(table.rows[0][..4], ["o0", "c0", "2026-04-01", "50.00"]);
    assert_eq!(table.rows[0][6], "lead_source = \"fair\"");
    let without = json(&shop.ok(&["deals", "--deals", "90", "--without", "lead_source", "--format", "json"]));
    assert_eq!(without["search"]["verdict"], "nothing_beats_chance", "{without:#}");
}

#[test]
fn shuffled_outcomes_have_nothing_in_common() {
    let shop = base_of(&made(90, true));
    let document = json(&shop.ok(&["deals", "--deals", "90", "--format", "json"]));
    assert_eq!(document["search"]["verdict"], "nothing_beats_chance", "{document:#}");
}

#[test]
fn with_fewer_than_forty_deals_there_are_hypotheses() {
    let shop = base_of(&made(90, false));
    let said = shop.run(&["deals", "--deals", "39"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let at = |count: &str| {
        let document = json(
            &shop.ok(&["deals", "--deals", count, "--target", "won", "--set", "days=1", "--format", "json"]),
        );
        (document["search"]["verdict"].as_str().unwrap().to_owned(), document)
    };
    let (verdict, document) = at("39");
    let found = &document["search"]["findings"]["outcome"];
    assert_ne!(verdict, "criteria", "{found:#}");
    let shown = found["hypotheses"].as_array().or(found["nothing_beats_chance"].as_array()).unwrap();
    assert!(shown.len() <= 3, "{found:#}");
    assert_ne!(at("40").0, "hypotheses");
}

#[test]
fn each_deal_has_its_rule_and_figures() {
    let shop = base_of(&made(90, false));
    shop.ok(&["deals", "--out", "deals.csv", "--set", "hour_cost=20"]);
    let table = Table::of_csv(&shop.read("deals.csv"));
    assert_eq!(table.rows.len(), 30);
    let [class, rule, reason, customer] =
        ["deal_class", "rule", "reason", "customer_id"].map(|name| table.column(name));
    let by_rule = |wanted: &str| table.rows.iter().find(|row| row[rule] == wanted);
    let easy = by_rule("won_easily").expect("one was won easily");
    assert!(easy[class] == "A" && easy[reason].starts_with("won: days to close "), "{easy:?}");
    let poor = by_rule("no_money").expect("one had no money");
    assert_eq!((poor[class].as_str(), poor[reason].as_str()), ("D", "lost for want of money: `no money`"));
    assert!(table.rows.iter().any(|row| row[customer].is_empty()), "deals of nobody are looked at");
    let closed = table.column("closed_at");
    assert!(table.rows.is_sorted_by(|a, b| a[closed] <= b[closed]));
    // A day earlier the deals of the last day are open.
    let last = &table.rows[29][closed];
    let before = dolka_day(day_of(last) - 1);
    let document = json(&shop.ok(&["deals", "--as-of", &before, "--format", "json"]));
    assert!(document["closed_deals"].as_u64().unwrap() < 90 && document["open_deals"].as_u64().unwrap() > 6);
}

#[test]
fn the_last_thirty_deals_are_looked_at() {
    // 31 deals, the first with very many questions: with 30 it is not looked at.
    let mut file = "deal_id,customer_id,opened_at,closed_at,outcome,questions\n".to_owned();
    for deal in 0..31 {
        let questions = if deal == 0 { 99 } else { deal };
        let _ = writeln!(file, "d{deal:02},c1,2026-01-01,2026-01-{:02},won,{questions}", deal + 1);
    }
    let shop = base_of(&file);
    let limit = |arguments: &[&str]| {
        let mut all = vec!["deals", "--format", "json"];
        all.extend(arguments);
        let document = json(&shop.ok(&all));
        (document["deals"].as_u64().unwrap(), document["limits"]["questions"]["value"].as_f64().unwrap())
    };
    assert_eq!(limit(&[]), (30, 15.5));
    assert_eq!(limit(&["--deals", "31"]), (31, 16.0));
    assert_eq!(limit(&["--deals", "29"]), (29, 16.0));
    assert_eq!(limit(&["--set", "deals=29"]), (29, 16.0));
    let out = shop.run(&["deals", "--deals", "30"]).out;
    assert!(out.contains("No search:") || out.contains("Nothing beats chance"), "{out}");
}

#[test]
fn interviews_stand_for_deals_where_there_is_no_funnel() {
    let mut file = "deal_id,customer_id,deal_class,industry\n".to_owned();
    for deal in 0..40 {
        let (class, industry) = if deal % 2 == 0 { ("A", "bakery") } else { ("C", "bank") };
        let _ = writeln!(file, "d{deal},c{deal},{class},{industry}");
    }
    let shop = base_of(&file);
    let undated = shop.run(&["deals"]);
    assert!(undated.code == 1 && undated.err.contains("`--as-of`"), "{}", undated.err);
    let run = shop.run(&["deals", "--deals", "40", "--as-of", "2026-05-01", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("classed by hand"), "{}", run.err);
    assert_eq!(json(&run.out)["search"]["rules"][0], "industry = \"bakery\"");
}

#[test]
fn what_cannot_be_asked_says_why() {
    let shop = base_of(&made(12, false));
    for (arguments, says) in [
        (&["deals", "--deals", "5"][..], "from 6 to"),
        (&["deals", "--set", "questons=3"][..], "did you mean `questions`?"),
        (&["deals", "--set", "days"][..], "should read SETTING=VALUE"),
    ] {
        let run = shop.run(arguments);
        assert!(run.code == 1 && run.err.contains(says), "{}", run.err);
    }
    let none = Shop::with(&shipped("cdnow_sample.csv"));
    let run = none.run(&["deals"]);
    assert!(run.code == 1 && run.err.contains("no deals yet"), "{}", run.err);
}
