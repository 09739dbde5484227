//! The repository keeps the rules, and each rule finds what breaks it.

use super::RULES;
use super::files::{File, walk};
use std::path::Path;

#[test]
fn the_repository_keeps_the_rules() {
    let files = walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    assert!(
        files.iter().any(|file| file.path == "crates/tidy/src/lib.rs"),
        "the walk has found the repository"
    );
    let mut broken = String::new();
    for (says, finds) in RULES {
        for finding in finds(&files) {
            broken.push_str(&format!("{says}\n    {finding}\n"));
        }
    }
    assert!(broken.is_empty(), "\n{broken}");
}

/// What a rule finds in made-up files: the findings, one a line.
fn found(says: &str, files: &[(&str, &str)]) -> String {
    let rule = RULES.iter().find(|(known, _)| known.contains(says)).expect("a rule by its words");
    let files: Vec<File> = files
        .iter()
        .map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect();
    (rule.1)(&files).join("\n")
}

/// A rule finds these files and lines, in this order, and nothing in the others.
fn check(says: &str, files: &[(&str, &str)], expected: &[&str]) {
    let found = found(says, files);
    let starts: Vec<&str> = found.lines().collect();
    assert_eq!(starts.len(), expected.len(), "{says}:\n{found}");
    for (finding, start) in starts.iter().zip(expected) {
        assert!(finding.starts_with(start), "{says}: `{finding}` is not about `{start}`");
    }
}

#[test]
fn form_is_kept() {
    check("opens with", &[("a.rs", "//! Yes.\n"), ("b.rs", "use x;\n"), ("c.md", "no\n")], &["b.rs"]);
    let long = "x\n".repeat(501);
    check(
        "500 lines",
        &[("a.rs", &long), ("b.rs", &long[2..]), ("c.md", &long), ("d.css", &long)],
        &["a.rs", "d.css"],
    );
    let wide = "ж".repeat(111);
    check(
        "110 columns",
        &[("a.rs", &wide), ("b.rs", &wide[2..]), ("c.html", &wide), ("tests/d.rs", &wide)],
        &["a.rs:1"],
    );
    for (left, right) in [
        ("to", "do!()"),
        ("unimple", "mented!()"),
        ("db", "g!(x)"),
        ("FI", "XME"),
        ("// X", "XX"),
        ("#[i", "gnore]"),
    ] {
        check("unfinished", &[("a.rs", &format!("\nlet x = {left}{right};"))], &["a.rs:2"]);
    }
    check(
        "names say",
        &[
            ("a/utils.rs", ""),
            ("a/helper/x.rs", ""),
            ("b.rs", "pub mod common;\nmod misc {\nmod commonly;"),
            ("a/unit.rs", ""),
        ],
        &["a/utils.rs", "a/helper", "b.rs:1", "b.rs:2"],
    );
    let path = concat!("/wo", "rk/x");
    check(
        "one machine",
        &[
            ("README.md", path),
            ("a/tests/b.rs", path),
            (".ci/run", path),
            ("c.md", concat!("see co.uk/ho", "me/x")),
        ],
        &["README.md:1"],
    );
}

#[test]
fn worlds_are_fenced() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\narrow-array.workspace = true\nsqlx = \"1\"\n\
                    [dev-dependencies]\nparquet = \"1\"\n[target.'cfg(unix)'.dependencies.askama]\n";
    let at = |name: &str| format!("crates/{name}/Cargo.toml");
    check(
        "foreign",
        &[(&at("engine"), manifest)],
        &["crates/engine/Cargo.toml: `sqlx`", "crates/engine/Cargo.toml: `askama`"],
    );
    check(
        "foreign",
        &[(&at("app"), manifest)],
        &["crates/app/Cargo.toml: `arrow-array`", "crates/app/Cargo.toml: `sqlx`"],
    );
    let both =
        "[dependencies]\nmodel.workspace = true\n[dev-dependencies]\ndolka-store = { path = \"..\" }\n";
    check("one way", &[(&at("engine"), both), (&at("app"), both)], &["crates/engine/Cargo.toml: `store`"]);
    check("one way", &[(&at("model"), both)], &["crates/model", "crates/model"]);
}

