//! Workbooks made here: dates, blanks, hidden sheets, errors, and archives meant to hurt.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format as Style, Formula, Workbook};
use zip::write::SimpleFileOptions;

use super::super::testing::{read, read_with, refused};
use super::super::{Format, OpenOptions};

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().unwrap()
}

/// An archive of the given parts, packed.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of one sheet, written by hand.
fn by_hand(sheet_data: &str, properties: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\">{properties}<sheets>\
         <sheet name=\"Orders\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>\
         </cellXfs></styleSheet>"
    );
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet_data}</sheetData></worksheet>");
    let root = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn cells_become_text() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Style::new().set_num_format("dd.mm.yyyy");
    let moment = Style::new().set_num_format("dd.mm.yyyy hh:mm:ss");
    let time = Style::new().set_num_format("hh:mm");
    let hours = Style::new().set_num_format("[h]:mm:ss");
    for (column, name) in
        ["id", "day", "moment", "time", "hours", "sum", "paid", "note", "big"].iter().enumerate()
    {
        sheet.write(0, column as u16, *name).unwrap();
    }
    sheet.write(1, 0, 17850).unwrap();
    sheet.write_with_format(1, 1, 45_943, &date).unwrap();
    sheet.write_with_format(1, 2, 40_513.351_388_888_89, &moment).unwrap();
    sheet.write_with_format(1, 3, 0.351_388_888_89, &time).unwrap();
    sheet.write_with_format(1, 4, 1.104_166_666_667, &hours).unwrap();
    sheet.write(1, 5, 1_234.560_000_000_000_1).unwrap();
    sheet.write(1, 6, true).unwrap();
    sheet.write(1, 7, " \"x\";y\n").unwrap();
    sheet.write(1, 8, 9_007_199_254_740_991_f64).unwrap();
    sheet.write(3, 0, "007").unwrap();
    sheet.write(3, 5, -0.1).unwrap();
    let all = read("a.csv", saved(workbook));
    assert_eq!(all.detected.format, Format::Workbook);
    assert_eq!((all.detected.header_row, all.detected.sheet.as_deref()), (Some(1), Some("Sheet1")));
    let first = [
        "17850",
        "2025-10-13",
        "2010-12-01 08:26:00",
        "08:26:00",
        "26:30:00",
        "1234.56",
        "true",
        " \"x\";y\n",
        "9007199254740991",
    ];
    assert_eq!(all.cells()[0], first);
    assert_eq!(all.cells()[1], ["007", "", "", "", "", "-0.1"]);
    assert_eq!(all.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn merged_cells_are_blank_after_the_first() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let style = Style::new();
    sheet.merge_range(0, 0, 0, 3, "Отчет по продажам за январь", &style).unwrap();
    sheet.write_row(2, 0, ["Клиент", "Заказ", "Товар", "Сумма"]).unwrap();
    sheet.merge_range(3, 0, 4, 0, "Анна", &style).unwrap();
    sheet.write_row(3, 1, ["1", "чай", "5"]).unwrap();
    sheet.write_row(4, 1, ["1", "кофе", "7"]).unwrap();
    sheet.write_row(5, 0, ["Итого", "", "", "12"]).unwrap();
    let all = read("1c.xlsx", saved(workbook));
    assert_eq!(all.detected.header_row, Some(3));
    assert_eq!(all.header, ["Клиент", "Заказ", "Товар", "Сумма"]);
    assert_eq!(all.cells(), [["Анна", "1", "чай", "5"], ["", "1", "кофе", "7"], ["Итого", "", "", "12"]]);
}

#[test]
fn the_first_visible_sheet_with_cells_is_read() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Notes").unwrap();
    let secret = workbook.add_worksheet().set_name("Secret").unwrap().set_hidden(true);
    secret.write_row(0, 0, ["id", "sum"]).unwrap();
    let orders = workbook.add_worksheet().set_name("Orders").unwrap();
    orders.write_row(0, 0, ["id", "sum"]).unwrap();
    orders.write_row(1, 0, ["1", "5"]).unwrap();
    let more = workbook.add_worksheet().set_name("More").unwrap();
    more.write_row(0, 0, ["key", "value"]).unwrap();
    more.write_row(1, 0, ["a", "b"]).unwrap();
    let bytes = saved(workbook);
    let all = read("a.xlsx", &bytes);
    assert_eq!(all.detected.sheet.as_deref(), Some("Orders"));
    assert_eq!(all.detected.other_sheets, ["Notes", "More"]);
    assert_eq!(all.detected.warnings, ["1 hidden sheets were passed over"]);
    let options = OpenOptions { sheet: Some("More".to_owned()), ..OpenOptions::default() };
    assert_eq!(read_with("a.xlsx", &bytes, &options).unwrap().cells(), [["a", "b"]]);
    let options = OpenOptions { sheet: Some("Nowhere".to_owned()), ..OpenOptions::default() };
    let error = read_with("a.xlsx", &bytes, &options).unwrap_err();
    assert!(error.code() == "E_OPTION" && error.to_string().contains("`Orders`"), "{error}");
}

