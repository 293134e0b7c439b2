//! What becomes of volumes once what was set aside for them is used up: frozen, then told three times, then gone.
//!
//! A frozen volume is kept, not mounted and not billed. Each look at it tries first to bring it back, under the purse's
//! lock: a top-up takes the same lock, so it is either seen or comes after. Only a volume that the same transaction
//! found unpaid for, after three notices each as old as it promised, is wished gone; other reasons than lacking money
//! never lead there.

use sea_orm::FromQueryResult;
use types::{OrganisationId, Timestamp, VolumePhase};

use super::{
    change::{release_in, save_in},
    entity::{self, Volume},
    lease, letters,
};
use crate::{Database, Error, Open, Result, Tx, access::Job, instances, ledger, settlement};

const DAY_S: i64 = 24 * 3600;
/// The notices, with how many days before the deletion each comes.
const STEPS: [(&str, i64); 3] = [("d14", 14), ("d7", 7), ("d1", 1)];

#[derive(FromQueryResult)]
struct Place {
    organisation_id: OrganisationId,
}

/// The organisations whose money is predicted to have ended, with volumes that are not frozen; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn organisations_to_freeze(open: &Open, now: Timestamp) -> Result<Vec<OrganisationId>> {
    let sql = "SELECT t.organisation_id FROM settlement_timer t WHERE t.zero_at <= $1 AND EXISTS (
                   SELECT 1 FROM volume v WHERE v.organisation_id = t.organisation_id AND v.wish = 'kept'
                   AND v.frozen_at IS NULL AND v.phase <> 'lost') ORDER BY t.zero_at LIMIT 1000";
    let rows: Vec<Place> = open.all(sql, [now.into()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// The organisations with frozen volumes, by id from beyond `after`; at most 1,000.
///
/// # Errors
/// Only the database's own.
pub async fn organisations_with_frozen(open: &Open, after: Option<OrganisationId>) -> Result<Vec<OrganisationId>> {
    let sql = "SELECT DISTINCT organisation_id FROM volume WHERE frozen_at IS NOT NULL AND wish = 'kept'
               AND ($1::uuid IS NULL OR organisation_id > $1) ORDER BY organisation_id LIMIT 1000";
    let rows: Vec<Place> = open.all(sql, [after.into()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

/// Freezes the volumes of an organisation whose lifeboat is used up at `now`; how many that were.
///
/// Whether it is, is calculated again in the same transaction; while compute is billed, that stops first.
///
/// # Errors
/// Only the database's own.
pub async fn freeze_for_credit(db: &Database, job: Job, organisation: OrganisationId, now: Timestamp) -> Result<usize> {
    let tx = db.work_in(job, organisation, now).await?;
    // Of one that is lost nothing is billed, and nothing is left to keep.
    let running = locked_in(&tx, "frozen_at IS NULL AND phase <> 'lost'").await?;
    settlement::recalculate_timer_in(&tx).await?;
    if settlement::outlook_in(&tx).await?.runs_compute() || !is_at_zero_in(&tx).await? {
        tx.commit().await?;
        return Ok(0);
    }
    let deletes_at = now.plus_seconds(frozen_s_in(&tx).await?);
    for before in &running {
        lease::end_in(&tx, before).await?;
        let after = Volume { frozen_at: Some(now), ..before.clone() };
        save_in(&tx, "volume.frozen", before, &after).await?;
    }
    letters::tell_in(&tx, "frozen", &names(&running), deletes_at).await?;
    instances::move_timers_in(&tx).await?;
    tx.commit().await?;
    Ok(running.len())
}

async fn is_at_zero_in(tx: &Tx) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Zero {
        is_at_zero: bool,
    }
    let sql = "SELECT coalesce(zero_at <= $2, false) AS is_at_zero FROM settlement_timer WHERE organisation_id = $1";
    let row: Option<Zero> = tx.one(sql, [tx.organisation.into(), tx.now.into()]).await?;
    Ok(row.is_some_and(|row| row.is_at_zero))
}

async fn frozen_s_in(tx: &Tx) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Policy {
        frozen_days: i32,
    }
    let row: Option<Policy> = tx.one("SELECT frozen_days FROM storage_policy", []).await?;
    let row = row.ok_or_else(|| Error::Corrupt("no policy of storage".to_owned()))?;
    Ok(i64::from(row.frozen_days) * DAY_S)
}

/// The organisation's kept volumes of which `which` holds, locked by id.
async fn locked_in(tx: &Tx, which: &str) -> Result<Vec<Volume>> {
    let sql = format!(
        "SELECT {} FROM volume WHERE organisation_id = $1 AND wish = 'kept' AND {which} ORDER BY id FOR NO KEY UPDATE",
        entity::COLUMNS
    );
    tx.all(&sql, [tx.organisation.into()]).await
}

fn names(volumes: &[Volume]) -> Vec<&str> {
    volumes.iter().map(|volume| volume.name.as_str()).collect()
}

/// Brings frozen volumes back whose lifeboat is covered again, tells of the others what is due, and wishes those gone
/// whose time is over; how many came back and how many went.
///
/// # Errors
/// Only the database's own.
pub async fn tend_frozen(
    db: &Database,
    job: Job,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<(usize, usize)> {
    let tx = db.work_in(job, organisation, now).await?;
    let frozen = locked_in(&tx, "frozen_at IS NOT NULL").await?;
    // A top-up takes this lock: from here on it is known whether there is one.
    ledger::lock_in(&tx).await?;
    let (mut thawed, mut gone, mut n_told) = (0, 0, 0);
    for before in &frozen {
        match thaw_in(&tx, before).await? {
            Thaw::Back => thawed += 1,
            Thaw::Unpaid => match next_step_in(&tx, before).await? {
                Some(Due::Notice(step, at)) => {
                    notice_in(&tx, before, step, at).await?;
                    n_told += 1;
                }
                Some(Due::End) => {
                    release_in(&tx, before).await?;
                    letters::tell_in(&tx, "gone", &[before.name.as_str()], now).await?;
                    gone += 1;
                }
                None => {}
            },
            Thaw::Hindered => {}
        }
    }
    if thawed + gone + n_told > 0 {
        instances::move_timers_in(&tx).await?;
        tx.commit().await?;
    }
    Ok((thawed, gone))
}

/// What came of trying to bring a frozen volume back.
enum Thaw {
    /// It is billed again.
    Back,
    /// There is not the money for it.
    Unpaid,
    /// Something else stands in the way, which is no reason to take it away.
    Hindered,
}

async fn thaw_in(tx: &Tx, before: &Volume) -> Result<Thaw> {
    if before.phase == VolumePhase::Lost {
        return Ok(Thaw::Hindered);
    }
    let terms = match lease::terms_in(tx, before.project_id, before.billed_gb().unsigned_abs()).await {
        Err(error) if error.refusal().is_some() => return Ok(Thaw::Hindered),
        terms => terms?,
    };
    // Asked before anything is written: mostly there is not.
    if ledger::cover_of_in(tx, &terms).await?.missing.micros > 0 {
        return Ok(Thaw::Unpaid);
    }
    tx.run("SAVEPOINT thaw", []).await?;
    let after = Volume { frozen_at: None, attempt: before.attempt + 1, ..before.clone() };
    let outcome = async {
        save_in(tx, "volume.thawed", before, &after).await?;
        lease::open_in(tx, &after).await
    };
    let hindered = match outcome.await {
        Ok(()) => return Ok(Thaw::Back),
        Err(Error::InsufficientCredit { .. }) => Thaw::Unpaid,
        Err(error) if error.refusal().is_some() => Thaw::Hindered,
        Err(error) => return Err(error),
    };
    tx.run("ROLLBACK TO SAVEPOINT thaw", []).await?;
    Ok(hindered)
}

/// What is due of a frozen volume that nobody pays for.
enum Due {
    /// A notice, and when the volume is deleted at the earliest.
    Notice(&'static str, Timestamp),
    /// Its end.
    End,
}

#[derive(FromQueryResult)]
struct Notice {
    step: String,
    at: Timestamp,
}

async fn next_step_in(tx: &Tx, volume: &Volume) -> Result<Option<Due>> {
    let Some(frozen_at) = volume.frozen_at else { return Ok(None) };
    let sql = "SELECT step, at FROM volume_notice WHERE organisation_id = $1 AND volume_id = $2 AND frozen_at = $3";
    let told: Vec<Notice> = tx.all(sql, [tx.organisation.into(), volume.id.into(), frozen_at.into()]).await?;
    let ends_at = frozen_at.plus_seconds(frozen_s_in(tx).await?);
    let told = told.iter().map(|notice| (notice.step.as_str(), notice.at)).collect::<Vec<_>>();
    Ok(next_step(ends_at, &told, tx.now))
}

/// The next step of the ladder that ends at `ends_at`, after the notices that were told. One that came late puts off
/// what follows: from each to the end it is as long as it said.
fn next_step(ends_at: Timestamp, told: &[(&str, Timestamp)], now: Timestamp) -> Option<Due> {
    let mut end = ends_at;
    for (step, days) in STEPS {
        match told.iter().find(|(known, _)| *known == step) {
            Some((_, at)) => end = end.max(at.plus_seconds(days * DAY_S)),
            None if end.plus_seconds(-days * DAY_S) <= now => {
                return Some(Due::Notice(step, end.max(now.plus_seconds(days * DAY_S))));
            }
            None => return None,
        }
    }
    (end <= now).then_some(Due::End)
}

async fn notice_in(tx: &Tx, volume: &Volume, step: &'static str, ends_at: Timestamp) -> Result<()> {
    let sql = "INSERT INTO volume_notice (organisation_id, volume_id, frozen_at, step, at) VALUES ($1, $2, $3, $4, $5)";
    let values = [tx.organisation.into(), volume.id.into(), volume.frozen_at.into(), step.into(), tx.now.into()];
    tx.run(sql, values).await?;
    letters::tell_in(tx, step, &[volume.name.as_str()], ends_at).await
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second)
    }

    proptest! {
        #[test]
        fn nothing_ends_before_three_notices_each_as_old_as_it_promised(
            frozen_days in 15..60_i64, looks in prop::collection::vec(1..20_i64, 1..40),
        ) {
            let ends_at = at(frozen_days * DAY_S);
            let (mut told, mut now): (Vec<(&str, Timestamp)>, i64) = (Vec::new(), 0);
            for days in looks {
                now += days * DAY_S;
                match next_step(ends_at, &told, at(now)) {
                    Some(Due::Notice(step, end)) => {
                        let (_, days) = STEPS.into_iter().find(|(known, _)| *known == step).unwrap();
                        prop_assert!(end.seconds_since(at(now)) >= days * DAY_S);
                        told.push((step, at(now)));
                    }
                    Some(Due::End) => {
                        prop_assert!(ends_at <= at(now) && told.len() == STEPS.len());
                        for ((_, days), (_, told_at)) in STEPS.iter().zip(&told) {
                            prop_assert!(at(now).seconds_since(*told_at) >= days * DAY_S);
                        }
                        return Ok(());
                    }
                    None => {}
                }
            }
        }
    }

    #[test]
    fn notices_come_fourteen_seven_and_one_day_before() {
        let end = at(30 * DAY_S);
        let step = |told: &[(&str, Timestamp)], day: i64| match next_step(end, told, at(day * DAY_S)) {
            Some(Due::Notice(step, _)) => step,
            Some(Due::End) => "end",
            None => "",
        };
        let told = [("d14", at(16 * DAY_S)), ("d7", at(23 * DAY_S)), ("d1", at(29 * DAY_S))];
        assert_eq!((step(&[], 15), step(&[], 16)), ("", "d14"));
        assert_eq!((step(&told[..1], 22), step(&told[..1], 23)), ("", "d7"));
        assert_eq!((step(&told[..2], 28), step(&told[..2], 29)), ("", "d1"));
        assert_eq!((step(&told, 29), step(&told, 30)), ("", "end"));
    }
}
