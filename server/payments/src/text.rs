//! What people and banks type, made comparable.

/// One line without control characters and double spaces.
pub(crate) fn tidy(text: &str) -> String {
    let spaced: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same, or nothing where nothing is left.
pub(crate) fn said(text: &str) -> Option<String> {
    Some(tidy(text)).filter(|text| !text.is_empty())
}

/// Letters and digits alone, in capitals: how accounts and references compare.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Small letters without accents and punctuation, in words: how names and headings compare.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'œ' => folded.push_str("oe"),
            other if other.is_alphanumeric() => folded.push(other),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_differently_compares_equal() {
        assert_eq!(fold("  Société   d'Étude, S.A.R.L."), fold("SOCIETE D ETUDE S A R L"));
        assert_eq!(squeeze("ma64 0115-19"), "MA64011519");
        assert_eq!(tidy("one\r\n  two\u{0}three "), "one two three");
        assert_eq!(said(" \n\u{7}"), None);
    }
}
