//! The segment evaluation plot: what segments are worth to us above what we are worth to them, as an SVG
//! for wide pages and one for narrow ones.
//!
//! Names stand in a column beside the plot, each tied to its bubble by a line, so none goes over another;
//! on narrow pages only their numbers do. Whoever is ruled out is dashed and empty, and said to be out.

use super::drawn;
use super::voice::Voice;
use crate::words::Language;
use askama::Template;
use engine::targets::{Bubble, Evaluated, Evaluation, RATING_MAX};
use std::fmt::Write;

/// Side of the square that bubbles' centres lie in, at least, in pixels.
const SIDE: f64 = 340.0;
/// Radius of the largest bubble, and of the smallest that is drawn.
const RADIUS_MAX: f64 = 30.0;
const RADIUS_MIN: f64 = 4.0;
/// Room for the name of an axis and its figures.
const MARGIN: f64 = 44.0;
/// Height of a label.
const LINE: f64 = 18.0;
/// From the plot to the labels.
const BESIDE: f64 = 26.0;
/// Letters of a label, at most, and how wide one may be.
const LETTERS_MAX: usize = 34;
const LETTER: f64 = 8.0;
/// Room for a number alone.
const NUMBER: f64 = 22.0;
/// Where an axis has figures.
const TICKS: [f64; 3] = [0.0, RATING_MAX / 2.0, RATING_MAX];

/// A segment in the plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its number in the table.
    pub number: usize,
    /// As the page says it.
    pub name: String,
    /// What we are worth to it, and it to us, from 0 to 10.
    pub x: f64,
    pub y: f64,
    /// Money or customers; the area of the bubble.
    pub bubble: f64,
    pub is_out: bool,
}

/// A row of the table.
struct Row {
    number: usize,
    name: String,
    customers: String,
    y: String,
    x: String,
    out_by: String,
}

#[derive(Template)]
#[template(path = "report/evaluation.html")]
struct Section<'a> {
    v: &'a Voice<'a>,
    bubble: String,
    wide: String,
    narrow: String,
    rows: Vec<Row>,
}

/// The plot of the segments of the segmentation `of` with its table, as a part of a page.
pub fn section(evaluation: &Evaluation, bubble: Bubble, of: &str, language: Language) -> String {
    let v = &Voice::new(language, "");
    let points = points(v, of, evaluation);
    let row = |(place, one): (usize, &Evaluated)| Row {
        number: place + 1,
        name: v.segment(of, &one.name),
        customers: v.count(one.customers),
        y: said(v, one.attractiveness.value),
        x: said(v, one.competitiveness.value),
        out_by: one
            .knocked_out
            .iter()
            .map(|name| v.say(&format!("knock-out-{name}")))
            .collect::<Vec<_>>()
            .join(", "),
    };
    drawn(&Section {
        v,
        bubble: v.say(match bubble {
            Bubble::Revenue => "evaluation-bubble-revenue",
            Bubble::Customers => "evaluation-bubble-customers",
        }),
        wide: svg(v, &points),
        narrow: plot(v, &points, false),
        rows: evaluation.segments.iter().enumerate().map(row).collect(),
    })
}

/// The plot alone, as a file that any program shows.
pub fn file(evaluation: &Evaluation, of: &str, language: Language) -> String {
    let v = &Voice::new(language, "");
    // A page knows by itself what an SVG is, a file has to say so.
    svg(v, &points(v, of, evaluation)).replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1)
}

fn said(v: &Voice<'_>, value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| v.decimal(value, 1))
}

/// The segments of which both sides are known.
fn points(v: &Voice<'_>, of: &str, evaluation: &Evaluation) -> Vec<Point> {
    let point = |(place, one): (usize, &Evaluated)| {
        Some(Point {
            number: place + 1,
            name: v.segment(of, &one.name),
            x: one.competitiveness.value?,
            y: one.attractiveness.value?,
            bubble: one.bubble,
            is_out: !one.knocked_out.is_empty(),
        })
    };
    evaluation.segments.iter().enumerate().filter_map(point).collect()
}

/// The plot with names.
pub(super) fn svg(v: &Voice<'_>, points: &[Point]) -> String {
    plot(v, points, true)
}

/// Where a bubble stands and its label does.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    x: f64,
    y: f64,
    radius: f64,
    /// Middle of the label.
    label: f64,
}

/// Places of the points in their order, and the height of the square.
fn places(points: &[Point]) -> (Vec<Place>, f64) {
    let side = SIDE.max(points.len() as f64 * LINE - 2.0 * RADIUS_MAX);
    let most = points.iter().fold(0.0, |most: f64, one| most.max(one.bubble));
    let at = |value: f64| value.clamp(0.0, RATING_MAX) / RATING_MAX * side;
    let place = |one: &Point| {
        let part = if most > 0.0 { (one.bubble / most).max(0.0).sqrt() } else { 1.0 };
        let (x, y) = (MARGIN + RADIUS_MAX + at(one.x), RADIUS_MAX + side - at(one.y));
        Place { x, y, radius: (part * RADIUS_MAX).max(RADIUS_MIN), label: y }
    };
    let mut places: Vec<Place> = points.iter().map(place).collect();
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|&a, &b| places[a].y.total_cmp(&places[b].y).then(places[b].x.total_cmp(&places[a].x)));
    // Down the column each label keeps off the one above; what goes below the plot is pushed up again.
    let mut free = LINE / 2.0;
    for &place in &order {
        places[place].label = places[place].label.max(free);
        free = places[place].label + LINE;
    }
    let mut end = side + 2.0 * RADIUS_MAX - LINE / 2.0;
    for &place in order.iter().rev() {
        places[place].label = places[place].label.min(end);
        end = places[place].label - LINE;
    }
    (places, side)
}

