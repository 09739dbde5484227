//! Rules through the door: counting, cutting, explaining, and what is said of bad ones.

use crate::program::{Shop, json, shipped, text};

const ORDERS: &str = "\
order_id,date,customer_id,email,product,category,quantity,amount,channel,promo_code
1,2026-01-05,ann,ann@example.com,Pram,toys,1,200,web,
2,2026-02-05,ann,ann@example.com,Ball,toys,2,20,web,SPRING
3,2026-06-05,ann,ann@example.com,Tea,tea,1,8,shop,
4,2026-01-10,boris,boris@example.com,Tea,tea,3,24,shop,
5,2026-06-01,carla,carla@example.com,Ball,toys,1,10,web,SPRING
6,2026-06-03,carla,carla@example.com,Ball,toys,-1,-10,web,
";

const CUSTOMERS: &str = "\
customer_id,city,age,birthday,consent_email,tags
ann,Riga,34,1990-06-12,yes,\"vip, lamb\"
boris,Cēsis,17,,no,
dora,,,1980-01-01,yes,vip
";

const TOUCHES: &str = "\
touch_id,happened_at,customer_id,touch,duration
t1,2026-06-04 10:00,ann,cart,
t2,2026-06-02 10:00,boris,cart,60
t3,2026-06-03 10:00,dora,call,120
";

const DEALS: &str = "\
deal_id,opened_at,customer_id,outcome,closed_at,amount,loss_reason
d1,2026-05-01,boris,lost,2026-05-20,500,price
d2,2026-05-01,dora,open,,900,
";

fn shop() -> Shop {
    let shop = Shop::new();
    for (kind, content) in
        [("orders", ORDERS), ("customers", CUSTOMERS), ("touches", TOUCHES), ("deals", DEALS)]
    {
        shop.write(&format!("{kind}.csv"), content);
        shop.ok(&["import", &format!("{kind}.csv"), "--kind", kind]);
    }
    shop
}

fn customers(shop: &Shop, condition: &str) -> u64 {
    let out = shop.ok(&["count", condition, "--as-of", "2026-06-05", "--format", "json", "--quiet"]);
    json(&out)[0]["customers"].as_u64().expect("a number of customers")
}

#[test]
fn conditions_count_those_for_whom_they_hold() {
    let shop = shop();
    for (condition, expected) in [
        ("everyone", 4),
        ("orders >= 2", 1),
        ("revenue > 200 and city = \"riga\"", 1),
        ("age >= 18", 1),
        ("city != \"Riga\"", 3),
        ("city is set and city != \"Riga\"", 1),
        ("birthday in the next 14 days", 1),
        ("consent email", 2),
        ("consent_email = false", 1),
        ("email is set", 3),
        ("has tag \"VIP\"", 2),
        ("has tag \"Tea\"", 2),
        ("has tag \"tea\" with why = \"purchases\"", 2),
        ("has tag \"tea\" with weight >= 0.9", 1),
        ("has tag \"vip\" with weight > 0", 0),
        ("did order where category = \"toys\" count >= 2", 1),
        ("did not order", 1),
        ("did return", 1),
        ("did order where promo_code = \"spring\" as the first", 1),
        ("did order for the first time in the last 7 days", 1),
        ("stopped order for 60 days", 1),
        ("restarted order after 60 days within the last 30 days", 1),
        ("sequence touch where touch = \"cart\" then order within 2 days", 1),
        ("sequence touch where touch = \"cart\" then not order within 2 days", 1),
        ("did touch sum(duration) >= 100", 1),
        ("did deal where (outcome = \"lost\" and loss_reason = \"price\")", 1),
        ("did deal where amount >= 500", 2),
        ("rfm_name = \"no_orders\"", 1),
        ("in segment stage \"one-time\" or stage = \"no_contact\" or stage is set", 4),
    ] {
        assert_eq!(customers(&shop, condition), expected, "{condition}");
    }
}

#[test]
fn a_tag_set_by_hand_wins_over_purchases_and_files() {
    let shop = shop();
    shop.ok(&["tag", "ann", "vip", "--off", "--until", "2026-06-04"]);
    assert_eq!(customers(&shop, "has tag \"vip\""), 2, "the word counted until the day before");
    shop.ok(&["tag", "ann", "VIP", "--off"]);
    assert_eq!(customers(&shop, "has tag \"vip\""), 1);
    shop.ok(&["tag", "boris", "tea", "--off"]);
    shop.ok(&["tag", "dora", "tea"]);
    assert_eq!(customers(&shop, "has tag \"tea\""), 2);
    assert_eq!(customers(&shop, "has tag \"tea\" with why = \"hand\""), 1);
}

