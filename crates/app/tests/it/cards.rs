//! Strategy cards through the door: suggested from the data, written, taken away.

use crate::program::{Shop, json};
use serde_json::Value;
use std::fmt::Write;

/// Forty regulars who order tea every week in the shop without discounts, forty who once ordered coffee on
/// the web at half price, and ten who never did; three regulars in four may be written to by e-mail.
fn shop() -> Shop {
    let mut orders = "customer_id,order_id,date,amount,discount,category,channel\n".to_owned();
    let mut customers = "customer_id,kind,email,consent_email,consent_sms\n".to_owned();
    for number in 0..90 {
        let kind = ["regular", "once", "never"][(number / 40).min(2)];
        let (count, amount, discount, goods, channel) = match kind {
            "regular" => (8, 100 + number % 5, 0, "Tea", "shop"),
            "once" => (1, 20, 20, "Coffee", "web"),
            _ => (0, 0, 0, "", ""),
        };
        for order in 0..count {
            let (month, day) = (1 + order / 4, 1 + order % 4 * 7);
            let _ = writeln!(
                orders,
                "c{number},{number}-{order},2026-{month:02}-{day:02},{amount},{discount},{goods},{channel}"
            );
        }
        let (email, sms) = (kind == "regular" && number % 4 > 0, kind == "regular" && number % 4 == 0);
        let _ = writeln!(customers, "c{number},{kind},c{number}@shop.lv,{email},{sms}");
    }
    let rule = |kind: &str| format!("[[rule]]\nname = \"{kind}\"\nwhen = \"kind = '{kind}'\"\n");
    let shop = Shop::new();
    shop.write("orders.csv", orders);
    shop.write("customers.csv", customers);
    shop.write("rules.toml", ["regular", "once", "never"].map(rule).concat());
    shop.ok(&["import", "orders.csv"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop
}

fn run<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["card", "rules"], more, &["--rules", "rules.toml"]].concat()
}

fn documents(shop: &Shop, more: &[&str]) -> Vec<Value> {
    json(&shop.ok(&[&run(more)[..], &["--format", "json"]].concat())).as_array().unwrap().clone()
}

/// The text of a part and where it comes from.
fn part(card: &Value, name: &str) -> (String, String) {
    let all = card["parts"].as_array().unwrap().iter().chain(card["notes"].as_array().unwrap());
    let one = all.into_iter().find(|one| one["part"] == name).unwrap_or_else(|| panic!("{name} in {card}"));
    (one["text"].as_str().unwrap().to_owned(), one["from"].as_str().unwrap().to_owned())
}

#[test]
fn what_is_suggested_follows_the_data() {
    let shop = shop();
    let all = documents(&shop, &["--as-of", "2026-02-28"]);
    let [regular, once, never] = &all[..] else { panic!("{all:?}") };
    let holds = |card: &Value, name: &str, expected: &[&str]| {
        let (text, from) = part(card, name);
        assert_eq!(from, "suggested");
        expected.iter().for_each(|wanted| assert!(text.contains(wanted), "{name}: {wanted} in {text}"));
    };
    holds(regular, "message", &["Thank them for coming back", "Tea"]);
    holds(regular, "offer", &["nearly full price: 0.0% off", "a gift or free delivery from"]);
    holds(regular, "channel", &["through shop: 100%", "by e-mail: 75%"]);
    holds(regular, "service", &["Personal", "2.2 times the average"]);
    holds(regular, "action", &["The next order in time"]);
    holds(once, "message", &["first order", "Coffee"]);
    holds(once, "offer", &["with discounts: 50.0% off"]);
    holds(once, "channel", &["through web: 100%", "Nobody can be written to"]);
    holds(once, "service", &["self-service", "0.1 times the average"]);
    holds(never, "message", &["who you are"]);
    holds(never, "service", &["nothing has been bought yet"]);
    // Long after, regulars have gone quiet.
    let later = documents(&shop, &["--as-of", "2026-04-28"]);
    holds(&later[0], "message", &["missed"]);
    holds(&later[0], "action", &["An order again"]);
    assert!(all.iter().all(|card| card["notes"] == json("[]")));
}

