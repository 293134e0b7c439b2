//! What a customer withholds of an invoice: recorded with its certificate, taken back, and what is refused.

use serde_json::{Value, json};
use types::StaffRole;

use crate::portal::{Caller, Shop, first, mad};

const ROWS: [&str; 3] = ["withholding", "journal_entry", "audit"];
const WALLET: &str = "/api/v1/organisations/acme/wallet";

/// An invoice of 9,000 MAD net and 10,800 in all, of which the wallet had 10,000; finance, and the invoice's address.
pub(crate) async fn owing(shop: &Shop) -> (Caller, String) {
    let address = shop.launch("train-1").await;
    let pod = shop.ready(&address).await;
    shop.portal.pass(300 * 3600);
    shop.observe().await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    assert_eq!(owner.post(&format!("{address}/stop"), &json!({})).await.status, 200);
    shop.report(types::ClusterSeen::PodGone(Box::new(pod))).await;
    shop.portal.pass(31 * 24 * 3600);
    shop.observe().await;
    let finance = shop.portal.signed_in("finance@hub.test").await;
    let period = shop.period(&finance).await;
    let closed = finance.post(&format!("/api/v1/organisations/acme/periods/{period}/close"), &json!({})).await;
    let draft = closed.json()["invoice"].as_str().unwrap_or_else(|| panic!("{closed:?}")).to_owned();
    let draft = format!("/api/v1/organisations/acme/invoices/{draft}");
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    (finance, draft)
}

/// A certificate of the invoice's day.
pub(crate) fn certificate(number: &str, amount: i64) -> Value {
    json!({ "certificate": number, "certified_on": "2026-04-14", "amount": mad(amount) })
}

#[tokio::test]
async fn what_was_withheld_is_recorded_once_lowers_the_debt_and_is_taken_back() {
    let shop = Shop::open().await;
    let (finance, invoice) = owing(&shop).await;
    let path = format!("{invoice}/withholdings");
    let owed = async || finance.get(WALLET).await.json()["receivable"].clone();
    assert_eq!(owed().await, mad(800));
    let stands = finance.get(&path).await.json();
    assert_eq!((&stands["total"], &stands["paid"], &stands["due"]), (&mad(10_800), &mad(10_000), &mad(800)));
    assert_eq!((&stands["most"], &stands["withholdings"]), (&mad(800), &json!([])));
    let caller = finance.clone().with("idempotency-key", "k1");
    let recorded = caller.post(&path, &certificate("RS 2026/7", 500)).await;
    assert_eq!((recorded.status, &recorded.json()["amount"]), (201, &mad(500)), "{recorded:?}");
    let after = shop.rows(&ROWS).await;
    assert_eq!(caller.post(&path, &certificate("RS 2026/7", 500)).await.body, recorded.body);
    assert_eq!(shop.rows(&ROWS).await, after);
    assert_eq!(owed().await, mad(300));
    let stands = shop.portal.staff(StaffRole::Auditor).await.get(&path).await.json();
    assert_eq!((&stands["paid"], &stands["withheld"], &stands["due"]), (&mad(10_000), &mad(500), &mad(300)));
    let entry = first(&finance.get(&format!("{WALLET}/entries")).await);
    assert_eq!((&entry["kind"], &entry["note"]), (&json!("withholding"), &json!("RS 2026/7")));
    let vat = finance.get("/api/v1/staff/books/vat").await.json();
    assert_eq!(vat["withheld"], mad(500));
    let ageing = finance.get("/api/v1/staff/books/ageing").await.json();
    assert_eq!(ageing["unpaid"]["total"], mad(300), "the ageing has what is still owed");
    let balance = finance.get("/api/v1/staff/books/trial-balance").await.json();
    let accounts = balance["accounts"].as_array().unwrap();
    let withheld = accounts.iter().find(|account| account["account"] == "withheld").unwrap();
    assert_eq!(withheld["debit"], mad(500));
    assert_eq!(balance["difference"], mad(0));
    let id = recorded.text("id");
    let undo = format!("/api/v1/organisations/acme/withholdings/{id}/undo");
    let undone = finance.post(&undo, &json!({ "reason": "Of another year." })).await;
    assert_eq!((undone.status, &undone.json()["undo_reason"]), (200, &json!("Of another year.")), "{undone:?}");
    assert_eq!(owed().await, mad(800));
    let again = finance.post(&undo, &json!({ "reason": "Once more." })).await;
    assert_eq!((again.status, again.fact()), (409, "withholding-undone".to_owned()));
}

