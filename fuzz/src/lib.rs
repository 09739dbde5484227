//! What is done with hostile bytes: nothing may panic, and what is said must hold together.
//!
//! The fuzz targets and the replay of their corpora in `cargo test` both come here.

use engine::facts::events::EventRow;
use engine::facts::{CustomerRow, OrderLine, ProductRow};
use engine::import::cells::{
    DateEvidence, DateForm, DateGuess, DateKind, DateOrder, Language, NumberEvidence, NumberForm,
    NumberGuess, Zone, clean_id, currency_code, email, emails, is_null, is_null_id, mixed_script, parse_date,
    parse_exact, parse_moment, phone, truth, zone_alias,
};
use engine::import::clean::{Cleaned, Cleaner, CustomerSink, EventSink, OrderSink, Place, ProductSink};
use engine::import::mapping::{MapOptions, decide};
use engine::import::problem::Problem;
use engine::import::rejects::RejectsWriter;
use engine::sources::{Format, OpenOptions, RowBlock, open};
use model::base::FactKind;
use model::calendar::Day;
use std::io::Write;

/// Bytes of an input at most: longer ones only slow a fuzzer down.
const INPUT_BYTES: usize = 64 << 10;
/// Columns of a table at most: every name is compared with all that are known.
const COLUMNS_MAX: usize = 64;
/// Text in one block where rows are to be spread over many.
const SMALL_BLOCK_BYTES: usize = 7;

/// Reads bytes as a file, in every way that detection or the user may choose.
pub fn sources(bytes: &[u8]) {
    let Some(file) = file_of(bytes) else { return };
    for format in [None, Some(Format::Delimited), Some(Format::JsonLines), Some(Format::Xml)] {
        for tolerant_quotes in [false, true] {
            let options = OpenOptions { format, tolerant_quotes, ..OpenOptions::default() };
            let whole = rows_of(file.path(), &options);
            let small = OpenOptions { block_bytes: SMALL_BLOCK_BYTES, ..options };
            let pieces = rows_of(file.path(), &small);
            if let (Ok(whole), Ok(pieces)) = (whole, pieces) {
                assert_eq!(whole, pieces, "rows depend on where blocks end: {small:?}");
            }
        }
    }
}

/// Line and cells of every row, and line and code of every bad one.
type Rows = (Vec<(u64, Vec<String>)>, Vec<(u64, &'static str)>);

fn rows_of(path: &std::path::Path, options: &OpenOptions) -> Result<Rows, String> {
    let mut table = open(path, options).map_err(|error| error.to_string())?;
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    while let Some(block) = table.next_block().map_err(|error| error.to_string())? {
        let block = block.rows();
        rows.extend(block.iter().map(|row| (row.line(), row.cells().map(str::to_owned).collect())));
        bad.extend(block.bad.iter().map(|bad| (bad.line, bad.code)));
    }
    let read = table.finish().map_err(|error| error.to_string())?;
    assert!(read.bytes as usize <= INPUT_BYTES);
    Ok((rows, bad))
}

fn file_of(bytes: &[u8]) -> Option<tempfile::NamedTempFile> {
    if bytes.len() > INPUT_BYTES {
        return None;
    }
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(bytes).ok()?;
    Some(file)
}

/// Reads the lines of a text as the cells of one column, as everything a column can be.
pub fn cells(bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(INPUT_BYTES)]);
    let cells: Vec<&str> = text.split('\n').collect();
    numbers(&cells);
    dates(&cells);
    for cell in cells {
        if let Ok(id) = clean_id(cell) {
            assert_eq!(clean_id(&id).as_deref(), Ok(&*id), "an id cleaned twice is another one: {cell:?}");
        }
        if let Ok(address) = email(cell) {
            let again = email(&address.key).map(|again| again.key);
            assert_eq!(again.as_ref(), Ok(&address.key), "the key of {cell:?} has another key");
        }
        for region in ["LV", "RU", "ES", "AD", "US", "??"] {
            for number in phone(cell, region).unwrap_or_default() {
                let again = phone(&number.e164, region).map(|again| again[0].e164.clone());
                assert_eq!(again.as_ref(), Ok(&number.e164), "the number of {cell:?} has another number");
            }
        }
        let _ = (emails(cell), currency_code(cell), truth(cell), is_null(cell), is_null_id(cell));
        let _ = (mixed_script(cell), zone_alias(cell), Zone::get(cell));
    }
}

