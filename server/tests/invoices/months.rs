//! The close of a month and the finalisation of all its drafts, over the API and on the screens.

use domain::{access::Job, invoices::finalise_some};
use serde_json::json;
use types::StaffRole;

use crate::portal::{Caller, Shop, TestPortal, first, mad};

const JOB: Job = Job::of("test");
const MONTHS: &str = "/api/v1/staff/months";

/// Works until nothing is left to do.
async fn work(shop: &Shop) {
    while finalise_some(&shop.portal.state.portal.db, JOB, 9, shop.portal.now()).await.unwrap() > 0 {}
}

/// The lines that do not hold, each with what stands in its way.
async fn open_lines(caller: &Caller) -> Vec<(String, i64)> {
    let view = caller.get(&format!("{MONTHS}/2026-03")).await.json();
    let lines = view["lines"].as_array().unwrap().iter().filter(|line| line["is_done"] == json!(false));
    lines.map(|line| (line["check"].as_str().unwrap().to_owned(), line["n_open"].as_i64().unwrap())).collect()
}

#[tokio::test]
async fn finance_opens_finalises_and_closes_a_month_and_the_auditor_reads_it_all() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    // Nothing to look at: a business with its number.
    shop.portal.as_owner("UPDATE organisation SET ice = '001234567000089' WHERE slug = 'acme'").await;
    let auditor = shop.portal.staff(StaffRole::Auditor).await;
    let last = first(&finance.get(MONTHS).await);
    assert_eq!((&last["month"], &last["state"]), (&json!("2026-03"), &json!("unopened")));
    let month = json!({ "month": "2026-03" });
    let forbidden = auditor.post(MONTHS, &month).await;
    assert_eq!(forbidden.status, 403);
    let opened = finance.post(MONTHS, &month).await;
    assert_eq!((opened.status, &opened.json()["month"]["state"]), (201, &json!("open")));
    assert_eq!(open_lines(&auditor).await, [("drafts".to_owned(), 1)]);
    let refused = finance.post(&format!("{MONTHS}/2026-03/close"), &json!({})).await;
    assert_eq!((refused.status, refused.fact()), (409, "month-not-ready".to_owned()));
    assert!(refused.text("detail").contains("Drafts that are not final: 1"), "{refused:?}");
    let caller = finance.clone().with("idempotency-key", "all");
    let asked = caller.post(&format!("{MONTHS}/2026-03/finalise"), &json!({})).await;
    assert_eq!((asked.status, &asked.json()["n_waiting"]), (202, &json!(1)));
    let again = caller.post(&format!("{MONTHS}/2026-03/finalise"), &json!({})).await;
    assert_eq!((again.status, again.text("id")), (202, asked.text("id")));
    let run = format!("/api/v1/staff/finalise-runs/{}", asked.text("id"));
    assert_eq!(auditor.post(&format!("{run}/stop"), &json!({})).await.status, 403);
    work(&shop).await;
    let ended = auditor.get(&run).await.json();
    assert_eq!((&ended["state"], &ended["n_done"]), (&json!("ended"), &json!(1)));
    assert_eq!(finance.get(&draft).await.json()["invoice"]["status"], json!("finalised"));
    let over = finance.post(&format!("{run}/stop"), &json!({})).await;
    assert_eq!((over.status, over.fact()), (409, "run-over".to_owned()));
    let closed = finance.post(&format!("{MONTHS}/2026-03/close"), &json!({})).await;
    assert_eq!((closed.status, &closed.json()["month"]["state"]), (200, &json!("closed")));
    assert_eq!(open_lines(&auditor).await, []);
    let twice = finance.post(&format!("{MONTHS}/2026-03/close"), &json!({})).await;
    assert_eq!((twice.status, twice.fact()), (409, "month-is-closed".to_owned()));
}

#[tokio::test]
async fn what_no_calendar_or_currency_has_is_refused_by_its_field_and_stores_nothing() {
    let shop = Shop::open().await;
    let finance = shop.april().await;
    let before = shop.rows(&["month_close", "finalise_run"]).await;
    for (path, body, status, told) in [
        (MONTHS.to_owned(), json!({ "month": "soon" }), 422, "month"),
        (MONTHS.to_owned(), json!({ "month": "2026-13" }), 422, "month"),
        (format!("{MONTHS}/soon/finalise"), json!({}), 422, "month"),
        (format!("{MONTHS}/2026-03/finalise"), json!({ "currency": "DEM" }), 422, "currency"),
    ] {
        let refused = finance.post(&path, &body).await;
        assert_eq!((refused.status, refused.field()), (status, told.to_owned()), "{path} {body}");
    }
    for (path, body, fact) in [
        (MONTHS.to_owned(), json!({ "month": "2026-04" }), "month-runs"),
        (format!("{MONTHS}/2026-03/finalise"), json!({}), "no-drafts"),
        (format!("{MONTHS}/2026-03/close"), json!({}), "month-not-opened"),
    ] {
        let refused = finance.post(&path, &body).await;
        assert_eq!((refused.status, refused.fact()), (409, fact.to_owned()), "{path} {body}");
    }
    assert_eq!(shop.rows(&["month_close", "finalise_run"]).await, before);
}

