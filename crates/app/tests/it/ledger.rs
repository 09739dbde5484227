//! What a base keeps: dry runs, undo, rejects and their repair, presets, one writer at a time.

use crate::program::{Shop, dolka, json, shipped, text};
use crate::table::Table;

const SPRING: &str =
    "order_id,customer_id,date,amount\n1,ann,2024-03-25,10.50\n2,ann,2024-04-01,20\n3,bob,2024-04-02,1\n";
const OVERLAP: &str =
    "order_id,customer_id,date,amount\n3,bob,2024-04-02,5\n4,cat,2024-04-03,2\n1,ann,2024-03-25,10.50\n";

fn features(shop: &Shop, as_of: &str) -> String {
    shop.ok(&["features", "--format", "csv", "--as-of", as_of])
}

#[test]
fn exit_codes() {
    let shop = Shop::new();
    for wrong in [
        &["import"][..],
        &["segments"],
        &["import", "x.csv", "--kind", "parcels"],
        &["report", "--as-of", "soon"],
    ] {
        assert_eq!(shop.run(wrong).code, 2, "{wrong:?}");
    }
    for failed in [&["import", "absent.csv"][..], &["segment"], &["features"], &["imports"], &["undo", "1"]] {
        let run = shop.run(failed);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{failed:?}");
        assert!(run.err.starts_with("dolka: "), "{}", run.err);
    }
    assert!(!shop.path("dolka-base").exists());
    shop.write("orders.csv", SPRING);
    shop.write("bad.csv", format!("{SPRING}5,ann,never,1\n"));
    assert_eq!(shop.run(&["import", "orders.csv"]).code, 0);
    assert_eq!(shop.run(&["import", "bad.csv"]).code, 3);
    let unknown = shop.run(&["segment", "rmf"]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.err.contains("`rfm`"), "{}", unknown.err);
    let setting = shop.run(&["segment", "rfm", "--set", "rfm.group=5"]);
    assert_eq!(setting.code, 1);
    assert!(setting.err.contains("groups"), "{}", setting.err);
    let feature = shop.run(&["features", "revenu"]);
    assert!(feature.code == 1 && feature.err.contains("revenue"), "{}", feature.err);
    let nobody = shop.run(&["explain", "nobody"]);
    assert!(nobody.code == 1 && nobody.err.contains("nobody"), "{}", nobody.err);
}

#[test]
fn a_misspelt_name_meets_the_nearest() {
    let shop = Shop::new();
    shop.write("orders.csv", SPRING);
    shop.ok(&["import", "orders.csv"]);
    let map = |pair: &'static str| vec!["import", "orders.csv", "--kind", "orders", "--map", pair];
    for (typed, meant) in [
        (vec!["segment", "abc-xyz"], "abc_xyz"),
        (vec!["segment", "rmf"], "rfm"),
        (vec!["explain", "ann", "stages"], "stage"),
        (vec!["segment", "rfm", "--set", "rfn.groups=5"], "rfm"),
        (vec!["segment", "rfm", "--set", "rfm.group=5"], "groups"),
        (vec!["segment", "rfm", "--set", "rfm.money=totl"], "total"),
        (vec!["features", "revenu"], "revenue"),
        (vec!["import", "orders.csv", "--preset", "shopify_order"], "shopify_orders"),
        (map("custmer_id=customer_id"), "customer_id"),
        (map("customer_id=custmer_id"), "customer_id"),
    ] {
        let run = shop.run(&typed);
        assert_eq!(run.code, 1, "{typed:?}: {}", run.err);
        assert!(run.err.contains(&format!("did you mean `{meant}`?")), "{typed:?}: {}", run.err);
    }
    let far = shop.run(&["segment", "horoscopes"]);
    assert!(far.code == 1 && !far.err.contains("did you mean"), "{}", far.err);
}

