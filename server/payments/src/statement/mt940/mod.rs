//! MT940 of SWIFT: messages of fields, each with a tag between colons. A message begins with `:20:`; statements that go
//! on over several messages have intermediate balances (`:60M:`, `:62M:`) and are taken as several.

mod details;
mod fields;
mod movement;

use types::Currency;

use self::fields::Field;
use super::{Balance, Error, Fault, Statement, amount, currency, decode};
use crate::text::said;

/// The statements of a file.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Statement>, Error> {
    let text = decode::guessed(bytes);
    let fields = fields::split(&text);
    let mut statements = Vec::new();
    for message in fields.chunk_by(|_, next| next.tag != "20") {
        statements.extend(message.first().map(|first| statement(first, message)).transpose()?);
    }
    if statements.is_empty() { Err(Error::line(1, Fault::OtherFormat("MT940"))) } else { Ok(statements) }
}

/// What a message has told so far.
#[derive(Default)]
struct Told {
    account: Option<String>,
    opening: Option<(Currency, Balance)>,
    closing: Option<Balance>,
    lines: Vec<super::Line>,
}

fn statement(first: &Field<'_>, message: &[Field<'_>]) -> Result<Statement, Error> {
    if first.tag != "20" {
        return Err(Error::line(first.line, Fault::OtherFormat("MT940")));
    }
    let mut told = Told::default();
    let mut before = "";
    for field in message {
        told.hear(field, before)?;
        before = field.tag;
    }
    let missing = |what| Error::part(first.line, ":20:", Fault::Missing(what));
    let account = told.account.ok_or_else(|| missing("the account, :25:,"))?;
    let (currency, opening) = told.opening.ok_or_else(|| missing("the opening balance, :60F:,"))?;
    Ok(Statement { account, currency, opening: Some(opening), closing: told.closing, lines: told.lines })
}

impl Told {
    fn hear(&mut self, field: &Field<'_>, before: &str) -> Result<(), Error> {
        match field.tag {
            // The second line of 25P is the bank.
            "25" | "25P" => self.account = said(field.lines.first().copied().unwrap_or_default()),
            "60F" | "60M" => {
                let (letters, balance) = balance(field)?;
                self.opening = Some((currency(letters, field.line, &field.name())?, balance));
            }
            "61" => {
                let Some((currency, _)) = self.opening else {
                    return Err(Error::part(field.line, field.name(), Fault::Missing("the opening balance before it")));
                };
                self.lines.push(movement::read(field, currency)?);
            }
            // Elsewhere it tells of the statement as a whole.
            "86" if before == "61" => {
                if let Some(line) = self.lines.last_mut() {
                    details::tell(line, field);
                }
            }
            "62F" | "62M" => self.closing = Some(self.closing(field)?),
            _ => {}
        }
        Ok(())
    }

    fn closing(&self, field: &Field<'_>) -> Result<Balance, Error> {
        let (letters, balance) = balance(field)?;
        match self.opening {
            Some((account, _)) if account.word() != letters => {
                let fault = Fault::OtherCurrency { account: account.to_string(), found: letters.to_owned() };
                Err(Error::part(field.line, field.name(), fault))
            }
            _ => Ok(balance),
        }
    }
}

/// A mark, a day, three letters, an amount: `C261102EUR1234,56`.
fn balance<'a>(field: &Field<'a>) -> Result<(&'a str, Balance), Error> {
    let text = field.lines.first().copied().unwrap_or_default().trim();
    let refused = |fault| Error::part(field.line, field.name(), fault);
    let part = |places: std::ops::Range<usize>| text.get(places).unwrap_or_default();
    let sign = match part(0..1) {
        "C" => 1,
        "D" => -1,
        other => return Err(refused(Fault::Sign(other.to_owned()))),
    };
    let on = amount::date(part(1..3), part(3..5), part(5..7));
    let on = on.ok_or_else(|| refused(Fault::Date(part(1..7).to_owned())))?;
    let number = text.get(10..).unwrap_or_default();
    let amount = amount::decimal(number, ',').ok_or_else(|| refused(Fault::Amount(number.to_owned())))?;
    Ok((part(7..10), Balance { amount: sign * amount, on: Some(on) }))
}
