//! Lists of contested lines: a customer's, an invoice's, and those of the hub's desk.

use domain::{
    access::policy::ReadInvoices,
    disputes::{disputes_of_in, list_all_disputes, list_disputes_in},
};
use types::{DisputeState, InvoiceId};

use crate::{Watch, both_pages, invoiced::Books, now};

pub(crate) async fn lines(watch: &mut Watch, books: &Books, invoice: InvoiceId) {
    let world = &books.world;
    let bills = &world.scope::<ReadInvoices>("owner@atlas.test", books.tenant).await;
    let page = async |page| {
        let tx = world.db.look(bills, now()).await.unwrap();
        list_disputes_in(&tx, bills, &page).await
    };
    watch.of("list_disputes_in", async || both_pages(&page).await).await;
    let of_invoice = async || {
        let tx = world.db.look(bills, now()).await.unwrap();
        drop(disputes_of_in(&tx, bills, invoice).await.unwrap());
    };
    watch.of("disputes_of_in", of_invoice).await;
    let desk = &world.survey::<ReadInvoices>("finance").await;
    for state in [None, Some(DisputeState::Open), Some(DisputeState::Refused)] {
        let page = async |page| {
            let open = world.db.survey(desk, now()).await.unwrap();
            list_all_disputes(&open, desk, state, &page).await
        };
        watch.of("list_all_disputes", async || both_pages(&page).await).await;
    }
}
