//! The hub's books across organisations: trial balance, journal, ageing, revenue. Amounts are exact micro-units.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Currency, EntryKind, Money, OrganisationId, TaxCategory, Timestamp, word::words};

words! {
    /// What an account of the ledger is for, in the order of a trial balance.
    AccountKind {
        /// The hub's money.
        Bank = "bank",
        /// What a provider of payments has taken for the hub.
        Clearing = "clearing",
        /// What organisations owe because usage went beyond their wallet.
        Receivable = "receivable",
        /// What customers withheld at source: their offices owe it to the hub.
        Withheld = "withheld",
        /// Usage that is charged and not invoiced yet, net.
        Accrued = "accrued",
        /// The tax on it.
        AccruedTax = "accrued_tax",
        /// What funders owe for the lots that they pay.
        Sponsor = "sponsor",
        /// An organisation's money: paid in advance, or owed where it pays on account.
        Wallet = "wallet",
        /// Money that came and that nobody is known to have sent.
        Unmatched = "unmatched",
        /// Refunds that are booked and that the hub's bank has not paid yet.
        Refunds = "refunds",
        /// What is left of funders' lots.
        LotsSponsored = "lots_sponsored",
        /// What is left of the hub's own gifts.
        LotsPromo = "lots_promo",
        /// Revenue that is set aside for later.
        Deferred = "deferred",
        /// The tax that was invoiced.
        Tax = "tax",
        /// What was invoiced, net.
        Revenue = "revenue",
        /// What was given away.
        Promo = "promo",
        /// What was owed and nobody will pay.
        WrittenOff = "written_off",
        /// What ran out unused.
        Breakage = "breakage",
        /// What rounding on documents gave or took.
        Rounding = "rounding",
        /// The other side of GPU time.
        Counterpart = "counterpart",
    }
}

/// Which books are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AskBooks {
    /// In this currency; in the hub's own where nothing is said.
    pub currency: Option<Currency>,
    /// As they stood at the end of this day on the seller's calendar, from 2000 to 9000; now where nothing is said.
    pub day: Option<Date>,
}

/// Which part of the journal is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AskJournal {
    /// From this day on, on the seller's calendar, from 2000 to 9000.
    pub from: Option<Date>,
    /// Up to this day, which still belongs to it.
    pub to: Option<Date>,
    /// Of the books in this currency; of all, and of GPU time too, where nothing is said.
    pub currency: Option<Currency>,
}

/// What every kind of account sums up to, over all organisations. The balances of all of them come to zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrialBalance {
    /// The currency of all its amounts.
    pub currency: Currency,
    /// It holds what was booked before.
    pub at: Timestamp,
    /// The kinds on which something was booked.
    pub accounts: Vec<AccountBalance>,
    /// The sum of all debits.
    pub debit: Money,
    /// The sum of all credits.
    pub credit: Money,
    /// Credits without debits: zero, unless the ledger is broken.
    pub difference: Money,
}

/// What one kind of account sums up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountBalance {
    /// What it is for.
    pub account: AccountKind,
    /// What was posted below zero, as a positive number.
    pub debit: Money,
    /// What was posted above zero.
    pub credit: Money,
    /// Credit without debit: positive where the hub owes or has earned, negative where it is owed or has.
    pub balance: Money,
}

/// What one kind of account sums up to for an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationBalance {
    /// Whose part it is.
    pub organisation: OrganisationId,
    /// What the organisation is called.
    pub organisation_name: String,
    /// Its word in addresses.
    pub slug: String,
    /// Its part of the kind's sums.
    pub part: AccountBalance,
}

/// An entry of the journal with its lines, which sum to zero in each unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalEntry {
    /// The entry's id.
    pub id: String,
    /// When it was booked.
    pub booked_at: Timestamp,
    /// What it books.
    pub kind: EntryKind,
    /// The organisation that it was made for.
    pub organisation: Option<OrganisationId>,
    /// What the organisation is called.
    pub organisation_name: Option<String>,
    /// The number of the invoice or credit note behind it, where there is one.
    pub document: Option<String>,
    /// A reference or a reason, where one was given.
    pub note: Option<String>,
    /// Its lines in their order.
    pub lines: Vec<JournalLine>,
}

