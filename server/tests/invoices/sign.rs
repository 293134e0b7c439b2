//! What two people sign: asking, signing, refusing, taking back, and the limits above which it takes two.

use serde_json::{Value, json};
use types::StaffRole;

use crate::portal::{Caller, Shop, first, mad};

const LIMITS: &str = "/api/v1/staff/sign-off-limits";
const LIST: &str = "/api/v1/staff/sign-offs";

/// A draft of 72 MAD where 50 MAD are the limit; two of finance, the draft's address and what was seen of it.
async fn drafted(shop: &Shop) -> (Caller, Caller, String, Value) {
    let (finance, draft) = shop.drafted().await;
    let second = shop.second().await;
    let limit = json!({ "kind": "finalise", "currency": "MAD", "micros": 50_000_000 });
    let set = finance.put(LIMITS, &limit).await;
    assert_eq!((set.status, &set.json()["amount"]), (200, &mad(50)));
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    (finance, second, draft, seen)
}

fn of(asked: &Value, verb: &str) -> String {
    format!("/api/v1/organisations/acme/sign-offs/{}/{verb}", asked["id"].as_str().unwrap())
}

#[tokio::test]
async fn above_the_limit_a_second_person_signs_before_the_invoice_gets_its_number() {
    let shop = Shop::open().await;
    let (finance, second, draft, seen) = drafted(&shop).await;
    let alone = finance.post(&format!("{draft}/finalise"), &seen).await;
    assert_eq!((alone.status, alone.fact()), (409, "sign-off-needed".to_owned()));
    let caller = finance.clone().with("idempotency-key", "k1");
    let path = format!("{draft}/sign-off");
    let asked = caller.post(&path, &seen).await;
    assert_eq!((asked.status, &asked.json()["state"], &asked.json()["amount"]), (201, &json!("open"), &mad(72)));
    assert_eq!(caller.post(&path, &seen).await.body, asked.body, "the same command is told the same");
    let asked = asked.json();
    let listed = first(&second.get(LIST).await);
    assert_eq!((&listed["sign_off"], &listed["slug"]), (&asked, &json!("acme")));
    let own = finance.post(&of(&asked, "sign"), &seen).await;
    assert_eq!((own.status, own.fact()), (409, "sign-off-own".to_owned()));
    let other = second.post(&of(&asked, "sign"), &json!({ "sha256": "00" })).await;
    assert_eq!((other.status, other.fact()), (412, "changed".to_owned()));
    let signed = second.post(&of(&asked, "sign"), &seen).await;
    assert_eq!((signed.status, &signed.json()["state"]), (200, &json!("signed")));
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    assert_eq!(finance.get(LIST).await.json()["items"], json!([]));
}

#[tokio::test]
async fn finance_alone_asks_signs_and_sets_limits_and_the_auditor_reads() {
    let shop = Shop::open().await;
    let (finance, _, draft, seen) = drafted(&shop).await;
    let asked = finance.post(&format!("{draft}/sign-off"), &seen).await.json();
    let auditor = shop.portal.staff(StaffRole::Auditor).await;
    let owner = shop.portal.signed_in("owner@acme.test").await;
    assert_eq!(first(&auditor.get(LIST).await)["sign_off"], asked);
    assert_eq!(auditor.get(LIMITS).await.json()["items"].as_array().unwrap().len(), 12);
    for caller in [&auditor, &owner] {
        assert_eq!(caller.post(&of(&asked, "sign"), &seen).await.status, 403);
        assert_eq!(caller.post(&of(&asked, "refuse"), &json!({ "reason": "No." })).await.status, 403);
        assert_eq!(caller.post(&format!("{draft}/sign-off"), &seen).await.status, 403);
    }
    assert_eq!(owner.get(LIST).await.status, 404, "to who is not staff there is no such list");
}

#[tokio::test]
async fn a_refusal_has_a_reason_and_what_was_refused_or_taken_back_is_asked_anew() {
    let shop = Shop::open().await;
    let (finance, second, draft, seen) = drafted(&shop).await;
    let ask = async || finance.post(&format!("{draft}/sign-off"), &seen).await.json();
    let asked = ask().await;
    let mute = second.post(&of(&asked, "refuse"), &json!({ "reason": "" })).await;
    assert_eq!((mute.status, mute.field()), (422, "reason".to_owned()));
    let refused = second.post(&of(&asked, "refuse"), &json!({ "reason": "The price." })).await.json();
    assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &json!("The price.")));
    let asked = ask().await;
    let stranger = second.post(&of(&asked, "withdraw"), &json!({})).await;
    assert_eq!((stranger.status, stranger.fact()), (409, "sign-off-not-yours".to_owned()));
    assert_eq!(finance.post(&of(&asked, "withdraw"), &json!({})).await.json()["state"], json!("withdrawn"));
    let late = second.post(&of(&asked, "sign"), &seen).await;
    assert_eq!((late.status, late.fact()), (409, "sign-off-decided".to_owned()));
    assert_eq!(ask().await["state"], json!("open"));
}

