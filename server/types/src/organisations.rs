//! Organisations as the hub's staff list them.

use serde::{Deserialize, Serialize};

use crate::{Currency, OrganisationId, QuotaView, Timestamp, word::words};

words! {
    /// Whether an organisation may begin something.
    OrganisationStanding {
        /// It may.
        Active = "active",
        /// The hub suspended it: nothing new starts.
        Suspended = "suspended",
        /// Its owner closed it: nothing new starts, and within a day it can be kept.
        Closing = "closing",
        /// It has ended; its books are kept.
        Closed = "closed",
    }
}

/// An organisation that a person opens for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundOrganisation {
    /// What people call it.
    pub name: String,
    /// What the law calls it.
    pub legal_name: String,
    /// Street and town.
    pub address: String,
    /// Two capital letters.
    pub country: String,
    /// Whether it buys as a business.
    pub is_business: bool,
    /// The one currency it pays in.
    pub currency: Currency,
}

/// What an organisation says of itself; its next invoices carry all but the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrganisationSettings {
    /// What people call it.
    pub name: String,
    /// What the law calls it.
    pub legal_name: String,
    /// Street and town.
    pub address: String,
    /// The Moroccan ICE: 15 digits.
    pub ice: Option<String>,
    /// The tax number (IF).
    pub tax_id: Option<String>,
    /// The trade register's number (RC).
    pub trade_register: Option<String>,
    /// The Moroccan business tax number (TP).
    pub business_tax: Option<String>,
    /// The VAT number, in the form of its country.
    pub vat_id: Option<String>,
    /// The language of its documents: en, fr or ar.
    pub language: String,
}

/// The same, with what only the hub changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationSettingsView {
    /// What it says of itself.
    pub settings: OrganisationSettings,
    /// Two capital letters.
    pub country: String,
    /// Whether it buys as a business.
    pub is_business: bool,
    /// The one currency it pays in.
    pub currency: Currency,
}

/// An organisation in the list of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationView {
    /// Its id.
    pub id: OrganisationId,
    /// Its word in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Two capital letters.
    pub country: String,
    /// The one currency it pays in.
    pub currency: Currency,
    /// Whether the hub suspended it, so that nothing new starts.
    pub is_suspended: bool,
    /// The same in one word with whether it was closed.
    pub standing: OrganisationStanding,
    /// Its members.
    pub n_members: i64,
    /// Instances that are wished to run.
    pub n_running: i64,
    /// When it was founded.
    pub created_at: Timestamp,
}

/// What closing an organisation takes away, before it is closed; and until when it can be kept, afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClosingView {
    /// When it ends; nothing where it is not closed.
    pub closes_at: Option<Timestamp>,
    /// Instances that are wished to run: none may be.
    pub n_running: i64,
    /// Instances that are deleted.
    pub n_instances: i64,
    /// Volumes that are deleted, with all that is on them.
    pub n_volumes: i64,
    /// Gigabytes of all of them together.
    pub volumes_gb: i64,
    /// Members who lose access, the owners among them.
    pub n_members: i64,
    /// Invitations that open nothing any more.
    pub n_invitations: i64,
    /// Tokens that are revoked at once.
    pub n_tokens: i64,
    /// Projects that nobody reaches any more.
    pub n_projects: i64,
    /// Final invoices that are kept.
    pub n_invoices: i64,
    /// The domain whose people come in no more.
    pub domain: Option<String>,
}

/// A quota of one organisation, in the list of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationQuotaView {
    /// Whose.
    pub organisation: OrganisationId,
    /// That organisation's word in addresses.
    pub organisation_slug: String,
    /// What it is called.
    pub organisation_name: String,
    /// What it may hold and holds.
    pub quota: QuotaView,
}
