//! E-mail addresses.
//!
//! The local part is kept as it was typed, because its case may matter to its server; the domain
//! is lower-cased, because its case never does. Addresses are compared lower-cased as a whole.

#[cfg(test)]
mod tests;

use super::super::error::{CellError, codes, quoted};
use super::super::text::{is_blank, is_invisible, trimmed};

/// Longest local part, domain and label of a domain, in bytes: RFC 5321 section 4.5.3.1 and
/// RFC 1035 section 2.3.4.
const LOCAL_BYTES: usize = 64;
const DOMAIN_BYTES: usize = 253;
const LABEL_BYTES: usize = 63;

/// An address to write to and the key to compare it by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email {
    /// As typed, with the domain in lower case.
    pub typed: String,
    /// Lower-cased as a whole.
    pub key: String,
}

/// The one address in a cell.
///
/// # Errors
/// `E_EMAIL` where there is none, or more than one.
pub fn email(cell: &str) -> Result<Email, CellError> {
    let address = trimmed(cell);
    let address = strip_scheme(address);
    let Some((local, domain)) = address.rsplit_once('@') else {
        return Err(refused(cell, "has no @"));
    };
    if address.contains(is_blank) || address.contains(|c: char| c.is_control() || is_invisible(c)) {
        return Err(refused(cell, "has a space or an invisible character inside"));
    }
    check_local(local).map_err(|reason| refused(cell, reason))?;
    let domain = domain.to_lowercase();
    check_domain(&domain).map_err(|reason| refused(cell, reason))?;
    let typed = format!("{local}@{domain}");
    let key = typed.to_lowercase();
    Ok(Email { typed, key })
}

/// All addresses in a cell, separated by commas, semicolons or lines; the first is the main one.
///
/// # Errors
/// `E_EMAIL` where one of them is none.
pub fn emails(cell: &str) -> Result<Vec<Email>, CellError> {
    let parts = cell.split([',', ';', '\n', '|']).filter(|part| !trimmed(part).is_empty());
    let mut found: Vec<Email> = Vec::new();
    for part in parts {
        let email = email(part)?;
        if found.iter().all(|known| known.key != email.key) {
            found.push(email);
        }
    }
    if found.is_empty() { Err(refused(cell, "is empty")) } else { Ok(found) }
}

fn strip_scheme(address: &str) -> &str {
    const SCHEME: &str = "mailto:";
    match address.get(..SCHEME.len()) {
        Some(scheme) if scheme.eq_ignore_ascii_case(SCHEME) => &address[SCHEME.len()..],
        _ => address,
    }
}

fn check_local(local: &str) -> Result<(), &'static str> {
    if local.is_empty() || local.len() > LOCAL_BYTES {
        return Err("has nothing before the @, or too much");
    }
    if local.contains(['@', ',', ';', ':', '<', '>', '(', ')', '[', ']', '"', '\\']) {
        return Err("has a character before the @ that does not belong there");
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err("has a stray point before the @");
    }
    Ok(())
}

/// Checks a domain in lower case; letters of any alphabet may be in it.
fn check_domain(domain: &str) -> Result<(), &'static str> {
    if domain.len() > DOMAIN_BYTES || !domain.contains('.') {
        return Err("has no domain such as `example.com` behind the @");
    }
    for label in domain.split('.') {
        let is_word = label.chars().all(|c| c.is_alphanumeric() || c == '-' || is_mark(c));
        if label.is_empty()
            || label.len() > LABEL_BYTES
            || !is_word
            || label.starts_with('-')
            || label.ends_with('-')
        {
            return Err("has a domain behind the @ that cannot be");
        }
    }
    let top = domain.rsplit('.').next().unwrap_or("");
    if top.chars().count() < 2 || top.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("has a domain behind the @ that cannot be");
    }
    Ok(())
}

/// A combining accent, which belongs to the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

fn refused(cell: &str, reason: &str) -> CellError {
    CellError::new(
        codes::EMAIL,
        format!("{} {reason}", quoted(cell)),
        "write one address such as name@example.com, or leave the cell empty",
    )
}
