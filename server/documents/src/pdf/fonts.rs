//! The fonts of the documents: the screens' own, unpacked. `fonts/README.md` says where they come from.

use std::sync::LazyLock;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook, is_default_ignorable},
    utils::LazyHash,
};

/// The files, the regular weight of each before the strong one.
const FILES: [&[u8]; 6] = [
    include_bytes!("../../fonts/geist-latin-400.ttf"),
    include_bytes!("../../fonts/geist-latin-600.ttf"),
    include_bytes!("../../fonts/geist-latin-ext-400.ttf"),
    include_bytes!("../../fonts/geist-latin-ext-600.ttf"),
    include_bytes!("../../fonts/ibm-plex-sans-arabic-400.ttf"),
    include_bytes!("../../fonts/ibm-plex-sans-arabic-600.ttf"),
];

/// What keeps letters and figures in order without being seen.
const MARKS: [char; 9] =
    ['\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{061c}'];

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// What the fonts are called and can show.
pub(super) fn book() -> &'static LazyHash<FontBook> {
    &BOOK
}

/// A font by its place in the book.
pub(super) fn font(place: usize) -> Option<Font> {
    FONTS.get(place).cloned()
}

/// The letter that is shown for one: itself, a space for what ends lines, a question mark where no font has it, and nothing
/// for what is never seen and orders nothing. No font has the narrow space that French puts between thousands: the plain one
/// that does not break stands for it.
pub(super) fn shown(letter: char) -> Option<char> {
    match letter {
        ' ' | '\u{a0}' => Some(letter),
        '\u{202f}' => Some('\u{a0}'),
        _ if MARKS.contains(&letter) => Some(letter),
        _ if letter.is_whitespace() || letter.is_control() => Some(' '),
        _ if is_default_ignorable(letter) => None,
        _ if FONTS.iter().any(|font| font.info().coverage.contains(letter.into())) => Some(letter),
        _ => Some('?'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_that_the_drawing_names_is_there_in_both_weights() {
        for family in ["geist", "geist ext", "ibm plex sans arabic"] {
            assert_eq!(book().select_family(family).count(), 2, "{family}");
        }
    }
}
