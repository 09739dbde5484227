//! Kills at every step towards durability, and at random moments.

use super::bed::{Bed, Shop, Verb, finished, shop};
use super::strace::{self, Calls, Fault, kills, sweep};
use dolka_app::clock::Stopwatch;
use std::process::Stdio;
use std::time::Duration;

/// Syncs of files and folders, of the state's log, renames, removals, files and folders made.
const STEPS: [Calls; 6] = [
    Calls { names: "fsync,fdatasync", path: None },
    Calls { names: "fsync,fdatasync", path: Some("state.db-wal") },
    Calls { names: "fsync,fdatasync", path: Some("") },
    Calls { names: "rename,renameat,renameat2", path: None },
    Calls { names: "unlink,unlinkat,rmdir", path: None },
    Calls { names: "mkdir,mkdirat", path: None },
];
/// Writes to the log of the state: in the middle of what will be a transaction.
const LOG_WRITES: Calls = Calls { names: "pwrite64", path: Some("state.db-wal") };
/// Writes of one thread to files, pipes and terminals.
const WRITES: Calls = Calls { names: "write", path: None };

fn at_every_step(verb: Verb) -> u32 {
    // In a plain `cargo test` writes are sampled; syncs, renames and removals never are.
    let step = if strace::thorough() { 1 } else { 5 };
    let kills = |(calls, step): (Calls, u32)| sweep(verb, calls, Fault::Kill, step);
    STEPS.into_iter().map(|calls| (calls, 1)).chain([(LOG_WRITES, step), (WRITES, step)]).map(kills).sum()
}

#[test]
fn an_import_killed_at_any_step_is_whole_or_not_there() {
    if strace::works("imports killed at every step") {
        let kills = at_every_step(Verb::Import);
        assert!(kills >= 18, "only {kills} kills");
    }
}

#[test]
fn an_undo_killed_at_any_step_is_whole_or_not_there() {
    if strace::works("undos killed at every step") {
        let kills = at_every_step(Verb::Undo);
        assert!(kills >= 6, "only {kills} kills");
    }
}

#[test]
fn a_compaction_killed_at_any_step_is_whole_or_not_there() {
    if strace::works("compactions killed at every step") {
        let kills = at_every_step(Verb::Compact) + at_every_step(Verb::Forget);
        assert!(kills >= 18, "only {kills} kills");
    }
}

#[test]
fn killed_at_random_moments_nothing_is_lost_or_doubled() {
    let seed = kill_at_random(shop(), kills(), |verb, number| {
        let folder = tempfile::tempdir().unwrap();
        let bed = shop().bed(verb, &folder.path().join(format!("base-{number}")));
        (bed, folder)
    });
    eprintln!("{} kills, the last at seed {seed}", kills());
}

/// Kills imports and undos in turn, each of a new bed, at moments spread over how long one takes.
pub fn kill_at_random<G>(shop: &Shop, kills: u32, new_bed: impl Fn(Verb, u32) -> (Bed, G)) -> u64 {
    let mut seed = 0x5eed_u64;
    let mut usual = [Duration::ZERO; 2];
    for (verb, usual) in [Verb::Import, Verb::Undo].into_iter().zip(&mut usual) {
        let (bed, _ground) = new_bed(verb, kills);
        let time = Stopwatch::start();
        let output = finished(shop.command(verb, &bed));
        *usual = time.elapsed();
        shop.assert_recovers(verb, &bed, &output, "no fault");
    }
    for number in 0..kills {
        let verb = if number % 2 == 0 { Verb::Import } else { Verb::Undo };
        let (bed, _ground) = new_bed(verb, number);
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = usual[number as usize % 2].mul_f64((seed >> 33) as f64 / f64::from(1_u32 << 31));
        let mut command = shop.command(verb, &bed);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(moment);
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        shop.assert_recovers(verb, &bed, &output, &format!("a kill after {moment:?}"));
    }
    seed
}