fn label(v: &Voice<'_>, point: &Point, has_names: bool) -> String {
    if !has_names {
        return point.number.to_string();
    }
    let out = if point.is_out { format!(" ({})", v.say("evaluation-out")) } else { String::new() };
    let room = LETTERS_MAX.saturating_sub(out.chars().count());
    let mut name: String = point.name.chars().take(room).collect();
    if point.name.chars().count() > room {
        name.pop();
        name.push('…');
    }
    format!("{} {name}{out}", point.number)
}

fn plot(v: &Voice<'_>, points: &[Point], has_names: bool) -> String {
    let (places, side) = places(points);
    let box_side = side + 2.0 * RADIUS_MAX;
    let labels: Vec<String> = points.iter().map(|point| label(v, point, has_names)).collect();
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    let gutter = if has_names { longest as f64 * LETTER } else { NUMBER };
    let (width, height) = (MARGIN + box_side + BESIDE + gutter, box_side + MARGIN);
    let named: Vec<String> = points.iter().map(|point| sentence(v, point)).collect();
    let mut text = format!(
        "<svg class=\"evaluation\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" \
         role=\"img\" aria-label=\"{}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"currentColor\">",
        escaped(&format!("{}. {}", v.say("evaluation-title"), named.join("; ")))
    );
    axes(&mut text, v, side);
    let label_x = MARGIN + box_side + BESIDE;
    bubbles(&mut text, points, &places, &named, label_x);
    for (at, label) in places.iter().zip(&labels) {
        let _ =
            write!(text, "<text x=\"{label_x:.1}\" y=\"{:.1}\">{}</text>", at.label + 4.5, escaped(label));
    }
    text.push_str("</svg>");
    text
}

/// Bubbles, and below them the lines to their labels.
fn bubbles(text: &mut String, points: &[Point], places: &[Place], named: &[String], label_x: f64) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    // Large ones first, so that none is under another.
    order.sort_by(|&a, &b| places[b].radius.total_cmp(&places[a].radius));
    for &place in &order {
        let at = places[place];
        let _ = write!(
            text,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" fill=\"none\" stroke=\"currentColor\" \
             stroke-opacity=\"0.35\"></path>",
            at.x,
            at.y,
            label_x - 5.0,
            at.label
        );
    }
    for &place in &order {
        let (at, point) = (places[place], &points[place]);
        let look = if point.is_out {
            "fill=\"none\" stroke-dasharray=\"4 3\""
        } else {
            "fill-opacity=\"0.25\" stroke-width=\"1.5\""
        };
        let _ = write!(
            text,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\" stroke=\"currentColor\" {look}><title>{}</title>\
             </circle>",
            at.x,
            at.y,
            at.radius,
            escaped(&named[place])
        );
    }
}

fn sentence(v: &Voice<'_>, point: &Point) -> String {
    let (x, y) = (v.decimal(point.x, 1), v.decimal(point.y, 1));
    let args = [("name", point.name.as_str().into()), ("x", x.into()), ("y", y.into())];
    let said = v.fill("evaluation-of", &args);
    if point.is_out { format!("{said} ({})", v.say("evaluation-out")) } else { said }
}

/// The square, a line through its middle each way, figures and names of the axes.
fn axes(text: &mut String, v: &Voice<'_>, side: f64) {
    let box_side = side + 2.0 * RADIUS_MAX;
    let (left, bottom, right) = (MARGIN, box_side, MARGIN + box_side);
    let at = |tick: f64| RADIUS_MAX + tick / RATING_MAX * side;
    let _ = write!(
        text,
        "<path d=\"M{left} 0V{bottom:.1}H{right:.1}\" fill=\"none\" stroke=\"currentColor\"></path>\
         <path d=\"M{:.1} 0V{bottom:.1}M{left} {:.1}H{right:.1}\" fill=\"none\" stroke=\"currentColor\" \
         stroke-opacity=\"0.25\" stroke-dasharray=\"2 4\"></path>",
        left + at(TICKS[1]),
        at(TICKS[1])
    );
    for tick in TICKS {
        let figure = v.decimal(tick, 0);
        let _ = write!(
            text,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{figure}</text>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{figure}</text>",
            left + at(tick),
            bottom + 17.0,
            left - 6.0,
            bottom - at(tick) + 4.5
        );
    }
    let _ = write!(
        text,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{} →</text>\
         <text transform=\"translate(13 {:.1}) rotate(-90)\" text-anchor=\"middle\">{} →</text>",
        left + box_side / 2.0,
        bottom + 37.0,
        escaped(&v.say("evaluation-x")),
        box_side / 2.0,
        escaped(&v.say("evaluation-y"))
    );
}

/// Text that stands inside of elements and attributes.
fn escaped(text: &str) -> String {
    let plain = text.replace('&', "&amp;").replace('<', "&lt;");
    plain.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
