//! Whether a column of sums holds the sum of the line or, repeated on every line, of the order.

use super::{Form, How, Mapping};
use crate::import::cells::{self, parse_exact};
use crate::sources::RowBlock;
use model::money::Money;

/// Makes a column `amount` the order's total where the rows of orders prove that it is: it is the
/// same on all rows of an order and is what price × quantity of them add up to. Taken for the sum
/// of the line it would count every order as often as it has lines.
pub(super) fn settle(mapping: &mut Mapping, sample: &RowBlock) {
    let by_synonym = mapping.column("amount").is_some_and(|column| column.how == How::Synonym);
    if !by_synonym || mapping.has("order_total") || !is_of_orders(mapping, sample) {
        return;
    }
    for column in &mut mapping.columns {
        if column.field.as_deref() == Some("amount") {
            column.field = Some("order_total".to_owned());
            column.how = How::Value;
        }
    }
}

fn is_of_orders(mapping: &Mapping, sample: &RowBlock) -> bool {
    let number = |field| match mapping.column(field).map(|column| (column.index, &column.form)) {
        Some((index, Form::Number(form))) => Some((index, *form)),
        _ => None,
    };
    let (Some(amount), Some(price), Some(quantity), Some(id)) =
        (number("amount"), number("price"), number("quantity"), mapping.column("order_id"))
    else {
        return false;
    };
    let mut proven = false;
    // Id, amount and the sum of the lines of the order that is being read, and its rows.
    let mut order: Option<(&str, i64, i64, u32)> = None;
    let mut close = |order: Option<(&str, i64, i64, u32)>| match order {
        Some((_, amount, lines, rows)) if rows > 1 => {
            proven |= amount == lines;
            amount == lines
        }
        _ => true,
    };
    for row in sample.iter() {
        let read = |(index, form)| parse_exact(row.cell(index), &form).ok().map(|exact| exact.value);
        let (Some(sum), Some(price), Some(quantity)) = (read(amount), read(price), read(quantity)) else {
            continue;
        };
        let Some(line) = Money(price).times(quantity) else { continue };
        let name = row.cell(id.index);
        match &mut order {
            Some((current, total, lines, rows)) if *current == name && !cells::is_null(name) => {
                if *total != sum {
                    return false;
                }
                *lines += line.0;
                *rows += 1;
            }
            _ => {
                if !close(order.replace((name, sum, line.0, 1))) {
                    return false;
                }
            }
        }
    }
    close(order) && proven
}
