//! ABC–XYZ: who brings the money, and how evenly.

use super::data::{AbcXyz, AbcXyzCell, ReportData};
use super::heat;
use super::pareto::{self, Pareto};
use super::voice::{Voice, share, share_of};
use askama::Template;
use model::calendar::Period;
use model::money::Money;

const ABC: [char; 3] = ['A', 'B', 'C'];
const XYZ: [char; 4] = ['X', 'Y', 'Z', 'N'];

#[derive(Template)]
#[template(path = "report/abc_xyz.html")]
struct AbcXyzSection<'a> {
    v: &'a Voice<'a>,
    window: String,
    columns: Vec<Head>,
    rows: Vec<Row>,
    pareto: Option<Pareto>,
    /// What to do with each part of the table.
    advice: Vec<(&'static str, String)>,
}

struct Head {
    letter: char,
    words: String,
}

struct Row {
    head: Head,
    cells: Vec<Cell>,
    customers: String,
    revenue_share: String,
}

struct Cell {
    heat: u8,
    customers: String,
    revenue_share: String,
}

pub(super) fn render(voice: &Voice, data: &ReportData) -> Option<String> {
    let abc_xyz = data.abc_xyz.as_ref()?;
    let (first, last) = (abc_xyz.window.first_day(), abc_xyz.window.last_day());
    let window = voice.fill(
        "abc-xyz-window",
        &[
            ("first", voice.day(first).into()),
            ("last", voice.day(last).into()),
            ("period", period_name(abc_xyz).into()),
        ],
    );
    let has_new = abc_xyz.cells.iter().any(|cell| cell.xyz == 'N' && cell.customers > 0);
    let columns: Vec<char> = XYZ.into_iter().filter(|&xyz| xyz != 'N' || has_new).collect();
    let advice = ["AX", "AZ", "BX", "CZ"].map(|code| (code, voice.say(&format!("abc-xyz-{code}"))));
    Some(super::drawn(&AbcXyzSection {
        v: voice,
        window,
        columns: columns.iter().map(|&letter| xyz_head(voice, abc_xyz, letter)).collect(),
        rows: ABC.map(|letter| row(voice, abc_xyz, letter, &columns)).into(),
        pareto: pareto::pareto(voice, abc_xyz),
        advice: advice.into(),
    }))
}

/// What the messages call the period.
pub(super) fn period_name(abc_xyz: &AbcXyz) -> &'static str {
    match abc_xyz.window.period {
        Period::Week => "week",
        Period::Month => "month",
        Period::Quarter => "quarter",
    }
}

fn xyz_head(voice: &Voice, abc_xyz: &AbcXyz, letter: char) -> Head {
    let [x, y] = abc_xyz.xyz_limits;
    let limit = if letter == 'X' { x } else { y };
    let words = voice.fill(&format!("xyz-{letter}"), &[("limit", voice.share_whole(limit).into())]);
    Head { letter, words }
}

fn row(voice: &Voice, abc_xyz: &AbcXyz, abc: char, columns: &[char]) -> Row {
    let whole = Money(abc_xyz.cells.iter().map(|cell| cell.revenue.0).sum());
    let most = abc_xyz.cells.iter().map(|cell| cell.revenue).max().unwrap_or_default();
    let sum = |inside: &dyn Fn(&AbcXyzCell) -> bool| {
        let cells = abc_xyz.cells.iter().filter(|cell| inside(cell));
        cells.fold((0, Money::ZERO), |(customers, revenue), cell| {
            (customers + cell.customers, Money(revenue.0 + cell.revenue.0))
        })
    };
    let cell = |&xyz: &char| {
        let (customers, revenue) = sum(&|cell| cell.abc == abc && cell.xyz == xyz);
        Cell {
            heat: heat::step(revenue.to_f64(), most.to_f64()),
            customers: voice.count(customers),
            revenue_share: voice.share(share(revenue, whole)),
        }
    };
    let (customers, revenue) = sum(&|cell| cell.abc == abc);
    let all: u64 = abc_xyz.cells.iter().map(|cell| cell.customers).sum();
    let count = voice.count(customers);
    Row {
        head: Head { letter: abc, words: voice.say(&format!("abc-{abc}")) },
        cells: columns.iter().map(cell).collect(),
        customers: format!("{count} · {}", voice.share_whole(share_of(customers, all))),
        revenue_share: voice.share(share(revenue, whole)),
    }
}
