//! Numbers in every form people and programs write them.

use super::*;
use proptest::prelude::*;

const POINT: NumberForm = NumberForm { decimal: '.', grouping: Some(',') };
const POINT_ONLY: NumberForm = NumberForm { decimal: '.', grouping: None };
const COMMA: NumberForm = NumberForm { decimal: ',', grouping: Some('.') };
const COMMA_SPACE: NumberForm = NumberForm { decimal: ',', grouping: Some(' ') };

#[test]
fn cells_that_are_read() {
    for (cell, form, value, currency) in [
        ("12.50", POINT, 125_000, None),
        ("0", POINT, 0, None),
        ("-0", COMMA, 0, None),
        ("007", POINT, 70_000, None),
        ("-45.00", POINT, -450_000, None),
        ("+3", POINT, 30_000, None),
        ("1,234", POINT, 12_340_000, None),
        ("1,234", COMMA, 12_340, None),
        ("1.234", COMMA, 12_340_000, None),
        ("0.125", POINT, 1_250, None),
        ("1234,567", COMMA, 12_345_670, None),
        ("1.234,56", COMMA, 12_345_600, None),
        ("1.234,56", COMMA_SPACE, 12_345_600, None),
        ("1 234,50", COMMA_SPACE, 12_345_000, None),
        ("1\u{A0}234,50", COMMA, 12_345_000, None),
        ("1\u{202F}234\u{202F}567,5", COMMA, 12_345_675_000, None),
        ("3'000,00", COMMA, 30_000_000, None),
        ("3’000.25", POINT_ONLY, 30_002_500, None),
        ("1 234", POINT_ONLY, 12_340_000, None),
        ("1,234,567", POINT_ONLY, 12_345_670_000, None),
        ("1,234,567.89", POINT_ONLY, 12_345_678_900, None),
        ("1 234,567", COMMA_SPACE, 12_345_670, None),
        (".5", POINT, 5_000, None),
        ("-,5", COMMA, -5_000, None),
        ("12.", POINT, 120_000, None),
        ("'12.50", POINT, 125_000, None),
        ("(12.50)", POINT, -125_000, None),
        ("($1,240.00)", POINT, -12_400_000, Some("USD")),
        ("$(12.50)", POINT, -125_000, Some("USD")),
        ("12.50-", POINT, -125_000, None),
        ("−12,5", COMMA, -125_000, None),
        ("–12,5", COMMA, -125_000, None),
        ("- 12,5", COMMA, -125_000, None),
        ("$1,240.00", POINT, 12_400_000, Some("USD")),
        ("-$45.00", POINT, -450_000, Some("USD")),
        ("$-45.00", POINT, -450_000, Some("USD")),
        ("US$ 7", POINT, 70_000, Some("USD")),
        ("$12.00 CAD", POINT, 120_000, Some("CAD")),
        ("1.234,56 €", COMMA, 12_345_600, Some("EUR")),
        ("1.234,56\u{A0}€", COMMA, 12_345_600, Some("EUR")),
        ("€ 5", COMMA, 50_000, Some("EUR")),
        ("5 € -", COMMA, -50_000, Some("EUR")),
        ("12 руб.", COMMA, 120_000, Some("RUB")),
        ("12,30 ₽", COMMA, 123_000, Some("RUB")),
        ("руб. 12", COMMA, 120_000, Some("RUB")),
        ("RUB 1 200", COMMA, 12_000_000, Some("RUB")),
        ("10 eiro", COMMA, 100_000, Some("EUR")),
        (" 12.5 ", POINT, 125_000, None),
        ("\u{FEFF}12.5", POINT, 125_000, None),
        ("922337203685477.5807", POINT, i64::MAX, None),
        ("-922337203685477.5808", POINT, i64::MIN, None),
        ("1e5", POINT, 1_000_000_000, None),
        ("1.5e-3", POINT, 15, None),
        ("2.5E2", POINT, 2_500_000, None),
        ("1.2345E+04", POINT, 123_450_000, None),
        ("1.0E7", POINT, 100_000_000_000, None),
        ("0e99", POINT, 0, None),
    ] {
        let want = Exact { value, currency, rounded: false };
        assert_eq!(parse_exact(cell, &form), Ok(want), "{cell:?} in {form:?}");
    }
}

#[test]
fn more_than_four_decimals() {
    for (cell, value, rounded) in [
        ("0.00005", 0, true),
        ("0.00015", 2, true),
        ("0.00025", 2, true),
        ("0.000250001", 3, true),
        ("0.00024999", 2, true),
        ("-0.00015", -2, true),
        ("12.500000", 125_000, false),
        ("19.989999999999998", 199_900, true),
        ("1e-5", 0, true),
        ("6e-5", 1, true),
        ("1e-99", 0, true),
        ("0.99995", 10_000, true),
        ("0.00000000000000000000000000000000000000000001", 0, true),
    ] {
        let want = Exact { value, currency: None, rounded };
        assert_eq!(parse_exact(cell, &POINT), Ok(want), "{cell:?}");
    }
}

