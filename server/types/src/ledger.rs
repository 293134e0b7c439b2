//! Requests and views of the ledger: wallet, entries, lots, grants, and what covers a start.

use serde::{Deserialize, Serialize};

use crate::{
    CreditNoteId, Currency, FlavourId, InvoiceId, LotId, Money, ProjectId, RefundId, RefundRail, Timestamp, word::words,
};

words! {
    /// Who pays for a lot, and what it pays.
    LotKind {
        /// The hub's own gift: pays net amounts, and no tax falls on what it pays.
        Promo = "promo",
        /// A funder pays: gross amounts.
        Sponsored = "sponsored",
    }
}

words! {
    /// What an entry of the journal books.
    EntryKind {
        /// Money came in.
        TopUp = "top_up",
        /// A lot was given.
        Grant = "grant",
        /// What was left of a lot was taken back.
        Undo = "undo",
        /// Usage was charged.
        Settlement = "settlement",
        /// What was left of a lot when its time was over.
        Expiry = "expiry",
        /// An invoice became final.
        Invoice = "invoice",
        /// An invoice, or a part of one, was undone.
        CreditNote = "credit_note",
        /// Money came, and nobody knows yet whose it is; or somebody says that it is nobody's here.
        Unmatched = "unmatched",
        /// A transfer was somebody else's.
        TransferUndone = "transfer_undone",
        /// A customer withheld tax of an invoice at source.
        Withholding = "withholding",
        /// That was recorded by mistake.
        WithholdingUndone = "withholding_undone",
        /// What was owed and nobody will pay.
        WriteOff = "write_off",
        /// A debt that was written off is one again.
        WriteOffUndone = "write_off_undone",
        /// Money goes back to the card or the account that it came from.
        Refund = "refund",
        /// A refund failed, and its money is back.
        RefundUndone = "refund_undone",
        /// The hub's bank has paid a refund.
        RefundPaid = "refund_paid",
    }
}

/// An amount that is either money or GPU time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Amount {
    /// Money in the organisation's currency.
    Money(Money),
    /// Time on a flavour.
    GpuSeconds {
        /// Which flavour.
        flavour: FlavourId,
        /// Seconds of one unit of it.
        seconds: i64,
    },
}

/// What an organisation has, and how long it lasts. All amounts of money are gross.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WalletView {
    /// The one currency it pays in.
    pub currency: Currency,
    /// What is booked in the wallet; negative where it pays on account.
    pub balance: Money,
    /// Set aside from the wallet for what runs and for usage that is not booked yet.
    pub held: Money,
    /// What a new start can take from the wallet: balance and credit limit without what is held.
    pub free: Money,
    /// How far below zero the balance may go.
    pub credit_limit: Money,
    /// What usage cost beyond the balance; the next top-up pays it first, and nothing starts before.
    pub receivable: Money,
    /// What is left of all lots that can pay now, by kind and unit.
    pub lots: Vec<LeftView>,
    /// What all running instances cost in an hour now, before lots pay.
    pub per_hour: Money,
    /// When lots and wallet will be used up at the present rate; nothing while nothing runs or it lasts over a year.
    pub empty_at: Option<Timestamp>,
    /// Usage before this instant is booked.
    pub settled_through: Timestamp,
}

/// What is left of lots of one kind and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeftView {
    /// Who pays.
    pub kind: LotKind,
    /// How much is left, held or not.
    pub left: Amount,
}

/// An entry of the journal, as the wallet sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntryView {
    /// What it books.
    pub kind: EntryKind,
    /// When.
    pub booked_at: Timestamp,
    /// What it changed in the wallet.
    pub amount: Money,
    /// The wallet's balance after it.
    pub balance: Money,
    /// What it changed in lots of money; lots of GPU time stand beside.
    pub lots: Money,
    /// What it changed in lots of GPU time, one for each flavour.
    pub gpu_time: Vec<Amount>,
    /// What it is about; nothing for money that came in.
    pub subject: Option<EntrySubject>,
    /// A reference or a reason, where one was given.
    pub note: Option<String>,
}

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EntrySubject {
    /// Usage within this time.
    Usage {
        /// Its first second.
        from: Timestamp,
        /// The second after its last.
        through: Timestamp,
    },
    /// A lot that was given, taken back or ran out.
    Lot {
        /// Which one.
        id: LotId,
        /// What it is called.
        name: String,
    },
    /// An invoice that became final.
    Invoice {
        /// Which one.
        id: InvoiceId,
        /// Its number.
        number: String,
    },
    /// A credit note that was issued.
    CreditNote {
        /// Which one.
        id: CreditNoteId,
        /// Its number.
        number: String,
    },
    /// Money that goes back, or came back because it could not.
    Refund {
        /// Which one.
        id: RefundId,
        /// Which way.
        rail: RefundRail,
        /// The last four characters of the card or the account; nothing while nobody has said them.
        goes_to: Option<String>,
    },
}