#[test]
fn methods_advise_the_action() {
    let shop = shop();
    let cards = json(&shop.ok(&["card", "stage", "--format", "json", "--lang", "lv"]));
    for card in cards.as_array().unwrap() {
        let (action, _) = part(card, "action");
        assert!(!action.is_empty() && !action.contains('⟦'), "{card}");
    }
    let one_time = shop.ok(&["card", "stage", "one_time"]);
    assert!(one_time.contains("Second-purchase programme. [suggested from the data]"), "{one_time}");
}

#[test]
fn what_is_written_stands_until_it_is_taken_away() {
    let shop = shop();
    let done =
        shop.run(&run(&["regular", "--message", " Thanks, and \"more\" \n", "--fears", "Late parcels"]));
    assert_eq!((done.code, done.out.as_str()), (0, ""));
    assert!(done.err.contains("card of `regular`: message, fears written"), "{}", done.err);
    shop.ok(&run(&["once", "--wishes", "Peace"]));
    let written = |name: &str| part(&documents(&shop, &["regular"])[0], name);
    assert_eq!(written("message"), ("Thanks, and \"more\"".to_owned(), "typed".to_owned()));
    assert_eq!(written("fears"), ("Late parcels".to_owned(), "not_from_data".to_owned()));
    assert_eq!(written("offer").1, "suggested");
    shop.ok(&run(&["regular", "--message", "Other words", "--forget", "fears"]));
    assert_eq!(written("message").0, "Other words");
    assert_eq!(documents(&shop, &["regular"])[0]["notes"], json("[]"));
    shop.ok(&run(&["regular", "--forget", "message"]));
    assert_eq!(written("message").1, "suggested");
    // What is kept of the other segment is not touched, and shows in the table and as CSV.
    let table = shop.ok(&run(&["once", "--lang", "ca"]));
    assert!(table.contains("Desitjos") && table.contains("Peace [no surt de les dades]"), "{table}");
    let csv = shop.ok(&[&run(&["once"])[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("segmentation,segment,part,from,text\n"), "{csv}");
    assert!(csv.contains("rules,once,wishes,not_from_data,Peace"), "{csv}");
}

#[test]
fn what_cannot_be_meant_changes_nothing() {
    let shop = shop();
    let wrong = |more: &[&str], code: i32, says: &str| {
        let run = shop.run(&run(more));
        assert!(run.code == code && run.err.contains(says), "{more:?}: {} {}", run.code, run.err);
    };
    wrong(&["regulr", "--message", "Hi"], 1, "did you mean `regular`");
    wrong(&["regular", "--message", " "], 1, "`--message` should have 1 to 4000 letters");
    wrong(&["regular", "--message", "Hi", "--forget", "offer"], 1, "nobody has written `offer`");
    wrong(&["regular", "--forget", "mesage"], 1, "did you mean `message`");
    wrong(&["regular", "--message", "Hi", "--forget", "message"], 1, "cannot both be meant");
    wrong(&["--message", "Hi"], 2, "SEGMENT");
    wrong(&["regulr"], 1, "no customers in a segment `regulr`");
    assert!(documents(&shop, &[]).iter().all(|card| part(card, "message").1 == "suggested"));
    let long = "ā".repeat(4_000);
    shop.ok(&run(&["regular", "--message", &long]));
    wrong(&["regular", "--message", &format!("{long}ā")], 1, "has 4001");
}

#[test]
fn every_language_suggests_and_threads_do_not_matter() {
    let shop = shop();
    for (language, word) in [("en", "Tea"), ("ru", "Начните"), ("ca", "Comenceu"), ("lv", "Sāciet")] {
        let told = shop.ok(&run(&["--lang", language]));
        assert!(told.contains(word) && !told.contains('⟦'), "{told}");
    }
    let again = shop.ok(&[&["--threads", "1"], &run(&[])[..]].concat());
    assert_eq!(again, shop.ok(&run(&[])));
}
