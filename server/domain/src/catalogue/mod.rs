//! What can be launched: flavours as the nodes show them, how many are free, what they cost now, and the verdict on a
//! launch before its button is pressed. Prices themselves are set elsewhere.

mod offers;
mod plan;
mod record;
mod storage;
mod templates;
mod terms;
mod verdict;

use types::{
    Alternative, ClusterId, CoverView, Currency, FlavourView, InstanceId, List, PlanLaunch, ProjectId, QuoteView,
};

use self::verdict::{Circumstances, Offer};
pub use self::{
    plan::{plan_launch_in, plan_restart_in},
    record::record_flavours,
    templates::{TEMPLATES, Template, list_templates, template},
};
pub(crate) use self::{record::record_counts_in, terms::terms_in};
use crate::{
    Error, Open, Result, Tx,
    access::{
        Scope,
        policy::{LaunchInstances, ReadOrganisation},
    },
    budgets,
    ledger::{self, Terms},
    organisations::{self, Buyer},
    tokens, volumes,
};

/// Every flavour, with the organisation's price, quota and the verdict on one unit; by GPU memory, largest first.
/// Whether balance and budgets cover a launch is told by [`quote_in`] alone.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_flavours_in(tx: &Tx, scope: &Scope<ReadOrganisation>) -> Result<List<FlavourView>> {
    tx.admits(scope)?;
    let around = offers::circumstances_in(tx, &organisations::buyer_in(tx).await?, None).await?;
    listed_in(tx, &around).await
}

/// The same for who would launch in a project: what budgets and their token leave counts too. Whether the balance covers
/// it is told by [`quote_in`] alone.
///
/// # Errors
/// As for the quote.
pub async fn list_launchable_in(
    tx: &Tx,
    scope: &Scope<LaunchInstances>,
    project: ProjectId,
) -> Result<List<FlavourView>> {
    tx.admits(scope)?;
    organisations::check_member_in(tx, project).await?;
    let mut around = offers::circumstances_in(tx, &organisations::buyer_in(tx).await?, None).await?;
    around.budgets = budgets::lefts_of_launch_in(tx, project).await?;
    around.token = tokens::running_in(tx).await?;
    listed_in(tx, &around).await
}

async fn listed_in(tx: &Tx, around: &Circumstances) -> Result<List<FlavourView>> {
    let rows = offers::offers_in(tx, Some(tx.organisation()), around.currency, (None, None)).await?;
    let offers: Vec<_> = rows.iter().map(offers::Offered::offer).collect();
    let one_unit = |row: offers::Offered| {
        let verdict = verdict::verdict(&row.offer(), 1, &offers, around);
        FlavourView { quota: Some(row.quota()), verdict: Some(verdict), ..row.view(around.currency) }
    };
    Ok(List { items: rows.into_iter().map(one_unit).collect(), next_cursor: None })
}

/// What a launch would cost, who would pay its start, and whether it would start now, waits or cannot: by the rules that
/// the launch itself goes by, without their locks. What its new volume costs is told apart.
///
/// # Errors
/// `NotFound` for an unknown flavour, or when the proof is of another organisation; for a project that is not there, is
/// closed, is for others or lies beyond the token, as the launch's own, and for storage that lies beyond it.
pub async fn quote_in(tx: &Tx, scope: &Scope<LaunchInstances>, ask: &PlanLaunch) -> Result<QuoteView> {
    quoted_in(tx, scope, ask, None).await.map(|(quote, _)| quote)
}