fn numbers(cells: &[&str]) {
    let mut evidence = NumberEvidence::new();
    cells.iter().for_each(|cell| evidence.see(cell));
    let (first, second) = cells.split_at(cells.len() / 2);
    let [mut merged, mut other] = [NumberEvidence::new(), NumberEvidence::new()];
    first.iter().for_each(|cell| merged.see(cell));
    second.iter().for_each(|cell| other.see(cell));
    merged.merge(&other);
    assert_eq!(merged, evidence, "what numbers prove depends on how cells are shared out");
    let mut forms: Vec<NumberForm> = [('.', None), (',', None), ('.', Some(',')), (',', Some(' '))]
        .map(|(decimal, grouping)| NumberForm { decimal, grouping })
        .into();
    if let NumberGuess::Sure(form) | NumberGuess::Assumed(form) = evidence.finish() {
        forms.push(form);
    }
    for form in forms {
        for cell in cells {
            let _ = parse_exact(cell, &form);
        }
    }
}

fn dates(cells: &[&str]) {
    const KINDS: [DateKind; 5] = [
        DateKind::Text,
        DateKind::UnixSeconds,
        DateKind::UnixMillis,
        DateKind::UnixMicros,
        DateKind::ExcelSerial,
    ];
    let mut evidence = DateEvidence::new();
    cells.iter().for_each(|cell| evidence.see(cell));
    for language in Language::ALL {
        let _: DateGuess = evidence.finish(Some(language));
    }
    let zone = Zone::get("Europe/Riga").expect("Riga has a zone");
    for order in [DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst] {
        for form in KINDS.map(|kind| DateForm { order, kind }) {
            for cell in cells {
                let _ = parse_date(cell, &form);
                if let Ok(moment) = parse_moment(cell, &form, &zone) {
                    assert_eq!(zone.day_of(moment.at), moment.day, "{cell:?} is of another day");
                }
            }
        }
    }
}

/// What a user may say of a table: its kind, and the language of its names.
const SAID: [(Option<FactKind>, Option<Language>); 11] = [
    (None, None),
    (None, Some(Language::Ru)),
    (Some(FactKind::Orders), None),
    (Some(FactKind::Orders), Some(Language::Ru)),
    (Some(FactKind::Customers), None),
    (Some(FactKind::Customers), Some(Language::Ru)),
    (Some(FactKind::Products), None),
    (Some(FactKind::Products), Some(Language::Ru)),
    (Some(FactKind::Deals), None),
    (Some(FactKind::Leads), Some(Language::Ru)),
    (Some(FactKind::Touches), None),
];

/// Finds out what a table holds and cleans it, as every kind of facts.
pub fn mapping(bytes: &[u8]) {
    (0..SAID.len() as u8).for_each(|said| mapping_once(&[bytes, &[said]].concat()));
}

/// The same as one kind, that the last byte chooses: names are compared with all that are known,
/// which is slow under a fuzzer.
pub fn mapping_once(bytes: &[u8]) {
    let Some((last, bytes)) = bytes.split_last() else { return };
    let (kind, language) = SAID[usize::from(*last) % SAID.len()];
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(INPUT_BYTES)]);
    let (header, block) = table_of(&text);
    let options = MapOptions { kind, language, allow_anonymous: kind.is_some(), ..MapOptions::default() };
    let Ok(mut mapping) = decide("file.csv", &header, &block, &options) else { return };
    mapping.see(&block);
    if mapping.settle().is_ok() {
        clean(&mapping, &block, &header);
    }
}

