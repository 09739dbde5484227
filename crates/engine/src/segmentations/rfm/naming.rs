//! Names, meanings and actions of RFM cells.

use super::plan::Plan;
use crate::segmentations::NO_ORDERS;
use crate::segmentations::contract::Settings;

/// The third of the scale that a group lies in. A is the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Third {
    A,
    B,
    C,
}

impl Third {
    /// A third of the groups, rounded to the nearest whole number, is A at the bottom and C at the
    /// top; the rest is B. Two groups are A and C, four are A B B C, five A A B C C.
    pub fn of(group: usize, groups: usize) -> Third {
        let end = (groups + 1) / 3;
        if group < end {
            Third::A
        } else if group >= groups - end {
            Third::C
        } else {
            Third::B
        }
    }

    fn letter(self) -> char {
        match self {
            Third::A => 'A',
            Third::B => 'B',
            Third::C => 'C',
        }
    }
}

/// Names of R×F cells, best first; `champions` are the loyal with the most money.
pub(super) const NINE: [&str; 10] = [
    "champions",
    "loyal",
    "growing",
    "new",
    "cooling_regulars",
    "need_attention",
    "cooling_one_offs",
    "lost_regulars",
    "lost_repeaters",
    "lost_one_offs",
];

/// The eleven-name map of five groups, as widely published after Putler: each of the 125 cells once.
pub(super) const ELEVEN: [(&str, &str); 11] = [
    ("champions", "555 554 544 545 454 455 445"),
    ("loyal", "543 444 435 355 354 345 344 335"),
    (
        "potential_loyalist",
        "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323",
    ),
    ("new_customers", "512 511 422 421 412 411 311"),
    ("promising", "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313"),
    ("need_attention", "535 534 443 434 343 334 325 324"),
    ("about_to_sleep", "331 321 312 221 213 231 241 251"),
    ("at_risk", "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124"),
    ("cannot_lose_them", "155 154 144 214 215 115 114 113"),
    ("hibernating", "332 322 233 232 223 222 132 123 122 212 211"),
    ("lost", "111 112 121 131 141 151"),
];

/// The name of an R×F cell.
pub fn nine(r: Third, f: Third, m: Third) -> &'static str {
    let place = match (r, f) {
        (Third::C, Third::C) if m == Third::C => 0,
        (Third::C, Third::C) => 1,
        (Third::C, Third::B) => 2,
        (Third::C, Third::A) => 3,
        (Third::B, Third::C) => 4,
        (Third::B, Third::B) => 5,
        (Third::B, Third::A) => 6,
        (Third::A, Third::C) => 7,
        (Third::A, Third::B) => 8,
        (Third::A, Third::A) => 9,
    };
    NINE[place]
}

/// The place of a cell of five groups in the eleven-name map.
fn eleven(code: &str) -> Option<usize> {
    ELEVEN.iter().position(|(_, cells)| cells.split(' ').any(|cell| cell == code))
}

/// What a cell means, in words: `bought long ago, rarely and for little`.
pub fn meaning(r: Third, f: Third, m: Third) -> String {
    let often = ["rarely", "now and then", "often"][f as usize];
    let much = ["little", "a middling sum", "much"][m as usize];
    match r {
        Third::C => format!("Bought lately; buys {often} and for {much}."),
        Third::B => format!("Has gone quiet; bought {often} and for {much}."),
        Third::A => format!("Last bought long ago; bought {often} and for {much}."),
    }
}

/// What to do with a cell: R is the aim, F the relation, M the offer.
pub fn action(r: Third, f: Third, m: Third) -> String {
    if (r, f, m) == (Third::A, Third::A, Third::A) {
        return "Send one promo code, or let go.".to_owned();
    }
    let aim = ["Win back", "Wake", "Keep"][r as usize];
    let relation = ["one-off", "repeat", "frequent"][f as usize];
    let offer = match m {
        Third::C => "offer the loyalty programme or personal service",
        Third::A | Third::B => "send a promo code",
    };
    format!("{aim} this {relation} buyer: {offer}.")
}

/// A cell of the cube with what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The code in the column `rfm`, such as `BCC`.
    pub code: String,
    /// The thirds of R, F and M.
    pub thirds: [Third; 3],
    /// The name in the column `rfm_name`.
    pub name: String,
    pub meaning: String,
    pub action: String,
}

