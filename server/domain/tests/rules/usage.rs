//! What is billed and what is not before there is an invoice: months side by side, faults, waiting, seconds without a
//! price, faults learnt too late. And a month summed by who used it, beside its invoice and the wallet's entries.

use crate::invoiced::{Books, at, lost_seconds};
use crate::world::facts::Lease;
use domain::{
    Error,
    access::policy::{ReadBalance, ReadInvoices, ReadUsage},
    billing::list_running_periods,
    invoices::{list_for_review, previews_in, unbilled_in},
    ledger::list_entries_in,
    usage::{Month, usage_by_day_of_month_in, usage_of_month_in},
};
use types::{Amount, Cursor, EntryKind, EntrySubject, InvoiceStatus, LotKind, PeriodState, ReviewReason, UsageBy};

#[tokio::test]
async fn a_month_that_has_begun_is_previewed_alike_before_and_after_the_one_before_it_is_closed() {
    let books = Books::open().await;
    books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T20:00:00Z").await;
    books.usage(2, "2026-11-01T10:00:00Z", "2026-11-01T11:00:00Z").await;
    books.world.observe(at("2026-11-02T00:00:00Z")).await;
    books.settle("2026-11-02T00:00:00Z").await;
    let scope = books.world.scope::<ReadUsage>("viewer@atlas.test", books.world.atlas).await;
    let previews = async || {
        let tx = books.world.db.look(&scope, at("2026-11-02T00:00:00Z")).await.unwrap();
        previews_in(&tx, &scope).await.unwrap().items
    };
    let before = previews().await;
    assert_eq!(before.iter().map(|document| document.net.micros).collect::<Vec<_>>(), [60_000_000, 600_000_000]);
    books.close("2026-11-02T00:00:00Z").await.unwrap();
    assert_eq!(previews().await, before[..1]);
}

#[tokio::test]
async fn faults_stand_on_the_document_with_their_reason_and_waiting_only_in_the_usage() {
    let books = Books::open().await;
    let lease = books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
    let mut from = at("2026-10-03T11:00:00Z");
    // Two faults of one kind, and every kind of waiting.
    for reason in ["node_fault", "queued", "scheduling", "pulling", "starting", "node_fault", "stopping"] {
        let to = from.plus_seconds(900);
        books.world.interval(lease, from, Some(to), Some(reason)).await;
        from = to;
    }
    books.world.end(lease, from).await;
    let scope = books.world.scope::<ReadUsage>("viewer@atlas.test", books.world.atlas).await;
    let tx = books.world.db.look(&scope, at("2026-10-20T00:00:00Z")).await.unwrap();
    let usage = unbilled_in(&tx, &scope).await.unwrap();
    let usage: Vec<_> = usage.iter().map(|line| (line.reason.word(), line.unit_seconds)).collect();
    let waits = ["pulling", "queued", "scheduling", "starting", "stopping"].map(|reason| (reason, 1800));
    assert_eq!(usage, [&[("node_fault", 3600)][..], &waits].concat());
    drop(tx);
    let draft = books.closed().await;
    assert_eq!(lost_seconds(&draft.document), [("node_fault".to_owned(), 3600)]);
    assert_eq!((draft.document.lines.len(), draft.document.net.micros), (1, 60_000_000));
    let survey = books.world.survey::<ReadInvoices>("finance").await;
    let open = books.world.db.survey(&survey, at("2026-11-02T00:00:00Z")).await.unwrap();
    let page = list_for_review(&open, &survey, Some(InvoiceStatus::Draft), &Cursor::default()).await.unwrap();
    let review = page.items.iter().find(|review| review.invoice.id == draft.invoice.id).unwrap();
    assert_eq!((review.reasons.as_slice(), review.unbilled_unit_seconds), (&[ReviewReason::UnbilledSeconds][..], 3600));
}

