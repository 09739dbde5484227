//! Conversations through the door: texts go in with touches, are found again, and leave with an undo.

use crate::program::{Shop, json};
use serde_json::Value;

const TOUCHES: &str = "touch_id,customer_id,happened_at,touch,channel,duration,employee,other number,text\n\
    t1,anna,2026-03-01 10:00,call,phone,320,Eva Kalnina,+371 20000001,\"How much is delivery? Any discount?\"\n\
    t2,boris,2026-03-05 11:00,call,phone,40,Igors,+371 20000002,\"It is TOO  expensive, I want a refund\"\n\
    t3,anna,2026-04-02 12:00,chat,site,,Eva Kalnina,,\"Спасибо, всё отлично! Доставка быстрая\"\n\
    t4,carla,2026-04-03 09:00,call,phone,900,Igors,,\n\
    t5,carla,2026-04-04 09:00,note,phone,,Igors,,\"L'àvia està contenta\"\n\
    t6,dan,2026-04-05 09:00,visit,site,,,,\n";

fn shop() -> Shop {
    let shop = Shop::new();
    shop.write("touches.csv", TOUCHES);
    shop.ok(&["import", "touches.csv", "--kind", "touches"]);
    shop
}

/// Ids of the conversations that are found, newest first.
fn found(shop: &Shop, flags: &[&str]) -> Vec<String> {
    let all: Vec<&str> = ["conversations", "--format", "json"].iter().chain(flags).copied().collect();
    let rows = json(&shop.ok(&all));
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn conversations_are_found_by_what_is_known_of_them() {
    let shop = shop();
    for (flags, expected) in [
        (&[][..], &["t5", "t4", "t3", "t2", "t1"][..]),
        (&["--from", "2026-03-05", "--to", "2026-04-03"], &["t4", "t3", "t2"]),
        (&["--longer", "300"], &["t4", "t1"]),
        (&["--shorter", "300"], &["t2"]),
        (&["--employee", "eva"], &["t3", "t1"]),
        (&["--employee", "Kalniņa Eva"], &["t3", "t1"]),
        (&["--number", "20000002"], &["t2"]),
        (&["--customer", "carla"], &["t5", "t4"]),
        (&["--channel", "Site"], &["t3"]),
        (&["--touch", "note"], &["t5"]),
        (&["--words", "expensive refund"], &["t2"]),
        (&["--words", "\"too expensive\" -delivery"], &["t2"]),
        (&["--words", "avia"], &["t5"]),
        (&["--words", "достав*"], &["t3"]),
        (&["--words", "-refund"], &["t5", "t3", "t1"]),
        (&["--words", "deliver"], &[]),
        (&["--topic", "delivery"], &["t3", "t1"]),
        (&["--limit", "1"], &["t5"]),
    ] {
        assert_eq!(found(&shop, flags), expected, "{flags:?}");
    }
    let rows = json(&shop.ok(&["conversations", "--words", "refund", "--format", "json"]));
    let row = &rows[0];
    assert_eq!(row["snippet"], "It is TOO expensive, I want a [refund]");
    assert_eq!(row["at"], "2026-03-05 11:00");
    assert_eq!((&row["customer_id"], &row["duration"]), (&Value::from("boris"), &Value::from(40.0)));
    assert_eq!(row["number"], "+37120000002");
    let topics: Vec<&str> = row["topics"].as_str().unwrap().split(", ").collect();
    assert!(topics.contains(&"return") && topics.contains(&"too_expensive"), "{topics:?}");

    let run = shop.run(&["conversations", "--limit", "2"]);
    assert!(run.err.contains("and 3 more"), "{}", run.err);
    for wrong in ["-", "\"open"] {
        assert_eq!(shop.run(&["conversations", "--words", wrong]).code, 2, "{wrong}");
    }
    assert_eq!(shop.run(&["conversations", "--number", "abc"]).code, 1);
}

#[test]
fn a_file_holds_all_texts_whole() {
    let shop = shop();
    shop.ok(&["conversations", "--limit", "1", "--out", "all.csv"]);
    let text = shop.read("all.csv");
    assert_eq!(text.lines().count(), 6);
    assert!(text.contains("L'àvia està contenta") && text.contains("Спасибо, всё отлично! Доставка быстрая"));
}

#[test]
fn nothing_said_is_in_the_facts_and_undo_takes_texts_along() {
    let shop = shop();
    shop.write(
        "newer.csv",
        "touch_id,customer_id,happened_at,touch,text\n\
         t1,anna,2026-03-01 10:00,call,another transcript\n\
         t2,boris,2026-03-05 11:00,call,\n",
    );
    shop.ok(&["import", "newer.csv", "--kind", "touches"]);
    assert_eq!(found(&shop, &["--words", "transcript"]), ["t1"]);
    assert_eq!(found(&shop, &["--words", "discount"]), [] as [&str; 0]);
    // The newest word on it is a call without a text.
    assert_eq!(found(&shop, &["--words", "refund"]), [] as [&str; 0]);
    shop.ok(&["undo", "2"]);
    assert_eq!(found(&shop, &["--words", "discount"]), ["t1"]);
    assert_eq!(found(&shop, &["--words", "refund"]), ["t2"]);

    for (name, _) in shop.listing() {
        let bytes = std::fs::read(shop.path("dolka-base").join(&name)).unwrap();
        for said in ["discount", "20000001", "отлично"] {
            let held = bytes.windows(said.len()).any(|window| window == said.as_bytes());
            assert!(!held, "`{said}` stands in {name}");
        }
    }
    shop.ok(&["undo", "1"]);
    assert_eq!(found(&shop, &[]), [] as [&str; 0]);
}

#[test]
fn the_same_file_again_changes_nothing_and_another_text_is_another_version() {
    let shop = shop();
    let (_, counts, _) = shop.import("touches.csv", &["--kind", "touches"]);
    assert_eq!((&counts["imported"], &counts["unchanged"]), (&Value::from(0), &Value::from(6)));
    // Other topics are no other version.
    shop.write("own.toml", "[[topic]]\nname = 'granny'\nxx = ['avia']\n");
    let (_, counts, _) = shop.import("touches.csv", &["--kind", "touches", "--topics", "own.toml"]);
    assert_eq!(counts["unchanged"], 6);
    shop.write("touches.csv", TOUCHES.replace("contenta", "trista"));
    let (_, counts, _) = shop.import("touches.csv", &["--kind", "touches"]);
    assert_eq!((&counts["imported"], &counts["replaced"]), (&Value::from(1), &Value::from(1)));
    assert_eq!(found(&shop, &["--words", "trista"]), ["t5"]);
}

#[test]
fn texts_survive_compaction_and_rows_without_ids_keep_theirs() {
    let shop = Shop::new();
    let rows = "customer_id,happened_at,touch,text\n\
        anna,2026-03-01 10:00,message_in,first words\n\
        anna,2026-03-01 10:00,message_in,second words\n\
        anna,2026-03-01 10:00,message_in,second words\n";
    shop.write("a.csv", rows);
    shop.ok(&["import", "a.csv", "--kind", "touches"]);
    // The same in another order is nothing new.
    let mut lines: Vec<&str> = rows.lines().collect();
    lines[1..].reverse();
    shop.write("b.csv", lines.join("\n"));
    let (_, counts, _) = shop.import("b.csv", &["--kind", "touches"]);
    assert_eq!(counts["unchanged"], 3);
    shop.write(
        "c.csv",
        "customer_id,happened_at,touch,text\nboris,2026-03-02 10:00,message_in,third words\n",
    );
    shop.ok(&["import", "c.csv", "--kind", "touches"]);
    shop.ok(&["compact"]);
    assert_eq!(found(&shop, &["--words", "first"]).len(), 1);
    assert_eq!(found(&shop, &["--words", "second"]).len(), 2);
    assert_eq!(found(&shop, &["--words", "words"]).len(), 4);
}

#[test]
fn topics_are_told_by_words_by_hand_and_by_files() {
    let shop = shop();
    shop.write(
        "lost.csv",
        "deal_id,customer_id,opened_at,closed_at,outcome,loss_reason,amount,currency\n\
         d1,eve,2026-03-01,2026-03-20,lost,Too expensive,100,EUR\n\
         d2,fay,2026-03-01,,open,,100,EUR\n",
    );
    shop.ok(&["import", "lost.csv", "--kind", "deals"]);
    let topics = |flags: &[&str]| {
        let all: Vec<&str> =
            ["conversations", "topics", "--format", "json"].iter().chain(flags).copied().collect();
        json(&shop.ok(&all))
    };
    let of = |rows: &Value, topic: &str, column: &str| {
        rows.as_array().unwrap().iter().find(|row| row["topic"] == topic).map(|row| row[column].clone())
    };
    let rows = topics(&[]);
    assert_eq!(of(&rows, "delivery", "conversations"), Some(2.into()));
    assert_eq!(of(&rows, "delivery", "customers"), Some(1.into()));
    assert_eq!(of(&rows, "delivery", "customers_do"), Some("asks".into()));
    assert_eq!(of(&rows, "delivery", "last_months"), Some(json("[0,0,0,0,1,1]")));
    assert_eq!(of(&rows, "praise", "customers_do"), Some("likes".into()));
    assert_eq!(of(&rows, "too_expensive", "refusals"), Some(1.into()));

    // By hand wins, until it is taken back.
    shop.ok(&["conversations", "tag", "t4", "warranty", "price"]);
    shop.ok(&["conversations", "tag", "t3", "gossip"]);
    assert_eq!(found(&shop, &["--topic", "warranty"]), ["t4"]);
    assert_eq!(found(&shop, &["--topic", "delivery"]), ["t1"]);
    assert_eq!(of(&topics(&[]), "gossip", "by_hand"), Some(1.into()));
    shop.ok(&["conversations", "tag", "t3", "--forget"]);
    assert_eq!(found(&shop, &["--topic", "delivery"]), ["t3", "t1"]);
    assert_eq!(shop.run(&["conversations", "tag", "nothing", "price"]).code, 1);

    // Topics of one's own, by words.
    shop.write("own.toml", "[[topic]]\nname = 'granny'\nsays = 'likes'\nxx = ['avia']\n");
    assert_eq!(found(&shop, &["--topics", "own.toml", "--topic", "granny"]), ["t5"]);
    assert_eq!(of(&topics(&["--topics", "own.toml"]), "granny", "conversations"), Some(1.into()));
}

#[test]
fn rules_ask_for_topics() {
    let shop = shop();
    shop.write(
        "orders.csv",
        "customer_id,order_id,date,amount\nanna,1,2026-04-10,10\nboris,2,2026-04-10,10\n",
    );
    shop.ok(&["import", "orders.csv", "--kind", "orders", "--currency", "EUR"]);
    let count = |condition: &str| {
        json(&shop.ok(&["count", condition, "--format", "json"]))[0]["customers"].as_u64().unwrap()
    };
    // One in Russian, one in Catalan.
    assert_eq!(count("did touch where topic = \"praise\""), 2);
    assert_eq!(count("did touch where more.topic contains \"return\""), 1);

    // What a person says stands in place of what words say, until it is taken back.
    let late = "did touch where topic = \"late\"";
    let before = count(late);
    shop.ok(&["conversations", "tag", "t4", "warranty", "price"]);
    assert_eq!(count("did touch where topic = \"warranty\""), 1);
    assert_eq!(count("did touch where more.topic = \"warranty, price\""), 1);
    shop.ok(&["conversations", "tag", "t4", "--forget"]);
    assert_eq!((count("did touch where topic = \"warranty\""), count(late)), (0, before));
}

#[test]
fn a_survey_in_the_customers_own_words_is_a_text() {
    let shop = Shop::new();
    shop.write(
        "survey.csv",
        "touch_id,customer_id,happened_at,touch,value\n\
         s1,anna,2026-03-01,survey,9\n\
         s2,boris,2026-03-01,survey,\"I waited three weeks, nobody answers the phone, and then the parcel came broken; never again\"\n",
    );
    shop.ok(&["import", "survey.csv", "--kind", "touches"]);
    assert_eq!(found(&shop, &["--topic", "complaint"]), ["s2"]);
    assert_eq!(found(&shop, &["--words", "parcel"]), ["s2"]);
    assert_eq!(found(&shop, &[]).len(), 2);
}
