//! The second factor, through the pages and the API.

use serde_json::json;
use totp_rs::{Builder, Secret, Totp};
use types::StaffRole;

use crate::portal::{Answer, Caller, PASSWORD, TestPortal};

const LINA: &str = "lina@acme.test";

/// What stands in a page between two marks.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    rest.split_once(to).unwrap().0
}

fn code(totp: &Totp, portal: &TestPortal) -> String {
    totp.generate(u64::try_from(portal.now().as_second()).unwrap()).to_string()
}

/// Lina, signed in, with the authenticator and the recovery codes that the pages gave her.
async fn lina(portal: &TestPortal) -> (Caller, Totp, Vec<String>) {
    portal.person(LINA).await;
    let lina = portal.signed_in(LINA).await;
    let (totp, codes) = set_authenticator(portal, &lina).await;
    (lina, totp, codes)
}

/// The authenticator and the recovery codes that the pages give somebody.
async fn set_authenticator(portal: &TestPortal, lina: &Caller) -> (Totp, Vec<String>) {
    let begun = lina.form("/factors/totp", "").await;
    assert_eq!((begun.status, begun.header("location")), (303, "/factors/totp"));
    let page = lina.get("/factors/totp").await;
    assert!(page.body.contains("class=\"qr\"") && !page.body.contains("data:"), "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    let seed = between(&page.body, "<code>", "</code>").replace(' ', "");
    let totp = Builder::new().with_secret(Secret::try_from_base32(&seed).unwrap()).build().unwrap();
    let wrong = lina.form("/factors/totp/confirm", "code=000000").await;
    assert!(wrong.status == 401 && wrong.body.contains("aria-invalid=\"true\""), "{}", wrong.body);
    let set = lina.form("/factors/totp/confirm", &format!("code={}", code(&totp, portal))).await;
    assert_eq!(set.status, 200, "{}", set.body);
    let codes = between(&set.body, "<pre", "</pre>");
    let codes: Vec<_> = codes.split_once('>').unwrap().1.lines().map(str::to_owned).collect();
    assert_eq!(codes.len(), 10, "{codes:?}");
    (totp, codes)
}

async fn with_password(portal: &TestPortal) -> Answer {
    portal.nobody().form("/sign-in", &format!("email={LINA}&password={PASSWORD}&return=/sessions")).await
}

#[tokio::test]
async fn the_password_leads_to_the_factor_and_the_factor_in() {
    let portal = TestPortal::at("https://portal.test").await;
    let (_, totp, codes) = lina(&portal).await;
    portal.pass(60);
    let n_sessions = portal.count("session").await;
    let asked = with_password(&portal).await;
    assert_eq!((asked.status, asked.header("location")), (303, "/sign-in/factor?return=%2Fsessions"));
    let cookie = asked.header("set-cookie");
    assert!(cookie.starts_with("__Host-tamuda-pending="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=300; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let pending = portal.nobody().having(asked.cookie());
    let page = pending.get("/sign-in/factor?return=%2Fsessions").await;
    assert!(
        page.status == 200 && page.body.contains(LINA) && page.body.contains("value=\"/sessions\""),
        "{}",
        page.body
    );
    assert_eq!(pending.get("/sessions").await.status, 303, "nobody is signed in yet");
    let wrong = pending.form("/sign-in/factor", "code=000000").await;
    assert_eq!(wrong.status, 401);
    assert_eq!(portal.count("session").await, n_sessions);
    let code = code(&totp, &portal);
    let entered = pending.form("/sign-in/factor", &format!("code={code}&return=/sessions")).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/sessions"));
    let gone = entered
        .headers
        .get_all("set-cookie")
        .iter()
        .any(|line| line.to_str().unwrap().starts_with("__Host-tamuda-pending=; Path=/; Max-Age=0"));
    assert!(gone, "{:?}", entered.headers);
    let lina = portal.nobody().having(entered.cookie());
    assert_eq!(lina.get("/sessions").await.status, 200);
    let again = pending.form("/sign-in/factor", &format!("code={}", codes[0])).await;
    assert_eq!(again.status, 410, "it was finished once");
}

#[tokio::test]
async fn without_what_the_browser_keeps_there_is_nothing_to_finish() {
    let portal = TestPortal::new().await;
    let (_, _, codes) = lina(&portal).await;
    with_password(&portal).await;
    let stranger = portal.nobody();
    assert_eq!(stranger.get("/sign-in/factor").await.status, 410);
    assert_eq!(stranger.form("/sign-in/factor", &format!("code={}", codes[0])).await.status, 410);
    let pending = stranger.having(with_password(&portal).await.cookie());
    portal.pass(300);
    let late = pending.form("/sign-in/factor", &format!("code={}", codes[0])).await;
    assert!(late.status == 410 && late.body.contains("Begin again with the password"), "{}", late.body);
}

#[tokio::test]
async fn guessing_codes_is_slowed_down_and_the_password_forgives_no_guess() {
    let portal = TestPortal::new().await;
    let (_, totp, _) = lina(&portal).await;
    let mut statuses = Vec::new();
    for n in 0..7 {
        let pending = portal.nobody().having(with_password(&portal).await.cookie());
        statuses.push(pending.form("/sign-in/factor", &format!("code=00000{n}")).await.status);
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429]);
    assert_eq!(portal.count("audit WHERE verb = 'session.code_refused' AND user_id IS NOT NULL").await, 5);
    portal.pass(60);
    let pending = portal.nobody().having(with_password(&portal).await.cookie());
    assert_eq!(pending.form("/sign-in/factor", &format!("code={}", code(&totp, &portal))).await.status, 303);
}

#[tokio::test]
async fn a_program_brings_the_code_with_the_password() {
    let portal = TestPortal::new().await;
    let (_, totp, codes) = lina(&portal).await;
    portal.pass(60);
    let sign_in = async |code: Option<&str>| {
        let ask = json!({ "email": LINA, "password": PASSWORD, "code": code });
        portal.nobody().post("/api/v1/session", &ask).await
    };
    let without = sign_in(None).await;
    assert_eq!((without.status, without.text("code").as_str()), (401, "factor_needed"), "{without:?}");
    assert_eq!(without.header("set-cookie"), "");
    let wrong = sign_in(Some("000000")).await;
    assert_eq!((wrong.status, wrong.text("code").as_str()), (401, "wrong_factor"), "{wrong:?}");
    assert_eq!(sign_in(Some(&code(&totp, &portal))).await.status, 204);
    assert_eq!(sign_in(Some(&codes[0])).await.status, 204);
    assert_eq!(sign_in(Some(&codes[0])).await.status, 401, "a recovery code opens once");
}

#[tokio::test]
async fn factors_change_only_after_a_fresh_proof_which_takes_the_factor() {
    let portal = TestPortal::new().await;
    let (lina, totp, _) = lina(&portal).await;
    assert!(lina.get("/factors").await.body.contains("10 left"));
    portal.pass(600);
    for path in ["/factors/totp", "/factors/totp/remove", "/factors/codes"] {
        let asked = lina.form(path, "").await;
        assert_eq!((asked.status, asked.header("location")), (303, "/prove?return=%2Ffactors"), "{path}");
    }
    assert_eq!(lina.get("/factors/totp").await.header("location"), "/prove?return=%2Ffactors%2Ftotp");
    assert_eq!((portal.count("totp").await, portal.count("recovery_code").await), (1, 10));
    let form = lina.get("/prove?return=%2Ffactors").await;
    assert!(form.body.contains("name=\"code\""), "{}", form.body);
    let bare = lina.form("/prove", &format!("password={PASSWORD}&return=/factors")).await;
    assert_eq!(bare.status, 401);
    let proof = format!("password={PASSWORD}&code={}&return=/factors", code(&totp, &portal));
    let proved = lina.form("/prove", &proof).await;
    assert_eq!((proved.status, proved.header("location")), (303, "/factors"), "{}", proved.body);
    let lina = lina.having(proved.cookie());
    assert_eq!(lina.form("/factors/codes", "").await.body.matches("<pre").count(), 1);
    assert_eq!(lina.form("/factors/totp/remove", "").await.header("location"), "/factors");
    assert_eq!((portal.count("totp").await, portal.count("recovery_code").await), (0, 0));
    let page = lina.get("/factors").await;
    assert!(page.body.contains("not set") && page.body.contains("Set up an app"), "{}", page.body);
}

#[tokio::test]
async fn passkeys_are_offered_where_browsers_make_them_and_their_question_is_kept_here() {
    let portal = TestPortal::at("https://portal.test").await;
    let nobody = portal.nobody();
    let page = nobody.get("/sign-in").await.body;
    assert!(
        page.contains("autocomplete=\"username webauthn\"") && page.contains("src=\"/site/passkeys.js\""),
        "{page}"
    );
    let asked = nobody.form("/sign-in/passkey/begin", "").await;
    let options = &asked.json()["publicKey"];
    assert_eq!(
        (options["rpId"].as_str(), options["userVerification"].as_str()),
        (Some("portal.test"), Some("required"))
    );
    let cookie = asked.header("set-cookie");
    assert!(cookie.starts_with("__Host-tamuda-ceremony="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=300; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    assert_eq!(portal.count("ceremony").await, 1);
    let forged = nobody.clone().having(asked.cookie()).form("/sign-in/passkey", "credential=%7B%7D").await;
    assert_eq!((forged.status, forged.header("location")), (303, "/sign-in"));
    assert_eq!((portal.count("ceremony").await, portal.count("session").await), (0, 0), "an answer ends its question");
    let other = TestPortal::new().await;
    let plain = other.nobody();
    assert!(!plain.get("/sign-in").await.body.contains("passkey"), "no browser makes any without TLS");
    assert_eq!(plain.form("/sign-in/passkey/begin", "").await.status, 404);
}

#[tokio::test]
async fn an_address_asks_only_so_many_questions_for_passkeys_and_signs_in_by_password_all_the_same() {
    let portal = TestPortal::at("https://portal.test").await;
    portal.person(LINA).await;
    let begin = async || portal.nobody().form("/sign-in/passkey/begin", "").await;
    for n in 0..120 {
        assert_eq!(begin().await.status, 200, "{n}");
    }
    let refused = begin().await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "2"), "{}", refused.body);
    assert_eq!(portal.count("ceremony").await, 120);
    assert_eq!(with_password(&portal).await.status, 303);
    portal.pass(2);
    assert_eq!(begin().await.status, 200);
}

#[tokio::test]
async fn passkeys_are_added_and_removed_only_after_a_fresh_proof() {
    let portal = TestPortal::at("https://portal.test").await;
    portal.person(LINA).await;
    let lina = portal.signed_in(LINA).await;
    let page = lina.get("/factors").await.body;
    assert!(page.contains("data-passkey=\"create\"") && page.contains("Passkeys need JavaScript"), "{page}");
    let asked = lina.form("/factors/passkeys/begin", "").await;
    assert_eq!(asked.json()["publicKey"]["authenticatorSelection"]["residentKey"], "preferred");
    let forged = lina.form("/factors/passkeys", "credential=%7B%7D&name=x").await;
    assert_eq!((forged.status, forged.header("location")), (303, "/factors"));
    portal.pass(600);
    let none = "/factors/passkeys/pky_01ka4c2d00000000000000000z/remove";
    for path in ["/factors/passkeys/begin", none] {
        assert_eq!(lina.form(path, "").await.header("location"), "/prove?return=%2Ffactors", "{path}");
    }
    let late = lina.form("/factors/passkeys", "credential=%7B%7D&name=x").await;
    assert_eq!(late.header("location"), "/prove?return=%2Ffactors");
    assert_eq!(portal.count("passkey").await, 0);
}

#[tokio::test]
async fn staff_act_for_the_hub_only_once_they_have_a_second_factor() {
    let portal = TestPortal::of_production().await;
    portal.organisation("acme").await;
    let operator = portal.staff(StaffRole::Operator).await;
    for path in ["/home", "/staff/organisations", "/o/acme", "/o/nowhere", "/api/v1/staff/organisations"] {
        let waiting = operator.get(path).await;
        assert_eq!(waiting.status, 403, "{path}: {}", waiting.body);
        assert!(waiting.body.contains("waits until you have a second factor"), "{path}: {}", waiting.body);
    }
    assert!(operator.get("/home").await.body.contains("href=\"/factors\""));
    set_authenticator(&portal, &operator).await;
    for path in ["/staff/organisations", "/o/acme", "/api/v1/staff/organisations"] {
        assert_eq!(operator.get(path).await.status, 200, "{path}");
    }
    assert_eq!(operator.get("/o/nowhere").await.status, 404);
}
