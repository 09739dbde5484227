//! The market and competitors through the door.

use crate::program::{Shop, json};
use serde_json::{Value, json as value};
use std::fmt::Write;

/// 900 customers: of every ten, four live in Riga, one in Liepaja, five in Ogre; women and men by turns, but
/// no woman of Liepaja. In the market each town has a third.
fn shop() -> Shop {
    let mut customers = "customer_id,City,gender,age,shoe\n".to_owned();
    let mut orders = "customer_id,order_id,date,amount\n".to_owned();
    for number in 0..900 {
        let city = match number % 10 {
            0..=3 => "Riga",
            4 => "Liepaja",
            _ => "Ogre",
        };
        let gender = if number % 10 == 4 || number / 10 % 2 == 0 { "m" } else { "F" };
        let _ = writeln!(customers, "c{number},{city},{gender},{},{}", 18 + number % 50, 36 + number % 9);
        let _ =
            writeln!(orders, "c{number},{number},2026-10-{:02},{}", 1 + number % 28, 10 + number % 3 * 50);
    }
    let mut market = "city,gender,age,count\n".to_owned();
    for city in ["RIGA", "liepaja", "Ogre"] {
        for gender in ["f", "m"] {
            for (age, part) in [("18-29", 24), ("30-49", 40), ("50+", 36)] {
                let _ = writeln!(market, "{city},{gender},{age},{}", part * 1_000);
            }
        }
    }
    let shop = Shop::new();
    shop.write("customers.csv", customers);
    shop.write("orders.csv", orders);
    shop.write("market.csv", market);
    shop.write("towns.csv", "attribute,value,count\ncity,Riga,300\ncity,Tartu,400\nincome,high,70\n");
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop.ok(&["import", "orders.csv"]);
    shop.ok(&["import", "market.csv", "--kind", "population", "--population", "market"]);
    shop.ok(&["import", "towns.csv", "--kind", "population", "--population", "towns"]);
    shop
}

/// What is said of one population, as JSON.
fn beside(shop: &Shop, arguments: &[&str]) -> Value {
    let all = [&["market"], arguments, &["--format", "json"]].concat();
    json(&shop.ok(&all))["populations"][0].clone()
}

fn of<'a>(rows: &'a Value, name: &str, is: &str) -> &'a Value {
    let found = rows.as_array().unwrap().iter().find(|row| row[name] == is);
    found.unwrap_or_else(|| panic!("no {name} {is}: {rows}"))
}

#[test]
fn what_sets_the_base_apart_is_a_rule_that_can_be_counted() {
    let shop = shop();
    let found = beside(&shop, &["market"]);
    let ogre = of(&found["values"], "value", "Ogre");
    assert_eq!(
        (&ogre["customers"], &ogre["customers_%"], &ogre["people_%"]),
        (&value!(450), &value!(50.0), &value!(33.3))
    );
    assert_eq!(
        (&ogre["index"], &ogre["points"], &ogre["p"]),
        (&value!(150), &value!(16.7), &value!("<0.0001"))
    );
    // Ends by Wilson for 450 of 900, 0.4674 and 0.5326; 200 000 of 600 000 are as good as certain.
    assert_eq!((&ogre["index_low"], &ogre["index_high"]), (&value!(140), &value!(160)));
    let city = of(&found["attributes"], "attribute", "city");
    // Shares 0.4, 0.1, 0.5 beside a third each: V² = Σ (p − q)² / (2 (p + q)) less 2 (1/900 + 1/600000) / 4.
    let square =
        [0.4_f64, 0.1, 0.5].iter().map(|p| (p - 1.0 / 3.0).powi(2) / (2.0 * (p + 1.0 / 3.0))).sum::<f64>();
    let slow = (square - 0.5 * (1.0 / 900.0 + 1.0 / 600_000.0)).sqrt();
    assert!((city["v"].as_f64().unwrap() - slow).abs() < 1e-9, "{city} {slow}");
    // Ages are as in no market, but not by a V of 0.1; shoes are known of customers only.
    assert_eq!(found["only_here"], value!(["shoe"]));
    let rule = found["rule"].as_str().unwrap();
    assert_eq!(rule, "city in (\"Ogre\", \"Riga\")");
    assert_eq!(found["rule_customers"], value!([810, 900]));
    assert_eq!(found["rule_people"], value!([400_000, 600_000]));
    let counted = json(&shop.ok(&["count", rule, "--format", "json"]));
    assert_eq!(counted[0]["customers"], 810);
}

