//! From rated seconds to numbered invoices on a real database: closing, drafts, finalisation, replay.

use crate::invoiced::{Books, at, lost_seconds};
use crate::world::patient;
use domain::{
    Error,
    access::policy::{ReadInvoices, ReadUsage},
    billing::list_running_periods,
    invoices::{line_in, list_invoices_in, previews_in, recalculate_in},
};
use futures_util::{StreamExt, stream};
use sea_orm::ConnectionTrait;
use types::{Cursor, Document, PayerKind, PeriodState};

/// The document without what only a finalisation adds.
fn unnumbered(document: &Document) -> Document {
    Document { number: None, issued_on: None, due_on: None, ..document.clone() }
}

#[tokio::test]
async fn a_period_waits_for_every_cluster_with_leases_and_the_refusal_names_it_and_the_time() {
    let books = Books::open().await;
    books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let early = books.close("2026-10-31T23:59:59Z").await;
    assert!(matches!(early, Err(Error::Conflict("period-runs"))), "{early:?}");
    books.world.observe(at("2026-11-01T00:01:59Z")).await;
    match books.close("2026-11-01T01:00:00Z").await {
        Err(Error::NotConfirmed { cluster, known_through, needed }) => {
            assert_eq!(cluster, "tetouan-1");
            assert_eq!((known_through, needed), (at("2026-10-31T23:59:59Z"), at("2026-11-01T00:00:00Z")));
        }
        other => panic!("{other:?}"),
    }
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let open = books.world.db.survey(&survey, at("2026-11-01T01:00:00Z")).await.unwrap();
    let running = list_running_periods(&open, &survey, &Cursor::default()).await.unwrap().items;
    let atlas = running.iter().find(|period| period.slug == "atlas").unwrap();
    assert_eq!((atlas.state, atlas.blockers[0].name.as_str()), (PeriodState::Waiting, "tetouan-1"));
    books.world.observe(at("2026-11-01T00:02:00Z")).await;
    let closed = books.close("2026-11-01T01:00:00Z").await.unwrap();
    assert_eq!(closed.ended_at, at("2026-11-01T00:00:00Z"));
    let again = books.close_period(closed.period, "2026-11-01T01:00:00Z").await;
    assert!(matches!(again, Err(Error::Conflict("period-closed"))), "{again:?}");
}

#[tokio::test]
async fn a_cluster_that_fell_silent_after_all_was_settled_is_waited_for_and_the_list_says_so_too() {
    let books = Books::open().await;
    books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    books.world.observe(at("2026-10-05T00:00:00Z")).await;
    books.settle("2026-10-05T00:00:00Z").await;
    let now = at("2026-11-02T00:00:00Z");
    let survey = books.world.survey::<ReadInvoices>("auditor").await;
    let state = async || {
        let open = books.world.db.survey(&survey, now).await.unwrap();
        let running = list_running_periods(&open, &survey, &Cursor::default()).await.unwrap().items;
        running.into_iter().find(|period| period.slug == "atlas").unwrap().state
    };
    assert_eq!(state().await, PeriodState::Waiting);
    let refused = books.close("2026-11-02T00:00:00Z").await;
    assert!(matches!(&refused, Err(Error::NotConfirmed { cluster, .. }) if cluster == "tetouan-1"), "{refused:?}");
    books.world.observe(now).await;
    assert_eq!(state().await, PeriodState::Ready);
    books.close("2026-11-02T00:00:00Z").await.unwrap();
}

