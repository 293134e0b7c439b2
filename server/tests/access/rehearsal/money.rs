//! What is rehearsed of money: documents, debts, transfers and cards.

use std::sync::Arc;

use axum::http::Method;
use serde_json::{Value, json};
use types::StaffRole;

use super::{Done, inside, last, outside, rehearse};
use crate::{
    invoices::withhold::{certificate, owing},
    portal::{Double, Shop, TestPortal, first, mad, signed},
    transfers::{LINES, STATEMENTS, announced, paid_in_dirhams, upload},
    wallet::refunds::{REFUNDS, came},
};

/// A draft is numbered, and what was numbered corrected.
pub(super) async fn of_invoices() -> Done {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let (id, seen) = (last(&draft), json!({ "sha256": finance.get(&draft).await.text("sha256") }));
    let finalise = inside("post", "/invoices/{invoice}/finalise", &id, &finance, (seen.clone(), 200));
    let mut done = rehearse(&shop.portal, &[finalise]).await;
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let (path, fault) = ("/invoices/{invoice}/credit-notes", json!({ "reason": "A node fault." }));
    let preview = inside("post", &format!("{path}/preview"), &id, &finance, (fault.clone(), 200));
    let issue = inside("post", path, &id, &finance, (fault, 201));
    done.extend(rehearse(&shop.portal, &[preview, issue]).await);
    done
}

/// What a customer withheld of what it owes is recorded, and taken back.
pub(super) async fn of_withholdings() -> Done {
    let shop = Shop::open().await;
    let (finance, invoice) = owing(&shop).await;
    let (id, path) = (last(&invoice), "/invoices/{invoice}/withholdings");
    let record = inside("post", path, &id, &finance, (certificate("RS 1", 100), 201));
    let mut done = rehearse(&shop.portal, &[record]).await;
    let kept = finance.post(&format!("{invoice}/withholdings"), &certificate("RS 1", 100)).await.text("id");
    let why = json!({ "reason": "a test" });
    let undo = inside("post", "/withholdings/{withholding}/undo", &kept, &finance, (why, 200));
    done.extend(rehearse(&shop.portal, &[undo]).await);
    done
}

/// A line is contested, taken back and answered.
pub(super) async fn of_disputes() -> Done {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let (invoice, seen) = (last(&draft), json!({ "sha256": finance.get(&draft).await.text("sha256") }));
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let owner = shop.portal.signed_in("owner@acme.test").await;
    let ask = json!({ "line": 1, "amount": mad(20), "reason": "a test" });
    let contest = inside("post", "/invoices/{invoice}/disputes", &invoice, &owner, (ask.clone(), 201));
    let mut done = rehearse(&shop.portal, &[contest]).await;
    let dispute = owner.post(&format!("{draft}/disputes"), &ask).await.text("id");
    let answer = json!({ "answer": "credit", "reason": "a test" });
    let ends = [
        inside("post", "/disputes/{dispute}/withdraw", &dispute, &owner, (json!({}), 200)),
        inside("post", "/disputes/{dispute}/answer", &dispute, &finance, (answer, 200)),
    ];
    done.extend(rehearse(&shop.portal, &ends).await);
    done
}

