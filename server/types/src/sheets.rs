//! A bank's file as it is uploaded, and how a sheet among them is read.

use serde::{Deserialize, Serialize};

use crate::{Currency, word::words};

words! {
    /// What kind of file a statement is.
    StatementFormat {
        /// ISO 20022.
        Camt053 = "camt_053",
        /// SWIFT.
        Mt940 = "mt940",
        /// A sheet of comma-separated values.
        Csv = "csv",
    }
}

words! {
    /// What stands between the cells of a sheet.
    SheetDelimiter {
        /// `;`
        Semicolon = "semicolon",
        /// `,`
        Comma = "comma",
        /// The tabulator.
        Tab = "tab",
        /// `|`
        Bar = "bar",
    }
}

words! {
    /// What stands before cents in a sheet.
    SheetDecimals {
        /// `.`
        Point = "point",
        /// `,`
        Comma = "comma",
    }
}

words! {
    /// How days are written in a sheet.
    SheetDates {
        /// 28/02/2026
        DayMonthYear = "day_month_year",
        /// 02/28/2026
        MonthDayYear = "month_day_year",
        /// 2026-02-28
        YearMonthDay = "year_month_day",
    }
}

/// How a bank's sheet is read; columns are named by their headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SheetMapping {
    /// What stands between cells.
    pub delimiter: SheetDelimiter,
    /// What stands before cents.
    pub decimals: SheetDecimals,
    /// How days are written.
    pub dates: SheetDates,
    /// The day of booking.
    pub booked_on: String,
    /// The value date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_on: Option<String>,
    /// What came and went, with a sign; or `credit` and `debit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// What came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// What went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debit: Option<String>,
    /// Whose money it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_name: Option<String>,
    /// From which account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_account: Option<String>,
    /// What was written, in the order in which it belongs together.
    #[serde(default)]
    pub remittance: Vec<String>,
    /// The bank's own reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// In which currency each row is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// What is in the account after each row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<String>,
}

/// A bank's file, to look at or to book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadStatement {
    /// What the file is called, 1 to 200 characters.
    pub file_name: String,
    /// What it is.
    pub format: StatementFormat,
    /// All that stands in it, as text.
    pub content: String,
    /// Of a sheet: in which currency the account is kept. A sheet does not say whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Of a sheet: how it is read; as the last time, or as it looks, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<SheetMapping>,
}
