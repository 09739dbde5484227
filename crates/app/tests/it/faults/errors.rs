//! Disks that fail or are full: an error that says so, the base as before, and later all is well.

use super::bed::{Verb, copy, finished, shop, text};
use super::strace::{self, Again, Calls, Fault, sweep};
use std::fs;
use std::path::Path;
use std::process::Command;

const BOTH: [Verb; 2] = [Verb::Import, Verb::Undo];
/// Half-KiB blocks between two limits of the size of a file.
const LIMIT_STEP: usize = 8;
/// KiB between two sizes of a disk.
const DISK_STEP_KIB: usize = 12;

/// A step of a sweep, or a wider one where there is little time.
fn step(step: usize) -> usize {
    if strace::thorough() { step } else { step * 4 }
}

#[test]
fn a_failing_sync_is_never_acknowledged() {
    if !strace::works("syncs that fail") {
        return;
    }
    let mut faults = 0;
    for verb in BOTH {
        for path in [None, Some("state.db-wal"), Some("")] {
            let calls = Calls { names: "fsync,fdatasync", path };
            faults += sweep(verb, calls, Fault::Error("EIO", Again::Once), 1);
            if strace::thorough() {
                faults += sweep(verb, calls, Fault::Error("EIO", Again::Always), 2);
            }
        }
    }
    assert!(faults >= 20, "only {faults} faults");
}

#[test]
fn a_state_without_room_is_an_error_and_no_damage() {
    if !strace::works("writes to a full disk") {
        return;
    }
    let mut faults = 0;
    for verb in BOTH {
        for names in ["pwrite64", "ftruncate,fallocate", "rename,renameat,renameat2"] {
            let step = if names == "pwrite64" { step(1) as u32 } else { 1 };
            let calls = Calls { names, path: None };
            faults += sweep(verb, calls, Fault::Error("ENOSPC", Again::Always), step);
        }
    }
    assert!(faults >= 10, "only {faults} faults");
}

#[test]
fn a_limit_of_the_size_of_files_is_an_error() {
    for verb in BOTH {
        let mut refused = 0;
        for blocks in (0..).step_by(step(LIMIT_STEP)) {
            let folder = tempfile::tempdir().unwrap();
            let bed = shop().bed(verb, &folder.path().join("base"));
            let limit = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            let output = finished(in_shell("sh", &["-c", &limit], &shop().command(verb, &bed)));
            shop().assert_recovers(verb, &bed, &output, &format!("files of {blocks} blocks at most"));
            if output.status.code() != Some(1) {
                break;
            }
            refused += 1;
        }
        assert!(refused >= 2, "{verb:?}: only {refused} limits");
        eprintln!("{verb:?}: {refused} limits of the size of files");
    }
}

#[test]
fn a_full_disk_is_an_error_and_later_there_is_room() {
    let can = Command::new("unshare").args(["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if !can.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: full disks: only root may mount one; nothing was proven");
        return;
    }
    for verb in BOTH {
        let smallest = kib(&shop().pristine(verb));
        let mut refused = 0;
        for size in (smallest..).step_by(step(DISK_STEP_KIB)) {
            let folder = tempfile::tempdir().unwrap();
            let (disk, out) = (folder.path().join("disk"), folder.path().join("out"));
            fs::create_dir(&disk).unwrap();
            let mut bed = shop().bed(verb, &folder.path().join("base"));
            // A disk of its own in a world of its own: it goes with the shell. 99: no room for the base.
            let script = format!(
                "mount -t tmpfs -o size={size}k none {disk} || exit 98
                cp -a {base}/. {disk} || exit 99
                DOLKA_BASE={disk} \"$0\" \"$@\"; code=$?
                cp -a {disk} {out} || exit 97
                exit $code",
                disk = disk.display(),
                base = bed.folder.display(),
                out = out.display(),
            );
            let arguments = ["--mount", "sh", "-c", &script];
            let output = finished(in_shell("unshare", &arguments, &shop().command(verb, &bed)));
            match output.status.code() {
                Some(99) => continue,
                Some(0 | 1 | 3) => {}
                _ => panic!("{:?}: {}", output.status, text(&output.stderr)),
            }
            bed.folder = folder.path().join("roomy");
            copy(&out, &bed.folder);
            shop().assert_recovers(verb, &bed, &output, &format!("a disk of {size} KiB"));
            if output.status.code() != Some(1) {
                break;
            }
            refused += 1;
        }
        assert!(refused >= 1, "{verb:?}: only {refused} disks were full");
        eprintln!("{verb:?}: {refused} full disks");
    }
}

/// A program run by another one.
fn in_shell(shell: &str, arguments: &[&str], program: &Command) -> Command {
    let mut command = Command::new(shell);
    command.args(arguments).arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// Room that a folder takes, in whole pages.
fn kib(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let of = |entry: fs::DirEntry| {
        let path = entry.path();
        if path.is_dir() { kib(&path) } else { entry.metadata().unwrap().len().div_ceil(4096) * 4 }
    };
    entries.map(of).sum()
}
