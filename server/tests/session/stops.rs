//! Accounts that an operator stops, opens again and signs out through the screens.

use serde_json::json;
use types::StaffRole;

use crate::portal::{Caller, PASSWORD, TestPortal};

const HERE: &str = "/staff/people/accounts";
const OWNER: &str = "owner@acme.test";

/// Finds an account by its address, as the form does; where its page is.
async fn found(operator: &Caller, email: &str) -> String {
    let found = operator.form(HERE, &format!("email={}", email.replace('@', "%40"))).await;
    assert_eq!(found.status, 303, "{found:?}");
    found.header("location").to_owned()
}

/// What a sign-in through the API is answered: its status and its fact.
async fn answered(portal: &TestPortal, password: &str) -> (u16, String) {
    let answer = portal.nobody().post("/api/v1/session", &json!({ "email": OWNER, "password": password })).await;
    (answer.status, if answer.status == 204 { String::new() } else { answer.fact() })
}

#[tokio::test]
async fn a_stopped_account_is_out_at_once_and_in_again_once_it_is_opened() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let operator = portal.staff(StaffRole::Operator).await;
    let unknown = operator.form(HERE, "email=nobody%40else.test").await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.body.contains("value=\"nobody@else.test\""), "{}", unknown.body);
    let page = found(&operator, OWNER).await;
    let shown = operator.get(&page).await.body;
    assert!(shown.contains(OWNER) && shown.contains("ACME") && shown.contains(&format!("{page}/stop")), "{shown}");
    let mut stream = owner.follow("/o/acme/events?topic=instances").await;
    stream.next().await.unwrap();
    let reasonless = operator.form(&format!("{page}/stop"), "reason=+").await;
    assert_eq!((reasonless.status, owner.get("/api/v1/session").await.status), (422, 200));
    let stopped = operator.form(&format!("{page}/stop"), "reason=stolen+laptop").await;
    assert_eq!((stopped.status, stopped.header("location")), (303, page.as_str()));
    stream.end().await;
    assert_eq!(owner.get("/api/v1/session").await.status, 401);
    assert_eq!(answered(&portal, PASSWORD).await, (403, "account-stopped".to_owned()));
    assert_eq!(answered(&portal, "wrong horse battery").await, (401, "wrong-password".to_owned()));
    let form = format!("email=owner%40acme.test&password={}", PASSWORD.replace(' ', "+"));
    let refused = portal.nobody().form("/sign-in", &form).await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("The hub has stopped this account."), "{}", refused.body);
    let twice = operator.form(&format!("{page}/stop"), "reason=again").await;
    assert_eq!(twice.status, 409);
    let offers = |verb: &str| twice.body.contains(&format!("action=\"{page}/{verb}\""));
    assert!(offers("open") && !offers("stop"), "{}", twice.body);
    let opened = operator.form(&format!("{page}/open"), "reason=came+with+her+passport").await;
    assert_eq!((opened.status, opened.header("location")), (303, page.as_str()));
    assert_eq!(answered(&portal, PASSWORD).await, (204, String::new()));
    assert_eq!(owner.get("/api/v1/session").await.status, 401, "what ended stays ended");
    assert_eq!(portal.count("outbox WHERE kind = 'account-stopped'").await, 2);
}

#[tokio::test]
async fn an_operator_ends_all_sessions_of_a_person_and_nothing_else() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let (elsewhere, operator) = (portal.signed_in(OWNER).await, portal.staff(StaffRole::Operator).await);
    let page = found(&operator, OWNER).await;
    let out = operator.form(&format!("{page}/sign-out"), "").await;
    assert_eq!((out.status, out.header("location")), (303, page.as_str()));
    for session in [owner, elsewhere] {
        assert_eq!(session.get("/api/v1/session").await.status, 401);
    }
    assert_eq!(operator.get("/api/v1/session").await.status, 200, "another's session goes on");
    assert!(!operator.get(&page).await.body.contains(&format!("{page}/sign-out")), "there is nothing left to end");
    assert_eq!(operator.form(&format!("{page}/sign-out"), "").await.status, 409);
    portal.signed_in(OWNER).await;
}

#[tokio::test]
async fn an_old_proof_looks_for_no_account_and_stops_none() {
    let portal = TestPortal::new().await;
    portal.organisation("acme").await.owner().await;
    let operator = portal.staff(StaffRole::Operator).await;
    let page = found(&operator, OWNER).await;
    portal.pass(600);
    for away in [operator.get(HERE).await, operator.form(HERE, "email=owner%40acme.test").await] {
        assert_eq!((away.status, away.header("location")), (303, "/prove?return=%2Fstaff%2Fpeople%2Faccounts"));
    }
    let proof = format!("/prove?return={}", page.replace('/', "%2F"));
    assert_eq!(operator.get(&page).await.header("location"), proof);
    for verb in ["stop", "open", "sign-out"] {
        assert_eq!(
            operator.form(&format!("{page}/{verb}"), "reason=because").await.header("location"),
            proof,
            "{verb}"
        );
    }
    assert_eq!(portal.count("person WHERE stopped_at IS NOT NULL").await, 0);
    assert_eq!(portal.count("session WHERE ended_at IS NOT NULL").await, 0);
}
