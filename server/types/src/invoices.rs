//! Invoices: the document as it is issued, and what is shown of it. Amounts on a document are whole minor units.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Currency, FlavourId, IntervalId, IntervalReason, InvoiceId, InvoiceStatus, LeaseId, LotId, Money, OrganisationId,
    PriceId, ProjectId, TaxCategory, TaxRuleId, Timestamp, UsedId, word::words,
};

words! {
    /// Who pays a part of an invoice.
    PayerKind {
        /// A funder, by a lot that was granted.
        Sponsored = "sponsored",
        /// The organisation, from its wallet.
        Wallet = "wallet",
    }
}

words! {
    /// Why finance should look at a draft before it is finalised.
    ReviewReason {
        /// Some time was not billed although an instance was wished.
        UnbilledSeconds = "unbilled_seconds",
        /// The total is more than four times that of the period before.
        RoseFourfold = "rose_fourfold",
        /// A price changed within the period.
        PriceChanged = "price_changed",
        /// Something of an earlier period is billed late.
        LateFacts = "late_facts",
        /// It bills seconds of which was learnt later that they could not be used: a credit note is owed.
        Overbilled = "overbilled",
        /// A business that buys has told neither an ICE nor a VAT number for it to name.
        MissingTaxId = "missing_tax_id",
        /// The organisation owes from an invoice that was issued before.
        UnpaidReceivable = "unpaid_receivable",
        /// A line of it is contested and not answered; before a draft is issued, of any invoice of the organisation.
        ContestedLine = "contested_line",
    }
}

/// An invoice as it is previewed and as it is issued: both come from the same function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Document {
    /// Its number; nothing before it is finalised.
    pub number: Option<String>,
    /// The day of issue on the seller's calendar; nothing before it is finalised.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub issued_on: Option<Date>,
    /// The last day to pay what is due; nothing before it is finalised or when nothing is due.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub due_on: Option<Date>,
    /// The language it is written in: en, fr or ar.
    pub language: String,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// The seller's zone, in which its days are meant.
    pub time_zone: String,
    /// Where the billed period begins.
    pub period_started_at: Timestamp,
    /// The first instant after the billed period.
    pub period_ended_at: Timestamp,
    /// Who sells.
    pub seller: Party,
    /// Who buys.
    pub buyer: Party,
    /// What is billed.
    pub lines: Vec<DocumentLine>,
    /// What was lost to faults and is therefore not billed, and why; waiting and ending are no part of what is sold.
    pub unbilled: Vec<UnbilledLine>,
    /// The tax of each rate.
    pub taxes: Vec<DocumentTax>,
    /// The sum of the lines.
    pub net: Money,
    /// The sum of the taxes.
    pub tax: Money,
    /// Net and tax.
    pub total: Money,
    /// Who pays the total, beneath it.
    pub payers: Vec<Payer>,
    /// What is still to be paid of the total.
    pub due: Money,
}

/// A seller or a buyer as the law wants them named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Party {
    /// The legal name.
    pub name: String,
    /// Street and town.
    pub address: String,
    /// Two capital letters.
    pub country: String,
    /// The Moroccan ICE.
    pub ice: Option<String>,
    /// The tax number (IF).
    pub tax_id: Option<String>,
    /// The trade register's number (RC).
    pub trade_register: Option<String>,
    /// The business tax number (TP).
    pub business_tax: Option<String>,
    /// The VAT number; left out where there is none, as in documents from before it was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_id: Option<String>,
}

/// One flavour in one project at one price and one tax: rounded once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentLine {
    /// 1 for the first.
    pub line: u16,
    /// Whose share of the organisation.
    pub project: ProjectId,
    /// What the project was called.
    pub project_name: String,
    /// What was sold.
    pub flavour: FlavourId,
    /// What the flavour was called.
    pub flavour_name: String,
    /// The version of the price.
    pub price: PriceId,
    /// Its number among the flavour's versions.
    pub price_version: i32,
    /// Of one unit for one hour, net.
    pub per_hour: Money,
    /// The rule that it is taxed by.
    pub tax_rule: TaxRuleId,
    /// How it is taxed.
    pub category: TaxCategory,
    /// The rate in millionths.
    pub rate_ppm: i32,
    /// The legal reason for no tax, as a VATEX code.
    pub reason_code: Option<String>,
    /// The first billed second.
    pub started_at: Timestamp,
    /// The first second after the last billed one.
    pub ended_at: Timestamp,
    /// Whether it belongs to a period that was invoiced before its facts were known.
    pub is_late: bool,
    /// Units times seconds.
    pub unit_seconds: i64,
    /// To the micro-unit, before the hub's gifts.
    pub exact: Money,
    /// The hub's own gifts, to the micro-unit.
    pub exact_allowance: Money,
    /// Before the hub's gifts: net and allowance together.
    pub amount: Money,
    /// The hub's own gifts, taken off before tax.
    pub allowance: Money,
    /// What is taxed and paid.
    pub net: Money,
}

