//! The hub's books beside everybody's rows.

use domain::{
    access::policy::{ReadBalance, ReadInvoices},
    books, dunning,
};
use types::{AccountKind, AskBooks, AskJournal};

use crate::{Watch, both_pages, invoiced::Books, now};

/// More than any wallet here has.
const DEBT: i64 = 1_000_000_000_000;

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
    let page = async |page| {
        let open = world.db.survey(reads, now()).await.unwrap();
        dunning::list_cases(&open, reads, &page).await
    };
    watch.of("list_cases", async || both_pages(&page).await).await;
    let owed = &world.scope::<ReadBalance>("owner@atlas.test", books.tenant).await;
    let own = async || {
        let tx = world.db.look(owed, now()).await.unwrap();
        drop(dunning::dunning_in(&tx, owed).await.unwrap());
    };
    // Of who owes nothing nothing is read but that: for as long as this lasts the organisation owes.
    let moved = "UPDATE account SET posted = posted - $2, floor = floor - $2
                 WHERE organisation_id = $1 AND kind = 'wallet'";
    world.run(moved, [books.tenant.id.into(), DEBT.into()]).await;
    watch.of("dunning_in", own).await;
    world.run(moved, [books.tenant.id.into(), (-DEBT).into()]).await;
}
