//! What a launch costs now: the price and the tax that its lease begins with, and the quote that says so before.

use types::{CoverView, FlavourId, LeaseId, Money, ProjectId, QuoteView, Verdict};
use uuid::Uuid;

use super::verdict::{Circumstances, Offer, gross_of_hour, net_of_hour};
use crate::{
    Result, Tx,
    ledger::{COVER_S, Terms},
    organisations::Buyer,
    prices,
};

/// A buyer's terms of a lease of so many units of a flavour, named for a refusal; the lease itself is still to be made.
pub(crate) async fn terms_in(
    tx: &Tx,
    buyer: &Buyer,
    (flavour, name): (FlavourId, &str),
    units: u32,
    project: ProjectId,
) -> Result<Terms> {
    let price = prices::price_for_sale_in(tx, flavour, name, buyer.currency, tx.now).await?;
    let tax = prices::tax_rule_at_in(tx, &buyer.country, buyer.is_business, tx.now).await?;
    Ok(Terms {
        lease: LeaseId::from_uuid(Uuid::nil()),
        project,
        flavour,
        units,
        currency: buyer.currency,
        micros_per_hour: price.micros_per_hour,
        rate_ppm: tax.rate_ppm,
        seconds: COVER_S,
    })
}

/// The quote of a launch, from its verdict and its cover; storage is added by who asks.
pub(super) fn quote(
    verdict: Verdict,
    offer: &Offer,
    (units, project): (u32, ProjectId),
    around: &Circumstances,
    cover: Option<CoverView>,
) -> QuoteView {
    let money = |micros| Money { micros, currency: around.currency };
    QuoteView {
        project,
        verdict,
        per_hour: net_of_hour(offer, units).map(money),
        per_hour_with_tax: gross_of_hour(offer, units, around.rate_ppm).map(money),
        rate_ppm: around.rate_ppm,
        quota: offer.quota,
        cover,
        volumes: Vec::new(),
        new_volume: None,
    }
}