#[test]
fn a_planted_white_spot_is_found_and_nothing_else() {
    let shop = shop();
    let found = beside(&shop, &["market", "--size", "1200000"]);
    let spots = found["white_spots"].as_array().unwrap();
    let places: Vec<&str> = spots.iter().map(|spot| spot["where"].as_str().unwrap()).collect();
    assert_eq!(places, ["city: liepaja", "city: liepaja; gender: f"], "{spots:?}");
    let (town, women) = (&spots[0], &spots[1]);
    // A third of 900 would be there; 90 are: 30 % of the usual; 90 of 400 000 people.
    assert_eq!(
        (&town["expected"], &town["customers"], &town["missing"]),
        (&value!(300), &value!(90), &value!(210))
    );
    assert_eq!((&town["index"], &town["penetration_%"]), (&value!(30), &value!(0.023)));
    assert_eq!(
        (&women["expected"], &women["customers"], &women["index"]),
        (&value!(150), &value!(0), &value!(0))
    );
    assert_eq!(town["rule"], "city = \"Liepaja\"");
    assert!(town["says"].as_str().unwrap().contains("Missing: 210"), "{town}");
    // With other limits of what is white there is nothing: the town's index is 30.
    let none = beside(&shop, &["market", "--spot-index", "20", "--spot-share", "20"]);
    assert_eq!(none["white_spots"], value!([]));
    let table = shop.ok(&["market", "market", "--part", "spots", "--spot-index", "20", "--spot-share", "20"]);
    assert!(table.starts_with("No white spots"), "{table}");
}

#[test]
fn one_segment_or_some_customers_can_be_held_beside_others() {
    let shop = shop();
    let found = beside(&shop, &["market", "--within", "city = \"Liepaja\""]);
    assert_eq!(of(&found["values"], "value", "f")["customers"], 0);
    assert_eq!(of(&found["values"], "value", "m")["customers"], 90);
    let whole = json(&shop.ok(&["segment", "rfm", "--format", "json"]));
    let champions = whole.as_array().unwrap().iter().filter(|row| row["rfm_name"] == "growing").count();
    let run = shop.run(&["market", "market", "--segment", "rfm=growing", "--format", "json"]);
    assert_eq!(json(&run.out)["customers"], champions, "{}", run.err);
    let wrong = shop.run(&["market", "market", "--segment", "rfm"]);
    assert!(wrong.code == 1 && wrong.err.contains("NAME=SEGMENT"), "{}", wrong.err);
    let wrong = shop.run(&["market", "market", "--within", "citi = \"Riga\""]);
    assert!(wrong.code == 2 && wrong.err.contains("`city`"), "{}", wrong.err);
    let wrong = shop.run(&["market", "markt"]);
    assert!(wrong.code == 1 && wrong.err.contains("did you mean `market`"), "{}", wrong.err);
}

#[test]
fn what_only_one_side_has_is_said() {
    let shop = shop();
    let run = shop.run(&["market", "towns", "--format", "csv"]);
    assert!(run.err.contains("no customer has `income`; 70 people have"), "{}", run.err);
    assert!(run.err.contains("towns says nothing of: age, gender, shoe"), "{}", run.err);
    let found = beside(&shop, &["towns"]);
    assert_eq!(of(&found["values"], "value", "Tartu")["only"], "there");
    assert_eq!(of(&found["values"], "value", "Ogre")["only"], "here");
    assert_eq!(of(&found["values"], "value", "Riga")["only"], Value::Null);
    let city = of(&found["attributes"], "attribute", "city");
    assert_eq!((&city["only_here"], &city["only_there"]), (&value!(["Liepaja", "Ogre"]), &value!(["Tartu"])));
    // No rule asks for those whom nobody is like.
    let spot = of(&found["white_spots"], "where", "city: Tartu");
    assert_eq!((&spot["customers"], &spot["rule"]), (&value!(0), &Value::Null));
    assert_eq!(run.out.lines().next().unwrap().split(',').next(), Some("population"));
}

