//! Launching: the wish for one instance, with its quota, price, lease and cover in one transaction.

use sea_orm::FromQueryResult;
use serde::Serialize;
use types::{
    ClusterId, FlavourId, InstanceId, InstanceView, LaunchInstance, Phase, ProjectId, Timestamp, TokenId, UserId,
    VolumeId,
};

use super::{entity::NAME_IS_TAKEN, phases, read, rules, settle_wish};
use crate::{
    Database, Error, Result, Rule, Tx,
    access::{Scope, policy::LaunchInstances},
    audit,
    catalogue::template,
    commands::{self, Command},
    dunning,
    metering::NewLease,
    organisations, prices, quotas, volumes,
};

/// Writes the wish for one instance; the reconciler makes it true.
///
/// The wrong proof does not compile:
/// ```compile_fail
/// # use domain::{Database, access::{Scope, policy::ReadInstances}, commands::Command, instances::launch_instance};
/// # async fn f(db: &Database, scope: &Scope<ReadInstances>, ask: types::LaunchInstance, command: Command) {
/// launch_instance(db, scope, ask, command, types::Timestamp::from_second(0)).await;
/// # }
/// ```
///
/// # Errors
/// `Invalid` for a field that cannot be; `NameTaken`; `QuotaExceeded` when the quota has less left than asked;
/// `NotForSale`; `InsufficientCredit` when balance and grants do not cover the start; `BudgetExceeded` when a budget has
/// less left than its first hour costs; `PaymentOverdue` where what was due long ago is not paid; a conflict for a
/// project that is closed.
pub async fn launch_instance(
    db: &Database,
    scope: &Scope<LaunchInstances>,
    ask: LaunchInstance,
    command: Command,
    now: Timestamp,
) -> Result<InstanceView> {
    let ask = rules::checked(ask)?;
    let tx = db.begin(scope, now).await?;
    commands::once(tx, command, async |tx: &Tx| launch_in(tx, &ask).await).await
}

/// What the audit keeps of a launch: no value of the environment.
#[derive(Serialize)]
struct Launched<'a> {
    name: &'a str,
    project: ProjectId,
    flavour: FlavourId,
    units: u32,
    template: &'a str,
    environment: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    volumes: Vec<VolumeId>,
}

async fn launch_in(tx: &Tx, ask: &LaunchInstance) -> Result<InstanceView> {
    let buyer = organisations::buyer_in(tx).await?;
    buyer.check_active()?;
    dunning::check_in(tx).await?;
    tx.principal.check_reach(ask.project, ask.flavour)?;
    let place = volumes::cluster_of_in(tx, &ask.volumes).await?;
    let (flavour_name, cluster) = Start::of(tx, ask, place).await?.checked(ask)?;
    prices::price_for_sale_in(tx, ask.flavour, &flavour_name, buyer.currency, tx.now).await?;
    organisations::check_member_in(tx, ask.project).await?;
    quotas::reserve_in(tx, ask.flavour, &flavour_name, ask.units, None).await?;
    let id = InstanceId::new(tx.now);
    insert_in(tx, id, cluster, ask).await?;
    volumes::put_in(tx, id, cluster, ask).await?;
    let lease = NewLease {
        instance: id,
        project: ask.project,
        cluster,
        flavour: ask.flavour,
        units: i32::try_from(ask.units).unwrap_or(i32::MAX),
        attempt: 1,
    };
    settle_wish::open_attempt_in(tx, &buyer, &lease, &flavour_name).await?;
    record_in(tx, id, ask).await?;
    read::view_in(tx, id).await
}

async fn record_in(tx: &Tx, id: InstanceId, ask: &LaunchInstance) -> Result<()> {
    let launched = Launched {
        name: &ask.name,
        project: ask.project,
        flavour: ask.flavour,
        units: ask.units,
        template: &ask.template,
        environment: ask.environment.keys().map(String::as_str).collect(),
        volumes: ask.volumes.clone(),
    };
    let change = audit::Change {
        verb: "instance.launched",
        subject: id.to_string(),
        before: None::<Launched<'_>>,
        after: Some(launched),
    };
    audit::record_in(tx, change).await
}

