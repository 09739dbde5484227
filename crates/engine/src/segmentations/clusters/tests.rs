//! Planted groups are found, noise is called noise, rules are what the language of rules makes of them.

use super::super::tests::table::{Shown, Table, day, show};
use super::super::{Labels, Settings, find};
use super::plan::{Plan, measure};
use super::rows::{self, Buyers};
use super::{Placing, SAMPLE_ROWS_MAX, centres, customers_min, fitting, words};
use crate::features::Features;
use crate::progress::Unwatched;
use crate::segmentations::contract::Work;
use arrow_array::{Array, ArrayRef, Int64Array, StringArray};
use model::calendar::AsOf;
use model::clustering::{Matrix, Measure, Verdict, adjusted_rand, kmeans};
use model::expression::check::check;
use model::expression::decimal::Decimal;
use model::expression::parse::parse;
use model::expression::tree::{Expression, Literal, Test};
use model::expression::value::Type;
use model::expression::vocabulary::Vocabulary;
use model::random::Random;
use std::sync::Arc;

fn ask(settings: &[(&str, &str)], table: &Table, buckets: usize, threads: usize) -> Shown {
    let settings: Vec<(String, String)> =
        settings.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    show("clusters", &settings, AsOf(day("2026-11-22")), table, buckets, threads).unwrap()
}

fn settings(given: &[(&str, &str)]) -> Settings {
    Settings::new(find("clusters").unwrap().about(), given.iter().copied()).unwrap()
}

/// About normal, with mean 0 and deviation 1.
fn normal(random: &mut Random) -> f64 {
    (0..12).map(|_| random.unit()).sum::<f64>() - 6.0
}

fn table(header: &str, rows: Vec<Vec<String>>) -> Table {
    Table { header: header.split(' ').map(str::to_owned).collect(), rows, order_amounts: Vec::new() }
}

/// Customers of three groups that lie apart, and whose each is; some have never ordered.
fn planted(count: usize, seed: u64) -> (Table, Vec<u16>) {
    let mut random = Random::new(seed);
    let middles = [(200.0, 2.0, 15.0), (10.0, 40.0, 20.0), (45.0, 6.0, 600.0)];
    let (mut rows, mut groups) = (Vec::new(), Vec::new());
    for number in 0..count {
        let group = random.below(3);
        let (days, orders, money) = middles[group];
        let near = |middle: f64, random: &mut Random| middle * (normal(random) * 0.12).exp();
        rows.push(vec![
            format!("c{number:05}"),
            format!("{}", near(orders, &mut random).round().max(1.0)),
            format!("{}", near(days, &mut random).round()),
            format!("{:.2}", near(money, &mut random)),
        ]);
        groups.push(group as u16);
    }
    rows.push(vec!["z".to_owned(), "0".to_owned(), String::new(), String::new()]);
    (table("customer orders recency_days average_order", rows), groups)
}

/// Customers without any group: even in the logarithm of each feature.
fn noise(count: usize) -> Table {
    let mut random = Random::new(11);
    let row = |number: usize| {
        let mut even = |low: f64, high: f64| (low.ln() + random.unit() * (high / low).ln()).exp();
        vec![
            format!("c{number:05}"),
            format!("{}", even(1.0, 60.0).round()),
            format!("{}", even(1.0, 400.0).round()),
            format!("{:.2}", even(5.0, 500.0)),
        ]
    };
    table("customer orders recency_days average_order", (0..count).map(row).collect())
}

/// The cluster of each row that has ordered.
fn labels(shown: &Shown) -> Vec<u16> {
    let ordered = shown.labels.values().filter(|labels| labels[0] != "no_orders");
    ordered.map(|labels| labels[0].trim_start_matches("cluster_").parse::<u16>().unwrap() - 1).collect()
}

