//! A contested line: from the invoice to the desk and back, in three languages, with what cannot be taken beside its field.

use axum::http::StatusCode;

use crate::{LOCALES, portal::TestPortal};

const BILLING: &str = "billing@atlas.test";
const FINANCE: &str = "finance@hub.test";

fn form(pairs: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(pairs).unwrap()
}

/// A part of the first line is contested; the address of its page.
async fn contested(portal: &TestPortal) -> String {
    let path = format!("/o/atlas/invoices/{}/disputes", portal.invoice);
    let pairs = [("idempotency_key", "k"), ("line", "1"), ("amount", "20"), ("reason", "<b>down</b> at noon")];
    let sent = portal.post(BILLING, &path, form(&pairs)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location.unwrap()
}

#[tokio::test]
async fn a_line_is_contested_from_its_invoice_and_answered_at_the_desk_in_three_languages() {
    let portal = TestPortal::new().await;
    let invoice = format!("/o/atlas/invoices/{}?line=1", portal.invoice);
    let open = portal.get(BILLING, &invoice).await;
    assert!(
        open.body.contains("Contest this line") && open.body.contains("name=\"line\" value=\"1\""),
        "{}",
        open.body
    );
    let page = contested(&portal).await;
    let id = page.rsplit('/').next().unwrap();
    let waits = portal.get(BILLING, &invoice).await;
    assert!(waits.body.contains(&format!("href=\"{page}\"")) && !waits.body.contains("Contest this line"));
    let desk = format!("/staff/disputes/atlas/{id}");
    assert!(portal.get(FINANCE, "/staff/disputes?state=open").await.body.contains(&format!("href=\"{desk}\"")));
    for locale in LOCALES {
        for (name, who, path) in [
            ("disputes", BILLING, "/o/atlas/disputes"),
            ("dispute", BILLING, page.as_str()),
            ("staff-disputes", FINANCE, "/staff/disputes"),
            ("staff-dispute", FINANCE, desk.as_str()),
        ] {
            let shown = portal.get_in(who, locale, path).await;
            assert_eq!(shown.status, StatusCode::OK, "{name}: {}", shown.body);
            shown.keep(&format!("{name}.{locale}.html"));
            for fault in [" style=", "{$", "{ $", "? open", "<b>down", "refusal-"] {
                assert!(!shown.body.contains(fault), "{fault} in {name} in {locale}");
            }
            assert_eq!(shown.twice(), Vec::<String>::new(), "{name}");
        }
    }
    let pairs = [("idempotency_key", "a"), ("answer", "credit"), ("amount", ""), ("reason", "You are right.")];
    let answered = portal.post(FINANCE, &desk, form(&pairs)).await;
    assert_eq!((answered.status, answered.location.as_deref()), (StatusCode::SEE_OTHER, Some(desk.as_str())));
    let told = portal.get(BILLING, &page).await;
    assert!(told.body.contains("You are right.") && told.body.contains("TMC-2026-000001"), "{}", told.body);
    assert!(!told.body.contains("/withdraw"), "what is answered is not taken back");
    assert!(!portal.get(FINANCE, &desk).await.body.contains("name=\"answer\""), "nor answered again");
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_beside_its_field_and_what_was_written_stays() {
    let portal = TestPortal::new().await;
    let path = format!("/o/atlas/invoices/{}/disputes", portal.invoice);
    for (amount, reason, said) in [("much", "at noon", "written like"), ("20", "", "field-reason")] {
        // Each page has a key of its own.
        let pairs = [("idempotency_key", amount), ("line", "1"), ("amount", amount), ("reason", reason)];
        let refused = portal.post(BILLING, &path, form(&pairs)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains(said) && refused.body.contains("aria-invalid=\"true\""), "{}", refused.body);
        assert!(refused.body.contains(&format!("value=\"{amount}\"")) && refused.body.contains(reason));
    }
    let page = contested(&portal).await;
    let desk = format!("/staff/disputes/atlas/{}", page.rsplit('/').next().unwrap());
    let pairs = [("idempotency_key", "a"), ("answer", "credit"), ("amount", "21"), ("reason", "You are right.")];
    let beyond = portal.post(FINANCE, &desk, form(&pairs)).await;
    assert_eq!(beyond.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", beyond.body);
    assert!(beyond.body.contains("You are right.") && beyond.body.contains("value=\"21\""), "{}", beyond.body);
    let auditor = portal.get("auditor@hub.test", &desk).await;
    assert!(auditor.body.contains("Finance answers contested lines.") && !auditor.body.contains("name=\"answer\""));
    let developer = portal.get("developer@atlas.test", &page).await;
    assert_eq!(developer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_contested_a_line_takes_it_back_and_it_can_be_contested_again() {
    let portal = TestPortal::new().await;
    let page = contested(&portal).await;
    let path = format!("{page}/withdraw");
    for key in ["w", "another"] {
        let sent = portal.post(BILLING, &path, form(&[("idempotency_key", key)])).await;
        assert_eq!((sent.status, sent.location.as_deref()), (StatusCode::SEE_OTHER, Some(page.as_str())));
    }
    assert!(portal.get(BILLING, &page).await.body.contains("withdrawn"));
    let invoice = format!("/o/atlas/invoices/{}?line=1", portal.invoice);
    assert!(portal.get(BILLING, &invoice).await.body.contains("Contest this line"));
}
