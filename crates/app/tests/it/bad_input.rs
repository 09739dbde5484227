//! Files as they should not be: what each does to an import, as one list.

use crate::case::{all_hold, case};
use std::fmt::Write;

/// Four orders of two customers.
const GOOD: &str = "order_id,customer_id,date,amount\n\
                    1,ann,2024-03-25,10.50\n\
                    2,ann,2024-04-01,20.00\n\
                    3,bob,2024-04-02,30.25\n\
                    4,bob,2024-04-03,40.00\n";

/// Cyrillic headings and names, as an accounting program writes them.
const CYRILLIC: &str = "Номер заказа;Клиент;Дата заказа;Сумма\r\n\
                        1;Ромашка;25.03.2024;1 234,50\r\n\
                        2;Василёк;26.03.2024;20,00\r\n\
                        3;Ромашка;27.03.2024;30,25\r\n";

fn cp1251(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        'Ё' => 0xa8,
        'ё' => 0xb8,
        'А'..='я' => (letter as u32 - 'А' as u32 + 0xc0) as u8,
        other => u8::try_from(other as u32).expect("the texts are Cyrillic or ASCII"),
    };
    text.chars().map(byte).collect()
}

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn replaced(from: &str, to: impl AsRef<[u8]>) -> Vec<u8> {
    let (before, after) = GOOD.split_once(from).expect("it is there");
    [before.as_bytes(), to.as_ref(), after.as_bytes()].concat()
}

#[test]
fn encodings() {
    let mark = [&[0xff, 0xfe][..], &utf16le(CYRILLIC)].concat();
    let cyrillic = |name, content: Vec<u8>| {
        case(name, "orders.csv", content).imported(3).then("Ромашка", "revenue", "1264.75")
    };
    all_hold(&[
        case("good", "orders.csv", GOOD).imported(4).then("ann", "revenue", "30.50"),
        cyrillic("cp1251", cp1251(CYRILLIC)),
        cyrillic("UTF-8 Cyrillic", CYRILLIC.into()),
        cyrillic("UTF-16 with mark", mark),
        cyrillic("UTF-16 without mark", utf16le(CYRILLIC)),
        case("UTF-8 mark", "orders.csv", format!("\u{feff}{GOOD}")).imported(4).then("ann", "orders", "2"),
        case(
            "two bad bytes in row 2",
            "orders.csv",
            [&replaced("2,ann", b"2,a\xff\xfen")[..], "5,Zoë,2024-04-04,1\n".as_bytes()].concat(),
        )
        .imported(4)
        .rejected("E_ENCODING", 3, ""),
        case("bad bytes where all else is ASCII", "orders.csv", replaced("2,ann", b"2,a\xff\xfen"))
            .flags(&["--encoding", "utf-8"])
            .imported(3)
            .rejected("E_ENCODING", 3, ""),
        case("an encoding to be guessed", "orders.csv", replaced("2,ann", b"2,a\xff\xfen"))
            .imported(4)
            .says("guessed"),
        case("NUL byte", "orders.csv", replaced("2,ann", b"2,a\0n")).imported(3).rejected("E_NUL", 3, ""),
    ]);
}

