//! What a launch would do and cost, before it is asked for: the quote with what it is of.

use sea_orm::FromQueryResult;
use types::{ClusterId, FlavourId, FlavourView, InstanceId, LaunchPlan, Money, PlanLaunch, ProjectId, QuoteView};

use super::quoted_in;
use crate::{
    Error, Result, Rule, Tx,
    access::{Scope, policy::LaunchInstances},
};

/// More units than any node has; keeps the arithmetic far from its bounds.
const MOST_UNITS: u32 = 1024;

/// Plans a launch: nothing is written and nothing set aside.
///
/// # Errors
/// `Invalid` for no units or more than can be priced; else as for the quote.
pub async fn plan_launch_in(tx: &Tx, scope: &Scope<LaunchInstances>, ask: &PlanLaunch) -> Result<LaunchPlan> {
    if !(1..=MOST_UNITS).contains(&ask.units) {
        let rule = Rule::Range { min: 1, max: MOST_UNITS.into() };
        return Err(Error::Invalid { field: "units", rule });
    }
    Ok(plan(ask.units, quoted_in(tx, scope, ask, None).await?))
}

/// Plans the next attempt of an instance where it is: its units are its own already, and its volumes cost what they cost
/// before.
///
/// # Errors
/// `NotFound` for another organisation's instance as for one that never was; else as for the quote.
pub async fn plan_restart_in(tx: &Tx, scope: &Scope<LaunchInstances>, instance: InstanceId) -> Result<LaunchPlan> {
    #[derive(FromQueryResult)]
    struct Own {
        flavour_id: FlavourId,
        units: i32,
        project_id: ProjectId,
        cluster_id: ClusterId,
    }
    let sql = "SELECT flavour_id, units, project_id, cluster_id FROM instance WHERE organisation_id = $1 AND id = $2";
    let own: Option<Own> = tx.one(sql, [tx.organisation.into(), instance.into()]).await?;
    let own = own.ok_or(Error::NotFound)?;
    let ask = PlanLaunch::of(own.flavour_id, own.units.unsigned_abs(), Some(own.project_id));
    Ok(plan(ask.units, quoted_in(tx, scope, &ask, Some((own.cluster_id, instance))).await?))
}

fn plan(units: u32, (quote, flavour): (QuoteView, FlavourView)) -> LaunchPlan {
    let times = |price: Money| Money { micros: price.micros.saturating_mul(units.into()), ..price };
    LaunchPlan {
        project: quote.project,
        units,
        verdict: quote.verdict,
        per_hour: quote.per_hour,
        per_hour_with_tax: quote.per_hour_with_tax,
        per_month: flavour.per_month.map(times),
        rate_ppm: quote.rate_ppm,
        quota: quote.quota,
        cover: quote.cover,
        volumes: quote.volumes,
        new_volume: quote.new_volume,
        flavour,
    }
}