#[tokio::test]
async fn what_cannot_be_withheld_names_the_field_or_what_is_left_and_stores_nothing() {
    let shop = Shop::open().await;
    let (finance, invoice) = owing(&shop).await;
    let (auditor, path) = (shop.portal.staff(StaffRole::Auditor).await, format!("{invoice}/withholdings"));
    let before = shop.rows(&ROWS).await;
    let with = |field: &str, value: Value| {
        let mut ask = certificate("RS 1", 100);
        ask[field] = value;
        ask
    };
    for (ask, field, fact) in [
        (with("certificate", json!(" ")), "certificate", "invalid-length"),
        (with("certificate", json!("x".repeat(61))), "certificate", "invalid-length"),
        (with("certified_on", json!("2026-03-31")), "certified_on", "invalid-certificate-day"),
        (with("certified_on", json!("2027-01-01")), "certified_on", "invalid-certificate-day"),
        (with("amount", mad(0)), "amount", "invalid-amount"),
        (with("amount", json!({ "micros": 1, "currency": "MAD" })), "amount", "invalid-form"),
        (with("amount", json!({ "micros": 1_000_000, "currency": "EUR" })), "amount", "invalid-currency"),
    ] {
        let refused = finance.post(&path, &ask).await;
        assert_eq!(
            (refused.status, refused.field(), refused.fact()),
            (422, field.to_owned(), fact.to_owned()),
            "{ask}"
        );
    }
    let beyond = finance.post(&path, &certificate("RS 1", 801)).await;
    assert_eq!((beyond.status, beyond.fact()), (409, "withholding-exceeds".to_owned()));
    assert_eq!(beyond.json()["arguments"]["most"], mad(800));
    assert_eq!(auditor.post(&path, &certificate("RS 1", 100)).await.status, 403);
    assert_eq!(shop.rows(&ROWS).await, before);
    assert_eq!(finance.post(&path, &certificate("RS 1", 100)).await.status, 201);
    let twice = finance.post(&path, &certificate("RS 1", 100)).await;
    assert_eq!((twice.status, twice.fact()), (409, "certificate-known".to_owned()));
}

#[tokio::test]
async fn an_invoice_that_was_paid_has_nothing_to_withhold_and_its_page_says_so() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let refused = finance.post(&format!("{draft}/withholdings"), &certificate("RS 1", 1)).await;
    assert_eq!((refused.status, refused.fact()), (409, "draft-withholds-nothing".to_owned()));
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let stands = finance.get(&format!("{draft}/withholdings")).await.json();
    assert_eq!((&stands["paid"], &stands["due"], &stands["most"]), (&mad(72), &mad(0), &mad(0)));
    let id = draft.rsplit('/').next().unwrap();
    let page = finance.get(&format!("/staff/billing/acme/invoices/{id}/withhold")).await;
    assert!(page.status == 200 && page.body.contains("Nothing of it can be withheld"), "{}", page.body);
}

#[tokio::test]
async fn finance_records_a_certificate_by_a_form_and_takes_it_back_by_another() {
    let shop = Shop::open().await;
    let (finance, invoice) = owing(&shop).await;
    let id = invoice.rsplit('/').next().unwrap();
    let (paper, page) =
        (format!("/staff/billing/acme/invoices/{id}"), format!("/staff/billing/acme/invoices/{id}/withhold"));
    assert!(finance.get(&paper).await.body.contains(&format!("href=\"{page}\"")), "the way to the form");
    let wrong = finance.form(&page, "certificate=RS+1&certified_on=2026-04-14&amount=801&idempotency_key=a").await;
    assert_eq!(wrong.status, 409, "{}", wrong.body);
    assert!(wrong.body.contains("can still be recorded") && wrong.body.contains("value=\"801\""), "{}", wrong.body);
    let sent = finance.form(&page, "certificate=RS+1&certified_on=2026-04-14&amount=100.50&idempotency_key=b").await;
    assert_eq!((sent.status, sent.header("location")), (303, paper.as_str()), "{}", sent.body);
    let stands = finance.get(&format!("{invoice}/withholdings")).await.json();
    assert_eq!(stands["withheld"]["micros"], 100_500_000);
    let kept = stands["withholdings"][0]["id"].as_str().unwrap().to_owned();
    assert!(finance.get(&paper).await.body.contains("RS 1"), "the certificate stands beside the invoice");
    let unsaid = finance.form(&format!("{page}/undo"), &format!("withholding={kept}&reason=&idempotency_key=c")).await;
    assert_eq!(unsaid.status, 422, "{}", unsaid.body);
    let undone =
        finance.form(&format!("{page}/undo"), &format!("withholding={kept}&reason=wrong&idempotency_key=d")).await;
    assert_eq!((undone.status, undone.header("location")), (303, paper.as_str()), "{}", undone.body);
    assert_eq!(finance.get(&format!("{invoice}/withholdings")).await.json()["withheld"], mad(0));
    // The customer sees how the invoice stands, and nothing that records.
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let theirs = owner.get(&format!("/o/acme/invoices/{id}")).await.body;
    assert!(theirs.contains("Withheld at source") && !theirs.contains("/withhold"), "{theirs}");
}
