//! The table `instance`, always inside one organisation.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{
    Argument, ClusterId, FlavourId, InstanceId, InstanceReason, OrganisationId, Phase, ProjectId, Timestamp, Wish,
};

use super::phases;
use crate::{Error, Result, Tx};

/// What of an instance changes, and what its changes need.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub(super) struct Instance {
    pub(super) organisation_id: OrganisationId,
    pub(super) id: InstanceId,
    pub(super) project_id: ProjectId,
    pub(super) cluster_id: ClusterId,
    pub(super) flavour_id: FlavourId,
    pub(super) name: String,
    pub(super) units: i32,
    pub(super) wish: Wish,
    pub(super) wish_seq: i64,
    pub(super) applied_seq: i64,
    pub(super) wished_at: Timestamp,
    pub(super) stop_note: Option<String>,
    pub(super) attempt: i32,
    pub(super) phase: Phase,
    pub(super) phase_at: Timestamp,
    pub(super) deadline_at: Option<Timestamp>,
    pub(super) reason: Option<InstanceReason>,
    pub(super) reason_arguments: Option<serde_json::Value>,
    pub(super) event_reason: Option<String>,
    pub(super) event_message: Option<String>,
    pub(super) event_at: Option<Timestamp>,
    pub(super) n_restarts: i32,
    pub(super) deleted_at: Option<Timestamp>,
    pub(super) undo_until: Option<Timestamp>,
    pub(super) version: i64,
}

/// The columns of [`Instance`].
pub(super) const COLUMNS: &str = "organisation_id, id, project_id, cluster_id, flavour_id, name, units, wish, wish_seq,
    applied_seq, wished_at, stop_note, attempt, phase, phase_at, deadline_at, reason, reason_arguments, event_reason,
    event_message, event_at, n_restarts, deleted_at, undo_until, version";

/// What the audit keeps of an instance's change.
#[derive(Serialize)]
pub(super) struct Recorded<'a> {
    wish: Wish,
    attempt: i32,
    phase: Phase,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<InstanceReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

impl Instance {
    /// Moves to `phase` for `reason`; the time it has there begins when the phase changes, not the reason.
    pub(super) fn enter(&mut self, phase: Phase, reason: Option<InstanceReason>, now: Timestamp) {
        if self.phase != phase {
            self.phase = phase;
            self.phase_at = now;
            self.deadline_at = phases::deadline(phase, now);
        }
        if self.reason != reason {
            self.reason = reason;
            self.reason_arguments = None;
        }
    }

    /// Tells the reason's sentence what it needs to know.
    pub(super) fn explain(&mut self, arguments: BTreeMap<String, Argument>) -> Result<()> {
        let arguments = serde_json::to_value(arguments).map_err(|error| Error::Corrupt(error.to_string()))?;
        self.reason_arguments = Some(arguments);
        Ok(())
    }

    /// What the audit keeps.
    pub(super) fn recorded(&self) -> Recorded<'_> {
        let Self { wish, attempt, phase, reason, stop_note, .. } = self;
        Recorded { wish: *wish, attempt: *attempt, phase: *phase, reason: *reason, note: stop_note.as_deref() }
    }
}

/// An instance, locked until the transaction ends.
pub(super) async fn lock_in(tx: &Tx, id: InstanceId) -> Result<Option<Instance>> {
    let sql = format!("SELECT {COLUMNS} FROM instance WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE");
    let row: Option<Instance> = tx.one(&sql, [tx.organisation.into(), id.into()]).await?;
    Ok(row.filter(|row| tx.principal.sees(row.project_id)))
}

/// An instance as it stands now, without a lock.
pub(super) async fn find_in(tx: &Tx, id: InstanceId) -> Result<Option<Instance>> {
    let sql = format!("SELECT {COLUMNS} FROM instance WHERE organisation_id = $1 AND id = $2");
    let row: Option<Instance> = tx.one(&sql, [tx.organisation.into(), id.into()]).await?;
    Ok(row.filter(|row| tx.principal.sees(row.project_id)))
}

/// The next number of a wish, of an instance's as of a volume's.
pub(crate) async fn next_wish_seq_in(tx: &Tx) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Next {
        next: i64,
    }
    let next: Option<Next> = tx.one("SELECT nextval('wish_seq') AS next", []).await?;
    next.map(|row| row.next).ok_or_else(|| Error::Corrupt("no sequence of wishes".to_owned()))
}

/// Writes what changed of an instance; nothing when nothing did.
pub(super) async fn save_in(tx: &Tx, before: &Instance, after: &Instance) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let sql = "UPDATE instance SET wish = $3, wish_seq = $4, applied_seq = $5, wished_at = $6, stop_note = $7,
                   attempt = $8, phase = $9, phase_at = $10, deadline_at = $11, reason = $12, reason_arguments = $13,
                   event_reason = $14, event_message = $15, event_at = $16, n_restarts = $17, deleted_at = $18,
                   undo_until = $19
               WHERE organisation_id = $1 AND id = $2";
    let values = [
        tx.organisation.into(),
        after.id.into(),
        after.wish.word().into(),
        after.wish_seq.into(),
        after.applied_seq.into(),
        after.wished_at.into(),
        after.stop_note.clone().into(),
        after.attempt.into(),
        after.phase.word().into(),
        after.phase_at.into(),
        after.deadline_at.into(),
        after.reason.map(InstanceReason::word).into(),
        after.reason_arguments.clone().into(),
        after.event_reason.clone().into(),
        after.event_message.clone().into(),
        after.event_at.into(),
        after.n_restarts.into(),
        after.deleted_at.into(),
        after.undo_until.into(),
    ];
    match tx.run(sql, values).await {
        Err(Error::Database(error)) if crate::database::constraint(&error).as_deref() == Some(NAME_IS_TAKEN) => {
            Err(Error::NameTaken { name: after.name.clone() })
        }
        saved => saved.map(drop),
    }
}

/// The index that keeps names of living instances apart.
pub(super) const NAME_IS_TAKEN: &str = "instance_name_is_taken";
