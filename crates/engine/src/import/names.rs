//! Column names made comparable: the same name written by another hand is the same name.

use super::cells::text::is_invisible;

/// Letters that are a plain letter with a mark, and the plain letter.
const MARKED: &str = "àaáaâaãaäaåaāaăaąaçcćcčcďdđdèeéeêeëeēeėeęeěeģgğgìiíiîiïiīiįiıiķkļlłlľl\
    ñnńnņnňnòoóoôoõoöoōoőoøoŕrŗrřrśsşsšsșsţtťtțtùuúuûuüuūuůuűuýyÿyźzżzžzёейиўу";

/// A name in the form in which headers are compared with the headers of a preset: trimmed, small
/// letters, without marks over and under letters, every run of blanks one blank.
///
/// Dropping the marks makes composed and decomposed letters equal, and `ё` and `е`, and also lets
/// `numero` stand for `número`, as people type it.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars() {
        if is_invisible(letter) || is_combining_mark(letter) {
            continue;
        }
        if letter.is_whitespace() {
            if !folded.ends_with(' ') && !folded.is_empty() {
                folded.push(' ');
            }
            continue;
        }
        for small in letter.to_lowercase() {
            if !is_combining_mark(small) {
                folded.push(unmarked(small));
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a name, folded, for comparing with synonyms: punctuation and underscores part
/// words, `InvoiceNo` is two words; `#` and `№` are words.
pub fn words(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len() + 4);
    let mut previous = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && (previous.is_lowercase() || previous.is_ascii_digit()) {
            spaced.push(' ');
        }
        if letter == '#' || letter == '№' {
            spaced.extend([' ', letter, ' ']);
        } else if letter.is_alphanumeric() || is_invisible(letter) || is_combining_mark(letter) {
            spaced.push(letter);
        } else {
            spaced.push(' ');
        }
        previous = letter;
    }
    fold(&spaced)
}

/// Whether a header is meant by a pattern of a preset: equal when folded, or, where the pattern
/// ends in `*`, beginning with it and going on in digits. A pattern `Deal - Title` means such
/// headers in any language, see [`english`].
pub fn matches(pattern: &str, header: &str) -> bool {
    if pattern.contains(BETWEEN) && header.contains(BETWEEN) && fold(pattern) == english(header) {
        return true;
    }
    match pattern.strip_suffix('*') {
        None => fold(pattern) == fold(header),
        Some(stem) => fold(header)
            .strip_prefix(&fold(stem))
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())),
    }
}

/// What stands between the parts of headers that say whose field it is.
const BETWEEN: &str = " - ";

/// The parts of such headers in English, small letters, and in the other languages of our users.
/// The English ones are those of Pipedrive's exports.
const PARTS: &[(&str, &[&str])] = &[
    ("deal", &["сделка", "tracte", "negoci", "trato", "negocio", "darījums", "obchod"]),
    ("person", &["контакт", "контактное лицо", "человек", "persona", "osoba"]),
    (
        "organization",
        &[
            "organisation",
            "организация",
            "компания",
            "organització",
            "organización",
            "organizācija",
            "organizace",
        ],
    ),
    ("id", &["код"]),
    ("title", &["название", "заголовок", "títol", "título", "nosaukums", "název"]),
    ("name", &["имя", "название", "nom", "nombre", "nosaukums", "vārds", "název", "jméno"]),
    ("value", &["сумма", "стоимость", "valor", "vērtība", "hodnota"]),
    (
        "currency of value",
        &[
            "currency",
            "валюта",
            "валюта суммы",
            "moneda",
            "moneda del valor",
            "valūta",
            "měna",
            "měna hodnoty",
        ],
    ),
    ("stage", &["этап", "стадия", "etapa", "fase", "posms", "fáze"]),
    ("pipeline", &["воронка", "embut", "embudo", "piltuve"]),
    ("status", &["статус", "estat", "estado", "statuss", "stav"]),
    ("probability", &["вероятность", "probabilitat", "probabilidad", "varbūtība", "pravděpodobnost"]),
    ("owner", &["владелец", "ответственный", "propietari", "propietario", "īpašnieks", "vlastník"]),
    (
        "deal created",
        &["сделка создана", "tracte creat", "trato creado", "darījums izveidots", "obchod vytvořen"],
    ),
    (
        "update time",
        &["время обновления", "hora d'actualització", "hora de actualización", "atjaunināšanas laiks"],
    ),
    (
        "expected close date",
        &[
            "ожидаемая дата закрытия",
            "data prevista de tancament",
            "fecha prevista de cierre",
            "paredzamais slēgšanas datums",
        ],
    ),
    ("won time", &["время выигрыша", "hora de guany", "fecha de ganado", "uzvaras laiks", "datum výhry"]),
    (
        "lost time",
        &["время проигрыша", "hora de pèrdua", "fecha de perdido", "zaudējuma laiks", "datum prohry"],
    ),
    (
        "deal closed on",
        &["сделка закрыта", "tracte tancat", "trato cerrado el", "darījums slēgts", "obchod uzavřen"],
    ),
    (
        "lost reason",
        &["причина проигрыша", "motiu de pèrdua", "motivo de pérdida", "zaudējuma iemesls", "důvod prohry"],
    ),
    ("email", &["e-mail", "почта", "эл. почта", "correu electrònic", "correo electrónico", "e-pasts"]),
    ("phone", &["телефон", "telèfon", "teléfono", "tālrunis", "telefon"]),
    ("source", &["источник", "origen", "fuente", "avots", "zdroj"]),
];

