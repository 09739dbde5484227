//! Retail, small wholesale, wholesale.

use super::bars;
use super::data::{ReportData, VolumeGroup};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::money::Money;

const ORDER: [&str; 4] = ["wholesale", "small_wholesale", "retail", "no_orders"];

#[derive(Template)]
#[template(path = "report/volume.html")]
struct VolumeSection<'a> {
    v: &'a Voice<'a>,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    action: String,
    customers: String,
    customers_share: String,
    orders: String,
    revenue: String,
    revenue_share: String,
    bar: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let mut groups: Vec<&VolumeGroup> =
        data.volume.as_ref()?.iter().filter(|group| group.customers > 0).collect();
    groups.sort_by_key(|group| ORDER.iter().position(|name| *name == group.name).unwrap_or(ORDER.len()));
    let customers: u64 = groups.iter().map(|group| group.customers).sum();
    let revenue = Money(groups.iter().map(|group| group.revenue.0).sum());
    let row = |group: &&VolumeGroup| Row {
        name: voice.segment("volume", &group.name),
        action: voice.action("volume", &group.name),
        customers: voice.count(group.customers),
        customers_share: voice.share_whole(share_of(group.customers, customers)),
        orders: voice.count(group.orders),
        revenue: voice.money(group.revenue),
        revenue_share: voice.share(share(group.revenue, revenue)),
        bar: bars::bar(share(group.revenue, revenue)),
    };
    Some(super::drawn(&VolumeSection { v: voice, rows: groups.iter().map(row).collect() }))
}
