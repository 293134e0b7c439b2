//! One listener: looks, sends what changed since it last looked, and ends when it may no longer look.

use std::{collections::HashMap, sync::Arc};

use axum::response::sse::Event;
use domain::{
    Error, Hint, Result, Tx,
    access::{
        self, Actor, Scope,
        policy::{ReadInstances, ReadInvoices, ReadNodes},
    },
    clusters, instances, invoices,
};
use messages::Words;
use serde::Serialize;
use session::Ticket;
use tokio::{
    sync::{broadcast, mpsc},
    time::Instant,
};
use types::{
    Cursor, FinaliseRunId, Fresh, InstanceFilter, InstanceId, InstanceView, List, OrganisationId, Patch, Timestamp,
};

use super::{
    patches,
    snapshots::{Key, Shown, Snapshot},
};
use crate::http::{PROVE, State};

/// Rows of an organisation's snapshot, in pages of 200.
const MOST_PAGES: usize = 5;

/// What a stream follows.
#[derive(Debug)]
pub(super) enum What {
    /// Rows of an organisation's list of instances.
    Rows { organisation: OrganisationId, ids: Vec<InstanceId> },
    /// One instance of an organisation.
    Instance { organisation: OrganisationId, id: InstanceId },
    /// Everything that waits, for staff.
    Waiting,
    /// A finalisation of many drafts, for staff.
    Finalising(FinaliseRunId),
}

/// A listener before it runs.
pub(super) struct Follower {
    pub(super) state: State,
    pub(super) ticket: Ticket,
    pub(super) what: What,
    pub(super) words: Words,
}

impl What {
    /// Whose instances; nothing for staff.
    pub(super) fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Self::Rows { organisation, .. } | Self::Instance { organisation, .. } => Some(*organisation),
            Self::Waiting | Self::Finalising(_) => None,
        }
    }

    /// The one instance that is followed.
    pub(super) fn instance(&self) -> Option<InstanceId> {
        match self {
            Self::Instance { id, .. } => Some(*id),
            Self::Rows { .. } | Self::Waiting | Self::Finalising(_) => None,
        }
    }

    fn key(&self) -> Key {
        match self {
            Self::Rows { organisation, .. } => Key::Instances(*organisation),
            Self::Instance { organisation, id } => Key::Instance(*organisation, *id),
            Self::Waiting => Key::Waiting,
            Self::Finalising(run) => Key::Finalising(*run),
        }
    }

    fn ids(&self) -> &[InstanceId] {
        match self {
            Self::Rows { ids, .. } => ids,
            Self::Instance { .. } | Self::Waiting | Self::Finalising(_) => &[],
        }
    }

    /// Whether a hint may be about it.
    fn concerns(&self, hint: Hint) -> bool {
        match hint {
            Hint::Cluster => true,
            Hint::Heard(..) => false,
            Hint::Instances(organisation) => self.organisation().is_none_or(|own| own == organisation),
        }
    }
}

impl Follower {
    /// Runs until the reader leaves, may no longer look, or the program ends.
    pub(super) async fn run(self, events: mpsc::Sender<Event>) {
        let mut hints = self.state.hinter.listen();
        let mut shown = HashMap::new();
        let mut hinted = None;
        while !events.is_closed() {
            match self.look(hinted).await {
                Ok((patches, fresh)) => {
                    if send(&events, &mut shown, patches, fresh).await.is_err() {
                        return;
                    }
                }
                Err(error) if error.refusal().is_some() => return,
                // The page says how old its news is.
                Err(error) => tracing::debug!(%error, "a stream could not look"),
            }
            tokio::select! {
                () = self.state.stop.cancelled() => return,
                () = events.closed() => return,
                () = tokio::time::sleep(PROVE) => hinted = None,
                () = self.concerned(&mut hints) => hinted = Some(Instant::now()),
            }
        }
    }

