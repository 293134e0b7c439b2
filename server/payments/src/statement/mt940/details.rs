//! What an MT940 tells of a booking, field 86: structured, as `166?20…?32…`, or free text.

use super::{super::Line, fields::Field};
use crate::text::{said, tidy};

/// A subfield that is as long as it can be goes on in the next without a space.
const FULL: usize = 27;

/// Adds it to the line.
pub(super) fn tell(line: &mut Line, field: &Field<'_>) {
    // Structured ones are cut anywhere, between lines too.
    let whole = field.lines.concat();
    if let Some(subfields) = structured(&whole) {
        let all = |codes: &[std::ops::RangeInclusive<u8>]| {
            let mut text = String::new();
            let chosen = subfields.iter().filter(|(code, _)| codes.iter().any(|range| range.contains(code)));
            for (_, content) in chosen {
                text.push_str(content);
                if content.chars().count() < FULL {
                    text.push(' ');
                }
            }
            said(&text)
        };
        // Without words of the payer there are the bank's.
        if let Some(words) = all(&[20..=29, 60..=63]).or_else(|| all(&[0..=0])) {
            line.remittance = words;
        }
        line.payer_account = all(&[31..=31]);
        line.payer_name = all(&[32..=33]);
        return;
    }
    let text = tidy(&field.lines.join(" "));
    if !text.is_empty() {
        line.remittance = text;
    }
}

/// The numbered parts of a structured text: it begins with three digits and a question mark, or with the mark.
fn structured(text: &str) -> Option<Vec<(u8, String)>> {
    let (before, rest) = text.trim_start().split_once('?')?;
    let is_kind = before.is_empty() || before.len() == 3 && before.bytes().all(|byte| byte.is_ascii_digit());
    if !is_kind || code(rest).is_none() {
        return None;
    }
    let mut subfields: Vec<(u8, String)> = Vec::new();
    for part in rest.split('?') {
        if let Some((code, content)) = code(part) {
            subfields.push((code, content.to_owned()));
        } else if let Some((_, content)) = subfields.last_mut() {
            // A question mark of the payer's.
            content.extend(["?", part]);
        }
    }
    Some(subfields)
}

fn code(part: &str) -> Option<(u8, &str)> {
    let digits = part.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some((digits.parse().ok()?, part.get(2..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_parts_are_read_and_cut_words_are_joined() {
        let parts = structured("166?00CREDIT?20SVWZ+A text of twenty-seven ?21chars, why? yes?32Payer 1").unwrap();
        assert_eq!(parts[1], (20, "SVWZ+A text of twenty-seven ".to_owned()));
        assert_eq!(parts[2], (21, "chars, why? yes".to_owned()));
        assert_eq!(parts[3], (32, "Payer 1".to_owned()));
    }

    #[test]
    fn free_text_with_a_question_mark_is_free_text() {
        for text in ["Why?20 more", "12?20x", "no mark", "166?x", "?"] {
            assert_eq!(structured(text), None, "{text}");
        }
    }
}
