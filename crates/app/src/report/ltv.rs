//! Lifetime value: tiers, and what may be spent to win a customer of each.

use super::bars;
use super::data::{Basis, LtvTier, ReportData};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::money::Money;

const ORDER: [&str; 4] = ["vip", "standard", "economy", "no_orders"];

#[derive(Template)]
#[template(path = "report/ltv.html")]
struct LtvSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    provisional: Option<String>,
    tiers: Vec<Tier>,
}

struct Tier {
    name: String,
    action: String,
    customers: String,
    customers_share: String,
    median: String,
    total_share: String,
    total_bar: String,
    cap: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let ltv = data.ltv.as_ref()?;
    let key = match (ltv.basis, ltv.predicted) {
        (Basis::Margin, false) => "ltv-intro-margin",
        (Basis::Revenue, false) => "ltv-intro-revenue",
        (Basis::Margin, true) => "ltv-intro-predicted-margin",
        (Basis::Revenue, true) => "ltv-intro-predicted-revenue",
    };
    let customers: u64 = ltv.tiers.iter().map(|tier| tier.customers).sum();
    let total = Money(ltv.tiers.iter().map(|tier| tier.total_ltv.0.max(0)).sum());
    let mut tiers: Vec<&LtvTier> = ltv.tiers.iter().filter(|tier| tier.customers > 0).collect();
    tiers.sort_by_key(|tier| ORDER.iter().position(|name| *name == tier.name).unwrap_or(ORDER.len()));
    let sum = |sum: Option<Money>| sum.map_or_else(|| "—".to_owned(), |sum| voice.money(sum));
    let tier = |tier: &LtvTier| Tier {
        name: voice.segment("ltv", &tier.name),
        action: voice.action("ltv", &tier.name),
        customers: voice.count(tier.customers),
        customers_share: voice.share_whole(share_of(tier.customers, customers)),
        median: sum(tier.median_ltv),
        total_share: voice.share_whole(share(tier.total_ltv, total)),
        total_bar: bars::bar(share(tier.total_ltv, total)),
        cap: sum(tier.acquisition_cap),
    };
    Some(super::drawn(&LtvSection {
        v: voice,
        intro: voice.fill(key, &[("months", voice.decimal(ltv.lifetime_months, 1).into())]),
        provisional: (ltv.provisional > 0).then(|| voice.count_of("ltv-provisional", ltv.provisional)),
        tiers: tiers.into_iter().map(tier).collect(),
    }))
}