/// A lot, and what it has paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotView {
    /// Its id.
    pub id: LotId,
    /// Who pays.
    pub kind: LotKind,
    /// What it is called on bills.
    pub name: String,
    /// How much was given.
    pub granted: Amount,
    /// How much of it was used.
    pub used: Amount,
    /// How much ran out with its time.
    pub expired: Amount,
    /// How much was taken back.
    pub voided: Amount,
    /// How much is left, held or not.
    pub left: Amount,
    /// What its use was worth: the net price where the hub pays, the gross price where a funder does.
    pub paid: Money,
    /// Flavours that it pays for; empty for all.
    pub flavours: Vec<FlavourId>,
    /// Projects that it pays for; empty for all.
    pub projects: Vec<ProjectId>,
    /// Lower burns first.
    pub priority: i16,
    /// The first instant that it pays for.
    pub effective_at: Timestamp,
    /// The first instant that it no longer pays for.
    pub expires_at: Option<Timestamp>,
    /// Why it was given.
    pub reason: String,
    /// The name of who gave it; nothing where the reader may not see that person.
    pub granted_by: Option<String>,
    /// When it was given.
    pub granted_at: Timestamp,
}

/// Asks to give an organisation a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantCredits {
    /// Who pays.
    pub kind: LotKind,
    /// What it is called on bills, 1 to 100 characters.
    pub name: String,
    /// How much.
    pub amount: Amount,
    /// Flavours that it pays for; empty for all.
    #[serde(default)]
    pub flavours: Vec<FlavourId>,
    /// Projects of the organisation that it pays for; empty for all.
    #[serde(default)]
    pub projects: Vec<ProjectId>,
    /// The first instant that it pays for; now where nothing is said.
    #[serde(default)]
    pub effective_at: Option<Timestamp>,
    /// The first instant that it no longer pays for.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// Lower burns first, 0 to 1000; 100 where nothing is said.
    #[serde(default)]
    pub priority: Option<i16>,
    /// Why, 3 to 500 characters.
    pub reason: String,
}

/// What a grant would change, before it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantPreview {
    /// What lots of this kind and unit hold now.
    pub before: LeftView,
    /// What they would hold.
    pub after: LeftView,
    /// The wallet, which a grant leaves as it is.
    pub balance: Money,
    /// When the money ends now.
    pub empty_before: Option<Timestamp>,
    /// When it would end.
    pub empty_after: Option<Timestamp>,
}

/// Asks to take back what is left of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UndoGrant {
    /// Why, 3 to 500 characters.
    pub reason: String,
}

/// Asks to book money that arrived at the hub's bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordTransfer {
    /// The bank's reference, 3 to 100 characters; it is booked once for ever.
    pub reference: String,
    /// How much arrived.
    pub amount: Money,
}

/// What a start sets aside, and who pays for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoverView {
    /// The gross price of the time that is set aside.
    pub reserved: Money,
    /// Seconds that are set aside.
    pub seconds: i64,
    /// Who covers it, in the order of paying; the wallet last.
    pub paid_by: Vec<PayerView>,
    /// What is missing; zero where it can start.
    pub missing: Money,
    /// What has to be paid before anything starts.
    pub receivable: Money,
    /// When lots and wallet would be used up with it running; nothing where they last over a year.
    pub lasts_until: Option<Timestamp>,
}

/// Who covers a part of a start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PayerView {
    /// The lot's id; nothing for the wallet.
    pub lot: Option<LotId>,
    /// What the lot is called; nothing for the wallet.
    pub name: Option<String>,
    /// How much of it is set aside.
    pub amount: Amount,
}