/// What two people sign, and debts that are given up.
pub(super) async fn of_signatures() -> Done {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let second = shop.second().await;
    let (id, seen) = (last(&draft), json!({ "sha256": finance.get(&draft).await.text("sha256") }));
    let (limits, strict) =
        ("/api/v1/staff/sign-off-limits", json!({ "kind": "finalise", "currency": "MAD", "micros": 0 }));
    let set = outside("put", limits, "", &finance, (strict.clone(), 200));
    let mut done = rehearse(&shop.portal, &[set]).await;
    assert_eq!(finance.put(limits, &strict).await.status, 200);
    assert_eq!(finance.put(limits, &json!({ "kind": "finalise", "currency": "MAD" })).await.status, 200);
    let agree = format!("{limits}/{{kind}}/{{currency}}/agree");
    let agree = outside("post", &agree, "", &second, (json!({}), 200));
    let withdraw = format!("{limits}/{{kind}}/{{currency}}/withdraw");
    let withdraw = outside("post", &withdraw, "", &second, (json!({}), 200));
    let ask = inside("post", "/invoices/{invoice}/sign-off", &id, &finance, (seen.clone(), 201));
    done.extend(rehearse(&shop.portal, &[agree, withdraw, ask]).await);
    let asked = finance.post(&format!("{draft}/sign-off"), &seen).await.text("id");
    let of = |verb: &str| format!("/sign-offs/{{sign_off}}/{verb}");
    let sign = inside("post", &of("sign"), &asked, &second, (seen, 200));
    let refuse = inside("post", &of("refuse"), &asked, &second, (json!({ "reason": "No." }), 200));
    let back = inside("post", &of("withdraw"), &asked, &finance, (json!({}), 200));
    done.extend(rehearse(&shop.portal, &[sign, refuse, back]).await);
    done.extend(of_write_offs().await);
    done
}

pub(super) async fn of_write_offs() -> Done {
    let shop = Shop::open().await;
    shop.owe(50).await;
    let debt = json!({ "amount": mad(20), "reason": "They are bankrupt." });
    let make = inside("post", "/write-offs", "", &shop.finance, (debt.clone(), 201));
    let mut done = rehearse(&shop.portal, &[make]).await;
    let made = shop.finance.post("/api/v1/organisations/acme/write-offs", &debt).await.text("id");
    let undo =
        inside("post", "/write-offs/{write_off}/undo", &made, &shop.finance, (json!({ "reason": "Paid." }), 200));
    let strict = json!({ "kind": "write_off", "currency": "MAD", "micros": 0 });
    assert_eq!(shop.finance.put("/api/v1/staff/sign-off-limits", &strict).await.status, 200);
    let ask = inside("post", "/write-offs/sign-off", "", &shop.finance, (debt, 201));
    done.extend(rehearse(&shop.portal, &[undo, ask]).await);
    done
}

/// A period ends without the word of its cluster, which is waived.
pub(super) async fn of_periods() -> Done {
    let shop = Shop::open().await;
    shop.ready(&shop.launch("one").await).await;
    shop.portal.pass(32 * 24 * 3600);
    let finance = shop.portal.signed_in("finance@hub.test").await;
    let period = shop.period(&finance).await;
    let path = format!("/api/v1/organisations/acme/periods/{period}");
    let waiver = json!({ "cluster": shop.cluster.to_string(), "reason": "It burnt down." });
    let waive = inside("post", "/periods/{period}/waive", &period, &finance, (waiver.clone(), 200));
    let mut done = rehearse(&shop.portal, &[waive]).await;
    assert_eq!(finance.post(&format!("{path}/waive"), &waiver).await.status, 200);
    // Before it closes a period it books what is due, in a rehearsal too: that happens by itself and is no part of it.
    assert_eq!(finance.post(&format!("{path}/close?dry_run=true"), &json!({})).await.status, 200);
    let close = inside("post", "/periods/{period}/close", &period, &finance, (json!({}), 200));
    done.extend(rehearse(&shop.portal, &[close]).await);
    done
}

