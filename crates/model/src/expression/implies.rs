//! Whether one condition cannot hold without another, as far as that shows without any customer.

use super::tree::{Expression, Literal, Operator, Test};

/// Whether `other` holds for every customer for whom `this` holds; `false` where it does not show.
pub(super) fn implies(this: &Expression, other: &Expression) -> bool {
    if this == other || *other == Expression::Everyone {
        return true;
    }
    match (this, other) {
        (Expression::Or(parts), other) if !parts.is_empty() => parts.iter().all(|part| implies(part, other)),
        (this, Expression::And(parts)) => parts.iter().all(|part| implies(this, part)),
        (this, Expression::Or(parts)) if parts.iter().any(|part| implies(this, part)) => true,
        (Expression::And(parts), other) => parts.iter().any(|part| implies(part, other)),
        (Expression::Value(this), Expression::Value(other)) if this.name == other.name => {
            other.test == Test::Set && needs_value(&this.test) || narrower(&this.test, &other.test)
        }
        _ => false,
    }
}

/// Whether no missing value passes.
fn needs_value(test: &Test) -> bool {
    !matches!(test, Test::Compare { operator: Operator::NotEqual, .. })
}

/// Whether what passes one test passes another.
fn narrower(this: &Test, other: &Test) -> bool {
    match (this, other) {
        (Test::In(values), Test::In(others)) => values.iter().all(|value| others.contains(value)),
        (Test::Compare { operator: Operator::Equal, value }, Test::In(others)) => others.contains(value),
        (
            Test::Between { from, .. },
            Test::Compare { operator: operator @ (Operator::Greater | Operator::GreaterOrEqual), value },
        ) => bounded(Operator::GreaterOrEqual, from, *operator, value),
        (
            Test::Between { to, .. },
            Test::Compare { operator: operator @ (Operator::Less | Operator::LessOrEqual), value },
        ) => bounded(Operator::LessOrEqual, to, *operator, value),
        (Test::Compare { operator: own, value: bound }, Test::Compare { operator, value }) => {
            bounded(*own, bound, *operator, value)
        }
        _ => false,
    }
}

/// Whether comparing so with one number is narrower than comparing so with another.
fn bounded(own: Operator, bound: &Literal, operator: Operator, value: &Literal) -> bool {
    let (Literal::Number(bound), Literal::Number(value)) = (bound, value) else { return false };
    match (own, operator) {
        (Operator::Equal, operator) => operator.passes(bound.cmp(value)),
        (Operator::Greater, Operator::Greater | Operator::GreaterOrEqual)
        | (Operator::GreaterOrEqual, Operator::GreaterOrEqual) => bound >= value,
        (Operator::GreaterOrEqual, Operator::Greater) => bound > value,
        (Operator::Less, Operator::Less | Operator::LessOrEqual)
        | (Operator::LessOrEqual, Operator::LessOrEqual) => bound <= value,
        (Operator::LessOrEqual, Operator::Less) => bound < value,
        _ => false,
    }
}
