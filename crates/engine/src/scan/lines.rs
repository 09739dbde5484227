//! The lines of one run as typed columns.

use super::texts::Texts;
use crate::facts::columns::TAKEN_BACK;
use crate::facts::products::Products;
use crate::facts::set::{FactError, OpenGroup};
use crate::facts::straight::{Room, Stored, Values};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, Int32Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrowPrimitiveType, Date32Array, Decimal64Array, Int32Array, PrimitiveArray, RecordBatch,
    TimestampMicrosecondArray,
};
use model::calendar::AsOf;
use model::money::Money;
use std::ops::Range;

/// What a pass needs beyond customer, day, line and amount of orders, and beyond customers and days of
/// other facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Need {
    pub cost: bool,
    pub discount: bool,
    pub quantity: bool,
    pub category: bool,
    pub brand: bool,
    pub channel: bool,
    pub product: bool,
    pub promo_code: bool,
    /// When orders were made: lines then stand in the order of moments, not only of days.
    pub moment: bool,
    /// What deals, leads, touches and contacts say, not only whose they are and on which day.
    pub events: bool,
}

impl Need {
    /// What either needs.
    #[must_use]
    pub fn and(self, other: Need) -> Need {
        Need {
            cost: self.cost || other.cost,
            discount: self.discount || other.discount,
            quantity: self.quantity || other.quantity,
            category: self.category || other.category,
            brand: self.brand || other.brand,
            channel: self.channel || other.channel,
            product: self.product || other.product,
            promo_code: self.promo_code || other.promo_code,
            moment: self.moment || other.moment,
            events: self.events || other.events,
        }
    }

    /// Names of the columns to read; with `versions`, those that tell versions of orders apart.
    /// Where products are known on their own, what a line does not say is looked up by its product.
    pub fn columns(self, versions: bool, products: &Products) -> Vec<&'static str> {
        let looked_up = !products.is_empty() && (self.cost || self.category || self.brand);
        let mut columns = vec!["customer_id", "day", "line", "amount"];
        let optional = [
            (self.cost, "cost"),
            (self.discount, "discount"),
            (self.quantity || (looked_up && self.cost), "quantity"),
            (self.category, "category"),
            (self.brand, "brand"),
            (self.channel, "channel"),
            (self.product || looked_up, "product_id"),
            (self.product, "product"),
            (self.promo_code, "promo_code"),
            (self.moment, "ordered_at"),
            (versions || self.moment, "order_id"),
            (versions || self.moment, "source"),
        ];
        columns.extend(optional.into_iter().filter(|(wanted, _)| *wanted).map(|(_, name)| name));
        columns
    }
}

/// Rows among which ends of customers are found at a time.
const ROWS_TOGETHER: usize = 1024;

/// Lines of whole customers, sorted. Columns not asked for are empty.
pub struct Lines {
    pub(super) customers: Option<Texts>,
    pub(super) days: Date32Array,
    pub(super) numbers: Int32Array,
    pub(super) amounts: Decimal64Array,
    pub costs: Option<Decimal64Array>,
    pub discounts: Option<Decimal64Array>,
    pub quantities: Option<Decimal64Array>,
    pub categories: Option<Texts>,
    pub brands: Option<Texts>,
    pub channels: Option<Texts>,
    pub product_ids: Option<Texts>,
    pub products: Option<Texts>,
    pub promo_codes: Option<Texts>,
    /// When each line's order was made, microseconds since 1970 UTC.
    pub moments: Option<TimestampMicrosecondArray>,
}

