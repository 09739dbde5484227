//! Populations: other people beside the base.

use crate::case::rejects;
use crate::program::{Shop, json};
use serde_json::{Value, json as value};

fn shop() -> Shop {
    let shop = Shop::new();
    let mut customers = "customer_id,gender,city\n".to_owned();
    for number in 0..100 {
        let gender = ["F", "f ", "M", ""][if number < 50 {
            0
        } else if number < 60 {
            1
        } else if number < 80 {
            2
        } else {
            3
        }];
        let city = if number < 30 { "Riga" } else { "Jelgava" };
        customers.push_str(&format!("c{number},{gender},{city}\n"));
    }
    shop.write("customers.csv", customers);
    shop.ok(&["import", "customers.csv"]);
    shop
}

/// The row of a value.
fn row(shop: &Shop, name: &str, attribute: &str, of: &str) -> Value {
    let rows = json(&shop.ok(&["population", name, "--format", "json"]));
    let rows = rows.as_array().unwrap();
    let found = rows.iter().find(|row| row["attribute"] == attribute && row["value"] == of);
    found.unwrap_or_else(|| panic!("no {attribute} {of}: {rows:?}")).clone()
}

#[test]
fn shares_stand_side_by_side() {
    let shop = shop();
    shop.write(
        "market.csv",
        "Attribute,Value,Count\nGender,f,500\nGender,m,400\nGender,other,100\ncity,Riga,1000\n",
    );
    let (code, counts, err) = shop.import("market.csv", &["--kind", "population", "--population", "market"]);
    assert_eq!((code, &counts["imported"]), (0, &4.into()), "{err}");
    let women = row(&shop, "market", "Gender", "f");
    assert_eq!((&women["customers"], &women["customers_%"]), (&value!(60), &value!(75.0)));
    assert_eq!((&women["people"], &women["people_%"]), (&value!(500), &value!(50.0)));
    assert_eq!((&women["points"], &women["index"]), (&value!(25.0), &value!(150)));
    // Newcombe's interval of 60/80 − 500/1000 with Wilson's ends of both shares: 0.6452, 0.8319 and
    // 0.4691, 0.5309.
    assert_eq!((&women["points_low"], &women["points_high"]), (&value!(14.1), &value!(33.8)));
    let other = row(&shop, "market", "Gender", "other");
    assert_eq!(
        (&other["customers"], &other["points"], &other["index"]),
        (&value!(0), &value!(-10.0), &value!(0))
    );
    let jelgava = row(&shop, "market", "city", "Jelgava");
    assert_eq!((&jelgava["people"], &jelgava["index"]), (&value!(0), &Value::Null));
    let said = shop.run(&["population"]);
    assert!(
        said.err.contains("market: 1000 people by `Gender`, beside 80 customers who have it"),
        "{}",
        said.err
    );
}

#[test]
fn people_may_be_rows_or_counts_of_several_things() {
    let shop = shop();
    shop.write(
        "survey.csv",
        "Respondent,E-mail,Gender,Город\n1,a@x.org,F,Riga\n2,b@x.org,M,Riga\n3,c@x.org,F,\n",
    );
    let survey = ["--kind", "population", "--population", "survey"];
    let (code, counts, err) = shop.import("survey.csv", &survey);
    assert_eq!((code, &counts["imported"]), (0, &3.into()), "{err}");
    assert_eq!(row(&shop, "survey", "Gender", "F")["people"], 2);
    assert_eq!(row(&shop, "survey", "city", "Riga")["people"], 2);
    let rows = shop.ok(&["population", "survey", "--format", "csv"]);
    assert!(!rows.contains("x.org") && !rows.contains("Respondent"), "{rows}");
    // The same again says nothing new; the newest word on an attribute is all of it.
    let (_, counts, _) = shop.import("survey.csv", &survey);
    assert_eq!((&counts["unchanged"], &counts["import"]), (&3.into(), &Value::Null));
    shop.write("crossed.csv", "Gender,Age,Users\nF,young,1500\nF,old,500\nM,old,1000\nTotal,,3000\n");
    shop.ok(&["import", "crossed.csv", "--kind", "population", "--population", "survey"]);
    assert_eq!(row(&shop, "survey", "Gender", "F")["people"], 2000);
    assert_eq!(row(&shop, "survey", "Age", "old")["people"], 1500);
    shop.ok(&["compact"]);
    assert_eq!(row(&shop, "survey", "Age", "old")["people"], 1500);
    shop.ok(&["undo", "3"]);
    assert_eq!(row(&shop, "survey", "Gender", "F")["people"], 2);
    shop.ok(&["undo", "2"]);
    let run = shop.run(&["population"]);
    assert!(run.code == 1 && run.err.contains("there is no population"), "{}", run.err);
}

