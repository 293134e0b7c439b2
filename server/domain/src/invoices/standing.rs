//! What has become of a finalised invoice: paid, credited, withheld, written off and due are its total. Money pays the oldest debt
//! first, so what is still owed is of the latest invoices, and before them of what none names yet.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use types::{InvoiceId, InvoiceStanding, InvoiceStatus, OwedInvoice};

use super::{
    entity,
    rounding::{MICROS_PER_MINOR, down, fitting, money},
    withheld,
};
use crate::{
    Error, Result, Tx,
    access::{Scope, policy::ReadInvoices},
    ledger::Purse,
};

/// What an organisation owes, in micro-units.
pub(crate) struct Debts {
    /// All of it.
    pub(crate) owed: i64,
    /// What of it is of no invoice, issued or to come.
    pub(crate) rest: i64,
    /// What was charged for what no issued invoice names, whether it is owed or paid.
    pub(crate) not_issued: i64,
    /// The finalised invoices, the latest first.
    invoices: Vec<Owed>,
}

/// A finalised invoice with what is due of it, in micro-units.
struct Owed {
    row: Row,
    due: i64,
}

/// A finalised invoice of which something is due, for who asks for it.
pub(crate) struct Unpaid {
    pub(crate) invoice: InvoiceId,
    pub(crate) number: String,
    /// One that was paid once falls due when it was issued, where that money was taken back.
    pub(crate) due_on: Date,
    /// In micro-units.
    pub(crate) due: i64,
}

/// Total, what credit notes took back and what was withheld, in minor units; the rest in micro-units.
#[derive(Clone, Debug, FromQueryResult)]
struct Row {
    id: InvoiceId,
    number: String,
    due_on: String,
    total: i64,
    credited: i64,
    withheld: i64,
    written_off: i64,
    of_wallet: i64,
}

#[derive(FromQueryResult)]
struct Before {
    credited: i64,
    written_off: i64,
}

#[derive(FromQueryResult)]
struct Charged {
    not_issued: i64,
}

impl Debts {
    /// What is due of an invoice; nothing where it is not finalised.
    pub(crate) fn due_of(&self, invoice: InvoiceId) -> Option<i64> {
        self.invoices.iter().find(|owed| owed.row.id == invoice).map(|owed| owed.due)
    }

    /// What could be due of an invoice at most, and what was withheld of it, in minor units.
    pub(super) fn open_of(&self, invoice: InvoiceId) -> Result<(i64, i64)> {
        let row = &self.of(invoice)?.row;
        Ok((down(row.open()?), row.withheld))
    }

    fn of(&self, invoice: InvoiceId) -> Result<&Owed> {
        self.invoices.iter().find(|owed| owed.row.id == invoice).ok_or(Error::NotFound)
    }

    /// The invoices of which something is due, the latest first.
    pub(crate) fn due(&self, purse: &Purse) -> Vec<OwedInvoice> {
        let view = |owed: &Owed| OwedInvoice {
            invoice: owed.row.id,
            number: owed.row.number.clone(),
            due: purse.money(owed.due),
        };
        self.invoices.iter().filter(|owed| owed.due > 0).map(view).collect()
    }

    /// The same with the day on which each falls due.
    pub(crate) fn unpaid(&self) -> Result<Vec<Unpaid>> {
        let unpaid = |owed: &Owed| -> Result<Unpaid> {
            let due_on = entity::date(Some(&owed.row.due_on))?;
            let due_on = due_on.ok_or_else(|| Error::Corrupt("an invoice without a day".to_owned()))?;
            Ok(Unpaid { invoice: owed.row.id, number: owed.row.number.clone(), due_on, due: owed.due })
        };
        self.invoices.iter().filter(|owed| owed.due > 0).map(unpaid).collect()
    }
}

/// What the organisation of the purse owes, by invoice. Exact under the purse's lock.
pub(crate) async fn debts_in(tx: &Tx, purse: &Purse) -> Result<Debts> {
    let owed = purse.receivable.max(0) + (-purse.posted).max(0);
    let rows = rows_in(tx).await?;
    let sql = format!("SELECT ({NOT_ISSUED} $1) AS not_issued");
    let charged: Option<Charged> = tx.one(&sql, [tx.organisation.into()]).await?;
    let not_issued = charged.map_or(0, |row| row.not_issued);
    let of_issued = (owed - not_issued).max(0);
    let open = rows.iter().map(Row::open).collect::<Result<Vec<_>>>()?;
    let (dues, rest) = spread(of_issued, &open);
    let invoices = rows.into_iter().zip(dues).map(|(row, due)| Owed { row, due }).collect();
    Ok(Debts { owed, rest, not_issued, invoices })
}

/// What has become of an invoice.
///
/// # Errors
/// `NotFound` for another organisation's; a conflict for a draft, of which nothing has become yet.
pub async fn invoice_standing_in(tx: &Tx, scope: &Scope<ReadInvoices>, invoice: InvoiceId) -> Result<InvoiceStanding> {
    tx.admits(scope)?;
    let found = entity::invoice_in(tx, invoice).await?;
    if found.status == InvoiceStatus::Draft {
        return Err(Error::Conflict("draft-is-not-owed"));
    }
    let purse = crate::ledger::purse_in(tx).await?;
    let debts = debts_in(tx, &purse).await?;
    let owed = debts.of(invoice)?;
    let amount = |minor| money(minor, purse.currency);
    let row = &owed.row;
    let (total, credited, withheld) = (amount(row.total)?, amount(row.credited)?, amount(row.withheld)?);
    let paid = total.micros - credited.micros - withheld.micros - row.written_off - owed.due;
    Ok(InvoiceStanding {
        total,
        paid: purse.money(paid),
        credited,
        withheld,
        written_off: purse.money(row.written_off),
        due: purse.money(owed.due),
        most: amount(withheld::most_in(tx, invoice, &debts).await?)?,
        withholdings: withheld::of_invoice_in(tx, invoice).await?,
    })
}

