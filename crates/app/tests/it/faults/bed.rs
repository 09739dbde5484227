//! A base with two imports, a third file with something of everything, and what may be seen of the
//! base before and after the third import, its undo, and its compaction.

use dolka_app::base::{Base, Place};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// Exit code of an import that went well and has rejected rows, as the third one has.
const LOOK_AT: i32 = 3;

/// What changes the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// The third import, of a base with two.
    Import,
    /// Its undo.
    Undo,
    /// A compaction of the three.
    Compact,
    /// The deletion of what the compaction has merged.
    Forget,
}

impl Verb {
    /// What only a success says.
    pub fn acknowledgement(self) -> &'static str {
        match self {
            Verb::Import | Verb::Undo => "import 3",
            Verb::Compact => "merged into",
            Verb::Forget => "can no longer be undone",
        }
    }
}

/// What people can see of a base.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// One line per import, without moments.
    pub ledger: Vec<String>,
    /// All features of all customers.
    pub features: String,
    /// Import and kind of each listed file; how many files are kept in all.
    pub files: (Vec<(i64, &'static str)>, usize),
}

/// The sample shop: files, bases in their states, pictures.
pub struct Shop {
    folder: TempDir,
    two: Picture,
    three: Picture,
    undone: Picture,
    compacted: Picture,
    forgotten: Picture,
}

/// The one shop of all tests.
pub fn shop() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(Shop::make)
}

impl Shop {
    fn make() -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        let size = ["--customers", "150", "--orders", "700", "--last-day", "2025-06-30", "--threads", "1"];
        let mut demo = dolka(&files);
        demo.arg("demo").args(size).arg("--files").arg(&files);
        finished(demo);
        let orders = fs::read_to_string(files.join("orders.csv")).unwrap();
        fs::write(files.join("third.csv"), third(&orders)).unwrap();
        let empty = Picture { ledger: Vec::new(), features: String::new(), files: (Vec::new(), 0) };
        let [three, undone, compacted, forgotten] = [(); 4].map(|()| empty.clone());
        let mut shop = Shop { folder, two: empty, three, undone, compacted, forgotten };

        let base = Bed { folder: shop.folder.path().join("two"), state: None };
        shop.import_two(&base);
        shop.two = base.picture();
        let base = shop.bed_of(&base.folder, &shop.folder.path().join("three"));
        assert_eq!(finished(shop.command(Verb::Import, &base)).status.code(), Some(LOOK_AT));
        shop.three = base.picture();
        let three = base;
        let base = shop.bed_of(&three.folder, &shop.folder.path().join("undone"));
        assert!(finished(shop.command(Verb::Undo, &base)).status.success());
        shop.undone = base.picture();
        let base = shop.bed_of(&three.folder, &shop.folder.path().join("compacted"));
        assert!(finished(shop.command(Verb::Compact, &base)).status.success());
        shop.compacted = base.picture();
        let base = shop.bed_of(&base.folder, &shop.folder.path().join("forgotten"));
        assert!(finished(shop.command(Verb::Forget, &base)).status.success());
        shop.forgotten = base.picture();

