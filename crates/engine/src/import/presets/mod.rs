//! Presets: exports of known systems, and mappings that users keep, as TOML.

use super::cells::DateOrder;
use super::fields;
use super::names;
use model::base::FactKind;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What is known of one system's export. The shipped ones stand in `presets.toml`, with what each
/// key means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    pub id: String,
    /// The system and where in it the export is made, for people.
    pub system: String,
    /// Name under which ids of this system are kept.
    pub source: String,
    pub kind: FactKind,
    /// How surely the facts are known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub checked: String,
    #[serde(default)]
    pub signature: Vec<String>,
    #[serde(default)]
    pub group: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carry: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<char>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Words of the status column that mean cancelled, besides the usual ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cancelled: Vec<String>,
    /// Field and text: what every row says of it, such as that all rows are calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fill: Vec<(String, String)>,
    /// Field, cell and meaning: what a cell of this system stands for; `*` is any other cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<(String, String, String)>,
    /// Header and cells: rows whose cell of this header is none of these are no facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<(String, Vec<String>)>,
    /// Columns of touches that no field carries are kept with the touch.
    #[serde(default, skip_serializing_if = "is_false")]
    pub keep: bool,
    /// Customer ids end at this mark: behind it stands a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_until: Option<char>,
    /// Rows that name nobody are accepted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub anonymous: bool,
    /// Ids are unique within a year only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub yearly: bool,
    /// Money is in hundredths.
    #[serde(default, skip_serializing_if = "is_false")]
    pub cents: bool,
    /// The file's name says whether its people may be written to.
    #[serde(default)]
    pub consent_in_name: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// Field and header (or `#` and the column's number from 1), in order of preference.
    pub columns: Vec<(String, String)>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// Which part of a date comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dates {
    Year,
    Day,
    Month,
}

impl Dates {
    pub fn order(self) -> DateOrder {
        match self {
            Dates::Year => DateOrder::YearFirst,
            Dates::Day => DateOrder::DayFirst,
            Dates::Month => DateOrder::MonthFirst,
        }
    }

    pub fn of(order: DateOrder) -> Dates {
        match order {
            DateOrder::YearFirst => Dates::Year,
            DateOrder::DayFirst => Dates::Day,
            DateOrder::MonthFirst => Dates::Month,
        }
    }
}

/// A preset file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PresetError {
    #[error("the preset is not readable: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error(
        "the preset `{preset}` maps `{header}` to `{field}`, which is no field of {kind}; \
         `dolka fields` lists them"
    )]
    Field { preset: String, header: String, field: String, kind: &'static str },
    #[error("the preset could not be written: {0}")]
    Write(#[from] toml::ser::Error),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PresetFile {
    preset: Vec<Preset>,
}

/// The shipped presets, in the order in which they are shown.
pub fn shipped() -> &'static [Preset] {
    static SHIPPED: LazyLock<Vec<Preset>> = LazyLock::new(|| {
        Preset::from_toml(include_str!("presets.toml")).expect("the shipped presets are tested to parse")
    });
    &SHIPPED
}

impl Preset {
    /// Reads the presets of a file; their fields must exist.
    pub fn from_toml(text: &str) -> Result<Vec<Preset>, PresetError> {
        let file: PresetFile = toml::from_str(text)?;
        for preset in &file.preset {
            // A free attribute is a field of customers under any name.
            let free = preset.kind == FactKind::Customers;
            let unknown = preset.columns.iter().find(|(field, _)| {
                !free && field != fields::IGNORE && fields::field(preset.kind, field).is_none()
            });
            if let Some((field, header)) = unknown {
                return Err(PresetError::Field {
                    preset: preset.id.clone(),
                    header: header.clone(),
                    field: field.clone(),
                    kind: preset.kind.name(),
                });
            }
        }
        Ok(file.preset)
    }

    /// The preset as a file that [`Preset::from_toml`] reads.
    pub fn to_toml(&self) -> Result<String, PresetError> {
        Ok(toml::to_string(&PresetFile { preset: vec![self.clone()] })?)
    }

    /// Whether all headers of the signature stand in a file's header.
    pub fn recognises(&self, header: &[String]) -> bool {
        !self.signature.is_empty()
            && self.signature.iter().all(|wanted| header.iter().any(|have| names::matches(wanted, have)))
    }
}

/// The preset whose export a header is: of several, the one with the longest signature, then the
/// one that knows the most columns, then the first.
pub fn recognise<'a>(presets: impl Iterator<Item = &'a Preset>, header: &[String]) -> Option<&'a Preset> {
    let known = |preset: &Preset| {
        preset.columns.iter().filter(|(_, name)| header.iter().any(|have| names::matches(name, have))).count()
    };
    let mut best: Option<(&Preset, (usize, usize))> = None;
    for preset in presets.filter(|preset| preset.recognises(header)) {
        let strength = (preset.signature.len(), known(preset));
        if best.is_none_or(|(_, most)| strength > most) {
            best = Some((preset, strength));
        }
    }
    best.map(|(preset, _)| preset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn shipped_presets_are_sound() {
        let presets = shipped();
        let ids: BTreeSet<&str> = presets.iter().map(|preset| preset.id.as_str()).collect();
        assert_eq!(ids.len(), presets.len());
        for preset in presets {
            assert!(
                ["code", "fixture", "docs", "memory"].contains(&preset.checked.as_str()),
                "{}",
                preset.id
            );
            let named = preset
                .advice
                .as_deref()
                .is_some_and(|advice| advice.contains(&format!("--preset {}", preset.id)));
            assert!(!preset.signature.is_empty() || named, "{}", preset.id);
            let unknown = preset
                .columns
                .iter()
                .find(|(field, _)| field != fields::IGNORE && fields::field(preset.kind, field).is_none());
            assert_eq!(unknown, None, "{}", preset.id);
            let said = preset.fill.iter().map(|(field, _)| field);
            let mut said = said.chain(preset.words.iter().map(|(field, _, _)| field));
            assert!(said.all(|field| fields::field(preset.kind, field).is_some()), "{}", preset.id);
            assert!(
                preset.carry.iter().all(|name| fields::field(preset.kind, name).is_some()),
                "{}",
                preset.id
            );
        }
    }

    #[test]
    fn written_and_read_back() {
        for preset in shipped() {
            assert_eq!(Preset::from_toml(&preset.to_toml().unwrap()).unwrap(), std::slice::from_ref(preset));
        }
    }

    #[test]
    fn unknown_fields_are_refused() {
        let text = "[[preset]]\nid='a'\nsystem='A'\nsource='a'\nkind='orders'\ncolumns=[['sum','Sum']]";
        assert!(Preset::from_toml(text).unwrap_err().to_string().contains("`sum`"));
    }

    #[test]
    fn a_signature_of_a_preset_is_not_anothers() {
        for preset in shipped().iter().filter(|preset| !preset.signature.is_empty()) {
            let header: Vec<String> = preset.columns.iter().map(|(_, name)| name.clone()).collect();
            let all: Vec<String> = header.into_iter().chain(preset.signature.clone()).collect();
            let found = recognise(shipped().iter(), &all).map(|found| found.id.as_str());
            assert_eq!(found, Some(preset.id.as_str()));
        }
    }
}