/// The same with the flavour, counted where the launch would start. `own` is the instance that would begin once more, and
/// where it is: what it holds is its own already.
async fn quoted_in(
    tx: &Tx,
    scope: &Scope<LaunchInstances>,
    ask: &PlanLaunch,
    own: Option<(ClusterId, InstanceId)>,
) -> Result<(QuoteView, FlavourView)> {
    tx.admits(scope)?;
    let project = match ask.project {
        Some(project) => project,
        None => organisations::first_open_project_in(tx).await?,
    };
    tx.principal.check_reach(project, ask.flavour)?;
    organisations::check_member_in(tx, project).await?;
    let buyer = organisations::buyer_in(tx).await?;
    let (place, except) = match own {
        Some((cluster, instance)) => (Some(cluster), Some(instance)),
        None => (volumes::cluster_of_in(tx, &ask.volumes).await?, None),
    };
    let mut around = offers::circumstances_in(tx, &buyer, place).await?;
    let mut rows = offers::offers_in(tx, Some(tx.organisation()), around.currency, (place, except)).await?;
    let offers: Vec<_> = rows.iter().map(offers::Offered::offer).collect();
    let n = offers.iter().position(|offer| offer.flavour == ask.flavour).ok_or(Error::NotFound)?;
    let planned = volumes::planned_in(tx, ask, project, place).await?;
    let made = planned.new.as_ref().and_then(|new| new.terms);
    let (lifeboat, cover) = covers_in(tx, &buyer, (&offers[n], ask.units, project), made).await?;
    around.available_micros = cover.as_ref().map(available);
    around.budgets = budgets::lefts_of_launch_in(tx, project).await?;
    around.token = tokens::running_in(tx).await?;
    let (storage, mounts, volume) = storage::told(planned, lifeboat)?;
    around.storage = storage;
    let mut verdict = verdict::verdict(&offers[n], ask.units, &offers, &around);
    verdict.alternatives = covered_in(tx, &buyer, verdict.alternatives, (project, made)).await?;
    let quote = terms::quote(verdict, &offers[n], (ask.units, project), &around, cover);
    let flavour = rows.swap_remove(n).view(around.currency);
    Ok((QuoteView { volumes: mounts, new_volume: volume, ..quote }, flavour))
}

/// What lots and wallet could set aside for it; nothing while something is owed.
fn available(cover: &CoverView) -> i64 {
    if cover.receivable.micros > 0 { 0 } else { cover.reserved.micros - cover.missing.micros }
}

/// What the volume that is `made` sets aside and, of what that leaves, the instance itself: in the order of the launch.
async fn covers_in(
    tx: &Tx,
    buyer: &Buyer,
    (offer, units, project): (&Offer, u32, ProjectId),
    made: Option<Terms>,
) -> Result<(Option<CoverView>, Option<CoverView>)> {
    let launched = match offer.micros_per_hour.is_some() && (1..=offer.max_units).contains(&units) {
        true => Some(terms_in(tx, buyer, (offer.flavour, &offer.name), units, project).await?),
        false => None,
    };
    let terms: Vec<Terms> = made.into_iter().chain(launched).collect();
    let mut covers = ledger::covers_of_in(tx, &terms).await?;
    let cover = launched.and_then(|_| covers.pop());
    Ok((covers.pop(), cover))
}

/// The alternatives that lots and wallet cover beside the volume that is `made`, and a token reaches: a lot that pays
/// for one flavour need not pay for another.
async fn covered_in(
    tx: &Tx,
    buyer: &Buyer,
    alternatives: Vec<Alternative>,
    (project, made): (ProjectId, Option<Terms>),
) -> Result<Vec<Alternative>> {
    let mut covered = Vec::new();
    let reaches = |other: &Alternative| tx.principal.check_reach(project, other.flavour).is_ok();
    for alternative in alternatives.into_iter().filter(reaches) {
        let flavour = (alternative.flavour, alternative.name.as_str());
        let launched = terms_in(tx, buyer, flavour, alternative.units, project).await?;
        let terms: Vec<Terms> = made.into_iter().chain([launched]).collect();
        let covers = ledger::covers_of_in(tx, &terms).await?;
        if covers.iter().all(|cover| cover.missing.micros == 0) {
            covered.push(alternative);
        }
    }
    Ok(covered)
}

/// What everybody may see of the catalogue, in one currency; by GPU memory, largest first.
///
/// # Errors
/// Only the database's own.
pub async fn list_public_in(open: &Open, currency: Currency) -> Result<List<FlavourView>> {
    let rows = offers::offers_in(open, None, currency, (None, None)).await?;
    Ok(List { items: rows.into_iter().map(|row| row.view(currency)).collect(), next_cursor: None })
}