impl Lines {
    /// The columns of a batch of order lines.
    pub fn new(batch: &RecordBatch, need: Need, known: &Products) -> Lines {
        let exact = |name: &str| {
            batch.column_by_name(name).map(|column| column.as_primitive::<Decimal64Type>().clone())
        };
        let texts = |name: &str| {
            batch.column_by_name(name).map(|column| Texts::new(column.as_dictionary::<Int32Type>()))
        };
        let plain = |name: &str| batch.column_by_name(name).cloned();
        let product_ids = texts("product_id");
        let mut lines = Lines {
            customers: texts("customer_id"),
            days: plain("day")
                .map_or_else(|| Date32Array::new_null(0), |c| c.as_primitive::<Date32Type>().clone()),
            numbers: plain("line")
                .map_or_else(|| Int32Array::new_null(0), |c| c.as_primitive::<Int32Type>().clone()),
            amounts: exact("amount").unwrap_or_else(|| Decimal64Array::new_null(0)),
            costs: exact("cost"),
            discounts: exact("discount"),
            quantities: exact("quantity"),
            categories: texts("category"),
            brands: texts("brand"),
            channels: texts("channel"),
            product_ids,
            products: texts("product"),
            promo_codes: texts("promo_code"),
            moments: plain("ordered_at").map(|c| c.as_primitive::<TimestampMicrosecondType>().clone()),
        };
        if !known.is_empty() {
            lines.look_up(need, known);
        }
        lines
    }

