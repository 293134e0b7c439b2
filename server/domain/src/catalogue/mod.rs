//! What can be launched: flavours as the nodes show them, how many are free, what they cost now, and the verdict on a
//! launch before its button is pressed. Prices themselves are set elsewhere.

mod offers;
mod plan;
mod record;
mod templates;
mod verdict;

use types::{AskVerdict, Currency, FlavourView, List, Verdict};

pub(crate) use self::record::record_counts_in;
pub use self::{
    plan::plan_launch_in,
    record::record_flavours,
    templates::{TEMPLATES, Template, list_templates, template},
};
use crate::{
    Error, Open, Result, Tx,
    access::{
        Scope,
        policy::{LaunchInstances, ReadOrganisation},
    },
};

/// Every flavour, with the organisation's price, quota and the verdict on one unit; by GPU memory, largest first.
/// Whether the balance covers a launch is told by [`verdict_in`] alone.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn list_flavours_in(tx: &Tx, scope: &Scope<ReadOrganisation>) -> Result<List<FlavourView>> {
    tx.admits(scope)?;
    let around = offers::circumstances_in(tx).await?;
    let rows = offers::offers_in(tx, Some(tx.organisation()), around.currency).await?;
    let offers: Vec<_> = rows.iter().map(offers::Offered::offer).collect();
    let one_unit = |row: offers::Offered| {
        let verdict = verdict::verdict(&row.offer(), 1, &offers, around);
        FlavourView { quota: Some(row.quota()), verdict: Some(verdict), ..row.view(around.currency) }
    };
    Ok(List { items: rows.into_iter().map(one_unit).collect(), next_cursor: None })
}

/// Whether a launch of so many units would start now, waits or cannot.
///
/// # Errors
/// `NotFound` for an unknown flavour, or when the proof is of another organisation.
pub async fn verdict_in(tx: &Tx, scope: &Scope<LaunchInstances>, ask: AskVerdict) -> Result<Verdict> {
    tx.admits(scope)?;
    let around = offers::circumstances_in(tx).await?;
    let rows = offers::offers_in(tx, Some(tx.organisation()), around.currency).await?;
    let offers: Vec<_> = rows.iter().map(offers::Offered::offer).collect();
    let offer = offers.iter().find(|offer| offer.flavour == ask.flavour).ok_or(Error::NotFound)?;
    Ok(verdict::verdict(offer, ask.units, &offers, around))
}

/// What everybody may see of the catalogue, in one currency; by GPU memory, largest first.
///
/// # Errors
/// Only the database's own.
pub async fn list_public_in(open: &Open, currency: Currency) -> Result<List<FlavourView>> {
    let rows = offers::offers_in(open, None, currency).await?;
    Ok(List { items: rows.into_iter().map(|row| row.view(currency)).collect(), next_cursor: None })
}
