//! What there is: totals, months, and the base cut by orders.

use super::super::data::{Goods, ReportData};
use super::super::segments::ordered;
use super::super::voice::{Voice, share, share_of};
use super::{count, or_nothing, sheet, text};
use engine::outputs::{Sheet, Value};
use model::money::SCALE;

pub(super) fn sheets(voice: &Voice, data: &ReportData) -> Vec<Sheet> {
    let mut all = vec![totals(voice, data), months(voice, data)];
    all.extend(rfm(voice, data));
    all.extend(cells(voice, data));
    all.extend(abc_xyz(voice, data));
    all.extend(ltv(voice, data));
    all.extend(stages(voice, data));
    all.extend(volume(voice, data));
    all.push(goods(voice, "goods-categories", &data.categories));
    all.push(goods(voice, "goods-products", &data.products));
    all.extend(cohorts(voice, data));
    all
}

fn totals(voice: &Voice, data: &ReportData) -> Sheet {
    let totals = &data.totals;
    let row = |key: &str, value: Value| vec![text(voice.say(key)), value];
    let mut rows = vec![
        row("figure-revenue", Value::Money(totals.revenue)),
        row("figure-orders", count(totals.orders)),
        row("figure-customers", count(totals.customers)),
        row("figure-buyers", count(totals.buyers)),
        row("figure-repeat", Value::Share(share_of(totals.repeat_buyers, totals.buyers))),
    ];
    let period = [totals.first_day, totals.last_day].into_iter().flatten();
    rows.extend(period.map(|day| row("figure-period", Value::Day(day))));
    sheet(voice, "summary-title", &["column-measure", "column-value"], rows)
}

fn months(voice: &Voice, data: &ReportData) -> Sheet {
    let rows = data
        .months
        .iter()
        .map(|month| vec![Value::Day(month.month), Value::Money(month.revenue), count(month.orders)]);
    sheet(voice, "months-title", &["month", "column-revenue", "column-orders"], rows.collect())
}

fn rfm(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rfm = data.rfm.as_ref()?;
    let rows = ordered(rfm).into_iter().map(|name| {
        vec![
            text(voice.segment("rfm", &name.name)),
            count(name.customers),
            count(name.orders),
            Value::Money(name.revenue),
            or_nothing(name.average_order, Value::Money),
            or_nothing(name.median_recency_days, Value::Number),
            text(super::super::segments::action(voice, rfm, name)),
        ]
    });
    let columns = [
        "column-segment",
        "column-customers",
        "column-orders",
        "column-revenue",
        "column-average",
        "column-recency",
        "portrait-do",
    ];
    Some(sheet(voice, "rfm-title", &columns, rows.collect()))
}

fn cells(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rfm = data.rfm.as_ref()?;
    let mut cells: Vec<_> = rfm.cells.iter().collect();
    cells.sort_by_key(|cell| std::cmp::Reverse((cell.r, cell.f, cell.m)));
    let code = |group: u8| super::super::matrix::group_name(rfm.groups, group);
    let rows = cells.into_iter().map(|cell| {
        vec![
            text([cell.r, cell.f, cell.m].map(code).concat()),
            count(cell.customers),
            count(cell.orders),
            Value::Money(cell.revenue),
        ]
    });
    let columns = ["column-code", "column-customers", "column-orders", "column-revenue"];
    Some(sheet(voice, "matrix-title", &columns, rows.collect()))
}

fn abc_xyz(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let of = data.abc_xyz.as_ref()?;
    let mut cells: Vec<_> = of.cells.iter().collect();
    cells.sort_by_key(|cell| (cell.abc, cell.xyz == 'N', cell.xyz));
    let rows = cells.into_iter().map(|cell| {
        vec![text(format!("{}{}", cell.abc, cell.xyz)), count(cell.customers), Value::Money(cell.revenue)]
    });
    let columns = ["column-code", "column-customers", "column-revenue"];
    Some(sheet(voice, "abc-xyz-title", &columns, rows.collect()))
}

fn ltv(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rows = data.ltv.as_ref()?.tiers.iter().map(|tier| {
        vec![
            text(voice.segment("ltv", &tier.name)),
            count(tier.customers),
            or_nothing(tier.median_ltv, Value::Money),
            Value::Money(tier.total_ltv),
            or_nothing(tier.acquisition_cap, Value::Money),
        ]
    });
    let columns = ["column-tier", "column-customers", "column-median-ltv", "ltv-title", "column-cap"];
    Some(sheet(voice, "ltv-title", &columns, rows.collect()))
}

fn stages(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rows = data.stages.as_ref()?.stages.iter().map(|stage| {
        vec![
            text(voice.segment("stage", &stage.name)),
            count(stage.customers),
            count(stage.asleep),
            Value::Money(stage.revenue),
        ]
    });
    let columns = ["column-stage", "column-customers", "column-asleep", "column-revenue"];
    Some(sheet(voice, "stages-title", &columns, rows.collect()))
}

fn volume(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let rows = data.volume.as_ref()?.iter().map(|group| {
        vec![
            text(voice.segment("volume", &group.name)),
            count(group.customers),
            count(group.orders),
            Value::Money(group.revenue),
        ]
    });
    let columns = ["column-segment", "column-customers", "column-orders", "column-revenue"];
    Some(sheet(voice, "volume-title", &columns, rows.collect()))
}

fn goods(voice: &Voice, name: &str, goods: &[Goods]) -> Sheet {
    let rows = goods.iter().map(|one| {
        vec![
            text(&one.name),
            Value::Money(one.revenue),
            count(one.orders),
            count(one.customers),
            or_nothing(one.quantity, |quantity| Value::Number(quantity as f64 / SCALE as f64)),
        ]
    });
    let columns = ["column-name", "column-revenue", "column-orders", "column-customers", "column-quantity"];
    sheet(voice, name, &columns, rows.collect())
}

fn cohorts(voice: &Voice, data: &ReportData) -> Option<Sheet> {
    let of_age = |cohort: &super::super::data::Cohort| {
        let (month, customers) = (cohort.month, cohort.customers);
        let first = cohort.ages.first().map(|age| age.revenue).unwrap_or_default();
        let ages = cohort.ages.iter().enumerate();
        let row = |(age, of): (usize, &super::super::data::CohortAge)| {
            vec![
                Value::Day(month),
                count(age as u64),
                count(customers),
                count(of.active),
                Value::Share(share_of(of.active, customers)),
                Value::Money(of.revenue),
                Value::Share(share(of.revenue, first)),
            ]
        };
        ages.map(row).collect::<Vec<_>>()
    };
    let columns = [
        "column-cohort",
        "column-age",
        "column-customers",
        "column-active",
        "column-share",
        "column-revenue",
        "column-of-first-month",
    ];
    Some(sheet(voice, "cohorts-title", &columns, data.cohorts.as_ref()?.iter().flat_map(of_age).collect()))
}
