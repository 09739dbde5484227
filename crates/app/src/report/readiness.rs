//! Readiness: how many customers stand on each step of the ladder to the next purchase.

use super::data::{ReadinessStep, ReportData};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::money::Money;

/// Height of a step of the picture, and of its bar, in pixels.
const STEP: usize = 56;
const BAR: usize = 26;
/// The narrowest bar, in per cent: nobody is nothing, one customer is to be seen.
const NARROWEST: f64 = 0.6;

#[derive(Template)]
#[template(path = "report/readiness.html")]
struct ReadinessSection<'a> {
    v: &'a Voice<'a>,
    intro: String,
    untouched: Option<String>,
    height: usize,
    rungs: Vec<Rung>,
    rows: Vec<Row>,
}

/// A step of the picture.
struct Rung {
    name: String,
    count: String,
    text_y: usize,
    y: usize,
    x: String,
    width: String,
}

struct Row {
    name: String,
    action: String,
    customers: String,
    customers_share: String,
    revenue_share: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let readiness = data.readiness.as_ref()?;
    let steps = &readiness.steps;
    let customers: u64 = steps.iter().map(|step| step.customers).sum();
    let most = steps.iter().map(|step| step.customers).max().unwrap_or(0);
    let revenue = Money(steps.iter().map(|step| step.revenue.0).sum());
    let ready = steps.iter().filter(|step| ["buying", "choosing"].contains(&step.name.as_str()));
    let ready: u64 = ready.map(|step| step.customers).sum();
    let untouched = customers.saturating_sub(data.happened.customers);
    let part = |count: u64| voice.share(share_of(count, customers));
    let rung = |(place, step): (usize, &ReadinessStep)| {
        let of_most = share_of(step.customers, most) * 100.0;
        let width = if step.customers == 0 { 0.0 } else { of_most.max(NARROWEST) };
        Rung {
            name: voice.segment("readiness", &step.name),
            count: format!("{} · {}", voice.count(step.customers), part(step.customers)),
            text_y: place * STEP + 15,
            y: place * STEP + 22,
            x: format!("{:.2}", (100.0 - width) / 2.0),
            width: format!("{width:.2}"),
        }
    };
    let row = |step: &ReadinessStep| Row {
        name: voice.segment("readiness", &step.name),
        action: voice.action("readiness", &step.name),
        customers: voice.count(step.customers),
        customers_share: part(step.customers),
        revenue_share: if revenue.0 > 0 {
            voice.share(share(step.revenue, revenue))
        } else {
            "—".to_owned()
        },
    };
    Some(super::drawn(&ReadinessSection {
        v: voice,
        intro: voice.fill(
            "readiness-intro",
            &[
                ("part", voice.share_said(share_of(ready, customers)).into()),
                ("customers", voice.count_of("customers", ready).into()),
            ],
        ),
        untouched: (untouched > 0)
            .then(|| voice.fill("readiness-untouched", &[("share", part(untouched).into())])),
        height: steps.len() * STEP - (STEP - 22 - BAR),
        rungs: steps.iter().enumerate().map(rung).collect(),
        rows: steps.iter().map(row).collect(),
    }))
}
