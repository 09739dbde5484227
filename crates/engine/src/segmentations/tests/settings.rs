//! Settings that cannot be used are refused with words that help.

use crate::segmentations::{Asked, find, run};
use model::calendar::{AsOf, Day, Period};

fn refused(name: &str, setting: &str, value: &str) -> String {
    let asked = Asked::new(find(name).unwrap(), [(setting, value)]);
    let question = asked.and_then(|asked| run::question(&[asked], AsOf(Day(20_000))));
    question.expect_err(&format!("{name}.{setting} = {value}")).to_string()
}

fn accepted(name: &str, setting: &str, value: &str) -> crate::features::Question {
    let asked = Asked::new(find(name).unwrap(), [(setting, value)]).unwrap();
    run::question(&[asked], AsOf(super::table::day("2011-12-09"))).unwrap()
}

#[test]
fn bad_settings_are_refused() {
    let bad: &[(&str, &str, &[&str])] = &[
        ("rfm", "groups", &["1", "11", "three", ""]),
        (
            "rfm",
            "cuts",
            &[
                "halves",
                "",
                "R 30",
                "R 90, 30",
                "R 30, 30",
                "X 1, 2",
                "F 1.5, 2",
                "R 1, 2; R 3, 4",
                "M 1, two",
                "é 1, 2",
            ],
        ),
        ("rfm", "money", &["sum"]),
        ("rfm", "window", &["0d", "12", "12y", "d", "99999999d", "-3m"]),
        ("rfm", "by", &["city"]),
        ("rfm", "names", &["vip", "DD=x", "CC=", "CC=a, CC=b", "CC=no_orders", "nobody=x"]),
        ("rfm", "actions", &["AAAA=x"]),
        ("abc_xyz", "period", &["day"]),
        ("abc_xyz", "periods", &["2", "121"]),
        ("abc_xyz", "by", &["orders"]),
        ("abc_xyz", "abc_limits", &["80", "95, 80", "0, 95", "80, 101"]),
        ("abc_xyz", "xyz", &["margin"]),
        ("abc_xyz", "xyz_limits", &["25, 10", "a, b", "10, 10001"]),
        ("abc_xyz", "season", &["yes"]),
        ("abc_xyz", "mode", &["terciles"]),
        ("ltv", "by", &["", "guess"]),
        ("ltv", "model", &["bgnbd", "gamma_gamma"]),
        ("ltv", "discount", &["", "10", "101%", "-1%", "%"]),
        ("ltv", "lifetime", &["0", "-1", "1201", "long"]),
        ("ltv", "cycle", &["0", "month", "4000 days"]),
        ("ltv", "tiers", &["10%", "50%, 10%", "10%, 101%", "10%, 50", "1000, 5000", "5, 0", "0%, 5%"]),
        ("stage", "cycle", &["0 days", "a week"]),
        ("stage", "regular_orders", &["1", "many"]),
        ("volume", "units", &["100, 10", "10", "0, 5"]),
        ("volume", "multiples", &["5, 5"]),
        ("volume", "colour", &["red"]),
        ("effort", "unit", &["minutes", ""]),
        ("effort", "hours_per_point", &["0", "-1", "", "1001"]),
        ("effort", "hour_cost", &["0", "dear", "1000000001"]),
        ("effort", "followers", &[""]),
        ("effort", "influential", &["0", "101"]),
        ("clusters", "features", &["", "orders, orders", "colour", "first_order_at", "favourite_brand"]),
        ("clusters", "attributes", &["orders", "city, city"]),
        ("clusters", "answers", &["orders", "likes_tea, likes_tea"]),
        ("clusters", "weight", &["heavy", "-1", "0", "1001"]),
        ("clusters", "k", &["1", "11", "many", ""]),
        ("clusters", "seed", &["-1", "random"]),
        ("clusters", "bootstraps", &["1", "1001"]),
    ];
    for &(name, setting, values) in bad {
        for value in values {
            let error = refused(name, setting, value);
            assert!(error.starts_with(&format!("`{name}.{setting}` = `{value}`: ")), "{error}");
        }
    }
    assert!(refused("volume", "colour", "red").ends_with("there are: units, multiples"));
}

