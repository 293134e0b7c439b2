//! What a unit-hour costs, and how it is taxed: versions in time that cannot overlap and whose past never changes.

mod entity;
mod rules;
mod taxes;

use types::{FlavourId, List, PriceHistory, PriceId, PriceView, SetPrice, Timestamp};

pub use self::{
    entity::{PriceVersion, price_at_in, prices_at_in, versions_between_in},
    taxes::{TaxRule, list_tax_rules, set_tax_rule, tax_rule_at_in, tax_rules_between_in},
};
use crate::{
    Database, Error, Open, Result,
    access::{Survey, policy::SetPrices},
    audit::{self, Change},
    commands::{self, Command, Installation},
};

/// Sets the price of a flavour in a currency from a date; the version before ends then.
///
/// # Errors
/// `Invalid` for an amount that is not above zero, an unknown flavour or a date in the past; a conflict when a version
/// is scheduled from that date or later: withdraw it first.
pub async fn set_price(
    db: &Database,
    survey: &Survey<SetPrices>,
    ask: SetPrice,
    command: Command,
    now: Timestamp,
) -> Result<PriceView> {
    let ask = rules::checked(ask, now)?;
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| set_in(tx, &ask).await).await
}

async fn set_in(open: &Open, ask: &rules::Checked) -> Result<PriceView> {
    if !entity::flavour_is_known(open, ask.flavour).await? {
        return Err(Error::Invalid { field: "flavour", rule: crate::Rule::Known });
    }
    let versions = entity::lock_versions(open, ask.flavour, ask.currency).await?;
    let stretches: Vec<_> = versions.iter().map(PriceVersion::stretch).collect();
    let before = rules::ended_by(&stretches, ask.started_at).ok_or(Error::Conflict("price-overlaps"))?;
    if let Some(before) = before {
        entity::end(open, versions[before].id, Some(ask.started_at)).await?;
    }
    let version = versions.iter().map(|version| version.version).max().unwrap_or(0) + 1;
    let view = entity::insert(open, ask, version).await?;
    let before = before.map(|before| versions[before].clone());
    let change = Change { verb: "price.set", subject: view.id.to_string(), before, after: Some(&view) };
    audit::record_installation(open, change).await?;
    Ok(view)
}

/// Withdraws a version that has not begun; the version before holds on in its place.
///
/// # Errors
/// `NotFound` for an unknown version; a conflict for one that has begun.
pub async fn withdraw_price(
    db: &Database,
    survey: &Survey<SetPrices>,
    price: PriceId,
    command: Command,
    now: Timestamp,
) -> Result<()> {
    let tx = Installation(db.govern(survey, now).await?);
    commands::once(tx, command, async |tx: &Installation| withdraw_in(tx, price).await).await
}

async fn withdraw_in(open: &Open, price: PriceId) -> Result<()> {
    let wanted = entity::version(open, price).await?.ok_or(Error::NotFound)?;
    let versions = entity::lock_versions(open, wanted.flavour_id, wanted.currency).await?;
    let wanted = versions.iter().find(|version| version.id == price).ok_or(Error::NotFound)?;
    if wanted.started_at <= open.now {
        return Err(Error::Conflict("price-began"));
    }
    entity::delete(open, price).await?;
    if let Some(before) = versions.iter().find(|version| version.ended_at == Some(wanted.started_at)) {
        entity::end(open, before.id, wanted.ended_at).await?;
    }
    let change =
        Change { verb: "price.withdrawn", subject: price.to_string(), before: Some(wanted), after: None::<()> };
    audit::record_installation(open, change).await
}

/// Every flavour in every currency that has a price somewhere, each with its versions, the latest first.
///
/// # Errors
/// Only the database's own.
pub async fn list_prices(open: &Open, _: &Survey<SetPrices>) -> Result<List<PriceHistory>> {
    let items = rules::histories(entity::flavours(open).await?, entity::latest(open).await?, open.now);
    Ok(List { items, next_cursor: None })
}

impl PriceVersion {
    fn stretch(&self) -> rules::Stretch {
        rules::Stretch { started_at: self.started_at, ended_at: self.ended_at }
    }
}

/// What a lease of the flavour costs at an instant, for a refusal that names the flavour.
///
/// # Errors
/// `NotForSale` where there is no price then.
pub async fn price_for_sale_in(
    open: &Open,
    flavour: FlavourId,
    name: &str,
    currency: types::Currency,
    at: Timestamp,
) -> Result<PriceVersion> {
    let not_for_sale = || Error::NotForSale { flavour: name.to_owned() };
    price_at_in(open, flavour, currency, at).await?.ok_or_else(not_for_sale)
}
