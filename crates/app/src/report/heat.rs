//! The colours of heat cells, and black or white text on each, whichever reads better.
//!
//! Between the lightest and the darkest colour there is always a band where neither dark grey nor
//! white text reaches 4.5:1; pure black or pure white, chosen by luminance, always does.

use std::fmt::Write;

/// Cells are coloured in this many steps above the empty one.
pub const STEPS: u8 = 20;

/// A colour of the screen, 0 to 255 per channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

const LIGHT: (Rgb, Rgb) = (Rgb([0xee, 0xf4, 0xf2]), Rgb([0x0b, 0x6e, 0x66]));
const DARK: (Rgb, Rgb) = (Rgb([0x20, 0x2a, 0x35]), Rgb([0x4f, 0xdc, 0xc8]));
const BLACK: Rgb = Rgb([0, 0, 0]);
const WHITE: Rgb = Rgb([255, 255, 255]);

impl Rgb {
    /// The colour as CSS writes it.
    pub fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance by WCAG 2.2.
    pub fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Contrast ratio by WCAG 2.2, from 1 to 21.
    pub fn contrast(self, other: Rgb) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if one > two { one / two } else { two / one }
    }

    /// The colour `step` steps of [`STEPS`] from this one to another.
    fn towards(self, other: Rgb, step: u8) -> Rgb {
        let mix = |from: u8, to: u8| {
            let (from, to) = (f64::from(from), f64::from(to));
            (from + (to - from) * f64::from(step) / f64::from(STEPS)).round() as u8
        };
        Rgb(std::array::from_fn(|channel| mix(self.0[channel], other.0[channel])))
    }

    /// Black or white, whichever stands out more against this colour.
    pub fn text(self) -> Rgb {
        if self.contrast(BLACK) >= self.contrast(WHITE) { BLACK } else { WHITE }
    }
}

/// The step of a value among values up to `max`: 0 for nothing, at least 1 for something.
pub fn step(value: f64, max: f64) -> u8 {
    if value <= 0.0 || max <= 0.0 {
        return 0;
    }
    (value / max * f64::from(STEPS)).ceil().clamp(1.0, f64::from(STEPS)) as u8
}

/// The rules `.h0` to `.h20` of the style sheet.
pub fn css() -> String {
    let mut rules = String::new();
    for step in 0..=STEPS {
        let (light, dark) = (LIGHT.0.towards(LIGHT.1, step), DARK.0.towards(DARK.1, step));
        // Writing to a string does not fail.
        let _ = writeln!(
            rules,
            ".h{step} {{ background: light-dark({}, {}); color: light-dark({}, {}); }}",
            light.css(),
            dark.css(),
            light.text().css(),
            dark.text().css()
        );
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_every_colour_there_is_reads() {
        for red in (0..=255).step_by(5) {
            for green in (0..=255).step_by(5) {
                for blue in (0..=255).step_by(5) {
                    let colour = Rgb([red, green, blue].map(|channel: i32| channel as u8));
                    assert!(colour.contrast(colour.text()) >= 4.5, "{}", colour.css());
                }
            }
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!(BLACK.contrast(WHITE).round(), 21.0);
        let grey = Rgb([0x76, 0x76, 0x76]);
        assert!((grey.contrast(WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn something_is_never_shown_as_nothing() {
        assert_eq!([0.0, 0.001, 5.0, 10.0].map(|value| step(value, 10.0)), [0, 1, 10, 20]);
        assert_eq!(step(-3.0, 10.0), 0);
        assert_eq!(step(3.0, 0.0), 0);
    }
}
