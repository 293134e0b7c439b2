//! Amounts and dates as files write them.

use jiff::civil::Date;

/// No balance of a bank is larger, in minor units; so many lines as one file has can be added without overflow.
const MOST: i64 = 10_000_000_000_000;

/// An unsigned decimal number in minor units. More than two decimals must be zeros.
pub(super) fn decimal(text: &str, sign: char) -> Option<i64> {
    let (whole, fraction) = text.split_once(sign).unwrap_or((text, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || fraction.len() > 6 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    if fraction.bytes().skip(2).any(|byte| byte != b'0') {
        return None;
    }
    let cents: String = fraction.chars().chain("00".chars()).take(2).collect();
    let minor = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents.parse::<i64>().ok()?)?;
    (minor <= MOST).then_some(minor)
}

/// A signed number as sheets write it: groups of three, a sign before or behind, a currency beside it.
pub(super) fn typed(text: &str, sign: char) -> Option<i64> {
    let is_beside = |c: char| c.is_whitespace() || c.is_alphabetic() || matches!(c, '€' | '$');
    let text = text.trim_matches(is_beside);
    let unsigned = text.trim_matches(|c: char| is_beside(c) || matches!(c, '-' | '+' | '\u{2212}'));
    let signs: Vec<char> = text.chars().filter(|c| matches!(c, '-' | '+' | '\u{2212}')).collect();
    let is_negative = match signs[..] {
        [] | ['+'] => false,
        ['-' | '\u{2212}'] => true,
        _ => return None,
    };
    let minor = decimal(&ungrouped(unsigned, sign)?, sign)?;
    Some(if is_negative { -minor } else { minor })
}

/// Without what stands between thousands; nothing where groups are not of three, as where the decimal sign is another.
fn ungrouped(text: &str, sign: char) -> Option<String> {
    let (whole, fraction) = match text.split_once(sign) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '\'' | '\u{2019}');
    let groups: Vec<&str> = whole.split(is_gap).collect();
    let (first, others) = groups.split_first()?;
    let is_grouped = others.is_empty() || (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
    let whole = groups.concat();
    match fraction {
        // Three digits behind the sign are thousands of somebody who writes the other one.
        Some(fraction) => (is_grouped && fraction.len() <= 2).then(|| format!("{whole}{sign}{fraction}")),
        None => is_grouped.then_some(whole),
    }
}

/// The day of three numbers.
pub(super) fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if ![year, month, day].into_iter().all(is_number) {
        return None;
    }
    let year: i16 = year.parse::<i16>().ok().map(|short| if year.len() <= 2 { 2000 + short } else { short })?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().filter(|date| (1970..2200).contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_as_they_are_written() {
        assert_eq!(decimal("1234.5", '.'), Some(123_450));
        assert_eq!(decimal("1234,", ','), Some(123_400));
        assert_eq!(decimal("1234.50000", '.'), Some(123_450));
        for (text, sign, minor) in [
            ("1 234,56", ',', 123_456),
            ("-1.234,56 MAD", ',', -123_456),
            ("EUR 1,234.56-", '.', -123_456),
            ("\u{2212}1\u{202f}234\u{a0}567,5", ',', -123_456_750),
            ("+12", '.', 1_200),
            ("1,234", '.', 123_400),
        ] {
            assert_eq!(typed(text, sign), Some(minor), "{text}");
        }
    }

    #[test]
    fn another_decimal_sign_never_makes_another_amount() {
        for text in ["1234,56", "1.234,56", "1.230"] {
            assert_eq!(typed(text, '.'), None, "{text}");
        }
        for text in ["12.34", "1,234.56", "1.5", "1,000"] {
            assert_eq!(typed(text, ','), None, "{text}");
        }
        for text in ["", "-", "1-2", "--1", "1.234567", "1.001", "1e5", "99999999999999", "a"] {
            assert_eq!(typed(text, '.'), None, "{text}");
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_none() {
        assert_eq!(date("2026", "2", "28"), Date::new(2026, 2, 28).ok());
        assert_eq!(date("26", "02", "28"), Date::new(2026, 2, 28).ok());
        for (year, month, day) in [("2026", "2", "29"), ("2026", "13", "1"), ("", "1", "1"), ("2026", "+1", "1")] {
            assert_eq!(date(year, month, day), None);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_with_two_decimals_is_read_back(minor in -MOST..=MOST, comma: bool) {
            let sign = if comma { ',' } else { '.' };
            let (whole, cents) = (minor.abs() / 100, minor.abs() % 100);
            let text = format!("{}{whole}{sign}{cents:02}", if minor < 0 { "-" } else { "" });
            prop_assert_eq!(typed(&text, sign), Some(minor));
        }

        #[test]
        fn any_text_can_be_asked(text in "\\PC*", year in "\\PC*", month in "\\PC{0,3}") {
            let _ = (typed(&text, ','), typed(&text, '.'), decimal(&text, '.'), date(&year, &month, &text));
        }
    }
}
