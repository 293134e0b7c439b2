//! Money that comes by bank transfer, the pure half: what a customer is told (`reference`, `account`, `qr`), what the
//! bank tells us (`statement`), and which of it pays what (`matching`). No database and no clock; booking is `domain`'s.

mod account;
mod check;
mod matching;
mod qr;
mod reference;
mod statement;
mod text;

pub use account::{AccountFault, Iban, Rib};
pub use matching::{Class, Match, OpenItem, Reason, match_lines};
pub use qr::{Instruction, InstructionFault, svg};
pub use reference::{Reading, Reference};
pub use statement::{
    AmountColumns, Balance, Columns, DateOrder, DecimalSign, Delimiter, Encoding, Error, Fault, Format, Line,
    MAX_BYTES, MAX_LINES, Mapping, Place, Statement, parse, suggest,
};