#[tokio::test]
async fn a_fault_that_goes_on_has_lasted_until_now_and_not_until_the_periods_end() {
    let books = Books::open().await;
    let lease = books.world.lease(books.tenant, books.world.h100, 1, at("2026-10-03T10:00:00Z")).await;
    books.world.interval(lease, at("2026-10-03T10:00:00Z"), None, Some("gpu_lost")).await;
    let scope = books.world.scope::<ReadUsage>("viewer@atlas.test", books.world.atlas).await;
    let tx = books.world.db.look(&scope, at("2026-10-03T10:20:00.7Z")).await.unwrap();
    assert_eq!(lost_seconds(&previews_in(&tx, &scope).await.unwrap().items[0]), [("gpu_lost".to_owned(), 1200)]);
    assert_eq!(unbilled_in(&tx, &scope).await.unwrap()[0].unit_seconds, 1200);
}

#[tokio::test]
async fn a_month_in_which_nothing_was_billed_has_no_invoice_however_much_was_waited() {
    let books = Books::open().await;
    let lease = books.world.lease(books.tenant, books.world.h100, 1, at("2026-10-03T10:00:00Z")).await;
    let (from, to) = (at("2026-10-03T10:00:00Z"), at("2026-10-03T12:00:00Z"));
    books.world.interval(lease, from, Some(to), Some("queued")).await;
    books.world.end(lease, to).await;
    books.world.observe(at("2026-11-02T00:00:00Z")).await;
    assert_eq!(books.close("2026-11-02T00:00:00Z").await.unwrap().invoice, None);
}

#[tokio::test]
async fn a_period_with_seconds_that_nobody_priced_is_not_closed_before_they_are_charged() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
    let hole = "UPDATE price SET ended_at = $1 WHERE currency = 'MAD' AND ended_at IS NULL";
    books.world.run(hole, [at("2026-10-03T10:30:00Z").into()]).await;
    books.world.observe(at("2026-11-02T00:00:00Z")).await;
    let refused = books.close("2026-11-02T00:00:00Z").await;
    assert!(matches!(refused, Err(Error::Conflict("usage-without-price"))), "{refused:?}");
    let survey = books.world.survey::<ReadInvoices>("finance").await;
    let open = books.world.db.survey(&survey, at("2026-11-02T00:00:00Z")).await.unwrap();
    let running = list_running_periods(&open, &survey, &Cursor::default()).await.unwrap().items;
    assert_eq!(running.iter().find(|period| period.slug == "atlas").unwrap().state, PeriodState::Waiting);
    drop(open);
    books.world.run("UPDATE price SET ended_at = NULL WHERE currency = 'MAD'", []).await;
    books.world.observe(at("2026-11-03T00:00:00Z")).await;
    let closed = books.close("2026-11-03T00:00:00Z").await.unwrap();
    let draft = books.invoice(closed.invoice.unwrap()).await;
    assert_eq!((draft.document.lines.len(), draft.document.net.micros), (1, 30_000_000));
}

#[tokio::test]
async fn an_invoice_that_bills_a_fault_which_was_learnt_too_late_says_so_in_review() {
    let books = Books::open().await;
    let lease = books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let other = books.usage(1, "2026-10-04T10:00:00Z", "2026-10-04T12:00:00Z").await;
    let draft = books.closed().await;
    let learnt = "INSERT INTO overbilled (organisation_id, lease_id, started_at, ended_at, reason, learnt_at)
                  VALUES ($1, $2, $3, $4, 'gpu_lost', $5)";
    let learn = async |lease: Lease, from: &str, to: &str| {
        let now = at("2026-11-02T00:00:00Z");
        let values = [books.tenant.id.into(), lease.id.into(), at(from).into(), at(to).into(), now.into()];
        books.world.run(learnt, values).await;
    };
    // Beside what was rated, by a second on each side.
    learn(other, "2026-10-04T09:00:00Z", "2026-10-04T10:00:00Z").await;
    assert!(!books.review(draft.invoice.id).await.reasons.contains(&ReviewReason::Overbilled));
    learn(lease, "2026-10-03T11:59:59Z", "2026-10-03T12:00:00Z").await;
    assert!(books.review(draft.invoice.id).await.reasons.contains(&ReviewReason::Overbilled));
    books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    let review = books.review(draft.invoice.id).await;
    assert!(review.reasons.contains(&ReviewReason::Overbilled), "a credit note is owed: {review:?}");
}

