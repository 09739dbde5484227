//! A file as it should not be, and what is to come of it.

use crate::program::Shop;
use crate::table::Table;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A damaged file and what is to come of it.
#[derive(Clone)]
pub struct Case {
    pub name: &'static str,
    pub file: &'static str,
    pub content: Vec<u8>,
    pub flags: &'static [&'static str],
    /// Exit code of the import.
    pub code: i32,
    pub imported: u64,
    /// Rejected rows: reason code, line, column.
    pub rejected: Vec<(&'static str, u64, &'static str)>,
    /// What the talk on standard error must contain.
    pub says: Vec<&'static str>,
    /// Customer, feature, value.
    pub then: Vec<(&'static str, &'static str, &'static str)>,
}

/// A file that is read whole, to be spoilt by what follows.
pub fn case(name: &'static str, file: &'static str, content: impl AsRef<[u8]>) -> Case {
    Case {
        name,
        file,
        content: content.as_ref().to_vec(),
        flags: &[],
        code: 0,
        imported: 0,
        rejected: Vec::new(),
        says: Vec::new(),
        then: Vec::new(),
    }
}

impl Case {
    pub fn flags(mut self, flags: &'static [&'static str]) -> Case {
        self.flags = flags;
        self
    }

    pub fn imported(mut self, rows: u64) -> Case {
        self.imported = rows;
        self
    }

    pub fn rejected(mut self, code: &'static str, line: u64, column: &'static str) -> Case {
        self.code = 3;
        self.rejected.push((code, line, column));
        self
    }

    pub fn refused(mut self, says: &'static str) -> Case {
        self.code = 1;
        self.says(says)
    }

    pub fn says(mut self, says: &'static str) -> Case {
        self.says.push(says);
        self
    }

    pub fn then(mut self, customer: &'static str, feature: &'static str, value: &'static str) -> Case {
        self.then.push((customer, feature, value));
        self
    }

    /// What is not as it should be, one line each.
    fn differences(&self) -> String {
        let shop = Shop::new();
        shop.write(self.file, &self.content);
        let mut flags = vec!["--rejects", "rejects.csv", "--zone", "Europe/Riga"];
        flags.extend(self.flags);
        let (code, counts, err) = shop.import(self.file, &flags);
        let mut wrong = String::new();
        let mut differ = |what: &str, found: String, expected: String| {
            if found != expected {
                let _ = writeln!(wrong, "  {what}: {found}, not {expected}");
            }
        };
        differ("exit code", code.to_string(), self.code.to_string());
        for text in &self.says {
            differ(&format!("says `{text}`"), err.contains(text).to_string(), "true".to_owned());
        }
        if self.code == 1 {
            differ("output", counts.to_string(), "null".to_owned());
            differ("files in the base", format!("{:?}", shop.listing()), "[]".to_owned());
        } else {
            differ("imported", counts["imported"].to_string(), self.imported.to_string());
            differ("rejected", counts["rejected"].to_string(), self.rejected.len().to_string());
            let rejects = if shop.path("rejects.csv").exists() { rejects(&shop) } else { Vec::new() };
            let expected: Vec<(String, u64, String)> = self
                .rejected
                .iter()
                .map(|&(code, line, column)| (code.into(), line, column.into()))
                .collect();
            differ("rejects", format!("{rejects:?}"), format!("{expected:?}"));
        }
        if !self.then.is_empty() && self.code != 1 {
            let table = Table::of_csv(&shop.ok(&["features", "--format", "csv"]));
            let rows = table.by_first();
            for (customer, feature, value) in &self.then {
                let found = rows.get(customer).map(|row| row[table.column(feature)].clone());
                let found = found.unwrap_or_else(|| format!("not among {:?}", rows.keys()));
                differ(&format!("{feature} of {customer}"), found, (*value).to_owned());
            }
        }
        if wrong.is_empty() { wrong } else { format!("{}\n{wrong}{err}\n", self.name) }
    }
}

/// Reason, line and column of each rejected row.
pub fn rejects(shop: &Shop) -> Vec<(String, u64, String)> {
    let table = Table::of_csv(shop.read("rejects.csv").trim_start_matches('\u{feff}'));
    let [code, line, column] = ["code", "line", "column"].map(|name| table.column(name));
    let reject = |row: &Vec<String>| {
        (row[code].clone(), row[line].parse().expect("a line number"), row[column].clone())
    };
    table.rows.iter().map(reject).collect()
}

/// Holds every case to its word; tells of all that fail.
pub fn all_hold(cases: &[Case]) {
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases.len(), "two cases have one name");
    let wrong: Vec<String> = cases.iter().map(Case::differences).filter(|text| !text.is_empty()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
