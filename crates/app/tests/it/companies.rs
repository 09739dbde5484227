//! People inside companies and the groups of attributes through the door.

use crate::program::{Shop, json};
use serde_json::Value;
use std::fmt::Write;

/// Ten companies with won deals, eight of them with a financial director; ten with open deals, with one.
fn shop() -> Shop {
    let shop = Shop::new();
    let mut deals = "deal_id,customer_id,opened_at,closed_at,outcome,amount,currency\n".to_owned();
    let mut people =
        "Contact ID,Company,Name,Email,Phone,Position,Role,Influence,Work motives,Personal motives,Interest\n".to_owned();
    for index in 0..20 {
        let won = index < 10;
        let (outcome, closed) = if won { ("won", "2026-03-20") } else { ("open", "") };
        let _ = writeln!(deals, "d{index},c{index},2026-03-01,{closed},{outcome},100,EUR");
        let _ = writeln!(people, "e{index},c{index},Boris {index},,,Инженер,uses,3,less work,,quality");
        if index < 8 || index == 19 {
            let _ = writeln!(
                people,
                "f{index},c{index},Anna {index},anna{index}@example.lv,+3712000000{},CFO,decides,9,\"cost, risk\",promotion,price",
                index % 10
            );
        }
    }
    people.push_str("x1,,Nobody,,,Director,,,,,\n");
    shop.write("deals.csv", deals);
    shop.write("people.csv", people);
    shop.ok(&["import", "deals.csv", "--kind", "deals"]);
    let (code, counts, _) = shop.import("people.csv", &["--kind", "contacts"]);
    assert_eq!((code, &counts["imported"], &counts["set_aside"]), (0, &Value::from(29), &Value::from(1)));
    shop
}

fn rows(shop: &Shop, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    json(&shop.ok(&all)).as_array().unwrap().clone()
}

#[test]
fn people_of_a_company_are_listed_with_their_names() {
    let shop = shop();
    let people = rows(&shop, &["contacts", "c1"]);
    assert_eq!(people.len(), 2);
    let first = &people[0];
    assert_eq!((&first["name"], &first["position"]), (&Value::from("Anna 1"), &Value::from("CFO")));
    assert_eq!((&first["email"], &first["phone"]), (&"anna1@example.lv".into(), &"+37120000001".into()));
    assert_eq!((&first["influence"], &first["personal_motives"]), (&Value::from(9.0), &"promotion".into()));
    assert_eq!(shop.run(&["contacts", "nobody"]).code, 1);
    for (name, _) in shop.listing() {
        let bytes = std::fs::read(shop.path("dolka-base").join(&name)).unwrap();
        for said in ["Anna", "anna1@example.lv", "37120000001"] {
            assert!(
                !bytes.windows(said.len()).any(|window| window == said.as_bytes()),
                "`{said}` stands in {name}"
            );
        }
    }
    shop.ok(&["undo", "2"]);
    assert_eq!(shop.run(&["contacts", "c1"]).code, 1);
}

