//! Tests of mapping that are not about one system's export.

use super::*;
use crate::import::tests::{cases, clean, load};
use crate::sources::RowBlock;

fn block(rows: &[&[&str]]) -> RowBlock {
    let mut block = RowBlock::default();
    for (line, cells) in (2..).zip(rows) {
        block.push_row(line, 0);
        cells.iter().for_each(|cell| block.push_cell(cell));
    }
    block
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_mapping_kept_as_a_preset_reads_the_file_again() {
    for path in cases() {
        let case = load(&path);
        let Ok(mapping) = case.mapping() else { continue };
        // Files whose name speaks, and files of repaired rows, are known by more than a preset.
        let preset = mapping.to_preset("mine");
        let text = preset.to_toml().unwrap();
        let options = MapOptions {
            preset: Some("mine".into()),
            presets: Preset::from_toml(&text).unwrap(),
            allow_future: mapping.allow_future,
            allow_anonymous: mapping.key.is_none(),
            ..MapOptions::default()
        };
        let block = &case.blocks(&[])[0];
        let again = decide(&case.file_name, &case.header, block, &options).unwrap();
        let blocks = std::slice::from_ref(block);
        let (before, after) = (clean(&mapping, "LV", blocks), clean(&again, "LV", blocks));
        assert_eq!(after.facts, before.facts, "{}", path.display());
        assert_eq!(after.cleaned.counts, before.cleaned.counts, "{}", path.display());
    }
}

#[test]
fn a_mapping_is_json_and_back() {
    for path in cases() {
        let Ok(mapping) = load(&path).mapping() else { continue };
        let text = serde_json::to_string(&mapping).unwrap();
        let again: Mapping = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }
}

#[test]
fn dates_are_proven_by_the_whole_file() {
    let names = header(&["Order id", "Order date", "Customer id", "Amount"]);
    let sample = block(&[&["1", "03/04/2026", "A", "1.50"]]);
    let rest = block(&[&["2", "04/13/2026", "A", "1.50"]]);
    let mut mapping = decide("orders.csv", &names, &sample, &MapOptions::default()).unwrap();
    assert_eq!(mapping.unsettled(), [Unsettled { column: "Order date".into(), field: "ordered_at".into() }]);
    mapping.see(&sample);
    mapping.see(&rest);
    mapping.settle().unwrap();
    assert_eq!(mapping.unsettled(), []);
    let form = &mapping.column("ordered_at").unwrap().form;
    assert!(matches!(form, Form::Date(form) if form.order == DateOrder::MonthFirst));
}

#[test]
fn a_flag_settles_dates() {
    let names = header(&["Order id", "Order date", "Customer id", "Amount"]);
    let sample = block(&[&["1", "03/04/2026", "A", "1.50"]]);
    let options = MapOptions { date_order: Some(DateOrder::DayFirst), ..MapOptions::default() };
    let mapping = decide("orders.csv", &names, &sample, &options).unwrap();
    assert_eq!(mapping.unsettled(), []);
}

#[test]
fn unknown_names_suggest_the_nearest() {
    let names = header(&["Order id", "Order date", "Customer id", "Amount"]);
    let sample = block(&[&["1", "2026-01-02", "A", "1.50"]]);
    let finding =
        |options: MapOptions| decide("orders.csv", &names, &sample, &options).unwrap_err().to_string();
    let text = finding(MapOptions { preset: Some("shopify_order".into()), ..MapOptions::default() });
    assert_eq!(text, "there is no preset `shopify_order`; did you mean `shopify_orders`?");
    let text = finding(MapOptions { zone: Some("Europe/Rigga".into()), ..MapOptions::default() });
    assert!(text.contains("`Europe/Rigga`"), "{text}");
    let text = finding(MapOptions { currency: Some("eurodollars".into()), ..MapOptions::default() });
    assert!(text.contains("`eurodollars`"), "{text}");
}

#[test]
fn nothing_known_is_an_error() {
    let sample = block(&[&["x", "y"]]);
    let error = decide("f.csv", &header(&["foo", "bar"]), &sample, &MapOptions::default()).unwrap_err();
    assert_eq!(error.findings, [Finding::Kind]);
}
