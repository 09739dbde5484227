//! Tables, leaks and the text of rules.

use super::columns::TEXTS_MAX;
use super::leaks::{filled_in, tells_customer, tells_deal};
use super::{LeftOut, Table, Why, as_rule_text, search};
use model::criteria::{Column, Condition, Outcome, Settings, Test, Values};

fn table(rows: &[&[(&str, &str)]]) -> Table {
    let mut table = Table::default();
    for row in rows {
        row.iter().for_each(|(name, text)| table.set(name, text));
        table.end_row();
    }
    table
}

fn columns(table: Table) -> Vec<(String, Option<Column>)> {
    table.into_columns().collect()
}

#[test]
fn rows_are_padded_where_nothing_was_said() {
    let mut whole = table(&[&[("city", "Riga")], &[], &[("age", "30")]]);
    whole.append(table(&[&[("age", "x")], &[("city", "Riga"), ("age", "30")]]));
    whole.append(table(&[&[]]));
    assert_eq!((whole.rows(), whole.names().collect::<Vec<_>>()), (6, vec!["age", "city"]));
    let columns = columns(whole);
    let category = |codes: &[Option<u32>], names: &[&str]| Values::Category {
        codes: codes.to_vec(),
        names: names.iter().map(|&name| name.to_owned()).collect(),
    };
    let age = category(&[None, None, Some(0), Some(1), Some(0), None], &["30", "x"]);
    let city = category(&[Some(0), None, None, None, Some(0), None], &["Riga"]);
    let values: Vec<Values> = columns.into_iter().map(|(_, column)| column.unwrap().values).collect();
    assert_eq!(values, [age, city]);
}

#[test]
fn a_column_of_numbers_is_one_only_if_all_are() {
    let numbers = columns(table(&[&[("n", "1")], &[("n", "-2,5")], &[], &[("n", "1000.25")]]));
    let expected = Values::Number(vec![Some(1.0), Some(-2.5), None, Some(1000.25)]);
    assert_eq!(numbers[0].1.as_ref().unwrap().values, expected);
    for text in ["1e5", "inf", "NaN", "1 000", "", "-", "1.", ".5", "1.2.3"] {
        let mixed = columns(table(&[&[("n", "1")], &[("n", text)]]));
        assert!(matches!(mixed[0].1.as_ref().unwrap().values, Values::Category { .. }), "{text}");
    }
}

#[test]
fn too_many_texts_are_left_out_and_too_many_numbers_are_kept() {
    let many = |count: usize, text: &dyn Fn(usize) -> String| {
        let mut table = Table::default();
        for row in 0..count {
            table.set("what", &text(row));
            table.end_row();
        }
        table
    };
    let word = |row: usize| format!("word {row}");
    let number = |row: usize| row.to_string();
    let is_kept = |table: Table| columns(table)[0].1.is_some();
    assert!(is_kept(many(TEXTS_MAX, &word)));
    assert!(!is_kept(many(TEXTS_MAX + 1, &word)));
    let mut numbers = many(TEXTS_MAX + 1, &number);
    assert!(is_kept(numbers.clone()));
    // However rows are shared out among tables, the answer is the same.
    numbers.append(many(1, &word));
    assert!(!is_kept(numbers));
    let mut words = many(1, &word);
    words.append(many(TEXTS_MAX + 1, &number));
    assert!(!is_kept(words));
    let mut both = many(TEXTS_MAX, &number);
    both.append(many(TEXTS_MAX + 1, &number));
    let (_, column) = columns(both).remove(0);
    assert_eq!(column.unwrap().values.rows(), 2 * TEXTS_MAX + 1);
}

#[test]
fn names_that_tell_the_outcome_are_known() {
    for name in
        ["Loss reason", "close_date", "Win probability", "Причина отказа", "Скидка, %", "Contract signed"]
    {
        assert!(tells_deal(name), "{name}");
    }
    for name in ["city", "window size", "industry", "Отрасль", "region", "owner"] {
        assert!(!tells_deal(name), "{name}");
    }
    for name in ["Total spent", "orders_count", "Last order", "LTV", "Сумма заказов", "deal count"]
    {
        assert!(tells_customer(name), "{name}");
    }
    // A company's revenue says nothing of what it bought from us.
    for name in ["revenue", "employees", "sector", "city", "birth_date", "gender"] {
        assert!(!tells_customer(name), "{name}");
    }
}