    /// The columns of a row group, read straight; `None` where that cannot be done, or where lines take
    /// orders back.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn straight(group: &OpenGroup<'_>, need: Need, known: &Products) -> Result<Option<Lines>, FactError> {
        let (Some(days), Some(numbers)) = (group.numbers::<i32>("day")?, group.numbers::<i32>("line")?)
        else {
            return Ok(None);
        };
        // The least number, not a search: that is worked out many rows at a time.
        if numbers.values.iter().copied().min().is_none_or(|least| least <= TAKEN_BACK) {
            return Ok(None);
        }
        let mut missed = false;
        let mut exact = |name: &str, asked: bool| -> Result<Option<Decimal64Array>, FactError> {
            let read = if asked { group.numbers::<i64>(name)? } else { return Ok(None) };
            missed |= read.is_none();
            Ok(read.map(|read| Decimal64Array::new(read.values, read.nulls)))
        };
        let (amounts, costs) = (exact("amount", true)?, exact("cost", need.cost)?);
        let open_cost = need.cost && is_open(costs.as_ref());
        let quantity = need.quantity || (!known.is_empty() && open_cost);
        let (discounts, quantities) = (exact("discount", need.discount)?, exact("quantity", quantity)?);
        let mut texts = |name: &str, asked: bool| -> Result<Option<Texts>, FactError> {
            let read = if asked { group.texts(name)? } else { return Ok(None) };
            missed |= read.is_none();
            let array = |keys: Values<i32>| Int32Array::new(keys.values, keys.nulls);
            Ok(read.map(|(keys, values)| Texts::of(array(keys), values)))
        };
        let categories = texts("category", need.category)?;
        let brands = texts("brand", need.brand)?;
        let open_text =
            |asked: bool, own: &Option<Texts>| asked && own.as_ref().is_none_or(|own| own.keys().is_none());
        // What every line says itself is not looked up by its product.
        let looked_up = !known.is_empty()
            && (open_cost || open_text(need.category, &categories) || open_text(need.brand, &brands));
        let mut lines = Lines {
            customers: texts("customer_id", true)?,
            days: Date32Array::new(days.values, None),
            numbers: Int32Array::new(numbers.values, None),
            amounts: amounts.unwrap_or_else(|| Decimal64Array::new_null(0)),
            costs,
            discounts,
            quantities,
            categories,
            brands,
            channels: texts("channel", need.channel)?,
            product_ids: texts("product_id", need.product || looked_up)?,
            products: texts("product", need.product)?,
            promo_codes: texts("promo_code", need.promo_code)?,
            moments: None,
        };
        if need.moment {
            let read = group.numbers::<i64>("ordered_at")?;
            missed |= read.is_none();
            lines.moments = read.map(|read| TimestampMicrosecondArray::new(read.values, read.nulls));
        }
        if missed {
            return Ok(None);
        }
        if !known.is_empty() {
            lines.look_up(need, known);
        }
        Ok(Some(lines))
    }

    /// Leaves the room of its columns for others.
    pub fn leave(self, room: &Room) {
        give(Some(self.days), room);
        give(Some(self.numbers), room);
        let exact = [Some(self.amounts), self.costs, self.discounts, self.quantities];
        exact.into_iter().for_each(|column| give(column, room));
        give(self.moments, room);
        let texts = [
            self.customers,
            self.categories,
            self.brands,
            self.channels,
            self.product_ids,
            self.products,
            self.promo_codes,
        ];
        texts.into_iter().flatten().for_each(|texts| give(Some(texts.into_keys()), room));
    }

    pub fn len(&self) -> usize {
        self.days.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Local day of each line's order.
    pub fn days(&self) -> &[i32] {
        self.days.values()
    }

    /// Number of each line in its order; −1 takes an order back.
    pub fn numbers(&self) -> &[i32] {
        self.numbers.values()
    }

    /// Net amount of each line in 1/10 000.
    pub fn amounts(&self) -> &[i64] {
        self.amounts.values()
    }

    /// Customer of a row; empty for anonymous lines.
    pub fn customer(&self, row: usize) -> &str {
        self.customers.as_ref().and_then(|customers| customers.text(row)).unwrap_or_default()
    }

    /// The rows of each customer in turn.
    ///
    /// How many lines a customer has cannot be foreseen, so there is no branch on it: every row is
    /// written down as an end, over the one before unless that was one.
    pub(super) fn each_customer(&self, mut each: impl FnMut(Range<usize>)) {
        let keys = self.customers.as_ref().map_or(&[][..], Texts::all_keys);
        let (mut ends, mut first) = ([0; ROWS_TOGETHER], 0);
        for start in (0..self.len()).step_by(ROWS_TOGETHER) {
            let next = start + ROWS_TOGETHER;
            let neighbours = keys.get(start..keys.len().min(next + 1)).unwrap_or_default().windows(2);
            let mut count = 0;
            for (end, keys) in (start + 1..).zip(neighbours) {
                ends[count] = end;
                count += usize::from(keys[0] != keys[1]);
            }
            if next >= self.len() {
                ends[count] = self.len();
                count += 1;
            }
            for &end in &ends[..count] {
                each(first..end);
                first = end;
            }
        }
    }

    /// Those of some rows, which stand in order of days, that are not after a moment.
    pub(super) fn until(&self, as_of: AsOf, rows: Range<usize>) -> Range<usize> {
        let days = &self.days()[rows.clone()];
        match days.last() {
            Some(&last) if last > as_of.0.0 => {
                rows.start..rows.start + days.partition_point(|&day| day <= as_of.0.0)
            }
            _ => rows,
        }
    }

    /// What lines leave open is taken from what is known of their products.
    fn look_up(&mut self, need: Need, known: &Products) {
        let Some(ids) = self.product_ids.clone() else { return };
        if need.category {
            self.categories =
                Some(ids.filled(self.categories.take(), |id| known.get(id)?.category.as_deref()));
        }
        if need.brand {
            self.brands = Some(ids.filled(self.brands.take(), |id| known.get(id)?.brand.as_deref()));
        }
        if need.product {
            self.products = Some(ids.filled(self.products.take(), |id| known.get(id)?.product.as_deref()));
        }
        if need.cost && is_open(self.costs.as_ref()) {
            let unit_costs: Vec<Option<Money>> =
                ids.values().iter().map(|id| id.and_then(|id| known.get(id)?.unit_cost)).collect();
            let cost = |row: usize| {
                let own =
                    self.costs.as_ref().filter(|costs| costs.is_valid(row)).map(|costs| costs.value(row));
                own.or_else(|| {
                    let quantities =
                        self.quantities.as_ref().filter(|quantities| quantities.is_valid(row))?;
                    unit_costs[ids.key(row)?]?.times(quantities.value(row)).map(|money| money.0)
                })
            };
            self.costs = Some((0..self.days.len()).map(cost).collect());
        }
    }
}

/// Whether some line says nothing itself.
fn is_open(column: Option<&Decimal64Array>) -> bool {
    column.is_none_or(|column| column.null_count() > 0)
}

fn give<T: ArrowPrimitiveType>(column: Option<PrimitiveArray<T>>, room: &Room)
where
    T::Native: Stored,
{
    if let Some(column) = column {
        room.give(column.into_parts().1);
    }
}