        assert_ne!(shop.two.features, shop.three.features);
        assert_eq!(shop.two.features, shop.undone.features);
        assert_eq!(shop.three.features, shop.compacted.features);
        assert_eq!(shop.three.features, shop.forgotten.features);
        assert!(shop.three.files.0.len() > shop.compacted.files.0.len());
        assert_eq!(shop.forgotten.files.0, shop.compacted.files.0);
        assert_eq!(shop.forgotten.files.1, shop.forgotten.files.0.len());
        shop
    }

    /// Makes a base with the first two imports.
    pub fn import_two(&self, bed: &Bed) {
        for name in ["customers.csv", "orders.csv"] {
            let mut import = bed.dolka();
            import.args(["import", "--zone", "Europe/Riga"]).arg(self.file(name));
            assert!(finished(import).status.success());
        }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("files").join(name)
    }

    /// The folder of a base that waits for a verb; not to be written to.
    pub fn pristine(&self, verb: Verb) -> PathBuf {
        self.folder.path().join(match verb {
            Verb::Import => "two",
            Verb::Undo | Verb::Compact => "three",
            Verb::Forget => "compacted",
        })
    }

    /// A base of one's own that waits for a verb.
    pub fn bed(&self, verb: Verb, folder: &Path) -> Bed {
        self.bed_of(&self.pristine(verb), folder)
    }

    fn bed_of(&self, pristine: &Path, folder: &Path) -> Bed {
        copy(pristine, folder);
        Bed { folder: folder.to_owned(), state: None }
    }

    /// The program about to do it.
    pub fn command(&self, verb: Verb, bed: &Bed) -> Command {
        let mut command = bed.dolka();
        match verb {
            Verb::Import => command.arg("import").arg(self.file("third.csv")),
            Verb::Undo => command.args(["undo", "3"]),
            Verb::Compact => command.arg("compact"),
            Verb::Forget => command.args(["compact", "--forget"]),
        };
        command
    }

    fn before(&self, verb: Verb) -> &Picture {
        match verb {
            Verb::Import => &self.two,
            Verb::Undo | Verb::Compact => &self.three,
            Verb::Forget => &self.compacted,
        }
    }

    fn after(&self, verb: Verb) -> &Picture {
        match verb {
            Verb::Import => &self.three,
            Verb::Undo => &self.undone,
            Verb::Compact => &self.compacted,
            Verb::Forget => &self.forgotten,
        }
    }

    pub fn assert_shows_before(&self, verb: Verb, bed: &Bed) {
        let found = bed.picture();
        assert!(found == *self.before(verb), "before {verb:?}: {:#?}", found.ledger);
    }

    /// Looks at a base after a fault, then does again what the fault stopped. `output` is of the
    /// program that met the fault; a killed one has no exit code. `fault` names it for people.
    pub fn assert_recovers(&self, verb: Verb, bed: &Bed, output: &Output, fault: &str) {
        let found = bed.picture();
        let done = found == *self.after(verb);
        let whole = done || found == *self.before(verb);
        assert!(whole, "{verb:?}, {fault}: half of it: {:#?} {:?}", found.ledger, found.files);
        let (out, error) = (text(&output.stdout), text(&output.stderr));
        match output.status.code() {
            Some(0 | LOOK_AT) => assert!(done, "{verb:?}, {fault}: acknowledged and not there"),
            Some(1) => {
                let unknown = error.contains("not known whether");
                assert!(
                    error.starts_with("dolka: ") && error.len() > 40,
                    "{verb:?}, {fault}: said `{error}`"
                );
                assert!(!done || unknown, "{verb:?}, {fault}: refused and yet there: {error}");
            }
            Some(code) => panic!("{verb:?}, {fault}: exit code {code}: {error}"),
            None => {
                let said = out.contains(verb.acknowledgement());
                assert!(!said || done, "{verb:?}, {fault}: acknowledged and not there: {out}");
            }
        }
        let again = finished(self.command(verb, bed));
        // What is undone is not undone again.
        let was_undone = done && text(&again.stderr).contains("is undone already");
        assert!(
            again.status.code() != Some(1) || was_undone,
            "{verb:?}, after {fault}: {}",
            text(&again.stderr)
        );
        assert!(bed.picture() == *self.after(verb), "{verb:?}, after {fault}: again gave another base");
        bed.assert_tidy(fault);
    }
}

/// A base of one test.
pub struct Bed {
    pub folder: PathBuf,
    pub state: Option<String>,
}

impl Bed {
    pub fn dolka(&self) -> Command {
        let mut command = dolka(&self.folder);
        if let Some(state) = &self.state {
            command.env("DOLKA_STATE", state);
        }
        command
    }

    pub fn picture(&self) -> Picture {
        self.look().unwrap()
    }

