//! Which field each column carries: by preset, by synonyms, by what the cells hold, by flags.

use super::error::Finding;
use super::evidence::{holds_codes, holds_dates, holds_emails};
use super::{How, MapOptions};
use crate::import::cells::Language;
use crate::import::fields::{self, Shape};
use crate::import::names;
use crate::import::presets::Preset;
use crate::import::rejects::{REASON_COLUMNS, is_header_of_rejects};
use crate::import::synonyms::{self, Meaning, Rank, Word};
use crate::sources::RowBlock;
use model::base::FactKind;

/// Free attributes that one file may bring.
const ATTRIBUTES_MAX: usize = 300;

/// The fields of a file's columns while they are being found.
pub(super) struct Assignment<'a> {
    pub kind: FactKind,
    pub header: &'a [String],
    /// Field and reason per column.
    pub uses: Vec<Option<(String, How)>>,
    /// How surely a synonym names the column's field.
    ranks: Vec<Option<Rank>>,
    languages: Vec<Option<Language>>,
    pub findings: Vec<Finding>,
    pub warnings: Vec<String>,
}

/// Finds the field of every column for a kind of fact.
pub(super) fn assign<'a>(
    kind: FactKind,
    header: &'a [String],
    sample: &RowBlock,
    preset: Option<&Preset>,
    options: &MapOptions,
) -> Assignment<'a> {
    let mut assignment = Assignment {
        kind,
        header,
        uses: vec![None; header.len()],
        ranks: vec![None; header.len()],
        languages: vec![None; header.len()],
        findings: Vec::new(),
        warnings: Vec::new(),
    };
    if is_header_of_rejects(header) {
        assignment.uses[..REASON_COLUMNS.len()].fill(Some((fields::IGNORE.to_owned(), How::Ignored)));
    }
    if let Some(preset) = preset {
        assignment.by_preset(preset);
    }
    assignment.by_synonyms(preset.is_some(), options);
    assignment.by_values(sample, options);
    assignment.by_flags(options);
    assignment.free_attributes(preset.is_some_and(|preset| !preset.keep));
    assignment
}

