//! `dolka predict`: published figures of CDNOW from the file to what is printed, threads, small bases.
//!
//! Figures of CDNOW: Fader, Hardie and Lee 2005, Fader and Hardie 2013, and the tests and vignettes
//! of BTYD, BTYDplus, CLVTools and lifetimes, which agree; the likelihoods reproduced to nine digits.

use crate::program::{Shop, json, shipped};
use crate::table::Table;
use serde_json::Value;
use std::path::Path;

/// The last day of the calibration in the literature.
const CUT: &str = "1997-09-30";

/// Models as JSON, in the order asked for.
fn models(shop: &Shop, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["predict", "--format", "json"];
    all.extend(arguments);
    shop.ok(&all).lines().map(json).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("`{value}` is no number"))
}

fn close(found: &Value, expected: f64, relative: f64, what: &str) {
    let found = number(found);
    assert!((found / expected - 1.0).abs() < relative, "{what}: {found} instead of {expected}");
}

/// Orders given as lines of `customer,date,amount`.
fn shop_of(lines: &str) -> Shop {
    let shop = Shop::new();
    shop.write("orders.csv", format!("customer_id,date,amount\n{lines}"));
    shop.ok(&["import", "orders.csv"]);
    shop
}

#[test]
fn predict_finds_the_published_parameters() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let asked = ["--as-of", CUT, "--model", "bg_nbd,mbg_nbd,pareto_nbd,nbd,mbg_cnbd_k"];
    let found = models(&shop, &asked);
    let published: [(&str, f64, &[f64]); 5] = [
        ("bg_nbd", -9582.429206674, &[0.24259453, 4.41360253, 0.79292193, 2.42590668]),
        ("mbg_nbd", -9582.135715554, &[0.52484317, 6.18308496, 0.89135932, 1.61400190]),
        ("pareto_nbd", -9594.976178940, &[0.55327707, 10.5776841, 0.60624019, 11.66874242]),
        ("nbd", -9763.658, &[0.38476615, 12.0720232]),
        ("mbg_cnbd_k", -9582.135715554, &[0.52484317, 6.18308496, 0.89135932, 1.61400190, 1.0]),
    ];
    let names: [&[&str]; 5] = [
        &["r", "alpha", "a", "b"],
        &["r", "alpha", "a", "b"],
        &["r", "alpha", "s", "beta"],
        &["r", "alpha"],
        &["r", "alpha", "a", "b", "k"],
    ];
    for ((found, (model, likelihood, parameters)), names) in found.iter().zip(published).zip(names) {
        assert_eq!((found["model"].as_str(), found["customers"].as_u64()), (Some(model), Some(2357)));
        assert!((number(&found["log_likelihood"]) - likelihood).abs() < 1e-3, "{model}");
        assert_eq!(found["parameters"].as_object().expect("parameters").len(), parameters.len());
        for (name, value) in names.iter().zip(parameters) {
            close(&found["parameters"][name], *value, 1e-5, name);
        }
        assert_eq!(found["converged"], true);
    }
    let errors = |found: &Value, expected: [(&str, f64); 4]| {
        for (name, error) in expected {
            close(&found["standard_errors"][name], error, 2e-3, name);
        }
    };
    errors(&found[0], [("r", 0.01256), ("alpha", 0.3782), ("a", 0.1857), ("b", 0.7053)]);
    errors(&found[2], [("r", 0.0476), ("alpha", 0.8427), ("s", 0.1871), ("beta", 6.204)]);
    let spend = &found[0]["spend"];
    assert_eq!((spend["on"].as_str(), spend["customers"].as_u64()), (Some("revenue"), Some(946)));
    assert!((number(&spend["log_likelihood"]) + 4055.917694802).abs() < 1e-3);
    for (name, value) in [("p", 6.24957243), ("q", 3.74422441), ("gamma", 15.44351952)] {
        close(&spend["parameters"][name], value, 1e-5, name);
    }
    // Of all, MBG/NBD has the best criterion; it predicts the customers.
    let predicting: Vec<&Value> = found.iter().filter(|one| !one["predicts"].is_null()).collect();
    assert_eq!((predicting.len(), predicting[0]["model"].as_str()), (1, Some("mbg_nbd")));
    let usual = models(&shop, &["--as-of", CUT]);
    assert_eq!((usual.len(), usual[0]["model"].as_str()), (1, Some("mbg_nbd")));
    assert_eq!(usual[0]["aic_of"].as_object().expect("criteria").len(), 3);
}

