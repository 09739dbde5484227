//! Brings files into a base: staged and durable first, then listed by one transaction.

use crate::base::Base;
use crate::clock;
use anyhow::{Context, Result};
use engine::facts::write::Durability;
use engine::import::problem::Problem;
use engine::import::rejects::RejectsWriter;
use engine::progress::Watch;
use engine::staging::{
    ContactsFile, Destination, FileError, FileOptions, PersonalFile, StagedFile, Target, stage_file,
};
use model::base::{Contact, ContactField, FactKind, LedgerEntry, StagedImport};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

const CONTACTS_UNREAD: &str = "cannot read the contacts that wait to be kept";
const TEXTS_UNREAD: &str = "cannot read the texts that wait to be kept";

/// What is asked of an import.
pub struct Request<'a> {
    pub options: &'a FileOptions,
    /// Look, map and clean as always, and change nothing.
    pub dry_run: bool,
    /// Where rejected rows go; `None`: to the base's own folder.
    pub rejects: Option<&'a Path>,
    pub threads: usize,
}

/// What came of one file.
pub struct Imported {
    /// Number of the import; `None` for a dry run or where nothing was new.
    pub number: Option<i64>,
    pub staged: StagedFile,
    /// The file of rejected rows, if there are any.
    pub rejects: Option<PathBuf>,
}

/// Imports one file.
pub fn import(base: &mut Base, file: &Path, request: &Request<'_>, watch: &dyn Watch) -> Result<Imported> {
    import_with_lock(base, |base| import_locked(base, file, request, watch))
}

/// Imports with the right to change the base, and leaves nothing behind where that fails.
pub(super) fn import_with_lock(
    base: &mut Base,
    import: impl FnOnce(&mut Base) -> Result<Imported>,
) -> Result<Imported> {
    let lock = base.lock()?;
    let imported = import(base);
    if imported.is_err() {
        // What a refused file has staged is listed nowhere; it goes now rather than with the next import.
        // If that fails, the next writer sweeps: what is to be told is why the import failed.
        lock.sweep(base).ok();
    }
    imported
}

pub(super) fn import_locked(
    base: &mut Base,
    file: &Path,
    request: &Request<'_>,
    watch: &dyn Watch,
) -> Result<Imported> {
    let (facts, version) = base.facts_of_ids()?;
    let key = key_of(file);
    let scratch = base.scratch();
    std::fs::create_dir_all(&scratch).with_context(|| format!("cannot make `{}`", scratch.display()))?;
    let durability = if request.dry_run { Durability::Ephemeral } else { Durability::Durable };
    let folder = if request.dry_run { scratch.clone() } else { base.folder.clone() };
    let destination = Destination {
        facts: &facts,
        settings: &base.settings,
        newest_day: clock::today(&base.settings.zone).plus(1),
        scratch: &scratch,
        target: Target { base: &folder, name: &key, durability, threads: request.threads },
    };
    let outcome = stage_file(file, request.options, destination, watch);
    let rejects_path = |own: PathBuf| request.rejects.map_or(own, Path::to_owned);
    let staged = match outcome {
        Ok(staged) => staged,
        Err(error) => return Err(refused(error, &rejects_path(base.rejects_of_refused(&key)))),
    };
    let is_new = is_new(base, &staged)?;
    let problems = &staged.cleaned.problems;
    // A dry run writes them only where it is told to.
    let rejects = if problems.is_empty() || (request.dry_run && request.rejects.is_none()) {
        None
    } else {
        // The next writer sweeps rejected rows whose import never came to be.
        let own = if is_new { base.rejects_of(&key) } else { base.rejects_of_refused(&key) };
        Some(write_rejects(&rejects_path(own), problems, &staged.header)?)
    };
    let number = if request.dry_run || !is_new { None } else { Some(commit(base, &key, version, &staged)?) };
    // The import is there by now: what cannot be removed is swept by the next writer.
    std::fs::remove_dir_all(&scratch).ok();
    Ok(Imported { number, staged, rejects })
}

/// Whether a file brought anything that the base does not have: facts or, of customers, contacts.
///
/// Contacts that come along with orders are no reason for an import of their own: an old export of
/// orders would bring back an old address.
fn is_new(base: &Base, staged: &StagedFile) -> Result<bool> {
    if !staged.staged.files.is_empty() || staged.counts.imported > 0 {
        return Ok(true);
    }
    if staged.kind != FactKind::Customers {
        return Ok(false);
    }
    let mut differs = false;
    each_contacts(staged.contacts.as_ref(), |piece| {
        differs = differs || says_more(base, piece)?;
        Ok(())
    })?;
    Ok(differs)
}

