//! Lists of refunds: an organisation's, what it could get back, and the desk of finance.

use domain::{
    access::policy::{ReadBalance, ReadInvoices},
    refunds::{list_desk_refunds, list_refunds_in, refundables_in},
};

use crate::{Watch, both_pages, invoiced::Books, now};

pub(crate) async fn refunds(watch: &mut Watch, books: &Books) {
    let world = &books.world;
    let balance = &world.scope::<ReadBalance>("owner@atlas.test", books.tenant).await;
    let page = async |page| {
        let tx = world.db.look(balance, now()).await.unwrap();
        list_refunds_in(&tx, balance, &page).await
    };
    watch.of("list_refunds_in", async || both_pages(&page).await).await;
    let invoices = &world.scope::<ReadInvoices>("owner@atlas.test", books.tenant).await;
    let came = async || {
        let tx = world.db.look(invoices, now()).await.unwrap();
        drop(refundables_in(&tx, invoices).await.unwrap());
    };
    watch.of("refundables_in", came).await;
    let bills = &world.survey::<ReadInvoices>("finance").await;
    for to_pay in [true, false] {
        let page = async |page| {
            let open = world.db.survey(bills, now()).await.unwrap();
            list_desk_refunds(&open, bills, to_pay, &page).await
        };
        watch.of("list_desk_refunds", async || both_pages(&page).await).await;
    }
}
