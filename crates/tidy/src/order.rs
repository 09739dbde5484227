//! The order of modules is the order of the flow: a module uses only those listed above it.

use crate::files::File;
use std::collections::{BTreeMap, BTreeSet};

/// Crates that are held to it.
const CRATES: [&str; 2] = ["model", "engine"];

pub fn modules(files: &[File]) -> Vec<String> {
    CRATES.iter().flat_map(|name| of_crate(name, files)).collect()
}

/// Modules of one list that use others of it.
type Uses<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn of_crate(name: &str, files: &[File]) -> Vec<String> {
    let shipped: Vec<(Vec<String>, &File)> = files
        .iter()
        .filter(|file| file.is_rust() && !file.is_test() && file.in_crate() == Some(name))
        .map(|file| (place(&file.path), file))
        .collect();
    let lists: BTreeMap<&[String], (&str, Vec<&str>)> =
        shipped.iter().map(|(own, file)| (&own[..], (&file.path[..], declared(&file.text)))).collect();
    let mut uses: BTreeMap<&[String], Uses<'_>> = BTreeMap::new();
    for (own, file) in &shipped {
        let code = file.code();
        for path in paths(&code, "crate").into_iter().chain(paths(&code, "super")) {
            let used = absolute(own, &path);
            let shared = own.iter().zip(&used).take_while(|(a, b)| a == b).count();
            let Some((parent, (_, list))) = lists.get_key_value(&own[..shared]) else { continue };
            let listed = |path: &[String]| path.get(shared).and_then(|name| list.iter().find(|l| *l == name));
            if let (Some(user), Some(used)) = (listed(own), listed(&used)) {
                uses.entry(parent).or_default().entry(user).or_default().insert(used);
            }
        }
    }
    lists
        .iter()
        .filter_map(|(parent, (path, list))| {
            match disorder(list, uses.get(parent)?)? {
                // The files of one folder are one idea and may lean on one another.
                Disorder::Circle(_) if !parent.is_empty() => None,
                Disorder::Circle(names) => Some(format!("{path}: these use each other in a circle: {names}")),
                Disorder::Order(names) => {
                    Some(format!("{path}: modules use some below them; list them {names}"))
                }
            }
        })
        .collect()
}

/// What is wrong with the order of a list.
enum Disorder {
    /// Modules for which no order would do.
    Circle(String),
    /// The order that would do.
    Order(String),
}

fn disorder(list: &[&str], uses: &Uses<'_>) -> Option<Disorder> {
    let mut left = list.to_vec();
    let mut sorted = Vec::new();
    while !left.is_empty() {
        let free =
            |module: &&str| uses.get(module).is_none_or(|used| !left.iter().any(|one| used.contains(one)));
        let Some(next) = left.iter().position(free) else {
            // Those that only use the circle are not part of it.
            while let Some(outside) = left.iter().position(|one| {
                !left
                    .iter()
                    .any(|other| other != one && uses.get(other).is_some_and(|used| used.contains(one)))
            }) {
                left.remove(outside);
            }
            return Some(Disorder::Circle(left.join(", ")));
        };
        sorted.push(left.remove(next));
    }
    (sorted != list).then(|| Disorder::Order(sorted.join(", ")))
}

/// Where a file stands in its crate: `crates/engine/src/scan/merge.rs` is `[scan, merge]`.
fn place(path: &str) -> Vec<String> {
    let inside = path.split("/src/").nth(1).unwrap_or_default().trim_end_matches(".rs");
    let parts = inside.split('/').filter(|part| !matches!(*part, "lib" | "main" | "mod"));
    parts.map(str::to_owned).collect()
}

/// Modules that a file declares, in order.
fn declared(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.trim_end().strip_suffix(';'));
    let modules = lines.filter_map(|line| {
        let (before, name) = line.split_once("mod ")?;
        (before.is_empty() || before.starts_with("pub")).then_some(name)
    });
    modules.filter(|name| *name != "tests").collect()
}

/// A path from the root of the crate, without `crate` or `super`.
fn absolute(own: &[String], path: &[String]) -> Vec<String> {
    if path[0] == "crate" {
        return path[1..].to_vec();
    }
    let up = path.iter().take_while(|part| *part == "super").count();
    own[..own.len().saturating_sub(up)].iter().chain(&path[up..]).cloned().collect()
}

/// Every path in the code that begins with `root::`, groups in braces opened:
/// `std::{fs, io::Read}` is `std::fs` and `std::io::Read`.
pub fn paths(code: &str, root: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&format!("{root}::")) {
        let before = code[..at].chars().next_back();
        if !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '$')) {
            open(Vec::new(), &code[at..], &mut found);
        }
    }
    found
}

/// Reads one path from the beginning of the text; returns what is left.
fn open<'a>(mut path: Vec<String>, mut text: &'a str, found: &mut Vec<Vec<String>>) -> &'a str {
    loop {
        text = text.trim_start();
        if let Some(mut group) = text.strip_prefix('{') {
            loop {
                group = open(path.clone(), group, found).trim_start();
                match group.strip_prefix(',') {
                    Some(rest) => group = rest,
                    None => return group.strip_prefix('}').unwrap_or(group),
                }
            }
        }
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        if end > 0 {
            path.push(text[..end].to_owned());
        }
        text = &text[end..];
        match text.strip_prefix("::") {
            Some(rest) => text = rest,
            None => {
                let rest = text.strip_prefix('*').unwrap_or(text).trim_start();
                // `as name` inside a group.
                let rest = rest.strip_prefix("as ").map_or(rest, |alias| {
                    alias.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
                });
                found.push(path);
                return rest;
            }
        }
    }
}
