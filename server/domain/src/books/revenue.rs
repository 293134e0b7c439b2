//! Revenue by month, and what wallets and lots hold for later: from the ledger's postings alone.

use jiff::ToSpan;
use sea_orm::FromQueryResult;
use types::{AccountKind, AskBooks, EntryKind, Revenue, RevenueMonth, Timestamp};

use super::{Books, beyond, first_instant};
use crate::{
    Open, Result,
    access::{Survey, policy::ReadInvoices},
};

const MONTHS: i32 = 12;

/// What was posted in a month on accounts of a kind by entries of a kind. Months count from 1; what was booked later than
/// the books hold is in the one behind the last.
#[derive(Clone, Copy, Debug, FromQueryResult)]
struct Movement {
    kind: AccountKind,
    entry_kind: EntryKind,
    month: i32,
    amount: i64,
}

/// What the organisations' own accounts of a kind hold now.
#[derive(Clone, Copy, Debug, FromQueryResult)]
struct Held {
    kind: AccountKind,
    posted: i64,
}

/// Twelve months, the last of them with the day in it. Nothing that was booked before them is read.
///
/// # Errors
/// `Invalid` for a day that no calendar has.
pub async fn revenue(open: &Open, _: &Survey<ReadInvoices>, ask: &AskBooks) -> Result<Revenue> {
    let books = Books::of(open, ask).await?;
    let starts = starts(&books)?;
    let moved = movements(open, &books, &starts).await?;
    let held = held(open, &books).await?;
    let months = starts.iter().zip(1..).map(|(start, month)| view(&books, *start, month, &moved, &held)).collect();
    Ok(Revenue { currency: books.currency, at: books.at, months })
}

/// The first instants of the months, the earliest first.
fn starts(books: &Books) -> Result<Vec<Timestamp>> {
    let last = books.day.first_of_month();
    let first = |back: i32| first_instant(last.checked_sub(back.months()).map_err(beyond)?, &books.zone);
    (0..MONTHS).rev().map(first).collect()
}

async fn movements(open: &Open, books: &Books, starts: &[Timestamp]) -> Result<Vec<Movement>> {
    let sql = "SELECT a.kind, e.kind AS entry_kind,
                      width_bucket(e.booked_at, $3::text[]::timestamptz[]) AS month, sum(p.amount)::bigint AS amount
               FROM journal_entry e JOIN posting p ON p.organisation_id = e.organisation_id AND p.entry_id = e.id
               JOIN account a ON a.id = p.account_id
               WHERE e.booked_at >= $2 AND a.unit = $1
               AND a.kind IN ('revenue', 'accrued', 'wallet', 'lots_promo', 'lots_sponsored')
               GROUP BY 1, 2, 3";
    let first = starts.first().copied().unwrap_or(books.before);
    let bounds: Vec<String> = starts.iter().chain([&books.before]).map(Timestamp::to_string).collect();
    open.all(sql, [books.currency.word().into(), first.into(), bounds.into()]).await
}

async fn held(open: &Open, books: &Books) -> Result<Vec<Held>> {
    let sql = "SELECT kind, coalesce(sum(posted), 0)::bigint AS posted FROM account
               WHERE organisation_id IS NOT NULL AND unit = $1 AND kind IN ('wallet', 'lots_promo', 'lots_sponsored')
               GROUP BY kind";
    open.all(sql, [books.currency.word().into()]).await
}

fn view(books: &Books, started_at: Timestamp, month: i32, moved: &[Movement], held: &[Held]) -> RevenueMonth {
    let of_month = |kind: AccountKind| sum(moved, |movement| movement.kind == kind && movement.month == month);
    let credited = sum(moved, |movement| {
        let is_credit = movement.entry_kind == EntryKind::CreditNote;
        movement.kind == AccountKind::Revenue && movement.month == month && is_credit
    });
    // Today's balance without everything since.
    let at_end = |kind: AccountKind| {
        let now: i64 = held.iter().filter(|held| held.kind == kind).map(|held| held.posted).sum();
        books.money(now - sum(moved, |movement| movement.kind == kind && movement.month > month))
    };
    let revenue = of_month(AccountKind::Revenue);
    RevenueMonth {
        started_at,
        invoiced: books.money(revenue - credited),
        credited: books.money(-credited),
        revenue: books.money(revenue),
        accrued: books.money(of_month(AccountKind::Accrued)),
        prepaid: at_end(AccountKind::Wallet),
        sponsored: at_end(AccountKind::LotsSponsored),
        promo: at_end(AccountKind::LotsPromo),
    }
}

fn sum(moved: &[Movement], wanted: impl Fn(&Movement) -> bool) -> i64 {
    moved.iter().filter(|movement| wanted(movement)).map(|movement| movement.amount).sum()
}
