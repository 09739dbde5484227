//! The ids of a bucket's customers.

use crate::scan::Customer;
use arrow_array::builder::StringBuilder;
use arrow_array::{Array, StringArray};

/// Bytes of an id, about.
const BYTES_EXPECTED: usize = 16;

/// Ids in the order in which customers are visited.
///
/// Mostly these are all the texts of a column of lines, one after another: then the column's texts are
/// taken as they are, and texts of another column are added to them.
pub struct Ids {
    /// Texts of which the first are the ids so far.
    texts: StringArray,
    taken: usize,
    /// In place of `texts`, from the first id on that is not the next of them.
    copied: Option<StringBuilder>,
    customers: usize,
}

impl Ids {
    /// Ready for about so many customers.
    pub fn new(customers: usize) -> Ids {
        Ids { texts: StringArray::new_null(0), taken: 0, copied: None, customers }
    }

    /// Adds the id of a customer.
    pub fn push(&mut self, customer: &Customer<'_>) {
        if self.copied.is_none()
            && let Some((key, texts)) = customer.id_key()
            && key == self.taken
        {
            if self.taken == 0 {
                self.texts = texts.values().clone();
            }
            if texts.are(&self.texts) {
                self.taken += 1;
                return;
            }
        }
        self.copied().append_value(customer.id);
    }

    /// Room for ids from several columns, with those so far: where nobody else looks at their column any
    /// more, its own.
    fn copied(&mut self) -> &mut StringBuilder {
        self.copied.get_or_insert_with(|| {
            let texts = std::mem::replace(&mut self.texts, StringArray::new_null(0));
            let texts = match self.taken == texts.len() {
                true => texts.into_builder(),
                false => Err(texts),
            };
            texts.unwrap_or_else(|texts| {
                let customers = self.customers.max(self.taken);
                let mut copied = StringBuilder::with_capacity(customers, customers * BYTES_EXPECTED);
                texts.iter().take(self.taken).for_each(|id| copied.append_option(id));
                copied
            })
        })
    }

    pub fn finish(self) -> StringArray {
        match self.copied {
            Some(mut copied) => copied.finish(),
            None => self.texts.slice(0, self.taken),
        }
    }
}