#[test]
fn a_moment_without_orders_is_told() {
    let shop = Shop::new();
    shop.write("orders.csv", SPRING);
    shop.ok(&["import", "orders.csv"]);
    for command in [&["segment"][..], &["features"], &["explain", "ann"], &["report"]] {
        let early = shop.run(&[command, &["--as-of", "2024-03-24"]].concat());
        assert_eq!(early.code, 1, "{command:?}");
        for said in ["2024-03-24", "2024-03-25 to 2024-04-02", "--as-of"] {
            assert!(early.err.contains(said), "{command:?}: {}", early.err);
        }
        let (soon, late) = ("2025-04-03", "2025-04-04");
        let soon = shop.run(&[command, &["--as-of", soon]].concat());
        assert!(soon.code == 0 && !soon.err.contains("after the newest"), "{command:?}: {}", soon.err);
        let late = shop.run(&[command, &["--as-of", late]].concat());
        assert_eq!(late.code, 0, "{command:?}");
        for said in ["367 days after the newest fact", "2024-03-25 to 2024-04-02"] {
            assert!(late.err.contains(said), "{command:?}: {}", late.err);
        }
    }
}

#[test]
fn quiet_is_quiet() {
    let shop = Shop::new();
    shop.write("orders.csv", format!("{SPRING}5,ann,never,1\n"));
    let import = shop.run(&["import", "orders.csv", "-q"]);
    assert_eq!((import.code, import.err.as_str()), (3, ""));
    for command in [
        &["segment", "--out", "segments.csv"][..],
        &["segment", "--of", "products", "--out", "goods.csv"],
        &["features", "--out", "features.xlsx"],
        &["report", "--as-of", "2030-01-01"],
        &["report", "orders.csv"],
    ] {
        let run = shop.run(&[command, &["-q"]].concat());
        assert!([0, 3].contains(&run.code), "{command:?}: {}", run.err);
        assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""), "{command:?}");
    }
    for file in ["segments.csv", "goods.csv", "features.xlsx", "report.html", "report.rejects.csv"] {
        assert!(shop.path(file).exists(), "{file}");
    }
}

#[test]
fn numbers_of_a_column_have_as_many_decimals() {
    let shop = Shop::new();
    shop.write("orders.csv", SPRING.replace("10.50", "10.5055"));
    shop.ok(&["import", "orders.csv"]);
    let out = shop.ok(&["segment", "stage"]);
    let revenue: Vec<&str> = out.lines().skip(1).filter_map(|line| line.split_whitespace().nth(5)).collect();
    assert_eq!(revenue, ["30.5055", "1.0000"], "{out}");
}

#[test]
fn what_a_killed_program_left_goes_with_the_next_writer() {
    let shop = Shop::new();
    shop.write("orders.csv", format!("{SPRING}5,ann,never,1\n"));
    shop.write(
        "worse.csv",
        "order_id,customer_id,date,amount\n7,ann,2024-02-30,1\n8,ann,2024-05-01,2\n9,bob,2024-02-31,1\n",
    );
    let (_, counts, _) = shop.import("orders.csv", &[]);
    let own = counts["rejects"].as_str().expect("a path").to_owned();
    assert_eq!(shop.run(&["import", "worse.csv"]).code, 1);
    let base = shop.path("dolka-base");
    let rejects = || {
        let names = std::fs::read_dir(base.join("rejects")).expect("it is there");
        names
            .map(|entry| entry.expect("it is there").file_name().into_string().expect("text"))
            .collect::<Vec<_>>()
    };
    let before = rejects().len();
    assert_eq!(before, 2, "one of the import, one of the refused file");
    std::fs::write(base.join("rejects/0006-77-orderscsv.csv"), "line\n").expect("a file can be written");
    // One sample shop was left behind, another one is being filled.
    let held = ["sample-shop-dead", "sample-shop-alive"].map(|name| {
        std::fs::create_dir(base.join(name)).expect("a folder can be made");
        std::fs::write(base.join(name).join("orders.csv"), SPRING).expect("a file can be written");
        std::fs::File::create(base.join(name).join("writer.lock")).expect("a file can be made")
    });
    let [dead, alive] = held;
    drop(dead);
    alive.lock().expect("it can be locked");
    shop.import("orders.csv", &[]);
    assert_eq!(
        rejects().len(),
        before + 1,
        "that of a file that brought nothing new came, the dead one went"
    );
    assert!(shop.path(&own).exists());
    assert!(!base.join("sample-shop-dead").exists() && base.join("sample-shop-alive").exists());
    drop(alive);
    shop.ok(&["undo", "1"]);
    assert!(!base.join("sample-shop-alive").exists());
}

