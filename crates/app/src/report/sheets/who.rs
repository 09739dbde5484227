//! Who customers are: segments one by one, groups, attributes, interests, deals, effort.

use super::super::data::{ReportData, Usual};
use super::super::portraits::{CardPart, action, card, with_teller};
use super::super::voice::Voice;
use super::{count, or_nothing, sheet, text, wide_money};
use crate::words::committee::seat;
use crate::words::findings::feature;
use engine::outputs::{Sheet, Value};
use engine::portraits::{Portrait, Portraits};
use model::money::SCALE;

pub(super) fn sheets(voice: &Voice, data: &ReportData) -> Vec<Sheet> {
    let mut all = vec![portraits(voice, data), special(voice, data), attributes(voice, data)];
    all.extend([cards(voice, data), needs(voice, data)]);
    all.extend(readiness(voice, data));
    all.extend(clusters(voice, data));
    all.push(rules(voice, data));
    all.extend(interests(voice, data));
    all.extend(deals(voice, data));
    all.extend(committee(voice, data));
    all.extend(effort(voice, data));
    all
}

/// Every segment that has a page, with its segmentation.
fn each(data: &ReportData) -> impl Iterator<Item = (&Portraits, &Portrait)> {
    data.portraits.iter().flat_map(|of| of.portraits.iter().map(move |one| (of, one)))
}

fn portraits(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = each(data).map(|(of, one)| {
        let (persona, story) =
            with_teller(voice, data, |teller| (teller.persona(one), teller.story(of, one).join(" ")));
        vec![
            text(voice.segment(&of.of, &one.name)),
            text(persona),
            text(story),
            text(action(voice, data, of, one)),
            count(one.sums.customers),
            wide_money(one.sums.revenue),
        ]
    });
    let columns = [
        "column-segment",
        "column-persona",
        "column-story",
        "portrait-do",
        "column-customers",
        "column-revenue",
    ];
    sheet(voice, "portraits-title", &columns, rows.collect())
}

fn cards(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = each(data).flat_map(|(of, one)| {
        let (parts, notes) = with_teller(voice, data, |teller| card(voice, data, teller, of, one));
        let name = voice.segment(&of.of, &one.name);
        let row = move |part: CardPart| {
            vec![text(name.clone()), text(part.heading), text(part.text), text(part.mark)]
        };
        parts.into_iter().chain(notes).map(row).collect::<Vec<_>>()
    });
    let columns = ["column-segment", "column-what", "card-title", "column-who-says"];
    sheet(voice, "card-title", &columns, rows.collect())
}

fn needs(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = data.needs.iter().map(|need| {
        vec![
            text(voice.segment(&need.of, &need.segment)),
            text(&need.category),
            count(need.customers),
            count(need.buyers),
            Value::Number(need.expected),
        ]
    });
    let columns = [
        "column-segment",
        "column-category-of-need",
        "column-customers",
        "column-buyers",
        "column-usual-would-be",
    ];
    sheet(voice, "needs-title", &columns, rows.collect())
}

fn special(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = each(data).flat_map(|(of, one)| {
        one.special.iter().map(|special| {
            let shown = |value: f64| match special.value {
                Some(_) => Value::Share(value),
                None => Value::Number(value),
            };
            vec![
                text(voice.segment(&of.of, &one.name)),
                text(feature(voice.words(), &special.name)),
                or_nothing(special.value.clone(), text),
                shown(special.inside),
                shown(special.interval.0),
                shown(special.interval.1),
                shown(special.base),
                or_nothing(special.index, Value::Number),
            ]
        })
    });
    let columns = [
        "column-segment",
        "column-what",
        "column-value",
        "column-inside",
        "column-from",
        "column-to",
        "column-base",
        "column-index",
    ];
    sheet(voice, "special-title", &columns, rows.collect())
}

fn attributes(voice: &Voice, data: &ReportData) -> Sheet {
    let cuts = data.attributes.iter().flat_map(|all| &all.cuts);
    let rows = cuts.flat_map(|cut| {
        cut.values.iter().map(|value| {
            vec![
                text(&cut.name),
                text(value.name.clone().unwrap_or_else(|| "…".to_owned())),
                count(value.customers),
                Value::Money(value.revenue),
            ]
        })
    });
    let columns = ["column-name", "column-value", "column-customers", "column-revenue"];
    sheet(voice, "attributes-title", &columns, rows.collect())
}

