//! CommerceML, and XML that is none.

use super::super::testing::{read, read_with, refused};
use super::super::{Format, OpenOptions};
use super::{ELEMENT_DEPTH_MAX, RECORD_BYTES_MAX};

fn orders(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<КоммерческаяИнформация>{inside}</КоммерческаяИнформация>")
}

#[test]
fn a_record_gives_a_row_per_line() {
    let text = orders(
        "\n<Документ><Ид>1</Ид><Товары><Товар><Ид>a</Ид></Товар><Товар><Ид>b</Ид><Сумма>2 &lt; &#51;</Сумма>\
         </Товар></Товары><Сумма>5</Сумма></Документ>\n<Документ><Ид>2</Ид></Документ>",
    );
    let all = read("orders.xml", text);
    assert_eq!((all.detected.format, all.detected.encoding.as_str()), (Format::Xml, "UTF-8"));
    assert_eq!(
        all.header,
        ["Документ/Ид", "Документ/Товары/Товар/Ид", "Документ/Товары/Товар/Сумма", "Документ/Сумма"]
    );
    assert_eq!(all.cells(), [["1", "a", "", "5"], ["1", "b", "2 < 3", "5"], ["2", "", "", ""]]);
    assert_eq!(all.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 3, 4]);
    assert!(all.rows[0].1 < all.rows[1].1 && all.rows[1].1 < all.rows[2].1);
    assert_eq!(all.sampled, 3);
}

#[test]
fn values_are_known_by_the_names_they_are_given() {
    let pair = |name: &str, value: &str| {
        format!(
            "<ЗначениеРеквизита><Наименование>{name}</Наименование><Значение>{value}</Значение></ЗначениеРеквизита>"
        )
    };
    let inside = pair("Статус заказа", "Принят") + &pair("Отменен", "") + &pair("Статус заказа", "Другой");
    let text = orders(&format!("<Документ><Ид>1</Ид><З>{inside}</З></Документ>"));
    let all = read("orders.xml", text);
    assert_eq!(all.header, ["Документ/Ид", "Документ/З/Статус заказа", "Документ/З/Отменен"]);
    assert_eq!(all.cells(), [["1", "Принят", ""]]);
}

#[test]
fn the_declaration_names_the_encoding() {
    let text = "<?xml version='1.0' encoding = 'windows-1251'?><К><Документ><Имя>Жанна</Имя></Документ></К>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let all = read("orders.xml", &bytes);
    assert_eq!((all.detected.encoding.as_str(), all.cells()), ("windows-1251", vec![vec!["Жанна"]]));
    let wrong = text.replace("windows-1251", "utf-8");
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&wrong);
    let error = refused("orders.xml", &bytes);
    assert_eq!(error.code(), "E_DAMAGED");
    assert!(error.to_string().contains("at line 1 there are bytes that are not UTF-8"), "{error}");
    let options = OpenOptions { encoding: Some("cp1251".into()), ..OpenOptions::default() };
    assert_eq!(read_with("orders.xml", &bytes, &options).unwrap().cells(), [["Жанна"]]);
    let mut wide = vec![0xff, 0xfe];
    text.replace("windows-1251", "utf-16").encode_utf16().for_each(|unit| wide.extend(unit.to_le_bytes()));
    assert_eq!(read("orders.xml", wide).cells(), [["Жанна"]]);
}

#[test]
fn broken_xml_is_refused_with_its_place() {
    for (inside, wanted) in [
        ("\n<Документ><Ид>1</Документ>", "at line 3, column 27 it is no XML"),
        ("\n<Документ><Ид>&nbsp;</Ид></Документ>", "there is `&nbsp;`"),
        ("<Документ><Ид a=<></Ид>", "it is no XML"),
    ] {
        let error = refused("orders.xml", orders(inside));
        assert!(error.to_string().contains(wanted), "{error}");
    }
    let error =
        refused("orders.xml", "<?xml version='1.0'?><К>\n<Документ><Ид>1</Ид></Документ>\n<Документ>");
    assert!(error.to_string().contains("it breaks off at line 3, column 11"), "{error}");
}

#[test]
fn limits_hold() {
    let deep = ELEMENT_DEPTH_MAX + 1;
    let text = orders(&format!("<Документ>{}{}</Документ>", "<a>".repeat(deep), "</a>".repeat(deep)));
    assert_eq!(refused("orders.xml", text).code(), "E_TOO_LARGE");
    let text = orders(&format!("<Документ><a>{}</a></Документ>", "x".repeat(RECORD_BYTES_MAX + (1 << 20))));
    assert_eq!(refused("orders.xml", text).code(), "E_TOO_LARGE");
    let bomb =
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bbbb'>]><a><Документ><Ид>&b;</Ид></Документ></a>";
    assert_eq!(refused("orders.xml", bomb).code(), "E_DAMAGED");
    let lines = "<Товар><Ид>1</Ид></Товар>".repeat(super::super::RECORD_ROWS_MAX + 1);
    let text =
        orders(&format!("<Документ><Товары>{lines}</Товары></Документ><Документ><Ид>2</Ид></Документ>"));
    let all = read("orders.xml", text);
    assert_eq!((all.codes(), all.rows.len()), (vec![("E_FIELD_TOO_LONG", 2)], 1));
}

#[test]
fn other_xml_is_named() {
    let error = refused("feed.xml", "<?xml version=\"1.0\"?><feed><entry/></feed>");
    assert_eq!(error.code(), "E_UNSUPPORTED");
    assert!(error.to_string().contains("CommerceML"));
}

#[test]
fn what_comes_after_the_sample_is_read_too() {
    let records: String = (0..2_500).map(|id| format!("<Документ><Ид>{id}</Ид></Документ>\n")).collect();
    let text = orders(&(records + "<Документ><Ид>last</Ид><Новое>x</Новое></Документ>"));
    let all = read("orders.xml", text);
    assert_eq!((all.rows.len(), all.sampled), (2_501, 1_000));
    assert_eq!(all.file.warnings, ["keys first seen after the sample were left out: `Документ/Новое`"]);
}