    /// What the page should show now, and how old that is. The right to look is proved anew each time.
    async fn look(&self, hinted: Option<Instant>) -> Result<(Vec<Patch>, Fresh)> {
        let now = self.state.portal.clock.now();
        let actor = self.ticket.actor(&self.state.portal, now).await?;
        let read = async || self.read(&actor, now).await;
        self.may_look(&actor, now).await?;
        let snapshot: Arc<Snapshot> = self.state.snapshots.get(self.what.key(), hinted, read).await?;
        let fresh = patches::age(self.state.hinter.heard(), &snapshot, self.what.ids(), now);
        Ok((patches::of(&self.words, &snapshot, self.what.ids(), now), fresh))
    }

    async fn may_look(&self, actor: &Actor, now: Timestamp) -> Result<()> {
        let db = &self.state.portal.db;
        match self.what.organisation() {
            Some(organisation) => {
                let seat = actor.enter(db, &organisation.to_string()).await?;
                access::seen(db, seat, now).await?.prove::<ReadInstances>().map(drop)
            }
            None if matches!(self.what, What::Finalising(_)) => actor.prove::<ReadInvoices>().map(drop),
            None => actor.prove::<ReadNodes>().map(drop),
        }
    }

    async fn read(&self, actor: &Actor, now: Timestamp) -> Result<Snapshot> {
        let db = &self.state.portal.db;
        if let What::Finalising(run) = self.what {
            let survey = actor.prove::<ReadInvoices>()?;
            let open = db.survey(&survey, now).await?;
            let shown = Shown::Finalising(Box::new(invoices::finalise_run(&open, &survey, run).await?));
            return Ok(Snapshot { shown, clusters: Vec::new() });
        }
        let Some(organisation) = self.what.organisation() else {
            let survey = actor.prove::<ReadNodes>()?;
            let open = db.survey(&survey, now).await?;
            let shown = Shown::Waiting(clusters::list_waiting(&open, &survey).await?.items);
            return Ok(Snapshot { shown, clusters: clusters::heard_in(&open).await? });
        };
        let scope = actor.enter(db, &organisation.to_string()).await?.prove::<ReadInstances>()?;
        let tx = db.look(&scope, now).await?;
        let shown = match self.what {
            What::Instance { id, .. } => Shown::Instance(Box::new(instances::instance_in(&tx, &scope, id).await?)),
            What::Rows { .. } | What::Waiting | What::Finalising(_) => Shown::Rows(rows_in(&tx, &scope).await?),
        };
        Ok(Snapshot { shown, clusters: clusters::heard_in(&tx).await? })
    }

    /// Ends with the next hint that may be about what is followed.
    async fn concerned(&self, hints: &mut broadcast::Receiver<Hint>) {
        loop {
            match hints.recv().await {
                Ok(hint) if !self.what.concerns(hint) => {}
                // Hints that were missed may have been about it.
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

/// Everything that an organisation's list shows.
async fn rows_in(tx: &Tx, scope: &Scope<ReadInstances>) -> Result<Vec<InstanceView>> {
    let (mut rows, mut page) = (Vec::new(), Cursor { cursor: None, limit: Some(200) });
    for _ in 0..MOST_PAGES {
        let List { items, next_cursor } =
            instances::list_instances_in(tx, scope, InstanceFilter::default(), &page).await?;
        rows.extend(items);
        page.cursor = next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    Ok(rows)
}

/// Sends what differs from what is shown, and how old all of it is; fails when nobody reads.
async fn send(
    events: &mpsc::Sender<Event>,
    shown: &mut HashMap<String, Patch>,
    patches: Vec<Patch>,
    fresh: Fresh,
) -> std::result::Result<(), Error> {
    let gone = |_| Error::NotFound;
    let changed: Vec<Patch> = patches.into_iter().filter(|patch| shown.get(&patch.id) != Some(patch)).collect();
    for patch in changed {
        events.send(event("patch", &patch)?).await.map_err(gone)?;
        shown.insert(patch.id.clone(), patch);
    }
    events.send(event("fresh", &fresh)?).await.map_err(gone)
}

fn event(kind: &str, data: &impl Serialize) -> Result<Event> {
    Event::default().event(kind).json_data(data).map_err(|error| Error::Corrupt(format!("an event: {error}")))
}
