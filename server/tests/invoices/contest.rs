//! Contesting a line of an invoice: who may, what the desk answers, once, and what is refused.

use serde_json::{Value, json};
use types::StaffRole;

use crate::portal::{Caller, Shop, first, mad};

const ROWS: [&str; 5] = ["dispute", "credit_note", "journal_entry", "outbox", "audit"];
const ALL: &str = "/api/v1/staff/disputes";

/// An invoice of one line of 60 MAD net; who finalised it, who pays it, and its address.
async fn finalised(shop: &Shop) -> (Caller, Caller, String) {
    let (finance, draft) = shop.drafted().await;
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    (finance, shop.portal.signed_in("owner@acme.test").await, draft)
}

fn part(amount: i64) -> Value {
    json!({ "line": 1, "amount": mad(amount), "reason": "The node was down." })
}

fn one(dispute: &str) -> String {
    format!("/api/v1/organisations/acme/disputes/{dispute}")
}

#[tokio::test]
async fn a_line_is_contested_seen_by_the_desk_and_answered_by_a_credit_note_of_what_is_contested() {
    let shop = Shop::open().await;
    let (finance, owner, invoice) = finalised(&shop).await;
    let path = format!("{invoice}/disputes");
    let caller = owner.clone().with("idempotency-key", "k1");
    let contested = caller.post(&path, &part(20)).await;
    let dispute = contested.json();
    assert_eq!((contested.status, &dispute["state"], &dispute["total"]), (201, &json!("open"), &mad(24)));
    let again = caller.post(&path, &part(20)).await;
    assert_eq!((again.status, &again.body), (201, &contested.body), "a second press is the same command");
    let waits = first(&finance.get(&format!("{ALL}?state=open")).await);
    assert_eq!((&waits["slug"], &waits["dispute"]), (&json!("acme"), &dispute));
    let review = first(&finance.get("/api/v1/staff/invoices?status=finalised").await);
    assert!(review["reasons"].as_array().unwrap().contains(&json!("contested_line")), "{review}");
    let of_invoice = owner.get(&path).await.json();
    assert_eq!((&of_invoice["open"], &of_invoice["is_contestable"]), (&mad(24), &json!(true)));
    let wallet = "/api/v1/organisations/acme/wallet";
    let balance = async || finance.get(wallet).await.json()["balance"]["micros"].as_i64().unwrap();
    let (before, letters) = (balance().await, shop.portal.count("outbox").await);
    let place = one(dispute["id"].as_str().unwrap());
    let answer = json!({ "answer": "credit", "reason": "You are right." });
    let answered = finance.post(&format!("{place}/answer"), &answer).await;
    let credited = answered.json();
    assert_eq!(
        (answered.status, &credited["state"], &credited["answer"]),
        (200, &json!("credited"), &answer["reason"])
    );
    let note = format!("/api/v1/organisations/acme/credit-notes/{}", credited["credit_note"].as_str().unwrap());
    let note = owner.get(&note).await.json();
    assert_eq!((&note["note"]["total"], &note["note"]["reason"]), (&mad(24), &answer["reason"]));
    assert_eq!(balance().await - before, 24_000_000);
    assert_eq!(shop.portal.count("outbox").await, letters + 1, "its owner is told");
    assert_eq!(owner.get(&place).await.json(), credited);
    assert_eq!(owner.get(&path).await.json()["open"], mad(0));
    assert_eq!(finance.get(&format!("{ALL}?state=open")).await.json()["items"], json!([]));
    assert_eq!(first(&finance.get(ALL).await)["dispute"], credited);
}

