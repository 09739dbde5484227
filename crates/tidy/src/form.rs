//! How a file looks: its opening, its size, its words.

use crate::files::File;

/// Lines of a source file.
const LINES_MAX: usize = 500;
/// Columns of a line of Rust; the same number is in `rustfmt.toml`.
const COLUMNS_MAX: usize = 110;
/// Marks of unfinished work, in halves so that this file has none.
const UNFINISHED: [(&str, &str); 5] =
    [("todo", "!("), ("unimplemented", "!("), ("dbg", "!("), ("FIX", "ME"), ("#[ig", "nore")];
/// Names that could be any file's.
const EMPTY_NAMES: [&str; 11] = [
    "manager", "helper", "helpers", "util", "utils", "common", "service", "services", "misc", "info",
    "entity",
];
/// Beginnings of paths that only one machine has, in halves for the same reason.
const MACHINE_PATHS: [(&str, &str); 4] = [("/wo", "rk/"), ("/ho", "me/"), ("/tm", "p/"), ("/ro", "ot/")];

fn rust(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.is_rust())
}

pub fn introduction(files: &[File]) -> Vec<String> {
    rust(files).filter(|file| !file.text.starts_with("//! ")).map(|file| file.path.clone()).collect()
}

pub fn length(files: &[File]) -> Vec<String> {
    let source = |file: &&File| [".rs", ".css", ".js"].iter().any(|ending| file.path.ends_with(ending));
    let lines = files.iter().filter(source).map(|file| (file, file.text.lines().count()));
    lines
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(file, lines)| format!("{}: {lines}", file.path))
        .collect()
}

pub fn columns(files: &[File]) -> Vec<String> {
    // Tests hold rows of made-up files as they stand; rustfmt still keeps their code in bounds.
    each_line(rust(files).filter(|file| !file.is_test()), |line| line.chars().count() > COLUMNS_MAX)
}

pub fn unfinished(files: &[File]) -> Vec<String> {
    let marks = UNFINISHED.map(|(left, right)| format!("{left}{right}"));
    // In code it is the ISO code of no currency; in a comment it is a mark.
    let comment =
        |line: &str| line.split_once("//").is_some_and(|(_, comment)| comment.contains(concat!("XX", "X")));
    each_line(rust(files), |line| marks.iter().any(|mark| line.contains(mark)) || comment(line))
}

pub fn machine_paths(files: &[File]) -> Vec<String> {
    let paths = MACHINE_PATHS.map(|(left, right)| format!("{left}{right}"));
    let own = |file: &&File| !file.is_test() && !file.path.starts_with(".ci/");
    // Inside an address or a longer path the same words are nobody's machine.
    let begins = |line: &str, path: &str| {
        line.match_indices(path)
            .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.'))
    };
    each_line(files.iter().filter(own), |line| paths.iter().any(|path| begins(line, path)))
}

pub fn names(files: &[File]) -> Vec<String> {
    let empty = |name: &str| EMPTY_NAMES.contains(&name.trim_end_matches(".rs"));
    let mut found: Vec<String> =
        rust(files).filter(|file| file.path.split('/').any(empty)).map(|file| file.path.clone()).collect();
    // A module that is written inside another file.
    found.extend(each_line(rust(files), |line| {
        line.split_once("mod ").is_some_and(|(before, name)| {
            let name = name.trim_end_matches([' ', '{', ';']);
            (before.trim().is_empty() || before.trim_start().starts_with("pub")) && empty(name)
        })
    }));
    found
}

fn each_line<'a>(files: impl Iterator<Item = &'a File>, breaks: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            if breaks(line) {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    found
}
