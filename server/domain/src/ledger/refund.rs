//! Money that leaves a wallet to go back to where it came from, comes back where it could not, and leaves the bank; and the
//! checks of all three.

use serde_json::{Value, json};
use types::EntryKind;
use uuid::Uuid;

use super::{
    account::House,
    entry::{Posting, book_in},
    purse::Purse,
};
use crate::{Result, Tx, settlement};

/// Each reads `rule`, `subject` and `difference` of what breaks it; nothing is the good answer.
pub(super) const CHECKS: [&str; 4] = [
    // Of nothing more goes back than came, and each counts what its refunds say.
    "SELECT 'refunds_stay_within_payment' AS rule, p.id::text AS subject,
            (p.refunded - coalesce(r.amount, 0))::bigint AS difference
     FROM payment p LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refund
                               WHERE state <> 'failed' GROUP BY payment_id) r ON r.payment_id = p.id
     WHERE p.refunded <> coalesce(r.amount, 0) OR p.refunded > p.captured",
    "SELECT 'refunds_stay_within_transfer' AS rule, t.id::text AS subject,
            (t.refunded - coalesce(r.amount, 0))::bigint AS difference
     FROM transfer_receipt t LEFT JOIN (SELECT receipt_id, sum(amount) AS amount FROM refund
                                        WHERE state <> 'failed' GROUP BY receipt_id) r ON r.receipt_id = t.id
     WHERE t.refunded <> coalesce(r.amount, 0) OR t.refunded > t.amount",
    // A refund left the wallet once, and is back in it where it failed.
    "SELECT 'refund_is_booked_once' AS rule, r.id::text AS subject,
            ((CASE WHEN r.state = 'failed' THEN 0 ELSE r.amount END) * 10000 + coalesce(b.booked, 0))::bigint
                AS difference
     FROM refund r LEFT JOIN LATERAL (
         SELECT sum(p.amount) AS booked FROM posting p JOIN account a ON a.id = p.account_id
         WHERE p.organisation_id = r.organisation_id AND p.entry_id IN (r.entry_id, r.undo_entry_id)
         AND a.kind = 'wallet') b ON true
     WHERE (CASE WHEN r.state = 'failed' THEN 0 ELSE r.amount END) * 10000 <> -coalesce(b.booked, 0)",
    // What is booked as to be paid is what stands on the desk.
    "SELECT 'refunds_to_pay_are_booked' AS rule, u.unit AS subject,
            (coalesce(b.booked, 0) - coalesce(r.waits, 0))::bigint AS difference
     FROM unnest(ARRAY['MAD', 'EUR', 'USD']) AS u(unit)
     LEFT JOIN (SELECT a.unit, sum(p.amount) AS booked FROM account a JOIN posting p ON p.account_id = a.id
                WHERE a.organisation_id IS NULL AND a.kind = 'refunds' GROUP BY a.unit) b ON b.unit = u.unit
     LEFT JOIN (SELECT currency, sum(amount) * 10000 AS waits FROM refund
                WHERE state = 'to_pay' GROUP BY currency) r ON r.currency = u.unit
     WHERE coalesce(b.booked, 0) <> coalesce(r.waits, 0)",
];

/// Books money out of the wallet, whose purse is locked and holds nothing of it, to where it is paid from.
pub(crate) async fn refund_in(tx: &Tx, purse: &Purse, to: House, micros: i64, key: &str, reason: &str) -> Result<Uuid> {
    moved_in(tx, purse, (EntryKind::Refund, key), (to, micros), json!({ "note": reason })).await
}

/// Books a refund that failed back into the wallet, from where it was to be paid.
pub(crate) async fn refund_undone_in(tx: &Tx, purse: &Purse, from: House, micros: i64, key: &str) -> Result<Uuid> {
    moved_in(tx, purse, (EntryKind::RefundUndone, key), (from, -micros), json!({})).await
}

/// Books a refund that the hub's bank has paid out of the bank.
pub(crate) async fn refund_paid_in(tx: &Tx, unit: &str, micros: i64, key: &str) -> Result<Uuid> {
    let postings = [Posting::house(House::Refunds, unit, -micros), Posting::house(House::Bank, unit, micros)];
    book_in(tx, key, EntryKind::RefundPaid, json!({}), &postings).await
}

async fn moved_in(
    tx: &Tx,
    purse: &Purse,
    (kind, key): (EntryKind, &str),
    (house, micros): (House, i64),
    memo: Value,
) -> Result<Uuid> {
    let unit = purse.currency.word();
    let postings = [Posting::house(house, unit, micros), Posting::own(purse.wallet()?, -micros)];
    let entry = book_in(tx, key, kind, memo, &postings).await?;
    settlement::reset_holds_in(tx).await?;
    settlement::recalculate_timer_in(tx).await?;
    Ok(entry)
}
