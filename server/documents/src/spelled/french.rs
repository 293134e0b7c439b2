//! French numbers in the spelling of before 1990, which is the one that offices expect: `vingt et un`, `quatre-vingts`.

use types::Currency;

use super::groups;

#[rustfmt::skip]
const SMALL: [&str; 20] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
];
const TENS: [&str; 7] = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];
/// From the million on they are nouns, which take an s; `mille` is none.
const SCALES: [&str; 7] = ["", "mille", "million", "milliard", "billion", "billiard", "trillion"];

/// An amount of whole units and hundredths.
pub(super) fn amount(currency: Currency, whole: u64, part: u64) -> String {
    let (unit, units, of, cent, cents) = match currency {
        Currency::Mad => ("dirham", "dirhams", "de ", "centime", "centimes"),
        Currency::Eur => ("euro", "euros", "d’", "centime", "centimes"),
        Currency::Usd => ("dollar des États-Unis", "dollars des États-Unis", "de ", "cent", "cents"),
    };
    // `deux millions de dirhams`, but `deux millions cinq cents dirhams`.
    let of = if whole >= 1_000_000 && whole.is_multiple_of(1_000_000) { of } else { "" };
    let whole_words = format!("{} {of}{}", number(whole), if whole < 2 { unit } else { units });
    let part_words = format!("{} {}", number(part), if part < 2 { cent } else { cents });
    match (whole, part) {
        (_, 0) => whole_words,
        (0, _) => part_words,
        (..) => format!("{whole_words} et {part_words}"),
    }
}

fn number(number: u64) -> String {
    if number == 0 {
        return SMALL[0].to_owned();
    }
    let word = |(place, group): (usize, u64)| match (place, group) {
        (0, _) => below_thousand(group, true),
        (1, 1) => SCALES[1].to_owned(),
        // `mille` takes no s, and what stands before it none either: `quatre-vingt mille`.
        (1, _) => format!("{} {}", below_thousand(group, false), SCALES[1]),
        (_, 1) => format!("un {}", SCALES[place]),
        (..) => format!("{} {}s", below_thousand(group, true), SCALES[place]),
    };
    groups(number).into_iter().map(word).collect::<Vec<_>>().join(" ")
}

/// `is_last`: whether no number follows, so that `cents` and `quatre-vingts` take their s.
fn below_thousand(number: u64, is_last: bool) -> String {
    let (hundreds, rest) = (digit(number / 100), number % 100);
    let plural = if rest == 0 && is_last { "s" } else { "" };
    match (hundreds, rest) {
        (0, _) => below_hundred(rest, is_last),
        (1, 0) => "cent".to_owned(),
        (1, _) => format!("cent {}", below_hundred(rest, is_last)),
        (_, 0) => format!("{} cent{plural}", SMALL[hundreds]),
        (..) => format!("{} cent {}", SMALL[hundreds], below_hundred(rest, is_last)),
    }
}

fn below_hundred(number: u64, is_last: bool) -> String {
    let (tens, ones) = (digit(number / 10), digit(number % 10));
    match (tens, ones) {
        (0 | 1, _) => SMALL[tens * 10 + ones].to_owned(),
        (2..=6, 0) => TENS[tens].to_owned(),
        (2..=6, 1) => format!("{} et un", TENS[tens]),
        (2..=6, _) => format!("{}-{}", TENS[tens], SMALL[ones]),
        (7, 1) => "soixante et onze".to_owned(),
        (7, _) => format!("soixante-{}", SMALL[10 + ones]),
        (8, 0) if is_last => "quatre-vingts".to_owned(),
        (8, 0) => "quatre-vingt".to_owned(),
        (8, _) => format!("quatre-vingt-{}", SMALL[ones]),
        (..) => format!("quatre-vingt-{}", SMALL[10 + ones]),
    }
}

/// A digit as a place in a table.
fn digit(digit: u64) -> usize {
    usize::try_from(digit % 10).unwrap_or_default()
}
