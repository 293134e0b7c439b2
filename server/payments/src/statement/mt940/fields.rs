//! From text to fields. What SWIFT puts around a message (`{1:…}{2:…}{4:` and `-}`) is left out, and what banks put before
//! the first field, as their own name.

/// A tag and what follows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field<'a> {
    pub(super) tag: &'a str,
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    /// What it says, at least one line.
    pub(super) lines: Vec<&'a str>,
}

impl Field<'_> {
    /// As it stands in the file.
    pub(super) fn name(&self) -> String {
        format!(":{}:", self.tag)
    }
}

/// The fields of all messages, in their order.
pub(super) fn split(text: &str) -> Vec<Field<'_>> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut is_inside = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = if line.starts_with('{') { line.split_once("{4:").map_or("", |both| both.1) } else { line };
        let line = line.trim_end_matches(['\r', '\u{3}']);
        if let Some((tag, rest)) = tag(line) {
            fields.push(Field { tag, line: number, lines: vec![rest] });
            is_inside = true;
        } else if line.trim().is_empty() || line == "-" || line.starts_with("-}") {
            is_inside &= line.trim().is_empty();
        } else if let Some(field) = fields.last_mut().filter(|_| is_inside) {
            field.lines.push(line);
        }
    }
    fields
}

/// Two digits and perhaps a letter between colons, and what stands behind them.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.trim_start_matches('\u{feff}').strip_prefix(':')?.split_once(':')?;
    let digits = tag.get(..2)?.bytes().all(|byte| byte.is_ascii_digit());
    let letter = tag.get(2..)?.bytes().all(|byte| byte.is_ascii_uppercase());
    (digits && letter && tag.len() <= 3).then_some((tag, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_on_over_lines_and_end_with_their_message() {
        let text = "{1:F01X}{4:\r\n:20:A\r\n:86:one\r\n:two\r\n-}\r\n:20:B\n-\n";
        let field = |tag, line, lines: &[&'static str]| Field { tag, line, lines: lines.to_vec() };
        let expected = [field("20", 2, &["A"]), field("86", 3, &["one", ":two"]), field("20", 6, &["B"])];
        assert_eq!(split(text), expected);
    }

    #[test]
    fn lines_of_a_bank_before_a_message_are_none_of_it() {
        let text = "BANKMAMC\n940\n:20:A\n-\nBANKMAMC\n:20:B\n";
        let told: Vec<_> = split(text).into_iter().map(|field| (field.line, field.lines)).collect();
        assert_eq!(told, [(3, vec!["A"]), (6, vec!["B"])]);
        assert_eq!(split("hello\nworld"), []);
    }
}