#[test]
fn a_dry_run_says_all_and_changes_nothing() {
    let shop = Shop::new();
    shop.write("orders.csv", SPRING);
    shop.write("more.csv", OVERLAP);
    shop.ok(&["import", "orders.csv"]);
    let (files, imports) = (shop.listing(), shop.ok(&["imports", "--format", "json"]));
    let before = features(&shop, "2024-04-30");
    let (code, dry, _) = shop.import("more.csv", &["--dry-run"]);
    assert_eq!((code, &dry["import"]), (0, &serde_json::Value::Null));
    assert_eq!(shop.listing(), files);
    assert_eq!(shop.ok(&["imports", "--format", "json"]), imports);
    assert_eq!(features(&shop, "2024-04-30"), before);
    let (_, done, _) = shop.import("more.csv", &[]);
    assert_eq!(done["import"], 2);
    for count in ["rows", "imported", "rejected", "unchanged", "replaced", "new", "detected", "kind"] {
        assert_eq!(done[count], dry[count], "{count}");
    }
    assert_eq!((&done["new"], &done["replaced"], &done["unchanged"]), (&1.into(), &1.into(), &1.into()));
}

#[test]
fn undo_gives_the_base_back_to_the_byte() {
    let shop = Shop::new();
    shop.write("orders.csv", SPRING);
    shop.write("more.csv", OVERLAP);
    shop.ok(&["import", "orders.csv"]);
    let before = features(&shop, "2024-04-30");
    shop.ok(&["import", "more.csv"]);
    assert_ne!(features(&shop, "2024-04-30"), before);
    shop.ok(&["undo", "2"]);
    assert_eq!(features(&shop, "2024-04-30"), before);
    assert_eq!(shop.run(&["undo", "2"]).code, 1, "an import is taken back once");
    assert_eq!(shop.run(&["undo", "9"]).code, 1);
    // What was taken back can come again.
    let (_, again, _) = shop.import("more.csv", &[]);
    assert_eq!((&again["new"], &again["replaced"]), (&1.into(), &1.into()));
}

#[test]
fn the_past_is_what_it_was_before_later_rows() {
    let (early, late) = (Shop::new(), Shop::new());
    early.write("orders.csv", SPRING);
    late.write(
        "orders.csv",
        SPRING.to_owned() + "6,ann,2024-04-03,9\n7,dan,2024-05-01,3\n2,ann,2024-04-01,1\n",
    );
    early.write("orders.csv", SPRING.to_owned() + "2,ann,2024-04-01,1\n");
    early.ok(&["import", "orders.csv"]);
    late.ok(&["import", "orders.csv"]);
    assert_eq!(features(&late, "2024-04-02"), features(&early, "2024-04-02"));
    let segments = |shop: &Shop| shop.ok(&["segment", "--as-of", "2024-04-02", "--format", "csv"]);
    assert_eq!(segments(&late), segments(&early));
}

#[test]
fn rejects_tell_all_and_come_back_repaired() {
    let shop = Shop::new();
    let bad =
        SPRING.replace("2024-04-01,20", "2024-02-30,\"20\"") + "4,cat,2024-04-05,much\n5,cat,2024-04-06,3\n";
    shop.write("orders.csv", &bad);
    let (code, counts, _) = shop.import("orders.csv", &["--rejects", "rejects.csv"]);
    assert_eq!((code, &counts["rejected"], &counts["imported"]), (3, &2.into(), &3.into()));
    assert_eq!(counts["rejects"], "rejects.csv");
    let table = Table::of_csv(&shop.read("rejects.csv"));
    let reasons = ["line", "byte", "column", "code", "reason", "raw", "suggestion"];
    assert_eq!(table.header[..7], reasons);
    assert_eq!(table.header[7..], ["order_id", "customer_id", "date", "amount"]);
    let byte = bad.find("2,ann").expect("it is there").to_string();
    assert_eq!(table.rows[0][..4], ["3", byte.as_str(), "date", "E_DATE"]);
    assert_eq!(table.rows[0][5], "2024-02-30");
    assert!(!table.rows[0][4].is_empty() && !table.rows[0][6].is_empty());
    assert_eq!(table.rows[0][7..], ["2", "ann", "2024-02-30", "20"]);
    assert_eq!(table.rows[1][2..4], ["amount", "E_NUMBER"]);
    let repaired = shop.read("rejects.csv").replace("2024-02-30", "2024-04-01").replace("much", "2");
    shop.write("repaired.csv", repaired);
    let (code, counts, err) = shop.import("repaired.csv", &[]);
    assert_eq!((code, &counts["imported"], &counts["rejected"]), (0, &2.into(), &0.into()), "{err}");
    let whole = Shop::new();
    whole.write("orders.csv", bad.replace("2024-02-30", "2024-04-01").replace("much", "2"));
    whole.ok(&["import", "orders.csv"]);
    assert_eq!(features(&shop, "2024-04-30"), features(&whole, "2024-04-30"));
}

