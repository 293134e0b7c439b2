//! Lists of transfers, statements and documents: a customer's, and those of finance.

use domain::{
    access::policy::{ReadBalance, ReadInvoices},
    papers::{list_papers_in, list_waiting_papers},
    transfers::{
        list_receiving_accounts, list_statement_lines, list_statements, list_transfers_in, list_waiting_lines,
    },
};
use types::StatementId;

use crate::{Watch, both_pages, invoiced::Books, now};

pub(crate) async fn transfers(watch: &mut Watch, books: &Books) {
    let world = &books.world;
    let balance = &world.scope::<ReadBalance>("owner@atlas.test", books.tenant).await;
    let page = async |page| {
        let tx = world.db.look(balance, now()).await.unwrap();
        list_transfers_in(&tx, balance, &page).await
    };
    watch.of("list_transfers_in", async || both_pages(&page).await).await;
    let bills = &world.survey::<ReadInvoices>("finance").await;
    let accounts = async || {
        let open = world.db.survey(bills, now()).await.unwrap();
        drop(list_receiving_accounts(&open, bills).await.unwrap());
    };
    watch.of("list_receiving_accounts", accounts).await;
    let page = async |page| {
        let open = world.db.survey(bills, now()).await.unwrap();
        list_statements(&open, bills, &page).await
    };
    watch.of("list_statements", async || both_pages(&page).await).await;
    let page = async |page| {
        let open = world.db.survey(bills, now()).await.unwrap();
        list_waiting_lines(&open, bills, &page).await
    };
    watch.of("list_waiting_lines", async || both_pages(&page).await).await;
    let known =
        world.database().rows("SELECT id::text AS id FROM bank_statement s ORDER BY s.id LIMIT 1").await.unwrap();
    let statement = StatementId::from_uuid(known[0]["id"].as_str().unwrap().parse().unwrap());
    let page = async |page| {
        let open = world.db.survey(bills, now()).await.unwrap();
        list_statement_lines(&open, bills, statement, &page).await
    };
    watch.of("list_statement_lines", async || both_pages(&page).await).await;
}

pub(crate) async fn papers(watch: &mut Watch, books: &Books) {
    let world = &books.world;
    let reads = &world.scope::<ReadInvoices>("owner@atlas.test", books.tenant).await;
    let page = async |page| {
        let tx = world.db.look(reads, now()).await.unwrap();
        list_papers_in(&tx, reads, &page).await
    };
    watch.of("list_papers_in", async || both_pages(&page).await).await;
    let bills = &world.survey::<ReadInvoices>("finance").await;
    let page = async |page| {
        let open = world.db.survey(bills, now()).await.unwrap();
        list_waiting_papers(&open, bills, &page).await
    };
    watch.of("list_waiting_papers", async || both_pages(&page).await).await;
}
