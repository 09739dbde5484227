//! Places of bubbles and labels, and what is said of them.

use super::*;
use engine::targets::Axis;
use proptest::prelude::*;

fn point(number: usize, name: &str, (x, y): (f64, f64), bubble: f64) -> Point {
    Point { number, name: name.to_owned(), x, y, bubble, is_out: number.is_multiple_of(3) }
}

proptest! {
    #[test]
    fn labels_never_meet_and_areas_are_as_the_figures(
        rows in prop::collection::vec((0.0..=10.0_f64, 0.0..=10.0_f64, 0.0..1e6_f64), 1..45),
    ) {
        let each = rows.iter().enumerate();
        let all: Vec<Point> = each.map(|(n, one)| point(n + 1, "a", (one.0, one.1), one.2)).collect();
        let (places, side) = places(&all);
        let mut labels: Vec<f64> = places.iter().map(|place| place.label).collect();
        labels.sort_by(f64::total_cmp);
        prop_assert!(labels.windows(2).all(|two| two[1] - two[0] >= LINE - 1e-9));
        prop_assert!(labels[0] >= LINE / 2.0 - 1e-9);
        prop_assert!(labels[labels.len() - 1] <= side + 2.0 * RADIUS_MAX - LINE / 2.0 + 1e-9);
        for (one, at) in all.iter().zip(&places) {
            for (end, middle) in [(MARGIN, at.x), (0.0, at.y)] {
                prop_assert!(middle - at.radius >= end - 1e-9);
                prop_assert!(middle + at.radius <= end + side + 2.0 * RADIUS_MAX + 1e-9);
            }
            for (other, its) in all.iter().zip(&places) {
                if one.bubble > other.bubble && its.radius > RADIUS_MIN {
                    let areas = (at.radius / its.radius).powi(2);
                    prop_assert!((areas - one.bubble / other.bubble).abs() < 1e-6 * areas);
                }
                prop_assert!(one.y <= other.y || at.y <= its.y);
                prop_assert!(one.x <= other.x || at.x >= its.x);
            }
        }
    }
}

#[test]
fn names_are_escaped_cut_and_said_to_be_out() {
    let long = "a segment whose name is longer than its label";
    let all = [point(1, "<b> & \"c\"", (2.0, 8.0), 4.0), point(3, long, (7.0, 1.0), 1.0)];
    for language in Language::ALL {
        let v = Voice::new(language, "");
        let drawn = svg(&v, &all);
        assert!(drawn.contains("1 &lt;b&gt; &amp; &quot;c&quot;</text>") && !drawn.contains("<b>"));
        assert!(
            drawn.contains("3 a segment")
                && drawn.contains('…')
                && drawn.contains("stroke-dasharray=\"4 3\"")
        );
        assert!(drawn.contains(&format!("({})</text>", v.say("evaluation-out"))), "{drawn}");
        assert_eq!(drawn.matches("<circle").count(), 2);
        assert!(!drawn.contains('⟦') && !drawn.contains("style="));
        let narrow = plot(&v, &all, false);
        assert!(narrow.contains(">3</text>") && !narrow.contains("3 a segment"));
    }
}

#[test]
fn the_section_has_both_plots_and_its_table_in_every_language() {
    let axis = |value| Axis { value, ratings: Vec::new() };
    let segment = |name: &str, x, y, knocked_out: &[&'static str]| Evaluated {
        name: name.to_owned(),
        customers: 1_200,
        knocked_out: knocked_out.iter().map(|name| (*name).to_owned()).collect(),
        unknown: Vec::new(),
        competitiveness: axis(x),
        attractiveness: axis(y),
        bubble: 9.0,
    };
    let every: Vec<&'static str> = engine::targets::KNOCK_OUTS.iter().map(|one| one.name).collect();
    let segments = vec![
        segment("champions", Some(9.04), Some(6.5), &[]),
        segment("lost_one_offs", None, Some(1.0), &every),
    ];
    let evaluation = Evaluation { segments, left_out: Vec::new() };
    for (language, name, figure) in [
        (Language::En, "1 Champions", "9.0"),
        (Language::Ru, "1 Чемпионы", "9,0"),
        (Language::Ca, "1 Campions", "9,0"),
        (Language::Lv, "1 Čempioni", "9,0"),
    ] {
        let html = section(&evaluation, Bubble::Revenue, "rfm", language);
        for expected in [name, figure, "class=\"sankey wide\"", "class=\"sankey narrow\"", "–</td>"] {
            assert!(html.contains(expected), "{expected} in {html}");
        }
        assert!(!html.contains('⟦') && html.matches("<circle").count() == 2, "{html}");
        assert!(file(&evaluation, "rfm", language).contains(name));
    }
}