#[test]
fn planted_groups_are_found() {
    let (table, groups) = planted(300, 3);
    let shown = ask(&[], &table, 5, 2);
    let centres = centres(&shown.outcome.fits[0]);
    assert_eq!(centres.centres.len(), 3);
    assert_eq!(centres.choice.as_ref().unwrap().verdict, Verdict::Natural);
    assert!(adjusted_rand(&labels(&shown), &groups) > 0.98);
    assert_eq!(shown.labels["z"], ["no_orders", ""]);
    assert!(centres.accuracy > 0.95);
    // The largest first, and centres where the groups were planted.
    assert!(centres.centres.is_sorted_by(|one, next| one.customers >= next.customers));
    for middle in [[200.0, 2.0, 15.0], [10.0, 40.0, 20.0], [45.0, 6.0, 600.0]] {
        let near = |centre: &super::Centre| {
            let columns = centre.means.iter().zip(&centres.numbers).zip(middle);
            columns
                .into_iter()
                .all(|((&mean, column), middle)| (column.scaling.original(mean) / middle).ln().abs() < 0.1)
        };
        assert!(centres.centres.iter().any(near), "no centre near {middle:?}");
    }
}

#[test]
fn noise_is_called_constructive() {
    let shown = ask(&[("bootstraps", "20")], &noise(300), 3, 2);
    let choice = centres(&shown.outcome.fits[0]).choice.as_ref().unwrap();
    assert_ne!(choice.verdict, Verdict::Natural);
    let notes = &shown.outcome.fits[0].notes;
    assert!(notes.iter().any(|note| note.starts_with("Constructive: ")), "{notes:?}");
}

/// Buckets, threads and the order of rows leave everything as it is; another seed draws otherwise.
#[test]
fn the_seed_alone_decides() {
    let (table, _) = planted(150, 4);
    let given = [("bootstraps", "10")];
    let once = ask(&given, &table, 1, 1);
    let mut turned = table.clone();
    turned.rows.reverse();
    for (buckets, threads) in [(1, 3), (7, 1), (4, 2)] {
        let again = ask(&given, &turned, buckets, threads);
        assert_eq!(again.outcome.fits, once.outcome.fits);
        assert_eq!(again.labels, once.labels);
    }
    let other = ask(&[given[0], ("seed", "2")], &table, 1, 1);
    assert_ne!(other.outcome.fits, once.outcome.fits, "other customers were redrawn");
}

/// Labels are what k-means gives to the scaled rows, and distances those to the mean of the own rows.
#[test]
fn labels_are_those_of_kmeans() {
    let (table, _) = planted(80, 9);
    let shown = ask(&[("k", "4")], &table, 3, 1);
    let fitted = centres(&shown.outcome.fits[0]);
    let rows: Vec<&Vec<String>> = table.rows.iter().filter(|row| row[1] != "0").collect();
    let scaled = rows.iter().flat_map(|row| {
        // Features stand as the settings name them.
        let texts = [&row[2], &row[1], &row[3]];
        let pair = texts.into_iter().zip(&fitted.numbers);
        pair.map(|(text, column)| column.scaling.scaled(text.parse().unwrap())).collect::<Vec<f32>>()
    });
    let matrix = Matrix::new(3, scaled.collect()).unwrap();
    let plain = kmeans(&matrix, 4, &model::clustering::Settings::default()).unwrap();
    assert_eq!(adjusted_rand(&labels(&shown), &plain.labels), 1.0);
    let own = labels(&shown);
    for (place, row) in rows.iter().enumerate() {
        let members: Vec<usize> = (0..rows.len()).filter(|&other| own[other] == own[place]).collect();
        let mean = |column: usize| {
            members.iter().map(|&one| f64::from(matrix.row(one)[column])).sum::<f64>() / members.len() as f64
        };
        let square: f64 =
            (0..3).map(|column| (f64::from(matrix.row(place)[column]) - mean(column)).powi(2)).sum();
        let told: f64 = shown.labels[&row[0]][1].parse().unwrap();
        assert!((told - square.sqrt()).abs() < 1e-4, "{told} {square}");
    }
}