/// Refuses a credit of so many minor units that would give back what was written off and never paid.
pub(super) async fn leaves_written_off_in(tx: &Tx, row: &entity::Row, credited: i64) -> Result<()> {
    let sql = "SELECT coalesce((SELECT sum(c.total) FROM credit_note c
                                WHERE c.organisation_id = $1 AND c.invoice_id = $2), 0)::bigint AS credited,
                      coalesce((SELECT sum(w.amount) FROM write_off w
                                WHERE w.organisation_id = $1 AND w.invoice_id = $2
                                AND w.undone_at IS NULL), 0)::bigint AS written_off";
    let before: Option<Before> = tx.one(sql, [tx.organisation.into(), row.id.into()]).await?;
    let Some(Before { credited: before, written_off }) = before else { return Ok(()) };
    let left = i128::from(row.total - before - credited) * i128::from(MICROS_PER_MINOR);
    if written_off > 0 && left < i128::from(written_off) {
        return Err(Error::Conflict("undo-write-off-first"));
    }
    Ok(())
}

/// What an organisation's wallet was charged for what no issued invoice names, in micro-units; ends where the organisation is
/// to be named.
pub(super) const NOT_ISSUED: &str = "SELECT coalesce(sum(r.gross - coalesce(u.gross, 0)), 0)::bigint FROM rated_item r
    JOIN settlement m ON m.organisation_id = r.organisation_id AND m.id = r.settlement_id
    LEFT JOIN LATERAL (
        SELECT sum(CASE u.kind WHEN 'burn' THEN u.gross ELSE -u.gross END) AS gross FROM lot_use u
        WHERE u.organisation_id = r.organisation_id AND u.rated_item_id = r.id) u ON true
    WHERE m.invoice_id IS NULL AND r.organisation_id =";

/// The finalised invoices, the latest first. What funders paid is in the document alone, and no debt of the organisation.
async fn rows_in(tx: &Tx) -> Result<Vec<Row>> {
    let sql = "SELECT v.id, v.number, coalesce(v.due_on, v.issued_on)::text AS due_on, v.total,
                      coalesce((SELECT sum(c.total) FROM credit_note c
                                WHERE c.organisation_id = v.organisation_id AND c.invoice_id = v.id), 0)::bigint AS credited,
                      coalesce((SELECT sum(h.amount) FROM withholding h
                                WHERE h.organisation_id = v.organisation_id AND h.invoice_id = v.id
                                AND h.undone_at IS NULL), 0)::bigint AS withheld,
                      coalesce((SELECT sum(w.amount) FROM write_off w
                                WHERE w.organisation_id = v.organisation_id AND w.invoice_id = v.id
                                AND w.undone_at IS NULL), 0)::bigint AS written_off,
                      (coalesce((SELECT sum((p.value -> 'amount' ->> 'micros')::bigint)
                                 FROM jsonb_array_elements(d.document -> 'payers') p
                                 WHERE p.value ->> 'kind' = 'wallet'), 0)
                       + coalesce((d.document -> 'due' ->> 'micros')::bigint, 0))::bigint AS of_wallet
               FROM invoice v
               CROSS JOIN LATERAL (SELECT convert_from(v.snapshot, 'UTF8')::jsonb AS document) d
               WHERE v.organisation_id = $1 AND v.status = 'finalised'
               ORDER BY v.drafted_at DESC, v.id DESC";
    tx.all(sql, [tx.organisation.into()]).await
}

impl Row {
    /// What could be due of it at most, in micro-units: what no funder paid, less what was taken back, withheld and given up.
    fn open(&self) -> Result<i64> {
        let gone = i128::from(self.credited) + i128::from(self.withheld);
        let gone = fitting(gone * i128::from(MICROS_PER_MINOR))?;
        Ok((self.of_wallet - gone - self.written_off).max(0))
    }
}

/// Spreads what is owed over what is open, in this order; what of each is due, and what is of none.
fn spread(owed: i64, open: &[i64]) -> (Vec<i64>, i64) {
    let mut left = owed;
    let due = open.iter().map(|open| {
        let due = left.min(*open);
        left -= due;
        due
    });
    let dues = due.collect();
    (dues, left)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_owed_is_of_the_first_ones_and_none_is_due_beyond_what_is_open(
            owed in 0i64..1_000_000, open in prop::collection::vec(0i64..300_000, 0..8),
        ) {
            let (dues, rest) = spread(owed, &open);
            prop_assert_eq!(dues.iter().sum::<i64>() + rest, owed);
            prop_assert!(dues.iter().zip(&open).all(|(due, open)| (0..=*open).contains(due)));
            let first_short = dues.iter().zip(&open).position(|(due, open)| due < open);
            prop_assert!(first_short.is_none_or(|place| dues[place + 1..].iter().all(|due| *due == 0) && rest == 0));
        }
    }
}
