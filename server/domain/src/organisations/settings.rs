//! What an organisation says of itself: its name, and the identity that its next invoices carry. What decides its prices
//! and its tax (country, currency, business or not) only the hub changes.

use sea_orm::FromQueryResult;
use types::{Currency, OrganisationSettings, OrganisationSettingsView, Timestamp};

use super::identity;
use crate::{
    Database, Error, Result, Tx,
    access::{Scope, policy::ChangeOrganisation},
    audit,
};

#[derive(FromQueryResult)]
struct Row {
    name: String,
    legal_name: String,
    address: String,
    ice: Option<String>,
    tax_id: Option<String>,
    trade_register: Option<String>,
    business_tax: Option<String>,
    vat_id: Option<String>,
    language: String,
    country: String,
    is_business: bool,
    currency: Currency,
}

const QUERY: &str = "SELECT name, legal_name, address, ice, tax_id, trade_register, business_tax, vat_id, language,
        country, is_business, currency FROM organisation WHERE id = $1";

/// What the organisation says of itself, and what the hub says of it.
///
/// # Errors
/// `NotFound` when the proof is of another organisation.
pub async fn settings_in(tx: &Tx, scope: &Scope<ChangeOrganisation>) -> Result<OrganisationSettingsView> {
    tx.admits(scope)?;
    let row: Option<Row> = tx.one(QUERY, [tx.organisation().into()]).await?;
    row.map(OrganisationSettingsView::from).ok_or(Error::NotFound)
}

/// Changes what the organisation says of itself; the same again is no change. Invoices that are final stay as they are.
///
/// # Errors
/// `Invalid` for the first field that may not be.
pub async fn change_organisation(
    db: &Database,
    scope: &Scope<ChangeOrganisation>,
    ask: &OrganisationSettings,
    now: Timestamp,
) -> Result<()> {
    let tx = db.begin(scope, now).await?;
    // Locked, so that of two changes at once the audit tells the second from the first.
    let row: Option<Row> = tx.one(&format!("{QUERY} FOR UPDATE"), [tx.organisation().into()]).await?;
    let before = OrganisationSettingsView::from(row.ok_or(Error::NotFound)?);
    let after = identity::checked(ask, &before.country)?;
    if before.settings == after {
        return Ok(());
    }
    set_in(&tx, after.clone()).await?;
    let subject = tx.organisation().to_string();
    let (before, after) = (Some(before.settings), Some(after));
    audit::record_in(&tx, audit::Change { verb: "organisation.changed", subject, before, after }).await?;
    tx.commit().await
}

async fn set_in(tx: &Tx, to: OrganisationSettings) -> Result<()> {
    let sql = "UPDATE organisation SET name = $2, legal_name = $3, address = $4, ice = $5, tax_id = $6,
                   trade_register = $7, business_tax = $8, vat_id = $9, language = $10
               WHERE id = $1";
    let values = [
        tx.organisation().into(),
        to.name.into(),
        to.legal_name.into(),
        to.address.into(),
        to.ice.into(),
        to.tax_id.into(),
        to.trade_register.into(),
        to.business_tax.into(),
        to.vat_id.into(),
        to.language.into(),
    ];
    tx.run(sql, values).await.map(drop)
}

impl From<Row> for OrganisationSettingsView {
    fn from(row: Row) -> Self {
        let settings = OrganisationSettings {
            name: row.name,
            legal_name: row.legal_name,
            address: row.address,
            ice: row.ice,
            tax_id: row.tax_id,
            trade_register: row.trade_register,
            business_tax: row.business_tax,
            vat_id: row.vat_id,
            language: row.language,
        };
        Self { settings, country: row.country, is_business: row.is_business, currency: row.currency }
    }
}
