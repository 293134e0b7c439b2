//! CAMT.053 of ISO 20022. The elements that matter here stand in the same places in the versions 02 to 08, but for the
//! state and the parties, which got one level more (`entry`); so the version is not asked.

mod element;
mod entry;

use types::Currency;

use self::element::Element;
use super::{Balance, Error, Fault, Statement, amount, currency, decode};

/// The statements of a file.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Statement>, Error> {
    let text = decode::guessed(bytes);
    if !text.trim_start().starts_with('<') {
        return Err(Error::line(1, Fault::OtherFormat("CAMT.053")));
    }
    let root = element::read(&text)?;
    let Some(body) = root.child("BkToCstmrStmt").filter(|_| root.name == "Document") else {
        return Err(Error::part(root.line, root.name, Fault::OtherFormat("CAMT.053")));
    };
    let statements = body.all("Stmt").map(statement).collect::<Result<Vec<_>, _>>()?;
    if statements.is_empty() {
        return Err(Error::part(body.line, "BkToCstmrStmt", Fault::Missing("a statement, Stmt,")));
    }
    Ok(statements)
}

fn statement(element: &Element) -> Result<Statement, Error> {
    let missing = |what| Error::part(element.line, "Stmt", Fault::Missing(what));
    let account = element.said(&["Acct", "Id", "IBAN"]).or_else(|| element.said(&["Acct", "Id", "Othr", "Id"]));
    let account = account.ok_or_else(|| missing("the account, Acct/Id,"))?.to_owned();
    let said = element.at(&["Acct", "Ccy"]).map(|said| (said.text(), said.line));
    let beside = || element.at(&["Bal", "Amt"]).or_else(|| element.at(&["Ntry", "Amt"]));
    let said = said.or_else(|| beside().and_then(|amount| Some((amount.currency.as_deref()?, amount.line))));
    let (letters, line) = said.ok_or_else(|| missing("the currency, Acct/Ccy,"))?;
    let currency = currency(letters, line, "Ccy")?;
    let mut lines = Vec::new();
    for entry in element.all("Ntry").filter(|entry| entry::is_booked(entry)) {
        entry::read(entry, currency, &mut lines)?;
    }
    let opening = balance(element, &["OPBD", "PRCD"], currency)?;
    let closing = balance(element, &["CLBD"], currency)?;
    Ok(Statement { account, currency, opening, closing, lines })
}

/// The balance of the first of these codes that is there.
fn balance(statement: &Element, codes: &[&str], currency: Currency) -> Result<Option<Balance>, Error> {
    let of = |code: &&str| statement.all("Bal").find(|one| one.said(&["Tp", "CdOrPrtry", "Cd"]) == Some(*code));
    let Some(found) = codes.iter().find_map(of) else { return Ok(None) };
    let amount = signed(found, "Bal", found, currency)?;
    let on = found.child("Dt").map(|day| date(day, "Bal/Dt")).transpose()?;
    Ok(Some(Balance { amount, on }))
}

/// The amount of an element, with the sign that it or another one says.
fn signed(element: &Element, name: &str, sign: &Element, currency: Currency) -> Result<i64, Error> {
    let Some(found) = element.child("Amt") else {
        return Err(Error::part(element.line, name, Fault::Missing("the amount, Amt,")));
    };
    let amount = unsigned(found, &format!("{name}/Amt"), currency)?;
    Ok(amount * self::sign(sign, name)?)
}

fn unsigned(amount: &Element, name: &str, currency: Currency) -> Result<i64, Error> {
    if let Some(letters) = amount.currency.as_deref().filter(|letters| *letters != currency.word()) {
        let fault = Fault::OtherCurrency { account: currency.to_string(), found: letters.to_owned() };
        return Err(Error::part(amount.line, name, fault));
    }
    let refused = || Error::part(amount.line, name, Fault::Amount(amount.text().to_owned()));
    amount::decimal(amount.text(), '.').ok_or_else(refused)
}

/// 1 where money came, −1 where it went. A reversal says which of both it is itself.
fn sign(element: &Element, name: &str) -> Result<i64, Error> {
    let found = element.child("CdtDbtInd");
    match found.map_or("", Element::text) {
        "CRDT" => Ok(1),
        "DBIT" => Ok(-1),
        other => {
            let line = found.map_or(element.line, |found| found.line);
            Err(Error::part(line, format!("{name}/CdtDbtInd"), Fault::Sign(other.to_owned())))
        }
    }
}

/// The day of `Dt` or of `DtTm`.
fn date(element: &Element, name: &str) -> Result<jiff::civil::Date, Error> {
    let said = element.said(&["Dt"]).or_else(|| element.said(&["DtTm"])).unwrap_or(element.text());
    let day = said.get(..10).unwrap_or(said);
    let mut parts = day.splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let date = amount::date(year.unwrap_or_default(), month.unwrap_or_default(), day.unwrap_or_default());
    date.ok_or_else(|| Error::part(element.line, name, Fault::Date(said.to_owned())))
}