#[test]
fn without_a_name_rejects_lie_in_the_base() {
    let shop = Shop::new();
    shop.write("orders.csv", format!("{SPRING}5,ann,never,1\n"));
    let (_, counts, _) = shop.import("orders.csv", &[]);
    let path = counts["rejects"].as_str().expect("a path").to_owned();
    assert!(std::fs::read_to_string(shop.path(&path)).expect("it is there").contains("E_DATE"), "{path}");
    let limited = shop.run(&["--base", "other", "import", "orders.csv", "--max-rejects", "10"]);
    assert_eq!(limited.code, 1, "one row of four is more than 10 %");
}

#[test]
fn columns_can_be_named_and_kept() {
    let shop = Shop::new();
    let odd = "a,b,c,d,e\n1,ann,2024-03-25,10.50,7\n2,bob,2024-04-01,20,7\n";
    shop.write("odd.csv", odd);
    assert_eq!(shop.run(&["import", "odd.csv"]).code, 1);
    let map = "order_id=a,customer_id=b,ordered_at=c,amount=#4";
    let wrong = shop.run(&["import", "odd.csv", "--kind", "orders", "--map", "order=a"]);
    assert!(wrong.code == 1 && wrong.err.contains("order_id"), "{}", wrong.err);
    let absent = shop.run(&["import", "odd.csv", "--kind", "orders", "--map", "amount=total"]);
    assert!(absent.code == 1 && absent.err.contains("total"), "{}", absent.err);
    shop.ok(&["import", "odd.csv", "--kind", "orders", "--map", map, "--save-preset", "till"]);
    let table = Table::of_csv(&features(&shop, "2024-04-30"));
    assert_eq!(table.by_first()["ann"][table.column("revenue")], "10.50");
    assert!(shop.ok(&["presets"]).contains("till"));
    shop.write("next.csv", odd.replace("1,ann", "3,ann"));
    let (code, counts, err) = shop.import("next.csv", &["--preset", "till"]);
    assert_eq!((code, &counts["new"], &counts["unchanged"]), (0, &1.into(), &1.into()), "{err}");
    let unknown = shop.run(&["import", "next.csv", "--preset", "tills"]);
    assert!(unknown.code == 1 && unknown.err.contains("till"), "{}", unknown.err);
}

#[test]
fn two_imports_at_once_do_not_mix() {
    let shop = Shop::new();
    let start = |file: &str| {
        dolka(shop.folder.path())
            .args(["import", text(&shipped(file))])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program starts")
    };
    let both = [start("cdnow_sample.csv"), start("online_retail_sample.csv.gz")]
        .map(|child| child.wait_with_output().expect("the program ends"));
    let mut done = 0;
    for output in &both {
        let err = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => done += 1,
            Some(1) => assert!(err.contains("another import is writing"), "{err}"),
            other => panic!("{other:?}: {err}"),
        }
    }
    assert!(done >= 1);
    let imports = json(&shop.ok(&["imports", "--format", "json"]));
    assert_eq!(imports.as_array().map(Vec::len), Some(done));
    // Whoever had to stand back goes in afterwards, and both are whole.
    shop.ok(&["import", text(&shipped("cdnow_sample.csv"))]);
    shop.ok(&["import", text(&shipped("online_retail_sample.csv.gz"))]);
    assert_eq!(Table::of_csv(&features(&shop, "2012-01-01")).rows.len(), 2357 + 552);
}
