//! What a launch would do and cost, before it is asked for: the verdict, the price and the cover in one answer.

use types::{AskVerdict, LaunchPlan, LeaseId, Money, PlanLaunch, ProjectId, Verdict, VerdictReason, VerdictWord};

use super::{offers, verdict_in};
use crate::{
    Error, Result, Rule, Tx,
    access::{Scope, policy::LaunchInstances},
    ledger::{self, Terms},
    organisations, prices,
};

/// Plans a launch: nothing is written and nothing set aside.
///
/// # Errors
/// `NotFound` for an unknown flavour or project, or when the proof is of another organisation; `Invalid` for units
/// beyond what can be priced; a conflict where no tax rule holds for the organisation.
pub async fn plan_launch_in(tx: &Tx, scope: &Scope<LaunchInstances>, ask: PlanLaunch) -> Result<LaunchPlan> {
    if !(1..=MOST_UNITS).contains(&ask.units) {
        let rule = Rule::Range { min: 1, max: MOST_UNITS.into() };
        return Err(Error::Invalid { field: "units", rule });
    }
    let verdict =
        verdict_in(tx, scope, AskVerdict { flavour: ask.flavour, units: ask.units, project: ask.project }).await?;
    let buyer = organisations::buyer_in(tx).await?;
    let rows = offers::offers_in(tx, Some(tx.organisation()), buyer.currency).await?;
    let mut known = rows.into_iter().map(|row| (row.quota(), row.view(buyer.currency)));
    let (quota, flavour) = known.find(|(_, view)| view.id == ask.flavour).ok_or(Error::NotFound)?;
    let tax = prices::tax_rule_at_in(tx, &buyer.country, buyer.is_business, tx.now).await?;
    let cover = match flavour.per_hour {
        None => None,
        Some(price) => {
            let terms = Terms {
                lease: LeaseId::new(tx.now),
                project: project_in(tx, ask.project).await?,
                flavour: ask.flavour,
                units: ask.units,
                currency: price.currency,
                micros_per_hour: price.micros,
                rate_ppm: tax.rate_ppm,
            };
            Some(ledger::cover_of_in(tx, &terms).await?)
        }
    };
    let times = |price: Money| Money { micros: price.micros.saturating_mul(ask.units.into()), ..price };
    Ok(LaunchPlan {
        verdict: with_money(verdict, cover.as_ref()),
        per_hour: flavour.per_hour.map(times),
        per_month: flavour.per_month.map(times),
        units: ask.units,
        rate_ppm: tax.rate_ppm,
        quota,
        cover,
        flavour,
    })
}

/// More units than any node has; keeps the arithmetic far from its bounds.
const MOST_UNITS: u32 = 1024;

/// A launch that the money does not cover is refused, whatever else is so.
fn with_money(verdict: Verdict, cover: Option<&types::CoverView>) -> Verdict {
    let short = cover.filter(|cover| cover.missing.micros > 0 || cover.receivable.micros > 0);
    let Some(cover) = short.filter(|_| verdict.word != VerdictWord::Cannot) else { return verdict };
    let money = |micros| Money { micros, currency: cover.reserved.currency };
    let needed = money(cover.reserved.micros.saturating_add(cover.receivable.micros));
    let available = money(cover.reserved.micros - cover.missing.micros);
    Verdict {
        word: VerdictWord::Cannot,
        reason: Some(VerdictReason::Credit),
        arguments: [("needed".to_owned(), needed.into()), ("available".to_owned(), available.into())].into(),
        alternatives: Vec::new(),
    }
}

#[derive(sea_orm::FromQueryResult)]
struct ProjectRow {
    id: ProjectId,
}

/// The project that was asked for, or the first by name.
async fn project_in(tx: &Tx, asked: Option<ProjectId>) -> Result<ProjectId> {
    let sql = "SELECT id FROM project WHERE organisation_id = $1 AND ($2::uuid IS NULL OR id = $2)
               ORDER BY name, id LIMIT 1";
    let row: Option<ProjectRow> = tx.one(sql, [tx.organisation().into(), asked.map(ProjectId::uuid).into()]).await?;
    Ok(row.ok_or(Error::NotFound)?.id)
}
