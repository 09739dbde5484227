//! The plan says what the words of the documentation say.

use super::customers::{Customer, as_ofs, ask, customers};
use super::naive;
use super::trees::{on_facts, trees, vocabulary};
use crate::calendar::AsOf;
use crate::expression::check::check;
use crate::expression::plan::Plan;
use crate::expression::trace::Trace;
use crate::expression::tree::Expression;
use proptest::collection::vec;
use proptest::prelude::*;

fn bases() -> impl Strategy<Value = (AsOf, Vec<Customer>)> {
    as_ofs().prop_flat_map(|as_of| (Just(as_of), vec(customers(as_of), 1..6)))
}

/// What a trace says of a condition follows from what it says of those inside.
fn sound(trace: &Trace, expression: &Expression) -> bool {
    let held = match expression {
        Expression::And(_) => trace.inside.iter().all(|part| part.held),
        Expression::Or(_) => trace.inside.iter().any(|part| part.held),
        Expression::Not(_) => !trace.inside[0].held,
        _ => trace.held,
    };
    let inside = match expression {
        Expression::And(_) | Expression::Or(_) | Expression::Not(_) => expression.children(),
        _ => Vec::new(),
    };
    trace.held == held
        && trace.text == expression.to_string()
        && inside.into_iter().zip(&trace.inside).all(|(inner, part)| sound(part, inner))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn plan_equals_words(expressions in vec(trees(), 1..5), (as_of, base) in bases()) {
        let plan = Plan::new(&expressions, as_of).unwrap();
        let mut state = plan.state();
        for customer in &base {
            let expected: Vec<bool> =
                expressions.iter().map(|expression| naive::holds(expression, customer, as_of)).collect();
            for mixed in [true, false] {
                let (held, first, traces) = ask(&plan, &mut state, customer, mixed, |state, row| {
                    let held: Vec<bool> = (0..plan.len()).map(|number| plan.holds(number, state, row)).collect();
                    let traces: Vec<Trace> = expressions
                        .iter()
                        .enumerate()
                        .map(|(number, expression)| plan.trace(number, expression, state, row).unwrap())
                        .collect();
                    (held, plan.first(state, row), traces)
                });
                prop_assert_eq!(&held, &expected);
                prop_assert_eq!(first, expected.iter().position(|held| *held));
                for ((trace, expression), held) in traces.iter().zip(&expressions).zip(&expected) {
                    prop_assert_eq!(trace.held, *held);
                    prop_assert!(sound(trace, expression), "{}", trace);
                }
            }
        }
    }

    #[test]
    fn conditions_on_facts_equal_words(expressions in vec(on_facts(), 1..4), (as_of, base) in bases()) {
        let plan = Plan::new(&expressions, as_of).unwrap();
        let mut state = plan.state();
        for customer in &base {
            let held = ask(&plan, &mut state, customer, true, |state, row| {
                (0..plan.len()).map(|number| plan.holds(number, state, row)).collect::<Vec<bool>>()
            });
            for (held, expression) in held.into_iter().zip(&expressions) {
                prop_assert_eq!(held, naive::holds(expression, customer, as_of), "{}", expression);
            }
        }
    }

    #[test]
    fn what_is_said_never_to_hold_never_holds(expression in trees(), (as_of, base) in bases()) {
        let checked = check(&expression, &vocabulary());
        prop_assert_eq!(&checked.problems, &Vec::new(), "{}", &expression);
        // A doubt about the whole of a rule is about every customer.
        let about_all = checked.warnings.iter().any(|warning| {
            let whole = warning.at.condition == 0 && warning.at.part == crate::expression::place::Part::Whole;
            let said = warning.to_string();
            whole && (said.starts_with("this never holds") || said.starts_with("nothing lies"))
        });
        if about_all && !matches!(expression, Expression::Did(_)) {
            for customer in &base {
                prop_assert!(!naive::holds(&expression, customer, as_of), "{}", &expression);
            }
        }
    }

    #[test]
    fn what_is_implied_holds(one in trees(), other in trees(), (as_of, base) in bases()) {
        let pairs = [
            (one.clone(), other.clone()),
            (Expression::And(vec![one.clone(), other.clone()]), one.clone()),
            (one.clone(), Expression::Or(vec![other, one])),
        ];
        for (number, (this, that)) in pairs.iter().enumerate() {
            let implied = crate::expression::implies::implies(this, that);
            prop_assert!(implied || number == 0, "{} and {}", this, that);
            for customer in base.iter().filter(|_| implied) {
                prop_assert!(!naive::holds(this, customer, as_of) || naive::holds(that, customer, as_of));
            }
        }
    }
}