#[test]
fn what_the_outcome_fills_in_is_seen() {
    let column = |known: &dyn Fn(usize) -> bool| Column {
        name: "contract".to_owned(),
        values: Values::Number((0..40).map(|row| known(row).then_some(1.0)).collect()),
        ask_unknown: false,
    };
    let side: Vec<bool> = (0..40).map(|row| row < 20).collect();
    assert!(filled_in(&column(&|row| row < 20), &side));
    assert!(filled_in(&column(&|row| row >= 20), &side));
    assert!(!filled_in(&column(&|row| row % 2 == 0), &side));
    assert!(!filled_in(&column(&|_| true), &side));
    // 20 against 15 of 20 is a quarter, with a chance of 0.024; 20 against 13 is 0.004.
    assert!(!filled_in(&column(&|row| row < 35), &side));
    assert!(filled_in(&column(&|row| row < 33), &side));
    // With very many rows a difference below a quarter is no leak however sure it is.
    let many = |known: usize| Column {
        name: "city".to_owned(),
        values: Values::Number(
            (0..2000).map(|row| (row < 1000 || row - 1000 < known).then_some(1.0)).collect(),
        ),
        ask_unknown: false,
    };
    let side: Vec<bool> = (0..2000).map(|row| row < 1000).collect();
    assert!(!filled_in(&many(751), &side));
    assert!(filled_in(&many(750), &side));
}

#[test]
fn criteria_are_the_text_of_rules() {
    let text =
        |attribute: &str, test: Test| as_rule_text(&[Condition { attribute: attribute.to_owned(), test }]);
    assert_eq!(text("city", Test::Is("Riga".to_owned())), "city = \"Riga\"");
    assert_eq!(text("city", Test::IsNot("a \"b\"".to_owned())), "city is set and city != \"a \"\"b\"\"\"");
    assert_eq!(text("company size", Test::AtMost(10.0)), "`company size` <= 10");
    assert_eq!(text("in", Test::Above(-0.5)), "`in` > -0.5");
    assert_eq!(text("1st", Test::Yes), "`1st` = true");
    assert_eq!(text("customer.город", Test::No), "customer.город = false");
    assert_eq!(text("a`b", Test::Unknown), "`a``b` is not set");
    let between = Test::Between { above: 0.1, at_most: 1234.5 };
    assert_eq!(text("amount", between), "amount > 0.1 and amount <= 1234.5");
    // Rules have four decimals: the edge must stay at most the number that is written.
    assert_eq!(text("x", Test::AtMost(0.123_41)), "x <= 0.1235");
    assert_eq!(text("x", Test::AtMost(-0.00001)), "x <= 0");
    let both = [
        Condition { attribute: "city".to_owned(), test: Test::Is("Riga".to_owned()) },
        Condition { attribute: "amount".to_owned(), test: Test::Above(1000.0) },
    ];
    assert_eq!(as_rule_text(&both), "city = \"Riga\" and amount > 1000");
}

#[test]
fn a_search_names_what_it_looked_at_and_what_it_did_not() {
    let mut table = Table::default();
    let target: Vec<bool> = (0..60).map(|row| row % 3 == 0).collect();
    for (row, &is) in target.iter().enumerate() {
        table.set("city", if is { "Riga" } else { ["Cesis", "Ogre"][row % 2] });
        if is {
            table.set("contract", "yes");
        }
        table.end_row();
    }
    let searched = search(60, table.into_columns(), &target, &target, &Settings::default(), 1).unwrap();
    assert_eq!(searched.attributes, ["city"]);
    assert_eq!(searched.left_out, [LeftOut { attribute: "contract".to_owned(), why: Why::FilledIn }]);
    let Outcome::Criteria(found) = &searched.findings.outcome else { panic!("{:?}", searched.findings) };
    assert_eq!(as_rule_text(&found[0].conditions), "city = \"Riga\"");
    assert!(searched.scorer.is_some());
}
