//! Seller, buyer and their standing: what stands around the lines of a document.

use jiff::tz::TimeZone;
use sea_orm::FromQueryResult;
use types::{Currency, Party};

use super::{
    compose::Frame,
    standing::NOT_ISSUED,
    usage::{FAULTS, Window},
};
use crate::{Error, Result, Tx};

/// What usage cost beyond the wallet's floor and nobody has paid yet.
const RECEIVABLE: &str = "SELECT coalesce(-sum(p.amount), 0) FROM posting p JOIN account r ON r.id = p.account_id
    WHERE p.organisation_id = $1 AND r.organisation_id IS NULL AND r.kind = 'receivable' AND r.unit = o.currency";

#[derive(FromQueryResult)]
struct PartyRow {
    kind: String,
    legal_name: String,
    address: String,
    country: String,
    ice: Option<String>,
    tax_id: Option<String>,
    trade_register: Option<String>,
    business_tax: Option<String>,
    vat_id: Option<String>,
    currency: Currency,
    language: String,
    time_zone: String,
    hub: types::OrganisationId,
    owed: i64,
    has_funders: bool,
    has_faults: bool,
}

/// Who sells and who buys, and what the buyer's wallet is below zero, in micro-units.
pub(super) struct Parties {
    seller: PartyRow,
    buyer: PartyRow,
}

/// What stands around a document that no period bounds.
pub(crate) struct Standing {
    /// Whose series its number comes from.
    pub(crate) seller_id: types::OrganisationId,
    pub(crate) seller: Party,
    pub(crate) buyer: Party,
    /// The buyer's.
    pub(crate) language: String,
    /// The seller's.
    pub(crate) zone: TimeZone,
}

impl Parties {
    /// Both, as they are now; what is owed for time after the window does not count.
    pub(super) async fn of(tx: &Tx, window: Window) -> Result<Self> {
        let sql = format!(
            "SELECT o.kind, o.legal_name, o.address, o.country, o.ice, o.tax_id, o.trade_register, o.business_tax,
                    o.vat_id, o.currency, o.language, o.time_zone, o.id AS hub,
                    CASE o.kind WHEN 'tenant' THEN greatest(-coalesce(a.posted, 0), 0) + ({RECEIVABLE})
                         - ({NOT_ISSUED} $1 AND m.rated_to > $2)
                         ELSE 0 END::bigint AS owed,
                    (SELECT count(*) > 0 FROM lot
                     WHERE lot.organisation_id = $1 AND lot.kind = 'sponsored') AS has_funders,
                    (SELECT count(*) > 0 FROM usage_interval i WHERE i.organisation_id = $1 AND NOT i.billable
                     AND i.reason IN ({FAULTS}) AND i.started_at < $4
                     AND (i.ended_at > $3 OR i.ended_at IS NULL)) AS has_faults
             FROM organisation o
             LEFT JOIN account a ON a.organisation_id = o.id AND a.kind = 'wallet' AND a.unit = o.currency
             WHERE o.id = $1 OR o.kind = 'hub'"
        );
        let values =
            [tx.organisation.into(), window.ended_at.into(), window.started_at.into(), window.until(tx.now).into()];
        let rows: Vec<PartyRow> = tx.all(&sql, values).await?;
        let (mut hub, mut tenant): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.kind == "hub");
        match (hub.pop(), tenant.pop()) {
            (Some(seller), Some(buyer)) => Ok(Self { seller, buyer }),
            _ => Err(Error::Corrupt("an invoice without seller or buyer".to_owned())),
        }
    }

    /// The seller's id, whose series the number comes from.
    pub(super) fn seller(&self) -> types::OrganisationId {
        self.seller.hub
    }

    /// The seller's zone.
    pub(super) fn zone(&self) -> Result<TimeZone> {
        crate::billing::zone(&self.seller.time_zone)
    }

    /// What the buyer owes beyond what was paid in, in micro-units.
    pub(super) fn owed(&self) -> i64 {
        self.buyer.owed
    }

    /// Whether a funder ever gave the buyer anything.
    pub(super) fn has_funders(&self) -> bool {
        self.buyer.has_funders
    }

    /// Whether any of the window's time was lost to a fault.
    pub(super) fn has_faults(&self) -> bool {
        self.buyer.has_faults
    }

    /// The same without what is owed.
    pub(super) fn standing(self) -> Result<Standing> {
        let (seller_id, zone) = (self.seller(), self.zone()?);
        let language = self.buyer.language.clone();
        Ok(Standing { seller_id, seller: self.seller.party(), buyer: self.buyer.party(), language, zone })
    }

    /// What stands around the lines.
    pub(super) fn frame(self, window: Window) -> Frame {
        Frame {
            language: self.buyer.language.clone(),
            currency: self.buyer.currency,
            time_zone: self.seller.time_zone.clone(),
            period_started_at: window.started_at,
            period_ended_at: window.ended_at,
            seller: self.seller.party(),
            buyer: self.buyer.party(),
        }
    }
}

impl PartyRow {
    fn party(self) -> Party {
        Party {
            name: self.legal_name,
            address: self.address,
            country: self.country,
            ice: self.ice,
            tax_id: self.tax_id,
            trade_register: self.trade_register,
            business_tax: self.business_tax,
            vat_id: self.vat_id,
        }
    }
}
