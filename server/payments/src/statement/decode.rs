//! From bytes to text: what banks call UTF-8, and what it is.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// UTF-8 where it is, the Windows alphabet of western Europe elsewhere: every byte has a meaning there.
pub(super) fn guessed(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// UTF-8 and nothing else, with or without its mark.
pub(super) fn utf8(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (text, is_wrong) = UTF_8.decode_with_bom_removal(bytes);
    (!is_wrong).then_some(text)
}

/// The Windows alphabet of western Europe.
pub(super) fn windows_1252(bytes: &[u8]) -> Cow<'_, str> {
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encoding_that_it_has() {
        assert_eq!(guessed("é".as_bytes()), "é");
        assert_eq!(guessed(b"\xEF\xBB\xBF\xC3\xA9"), "é");
        assert_eq!(guessed(b"\xE9 \x80"), "é €");
        assert_eq!(guessed(b"\xFF\xFEa\0"), "a");
        assert_eq!(utf8(b"\xE9"), None);
    }
}
