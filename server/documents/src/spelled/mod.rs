//! Amounts in words, as an invoice has to state its total. The words of numbers are grammar, not messages: they stand here,
//! a file for each language.

mod arabic;
mod english;
mod french;

use messages::Locale;
use types::{Currency, Money};

use crate::check::MICROS_PER_MINOR;

/// An amount in words, rounded toward zero to the minor unit: `one thousand and five dirhams and twenty centimes`.
#[must_use]
pub fn spelled(locale: Locale, amount: Money) -> String {
    let minor = amount.micros.unsigned_abs() / MICROS_PER_MINOR.unsigned_abs();
    let (whole, part) = (minor / 100, minor % 100);
    let write: fn(Currency, u64, u64) -> String = match locale {
        Locale::En => english::amount,
        Locale::Fr => french::amount,
        Locale::Ar => arabic::amount,
    };
    let words = write(amount.currency, whole, part);
    match (amount.micros < 0 && minor > 0, locale) {
        (false, _) => words,
        (true, Locale::En) => format!("minus {words}"),
        (true, Locale::Fr) => format!("moins {words}"),
        (true, Locale::Ar) => format!("ناقص {words}"),
    }
}

/// The groups of three digits that are not zero with their place, the highest first: 1 is thousands, 0 the last three.
fn groups(number: u64) -> Vec<(usize, u64)> {
    let group = |place: u32| (place as usize, number / 1000_u64.pow(place) % 1000);
    (0..=6).rev().map(group).filter(|(_, group)| *group > 0).collect()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
