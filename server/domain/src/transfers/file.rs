//! A bank's file, read and checked: whose accounts its statements are of, and what is said where it is broken.

use payments::{Fault, Format, Iban, Mapping, Place, Statement};
use sha2::{Digest, Sha256};
use types::{Code, Refusal, SheetMapping, StatementFormat, UploadStatement};

use super::{
    MICROS_PER_MINOR,
    accounts::{self, Account},
    sheet,
};
use crate::{Error, Open, Result, Rule, ledger::MAX_BOOKING};

/// The statements of a file, each with the account that it is of.
pub(super) struct File {
    pub(super) statements: Vec<(Account, Statement)>,
    /// How a sheet was read.
    pub(super) mapping: Option<SheetMapping>,
    /// The digest of its bytes.
    pub(super) sha256: Vec<u8>,
}

impl File {
    /// Reads the file whole; nothing of it counts where anything is wrong.
    ///
    /// # Errors
    /// A refusal that names line, part and fault; `Invalid` for a sheet of no currency.
    pub(super) async fn read(open: &Open, ask: &UploadStatement) -> Result<Self> {
        let length = ask.file_name.trim().chars().count();
        if !(1..=200).contains(&length) {
            return Err(Error::Invalid { field: "file_name", rule: Rule::Length { min: 1, max: 200 } });
        }
        let accounts = accounts::all(open).await?;
        let bytes = ask.content.as_bytes();
        let mapping = match ask.format {
            StatementFormat::Csv => Some(mapping(open, ask, &accounts).await?),
            StatementFormat::Camt053 | StatementFormat::Mt940 => None,
        };
        let format = match (&mapping, ask.format) {
            (Some(mapping), _) => Format::Csv(mapping),
            (None, StatementFormat::Mt940) => Format::Mt940,
            (None, _) => Format::Camt053,
        };
        let statements = payments::parse(bytes, format).map_err(broken)?;
        let statements = statements.into_iter().map(|statement| of_account(statement, &accounts));
        Ok(Self {
            statements: statements.collect::<Result<_>>()?,
            mapping: mapping.as_ref().map(sheet::sheet_of),
            sha256: Sha256::digest(bytes).to_vec(),
        })
    }
}

/// How the sheet is read: as it was said, as the last time, or as it looks.
async fn mapping(open: &Open, ask: &UploadStatement, accounts: &[Account]) -> Result<Mapping> {
    let currency = ask.currency.ok_or(Error::Invalid { field: "currency", rule: Rule::Required })?;
    // The present ones come first.
    let account = accounts.iter().find(|account| account.currency == currency);
    let account = account.ok_or(Error::Conflict("no-receiving-account"))?;
    let said = match &ask.mapping {
        Some(said) => Some(said.clone()),
        None => sheet::remembered(open, account).await?,
    };
    match said {
        Some(said) => sheet::mapping_of(&said, &account.iban, currency),
        None => payments::suggest(ask.content.as_bytes(), &account.iban, currency).map_err(broken),
    }
}

/// The account of a statement, which is one of the hub's in its currency.
fn of_account(statement: Statement, accounts: &[Account]) -> Result<(Account, Statement)> {
    let most = MAX_BOOKING / MICROS_PER_MINOR;
    if let Some(line) = statement.lines.iter().find(|line| line.amount.checked_abs().is_none_or(|size| size > most)) {
        let fault = Fault::Amount(line.amount.to_string());
        return Err(broken(payments::Error { place: Place::Line(line.row), fault }));
    }
    let iban = accounts::typed(&statement.account).ok();
    let is_it = |account: &&Account| {
        account.currency == statement.currency && iban.as_ref().map(Iban::as_str) == Some(account.iban.as_str())
    };
    let Some(account) = accounts.iter().find(is_it) else {
        let refusal = Refusal::new(Code::Invalid, "statement-other-account")
            .about("content")
            .with("account", statement.account.as_str())
            .with("currency", statement.currency.word());
        return Err(Error::Refused(Box::new(refusal)));
    };
    Ok((account.clone(), statement))
}

/// What is wrong with a file, as a refusal: where, what, and about what.
pub(super) fn broken(error: payments::Error) -> Error {
    let number = |line: usize| i64::try_from(line).unwrap_or(i64::MAX);
    let (place, line, part) = match &error.place {
        Place::File => ("file", 0, ""),
        Place::Line(line) => ("line", number(*line), ""),
        Place::Part { line, name } => ("part", number(*line), name.as_str()),
    };
    let (fault, about) = fault(&error.fault);
    let refusal = Refusal::new(Code::Invalid, "statement-broken")
        .about("content")
        .with("place", place)
        .with("line", line)
        .with("part", part)
        .with("fault", fault)
        .with("about", about.as_str());
    Error::Refused(Box::new(refusal))
}

/// The word of a fault, and what it is about.
fn fault(fault: &Fault) -> (&'static str, String) {
    let nothing = String::new;
    match fault {
        Fault::Empty => ("empty", nothing()),
        Fault::TooLarge => ("too_large", nothing()),
        Fault::Encoding(name) => ("encoding", (*name).to_owned()),
        Fault::Xml(said) => ("xml", said.clone()),
        Fault::Entities => ("entities", nothing()),
        Fault::OtherFormat(name) => ("other_format", (*name).to_owned()),
        Fault::Missing(what) => ("missing", (*what).to_owned()),
        Fault::Amount(text) => ("amount", text.clone()),
        Fault::Date(text) => ("date", text.clone()),
        Fault::Currency(text) => ("currency", text.clone()),
        Fault::OtherCurrency { account, found } => ("other_currency", format!("{found} ≠ {account}")),
        Fault::Sign(text) => ("sign", text.clone()),
        Fault::TwoAmounts => ("two_amounts", nothing()),
        Fault::Sum { opening, sum, closing } => {
            ("sum", format!("{} + {} ≠ {}", decimal(*opening), decimal(*sum), decimal(*closing)))
        }
        Fault::Column(heading) => ("column", heading.clone()),
        Fault::Headings => ("headings", nothing()),
    }
}

/// Minor units as banks write them.
fn decimal(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        let place = Place::Part { line: 7, name: "Débit".to_owned() };
        let error = broken(payments::Error { place, fault: Fault::Amount("30.00".to_owned()) });
        let refusal = error.refusal().unwrap();
        let said = |name: &str| serde_json::to_value(&refusal.arguments[name]).unwrap();
        assert_eq!((refusal.fact.as_str(), refusal.field.as_deref()), ("statement-broken", Some("content")));
        assert_eq!(
            [said("line"), said("part"), said("fault"), said("about")],
            ["7".parse().unwrap(), "Débit".into(), "amount".into(), serde_json::Value::from("30.00")]
        );
        let sum = Fault::Sum { opening: 100, sum: -5, closing: 96 };
        assert_eq!(fault(&sum), ("sum", "1.00 + -0.05 ≠ 0.96".to_owned()));
    }
}
