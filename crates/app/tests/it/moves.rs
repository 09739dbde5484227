//! Moves, reviews and cohorts through the door.

use crate::program::{Shop, json};
use serde_json::Value;

/// Orders of five customers; erin comes between the two days.
const ORDERS: &str = "customer_id,order_id,date,amount\n\
    anna,1,2026-01-05,10\n\
    anna,2,2026-02-04,10\n\
    anna,3,2026-03-06,10\n\
    anna,4,2026-04-05,10\n\
    anna,5,2026-05-05,12\n\
    boris,6,2026-03-01,50\n\
    boris,7,2026-05-20,70\n\
    boris,8,2026-05-21,-20\n\
    carla,9,2026-02-10,5\n\
    dan,10,2026-01-01,8\n\
    dan,11,2026-01-31,8\n\
    erin,12,2026-05-01,9\n";
const CYCLE: [&str; 2] = ["--set", "stage.cycle=30 days"];
const DAYS: [&str; 4] = ["--from", "2026-03-10", "--to", "2026-05-31"];

fn shop() -> Shop {
    let shop = Shop::new();
    shop.write("orders.csv", ORDERS);
    shop.ok(&["import", "orders.csv", "--zone", "UTC", "--currency", "EUR"]);
    shop
}

fn typed<'a>(parts: &[&[&'a str]]) -> Vec<&'a str> {
    parts.concat()
}

fn rows(shop: &Shop, parts: &[&[&str]]) -> Vec<Value> {
    let text = shop.ok(&typed(&[parts.concat().as_slice(), &["--format", "json"]]));
    json(&text).as_array().unwrap().clone()
}

#[test]
fn moves_are_those_of_facts_of_any_days() {
    let shop = shop();
    let found = rows(&shop, &[&["moves", "stage"], &DAYS, &CYCLE]);
    let found: Vec<Value> = found
        .iter()
        .map(|row| {
            let of = ["from", "to", "customers", "share_of_from", "share_of_base", "revenue"];
            Value::from(of.map(|name| row[name].clone()).to_vec())
        })
        .collect();
    let expected = json(
        r#"[["returning", "regular", 1, 0.5, 0.25, 52.00],
            ["returning", "returning", 1, 0.5, 0.25, 16.00],
            ["one_time", "returning", 1, 0.5, 0.25, 100.00],
            ["one_time", "one_time", 1, 0.5, 0.25, 5.00],
            ["not_yet_known", "one_time", 1, 1.0, 0.25, 9.00]]"#,
    );
    assert_eq!(Value::from(found), expected);
    let wanted = rows(&shop, &[&["moves", "stage", "--wanted"], &DAYS, &CYCLE]);
    let wanted: Vec<Value> = wanted
        .iter()
        .map(|row| Value::from(["move", "could", "did"].map(|name| row[name].clone()).to_vec()))
        .collect();
    let expected = json(
        r#"[["second_purchase", 2, 1], ["became_regular", 2, 1], ["woke_up", 1, 0], ["fell_asleep", 3, 1]]"#,
    );
    assert_eq!(Value::from(wanted), expected);

    // What came later changes nothing, and nothing is kept.
    shop.write("later.csv", "customer_id,order_id,date,amount\nanna,90,2026-08-01,1\nzoe,91,2026-08-02,1\n");
    let before = shop.ok(&typed(&[&["moves", "stage"], &DAYS, &CYCLE]));
    shop.ok(&["import", "later.csv"]);
    assert_eq!(shop.ok(&typed(&[&["moves", "stage"], &DAYS, &CYCLE])), before);
    assert!(
        before.starts_with("2026-03-10 to 2026-05-31: 4 customers, 1 more came; 2 changed their segment.\n")
    );
}

#[test]
fn customers_who_moved_are_listed_and_one_is_explained() {
    let shop = shop();
    let all = typed(&[&["moves", "stage", "--also", "2026-04-30", "--out", "moved.csv"], &DAYS, &CYCLE]);
    shop.ok(&all);
    assert_eq!(
        shop.read("moved.csv"),
        "customer_id,segment_2026-03-10,segment_2026-04-30,segment_2026-05-31,revenue\n\
         anna,returning,regular,regular,52.00\n\
         boris,one_time,one_time,returning,100.00\n\
         carla,one_time,one_time,one_time,5.00\n\
         dan,returning,returning,returning,16.00\n\
         erin,not_yet_known,not_yet_known,one_time,9.00\n"
    );
    let chosen = |from: &str, to: &str| {
        let filter = ["--moved-from", from, "--moved-to", to];
        shop.ok(&typed(&[&["moves", "stage"], &filter, &DAYS, &CYCLE]))
            .lines()
            .skip(1)
            .map(str::to_owned)
            .collect()
    };
    let listed: Vec<String> = chosen("one_time", "returning");
    assert_eq!(listed, ["boris,one_time,returning,100.00"]);
    let listed: Vec<String> = chosen("not_yet_known", "one_time");
    assert_eq!(listed, ["erin,not_yet_known,one_time,9.00"]);

    let way = rows(&shop, &[&["moves", "stage", "--of", "boris"], &DAYS, &CYCLE]);
    let told: Vec<(&str, &str)> =
        way.iter().map(|row| (row["date"].as_str().unwrap(), row["what"].as_str().unwrap())).collect();
    let expected = [
        ("2026-03-10", "stage = one_time"),
        ("2026-03-10", "asleep = false"),
        ("2026-05-20", "order"),
        ("2026-05-21", "return"),
        ("2026-05-31", "stage = returning"),
        ("2026-05-31", "asleep = false"),
    ];
    assert_eq!(told, expected);
    assert_eq!(way[3]["value"], "-20.00");
    let way = rows(&shop, &[&["moves", "stage", "--of", "erin"], &DAYS, &CYCLE]);
    assert_eq!(way[0]["what"], "not_yet_known");
}

