//! Programs that are killed and disks that fail.
//!
//! The victim is this test program itself, started again with `DOLKA_STORE_VICTIM` naming the
//! state: it commits until it is killed and says what was acknowledged.

use crate::bed::{Bed, on_each_state, runtime};
use crate::samples::{contact, file, orders};
use model::base::{Contact, ContactField, FactKind, LedgerEntry, StagedImport};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;
use store::{Error, Store};

const VICTIM: &str = "DOLKA_STORE_VICTIM";
const KILLS: u64 = 20;
/// Of each import; enough to be several statements.
const CONTACTS: usize = 2_500;

/// Commits an import that names itself in all its parts, so that half of it can be told.
async fn commit_whole(store: &Store, key: &str, at: i64) -> Result<LedgerEntry, Error> {
    let files = (0..4).map(|index| file(&format!("{key}-{index}.parquet"))).collect();
    let staged = StagedImport { files, ..orders(key) };
    let contacts = (0..CONTACTS).map(|index| contact(&format!("{key} {index}"), ContactField::Note, key));
    let contacts: Vec<Contact> = contacts.collect();
    let mut pieces = contacts.chunks(CONTACTS / 5).map(<[Contact]>::to_vec);
    let mut next = || Ok(pieces.next().unwrap_or_default());
    store.commit_with(&staged, &mut next, &mut || Ok(Vec::new()), at).await
}

#[test]
fn victim_commits_until_killed() {
    let Ok(place) = std::env::var(VICTIM) else { return };
    let say = |text: &str| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{text}").and_then(|()| out.flush()).unwrap();
    };
    runtime().block_on(async {
        let store = Store::open(&place).await.unwrap();
        for turn in 0.. {
            let key = format!("{} {turn}", std::process::id());
            match commit_whole(&store, &key, turn).await {
                Ok(entry) => say(&format!("acknowledged {} {key}", entry.import)),
                Err(error) => {
                    say(&format!("refused {error:?}"));
                    // A later call must not pretend that nothing happened.
                    let again = commit_whole(&store, "again", turn).await;
                    return say(&format!("again {again:?}"));
                }
            }
        }
    });
}

fn victim(place: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "crashes::victim_commits_until_killed", "--nocapture"]).env(VICTIM, place);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Imports that the lines of a victim acknowledge: number and key.
fn acknowledged(lines: &[String]) -> Vec<(i64, String)> {
    let entry = |line: &String| {
        let (_, rest) = line.split_once("acknowledged ")?;
        let (number, key) = rest.split_once(' ')?;
        Some((number.parse().unwrap(), key.to_owned()))
    };
    lines.iter().filter_map(entry).collect()
}

/// Every import is whole, in the ledger, the manifest and the contacts; acknowledged ones are there.
async fn assert_whole(bed: &Bed, store: &Store, acknowledged: &[(i64, String)]) {
    bed.assert_sound().await;
    let ledger = store.imports().await.unwrap();
    let numbers: Vec<i64> = ledger.iter().map(|entry| entry.import).collect();
    assert_eq!(numbers, (1..=ledger.len() as i64).collect::<Vec<i64>>());
    assert_eq!(store.version().await.unwrap(), ledger.len() as i64);
    assert_eq!(store.files(FactKind::Orders).await.unwrap().len(), 4 * ledger.len());
    for entry in &ledger {
        let key = entry.inputs[0].name.trim_end_matches(".csv");
        let customers = store.find(ContactField::Note, key).await.unwrap();
        assert_eq!(customers.len(), CONTACTS, "contacts of `{key}`");
    }
    for (number, key) in acknowledged {
        let entry = store.import_by_key(key).await.unwrap();
        assert_eq!(entry.map(|entry| entry.import), Some(*number), "`{key}` was acknowledged");
    }
}

#[test]
fn a_killed_program_loses_nothing_acknowledged_and_leaves_nothing_half() {
    on_each_state(async |bed| {
        let mut all = Vec::new();
        for kill in 0..KILLS {
            let mut child = victim(&bed.place).spawn().unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            // Killed at another moment of the second or third commit each time.
            let mut seen = Vec::new();
            while acknowledged(&seen).len() < 1 + kill as usize % 2 {
                seen.push(lines.next().unwrap().unwrap());
            }
            tokio::time::sleep(Duration::from_micros(kill * 7_919 % 40_000)).await;
            child.kill().unwrap();
            child.wait().unwrap();
            seen.extend(lines.map_while(Result::ok));
            all.extend(acknowledged(&seen));
        }
        assert!(all.len() as u64 >= KILLS);
        let store = Store::open(&bed.place).await.unwrap();
        // What was under way is committed again under its key, once; on PostgreSQL this also waits
        // for whatever the server still does for the dead.
        let next = commit_whole(&store, "after", 1).await.unwrap();
        assert_eq!(commit_whole(&store, "after", 1).await.unwrap(), next);
        assert_whole(bed, &store, &all).await;
    });
}

#[test]
fn what_may_be_swept_waits_for_a_commit_under_way() {
    on_each_state(async |bed| {
        bed.store.commit(&orders("first"), 1).await.unwrap();
        let before = bed.store.all_paths().await.unwrap();
        // Half a commit, held open by somebody else's connection.
        let half = "BEGIN; UPDATE base SET version = version; UPDATE files SET path = path || '-late'";
        let mut other = bed.hold(half).await;
        let store = bed.store.clone();
        let mut asked = tokio::spawn(async move { store.all_paths().await });
        let early = tokio::time::timeout(Duration::from_millis(300), &mut asked).await;
        assert!(early.is_err(), "answered before the commit was over: {early:?}");
        other.run("COMMIT").await;
        let after: Vec<String> = before.iter().map(|path| format!("{path}-late")).collect();
        assert_eq!(asked.await.unwrap().unwrap(), after);
    });
}

/// Lines of a victim whose writes fail in a given way, run to its end.
fn lines_of(mut command: Command) -> Vec<String> {
    let child = command.spawn().unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_failing_write_is_an_error_and_stops_the_store() {
    runtime().block_on(async {
        let bed = Bed::sqlite().await;
        // A file may have 1 MiB here, and whoever writes more is told so instead of killed.
        let program = victim(&bed.place);
        let mut limited = Command::new("sh");
        limited.args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\""]);
        limited.arg(program.get_program()).args(program.get_args()).env(VICTIM, &bed.place);
        limited.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let lines = lines_of(limited);
        let refused = lines.iter().find(|line| line.contains("refused")).expect("no write failed");
        assert!(refused.contains("Corrupt") || refused.contains("Unknown"), "{refused}");
        let again = lines.iter().find(|line| line.contains("again")).unwrap();
        assert!(again.contains("Corrupt"), "{again}");

        // Another program, with room, finds everything acknowledged and goes on.
        let store = Store::open(&bed.place).await.unwrap();
        assert_whole(&bed, &store, &acknowledged(&lines)).await;
        commit_whole(&store, "after", 1).await.unwrap();
    });
}
