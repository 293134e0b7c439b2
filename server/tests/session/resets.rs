//! Lost second factors, taken away by two operators through the screens.

use types::StaffRole;

use crate::portal::{Caller, TestPortal};

const HERE: &str = "/staff/people/factors";

/// One more operator beside the first.
async fn another(portal: &TestPortal) -> Caller {
    let user = portal.person("sara@hub.test").await;
    portal.founding.appoint(user, StaffRole::Operator, portal.now()).await.unwrap();
    portal.signed_in("sara@hub.test").await
}

async fn ask(operator: &Caller, key: &str) {
    let form = format!("email=stranger%40else.test&reason=passport&idempotency_key={key}");
    let asked = operator.form(HERE, &form).await;
    assert_eq!((asked.status, asked.header("location")), (303, "/staff/people"), "{asked:?}");
}

#[tokio::test]
async fn one_asks_their_person_may_stop_it_and_another_agrees() {
    let portal = TestPortal::new().await;
    let (omar, sara) = (portal.staff(StaffRole::Operator).await, another(&portal).await);
    let stranger = portal.stranger().await;
    let nothing = omar.form(HERE, "email=stranger%40else.test&reason=passport&idempotency_key=1").await;
    assert_eq!(nothing.status, 409, "who has no factor has lost none");
    portal
        .as_owner(
            "INSERT INTO passkey (id, user_id, credential_id, credential, name, created_at)
             SELECT gen_random_uuid(), id, 'key', '{}', 'Key', created_at FROM person WHERE email = 'stranger@else.test'",
        )
        .await;
    let unknown = omar.form(HERE, "email=nobody%40else.test&reason=passport&idempotency_key=2").await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.body.contains("value=\"nobody@else.test\"") && unknown.body.contains("passport"));
    ask(&omar, "3").await;
    assert!(stranger.get("/factors").await.body.contains("/factors/keep"));
    assert_eq!(stranger.form("/factors/keep", "").await.header("location"), "/factors");
    assert!(!stranger.get("/factors").await.body.contains("/factors/keep"));
    assert!(!sara.get("/staff/people").await.body.contains("passport"), "what was stopped waits no more");
    ask(&omar, "4").await;
    let own = omar.get("/staff/people").await.body;
    assert!(own.contains("passport") && own.contains("/withdraw") && !own.contains("/confirm"), "{own}");
    let page = sara.get("/staff/people").await.body;
    let reset = page.split_once(&format!("{HERE}/rst_")).unwrap().1.split_once('/').unwrap().0;
    let done = sara.form(&format!("{HERE}/rst_{reset}/confirm"), "").await;
    assert_eq!((done.status, done.header("location")), (303, "/staff/people"));
    assert_eq!((portal.count("passkey").await, portal.count("outbox WHERE kind = 'factors-reset'").await), (0, 3));
    assert_eq!(stranger.get("/factors").await.header("location"), "/sign-in?return=%2Ffactors");
    portal.signed_in("stranger@else.test").await;
}

#[tokio::test]
async fn an_old_proof_asks_for_nothing() {
    let portal = TestPortal::new().await;
    let operator = portal.staff(StaffRole::Operator).await;
    portal.pass(600);
    let form = "email=stranger%40else.test&reason=passport&idempotency_key=1";
    for away in [operator.get(HERE).await, operator.form(HERE, form).await] {
        assert_eq!((away.status, away.header("location")), (303, "/prove?return=%2Fstaff%2Fpeople%2Ffactors"));
    }
    let confirm = operator.form(&format!("{HERE}/rst_01ka4c2d00000000000000000z/confirm"), "").await;
    assert_eq!(confirm.header("location"), "/prove?return=%2Fstaff%2Fpeople");
    assert_eq!(portal.count("factor_reset").await, 0);
}
