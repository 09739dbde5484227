//! Notes on competitors, typed by people.

use crate::base::Base;
use crate::clock;
use anyhow::{Result, bail};
use model::calendar::Day;
use store::CompetitorNote;

/// What somebody noted.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    pub competitor: String,
    /// Whom their advertising addresses, as `ATTRIBUTE=VALUE`.
    pub addresses: Option<String>,
    /// Source or channel in which it was seen.
    pub seen_in: Option<String>,
    pub seen_on: Option<Day>,
    pub text: Option<String>,
}

/// Keeps a note; gives its number.
///
/// # Errors
/// A note that says nothing, or addresses nobody that could be meant.
pub fn add(base: &Base, noted: &Noted) -> Result<i64> {
    let said = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let competitor = noted.competitor.trim();
    if competitor.is_empty() {
        bail!("a note needs the name of the competitor it is of");
    }
    let addresses = match said(&noted.addresses) {
        None => None,
        Some(text) => {
            let parts = text.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
            match parts.filter(|(name, value)| !name.is_empty() && !value.is_empty()) {
                Some((name, value)) => Some((name.to_owned(), value.to_owned())),
                None => bail!("`--addresses {text}` should read ATTRIBUTE=VALUE, such as city=Riga"),
            }
        }
    };
    let (seen_in, text) = (said(&noted.seen_in), said(&noted.text));
    if addresses.is_none() && seen_in.is_none() && text.is_none() {
        bail!("the note on `{competitor}` says nothing; give `--addresses`, `--seen-in` or `--text`");
    }
    let note = CompetitorNote {
        note: 0,
        competitor: competitor.to_owned(),
        addresses,
        seen_in,
        seen_on: noted.seen_on,
        text,
        noted_at: clock::now(),
    };
    base.wait(base.store.add_competitor_note(&note))
}

/// Notes by competitor and number, of one of them or of all; capitals do not matter.
///
/// # Errors
/// The state cannot be read.
pub fn notes(base: &Base, competitor: Option<&str>) -> Result<Vec<CompetitorNote>> {
    let mut notes = base.wait(base.store.competitor_notes())?;
    if let Some(name) = competitor.map(str::to_lowercase) {
        notes.retain(|note| note.competitor.to_lowercase() == name);
    }
    Ok(notes)
}

/// Takes a note away.
///
/// # Errors
/// There is no such one.
pub fn forget(base: &Base, note: i64) -> Result<()> {
    base.wait(base.store.forget_competitor_note(note))
}
