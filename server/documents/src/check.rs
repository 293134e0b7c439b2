//! Does a snapshot add up? What was frozen wrong becomes no artefact.

use types::{CreditDocument, Currency, Document, DocumentTax, Money};

use crate::{CreditNote, Error, Invoice, ProForma, Receipt, Result, Snapshot, Statement, Withheld};

/// Micro-units in one minor unit of a currency with two decimals.
pub(crate) const MICROS_PER_MINOR: i64 = 10_000;

impl Snapshot {
    /// Holds what is said against what it should come to.
    ///
    /// # Errors
    /// `Unbalanced` with the sum that is wrong, `Amount` for another currency or parts of a minor unit, `Missing` for a
    /// language that nobody here writes.
    pub fn check(&self) -> Result<()> {
        self.locale().ok_or(Error::Missing("a language that is written here"))?;
        match self {
            Self::Invoice(invoice) => check_invoice(invoice),
            Self::CreditNote(CreditNote { document }) => check_credit(document),
            Self::ProForma(pro_forma) => check_pro_forma(pro_forma),
            Self::Receipt(receipt) => check_receipt(receipt),
            Self::Statement(statement) => check_statement(statement),
        }
    }
}

fn check_invoice(invoice: &Invoice) -> Result<()> {
    let Document { currency, lines, taxes, net, tax, total, payers, due, .. } = &invoice.document;
    let sums = Sums(*currency);
    for line in lines {
        let [amount, allowance, of_line] =
            [line.amount, line.allowance, line.net].map(|part| sums.micros(part, "a line"));
        equal(amount?, sum([allowance?, of_line?])?, "a line is not its gift and net")?;
    }
    equal(sums.of(lines.iter().map(|line| line.net), "a line")?, sums.micros(*net, "net")?, "net is not its lines")?;
    check_taxes(sums, taxes, *net, *tax)?;
    equal(sums.of([*net, *tax], "net and tax")?, sums.micros(*total, "total")?, "total is not net and tax")?;
    let withheld = invoice.withheld.as_ref().map(|withheld| withheld.amount);
    let paid = payers.iter().map(|payer| payer.amount).chain(withheld).chain([*due]);
    equal(sums.of(paid, "a payer")?, sums.micros(*total, "total")?, "total is not paid, withheld and due")
}

fn check_credit(note: &CreditDocument) -> Result<()> {
    let sums = Sums(note.currency);
    let lines = sums.of(note.lines.iter().map(|line| line.net), "a line")?;
    equal(lines, sums.micros(note.net, "net")?, "net is not its lines")?;
    check_taxes(sums, &note.taxes, note.net, note.tax)?;
    let total = sums.micros(note.total, "total")?;
    equal(sums.of([note.net, note.tax], "net and tax")?, total, "total is not net and tax")?;
    let back = note.back.iter().map(|payer| payer.amount).chain([note.owed]);
    equal(sums.of(back, "what goes back")?, total, "total is not what goes back")
}

fn check_taxes(sums: Sums, taxes: &[DocumentTax], net: Money, tax: Money) -> Result<()> {
    let taxable = sums.of(taxes.iter().map(|group| group.taxable), "a taxable amount")?;
    equal(taxable, sums.micros(net, "net")?, "net is not what is taxed")?;
    let of_groups = sums.of(taxes.iter().map(|group| group.tax), "a tax")?;
    equal(of_groups, sums.micros(tax, "tax")?, "tax is not that of its rates")
}

fn check_pro_forma(pro_forma: &ProForma) -> Result<()> {
    let sums = Sums(pro_forma.currency);
    let items = sums.of(pro_forma.items.iter().map(|item| item.net), "an item")?;
    equal(items, sums.micros(pro_forma.net, "net")?, "net is not its items")?;
    let taxes = sums.of(pro_forma.taxes.iter().map(|group| group.tax), "a tax")?;
    equal(taxes, sums.micros(pro_forma.tax, "tax")?, "tax is not that of its rates")?;
    let both = sums.of([pro_forma.net, pro_forma.tax], "net and tax")?;
    equal(both, sums.micros(pro_forma.total, "total")?, "total is not net and tax")
}

fn check_receipt(receipt: &Receipt) -> Result<()> {
    let sums = Sums(receipt.currency);
    let withheld = receipt.withheld.as_ref().map(|Withheld { amount, .. }| *amount);
    let came = sums.of([receipt.amount].into_iter().chain(withheld), "what came")?;
    let settled = sums.of(receipt.settled.iter().map(|settled| settled.amount), "what was paid")?;
    sums.of(receipt.balance, "the balance")?;
    if settled > came { Err(Error::Unbalanced("more was paid than came")) } else { Ok(()) }
}

fn check_statement(statement: &Statement) -> Result<()> {
    let sums = Sums(statement.currency);
    let mut balance = sums.micros(statement.opening, "the opening balance")?;
    for movement in &statement.movements {
        balance = sum([balance, sums.micros(movement.amount, "a movement")?])?;
        equal(
            balance,
            sums.micros(movement.balance, "a balance")?,
            "a balance is not the one before and its movement",
        )?;
    }
    equal(balance, sums.micros(statement.closing, "the closing balance")?, "the closing balance is not the last one")
}

/// Sums in one currency.
#[derive(Clone, Copy)]
struct Sums(Currency);

impl Sums {
    fn micros(self, amount: Money, place: &'static str) -> Result<i64> {
        let fits = amount.currency == self.0 && amount.micros % MICROS_PER_MINOR == 0;
        if fits { Ok(amount.micros) } else { Err(Error::Amount(place)) }
    }

    fn of(self, amounts: impl IntoIterator<Item = Money>, place: &'static str) -> Result<i64> {
        let micros: Vec<i64> = amounts.into_iter().map(|amount| self.micros(amount, place)).collect::<Result<_>>()?;
        sum(micros)
    }
}

fn sum(micros: impl IntoIterator<Item = i64>) -> Result<i64> {
    let exact: i128 = micros.into_iter().map(i128::from).sum();
    i64::try_from(exact).map_err(|_| Error::Amount("a sum beyond what can be stored"))
}

fn equal(one: i64, other: i64, what: &'static str) -> Result<()> {
    if one == other { Ok(()) } else { Err(Error::Unbalanced(what)) }
}
