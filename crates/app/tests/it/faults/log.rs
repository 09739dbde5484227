//! What a program did to files, step by step, as strace saw it.

use super::bed::text;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Calls that change a file, a folder or what of them is safe; `?`: not on every machine.
const CALLS: &str = "?open,?creat,openat,?mkdir,mkdirat,?rmdir,?unlink,unlinkat,?rename,?renameat,\
     renameat2,?link,linkat,?symlink,symlinkat,write,writev,pwrite64,pwritev,?pwritev2,?truncate,ftruncate,\
     fallocate,?copy_file_range,?sendfile,fsync,fdatasync";
/// Bytes of one write at most.
const WRITE_BYTES_MAX: usize = 16 << 20;

/// One step, after it was done. Paths are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A file is made where there is none; one that is there may be emptied.
    Open {
        path: PathBuf,
        empty: bool,
    },
    Folder(PathBuf),
    /// Bytes at a place, or at the end.
    Write {
        path: PathBuf,
        at: Option<usize>,
        bytes: Vec<u8>,
    },
    Length(PathBuf, usize),
    Remove(PathBuf),
    Rename(PathBuf, PathBuf),
    /// A file or a folder.
    Sync(PathBuf),
    /// To standard output.
    Say(String),
}

/// What a program did.
pub struct Recording {
    pub steps: Vec<Step>,
    /// Calls during which the program ended: a connection that was being closed may have written a
    /// page or not. All was acknowledged by then.
    pub undecided: Vec<Step>,
}

/// Runs a program to its end.
pub fn record(program: &Command, log: &Path) -> Recording {
    let mut command = Command::new("strace");
    command.args(["-f", "-y", "-qq", "-xx", "-s", &WRITE_BYTES_MAX.to_string(), "-o"]).arg(log);
    command.arg("-e").arg(format!("trace={CALLS}"));
    command.arg(program.get_program()).args(program.get_args()).args(["--threads", "1"]);
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 3)), "{}", text(&output.stderr));
    let log = fs::read_to_string(log).unwrap();
    let (lines, undecided) = whole_lines(&log);
    let steps = |lines: &[String]| lines.iter().filter_map(|line| step(line)).collect();
    Recording { steps: steps(&lines), undecided: steps(&undecided) }
}

/// The calls without the number of the thread. One that was interrupted by another thread's stands
/// where it ended; those that never did come apart.
fn whole_lines(log: &str) -> (Vec<String>, Vec<String>) {
    let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
    let (mut lines, mut undecided) = (Vec::new(), Vec::new());
    let done = |call: &str| format!("{}) = 0", call.trim_end().trim_end_matches(')'));
    for line in log.lines() {
        let (thread, line) = line.split_once(' ').unwrap();
        let line = line.trim_start();
        if let Some(start) = line.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, start);
        } else if let Some((_, end)) = line.strip_prefix("<... ").and_then(|end| end.split_once(" resumed>"))
        {
            let start = begun.remove(thread).unwrap_or_default();
            match end.rsplit_once(" = ") {
                Some((rest, "?")) => undecided.push(done(&format!("{start}{rest}"))),
                _ => lines.push(format!("{start}{end}")),
            }
        } else if let Some(call) = line.strip_suffix(" = ?") {
            undecided.push(done(call));
        } else {
            lines.push(line.to_owned());
        }
    }
    undecided.extend(begun.into_values().map(done));
    (lines, undecided)
}

fn step(line: &str) -> Option<Step> {
    let (name, rest) = line.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    if result.starts_with('-') || result.starts_with('?') {
        return None;
    }
    let arguments = arguments.trim_end().strip_suffix(')')?;
    // Of calls about an open file; the file may have no name any more.
    let open = || {
        let (_, rest) = arguments.split_once('<')?;
        let (path, rest) = rest.split_once('>')?;
        (!rest.starts_with("(deleted)")).then(|| path_of(plain(path)))
    };
    let texts: Vec<Vec<u8>> = arguments.split('"').skip(1).step_by(2).map(plain).collect();
    let named = |index: usize| texts.get(index).map(|text| path_of(text.clone()));
    let last = || arguments.rsplit(", ").next()?.parse().ok();
    match name {
        "openat" | "open" | "creat" => {
            let makes = name == "creat" || arguments.contains("O_CREAT");
            let empty = name == "creat" || arguments.contains("O_TRUNC");
            (makes || empty).then_some(Step::Open { path: named(0)?, empty })
        }
        "mkdir" | "mkdirat" => Some(Step::Folder(named(0)?)),
        "rmdir" | "unlink" | "unlinkat" => Some(Step::Remove(named(0)?)),
        "rename" | "renameat" | "renameat2" => Some(Step::Rename(named(0)?, named(1)?)),
        "ftruncate" => Some(Step::Length(open()?, last()?)),
        "fsync" | "fdatasync" => Some(Step::Sync(open()?)),
        "write" if arguments.starts_with("1<") => Some(Step::Say(text(texts.first()?))),
        "write" => Some(Step::Write { path: open()?, at: None, bytes: texts.first()?.clone() }),
        "pwrite64" => Some(Step::Write { path: open()?, at: Some(last()?), bytes: texts.first()?.clone() }),
        // The program does none of the others to a file of its base: a replay that lacked one would
        // not end in the base as it is.
        _ => None,
    }
}

fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(OsString::from_vec(bytes))
}

/// Bytes that stand as `\x` and two digits each.
fn plain(escaped: &str) -> Vec<u8> {
    let digits = escaped.split("\\x").skip(1);
    digits.map(|two| u8::from_str_radix(two, 16).expect("strace writes hexadecimal digits")).collect()
}
