//! A base on this machine: its folder of facts and its state, opened together.

use crate::clock;
use anyhow::{Context, Result, bail};
use engine::facts::FactSet;
use engine::interests::HandTag;
use model::base::{BaseSettings, ContactField, FactKind, ListedFile};
use model::identity::Links;
use std::collections::{BTreeMap, HashSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use store::Store;
use tokio::runtime::Runtime;

/// Name of the state's file in the base's folder, unless the state lives elsewhere.
const STATE_FILE: &str = "state.db";
/// Name of the file that a writer holds.
const LOCK_FILE: &str = "writer.lock";

/// Folder of rejected rows.
const REJECTS_FOLDER: &str = "rejects";
/// How the names of folders begin in which sample shops wait to be imported.
const SHOP_PREFIX: &str = "sample-shop-";

/// Where a base is.
#[derive(Clone, Debug)]
pub struct Place {
    /// Folder of the facts.
    pub folder: PathBuf,
    /// URL of the state, such as `postgres://…`; `None`: a file in the folder.
    pub state: Option<String>,
    /// Zone of a base that is made now; `None`: the machine's.
    pub zone: Option<String>,
}

impl Place {
    /// Whether a base is there already.
    pub fn exists(&self) -> bool {
        self.state.is_some() || self.folder.join(STATE_FILE).exists()
    }
}

/// An opened base.
pub struct Base {
    pub folder: PathBuf,
    pub settings: BaseSettings,
    pub store: Store,
    runtime: Runtime,
}

/// The right to change the base; one at a time, released when dropped or when the program ends.
pub struct WriterLock(#[expect(dead_code, reason = "held, not read")] File);

impl WriterLock {
    /// Removes what a refused import has left.
    pub fn sweep(&self, base: &Base) -> Result<()> {
        base.sweep()
    }
}

impl Base {
    /// Opens a base, making it if there is none.
    pub fn open(place: &Place) -> Result<Base> {
        make_folder(&place.folder)
            .with_context(|| format!("cannot make the folder `{}`", place.folder.display()))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .context("cannot start the runtime of the state")?;
        let state = match &place.state {
            Some(url) => url.clone(),
            None => place.folder.join(STATE_FILE).display().to_string(),
        };
        let zone = place.zone.clone().unwrap_or_else(clock::machine_zone);
        let (store, settings) = runtime.block_on(async {
            let store = Store::open(&state).await?;
            let defaults = BaseSettings { zone, currency: None, digest_key: [0; 32] };
            let settings = store.settings(&defaults).await?;
            Ok::<_, store::Error>((store, settings))
        })?;
        if let Some(asked) = &place.zone
            && *asked != settings.zone
        {
            bail!(
                "the base counts days in `{}` since its first day, not in `{asked}`; \
                 use `--base` to make another one",
                settings.zone
            );
        }
        Ok(Base { folder: place.folder.clone(), settings, store, runtime })
    }

    /// Opens a base that is there already.
    pub fn open_existing(place: &Place) -> Result<Base> {
        if !place.exists() {
            bail!(
                "there is no base in `{}`; make one with `dolka import FILE` or `dolka demo`, or name \
                 another with `--base`",
                place.folder.display()
            );
        }
        Base::open(place)
    }

    /// Waits for the state to answer.
    pub fn wait<T>(&self, answer: impl Future<Output = store::Result<T>>) -> Result<T> {
        Ok(self.runtime.block_on(answer)?)
    }

    /// Waits for another database to answer.
    pub fn wait_for_rows<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }

    /// The facts of persons as the manifest and the links say now, and the version of both: ids that
    /// are linked answer as one.
    pub fn facts(&self) -> Result<(FactSet, i64)> {
        loop {
            let (mut facts, version) = self.facts_of_ids()?;
            let links = self.links()?;
            // Both are of one moment, unless somebody wrote between them.
            if self.wait(self.store.version())? == version {
                let threads = std::thread::available_parallelism().map_or(1, usize::from);
                engine::identity::link(&mut facts, &links, threads)?;
                if facts.regions.has_zips() {
                    facts.hand_zips(self.wait(self.store.every(ContactField::Zip))?);
                }
                if facts.has_events(FactKind::Touches) {
                    facts.hand_topics(self.wait(self.store.conversation_topics())?);
                }
                return Ok((facts, version));
            }
        }
    }

    /// The facts as files say them, every id by itself: what imports are compared with.
    pub fn facts_of_ids(&self) -> Result<(FactSet, i64)> {
        let manifest = self.wait(self.store.manifest())?;
        let facts = FactSet::open(&self.folder, &manifest.files, self.settings.currency.as_deref())?;
        Ok((facts, manifest.version))
    }

    /// What people have said of tags, by customer: a person has what is said of any of its ids, and of
    /// several words on a tag the newest counts.
    pub fn tags_by_hand(&self) -> Result<BTreeMap<String, Vec<HandTag>>> {
        let links = self.links()?;
        let mut tags = self.wait(self.store.tags())?;
        tags.iter_mut().for_each(|tag| tag.customer_id = links.main_of(&tag.customer_id).to_owned());
        tags.sort_by(|a, b| (&a.customer_id, &a.tag, b.set_at).cmp(&(&b.customer_id, &b.tag, a.set_at)));
        tags.dedup_by(|later, first| (&later.customer_id, &later.tag) == (&first.customer_id, &first.tag));
        let mut by_hand: BTreeMap<String, Vec<HandTag>> = BTreeMap::new();
        for tag in tags {
            let hand = HandTag { category: tag.tag, holds: tag.holds, until: tag.until };
            by_hand.entry(tag.customer_id).or_default().push(hand);
        }
        Ok(by_hand)
    }

    /// Which ids are one person now.
    pub fn links(&self) -> Result<Links> {
        Ok(Links::replay(&self.wait(self.store.links())?))
    }

    /// The files of the manifest.
    pub fn files(&self) -> Result<Vec<ListedFile>> {
        Ok(self.wait(self.store.manifest())?.files)
    }

    /// Takes the right to change the base, and sweeps what a writer that died has left.
    pub fn lock(&self) -> Result<WriterLock> {
        let path = self.folder.join(LOCK_FILE);
        let file = File::create(&path).with_context(|| format!("cannot make `{}`", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("another import is writing to `{}`; wait until it is done", self.folder.display())
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock `{}`", path.display()));
            }
        }
        self.sweep()?;
        Ok(WriterLock(file))
    }

    /// Removes fact files that no import lists: an import died or was refused before its transaction.
    /// Only the one who writes may sweep.
    fn sweep(&self) -> Result<()> {
        let listed: HashSet<String> = self.wait(self.store.all_paths())?.into_iter().collect();
        for kind in model::base::FactKind::ALL {
            let folder = self.folder.join("facts").join(kind.name());
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for entry in entries {
                let entry = entry.with_context(|| format!("cannot list `{}`", folder.display()))?;
                let path = format!("facts/{}/{}", kind.name(), entry.file_name().to_string_lossy());
                if !listed.contains(&path) {
                    remove(&entry.path())?;
                }
            }
        }
        remove_folder(&self.scratch())?;
        self.sweep_rejects()?;
        self.sweep_shops()
    }

    /// Removes rejected rows of imports that never came to be.
    fn sweep_rejects(&self) -> Result<()> {
        let folder = self.folder.join(REJECTS_FOLDER);
        let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot list `{}`", folder.display()))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Those of refused files, which people were told of, have another ending.
            let Some(key) = name.strip_suffix(".csv").filter(|key| !key.contains('.')) else { continue };
            if self.wait(self.store.import_by_key(key))?.is_none() {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Removes sample shops of programs that died while they filled a base.
    fn sweep_shops(&self) -> Result<()> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return Ok(()) };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot list `{}`", self.folder.display()))?;
            if !entry.file_name().to_string_lossy().starts_with(SHOP_PREFIX) {
                continue;
            }
            // Whoever still works with it holds its lock.
            let held = File::open(entry.path().join(LOCK_FILE));
            if !held.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock))) {
                remove_folder(&entry.path())?;
            }
        }
        Ok(())
    }

    /// A folder for the exports of a sample shop, and the lock that keeps it from being swept. Call
    /// with the writer's lock held, so that nobody sweeps before the folder is locked.
    pub fn shop_folder(&self, _lock: &WriterLock) -> Result<(tempfile::TempDir, File)> {
        let failed = || format!("cannot make a folder for the sample shop in `{}`", self.folder.display());
        let folder =
            tempfile::Builder::new().prefix(SHOP_PREFIX).tempdir_in(&self.folder).with_context(failed)?;
        let file = File::create(folder.path().join(LOCK_FILE)).with_context(failed)?;
        file.lock().with_context(failed)?;
        Ok((folder, file))
    }

    /// Where the rejected rows of an import go that has this key.
    pub fn rejects_of(&self, key: &str) -> PathBuf {
        self.folder.join(REJECTS_FOLDER).join(format!("{key}.csv"))
    }

    /// Where the rejected rows go of a file that became no import.
    pub fn rejects_of_refused(&self, key: &str) -> PathBuf {
        self.folder.join(REJECTS_FOLDER).join(format!("{key}.refused.csv"))
    }

    /// Folder for rows that wait during an import.
    pub fn scratch(&self) -> PathBuf {
        self.folder.join("scratch")
    }
}

/// Makes a folder, and makes its name durable: without that, a power cut could take a whole new base
/// and the first imports in it.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    make_folder(parent)?;
    match std::fs::create_dir(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    File::open(parent)?.sync_all()
}

fn remove_folder(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a file of the base that is no longer listed.
pub fn remove(path: &Path) -> Result<()> {
    std::fs::remove_file(path).with_context(|| format!("cannot remove `{}`", path.display()))
}

/// The country of phone numbers that name none, as the zone suggests it.
pub fn region_of(zone: &str) -> &'static str {
    match zone {
        "Europe/Riga" => "LV",
        "Europe/Madrid" | "Atlantic/Canary" | "Africa/Ceuta" => "ES",
        "Europe/Andorra" => "AD",
        "Europe/Vilnius" => "LT",
        "Europe/Tallinn" => "EE",
        "Europe/Minsk" => "BY",
        "Europe/Kyiv" | "Europe/Kiev" => "UA",
        "Europe/Paris" => "FR",
        zone if zone.starts_with("America/New_York") || zone.starts_with("US/") => "US",
        _ => "RU",
    }
}
