//! What two people of finance sign, and debts that are given up: forms alone, without a script.

use axum::http::StatusCode;
use types::{OrganisationId, PaymentId, SignOffId};

use crate::{
    LOCALES,
    portal::{Answer, TestPortal},
    world::at,
};

const FINANCE: &str = "finance@hub.test";
const SECOND: &str = "second@hub.test";
const DEBTS: &str = "/staff/billing/atlas/write-offs";
const LIMITS: &str = "/staff/sign-offs/limits";

/// The portal with somebody else of finance, and 5,000 MAD that the atlas company owes.
async fn owing() -> TestPortal {
    let portal = TestPortal::new().await;
    portal.world.newcomer(SECOND).await;
    let staff =
        "INSERT INTO staff (user_id, role, since) SELECT id, 'finance', created_at FROM person WHERE email = $1";
    portal.world.run(staff, [SECOND.into()]).await;
    let debt = "WITH entry AS (
            INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
            VALUES (gen_random_uuid(), $1, 'debt', 'transfer_undone', '{}', $2, '') RETURNING id, organisation_id)
        INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
        SELECT id, line, organisation_id, house_account(house, 'MAD'), amount
        FROM entry, (VALUES (1, 'receivable', -5000000000::bigint), (2, 'rounding', 5000000000::bigint))
            v(line, house, amount)";
    portal.world.run(debt, [portal.world.atlas.id.into(), at("2026-11-05T15:00:00Z").into()]).await;
    portal
}

fn form(pairs: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(pairs).unwrap()
}

/// Writes this much of the invoice off.
async fn written_off(portal: &TestPortal, key: &str, amount: &str) -> Answer {
    let invoice = portal.invoice.to_string();
    let fields = [("invoice", invoice.as_str()), ("amount", amount), ("reason", "bankrupt"), ("idempotency_key", key)];
    portal.post(FINANCE, DEBTS, form(&fields)).await
}

async fn limited(portal: &TestPortal, who: &str, key: &str, amount: &str) -> Answer {
    let fields = [("kind", "write_off"), ("currency", "MAD"), ("amount", amount), ("idempotency_key", key)];
    portal.post(who, LIMITS, form(&fields)).await
}

/// A write-off above the limit that waits for a signature: its page.
async fn asked(portal: &TestPortal) -> String {
    assert_eq!(limited(portal, FINANCE, "limit", "50").await.status, StatusCode::SEE_OTHER);
    let refused = written_off(portal, "above", "100").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let ask = format!("{DEBTS}/sign-off");
    assert!(refused.body.contains(&format!("action=\"{ask}\"")), "{}", refused.body);
    let invoice = portal.invoice.to_string();
    let fields =
        [("invoice", invoice.as_str()), ("amount", "100.00"), ("reason", "bankrupt"), ("idempotency_key", "ask")];
    let asked = portal.post(FINANCE, &ask, form(&fields)).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    asked.location.unwrap()
}

/// The value of a hidden field.
fn value(page: &Answer, name: &str) -> String {
    let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_debt_is_written_off_and_taken_back() {
    let portal = owing().await;
    let page = portal.get(FINANCE, DEBTS).await;
    assert!(page.body.contains(&portal.invoice.to_string()), "it can be chosen: {}", page.body);
    let wrong = written_off(&portal, "wrong", "999999").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"999999\"") && wrong.body.contains("aria-invalid=\"true\""));
    let done = written_off(&portal, "one", "100").await;
    assert_eq!((done.status, done.location.as_deref()), (StatusCode::SEE_OTHER, Some(DEBTS)), "{}", done.body);
    let page = portal.get(FINANCE, DEBTS).await;
    let undo = page.body.split("action=\"").find(|rest| rest.contains("/undo\"")).unwrap();
    let undo = undo.split('"').next().unwrap().to_owned();
    assert!(!portal.get("auditor@hub.test", DEBTS).await.body.contains("/undo\""), "the auditor changes nothing");
    let back = portal.post(FINANCE, &undo, form(&[("reason", "paid"), ("idempotency_key", "back")])).await;
    assert_eq!(back.location.as_deref(), Some(DEBTS));
    let page = portal.get(FINANCE, DEBTS).await;
    assert!(page.body.contains("Taken back on") && !page.body.contains("/undo\""), "{}", page.body);
    let invoice = format!("/staff/billing/atlas/invoices/{}", portal.invoice);
    assert!(portal.get(FINANCE, &invoice).await.body.contains("Written off"), "what has become of it");
    let own = portal.get("owner@atlas.test", &format!("/o/atlas/invoices/{}", portal.invoice)).await;
    assert!(own.body.contains("Written off") && own.body.contains("Due"), "{}", own.body);
}

#[tokio::test]
async fn above_the_limit_a_second_person_signs_and_then_it_is_written_off() {
    let portal = owing().await;
    let page = asked(&portal).await;
    let own = portal.get(FINANCE, &page).await;
    assert!(own.body.contains(&format!("{page}/withdraw")) && !own.body.contains(&format!("{page}/sign\"")));
    let list = portal.get(SECOND, "/staff/sign-offs").await;
    assert!(list.body.contains(&format!("href=\"{page}\"")), "{}", list.body);
    let shown = portal.get(SECOND, &page).await;
    assert!(shown.body.contains(&format!("action=\"{page}/refuse\"")), "{}", shown.body);
    let mute = portal.post(SECOND, &format!("{page}/refuse"), form(&[("reason", "")])).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(mute.body.contains("aria-invalid=\"true\""));
    let sha256 = value(&shown, "sha256");
    let own = portal.post(FINANCE, &format!("{page}/sign"), form(&[("sha256", &sha256)])).await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    let signed = portal.post(SECOND, &format!("{page}/sign"), form(&[("sha256", &sha256)])).await;
    assert_eq!((signed.status, signed.location.as_deref()), (StatusCode::SEE_OTHER, Some(page.as_str())));
    let shown = portal.get(FINANCE, &page).await;
    assert!(shown.body.contains("Write it off now"), "{}", shown.body);
    let fields = ["invoice", "amount", "reason", "idempotency_key"].map(|name| (name, value(&shown, name)));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = portal.post(FINANCE, DEBTS, form(&fields)).await;
    assert_eq!((done.status, done.location.as_deref()), (StatusCode::SEE_OTHER, Some(DEBTS)), "{}", done.body);
    assert!(portal.get(FINANCE, "/staff/sign-offs").await.body.contains("Nothing waits for a second person"));
}

