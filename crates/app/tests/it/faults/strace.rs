//! Faults that strace puts into system calls.
//!
//! strace counts calls for each thread, so calls of the state's own thread are told apart by the
//! path they are about; with `--threads 1` all others come from one thread.

use super::bed::{Bed, Verb, shop};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// More calls than any verb makes: a sweep must end by itself.
const CALLS_MAX: u32 = 500;

/// What happens instead of a call.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Kill,
    /// The call fails; once, or from then on.
    Error(&'static str, Again),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    Once,
    Always,
}

/// Which calls: their names, and the one path in the base they are about.
#[derive(Clone, Copy, Debug)]
pub struct Calls {
    pub names: &'static str,
    pub path: Option<&'static str>,
}

/// Kills that were asked for by whoever runs the tests, or the few of a plain `cargo test`.
pub fn kills() -> u32 {
    const KILLS: u32 = 12;
    asked_kills().unwrap_or(KILLS)
}

/// Whether there is time to try everything: in a plain `cargo test` repeats are sampled.
pub fn thorough() -> bool {
    asked_kills().is_some()
}

fn asked_kills() -> Option<u32> {
    let kills = std::env::var("DOLKA_KILLS").ok()?;
    Some(kills.parse().expect("DOLKA_KILLS is no number"))
}

/// Whether strace works here. Where a number of kills was asked for, it must.
pub fn works(test: &str) -> bool {
    let tried = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).output();
    if tried.is_ok_and(|output| output.status.success()) {
        return true;
    }
    assert!(asked_kills().is_none(), "DOLKA_KILLS is set and strace does not work here");
    eprintln!("SKIPPED: {test}: strace is missing or may not trace; nothing was proven");
    false
}

/// Puts a fault in place of every call of a kind, one run after another, until a run has no such
/// call any more; every `step`th call. Gives the number of faults.
pub fn sweep(verb: Verb, calls: Calls, fault: Fault, step: u32) -> u32 {
    for (faults, number) in (0..).zip((1..CALLS_MAX).step_by(step as usize)) {
        let folder = tempfile::tempdir().unwrap();
        let bed = shop().bed(verb, &folder.path().join("base"));
        let log = folder.path().join("log");
        let output = run(verb, &bed, calls, fault, number, &log);
        let log = fs::read_to_string(&log).unwrap();
        if !log.contains("(INJECTED)") && !log.contains("killed by SIGKILL") {
            assert!(matches!(output.status.code(), Some(0 | 3)), "without a fault: {output:?}");
            eprintln!("{verb:?}, {fault:?} at {calls:?}: {faults} faults");
            return faults;
        }
        if let Fault::Error(..) = fault {
            let code = output.status.code();
            // What fails while the state is folded up afterwards takes nothing back.
            let unnoticed = code != Some(1) && !acknowledged_before(&log, verb);
            assert!(!unnoticed, "{verb:?}: {fault:?} at call {number} of {calls:?} went unnoticed");
        }
        shop().assert_recovers(verb, &bed, &output, &format!("{fault:?} at call {number} of {calls:?}"));
    }
    panic!("{calls:?} of {verb:?} do not end");
}

/// Whether the success was said before the first fault.
fn acknowledged_before(log: &str, verb: Verb) -> bool {
    let before = log.lines().take_while(|line| !line.contains("(INJECTED)"));
    before.into_iter().any(|line| line.contains("write(1, ") && line.contains(verb.acknowledgement()))
}

fn run(verb: Verb, bed: &Bed, calls: Calls, fault: Fault, number: u32, log: &Path) -> Output {
    let program = shop().command(verb, bed);
    let Calls { names, path } = calls;
    let what = match fault {
        Fault::Kill => format!("inject={names}:signal=KILL:when={number}"),
        Fault::Error(error, Again::Once) => format!("inject={names}:error={error}:when={number}"),
        Fault::Error(error, Again::Always) => format!("inject={names}:error={error}:when={number}+"),
    };
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(log).args(["-s", "400"]);
    // Writes are watched for the one that acknowledges, and go to a file to be found by its path.
    command.arg("-e").arg(format!("trace={names},write")).args(["-e", &what]);
    let said = log.with_extension("said");
    let said_to = fs::File::create(&said).unwrap();
    if let Some(path) = path {
        let path: PathBuf = if path.is_empty() { bed.folder.clone() } else { bed.folder.join(path) };
        command.arg("-P").arg(path).arg("-P").arg(&said);
    }
    command.arg(program.get_program()).args(program.get_args()).args(["--threads", "1"]);
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::null()).stdout(said_to).stderr(Stdio::piped());
    let mut output = command.spawn().unwrap().wait_with_output().unwrap();
    output.stdout = fs::read(&said).unwrap();
    // strace ends as its program did, unless a signal it cannot pass on is in the way.
    if fs::read_to_string(log).unwrap().contains("killed by SIGKILL") {
        output.status = killed();
    }
    output
}

/// How a killed program ends.
fn killed() -> std::process::ExitStatus {
    use std::os::unix::process::ExitStatusExt;
    std::process::ExitStatus::from_raw(9)
}
