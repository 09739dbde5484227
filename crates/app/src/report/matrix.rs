//! The cells of RFM as one table: R down, F across, and with three groups M inside each.

use super::data::{Rfm, RfmCell};
use super::heat;
use super::voice::{Voice, share, share_of};
use model::money::Money;

/// The letters of three groups, from the worst.
const LETTERS: [&str; 3] = ["A", "B", "C"];
/// Named segments of R × F with three groups, by R and then F, from the worst.
const NAMES: [[&str; 3]; 3] = [
    ["lost_one_offs", "lost_repeaters", "lost_regulars"],
    ["cooling_one_offs", "need_attention", "cooling_regulars"],
    ["new", "growing", "loyal"],
];

/// The table, rows from the best R, columns from the worst F.
pub(super) struct Matrix {
    /// Whether M stands inside: only with three groups.
    pub(super) with_money: bool,
    pub(super) columns: Vec<Head>,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Head {
    pub(super) letter: String,
    pub(super) words: String,
}

pub(super) struct Row {
    pub(super) head: Head,
    pub(super) blocks: Vec<Block>,
}

/// One R × F cell with its M cells, or with one for all of M.
pub(super) struct Block {
    /// Name of the segment, with three groups.
    pub(super) name: String,
    pub(super) aim: &'static str,
    pub(super) cells: Vec<Cell>,
}

pub(super) struct Cell {
    pub(super) heat: u8,
    pub(super) code: String,
    pub(super) customers: String,
    pub(super) revenue_share: String,
    /// Last of its block: a little room follows.
    pub(super) last: bool,
}

/// What a group is called: a letter with three groups, a number otherwise.
pub(super) fn group_name(groups: u8, group: u8) -> String {
    match LETTERS.get(usize::from(group).wrapping_sub(1)) {
        Some(letter) if groups == 3 => (*letter).to_owned(),
        _ => group.to_string(),
    }
}

pub(super) fn matrix(voice: &Voice, rfm: &Rfm) -> Matrix {
    let with_money = rfm.groups == 3;
    let monies: Vec<Option<u8>> = if with_money { (1..=3).map(Some).collect() } else { vec![None] };
    let sum = |r: u8, f: u8, m: Option<u8>| {
        let inside = |cell: &&RfmCell| cell.r == r && cell.f == f && m.is_none_or(|m| cell.m == m);
        let cells = rfm.cells.iter().filter(inside);
        cells
            .fold((0, 0), |(customers, revenue), cell| (customers + cell.customers, revenue + cell.revenue.0))
    };
    let pairs = (1..=rfm.groups).flat_map(|r| (1..=rfm.groups).map(move |f| (r, f)));
    let counts =
        pairs.flat_map(|(r, f)| monies.iter().map(move |&m| (r, f, m))).map(|(r, f, m)| sum(r, f, m).0);
    let most = counts.max().unwrap_or(0);
    let whole = Money(rfm.cells.iter().map(|cell| cell.revenue.0).sum());
    let head = |measure: &str, group: u8| Head {
        letter: group_name(rfm.groups, group),
        words: if with_money { voice.say(&format!("rfm-{measure}-{group}")) } else { String::new() },
    };
    let cell = |r: u8, f: u8, m: Option<u8>| {
        let (customers, revenue) = sum(r, f, m);
        let names = [r, f].into_iter().chain(m).map(|group| group_name(rfm.groups, group));
        Cell {
            heat: heat::step(share_of(customers, most), 1.0),
            code: names.collect(),
            customers: voice.count(customers),
            revenue_share: voice.share_whole(share(Money(revenue), whole)),
            last: m.is_none_or(|m| m == rfm.groups),
        }
    };
    let block = |r: u8, f: u8| {
        let name = if with_money { NAMES[usize::from(r) - 1][usize::from(f) - 1] } else { "" };
        let mut words = if name.is_empty() { String::new() } else { voice.segment("rfm", name) };
        if name == "loyal" {
            // The best M of the loyal has a name of its own.
            words = format!("{words} · CCC: {}", voice.segment("rfm", "champions"));
        }
        Block {
            name: words,
            aim: super::segments::aim(name),
            cells: monies.iter().map(|&m| cell(r, f, m)).collect(),
        }
    };
    Matrix {
        with_money,
        columns: (1..=rfm.groups).map(|f| head("f", f)).collect(),
        rows: (1..=rfm.groups)
            .rev()
            .map(|r| Row { head: head("r", r), blocks: (1..=rfm.groups).map(|f| block(r, f)).collect() })
            .collect(),
    }
}
