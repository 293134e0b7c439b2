//! Collecting pods that no row wants, behind a breaker: a restored database must not empty the cluster.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use domain::{clusters, instances};
use k8s::{Collector, Managed, Verdict, database_is_older};
use types::{Argument, InstanceId, OperatorAnswer, OperatorQuestion, Timestamp};

use super::{JOB, Leader};

/// How often everything is listed.
const LOOK_EACH: Duration = Duration::from_secs(300);
/// How soon after a look that failed, found something or asked, the next one follows.
const LOOK_AGAIN: Duration = Duration::from_secs(61);
/// How often a cluster that was not seen whole yet is waited for.
const WAIT: Duration = Duration::from_millis(200);

impl Leader {
    /// Looks every five minutes; before the first look nothing is deleted at all.
    pub(super) async fn collect(&self) -> anyhow::Result<()> {
        let since = self.work.clock.now();
        let mut collector = Collector::default();
        while !self.observed.freshness().synced {
            tokio::time::sleep(WAIT).await;
        }
        loop {
            let pause = match self.look(&mut collector, since).await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(error = format!("{error:#}"), "what nobody wants is looked for again");
                    LOOK_AGAIN.min(WAIT * 10)
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    async fn look(&self, collector: &mut Collector, since: Timestamp) -> anyhow::Result<Duration> {
        let now = self.work.clock.now();
        let managed = self.work.cluster.managed().await?;
        let (last_value, wanted) = self.wanted(now).await?;
        match collector.look(&managed, &wanted, last_value, now) {
            Verdict::Delete(orphans) => {
                self.held.send_replace(false);
                for orphan in &orphans {
                    let permit = *self.permit.borrow();
                    self.work.cluster.collect(&permit, orphan).await?;
                    tracing::info!(pod = orphan.name, "deleted a pod that no row wants");
                }
                Ok(LOOK_EACH)
            }
            Verdict::AskOperator { why } => self.ask(&managed, last_value, why, since, now).await,
        }
    }

    /// Holds every deletion until the operator has answered; the answer `delete` lets them go on.
    async fn ask(
        &self,
        managed: &Managed,
        last_value: i64,
        why: String,
        since: Timestamp,
        now: Timestamp,
    ) -> anyhow::Result<Duration> {
        let question = match database_is_older(managed.highest_wish_seq, last_value) {
            true => OperatorQuestion::RestoredDatabase,
            false => OperatorQuestion::ManyDeletions,
        };
        let open = self.work.db.work(JOB, now).await?;
        let answer = clusters::answer_of_in(&open, self.work.id, question, since).await?;
        drop(open);
        let may_delete = answer == Some(OperatorAnswer::Delete);
        self.held.send_replace(!may_delete);
        if answer.is_none() {
            tracing::warn!(why, "nothing is deleted until the operator has decided");
            let arguments = BTreeMap::from([("why".to_owned(), Argument::from(why))]);
            let place = (self.work.id, self.epoch);
            clusters::ask_operator(&self.work.db, JOB, place, question, &arguments, now).await?;
        }
        Ok(LOOK_AGAIN)
    }

    /// The last wish's number, and every attempt that a row wants; read after the cluster was.
    async fn wanted(&self, now: Timestamp) -> domain::Result<(i64, HashSet<(InstanceId, i32)>)> {
        let open = self.work.db.work(JOB, now).await?;
        let awake = instances::awake_in(&open, self.work.id).await?;
        let wanted = awake.iter().filter(|one| one.runs).map(|one| (one.instance, one.attempt)).collect();
        Ok((clusters::last_wish_seq_in(&open).await?, wanted))
    }
}