#[test]
fn cells_that_are_refused() {
    for (cell, form, code) in [
        ("", POINT, codes::NUMBER),
        ("abc", POINT, codes::NUMBER),
        ("50%", POINT, codes::NUMBER),
        ("12,50", POINT, codes::NUMBER),
        ("12.50", COMMA, codes::NUMBER),
        ("1,234", POINT_ONLY, codes::NUMBER),
        ("1.234", COMMA_SPACE, codes::NUMBER),
        ("1,234,567", COMMA, codes::NUMBER),
        ("1.234,56", POINT, codes::NUMBER),
        ("1,23,456", POINT, codes::NUMBER),
        ("0,123,456", POINT, codes::NUMBER),
        ("1.2.3", POINT, codes::NUMBER),
        ("1 2", POINT, codes::NUMBER),
        ("1,234 567", POINT, codes::NUMBER),
        ("--5", POINT, codes::NUMBER),
        ("-5-", POINT, codes::NUMBER),
        ("(-5)", POINT, codes::NUMBER),
        ("(5", POINT, codes::NUMBER),
        ("12,-", COMMA, codes::NUMBER),
        ("5 шт", POINT, codes::NUMBER),
        ("€5 $", POINT, codes::NUMBER),
        ("Rs.500", POINT, codes::NUMBER),
        ("12 руб. 50 коп.", POINT, codes::NUMBER),
        ("2020-01-01", POINT, codes::NUMBER),
        ("1e", POINT, codes::NUMBER),
        ("1e5e5", POINT, codes::NUMBER),
        ("1,234e5", POINT, codes::NUMBER),
        ("1e999", POINT, codes::NUMBER),
        ("١٢", POINT, codes::NUMBER),
        ("922337203685477.5808", POINT, codes::RANGE),
        ("-922337203685477.5809", POINT, codes::RANGE),
        ("99999999999999999999999", POINT, codes::RANGE),
        ("1e40", POINT, codes::RANGE),
        ("9.12346E+10", POINT, codes::EXCEL_SCI),
        ("9,12346E+10", COMMA, codes::EXCEL_SCI),
        ("1E+05", POINT, codes::EXCEL_SCI),
    ] {
        let error = parse_exact(cell, &form).unwrap_err();
        assert_eq!(error.code, code, "{cell:?} in {form:?}: {error}");
        assert!(!error.suggestion.is_empty());
    }
}

#[test]
fn a_refusal_spells_out_the_readings() {
    let error = parse_exact("1,234", &POINT_ONLY).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`1,234` does not fit its column, where decimals stand after `.`; \
         write 1234 or 1.234, whichever is meant"
    );
    let error = parse_exact("-12.5", &COMMA).unwrap_err();
    assert_eq!(error.suggestion, "write -12,5 if that is meant");
}

fn guess(cells: &[&str]) -> NumberGuess {
    let mut evidence = NumberEvidence::new();
    cells.iter().for_each(|cell| evidence.see(cell));
    evidence.finish()
}

#[test]
fn what_columns_prove() {
    let sure = |decimal, grouping| NumberGuess::Sure(NumberForm { decimal, grouping });
    let assumed = |grouping| NumberGuess::Assumed(NumberForm { decimal: '.', grouping });
    let ambiguous = |example: &str| NumberGuess::Ambiguous { example: example.to_owned() };
    for (cells, want) in [
        (&["1.234,56"][..], sure(',', Some('.'))),
        (&["$1,240.00", "-$45.00"], sure('.', Some(','))),
        (&["1,234"], ambiguous("1,234")),
        (&["1.234", "5.678", "n/a"], ambiguous("1.234")),
        (&["1.234", "1,234"], ambiguous("1,234")),
        (&["12.5"], sure('.', None)),
        (&["1,234", "12.5"], sure('.', Some(','))),
        (&["1,234", "12,5"], sure(',', None)),
        (&["1.234", "12,5"], sure(',', Some('.'))),
        (&["0.125"], sure('.', None)),
        (&["0,125", "1.500"], sure(',', Some('.'))),
        (&["1234.567"], sure('.', None)),
        (&["1 234,50"], sure(',', Some(' '))),
        (&["1 234,500"], sure(',', Some(' '))),
        (&["1'234.50", "2’000"], sure('.', Some('\''))),
        (&["1,234,567"], sure('.', Some(','))),
        (&["1.234.567"], sure(',', Some('.'))),
        (&["1", "22", "-333"], assumed(None)),
        (&["1 234", "5"], assumed(Some(' '))),
        (&["1'234", "1 234", "2'000"], assumed(Some('\''))),
        (&[], assumed(None)),
        (&["", "NULL", "-"], assumed(None)),
        (&["12.5", "12,5"], ambiguous("12.5 · 12,5")),
        (&["Moscow", "Riga", "5"], NumberGuess::NotNumbers { example: "Riga".to_owned() }),
        (&["5", "6.5", "Total"], sure('.', None)),
        (&["18500.00", "1 000.00"], sure('.', Some(' '))),
        (&["1e-05"], assumed(None)),
        (&["1.5e-05"], sure('.', None)),
    ] {
        assert_eq!(guess(cells), want, "{cells:?}");
    }
}

