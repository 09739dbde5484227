//! Customers on their way between two days, as bands: an SVG for wide pages and one for narrow ones.
//!
//! Names stand outside of the bands and every bar has room for its own, so no band goes through a letter.
//! The bands stretch sideways; bars and letters keep their size.

use super::data::FlowMove;

/// Width of a letter of a count, in pixels: the widest of the common faces.
const COUNT_LETTER: f64 = 7.0;
/// Height of a line of a label, in pixels.
const LINE: f64 = 16.0;
/// Between one bar and the next, at least, in pixels.
const GAP: f64 = 9.0;
/// Width of a bar, and from it to its label, in pixels.
const BAR: f64 = 9.0;
const BESIDE: f64 = 7.0;
/// Width that bands are drawn for; they are stretched to what there is.
const SPAN: f64 = 100.0;
/// Bands thinner than this are not drawn: the table has them.
const BAND_MIN: f64 = 0.2;

/// For which width of the card a drawing is made.
struct Width {
    /// Class of the drawing in the style sheet, which shows it where it fits.
    class: &'static str,
    /// Height of all bars of a side together, in pixels.
    bars: f64,
    /// Width of a letter of a name, in pixels: of the widest of the common faces and alphabets.
    letter: f64,
    /// Letters of a line of a name, at most.
    letters: usize,
    /// Room for names, at most, in pixels.
    gutter: f64,
}

const WIDTHS: [Width; 2] = [
    Width { class: "wide", bars: 330.0, letter: 9.1, letters: 26, gutter: 250.0 },
    Width { class: "narrow", bars: 300.0, letter: 8.5, letters: 12, gutter: 136.0 },
];

/// A segment at one of the days.
pub(super) struct Node {
    pub(super) name: String,
    /// What the page says of it.
    pub(super) label: String,
    pub(super) count: String,
    /// Class of its colour.
    pub(super) aim: &'static str,
    pub(super) customers: u64,
}

/// One drawing.
pub(super) struct Sankey {
    pub(super) class: &'static str,
    pub(super) height: String,
    pub(super) left: Side,
    pub(super) right: Side,
    pub(super) bands: Vec<Band>,
}

/// Bars of a day with their names.
pub(super) struct Side {
    /// Room for names and bars, in pixels.
    pub(super) width: String,
    /// Where bars begin, and where names stand.
    pub(super) bar_x: String,
    pub(super) text_x: String,
    pub(super) bars: Vec<Bar>,
}

