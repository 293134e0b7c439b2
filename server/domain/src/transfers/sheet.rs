//! How a bank's sheet is read: as a person said it, as it was read the last time, or as it looks.

use payments::{AmountColumns, Columns, DateOrder, DecimalSign, Delimiter, Encoding, Mapping};
use sea_orm::FromQueryResult;
use types::{Currency, SheetDates, SheetDecimals, SheetDelimiter, SheetMapping};

use super::accounts::Account;
use crate::{Error, Open, Result, Rule, Tx};

#[derive(FromQueryResult)]
struct Row {
    mapping: serde_json::Value,
}

/// How the account's sheets were read the last time.
pub(super) async fn remembered(open: &Open, account: &Account) -> Result<Option<SheetMapping>> {
    let sql = "SELECT m.mapping FROM bank_mapping m JOIN receiving_account a ON a.id = m.account_id
               WHERE a.iban = $1 AND a.currency = $2 ORDER BY m.set_at DESC LIMIT 1";
    let values = [account.iban.clone().into(), account.currency.word().into()];
    let row: Option<Row> = open.one(sql, values).await?;
    let read =
        |row: Row| serde_json::from_value(row.mapping).map_err(|error| Error::Corrupt(format!("sheet: {error}")));
    row.map(read).transpose()
}

/// Remembers how the account's sheets are read; inside the hub's organisation.
pub(super) async fn remember_in(tx: &Tx, account: &Account, mapping: &SheetMapping) -> Result<()> {
    let sql =
        "INSERT INTO bank_mapping (organisation_id, account_id, mapping, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (account_id) DO UPDATE SET mapping = $3, set_by = $4, set_at = $5";
    let stored = serde_json::to_value(mapping).map_err(|error| Error::Corrupt(format!("sheet: {error}")))?;
    let values = [tx.organisation.into(), account.id.into(), stored.into(), tx.principal.user().into(), tx.now.into()];
    tx.run(sql, values).await.map(drop)
}

/// The mapping as the pure crate takes it: text is UTF-8 by the time it is here.
///
/// # Errors
/// `Invalid` where neither the column of amounts is named nor both that of credits and that of debits.
pub(super) fn mapping_of(sheet: &SheetMapping, iban: &str, currency: Currency) -> Result<Mapping> {
    let amount = match (&sheet.amount, &sheet.credit, &sheet.debit) {
        (Some(amount), _, _) => AmountColumns::Signed(amount.clone()),
        (None, Some(credit), Some(debit)) => AmountColumns::Apart { credit: credit.clone(), debit: debit.clone() },
        _ => return Err(Error::Invalid { field: "mapping", rule: Rule::Required }),
    };
    Ok(Mapping {
        account: iban.to_owned(),
        currency,
        encoding: Encoding::Utf8,
        delimiter: match sheet.delimiter {
            SheetDelimiter::Semicolon => Delimiter::Semicolon,
            SheetDelimiter::Comma => Delimiter::Comma,
            SheetDelimiter::Tab => Delimiter::Tab,
            SheetDelimiter::Bar => Delimiter::Bar,
        },
        decimal_sign: match sheet.decimals {
            SheetDecimals::Point => DecimalSign::Point,
            SheetDecimals::Comma => DecimalSign::Comma,
        },
        date_order: match sheet.dates {
            SheetDates::DayMonthYear => DateOrder::DayMonthYear,
            SheetDates::MonthDayYear => DateOrder::MonthDayYear,
            SheetDates::YearMonthDay => DateOrder::YearMonthDay,
        },
        columns: Columns {
            booked_on: sheet.booked_on.clone(),
            value_on: sheet.value_on.clone(),
            amount,
            payer_name: sheet.payer_name.clone(),
            payer_account: sheet.payer_account.clone(),
            remittance: sheet.remittance.clone(),
            reference: sheet.reference.clone(),
            currency: sheet.currency.clone(),
            balance: sheet.balance.clone(),
        },
    })
}

/// The mapping as it is shown and remembered.
pub(super) fn sheet_of(mapping: &Mapping) -> SheetMapping {
    let (amount, credit, debit) = match &mapping.columns.amount {
        AmountColumns::Signed(amount) => (Some(amount.clone()), None, None),
        AmountColumns::Apart { credit, debit } => (None, Some(credit.clone()), Some(debit.clone())),
    };
    let columns = mapping.columns.clone();
    SheetMapping {
        delimiter: match mapping.delimiter {
            Delimiter::Semicolon => SheetDelimiter::Semicolon,
            Delimiter::Comma => SheetDelimiter::Comma,
            Delimiter::Tab => SheetDelimiter::Tab,
            Delimiter::Bar => SheetDelimiter::Bar,
        },
        decimals: match mapping.decimal_sign {
            DecimalSign::Point => SheetDecimals::Point,
            DecimalSign::Comma => SheetDecimals::Comma,
        },
        dates: match mapping.date_order {
            DateOrder::DayMonthYear => SheetDates::DayMonthYear,
            DateOrder::MonthDayYear => SheetDates::MonthDayYear,
            DateOrder::YearMonthDay => SheetDates::YearMonthDay,
        },
        booked_on: columns.booked_on,
        value_on: columns.value_on,
        amount,
        credit,
        debit,
        payer_name: columns.payer_name,
        payer_account: columns.payer_account,
        remittance: columns.remittance,
        reference: columns.reference,
        currency: columns.currency,
        balance: columns.balance,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_guessed_is_shown_and_read_alike() {
        let text = "Date;Libellé;Débit;Crédit\n02/11/2026;RF;;10,00\n";
        let guessed = payments::suggest(text.as_bytes(), "MA64011519000001205000534921", Currency::Mad).unwrap();
        let shown = sheet_of(&guessed);
        assert_eq!(mapping_of(&shown, &guessed.account, guessed.currency).unwrap(), guessed);
        let without = SheetMapping { credit: None, ..shown };
        let refused = mapping_of(&without, "", Currency::Mad).unwrap_err();
        assert!(matches!(refused, Error::Invalid { field: "mapping", rule: Rule::Required }));
    }
}
