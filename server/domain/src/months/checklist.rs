//! What a month's close asks for, each line counted from the database.

use sea_orm::FromQueryResult;
use types::{CloseCheck, CloseLine};

use crate::{
    Open, Result, billing, invoices,
    ledger::checks::{self, Finding},
    usage::Month,
};

/// The rules that say that the trial balance is zero and equal to the ledger.
const OF_THE_BALANCE: [&str; 3] = ["entry_is_balanced", "posted_is_sum_of_postings", "organisation_is_balanced"];
/// The rule that has a line of its own.
const OF_THE_PROVIDER: &str = "payments_agree_with_provider";

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// Every line, in the order of the work. What concerns the ledger concerns all of it and not a month alone.
pub(super) async fn lines_in(open: &Open, month: &Month) -> Result<Vec<CloseLine>> {
    let waiting = billing::waiting_in(open, (month.started_at, month.ended_at)).await?;
    let drafts = invoices::drafts_through(open, month.ended_at).await?;
    let unlooked = drafts.iter().filter(|draft| !draft.is_looked_at).count();
    let findings = checks::run(open).await?;
    let broken = |wanted: fn(&Finding) -> bool| count(findings.iter().filter(|finding| wanted(finding)).count());
    let counted = [
        (CloseCheck::Clusters, waiting.n_clusters),
        (CloseCheck::Periods, waiting.n_periods),
        (CloseCheck::Drafted, waiting.n_without_draft),
        (CloseCheck::Review, count(unlooked)),
        (CloseCheck::Bank, bank_lines_in(open, month).await?),
        (CloseCheck::Provider, broken(is_of_provider)),
        (CloseCheck::Drafts, count(drafts.len())),
        (CloseCheck::Balance, broken(is_of_balance) + units_off_balance_in(open).await?),
        (CloseCheck::Rules, broken(is_of_rules)),
    ];
    let line = |(check, n_open): (CloseCheck, i64)| CloseLine {
        check,
        is_done: n_open == 0,
        n_open,
        mended_at: check.mended_at().to_owned(),
    };
    Ok(counted.into_iter().map(line).collect())
}

fn is_of_provider(finding: &Finding) -> bool {
    finding.rule == OF_THE_PROVIDER
}

fn is_of_balance(finding: &Finding) -> bool {
    OF_THE_BALANCE.contains(&finding.rule.as_str())
}

fn is_of_rules(finding: &Finding) -> bool {
    !is_of_provider(finding) && !is_of_balance(finding)
}

/// Lines of banks' statements up to the month's last day that wait for a person.
async fn bank_lines_in(open: &Open, month: &Month) -> Result<i64> {
    let next = billing::day(month.ended_at, &billing::seller_zone_in(open).await?);
    let sql = "SELECT count(*) AS n FROM bank_line WHERE state IN ('new', 'unmatched') AND booked_on < $1::text::date";
    let row: Option<Count> = open.one(sql, [next.to_string().into()]).await?;
    Ok(row.map_or(0, |row| row.n))
}

/// Units in which the trial balance is not zero.
async fn units_off_balance_in(open: &Open) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM (
                   SELECT a.unit FROM posting p JOIN account a ON a.id = p.account_id
                   JOIN journal_entry e ON e.organisation_id = p.organisation_id AND e.id = p.entry_id
                   GROUP BY a.unit HAVING sum(p.amount) <> 0) u";
    let row: Option<Count> = open.one(sql, []).await?;
    Ok(row.map_or(0, |row| row.n))
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
