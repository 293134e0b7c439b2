//! Warnings: letters half an hour and ten minutes before an organisation's money ends and once it has, and 30, 7 and 1
//! days before a lot runs out that has something left.
//!
//! An *episode* begins with the first warning and ends once zero is more than half an hour away again, by a top-up or
//! because what spent was stopped; each step is told once in it. The timer carries the episode, so that whatever moves zero
//! ends it in the same transaction, and says when something is to be told next.

mod letters;
mod rules;

use sea_orm::FromQueryResult;
use types::{LotId, OrganisationId, Timestamp};

pub(crate) use self::letters::readers_in;
pub use self::rules::FIRST_WARNING_S;
use self::rules::{Episode, Step, due_of_lot, next_of_lots};
use crate::{Database, Error, Open, Result, Tx, access::Job, ledger::Lot, settlement};

/// What an organisation was told of and what there is to tell, beside its lots.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    episode: Episode,
    /// What was to be told of lots up to then has been.
    lots_through: Option<Timestamp>,
}

impl Told {
    /// From the columns of the timer.
    pub(crate) fn of_row(number: i64, warned: Option<&str>, lots_through: Option<Timestamp>) -> Result<Self> {
        let step = |word: &str| Step::of_word(word).ok_or_else(|| Error::Corrupt(format!("a warning of {word}")));
        Ok(Self { episode: Episode { number, told: warned.map(step).transpose()? }, lots_through })
    }

    /// What it is once zero lies at `zero_at`.
    pub(crate) fn with_zero(self, zero_at: Option<Timestamp>, now: Timestamp) -> Self {
        Self { episode: self.episode.with_zero(zero_at, now), ..self }
    }

    /// The columns of the timer: the episode's number, and the last step that was told in it.
    pub(crate) fn episode(self) -> (i64, Option<&'static str>) {
        (self.episode.number, self.episode.told.map(Step::word))
    }

    /// When something is to be told next, if nothing changes before.
    pub(crate) fn next_at(self, zero_at: Option<Timestamp>, lots: &[Lot], now: Timestamp) -> Option<Timestamp> {
        let of_lots = next_of_lots(lots, self.lots_through, now);
        self.episode.next_at(zero_at, now).into_iter().chain(of_lots).min()
    }
}

/// The organisations that are to be told something by now, the longest waiting first; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn organisations_to_warn(open: &Open, now: Timestamp) -> Result<Vec<OrganisationId>> {
    #[derive(FromQueryResult)]
    struct Row {
        organisation_id: OrganisationId,
    }
    let sql = "SELECT organisation_id FROM settlement_timer WHERE notice_at <= $1 ORDER BY notice_at LIMIT 1000";
    let rows: Vec<Row> = open.all(sql, [now.into()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// Writes the letters that are due in an organisation; how many steps were told.
///
/// What is due is calculated again in the same transaction, under the timer's lock: of two workers at once the second has
/// nothing to tell, and neither has one that a top-up came before.
///
/// # Errors
/// Only the database's own.
pub async fn warn(db: &Database, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<usize> {
    let tx = db.work_in(job, organisation, now).await?;
    settlement::recalculate_timer_in(&tx).await?;
    let (told, zero_at) = told_in(&tx).await?;
    let n_told = usize::from(warn_of_zero_in(&tx, told, zero_at).await?) + warn_of_lots_in(&tx, told).await?;
    let sql = "UPDATE settlement_timer SET lots_told_at = greatest(lots_told_at, $2) WHERE organisation_id = $1";
    tx.run(sql, [tx.organisation.into(), now.into()]).await?;
    settlement::recalculate_timer_in(&tx).await?;
    tx.commit().await?;
    Ok(n_told)
}

/// Whether there was something to tell of the money's end.
async fn warn_of_zero_in(tx: &Tx, Told { episode, .. }: Told, zero_at: Option<Timestamp>) -> Result<bool> {
    let (Some(step), Some(zero)) = (episode.due(zero_at, tx.now), zero_at) else { return Ok(false) };
    // Volumes alone have letters of their own.
    if !settlement::outlook_in(tx).await?.runs_compute() {
        return Ok(false);
    }
    let is_new = tell_in(tx, episode.number, step).await?;
    if is_new {
        letters::low_in(tx, step, zero).await?;
    }
    Ok(is_new)
}

/// Of how many lots there was something to tell. What usage up to now has used up is not left, booked or not.
async fn warn_of_lots_in(tx: &Tx, Told { lots_through, .. }: Told) -> Result<usize> {
    let mut lots = settlement::outlook_in(tx).await?.after_unrated()?.lots;
    lots.retain(|lot| lot.left > 0);
    let mut n_told = 0;
    for lot in &lots {
        let (Some(step), Some(end)) = (due_of_lot(lot, lots_through, tx.now), lot.expires_at) else { continue };
        if note_in(tx, step.word(), None, Some(lot.id)).await? {
            letters::lot_in(tx, step, lot, end).await?;
            n_told += 1;
        }
    }
    Ok(n_told)
}

/// Tells that the money has ended, and what was stopped; the caller moves the timer afterwards, which ends the episode.
pub(crate) async fn tell_stopped_in(tx: &Tx, names: &[&str]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let (told, _) = told_in(tx).await?;
    if tell_in(tx, told.episode.number, Step::Zero).await? {
        letters::out_in(tx, names).await?;
    }
    Ok(())
}

/// What the timer says, which must be locked.
async fn told_in(tx: &Tx) -> Result<(Told, Option<Timestamp>)> {
    #[derive(FromQueryResult)]
    struct Row {
        zero_at: Option<Timestamp>,
        episode: i64,
        warned: Option<String>,
        lots_told_at: Option<Timestamp>,
    }
    let sql = "SELECT zero_at, episode, warned, lots_told_at FROM settlement_timer WHERE organisation_id = $1";
    let row: Row = tx.one(sql, [tx.organisation.into()]).await?.ok_or(Error::NotFound)?;
    Ok((Told::of_row(row.episode, row.warned.as_deref(), row.lots_told_at)?, row.zero_at))
}

/// Notes a step of an episode; whether it was not told before.
async fn tell_in(tx: &Tx, episode: i64, step: Step) -> Result<bool> {
    let sql = "UPDATE settlement_timer SET warned = $2 WHERE organisation_id = $1";
    tx.run(sql, [tx.organisation.into(), step.word().into()]).await?;
    note_in(tx, step.word(), Some(episode), None).await
}

async fn note_in(tx: &Tx, step: &'static str, episode: Option<i64>, lot: Option<LotId>) -> Result<bool> {
    let sql = "INSERT INTO money_notice (organisation_id, step, episode, lot_id, at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT DO NOTHING";
    let lot = lot.map(LotId::uuid);
    Ok(tx.run(sql, [tx.organisation.into(), step.into(), episode.into(), lot.into(), tx.now.into()]).await? > 0)
}
