//! A disk that forgets what was not synced.
//!
//! Every file has the bytes that programs see and those that a sync has made last; every folder has
//! the names that programs see and those that a sync of the folder has made last. Power that goes
//! away leaves at least the latter. It is stricter than most file systems, which often keep more.

use super::log::Step;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Bytes that reach a disk together.
const SECTOR_BYTES: usize = 512;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    File(Vec<u8>),
    Folder(BTreeMap<String, usize>),
}

#[derive(Clone, Debug)]
struct Node {
    live: Content,
    synced: Content,
}

/// Everything below a folder; the folder itself lasts.
#[derive(Clone)]
pub struct Disk {
    root: PathBuf,
    nodes: Vec<Node>,
}

/// What goes with the power.
#[derive(Clone, Copy, Debug)]
pub enum Loss {
    /// All that was not synced.
    All,
    /// Any part of it: names one by one, bytes sector by sector, by chances that follow from a seed.
    Part(u64),
}

/// Chances of a half.
struct Chances(u64);

impl Chances {
    fn next(&mut self) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 63 == 1
    }
}

/// Whether something that was not synced has lasted by chance.
fn kept(chances: &mut Option<Chances>) -> bool {
    chances.as_mut().is_some_and(Chances::next)
}

impl Disk {
    /// What is below a folder now, all of it synced.
    pub fn of(root: &Path) -> Disk {
        let mut disk = Disk { root: root.to_owned(), nodes: Vec::new() };
        disk.read(root);
        disk
    }

    fn read(&mut self, path: &Path) -> usize {
        let number = self.add(Content::Folder(BTreeMap::new()));
        let content = if path.is_dir() {
            let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap());
            let name = |entry: &fs::DirEntry| entry.file_name().into_string().unwrap();
            Content::Folder(entries.map(|entry| (name(&entry), self.read(&entry.path()))).collect())
        } else {
            Content::File(fs::read(path).unwrap())
        };
        self.nodes[number] = Node { live: content.clone(), synced: content };
        number
    }

    /// A new file or folder: seen as it is, on the disk empty.
    fn add(&mut self, live: Content) -> usize {
        let synced = match &live {
            Content::File(_) => Content::File(Vec::new()),
            Content::Folder(_) => Content::Folder(BTreeMap::new()),
        };
        self.nodes.push(Node { live, synced });
        self.nodes.len() - 1
    }

    fn find(&self, path: &Path) -> Option<usize> {
        let inside = path.strip_prefix(&self.root).ok()?;
        inside.components().try_fold(0, |number, part| match (&self.nodes[number].live, part) {
            (Content::Folder(names), Component::Normal(name)) => names.get(name.to_str()?).copied(),
            _ => None,
        })
    }

    /// The names of the folder that holds a path, and the path's own name there.
    fn place(&mut self, path: &Path) -> Option<(&mut BTreeMap<String, usize>, String)> {
        let folder = self.find(path.parent()?)?;
        let name = path.file_name()?.to_str()?.to_owned();
        match &mut self.nodes[folder].live {
            Content::Folder(names) => Some((names, name)),
            Content::File(_) => None,
        }
    }

    fn put(&mut self, path: &Path, number: usize) {
        if let Some((names, name)) = self.place(path) {
            names.insert(name, number);
        }
    }

    fn take(&mut self, path: &Path) -> Option<usize> {
        self.place(path).and_then(|(names, name)| names.remove(&name))
    }

    /// The bytes of a file that programs see.
    fn bytes(&mut self, path: &Path) -> Option<&mut Vec<u8>> {
        let number = self.find(path)?;
        match &mut self.nodes[number].live {
            Content::File(bytes) => Some(bytes),
            Content::Folder(_) => None,
        }
    }

    /// Does what a program did; what it did elsewhere is nothing to this disk.
    pub fn apply(&mut self, step: &Step) {
        match step {
            Step::Open { path, empty } => {
                if self.find(path).is_none() {
                    let number = self.add(Content::File(Vec::new()));
                    self.put(path, number);
                } else if let Some(bytes) = self.bytes(path).filter(|_| *empty) {
                    bytes.clear();
                }
            }
            Step::Folder(path) => {
                let number = self.add(Content::Folder(BTreeMap::new()));
                self.put(path, number);
            }
            Step::Write { path, at, bytes } => {
                if let Some(file) = self.bytes(path) {
                    let start = at.unwrap_or(file.len());
                    let end = start + bytes.len();
                    file.resize(file.len().max(end), 0);
                    file[start..end].copy_from_slice(bytes);
                }
            }
            Step::Length(path, length) => {
                if let Some(file) = self.bytes(path) {
                    file.resize(*length, 0);
                }
            }
            Step::Remove(path) => drop(self.take(path)),
            Step::Rename(from, to) => {
                if let Some(number) = self.take(from) {
                    self.put(to, number);
                }
            }
            Step::Sync(path) => {
                if let Some(number) = self.find(path) {
                    self.nodes[number].synced = self.nodes[number].live.clone();
                }
            }
            Step::Say(_) => {}
        }
    }

    /// Writes into a new folder what is there after the power was lost.
    pub fn after(&self, loss: Loss, target: &Path) {
        let mut chances = match loss {
            Loss::All => None,
            Loss::Part(seed) => Some(Chances(seed)),
        };
        self.write(0, target, &mut chances);
    }

    fn write(&self, number: usize, target: &Path, chances: &mut Option<Chances>) {
        match (&self.nodes[number].live, &self.nodes[number].synced) {
            (Content::Folder(live), Content::Folder(synced)) => {
                fs::create_dir(target).unwrap();
                let names: BTreeSet<&String> = live.keys().chain(synced.keys()).collect();
                for name in names {
                    let (seen, safe) = (live.get(name), synced.get(name));
                    let there = if seen != safe && kept(chances) { seen } else { safe };
                    if let Some(&number) = there {
                        self.write(number, &target.join(name), chances);
                    }
                }
            }
            (Content::File(live), Content::File(synced)) => {
                let mut bytes = synced.clone();
                if live != synced {
                    let length = if kept(chances) { live.len() } else { synced.len() };
                    bytes.resize(length, 0);
                    for start in (0..length.min(live.len())).step_by(SECTOR_BYTES) {
                        let end = (start + SECTOR_BYTES).min(length).min(live.len());
                        if kept(chances) {
                            bytes[start..end].copy_from_slice(&live[start..end]);
                        }
                    }
                }
                fs::write(target, bytes).unwrap();
            }
            _ => unreachable!("a file stays a file"),
        }
    }

    /// What programs would see otherwise here than in the folder itself: then a step was overlooked.
    /// (What is in the index of SQLite's log is written through memory and not seen.)
    pub fn difference(&self, folder: &Path) -> Option<String> {
        let real = Disk::of(folder);
        self.first_difference(0, &real, 0, folder)
    }

    fn first_difference(&self, number: usize, other: &Disk, theirs: usize, path: &Path) -> Option<String> {
        match (&self.nodes[number].live, &other.nodes[theirs].live) {
            (Content::Folder(ours), Content::Folder(real)) if ours.keys().eq(real.keys()) => {
                let mut seen = ours.iter().filter(|(name, _)| !name.ends_with("-shm"));
                seen.find_map(|(name, &own)| self.first_difference(own, other, real[name], &path.join(name)))
            }
            (Content::Folder(ours), Content::Folder(real)) => {
                Some(format!("{}: {ours:?} replayed, {real:?}", path.display()))
            }
            (ours, real) => (ours != real).then(|| format!("{} was replayed wrongly", path.display())),
        }
    }
}