/// A month is opened, its drafts are finalised all at once, and it is closed.
pub(super) async fn of_months() -> Done {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let (id, month, path) = (last(&draft), "2026-03", "/api/v1/staff/months");
    let write = |rest: &str, id, done| outside("post", &format!("{path}{rest}"), id, &finance, done);
    let open = json!({ "month": month });
    // The draft has a reason to look at it: a business without its number.
    let look = inside("post", "/invoices/{invoice}/look", &id, &finance, (json!({ "reason": "They wrote." }), 200));
    let all = write("/{month}/finalise", month, (json!({}), 202));
    let mut done = rehearse(&shop.portal, &[write("", "", (open.clone(), 201)), look, all]).await;
    assert_eq!(finance.post(path, &open).await.status, 201);
    let run = finance.post(&format!("{path}/{month}/finalise"), &json!({})).await.text("id");
    let stop = outside("post", "/api/v1/staff/finalise-runs/{run}/stop", &run, &finance, (json!({}), 200));
    done.extend(rehearse(&shop.portal, &[stop]).await);
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    done.extend(rehearse(&shop.portal, &[write("/{month}/close", month, (json!({}), 200))]).await);
    let second = shop.second().await;
    let strict = json!({ "kind": "close", "currency": "MAD", "micros": 0 });
    assert_eq!(finance.put("/api/v1/staff/sign-off-limits", &strict).await.status, 200);
    done.extend(rehearse(&shop.portal, &[write("/{month}/sign-off", month, (json!({}), 201))]).await);
    let asked = finance.post(&format!("{path}/{month}/sign-off"), &json!({})).await;
    let seen = json!({ "sha256": asked.text("body_sha256") });
    let decide =
        |verb: &str, who, done| outside("post", &format!("{path}/{{month}}/sign-off/{verb}"), month, who, done);
    let decided = [
        decide("sign", &second, (seen, 200)),
        decide("refuse", &second, (json!({ "reason": "No." }), 200)),
        decide("withdraw", &finance, (json!({}), 200)),
    ];
    done.extend(rehearse(&shop.portal, &decided).await);
    done
}

/// Transfers are announced and called off, and what the bank says of them is booked and decided.
pub(super) async fn of_transfers() -> Done {
    let shop = paid_in_dirhams().await;
    let (owner, finance) = (&shop.owner, &shop.finance);
    let announced = announced(&shop, 30_000).await;
    assert_eq!(finance.post(STATEMENTS, &upload(25_000, "thank you")).await.status, 201);
    let line = first(&finance.get(LINES).await);
    let (transfer, line) = (announced["id"].as_str().unwrap(), line["id"].as_str().unwrap());
    let account = json!({ "currency": "EUR", "beneficiary": "Hub of Tétouan", "bank": "Bank of Tétouan",
        "iban": "011 519 0000012050005349 21" });
    let (whose, why) = (json!({ "organisation": "acme", "transfer": transfer }), json!({ "reason": "a test" }));
    let bank = |rest: &str, id, done| outside("post", &format!("/api/v1/staff/bank{rest}"), id, finance, done);
    let first = [
        inside("post", "/transfers", "", owner, (json!({ "amount": mad(5) }), 201)),
        inside("post", "/statements", "", owner, (json!({ "from": "2026-03-01", "through": "2026-03-02" }), 201)),
        inside("post", "/transfers/{transfer}/cancel", transfer, owner, (json!({}), 200)),
        bank("/accounts", "", (account, 201)),
        bank("/statements", "", (upload(1_000, "another"), 201)),
        bank("/statements/preview", "", (upload(1_000, "another"), 200)),
        bank("/lines/{bank_line}/match", line, (whose.clone(), 204)),
        bank("/lines/{bank_line}/ignore", line, (why.clone(), 204)),
    ];
    let mut done = rehearse(&shop.portal, &first).await;
    assert_eq!(finance.post(&format!("{LINES}/{line}/match"), &whose).await.status, 204);
    done.extend(rehearse(&shop.portal, &[bank("/lines/{bank_line}/undo", line, (why.clone(), 204))]).await);
    for verb in ["undo", "ignore"] {
        assert_eq!(finance.post(&format!("{LINES}/{line}/{verb}"), &why).await.status, 204);
    }
    done.extend(rehearse(&shop.portal, &[bank("/lines/{bank_line}/reopen", line, (json!({}), 204))]).await);
    done
}

