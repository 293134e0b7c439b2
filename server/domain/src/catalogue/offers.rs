//! Flavours with their price, free counts and quota, read at once.

use sea_orm::FromQueryResult;
use types::{Currency, FlavourId, FlavourView, GpuKind, Money, OrganisationId, QuotaUse};

use super::verdict::{Circumstances, Offer};
use crate::{Error, Open, Result, Tx};

/// Hours of a month on average.
const HOURS_A_MONTH: i64 = 730;
/// Seconds after which what was last seen of a cluster is no longer of now; it is moved each minute.
const SEEN_WITHIN_S: i64 = 180;

#[derive(FromQueryResult)]
pub(super) struct Row {
    id: FlavourId,
    slug: String,
    name: String,
    gpu_model: String,
    gpu_kind: GpuKind,
    gpu_memory_mib: i64,
    n_vcpus: i32,
    memory_mib: i64,
    disk_mib: i64,
    max_units: i32,
    simulated: bool,
    micros_per_hour: Option<i64>,
    n_units: i64,
    n_free: i64,
    n_free_on_one_node: i64,
    quota: i64,
    used: i64,
}

/// All flavours that a node has or that are for sale; quotas of `organisation`, where there is one.
pub(super) async fn offers_in(
    open: &Open,
    organisation: Option<OrganisationId>,
    currency: Currency,
) -> Result<Vec<Row>> {
    let sql = "SELECT f.id, f.slug, f.name, f.gpu_model, f.gpu_kind, f.gpu_memory_mib, f.n_vcpus, f.memory_mib,
                   f.disk_mib, f.max_units, f.simulated, p.micros_per_hour,
                   coalesce(n.n_units, 0)::bigint AS n_units, coalesce(n.n_free, 0)::bigint AS n_free,
                   coalesce(n.largest, 0)::bigint AS n_free_on_one_node, coalesce(q.units, 0)::bigint AS quota,
                   (SELECT coalesce(sum(i.units), 0) FROM instance i
                    WHERE i.organisation_id = $1 AND i.flavour_id = f.id
                      AND (i.wish = 'running' OR i.phase = 'stopping'))::bigint AS used
               FROM flavour f
               LEFT JOIN price p ON p.flavour_id = f.id AND p.currency = $2 AND p.started_at <= $3
                   AND (p.ended_at IS NULL OR p.ended_at > $3)
               LEFT JOIN (SELECT flavour_id, count(*) AS n_nodes,
                              sum(n_allocatable) FILTER (WHERE takes_pods) AS n_units,
                              sum(greatest(n_allocatable - n_used, 0)) FILTER (WHERE takes_pods) AS n_free,
                              max(greatest(n_allocatable - n_used, 0)) FILTER (WHERE takes_pods) AS largest
                          FROM node_flavour GROUP BY flavour_id) n ON n.flavour_id = f.id
               LEFT JOIN quota q ON q.organisation_id = $1 AND q.flavour_id = f.id
               WHERE n.n_nodes > 0 OR p.id IS NOT NULL
               ORDER BY f.gpu_memory_mib DESC, f.slug";
    let values = [organisation.map(OrganisationId::uuid).into(), currency.word().into(), open.now.into()];
    open.all(sql, values).await
}

#[derive(FromQueryResult)]
struct OrganisationRow {
    currency: Currency,
    state: String,
    is_seen: bool,
}

/// What a verdict needs to know besides the flavour; the balance is added by who may read it.
pub(super) async fn circumstances_in(tx: &Tx) -> Result<Circumstances> {
    let sql = "SELECT currency, state, EXISTS (
                   SELECT 1 FROM cluster_observation WHERE trouble IS NULL AND observed_through >= $2) AS is_seen
               FROM organisation WHERE id = $1";
    let values = [tx.organisation().into(), tx.now.plus_seconds(-SEEN_WITHIN_S).into()];
    let row: OrganisationRow = tx.one(sql, values).await?.ok_or(Error::NotFound)?;
    Ok(Circumstances {
        currency: row.currency,
        suspended: row.state == "suspended",
        cluster_is_seen: row.is_seen,
        rate_ppm: 0,
        available_micros: None,
    })
}

impl Row {
    /// The flavour as a verdict sees it.
    pub(super) fn offer(&self) -> Offer {
        Offer {
            flavour: self.id,
            slug: self.slug.clone(),
            name: self.name.clone(),
            gpu_memory_mib: self.gpu_memory_mib,
            max_units: self.max_units.unsigned_abs(),
            micros_per_hour: self.micros_per_hour,
            quota: self.quota(),
            n_free: count(self.n_free),
            n_free_on_one_node: count(self.n_free_on_one_node),
            has_nodes: self.n_units > 0,
        }
    }

    /// What the organisation may hold and holds.
    pub(super) fn quota(&self) -> QuotaUse {
        QuotaUse { units: count(self.quota), used: count(self.used) }
    }

    /// What everybody may see.
    pub(super) fn view(self, currency: Currency) -> FlavourView {
        let money = |micros| Money { micros, currency };
        FlavourView {
            id: self.id,
            slug: self.slug,
            name: self.name,
            model: self.gpu_model,
            kind: self.gpu_kind,
            gpu_memory_mib: self.gpu_memory_mib,
            n_vcpus: self.n_vcpus,
            memory_mib: self.memory_mib,
            disk_mib: self.disk_mib,
            max_units: self.max_units.unsigned_abs(),
            per_hour: self.micros_per_hour.map(money),
            per_month: self.micros_per_hour.map(|micros| money(micros.saturating_mul(HOURS_A_MONTH))),
            n_units: count(self.n_units),
            n_free: count(self.n_free),
            n_free_on_one_node: count(self.n_free_on_one_node),
            quota: None,
            verdict: None,
            simulated: self.simulated,
        }
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
