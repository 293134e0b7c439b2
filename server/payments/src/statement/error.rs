//! What is wrong with a file of a bank, where, and what to do about it.

use std::fmt;

/// A file that cannot be taken, as a whole: nothing of it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where it is wrong.
    pub place: Place,
    /// What is wrong.
    pub fault: Fault,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// No one place.
    File,
    /// A line, from 1.
    Line(usize),
    /// An element, field or column of a line.
    Part {
        /// The line, from 1.
        line: usize,
        /// What it is called in the file.
        name: String,
    },
}

/// What can be wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It has more bytes, lines or parts than one import takes.
    #[error("the file is larger than one import takes")]
    TooLarge,
    /// Its bytes are no text of this encoding.
    #[error("the bytes are not {0} text")]
    Encoding(&'static str),
    /// It is no well-formed XML.
    #[error("this is no well-formed XML: {0}")]
    Xml(String),
    /// It brings definitions along, which can make any text of it.
    #[error("the file defines entities or refers to them, which is not accepted")]
    Entities,
    /// It is none of this format.
    #[error("this is not a {0} statement")]
    OtherFormat(&'static str),
    /// What every statement has is not there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// It cannot be an amount.
    #[error("“{0}” is not an amount")]
    Amount(String),
    /// It cannot be a date.
    #[error("“{0}” is not a date")]
    Date(String),
    /// It is no currency that the hub keeps books in.
    #[error("“{0}” is not MAD, EUR or USD")]
    Currency(String),
    /// One statement has amounts in two currencies.
    #[error("the amount is in {found}, and the account in {account}")]
    OtherCurrency {
        /// The account's.
        account: String,
        /// The amount's.
        found: String,
    },
    /// It says neither that money came nor that it went.
    #[error("“{0}” says neither credit nor debit")]
    Sign(String),
    /// Both what came and what went are named in one row.
    #[error("both a credit and a debit stand here")]
    TwoAmounts,
    /// What was there, came and went is not what is there. In minor units.
    #[error(
        "the opening balance {opening} and the lines' sum {sum} do not make the closing balance {closing}, in hundredths"
    )]
    Sum {
        /// What was there.
        opening: i64,
        /// What came, less what went.
        sum: i64,
        /// What is said to be there.
        closing: i64,
    },
    /// No row holds this heading.
    #[error("no column is called “{0}”")]
    Column(String),
    /// No row looks like headings.
    #[error("no row names both a date and an amount")]
    Headings,
}

impl Fault {
    /// What to do about it.
    #[must_use]
    pub const fn next(&self) -> &'static str {
        match self {
            Self::Empty => "Download the statement from the bank once more.",
            Self::TooLarge => "Ask the bank for a shorter period, and import one file after the other.",
            Self::Encoding(_) => "Choose the other encoding.",
            Self::Xml(_) => "The file is damaged or cut off: download it once more.",
            Self::Entities => "Ask the bank for a plain file: a bank's own export has no DOCTYPE.",
            Self::OtherFormat(_) => "Choose the format that the bank names.",
            Self::Missing(_) => "Ask the bank for a complete statement of booked items, not a list of pending ones.",
            Self::Amount(_) => "Check the decimal sign and the column; nothing was taken from the file.",
            Self::Date(_) => "Check the order of day, month and year, and the column.",
            Self::Currency(_) => "Import the statement of an account in one of these.",
            Self::OtherCurrency { .. } => "Choose the currency that the account is kept in.",
            Self::Sign(_) => "Compare the line with the bank's paper, and ask the bank what it means.",
            Self::TwoAmounts => "Check which columns are credit and debit.",
            Self::Sum { .. } => "A line is missing or twice: download the statement once more, whole.",
            Self::Column(_) => "Compare the mapping's headings with the file's first rows.",
            Self::Headings => "Say which columns are which by hand.",
        }
    }
}

impl Error {
    pub(super) const fn file(fault: Fault) -> Self {
        Self { place: Place::File, fault }
    }

    pub(super) const fn line(line: usize, fault: Fault) -> Self {
        Self { place: Place::Line(line), fault }
    }

    pub(super) fn part(line: usize, name: impl Into<String>, fault: Fault) -> Self {
        Self { place: Place::Part { line, name: name.into() }, fault }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("the file"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Part { line, name } => write!(f, "line {line}, {name}"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}", self.place, self.fault, self.fault.next())
    }
}

impl std::error::Error for Error {}