/// The steps of a debt rest, and go on.
pub(super) async fn of_debts() -> Done {
    let shop = Shop::open().await;
    shop.owes(5_000_000).await;
    shop.portal.pass(2 * 24 * 3600);
    let finance = shop.portal.signed_in("finance@hub.test").await;
    let until = shop.portal.now().plus_seconds(9 * 24 * 3600).to_string()[..10].to_owned();
    let promise = json!({ "until": until, "reason": "they promised" });
    let pause = inside("post", "/dunning/pause", "", &finance, (promise.clone(), 200));
    let mut done = rehearse(&shop.portal, &[pause]).await;
    assert_eq!(finance.post("/api/v1/organisations/acme/dunning/pause", &promise).await.status, 200);
    let resume = inside("post", "/dunning/resume", "", &finance, (json!({ "reason": "they will not pay" }), 200));
    done.extend(rehearse(&shop.portal, &[resume]).await);
    done
}

/// Money goes back to who transferred it, and finance says what the bank did.
pub(super) async fn of_refunds() -> Done {
    let shop = paid_in_dirhams().await;
    let finance = &shop.finance;
    let line = came(&shop, 30_000).await;
    let ask = json!({ "bank_line": line, "amount": mad(10), "reason": "a test" });
    let refund = finance.post(REFUNDS, &ask).await;
    assert_eq!(refund.status, 201, "{refund:?}");
    let refund = refund.text("id");
    let desk = |rest: &str, body: Value| {
        outside("post", &format!("/api/v1/staff/refunds/{{desk_refund}}{rest}"), &refund, finance, (body, 204))
    };
    let writes = [
        inside("post", "/refunds", "", finance, (ask.clone(), 201)),
        inside("post", "/refunds/preview", "", finance, (ask.clone(), 200)),
        desk("/paid", json!({ "paid_on": "2026-03-01" })),
        desk("/call-off", json!({ "reason": "a test" })),
    ];
    let mut done = rehearse(&shop.portal, &writes).await;
    let strict = json!({ "kind": "refund", "currency": "MAD", "micros": 0 });
    assert_eq!(finance.put("/api/v1/staff/sign-off-limits", &strict).await.status, 200);
    let sign = inside("post", "/refunds/sign-off", "", finance, (ask, 201));
    done.extend(rehearse(&shop.portal, &[sign]).await);
    done
}

/// A top-up by card, for which nobody is asked, and what does not agree with who takes cards.
pub(super) async fn of_cards() -> Done {
    let double = Arc::new(Double::default());
    let portal = TestPortal::taking_cards(&double).await;
    let (owner, finance) = (portal.organisation("acme").await.owner().await, portal.staff(StaffRole::Finance).await);
    let stripe = portal.nobody().with("stripe-signature", &signed("whsec_test", "no event", portal.now()));
    assert_eq!(stripe.send(Method::POST, "/webhooks/stripe", None, "no event".into()).await.status, 200);
    let path = "/api/v1/staff/payment-findings";
    let finding = first(&finance.get(path).await)["id"].as_str().unwrap().to_owned();
    let why = json!({ "reason": "a test" });
    let card = portal.card("acme").await.to_string();
    let agreed = json!({ "below": mad(20), "amount": mad(50), "monthly_limit": mad(100), "card": card,
        "consents": true });
    let writes = [
        inside("post", "/wallet/top-ups", "", &owner, (json!({ "amount": mad(50) }), 201)),
        inside("post", "/wallet/cards", "", &owner, (json!({}), 201)),
        inside("post", "/wallet/cards/{card}/default", &card, &owner, (json!({}), 200)),
        inside("delete", "/wallet/cards/{card}", &card, &owner, (json!({}), 204)),
        inside("put", "/wallet/auto-top-up", "", &owner, (agreed, 200)),
        inside("delete", "/wallet/auto-top-up", "", &owner, (json!({}), 204)),
        outside("post", &format!("{path}/{{finding}}/settle"), &finding, &finance, (why, 200)),
    ];
    let done = rehearse(&portal, &writes).await;
    assert_eq!(double.n_asked(), 0);
    done
}
