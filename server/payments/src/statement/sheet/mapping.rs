//! What a bank's sheet looks like: kept as JSON beside the account that it is for. Columns are named by their headings,
//! so that a bank may move them.

use serde::{Deserialize, Serialize};
use types::Currency;

/// How a sheet is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The account that it is of, which most sheets do not say.
    pub account: String,
    /// What the account is kept in.
    pub currency: Currency,
    /// What its bytes are.
    pub encoding: Encoding,
    /// What stands between cells.
    pub delimiter: Delimiter,
    /// What stands before cents.
    pub decimal_sign: DecimalSign,
    /// How days are written.
    pub date_order: DateOrder,
    /// Which columns there are.
    pub columns: Columns,
}

/// The headings of a sheet; how they are spaced, accented and capitalised does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The day of booking.
    pub booked_on: String,
    /// The value date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value_on: Option<String>,
    /// What came and went.
    pub amount: AmountColumns,
    /// Whose money it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub payer_name: Option<String>,
    /// From which account.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub payer_account: Option<String>,
    /// What was written, in the order in which it belongs together.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub remittance: Vec<String>,
    /// The bank's own reference.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
    /// In which currency each row is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub currency: Option<String>,
    /// What is in the account after each row.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub balance: Option<String>,
}

/// Where amounts stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AmountColumns {
    /// In one column, with a sign.
    Signed(String),
    /// In two.
    Apart {
        /// What came.
        credit: String,
        /// What went, with or without a sign.
        debit: String,
    },
}

/// What bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// Unicode, with or without a mark at its beginning.
    #[serde(rename = "utf-8")]
    Utf8,
    /// The Windows alphabet of western Europe.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// The tabulator.
    Tab,
    /// `|`
    Bar,
}

/// What stands before cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// `.`
    Point,
    /// `,`
    Comma,
}

/// How days are written; what stands between the numbers does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 28/02/2026
    DayMonthYear,
    /// 02/28/2026
    MonthDayYear,
    /// 2026-02-28
    YearMonthDay,
}

impl Delimiter {
    pub(super) const ALL: [Self; 4] = [Self::Semicolon, Self::Tab, Self::Bar, Self::Comma];

    pub(super) const fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }
}

impl DecimalSign {
    pub(super) const fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

impl Columns {
    /// All headings that a sheet must have.
    pub(super) fn headings(&self) -> Vec<&str> {
        let optional = [&self.value_on, &self.payer_name, &self.payer_account, &self.reference];
        let optional = optional.into_iter().chain([&self.currency, &self.balance]).flatten();
        let all = optional.chain([&self.booked_on]).chain(&self.remittance).map(String::as_str);
        all.chain(self.amount.headings()).collect()
    }
}

impl AmountColumns {
    /// The headings of amounts.
    pub(super) fn headings(&self) -> Vec<&str> {
        match self {
            Self::Signed(column) => vec![column],
            Self::Apart { credit, debit } => vec![credit, debit],
        }
    }
}