/// A header `Trato - Título` as `deal - title`; a kind in brackets behind it, as in
/// `Person - Phone (Mobile)`, is left out. Parts that are not known stay as they are.
fn english(header: &str) -> String {
    let folded = fold(header);
    let Some((whose, field)) = folded.split_once(BETWEEN) else { return folded };
    let field = field.split_once(" (").map_or(field, |(field, _)| field);
    // `название` is the name of a company and the title of a deal.
    let whose = part(whose, |_| true);
    let field =
        part(field, |name| (name != "title" || whose == "deal") && (name != "name" || whose != "deal"));
    format!("{whose}{BETWEEN}{field}")
}

fn part(said: &str, fits: impl Fn(&str) -> bool) -> &str {
    let is_it = |known: &(&'static str, &[&str])| {
        fits(known.0) && (known.0 == said || known.1.iter().any(|other| fold(other) == said))
    };
    PARTS.iter().find(|known| is_it(known)).map_or(said, |known| known.0)
}

/// Of some names the one most like a misspelt one, where any is near.
pub fn nearest<'a>(name: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: f64 = 0.85;
    /// Letters of a name that one slip of the hand is allowed for.
    const SLIP_LETTERS: usize = 3;
    let folded = words(name);
    let mut best: Option<(&str, f64)> = None;
    for candidate in among {
        let known = words(candidate);
        // Short names are far apart by the first measure after one slip, and near by the second.
        let slips = strsim::osa_distance(&folded, &known);
        let letters = folded.chars().count().max(known.chars().count());
        let likeness = strsim::jaro_winkler(&folded, &known).max(1.0 - slips as f64 / letters.max(1) as f64);
        let near = likeness >= NEAR || slips * SLIP_LETTERS <= letters;
        if near && best.is_none_or(|(_, most)| likeness > most) {
            best = Some((candidate, likeness));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// What a message about a name that is not there adds: `; did you mean …?`, or nothing.
pub fn did_you_mean<'a>(name: &str, among: impl IntoIterator<Item = &'a str>) -> String {
    meant(nearest(name, among))
}

/// The same with a name that was found already.
pub fn meant(near: Option<impl AsRef<str>>) -> String {
    near.map(|name| format!("; did you mean `{}`?", name.as_ref())).unwrap_or_default()
}

pub(super) fn is_combining_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn unmarked(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let mut pairs = MARKED.chars().filter(|c| !c.is_whitespace());
    while let (Some(marked), Some(plain)) = (pairs.next(), pairs.next()) {
        if marked == letter {
            return plain;
        }
    }
    letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_by_another_hand() {
        assert_eq!(fold("\u{feff} Бюджет  СДЕЛКИ "), "бюджет сделки");
        assert_eq!(fold("Nu\u{301}mero de COMANDA"), "numero de comanda");
        assert_eq!(fold("отменён"), fold("отмене\u{308}н"));
        assert_eq!(fold("Pasūtījuma\u{a0}Nr."), "pasutijuma nr.");
        assert_eq!(
            [words("InvoiceNo"), words("customer_id"), words("Order #")],
            ["invoice no", "customer id", "order #"]
        );
        assert_eq!(words("№ заказа"), "№ заказа");
        assert_eq!(words("E-mail"), "e mail");
        assert_eq!(words("CustomerID"), "customer id");
    }

    #[test]
    fn patterns_of_numbered_columns() {
        assert!(matches("order_item_*", "order_item_12") && !matches("order_item_*", "order_item_total"));
        assert!(matches("Бюджет", "Бюджет ") && !matches("Name", "Lineitem name"));
    }

    #[test]
    fn headers_that_say_whose_field_it_is() {
        for header in ["Deal - Title", "Trato - Título", "Сделка - Название", "Obchod - Název"]
        {
            assert!(matches("Deal - Title", header), "{header}");
        }
        assert!(matches("Organization - Name", "Организация - Название"));
        assert!(matches("Person - Phone", "Person - Phone (Mobile)") && matches("Deal - ID", "Deal - ID"));
        assert!(!matches("Deal - Title", "Title") && !matches("Title", "Deal - Title"));
        assert!(!matches("Person - Name", "Deal - Title"));
    }

    #[test]
    fn nearest_is_near() {
        assert_eq!(nearest("custmer_id", ["order_id", "customer_id"]), Some("customer_id"));
        assert_eq!(nearest("zzz", ["order_id", "customer_id"]), None);
        let segmentations = ["rfm", "abc_xyz", "ltv", "stage", "volume"];
        for (typed, meant) in [("rmf", "rfm"), ("abc-xyz", "abc_xyz"), ("abcxyz", "abc_xyz"), ("RFM", "rfm")]
        {
            assert_eq!(nearest(typed, segmentations), Some(meant), "{typed}");
        }
        assert_eq!(did_you_mean("stages", segmentations), "; did you mean `stage`?");
        assert_eq!(did_you_mean("clusters", segmentations), "");
    }
}
