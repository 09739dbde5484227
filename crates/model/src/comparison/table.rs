//! Values of an attribute in several groups: how closely the two belong together.

use super::tails::chi_square;

/// Counts of customers by group (rows) and value (columns).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    cells: Vec<u64>,
    columns: usize,
}

/// What a table amounts to: Pearson's statistic over rows and columns that have customers.
struct Pearson {
    statistic: f64,
    total: f64,
    rows: f64,
    columns: f64,
}

impl Table {
    /// Counts row by row, `columns` of them in each.
    pub fn new(cells: Vec<u64>, columns: usize) -> Table {
        Table { cells, columns }
    }

    /// Cramér's V corrected for bias (Bergsma, 2013): 0 for unrelated, 1 for one value per group. Without
    /// the correction V of unrelated tables with many values is far from 0. 0 where there is only one
    /// group or value.
    pub fn cramers_v(&self) -> f64 {
        let Some(Pearson { statistic, total, rows, columns }) = self.pearson() else { return 0.0 };
        if total < 2.0 {
            return 0.0;
        }
        let free = (rows - 1.0) * (columns - 1.0) / (total - 1.0);
        let square = (statistic / total - free).max(0.0);
        let corrected = |count: f64| count - (count - 1.0) * (count - 1.0) / (total - 1.0) - 1.0;
        let least = corrected(rows).min(corrected(columns));
        if least <= 0.0 { 0.0 } else { (square / least).sqrt().min(1.0) }
    }

    /// The p-value of Pearson's chi-squared test that groups and values have nothing to do with each
    /// other; 1 where there is only one group or value.
    pub fn chance(&self) -> f64 {
        self.pearson()
            .map_or(1.0, |found| chi_square(found.statistic, (found.rows - 1.0) * (found.columns - 1.0)))
    }

    fn pearson(&self) -> Option<Pearson> {
        let width = self.columns.max(1);
        let rows: Vec<f64> = self.cells.chunks(width).map(|row| row.iter().sum::<u64>() as f64).collect();
        let mut columns = vec![0.0; width];
        for row in self.cells.chunks(width) {
            columns.iter_mut().zip(row).for_each(|(sum, &cell)| *sum += cell as f64);
        }
        let total: f64 = rows.iter().sum();
        let filled = |sums: &[f64]| sums.iter().filter(|&&sum| sum > 0.0).count() as f64;
        let (many, wide) = (filled(&rows), filled(&columns));
        if many < 2.0 || wide < 2.0 {
            return None;
        }
        let mut statistic = 0.0;
        for (row, &own) in self.cells.chunks(width).zip(&rows) {
            for (&cell, &column) in row.iter().zip(&columns).filter(|&(_, &column)| column > 0.0 && own > 0.0)
            {
                let expected = own * column / total;
                statistic += (cell as f64 - expected).powi(2) / expected;
            }
        }
        Some(Pearson { statistic, total, rows: many, columns: wide })
    }
}
