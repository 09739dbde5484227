//! Runs the program as a person would: arguments in, exit code and text out.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A folder of its own with a base in it; both go away when it is dropped.
pub struct Shop {
    pub folder: tempfile::TempDir,
}

/// A file of the repository's `data` folder.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(name)
}

/// The program, with nothing of the machine's settings, in a folder.
pub fn dolka(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dolka"));
    command.current_dir(folder).env_remove("DOLKA_BASE").env_remove("DOLKA_STATE");
    command.env("TZ", "Europe/Riga").env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

impl Shop {
    /// An empty folder, no base yet.
    pub fn new() -> Shop {
        Shop { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A base that a file was brought into.
    pub fn with(file: &Path) -> Shop {
        let shop = Shop::new();
        shop.ok(&["import", text(file)]);
        shop
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).expect("a file can be written");
        path
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("the file is there and is text")
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = dolka(self.folder.path()).args(arguments).output().expect("the program starts");
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    /// Runs the program, which must end well; its output.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "dolka {arguments:?}\n{}\n{}", run.out, run.err);
        run.out
    }

    /// Imports a file with `--format json` and gives what was printed, with the exit code.
    pub fn import(&self, file: &str, flags: &[&str]) -> (i32, serde_json::Value, String) {
        let mut arguments = vec!["import", file, "--format", "json"];
        arguments.extend(flags);
        let run = self.run(&arguments);
        let counts = if run.out.is_empty() { serde_json::Value::Null } else { json(&run.out) };
        (run.code, counts, run.err)
    }

    /// Every file below the base's folder with its size, in order of name; SQLite's own files and
    /// the lock, which come and go with every look at the base, left out.
    pub fn listing(&self) -> Vec<(String, u64)> {
        let mut files = Vec::new();
        let base = self.path("dolka-base");
        list(&base, &base, &mut files);
        files.retain(|(name, _)| !name.starts_with("state.db") && name != "writer.lock");
        files.sort();
        files
    }
}

fn list(root: &Path, folder: &Path, files: &mut Vec<(String, u64)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.map(|entry| entry.expect("the folder can be listed")) {
        let path = entry.path();
        if path.is_dir() {
            list(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("it lies below").display().to_string();
            files.push((name, entry.metadata().expect("it is there").len()));
        }
    }
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are text")
}

/// Reads JSON.
pub fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
