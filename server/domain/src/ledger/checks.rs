//! The ledger's invariants as reads over all organisations: what `tamuda doctor` and the tests ask.

use sea_orm::FromQueryResult;

use crate::{Open, Result};

/// Something that does not add up.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Finding {
    /// The broken rule, as one word.
    pub rule: String,
    /// The id of what breaks it.
    pub subject: String,
    /// By how much, in the thing's own unit.
    pub difference: i64,
}

/// Each reads `rule`, `subject` and `difference` of what breaks it; nothing is the good answer.
const CHECKS: [&str; 16] = [
    // Postings sum to zero for each entry and unit.
    "SELECT 'entry_is_balanced' AS rule, p.entry_id::text AS subject, sum(p.amount)::bigint AS difference
     FROM posting p JOIN account a ON a.id = p.account_id GROUP BY p.entry_id, a.unit HAVING sum(p.amount) <> 0",
    // An account's balance is the sum of its postings.
    "SELECT 'posted_is_sum_of_postings' AS rule, a.id::text AS subject,
            (a.posted - coalesce(sum(p.amount), 0))::bigint AS difference
     FROM account a LEFT JOIN posting p ON p.account_id = a.id WHERE a.organisation_id IS NOT NULL
     GROUP BY a.id HAVING a.posted <> coalesce(sum(p.amount), 0)",
    // What an account sets aside is the sum of the parts of open holds.
    "SELECT 'held_is_sum_of_open_holds' AS rule, a.id::text AS subject,
            (a.held - coalesce(sum(p.amount), 0))::bigint AS difference
     FROM account a
     LEFT JOIN (hold_part p JOIN hold h ON h.id = p.hold_id AND h.state = 'open') ON p.account_id = a.id
     WHERE a.organisation_id IS NOT NULL GROUP BY a.id HAVING a.held <> coalesce(sum(p.amount), 0)",
    "SELECT 'lot_held_is_sum_of_open_holds' AS rule, l.id::text AS subject,
            (l.held - coalesce(sum(p.amount), 0))::bigint AS difference
     FROM lot l LEFT JOIN (hold_part p JOIN hold h ON h.id = p.hold_id AND h.state = 'open') ON p.lot_id = l.id
     GROUP BY l.id HAVING l.held <> coalesce(sum(p.amount), 0)",
    // A lot's counters are what its uses say.
    "SELECT 'lot_counts_its_uses' AS rule, l.id::text AS subject,
            (l.used + l.expired + l.voided - coalesce(u.spent, 0))::bigint AS difference
     FROM lot l LEFT JOIN (
         SELECT lot_id, sum(CASE kind WHEN 'restore' THEN -amount ELSE amount END) AS spent,
                sum(CASE kind WHEN 'burn' THEN amount WHEN 'restore' THEN -amount ELSE 0 END) AS used,
                sum(amount) FILTER (WHERE kind = 'expire') AS expired
         FROM lot_use GROUP BY lot_id) u ON u.lot_id = l.id
     WHERE l.used <> coalesce(u.used, 0) OR l.expired <> coalesce(u.expired, 0)
        OR l.used + l.expired + l.voided <> coalesce(u.spent, 0)",
    // What is left of all lots of a kind and unit is the balance of their account.
    "SELECT 'lots_are_their_account' AS rule, a.id::text AS subject, (a.posted - coalesce(l.left, 0))::bigint AS difference
     FROM account a LEFT JOIN (
         SELECT organisation_id, kind, unit, sum(granted - used - expired - voided) AS left FROM lot
         GROUP BY organisation_id, kind, unit) l
       ON l.organisation_id = a.organisation_id AND a.kind = 'lots_' || l.kind AND l.unit = a.unit
     WHERE a.kind IN ('lots_promo', 'lots_sponsored') AND a.posted <> coalesce(l.left, 0)",
    // Each organisation's books close by themselves: together they are the trial balance, which is zero in each unit.
    "SELECT 'organisation_is_balanced' AS rule, p.organisation_id::text AS subject, sum(p.amount)::bigint AS difference
     FROM posting p JOIN account a ON a.id = p.account_id
     GROUP BY p.organisation_id, a.unit
     HAVING sum(p.amount) <> 0 OR bool_or(a.organisation_id IS NOT NULL AND a.organisation_id <> p.organisation_id)",
    // Every billable second that a settlement has passed has a price and a tax; the difference is in seconds.
    "SELECT 'usage_has_a_price' AS rule, i.id::text AS subject,
            extract(epoch FROM least(coalesce(i.ended_at, t.settled_through), t.settled_through) - i.unpriced_from)::bigint
                AS difference
     FROM usage_interval i JOIN settlement_timer t ON t.organisation_id = i.organisation_id
     WHERE i.billable AND i.unpriced_from IS NOT NULL",
    // Of no line and of no tax more was credited than invoiced; the difference is in minor units.
    "SELECT 'credit_is_within_its_line' AS rule, i.invoice_id::text AS subject, (sum(c.net) - i.net)::bigint AS difference
     FROM invoice_line i JOIN credit_note_line c ON c.invoice_id = i.invoice_id AND c.line = i.line
     GROUP BY i.invoice_id, i.line, i.net HAVING sum(c.net) > i.net",
    "SELECT 'credit_is_within_its_tax' AS rule, i.invoice_id::text AS subject, (sum(c.tax) - i.tax)::bigint AS difference
     FROM invoice_tax i JOIN credit_note_tax c ON c.invoice_id = i.invoice_id AND c.tax_rule_id = i.tax_rule_id
     GROUP BY i.invoice_id, i.tax_rule_id, i.tax HAVING sum(c.tax) > i.tax",
    // What is booked among the unmatched is what lines of statements wait.
    "SELECT 'unmatched_is_its_lines' AS rule, u.unit AS subject,
            (coalesce(b.booked, 0) - coalesce(l.waits, 0))::bigint AS difference
     FROM unnest(ARRAY['MAD', 'EUR', 'USD']) AS u(unit)
     LEFT JOIN (SELECT a.unit, sum(p.amount) AS booked FROM account a JOIN posting p ON p.account_id = a.id
                WHERE a.organisation_id IS NULL AND a.kind = 'unmatched' GROUP BY a.unit) b ON b.unit = u.unit
     LEFT JOIN (SELECT a.currency, sum(l.amount) * 10000 AS waits
                FROM bank_line l JOIN receiving_account a ON a.id = l.account_id
                WHERE l.state = 'unmatched' GROUP BY a.currency) l ON l.currency = u.unit
     WHERE coalesce(b.booked, 0) <> coalesce(l.waits, 0)",
    // What is booked as withheld is what certificates say.
    "SELECT 'withheld_is_its_certificates' AS rule, coalesce(w.organisation_id, b.organisation_id)::text AS subject,
            (coalesce(b.booked, 0) - coalesce(w.amount, 0))::bigint AS difference
     FROM (SELECT organisation_id, currency, sum(amount) * 10000 AS amount FROM withholding
           WHERE undone_at IS NULL GROUP BY organisation_id, currency) w
     FULL JOIN (SELECT p.organisation_id, a.unit, -sum(p.amount) AS booked FROM account a
                JOIN posting p ON p.account_id = a.id
                WHERE a.organisation_id IS NULL AND a.kind = 'withheld' GROUP BY p.organisation_id, a.unit) b
       ON b.organisation_id = w.organisation_id AND b.unit = w.currency
     WHERE coalesce(b.booked, 0) <> coalesce(w.amount, 0)",
    // A line is matched where one organisation has it, and no other line is.
    "SELECT 'matched_line_paid_once' AS rule, coalesce(l.id, r.bank_line)::text AS subject,
            (coalesce(r.amount, 0) - coalesce(l.amount, 0))::bigint AS difference
     FROM (SELECT id, amount FROM bank_line WHERE state = 'matched') l
     FULL JOIN (SELECT bank_line, sum(amount) AS amount FROM transfer_receipt
                WHERE undone_at IS NULL GROUP BY bank_line) r ON r.bank_line = l.id
     WHERE l.amount IS DISTINCT FROM r.amount",
    // What was taken for a payment was credited once, out of what its provider has for us.
    "SELECT 'payment_is_credited_once' AS rule, p.id::text AS subject,
            (p.captured * 10000 - coalesce(b.booked, 0))::bigint AS difference
     FROM payment p LEFT JOIN LATERAL (
         SELECT -sum(q.amount) AS booked FROM posting q JOIN account a ON a.id = q.account_id
         WHERE q.organisation_id = p.organisation_id AND q.entry_id = p.entry_id AND a.kind = 'clearing') b ON true
     WHERE p.captured * 10000 <> coalesce(b.booked, 0)",
    // What is booked as written off is what was written off and not taken back.
    "SELECT 'written_off_is_its_write_offs' AS rule, coalesce(b.organisation_id, w.organisation_id)::text AS subject,
            (coalesce(b.booked, 0) - coalesce(w.amount, 0))::bigint AS difference
     FROM (SELECT p.organisation_id, a.unit, -sum(p.amount) AS booked
           FROM account a JOIN posting p ON p.account_id = a.id
           WHERE a.organisation_id IS NULL AND a.kind = 'written_off' GROUP BY p.organisation_id, a.unit) b
     FULL JOIN (SELECT organisation_id, currency, sum(amount) AS amount FROM write_off
                WHERE undone_at IS NULL GROUP BY organisation_id, currency) w
       ON w.organisation_id = b.organisation_id AND w.currency = b.unit
     WHERE coalesce(b.booked, 0) <> coalesce(w.amount, 0)",
    // Provider and we agree, or somebody has looked into it; the difference counts what does not.
    "SELECT 'payments_agree_with_provider' AS rule, kind || ' ' || reference AS subject, 1::bigint AS difference
     FROM payment_finding WHERE settled_at IS NULL",
];

/// Everything in the ledger that does not add up, over all organisations.
///
/// # Errors
/// Only the database's own.
pub async fn run(open: &Open) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for check in CHECKS.into_iter().chain(super::refund::CHECKS) {
        findings.extend(open.all::<Finding, 0>(check, []).await?);
    }
    Ok(findings)
}
