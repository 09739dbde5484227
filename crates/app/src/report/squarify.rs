//! Squarified treemap: boxes with areas in proportion, as near to squares as they come.
//!
//! After Bruls, Huizing, van Wijk: *Squarified Treemaps*, 2000.

/// A box, in the units of the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Lays out values, which must be positive and descending, in a box of the given size.
pub(super) fn squarify(values: &[f64], width: f64, height: f64) -> Vec<Place> {
    let total: f64 = values.iter().sum();
    let mut free = Place { x: 0.0, y: 0.0, width, height };
    let areas: Vec<f64> = values.iter().map(|value| value / total * width * height).collect();
    let mut places = Vec::with_capacity(values.len());
    let mut rest = areas.as_slice();
    while !rest.is_empty() {
        let side = free.width.min(free.height);
        let mut length = 1;
        while length < rest.len() && worst(&rest[..=length], side) <= worst(&rest[..length], side) {
            length += 1;
        }
        let (row, later) = rest.split_at(length);
        free = lay(row, free, &mut places);
        rest = later;
    }
    places
}

/// The worst ratio of sides in a row of areas along a side.
fn worst(row: &[f64], side: f64) -> f64 {
    let sum: f64 = row.iter().sum();
    let ratio = |area: f64| {
        let (along, across) = (area / sum * side, sum / side);
        (along / across).max(across / along)
    };
    row.iter().copied().map(ratio).fold(1.0, f64::max)
}

/// Puts a row along the shorter side and gives back what is left free.
fn lay(row: &[f64], free: Place, places: &mut Vec<Place>) -> Place {
    let sum: f64 = row.iter().sum();
    if free.width >= free.height {
        let width = sum / free.height;
        let mut y = free.y;
        for area in row {
            let height = area / width;
            places.push(Place { x: free.x, y, width, height });
            y += height;
        }
        return Place { x: free.x + width, width: free.width - width, ..free };
    }
    let height = sum / free.width;
    let mut x = free.x;
    for area in row {
        let width = area / height;
        places.push(Place { x, y: free.y, width, height });
        x += width;
    }
    Place { y: free.y + height, height: free.height - height, ..free }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_example_of_the_paper() {
        let places = squarify(&[6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0], 6.0, 4.0);
        assert_eq!(places[0], Place { x: 0.0, y: 0.0, width: 3.0, height: 2.0 });
        assert_eq!(places[1], Place { x: 0.0, y: 2.0, width: 3.0, height: 2.0 });
        assert!((places[2].width - 12.0 / 7.0).abs() < 1e-9 && (places[2].height - 7.0 / 3.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn areas_are_in_proportion_and_inside(mut values in prop::collection::vec(1.0f64..1000.0, 1..14)) {
            values.sort_by(|a, b| b.total_cmp(a));
            let total: f64 = values.iter().sum();
            for (value, place) in values.iter().zip(squarify(&values, 900.0, 380.0)) {
                prop_assert!((place.width * place.height / (900.0 * 380.0) - value / total).abs() < 1e-6);
                prop_assert!(place.x >= -1e-6 && place.x + place.width <= 900.0 + 1e-6);
                prop_assert!(place.y >= -1e-6 && place.y + place.height <= 380.0 + 1e-6);
            }
        }
    }
}
