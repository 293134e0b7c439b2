//! Numbers as each language writes them: grouping, decimals, signs. Integers throughout, no floats.

use crate::Locale;

/// Between a number and its unit, and between groups in French: never the end of a line.
pub(crate) const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// A whole number with its groups: `12,000`, `12 000`.
pub(crate) fn count(locale: Locale, number: i64) -> String {
    signed(number < 0, grouped(locale, number.unsigned_abs()))
}

/// A number of micro-units with at least `least` and at most `most` decimals (0 to 6), rounded half away from zero.
pub(crate) fn decimal(locale: Locale, micros: i64, least: usize, most: usize) -> String {
    let most = most.min(6);
    let step = 10_u64.pow(6 - u32::try_from(most).unwrap_or(6));
    // Twice the size of i64 is not needed: the largest magnitude plus half a step fits u64.
    let rounded = (micros.unsigned_abs() + step / 2) / step * step;
    let (whole, rest) = (rounded / 1_000_000, rounded % 1_000_000);
    let digits = format!("{rest:06}");
    let kept = digits[..most].trim_end_matches('0').len().max(least.min(most));
    let mut text = grouped(locale, whole);
    if kept > 0 {
        text.push(decimal_mark(locale));
        text.push_str(&digits[..kept]);
    }
    signed(micros < 0 && rounded > 0, text)
}

/// A number and its unit on one line: `61.8 kW`.
pub(crate) fn with_unit(number: &str, unit: &str) -> String {
    format!("{number}{NO_BREAK}{unit}")
}

fn signed(negative: bool, text: String) -> String {
    // The true minus: as wide as a digit, and read aloud as one.
    if negative { format!("\u{2212}{text}") } else { text }
}

fn decimal_mark(locale: Locale) -> char {
    match locale {
        Locale::En | Locale::Ar => '.',
        Locale::Fr => ',',
    }
}

fn grouped(locale: Locale, number: u64) -> String {
    let mark = match locale {
        Locale::En | Locale::Ar => ',',
        Locale::Fr => NARROW,
    };
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{count, decimal};
    use crate::Locale::{Ar, En, Fr};

    #[test]
    fn groups_and_marks_follow_the_language() {
        assert_eq!(count(En, 1_234_567), "1,234,567");
        assert_eq!(count(Fr, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(count(Ar, -1_234), "\u{2212}1,234");
        assert_eq!(decimal(Fr, 1_126_400_000, 2, 2), "1\u{202f}126,40");
    }

    #[test]
    fn decimals_round_half_away_from_zero_and_are_never_minus_zero() {
        assert_eq!(decimal(En, 5_000, 2, 2), "0.01");
        assert_eq!(decimal(En, -5_000, 2, 2), "\u{2212}0.01");
        assert_eq!(decimal(En, -4_999, 2, 2), "0.00");
        assert_eq!(decimal(En, 27_400_000, 2, 6), "27.40");
        assert_eq!(decimal(En, 27_400_001, 2, 6), "27.400001");
        assert_eq!(decimal(En, 61_800_000, 0, 1), "61.8");
        assert_eq!(decimal(En, 999_999_999, 0, 0), "1,000");
        assert_eq!(decimal(En, i64::MIN, 2, 2), "\u{2212}9,223,372,036,854.78");
    }
}
