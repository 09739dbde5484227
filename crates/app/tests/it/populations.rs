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
