//! The command line: what may be typed, and how results are shown. It decides nothing.

mod help;
mod reading;
mod query;
mod conversations;
mod committee;
mod attributes;
mod arguments;
mod progress;
mod table;
mod compared;
mod import;
mod report;
mod segment;
mod explain;
mod moves;
mod review;
mod cohorts;
mod interests;
mod identity;
mod findings;
mod deals;
mod criteria;
mod count;
mod check;
mod portrait;
mod card;
mod evaluation;
mod targets;
mod needs;
mod market;
mod competitor;
mod sources;
mod predict;
mod effort;
mod base;

pub use arguments::{Arguments, Command};

use anyhow::Result;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All went well.
    Done,
    /// Done, with something to look at: rejected rows, alerts.
    LookAt,
}

impl End {
    /// The exit code: 0 done, 3 done with something to look at. (1 failed, 2 wrong usage.)
    pub fn code(self) -> u8 {
        match self {
            End::Done => 0,
            End::LookAt => 3,
        }
    }
}

/// Does what was typed.
pub fn run(arguments: &Arguments) -> Result<End> {
    match &arguments.command {
        Command::Report(command) => report::report(arguments, command),
        Command::Demo(command) => base::demo(arguments, command),
        Command::Import(command) => import::import(arguments, command),
        Command::Imports => base::imports(arguments),
        Command::Undo { import } => base::undo(arguments, *import),
        Command::Compact { forget } => base::compact(arguments, *forget),
        Command::Segment(command) => segment::segment(arguments, command),
        Command::Moves(command) => moves::moves(arguments, command),
        Command::Review(command) => review::review(arguments, command),
        Command::Reviews(command) => review::reviews(arguments, command),
        Command::Cohorts(command) => cohorts::cohorts(arguments, command),
        Command::Count(command) => count::count(arguments, command),
        Command::Check(command) => check::check(arguments, command),
        Command::Targets(command) => targets::targets(arguments, command),
        Command::Portrait(command) => portrait::portrait(arguments, command),
        Command::Market(command) => market::market(arguments, command),
        Command::Competitor(command) => competitor::competitor(arguments, command),
        Command::Needs(command) => needs::needs(arguments, command),
        Command::Card(command) => card::card(arguments, command),
        Command::Sources(command) => sources::sources(arguments, command),
        Command::Features(command) => segment::features(arguments, command),
        Command::Interests(command) => interests::interests(arguments, command),
        Command::Tag(command) => interests::tag(arguments, command),
        Command::Identity(command) => identity::identity(arguments, command),
        Command::Explain(command) => explain::explain(arguments, command),
        Command::Deals(command) => deals::deals(arguments, command),
        Command::Criteria(command) => criteria::criteria(arguments, command),
        Command::Predict(command) => predict::predict(arguments, command),
        Command::Effort(command) => effort::effort(arguments, command),
        Command::Priority(command) => effort::priority(arguments, command),
        Command::Regions => compared::regions(arguments),
        Command::Population { name, as_of } => compared::population(arguments, name.as_deref(), *as_of),
        Command::Conversations(command) => conversations::conversations(arguments, command),
        Command::Contacts(command) => committee::contacts(arguments, command),
        Command::Committee(command) => committee::committee(arguments, command),
        Command::Attributes(command) => attributes::attributes(arguments, command),
        Command::Fields => base::fields(arguments),
        Command::Presets => base::presets(arguments),
    }
}

/// An error and its causes on one line; a cause that was said already is not said again.
pub fn said(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.contains(&cause) {
            said.push_str(": ");
            said.push_str(&cause);
        }
    }
    said
}

/// Whether an error is that what was typed cannot be meant.
pub fn is_wrong_usage(error: &anyhow::Error) -> bool {
    error.is::<crate::jobs::rules::WrongUsage>()
}

/// Whether an error is only that the reader of a pipe has left: a normal end, as after `head`.
pub fn reader_left(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<engine::outputs::OutputError>()
            .is_some_and(|error| matches!(error, engine::outputs::OutputError::ReaderLeft { .. }))
            || cause
                .downcast_ref::<std::io::Error>()
                .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