#[test]
fn the_typical_committee_and_who_is_missing() {
    let shop = shop();
    let chairs = rows(&shop, &["committee"]);
    let of = |seat: &str| chairs.iter().find(|chair| chair["seat"] == seat).unwrap();
    let finance = of("financial director");
    assert_eq!((&finance["companies"], &finance["share"]), (&Value::from(8), &Value::from(0.8)));
    assert_eq!((&finance["others"], &finance["others_share"]), (&Value::from(1), &Value::from(0.1)));
    // Wilson's intervals of 8 and 1 of 10: 0.490–0.943 and 0.018–0.404.
    assert_eq!((&finance["low"], &finance["others_high"]), (&Value::from(0.49), &Value::from(0.404)));
    assert_eq!((&finance["missing"], &finance["influence"]), (&true.into(), &Value::from(9.0)));
    assert_eq!(finance["work_motives"], json(r#"["cost", "risk"]"#));
    assert_eq!(of("engineer")["missing"], false);

    let missing = rows(&shop, &["committee", "--missing"]);
    assert_eq!(missing.len(), 9);
    assert_eq!(
        (&missing[0]["customer_id"], &missing[0]["missing"]),
        (&"c10".into(), &"financial director".into())
    );
    assert!(rows(&shop, &["committee", "--missing", "90"]).is_empty());

    // All won deals take the same and end the same way: they are the best there are.
    let best = rows(&shop, &["committee", "--class", "A"]);
    assert_eq!((&best[0]["seat"], &best[0]["companies"]), (&Value::from("engineer"), &Value::from(10)));
    assert_eq!(shop.run(&["committee", "--class", "Z"]).code, 2);

    let roles = rows(&shop, &["committee", "did deal", "--by", "role"]);
    assert_eq!((&roles[0]["seat"], &roles[0]["companies"]), (&Value::from("uses"), &Value::from(20)));
    assert_eq!(shop.run(&["committee", "did nothing at all"]).code, 2);
}

#[test]
fn people_are_asked_for_in_rules_and_change_with_their_file() {
    let shop = shop();
    let count = |shop: &Shop, condition: &str| {
        let rows = json(&shop.ok(&["count", condition, "--format", "json"]));
        rows.to_string()
    };
    let condition = "did contact where role = \"decides\" and influence >= 8";
    assert!(count(&shop, condition).contains("\"customers\":9"), "{}", count(&shop, condition));
    shop.write("newer.csv", "Contact ID,Company,Position,Role,Influence\nf1,c1,CFO,influences,4\n");
    let (_, counts, _) = shop.import("newer.csv", &["--kind", "contacts"]);
    assert_eq!(counts["replaced"], 1);
    assert!(count(&shop, condition).contains("\"customers\":8"));
    // The name that an older import brought still stands.
    assert!(rows(&shop, &["contacts", "c1"]).iter().any(|one| one["name"] == "Anna 1"));
}

#[test]
fn attributes_are_sorted_into_groups() {
    let shop = Shop::new();
    shop.write(
        "orders.csv",
        "customer_id,order_id,date,amount\nanna,1,2026-04-10,10\nboris,2,2026-04-10,10\n",
    );
    shop.write(
        "customers.csv",
        "customer_id,City,Пол,Hobby,Zodiac,Date of birth\n\
         anna,Riga,ж,tennis,leo,1990-05-17\nboris,Riga,м,,virgo,\n",
    );
    shop.ok(&["import", "orders.csv", "--kind", "orders", "--currency", "EUR"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    let all = rows(&shop, &["attributes"]);
    let of =
        |all: &[Value], name: &str| all.iter().find(|row| row["name"] == name).cloned().unwrap_or_default();
    let city = of(&all, "city");
    assert_eq!(
        (&city["group"], &city["nest"], &city["known_percent"]),
        (&"geographic".into(), &"firm".into(), &100.0.into())
    );
    assert_eq!(city["commonest"], json(r#"[{"value": "Riga", "customers": 2}]"#));
    assert_eq!(of(&all, "Пол")["group"], "demographic");
    let hobby = of(&all, "Hobby");
    assert_eq!(
        (&hobby["group"], &hobby["known_percent"], &hobby["distinct"]),
        (&"psychographic".into(), &50.0.into(), &1.into())
    );
    assert_eq!(of(&all, "Zodiac")["group"], "unsorted");
    assert_eq!(
        (&of(&all, "birthday")["group"], &of(&all, "birthday")["from"]),
        (&"demographic".into(), &"state".into())
    );
    assert_eq!(of(&all, "orders")["group"], "behavioural");
    assert_eq!(of(&all, "income")["from"], "missing");
    assert_eq!(of(&all, "age"), Value::Null);
    assert_eq!(of(&all, "industry"), Value::Null);
    let companies = rows(&shop, &["attributes", "--companies"]);
    assert_eq!(
        (&of(&companies, "industry")["from"], &of(&companies, "industry")["nest"]),
        (&"missing".into(), &"firm".into())
    );

    shop.ok(&["attributes", "--group", "Zodiac=psychographic"]);
    let zodiac = of(&rows(&shop, &["attributes"]), "Zodiac");
    assert_eq!(
        (&zodiac["group"], &zodiac["from"]),
        (&"psychographic".into(), &"attribute, group by hand".into())
    );
    shop.ok(&["attributes", "--group", "Zodiac="]);
    assert_eq!(of(&rows(&shop, &["attributes"]), "Zodiac")["group"], "unsorted");
    assert_eq!(shop.run(&["attributes", "--group", "Zodiac=stars"]).code, 1);
}

#[test]
fn committees_are_told_as_stories() {
    let shop = shop();
    let told = rows(&shop, &["committee", "--story"]);
    let told: Vec<&str> = told.iter().map(|line| line.as_str().unwrap()).collect();
    assert_eq!(
        told,
        [
            "Companies whose people are known: 10 of 10.",
            "Engineer (100%): influence 3; wants at work: less work; asks about: quality.",
            "Financial director (80%): most influence of all, 9; wants at work: cost, risk; wants for \
             themselves: promotion; asks about: price.",
            "More often than in the other companies: financial director.",
        ]
    );
    for (language, word) in
        [("ru", "Финансовый директор (80"), ("ca", "Director financer"), ("lv", "Finanšu direktors")]
    {
        let told = shop.ok(&["committee", "--story", "--lang", language]);
        assert!(told.contains(word) && !told.contains('⟦'), "{told}");
    }
    // In a report, for people and as a sheet.
    shop.ok(&["report", "deals.csv", "people.csv", "--out", "report.html", "--xlsx", "tables.xlsx"]);
    let page = shop.read("report.html");
    assert!(page.contains("<h3>Who decides together</h3>"), "the report does not tell of committees");
    for line in &told {
        assert!(page.contains(line.replace('\'', "&#39;").as_str()), "`{line}` is not in the report");
    }
    // Of each segment in a portrait, beside the other segments; nothing where nobody inside is known.
    shop.write(
        "more.csv",
        "deal_id,customer_id,opened_at,closed_at,outcome\nz,alone,2026-03-01,2026-03-05,won\n",
    );
    shop.ok(&["import", "more.csv", "--kind", "deals"]);
    let rule = |name: &str, when: &str| format!("[[rule]]\nname = \"{name}\"\nwhen = '{when}'\n");
    let rules = [
        rule("alone", "customer_id = \"alone\""),
        rule("won", "did deal where outcome = \"won\""),
        rule("few", "customer_id in (\"c18\", \"c19\")"),
    ];
    shop.write("rules.toml", rules.concat());
    let portraits = rows(&shop, &["portrait", "rules", "--rules", "rules.toml"]);
    let committee = |segment: &str| {
        let one = portraits.iter().find(|one| one["segment"] == segment).unwrap();
        one["committee"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(committee("won")[1..], told[1..]);
    assert_eq!(committee("alone"), [""; 0]);
    let few = committee("few");
    assert_eq!(
        few[..2],
        ["Companies whose people are known: 2 of 2.", "Of fewer than ten this is a hint, not a rule."]
    );
    assert_eq!((few.len(), few[3].starts_with("Financial director (50%)")), (4, true), "{few:?}");
    let table = shop.ok(&["portrait", "rules", "won", "--rules", "rules.toml", "--lang", "lv"]);
    assert!(table.contains("Kas lemj kopā: Uzņēmumi, kuru cilvēki ir zināmi: 10 no 10."), "{table}");
}
