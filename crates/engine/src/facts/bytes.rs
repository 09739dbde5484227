//! Numbers and texts as bytes, for rows that wait.

/// Small numbers of either sign in few bytes.
pub fn put_number(number: i64, buffer: &mut Vec<u8>) {
    put_length(((number << 1) ^ (number >> 63)) as u64, buffer);
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
pub fn put_length(mut length: u64, buffer: &mut Vec<u8>) {
    while length >= 0x80 {
        buffer.push(length as u8 | 0x80);
        length >>= 7;
    }
    buffer.push(length as u8);
}

/// Takes what [`put_length`] put from the front.
pub fn take_length(bytes: &mut &[u8]) -> u64 {
    let (mut length, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        length |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 || shift > 63 {
            break;
        }
    }
    length
}

/// Takes what [`put_number`] put from the front.
pub fn take_number(bytes: &mut &[u8]) -> i64 {
    let number = take_length(bytes);
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// A text behind its length.
pub fn put_text(text: &str, buffer: &mut Vec<u8>) {
    put_length(text.len() as u64, buffer);
    buffer.extend_from_slice(text.as_bytes());
}

/// Takes what [`put_text`] put from the front. It came from a `&str`, so it is UTF-8 unless a spill
/// file was damaged.
pub fn take_text<'a>(bytes: &mut &'a [u8]) -> &'a str {
    let length = (take_length(bytes) as usize).min(bytes.len());
    let (text, rest) = bytes.split_at(length);
    *bytes = rest;
    std::str::from_utf8(text).unwrap_or("\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_put_is_taken(number: i64, length: u64, text in "\\PC{0,40}") {
            let mut buffer = Vec::new();
            put_number(number, &mut buffer);
            put_text(&text, &mut buffer);
            put_length(length, &mut buffer);
            let mut bytes = &buffer[..];
            prop_assert_eq!(take_number(&mut bytes), number);
            prop_assert_eq!(take_text(&mut bytes), text);
            prop_assert_eq!(take_length(&mut bytes), length);
            prop_assert!(bytes.is_empty());
        }
    }
}
