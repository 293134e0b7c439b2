//! Flavours with their price, free counts and quota, read at once.

use sea_orm::FromQueryResult;
use types::{ClusterId, Currency, FlavourId, FlavourView, GpuKind, InstanceId, Money, OrganisationId, QuotaUse};

use super::verdict::{Circumstances, Offer, Storage};
use crate::{Open, Result, Tx, budgets::Lefts, dunning, organisations::Buyer, prices};

/// Hours of a month on average.
const HOURS_A_MONTH: i64 = 730;
/// Seconds after which what was last seen of a cluster is no longer of now; it is moved each minute.
const SEEN_WITHIN_S: i64 = 180;

/// A flavour with its price.
pub(super) struct Offered {
    row: Row,
    micros_per_hour: Option<i64>,
}

#[derive(FromQueryResult)]
struct Row {
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
    n_nodes: i64,
    n_units: i64,
    n_free: i64,
    n_free_on_one_node: i64,
    quota: i64,
    used: i64,
}

/// All flavours that a node has or that are for sale; quotas of `organisation`, where there is one, of which `except`
/// counts for nothing. Nodes are those of the cluster `place`, where there is one.
pub(super) async fn offers_in(
    open: &Open,
    organisation: Option<OrganisationId>,
    currency: Currency,
    (place, except): (Option<ClusterId>, Option<InstanceId>),
) -> Result<Vec<Offered>> {
    let sql = "SELECT f.id, f.slug, f.name, f.gpu_model, f.gpu_kind, f.gpu_memory_mib, f.n_vcpus, f.memory_mib,
                   f.disk_mib, f.max_units, f.simulated, coalesce(n.n_nodes, 0)::bigint AS n_nodes,
                   coalesce(n.n_units, 0)::bigint AS n_units, coalesce(n.n_free, 0)::bigint AS n_free,
                   coalesce(n.largest, 0)::bigint AS n_free_on_one_node, coalesce(q.units, 0)::bigint AS quota,
                   (SELECT coalesce(sum(i.units), 0) FROM instance i
                    WHERE i.organisation_id = $1 AND i.flavour_id = f.id AND ($3::uuid IS NULL OR i.id <> $3)
                      AND (i.wish = 'running' OR i.phase = 'stopping'))::bigint AS used
               FROM flavour f
               LEFT JOIN (SELECT flavour_id, count(*) AS n_nodes,
                              sum(n_allocatable) FILTER (WHERE takes_pods) AS n_units,
                              sum(greatest(n_allocatable - n_used, 0)) FILTER (WHERE takes_pods) AS n_free,
                              max(greatest(n_allocatable - n_used, 0)) FILTER (WHERE takes_pods) AS largest
                          FROM node_flavour WHERE $2::uuid IS NULL OR cluster_id = $2
                          GROUP BY flavour_id) n ON n.flavour_id = f.id
               LEFT JOIN quota q ON q.organisation_id = $1 AND q.flavour_id = f.id
               WHERE f.item = 'gpu' ORDER BY f.gpu_memory_mib DESC, f.slug";
    let values = [
        organisation.map(OrganisationId::uuid).into(),
        place.map(ClusterId::uuid).into(),
        except.map(InstanceId::uuid).into(),
    ];
    let rows: Vec<Row> = open.all(sql, values).await?;
    let prices = prices::prices_at_in(open, currency, open.now).await?;
    let offered = |row: Row| {
        let price = prices.iter().find(|price| price.flavour_id == row.id);
        Offered { micros_per_hour: price.map(|price| price.micros_per_hour), row }
    };
    // In one cluster, what others have stays: what is asked for is answered, not unknown.
    let is_shown = |offered: &Offered| place.is_some() || offered.row.n_nodes > 0 || offered.micros_per_hour.is_some();
    Ok(rows.into_iter().map(offered).filter(is_shown).collect())
}

#[derive(FromQueryResult)]
struct Seen {
    is_seen: bool,
}

/// What a verdict needs to know besides the flavour, of the cluster `place` where there is one; balance, budgets, a
/// token's units and storage are added by who asks for a launch.
pub(super) async fn circumstances_in(tx: &Tx, buyer: &Buyer, place: Option<ClusterId>) -> Result<Circumstances> {
    let tax = prices::tax_rule_at_in(tx, &buyer.country, buyer.is_business, tx.now).await?;
    let sql = "SELECT EXISTS (
                   SELECT 1 FROM cluster_observation WHERE trouble IS NULL AND observed_through >= $1
                   AND ($2::uuid IS NULL OR cluster_id = $2)) AS is_seen";
    let values = [tx.now.plus_seconds(-SEEN_WITHIN_S).into(), place.map(ClusterId::uuid).into()];
    let seen: Option<Seen> = tx.one(sql, values).await?;
    Ok(Circumstances {
        currency: buyer.currency,
        standing: buyer.standing,
        overdue: dunning::refuses_in(tx).await?,
        cluster_is_seen: seen.is_some_and(|seen| seen.is_seen),
        rate_ppm: tax.rate_ppm,
        available_micros: None,
        budgets: Lefts::unlimited(),
        token: None,
        storage: Storage::none(),
    })
}

impl Offered {
    /// The flavour as a verdict sees it.
    pub(super) fn offer(&self) -> Offer {
        Offer {
            flavour: self.row.id,
            slug: self.row.slug.clone(),
            name: self.row.name.clone(),
            gpu_memory_mib: self.row.gpu_memory_mib,
            max_units: self.row.max_units.unsigned_abs(),
            micros_per_hour: self.micros_per_hour,
            quota: self.quota(),
            n_free: count(self.row.n_free),
            n_free_on_one_node: count(self.row.n_free_on_one_node),
            is_somewhere: self.row.n_nodes > 0,
            has_nodes: self.row.n_units > 0,
        }
    }

    /// What the organisation may hold and holds.
    pub(super) fn quota(&self) -> QuotaUse {
        QuotaUse { units: count(self.row.quota), used: count(self.row.used) }
    }

    /// What everybody may see.
    pub(super) fn view(self, currency: Currency) -> FlavourView {
        let money = |micros| Money { micros, currency };
        FlavourView {
            id: self.row.id,
            slug: self.row.slug,
            name: self.row.name,
            model: self.row.gpu_model,
            kind: self.row.gpu_kind,
            gpu_memory_mib: self.row.gpu_memory_mib,
            n_vcpus: self.row.n_vcpus,
            memory_mib: self.row.memory_mib,
            disk_mib: self.row.disk_mib,
            max_units: self.row.max_units.unsigned_abs(),
            per_hour: self.micros_per_hour.map(money),
            per_month: self.micros_per_hour.map(|micros| money(micros.saturating_mul(HOURS_A_MONTH))),
            n_units: count(self.row.n_units),
            n_free: count(self.row.n_free),
            n_free_on_one_node: count(self.row.n_free_on_one_node),
            quota: None,
            verdict: None,
            simulated: self.row.simulated,
        }
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