pub(super) struct Bar {
    pub(super) aim: &'static str,
    pub(super) y: String,
    pub(super) height: String,
    /// Lines of the label with the class of each and how far down it stands.
    pub(super) lines: Vec<(&'static str, String, String)>,
    pub(super) title: String,
}

pub(super) struct Band {
    pub(super) aim: &'static str,
    pub(super) path: String,
    pub(super) title: String,
}

/// Where a bar stands, and how much of it bands have taken.
struct Slot {
    y: f64,
    height: f64,
    taken: f64,
    lines: Vec<String>,
}

/// The drawings; empty where nobody was there. `title` says a move in a sentence.
pub(super) fn sankeys(
    left: &[Node],
    right: &[Node],
    moves: &[FlowMove],
    title: &dyn Fn(&FlowMove) -> String,
) -> Vec<Sankey> {
    if left.is_empty() || right.is_empty() {
        return Vec::new();
    }
    WIDTHS.iter().map(|width| sankey(left, right, moves, title, width)).collect()
}

fn sankey(
    left: &[Node],
    right: &[Node],
    moves: &[FlowMove],
    title: &dyn Fn(&FlowMove) -> String,
    width: &Width,
) -> Sankey {
    let all: u64 = right.iter().map(|node| node.customers).sum();
    let scale = width.bars / all.max(1) as f64;
    let (mut from, mut to) = (slots(left, scale, width), slots(right, scale, width));
    let height = end(&from).max(end(&to));
    spread(&mut from, height);
    spread(&mut to, height);
    let mut bands = Vec::new();
    for (start, node) in left.iter().enumerate() {
        for (stop, other) in right.iter().enumerate() {
            let made = moves.iter().find(|one| one.from == node.name && one.to == other.name);
            let Some(made) = made else { continue };
            let thick = made.customers as f64 * scale;
            let (a, b) = (from[start].y + from[start].taken, to[stop].y + to[stop].taken);
            from[start].taken += thick;
            to[stop].taken += thick;
            if thick >= BAND_MIN {
                bands.push(Band { aim: node.aim, path: band(a, b, thick), title: title(made) });
            }
        }
    }
    Sankey {
        class: width.class,
        height: format!("{:.0}", height + 2.0),
        left: side(left, &from, width, true),
        right: side(right, &to, width, false),
        bands,
    }
}

/// From `a` on the left to `b` on the right, so thick.
fn band(a: f64, b: f64, thick: f64) -> String {
    let (middle, low_a, low_b) = (SPAN / 2.0, a + thick, b + thick);
    format!(
        "M0 {a:.2}C{middle} {a:.2} {middle} {b:.2} {SPAN} {b:.2}V{low_b:.2}C{middle} {low_b:.2} {middle} \
         {low_a:.2} 0 {low_a:.2}z"
    )
}

/// Bars one under the other, each with room for its label.
fn slots(nodes: &[Node], scale: f64, width: &Width) -> Vec<Slot> {
    let mut y = 1.0;
    let slot = |node: &Node| {
        let lines = wrapped(&node.label, width.letters);
        let height = node.customers as f64 * scale;
        let room = height.max((lines.len() + 1) as f64 * LINE);
        // A bar that is lower than its label stands in the middle of it.
        let slot = Slot { y: y + (room - height) / 2.0, height, taken: 0.0, lines };
        y += room + GAP;
        slot
    };
    nodes.iter().map(slot).collect()
}

/// Where the room of the last slot ends.
fn end(slots: &[Slot]) -> f64 {
    let room = |slot: &Slot| {
        let label = (slot.lines.len() + 1) as f64 * LINE;
        slot.y + slot.height + ((label - slot.height) / 2.0).max(0.0)
    };
    slots.last().map_or(0.0, room)
}

/// Shares out what is left of the height between the bars.
fn spread(slots: &mut [Slot], height: f64) {
    let left = height - end(slots);
    let parts = slots.len().saturating_sub(1).max(1) as f64;
    for (place, slot) in slots.iter_mut().enumerate() {
        slot.y += left * place as f64 / parts;
    }
}

fn side(nodes: &[Node], slots: &[Slot], width: &Width, is_left: bool) -> Side {
    let letters = |text: &str, letter: f64| text.chars().count() as f64 * letter;
    let longest = nodes.iter().zip(slots).flat_map(|(node, slot)| {
        let names = slot.lines.iter().map(|line| letters(line, width.letter));
        names.chain([letters(&node.count, COUNT_LETTER)])
    });
    let room = (longest.fold(0.0, f64::max) + BAR + BESIDE).min(width.gutter);
    let bar = |(node, slot): (&Node, &Slot)| {
        let rows = slot.lines.len() + 1;
        let top = slot.y + slot.height / 2.0 - rows as f64 * LINE / 2.0;
        let line = |(row, text): (usize, &String)| {
            let class = if row + 1 == rows { "node-count" } else { "node-name" };
            (class, format!("{:.1}", top + LINE * row as f64 + 12.0), text.clone())
        };
        Bar {
            aim: node.aim,
            y: format!("{:.2}", slot.y),
            height: format!("{:.2}", slot.height.max(1.0)),
            lines: slot.lines.iter().chain([&node.count]).enumerate().map(line).collect(),
            title: format!("{}: {}", node.label, node.count),
        }
    };
    let (bar_x, text_x) = if is_left { (room - BAR, room - BAR - BESIDE) } else { (0.0, BAR + BESIDE) };
    Side {
        width: format!("{room:.0}"),
        bar_x: format!("{bar_x:.0}"),
        text_x: format!("{text_x:.0}"),
        bars: nodes.iter().zip(slots).map(bar).collect(),
    }
}

/// A name in lines of at most so many letters, broken between words, and inside of one only where it is
/// longer than a line.
fn wrapped(name: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        let fits = |line: &String| line.chars().count() + 1 + word.len() <= letters;
        if let Some(line) = lines.last_mut().filter(|line| fits(line)) {
            line.push(' ');
            line.extend(word);
            continue;
        }
        // One letter more does no harm, half a word does.
        while word.len() > letters + 2 {
            let rest = word.split_off(letters - 1);
            lines.push(word.into_iter().chain(['-']).collect());
            word = rest;
        }
        lines.push(word.into_iter().collect());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn node(name: usize, customers: u64) -> Node {
        let name = format!("segment {name}");
        Node { label: name.clone(), name, count: customers.to_string(), aim: "keep", customers }
    }

    proptest! {
        #[test]
        fn bars_are_as_high_as_they_are_many_and_labels_never_meet(
            flows in prop::collection::vec((0..6_usize, 0..6_usize, 1..4_000_u64), 1..30),
        ) {
            let mut moves: Vec<FlowMove> = Vec::new();
            for (from, to, customers) in flows {
                let (from, to) = (format!("segment {from}"), format!("segment {to}"));
                if moves.iter().all(|one| one.from != from || one.to != to) {
                    moves.push(FlowMove { from, to, customers, revenue: model::money::Money::ZERO });
                }
            }
            let nodes = |of: &dyn Fn(&FlowMove) -> &String| -> Vec<Node> {
                let all = (0..6).map(|name| {
                    let own = moves.iter().filter(|one| *of(one) == format!("segment {name}"));
                    node(name, own.map(|one| one.customers).sum())
                });
                all.filter(|node| node.customers > 0).collect()
            };
            let (left, right) = (nodes(&|one| &one.from), nodes(&|one| &one.to));
            let all: u64 = moves.iter().map(|one| one.customers).sum();
            for (drawn, width) in sankeys(&left, &right, &moves, &|_| String::new()).iter().zip(&WIDTHS) {
                let total: f64 = drawn.height.parse().unwrap();
                for (side, nodes) in [(&drawn.left, &left), (&drawn.right, &right)] {
                    let mut end = 0.0;
                    for (bar, node) in side.bars.iter().zip(nodes) {
                        let number = |text: &str| text.parse::<f64>().unwrap();
                        let (y, height) = (number(&bar.y), number(&bar.height));
                        let expected = (node.customers as f64 / all as f64 * width.bars).max(1.0);
                        prop_assert!((height - expected).abs() < 0.01);
                        let top = y.min(number(&bar.lines[0].1) - 12.0);
                        prop_assert!(top >= end, "{top} {end}");
                        end = (y + height).max(number(&bar.lines.last().unwrap().1) + 4.0);
                        prop_assert!(end <= total + 0.5, "{end} {total}");
                    }
                }
            }
        }
    }

    #[test]
    fn names_break_between_words() {
        assert_eq!(wrapped("Остывающие постоянные", 13), ["Остывающие", "постоянные"]);
        assert_eq!(wrapped("New", 13), ["New"]);
        assert_eq!(wrapped("Не интересуются", 13), ["Не", "интересуются"]);
        assert_eq!(wrapped("Возвращающиеся", 13), ["Возвращающиеся"]);
        assert_eq!(wrapped("abcdefghijklmnopqrstuvwxyz", 10), ["abcdefghi-", "jklmnopqr-", "stuvwxyz"]);
    }
}