#[tokio::test]
async fn the_screens_lead_through_the_close_without_a_script() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let auditor = shop.portal.staff(StaffRole::Auditor).await;
    assert!(finance.get("/staff/billing").await.body.contains("href=\"/staff/close\""));
    assert!(finance.get("/staff/close").await.body.contains("href=\"/staff/close/2026-03\""));
    let month = finance.get("/staff/close/2026-03").await;
    assert!(month.body.contains("Open the close"), "{}", month.body);
    assert!(!auditor.get("/staff/close/2026-03").await.body.contains("name=\"month\""), "auditors open nothing");
    let opened = finance.form("/staff/close", "month=2026-03&idempotency_key=o").await;
    assert_eq!((opened.status, opened.header("location")), (303, "/staff/close/2026-03"));
    let refused = finance.form("/staff/close/2026-03", "idempotency_key=c1").await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("Drafts with reasons that nobody has looked at: 1"), "{}", refused.body);
    let begun = finance.form("/staff/close/2026-03/finalise", "currency=&idempotency_key=f1").await;
    assert_eq!(begun.status, 303);
    let run = begun.header("location").to_owned();
    let shown = finance.get(&run).await;
    let invoice = draft.rsplit('/').next().unwrap();
    let page = format!("/staff/billing/acme/invoices/{invoice}");
    assert!(shown.body.contains(&format!("href=\"{page}\"")), "what was left leads to its draft: {}", shown.body);
    assert!(shown.body.contains(&format!("{run}/stop")), "{}", shown.body);
    assert!(!auditor.get(&run).await.body.contains("/stop"), "auditors stop nothing");
    let mut stream = auditor.follow(&format!("{run}/events")).await;
    stream.next().await.unwrap();
    let patch = stream.next().await.unwrap();
    assert!(patch.contains("event: patch") && patch.contains("0 of 1 are final"), "{patch}");
    drop(stream);
    work(&shop).await;
    assert!(!finance.get(&run).await.body.contains("/stop"), "it is over");
    let empty = finance.form(&format!("{page}/look"), "reason=&idempotency_key=l1").await;
    assert_eq!(empty.status, 422);
    let looked = finance.form(&format!("{page}/look"), "reason=They+wrote+to+us&idempotency_key=l2").await;
    assert_eq!((looked.status, looked.header("location")), (303, page.as_str()));
    let noted = auditor.get(&page).await;
    assert!(noted.body.contains("They wrote to us") && !noted.body.contains("/look\""), "{}", noted.body);
    let begun = finance.form("/staff/close/2026-03/finalise", "currency=MAD&idempotency_key=f2").await;
    work(&shop).await;
    assert!(finance.get(begun.header("location")).await.body.contains("1 of 1 are final"));
    let closed = finance.form("/staff/close/2026-03", "idempotency_key=c2").await;
    assert_eq!((closed.status, closed.header("location")), (303, "/staff/close/2026-03"), "{}", closed.body);
    let page = auditor.get("/staff/close/2026-03").await;
    assert!(page.body.contains("The month is closed"), "{}", page.body);
    assert_eq!(finance.form("/staff/close/2026-03", "idempotency_key=c3").await.status, 409);
}