#[test]
fn rows_and_quotes() {
    let open_quote = {
        let mut text = String::from("order_id,customer_id,date,amount\n1,\"ann,2024-03-25,10\n");
        for order in 2..=400 {
            let _ = writeln!(text, "{order},bob,2024-04-02,1.00");
        }
        text
    };
    let long = "x".repeat(5 << 20);
    all_hold(&[
        case("short row", "orders.csv", replaced("2,ann,2024-04-01,20.00", "2,ann")).imported(3).rejected(
            "E_COLUMNS",
            3,
            "",
        ),
        case("long row", "orders.csv", replaced("20.00", "20,00,7")).imported(3).rejected("E_COLUMNS", 3, ""),
        case("quotes inside quotes", "orders.csv", replaced("2,ann", "2,\"OOO \"Romashka\" Ltd\""))
            .imported(3)
            .rejected("E_QUOTE", 3, ""),
        case("quotes tolerated", "orders.csv", replaced("2,ann", "2,\"OOO \"Romashka\" Ltd\""))
            .flags(&["--tolerant-quotes"])
            .imported(4)
            .then("OOO \"Romashka\" Ltd", "revenue", "20.00"),
        case("a quote never closed", "orders.csv", open_quote).imported(399).rejected("E_QUOTE", 2, ""),
        case(
            "mixed line ends",
            "orders.csv",
            "order_id,customer_id,date,amount\r\n1,ann,2024-03-25,1\n\
                 2,ann,2024-03-26,2\r3,ann,2024-03-27,3\r\n",
        )
        .imported(3)
        .says("line")
        .then("ann", "revenue", "6.00"),
        case("field of 5 MB", "orders.csv", replaced("2,ann", format!("2,{long}"))).imported(3).rejected(
            "E_FIELD_TOO_LONG",
            3,
            "",
        ),
        case("empty file", "orders.csv", "").refused("E_EMPTY"),
        case("only blanks", "orders.csv", "\n  \n\n").refused("E_EMPTY"),
        case("header alone", "orders.csv", "order_id,customer_id,date,amount\n").refused("E_EMPTY"),
        case("more than half bad", "orders.csv", GOOD.replace("2024-04-0", "2024-02-3")).refused("E_DATE"),
    ]);
}

#[test]
fn headings_and_totals() {
    let preamble = "Отчёт о продажах;;;\nза 2024 год;;;\n;;;\nНомер заказа;Клиент;Дата заказа;Сумма\n\
                    1;Ромашка;25.03.2024;10,00\n2;Василёк;26.03.2024;20,00\n\
                    3;Ромашка;27.03.2024;30,00\nИтого;;;60,00\n";
    let twice = "order_id,customer_id,date,amount,amount\n1,ann,2024-03-25,10,11\n2,bob,2024-03-26,12,13\n";
    all_hold(&[
        case("lines before the header and a total", "orders.csv", preamble)
            .imported(3)
            .rejected("E_TOTAL", 8, "Дата заказа")
            .then("Ромашка", "revenue", "40.00"),
        case("a heading twice", "orders.csv", twice).refused("amount"),
        case("a heading twice, one chosen", "orders.csv", twice)
            .flags(&["--map", "amount=#5"])
            .imported(2)
            .then("ann", "revenue", "11.00"),
        case("nothing known", "orders.csv", "a,b\nx,y\nz,w\n").refused("--kind"),
    ]);
}

#[test]
fn numbers() {
    let spaced = "order_id;customer_id;date;amount\n1;ann;2024-03-25;1 234,50\n\
                  2;ann;2024-03-26;1\u{a0}000,25\n\
                  3;ann;2024-03-27;2\u{202f}000,00\n4;ann;2024-03-28;3'000,00\n";
    let open = "order_id;customer_id;date;amount\n1;ann;2024-03-25;1,234\n2;ann;2024-03-26;2,500\n";
    let late = {
        let mut text = String::from("order_id,customer_id,date,amount\n");
        for order in 1..=20_000 {
            let _ = writeln!(text, "{order},c{},2024-03-25,1.5", order % 100);
        }
        text + "20001,c1,2024-03-25,much\n20002,c1,2024-03-25,n/a\n"
    };
    all_hold(&[
        case("thousands set apart", "orders.csv", spaced).imported(4).then("ann", "revenue", "7234.75"),
        case("a comma that may be either", "orders.csv", open).refused("--decimal"),
        case("a comma for decimals", "orders.csv", open)
            .flags(&["--decimal", ","])
            .imported(2)
            .then("ann", "revenue", "3.734"),
        case("a comma for thousands", "orders.csv", open)
            .flags(&["--decimal", "."])
            .imported(2)
            .then("ann", "revenue", "3734.00"),
        case("words where numbers were", "orders.csv", late)
            .imported(20_000)
            .rejected("E_NUMBER", 20_002, "amount")
            .rejected("E_MISSING", 20_003, "amount")
            .then("c1", "revenue", "300.00"),
        case("refund", "orders.csv", replaced("2,ann,2024-04-01,20.00", "2,ann,2024-04-01,-3.25"))
            .imported(4)
            .then("ann", "revenue", "7.25")
            .then("ann", "orders", "1")
            .then("ann", "returns", "1"),
        case("too large", "orders.csv", replaced("20.00", "99999999999999999999"))
            .imported(3)
            .rejected("E_RANGE", 3, "amount"),
    ]);
}