#[test]
fn a_moment_before_shows_what_was_then() {
    let shop = shop();
    let count = |condition: &str| {
        let out = shop.ok(&["count", condition, "--as-of", "2026-05-10", "--format", "json"]);
        json(&out)[0]["customers"].as_u64().unwrap()
    };
    assert_eq!(count("did deal where outcome = \"open\""), 2, "closed later, so open then");
    assert_eq!(count("did deal where loss_reason is set"), 0);
    assert_eq!((count("did touch"), count("did order where category = \"toys\"")), (0, 1));
}

#[test]
fn what_each_condition_costs_is_shown() {
    let shop = shop();
    let out = shop.ok(&["count", "orders >= 1 and age < 18", "--format", "json"]);
    let rows = json(&out);
    let row = |at: usize| (rows[at]["left_out"].as_str(), rows[at]["customers"].as_u64().unwrap());
    assert_eq!([row(0), row(1), row(2)], [(None, 1), (Some("orders >= 1"), 1), (Some("age < 18"), 3)]);
    assert_eq!(rows[2]["revenue"].as_f64(), Some(252.0));
    assert_eq!(rows[2]["customers_%"].as_f64(), Some(75.0));
}

#[test]
fn rules_cut_the_base_and_are_explained() {
    let shop = shop();
    shop.write(
        "rules.toml",
        "rest = \"others\"\n[[rule]]\nname = \"minors\"\nwhen = \"age < 18\"\n\
         [[rule]]\nname = \"toys\"\nwhen = 'did order where category = \"toys\" and rfm_name != \"lost\"'\n",
    );
    let flags = ["--rules", "rules.toml", "--as-of", "2026-06-05", "--quiet"];
    let out = shop.ok(&[&["segment", "rules", "--format", "csv"], &flags[..]].concat());
    let labels: Vec<String> =
        out.lines().skip(1).map(|line| line.split(',').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(labels, ["ann toys 2", "boris minors 1", "carla toys 2", "dora others "]);

    let out = shop.ok(&[&["explain", "ann", "rules", "--format", "csv"], &flags[..]].concat());
    assert!(out.contains("rules,rules = toys,rule 2 of 2,"), "{out}");
    assert!(out.contains("rules,minors: no,34,age < 18"), "{out}");
    assert!(out.contains("rules,toys: yes,2,"), "the number of such orders: {out}");

    let run = shop.run(&["explain", "ann", "--rule", "orders >= 2 and age < 18", "--format", "json"]);
    let rows = json(&run.out);
    assert_eq!((rows[0]["part"].as_str(), rows[1]["value"].as_str()), (Some("condition: no"), Some("3")));
    assert_eq!(rows[2]["value"].as_str(), Some("34"));
}

#[test]
fn bad_conditions_are_pointed_at() {
    let shop = shop();
    for (condition, said) in [
        ("orders >=", "expected a value, found the end"),
        ("ordres >= 2", "did you mean `orders`?"),
        ("did order where categry = \"toys\"", "did you mean `category`?"),
        ("revenue contains \"x\"", "`contains` does not go with `revenue`"),
        ("rfm_name = 5", "compare it with a text"),
    ] {
        let run = shop.run(&["count", condition]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{condition}: {}", run.err);
        assert!(run.err.contains(said) && run.err.contains("\n1 | "), "{condition}: {}", run.err);
        assert!(run.err.trim_end().ends_with('^'), "{condition}: {}", run.err);
    }
    let run = shop.run(&["count", "rfm_name = \"champion\"", "--as-of", "2026-06-05"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("did you mean `champions`?"), "{}", run.err);
}

#[test]
fn bad_files_of_rules_are_refused() {
    let shop = shop();
    for (content, said) in [
        ("[[rule]]\nname = \"a\"\nwhen = \"orders >=\"\n", "rule `a`: expected a value"),
        (
            "[[rule]]\nname = \"a\"\nwhen = \"city = 5\"\n[[rule]]\nname = \"b\"\nwhen = \"ordres = 1\"\n",
            "rule `b`: ",
        ),
        ("[[rule]]\nname = \"a\"\n", "missing field `when`"),
        ("[[rule]]\nname = \"rest\"\nwhen = \"everyone\"\n", "give it another name with `rest`"),
        ("rule = 5\n", "invalid type"),
    ] {
        shop.write("bad.toml", content);
        let run = shop.run(&["segment", "rules", "--rules", "bad.toml"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{content}: {}", run.err);
        assert!(run.err.contains(said), "{content}: {}", run.err);
    }
    let run = shop.run(&["segment", "rules"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("name a file with `--rules FILE`"), "{}", run.err);
    assert_eq!(shop.run(&["segment", "--rules", "nowhere.toml"]).code, 1);
    shop.write(
        "odd.toml",
        "[[rule]]\nname = \"a\"\nwhen = \"orders >= 1\"\n[[rule]]\nname = \"b\"\nwhen = \"orders >= 2\"\n",
    );
    let run = shop.run(&["segment", "--rules", "odd.toml"]);
    assert!(run.code == 0 && run.err.contains("`b` never wins"), "{}", run.err);
}

#[test]
fn the_sample_gives_the_same_on_any_number_of_threads() {
    let shop = Shop::with(&shipped("online_retail_sample.csv.gz"));
    let condition = "did line where quantity >= 12 count >= 3 in the last 90 days and did not return";
    let of = |threads: &str| shop.ok(&["count", condition, "--threads", threads, "--quiet"]);
    assert_eq!(of("1"), of("4"));
    let path = shop.write("r.toml", format!("[[rule]]\nname = \"a\"\nwhen = '{condition}'\n"));
    let rows = shop.ok(&["segment", "rules", "--rules", text(&path), "--format", "json", "--quiet"]);
    let cut = json(&rows).as_array().unwrap().iter().filter(|row| row["rules"] == "a").count() as u64;
    let counted = json(&shop.ok(&["count", condition, "--format", "json", "--quiet"]));
    assert!(cut > 0);
    assert_eq!(counted[0]["customers"].as_u64(), Some(cut));
}

/// Ten customers with 10 to 100 of money, every second one from Riga.
fn ladder() -> Shop {
    let shop = Shop::new();
    let orders = (1..=10).map(|n| format!("{n},2026-01-{n:02},c{n},{}\n", n * 10)).collect::<String>();
    let customers = (1..=10).map(|n| format!("c{n},{}\n", ["Riga", "Ogre"][n % 2])).collect::<String>();
    shop.write("orders.csv", format!("order_id,date,customer_id,amount\n{orders}"));
    shop.write("customers.csv", format!("customer_id,city\n{customers}"));
    shop.ok(&["import", "orders.csv"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop
}

fn around(shop: &Shop, more: &[&str]) -> Vec<String> {
    let all = json(&shop.ok(&[&["count", "--format", "json", "--quiet"], more].concat()));
    let row = |row: &serde_json::Value| {
        let text = |key: &str| row[key].as_str().unwrap_or("–").to_owned();
        let [more, money] = ["more_customers", "more_revenue"].map(|key| row[key].as_f64().unwrap());
        format!(
            "{} {} → {}: {} {more:+} {money:+}",
            text("change"),
            text("condition"),
            text("becomes"),
            row["customers"]
        )
    };
    all.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn limits_are_moved_to_the_next_decile() {
    let shop = ladder();
    // Nine deciles: 10 to 90. From Riga are 20, 40, 60, 80, 100.
    let expected = [
        "as_asked revenue >= 55 and city = \"Riga\" → –: 3 +0 +0",
        "left_out revenue >= 55 → –: 5 +2 +60",
        "left_out city = \"Riga\" → –: 5 +2 +160",
        "tighter revenue >= 55 → revenue >= 60: 3 +0 +0",
        "looser revenue >= 55 → revenue >= 50: 3 +0 +0",
    ];
    assert_eq!(around(&shop, &["revenue >= 55 and city = \"Riga\"", "--around"]), expected);
    let expected = [
        "as_asked revenue between 30 and 90 → –: 7 +0 +0",
        "tighter revenue between 30 and 90 → revenue between 40 and 90: 6 -1 -30",
        "looser revenue between 30 and 90 → revenue between 20 and 90: 8 +1 +20",
        "tighter revenue between 30 and 90 → revenue between 30 and 80: 6 -1 -90",
    ];
    assert_eq!(around(&shop, &["revenue between 30 and 90", "--around"]), expected);
}

#[test]
fn a_rule_is_counted_where_no_earlier_one_wins() {
    let shop = ladder();
    shop.write(
        "rules.toml",
        "[[rule]]\nname = \"top\"\nwhen = \"revenue >= 90\"\n\
         [[rule]]\nname = \"riga\"\nwhen = \"revenue > 50 and city = 'Riga'\"\n",
    );
    let rules = ["riga", "--rules", "rules.toml"];
    let expected = [
        "as_asked revenue > 50 and city = \"Riga\" → –: 2 +0 +0",
        "left_out revenue > 50 → –: 4 +2 +60",
        "left_out city = \"Riga\" → –: 3 +1 +70",
    ];
    assert_eq!(around(&shop, &rules), expected);
    let moved = around(&shop, &[&rules[..], &["--around"]].concat());
    assert_eq!(
        moved[3..],
        ["tighter revenue > 50 → revenue > 60: 1 -1 -60", "looser revenue > 50 → revenue > 40: 2 +0 +0"]
    );
    let wrong = shop.run(&["count", "rigga", "--rules", "rules.toml"]);
    assert!(wrong.code == 1 && wrong.err.contains("no rule `rigga`; there are top, riga"), "{}", wrong.err);
}
