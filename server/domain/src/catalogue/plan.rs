//! What a launch would do and cost, before it is asked for: the quote with what it is of.

use types::{LaunchPlan, Money, PlanLaunch};

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
    let (quote, flavour) = quoted_in(tx, scope, ask).await?;
    let times = |price: Money| Money { micros: price.micros.saturating_mul(ask.units.into()), ..price };
    Ok(LaunchPlan {
        project: quote.project,
        units: ask.units,
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
    })
}