#[tokio::test]
async fn a_period_is_ready_to_close_although_the_next_one_is_already_in_use() {
    let books = Books::open().await;
    books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    books.world.observe(at("2026-10-05T00:00:00Z")).await;
    books.settle("2026-10-05T00:00:00Z").await;
    let lease = books.world.lease(books.world.atlas, books.world.h100, 1, at("2026-11-02T10:00:00Z")).await;
    books.world.billable(lease, at("2026-11-02T10:01:00Z"), None).await;
    let now = at("2026-11-02T12:00:00Z");
    books.world.observe(now).await;
    let survey = books.world.survey::<ReadInvoices>("finance").await;
    let open = books.world.db.survey(&survey, now).await.unwrap();
    let running = list_running_periods(&open, &survey, &Cursor::default()).await.unwrap().items;
    let atlas = running.iter().find(|period| period.slug == "atlas").unwrap();
    assert_eq!(atlas.state, PeriodState::Ready);
}

#[tokio::test]
async fn preview_draft_and_issued_invoice_are_one_document() {
    let books = Books::open().await;
    books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    books.world.observe(at("2026-11-02T00:00:00Z")).await;
    books.settle("2026-11-02T00:00:00Z").await;
    let now = at("2026-11-02T00:00:00Z");
    let scope = books.world.scope::<ReadUsage>("viewer@atlas.test", books.world.atlas).await;
    let tx = books.world.db.look(&scope, now).await.unwrap();
    let preview = previews_in(&tx, &scope).await.unwrap().items.pop().unwrap();
    drop(tx);
    let closed = books.close("2026-11-02T00:00:00Z").await.unwrap();
    let draft = books.invoice(closed.invoice.unwrap()).await;
    assert_eq!(preview, draft.document);
    // 2 GPUs for 10 hours at 30 MAD, and 20 % tax.
    assert_eq!((draft.document.net.micros, draft.document.tax.micros), (600_000_000, 120_000_000));
    let issued = books.finalise(closed.invoice.unwrap(), "2026-11-02T09:00:00Z").await.unwrap();
    assert_eq!(unnumbered(&issued.document), draft.document);
    assert_eq!(issued.document.number.as_deref(), Some("TM-2026-000001"));
    assert_eq!(issued.document.issued_on.unwrap().to_string(), "2026-11-02");
    assert_eq!(issued.document.language, "en");
    assert_eq!(issued, books.invoice(closed.invoice.unwrap()).await);
    assert_eq!(issued.invoice.total, issued.document.total);
    books.ledger_adds_up().await;
}