#[tokio::test]
async fn a_draft_to_a_business_without_ice_or_vat_number_says_so_and_an_issued_invoice_and_a_person_do_not() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let draft = books.closed().await;
    let lacks = async || books.review(draft.invoice.id).await.reasons.contains(&ReviewReason::MissingTaxId);
    let identity = async |set: &str| {
        let sql = format!("UPDATE organisation SET {set} WHERE id = $1");
        books.world.run(&sql, [books.tenant.id.into()]).await;
    };
    assert!(!lacks().await, "it has an ICE");
    identity("ice = NULL").await;
    assert!(lacks().await);
    identity("is_business = false").await;
    assert!(!lacks().await, "a person has none");
    identity("is_business = true, vat_id = 'FR32123456789'").await;
    assert!(!lacks().await, "one of both is enough");
    identity("vat_id = NULL").await;
    books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    assert!(!lacks().await, "what was issued names whom it names");
}

#[tokio::test]
async fn a_draft_says_that_an_earlier_invoice_is_owed_until_it_is_paid_whatever_was_used_since() {
    let books = Books::open().await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let october = books.closed().await;
    let owes = async |invoice| books.review(invoice).await.reasons.contains(&ReviewReason::UnpaidReceivable);
    assert!(!owes(october.invoice.id).await, "nothing was issued before it");
    let october = books.finalise(october.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    books.usage(2, "2026-11-05T10:00:00Z", "2026-11-05T11:00:00Z").await;
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    let november = books.close("2026-12-02T00:00:00Z").await.unwrap().invoice.unwrap();
    assert!(owes(november).await);
    assert!(!owes(october.invoice.id).await);
    books.top_up(october.document.due.micros - 10_000, "2026-12-03T00:00:00Z").await;
    assert!(owes(november).await, "a centime is left");
    books.top_up(10_000, "2026-12-03T00:00:00Z").await;
    assert!(!owes(november).await, "what is owed now is November's own");
}

#[tokio::test]
async fn a_month_by_member_is_its_invoice_with_grants_apart_and_who_is_no_colleague_has_no_name() {
    let books = Books::open().await;
    books.gift(10_000_000, "2026-10-02T00:00:00Z").await;
    let own = books.usage(2, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let foreign = books.usage(1, "2026-10-04T23:00:00Z", "2026-10-05T01:00:00Z").await;
    for (lease, email) in [(own, "owner@atlas.test"), (foreign, "owner@breton.test")] {
        let whose = "UPDATE lease SET launched_by = (SELECT id FROM person WHERE email = $2) WHERE id = $1";
        books.world.run(whose, [lease.id.into(), email.into()]).await;
    }
    let draft = books.closed().await.document;
    let scope = books.world.scope::<ReadUsage>("viewer@atlas.test", books.world.atlas).await;
    let tx = books.world.db.look(&scope, at("2026-11-02T00:00:00Z")).await.unwrap();
    let october = Month::of_in(&tx, Some("2026-10")).await.unwrap();
    let usage = usage_of_month_in(&tx, &scope, &october, UsageBy::Member).await.unwrap();
    let exact: i64 = draft.lines.iter().map(|line| line.exact.micros).sum();
    assert_eq!((usage.total.net.micros, usage.total.wallet), (exact, draft.total), "the gift is no part of the total");
    // Ten dirhams that are given take off their tax too.
    assert_eq!((usage.total.granted.micros, usage.total.tax.micros), (12_000_000, 36_000_000));
    let owner = books.world.actor("owner@atlas.test").await.person().clone();
    let groups: Vec<_> = usage.groups.iter().map(|group| (group.id.clone(), group.sum.net.micros)).collect();
    assert_eq!((groups.len(), &groups[0]), (2, &(Some(owner.id.to_string()), 120_000_000)));
    assert_eq!(groups[1].1, 60_000_000);
    assert_eq!((usage.groups[0].name.as_deref(), usage.groups[1].name.as_deref()), (Some(owner.name.as_str()), None));
    let days = usage_by_day_of_month_in(&tx, &scope, &october).await.unwrap();
    let used: Vec<_> = days.iter().zip(1..).filter(|(day, _)| day.billed_unit_s > 0).collect();
    let used: Vec<(i32, i64)> = used.into_iter().map(|(day, n)| (n, day.billed_unit_s)).collect();
    assert_eq!((days.len(), used), (31, vec![(3, 14_400), (4, 3_600), (5, 3_600)]));
    let november = Month::of_in(&tx, None).await.unwrap();
    let usage = usage_of_month_in(&tx, &scope, &november, UsageBy::Flavour).await.unwrap();
    assert_eq!((usage.month.as_str(), usage.after.as_deref(), usage.groups.len()), ("2026-11", None, 0));
    let days = usage_by_day_of_month_in(&tx, &scope, &november).await.unwrap();
    assert_eq!(days.len(), 1, "the second day begins now");
}

#[tokio::test]
async fn each_entry_says_which_usage_grant_or_document_it_is_of_with_money_and_time_apart() {
    let books = Books::open().await;
    books.top_up(500_000_000, "2026-10-02T00:00:00Z").await;
    let time = Amount::GpuSeconds { flavour: books.world.h100, seconds: 1_800 };
    let lot = books.lot(LotKind::Sponsored, time);
    let lot = books.give(lot, "2026-10-02T01:00:00Z").await;
    books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T12:00:00Z").await;
    let draft = books.closed().await;
    let invoice = books.finalise(draft.invoice.id, "2026-11-02T01:00:00Z").await.unwrap();
    let credit = books.credit(invoice.invoice.id, &[], "2026-11-02T02:00:00Z").await.unwrap();
    let scope = books.world.scope::<ReadBalance>("billing@atlas.test", books.world.atlas).await;
    let tx = books.world.db.look(&scope, at("2026-11-02T03:00:00Z")).await.unwrap();
    let entries = list_entries_in(&tx, &scope, &Cursor::default()).await.unwrap().items;
    let told: Vec<_> = entries.iter().map(|entry| (entry.kind, entry.subject.clone())).collect();
    let granted = EntrySubject::Lot { id: lot.id, name: "sponsored".to_owned() };
    let used = EntrySubject::Usage { from: at("2026-10-03T10:00:00Z"), through: at("2026-10-03T12:00:00Z") };
    let number = invoice.document.number.clone().unwrap();
    let expected = [
        (
            EntryKind::CreditNote,
            Some(EntrySubject::CreditNote { id: credit.note.id, number: credit.note.number.clone() }),
        ),
        (EntryKind::Invoice, Some(EntrySubject::Invoice { id: invoice.invoice.id, number })),
        (EntryKind::Settlement, Some(used)),
        (EntryKind::Grant, Some(granted)),
        (EntryKind::TopUp, None),
    ];
    assert_eq!(told, expected);
    let moved: Vec<_> =
        entries.iter().map(|entry| (entry.amount.micros, entry.lots.micros, entry.gpu_time.clone())).collect();
    let time = |seconds| vec![Amount::GpuSeconds { flavour: books.world.h100, seconds }];
    // The funder pays half an hour, the wallet an hour and a half with its tax; the credit gives both back.
    let expected = [
        (54_000_000, 0, time(1_800)),
        (0, 0, vec![]),
        (-54_000_000, 0, time(-1_800)),
        (0, 0, time(1_800)),
        (500_000_000, 0, vec![]),
    ];
    assert_eq!(moved, expected);
}
