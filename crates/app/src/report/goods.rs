//! The categories and products that bring most money.

use super::bars;
use super::data::{Goods, ReportData};
use super::voice::{Voice, share};
use askama::Template;
use model::money::SCALE;

#[derive(Template)]
#[template(path = "report/goods.html")]
struct GoodsSection<'a> {
    v: &'a Voice<'a>,
    tables: Vec<Table>,
}

struct Table {
    id: &'static str,
    title: String,
    caption: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    revenue: String,
    share: String,
    bar: String,
    orders: String,
    customers: String,
    quantity: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let tables: Vec<Table> = [("categories", &data.categories), ("products", &data.products)]
        .into_iter()
        .filter(|(_, goods)| !goods.is_empty())
        .map(|(id, goods)| table(voice, data, id, goods))
        .collect();
    (!tables.is_empty()).then(|| super::drawn(&GoodsSection { v: voice, tables }))
}

fn table(voice: &Voice, data: &ReportData, id: &'static str, goods: &[Goods]) -> Table {
    let most = goods.iter().map(|one| one.revenue).max().unwrap_or_default();
    let row = |one: &Goods| Row {
        name: one.name.clone(),
        revenue: voice.money(one.revenue),
        share: voice.share(share(one.revenue, data.totals.revenue)),
        bar: bars::bar(share(one.revenue, most)),
        orders: voice.count(one.orders),
        customers: voice.count(one.customers),
        quantity: one.quantity.map_or_else(
            || "—".to_owned(),
            |quantity| {
                let places = if quantity % SCALE == 0 { 0 } else { 2 };
                voice.decimal(quantity as f64 / SCALE as f64, places)
            },
        ),
    };
    Table {
        id,
        title: voice.say(&format!("goods-{id}")),
        caption: voice.say(&format!("goods-{id}-caption")),
        rows: goods.iter().map(row).collect(),
    }
}
