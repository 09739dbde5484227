//! How numbers and dates of each column are written: proven by the cells, said by the user or the
//! preset, or taken from the other columns of the file.

use super::error::{Finding, MappingError};
use super::evidence::{Evidence, filled};
use super::{ColumnUse, Form, MapOptions, Mapping};
use crate::import::cells::{
    DateEvidence, DateForm, DateGuess, DateOrder, NumberEvidence, NumberForm, NumberGuess,
};
use crate::import::fields::{self, Shape};
use crate::import::presets::Preset;
use crate::sources::RowBlock;

/// A column whose form the sample has not proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    pub column: String,
    pub field: String,
}

impl Mapping {
    /// The columns whose form the sample has not proven. Where there are any, the whole file is to
    /// be looked through with [`Mapping::see`] before [`Mapping::settle`].
    ///
    /// Numbers without any separator are not among them: they read the same in every form, and a
    /// later cell that does not fit the file's form is rejected, not misread.
    pub fn unsettled(&self) -> Vec<Unsettled> {
        let open = self.columns.iter().filter(|column| !column.settled);
        open.map(|column| Unsettled {
            column: column.header.clone(),
            field: column.field.clone().unwrap_or_default(),
        })
        .collect()
    }

    /// Gathers what a block's cells say of the columns that are not settled.
    pub fn see(&mut self, block: &RowBlock) {
        for (index, evidence) in &mut self.evidence {
            block.iter().for_each(|row| evidence.see(row.cell(*index)));
        }
    }

    /// Settles the open columns by all that was seen.
    ///
    /// # Errors
    /// Where even the whole file leaves a form open: the flag that says it is named.
    pub fn settle(&mut self) -> Result<(), MappingError> {
        let mut findings = Vec::new();
        let common = self.common_number_form();
        for (index, evidence) in std::mem::take(&mut self.evidence) {
            let Some(column) = self.columns.iter_mut().find(|column| column.index == index) else { continue };
            let finding = match evidence {
                Evidence::Number(evidence) => match evidence.finish() {
                    NumberGuess::Sure(form) | NumberGuess::Assumed(form) => {
                        settle(column, Form::Number(form))
                    }
                    NumberGuess::Ambiguous { example } => match common {
                        Some(form) => settle(column, Form::Number(form)),
                        None => Some(Finding::OpenNumbers { column: column.header.clone(), example }),
                    },
                    NumberGuess::NotNumbers { example } => Some(wrong(column, "numbers", example)),
                },
                Evidence::Date(evidence) => match evidence.finish(self.language) {
                    DateGuess::Sure(form) | DateGuess::Assumed(form) => settle(column, Form::Date(form)),
                    DateGuess::Ambiguous { example } => {
                        Some(Finding::OpenDates { column: column.header.clone(), example })
                    }
                    DateGuess::NotDates { example } => Some(wrong(column, "dates", example)),
                },
            };
            findings.extend(finding);
        }
        if findings.is_empty() { Ok(()) } else { Err(MappingError { findings }) }
    }

    /// The form that proven columns of the file have; a file is written by one hand.
    fn common_number_form(&self) -> Option<NumberForm> {
        self.columns.iter().filter(|column| column.settled).find_map(|column| match &column.form {
            Form::Number(form) => Some(*form),
            _ => None,
        })
    }
}

fn settle(column: &mut ColumnUse, form: Form) -> Option<Finding> {
    column.form = form;
    column.settled = true;
    None
}

fn wrong(column: &ColumnUse, wanted: &'static str, example: String) -> Finding {
    Finding::WrongCells {
        column: column.header.clone(),
        field: column.field.clone().unwrap_or_default(),
        wanted,
        example,
    }
}