#[test]
fn few_mistakes_do_not_change_a_column() {
    let mut cells = vec!["12.50"; 9];
    cells.push("12,50");
    assert_eq!(guess(&cells), NumberGuess::Sure(POINT_ONLY));
    // One typing mistake must not turn many thousands into small decimals.
    let mut cells = vec!["1,234"; 60];
    cells.push("12,5");
    assert_eq!(guess(&cells), NumberGuess::Ambiguous { example: "1,234".to_owned() });
}

/// Writes a sum in a form, as an exporter would.
fn written_in(value: i64, decimal: char, grouping: &str, decimals: usize) -> String {
    let units = (value.unsigned_abs() / 10_000).to_string();
    let mut text = String::from(if value < 0 { "-" } else { "" });
    for (at, digit) in units.chars().enumerate() {
        if at > 0 && (units.len() - at).is_multiple_of(3) {
            text.push_str(grouping);
        }
        text.push(digit);
    }
    let rest = format!("{:04}", value.unsigned_abs() % 10_000);
    if decimals > 0 {
        text.push(decimal);
        text.push_str(&rest[..decimals]);
    }
    text
}

const FORMS: [(char, &str, Option<char>); 12] = [
    ('.', "", None),
    (',', "", None),
    ('.', ",", Some(',')),
    (',', ".", Some('.')),
    ('.', " ", Some(' ')),
    (',', " ", Some(' ')),
    (',', "\u{A0}", Some(' ')),
    (',', "\u{202F}", Some(' ')),
    ('.', "'", Some('\'')),
    (',', "'", Some('\'')),
    ('.', "’", Some('\'')),
    (',', "\u{2009}", None),
];

proptest! {
    #[test]
    fn any_sum_comes_back(
        value in any::<i64>(),
        small in -99_999_999i64..99_999_999,
        decimals in 0usize..=4,
    ) {
        let cut = 10i64.pow(4 - decimals as u32);
        for value in [value, small] {
            let value = value / cut * cut;
            for (decimal, mark, grouping) in FORMS {
                let form = NumberForm { decimal, grouping };
                let text = written_in(value, decimal, mark, decimals);
                let want = Exact { value, currency: None, rounded: false };
                prop_assert_eq!(parse_exact(&text, &form), Ok(want), "{}", text);
                let (magnitude, sign) = (text.trim_start_matches('-'), value < 0);
                for dressed in [
                    format!("{text} €"),
                    format!("€{text}"),
                    if sign { format!("({magnitude}) €") } else { format!("+{text}€") },
                    if sign { format!("{magnitude}- €") } else { format!("€ {text}") },
                ] {
                    let want = Exact { value, currency: Some("EUR"), rounded: false };
                    prop_assert_eq!(parse_exact(&dressed, &form), Ok(want), "{}", dressed);
                }
            }
        }
    }

    #[test]
    fn a_column_reads_as_it_was_written(
        values in prop::collection::vec(-9_999_999_999i64..9_999_999_999, 1..20),
    ) {
        for (decimal, mark, _) in FORMS {
            let cells: Vec<String> =
                values.iter().map(|value| written_in(value / 100 * 100, decimal, mark, 2)).collect();
            let mut evidence = NumberEvidence::new();
            cells.iter().for_each(|cell| evidence.see(cell));
            let NumberGuess::Sure(form) = evidence.finish() else { panic!("{cells:?}") };
            for (cell, value) in cells.iter().zip(&values) {
                prop_assert_eq!(parse_exact(cell, &form).map(|exact| exact.value), Ok(value / 100 * 100));
            }
        }
    }

    #[test]
    fn nothing_panics(cell in "\\PC*", marks in "[-+0-9.,' ()eE$€%−]{0,24}") {
        for cell in [&cell, &marks] {
            for form in [POINT, COMMA, COMMA_SPACE] {
                if let Err(error) = parse_exact(cell, &form) {
                    prop_assert!(!error.reason.is_empty());
                }
            }
            NumberEvidence::new().see(cell);
        }
    }

    #[test]
    fn order_does_not_matter(
        cells in prop::collection::vec("[-0-9.,' ]{1,9}|[а-яa-z]{1,3}", 0..30),
        cut in 0usize..30,
    ) {
        let see = |cells: &[String]| {
            let mut evidence = NumberEvidence::new();
            cells.iter().for_each(|cell| evidence.see(cell));
            evidence
        };
        let forward = see(&cells);
        let mut backward = cells.clone();
        backward.reverse();
        prop_assert_eq!(&see(&backward), &forward);
        let (left, right) = cells.split_at(cut.min(cells.len()));
        let mut merged = see(right);
        merged.merge(&see(left));
        prop_assert_eq!(&merged, &forward);
    }
}
