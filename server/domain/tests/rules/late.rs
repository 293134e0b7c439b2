//! What is learnt late: of a month whose invoice is issued, and of one whose draft waits.

use types::{Document, DocumentLine, ReviewReason};

use crate::invoiced::{Books, at};

#[tokio::test]
async fn facts_learnt_after_finalisation_are_lines_of_the_next_invoice_with_their_own_dates_and_price() {
    let books = Books::open().await;
    let lease = books.usage(1, "2026-10-03T10:00:00Z", "2026-10-03T11:00:00Z").await;
    let draft = books.closed().await;
    let october = books.finalise(draft.invoice.id, "2026-11-02T09:00:00Z").await.unwrap();
    books.world.price(books.world.h100, "MAD", 2, 60_000_000, at("2026-11-01T00:00:00Z")).await;
    let (from, to) = (at("2026-10-03T11:00:00Z"), at("2026-10-03T13:00:00Z"));
    let late = books.world.billable(lease, from, Some(to)).await;
    let learnt = "UPDATE usage_interval SET cut_at = $2 WHERE id = $1";
    books.world.run(learnt, [late.into(), at("2026-11-05T00:00:00Z").into()]).await;
    books.usage(1, "2026-11-05T10:00:00Z", "2026-11-05T11:00:00Z").await;
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    let closed = books.close("2026-12-02T00:00:00Z").await.unwrap();
    let november = books.finalise(closed.invoice.unwrap(), "2026-12-02T09:00:00Z").await.unwrap().document;
    let lines: Vec<_> = november.lines.iter().map(|line| (line.is_late, line.price_version, line.net.micros)).collect();
    assert_eq!(lines, [(false, 2, 60_000_000), (true, 1, 60_000_000)]);
    assert_eq!((november.lines[1].started_at, november.lines[1].ended_at), (from, to));
    assert_eq!(books.invoice(october.invoice.id).await, october);
    assert!(books.recalculate(october.invoice.id).await.is_equal);
    let again = books.recalculate(closed.invoice.unwrap()).await;
    assert!(again.is_equal, "{again:?}");
    let review = books.review(closed.invoice.unwrap()).await;
    assert!(review.reasons.contains(&ReviewReason::LateFacts), "{review:?}");
}

#[tokio::test]
async fn what_is_learnt_late_of_both_sides_of_a_periods_end_is_billed_by_the_draft_that_waits_and_by_the_next() {
    let books = Books::open().await;
    let lease = books.usage(1, "2026-10-31T21:00:00Z", "2026-10-31T22:00:00Z").await;
    let draft = books.closed().await;
    let late = books.world.billable(lease, at("2026-10-31T22:00:00Z"), Some(at("2026-11-01T03:00:00Z"))).await;
    let learnt = "UPDATE usage_interval SET cut_at = $2 WHERE id = $1";
    books.world.run(learnt, [late.into(), at("2026-11-03T00:00:00Z").into()]).await;
    books.usage(1, "2026-11-04T10:00:00Z", "2026-11-04T10:00:07Z").await;
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    // Stretches of both months, and November's own, are rated by one settlement.
    assert!(books.world.settle(books.tenant, at("2026-12-02T00:00:00Z")).await);
    let hours = |document: &Document| {
        let of_line = |line: &DocumentLine| (line.is_late, line.started_at, line.ended_at, line.unit_seconds);
        document.lines.iter().map(of_line).collect::<Vec<_>>()
    };
    let october = [(false, at("2026-10-31T21:00:00Z"), at("2026-11-01T00:00:00Z"), 3 * 3_600)];
    assert_eq!(hours(&books.invoice(draft.invoice.id).await.document), october);
    let issued = books.finalise(draft.invoice.id, "2026-12-02T09:00:00Z").await.unwrap();
    assert_eq!(hours(&issued.document), october);
    let closed = books.close("2026-12-02T10:00:00Z").await.unwrap();
    let november = books.finalise(closed.invoice.unwrap(), "2026-12-02T11:00:00Z").await.unwrap();
    let end = at("2026-11-04T10:00:07Z");
    assert_eq!(hours(&november.document), [(false, at("2026-11-01T00:00:00Z"), end, 3 * 3_600 + 7)]);
    for invoice in [issued, november] {
        let again = books.recalculate(invoice.invoice.id).await;
        assert!(again.is_equal, "{again:?}");
    }
}

#[tokio::test]
async fn what_is_learnt_late_of_two_months_whose_drafts_wait_is_billed_by_each_draft_with_its_own() {
    let books = Books::open().await;
    let lease = books.usage(1, "2026-10-31T21:00:00Z", "2026-10-31T22:00:00Z").await;
    books.usage(1, "2026-11-04T10:00:00Z", "2026-11-04T11:00:00Z").await;
    let october = books.closed().await.invoice.id;
    books.world.observe(at("2026-12-02T00:00:00Z")).await;
    let november = books.close("2026-12-02T00:00:00Z").await.unwrap().invoice.unwrap();
    let late = books.world.billable(lease, at("2026-10-31T22:00:00Z"), Some(at("2026-11-01T03:00:00Z"))).await;
    let learnt = "UPDATE usage_interval SET cut_at = $2 WHERE id = $1";
    books.world.run(learnt, [late.into(), at("2026-12-02T00:00:00Z").into()]).await;
    books.usage(1, "2026-12-03T10:00:00Z", "2026-12-03T11:00:00Z").await;
    books.world.observe(at("2026-12-04T00:00:00Z")).await;
    assert!(books.world.settle(books.tenant, at("2026-12-04T00:00:00Z")).await);
    for (draft, hours) in [(october, 3), (november, 4)] {
        let issued = books.finalise(draft, "2026-12-04T09:00:00Z").await.unwrap().document;
        let lines: Vec<_> = issued.lines.iter().map(|line| (line.is_late, line.unit_seconds)).collect();
        assert_eq!(lines, [(false, hours * 3_600)]);
    }
}
