//! Segments by rules of one's own, each with its condition.

use super::bars;
use super::data::{ReportData, RuleSegment};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::money::Money;

#[derive(Template)]
#[template(path = "report/rules.html")]
struct RulesSection<'a> {
    v: &'a Voice<'a>,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    condition: Option<String>,
    customers: String,
    customers_share: String,
    orders: String,
    revenue: String,
    revenue_share: String,
    bar: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let customers: u64 = data.rules.iter().map(|rule| rule.customers).sum();
    let revenue = Money(data.rules.iter().map(|rule| rule.revenue.0.max(0)).sum());
    let row = |rule: &RuleSegment| {
        let (of_customers, of_revenue) = (share_of(rule.customers, customers), share(rule.revenue, revenue));
        Row {
            name: match rule.condition {
                // The remainder has words unless its name is one's own.
                None => voice.segment("rules", &rule.name),
                Some(_) => rule.name.clone(),
            },
            condition: rule.condition.clone(),
            customers: voice.count(rule.customers),
            customers_share: voice.share_whole(of_customers),
            orders: voice.count(rule.orders),
            revenue: voice.money(rule.revenue),
            revenue_share: voice.share_whole(of_revenue),
            bar: bars::twin_bar(of_customers, of_revenue),
        }
    };
    let rows: Vec<Row> = data.rules.iter().map(row).collect();
    (!rows.is_empty()).then(|| super::drawn(&RulesSection { v: voice, rows }))
}
