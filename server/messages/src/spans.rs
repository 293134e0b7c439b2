//! Lengths of time: exact to the second, and as a person would say them.

use crate::{Locale, bundle::say};

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// Every unit down to the second: `2 h 46 min 11 s`.
pub(crate) fn exact(locale: Locale, seconds: i64) -> String {
    let seconds = seconds.max(0);
    // Hours are not folded into days: prices are per hour.
    let parts =
        [("span-hours", seconds / HOUR), ("span-minutes", seconds % HOUR / MINUTE), ("span-seconds", seconds % MINUTE)];
    let said: Vec<_> = parts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| unit(locale, key, *n)).collect();
    said.into_iter()
        .reduce(|left, right| join(locale, &left, &right))
        .unwrap_or_else(|| unit(locale, "span-seconds", 0))
}

/// The two largest units that count: `3 h 10 min`, `4 d 6 h`.
pub(crate) fn brief(locale: Locale, seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (large, small) = match seconds {
        DAY.. => (("span-days", seconds / DAY), ("span-hours", seconds % DAY / HOUR)),
        HOUR.. => (("span-hours", seconds / HOUR), ("span-minutes", seconds % HOUR / MINUTE)),
        MINUTE.. => (("span-minutes", seconds / MINUTE), ("span-seconds", 0)),
        _ => return unit(locale, "span-seconds", seconds),
    };
    let first = unit(locale, large.0, large.1);
    if small.1 == 0 { first } else { join(locale, &first, &unit(locale, small.0, small.1)) }
}

/// One unit, rounded down so that nothing is promised: `about 34 h`.
pub(crate) fn about(locale: Locale, seconds: i64) -> String {
    match seconds {
        MINUTE.. => say(locale, "span-about", &[("span", largest(locale, seconds).into())]),
        _ => say(locale, "span-under-a-minute", &[]),
    }
}

/// The largest unit alone, rounded down, in the form that follows "about", "in" or "before"; up to two days still
/// read best in hours.
pub(crate) fn largest(locale: Locale, seconds: i64) -> String {
    match seconds.max(0) {
        seconds @ 172_800.. => unit(locale, "span-days-oblique", seconds / DAY),
        seconds @ HOUR.. => unit(locale, "span-hours-oblique", seconds / HOUR),
        seconds @ MINUTE.. => unit(locale, "span-minutes-oblique", seconds / MINUTE),
        seconds => unit(locale, "span-seconds-oblique", seconds),
    }
}

/// Hours, minutes and seconds as figures in columns: `321:12:40`.
pub(crate) fn figures(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{}:{:02}:{:02}", seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE)
}

fn unit(locale: Locale, key: &str, n: i64) -> String {
    say(locale, key, &[("n", n.into())])
}

fn join(locale: Locale, first: &str, second: &str) -> String {
    say(locale, "span-join", &[("first", first.into()), ("second", second.into())])
}

#[cfg(test)]
mod tests {
    use super::{about, brief, exact, figures};
    use crate::Locale::{Ar, En, Fr};

    #[test]
    fn exact_spans_name_every_unit_that_is_not_zero() {
        assert_eq!(exact(En, 9_971), "2\u{a0}h 46\u{a0}min 11\u{a0}s");
        assert_eq!(exact(Fr, 0), "0\u{a0}s");
        assert_eq!(exact(En, 7_200), "2\u{a0}h");
        assert_eq!(exact(En, -5), "0\u{a0}s");
    }

    #[test]
    fn short_spans_keep_two_units_and_estimates_one() {
        assert_eq!(brief(En, 4 * 86_400 + 6 * 3_600 + 59), "4\u{a0}d 6\u{a0}h");
        assert_eq!(brief(En, 59), "59\u{a0}s");
        assert_eq!(about(En, 34 * 3_600 + 3_599), "about 34\u{a0}h");
        assert_eq!(about(Fr, 50 * 3_600), "environ 2\u{a0}j");
        assert_eq!(figures(321 * 3_600 + 760), "321:12:40");
    }

    #[test]
    fn arabic_counts_hours_in_its_own_forms() {
        let plain = |seconds| exact(Ar, seconds).replace(['\u{2068}', '\u{2069}', '\u{200f}'], "");
        assert_eq!(plain(3_600), "ساعة");
        assert_eq!(plain(7_200), "ساعتان");
        assert_eq!(plain(3 * 3_600 + 600), "3 ساعات و10 دقائق");
        assert_eq!(plain(11 * 3_600), "11 ساعة");
        assert_eq!(about(Ar, 7_200).replace(['\u{2068}', '\u{2069}'], ""), "نحو ساعتين");
    }
}
