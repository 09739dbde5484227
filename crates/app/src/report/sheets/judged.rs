//! What checks found, what has changed, what segments promise and where customers come from.

use super::super::data::{Flow, ReportData};
use super::super::voice::{Voice, share_of};
use super::super::worries;
use super::{count, or_nothing, sheet, text, wide_money};
use crate::words::findings::feature;
use engine::outputs::{Sheet, Value};

pub(super) fn sheets(voice: &Voice, data: &ReportData) -> Vec<Sheet> {
    let mut all = vec![checks(voice, data)];
    if let Some(changes) = &data.changes {
        let flows =
            [("changes-rfm-title", "rfm", &changes.rfm), ("changes-stages-title", "stage", &changes.stages)];
        all.extend(
            flows.into_iter().filter_map(|(name, of, flow)| Some(moves(voice, name, of, flow.as_ref()?))),
        );
    }
    all.extend(targets(voice, data));
    all.extend(prediction(voice, data));
    all.extend(origins(voice, data));
    all.extend(evaluation(voice, data));
    all.extend([market(voice, data), spots(voice, data)]);
    all
}

fn checks(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = worries::all(voice, data)
        .into_iter()
        .map(|(of, said)| vec![text(of.join(", ")), text(said.sentence), text(said.advice)]);
    let columns = ["column-segmentation", "column-found", "portrait-do"];
    sheet(voice, "worries-title", &columns, rows.collect())
}

fn moves(voice: &Voice, name: &str, of: &str, flow: &Flow) -> Sheet {
    let label = |segment: &str| text(super::super::changes::label(voice, of, segment));
    let from_size = |from: &str| -> u64 {
        flow.moves.iter().filter(|one| one.from == from).map(|one| one.customers).sum()
    };
    let rows = flow.moves.iter().map(|one| {
        vec![
            label(&one.from),
            label(&one.to),
            count(one.customers),
            Value::Share(share_of(one.customers, from_size(&one.from))),
            Value::Money(one.revenue),
        ]
    });
    let columns = ["column-were-in", "column-are-in", "column-customers", "column-of-row", "column-revenue"];
    sheet(voice, name, &columns, rows.collect())
}

fn targets(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let targets = data.targets.as_ref()?;
    let rows = targets.segments.iter().map(|one| {
        vec![
            text(voice.segment(&targets.of, &one.name)),
            count(one.sums.customers),
            count(one.reachable),
            Value::Share(share_of(one.returning, one.sums.customers)),
            wide_money(one.revenue_year),
            or_nothing(one.growth(), Value::Share),
            or_nothing(one.order_value, Value::Money),
            or_nothing(one.average_ltv(), Value::Money),
        ]
    });
    let columns = [
        "column-segment",
        "column-customers",
        "column-reachable",
        "column-returning",
        "column-year",
        "column-growth",
        "column-order-leaves",
        "column-average-ltv",
    ];
    Some(sheet(voice, "targets-title", &columns, rows.collect()))
}

fn evaluation(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let targets = data.targets.as_ref()?;
    let rows = targets.evaluation.as_ref()?.segments.iter().map(|one| {
        let out = one.knocked_out.iter().map(|name| voice.say(&format!("knock-out-{name}")));
        vec![
            text(voice.segment(&targets.of, &one.name)),
            count(one.customers),
            or_nothing(one.attractiveness.value, Value::Number),
            or_nothing(one.competitiveness.value, Value::Number),
            text(out.collect::<Vec<_>>().join(", ")),
        ]
    });
    let columns = ["column-segment", "column-customers", "evaluation-y", "evaluation-x", "evaluation-out-by"];
    Some(sheet(voice, "evaluation-title", &columns, rows.collect()))
}

fn market(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = data.market.iter().flat_map(|market| {
        market.values.iter().map(|one| {
            vec![
                text(&market.population),
                text(feature(voice.words(), &one.attribute)),
                text(&one.value),
                Value::Share(one.here),
                Value::Share(one.there),
                or_nothing(one.index, Value::Number),
                text(one.addressed.join(", ")),
            ]
        })
    });
    let columns = [
        "column-there",
        "column-what",
        "column-value",
        "column-customers",
        "column-there",
        "column-index",
        "column-addressed",
    ];
    sheet(voice, "market-title", &columns, rows.collect())
}

fn spots(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = data.market.iter().flat_map(|market| {
        market.spots.iter().map(|one| {
            let place =
                one.values.iter().map(|(name, value)| format!("{}: {value}", feature(voice.words(), name)));
            vec![
                text(&market.population),
                text(place.collect::<Vec<_>>().join("; ")),
                Value::Share(one.share),
                count(one.customers),
                Value::Number(one.expected),
                Value::Number(one.expected - one.customers as f64),
                text(one.addressed.join(", ")),
            ]
        })
    });
    let columns = [
        "column-there",
        "column-where",
        "column-share",
        "column-customers",
        "column-usual-would-be",
        "column-missing",
        "column-addressed",
    ];
    sheet(voice, "spots-title", &columns, rows.collect())
}

fn prediction(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let check = data.prediction.as_ref()?.check.as_ref()?;
    let rows = check
        .weeks
        .iter()
        .map(|week| vec![Value::Day(week.day), count(week.actual), Value::Number(week.expected)]);
    let columns = ["column-until", "column-came", "column-expected"];
    Some(sheet(voice, "prediction-weeks-title", &columns, rows.collect()))
}

fn origins(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rows = data.origins.as_ref()?.rows.iter().map(|one| {
        let [low, value, high] = match one.conversion {
            Some(of) => of.map(Value::Share),
            None => [Value::Nothing, Value::Nothing, Value::Nothing],
        };
        vec![
            text(one.name.clone().unwrap_or_else(|| voice.say("origins-unknown"))),
            Value::Number(one.people),
            Value::Number(one.customers),
            value,
            low,
            high,
            or_nothing(one.index, Value::Number),
            Value::Money(one.revenue),
            or_nothing(one.average_ltv, Value::Money),
        ]
    });
    let columns = [
        "column-origin",
        "column-people",
        "column-customers",
        "column-converted",
        "column-from",
        "column-to",
        "column-index",
        "column-revenue",
        "column-average-ltv",
    ];
    Some(sheet(voice, "origins-title", &columns, rows.collect()))
}
