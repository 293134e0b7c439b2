//! Sheets of comma-separated values, as online banking exports them: some rows about the account, a row of headings,
//! then a row for each booking. What is which, a `Mapping` says, which is suggested once and kept.

mod mapping;
mod read;
mod rows;
mod suggest;

pub use self::{
    mapping::{AmountColumns, Columns, DateOrder, DecimalSign, Delimiter, Encoding, Mapping},
    suggest::suggest,
};
use self::{
    read::{amount, date, number},
    rows::{Row, Rows},
};
use super::{Balance, Error, Fault, Line, Statement, decode};
use crate::text::{said, tidy};

/// The statement of a sheet.
pub(super) fn parse(bytes: &[u8], mapping: &Mapping) -> Result<Statement, Error> {
    let text = match mapping.encoding {
        Encoding::Utf8 => decode::utf8(bytes).ok_or_else(|| Error::file(Fault::Encoding("UTF-8")))?,
        Encoding::Windows1252 => decode::windows_1252(bytes),
    };
    let rows = Rows::read(&text, mapping.delimiter, &mapping.columns.headings())?;
    let (mut lines, mut balances) = (Vec::new(), Vec::new());
    for row in rows.iter().filter(|row| !is_blank(&rows, row, mapping)) {
        let line = line(&rows, row, mapping)?;
        balances.push(balance(&rows, row, mapping)?);
        lines.push(line);
    }
    // Where a row leaves it out, there is nothing to follow.
    let balances: Option<Vec<i64>> = balances.into_iter().collect();
    let ends = balances.map(|balances| ends(&lines, &balances)).transpose()?.flatten();
    let (opening, closing) = ends.unzip();
    Ok(Statement { account: mapping.account.clone(), currency: mapping.currency, opening, closing, lines })
}

/// Whether it says neither when nor how much, as rows between days do.
fn is_blank(rows: &Rows<'_>, row: &Row, mapping: &Mapping) -> bool {
    let amounts = mapping.columns.amount.headings();
    let mut cells = amounts.into_iter().chain([mapping.columns.booked_on.as_str()]);
    cells.all(|heading| rows.cell(row, heading).is_empty())
}

fn line(rows: &Rows<'_>, row: &Row, mapping: &Mapping) -> Result<Line, Error> {
    let columns = &mapping.columns;
    let cell = |heading: &Option<String>| heading.as_ref().map_or("", |heading| rows.cell(row, heading));
    let in_currency = cell(&columns.currency);
    if !in_currency.is_empty() && in_currency != mapping.currency.word() {
        let fault = Fault::OtherCurrency { account: mapping.currency.to_string(), found: in_currency.to_owned() };
        return Err(Error::line(row.line, fault));
    }
    let booked_on = date(rows, row, &columns.booked_on, mapping.date_order)?;
    let value_on = match &columns.value_on {
        Some(heading) if !rows.cell(row, heading).is_empty() => date(rows, row, heading, mapping.date_order)?,
        _ => booked_on,
    };
    let written: Vec<&str> = columns.remittance.iter().map(|heading| rows.cell(row, heading)).collect();
    Ok(Line {
        identity: String::new(),
        row: row.line,
        booked_on,
        value_on,
        currency: mapping.currency,
        amount: amount(rows, row, &columns.amount, mapping.decimal_sign)?,
        payer_name: said(cell(&columns.payer_name)),
        payer_account: said(cell(&columns.payer_account)),
        remittance: tidy(&written.join(" ")),
        reference: said(cell(&columns.reference)),
    })
}

/// What is in the account after a row, where it says so.
fn balance(rows: &Rows<'_>, row: &Row, mapping: &Mapping) -> Result<Option<i64>, Error> {
    let heading = mapping.columns.balance.as_ref().filter(|heading| !rows.cell(row, heading).is_empty());
    heading.map(|heading| number(rows, row, heading, mapping.decimal_sign)).transpose()
}

/// What was there before the first booking and is there after the last, whichever of them the sheet begins with.
fn ends(lines: &[Line], balances: &[i64]) -> Result<Option<(Balance, Balance)>, Error> {
    let forward: Vec<(&Line, i64)> = lines.iter().zip(balances.iter().copied()).collect();
    let backward: Vec<(&Line, i64)> = forward.iter().rev().copied().collect();
    let begins_with_last =
        forward.first().map(|(line, _)| line.booked_on) > forward.last().map(|(line, _)| line.booked_on);
    let is_forward = broken(&forward).is_none() || broken(&backward).is_some() && !begins_with_last;
    let steps = if is_forward { forward } else { backward };
    if let Some((before, line, after)) = broken(&steps) {
        let fault = Fault::Sum { opening: before, sum: line.amount, closing: after };
        return Err(Error::line(line.row, fault));
    }
    let (Some((first, after)), Some((last, closing))) = (steps.first(), steps.last()) else { return Ok(None) };
    let opening = Balance { amount: after - first.amount, on: Some(first.booked_on) };
    Ok(Some((opening, Balance { amount: *closing, on: Some(last.booked_on) })))
}

/// The first row whose balance is not the one before it and its amount: both balances and the row.
fn broken<'a>(steps: &[(&'a Line, i64)]) -> Option<(i64, &'a Line, i64)> {
    steps.windows(2).find_map(|pair| match pair {
        [(_, before), (line, after)] if before + line.amount != *after => Some((*before, *line, *after)),
        _ => None,
    })
}
