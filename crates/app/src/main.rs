//! The program `dolka`.

use clap::Parser;
use dolka_app::cli::{Arguments, is_wrong_usage, reader_left, run, said};
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Takes memory in huge pages where the system has them: a pass over the facts makes columns for every
/// customer, and a sixth of its time went into getting their memory in small pages.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The exit code for what cannot be meant, as the reader of arguments has it.
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(end) => ExitCode::from(end.code()),
        Err(error) if reader_left(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dolka: {}", said(&error));
            if is_wrong_usage(&error) { ExitCode::from(WRONG_USAGE) } else { ExitCode::FAILURE }
        }
    }
}
