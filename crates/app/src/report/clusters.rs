//! Groups that customers form by themselves: how many, why, how stable, and the rules that tell them.

use super::bars;
use super::data::{Cluster, Clusters, ReportData, Usual};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::money::Money;

#[derive(Template)]
#[template(path = "report/clusters.html")]
struct ClustersSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    reason: Option<String>,
    verdict: Option<String>,
    accuracy: String,
    features: Vec<String>,
    rows: Vec<Row>,
    rules: Vec<RuleRow>,
}

struct Row {
    name: String,
    customers: String,
    customers_share: String,
    revenue_share: String,
    bar: String,
    stability: String,
    usual: Vec<String>,
}

struct RuleRow {
    name: String,
    rules: Vec<String>,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let clusters = data.clusters.as_ref()?;
    let customers: u64 = clusters.clusters.iter().map(|one| one.customers).sum();
    let revenue = Money(clusters.clusters.iter().map(|one| one.revenue.0.max(0)).sum());
    let features: Vec<String> = clusters.features.iter().map(|name| feature_name(voice, name)).collect();
    let number = voice.count(clusters.clusters.len() as u64);
    let intro = voice.fill(
        "clusters-intro",
        &[
            ("customers", voice.count_of("customers", customers).into()),
            ("number", number.into()),
            ("features", features.join(", ").to_lowercase().into()),
        ],
    );
    let row = |one: &Cluster| {
        let (of_customers, of_revenue) = (share_of(one.customers, customers), share(one.revenue, revenue));
        Row {
            name: voice.segment("clusters", &one.name),
            customers: voice.count(one.customers),
            customers_share: voice.share_whole(of_customers),
            revenue_share: voice.share_whole(of_revenue),
            bar: bars::twin_bar(of_customers, of_revenue),
            stability: one.stability.map_or_else(|| "—".to_owned(), |index| voice.share_whole(index)),
            usual: one.usual.iter().map(|usual| usual_words(voice, *usual)).collect(),
        }
    };
    let rule_row =
        |one: &Cluster| RuleRow { name: voice.segment("clusters", &one.name), rules: one.rules.clone() };
    Some(super::drawn(&ClustersSection {
        v: voice,
        intro,
        reason: reason(voice, clusters),
        verdict: clusters.choice.as_ref().map(|choice| known(voice, "clusters-verdict", &choice.verdict)),
        accuracy: voice.fill("clusters-accuracy", &[("share", voice.share_whole(clusters.accuracy).into())]),
        features,
        rows: clusters.clusters.iter().map(row).collect(),
        rules: clusters.clusters.iter().map(rule_row).collect(),
    }))
}

/// The name of a feature; one that has no words is shown as it is.
fn feature_name(voice: &Voice, name: &str) -> String {
    let key = format!("feature-{name}");
    if voice.knows(&key) { voice.say(&key) } else { name.to_owned() }
}

fn usual_words(voice: &Voice, usual: Usual) -> String {
    match usual {
        Usual::Money(sum) => voice.money(sum),
        Usual::Number(number) => voice.decimal(number, u32::from(number.abs() < 100.0)),
    }
}

fn reason(voice: &Voice, clusters: &Clusters) -> Option<String> {
    let choice = clusters.choice.as_ref()?;
    let [from, to] = choice.tried.map(|number| voice.count(number));
    let why = known(voice, "clusters-reason", &choice.reason);
    let agreement = voice.share_whole(choice.agreement);
    let tried = voice
        .fill("clusters-tried", &[("from", from.into()), ("to", to.into()), ("agreement", agreement.into())]);
    Some(format!("{why} {tried}"))
}

/// A message by the name of a reason or verdict; nothing for one that has no words.
fn known(voice: &Voice, key: &str, name: &str) -> String {
    let key = format!("{key}-{name}");
    if voice.knows(&key) { voice.say(&key) } else { String::new() }
}
