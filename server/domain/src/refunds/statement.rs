//! What a statement of the hub's bank says of refunds: a line by which money went, with the reference of a refund and its
//! amount, has paid it. The same statement again pays nothing again.

use payments::{Line as FileLine, Reference};
use sea_orm::FromQueryResult;
use types::{BankLineId, Currency, OrganisationId, PayerOrganisation, RefundId, StatementId, Timestamp};

use super::desk::pay_in;
use crate::{
    Database, Error, Open, Result,
    access::{Survey, policy::CloseBilling},
    transfers::inside,
};

/// A refund that a line pays, and whose money it was.
pub(crate) struct Pays {
    pub(crate) refund: RefundId,
    pub(crate) organisation: PayerOrganisation,
}

/// A line by which money went, in minor units below zero.
#[derive(FromQueryResult)]
struct Line {
    id: BankLineId,
    amount: i64,
    currency: Currency,
    booked_on: String,
    remittance: String,
}

/// A refund that no line has paid yet.
#[derive(FromQueryResult)]
struct Waiting {
    organisation_id: OrganisationId,
    slug: String,
    name: String,
    id: RefundId,
    reference: String,
    amount: i64,
    currency: Currency,
}

impl Waiting {
    /// Whether a line pays it that names these references, by which so many minor units went.
    fn is_paid_by(&self, names: &[String], amount: i64, currency: Currency) -> bool {
        names.contains(&self.reference) && (self.amount, self.currency) == (-amount, currency)
    }

    fn pays(&self) -> Pays {
        let (id, slug, name) = (self.organisation_id, self.slug.clone(), self.name.clone());
        Pays { refund: self.id, organisation: PayerOrganisation { id, slug, name } }
    }
}

/// Which refund each line of a file would pay, as [`pay_by_statement`] decides it; of two that pay the same one, both.
pub(crate) async fn paid_by(open: &Open, lines: &[FileLine]) -> Result<Vec<Option<Pays>>> {
    let named: Vec<Vec<String>> = lines.iter().map(|line| names(&line.remittance)).collect();
    let waiting = waiting(open, named.concat()).await?;
    let pays = |(line, names): (&FileLine, &Vec<String>)| {
        let refund = waiting.iter().find(|refund| refund.is_paid_by(names, line.amount, line.currency));
        refund.map(Waiting::pays)
    };
    Ok(lines.iter().zip(&named).map(pays).collect())
}

/// Marks what the lines of a statement have paid; what finance said before is paid already, and gets its line.
pub(crate) async fn pay_by_statement(
    db: &Database,
    survey: &Survey<CloseBilling>,
    statement: StatementId,
    now: Timestamp,
) -> Result<()> {
    let open = db.survey(survey, now).await?;
    let lines = lines(&open, statement).await?;
    let all: Vec<String> = lines.iter().flat_map(|line| names(&line.remittance)).collect();
    if all.is_empty() {
        return Ok(());
    }
    let waiting = waiting(&open, all).await?;
    drop(open);
    for line in &lines {
        let names = names(&line.remittance);
        let is_paid = |refund: &&Waiting| refund.is_paid_by(&names, line.amount, line.currency);
        let Some(refund) = waiting.iter().find(is_paid) else { continue };
        let day =
            line.booked_on.parse::<jiff::civil::Date>().map_err(|error| Error::Corrupt(format!("date: {error}")))?;
        let tx = inside(db, survey, refund.organisation_id, now).await?;
        if !pay_in(&tx, refund.id, day, Some(line.id)).await? {
            let sql = "UPDATE refund SET bank_line = $3
                       WHERE organisation_id = $1 AND id = $2 AND state = 'succeeded' AND bank_line IS NULL";
            tx.run(sql, [refund.organisation_id.into(), refund.id.into(), line.id.into()]).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// The references that stand in what was written.
fn names(remittance: &str) -> Vec<String> {
    let references = Reference::read(remittance).references;
    references.iter().map(|reference| reference.as_str().to_owned()).collect()
}

async fn lines(open: &Open, statement: StatementId) -> Result<Vec<Line>> {
    let sql = "SELECT l.id, l.amount, a.currency, l.booked_on::text AS booked_on, l.remittance
               FROM bank_line l JOIN receiving_account a ON a.id = l.account_id
               WHERE l.organisation_id = (SELECT id FROM organisation WHERE kind = 'hub') AND l.statement_id = $1
               AND l.state = 'outgoing' AND l.amount < 0
               AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.bank_line = l.id) ORDER BY l.place, l.id";
    open.all(sql, [statement.into()]).await
}

async fn waiting(open: &Open, references: Vec<String>) -> Result<Vec<Waiting>> {
    let sql = "SELECT r.organisation_id, o.slug, o.name, r.id, r.reference, r.amount, r.currency
               FROM refund r JOIN organisation o ON o.id = r.organisation_id
               WHERE r.reference = ANY($1) AND r.bank_line IS NULL AND r.state IN ('to_pay', 'succeeded')";
    open.all(sql, [references.into()]).await
}