#[test]
fn the_model_the_clock_and_the_environment_are_kept_apart() {
    let model =
        "use std::{fmt, fs::File};\n// std::net is only spoken of\nfn f() { std::env::args(); Instant }\n";
    check(
        "arithmetic",
        &[("crates/model/src/a.rs", model), ("crates/engine/src/a.rs", model)],
        &[
            "crates/model/src/a.rs: `std::fs::File`",
            "crates/model/src/a.rs: `std::env::args`",
            "crates/model/src/a.rs: `Instant`",
        ],
    );
    let now = "fn f() { jiff::Zoned::now(); env::var(\"X\"); }";
    let tested = format!("//! X.\n#[cfg(test)]\nmod tests {{\n    {now}\n}}\n");
    let both = format!("{tested}{now}");
    let files = [
        ("crates/app/src/clock.rs", now),
        ("crates/app/src/config/mod.rs", now),
        ("crates/engine/src/a/tests.rs", now),
        ("crates/store/src/b.rs", &tested),
        ("crates/store/src/c.rs", &both),
    ];
    check("clock", &files, &["crates/app/src/config", "crates/store/src/c.rs"]);
    check("environment", &files, &["crates/app/src/clock.rs", "crates/store/src/c.rs"]);
}

#[test]
fn modules_look_up() {
    let lib =
        ("crates/engine/src/lib.rs", "//! X.\npub mod facts;\npub(crate) mod scan;\nuse crate::scan::X;");
    let folder = ("crates/engine/src/scan/mod.rs", "mod runs;\nmod merge;\nuse super::facts;");
    let (crates, scan) = ("crates/engine/src/lib.rs: modules", "crates/engine/src/scan/mod.rs: modules");
    for (path, code, expected) in [
        ("facts.rs", "use crate::scan::Merge;", Some(crates)),
        ("facts.rs", "use crate::{\n  facts::{self, A},\n  scan as other,\n};", Some(crates)),
        ("facts.rs", "fn f() { super::scan::go() }", Some(crates)),
        ("facts.rs", "// crate::scan\nuse crate::facts::scan;", None),
        ("facts/tests.rs", "use crate::scan;", None),
        ("scan/merge.rs", "use super::runs::Run;\nuse crate::facts::A;\nuse super::super::facts;", None),
        ("scan/runs.rs", "use super::merge::Merge;", Some(scan)),
        ("scan/runs.rs", "use crate::scan::{Own, merge::{Merge}};", Some(scan)),
        ("scan/runs.rs", "use super::Own;\nuse super::*;", None),
    ] {
        // The folder uses `facts` only where it stands below it.
        let scan = if path == "facts.rs" { ("crates/engine/src/scan/mod.rs", "") } else { folder };
        let found = found("above it", &[lib, scan, (&format!("crates/engine/src/{path}"), code)]);
        match expected {
            Some(says) => assert!(found.starts_with(says) && found.lines().count() == 1, "{code}: `{found}`"),
            None => assert_eq!(found, "", "{code}"),
        }
    }
    let lib = ("crates/model/src/lib.rs", "mod a;\nmod b;\nmod c;\nmod d;");
    let (b, c) =
        (("crates/model/src/b.rs", "crate::d::x()"), ("crates/model/src/c.rs", "use crate::{a, b};"));
    let (d, circle) =
        (("crates/model/src/d.rs", "use super::a;"), ("crates/model/src/d.rs", "use super::{c, a};"));
    assert!(found("above it", &[lib, b, c, d]).ends_with("list them a, d, b, c"));
    assert!(found("above it", &[lib, b, c, circle]).ends_with("in a circle: b, c, d"));
    let (b, c) = (("crates/model/src/b.rs", "use crate::c;"), ("crates/model/src/c.rs", "use crate::b;"));
    assert!(found("above it", &[lib, b, c, circle]).ends_with("in a circle: b, c"));
}

#[test]
fn papers_are_found() {
    check(
        "linked",
        &[
            ("README.md", "[a](docs/a.md)"),
            ("docs/README.md", "[b](b.md)"),
            ("docs/a.md", "![](c.png)"),
            ("docs/b.md", "docs/lost.md is named, not linked"),
            ("docs/c.png", ""),
            ("docs/d.png", ""),
            ("docs/lost.md", ""),
        ],
        &["docs/d.png", "docs/lost.md"],
    );
    check(
        "short",
        &[("ARCHITECTURE.md", &"x\n".repeat(201)), ("docs/ARCHITECTURE.md", &"x\n".repeat(200))],
        &["ARCHITECTURE.md"],
    );
    let one = "impl Segmentation for Rfm {";
    let folder = "crates/engine/src/segmentations";
    let (rfm, abc) = (format!("{folder}/rfm.rs"), format!("{folder}/abc_xyz/mod.rs"));
    let files = [(&rfm[..], one), (&abc[..], one), ("crates/engine/src/segmentations/cuts.rs", "")];
    check("every segmentation", &files, &[]);
    check(
        "every segmentation",
        &[&files[..], &[("docs/a.md", "`rfm`")]].concat(),
        &["crates/engine/src/segmentations/abc_xyz"],
    );
}