#[test]
fn errors_and_formulas_without_a_value_name_their_cell() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>id</t></is></c>\
                <c r=\"B1\" t=\"inlineStr\"><is><t>sum</t></is></c></row>\
                <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"e\"><f>X1</f><v>#REF!</v></c></row>\
                <row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"B3\"><f>A3*2</f></c></row>\
                <row r=\"4\"><c r=\"A4\"><v>3</v></c><c r=\"B4\"><f>A4*2</f><v>6</v></c></row>\
                <row r=\"5\"><c r=\"A5\"><v>4</v></c><c r=\"B5\" t=\"e\"><v>#N/A</v></c></row>";
    let all = read("a.xlsx", by_hand(rows, ""));
    assert_eq!(all.cells(), [["3", "6"], ["4", "#N/A"]]);
    assert_eq!(all.codes(), [("E_CELL", 2), ("E_CELL", 3)]);
    assert!(all.bad[0].reason.starts_with("`Orders!B2` holds the error #REF!"), "{}", all.bad[0].reason);
    assert!(all.bad[1].reason.starts_with("`Orders!B3` holds a formula without"), "{}", all.bad[1].reason);
}

#[test]
fn both_epochs_give_the_same_day() {
    let rows = |serial: u32| {
        format!(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>day</t></is></c></row>\
             <row r=\"2\"><c r=\"A2\" s=\"1\"><v>{serial}</v></c></row>"
        )
    };
    let old = read("a.xlsx", by_hand(&rows(45_943), ""));
    let new = read("a.xlsx", by_hand(&rows(45_943 - 1_462), "<workbookPr date1904=\"1\"/>"));
    assert_eq!(old.cells(), [["2025-10-13"]]);
    assert_eq!(new.cells(), [["2025-10-13"]]);
}

#[test]
fn computed_values_are_read() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["id", "double"]).unwrap();
    sheet.write(1, 0, 21).unwrap();
    sheet.write(1, 1, Formula::new("=A2*2").set_result("42")).unwrap();
    assert_eq!(read("a.xlsx", saved(workbook)).cells(), [["21", "42"]]);
}

#[test]
fn many_rows_come_in_several_blocks() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["id", "text"]).unwrap();
    let text = "long ".repeat(400);
    for row in 1..4_000 {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 1, text.as_str()).unwrap();
    }
    let all = read("a.xlsx", saved(workbook));
    assert_eq!((all.rows.len(), all.sampled), (3_999, 1_000));
    assert!(all.rows.iter().enumerate().all(|(index, row)| row.0 == index as u64 + 2));
}

#[test]
fn empty_and_foreign_workbooks_are_refused() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    assert_eq!(refused("a.xlsx", saved(workbook)).code(), "E_EMPTY");
    let zipped = refused("a.zip", archive(&[("orders.csv", b"id,sum\n")]));
    assert!(zipped.code() == "E_UNSUPPORTED" && zipped.to_string().contains("orders.csv"), "{zipped}");
    let whole = by_hand("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "");
    for cut in [whole.len() / 3, whole.len() - 30] {
        assert_eq!(refused("a.xlsx", &whole[..cut]).code(), "E_DAMAGED");
    }
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(refused("a.xlsx", locked).to_string().contains("password"));
}