fn clean(mapping: &engine::import::mapping::Mapping, block: &RowBlock, header: &[String]) {
    let zone = Zone::get("Europe/Riga").expect("Riga has a zone");
    let mut cleaner = Cleaner::new(mapping, &zone, &[7; 32], Day(20_779), "LV");
    match mapping.kind {
        FactKind::Orders => cleaner.orders(block, &mut Nowhere),
        FactKind::Customers => cleaner.customers(block, &mut Nowhere),
        FactKind::Products => cleaner.products(block, &mut Nowhere),
        kind => cleaner.events(kind, block, &mut Nowhere),
    }
    let mut found: Vec<Cleaned> = vec![cleaner.take()];
    match mapping.kind {
        event if event.is_event() => cleaner.finish_events(event, &mut Nowhere),
        _ => cleaner.finish(&mut Nowhere),
    }
    found.push(cleaner.take());
    let rows: u64 = found.iter().map(|found| found.counts.rows).sum();
    assert_eq!(rows, (block.len() + block.bad.len()) as u64, "rows are lost or counted twice");
    let problems: Vec<Problem> = found.into_iter().flat_map(|found| found.problems).collect();
    written_and_read(header, &problems);
}

/// Takes everything and keeps nothing.
struct Nowhere;

impl OrderSink for Nowhere {
    fn line(&mut self, _line: OrderLine<'_>, _place: Place) {}
}

impl CustomerSink for Nowhere {
    fn customer(&mut self, _row: CustomerRow<'_>, _place: Place) {}
}

impl ProductSink for Nowhere {
    fn product(&mut self, _row: ProductRow<'_>, _place: Place) {}
}

impl EventSink for Nowhere {
    fn event(&mut self, _row: EventRow<'_>, _place: Place) {}
}

/// Lines of cells separated by tabs, commas where there is no tab; the first is the header.
fn table_of(text: &str) -> (Vec<String>, RowBlock) {
    let mut lines = text.lines();
    let header = lines.next().unwrap_or_default();
    let separator = if header.contains('\t') { '\t' } else { ',' };
    let header: Vec<String> = header.split(separator).take(COLUMNS_MAX).map(str::to_owned).collect();
    let mut block = RowBlock::default();
    for (number, line) in (2..).zip(lines) {
        block.push_row(number, number);
        line.split(separator).chain(std::iter::repeat("")).take(header.len()).for_each(|cell| {
            block.push_cell(cell);
        });
    }
    (header, block)
}

/// Writes rows as rejected ones: a reader of CSV must find the same cells.
pub fn rejects(bytes: &[u8]) {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(INPUT_BYTES)]);
    let mut rows = text.split('\u{1e}').map(|row| row.split('\u{1f}').map(str::to_owned).collect());
    let header: Vec<String> = rows.next().unwrap_or_default();
    let problem = |cells: Vec<String>| Problem {
        line: cells.len() as u64,
        byte: u64::MAX,
        column: header.first().cloned().unwrap_or_default(),
        code: "E_DATE",
        reason: cells.concat(),
        raw: cells.first().cloned().unwrap_or_default(),
        suggestion: cells.last().cloned().unwrap_or_default(),
        cells,
    };
    let problems: Vec<Problem> = rows.map(problem).collect();
    written_and_read(&header, &problems);
}

fn written_and_read(header: &[String], problems: &[Problem]) {
    let mut writer = RejectsWriter::new(Vec::new(), header).expect("memory takes all");
    for problem in problems {
        writer.write(problem, header).expect("memory takes all");
    }
    let bytes = writer.finish().expect("memory takes all");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
    let records: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().expect("the file of rejects is CSV");
    assert_eq!(records.len(), problems.len() + 1, "rows are lost or split");
    for (problem, record) in problems.iter().zip(&records[1..]) {
        let reason = [&problem.column, problem.code, &problem.reason, &problem.raw, &problem.suggestion];
        assert!(record.iter().skip(2).take(5).eq(reason), "{record:?} is not {problem:?}");
    }
}