impl Assignment<'_> {
    pub(super) fn has(&self, field: &str) -> bool {
        self.uses.iter().flatten().any(|(name, _)| name == field)
    }

    /// Whether a column names the field by more than a weak word.
    pub(super) fn has_surely(&self, field: &str) -> bool {
        let mut uses = self.uses.iter().zip(&self.ranks);
        uses.any(|(used, rank)| {
            used.as_ref().is_some_and(|(name, _)| name == field) && *rank != Some(Rank::Weak)
        })
    }

    /// The language most headers are in; the first of the list wins ties.
    pub(super) fn language(&self) -> Option<Language> {
        let all = [Language::Ru, Language::Lv, Language::Ca, Language::Es, Language::En];
        let count = |language| self.languages.iter().filter(|&&seen| seen == Some(language)).count();
        let most = all.into_iter().map(count).max().filter(|&most| most > 0)?;
        all.into_iter().find(|&language| count(language) == most)
    }

    /// Whether a flag that will hold speaks of the column.
    fn said(&self, options: &MapOptions, index: usize) -> bool {
        options.map.iter().filter(|(field, _)| self.is_field(field)).any(|(_, name)| {
            match column_number(name) {
                Some(number) => number == index + 1,
                None => names::matches(name, &self.header[index]),
            }
        })
    }

    /// Whether columns can carry the field; customers have free attributes under any name.
    fn is_field(&self, field: &str) -> bool {
        let known = field == fields::IGNORE || fields::field(self.kind, field).is_some();
        known || self.kind == FactKind::Customers
    }

    fn is_many(&self, field: &str) -> bool {
        field == fields::IGNORE || fields::field(self.kind, field).is_some_and(|field| field.many)
    }

    fn by_preset(&mut self, preset: &Preset) {
        for (field, name) in &preset.columns {
            if self.has(field) && !self.is_many(field) {
                continue;
            }
            let number = column_number(name);
            let found: Vec<usize> = (0..self.header.len())
                .filter(|&index| match number {
                    Some(number) => index + 1 == number,
                    None => names::matches(name, &self.header[index]),
                })
                .filter(|&index| self.uses[index].is_none())
                .collect();
            let many = self.is_many(field);
            if found.len() > 1 && !many && is_needed(field) {
                self.two_columns(field, &found);
            }
            for &index in found.iter().take(if many { found.len() } else { 1 }) {
                self.uses[index] = Some((field.clone(), How::Preset));
            }
        }
    }

    /// Beside a preset only personal fields are looked for by synonyms: what the preset leaves out
    /// of orders it leaves out on purpose, but nothing personal may become an attribute.
    fn by_synonyms(&mut self, beside_preset: bool, options: &MapOptions) {
        let mut meanings: Vec<Option<Meaning>> = Vec::with_capacity(self.header.len());
        for (index, header) in self.header.iter().enumerate() {
            let meaning = synonyms::meaning(self.kind, header);
            self.languages[index] = meaning.and_then(|meaning| meaning.language);
            let open = self.uses[index].is_none() && !self.said(options, index);
            let personal = |meaning: &Meaning| {
                let by_nature = meaning.field.shape == Shape::Contact || meaning.field.name == "created_at";
                let known = meaning.field.shape == Shape::Attribute && meaning.rank <= Rank::Synonym;
                (self.kind == FactKind::Customers && known)
                    || ((self.kind == FactKind::Customers || self.kind.is_event()) && by_nature)
            };
            meanings.push(meaning.filter(|meaning| open && (!beside_preset || personal(meaning))));
        }
        for field in fields::fields(self.kind) {
            let said = options.map.iter().any(|(name, _)| name == field.name);
            if (self.has(field.name) || said) && !field.many {
                continue;
            }
            let of_field =
                |index: &usize| meanings[*index].filter(|meaning| meaning.field.name == field.name);
            let found: Vec<usize> = (0..meanings.len()).filter(|index| of_field(index).is_some()).collect();
            let Some(best) = found.iter().filter_map(of_field).map(|meaning| meaning.rank).min() else {
                continue;
            };
            let top: Vec<usize> = found
                .into_iter()
                .filter(|index| of_field(index).is_some_and(|meaning| meaning.rank == best || field.many))
                .collect();
            if top.len() > 1 && !field.many {
                if is_needed(field.name) {
                    self.two_columns(field.name, &top);
                } else {
                    let first = &self.header[top[0]];
                    self.warnings
                        .push(format!("`{}` is taken from `{first}`, the first of its columns", field.name));
                }
            }
            for &index in top.iter().take(if field.many { top.len() } else { 1 }) {
                self.uses[index] = Some((field.name.to_owned(), How::Synonym));
                self.ranks[index] = meanings[index].map(|meaning| meaning.rank);
            }
        }
    }

    fn by_values(&mut self, sample: &RowBlock, options: &MapOptions) {
        if matches!(self.kind, FactKind::Products | FactKind::Regions) {
            return;
        }
        for index in 0..self.header.len() {
            let by_synonym = matches!(self.uses[index], Some((_, How::Synonym)));
            let field = self.uses[index].as_ref().map(|(field, _)| field.clone());
            match field.as_deref() {
                // `Customer` may hold anything that tells customers apart.
                Some("full_name" | "customer_id") if by_synonym && holds_emails(sample, index) => {
                    self.uses[index] = Some(("email".to_owned(), How::Value));
                }
                Some("full_name") if by_synonym && !self.has("customer_id") && holds_codes(sample, index) => {
                    self.uses[index] = Some(("customer_id".to_owned(), How::Value));
                }
                None if !self.said(options, index) && holds_emails(sample, index) => {
                    // The address of one of ours is nothing of the customer, and nothing to keep.
                    let ours = synonyms::is_of_ours(&self.header[index]);
                    let field = if ours { fields::IGNORE } else { "email" };
                    self.uses[index] = Some((field.to_owned(), How::Value));
                }
                _ => {}
            }
        }
        let dated = ["ordered_at", "document"]
            .iter()
            .any(|field| self.has(field) || options.map.iter().any(|(name, _)| name == field));
        if self.kind == FactKind::Orders && !dated {
            let open = |index: &usize| self.uses[*index].is_none() && !self.said(options, *index);
            let dates: Vec<usize> =
                (0..self.header.len()).filter(open).filter(|&index| holds_dates(sample, index)).collect();
            if dates.len() > 1 {
                self.two_columns("ordered_at", &dates);
            }
            if let Some(&index) = dates.first() {
                self.uses[index] = Some(("ordered_at".to_owned(), How::Value));
            }
        }
    }

    fn by_flags(&mut self, options: &MapOptions) {
        for (field, header) in &options.map {
            if !self.is_field(field) {
                let near = names::nearest(field, fields::fields(self.kind).map(|field| field.name));
                self.findings.push(Finding::NoField { field: field.clone(), near });
                continue;
            }
            let found: Vec<usize> = match column_number(header) {
                Some(number) => (0..self.header.len()).filter(|index| index + 1 == number).collect(),
                None => (0..self.header.len()).filter(|&i| names::matches(header, &self.header[i])).collect(),
            };
            match found[..] {
                [] => self.findings.push(Finding::NoHeader {
                    header: header.clone(),
                    columns: self.header.iter().filter(|name| !name.is_empty()).cloned().collect(),
                }),
                [index] => {
                    if !self.is_many(field) {
                        self.clear(field);
                    }
                    self.uses[index] = Some((field.clone(), How::Flag));
                    self.ranks[index] = None;
                }
                _ => self.findings.push(Finding::SameHeader {
                    header: header.clone(),
                    columns: found.iter().map(|index| format!("#{}", index + 1)).collect(),
                }),
            }
            // What the user has chosen is open no longer.
            self.findings.retain(
                |finding| !matches!(finding, Finding::TwoColumns { field: open, .. } if open == field),
            );
        }
    }

    /// Takes a field from the columns that carried it.
    fn clear(&mut self, field: &str) {
        for used in &mut self.uses {
            if used.as_ref().is_some_and(|(name, how)| name == field && *how != How::Flag) {
                *used = None;
            }
        }
    }

    /// Makes every column of a customer file that nothing is known of a free attribute; columns of
    /// events are kept with the event. Beside a preset of touches they are left out: web analytics
    /// writes many columns that say nothing of a customer, and many rows. Titles of deals and leads
    /// are left out too: they hold names of people. Of people inside companies nothing is kept that is
    /// not known: it may be personal.
    fn free_attributes(&mut self, left_out_of_touches: bool) {
        let wanted = match self.kind {
            FactKind::Customers | FactKind::Deals | FactKind::Leads => true,
            FactKind::Regions | FactKind::Population => true,
            FactKind::Touches => !left_out_of_touches,
            FactKind::Orders | FactKind::Products | FactKind::Contacts => false,
        };
        if !wanted {
            return;
        }
        let mut count = 0;
        for index in 0..self.header.len() {
            let header = self.header[index].trim();
            if self.uses[index].is_some() || header.is_empty() {
                continue;
            }
            let titled = matches!(self.kind, FactKind::Deals | FactKind::Leads);
            if titled && synonyms::is_word(Word::Title, header) {
                continue;
            }
            count += 1;
            if count > ATTRIBUTES_MAX {
                self.warnings.push(format!(
                    "only the first {ATTRIBUTES_MAX} unknown columns are kept as attributes, from \
                     `{header}` on they are left out"
                ));
                break;
            }
            let taken = |name: &str| self.has(name) || fields::field(self.kind, name).is_some();
            let numbered = (2..).map(|number| format!("{header} {number}"));
            let mut wanted = std::iter::once(header.to_owned()).chain(numbered);
            if let Some(name) = wanted.find(|name| !taken(name)) {
                self.uses[index] = Some((name, How::Attribute));
            }
        }
    }

    fn two_columns(&mut self, field: &str, found: &[usize]) {
        let columns = found.iter().map(|&index| self.column_name(index)).collect();
        self.findings.push(Finding::TwoColumns { field: field.to_owned(), columns });
    }

    /// How a flag names a column: by its header, or by its number where the header is not unique.
    fn column_name(&self, index: usize) -> String {
        let name = &self.header[index];
        let same = self.header.iter().filter(|other| names::fold(other) == names::fold(name)).count();
        if same > 1 || name.is_empty() { format!("#{}", index + 1) } else { name.clone() }
    }
}

/// Fields for which a guess between two columns could spoil the facts.
fn is_needed(field: &str) -> bool {
    ["ordered_at", "amount", "price", "quantity", "order_total", "customer_id", "product_id"].contains(&field)
}

/// The number in `#3`.
fn column_number(header: &str) -> Option<usize> {
    header.strip_prefix('#')?.parse().ok()
}