/// What the language of rules makes of an expression, for values as text; of what clusters say only.
fn holds(expression: &Expression, value: &dyn Fn(&str) -> String) -> bool {
    match expression {
        Expression::Everyone => true,
        Expression::And(parts) => parts.iter().all(|part| holds(part, value)),
        Expression::Or(parts) => parts.iter().any(|part| holds(part, value)),
        Expression::Not(inner) => !holds(inner, value),
        Expression::Value(named) => {
            let own = value(&named.name);
            let same = |literal: &Literal| match literal {
                Literal::Text(text) => own.to_lowercase() == text.to_lowercase(),
                other => panic!("{other:?} is no text"),
            };
            match &named.test {
                Test::Set => !own.is_empty(),
                Test::In(list) => list.iter().any(same),
                Test::Compare { operator, value: Literal::Number(bound) } => {
                    !own.is_empty() && operator.passes(own.parse::<Decimal>().unwrap().cmp(bound))
                }
                Test::Compare { operator, value } => {
                    assert!(!operator.is_order());
                    same(value) == (operator.symbol() == "=")
                }
                other => panic!("{other:?} is not said of clusters"),
            }
        }
        other => panic!("{other:?} is not said of clusters"),
    }
}

/// A base with missing values, rare and misspelt categories.
fn holed(count: usize) -> Table {
    let mut random = Random::new(8);
    let cities = ["Riga", "riga", "Liepāja", "Vilnius", "say \"yes\"", ""];
    let row = |number: usize| {
        let city = if number.is_multiple_of(9) {
            format!("village {number}")
        } else {
            cities[random.below(6)].into()
        };
        let quantity = match random.below(4) {
            0 => String::new(),
            _ => format!("{:.3}", (normal(&mut random)).exp() * 20.0),
        };
        let share = format!("{}", (random.unit() * 1_000.0).round() / 1_000.0);
        vec![format!("c{number:03}"), "1".to_owned(), quantity, share, city]
    };
    table("customer orders quantity return_share city", (0..count).map(row).collect())
}

#[test]
fn rules_are_read_by_the_language_of_rules() {
    let given = [("features", "quantity, return_share"), ("attributes", "city"), ("k", "5")];
    let vocabulary = Vocabulary::new()
        .value("quantity", Type::Number)
        .value("return_share", Type::Number)
        .value("city", Type::Text);
    let shown = rules_hold(&given, &holed(400), &vocabulary);
    let fitted = centres(&shown.outcome.fits[0]);
    assert!(fitted.numbers[0].missing > 0 && fitted.categories[0].values.len() == 30);
}

/// Cuts by clusters; their rules are what the language of rules makes of them.
fn rules_hold(given: &[(&str, &str)], table: &Table, vocabulary: &Vocabulary) -> Shown {
    let shown = ask(given, table, 4, 2);
    let fitted = centres(&shown.outcome.fits[0]);
    let rules: Vec<Expression> = fitted
        .rules
        .iter()
        .map(|rule| {
            let read = parse(&rule.text).unwrap_or_else(|error| panic!("{}", error.point(&rule.text)));
            let checked = check(&read.expression, vocabulary);
            assert!(checked.problems.is_empty() && checked.warnings.is_empty(), "{}", rule.text);
            read.expression
        })
        .collect();
    assert!(rules.len() >= fitted.centres.len());
    let plan_settings = settings(given);
    let plan = Plan::checked(&plan_settings);
    let mut told = vec![(0, 0); rules.len()];
    for (bucket, columns) in shown.buckets.iter().zip(&shown.outcome.labels) {
        let placing = Placing::new(&plan, fitted, bucket);
        let Labels::Names { codes, .. } = &columns[0].labels else { panic!("names") };
        for (row, code) in codes.iter().enumerate() {
            let id = bucket.customer_ids().value(row);
            let cells = table.rows.iter().find(|cells| cells[0] == id).unwrap();
            let value =
                |name: &str| cells[table.header.iter().position(|known| known == name).unwrap()].clone();
            let held: Vec<usize> = (0..rules.len()).filter(|&rule| holds(&rules[rule], &value)).collect();
            assert_eq!(held.len(), 1, "of {cells:?} exactly one rule holds");
            let of_tree = words::rule_of(fitted, &placing.of(row).unwrap()).unwrap();
            assert_eq!(*of_tree, fitted.rules[held[0]], "{cells:?}");
            told[held[0]].0 += 1;
            told[held[0]].1 += u64::from(usize::from(code) == of_tree.cluster);
        }
    }
    let said: Vec<(u64, u64)> = fitted.rules.iter().map(|rule| (rule.customers, rule.correct)).collect();
    assert_eq!(told, said, "the rules' own counts");
    shown
}