#[tokio::test]
async fn a_refusal_moves_nothing_and_neither_it_nor_a_withdrawal_is_ever_undone() {
    let shop = Shop::open().await;
    let (finance, owner, invoice) = finalised(&shop).await;
    let path = format!("{invoice}/disputes");
    let whole = json!({ "line": 1, "reason": "The node was down." });
    let contest = async || owner.post(&path, &whole).await.text("id");
    let refuse = json!({ "answer": "refuse", "reason": "It ran, see its log." });
    let refused = contest().await;
    let notes = shop.rows(&["credit_note", "journal_entry"]).await;
    let answered = finance.post(&format!("{}/answer", one(&refused)), &refuse).await;
    assert_eq!((answered.status, answered.text("state")), (200, "refused".to_owned()));
    assert_eq!(shop.rows(&["credit_note", "journal_entry"]).await, notes);
    // Another one of the same line, which its owner takes back.
    let withdrawn = contest().await;
    let taken = owner.post(&format!("{}/withdraw", one(&withdrawn)), &json!({})).await;
    assert_eq!((taken.status, taken.text("state")), (200, "withdrawn".to_owned()));
    let before = shop.rows(&ROWS).await;
    for dispute in [&refused, &withdrawn] {
        let late = finance.post(&format!("{}/answer", one(dispute)), &refuse).await;
        assert_eq!((late.status, late.fact()), (409, "dispute-answered".to_owned()));
        let late = owner.post(&format!("{}/withdraw", one(dispute)), &json!({})).await;
        assert_eq!((late.status, late.fact()), (409, "dispute-answered".to_owned()));
    }
    assert_eq!(shop.rows(&ROWS).await, before);
}

#[tokio::test]
async fn what_cannot_be_contested_or_answered_names_its_field_and_leaves_nothing() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let path = format!("{draft}/disputes");
    let early = owner.post(&path, &part(1)).await;
    assert_eq!((early.status, early.fact()), (409, "draft-not-contested".to_owned()));
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let before = shop.rows(&ROWS).await;
    for (body, status, field) in [
        (json!({ "line": 1 }), 422, "reason"),
        (json!({ "line": 1, "reason": " " }), 422, "reason"),
        (json!({ "line": 9, "reason": "a fault" }), 422, "line"),
        (part(0), 422, "amount"),
        (part(61), 409, "amount"),
    ] {
        let refused = owner.post(&path, &body).await;
        assert_eq!((refused.status, refused.field()), (status, field.to_owned()), "{body}");
    }
    assert_eq!(shop.rows(&ROWS).await, before);
    let dispute = owner.post(&path, &part(20)).await.text("id");
    let twice = owner.post(&path, &part(1)).await;
    assert_eq!((twice.status, twice.fact()), (409, "line-contested".to_owned()));
    let (place, auditor) = (format!("{}/answer", one(&dispute)), shop.portal.staff(StaffRole::Auditor).await);
    let before = shop.rows(&ROWS).await;
    for (body, field) in [
        (json!({ "answer": "credit" }), "reason"),
        (json!({ "answer": "credit", "reason": "yes", "amount": mad(21) }), "amount"),
        (json!({ "answer": "credit", "reason": "yes", "amount": mad(0) }), "amount"),
        (json!({ "answer": "refuse", "reason": "no", "amount": mad(1) }), "amount"),
    ] {
        let refused = finance.post(&place, &body).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{body}");
    }
    let answer = json!({ "answer": "refuse", "reason": "no" });
    assert_eq!(auditor.post(&place, &answer).await.status, 403, "an auditor only reads");
    assert_eq!(owner.post(&place, &answer).await.status, 403, "nobody answers themselves");
    assert_eq!(finance.post(&path, &part(1)).await.status, 403, "nobody of the hub contests");
    assert_eq!(shop.rows(&ROWS).await, before);
}

#[tokio::test]
async fn after_sixty_days_a_line_is_contested_no_more() {
    let shop = Shop::open().await;
    let (_, _, invoice) = finalised(&shop).await;
    shop.portal.pass(61 * 24 * 3600);
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let path = format!("{invoice}/disputes");
    let late = owner.post(&path, &part(1)).await;
    assert_eq!((late.status, late.fact()), (409, "contest-too-late".to_owned()));
    assert_eq!(owner.get(&path).await.json()["is_contestable"], json!(false));
}
