//! The close of a month: finance opens it once the month is over, mends what its checklist shows, and closes it. Every line
//! is counted from the database; nothing is ticked by hand, and no line is skipped: the close itself counts once more.
//!
//! An entry is dated when it is booked and not when it is about, so what is finalised in November is November's although
//! October was used. A closed month refuses entries that are dated in it, by a trigger: after its end only a clock that
//! is behind, or a command that waited, could still write there.

mod checklist;
mod entity;

use types::{
    CloseLine, Money, MonthCloseView, MonthState, MonthSummary, MonthToSign, OpenMonth, SignOffReview, SignOffState,
    SignOffView, Timestamp, UserId,
};

use crate::{
    Database, Error, Open, Result,
    access::{
        Survey,
        policy::{CloseBilling, ReadInvoices},
    },
    audit::{self, Change},
    commands::{self, Command, Installation},
    sign_off,
    usage::Month,
};

/// What the close of a month needs of a second person.
#[derive(Clone, Debug)]
pub struct MonthSigning {
    /// What would be signed now.
    pub month: MonthToSign,
    /// A sum of it that is above what one person may close alone.
    pub above: Option<Money>,
    /// What was asked for last, and what became of it.
    pub asked: Option<SignOffReview>,
}

impl MonthSigning {
    /// Whether somebody else has to sign first.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        let is_signed = self.asked.as_ref().is_some_and(|asked| {
            asked.sign_off.state == SignOffState::Signed && asked.sign_off.close.as_ref() == Some(&self.month)
        });
        self.above.is_some() && !is_signed
    }
}

/// Opens the close of a month that is over.
///
/// # Errors
/// `Invalid` for a month that no calendar has; a conflict for one that is not over, and for one that was opened before.
pub async fn open_month(
    db: &Database,
    survey: &Survey<CloseBilling>,
    ask: &OpenMonth,
    command: Command,
    now: Timestamp,
) -> Result<MonthCloseView> {
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| open_in(tx, ask).await).await
}

async fn open_in(open: &Open, ask: &OpenMonth) -> Result<MonthCloseView> {
    let month = Month::of_in(open, Some(ask.month.as_str())).await?;
    if open.now < month.ended_at {
        return Err(Error::Conflict("month-runs"));
    }
    if !entity::insert_in(open, &month).await? {
        return Err(Error::Conflict("month-opened"));
    }
    let view = view_in(open, &month).await?;
    let change = Change { verb: "month.opened", subject: month.word(), before: None::<()>, after: Some(&view.month) };
    audit::record_installation(open, change).await?;
    Ok(view)
}

/// Closes a month whose every line holds: nothing is booked in it any more.
///
/// # Errors
/// `Invalid` for a month that no calendar has; a conflict for one whose close nobody opened, for a closed one, and while
/// a line is open, which the refusal names; `SignOffNeeded` where more was invoiced than one person may close alone.
pub async fn close_month(
    db: &Database,
    survey: &Survey<CloseBilling>,
    month: &str,
    command: Command,
    now: Timestamp,
) -> Result<MonthCloseView> {
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| close_in(tx, month).await).await
}

async fn close_in(open: &Open, month: &str) -> Result<MonthCloseView> {
    let month = Month::of_in(open, Some(month)).await?;
    let lines = ready_in(open, &month).await?;
    sign_off::required_to_close_in(open, &to_sign_in(open, &month).await?).await?;
    entity::close_in(open, &month, &lines).await?;
    let view = view_in(open, &month).await?;
    let change =
        Change { verb: "month.closed", subject: month.word(), before: None::<()>, after: Some((&view.month, &lines)) };
    audit::record_installation(open, change).await?;
    Ok(view)
}

