//! A mapping kept as a preset, so that the next file of the same make needs no flags.

use super::{ColumnUse, Form, How, Mapping};
use crate::import::fields;
use crate::import::presets::{Dates, Preset};
use model::base::FactKind;

impl Mapping {
    /// This mapping as a preset with an id. Its signature is every header it uses that is unique in
    /// the file; other columns are named by their number.
    pub fn to_preset(&self, id: &str) -> Preset {
        let unique = |header: &str| {
            !header.is_empty() && self.columns.iter().filter(|column| column.header == header).count() == 1
        };
        let named = |column: &ColumnUse| {
            if unique(&column.header) { column.header.clone() } else { format!("#{}", column.index + 1) }
        };
        let own = self.columns.iter().any(|column| column.how == How::Attribute);
        let keep = self.kind == FactKind::Touches && own;
        let mut columns = Vec::new();
        let mut signature = Vec::new();
        for column in &self.columns {
            let Some(field) = &column.field else {
                // A column of these kinds that is not named would become an attribute or somebody's name.
                let kept =
                    !matches!(self.kind, FactKind::Orders | FactKind::Products | FactKind::Touches) || keep;
                if kept && !column.header.is_empty() {
                    columns.push((fields::IGNORE.to_owned(), named(column)));
                }
                continue;
            };
            if column.how == How::Attribute {
                continue;
            }
            if unique(&column.header) {
                signature.push(column.header.clone());
            }
            columns.push((field.clone(), named(column)));
        }
        let decimal = self.columns.iter().find_map(|column| match &column.form {
            Form::Number(form) => Some(form.decimal),
            _ => None,
        });
        let dates = self.columns.iter().find_map(|column| match &column.form {
            Form::Date(form) => Some(Dates::of(form.order)),
            _ => None,
        });
        Preset {
            id: id.to_owned(),
            system: id.to_owned(),
            source: self.source.clone(),
            kind: self.kind,
            checked: String::new(),
            signature,
            group: self.group,
            carry: self.carry.clone(),
            decimal,
            dates,
            zone: self.zone.clone(),
            currency: self.currency.clone(),
            cancelled: self.cancelled.clone(),
            fill: self.fill.clone(),
            words: self.words.clone(),
            only: self
                .only
                .iter()
                .filter_map(|(index, cells)| Some((named(self.columns.get(*index)?), cells.clone())))
                .collect(),
            keep,
            anonymous: self.key.is_none() && self.kind != FactKind::Products,
            id_until: self.id_until,
            yearly: self.yearly,
            cents: self.cents,
            consent_in_name: self.consent.is_some(),
            advice: None,
            columns,
        }
    }
}