/// Whether the state holds another value of any of these contacts, or none.
fn says_more(base: &Base, contacts: &[Contact]) -> Result<bool> {
    let mut fields: BTreeMap<ContactField, Vec<&Contact>> = BTreeMap::new();
    contacts.iter().for_each(|contact| fields.entry(contact.field).or_default().push(contact));
    for (field, said) in fields {
        let ids: Vec<String> = said.iter().map(|contact| contact.customer_id.clone()).collect();
        let known = base.wait(base.store.values(field, &ids))?;
        let differs = said.iter().any(|contact| match known.get(&contact.customer_id) {
            Some(known) => !field.stays(known) && *known != contact.value,
            None => true,
        });
        if differs {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads what a file says of contacts, piece by piece.
pub(super) fn each_contacts(
    contacts: Option<&ContactsFile>,
    mut each: impl FnMut(&[Contact]) -> Result<()>,
) -> Result<()> {
    let Some(contacts) = contacts else { return Ok(()) };
    let mut reader = contacts.pieces().context(CONTACTS_UNREAD)?;
    loop {
        let piece = reader.next_piece().context(CONTACTS_UNREAD)?;
        if piece.is_empty() {
            return Ok(());
        }
        each(&piece)?;
    }
}

/// Lists what was staged in one transaction.
fn commit(base: &mut Base, key: &str, version: i64, staged: &StagedFile) -> Result<i64> {
    let detected = serde_json::json!({
        "file": staged.detected,
        "mapping": staged.mapping,
        "rejected": by_code(&staged.cleaned.problems),
        "set_aside": staged.cleaned.counts.set_aside,
    });
    let import = StagedImport {
        key: key.to_owned(),
        based_on: Some(version),
        kind: staged.kind,
        source: staged.source.clone(),
        inputs: vec![model::base::InputFile {
            name: staged.input.name.clone(),
            bytes: staged.input.bytes,
            sha256: staged.input.sha256.clone(),
        }],
        counts: staged.counts,
        currency: staged.currency.clone(),
        detected: detected.to_string(),
        files: staged.staged.files.clone(),
    };
    let entry = match keep(base, &import, staged) {
        Ok(entry) => entry,
        // The answer was lost: with the same key the commit is either found or made.
        Err(error) if matches!(error.downcast_ref(), Some(store::Error::Unknown { .. })) => {
            // What failed first says more than what a state that stopped itself says afterwards.
            keep(base, &import, staged).map_err(|_| error)?
        }
        Err(error) => return Err(error),
    };
    if base.settings.currency.is_none() {
        base.settings.currency.clone_from(&staged.currency);
    }
    Ok(entry.import)
}

/// Asks the state to keep an import with what its rows say that is personal, from the first piece on.
fn keep(base: &Base, import: &StagedImport, staged: &StagedFile) -> Result<LedgerEntry> {
    let unread = |what: &str, error: std::io::Error| format!("{what}: {error}; import again");
    let contacts = staged.contacts.as_ref().map(ContactsFile::pieces).transpose();
    let mut contacts = contacts.context(CONTACTS_UNREAD)?;
    let mut next_contacts = || match &mut contacts {
        Some(reader) => reader.next_piece().map_err(|error| unread(CONTACTS_UNREAD, error)),
        None => Ok(Vec::new()),
    };
    let personal = staged.personal.as_ref().map(PersonalFile::pieces).transpose();
    let mut personal = personal.context(TEXTS_UNREAD)?;
    let mut next_personal = || match &mut personal {
        Some(reader) => reader.next_piece().map_err(|error| unread(TEXTS_UNREAD, error)),
        None => Ok(Vec::new()),
    };
    base.wait(base.store.commit_with(import, &mut next_contacts, &mut next_personal, clock::now()))
}

/// Rejected rows by reason code.
pub fn by_code(problems: &[Problem]) -> BTreeMap<String, u64> {
    let mut codes = BTreeMap::new();
    for problem in problems {
        *codes.entry(problem.code.to_owned()).or_default() += 1;
    }
    codes
}

/// A name for the files of an import that no other import has.
fn key_of(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let short: String = name.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    format!("{:016x}-{}-{short}", clock::now(), std::process::id())
}

/// The error of a refused file; rows that made it so are kept to be looked at.
fn refused(error: FileError, path: &Path) -> anyhow::Error {
    if let FileError::TooManyRejects { cleaned, header, .. } = &error {
        match write_rejects(path, &cleaned.problems, header) {
            Ok(path) => {
                let reasons = reasons(&cleaned.problems).join("\n");
                return anyhow::anyhow!("{error}\nrejected rows: {}\n{reasons}", path.display());
            }
            Err(failed) => return anyhow::anyhow!("{error}\n{failed:#}"),
        }
    }
    error.into()
}

/// The most frequent reasons, each with its first row, one line each.
pub fn reasons(problems: &[Problem]) -> Vec<String> {
    /// Reasons that are listed.
    const LISTED: usize = 8;
    let mut by_code: BTreeMap<(&str, &str), (u64, &Problem)> = BTreeMap::new();
    for problem in problems {
        by_code.entry((problem.code, &problem.column)).or_insert((0, problem)).0 += 1;
    }
    let mut listed: Vec<_> = by_code.into_iter().collect();
    listed.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    listed
        .into_iter()
        .take(LISTED)
        .map(|((code, column), (count, first))| {
            let column = if column.is_empty() { String::new() } else { format!(", column `{column}`") };
            let suggestion = if first.suggestion.is_empty() { "" } else { "; " };
            format!(
                "  {code} × {count}: line {}{column}: {}{suggestion}{}",
                first.line, first.reason, first.suggestion
            )
        })
        .collect()
}

/// Writes rejected rows to a file and makes it durable.
pub fn write_rejects(path: &Path, problems: &[Problem], header: &[String]) -> Result<PathBuf> {
    let failed = || format!("cannot write the rejected rows to `{}`", path.display());
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(failed)?;
    }
    let file = File::create(path).with_context(failed)?;
    let mut writer = RejectsWriter::new(BufWriter::new(file), header).with_context(failed)?;
    for problem in problems {
        writer.write(problem, header).with_context(failed)?;
    }
    let file = writer.finish().with_context(failed)?;
    file.get_ref().sync_all().with_context(failed)?;
    // Its name must last too, and that of its folder, which may be new.
    for folder in path.ancestors().skip(1).take(2) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder).and_then(|folder| folder.sync_all()).with_context(failed)?;
    }
    Ok(path.to_owned())
}