    /// The picture of a base that may be broken.
    pub fn look(&self) -> Result<Picture, String> {
        let show = |arguments: &[&str]| {
            let mut command = self.dolka();
            command.args(arguments).args(["--format", "csv", "--quiet"]);
            let output = finished(command);
            let failed = || format!("{arguments:?}: {}", text(&output.stderr));
            output.status.success().then(|| text(&output.stdout)).ok_or_else(failed)
        };
        // The second column is the moment, the last one that of the undo.
        let line = |line: &str| {
            let (rest, undone) = line.rsplit_once(',').unwrap();
            let (number, rest) = rest.split_once(',').unwrap();
            let (_at, rest) = rest.split_once(',').unwrap();
            format!("{number},{rest},undone={}", !undone.is_empty())
        };
        let base = self.base();
        // A server may still be doing what a killed program asked for, between one look and the next.
        // This waits for that, so it comes first.
        let paths = base.wait(base.store.all_paths()).unwrap().len();
        let listed = base.files().unwrap().into_iter().map(|file| (file.import, file.file.kind.name()));
        let files = (listed.collect(), paths);
        close(&base);
        let ledger = show(&["imports"])?.lines().map(line).collect();
        Ok(Picture { ledger, features: show(&["features"])?, files })
    }

    fn base(&self) -> Base {
        let place = Place { folder: self.folder.clone(), state: self.state.clone(), zone: None };
        Base::open_existing(&place).unwrap()
    }

    /// Every fact file is kept by the manifest, every kept one is there, and nothing else lies about.
    fn assert_tidy(&self, fault: &str) {
        let base = self.base();
        let listed: BTreeSet<String> = base.wait(base.store.all_paths()).unwrap().into_iter().collect();
        let mut found = BTreeSet::new();
        for kind in ["orders", "customers", "products"] {
            let path = format!("facts/{kind}");
            let Ok(entries) = fs::read_dir(self.folder.join(&path)) else { continue };
            found.extend(entries.map(|entry| format!("{path}/{}", entry.unwrap().file_name().display())));
        }
        assert_eq!(found, listed, "after {fault}");
        for entry in fs::read_dir(self.folder.join("rejects")).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            // Those of files that brought nothing new, or were refused, are of no import and stay.
            let Some(key) = name.strip_suffix(".csv").filter(|key| !key.ends_with(".refused")) else {
                continue;
            };
            let import = base.wait(base.store.import_by_key(key)).unwrap();
            assert!(import.is_some(), "`rejects/{name}` is of no import, after {fault}");
        }
        close(&base);
        let known = ["facts", "rejects", "writer.lock", "state.db", "state.db-wal", "state.db-shm"];
        for entry in fs::read_dir(&self.folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(known.contains(&name.as_str()), "`{name}` was left behind after {fault}");
        }
    }
}

/// The program, deaf to the environment of who runs the tests.
fn dolka(base: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dolka"));
    command.env_remove("DOLKA_STATE").env("DOLKA_BASE", base).env("TZ", "UTC");
    command
}

/// Waits until the files of the state are left alone: a base that is only dropped may still remove
/// some while its folder is copied.
fn close(base: &Base) {
    base.wait(async {
        base.store.close().await;
        Ok(())
    })
    .unwrap();
}

/// Runs to the end.
pub fn finished(mut command: Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Orders that the base has, unchanged, changed and cancelled, new ones, a bad row, and a column
/// that becomes an attribute of customers.
fn third(orders: &str) -> String {
    let mut lines = orders.lines();
    let mut text = format!("{},city,status\n", lines.next().unwrap());
    for line in lines {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let number: u64 = cells[0].rsplit('-').next().unwrap().parse().unwrap();
        let status = if number.is_multiple_of(7) { "cancelled" } else { "paid" };
        if number.is_multiple_of(5) {
            cells[12].insert(0, '1');
        }
        if number.is_multiple_of(11) {
            cells[0].insert_str(0, "new-");
        }
        if [3, 5, 7, 11].iter().any(|&part| number.is_multiple_of(part)) {
            text.push_str(&format!("{},Riga,{status}\n", cells.join(",")));
        }
    }
    text + "bad,no date,100000071,,,,,,,1,1.00,0.00,1.00,0.50,Riga,paid\n"
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