#[tokio::test]
async fn a_looser_limit_is_agreed_to_by_somebody_else() {
    let portal = owing().await;
    limited(&portal, FINANCE, "one", "50").await;
    let wrong = limited(&portal, FINANCE, "two", "much").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"much\""));
    limited(&portal, FINANCE, "three", "").await;
    let agree = format!("{LIMITS}/write_off/MAD/agree");
    assert!(!portal.get(FINANCE, "/staff/sign-offs").await.body.contains(&agree), "not by who asked");
    assert!(portal.get(SECOND, "/staff/sign-offs").await.body.contains(&agree));
    // Who looked at another one is told so, and nothing is agreed to.
    let other = portal.post(SECOND, &agree, form(&[("micros", "60000000")])).await;
    assert_eq!(other.location.as_deref(), Some("/staff/sign-offs"));
    assert!(portal.get(SECOND, "/staff/sign-offs").await.body.contains(&agree), "it waits still");
    let done = portal.post(SECOND, &agree, form(&[("micros", "")])).await;
    assert_eq!(done.location.as_deref(), Some("/staff/sign-offs"));
    assert!(!portal.get(SECOND, "/staff/sign-offs").await.body.contains(&agree), "nothing waits");
}

/// A signature on what cannot come to be here: finance asked for it, and the second person signed.
async fn stored(portal: &TestPortal, whose: OrganisationId, kind: &str, body: &str) -> SignOffId {
    let now = at("2026-11-05T15:00:00Z");
    let (id, subject) = (SignOffId::new(now), PaymentId::new(now));
    let sql = "INSERT INTO sign_off (organisation_id, id, kind, subject, body_sha256, body, amount, currency, state,
                   asked_by, asked_at, signed_by, signed_at)
               SELECT $1, $2, $3, $4, repeat('0', 64), $5::text::jsonb, 100000000, 'MAD', 'signed', a.id, $6, b.id, $6
               FROM person a, person b WHERE a.email = 'finance@hub.test' AND b.email = 'second@hub.test'";
    let values = [whose.into(), id.into(), kind.into(), subject.into(), body.into(), now.into()];
    portal.world.run(sql, values).await;
    id
}

#[tokio::test]
async fn a_refund_that_is_signed_is_given_where_it_was_and_a_month_is_signed_where_it_is_closed() {
    let portal = owing().await;
    let payment = PaymentId::new(at("2026-11-05T15:00:00Z"));
    let body = format!(
        r#"{{"payment":"{payment}","bank_line":null,"amount":{{"micros":100000000,"currency":"MAD"}},"reason":"twice"}}"#
    );
    let id = stored(&portal, portal.world.atlas.id, "refund", &body).await;
    let page = format!("/staff/billing/atlas/sign-offs/{id}");
    let shown = portal.get(FINANCE, &page).await;
    assert!(shown.body.contains("Give it back now") && shown.body.contains("twice"), "{}", shown.body);
    assert_eq!(
        ["payment", "amount", "reason"].map(|name| value(&shown, name)),
        [payment.to_string(), "100.00".to_owned(), "twice".to_owned()]
    );
    assert!(!portal.get("auditor@hub.test", &page).await.body.contains("Give it back now"));
    let month = r#"{"month":"2026-10","invoiced":[{"micros":100000000,"currency":"MAD"}]}"#;
    stored(&portal, portal.world.hub, "close", month).await;
    let list = portal.get(SECOND, "/staff/sign-offs").await;
    assert!(list.body.contains("href=\"/staff/close/2026-10\""), "{}", list.body);
    for locale in LOCALES {
        let shown = portal.get_in(FINANCE, locale, &page).await;
        shown.keep(&format!("sign-off-refund.{locale}.html"));
        for fault in [" style=", "{$", "{ $", "refund-", "sign-off-kind"] {
            let body = shown.body.replace("/refunds", "");
            assert!(!body.contains(fault), "{fault} in {locale}");
        }
    }
}

#[tokio::test]
async fn every_page_of_it_is_said_in_three_languages() {
    let portal = owing().await;
    let page = asked(&portal).await;
    for (name, path) in [("sign-off", page.as_str()), ("sign-offs", "/staff/sign-offs"), ("write-offs", DEBTS)] {
        for locale in LOCALES {
            let shown = portal.get_in(SECOND, locale, path).await;
            assert_eq!(shown.status, StatusCode::OK, "{path}: {}", shown.body);
            shown.keep(&format!("{name}.{locale}.html"));
            for fault in [" style=", "<style", " onclick", "{$", "{ $", "refusal-", "sign-off-kind"] {
                assert!(!shown.body.contains(fault), "{fault} in {name} in {locale}");
            }
            assert_eq!(shown.twice(), Vec::<String>::new(), "ids that stand twice in {name}");
        }
    }
}
