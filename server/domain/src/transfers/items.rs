//! What lines are matched with, read across all organisations: transfers that were announced, and what is owed. Which
//! line pays what, the pure crate decides.

use std::collections::BTreeMap;

use payments::{Line, Match, OpenItem, Reference, match_lines};
use sea_orm::FromQueryResult;
use types::{Currency, MatchClass, MatchReason, OrganisationId, PayerOrganisation, TransferId};
use uuid::Uuid;

use super::{MICROS_PER_MINOR, words};
use crate::{Error, Open, Result};

/// From here on the reference says whose it is.
const SURE: u8 = 70;

/// What could be paid, and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) organisation: PayerOrganisation,
    /// Nothing for what is owed without an announcement.
    pub(super) transfer: Option<TransferId>,
    pub(super) item: OpenItem,
}

/// What is proposed for a line.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    pub(super) target: Option<Target>,
    pub(super) class: MatchClass,
    pub(super) score: u8,
    pub(super) reasons: Vec<MatchReason>,
}

impl Proposal {
    /// Where the line goes without asking anybody: its reference says so, and something is missing there.
    pub(super) fn sure(&self) -> Option<&Target> {
        let pays = matches!(self.class, MatchClass::Exact | MatchClass::Partial | MatchClass::Over);
        self.target.as_ref().filter(|_| pays && self.score >= SURE)
    }

    /// What the pure crate found, with whose it is.
    pub(super) fn of(found: &Match, targets: &[Target]) -> Self {
        Self {
            target: found.item.and_then(|item| targets.get(item)).cloned(),
            class: words::class(found.class),
            score: found.score,
            reasons: words::reasons(&found.reasons),
        }
    }
}

/// What is proposed for each of some lines of one currency.
pub(super) async fn proposals(open: &Open, currency: Currency, lines: &[Line]) -> Result<Vec<Proposal>> {
    let targets = targets(open, currency, lines).await?;
    let items: Vec<OpenItem> = targets.iter().map(|target| target.item.clone()).collect();
    Ok(match_lines(lines, &items).iter().map(|found| Proposal::of(found, &targets)).collect())
}

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    slug: String,
    name: String,
    legal_name: String,
    transfer_id: Option<TransferId>,
    reference: Option<String>,
    currency: Currency,
    asked: i64,
    paid: i64,
}

impl Row {
    fn target(self, accounts: &BTreeMap<OrganisationId, Vec<String>>) -> Result<Target> {
        let reference: Reference = match &self.reference {
            Some(reference) => reference.parse().map_err(|error| Error::Corrupt(format!("{reference}: {error}")))?,
            // What is owed has a reference too, though nobody is told it: an item has one.
            None => Reference::of(self.organisation_id.uuid()),
        };
        let item = OpenItem {
            reference,
            currency: self.currency,
            asked: self.asked,
            paid: self.paid,
            payer_names: vec![self.name.clone(), self.legal_name],
            payer_accounts: accounts.get(&self.organisation_id).cloned().unwrap_or_default(),
        };
        let organisation = PayerOrganisation { id: self.organisation_id, slug: self.slug, name: self.name };
        Ok(Target { organisation, transfer: self.transfer_id, item })
    }
}

/// What is awaited in the currency, whatever the lines name, and what is owed.
async fn targets(open: &Open, currency: Currency, lines: &[Line]) -> Result<Vec<Target>> {
    let mut rows = announced(open, currency, lines).await?;
    rows.extend(owed(open, currency).await?);
    let accounts = accounts(open, &rows).await?;
    rows.into_iter().map(|row| row.target(&accounts)).collect()
}

/// What a line names is read whatever has become of it, so that paying twice or late is told.
async fn announced(open: &Open, currency: Currency, lines: &[Line]) -> Result<Vec<Row>> {
    let named = lines.iter().flat_map(|line| Reference::read(&line.remittance).references);
    let named: Vec<String> = named.map(|reference| reference.as_str().to_owned()).collect();
    let sql = "SELECT t.organisation_id, o.slug, o.name, o.legal_name, t.id AS transfer_id, t.reference, t.currency,
                      t.amount AS asked, t.paid
               FROM transfer_order t JOIN organisation o ON o.id = t.organisation_id
               WHERE t.reference = ANY($1) OR (t.state = 'open' AND t.currency = $2 AND t.expires_at > $3)";
    open.all(sql, [named.into(), currency.word().into(), open.now.into()]).await
}

/// What organisations owe without having announced anything.
async fn owed(open: &Open, currency: Currency) -> Result<Vec<Row>> {
    let sql = "SELECT w.organisation_id, o.slug, o.name, o.legal_name, NULL::uuid AS transfer_id,
                      NULL::text AS reference, o.currency, ((w.owed + $2 - 1) / $2)::bigint AS asked, 0::bigint AS paid
               FROM (SELECT p.organisation_id, (-sum(p.amount))::bigint AS owed
                     FROM account a JOIN posting p ON p.account_id = a.id
                     WHERE a.organisation_id IS NULL AND a.kind = 'receivable' AND a.unit = $1
                     GROUP BY p.organisation_id HAVING sum(p.amount) < 0) w
               JOIN organisation o ON o.id = w.organisation_id AND o.kind = 'tenant' AND o.currency = $1";
    open.all(sql, [currency.word().into(), MICROS_PER_MINOR.into()]).await
}

#[derive(FromQueryResult)]
struct PaidFrom {
    organisation_id: OrganisationId,
    payer_account: String,
}

/// From which accounts they paid before.
async fn accounts(open: &Open, rows: &[Row]) -> Result<BTreeMap<OrganisationId, Vec<String>>> {
    let organisations: Vec<Uuid> = rows.iter().map(|row| row.organisation_id.uuid()).collect();
    let sql = "SELECT DISTINCT r.organisation_id, l.payer_account
               FROM transfer_receipt r JOIN bank_line l ON l.id = r.bank_line
               WHERE r.organisation_id = ANY($1) AND r.undone_at IS NULL AND l.payer_account IS NOT NULL";
    let mut accounts: BTreeMap<OrganisationId, Vec<String>> = BTreeMap::new();
    let rows: Vec<PaidFrom> = open.all(sql, [organisations.into()]).await?;
    for PaidFrom { organisation_id, payer_account } in rows {
        accounts.entry(organisation_id).or_default().push(payer_account);
    }
    Ok(accounts)
}