#[tokio::test]
async fn above_the_limit_a_month_is_asked_for_signed_and_closed_by_forms_alone() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let (second, auditor) = (shop.second().await, shop.portal.staff(StaffRole::Auditor).await);
    let limit = json!({ "kind": "close", "currency": "MAD", "micros": 50_000_000 });
    assert_eq!(finance.put("/api/v1/staff/sign-off-limits", &limit).await.status, 200);
    let (here, api) = ("/staff/close/2026-03", format!("{MONTHS}/2026-03"));
    assert_eq!(finance.form("/staff/close", "month=2026-03&idempotency_key=o").await.status, 303);
    let seen = json!({ "sha256": finance.get(&draft).await.text("sha256") });
    assert_eq!(finance.post(&format!("{draft}/finalise"), &seen).await.status, 200);
    let alone = finance.post(&format!("{api}/close"), &json!({})).await;
    assert_eq!((alone.status, alone.fact()), (409, "sign-off-needed".to_owned()));
    let alone = finance.form(here, "idempotency_key=c1").await;
    assert!(alone.status == 409 && alone.body.contains(&format!("action=\"{here}/sign-off\"")), "{alone:?}");
    assert_eq!(second.post(&format!("{api}/sign-off/sign"), &seen).await.status, 404, "nothing is asked for");
    assert_eq!(finance.form(&format!("{here}/sign-off"), "idempotency_key=a1").await.status, 303);
    let own = finance.get(here).await.body;
    assert!(own.contains(&format!("{here}/sign-off/withdraw")) && !own.contains(&format!("{here}/sign-off/sign\"")));
    let asked = first(&second.get("/api/v1/staff/sign-offs").await)["sign_off"].clone();
    assert_eq!((&asked["subject"], &asked["amount"]), (&json!("2026-03"), &mad(72)));
    assert!(second.get("/staff/sign-offs").await.body.contains(&format!("href=\"{here}\"")));
    let seen = json!({ "sha256": asked["body_sha256"] });
    for (caller, status) in [(&finance, 409), (&auditor, 403)] {
        assert_eq!(caller.post(&format!("{api}/sign-off/sign"), &seen).await.status, status);
    }
    let mute = second.form(&format!("{here}/sign-off/refuse"), "reason=").await;
    assert!(mute.status == 422 && mute.body.contains("aria-invalid=\"true\""), "{mute:?}");
    let sha256 = asked["body_sha256"].as_str().unwrap();
    let signed = second.form(&format!("{here}/sign-off/sign"), &format!("sha256={sha256}")).await;
    assert_eq!((signed.status, signed.header("location")), (303, here), "{signed:?}");
    let closed = finance.form(here, "idempotency_key=c2").await;
    assert_eq!((closed.status, closed.header("location")), (303, here), "{closed:?}");
    assert!(auditor.get(here).await.body.contains("The month is closed"));
}

#[tokio::test]
async fn a_look_names_the_reasons_that_a_draft_has_and_a_draft_without_any_needs_none() {
    let shop = Shop::open().await;
    let (finance, draft) = shop.drafted().await;
    let reasons = first(&finance.get("/api/v1/staff/invoices?status=draft").await)["reasons"].clone();
    assert_eq!(reasons, json!(["missing_tax_id"]));
    let look = format!("{draft}/look");
    let refused = finance.post(&look, &json!({ "reason": "" })).await;
    assert_eq!((refused.status, refused.field()), (422, "reason".to_owned()));
    assert_eq!(shop.rows(&["invoice_look"]).await, [0]);
    let looked = finance.post(&look, &json!({ "reason": "They wrote to us." })).await;
    assert_eq!((looked.status, &looked.json()["reasons"]), (200, &reasons));
    shop.portal.as_owner("UPDATE organisation SET ice = '001234567000089' WHERE slug = 'acme'").await;
    let none = finance.post(&look, &json!({ "reason": "They wrote to us." })).await;
    assert_eq!((none.status, none.fact()), (409, "nothing-to-look-at".to_owned()));
}

#[tokio::test]
async fn a_finding_of_payments_is_looked_into_on_its_page_with_a_word_of_what_it_was() {
    let portal = TestPortal::new().await;
    let (finance, auditor) = (portal.staff(StaffRole::Finance).await, portal.staff(StaffRole::Auditor).await);
    assert!(finance.get("/staff/findings").await.body.contains("No finding is open"));
    let finding = "INSERT INTO payment_finding (id, provider, kind, reference, details, found_at)
                   VALUES (gen_random_uuid(), 'stripe', 'unknown_payment', 'pi_1', '{}', '2026-03-02T08:00:00Z')";
    portal.as_owner(finding).await;
    let page = finance.get("/staff/findings").await.body;
    assert!(page.contains("pi_1"), "{page}");
    assert!(!auditor.get("/staff/findings").await.body.contains("/settle"), "auditors settle nothing");
    let id = page.split_once("/staff/findings/fnd_").unwrap().1.split_once('/').unwrap().0;
    let settle = format!("/staff/findings/fnd_{id}/settle");
    assert_eq!(finance.form(&settle, "reason=").await.status, 422);
    let settled = finance.form(&settle, "reason=a+test+payment").await;
    assert_eq!((settled.status, settled.header("location")), (303, "/staff/findings"));
    assert!(finance.get("/staff/findings").await.body.contains("No finding is open"));
    assert_eq!(finance.form(&settle, "reason=a+test+payment").await.status, 409);
}