/// Time of a flavour in a project that costs nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnbilledLine {
    /// Whose share of the organisation.
    pub project: ProjectId,
    /// What the project was called.
    pub project_name: String,
    /// What was held.
    pub flavour: FlavourId,
    /// What the flavour was called.
    pub flavour_name: String,
    /// Why it is not billed.
    pub reason: IntervalReason,
    /// Units times seconds.
    pub unit_seconds: i64,
}

/// The tax of all lines with one category and rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentTax {
    /// The first of its lines' rules.
    pub tax_rule: TaxRuleId,
    /// How the lines are taxed.
    pub category: TaxCategory,
    /// The rate in millionths.
    pub rate_ppm: i32,
    /// The legal reason for no tax, as a VATEX code.
    pub reason_code: Option<String>,
    /// The sum of the lines.
    pub taxable: Money,
    /// Their tax, rounded once.
    pub tax: Money,
}

/// Who pays a part of the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payer {
    /// A funder or the wallet.
    pub kind: PayerKind,
    /// The lot that paid.
    pub lot: Option<LotId>,
    /// What the lot is called.
    pub name: Option<String>,
    /// How much of the total.
    pub amount: Money,
}

/// An invoice in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceSummary {
    /// Its id.
    pub id: InvoiceId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// How far it has come.
    pub status: InvoiceStatus,
    /// Its number; nothing for a draft.
    pub number: Option<String>,
    /// Where the billed period begins.
    pub period_started_at: Timestamp,
    /// The first instant after the billed period.
    pub period_ended_at: Timestamp,
    /// The sum of the lines; of a draft, when it was made.
    pub net: Money,
    /// The sum of the taxes.
    pub tax: Money,
    /// Net and tax.
    pub total: Money,
    /// The day of issue.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub issued_on: Option<Date>,
    /// The last day to pay what is due.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub due_on: Option<Date>,
    /// When the draft was made.
    pub drafted_at: Timestamp,
    /// When it was numbered.
    pub finalised_at: Option<Timestamp>,
}

/// An invoice with its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceView {
    /// As in a list.
    pub invoice: InvoiceSummary,
    /// As issued; of a draft, as it would be now.
    pub document: Document,
    /// SHA-256 of the document's canonical bytes, in hexadecimal: what a finalisation names.
    pub sha256: String,
}

/// Which document finance wants to finalise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FinaliseInvoice {
    /// The draft.
    pub invoice: InvoiceId,
    /// The digest of the preview that was looked at; refused when it has changed since.
    pub sha256: String,
}

/// A line with everything beneath it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineView {
    /// The line as it stands on the document.
    pub line: DocumentLine,
    /// From when the price's version held.
    pub price_started_at: Timestamp,
    /// Until when it held.
    pub price_ended_at: Option<Timestamp>,
    /// The instances that it bills, by name.
    pub instances: Vec<LineInstance>,
}

/// One instance's part of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineInstance {
    /// Which instance, or which volume.
    pub instance: UsedId,
    /// What it is called.
    pub name: String,
    /// Units times seconds.
    pub unit_seconds: i64,
    /// Before the hub's gifts, to the micro-unit.
    pub net: Money,
    /// The billed stretches, the earliest first.
    pub stretches: Vec<LineStretch>,
}

/// A billed stretch of one usage interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineStretch {
    /// The interval, as the cluster's facts cut it.
    pub interval: IntervalId,
    /// The attempt's lease.
    pub lease: LeaseId,
    /// Which attempt of the instance, 1 for the first.
    pub attempt: i32,
    /// Units held.
    pub units: i32,
    /// The first billed second.
    pub started_at: Timestamp,
    /// The first second after the last billed one.
    pub ended_at: Timestamp,
    /// Before the hub's gifts, to the micro-unit.
    pub net: Money,
}

/// What a recalculation from intervals and price versions says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recalculation {
    /// Whether nothing differs.
    pub is_equal: bool,
    /// How many billed stretches were computed again.
    pub n_stretches: u64,
    /// What differs, at most 100.
    pub differences: Vec<Difference>,
}

/// One thing that differs between an invoice and its recalculation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// Where: a lease's or line's field.
    pub place: String,
    /// What is stored; nothing where it is missing.
    pub stored: Option<String>,
    /// What it comes to now; nothing where nothing should be.
    pub recomputed: Option<String>,
}

/// An invoice that finance looks at, with the reasons to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewView {
    /// The invoice.
    pub invoice: InvoiceSummary,
    /// What the organisation is called.
    pub organisation_name: String,
    /// Its word in addresses.
    pub slug: String,
    /// The total of the period before; nothing for the first.
    pub total_before: Option<Money>,
    /// Units times seconds that were wished and not billed.
    pub unbilled_unit_seconds: i64,
    /// Why to look; none is a draft as expected.
    pub reasons: Vec<ReviewReason>,
}
