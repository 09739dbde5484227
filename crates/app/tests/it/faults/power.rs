//! Power that is lost: what was acknowledged lasts, all else is whole or not there.
//!
//! A program's steps are recorded once and then replayed on a disk that forgets what was not synced,
//! up to every sync. (A kill proves nothing here: it leaves the system's memory of files alone.)

use super::bed::{Bed, Verb, finished, shop, text};
use super::disk::{Disk, Loss};
use super::log::{Recording, Step, record};
use super::strace;
use std::cell::Cell;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output};

/// For so many kills that are asked for, a part is lost in one more way at each sync, and in one at least.
/// Bases between neighbouring syncs are nearly the same: a few ways at each are many in all.
const KILLS_A_PART: u32 = 15;

/// Looks at a base after it lost power. What the program had said until then, and where it was, follow.
type Check<'a> = &'a dyn Fn(&Bed, &Output, &str);

/// A world with a base in it, and room for worlds that lost power.
struct Ground {
    folder: tempfile::TempDir,
    world: PathBuf,
    log: PathBuf,
    losses: Cell<u32>,
}

impl Ground {
    fn new() -> Ground {
        let folder = tempfile::tempdir().unwrap();
        // As strace names it.
        let path = folder.path().canonicalize().unwrap();
        let [world, log] = ["world", "log"].map(|name| path.join(name));
        fs::create_dir(&world).unwrap();
        Ground { folder, world, log, losses: Cell::new(0) }
    }

    fn base(&self) -> PathBuf {
        self.world.join("base")
    }

    /// The base after power was lost, in a folder that no other one had: a connection that is still
    /// being closed removes files by their names.
    fn lost(&self, disk: &Disk, loss: Loss) -> Bed {
        let number = self.losses.get() + 1;
        self.losses.set(number);
        let after = self.folder.path().join(format!("after-{number}"));
        disk.after(loss, &after);
        Bed { folder: after.join("base"), state: None }
    }

    /// Cuts the power before and after every sync and at the end. Gives the number of cuts.
    fn cut_everywhere(&self, mut disk: Disk, recording: &Recording, check: Check<'_>) -> usize {
        let steps = &recording.steps;
        let mut said = String::new();
        let mut cuts = 0;
        let parts = u64::from(strace::kills() / KILLS_A_PART).max(1);
        for (number, step) in (1..).zip(steps) {
            let mut cut = |disk: &Disk, said: &str, loss: Loss| {
                let output = Output {
                    status: ExitStatus::from_raw(9),
                    stdout: said.as_bytes().to_owned(),
                    stderr: Vec::new(),
                };
                let at = format!("power lost at step {number} of {}, {step:?}: {loss:?}", steps.len());
                let bed = self.lost(disk, loss);
                check(&bed, &output, &at);
                fs::remove_dir_all(&bed.folder).unwrap();
                cuts += 1;
            };
            match step {
                Step::Sync(path) if path.starts_with(&self.world) => {
                    (0..parts).for_each(|part| cut(&disk, &said, Loss::Part(number * 1_000 + part)));
                    disk.apply(step);
                    cut(&disk, &said, Loss::All);
                }
                Step::Say(words) => {
                    said.push_str(words);
                    cut(&disk, &said, Loss::All);
                    cut(&disk, &said, Loss::Part(number));
                }
                _ => disk.apply(step),
            }
        }
        // Each call during which the program ended was done or was not.
        for step in &recording.undecided {
            if disk.difference(&self.world).is_some() {
                disk.apply(step);
            }
        }
        assert_eq!(disk.difference(&self.world), None);
        cuts
    }
}

fn at_any_sync(verb: Verb) -> usize {
    let ground = Ground::new();
    let bed = shop().bed(verb, &ground.base());
    let disk = Disk::of(&ground.world);
    let recording = record(&shop().command(verb, &bed), &ground.log);
    ground.cut_everywhere(disk, &recording, &|bed, output, at| shop().assert_recovers(verb, bed, output, at))
}

#[test]
fn an_import_acknowledged_before_the_power_went_is_there() {
    if strace::works("imports that lose power") {
        let cuts = at_any_sync(Verb::Import);
        eprintln!("{cuts} cuts");
        assert!(cuts >= 15, "only {cuts} cuts");
    }
}

#[test]
fn an_undo_acknowledged_before_the_power_went_is_done() {
    if strace::works("undos that lose power") {
        let cuts = at_any_sync(Verb::Undo);
        eprintln!("{cuts} cuts");
        assert!(cuts >= 4, "only {cuts} cuts");
    }
}

/// The import of the first file of a base that is not there yet.
fn first_import(bed: &Bed) -> Command {
    let mut command = bed.dolka();
    command.args(["import", "--zone", "Europe/Riga"]).arg(shop().file("orders.csv"));
    command
}

#[test]
fn a_base_whose_first_import_was_acknowledged_is_there() {
    if !strace::works("first imports that lose power") {
        return;
    }
    let ground = Ground::new();
    let bed = Bed { folder: ground.base(), state: None };
    let disk = Disk::of(&ground.world);
    let recording = record(&first_import(&bed), &ground.log);
    let other = tempfile::tempdir().unwrap();
    let wanted = Bed { folder: other.path().join("base"), state: None };
    assert!(matches!(finished(first_import(&wanted)).status.code(), Some(0 | 3)));
    let wanted = wanted.picture();
    let cuts = ground.cut_everywhere(disk, &recording, &|bed, output, at| {
        if text(&output.stdout).contains("import 1") {
            assert!(bed.picture() == wanted, "acknowledged and not there: {at}");
        }
        let again = finished(first_import(bed));
        assert!(matches!(again.status.code(), Some(0 | 3)), "after {at}: {}", text(&again.stderr));
        assert!(bed.picture() == wanted, "importing again gave another base after {at}");
    });
    eprintln!("{cuts} cuts");
    assert!(cuts >= 15, "only {cuts} cuts");
}

/// A replay without some of the syncs must end in a base that lacks the import, or the tests above
/// prove nothing.
#[test]
fn a_sync_left_out_would_be_noticed() {
    if !strace::works("syncs left out") {
        return;
    }
    let ground = Ground::new();
    let bed = shop().bed(Verb::Import, &ground.base());
    let pristine = Disk::of(&ground.world);
    let Recording { steps, .. } = record(&shop().command(Verb::Import, &bed), &ground.log);
    let acknowledged = steps.iter().position(|step| matches!(step, Step::Say(_))).unwrap();
    let wanted = bed.picture();
    let there_without = |left_out: &dyn Fn(&Path) -> bool| {
        let mut disk = pristine.clone();
        let done = |step: &&Step| !matches!(step, Step::Sync(path) if left_out(path));
        steps[..acknowledged].iter().filter(done).for_each(|step| disk.apply(step));
        ground.lost(&disk, Loss::All).look().is_ok_and(|found| found == wanted)
    };
    assert!(there_without(&|_| false));
    let ends = |path: &Path, with: &str| path.to_str().is_some_and(|path| path.ends_with(with));
    assert!(!there_without(&|path| ends(path, ".part")), "fact files");
    assert!(!there_without(&|path| ends(path, "facts/orders")), "the folder of fact files");
    assert!(!there_without(&|path| ends(path, "state.db-wal")), "the log of the state");
}