#[test]
fn typed_notes_stand_beside_what_they_address_and_are_marked() {
    let shop = shop();
    let add = |rest: &[&str]| shop.ok(&[&["competitor", "add"], rest].concat());
    let note = ["Rival", "--addresses", "city=LIEPAJA", "--seen-in", "VK", "--seen-on", "2026-11-03"];
    assert_eq!(add(&[&note[..], &["--text", "two for one"]].concat()), "note 1 on Rival\n");
    add(&["Other", "--addresses", "CITY = liepaja"]);
    add(&["Other", "--addresses", "age=18 to 29"]);
    add(&["Other", "--addresses", "city=Paris"]);
    let listed = json(&shop.ok(&["competitor", "list", "rival", "--format", "json"]));
    let expected = value!([{
        "note": 1, "competitor": "Rival", "attribute": "city", "value": "LIEPAJA", "seen_in": "VK",
        "seen_on": "2026-11-03", "text": "two for one"
    }]);
    assert_eq!(listed, expected);
    let found = beside(&shop, &["market"]);
    let by = |value: &str| of(&found["values"], "value", value)["addressed_by_typed"].clone();
    assert_eq!(
        (by("liepaja"), by("Ogre"), by("18-29")),
        (value!("Other; Rival"), Value::Null, value!("Other"))
    );
    let spot = of(&found["white_spots"], "where", "city: liepaja; gender: f");
    assert_eq!(spot["addressed_by_typed"], "Other; Rival");
    let run = shop.run(&["market", "market"]);
    assert!(run.err.contains("what people noted of competitors, not data"), "{}", run.err);
    assert!(
        run.err.contains("note 4 on Other addresses city = Paris, which neither side has"),
        "{}",
        run.err
    );
    shop.ok(&["competitor", "forget", "1"]);
    let found = beside(&shop, &["market"]);
    assert_eq!(of(&found["values"], "value", "liepaja")["addressed_by_typed"], "Other");
    let gone = shop.run(&["competitor", "forget", "1"]);
    assert!(gone.code == 1 && gone.err.contains("note of a competitor"), "{}", gone.err);
    for wrong in [&["Rival"][..], &["Rival", "--addresses", "Riga"], &[" ", "--text", "x"]] {
        assert_eq!(shop.run(&[&["competitor", "add"], wrong].concat()).code, 1, "{wrong:?}");
    }
}

#[test]
fn spend_is_held_against_a_market() {
    let shop = shop();
    shop.write("rules.toml", "[[rule]]\nname = \"small\"\nwhen = \"revenue < 60\"\n[[rule]]\nname = \"large\"\nwhen = \"revenue >= 60\"\n");
    shop.write("spend.csv", "Spend,count\n0-49,10\n50-79,50\n80+,40\n");
    shop.ok(&["import", "spend.csv", "--kind", "population", "--population", "survey"]);
    let check = |market: &str| {
        shop.run(&[
            "check",
            "rules",
            "--rules",
            "rules.toml",
            "--draws",
            "0",
            "--market",
            market,
            "--format",
            "json",
        ])
    };
    let found = json(&check("survey").out);
    let poor: Vec<&Value> =
        found[0]["findings"].as_array().unwrap().iter().filter(|one| one["check"] == "poor").collect();
    // Half of the small have spent 10, half 60; the lowest fifth of the survey ends in 50-79.
    assert_eq!(poor.len(), 1, "{poor:?}");
    assert_eq!((&poor[0]["kind"], &poor[0]["segments"]), (&value!("poor-market"), &value!(["small"])));
    assert_eq!(poor[0]["figures"]["limit"], 50.0);
    assert!(poor[0]["says"].as_str().unwrap().contains("survey"), "{poor:?}");
    assert_eq!(check("survey:Spend").out, check("survey").out);
    let wrong = check("market");
    assert!(wrong.code == 1 && wrong.err.contains("market:ATTRIBUTE"), "{}", wrong.err);
    let wrong = check("survey:spent");
    assert!(wrong.code == 1 && wrong.err.contains("did you mean `Spend`"), "{}", wrong.err);
    let wrong = check("survy:Spend");
    assert!(wrong.code == 1 && wrong.err.contains("did you mean `survey`"), "{}", wrong.err);
}

#[test]
fn ages_are_counted_from_days_of_birth() {
    let shop = Shop::new();
    let mut customers = "customer_id,birthday\n".to_owned();
    for number in 0..400 {
        // Half turn thirty on the very day that is looked at, or on the day after it.
        let born = ["1996-02-28", "1996-03-01", "1999-05-05", "1950-01-01"][number % 4];
        let _ = writeln!(customers, "c{number},{born}");
    }
    shop.write("customers.csv", customers);
    shop.write("orders.csv", "customer_id,order_id,date,amount\nc0,1,2026-02-28,10\n");
    shop.ok(&["import", "orders.csv"]);
    shop.write("market.csv", "attribute,value,count\nage,18-29,3000\nage,30-49,5000\nage,50+,2000\n");
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop.ok(&["import", "market.csv", "--kind", "population", "--population", "market"]);
    let then = ["market", "--as-of", "2026-02-28"];
    let found = beside(&shop, &then);
    let counts =
        ["18-29", "30-49", "50+"].map(|band| of(&found["values"], "value", band)["customers"].clone());
    assert_eq!(counts, [200, 100, 100].map(|count| value!(count)));
    let rule = found["rule"].as_str().unwrap();
    assert_eq!(rule, "((birthday <= 2008-02-28 and birthday > 1996-02-28) or birthday <= 1976-02-28)");
    assert_eq!(found["white_spots"][0]["rule"], "(birthday <= 1996-02-28 and birthday > 1976-02-28)");
    let counted = json(&shop.ok(&["count", rule, "--as-of", "2026-02-28", "--format", "json"]));
    assert_eq!(counted[0]["customers"], 300);
}
