//! One credit note, as staff look at it.

use domain::{access::policy::ReadInvoices, invoices, papers};
use session::{Allowed, Path, Refused};
use types::{CreditNoteId, PaperId};

use crate::{Office, Page, StaffWay, screens::tenant::credit_note::view};

/// The page.
pub(crate) async fn show(
    office: Office<ReadInvoices>,
    Allowed(scope, seat): Allowed<ReadInvoices>,
    Path((_, id)): Path<(String, CreditNoteId)>,
) -> Result<Page, Refused> {
    let tx = office.portal.db.look(&scope, office.now).await?;
    let note = invoices::credit_note_in(&tx, &scope, id).await?;
    let paper = papers::paper_of_in(&tx, &scope, PaperId::from_uuid(id.uuid())).await?;
    drop(tx);
    let shell = office.shell(StaffWay::Billing).await?;
    let called = format!("{} · {}", seat.name(), note.note.number);
    let place = format!("/o/{}", seat.slug());
    let href = format!("/staff/billing/{}/invoices/{}", seat.slug(), note.note.invoice);
    Ok(office
        .page_of(shell, StaffWay::Billing, &called, || view(office.words(), &note, (&place, paper.as_ref()), &href)))
}
