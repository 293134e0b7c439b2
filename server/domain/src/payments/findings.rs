//! What does not agree between a provider and us. It is told once for each thing, and people look into it.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use serde_json::Value;
use types::{
    FindingId, PaymentFinding, PaymentFindingView, PaymentId, PaymentProvider, SettleFinding, Timestamp, UserId,
};

use crate::{
    Database, Error, Open, Result,
    access::{
        Survey,
        policy::{CloseBilling, ReadInvoices},
    },
    audit,
};

const COLUMNS: &str =
    "id, provider, kind, reference, payment, details, found_at, settled_at, note FROM payment_finding";

#[derive(FromQueryResult)]
struct Row {
    id: FindingId,
    provider: PaymentProvider,
    kind: PaymentFinding,
    reference: String,
    payment: Option<PaymentId>,
    details: Value,
    found_at: Timestamp,
    settled_at: Option<Timestamp>,
    note: Option<String>,
}

impl Row {
    fn view(self) -> PaymentFindingView {
        let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let details = self.details.as_object().into_iter().flatten();
        let details: BTreeMap<_, _> = details.map(|(name, value)| (name.clone(), said(value))).collect();
        PaymentFindingView {
            id: self.id,
            provider: self.provider,
            finding: self.kind,
            reference: self.reference,
            payment: self.payment,
            details,
            found_at: self.found_at,
            settled_at: self.settled_at,
            note: self.note,
        }
    }
}

/// What does not agree and nobody has looked into, the latest first; at most 200.
///
/// # Errors
/// Only the database's own.
pub async fn open_findings(open: &Open, _: &Survey<ReadInvoices>) -> Result<Vec<PaymentFindingView>> {
    let sql = format!("SELECT {COLUMNS} WHERE settled_at IS NULL ORDER BY found_at DESC, id DESC LIMIT 200");
    let rows: Vec<Row> = open.all(&sql, []).await?;
    Ok(rows.into_iter().map(Row::view).collect())
}

/// Notes that somebody has looked into it, and what it was; once.
///
/// # Errors
/// `Invalid` without a reason; `NotFound` for an unknown finding; a conflict when it was settled before.
pub async fn settle_finding(
    db: &Database,
    survey: &Survey<CloseBilling>,
    finding: FindingId,
    ask: &SettleFinding,
    now: Timestamp,
) -> Result<PaymentFindingView> {
    let reason = audit::reason(&ask.reason)?;
    let open = db.govern(survey, now).await?;
    let sql = "UPDATE payment_finding SET settled_at = $2, settled_by = $3, note = $4
               WHERE id = $1 AND settled_at IS NULL";
    let by = survey.principal().user().map(UserId::uuid);
    let n_settled = open.run(sql, [finding.into(), now.into(), by.into(), reason.into()]).await?;
    let row: Option<Row> = open.one(&format!("SELECT {COLUMNS} WHERE id = $1"), [finding.into()]).await?;
    let view = row.ok_or(Error::NotFound)?.view();
    if n_settled == 0 {
        return Err(Error::Conflict("finding-settled"));
    }
    let change = audit::Change {
        verb: "payment.finding_settled",
        subject: view.id.to_string(),
        before: None::<()>,
        after: Some(&view),
    };
    audit::record_installation(&open, change).await?;
    open.commit().await?;
    Ok(view)
}

/// Tells of it, once for what the provider calls the thing.
pub(crate) async fn tell_in(
    open: &Open,
    provider: PaymentProvider,
    finding: PaymentFinding,
    (reference, payment): (&str, Option<PaymentId>),
    details: Value,
) -> Result<()> {
    let sql = "INSERT INTO payment_finding (id, provider, kind, reference, payment, details, found_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT finding_is_told_once DO NOTHING";
    let values = [
        FindingId::new(open.now).into(),
        provider.word().into(),
        finding.word().into(),
        reference.into(),
        payment.map(PaymentId::uuid).into(),
        details.into(),
        open.now.into(),
    ];
    open.run(sql, values).await.map(drop)
}
