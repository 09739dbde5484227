//! The named segments as boxes, laid out for four widths; the page shows the one that fits.
//!
//! Letters keep their size at every width, so whether a label fits can be settled here: for the
//! narrowest page that shows a layout. A box too small for its name gets a number, and the name
//! stands in the legend under the drawing. No label is ever cut off.

use super::data::{Rfm, RfmName};
use super::squarify::squarify;
use super::voice::{Voice, share_of};

/// Width of a letter as a part of its size: the widest of the common faces, bold.
const LETTER: f64 = 0.68;
const NAME_SIZE: f64 = 14.0;
const COUNT_SIZE: f64 = 12.5;
const NUMBER_SIZE: f64 = 13.0;
/// Between the edge of a box and its label, both sides together, in pixels.
const PADDING: f64 = 22.0;
/// Between boxes, in pixels.
const GAP: f64 = 3.0;

/// For which width of the card a layout is made.
struct Width {
    /// Class of the layout in the style sheet, which shows it from `narrowest` on.
    class: &'static str,
    /// The width proportions are made for, in pixels.
    usual: f64,
    /// The narrowest card that shows this layout, in pixels.
    narrowest: f64,
    height: f64,
}

const WIDTHS: [Width; 4] = [
    Width { class: "full", usual: 1060.0, narrowest: 1000.0, height: 360.0 },
    Width { class: "wide", usual: 900.0, narrowest: 760.0, height: 360.0 },
    Width { class: "middle", usual: 660.0, narrowest: 520.0, height: 400.0 },
    Width { class: "narrow", usual: 330.0, narrowest: 250.0, height: 560.0 },
];

/// One layout.
pub(super) struct Treemap {
    pub(super) class: &'static str,
    pub(super) height: String,
    pub(super) boxes: Vec<Tile>,
    /// Boxes that have a number for a label.
    pub(super) legend: Vec<Key>,
}

pub(super) struct Tile {
    pub(super) aim: &'static str,
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    /// Lines of the label with the size class of each and how far down it stands.
    pub(super) lines: Vec<Line>,
    pub(super) title: String,
}

pub(super) struct Line {
    pub(super) class: &'static str,
    pub(super) x: &'static str,
    pub(super) y: String,
    pub(super) text: String,
}

pub(super) struct Key {
    pub(super) number: usize,
    pub(super) aim: &'static str,
    pub(super) text: String,
}

/// The layouts; empty where no segment has customers.
pub(super) fn treemaps(voice: &Voice, rfm: &Rfm) -> Vec<Treemap> {
    let mut names: Vec<&RfmName> = rfm.names.iter().filter(|name| name.customers > 0).collect();
    if names.is_empty() {
        return Vec::new();
    }
    names.sort_by(|a, b| b.customers.cmp(&a.customers).then_with(|| a.name.cmp(&b.name)));
    WIDTHS.iter().map(|width| treemap(voice, &names, width)).collect()
}

fn treemap(voice: &Voice, names: &[&RfmName], width: &Width) -> Treemap {
    let total: u64 = names.iter().map(|name| name.customers).sum();
    let values: Vec<f64> = names.iter().map(|name| name.customers as f64).collect();
    let places = squarify(&values, width.usual, width.height);
    let mut legend = Vec::new();
    let mut boxes = Vec::new();
    for (name, place) in names.iter().zip(places) {
        let text = voice.segment("rfm", &name.name);
        let customers = voice.count(name.customers);
        let count = format!("{customers} · {}", voice.share_whole(share_of(name.customers, total)));
        let room = place.width / width.usual * width.narrowest - PADDING;
        let label = label(&text, &[count.clone(), customers], room, place.height - GAP);
        let aim = super::segments::aim(&name.name);
        let title = format!("{text}: {count}");
        let lines = label.unwrap_or_else(|| {
            legend.push(Key { number: legend.len() + 1, aim, text: title.clone() });
            let width = place.width / width.usual * width.narrowest - GAP;
            number(legend.len(), width, place.height - GAP)
        });
        boxes.push(Tile {
            aim,
            x: format!("{:.3}", place.x / width.usual * 100.0),
            y: format!("{:.1}", place.y),
            width: format!("{:.3}", place.width / width.usual * 100.0),
            height: format!("{:.1}", (place.height - GAP).max(1.0)),
            lines,
            title,
        });
    }
    Treemap { class: width.class, height: format!("{:.0}", width.height), boxes, legend }
}

/// The name in one or two lines with the count under it, in the longest form that fits; `None`
/// where none does.
fn label(name: &str, counts: &[String], room: f64, height: f64) -> Option<Vec<Line>> {
    let fits = |text: &str, size: f64| text.chars().count() as f64 * size * LETTER <= room;
    let count = counts.iter().find(|count| fits(count, COUNT_SIZE))?;
    let mut rows: Vec<&str> = vec![name];
    if !fits(name, NAME_SIZE) {
        let breaks = name.match_indices(' ').map(|(at, _)| at);
        let at = breaks.min_by_key(|&at| at.abs_diff(name.len() / 2))?;
        rows = vec![&name[..at], &name[at + 1..]];
    }
    let needed = 14.0 + 18.0 * rows.len() as f64 + 17.0;
    if height < needed || rows.iter().any(|row| !fits(row, NAME_SIZE)) {
        return None;
    }
    let mut y = 23.0;
    let mut lines = Vec::new();
    for row in rows {
        lines.push(Line { class: "tile-name", x: "10", y: format!("{y:.0}"), text: row.to_owned() });
        y += 18.0;
    }
    lines.push(Line { class: "tile-count", x: "10", y: format!("{y:.0}"), text: count.clone() });
    Some(lines)
}

/// A number that the legend explains, in the middle of the box; none where even that does not fit.
fn number(number: usize, width: f64, height: f64) -> Vec<Line> {
    let text = number.to_string();
    if width < text.len() as f64 * NUMBER_SIZE * LETTER + 4.0 || height < NUMBER_SIZE {
        return Vec::new();
    }
    let y = height / 2.0 + NUMBER_SIZE * 0.36;
    vec![Line { class: "tile-number", x: "50%", y: format!("{y:.1}"), text }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_shorten_break_and_give_way() {
        let counts = ["1 234 · 12 %".to_owned(), "1 234".to_owned()];
        let lines = |room, height| label("Cooling regulars", &counts, room, height);
        assert_eq!(lines(200.0, 60.0).unwrap().len(), 2);
        assert_eq!(lines(110.0, 70.0).unwrap().len(), 3);
        assert_eq!(lines(90.0, 70.0).unwrap()[2].text, "1 234");
        assert!(lines(110.0, 60.0).is_none());
        assert!(lines(30.0, 300.0).is_none());
        assert_eq!(number(3, 14.0, 20.0).len(), 1);
        assert!(number(3, 10.0, 20.0).is_empty() && number(3, 30.0, 9.0).is_empty());
    }
}
