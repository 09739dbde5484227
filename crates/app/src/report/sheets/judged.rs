//! What checks found, what has changed, what segments promise and where customers come from.

use super::super::data::{Flow, ReportData};
use super::super::voice::{Voice, share_of};
use super::super::worries;
use super::{count, or_nothing, sheet, text, wide_money};
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
