//! Word of long work on standard error: a bar on a terminal, nothing in a pipe.

use crate::clock::Stopwatch;
use engine::progress::{Unwatched, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// Work shorter than this is not worth a bar.
const SILENT: Duration = Duration::from_millis(700);

/// A bar for the phase at hand.
pub(super) struct Bar {
    bar: ProgressBar,
    since: Stopwatch,
    phase: Mutex<&'static str>,
}

/// Somebody to watch long work: a bar where a person sees it.
pub(super) fn watch(quiet: bool) -> Box<dyn Watch> {
    if quiet || !std::io::stderr().is_terminal() {
        return Box::new(Unwatched);
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{msg:>24} {wide_bar} {percent:>3} %  {eta}") {
        bar.set_style(style);
    }
    Box::new(Bar { bar, since: Stopwatch::start(), phase: Mutex::new("") })
}

impl Watch for Bar {
    fn advance(&self, phase: &'static str, done: u64, total: u64) {
        if self.since.elapsed() < SILENT {
            return;
        }
        let mut known = self.phase.lock().unwrap_or_else(PoisonError::into_inner);
        if *known != phase {
            *known = phase;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.reset();
            self.bar.set_message(phase);
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