#[test]
fn predict_tells_parameters_in_any_unit() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let in_unit = |unit| models(&shop, &["--as-of", CUT, "--model", "pareto_nbd", "--unit", unit]).remove(0);
    let (days, weeks, months) = (in_unit("day"), in_unit("week"), in_unit("month"));
    for name in ["alpha", "beta"] {
        close(&days["parameters"][name], 7.0 * number(&weeks["parameters"][name]), 1e-12, name);
        close(
            &months["standard_errors"][name],
            7.0 / 30.4375 * number(&weeks["standard_errors"][name]),
            1e-12,
            name,
        );
    }
    assert_eq!(days["parameters"]["r"], weeks["parameters"]["r"]);
    // 2457 repeat days up to the cut, each with a density per day instead of per week.
    let shift = number(&weeks["log_likelihood"]) - number(&days["log_likelihood"]);
    let table = Table::of_csv(&shop.ok(&["features", "gaps", "--as-of", CUT, "--format", "csv"]));
    let repeats: f64 = table.rows.iter().map(|row| row[1].parse::<f64>().expect("a count")).sum();
    assert!((shift - repeats * 7.0_f64.ln()).abs() < 1e-6, "{shift}");
}

#[test]
fn predict_is_checked_on_what_came_then() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let asked = ["--holdout", CUT, "--horizon", "39w", "--model", "bg_nbd,mbg_nbd,pareto_nbd,nbd"];
    let found = models(&shop, &asked);
    // mae, rmse, correlation, bias, gini, top decile.
    let published = [
        (0.7855, 1.6080, 0.6256, -0.12, 0.662, 0.684),
        (0.7648, 1.6072, 0.6273, -0.16, 0.664, 0.695),
        (0.7545, 1.6028, 0.6302, -0.115, 0.673, 0.688),
        (1.0410, 1.8595, 0.5834, 0.56, 0.680, 0.670),
    ];
    for (found, (mae, rmse, correlation, bias, gini, top)) in found.iter().zip(published) {
        let holdout = &found["holdout"];
        assert_eq!(
            (holdout["from"].as_str(), holdout["to"].as_str()),
            (Some("1997-10-01"), Some("1998-06-30"))
        );
        assert_eq!((holdout["actual_orders"].as_u64(), holdout["days"].as_u64()), (Some(1882), Some(273)));
        let own = &holdout["orders"]["model"];
        close(&own["mae"], mae, 1e-3, "mae");
        close(&own["rmse"], rmse, 1e-3, "rmse");
        close(&own["correlation"], correlation, 1e-3, "correlation");
        for (name, value) in [("bias", bias), ("gini", gini), ("top_decile", top)] {
            assert!((number(&own[name]) - value).abs() < 0.01, "{name}: {}", own[name]);
        }
        let rules = &holdout["orders"]["rules"];
        close(&rules["last_half_year"]["rmse"], 1.9682, 1e-3, "last half-year");
        close(&rules["past_rate"]["rmse"], 2.2119, 1e-3, "past rate");
        close(&rules["nothing"]["mae"], 0.7985, 1e-3, "nothing");
    }
    assert_eq!(found[0]["holdout"]["orders"]["better"], true);
    let money = &found[2]["holdout"]["money"];
    close(&money["model"]["mae"], 29.45, 2e-3, "money");
    close(&money["model"]["rmse"], 72.18, 2e-3, "money");
    close(&money["rules"]["last_half_year"]["mae"], 34.72, 2e-3, "money");
    close(&money["rules"]["last_half_year"]["rmse"], 90.87, 2e-3, "money");
    close(&money["rules"]["nothing"]["rmse"], 91.7, 2e-3, "money");
    let rows = found[0]["holdout"]["by_frequency"].as_array().expect("rows");
    let actual = [0.2367, 0.6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594];
    let expected = [0.2251, 0.5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.5040, 6.1570];
    for ((row, actual), expected) in rows.iter().zip(actual).zip(expected) {
        assert!(
            (number(&row["actual"]) - actual).abs() < 1e-4
                && (number(&row["expected"]) - expected).abs() < 1e-3
        );
    }
    let weeks = found[2]["holdout"]["by_week"].as_array().expect("weeks");
    assert_eq!((weeks.len(), weeks[77]["actual"].as_u64()), (78, Some(4339)));
}