/// Every cell, worst first, with names and actions as the settings have them.
///
/// Panics on settings that were not checked by asking for features with them.
pub fn cells(settings: &Settings) -> Vec<Cell> {
    let plan = Plan::checked(settings);
    let cells = plan.cells();
    cells
        .map(|groups| {
            let thirds = groups.map(|group| Third::of(group, plan.groups));
            let [r, f, m] = thirds;
            let default = default_name(&plan, groups).1;
            Cell {
                code: plan.code(groups),
                thirds,
                name: replaced(&plan.names, thirds, default).unwrap_or(default).to_owned(),
                meaning: meaning(r, f, m),
                action: replaced(&plan.actions, thirds, default)
                    .map_or_else(|| action(r, f, m), str::to_owned),
            }
        })
        .collect()
}

/// The names in use, best first and `no_orders` last, and the place in them of the name of every cell and of
/// no cell.
pub(super) fn names(plan: &Plan) -> (Vec<String>, Vec<u16>) {
    let mut cells: Vec<(usize, usize, String)> = Vec::new();
    for (cell, groups) in plan.cells().enumerate() {
        let thirds = groups.map(|group| Third::of(group, plan.groups));
        let (place, default) = default_name(plan, groups);
        let name = replaced(&plan.names, thirds, default).unwrap_or(default);
        cells.push((place, cell, name.to_owned()));
    }
    let mut names: Vec<String> = Vec::new();
    let mut places = vec![0; cells.len()];
    cells.sort();
    for (_, cell, name) in cells {
        let known = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        places[cell] = known as u16;
    }
    places.push(names.len() as u16);
    names.push(NO_ORDERS.to_owned());
    (names, places)
}

/// The name that a cell has without settings, and the name's place in its list.
fn default_name(plan: &Plan, groups: [usize; 3]) -> (usize, &'static str) {
    let known = if plan.groups == 5 { eleven(&plan.code(groups)) } else { None };
    if let Some(place) = known {
        return (place, ELEVEN[place].0);
    }
    let [r, f, m] = groups.map(|group| Third::of(group, plan.groups));
    let name = nine(r, f, m);
    (NINE.iter().position(|known| *known == name).unwrap_or_default(), name)
}

/// What settings put in place: for the cell, else for its R and F, else for its name.
fn replaced<'a>(given: &'a [(String, String)], thirds: [Third; 3], default: &str) -> Option<&'a str> {
    let code: String = thirds.iter().map(|third| third.letter()).collect();
    let find = |key: &str| given.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str());
    find(&code).or_else(|| find(&code[..2])).or_else(|| find(default))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_names_hold_every_cell_once() {
        let mut cells: Vec<&str> = ELEVEN.iter().flat_map(|(_, cells)| cells.split(' ')).collect();
        cells.sort_unstable();
        let all: Vec<String> =
            (0..125).map(|n| format!("{}{}{}", n / 25 + 1, n / 5 % 5 + 1, n % 5 + 1)).collect();
        assert_eq!(cells, all);
    }

    #[test]
    fn thirds_of_other_group_counts() {
        let thirds = |n: usize| (0..n).map(|group| Third::of(group, n).letter()).collect::<String>();
        let all: Vec<String> = (2..=10).map(thirds).collect();
        let expected =
            ["AC", "ABC", "ABBC", "AABCC", "AABBCC", "AABBBCC", "AAABBCCC", "AAABBBCCC", "AAABBBBCCC"];
        assert_eq!(all, expected);
    }

    #[test]
    fn twenty_seven_actions_follow_the_rule() {
        for r in [Third::A, Third::B, Third::C] {
            for f in [Third::A, Third::B, Third::C] {
                for m in [Third::A, Third::B, Third::C] {
                    let text = action(r, f, m);
                    if (r, f, m) == (Third::A, Third::A, Third::A) {
                        assert!(text.contains("let go"));
                        continue;
                    }
                    assert!(text.starts_with(["Win back", "Wake", "Keep"][r as usize]), "{text}");
                    assert!(text.contains(["one-off", "repeat", "frequent"][f as usize]), "{text}");
                    assert_eq!(text.contains("loyalty programme"), m == Third::C, "{text}");
                    assert_eq!(text.contains("promo code"), m != Third::C, "{text}");
                }
            }
        }
        assert_eq!(
            meaning(Third::A, Third::A, Third::A),
            "Last bought long ago; bought rarely and for little."
        );
    }
}
