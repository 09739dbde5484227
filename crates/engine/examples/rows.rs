//! Reads every CSV file of a folder as an import does, before columns have a meaning, and writes what
//! was found as plain CSV: `rows IN OUT [PARAMETERS]`. `bench/pollock` scores it.
//!
//! `PARAMETERS` is a folder with a JSON file per CSV file that tells its dialect; without it everything
//! is found out. A file that is refused becomes one with the words `Application Error`.

use engine::sources::{OpenOptions, SourceError, open};
use serde_json::Value;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Header and rows of a file, as an import sees them: rejected rows are not there.
fn read(path: &Path, options: &OpenOptions) -> Result<(Vec<String>, Vec<Vec<String>>), SourceError> {
    let mut table = open(path, options)?;
    let mut rows = Vec::new();
    while let Some(block) = table.next_block()? {
        rows.extend(block.rows().iter().map(|row| row.cells().map(str::to_owned).collect()));
    }
    let header = table.header().to_vec();
    table.finish()?;
    Ok((header, rows))
}

/// The dialect that a file of parameters tells.
fn told(parameters: &Value) -> OpenOptions {
    let byte = |name: &str| parameters[name].as_str().and_then(|text| text.bytes().next());
    let lines = |name: &str| parameters[name].as_u64().unwrap_or_default();
    let header_row = if lines("header_lines") == 0 { 0 } else { lines("preamble_lines") + 1 };
    OpenOptions {
        delimiter: byte("delimiter"),
        quote: byte("quotechar"),
        header_row: Some(header_row),
        tolerant_quotes: true,
        ..OpenOptions::default()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to, parameters @ ..] = arguments.as_slice() else {
        return Err("usage: rows IN OUT [PARAMETERS]".into());
    };
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| name.display().to_string())?;
        let parameters = match parameters.first() {
            Some(folder) => {
                let path = Path::new(folder).join(format!("{name}_parameters.json"));
                Some(serde_json::from_str(&fs::read_to_string(path)?)?)
            }
            None => None,
        };
        let options = parameters.as_ref().map(told).unwrap_or_default();
        let target = Path::new(to).join(format!("{name}_converted.csv"));
        match read(&entry.path(), &options) {
            Ok((header, rows)) => {
                let mut out = csv::WriterBuilder::new().flexible(true).from_path(target)?;
                // Names that the reader made up are not in the file.
                if options.header_row != Some(0) {
                    out.write_record(&header)?;
                }
                rows.iter().try_for_each(|row| out.write_record(row))?;
                out.flush()?;
            }
            Err(error) => fs::write(target, format!("Application Error\n{error}\n"))?,
        }
    }
    Ok(())
}
