//! An entry of a CAMT.053 and its transactions: one line each where their amounts say what the entry's does, as in a
//! batch of incoming transfers, else one line for all.

use std::collections::BTreeSet;

use types::Currency;

use super::{super::Line, Element, Error, date, sign, signed, unsigned};
use crate::text::{said, tidy};

/// Whether it is booked: those that are pending or for information come again when they are.
pub(super) fn is_booked(entry: &Element) -> bool {
    // Version 02 says it in the element itself, later ones in a code within.
    let state = entry.said(&["Sts", "Cd"]).or_else(|| entry.said(&["Sts"]));
    state.is_none_or(|state| state == "BOOK")
}

/// Adds the lines of an entry.
pub(super) fn read(entry: &Element, currency: Currency, lines: &mut Vec<Line>) -> Result<(), Error> {
    let total = signed(entry, "Ntry", entry, currency)?;
    let transactions: Vec<&Element> = entry.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
    let amounts =
        transactions.iter().map(|one| own_amount(one, entry, currency)).collect::<Result<Option<Vec<_>>, _>>()?;
    let whole = Line { amount: total, ..bare(entry, currency)? };
    match amounts.filter(|amounts| amounts.len() > 1 && amounts.iter().sum::<i64>() == total) {
        Some(amounts) => {
            let parts = transactions.into_iter().zip(amounts);
            lines.extend(parts.map(|(one, amount)| told(Line { amount, ..whole.clone() }, entry, &[one])));
        }
        None => lines.push(told(whole, entry, &transactions)),
    }
    Ok(())
}

/// The amount of a transaction in the account's currency, where it names one.
fn own_amount(transaction: &Element, entry: &Element, currency: Currency) -> Result<Option<i64>, Error> {
    let amount = transaction.child("Amt").or_else(|| transaction.at(&["AmtDtls", "TxAmt", "Amt"]));
    let is_ours = |amount: &&Element| amount.currency.as_deref().is_none_or(|letters| letters == currency.word());
    let Some(amount) = amount.filter(is_ours) else { return Ok(None) };
    let says_sign = if transaction.child("CdtDbtInd").is_some() { transaction } else { entry };
    Ok(Some(unsigned(amount, "TxDtls/Amt", currency)? * sign(says_sign, "TxDtls")?))
}

/// What an entry says itself.
fn bare(entry: &Element, currency: Currency) -> Result<Line, Error> {
    let day = |name| entry.child(name).map(|element| date(element, &format!("Ntry/{name}"))).transpose();
    let (booked, value) = (day("BookgDt")?, day("ValDt")?);
    let missing = || Error::part(entry.line, "Ntry", super::Fault::Missing("the day of booking, BookgDt,"));
    let booked_on = booked.or(value).ok_or_else(missing)?;
    Ok(Line {
        identity: String::new(),
        row: entry.line,
        booked_on,
        value_on: value.unwrap_or(booked_on),
        currency,
        amount: 0,
        payer_name: None,
        payer_account: None,
        remittance: String::new(),
        reference: entry.said(&["AcctSvcrRef"]).and_then(said),
    })
}

/// The line with what these transactions tell of it.
fn told(line: Line, entry: &Element, transactions: &[&Element]) -> Line {
    let party = if line.amount < 0 { "Cdtr" } else { "Dbtr" };
    let account = format!("{party}Acct");
    let first = |paths: &[&[&str]]| {
        let mut found = transactions.iter().flat_map(|one| paths.iter().filter_map(move |path| one.said(path)));
        found.next().and_then(said)
    };
    // The party's name stands in it, and from version 08 on one level deeper.
    let names: [&[&str]; 2] = [&["RltdPties", party, "Nm"], &["RltdPties", party, "Pty", "Nm"]];
    let accounts: [&[&str]; 2] = [&["RltdPties", &account, "Id", "IBAN"], &["RltdPties", &account, "Id", "Othr", "Id"]];
    let own: [&[&str]; 1] = [&["Refs", "AcctSvcrRef"]];
    let reference = if transactions.len() == 1 { first(&own).or(line.reference) } else { line.reference };
    Line {
        payer_name: first(&names),
        payer_account: first(&accounts),
        remittance: remittance(entry, transactions),
        reference,
        ..line
    }
}

/// What was written: structured first, then free text, then the payer's own reference, which may hold ours.
fn remittance(entry: &Element, transactions: &[&Element]) -> String {
    let (mut texts, mut seen) = (Vec::new(), BTreeSet::new());
    for one in transactions {
        let written = one.all("RmtInf").flat_map(|written| {
            let structured = written.all("Strd").filter_map(|part| part.said(&["CdtrRefInf", "Ref"]));
            structured.chain(written.all("Ustrd").map(Element::text))
        });
        let end_to_end = one.said(&["Refs", "EndToEndId"]).filter(|reference| *reference != "NOTPROVIDED");
        for text in written.chain(end_to_end) {
            if !text.is_empty() && seen.insert(text) {
                texts.push(text);
            }
        }
    }
    if texts.is_empty() {
        let added = transactions.iter().find_map(|one| one.said(&["AddtlTxInf"]));
        texts.extend(added.or_else(|| entry.said(&["AddtlNtryInf"])));
    }
    tidy(&texts.join(" "))
}
