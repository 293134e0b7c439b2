//! What cells say, with the place of those that cannot be read.

use jiff::civil::Date;

use super::{
    super::{Error, Fault, amount as read},
    AmountColumns, DateOrder, DecimalSign, Row, Rows,
};

/// The number below a heading.
pub(super) fn number(rows: &Rows<'_>, row: &Row, heading: &str, sign: DecimalSign) -> Result<i64, Error> {
    let cell = rows.cell(row, heading);
    let refused = || Error::part(row.line, heading, Fault::Amount(cell.to_owned()));
    read::typed(cell, sign.character()).ok_or_else(refused)
}

/// What came, or went.
pub(super) fn amount(rows: &Rows<'_>, row: &Row, columns: &AmountColumns, sign: DecimalSign) -> Result<i64, Error> {
    let (credit, debit) = match columns {
        AmountColumns::Signed(heading) => return number(rows, row, heading, sign),
        AmountColumns::Apart { credit, debit } => (credit, debit),
    };
    let side = |heading: &str| match rows.cell(row, heading) {
        "" => Ok(0),
        _ => number(rows, row, heading, sign),
    };
    match (side(credit)?, side(debit)?) {
        (0, 0) if rows.cell(row, credit).is_empty() && rows.cell(row, debit).is_empty() => {
            Err(Error::line(row.line, Fault::Missing("an amount")))
        }
        (came, 0) => Ok(came),
        (0, went) => Ok(-went.abs()),
        _ => Err(Error::line(row.line, Fault::TwoAmounts)),
    }
}

/// The day below a heading.
pub(super) fn date(rows: &Rows<'_>, row: &Row, heading: &str, order: DateOrder) -> Result<Date, Error> {
    let cell = rows.cell(row, heading);
    day(cell, order).ok_or_else(|| Error::part(row.line, heading, Fault::Date(cell.to_owned())))
}

/// The day of three numbers, or of eight digits without anything between them; a time behind it does no harm.
fn day(cell: &str, order: DateOrder) -> Option<Date> {
    let numbers = numbers(cell);
    let (first, second, third) = match numbers[..] {
        [digits] if digits.len() == 8 => match order {
            DateOrder::YearMonthDay => (digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?),
            _ => (digits.get(..2)?, digits.get(2..4)?, digits.get(4..)?),
        },
        [first, second, third, ..] => (first, second, third),
        _ => return None,
    };
    match order {
        DateOrder::DayMonthYear => read::date(third, second, first),
        DateOrder::MonthDayYear => read::date(third, first, second),
        DateOrder::YearMonthDay => read::date(first, second, third),
    }
}

/// The numbers in a cell.
pub(super) fn numbers(cell: &str) -> Vec<&str> {
    cell.split(|character: char| !character.is_ascii_digit()).filter(|number| !number.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_their_order() {
        let day = |cell, order| super::day(cell, order).map(|day| day.to_string());
        let expected = Some("2026-02-03".to_owned());
        for cell in ["2026-02-03", "2026-02-03T10:00:00", "20260203", "2026/2/3"] {
            assert_eq!(day(cell, DateOrder::YearMonthDay), expected, "{cell}");
        }
        for cell in ["03/02/2026", "3.2.26", "03022026", "03-02-2026 10:00"] {
            assert_eq!(day(cell, DateOrder::DayMonthYear), expected, "{cell}");
        }
        assert_eq!(day("02/03/2026", DateOrder::MonthDayYear), expected);
        for (cell, order) in [
            ("", DateOrder::DayMonthYear),
            ("2026-02-03", DateOrder::DayMonthYear),
            ("03/02/2026", DateOrder::YearMonthDay),
            ("31/02/2026", DateOrder::DayMonthYear),
            ("3 Feb 2026", DateOrder::DayMonthYear),
        ] {
            assert_eq!(day(cell, order), None, "{cell}");
        }
    }
}