/// Where a launch can begin, as far as it can.
#[derive(FromQueryResult)]
struct Start {
    /// The project is in the request's body, so it must be of the path's organisation.
    has_project: bool,
    flavour_name: Option<String>,
    max_units: i32,
    /// The cluster whose largest free node has most of the flavour; one that has none free waits for its turn.
    cluster_id: Option<ClusterId>,
}

impl Start {
    /// `place` is where the volumes are that it mounts.
    async fn of(tx: &Tx, ask: &LaunchInstance, place: Option<ClusterId>) -> Result<Self> {
        let sql = "SELECT EXISTS (SELECT 1 FROM project WHERE organisation_id = $1 AND id = $2) AS has_project,
                       f.name AS flavour_name, coalesce(f.max_units, 0) AS max_units,
                       (SELECT cluster_id FROM node_flavour WHERE flavour_id = f.id
                            AND ($4::uuid IS NULL OR cluster_id = $4) GROUP BY cluster_id
                        ORDER BY max(n_allocatable - n_used) FILTER (WHERE takes_pods) DESC NULLS LAST,
                            sum(n_capacity) DESC, cluster_id LIMIT 1) AS cluster_id
                   FROM (SELECT $3::uuid AS id) asked LEFT JOIN flavour f ON f.id = asked.id AND f.item = 'gpu'";
        let place = place.map(ClusterId::uuid);
        let values = [tx.organisation.into(), ask.project.into(), ask.flavour.into(), place.into()];
        let row = tx.one(sql, values).await?;
        row.ok_or_else(|| Error::Corrupt("a launch begins nowhere".to_owned()))
    }

    /// The flavour's name and the cluster.
    fn checked(self, ask: &LaunchInstance) -> Result<(String, ClusterId)> {
        let unknown = |field| Error::Invalid { field, rule: Rule::Known };
        if !self.has_project {
            return Err(unknown("project"));
        }
        let name = self.flavour_name.ok_or_else(|| unknown("flavour"))?;
        let most = i64::from(self.max_units);
        if i64::from(ask.units) > most {
            return Err(Error::Invalid { field: "units", rule: Rule::Range { min: 1, max: most } });
        }
        let cluster = self.cluster_id.ok_or(Error::Conflict("flavour-is-nowhere"))?;
        Ok((name, cluster))
    }
}

async fn insert_in(tx: &Tx, id: InstanceId, cluster: ClusterId, ask: &LaunchInstance) -> Result<()> {
    let template = template(&ask.template).ok_or(Error::Invalid { field: "template", rule: Rule::Known })?;
    let environment =
        serde_json::to_value(&ask.environment).map_err(|error| Error::Corrupt(format!("environment: {error}")))?;
    let sql = "INSERT INTO instance (organisation_id, id, project_id, cluster_id, name, flavour_id, units, template,
                   image, environment, wish, wish_seq, wished_at, attempt, phase, phase_at, deadline_at, launched_by,
                   launched_at, token_id)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'running', nextval('wish_seq'), $11, 1, $12, $11, $13, $14,
                   $11, $15)";
    let values = [
        tx.organisation.into(),
        id.into(),
        ask.project.into(),
        cluster.into(),
        ask.name.clone().into(),
        ask.flavour.into(),
        i32::try_from(ask.units).unwrap_or(i32::MAX).into(),
        ask.template.clone().into(),
        template.image().into(),
        environment.into(),
        tx.now.into(),
        Phase::Requested.word().into(),
        phases::deadline(Phase::Requested, tx.now).into(),
        tx.principal.user().map(UserId::uuid).into(),
        tx.principal.token().map(TokenId::uuid).into(),
    ];
    match tx.run(sql, values).await {
        Err(Error::Database(error)) if crate::database::constraint(&error).as_deref() == Some(NAME_IS_TAKEN) => {
            Err(Error::NameTaken { name: ask.name.clone() })
        }
        inserted => inserted.map(drop),
    }
}
