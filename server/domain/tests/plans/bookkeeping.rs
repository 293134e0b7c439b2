//! The hub's books beside everybody's rows.

use domain::{access::policy::ReadInvoices, books};
use types::{AccountKind, AskBooks, AskJournal};

use crate::{Watch, both_pages, invoiced::Books, now};

/// What lists. What sums up the whole ledger, a year of it or what all have ever owed, reads it.
pub(crate) async fn of_the_books(watch: &mut Watch, books: &Books) {
    let world = &books.world;
    let reads = &world.survey::<ReadInvoices>("auditor").await;
    for ask in [AskJournal::default(), AskJournal { currency: Some(books.tenant.currency), ..AskJournal::default() }] {
        let page = async |page| {
            let open = world.db.survey(reads, now()).await.unwrap();
            books::list_journal(&open, reads, &ask, &page).await
        };
        watch.of("list_journal", async || both_pages(&page).await).await;
    }
    for account in [AccountKind::Wallet, AccountKind::Receivable] {
        let page = async |page| {
            let open = world.db.survey(reads, now()).await.unwrap();
            books::list_account_organisations(&open, reads, account, &AskBooks::default(), &page).await
        };
        watch.of("list_account_organisations", async || both_pages(&page).await).await;
    }
}
