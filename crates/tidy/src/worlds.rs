//! Who may know what: foreign crates, the other crates, the clock, the environment.

use crate::files::File;
use crate::order::paths;

/// Beginnings of the names of foreign crates, and the crates of ours that may depend on them. Tests
/// may use what they need to look at results.
const WORLDS: &[(&str, &[&str])] = &[
    ("arrow", &["engine", "cluster"]),
    ("parquet", &["engine", "cluster"]),
    ("calamine", &["engine"]),
    ("quick-xml", &["engine"]),
    ("rust_xlsxwriter", &["engine"]),
    ("encoding_rs", &["engine"]),
    ("datafusion", &["cluster"]),
    ("ballista", &["cluster"]),
    ("sqlx", &["store"]),
    ("lettre", &["actions"]),
    ("reqwest", &["actions"]),
    ("clap", &["app"]),
    ("askama", &["app"]),
    ("axum", &["app"]),
    ("fluent", &["app"]),
    ("thirtyfour", &["e2e"]),
    ("tokio", &["store", "actions", "app", "cluster", "e2e"]),
    ("getrandom", &["store", "actions", "app", "cluster"]),
];

/// The crates of ours and those they may use, in tests as well.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("engine", &["model"]),
    ("store", &["model"]),
    ("actions", &["model", "store"]),
    ("cluster", &["model", "engine"]),
    ("app", &["model", "engine", "store", "actions", "cluster"]),
    ("e2e", &["model"]),
    ("tidy", &[]),
];

/// What is not in the model: files, networks, environment, threads, and the types that read clocks.
const IMPURE: [&str; 6] = ["fs", "net", "env", "io", "process", "thread"];
/// The one module of the model that shares work out: its results are the same on any number of threads.
const THREADS_HOME: &str = "crates/model/src/parallel.rs";
const CLOCK_HOME: &str = "crates/app/src/clock.rs";
const CONFIG_HOME: &str = "crates/app/src/config";

/// `(crate, dependency, whether for tests alone)` of every line of every manifest in `crates/`.
fn dependencies(files: &[File]) -> Vec<(&str, String, bool)> {
    let mut found = Vec::new();
    for file in files {
        let name = file.path.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml"));
        let Some(name) = name else { continue };
        let mut table = "";
        for line in file.text.lines().map(str::trim) {
            if let Some(header) = line.strip_prefix('[') {
                table = header.trim_end_matches(']');
                if let Some((_, key)) = table.split_once("dependencies.") {
                    found.push((name, key.to_owned(), table.contains("dev-")));
                }
            } else if table.ends_with("dependencies") && line.contains('=') && !line.starts_with('#') {
                let key = line.split(['.', '=', ' ']).next().unwrap_or_default();
                found.push((name, key.trim_start_matches("dolka-").to_owned(), table.contains("dev-")));
            }
        }
    }
    found
}

pub fn foreign(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, dependency, for_tests) in dependencies(files) {
        let world = WORLDS.iter().find(|(world, _)| dependency.starts_with(world));
        if !for_tests && world.is_some_and(|(_, homes)| !homes.contains(&name)) {
            found.push(format!("crates/{name}/Cargo.toml: `{dependency}`"));
        }
    }
    found
}

pub fn arrows(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, dependency, _) in dependencies(files) {
        let ours = ARROWS.iter().any(|(known, _)| *known == dependency);
        let allowed = ARROWS.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, allowed)| allowed);
        if ours && !allowed.contains(&dependency.as_str()) {
            found.push(format!("crates/{name}/Cargo.toml: `{dependency}`"));
        }
    }
    found
}

pub fn pure_model(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.in_crate() == Some("model")) {
        let code = file.code();
        for path in paths(&code, "std") {
            let threads = path.get(1).is_some_and(|module| module == "thread");
            if threads && file.path == THREADS_HOME {
                continue;
            }
            if path.get(1).is_some_and(|module| IMPURE.contains(&module.as_str())) {
                found.push(format!("{}: `{}`", file.path, path.join("::")));
            }
        }
        for word in ["SystemTime", "Instant", "async fn", "RandomState", "HashMap"] {
            if code.contains(word) {
                found.push(format!("{}: `{word}`", file.path));
            }
        }
    }
    found
}

pub fn clock(files: &[File]) -> Vec<String> {
    let clocks = ["SystemTime::now", "Instant::now", "Zoned::now", "Timestamp::now", "UNIX_EPOCH.elapsed"];
    naming(files, &clocks, |file| file.path == CLOCK_HOME)
}

pub fn environment(files: &[File]) -> Vec<String> {
    naming(files, &["env::var", "env::set_var", "env::vars"], |file| file.path.starts_with(CONFIG_HOME))
}

/// Shipped code that names one of these outside its home. The rules' own list is none.
fn naming(files: &[File], words: &[&str], home: impl Fn(&File) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.in_crate().is_some_and(|name| name != "tidy") && !home(file))
    {
        let code = file.code();
        for word in words.iter().filter(|word| code.contains(**word)) {
            found.push(format!("{}: `{word}`", file.path));
        }
    }
    found
}