/// People of three kinds by what they say to five questions, a tenth of it otherwise and some of it not
/// said; the sixth question has more answers than two.
fn survey(count: usize) -> (Table, Vec<u16>) {
    let mut random = Random::new(5);
    let kinds = ["yyynn", "nnyyy", "ynnny"];
    let (mut rows, mut groups) = (Vec::new(), Vec::new());
    for number in 0..count {
        let kind = random.below(3);
        let mut row = vec![format!("p{number:03}"), "0".to_owned()];
        for usual in kinds[kind].chars() {
            let yes = (usual == 'y') != (random.below(10) == 0);
            row.push(
                if random.below(40) == 0 {
                    ""
                } else if yes {
                    "Yes"
                } else {
                    "no"
                }
                .to_owned(),
            );
        }
        row[2 + number % 5] =
            if kinds[kind].as_bytes()[number % 5] == b'y' { "yes" } else { "No" }.to_owned();
        row.push(["rarely", "often", "never"][number % 3].to_owned());
        rows.push(row);
        groups.push(kind as u16);
    }
    (table("customer orders a b c d e f", rows), groups)
}

/// Answers are columns of 0 and 1 as they are: clusters are those of k-means on them.
#[test]
fn answers_are_grouped_without_orders() {
    let (mut table, groups) = survey(300);
    let given = [("features", ""), ("answers", "a, b, c, d, e, f"), ("k", "3")];
    let vocabulary = ["a", "b", "c", "d", "e"].into_iter();
    let vocabulary = vocabulary.fold(Vocabulary::new(), |known, name| known.value(name, Type::Text));
    let shown = rules_hold(&given, &table, &vocabulary);
    assert!(adjusted_rand(&labels(&shown), &groups) > 0.6);
    let fitted = centres(&shown.outcome.fits[0]);
    let yes: Vec<Option<&str>> = fitted.numbers.iter().map(|column| column.yes.as_deref()).collect();
    assert!(
        yes[..5].iter().all(|yes| yes.is_some_and(|yes| yes.eq_ignore_ascii_case("yes"))) && yes[5].is_none()
    );
    let share = |place: usize| {
        let said = table.rows.iter().map(|row| row[place].to_lowercase()).filter(|said| !said.is_empty());
        let said: Vec<f64> = said.map(|said| f64::from(u8::from(said == "yes"))).collect();
        said.iter().sum::<f64>() / said.len() as f64
    };
    let shares: Vec<f64> = (2..7).map(share).collect();
    let coded = |row: &Vec<String>| -> Vec<f32> {
        let code = |(cell, share): (&String, &f64)| match cell.to_lowercase().as_str() {
            "yes" => (1.0 - share) as f32,
            "no" => (0.0 - share) as f32,
            _ => 0.0,
        };
        row[2..7].iter().zip(&shares).map(code).collect()
    };
    let matrix = Matrix::new(5, table.rows.iter().flat_map(coded).collect()).unwrap();
    let search = model::clustering::Settings { seed: 1, ..model::clustering::Settings::default() };
    let found = kmeans(&matrix, 3, &search).unwrap();
    assert_eq!(adjusted_rand(&labels(&shown), &found.labels), 1.0);
    let notes = &shown.outcome.fits[0].notes;
    assert!(notes.iter().any(|note| note.ends_with("since they have not two values: f.")), "{notes:?}");
    // Who has said nothing is not grouped.
    table.rows.push(["z", "3", "", "", "", "", "", ""].map(str::to_owned).to_vec());
    assert_eq!(ask(&given, &table, 2, 1).labels["z"], ["unknown", ""]);
}

