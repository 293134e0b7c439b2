//! Documents as files: which there are, and what was drawn of each.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{PaperId, Timestamp, word::words};

words! {
    /// What kind of document it is.
    PaperKind {
        /// What was sold in a period.
        Invoice = "invoice",
        /// What is taken back of an invoice.
        CreditNote = "credit_note",
        /// What an announced transfer is to bring.
        ProForma = "pro_forma",
        /// Money that came, by card or by transfer.
        Receipt = "receipt",
        /// What happened in the wallet between two days.
        Statement = "statement",
    }
}

impl PaperKind {
    /// Whether it has an electronic form beside its pages.
    #[must_use]
    pub const fn is_of_account(self) -> bool {
        matches!(self, Self::Invoice | Self::CreditNote)
    }
}

words! {
    /// In which form a document is drawn.
    ArtifactKind {
        /// Pages.
        Pdf = "pdf",
        /// UBL 2.1 after EN 16931, for programs.
        Ubl = "ubl",
    }
}

/// Asks for a statement of account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskStatement {
    /// Its first day on the seller's calendar, from 2000 on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Date,
    /// Its last day, which has begun: at most 366 days in all.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub through: Date,
}

/// A file that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperFile {
    /// In which form.
    pub form: ArtifactKind,
    /// What it is called when it is kept.
    pub name: String,
    /// SHA-256 of its bytes in hexadecimal; its `ETag` in quotes.
    pub sha256: String,
    /// How large it is.
    pub n_bytes: i64,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperView {
    /// Its id: the characters are those of the invoice, the credit note, the transfer or the payment that it says.
    pub id: PaperId,
    /// What it is.
    pub kind: PaperKind,
    /// Its number; nothing before it is drawn, and for a statement.
    pub number: Option<String>,
    /// The first day of a statement.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub from: Option<Date>,
    /// The last day of a statement.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub through: Option<Date>,
    /// When it was made.
    pub asked_at: Timestamp,
    /// When it was drawn; nothing while it waits for that.
    pub drawn_at: Option<Timestamp>,
    /// Whether a form of it that it should have could not be drawn yet; the hub is told.
    pub lacks: bool,
    /// Its files.
    pub files: Vec<PaperFile>,
}

/// A document that is not drawn as it should be, for those who look after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingPaperView {
    /// Its id.
    pub id: PaperId,
    /// What it is.
    pub kind: PaperKind,
    /// Its number, where it has one already.
    pub number: Option<String>,
    /// Whose it is.
    pub organisation_name: String,
    /// The word in its organisation's addresses.
    pub slug: String,
    /// When it was made.
    pub asked_at: Timestamp,
    /// How often it was tried.
    pub attempts: i32,
    /// What stood in the way the last time, as the program says it; nothing where nobody came to it.
    pub trouble: Option<String>,
}
