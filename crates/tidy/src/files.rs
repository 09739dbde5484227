//! The files of the repository, as the rules see them.

use std::fs;
use std::path::Path;

/// Endings of files that are read; of the others only the name counts.
const TEXT: [&str; 12] = ["rs", "toml", "md", "html", "css", "js", "ftl", "sql", "py", "sh", "yml", "json"];
/// Folders that are not the project's own text.
const SKIPPED: [&str; 3] = ["target", ".git", "node_modules"];

/// A file: its path from the root with `/`, and its text.
#[derive(Clone, Debug)]
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether the file holds tests and nothing else.
    pub fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name == "tests.rs"
            || self.path.split('/').any(|part| matches!(part, "tests" | "e2e" | "benches" | "fuzz"))
    }

    /// The crate whose `src` the file lies in.
    pub fn in_crate(&self) -> Option<&str> {
        let (name, rest) = self.path.strip_prefix("crates/")?.split_once('/')?;
        rest.starts_with("src/").then_some(name)
    }

    /// The code that is shipped: without comments and without test modules written in the file.
    pub fn code(&self) -> String {
        if !self.is_rust() || self.is_test() {
            return String::new();
        }
        let mut parts = self.text.split("#[cfg(test)]\nmod tests {");
        let mut shipped = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            shipped.push_str(part.split_once("\n}\n").map_or("", |(_tests, after)| after));
        }
        let lines = shipped.lines().map(|line| line.split("//").next().unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// All files under a folder, in the order of their paths. What `/name` lines of `.gitignore` name
/// is left out.
pub fn walk(root: &Path) -> Vec<File> {
    let ignored = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
    let ignored: Vec<&str> = ignored.lines().filter_map(|line| line.strip_prefix('/')).collect();
    let mut files = Vec::new();
    descend(root, "", &ignored, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn descend(folder: &Path, prefix: &str, ignored: &[&str], files: &mut Vec<File>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if SKIPPED.contains(&name.as_str()) || ignored.contains(&path.as_str()) {
            continue;
        }
        if entry.path().is_dir() {
            descend(&entry.path(), &format!("{path}/"), ignored, files);
        } else {
            let ending = name.rsplit('.').next().unwrap_or_default();
            let text = if TEXT.contains(&ending) { fs::read_to_string(entry.path()).ok() } else { None };
            files.push(File { path, text: text.unwrap_or_default() });
        }
    }
}
