//! Documents as artefacts: a frozen `Snapshot` becomes a PDF (`pdf`) or an electronic invoice (`ubl`), always the same bytes.
//!
//! Pure: no database, no clock, no file, no machine's fonts or zones. What a document says is decided by who composes the
//! snapshot; here it is only checked that it adds up, worded in its own language and drawn. Storing is `domain`'s.

mod check;
mod error;
mod pdf;
mod sheet;
mod snapshot;
mod spelled;
mod ubl;

pub use error::{Error, Result};
pub use pdf::pdf;
pub use snapshot::{
    CreditNote, Invoice, Item, Means, Movement, PayTo, ProForma, Receipt, Settled, Snapshot, Statement, Tax, Unit,
    Withheld,
};
pub use spelled::spelled;
pub use ubl::ubl;