#[test]
fn what_is_missing_is_said() {
    let shop = shop();
    shop.write(
        "market.csv",
        "attribute,value,count\ngender,f,500\ngender,,5\n,m,5\ngender,m,-1\ngender,m,few\n",
    );
    let run = shop.run(&["import", "market.csv", "--kind", "population"]);
    assert!(run.code == 1 && run.err.contains("--population NAME"), "{}", run.err);
    let flags =
        ["--kind", "population", "--population", "market", "--rejects", "rejects.csv", "--max-rejects", "90"];
    let (code, counts, err) = shop.import("market.csv", &flags);
    assert_eq!((code, &counts["rejected"]), (3, &4.into()), "{err}");
    let expected = [
        ("E_MISSING", 3, "value"),
        ("E_MISSING", 4, "attribute"),
        ("E_NUMBER", 5, "count"),
        ("E_NUMBER", 6, "count"),
    ];
    assert_eq!(
        rejects(&shop),
        expected.map(|(code, line, column)| (code.to_owned(), line, column.to_owned()))
    );
    let run = shop.run(&["population", "markt"]);
    assert!(run.code == 1 && run.err.contains("did you mean `market`"), "{}", run.err);
}

/// The values of an attribute with their customers and people, in the order shown.
fn table(shop: &Shop, arguments: &[&str], attribute: &str) -> Vec<(String, u64, u64)> {
    let all: Vec<&str> =
        ["population"].iter().chain(arguments).chain(&["--format", "json"]).copied().collect();
    let rows = json(&shop.ok(&all));
    let own = rows.as_array().unwrap().iter().filter(|row| row["attribute"] == attribute);
    let count = |row: &Value, name: &str| row[name].as_u64().unwrap();
    own.map(|row| (row["value"].as_str().unwrap().to_owned(), count(row, "customers"), count(row, "people")))
        .collect()
}

fn told(rows: &[(&str, u64, u64)]) -> Vec<(String, u64, u64)> {
    rows.iter().map(|&(value, customers, people)| (value.to_owned(), customers, people)).collect()
}

#[test]
fn numbers_are_cut_alike_on_both_sides() {
    let shop = Shop::new();
    let mut customers = "customer_id,years,income,since\n".to_owned();
    for number in 0..20 {
        customers.push_str(&format!(
            "c{number},{},{},20{number:02}-01-01\n",
            10 + number,
            100 * (number + 1)
        ));
    }
    shop.write("customers.csv", customers);
    shop.ok(&["import", "customers.csv"]);
    // Bands of the population: the customers' numbers fall into them, each end in its band.
    shop.write("bands.csv", "attribute,value,count\nyears,25+,50\nyears,18–24,30\nyears,up to 17,20\n");
    shop.ok(&["import", "bands.csv", "--kind", "population", "--population", "bands"]);
    let bands = table(&shop, &["bands"], "years");
    assert_eq!(bands, told(&[("up to 17", 8, 20), ("18–24", 7, 30), ("25+", 5, 50)]));
    let said = shop.run(&["population", "bands"]);
    assert!(said.err.contains("20 customers who have it, in the bands of the population"), "{}", said.err);
    // Rows of people with numbers: fifths of the customers, four in each.
    shop.write("survey.csv", "respondent,income\na,50\nb,400\nc,400.5\nd,9 000\ne,1600\n");
    shop.ok(&["import", "survey.csv", "--kind", "population", "--population", "survey"]);
    let fifths = table(&shop, &["survey"], "income");
    let expected = [
        ("up to 400", 4, 2),
        ("above 400 up to 800", 4, 1),
        ("above 800 up to 1200", 4, 0),
        ("above 1200 up to 1600", 4, 1),
        ("above 1600", 4, 1),
    ];
    assert_eq!(fifths, told(&expected));
    let said = shop.run(&["population", "survey"]);
    assert!(said.err.contains("cut into fifths of the customers"), "{}", said.err);
}

#[test]
fn the_base_is_that_of_a_day() {
    let shop = Shop::new();
    shop.write("customers.csv", "customer_id,city,created_at\nann,Riga,2026-01-05\nboris,Ogre,2026-02-05\n");
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop.write("market.csv", "attribute,value,count\ncity,Riga,9\ncity,Ogre,1\n");
    shop.ok(&["import", "market.csv", "--kind", "population", "--population", "market"]);
    assert_eq!(table(&shop, &["market"], "city"), told(&[("Riga", 1, 9), ("Ogre", 1, 1)]));
    let then = |day: &str| table(&shop, &["market", "--as-of", day], "city");
    assert_eq!(then("2026-02-05"), told(&[("Riga", 1, 9), ("Ogre", 1, 1)]));
    assert_eq!(then("2026-02-04"), told(&[("Riga", 1, 9), ("Ogre", 0, 1)]));
    assert_eq!(then("2026-01-04"), told(&[("Riga", 0, 9), ("Ogre", 0, 1)]));
}