/// A bucket of customers with these numbers, each with one order.
fn bucket(numbers: impl Iterator<Item = usize>) -> Features {
    let ids: StringArray = numbers.map(|number| Some(format!("customer {number}"))).collect();
    let orders: ArrayRef = Arc::new(Int64Array::from(vec![1; ids.len()]));
    Features::new(ids, vec![("orders", orders)])
}

#[test]
fn the_sample_is_of_its_size_and_knows_no_buckets() {
    const CUSTOMERS: usize = 60_000;
    let plan = Plan::checked(&settings(&[("features", "orders")]));
    let marks = |buckets: usize, seed: u64| {
        let mut all = Vec::new();
        for place in 0..buckets {
            let bucket = bucket((place..CUSTOMERS).step_by(buckets));
            all.extend(Buyers::new(&plan, &[], &bucket).sample(seed, CUSTOMERS as u64).map(|(_, mark)| mark));
        }
        all.sort_unstable();
        all
    };
    let sample = marks(1, 1);
    // A third of the customers; five standard deviations of chance.
    assert!(sample.len().abs_diff(20_000) < 5 * 116, "{}", sample.len());
    assert_eq!(marks(7, 1), sample);
    assert_ne!(marks(1, 2), sample);
    // A base that is small enough is looked at whole.
    let whole = bucket(0..1_000);
    assert_eq!(Buyers::new(&plan, &[], &whole).sample(1, 20_000).count(), 1_000);
}

#[test]
fn attributes_tell_customers_apart() {
    let mut random = Random::new(2);
    let row = |number: usize| {
        let city = ["Riga", "Cēsis"][number % 2];
        vec![format!("c{number:03}"), "1".into(), format!("{}", 10 + random.below(3)), city.to_owned()]
    };
    let table = table("customer orders recency_days city", (0..120).map(row).collect());
    let given = [("features", "recency_days"), ("attributes", "city"), ("k", "2")];
    let cities: Vec<u16> = (0..120).map(|number| number % 2).collect();
    let heavy = ask(&[given[0], given[1], given[2], ("weight", "9")], &table, 2, 1);
    assert_eq!(adjusted_rand(&labels(&heavy), &cities), 1.0);
    let fitted = centres(&heavy.outcome.fits[0]);
    let texts: Vec<&str> = fitted.rules.iter().map(|rule| rule.text.as_str()).collect();
    assert_eq!(texts, ["city = \"Cēsis\"", "city != \"Cēsis\""]);
    assert_eq!(fitted.accuracy, 1.0);
    let alone = ask(&[given[0], given[2]], &table, 2, 1);
    assert!(adjusted_rand(&labels(&alone), &cities) < 0.1);
}

#[test]
fn few_are_not_grouped_unless_asked() {
    let few = |count: usize, given: &[(&str, &str)]| {
        let shown = ask(given, &planted(count, 1).0, 2, 1);
        centres(&shown.outcome.fits[0]).centres.len()
    };
    let least = usize::try_from(customers_min()).unwrap();
    assert_eq!(few(least - 1, &[]), 1);
    assert!(few(least, &[("bootstraps", "4")]) > 1);
    assert_eq!(few(least - 1, &[("k", "2")]), 2);
}

#[test]
fn two_to_ten_clusters_can_be_asked_for() {
    let read = |k: &str| Plan::read(&settings(&[("k", k)])).map(|plan| plan.clusters);
    assert_eq!(["2", "10", "auto"].map(|k| read(k).unwrap()), [Some(2), Some(10), None]);
    assert!(["1", "11"].into_iter().all(|k| read(k).is_err()));
}

/// Of counts, days and money the logarithm is taken, of nothing else.
#[test]
fn features_are_measured_by_what_they_are() {
    let counts = ["orders", "recency_days", "median_gap_days", "quantity", "order_days_182", "touches"];
    let money = ["revenue", "average_order", "margin_365"];
    let plain = ["return_share", "online_share", "readiness_step", "revenue_cv"];
    let of = |name: &str| measure(crate::features::feature_named(name).unwrap_or_else(|| panic!("{name}")));
    assert_eq!(counts.map(of), [Measure::Count; 6]);
    assert_eq!(money.map(of), [Measure::Money; 3]);
    assert_eq!(plain.map(of), [Measure::Plain; 4]);
}