#[tokio::test]
async fn a_gift_lowers_the_taxed_amount_and_a_funder_pays_beneath_the_total() {
    let books = Books::open().await;
    books.gift(100_000_000, "2026-10-02T00:00:00Z").await;
    books.sponsor(50_000_000, "2026-10-02T00:00:00Z").await;
    books.top_up(1_000_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    let document = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap().document;
    assert_eq!(document.lines[0].allowance.micros, 100_000_000);
    assert_eq!((document.net.micros, document.tax.micros), (200_000_000, 40_000_000));
    let paid: Vec<_> = document.payers.iter().map(|payer| (payer.kind, payer.amount.micros)).collect();
    assert_eq!(paid, [(PayerKind::Sponsored, 50_000_000), (PayerKind::Wallet, 190_000_000)]);
    assert_eq!(document.due.micros, 0);
    books.ledger_adds_up().await;
    assert!(books.recalculate(draft.invoice.id).await.is_equal);
}

#[tokio::test]
async fn what_the_wallet_could_not_cover_is_due() {
    let books = Books::open().await;
    books.top_up(100_000_000, "2026-10-02T00:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    let draft = books.closed().await;
    let document = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap().document;
    assert_eq!((document.total.micros, document.due.micros), (360_000_000, 260_000_000));
    assert_eq!(document.payers.iter().map(|payer| payer.amount.micros).collect::<Vec<_>>(), [100_000_000]);
    assert_eq!(document.due_on.unwrap().to_string(), "2026-12-02");
}

#[tokio::test]
async fn a_line_opens_down_to_instances_and_intervals_that_sum_to_it() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:07Z").await;
    books.usage(3, "2026-10-04T10:00:00Z", "2026-10-04T10:00:11Z").await;
    let draft = books.closed().await;
    let scope = books.world.scope::<ReadInvoices>("billing@atlas.test", books.world.atlas).await;
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let tx = books.world.db.look(&scope, at("2026-11-02T09:00:00Z")).await.unwrap();
    let opened = line_in(&tx, &scope, issued.invoice.id, 1).await.unwrap();
    assert_eq!(opened.line, issued.document.lines[0]);
    assert_eq!(opened.instances.len(), 2);
    let sum = |of: fn(&types::LineInstance) -> i64| opened.instances.iter().map(of).sum::<i64>();
    assert_eq!(sum(|instance| instance.net.micros), opened.line.exact.micros);
    assert_eq!(sum(|instance| instance.unit_seconds), opened.line.unit_seconds);
    assert_eq!(opened.instances[0].stretches[0].started_at.seconds_since(opened.line.started_at) % 86_400, 0);
    assert!(matches!(line_in(&tx, &scope, issued.invoice.id, 2).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn recalculation_notices_a_tampered_item_interval_and_price() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
    let draft = books.closed().await;
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let equal = books.recalculate(issued.invoice.id).await;
    assert!(equal.is_equal && equal.n_stretches > 0, "{equal:?}");
    for (tamper, restore, told) in [
        (
            "UPDATE rated_item SET net = net + 1, gross = gross + 1",
            "UPDATE rated_item SET net = net - 1, gross = gross - 1",
            "net",
        ),
        (
            "UPDATE usage_interval SET ended_at = ended_at - interval '1 second' WHERE billable",
            "UPDATE usage_interval SET ended_at = ended_at + interval '1 second' WHERE billable",
            "seconds",
        ),
        (
            "UPDATE price SET micros_per_hour = micros_per_hour + 3600",
            "UPDATE price SET micros_per_hour = micros_per_hour - 3600",
            "per hour",
        ),
    ] {
        books.world.run(tamper, []).await;
        let found = books.recalculate(issued.invoice.id).await;
        assert!(!found.is_equal, "{tamper}");
        assert!(found.differences.iter().any(|difference| difference.place.ends_with(told)), "{found:?}");
        books.world.run(restore, []).await;
    }
    assert!(books.recalculate(issued.invoice.id).await.is_equal);
}

#[tokio::test]
async fn a_document_that_changed_since_it_was_looked_at_is_not_finalised() {
    let books = Books::open().await;
    let lease = books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
    let seen = books.closed().await;
    let (from, to) = (at("2026-10-03T11:00:00Z"), at("2026-10-03T11:10:00Z"));
    books.world.interval(lease, from, Some(to), Some("gpu_lost")).await;
    let end = books.finalise_seen(seen.invoice.id, &seen.sha256, "2026-11-02T09:00:00Z").await;
    assert!(matches!(end, Err(Error::Changed)), "{end:?}");
    assert_eq!(books.world.number("SELECT count(*) AS n FROM settlement WHERE invoice_id IS NOT NULL", []).await, 0);
    books.finalise(seen.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
}

#[tokio::test]
async fn no_role_changes_what_was_finalised() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
    let draft = books.closed().await;
    let issued = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let database = books.world.database();
    let above_all = [database.superuser_url(), database.owner_url()];
    let portal = [database.tenant_url(), database.staff_url(), database.worker_url()];
    for url in above_all.iter().chain(&portal) {
        let role = sea_orm::Database::connect(url).await.unwrap();
        let organisation = books.world.atlas.id.uuid();
        for change in [
            "UPDATE invoice SET total = total, snapshot = snapshot",
            "UPDATE invoice SET status = 'draft', number = NULL, snapshot = NULL, finalised_at = NULL",
            "DELETE FROM invoice",
            "UPDATE invoice_line SET net = net + 1",
            "DELETE FROM invoice_line",
            "INSERT INTO invoice_tax SELECT organisation_id, invoice_id, gen_random_uuid(), 0, 0 FROM invoice_tax",
            "DELETE FROM invoice_tax",
            "UPDATE settlement SET invoice_id = NULL",
        ] {
            let sql = format!("SELECT set_config('tamuda.organisation', '{organisation}', false); {change}");
            let refused = role.execute_unprepared(&sql).await.unwrap_err().to_string();
            // Those whom no grant binds meet the trigger itself.
            let by_trigger = refused.contains("a finalised document never changes");
            assert!(by_trigger || portal.contains(url), "{change} as {url}: {refused}");
        }
    }
    assert_eq!(books.invoice(issued.invoice.id).await, issued);
}

#[tokio::test]
async fn a_waived_cluster_is_no_longer_waited_for_and_its_unconfirmed_seconds_are_never_billed() {
    let books = Books::open().await;
    books.running_usage("2026-10-31T20:00:00Z").await;
    // The cluster fell silent two hours before the month's end.
    books.world.observe(at("2026-10-31T22:02:00Z")).await;
    assert!(matches!(books.close("2026-11-05T00:00:00Z").await, Err(Error::NotConfirmed { .. })));
    let waiver = books.waive("2026-11-05T00:00:00Z").await.unwrap();
    assert_eq!((waiver.waived_from, waiver.n_intervals), (at("2026-10-31T22:00:00Z"), 1));
    let again = books.waive("2026-11-05T00:00:00Z").await;
    assert!(matches!(again, Err(Error::Conflict("cluster-not-waited-for"))), "{again:?}");
    let closed = books.close("2026-11-05T00:00:00Z").await.unwrap();
    let october = books.finalise(closed.invoice.unwrap(), "2026-11-05T00:00:00Z").await.unwrap().document;
    assert_eq!(october.lines[0].unit_seconds, 2 * 3600);
    assert_eq!(lost_seconds(&october), [("waived".to_owned(), 2 * 3600)]);
    // It is back, and says that all the time the pod ran: what was waived stays waived.
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    let closed = books.close("2026-12-02T00:00:00Z").await.unwrap();
    let november = books.finalise(closed.invoice.unwrap(), "2026-12-02T00:00:00Z").await.unwrap().document;
    assert_eq!(
        november.lines.iter().map(|line| (line.is_late, line.unit_seconds)).collect::<Vec<_>>(),
        [(false, 30 * 86_400)]
    );
}

#[tokio::test]
async fn lists_go_page_by_page_and_a_proof_of_another_organisation_opens_nothing() {
    let books = Books::open().await;
    for month in ["2026-10", "2026-11", "2026-12"] {
        books.usage(1, &format!("{month}-03T10:00:00Z"), &format!("{month}-03T11:00:00Z")).await;
    }
    books.world.observe(at("2027-02-02T00:00:00Z")).await;
    for now in ["2026-11-02T00:00:00Z", "2026-12-02T00:00:00Z", "2027-01-02T00:00:00Z"] {
        books.close(now).await.unwrap();
    }
    let scope = books.world.scope::<ReadInvoices>("owner@atlas.test", books.world.atlas).await;
    let tx = books.world.db.look(&scope, at("2027-01-02T00:00:00Z")).await.unwrap();
    let (mut page, mut seen) = (Cursor { cursor: None, limit: Some(2) }, Vec::new());
    loop {
        let list = list_invoices_in(&tx, &scope, &page).await.unwrap();
        seen.extend(list.items.iter().map(|invoice| invoice.period_ended_at));
        page.cursor = list.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    assert!(seen.len() == 3 && seen.is_sorted_by(|a, b| a > b), "{seen:?}");
    let foreign = books.world.scope::<ReadInvoices>("owner@breton.test", books.world.breton).await;
    assert!(matches!(list_invoices_in(&tx, &foreign, &page).await, Err(Error::NotFound)));
    assert!(matches!(
        recalculate_in(&tx, &foreign, types::InvoiceId::new(at("2027-01-02T00:00:00Z"))).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn a_later_draft_waits_for_the_earlier_one_and_does_not_hold_its_items() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
    books.usage(1, "2026-11-03T10:00:00Z", "2026-11-03T12:00:00Z").await;
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    let october = books.close("2026-12-02T00:00:00Z").await.unwrap().invoice.unwrap();
    let november = books.close("2026-12-02T00:00:00Z").await.unwrap().invoice.unwrap();
    assert_eq!(books.invoice(october).await.document.net.micros, 30_000_000);
    assert_eq!(books.invoice(november).await.document.net.micros, 60_000_000);
    let early = books.finalise(november, "2026-12-02T09:00:00Z").await;
    assert!(matches!(early, Err(Error::Conflict("earlier-draft-waits"))), "{early:?}");
    books.finalise(october, "2026-12-02T09:00:00Z").await.unwrap();
    books.finalise(november, "2026-12-02T09:00:00Z").await.unwrap();
    books.ledger_adds_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_organisations_that_are_finalised_at_once_each_has_the_next_number() {
    let books = Books::open().await;
    let n_racers = if std::env::var("TAMUDA_DEEP").is_ok_and(|deep| deep == "1") { 200 } else { 24 };
    let mut tenants = Vec::new();
    for n in 0..n_racers {
        let books = books.another(&format!("racer-{n}")).await;
        books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
        tenants.push(books);
    }
    books.world.observe(at("2026-11-02T00:00:00Z")).await;
    // Each takes a number and loses it again, over and over, while the others finalise.
    let lose = "DO $$ BEGIN
                    PERFORM take_document_number((SELECT hub_id FROM installation), 'invoice', 2026, '2026-11-01');
                    RAISE EXCEPTION 'lost';
                EXCEPTION WHEN raise_exception THEN NULL; END $$";
    let losing = futures_util::future::join_all((0..10).map(|_| books.world.run(lose, [])));
    let days = ["2026-11-02", "2026-11-03", "2026-11-02", "2026-11-04"];
    let bill = async |(n, books): (usize, &Books)| {
        // The billing run comes twice at once, and so does whoever finalises.
        let period = books.running().await.period;
        let close = || patient(async || books.close_period(period, "2026-11-02T00:00:00Z").await);
        let (one, other) = futures_util::future::join(close(), close()).await;
        let drafts: Vec<_> = [one, other].into_iter().filter_map(|close| close.ok()?.invoice).collect();
        assert_eq!(drafts.len(), 1);
        let now = format!("{}T09:00:00Z", days[n % days.len()]);
        let wrong = patient(async || books.finalise_seen(drafts[0], "not what was seen", &now).await).await;
        assert!(matches!(wrong, Err(Error::Changed)), "{wrong:?}");
        let sha256 = books.invoice(drafts[0]).await.sha256;
        let finalise = || patient(async || books.finalise_seen(drafts[0], &sha256, &now).await);
        let (one, other) = futures_util::future::join(finalise(), finalise()).await;
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|is_ok| **is_ok).count(), 1, "{one:?} {other:?}");
    };
    // More at once than the pool has connections, and not so many that one waits beyond its patience.
    let bills = stream::iter(tenants.iter().enumerate()).for_each_concurrent(24, bill);
    futures_util::future::join(losing, bills).await;
    let gaps = "SELECT count(*) AS n FROM (
                    SELECT right(number, 6)::int AS number, row_number() OVER (ORDER BY number) AS place, issued_on,
                           lag(issued_on) OVER (ORDER BY number) AS before FROM invoice WHERE number IS NOT NULL) i
                WHERE number <> place OR issued_on < before";
    assert_eq!(books.world.number(gaps, []).await, 0);
    let numbered = "SELECT count(*) AS n FROM invoice WHERE number IS NOT NULL";
    assert_eq!(books.world.number(numbered, []).await, n_racers);
}
