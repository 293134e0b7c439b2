//! Reading who changed what, and whether the chain of seals holds.

use insta::assert_debug_snapshot;
use serde_json::json;
use types::StaffRole;

use crate::portal::{Answer, PASSWORD, Shop, TestPortal, first};

const OWN: &str = "/api/v1/organisations/acme/audit";
const ALL: &str = "/api/v1/staff/audit";

fn verbs(answer: &Answer) -> Vec<String> {
    let list = answer.json();
    let items = list["items"].as_array().unwrap_or_else(|| panic!("{answer:?}"));
    items.iter().map(|item| item["verb"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_organisation_reads_its_own_changes_and_nobody_elses() {
    let shop = Shop::open().await;
    shop.portal.pass(1);
    let launched = shop.owner.post("/api/v1/organisations/acme/instances", &shop.ask("train-1")).await;
    let address = launched.header("location").to_owned();
    let latest = first(&shop.owner.get(OWN).await);
    assert_eq!((&latest["verb"], &latest["name"]), (&json!("instance.launched"), &json!("owner")));
    assert_eq!(latest["request"], json!(launched.header("x-request-id")), "the number that the answer says");
    assert_eq!(latest["address"], json!("0.0.0.0"));
    assert!(latest["seal"].is_null(), "where a row stands in the chain is the installation's");
    let of_instance =
        shop.owner.get(&format!("{OWN}?area=instance&subject={}", address.rsplit('/').next().unwrap())).await;
    assert_eq!(verbs(&of_instance), ["instance.launched"]);
    assert!(!verbs(&shop.owner.get(OWN).await).contains(&"price.set".to_owned()), "prices are the installation's");
    let other = shop.portal.organisation("other").await.owner().await;
    assert_eq!(verbs(&other.get("/api/v1/organisations/other/audit").await), Vec::<String>::new());
    let foreign = format!("/api/v1/organisations/other/audit?organisation={}", shop.acme);
    assert_eq!(verbs(&other.get(&foreign).await), Vec::<String>::new(), "a filter widens nothing");
}

#[tokio::test]
async fn the_auditor_reads_all_changes_page_by_page_and_narrows_them() {
    let shop = Shop::open().await;
    shop.portal.pass(1);
    shop.launch("train-1").await;
    let auditor = shop.portal.staff(StaffRole::Auditor).await;
    let all = verbs(&auditor.get(ALL).await);
    let page = auditor.get(&format!("{ALL}?limit=2")).await;
    let next = auditor.get(&format!("{ALL}?limit=200&cursor={}", page.text("next_cursor"))).await;
    assert_eq!([verbs(&page), verbs(&next)].concat(), all);
    assert_eq!(verbs(&auditor.get(&format!("{ALL}?area=price")).await), ["price.set"]);
    let of_acme = verbs(&auditor.get(&format!("{ALL}?organisation={}", shop.acme)).await);
    assert!(of_acme.contains(&"instance.launched".to_owned()) && !of_acme.contains(&"price.set".to_owned()));
    let later = format!("{ALL}?from=2026-03-02T09:00:01Z");
    assert_eq!(verbs(&auditor.get(&format!("{later}&area=instance")).await), ["instance.launched"]);
    assert_eq!(verbs(&auditor.get(&format!("{later}&who=AUDITOR@hub")).await), ["session.opened"]);
    assert_eq!(verbs(&auditor.get(&format!("{ALL}?who=nobody")).await), [""; 0]);
    for (query, field) in [("organisation=acme", "organisation"), ("from=yesterday", "from"), ("user=me", "user")] {
        let refused = auditor.get(&format!("{ALL}?{query}")).await;
        assert_eq!((refused.status, refused.field()), (422, field.to_owned()), "{query}");
    }
}

#[tokio::test]
async fn the_chain_is_verified_and_a_changed_row_breaks_it() {
    let shop = Shop::open().await;
    let auditor = shop.portal.staff(StaffRole::Auditor).await;
    let path = format!("{ALL}/verification");
    let unsealed = auditor.get(&path).await.json();
    assert_eq!((&unsealed["holds"], &unsealed["n_sealed"]), (&json!(true), &json!(0)));
    let mut sealed = unsealed;
    // Transactions of the server's other databases may hold the sealer back for a moment.
    for _ in 0..100 {
        let (db, job) = (&shop.portal.state.portal.db, domain::access::Job::of("test"));
        domain::audit::seal(db, job, shop.portal.now()).await.unwrap();
        sealed = auditor.get(&path).await.json();
        if sealed["n_unsealed"] == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!((&sealed["holds"], &sealed["n_unsealed"]), (&json!(true), &json!(0)));
    shop.portal.as_owner("UPDATE audit SET subject = 'another' WHERE verb = 'price.set'").await;
    let broken = auditor.get(&path).await.json();
    assert_debug_snapshot!((&broken["holds"], broken["broken_at"].is_number()), @r"
    (
        Bool(false),
        true,
    )
    ");
}

#[tokio::test]
async fn a_person_reads_how_they_came_in_and_what_failed_and_nobody_elses() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    portal.stranger().await;
    portal.pass(1);
    assert_eq!(owner.form("/prove", "password=wrong+horse&return=/home").await.status, 401);
    portal.pass(1);
    let proved = owner.form("/prove", &format!("password={}&return=/home", PASSWORD.replace(' ', "+"))).await;
    let owner = owner.having(proved.cookie());
    let page = owner.get("/activity").await.body;
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is not on {page}"));
    assert!(at("Password shown again") < at("Wrong password within a session"));
    assert!(at("Wrong password within a session") < at("Signed in"));
    assert_eq!(page.matches("Signed in").count(), 1, "the stranger's sign-in is theirs");
    portal.pass(1);
    assert_eq!(owner.delete("/api/v1/session").await.status, 204);
    let auditor = portal.staff(StaffRole::Auditor).await;
    let ways = verbs(&auditor.get(&format!("{ALL}?area=session&who=owner@acme.test")).await);
    assert_eq!(ways, ["session.ended", "session.proved", "session.proof_failed", "session.opened"]);
}

#[tokio::test]
async fn a_wrong_password_at_the_door_is_told_to_its_person_alone_as_often_as_it_is_let_through() {
    let portal = TestPortal::new().await;
    let owner = portal.organisation("acme").await.owner().await;
    let stranger = portal.stranger().await;
    portal.pass(1);
    let guess = async |email: &str| {
        let ask = json!({ "email": email, "password": "wrong horse battery" });
        portal.nobody().post("/api/v1/session", &ask).await.status
    };
    let mut answers = Vec::new();
    for _ in 0..7 {
        answers.push(guess("Owner@acme.test").await);
    }
    assert_eq!(answers, [401, 401, 401, 401, 401, 429, 429]);
    assert_eq!(guess("nobody@acme.test").await, 401);
    let page = owner.get("/activity").await.body;
    assert_eq!(page.matches("Sign-in refused: wrong password").count(), 5, "{page}");
    assert!(!stranger.get("/activity").await.body.contains("Sign-in refused"));
    let rows = "SELECT a.address, a.organisation_id, p.email, a.principal = a.subject AS same
                FROM audit a LEFT JOIN person p ON p.id = a.user_id WHERE a.verb = 'session.refused'";
    let rows = portal.database.rows(rows).await.unwrap();
    let told = json!({ "address": "0.0.0.0", "organisation_id": null, "email": "owner@acme.test", "same": true });
    assert!(rows.len() == 5 && rows.iter().all(|row| *row == told), "{rows:?}");
}

#[tokio::test]
async fn the_page_says_what_was_done_in_words_and_keeps_its_filters() {
    let shop = Shop::open().await;
    shop.portal.pass(1);
    shop.launch("train-1").await;
    let many = "INSERT INTO audit (id, organisation_id, principal, verb, subject, before, after, at, salt)
        SELECT gen_random_uuid(), o.id, 'worker:test', 'quota.set', 'n' || n, '{\"units\": 1}', '{\"units\": 2}',
            '2026-03-02T08:00:00Z', '\\x00' FROM organisation o, generate_series(1, 60) n WHERE o.slug = 'acme'";
    shop.portal.as_owner(many).await;
    let page = shop.owner.get("/o/acme/audit").await.body;
    assert!(page.contains("Instance launched") && page.contains("req_"), "{page}");
    let page = shop.owner.get("/o/acme/audit?who=worker&area=quota").await.body;
    assert!(page.contains("<del><bdi>1</bdi></del>") && page.contains("<ins><bdi>2</bdi></ins>"), "{page}");
    assert!(!page.contains("Instance launched"));
    assert!(
        page.contains("href=\"/o/acme/audit?who=worker&amp;area=quota&amp;cursor="),
        "older keeps the filters: {page}"
    );
    assert!(page.contains("href=\"/o/acme/audit.csv?who=worker&amp;area=quota\""), "{page}");
    for area in ["budget", "domain", "project", "token", "view"] {
        assert!(page.contains(&format!("value=\"{area}\"")), "who did it to a {area} can be asked");
    }
    assert!(!page.contains("value=\"price\""), "prices are the hub's");
    let wrong = shop.owner.get("/o/acme/audit?from=yesterday").await;
    assert_eq!(wrong.status, 422);
}