#[tokio::test]
async fn a_looser_limit_waits_for_a_second_person() {
    let shop = Shop::open().await;
    let second = shop.second().await;
    let finance = &shop.finance;
    let limit = |micros: Option<i64>| json!({ "kind": "write_off", "currency": "EUR", "micros": micros });
    assert_eq!(finance.put(LIMITS, &limit(Some(5))).await.status, 200);
    let waits = finance.put(LIMITS, &limit(None)).await.json();
    assert_eq!((&waits["amount"]["micros"], &waits["waiting"]["amount"]), (&json!(5), &Value::Null));
    let path = format!("{LIMITS}/write_off/EUR");
    let own = finance.post(&format!("{path}/agree"), &json!({})).await;
    assert_eq!((own.status, own.fact()), (409, "sign-off-own".to_owned()));
    let agreed = second.post(&format!("{path}/agree"), &json!({})).await.json();
    assert_eq!((&agreed["amount"], &agreed["waiting"]), (&Value::Null, &Value::Null));
    assert_eq!(second.post(&format!("{path}/withdraw"), &json!({})).await.status, 404);
    assert_eq!(finance.put(LIMITS, &limit(Some(-1))).await.field(), "micros");
    assert_eq!(finance.put(LIMITS, &json!({ "kind": "other", "currency": "EUR" })).await.status, 422);
}

#[tokio::test]
async fn a_debt_is_written_off_once_and_taken_back_by_the_reverse_entry() {
    let shop = Shop::open().await;
    shop.owe(50).await;
    let (finance, path) = (&shop.finance, "/api/v1/organisations/acme/write-offs");
    let before = finance.get(path).await.json();
    assert_eq!((&before["owed"], &before["without_invoice"]), (&mad(50), &mad(50)));
    let debt = |amount: i64| json!({ "amount": mad(amount), "reason": "They are bankrupt." });
    let more = finance.post(path, &debt(51)).await;
    assert_eq!((more.status, more.field()), (422, "amount".to_owned()));
    let caller = finance.clone().with("idempotency-key", "k1");
    let made = caller.post(path, &debt(20)).await;
    assert_eq!((made.status, &made.json()["amount"]), (201, &mad(20)));
    assert_eq!(caller.post(path, &debt(20)).await.body, made.body);
    assert_eq!(finance.get(path).await.json()["owed"], mad(30));
    let wallet = "/api/v1/organisations/acme/wallet";
    assert_eq!(finance.get(wallet).await.json()["receivable"], mad(30));
    let entry = first(&finance.get(&format!("{wallet}/entries")).await);
    assert_eq!((&entry["kind"], &entry["note"]), (&json!("write_off"), &json!("They are bankrupt.")));
    let undo = format!("{path}/{}/undo", made.text("id"));
    assert_eq!(finance.post(&undo, &json!({ "reason": "" })).await.field(), "reason");
    let undone = finance.post(&undo, &json!({ "reason": "They paid." })).await;
    assert_eq!((undone.status, &undone.json()["undo_reason"]), (200, &json!("They paid.")));
    assert_eq!(finance.get(path).await.json()["owed"], mad(50));
    let twice = finance.post(&undo, &json!({ "reason": "Again." })).await;
    assert_eq!((twice.status, twice.fact()), (409, "write-off-undone".to_owned()));
    for caller in [&shop.owner, &shop.incubator] {
        assert_eq!(caller.post(path, &debt(1)).await.status, 403);
    }
}

#[tokio::test]
async fn what_became_of_an_invoice_adds_up_to_its_total() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let standing = format!("{draft}/standing");
    let early = finance.get(&standing).await;
    assert_eq!((early.status, early.fact()), (409, "draft-is-not-owed".to_owned()));
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let part = json!({ "lines": [{ "line": 1, "amount": mad(20) }], "reason": "A node fault." });
    assert_eq!(finance.post(&format!("{draft}/credit-notes"), &part).await.status, 201);
    let told = shop.portal.signed_in("owner@acme.test").await.get(&standing).await.json();
    let expected = json!({ "total": mad(72), "paid": mad(48), "credited": mad(24), "withheld": mad(0),
        "written_off": mad(0), "due": mad(0), "most": mad(0), "withholdings": [] });
    assert_eq!(told, expected);
}
