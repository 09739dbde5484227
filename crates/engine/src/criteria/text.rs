//! Criteria as the text of a rule.

use model::criteria::{Condition, Test};
use model::expression::words::is_bare;
use model::money::DECIMALS;
use std::fmt::Write;

/// Conditions that must all hold as the text of a rule: `city = "Riga" and amount > 1000`.
///
/// A rule takes a missing value for one that is not equal, and a criterion does not, so the negation
/// also asks that the value is set. Numbers have the four decimals of rules; an edge that has more is
/// the next one above, so that values equal to the edge stay on their side.
pub fn as_rule_text(conditions: &[Condition]) -> String {
    let said: Vec<String> = conditions.iter().map(one).collect();
    said.join(" and ")
}

fn one(condition: &Condition) -> String {
    let name = name(&condition.attribute);
    match &condition.test {
        Test::Is(value) => format!("{name} = {}", quoted(value, '"')),
        Test::IsNot(value) => format!("{name} is set and {name} != {}", quoted(value, '"')),
        Test::AtMost(edge) => format!("{name} <= {}", number(*edge)),
        Test::Above(edge) => format!("{name} > {}", number(*edge)),
        Test::Between { above, at_most } => {
            format!("{name} > {} and {name} <= {}", number(*above), number(*at_most))
        }
        Test::Yes => format!("{name} = true"),
        Test::No => format!("{name} = false"),
        Test::Unknown => format!("{name} is not set"),
    }
}

/// A name, in backticks where it would read as something else.
pub(crate) fn name(name: &str) -> String {
    if is_bare(name) { name.to_owned() } else { quoted(name, '`') }
}

/// A quote inside is written twice.
pub(crate) fn quoted(text: &str, mark: char) -> String {
    let doubled: String = [mark, mark].iter().collect();
    format!("{mark}{}{mark}", text.replace(mark, &doubled))
}

/// Plain, without trailing zeros.
fn number(number: f64) -> String {
    let scale = 10_f64.powi(DECIMALS as i32);
    let nearest = (number * scale).round() / scale;
    let fits = if nearest >= number { nearest } else { (number * scale).ceil() / scale };
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{:.*}", DECIMALS as usize, fits);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
