//! A month's rated seconds, their price and who paid, summed by project, member or flavour.

use sea_orm::FromQueryResult;
use types::{Currency, FlavourId, Money, ProjectId, TokenId, UsageBy, UsageGroup, UsageMonth, UsageSum, UserId};
use uuid::Uuid;

use super::Month;
use crate::{
    Error, Result, Tx,
    access::{Scope, policy::ReadUsage},
};

#[derive(FromQueryResult)]
struct CurrencyRow {
    currency: Currency,
}

#[derive(FromQueryResult)]
struct GroupRow {
    key: Option<Uuid>,
    is_token: bool,
    name: Option<String>,
    unit_seconds: i64,
    net: i64,
    gross: i64,
    granted: i64,
}

/// What lots paid of a rated item `r`, with tax. What a credit note gave back later does not change what was used.
pub(super) const GRANTED: &str = "(SELECT coalesce(sum(u.gross), 0)::bigint FROM lot_use u
     WHERE u.organisation_id = r.organisation_id AND u.rated_item_id = r.id AND u.kind = 'burn')";

/// What was rated of a month, by group. Each rated second belongs to the month and the group in which it began, so all
/// months and all groups together are everything that was charged.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn usage_of_month_in(tx: &Tx, scope: &Scope<ReadUsage>, month: &Month, by: UsageBy) -> Result<UsageMonth> {
    tx.admits(scope)?;
    let currency = currency_in(tx).await?;
    let rows = rows_in(tx, month, by).await?;
    let groups: Vec<_> = rows.into_iter().map(|row| row.view(by, currency)).collect();
    Ok(UsageMonth {
        month: month.word(),
        before: month.before()?,
        after: month.after(tx.now)?,
        started_at: month.started_at,
        ended_at: month.ended_at,
        by,
        currency,
        total: total(&groups, currency),
        groups,
    })
}

pub(super) async fn currency_in(tx: &Tx) -> Result<Currency> {
    let sql = "SELECT currency FROM organisation WHERE id = $1";
    let row: CurrencyRow = tx.one(sql, [tx.organisation.into()]).await?.ok_or(Error::NotFound)?;
    Ok(row.currency)
}

async fn rows_in(tx: &Tx, month: &Month, by: UsageBy) -> Result<Vec<GroupRow>> {
    let (key, is_token, name) = columns(by);
    let sql = format!(
        "SELECT g.*, {name} AS name
         FROM (SELECT {key} AS key, {is_token} AS is_token,
                      coalesce(sum(extract(epoch FROM r.ended_at - r.started_at)::bigint * l.units)
                          FILTER (WHERE l.subject_kind = 'pod'), 0)::bigint AS unit_seconds,
                      sum(r.net)::bigint AS net, sum(r.gross)::bigint AS gross, sum({GRANTED})::bigint AS granted
               FROM rated_item r
               JOIN lease l ON l.organisation_id = r.organisation_id AND l.id = r.lease_id
               WHERE r.organisation_id = $1 AND r.started_at >= $2 AND r.started_at < $3
               GROUP BY 1, 2) g
         ORDER BY g.net DESC, g.key"
    );
    tx.all(&sql, [tx.organisation.into(), month.started_at.into(), month.ended_at.into()]).await
}

/// What a lease `l` is grouped by, whether that is a token, and what a group `g` is called.
const fn columns(by: UsageBy) -> (&'static str, &'static str, &'static str) {
    match by {
        UsageBy::Project => {
            ("(l.project_id)", "false", "(SELECT p.name FROM project p WHERE p.organisation_id = $1 AND p.id = g.key)")
        }
        UsageBy::Member => (
            "coalesce(l.launched_by, l.token_id)",
            "l.launched_by IS NULL",
            "CASE WHEN g.is_token THEN (SELECT t.name FROM token t WHERE t.organisation_id = $1 AND t.id = g.key)
                  ELSE (SELECT nullif(p.name, '') FROM person p WHERE p.id = g.key) END",
        ),
        UsageBy::Flavour => ("(l.flavour_id)", "false", "(SELECT f.name FROM flavour f WHERE f.id = g.key)"),
    }
}

impl GroupRow {
    fn view(self, by: UsageBy, currency: Currency) -> UsageGroup {
        let id = |key: Uuid| match by {
            UsageBy::Project => ProjectId::from_uuid(key).to_string(),
            UsageBy::Member if self.is_token => TokenId::from_uuid(key).to_string(),
            UsageBy::Member => UserId::from_uuid(key).to_string(),
            UsageBy::Flavour => FlavourId::from_uuid(key).to_string(),
        };
        let sum = sum(self.unit_seconds, (self.net, self.gross), self.granted, currency);
        UsageGroup { id: self.key.map(id), name: self.name, sum }
    }
}

/// Of what was rated without and with tax, what lots paid and what is left for the wallet.
pub(super) fn sum(unit_seconds: i64, (net, gross): (i64, i64), granted: i64, currency: Currency) -> UsageSum {
    let money = |micros| Money { micros, currency };
    UsageSum {
        unit_seconds,
        net: money(net),
        tax: money(gross - net),
        granted: money(granted),
        wallet: money(gross - granted),
    }
}

fn total(groups: &[UsageGroup], currency: Currency) -> UsageSum {
    let all = |part: fn(&UsageSum) -> i64| groups.iter().map(|group| part(&group.sum)).sum::<i64>();
    let money = |part: fn(&UsageSum) -> i64| Money { micros: all(part), currency };
    UsageSum {
        unit_seconds: all(|sum| sum.unit_seconds),
        net: money(|sum| sum.net.micros),
        tax: money(|sum| sum.tax.micros),
        granted: money(|sum| sum.granted.micros),
        wallet: money(|sum| sum.wallet.micros),
    }
}