#[test]
fn thresholds_in_every_category_leave_nothing_to_cut() {
    let given = [("cuts", "R 30, 90; F 2, 5; M 10, 50"), ("by", "favourite_category")];
    let asked = Asked::new(find("rfm").unwrap(), given).unwrap();
    let error = run::question(&[asked], AsOf(Day(0))).unwrap_err();
    assert_eq!(error.setting, "by");
}

#[test]
fn windows_end_with_the_as_of_day() {
    let from = |value| accepted("rfm", "window", value).window_from.map(|day| day.to_string());
    assert_eq!(from(""), None);
    assert_eq!(from("1d").as_deref(), Some("2011-12-09"));
    assert_eq!(from("365d").as_deref(), Some("2010-12-10"));
    assert_eq!(from("12m").as_deref(), Some("2010-12-10"));
    let asked = Asked::new(find("rfm").unwrap(), [("window", "1m")]).unwrap();
    let question = run::question(&[asked], AsOf(super::table::day("2011-03-31"))).unwrap();
    assert_eq!(question.window_from.unwrap().to_string(), "2011-03-01");
}

#[test]
fn periods_go_into_the_question() {
    let question = accepted("abc_xyz", "period", "quarter");
    assert_eq!((question.periods.period, question.periods.count), (Period::Quarter, 12));
    assert_eq!(question.periods.last_day().to_string(), "2011-09-30");
    assert!(!question.season_from_base);
    assert!(accepted("abc_xyz", "season", "on").season_from_base);
}

#[test]
fn rules_ask_for_the_segmentations_whose_labels_they_look_at() {
    let text = "[[rule]]\nname = \"best\"\nwhen = 'rfm_name = \"champions\" and asleep = false'";
    let asked = Asked::new(find("rules").unwrap(), [("rules", text)]).unwrap();
    let error = run::question(std::slice::from_ref(&asked), AsOf(Day(0))).unwrap_err();
    assert!(error.reason.contains("looks at labels of `rfm`"), "{error}");
    let names =
        |asked: &[Asked]| -> Vec<&str> { asked.iter().map(|one| one.segmentation.about().name).collect() };
    let all = run::with_needed(vec![asked.clone()]).unwrap();
    assert_eq!(names(&all), ["rules", "rfm", "stage"]);
    run::question(&all, AsOf(Day(0))).unwrap();
    let own = Asked::new(find("rfm").unwrap(), [("groups", "5")]).unwrap();
    let all = run::with_needed(vec![own, asked]).unwrap();
    assert_eq!(names(&all), ["rfm", "rules", "stage"], "what was asked for stays as it is");
    assert_eq!(all[0].settings.text("groups"), "5");
}

/// What the methods' texts say holds where nothing is set.
#[test]
fn defaults_are_those_of_the_texts() {
    let known: &[(&str, &[(&str, &str)])] = &[
        ("attributes", &[("by", "city"), ("rare", "1"), ("holidays", "")]),
        (
            "effort",
            &[
                ("unit", "points"),
                ("hours_per_point", "0.5"),
                ("hour_cost", ""),
                ("followers", "followers"),
                ("referrals", "referrals"),
                ("influential", "2"),
                ("by", "prediction"),
                ("model", ""),
                ("discount", "0%"),
            ],
        ),
        (
            "clusters",
            &[
                ("features", "recency_days, orders, average_order"),
                ("attributes", ""),
                ("answers", ""),
                ("weight", "auto"),
                ("k", "auto"),
                ("seed", "1"),
                ("bootstraps", "50"),
            ],
        ),
    ];
    for (name, defaults) in known {
        let asked = Asked::new(find(name).unwrap(), []).unwrap();
        assert_eq!(find(name).unwrap().about().parameters.len(), defaults.len(), "{name}");
        for (setting, default) in *defaults {
            assert_eq!(asked.settings.text(setting), *default, "{name}.{setting}");
        }
    }
}
