//! What the shop knows of its customers and products besides what was bought.

use super::habits::{AGES, CITIES, Kind, SOURCES};
use super::line::push_customer_id;
use super::shop::Shop;
use crate::facts::{CustomerRow, ProductRow};
use model::money::Money;

/// Kinds of companies that buy wholesale.
const INDUSTRIES: [&str; 5] = ["outdoor school", "hotel", "garden centre", "holiday park", "sports club"];

impl Shop {
    /// The row of customer `number` (from 0); `id` is room for the customer's id.
    pub fn customer<'a>(&self, number: u32, id: &'a mut String) -> CustomerRow<'a> {
        id.clear();
        push_customer_id(number, id);
        let habits = self.habits(number);
        let company = habits.kind == Kind::Wholesale;
        let mut attributes = vec![
            ("kind", if company { "company" } else { "person" }),
            ("city", CITIES[habits.city].0),
            ("source", SOURCES[habits.source].0),
        ];
        if company {
            attributes.push(("industry", INDUSTRIES[number as usize % INDUSTRIES.len()]));
        } else {
            attributes.push(("gender", if habits.woman { "female" } else { "male" }));
            attributes.push(("age_group", AGES[habits.age].0));
            attributes.push(("loyalty_card", if habits.loyalty_card { "yes" } else { "no" }));
        }
        CustomerRow { customer_id: id, created: Some(self.season.days[habits.first_day].day), attributes }
    }

    /// All products in the order of their ids' categories, at the newest prices.
    pub fn products(&self) -> impl ExactSizeIterator<Item = ProductRow<'_>> {
        let newest = self.season.years() - 1;
        self.catalogue.products.iter().map(move |product| ProductRow {
            product_id: &product.id,
            product: Some(&product.name),
            category: Some(product.category.name),
            brand: Some(product.brand),
            unit_cost: Some(Money(i64::from(product.price_and_cost(newest).1) * 100)),
            ..ProductRow::default()
        })
    }
}