#[test]
fn dates() {
    let both = "order_id,customer_id,date,amount\n1,ann,03/04/2024,1\n2,ann,05/06/2024,2\n";
    let proven =
        "order_id,customer_id,date,amount\n1,ann,03/04/2024,1\n2,ann,25/04/2024,2\n3,ann,2024-05-01,3\n";
    all_hold(&[
        case("day or month first", "orders.csv", both).refused("--date-order"),
        case("month first", "orders.csv", both).flags(&["--date-order", "month"]).imported(2).then(
            "ann",
            "first_order_at",
            "2024-03-04",
        ),
        case("proven by a 25th, with an ISO day", "orders.csv", proven)
            .imported(3)
            .then("ann", "first_order_at", "2024-04-03")
            .then("ann", "last_order_at", "2024-05-01"),
        case("30 February", "orders.csv", replaced("2024-04-01", "2024-02-30"))
            .imported(3)
            .rejected("E_DATE", 3, "date"),
        case("a day as a spreadsheet counts it", "orders.csv", replaced("2024-04-01", "45000"))
            .imported(3)
            .rejected("E_DATE", 3, "date"),
        case("future", "orders.csv", replaced("2024-04-01", "2999-01-01"))
            .imported(3)
            .rejected("E_FUTURE", 3, "date"),
        case("future allowed", "orders.csv", replaced("2024-04-01", "2999-01-01"))
            .flags(&["--allow-future"])
            .imported(4)
            .then("ann", "last_order_at", "2999-01-01"),
        case("a day that stands for none", "orders.csv", replaced("2024-04-01", "1900-01-01"))
            .imported(3)
            .rejected("E_DATE", 3, "date"),
        case("zeros for a day", "orders.csv", replaced("2024-04-01", "0000-00-00"))
            .imported(3)
            .rejected("E_DATE", 3, "date"),
        case("an hour the clock skipped", "orders.csv", replaced("2024-04-01", "2024-03-31 03:30:00"))
            .imported(4)
            .says("W_SHIFTED")
            .then("ann", "last_order_at", "2024-03-31"),
    ]);
}

#[test]
fn ids() {
    let kept = "order_id,customer_id,date,amount\n1,007,2024-03-25,1\n\
                2,12345678901234567890123,2024-03-26,2\n\
                3,1e5,2024-03-27,3\n4,9.12346E+10,2024-03-28,4\n";
    let nobody = "order_id,customer_id,date,amount\n1,ann,2024-03-25,1\n2,0,2024-03-25,1\n3,-,2024-03-25,1\n\
                  4,NULL,2024-03-25,1\n5,N/A,2024-03-25,1\n6,нет,2024-03-25,1\n\
                  7,#N/A,2024-03-25,1\n8,,2024-03-25,1\n";
    let hidden =
        "order_id,customer_id,date,amount\n1,ann1,2024-03-25,1\n2,\u{200b}ann1\u{200e},2024-03-26,2\n";
    let mixed = "order_id,customer_id,date,amount\n1,C\u{410}1,2024-03-25,1\n2,B2,2024-03-26,2\n";
    all_hold(&[
        case("ids stay text", "orders.csv", kept)
            .imported(3)
            .rejected("E_EXCEL_SCI", 5, "customer_id")
            .then("007", "orders", "1")
            .then("12345678901234567890123", "orders", "1")
            .then("1e5", "orders", "1"),
        case("nobody in seven ways", "orders.csv", nobody).imported(8).then("ann", "orders", "1"),
        case("letters that are not seen", "orders.csv", hidden).imported(2).then("ann1", "orders", "2"),
        case("letters of two scripts", "orders.csv", mixed).imported(2).says("W_MIXED_SCRIPT"),
    ]);
}
