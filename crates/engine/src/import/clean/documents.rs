//! Order number and date out of one text, as 1C names its documents:
//! `Реализация (акт, накладная) 0000-000123 от 22.11.2026 10:11:12`.

/// The number and, where there is one, the text of the date.
pub(super) fn parts(document: &str) -> (Option<&str>, Option<&str>) {
    let (name, date) = match document.rsplit_once(" от ") {
        Some((name, date)) => (name, Some(date.trim())),
        None => (document, None),
    };
    let last = name.split_whitespace().next_back().map(|word| word.trim_start_matches(['№', '#']));
    let number = last.filter(|word| word.bytes().any(|b| b.is_ascii_digit()));
    (number, date.filter(|date| date.starts_with(|c: char| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates() {
        let text = "Реализация (акт, накладная) 0000-000123 от 22.11.2026 10:11:12";
        assert_eq!(parts(text), (Some("0000-000123"), Some("22.11.2026 10:11:12")));
        assert_eq!(parts("Заказ клиента №УТ-17 от 1.2.2026"), (Some("УТ-17"), Some("1.2.2026")));
        assert_eq!(parts("Чек ККМ"), (None, None));
        assert_eq!(parts("УТ-18"), (Some("УТ-18"), None));
    }
}
