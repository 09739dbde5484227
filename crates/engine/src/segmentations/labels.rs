//! What a segmentation gives its customers.

use std::sync::Arc;

/// A column that a segmentation gives its customers.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelColumn {
    pub name: &'static str,
    pub labels: Labels,
}

/// The values of a label column, one per customer.
#[derive(Clone, Debug, PartialEq)]
pub enum Labels {
    /// Position in a list of segment names, the same list in every bucket. At most 1001 names: RFM
    /// with ten groups has 1000 cells and `no_orders`.
    Names {
        names: Vec<String>,
        codes: Codes,
    },
    /// Yes, no or unknown.
    Flags(Vec<Option<bool>>),
    /// Exact money in 1/10 000.
    Money(Vec<Option<i64>>),
    Counts(Vec<Option<i64>>),
    Numbers(Vec<Option<f64>>),
}

impl Labels {
    /// The segment name of a row; `None` where the column is no column of names.
    pub fn name(&self, row: usize) -> Option<&str> {
        match self {
            Labels::Names { names, codes } => names.get(usize::from(codes.get(row))).map(String::as_str),
            _ => None,
        }
    }

    /// How many customers have a value, missing or not.
    pub fn len(&self) -> usize {
        match self {
            Labels::Names { codes, .. } => codes.len(),
            Labels::Flags(values) => values.len(),
            Labels::Money(values) | Labels::Counts(values) => values.len(),
            Labels::Numbers(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The place of each customer's segment in a list of names.
///
/// Columns that follow from another share its places: R, F and M of a customer follow from its cell.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    places: Arc<Vec<u16>>,
    /// The code of each place, where they are not the same.
    of_place: Option<Arc<[u16]>>,
}

impl Codes {
    /// The codes of another column, which follow from these: `of_code` has one for each.
    pub fn through(&self, of_code: &[u16]) -> Codes {
        let of_place = match &self.of_place {
            Some(own) => own.iter().map(|&code| of_code[usize::from(code)]).collect(),
            None => of_code.into(),
        };
        Codes { places: Arc::clone(&self.places), of_place: Some(of_place) }
    }

    /// The code of a row.
    #[inline]
    pub fn get(&self, row: usize) -> u16 {
        let place = self.places[row];
        self.of_place.as_ref().map_or(place, |codes| codes[usize::from(place)])
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = u16> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

impl PartialEq for Codes {
    fn eq(&self, other: &Codes) -> bool {
        self.iter().eq(other.iter())
    }
}

impl From<Vec<u16>> for Codes {
    fn from(codes: Vec<u16>) -> Codes {
        Codes { places: Arc::new(codes), of_place: None }
    }
}

impl FromIterator<u16> for Codes {
    fn from_iter<I: IntoIterator<Item = u16>>(codes: I) -> Codes {
        Codes::from(Vec::from_iter(codes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_from_codes() {
        let cells: Codes = [5, 0, 3, 5].into_iter().collect();
        let rows = cells.through(&[0, 0, 0, 1, 1, 1]);
        let turned = rows.through(&[7, 8]);
        assert_eq!(rows, Codes::from(vec![1, 0, 1, 1]));
        assert_eq!(turned, Codes::from(vec![8, 7, 8, 8]));
        assert_ne!(turned, rows);
        assert_eq!((turned.get(1), turned.len(), Codes::default().is_empty()), (7, 4, true));
    }
}
