//! Products in the form of features, so that ABC–XYZ classes them with the code that classes
//! customers.

use crate::facts::FactSet;
use crate::facts::bucket::ANONYMOUS;
use crate::facts::set::FactError;
use crate::features::{Features, Measure, Question};
use crate::scan::{Customer, Need, visit_anonymous, visit_customers};
use arrow_array::{Array, ArrayRef, Date32Array, Decimal64Array, Float64Array, Int64Array, StringArray};
use model::calendar::{Day, PeriodWindow};
use model::money::SCALE;
use model::variation::coefficient_of_variation;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One row per product bought, sorted by id; the ids stand where customers' would. `orders` counts
/// lines that are not returns. Lines without a customer count too.
///
/// # Errors
/// A fact file cannot be read.
pub fn product_features(facts: &FactSet, question: &Question) -> Result<Features, FactError> {
    let measures = [question.abc_measure, question.xyz_measure];
    let need = Need {
        product: true,
        cost: measures.contains(&Measure::Margin),
        quantity: measures.contains(&Measure::Quantity),
        ..Need::default()
    };
    let mut all: BTreeMap<String, Sold> = BTreeMap::new();
    let mut visit = |customer: &Customer<'_>| gather(customer, question, &mut all);
    for bucket in 0..ANONYMOUS {
        visit_customers(facts, bucket, question.as_of, need, &mut visit)?;
    }
    visit_anonymous(facts, question.as_of, need, &mut visit)?;
    Ok(table(&all, question))
}

/// What was sold of a product.
struct Sold {
    first: Option<Day>,
    last: Option<Day>,
    lines: i64,
    revenue: i64,
    periods_revenue: i64,
    measure: i64,
    xyz: Vec<i64>,
}

fn gather(customer: &Customer<'_>, question: &Question, all: &mut BTreeMap<String, Sold>) {
    let lines = customer.lines;
    for order in customer.orders {
        let position = question.periods.position(order.day);
        for row in order.rows.clone() {
            let id = lines.product_ids.as_ref().and_then(|ids| ids.text(row));
            let Some(id) = id.or_else(|| lines.products.as_ref()?.text(row)) else { continue };
            if !all.contains_key(id) {
                all.insert(id.to_owned(), Sold::new(question.periods));
            }
            let Some(sold) = all.get_mut(id) else { continue };
            let amount = lines.amounts()[row];
            let exact = |column: &Option<Decimal64Array>| {
                column.as_ref().filter(|column| column.is_valid(row)).map(|column| column.value(row))
            };
            let value = |measure: Measure| match measure {
                Measure::Revenue => amount,
                Measure::Orders => i64::from(amount >= 0) * SCALE,
                Measure::Margin => exact(&lines.costs).map_or(0, |cost| amount - cost),
                Measure::Quantity => exact(&lines.quantities).unwrap_or_default(),
            };
            sold.revenue += amount;
            if amount >= 0 {
                sold.lines += 1;
                sold.first = Some(sold.first.map_or(order.day, |day| day.min(order.day)));
                sold.last = Some(sold.last.map_or(order.day, |day| day.max(order.day)));
            }
            if let Some(position) = position {
                sold.periods_revenue += amount;
                sold.measure += value(question.abc_measure);
                sold.xyz[position] += value(question.xyz_measure);
            }
        }
    }
}

impl Sold {
    fn new(window: PeriodWindow) -> Sold {
        Sold {
            first: None,
            last: None,
            lines: 0,
            revenue: 0,
            periods_revenue: 0,
            measure: 0,
            xyz: vec![0; window.count as usize],
        }
    }

    /// Periods of the window since the one of the first sale.
    fn known(&self, window: PeriodWindow) -> usize {
        let since = |first: Day| window.first + window.count as i32 - window.period.of(first);
        let known = self.first.map_or(0, |first| usize::try_from(since(first)).unwrap_or(0));
        known.min(window.count as usize)
    }

    fn variation(&self, question: &Question) -> Option<f64> {
        let skipped = self.xyz.len() - self.known(question.periods);
        let mut numbers: Vec<f64> = self.xyz[skipped..].iter().map(|&sum| sum as f64).collect();
        if let Some(season) = &question.season {
            for (number, index) in numbers.iter_mut().zip(&season[skipped..]) {
                *number = if *index > 0.0 { *number / index } else { *number };
            }
        }
        coefficient_of_variation(&numbers)
    }
}

fn table(all: &BTreeMap<String, Sold>, question: &Question) -> Features {
    let sold = || all.values();
    let exact = |values: Vec<i64>| -> ArrayRef {
        Arc::new(Decimal64Array::from(values).with_data_type(crate::facts::schema::exact()))
    };
    let days = |day: fn(&Sold) -> Option<Day>| -> ArrayRef {
        Arc::new(sold().map(|sold| day(sold).map(|day| day.0)).collect::<Date32Array>())
    };
    let counts = |count: &dyn Fn(&Sold) -> i64| -> ArrayRef {
        Arc::new(sold().map(count).collect::<Vec<_>>().into_iter().map(Some).collect::<Int64Array>())
    };
    let columns: Vec<(&'static str, ArrayRef)> = vec![
        ("first_order_at", days(|sold| sold.first)),
        ("last_order_at", days(|sold| sold.last)),
        ("orders", counts(&|sold| sold.lines)),
        ("revenue", exact(sold().map(|sold| sold.revenue).collect())),
        ("periods_revenue", exact(sold().map(|sold| sold.periods_revenue).collect())),
        ("periods_measure", exact(sold().map(|sold| sold.measure).collect())),
        ("periods_known", counts(&|sold| sold.known(question.periods) as i64)),
        ("revenue_cv", Arc::new(sold().map(|sold| sold.variation(question)).collect::<Float64Array>())),
    ];
    Features::new(all.keys().map(|id| Some(id.as_str())).collect::<StringArray>(), columns)
}