#[test]
fn workbook_bombs_are_refused() {
    let zeros = vec![b'0'; 80 << 20];
    let error = refused("a.xlsx", archive(&[("xl/workbook.xml", b""), ("xl/worksheets/sheet1.xml", &zeros)]));
    assert_eq!(error.code(), "E_TOO_LARGE");
    let names: Vec<String> = (0..=super::ENTRIES_MAX).map(|part| format!("xl/{part}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(refused("a.xlsx", archive(&parts)).code(), "E_TOO_LARGE");
    // Rows of one cell each, at the right edge.
    let gaps: String =
        (1..2_000).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    assert_eq!(refused("a.xlsx", by_hand(&gaps, "")).code(), "E_TOO_LARGE");
}

fn ods(rows: &str) -> Vec<u8> {
    let names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                 xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
                 xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
    let content = format!(
        "<office:document-content {names}><office:body><office:spreadsheet>\
         <table:table table:name=\"Orders\">\
         {rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"x\"></manifest:manifest>"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn open_document_sheets_are_read() {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let rows = format!(
        "<table:table-row>{}{}{}</table:table-row><table:table-row>{}\
         <table:table-cell office:value-type=\"float\" office:value=\"12.5\"><text:p>12,50</text:p>\
         </table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2026-02-01\"><text:p>1.2.</text:p>\
         </table:table-cell>\
         </table:table-row><table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/>\
         </table:table-row>",
        text("client"),
        text("sum"),
        text("day"),
        text("Jānis")
    );
    let all = read("a.ods", ods(&rows));
    assert_eq!(all.header, ["client", "sum", "day"]);
    assert_eq!(all.cells(), [["Jānis", "12.5", "2026-02-01"]]);
}

#[test]
fn open_document_bombs_are_refused() {
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\" \
                table:number-columns-repeated=\"90\"/>";
    let many =
        format!("<table:table-row a='>' table:number-rows-repeated = '1000000'>{cell}</table:table-row>");
    let far = format!(
        "<table:table-row>{cell}</table:table-row><!-- > ' -->\
         <table:table-row table:number-rows-repeated=\"1000000\"/>\
         <table:table-row>{cell}</table:table-row>"
    );
    for rows in [many, far] {
        assert_eq!(refused("a.ods", ods(&rows)).code(), "E_TOO_LARGE");
    }
}

/// A file of the old kind: a container whose workbook stream is the given records.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut stream: Vec<u8> = Vec::new();
    for (kind, data) in records {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    }
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = (stream.len() / 512) as u32;
    let mut file = vec![0_u8; 512];
    file[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    file[0x18..0x20].copy_from_slice(&[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0]);
    file[0x20] = 6;
    file[0x2c] = 1; // One sector of allocation, which is sector 0; the directory is sector 1.
    file[0x30] = 1;
    file[0x38..0x3c].copy_from_slice(&4096_u32.to_le_bytes());
    file[0x3c..0x40].copy_from_slice(&u32::to_le_bytes(0xffff_fffe));
    file[0x44..0x48].copy_from_slice(&u32::to_le_bytes(0xffff_fffe));
    file[0x4c..].fill(0xff);
    file[0x4c..0x50].fill(0);
    let mut allocation = vec![0xffff_fffd_u32, 0xffff_fffe];
    allocation
        .extend((0..sectors).map(|sector| if sector + 1 == sectors { 0xffff_fffe } else { sector + 3 }));
    allocation.resize(128, 0xffff_ffff);
    file.extend(allocation.into_iter().flat_map(u32::to_le_bytes));
    for (name, kind, start, length) in [
        ("Root Entry", 5, 0xffff_fffe, 0),
        ("Workbook", 2, 2, stream.len() as u32),
        ("", 0, 0, 0),
        ("", 0, 0, 0),
    ] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let name_bytes = if name.is_empty() { 0 } else { entry.len() as u16 + 2 };
        entry.resize(128, 0);
        entry[64..66].copy_from_slice(&name_bytes.to_le_bytes());
        entry[66] = kind;
        entry[68..80].fill(0xff);
        entry[116..120].copy_from_slice(&u32::to_le_bytes(start));
        entry[120..124].copy_from_slice(&u32::to_le_bytes(length));
        file.extend(entry);
    }
    file.extend(stream);
    file
}

/// The records of a workbook of one sheet with these records of cells.
fn one_sheet(cells: Vec<(u16, Vec<u8>)>) -> Vec<(u16, Vec<u8>)> {
    let begin = |kind: u8| (0x0809, vec![0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let name = b"Orders";
    let mut sheet = vec![0, 0, 0, 0, 0, 0, name.len() as u8, 0];
    sheet.extend(name);
    let place = 4 + 16 + 4 + sheet.len() + 4;
    sheet[..4].copy_from_slice(&(place as u32).to_le_bytes());
    let mut records = vec![begin(5), (0x0085, sheet), (0x000a, Vec::new()), begin(0x10)];
    records.extend(cells);
    records.push((0x000a, Vec::new()));
    records
}

fn number_cell(row: u16, column: u16, value: f64) -> (u16, Vec<u8>) {
    let mut data = [row, column, 0].map(u16::to_le_bytes).concat();
    data.extend(value.to_le_bytes());
    (0x0203, data)
}

fn label_cell(row: u16, column: u16, text: &str) -> (u16, Vec<u8>) {
    let mut data = [row, column, 0, text.len() as u16].map(u16::to_le_bytes).concat();
    data.push(0);
    data.extend(text.bytes());
    (0x0204, data)
}

#[test]
fn old_workbooks_are_read() {
    let cells = vec![
        label_cell(0, 0, "id"),
        label_cell(0, 1, "sum"),
        number_cell(1, 0, 17850.0),
        number_cell(1, 1, 12.5),
    ];
    let all = read("a.xls", xls(&one_sheet(cells)));
    assert_eq!(all.header, ["id", "sum"]);
    assert_eq!(all.cells(), [["17850", "12.5"]]);
}

#[test]
fn old_workbooks_that_would_take_all_memory_are_refused() {
    let far = vec![number_cell(0, 0, 1.0), number_cell(u16::MAX, u16::MAX, 1.0)];
    assert_eq!(refused("a.xls", xls(&one_sheet(far))).code(), "E_TOO_LARGE");
    let mut claim = vec![0_u8; 14];
    claim[4..8].fill(0xff);
    claim[10..12].fill(0xff);
    assert_eq!(refused("a.xls", xls(&one_sheet(vec![(0x0200, claim)]))).code(), "E_TOO_LARGE");
    // A directory that follows itself.
    let mut circle = xls(&one_sheet(vec![number_cell(0, 0, 1.0)]));
    circle[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(refused("a.xls", circle).code(), "E_DAMAGED");
}
