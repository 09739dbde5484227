//! A column in which values are often missing: those in a row are counted, and added together.

use arrow_array::builder::{PrimitiveBuilder, StringBuilder};
use arrow_array::{ArrayRef, ArrowPrimitiveType};
use std::sync::Arc;

/// A column being built.
pub(super) struct Sparse<B> {
    values: B,
    /// Missing values at the end that `values` does not have yet.
    missing: usize,
}

impl<B> Sparse<B> {
    pub fn new(values: B) -> Sparse<B> {
        Sparse { values, missing: 0 }
    }
}

impl Sparse<StringBuilder> {
    pub fn push(&mut self, value: Option<&str>) {
        let Some(value) = value else { return self.missing += 1 };
        self.fill();
        self.values.append_value(value);
    }

    pub fn finish(&mut self) -> ArrayRef {
        self.fill();
        Arc::new(self.values.finish())
    }

    fn fill(&mut self) {
        if self.missing > 0 {
            self.values.append_nulls(std::mem::take(&mut self.missing));
        }
    }
}

impl<T: ArrowPrimitiveType> Sparse<PrimitiveBuilder<T>> {
    pub fn push(&mut self, value: Option<T::Native>) {
        let Some(value) = value else { return self.missing += 1 };
        self.fill();
        self.values.append_value(value);
    }

    pub fn finish(&mut self) -> ArrayRef {
        self.fill();
        Arc::new(self.values.finish())
    }

    fn fill(&mut self) {
        if self.missing > 0 {
            self.values.append_nulls(std::mem::take(&mut self.missing));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::builder::Int32Builder;
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int32Type;

    #[test]
    fn values_stand_where_they_were_put() {
        let given = [None, None, Some(1), Some(2), None, Some(3), None];
        let mut numbers = Sparse::new(Int32Builder::new());
        let mut texts = Sparse::new(StringBuilder::new());
        for value in given {
            numbers.push(value);
            texts.push(value.map(|value| ["", "a", "b", "c"][value as usize]));
        }
        let (numbers, texts) = (numbers.finish(), texts.finish());
        assert_eq!(numbers.as_primitive::<Int32Type>().iter().collect::<Vec<_>>(), given);
        let expected = [None, None, Some("a"), Some("b"), None, Some("c"), None];
        assert_eq!(texts.as_string::<i32>().iter().collect::<Vec<_>>(), expected);
    }
}