fn readiness(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rows = data.readiness.as_ref()?.steps.iter().map(|step| {
        let name = text(voice.segment("readiness", &step.name));
        vec![name, count(step.customers), Value::Money(step.revenue)]
    });
    let columns = ["column-step", "column-customers", "column-revenue"];
    Some(sheet(voice, "readiness-title", &columns, rows.collect()))
}

fn clusters(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let of = data.clusters.as_ref()?;
    let usual = |usual: &Usual| match usual {
        Usual::Number(number) => Value::Number(*number),
        Usual::Money(sum) => Value::Money(*sum),
    };
    let rows = of.clusters.iter().map(|cluster| {
        let mut row = vec![
            text(voice.segment("clusters", &cluster.name)),
            count(cluster.customers),
            Value::Money(cluster.revenue),
            or_nothing(cluster.stability, Value::Number),
            text(cluster.rules.join("\n")),
        ];
        row.extend(cluster.usual.iter().map(usual));
        row
    });
    let columns =
        ["column-cluster", "column-customers", "column-revenue", "column-stability", "column-condition"];
    let mut found = sheet(voice, "clusters-title", &columns, rows.collect());
    found.columns.extend(of.features.iter().map(|name| feature(voice.words(), name)));
    Some(found)
}

fn rules(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = data.rules.iter().map(|rule| {
        vec![
            text(&rule.name),
            or_nothing(rule.condition.clone(), text),
            count(rule.customers),
            count(rule.orders),
            Value::Money(rule.revenue),
        ]
    });
    let columns =
        ["column-segment", "column-condition", "column-customers", "column-orders", "column-revenue"];
    sheet(voice, "rules-title", &columns, rows.collect())
}

fn interests(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rows = data.interests.as_ref()?.top.iter().map(|one| {
        vec![
            text(&one.name),
            Value::Number(one.weight),
            count(one.by_purchases),
            count(one.by_relation),
            count(one.satisfied),
        ]
    });
    let columns = [
        "column-category",
        "column-interested",
        "column-by-purchases",
        "column-by-relation",
        "column-satisfied",
    ];
    Some(sheet(voice, "interests-title", &columns, rows.collect()))
}

fn deals(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rows = data.deals.as_ref()?.classes.iter().map(|class| {
        vec![
            text(&class.name),
            count(class.deals),
            Value::Share(class.share),
            or_nothing(class.conversion, Value::Share),
            or_nothing(class.average, Value::Money),
            or_nothing(class.cycle_days, Value::Number),
            or_nothing(class.cost, Value::Money),
        ]
    });
    let columns = [
        "column-class",
        "column-deals",
        "column-of-deals",
        "column-conversion",
        "column-average-deal",
        "column-cycle",
        "column-cost",
    ];
    Some(sheet(voice, "deals-title", &columns, rows.collect()))
}

fn committee(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let found = data.deals.as_ref()?.committee.as_ref()?;
    let rows = found.chairs.iter().map(|chair| {
        vec![
            text(seat(voice.words(), &chair.seat)),
            count(chair.companies),
            or_nothing(chair.share, |share| Value::Share(share.value)),
            or_nothing(chair.others_share, |share| Value::Share(share.value)),
            or_nothing(chair.influence, |influence| Value::Number(influence as f64 / SCALE as f64)),
            text(chair.work_motives.join(", ")),
            text(chair.personal_motives.join(", ")),
            text(chair.interests.join(", ")),
        ]
    });
    let columns = [
        "column-position",
        "column-companies",
        "column-share",
        "column-where-open",
        "column-influence",
        "column-work-motives",
        "column-personal-motives",
        "column-asks-about",
    ];
    Some(sheet(voice, "committee-title", &columns, rows.collect()))
}

fn effort(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rows = data.effort.as_ref()?.segments.iter().map(|segment| {
        vec![
            text(voice.segment("effort", &segment.name)),
            count(segment.customers),
            Value::Number(segment.hours),
            Value::Money(segment.cost),
            Value::Money(segment.money),
        ]
    });
    let columns = ["column-segment", "column-customers", "column-hours", "column-cost", "column-brought"];
    Some(sheet(voice, "effort-title", &columns, rows.collect()))
}
