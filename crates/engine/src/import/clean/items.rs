//! The goods of an order written into cells of its row, one cell per item, as order export plugins
//! of WooCommerce do: `product_id:4959|1|30|size: Medium`, or
//! `name:Tea|sku:T-1|quantity:2|total:19.80`.

use super::draft::{self, Draft, ITEM_NUMBERS};
use super::plan::Plan;
use super::report::Report;
use super::view::View;
use crate::import::cells::parse_exact;
use crate::import::problem::cell_error;
use model::money::Money;

/// One item of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item<'a> {
    pub product_id: Option<&'a str>,
    pub name: Option<&'a str>,
    pub quantity: Option<i64>,
    pub amount: i64,
    /// Its share of the order's discount.
    pub discount: Option<i64>,
}

/// What an item's cell says before it is known whether its money is a price or a sum.
struct Parts<'a> {
    product_id: Option<&'a str>,
    name: Option<&'a str>,
    quantity: Option<i64>,
    /// Price of one unit.
    price: Option<i64>,
    total: Option<i64>,
    /// A number that may be either.
    money: Option<i64>,
}

/// The items of an order; empty where they are not clear: then the order is one line.
///
/// Money that is not said to be a price or a sum is taken as what makes the items add up to the
/// order's goods: its total less shipping and tax, with or without the discount. Where neither
/// does, nothing is clear.
pub(super) fn of_order<'a>(
    plan: &Plan,
    view: &View<'a>,
    draft: &Draft<'_>,
    report: &mut Report,
) -> Vec<Item<'a>> {
    let cells = plan.order.items.iter().filter_map(|&index| view.text(Some(index)));
    let Some(parts) = cells.map(parts).collect::<Option<Vec<_>>>() else { return Vec::new() };
    if parts.is_empty() {
        return Vec::new();
    }
    let mut sum = |column| draft::optional(plan, view, column, report).unwrap_or(0);
    let refunded = sum(plan.order.refunded).abs();
    let goods = draft.line.amount.0 + refunded - sum(plan.order.shipping) - sum(plan.order.tax);
    let discount = sum(plan.order.order_discount).abs();
    let fits = |items: &[Item<'_>]| {
        let sum: i64 = items.iter().map(|item| item.amount).sum();
        sum == goods || sum == goods + discount
    };
    let readings = [settled(&parts, false), settled(&parts, true)];
    let said = parts.iter().all(|part| part.total.is_some() || part.price.is_some());
    let mut clear = readings.into_iter().flatten().filter(|items| said || fits(items));
    let Some(mut items) = clear.next() else { return Vec::new() };
    let sum: i64 = items.iter().map(|item| item.amount).sum();
    if discount > 0 && sum == goods + discount {
        let weights: Vec<i64> = items.iter().map(|item| item.amount).collect();
        let shares = super::spread::spread(discount, &weights);
        items.iter_mut().zip(shares).for_each(|(item, share)| {
            item.amount -= share;
            item.discount = Some(share);
        });
    } else if sum != goods {
        let reason = "the items do not add up to the order's sum; the items count".to_owned();
        report.warned(
            plan,
            view.row,
            plan.order.total.map(|total| total.0),
            cell_error("W_TOTAL_DIFFERS", reason),
        );
    }
    items
}

/// The items with open money read as a price of one unit or as a sum.
fn settled<'a>(parts: &[Parts<'a>], as_price: bool) -> Option<Vec<Item<'a>>> {
    parts
        .iter()
        .map(|part| {
            let (total, price) = match part.money {
                Some(money) if as_price => (part.total, part.price.or(Some(money))),
                Some(money) => (part.total.or(Some(money)), part.price),
                None => (part.total, part.price),
            };
            let by_price = || Money(price?).times(part.quantity?).map(|money| money.0);
            let amount = total.or_else(by_price)?;
            Some(Item {
                product_id: part.product_id,
                name: part.name,
                quantity: part.quantity,
                amount,
                discount: None,
            })
        })
        .collect()
}

/// Takes a cell apart; `None` where it names no goods.
fn parts(cell: &str) -> Option<Parts<'_>> {
    let mut parts =
        Parts { product_id: None, name: None, quantity: None, price: None, total: None, money: None };
    let number = |text: &str| parse_exact(text, &ITEM_NUMBERS).ok().map(|exact| exact.value);
    for part in cell.split('|').map(str::trim) {
        match part.split_once(':').map(|(key, value)| (key.trim(), value.trim())) {
            Some(("sku", value)) if !value.is_empty() => parts.product_id = Some(value),
            Some(("product_id" | "id", value)) => parts.product_id = parts.product_id.or(Some(value)),
            Some(("name" | "product_name", value)) => {
                parts.name = Some(value).filter(|name| !name.is_empty())
            }
            Some(("quantity" | "qty", value)) => parts.quantity = number(value),
            Some(("price" | "item_price", value)) => parts.price = number(value),
            Some(("total" | "line_total", value)) => parts.total = number(value),
            Some(_) => {}
            None => match (number(part), parts.quantity) {
                (Some(quantity), None) => parts.quantity = Some(quantity),
                (Some(money), Some(_)) if parts.money.is_none() => parts.money = Some(money),
                _ => {}
            },
        }
    }
    let named = parts.product_id.or(parts.name).is_some();
    let priced = parts.total.or(parts.money).or(parts.price.and(parts.quantity)).is_some();
    (named && priced).then_some(parts)
}
