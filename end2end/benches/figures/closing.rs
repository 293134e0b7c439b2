//! The close of a month by the use cases that finance and the workers call: what has ended is settled and closed, and one
//! run finalises all drafts. Also as a process of its own, which can be killed.

use std::{env, process::Stdio, time::Duration};

use anyhow::{bail, ensure};
use domain::{
    Database, DatabaseUrls, Error,
    access::{
        Actor, Scope,
        policy::{CloseBilling, ReadInvoices},
    },
    billing::{close_period, list_running_periods},
    invoices::{finalise_all, finalise_some, latest_finalise_run},
};
use futures_util::{StreamExt, TryStreamExt, stream};
use testing::TestDatabase;
use tokio::process::{Child, Command};
use types::{ClosePeriod, Cursor, FinaliseAll, FinaliseRunState, Timestamp};

use crate::books::{self, AT_ONCE, JOB, command};

/// The word that makes this program close the month of the databases that follow it.
pub(crate) const WORD: &str = "close-the-month";
/// The month.
const MONTH: &str = "2026-10";
/// When it begins, and when all of it is known.
pub(crate) const STARTED: &str = "2026-10-01T00:00:00Z";
pub(crate) const CLOSED: &str = "2026-11-02T00:00:00Z";
/// So many drafts are read at a time, as the portal's worker does.
const MOST: usize = 64;
/// How long a run is left alone that somebody else's transaction still keeps.
const LOOK_EACH: Duration = Duration::from_millis(20);

/// A period that has ended, and finance's right to close it.
pub(crate) type Ended = (ClosePeriod, Scope<CloseBilling>);

/// Finance, at the time of the close.
pub(crate) struct Closing<'a> {
    pub(crate) db: &'a Database,
    pub(crate) finance: &'a Actor,
    pub(crate) now: Timestamp,
}

impl Closing<'_> {
    /// The tenants' periods that have ended and are not closed.
    pub(crate) async fn ended(&self) -> anyhow::Result<Vec<Ended>> {
        let survey = self.finance.prove::<ReadInvoices>()?;
        let open = self.db.survey(&survey, self.now).await?;
        let (mut running, mut page) = (Vec::new(), Cursor { cursor: None, limit: Some(200) });
        loop {
            let list = list_running_periods(&open, &survey, &page).await?;
            running.extend(list.items);
            page.cursor = list.next_cursor;
            if page.cursor.is_none() {
                break;
            }
        }
        drop(open);
        let mut ended = Vec::new();
        for period in running.into_iter().filter(|period| period.ends_at <= self.now && period.slug != books::HUB) {
            let seat = self.finance.enter(self.db, &period.organisation.to_string()).await?;
            ended.push((ClosePeriod { period: period.period }, seat.prove()?));
        }
        Ok(ended)
    }

    /// Settles and closes them, some at once.
    pub(crate) async fn close(&self, ended: &[Ended]) -> anyhow::Result<()> {
        let closing = stream::iter(ended).map(|(ask, scope)| self.close_one(ask, scope));
        closing.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        Ok(())
    }

    async fn close_one(&self, ask: &ClosePeriod, scope: &Scope<CloseBilling>) -> anyhow::Result<()> {
        loop {
            match close_period(self.db, scope, ask.clone(), command(ask)?, self.now).await {
                // Busy, as a person would hear: again.
                Err(Error::Unavailable(_)) => {}
                closed => return Ok(closed.map(drop)?),
            }
        }
    }

    /// Has a run finalise all drafts and works at it until it has ended. One that goes on is gone on with.
    pub(crate) async fn finalise(&self) -> anyhow::Result<()> {
        let survey = self.finance.prove::<CloseBilling>()?;
        let all = FinaliseAll::default();
        match finalise_all(self.db, &survey, (MONTH, &all), command(&MONTH)?, self.now).await {
            Ok(_) | Err(Error::Conflict("month-is-finalised" | "no-drafts")) => {}
            Err(error) => return Err(error.into()),
        }
        loop {
            match finalise_some(self.db, JOB, MOST, self.now).await {
                Ok(0) => {
                    if !self.goes_on().await? {
                        return Ok(());
                    }
                    tokio::time::sleep(LOOK_EACH).await;
                }
                Ok(_) | Err(Error::Unavailable(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn goes_on(&self) -> anyhow::Result<bool> {
        let survey = self.finance.prove::<ReadInvoices>()?;
        let open = self.db.survey(&survey, self.now).await?;
        let run = latest_finalise_run(&open, &survey, MONTH).await?;
        Ok(run.is_some_and(|run| run.state == FinaliseRunState::Running))
    }
}

/// Closes the month of these databases.
pub(crate) async fn serve(words: &[String]) -> anyhow::Result<()> {
    let [tenant, staff, worker] = words else { bail!("three databases are needed") };
    let urls = DatabaseUrls { tenant: tenant.clone(), staff: staff.clone(), worker: worker.clone() };
    let (db, now): (_, Timestamp) = (Database::connect(&urls).await?, CLOSED.parse()?);
    let finance = books::signed_in_again(&db, books::FINANCE, now).await?;
    let closing = Closing { db: &db, finance: &finance, now };
    closing.close(&closing.ended().await?).await?;
    closing.finalise().await
}

/// Starts the process on a database; killed when it is dropped.
pub(crate) fn start(database: &TestDatabase) -> anyhow::Result<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.args([WORD, &database.tenant_url(), &database.staff_url(), &database.worker_url()]);
    // The table is written to this program's own output.
    Ok(command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn()?)
}

/// Has the process close the month to its end.
pub(crate) async fn to_its_end(database: &TestDatabase) -> anyhow::Result<()> {
    ensure!(start(database)?.wait().await?.success(), "the close failed");
    Ok(())
}
