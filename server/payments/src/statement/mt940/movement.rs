//! One booking of an MT940, field 61: value date, perhaps the day of booking, mark, perhaps the third letter of the
//! currency, amount, kind, our reference, perhaps `//` and the bank's.

use jiff::civil::Date;
use types::Currency;

use super::{
    super::{Error, Fault, Line, amount},
    fields::Field,
};
use crate::text::said;

/// The line, as far as the field tells it.
pub(super) fn read(field: &Field<'_>, currency: Currency) -> Result<Line, Error> {
    let refused = |fault| Error::part(field.line, field.name(), fault);
    let mut lines = field.lines.iter().copied();
    let text = lines.next().unwrap_or_default();
    let (value_on, rest) = value_date(text).ok_or_else(|| refused(Fault::Date(start(text))))?;
    let (booked_on, rest) = match leading(rest, 4) {
        Some(day) => {
            let booked_on = nearest(value_on, day).ok_or_else(|| refused(Fault::Date(day.to_owned())))?;
            (booked_on, rest.get(4..).unwrap_or_default())
        }
        None => (value_on, rest),
    };
    let (sign, rest) = mark(rest).ok_or_else(|| refused(Fault::Sign(start(rest))))?;
    let rest = rest.strip_prefix(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(rest.len());
    let (number, rest) = rest.split_at(end);
    let amount = amount::decimal(number, ',').ok_or_else(|| refused(Fault::Amount(number.to_owned())))?;
    // The kind has four characters; then come the two references.
    let references = behind_kind(rest).ok_or_else(|| refused(Fault::Missing("the kind of booking")))?;
    let bank = references.split_once("//").map(|(_, bank)| bank);
    Ok(Line {
        identity: String::new(),
        row: field.line,
        booked_on,
        value_on,
        currency,
        amount: sign * amount,
        payer_name: None,
        payer_account: None,
        remittance: said(&lines.collect::<Vec<_>>().join(" ")).unwrap_or_default(),
        reference: bank.and_then(said).filter(|bank| bank != "NONREF"),
    })
}

/// What stands behind `N`, `F` or `S` and three more characters.
fn behind_kind(text: &str) -> Option<&str> {
    text.get(4..).filter(|_| text.starts_with(['N', 'F', 'S']))
}

/// The first characters, for a person who looks for the place.
fn start(text: &str) -> String {
    text.chars().take(10).collect()
}

fn leading(text: &str, n_digits: usize) -> Option<&str> {
    text.get(..n_digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn value_date(text: &str) -> Option<(Date, &str)> {
    let day = leading(text, 6)?;
    Some((amount::date(day.get(..2)?, day.get(2..4)?, day.get(4..)?)?, text.get(6..)?))
}

/// The day of booking says no year: it is the one that is nearest to the value date.
fn nearest(value_on: Date, month_and_day: &str) -> Option<Date> {
    let (month, day) = (month_and_day.get(..2)?, month_and_day.get(2..)?);
    let year = value_on.year();
    let days = [year - 1, year, year + 1].into_iter().filter_map(|year| amount::date(&year.to_string(), month, day));
    days.min_by_key(|date| value_on.duration_until(*date).abs())
}

/// What came, what went, and what takes either back.
fn mark(text: &str) -> Option<(i64, &str)> {
    let marks = [("RC", -1), ("RD", 1), ("C", 1), ("D", -1)];
    marks.into_iter().find_map(|(mark, sign)| Some((sign, text.strip_prefix(mark)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Line, Fault> {
        let field = Field { tag: "61", line: 7, lines: text.split('\n').collect() };
        super::read(&field, Currency::Eur).map_err(|error| error.fault)
    }

    #[test]
    fn every_part_of_a_booking_is_told() {
        let line = read("2601021231CR1200,5NTRFNONREF//B77\nmore").unwrap();
        assert_eq!((line.booked_on.to_string(), line.value_on.to_string()), ("2025-12-31".into(), "2026-01-02".into()));
        assert_eq!((line.amount, line.reference.as_deref()), (120_050, Some("B77")));
        assert_eq!((line.remittance.as_str(), line.row), ("more", 7));
    }

    #[test]
    fn what_is_taken_back_has_the_other_sign() {
        for (mark, amount) in [("C", 100), ("D", -100), ("RC", -100), ("RD", 100), ("DR", -100), ("RDR", 100)] {
            assert_eq!(read(&format!("260102{mark}1,NTRFX")).unwrap().amount, amount, "{mark}");
        }
    }

    #[test]
    fn booking_that_cannot_be_read_says_what_of_it() {
        assert_eq!(read("261302C1,NTRFX"), Err(Fault::Date("261302C1,N".to_owned())));
        assert_eq!(read("2601021331C1,NTRFX"), Err(Fault::Date("1331".to_owned())));
        assert_eq!(read("260102X1,NTRFX"), Err(Fault::Sign("X1,NTRFX".to_owned())));
        assert_eq!(read("260102C1.5NTRFX"), Err(Fault::Missing("the kind of booking")));
        assert_eq!(read("260102C1,234NTRFX"), Err(Fault::Amount("1,234".to_owned())));
        assert_eq!(read("260102C1,NT"), Err(Fault::Missing("the kind of booking")));
    }
}
