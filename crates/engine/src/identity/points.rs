//! Contacts in the form in which they are compared, and in one that shows and does not tell.

use crate::import::cells;
use model::base::ContactField;
use model::identity::PointKind;

/// What a contact says of who it is of: an e-mail lower-cased, a phone as it is kept. A key is
/// whichever of the two its id is a digest of; one that is a name is no evidence.
pub fn point_of(customer_id: &str, field: ContactField, value: &str) -> Option<(PointKind, String)> {
    let kind = match field {
        ContactField::Email => PointKind::Email,
        ContactField::Phone => PointKind::Phone,
        ContactField::Key if customer_id.starts_with("e-") => PointKind::Email,
        ContactField::Key if customer_id.starts_with("p-") => PointKind::Phone,
        _ => return None,
    };
    match kind {
        PointKind::Email => Some((kind, cells::email(value).ok()?.key)),
        PointKind::Phone => Some((kind, value.to_owned())).filter(|(_, phone)| !phone.is_empty()),
    }
}

/// A contact with what is personal in it left out: `a…@example.com`, `+371…67`.
pub fn masked(kind: PointKind, value: &str) -> String {
    /// Signs of a phone that are shown before and after the others.
    const SHOWN: (usize, usize) = (4, 2);
    let signs: Vec<char> = value.chars().collect();
    match (kind, value.split_once('@')) {
        (PointKind::Email, Some((_, domain))) => {
            format!("{}…@{domain}", signs.first().copied().unwrap_or_default())
        }
        _ => {
            let first: String = signs.iter().take(SHOWN.0.min(signs.len())).collect();
            let last: String = signs.iter().skip(signs.len().saturating_sub(SHOWN.1)).collect();
            format!("{first}…{last}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_compared_in_one_form() {
        let email = |field, id: &str, value: &str| point_of(id, field, value);
        let anna = Some((PointKind::Email, "anna@example.lv".to_owned()));
        assert_eq!(email(ContactField::Email, "1", "Anna@example.lv"), anna);
        assert_eq!(email(ContactField::Key, "e-12", "anna@example.lv"), anna);
        assert_eq!(email(ContactField::Key, "n-12", "anna@example.lv"), None);
        assert_eq!(email(ContactField::Email, "1", "no address"), None);
        assert_eq!(email(ContactField::Address, "1", "anna@example.lv"), None);
        let phone = Some((PointKind::Phone, "+37120000067".to_owned()));
        assert_eq!(point_of("1", ContactField::Phone, "+37120000067"), phone);
        assert_eq!(point_of("p-1", ContactField::Key, "+37120000067"), phone);
    }

    #[test]
    fn masks_show_enough_to_recognise() {
        assert_eq!(masked(PointKind::Email, "anna@example.lv"), "a…@example.lv");
        assert_eq!(masked(PointKind::Phone, "+37120000067"), "+371…67");
    }
}