#[test]
fn predict_tells_every_customer() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let csv = shop.ok(&["predict", "--holdout", CUT, "--model", "bg_nbd", "--format", "csv"]);
    let table = Table::of_csv(&csv);
    assert_eq!(table.rows.len(), 2357);
    let at = |name: &str| table.column(name);
    let cell = |row: &[String], name: &str| row[at(name)].parse::<f64>().expect("a number");
    let rows = table.by_first();
    // Customer 1516 of the vignettes: 26 repeat days, the last one day before the cut.
    let busiest = rows["1516"];
    assert_eq!(
        (cell(busiest, "gaps"), cell(busiest, "order_span_days"), cell(busiest, "age_days")),
        (26.0, 216.0, 217.0)
    );
    assert!((cell(busiest, "p_alive") - 0.9688523).abs() < 1e-4, "{}", busiest[at("p_alive")]);
    let mut actual = 0.0;
    for row in rows.values() {
        let (alive, order) = (cell(row, "p_alive"), cell(row, "p_order"));
        assert!((0.0..=1.0).contains(&alive) && order <= alive, "{row:?}");
        assert!(cell(row, "expected_orders") >= order - 1e-9, "more than one order may come: {row:?}");
        assert!(cell(row, "order_value") > 0.0 && cell(row, "expected_value") >= 0.0, "{row:?}");
        if !row[at("next_order_at")].is_empty() {
            assert!(row[at("next_order_at")].as_str() > CUT && alive >= 0.5, "{row:?}");
        }
        actual += cell(row, "actual_orders");
    }
    assert_eq!(actual, 1882.0);
    // 39 weeks ahead the vignette expects 25.76 orders in 52 weeks, so about three quarters of them.
    let year = Table::of_csv(&shop.ok(&[
        "predict",
        "--as-of",
        CUT,
        "--model",
        "bg_nbd",
        "--horizon",
        "52w",
        "--format",
        "csv",
    ]));
    let orders = year.by_first()["1516"][year.column("expected_orders")].parse::<f64>().expect("a number");
    assert!((orders / 25.75659 - 1.0).abs() < 1e-4, "{orders}");
}

#[test]
fn predict_is_the_same_on_any_threads_and_in_any_base() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let told = |shop: &Shop, threads: &str, shape: &str| {
        let asked = ["predict", "--holdout", CUT, "--model", "mbg_cnbd_k,pareto_nbd"];
        shop.ok(&[&asked[..], &["--threads", threads, "--format", shape]].concat())
    };
    for shape in ["json", "csv"] {
        assert_eq!(told(&shop, "1", shape), told(&shop, "5", shape), "{shape}");
    }
    // What came after the moment changes nothing that was known then.
    let text = std::fs::read_to_string(shipped("cdnow_sample.csv")).expect("the sample");
    let early: Vec<&str> = text
        .lines()
        .filter(|line| {
            line.starts_with("customer") || line.split(',').nth(1).is_some_and(|day| day <= "19970930")
        })
        .collect();
    let other = Shop::new();
    other.write("early.csv", early.join("\n"));
    other.ok(&["import", "early.csv"]);
    let asked = |shop: &Shop| shop.ok(&["predict", "--as-of", CUT, "--format", "csv"]);
    assert_eq!(asked(&shop), asked(&other));
}