/// One line of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalLine {
    /// Its number within the entry.
    pub line: i16,
    /// What the account is for.
    pub account: AccountKind,
    /// A currency, or `gpu_s:` and a flavour's word.
    pub unit: String,
    /// Micro-units of the currency, or seconds of GPU time; below zero on the debit side.
    pub amount: i64,
}

/// What organisations have not paid, by how long they have owed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ageing {
    /// The currency of all its amounts.
    pub currency: Currency,
    /// It holds what was booked before, and ages are counted up to here.
    pub at: Timestamp,
    /// How many organisations owe something.
    pub n_organisations: u32,
    /// The organisations that owe most, at most 1,000.
    pub organisations: Vec<OrganisationAgeing>,
    /// The sums of all of them.
    pub unpaid: AgeingBuckets,
}

/// What one organisation has not paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationAgeing {
    /// Who owes it.
    pub organisation: OrganisationId,
    /// What the organisation is called.
    pub organisation_name: String,
    /// Its word in addresses.
    pub slug: String,
    /// Since when the oldest of it is owed.
    pub oldest_at: Timestamp,
    /// By age.
    pub unpaid: AgeingBuckets,
}

/// Unpaid amounts by age in whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgeingBuckets {
    /// 0 to 30 days.
    pub to_30: Money,
    /// 31 to 60 days.
    pub to_60: Money,
    /// 61 to 90 days.
    pub to_90: Money,
    /// More than 90 days.
    pub older: Money,
    /// All of it.
    pub total: Money,
}

/// Revenue by month, and what was paid or given for later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revenue {
    /// The currency of all its amounts.
    pub currency: Currency,
    /// It holds what was booked before.
    pub at: Timestamp,
    /// Twelve months of the seller's calendar, the earliest first; the last one is the day's.
    pub months: Vec<RevenueMonth>,
}

/// What was earned in a month, and what was deferred at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevenueMonth {
    /// The month's first instant.
    pub started_at: Timestamp,
    /// Net amounts of the invoices that became final in it.
    pub invoiced: Money,
    /// Net amounts of the credit notes that were issued in it, as a positive number.
    pub credited: Money,
    /// What was invoiced without what was credited.
    pub revenue: Money,
    /// By how much usage that is charged and not invoiced grew, net; below zero where invoices caught up.
    pub accrued: Money,
    /// Prepayments at its end: what all wallets held together, those below zero deducted.
    pub prepaid: Money,
    /// What was left of funders' lots of money at its end.
    pub sponsored: Money,
    /// What was left of the hub's own gifts of money at its end.
    pub promo: Money,
}

/// Which declaration of VAT is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AskVat {
    /// Of this month of the seller's calendar, `2026-10`; of the one that runs where nothing is said.
    pub month: Option<String>,
    /// In this currency; in the hub's own where nothing is said.
    pub currency: Option<Currency>,
}

/// What a month's documents say of tax, as it is declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VatSheet {
    /// Which month: `2026-10`.
    pub month: String,
    /// The month before.
    pub before: String,
    /// The month after; nothing while it has not begun.
    pub after: Option<String>,
    /// Its first instant.
    pub started_at: Timestamp,
    /// The first instant after it.
    pub ended_at: Timestamp,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// By treatment, rate and reason, the highest rate first.
    pub rows: Vec<VatRow>,
    /// All rows together.
    pub sum: VatSum,
    /// By how much the ledger's account of tax grew in the month: as much, unless the books are broken.
    pub booked: Money,
    /// What was recorded in the month as withheld by customers, without what was taken back in it.
    pub withheld: Money,
}

/// What was taxed in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VatRow {
    /// How it is taxed.
    pub category: TaxCategory,
    /// The rate in millionths.
    pub rate_ppm: i32,
    /// The legal reason for no tax, as a VATEX code.
    pub reason_code: Option<String>,
    /// Invoices that became final in the month.
    pub invoiced: VatSum,
    /// Credit notes that were issued in it, as positive numbers.
    pub credited: VatSum,
    /// Invoices without credit notes.
    pub sum: VatSum,
}

/// A taxable base and the tax on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VatSum {
    /// The base.
    pub taxable: Money,
    /// The tax, as the documents rounded it.
    pub tax: Money,
}
