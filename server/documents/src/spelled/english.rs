//! English numbers, with `and` before the tens.

use types::Currency;

use super::groups;

#[rustfmt::skip]
const SMALL: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [&str; 7] = ["", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"];

/// An amount of whole units and hundredths.
pub(super) fn amount(currency: Currency, whole: u64, part: u64) -> String {
    let (unit, units, cent, cents) = match currency {
        Currency::Mad => ("dirham", "dirhams", "centime", "centimes"),
        Currency::Eur => ("euro", "euros", "cent", "cents"),
        Currency::Usd => ("US dollar", "US dollars", "cent", "cents"),
    };
    let of = |count: u64, one: &str, many: &str| format!("{} {}", number(count), if count == 1 { one } else { many });
    match (whole, part) {
        (_, 0) => of(whole, unit, units),
        (0, _) => of(part, cent, cents),
        (..) => format!("{} and {}", of(whole, unit, units), of(part, cent, cents)),
    }
}

fn number(number: u64) -> String {
    if number == 0 {
        return SMALL[0].to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    for (place, group) in groups(number) {
        let text = below_thousand(group);
        match place {
            // `one thousand and five`: nothing else says that hundreds are missing.
            0 if group < 100 && !words.is_empty() => words.push(format!("and {text}")),
            0 => words.push(text),
            _ => words.push(format!("{text} {}", SCALES[place])),
        }
    }
    words.join(" ")
}

fn below_thousand(number: u64) -> String {
    let (hundreds, rest) = (digit(number / 100), number % 100);
    match (hundreds, rest) {
        (0, _) => below_hundred(rest),
        (_, 0) => format!("{} hundred", SMALL[hundreds]),
        (..) => format!("{} hundred and {}", SMALL[hundreds], below_hundred(rest)),
    }
}

fn below_hundred(number: u64) -> String {
    let (tens, ones) = (digit(number / 10), digit(number % 10));
    match (tens, ones) {
        (0 | 1, _) => SMALL[tens * 10 + ones].to_owned(),
        (_, 0) => TENS[tens].to_owned(),
        (..) => format!("{}-{}", TENS[tens], SMALL[ones]),
    }
}

/// A digit as a place in a table.
fn digit(digit: u64) -> usize {
    usize::try_from(digit % 10).unwrap_or_default()
}
