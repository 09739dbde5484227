//! The program `dolka`.

use clap::Parser;
use dolka_app::cli::{Arguments, reader_left, run, said};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(end) => ExitCode::from(end.code()),
        Err(error) if reader_left(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dolka: {}", said(&error));
            ExitCode::FAILURE
        }
    }
}