#[test]
fn sixty_customers_are_enough_and_twenty_thousand_all_looked_at() {
    assert_eq!((customers_min(), SAMPLE_ROWS_MAX), (60, 20_000));
    let plan = Plan::checked(&settings(&[("features", "orders")]));
    let bucket = bucket(0..300);
    let sampled = |customers: u64| Buyers::new(&plan, &[], &bucket).sample(1, customers).count();
    assert_eq!(sampled(20_000), 300);
    // One more, and a customer in twenty thousand is left out: seen on twice as many, half are.
    let most = rows::mark_max(20_001);
    assert!(most < u64::MAX && most > u64::MAX - u64::MAX / 20_000, "{most}");
    assert_eq!(rows::mark_max(40_000), 1 << 63);
}

/// A sample that is too large by chance is cut; the number is chosen on two thousand.
#[test]
fn what_is_looked_at_is_cut_to_size() {
    let plan = |given: &[(&str, &str)]| Plan::checked(&settings(given));
    let looked_at = |plan: &Plan, customers: usize| {
        let values: Vec<Vec<i64>> =
            (0..customers).map(|mark| vec![mark as i64, 1 + (mark % 40) as i64]).collect();
        let mut summary = crate::segmentations::Summary::default();
        summary.totals.insert("customers".to_owned(), customers as i128);
        let counts = values.iter().map(|row| row[1]).collect();
        summary.counts.insert("orders".to_owned(), model::quantiles::ValueCounts::of(counts));
        let mut centres = fitting::scaled(plan, &summary);
        let work = Work { threads: 2, watch: &Unwatched, drawn: false };
        fitting::grouped(plan, &values, &mut centres, &work);
        (centres.looked_at, centres.choice.map(|choice| choice.rows_looked_at))
    };
    let two = plan(&[("features", "orders"), ("k", "2")]);
    assert_eq!(looked_at(&two, 20_001), (20_000, None));
    let auto = plan(&[("features", "orders"), ("bootstraps", "2")]);
    assert_eq!(looked_at(&auto, 2_001), (2_001, Some(2_000)));
}

/// Of equally near centres the first is taken; what is not known is no difference, and lies in the
/// middle.
#[test]
fn ties_and_what_is_missing() {
    let placed = |distances: Vec<f64>| super::Placed { values: vec![], codes: vec![], distances };
    assert_eq!([vec![1.0, 1.0], vec![2.0, 1.0, 1.0]].map(|far| placed(far).cluster()), [0, 1]);
    let centre = |mode: u32| super::Centre { means: vec![0.0], modes: vec![mode], customers: 1 };
    let unknown = model::clustering::MISSING;
    assert_eq!(super::distance(&[0.0], &[1], &centre(2), 0.25), 0.5);
    assert_eq!(super::distance(&[0.0], &[unknown], &centre(2), 0.25), 0.0);
    assert_eq!(super::distance(&[0.0], &[1], &centre(unknown), 0.25), 0.0);
    // Of five customers one has no quantity: one cluster's centre is the mean with the median in it.
    let rows = [["a", "1"], ["b", "2"], ["c", "2"], ["d", "9"], ["e", ""]];
    let cells = rows.map(|[id, quantity]| vec![id.to_owned(), "1".to_owned(), quantity.to_owned()]);
    let shown = ask(&[("features", "quantity")], &table("customer orders quantity", cells.to_vec()), 1, 1);
    let fitted = centres(&shown.outcome.fits[0]);
    let scaling = fitted.numbers[0].scaling;
    let known: f64 =
        ["1", "2", "2", "9"].map(|text| f64::from(scaling.scaled(text.parse().unwrap()))).iter().sum();
    assert!((fitted.centres[0].means[0] - known / 5.0).abs() < 1e-6);
}

#[test]
fn only_all_of_them_are_a_hundred_percent() {
    assert_eq!([1.0, 0.999_9, 0.5].map(words::percent), [100.0, 99.9, 50.0]);
}
