//! Invoices and credit notes as UBL 2.1 under EN 16931. The crates `en16931` and `en16931-formats` know the standard's rules and
//! the order of its elements; here stands what of ours is which of its terms (BT-1 … BT-165).

mod credit_note;
mod invoice;
mod party;
mod terms;

use en16931::{En16931, Validated};
use en16931_formats::Syntax;

use crate::{Error, Result, Snapshot};

/// The electronic form of an invoice or a credit note that has its number; nothing for what the standard does not know: other
/// kinds, drafts, and documents without a line.
///
/// # Errors
/// As `Snapshot::check`; `Missing` and `Invalid` where the standard wants more than the snapshot says, such as a tax number.
pub fn ubl(snapshot: &Snapshot) -> Result<Option<String>> {
    snapshot.check()?;
    let locale = snapshot.locale().unwrap_or_default();
    let model = match snapshot {
        Snapshot::Invoice(invoice) => invoice::model(locale, invoice)?,
        Snapshot::CreditNote(note) => credit_note::model(locale, &note.document)?,
        Snapshot::ProForma(_) | Snapshot::Receipt(_) | Snapshot::Statement(_) => None,
    };
    model.map(written).transpose()
}

/// Only what the rules hold of is written, and only where all of it could be.
fn written(model: en16931::Invoice) -> Result<String> {
    let proof: Validated<En16931> = Validated::new(model).map_err(|rejected| {
        let broken: Vec<String> =
            rejected.report().fatal().map(|finding| format!("{} at {}", finding.rule, finding.path)).collect();
        Error::Invalid(broken.join(", "))
    })?;
    let written = en16931_formats::write(&proof, Syntax::Ubl);
    let lost: Vec<String> = written.entries.iter().filter(|entry| entry.is_loss()).map(ToString::to_string).collect();
    if lost.is_empty() { Ok(written.xml) } else { Err(Error::Invalid(lost.join(", "))) }
}