#[test]
fn days_that_cannot_be_are_refused() {
    let shop = shop();
    for (arguments, says) in [
        (&["--from", "2026-05-31", "--to", "2026-03-10"][..], "is not before"),
        (&["--from", "2025-01-01"][..], "nothing had happened by 2025-01-01"),
        (&["--also", "2026-05-21"][..], "should lie between"),
        (&["--moved-to", "regulr"][..], "did you mean `regular`"),
        (&["--of", "nobody"][..], "knows no customer `nobody`"),
    ] {
        let run = shop.run(&typed(&[&["moves", "stage"], arguments]));
        assert!(run.code != 0 && run.err.contains(says), "{arguments:?}: {}", run.err);
    }
    // Without days: half the history, as it is shorter than twice 90 days.
    assert!(shop.ok(&["moves", "stage"]).starts_with("2026-03-12 to 2026-05-21: "));
}

#[test]
fn reviews_are_kept_compared_and_alert() {
    let shop = shop();
    let review = |day: &str, more: &[&str]| {
        shop.run(&typed(&[&["review", "stage", "--as-of", day, "--format", "json"], more, &CYCLE]))
    };
    assert_eq!(review("2026-03-10", &["--dry-run"]).code, 0);
    assert_eq!(rows(&shop, &[&["reviews"]]), Vec::<Value>::new());
    let first = review("2026-03-10", &[]);
    assert_eq!((first.code, &json(&first.out)["review"]), (0, &Value::from(1)));
    assert_eq!(json(&first.out)["compared_with"], Value::Null);

    let second = review("2026-05-31", &[]);
    let said = json(&second.out);
    assert_eq!((second.code, &said["alert"], &said["review"]), (0, &Value::from(false), &Value::from(2)));
    assert_eq!(said["compared_with"], json(r#"{"review": 1, "as_of": "2026-03-10"}"#));
    // Two one-time buyers became two others, and of those who returned one left.
    let sizes: Vec<Value> = said["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            Value::from(
                [&one["segment"], &one["customers_before"], &one["customers"]].map(Clone::clone).to_vec(),
            )
        })
        .filter(|one| one[1] != Value::Null)
        .collect();
    assert_eq!(Value::from(sizes), json(r#"[["regular", 0, 1], ["returning", 2, 2], ["one_time", 2, 2]]"#));
    assert_eq!(said["findings"][0]["kind"], "new");

    // Nobody is awake enough to be regular half a year later.
    let third = review("2026-11-30", &[]);
    assert_eq!(third.code, 3, "{}", third.out);
    let kinds =
        json(&third.out)["findings"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(Value::Array(kinds), json(r#"["emptied"]"#));

    // The same day and settings again: one review stays; other settings are another.
    assert_eq!(review("2026-11-30", &[]).code, 3);
    let other = review("2026-11-30", &["--set", "stage.regular_orders=2"]);
    assert_eq!((other.code, &json(&other.out)["compared_with"]), (0, &Value::Null));
    assert!(other.err.contains("was with other settings"), "{}", other.err);
    let list = rows(&shop, &[&["reviews", "stage"]]);
    let numbers: Vec<&Value> = list.iter().map(|row| &row["review"]).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert!(list[3]["settings"].as_str().unwrap().contains("stage.regular_orders=2"));
    shop.ok(&["reviews", "--forget", "4"]);
    assert_eq!(rows(&shop, &[&["reviews"]]).len(), 3);
    assert_eq!(shop.run(&["reviews", "--forget", "4"]).code, 1);
}

#[test]
fn cohorts_say_who_came_back_and_what_they_bring() {
    let shop = shop();
    let found = rows(&shop, &[&["cohorts", "--as-of", "2026-03-31"]]);
    let found: Vec<Value> = found
        .iter()
        .map(|row| {
            let of = ["cohort", "customers", "age", "period", "over", "active", "revenue", "value"];
            Value::from(of.map(|name| row[name].clone()).to_vec())
        })
        .collect();
    let expected = json(
        r#"[["2026-01", 2, 0, "2026-01-01", true, 2, 26.00, 13.00],
            ["2026-01", 2, 1, "2026-02-01", true, 1, 10.00, 18.00],
            ["2026-01", 2, 2, "2026-03-01", true, 1, 10.00, 23.00],
            ["2026-02", 1, 0, "2026-02-01", true, 1, 5.00, 5.00],
            ["2026-02", 1, 1, "2026-03-01", true, 0, 0.00, 5.00],
            ["2026-03", 1, 0, "2026-03-01", true, 1, 50.00, 50.00]]"#,
    );
    assert_eq!(Value::from(found), expected);
    let shown = |arguments: &[&str]| -> Vec<Vec<String>> {
        let text = shop.ok(&typed(&[&["cohorts", "--quiet", "--period", "quarter"], arguments]));
        text.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
    };
    assert_eq!(shown(&[])[1..], [vec!["2026-Q1", "4", "4", "2*"], vec!["2026-Q2", "1", "1*"]]);
    assert_eq!(shown(&["--share"])[1], ["2026-Q1", "4", "100.0%", "50.0%*"]);
    // 101 in the first quarter, 72 more in the second.
    assert_eq!(shown(&["--by", "revenue"])[1], ["2026-Q1", "4", "101", "72*"]);
    assert_eq!(shown(&["--by", "value"])[1], ["2026-Q1", "4", "25.25", "43.25*"]);
    assert_eq!(shown(&["--by", "value", "--share"])[1], ["2026-Q1", "4", "100.0%", "171.3%*"]);
}