/// Finds the form of every number and date column by the sample.
pub(super) fn find(
    mapping: &mut Mapping,
    sample: &RowBlock,
    options: &MapOptions,
    preset: Option<&Preset>,
) -> Vec<Finding> {
    let mut findings = numbers(mapping, sample, options.decimal, preset.and_then(|preset| preset.decimal));
    let said = options.date_order;
    let known = preset.and_then(|preset| preset.dates).map(|dates| dates.order());
    for column in &mut mapping.columns {
        if !is_shape(mapping.kind, column, Shape::Date) {
            continue;
        }
        let mut evidence = DateEvidence::new();
        filled(sample, column.index).for_each(|cell| evidence.see(cell));
        let needed = column.field.as_deref() == Some("ordered_at");
        match evidence.finish(None) {
            DateGuess::Sure(form) => {
                settle(column, Form::Date(form));
            }
            DateGuess::NotDates { example } if needed && !example.is_empty() => {
                findings.push(wrong(column, "dates", example));
            }
            // Either order fits every value of the sample.
            guess => match said.or(known).and_then(in_order) {
                Some(form) => {
                    settle(column, Form::Date(form));
                }
                None => {
                    // A column without any date in the sample is read with the year first until
                    // the rest of the file is known.
                    column.form = in_order(DateOrder::YearFirst).map_or(Form::Text, Form::Date);
                    column.settled = matches!(guess, DateGuess::NotDates { .. }) && !needed;
                    if !column.settled {
                        mapping.evidence.push((column.index, Evidence::Date(evidence)));
                    }
                }
            },
        }
        // What the user says wins over what the cells seem to prove, but for dates that begin with
        // the year: they read one way only.
        if let (Some(order), Form::Date(form)) = (said, &mut column.form)
            && form.order != DateOrder::YearFirst
        {
            form.order = order;
        }
    }
    findings
}

/// Finds the forms of number columns.
fn numbers(
    mapping: &mut Mapping,
    sample: &RowBlock,
    said: Option<char>,
    known: Option<char>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut open = Vec::new();
    for column in &mut mapping.columns {
        if !is_shape(mapping.kind, column, Shape::Number) {
            continue;
        }
        let mut evidence = NumberEvidence::new();
        filled(sample, column.index).for_each(|cell| evidence.see(cell));
        let guess = evidence.finish();
        match (&guess, said) {
            (NumberGuess::Sure(form), said) if said.is_none_or(|decimal| decimal == form.decimal) => {
                settle(column, Form::Number(with_decimal(form.decimal, form.grouping)));
            }
            (NumberGuess::NotNumbers { example }, _) if is_money(column) && !example.is_empty() => {
                findings.push(wrong(column, "numbers", example.clone()));
            }
            _ => open.push((column.index, guess, evidence)),
        }
    }
    let common = said.or(mapping.common_number_form().map(|form| form.decimal)).or(known);
    let grouping = mapping.common_number_form().and_then(|form| form.grouping);
    for (index, guess, evidence) in open {
        let column = &mut mapping.columns[index];
        let form = match (common, &guess) {
            (Some(decimal), _) => with_decimal(decimal, grouping),
            (None, NumberGuess::Assumed(form)) => *form,
            (None, _) => {
                column.form = Form::Number(NumberForm { decimal: '.', grouping: None });
                column.settled = false;
                mapping.evidence.push((index, Evidence::Number(evidence)));
                continue;
            }
        };
        settle(column, Form::Number(form));
    }
    findings
}

/// The form with this decimal mark. Where the decimal mark is known, the other mark can only part
/// thousands; the file may show that they are parted in another way.
fn with_decimal(decimal: char, grouping: Option<char>) -> NumberForm {
    let usual = if decimal == ',' { '.' } else { ',' };
    NumberForm { decimal, grouping: grouping.filter(|&mark| mark != decimal).or(Some(usual)) }
}

/// The form of dates with the day first.
pub(in crate::import) fn day_first() -> Option<DateForm> {
    in_order(DateOrder::DayFirst)
}

/// The form of dates in an order, as the order's plainest date proves it.
pub(super) fn in_order(order: DateOrder) -> Option<DateForm> {
    let mut evidence = DateEvidence::new();
    evidence.see(match order {
        DateOrder::YearFirst => "2010-12-31",
        DateOrder::DayFirst => "31/12/2010",
        DateOrder::MonthFirst => "12/31/2010",
    });
    match evidence.finish(None) {
        DateGuess::Sure(form) => Some(form),
        _ => None,
    }
}

fn is_shape(kind: model::base::FactKind, column: &ColumnUse, shape: Shape) -> bool {
    let field = column.field.as_deref().and_then(|name| fields::field(kind, name));
    field.is_some_and(|field| field.shape == shape)
}

fn is_money(column: &ColumnUse) -> bool {
    matches!(column.field.as_deref(), Some("amount" | "price" | "order_total"))
}
