//! Statements of a bank account, from the three kinds of file that banks give: CAMT.053 (`camt`), MT940 (`mt940`) and
//! sheets (`sheet`). A file is taken whole or not at all, and its sums are checked where it states them.

mod amount;
mod camt;
mod decode;
mod error;
mod identity;
mod mt940;
mod sheet;

use jiff::civil::Date;
use types::Currency;

pub use self::{
    error::{Error, Fault, Place},
    sheet::{AmountColumns, Columns, DateOrder, DecimalSign, Delimiter, Encoding, Mapping, suggest},
};

/// The largest file that one import takes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The most lines that one import takes.
pub const MAX_LINES: usize = 10_000;

/// What kind of file it is.
#[derive(Clone, Copy, Debug)]
pub enum Format<'a> {
    /// ISO 20022 `camt.053.001`, versions 02 to 08 and whatever of later ones reads the same.
    Camt053,
    /// SWIFT MT940.
    Mt940,
    /// A sheet of comma-separated values, and what its columns are.
    Csv(&'a Mapping),
}

/// One account over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The account as the bank writes it: an IBAN, a RIB, or what else it says.
    pub account: String,
    /// What the account is kept in.
    pub currency: Currency,
    /// What was there before the lines.
    pub opening: Option<Balance>,
    /// What is there after them.
    pub closing: Option<Balance>,
    /// What was booked.
    pub lines: Vec<Line>,
}

/// What is in an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// In minor units; negative where it is overdrawn.
    pub amount: i64,
    /// On which day.
    pub on: Option<Date>,
}

/// One booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The same for the same booking in any file: 32 hexadecimal digits.
    pub identity: String,
    /// Where it stands in the file, from 1.
    pub row: usize,
    /// The day on which the bank booked it.
    pub booked_on: Date,
    /// The day from which it counts.
    pub value_on: Date,
    /// What the account is kept in.
    pub currency: Currency,
    /// In minor units; negative where money went.
    pub amount: i64,
    /// Who paid, or was paid where money went.
    pub payer_name: Option<String>,
    /// From which account.
    pub payer_account: Option<String>,
    /// What was written for us.
    pub remittance: String,
    /// The bank's own reference.
    pub reference: Option<String>,
}

/// Reads a file of a bank; there is at least one statement in it.
///
/// # Errors
/// When anything of it cannot be read, or its sums do not fit: then nothing of it may be taken.
pub fn parse(bytes: &[u8], format: Format<'_>) -> Result<Vec<Statement>, Error> {
    check_size(bytes)?;
    let mut statements = match format {
        Format::Camt053 => camt::parse(bytes)?,
        Format::Mt940 => mt940::parse(bytes)?,
        Format::Csv(mapping) => vec![sheet::parse(bytes, mapping)?],
    };
    if statements.iter().map(|statement| statement.lines.len()).sum::<usize>() > MAX_LINES {
        return Err(Error::file(Fault::TooLarge));
    }
    statements.iter().try_for_each(check_sum)?;
    identity::identify(&mut statements);
    Ok(statements)
}

fn check_size(bytes: &[u8]) -> Result<(), Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::file(Fault::TooLarge));
    }
    let is_empty = bytes.iter().all(u8::is_ascii_whitespace);
    if is_empty { Err(Error::file(Fault::Empty)) } else { Ok(()) }
}

fn check_sum(statement: &Statement) -> Result<(), Error> {
    let (Some(opening), Some(closing)) = (statement.opening, statement.closing) else { return Ok(()) };
    let sum = statement.lines.iter().map(|line| line.amount).sum::<i64>();
    if opening.amount + sum == closing.amount {
        return Ok(());
    }
    Err(Error::file(Fault::Sum { opening: opening.amount, sum, closing: closing.amount }))
}

/// The currency with these letters.
fn currency(letters: &str, line: usize, name: &str) -> Result<Currency, Error> {
    letters.parse().map_err(|_| Error::part(line, name, Fault::Currency(letters.to_owned())))
}
