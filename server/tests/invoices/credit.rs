//! Correcting an invoice: what a credit note would say, issuing it, reading it, and what is refused.

use serde_json::{Value, json};

use crate::portal::{Caller, Shop, first, mad};

const ROWS: [&str; 5] = ["credit_note", "credit_note_line", "credit_note_tax", "journal_entry", "audit"];

/// An invoice of 60 MAD net and 72 in all; finance, and the invoice's address.
async fn finalised(shop: &Shop) -> (Caller, String) {
    let (finance, draft) = shop.drafted().await;
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    (finance, draft)
}

fn part(amount: i64) -> Value {
    json!({ "lines": [{ "line": 1, "amount": mad(amount) }], "reason": "A node fault." })
}

#[tokio::test]
async fn an_invoice_is_credited_as_the_preview_said_once_and_the_wallet_has_it_back() {
    let shop = Shop::open().await;
    let (finance, invoice) = finalised(&shop).await;
    let path = format!("{invoice}/credit-notes");
    let wallet = "/api/v1/organisations/acme/wallet";
    let balance = finance.get(wallet).await.json()["balance"]["micros"].as_i64().unwrap();
    let before = shop.rows(&ROWS).await;
    let preview = finance.post(&format!("{path}/preview"), &part(20)).await;
    assert_eq!((preview.status, &preview.json()["document"]["total"]), (200, &mad(24)));
    assert_eq!(shop.rows(&ROWS).await, before, "a preview stores nothing");
    let mut ask = part(20);
    ask["sha256"] = json!(preview.text("sha256"));
    let caller = finance.clone().with("idempotency-key", "k1");
    let issued = caller.post(&path, &ask).await;
    let note = issued.json()["note"].clone();
    assert_eq!((issued.status, &note["number"], &note["total"]), (201, &json!("TMC-2026-000001"), &mad(24)));
    assert_eq!(issued.json()["document"]["lines"], preview.json()["document"]["lines"]);
    let after = shop.rows(&ROWS).await;
    let again = caller.post(&path, &ask).await;
    assert_eq!((again.status, &again.body), (201, &issued.body));
    let other = caller.post(&path, &part(21)).await;
    assert_eq!((other.status, other.fact()), (409, "key-reused".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, after);
    let now = finance.get(wallet).await.json()["balance"]["micros"].as_i64().unwrap();
    assert_eq!(now - balance, 24_000_000);
    let entry = first(&finance.get(&format!("{wallet}/entries")).await);
    assert_eq!((&entry["kind"], &entry["note"]), (&json!("credit_note"), &json!("A node fault.")));
    let outcome = finance.get(&path).await.json();
    assert_eq!((&outcome["credited"], &outcome["left"], &outcome["notes"][0]), (&mad(24), &mad(48), &note));
    assert_eq!((&outcome["lines"][0]["amount_left"], &outcome["is_open"]), (&mad(40), &json!(true)));
}

#[tokio::test]
async fn notes_are_read_by_the_customer_and_the_auditor_and_issued_by_finance_alone() {
    let shop = Shop::open().await;
    let (finance, invoice) = finalised(&shop).await;
    let path = format!("{invoice}/credit-notes");
    let note = finance.post(&path, &json!({ "reason": "By mistake." })).await.json();
    let list = "/api/v1/organisations/acme/credit-notes";
    let one = format!("{list}/{}", note["note"]["id"].as_str().unwrap());
    let auditor = shop.portal.staff(types::StaffRole::Auditor).await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    for caller in [&finance, &auditor, &owner] {
        assert_eq!(first(&caller.get(list).await), note["note"]);
        let read = caller.get(&one).await;
        assert_eq!(read.json(), note);
        let known = caller.clone().with("if-none-match", read.header("etag")).get(&one).await;
        assert_eq!(known.status, 304, "an issued note never changes");
    }
    for caller in [&auditor, &owner] {
        let refused = caller.post(&path, &json!({ "reason": "By mistake." })).await;
        assert_eq!(refused.status, 403, "{refused:?}");
    }
    let all = first(&auditor.get("/api/v1/staff/credit-notes").await);
    assert_eq!((&all["slug"], &all["note"]), (&json!("acme"), &note["note"]));
}

#[tokio::test]
async fn what_cannot_be_credited_names_its_field_and_leaves_nothing() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let path = format!("{draft}/credit-notes");
    let early = finance.post(&path, &json!({ "reason": "By mistake." })).await;
    assert_eq!((early.status, early.fact()), (409, "draft-has-no-credit".to_owned()));
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let before = shop.rows(&ROWS).await;
    let line = |line: Value| json!({ "lines": [line], "reason": "A node fault." });
    for (body, status, field) in [
        (json!({}), 422, "reason"),
        (json!({ "reason": " " }), 422, "reason"),
        (line(json!({ "line": 9 })), 422, "lines"),
        (line(json!({ "line": 1, "amount": mad(0) })), 422, "amount"),
        (line(json!({ "line": 1, "unit_seconds": 7201 })), 422, "unit_seconds"),
        (line(json!({ "line": 1, "amount": mad(61) })), 409, "amount"),
    ] {
        for path in [path.clone(), format!("{path}/preview")] {
            let refused = finance.post(&path, &body).await;
            assert_eq!((refused.status, refused.field()), (status, field.to_owned()), "{path} {body}");
        }
    }
    let late = json!({ "reason": "A node fault.", "sha256": "00" });
    let late = finance.post(&path, &late).await;
    assert_eq!((late.status, late.fact()), (412, "changed".to_owned()));
    assert_eq!(shop.rows(&ROWS).await, before);
    let rehearsed = finance.post(&format!("{path}?dry_run=true"), &json!({ "reason": "A node fault." })).await;
    assert_eq!((rehearsed.status, &rehearsed.json()["note"]["total"]), (201, &mad(72)));
    assert_eq!(shop.rows(&ROWS).await, before, "a rehearsal stores nothing");
}