/// Asks for the signature that closing a month needs in which more was invoiced than one person may close alone.
///
/// # Errors
/// Those of [`close_month`]; a conflict where one person is enough, and where it waits or is signed already.
pub async fn ask_to_close(
    db: &Database,
    survey: &Survey<CloseBilling>,
    month: &str,
    command: Command,
    now: Timestamp,
) -> Result<SignOffView> {
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| {
        let month = Month::of_in(tx, Some(month)).await?;
        ready_in(tx, &month).await?;
        sign_off::ask_to_close_in(tx, &to_sign_in(tx, &month).await?).await
    })
    .await
}

/// What the close of a month needs of a second person, and what was asked for last.
///
/// # Errors
/// `Invalid` for a month that no calendar has.
pub async fn signing(open: &Open, _: &Survey<ReadInvoices>, month: &str) -> Result<MonthSigning> {
    let month = to_sign_in(open, &Month::of_in(open, Some(month)).await?).await?;
    let above = sign_off::above_in(open, &month).await?;
    let asked = sign_off::latest_of_in(open, &month.month).await?;
    Ok(MonthSigning { month, above, asked })
}

/// The lines of a month that can be closed, with which nothing happens until the transaction ends.
async fn ready_in(open: &Open, month: &Month) -> Result<Vec<CloseLine>> {
    // Whoever still books into the month is waited for, and nobody begins to.
    let row = entity::lock_in(open, month).await?.ok_or(Error::Conflict("month-not-opened"))?;
    if row.closed_at.is_some() {
        return Err(Error::Conflict("month-is-closed"));
    }
    let lines = checklist::lines_in(open, month).await?;
    if let Some(line) = lines.iter().find(|line| !line.is_done) {
        return Err(Error::MonthNotReady { check: line.check, n_open: line.n_open });
    }
    Ok(lines)
}

async fn to_sign_in(open: &Open, month: &Month) -> Result<MonthToSign> {
    Ok(MonthToSign { month: month.word(), invoiced: entity::invoiced_in(open, month).await? })
}

/// A month with its checklist as it is now; of a closed month as it was when it was closed.
///
/// # Errors
/// `Invalid` for a month that no calendar has.
pub async fn month(open: &Open, _: &Survey<ReadInvoices>, month: &str) -> Result<MonthCloseView> {
    view_in(open, &Month::of_in(open, Some(month)).await?).await
}

/// The months whose close was opened, the latest first, at most 36; before them the last that is over where nobody has
/// opened it.
///
/// # Errors
/// Only the database's own.
pub async fn months(open: &Open, _: &Survey<ReadInvoices>) -> Result<Vec<MonthSummary>> {
    let running = Month::of_in(open, None).await?;
    let before = running.before()?;
    let last = Month::of_in(open, Some(before.as_str())).await?;
    let mut months: Vec<_> = entity::newest_in(open).await?.into_iter().map(entity::Row::summary).collect();
    if months.iter().all(|known| known.month != last.word()) {
        months.insert(0, unopened(&last, open.now));
    }
    Ok(months)
}

async fn view_in(open: &Open, month: &Month) -> Result<MonthCloseView> {
    let (summary, lines) = match entity::row_in(open, month).await? {
        Some(row) => match row.checklist()? {
            Some(lines) => (row.summary(), lines),
            None => (row.summary(), checklist::lines_in(open, month).await?),
        },
        None => (unopened(month, open.now), checklist::lines_in(open, month).await?),
    };
    let n_done = lines.iter().filter(|line: &&CloseLine| line.is_done).count();
    Ok(MonthCloseView { month: summary, lines, n_done: u32::try_from(n_done).unwrap_or(u32::MAX) })
}

fn unopened(month: &Month, now: Timestamp) -> MonthSummary {
    MonthSummary {
        month: month.word(),
        started_at: month.started_at,
        ended_at: month.ended_at,
        state: if now < month.ended_at { MonthState::Running } else { MonthState::Unopened },
        opened_by: None,
        opened_at: None,
        closed_by: None,
        closed_at: None,
    }
}

/// Who acts, where it is a person.
fn actor(open: &Open) -> Option<uuid::Uuid> {
    open.principal.user().map(UserId::uuid)
}