#[test]
fn predict_falls_back_and_says_so() {
    let shop = Shop::with(&shipped("online_retail_sample.csv.gz"));
    let run = shop.run(&["predict", "--model", "bg_nbd", "--holdout", "2011-06-09", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let found = json(&run.out);
    let dropout = found["dropout"].as_str().expect("a word");
    assert_eq!((dropout, found["fitted"].as_str()), ("not_seen", Some("nbd")), "{}", run.err);
    assert!(run.err.contains("No customer is seen to leave"), "{}", run.err);
    assert_eq!(found["parameters"].as_object().expect("parameters").len(), 2);
    let csv = Table::of_csv(&shop.ok(&["predict", "--format", "csv"]));
    assert_eq!(csv.rows.len(), 552);
    // Three have only returned: nothing is said of them.
    assert_eq!(csv.rows.iter().filter(|row| is_silent(&csv, row)).count(), 3);
}

/// Whether nothing is predicted of a customer.
fn is_silent(table: &Table, row: &[String]) -> bool {
    let said = ["p_alive", "p_order", "expected_orders", "expected_value", "order_value", "next_order_at"];
    said.iter().all(|name| row[table.column(name)].is_empty())
}

#[test]
fn predict_says_when_a_rule_is_as_good() {
    // Everybody orders every ten days, without end, and always for the same sum.
    let mut lines = String::new();
    let first = jiff::civil::date(2024, 1, 1);
    for customer in 0..40 {
        for order in 0..72 {
            let day = first.checked_add(jiff::Span::new().days(order * 10 + customer % 10)).expect("a day");
            lines.push_str(&format!("c{customer},{day},{}\n", 10 + customer));
        }
    }
    let shop = shop_of(&lines);
    let run = shop.run(&["predict", "--model", "bg_nbd", "--holdout", "2025-06-30"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("the model is worse than a simple rule, the rate so far"), "{}", run.err);
    assert!(run.err.contains("use the rule"), "{}", run.err);
    let found = models(&shop, &["--model", "bg_nbd", "--holdout", "2025-06-30"]).remove(0);
    assert_eq!(found["holdout"]["orders"]["better"], true, "{found}");
    // Regular timing is found.
    let regular = models(&shop, &["--model", "bg_cnbd_k", "--holdout", "2025-06-30"]).remove(0);
    assert!(number(&regular["parameters"]["k"]) >= 2.0, "{regular}");
    assert!(number(&regular["log_likelihood"]) > number(&found["log_likelihood"]));
}

#[test]
fn predict_of_bases_that_say_little() {
    let refused = |lines: &str| {
        let run = shop_of(lines).run(&["predict"]);
        assert_eq!(run.code, 1, "{}", run.out);
        run.err
    };
    let once = refused("a,2024-01-01,10\nb,2024-02-01,20\nc,2024-03-01,5\n");
    assert!(once.contains("nobody has ordered on a second day"), "{once}");
    assert!(refused("a,2024-01-01,10\n").contains("nobody has ordered on a second day"));
    assert!(refused("a,2024-01-01,10\na,2024-01-01,12\nb,2024-01-01,3\n").contains("on a second day"));
    assert!(refused("a,2024-01-01,-10\nb,2024-02-01,-20\n").contains("no customer has an order"));
    // Who has ordered twice is enough to answer, with or without much to learn from.
    let shop = shop_of("a,2024-01-01,10\na,2024-02-01,12\nb,2024-02-20,-5\n");
    let run = shop.run(&["predict", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let table = Table::of_csv(&run.out);
    assert!(table.rows[0][table.column("expected_value")].parse::<f64>().is_ok_and(|value| value >= 0.0));
    assert!(is_silent(&table, &table.rows[1]), "{:?}", table.rows[1]);
    assert!(run.err.contains("every order counts as worth the mean"), "{}", run.err);
}

#[test]
fn predict_refuses_what_cannot_be() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let wrong = |arguments: &[&str], code: i32, words: &str| {
        let run = shop.run(&[&["predict"], arguments].concat());
        assert!(run.code == code && run.err.contains(words), "{arguments:?}: {} {}", run.code, run.err);
    };
    wrong(&["--model", "bgnbd"], 2, "bg_nbd");
    wrong(&["--horizon", "39"], 2, "39w");
    wrong(&["--discount", "10"], 2, "10%");
    wrong(&["--holdout", "1998-06-30"], 1, "nothing to check on");
    wrong(&["--holdout", "1996-06-30"], 1, "1997-01-01");
    wrong(&["--holdout", CUT, "--horizon", "40w"], 1, "273 days or less");
}

#[test]
fn ltv_by_prediction_has_the_predicted_values() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let predicted = Table::of_csv(&shop.ok(&["predict", "--model", "pareto_nbd", "--format", "csv"]));
    let set = ["--set", "ltv.by=prediction", "--set", "ltv.model=pareto_nbd"];
    let labels = Table::of_csv(&shop.ok(&[&["segment", "ltv", "--format", "csv"], &set[..]].concat()));
    let (value, ltv) = (predicted.column("expected_value"), labels.column("ltv"));
    assert_eq!(predicted.rows.len(), labels.rows.len());
    for (one, other) in predicted.rows.iter().zip(&labels.rows) {
        assert_eq!((&one[0], &one[value]), (&other[0], &other[ltv]));
    }
    let tiers = labels.counts("ltv_tier");
    assert!((236..300).contains(&tiers["vip"]), "{tiers:?}");
    let told = shop.ok(&[&["explain", "0001", "ltv"], &set[..]].concat());
    for word in ["t_x", "pareto_nbd r", "gamma_gamma p", "next 12 months", "ltv_tier"] {
        assert!(told.contains(word), "`{word}` is missing in\n{told}");
    }
    let one = |threads: &str| {
        shop.ok(&[&["segment", "ltv", "--format", "csv", "--threads", threads], &set[..]].concat())
    };
    assert_eq!(one("1"), one("3"));
    // Where nothing can be predicted the formula stands in, and that is said.
    let scarce = shop_of("a,2024-01-01,10\nb,2024-02-01,20\n");
    let run = scarce.run(&["segment", "ltv", "--set", "ltv.by=prediction"]);
    assert!(run.code == 0 && run.err.contains("LTV is by formula: nothing can be predicted"), "{}", run.err);
}

/// Every command of the page works on the sample data and prints what the page shows.
#[test]
fn predict_docs_are_what_is_printed() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/prediction.md");
    let mut page = std::fs::read_to_string(&page).expect("the page");
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let (mut shown, mut at) = (0, 0);
    while let Some(begin) = page[at..].find("```text\n$ dolka ").map(|found| at + found + 8) {
        let end = begin + page[begin..].find("```").expect("an end");
        let block = page[begin..end].to_owned();
        let (command, _) = block.split_once('\n').expect("a command and what it prints");
        let arguments: Vec<&str> = command.trim_start_matches("$ dolka ").split(' ').collect();
        let run = shop.run(&arguments);
        assert_eq!(run.code, 0, "{command}: {}", run.err);
        let lines: Vec<&str> = run.out.lines().chain(run.err.lines()).map(str::trim_end).collect();
        let printed = format!("{command}\n{}\n", lines.join("\n"));
        if std::env::var_os("BLESS").is_some() {
            page.replace_range(begin..end, &printed);
        } else {
            assert_eq!(block, printed, "`BLESS=1 cargo test -p dolka-app predict_docs` writes the page anew");
        }
        at = begin + printed.len();
        shown += 1;
    }
    assert!(shown >= 3, "the page shows {shown} commands");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/prediction.md"), page)
            .expect("written");
    }
}
