//! Who the customers are: the attributes that tell them apart best, and the nests of companies.

use super::bars;
use super::data::{AttributeCut, AttributeValue, Nest, ReportData};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::money::Money;

#[derive(Template)]
#[template(path = "report/attributes.html")]
struct AttributesSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    has_revenue: bool,
    tables: Vec<Table>,
    nests: Vec<NestRow>,
}

struct Table {
    title: String,
    known: String,
    caption: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    customers: String,
    customers_share: String,
    revenue_share: String,
    bar: String,
}

struct NestRow {
    name: String,
    hint: String,
    /// An attribute and of how many it is known.
    known: Vec<(String, String)>,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let attributes = data.attributes.as_ref()?;
    let customers = attributes.customers;
    let has_revenue = data.totals.revenue.0 > 0;
    let nest = |nest: &Nest| NestRow {
        name: voice.say(&format!("nest-{}", nest.name)),
        hint: voice.say(&format!("nest-{}-hint", nest.name)),
        known: nest
            .attributes
            .iter()
            .map(|(name, known)| (name.clone(), voice.share_whole(share_of(*known, customers))))
            .collect(),
    };
    Some(super::drawn(&AttributesSection {
        v: voice,
        intro: voice.count_of("attributes-intro", attributes.named),
        has_revenue,
        tables: attributes.cuts.iter().map(|cut| table(voice, cut, customers, has_revenue)).collect(),
        nests: attributes.nests.iter().map(nest).collect(),
    }))
}

fn table(voice: &Voice, cut: &AttributeCut, customers: u64, has_revenue: bool) -> Table {
    let revenue = Money(cut.values.iter().map(|value| value.revenue.0).sum());
    let row = |value: &AttributeValue| {
        let of_customers = share_of(value.customers, cut.known);
        let of_revenue = share(value.revenue, revenue);
        Row {
            name: value.name.clone().unwrap_or_else(|| voice.segment("attributes", "other")),
            customers: voice.count(value.customers),
            customers_share: voice.share_whole(of_customers),
            revenue_share: voice.share_whole(of_revenue),
            bar: if has_revenue { bars::twin_bar(of_customers, of_revenue) } else { bars::bar(of_customers) },
        }
    };
    let known = voice.share_said(share_of(cut.known, customers));
    Table {
        title: cut.name.clone(),
        known: voice.fill("attributes-known", &[("share", known.into())]),
        caption: voice.fill("attributes-caption", &[("name", cut.name.as_str().into())]),
        rows: cut.values.iter().map(row).collect(),
    }
}
